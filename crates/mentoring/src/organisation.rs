//! Who delivers the programmes where.

use serde::{Deserialize, Serialize};

use crate::language::choices;
use crate::reference::County;

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
    /// What it delivers itself: programme and county.
    pub areas: Vec<(String, County)>,
}

impl Organisation {
    /// Whether it delivers a programme in a county.
    pub fn delivers(&self, programme: &str, county: County) -> bool {
        self.areas.iter().any(|(own, there)| own == programme && *there == county)
    }
}
