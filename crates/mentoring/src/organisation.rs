//! Who delivers the programmes where.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::language::choices;
use crate::reference::{County, Municipality};

choices! {
    /// What an organisation is in the programme.
    OrganisationKind {
        Owner = "owner", "programägare", "programme owner";
        Regional = "regional", "regionalt bolag", "regional company";
        Supplier = "supplier", "leverantör", "supplier";
        Centre = "centre", "lokalt centrum", "local centre";
    }
}

/// An organisation: the owner, a regional company, a supplier or a local centre of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Stable code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// The organisation above it.
    pub parent: Option<String>,
    /// What it delivers itself.
    pub areas: Vec<ContractArea>,
}

/// What an organisation delivers: a programme, in a county or some of its municipalities, for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractArea {
    /// Code of the programme.
    pub programme: String,
    /// The county.
    pub county: County,
    /// Only these municipalities of it; empty for all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<Municipality>,
    /// The first day, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// The name of an organisation by its code; empty if there is none.
pub fn organisation_name<'a>(all: &'a [Organisation], code: &str) -> &'a str {
    all.iter().find(|organisation| organisation.code == code).map_or("", |organisation| &organisation.name)
}

impl ContractArea {
    /// A programme in a whole county, from always and for ever.
    pub fn new(programme: &str, county: County) -> Self {
        Self { programme: programme.to_owned(), county, only: Vec::new(), from: None, until: None }
    }

    /// Whether the area holds on a day.
    pub fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether a programme is delivered in a municipality on a day by it.
    pub fn delivers(&self, programme: &str, place: Municipality, day: Date) -> bool {
        self.programme == programme && self.has(place) && self.holds(day)
    }

    /// Whether a municipality lies in the area.
    pub fn has(&self, place: Municipality) -> bool {
        place.county() == self.county && (self.only.is_empty() || self.only.contains(&place))
    }
}

impl Organisation {
    /// Whether it delivers a programme somewhere in a county.
    pub fn delivers(&self, programme: &str, county: County) -> bool {
        self.areas.iter().any(|area| area.programme == programme && area.county == county)
    }

    /// Whether it delivers a programme in a municipality on a day.
    pub fn delivers_at(&self, programme: &str, place: Municipality, day: Date) -> bool {
        self.areas.iter().any(|area| area.delivers(programme, place, day))
    }
}
