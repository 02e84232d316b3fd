//! An application: from an interest form begun to a decision.

use jiff::civil::Date;

use crate::language::choices;
use crate::organisation::{ContractArea, Organisation, OrganisationKind};
use crate::programme::Programme;
use crate::reference::Municipality;

choices! {
    /// What somebody applies to be.
    Part {
        Mentee = "mentee", "adept", "mentee";
        Mentor = "mentor", "mentor", "mentor";
    }
}

choices! {
    /// What an applicant says of themselves: each a rule of eligibility, ticked one by one.
    Condition {
        Sweden = "sweden", "Företaget är verksamt i Sverige, eller ska bli det", "The company is active in Sweden, or will be";
        Adult = "adult", "Jag har fyllt 18 år", "I am 18 or older";
        Young = "young", "Företaget är högst tre år gammalt, eller inte startat ännu", "The company is at most three years old, or not started yet";
        Active = "active", "Företaget är i gång och har kunder", "The company is up and running and has customers";
        Growth = "growth", "Jag vill att företaget ska växa", "I want the company to grow";
        Time = "time", "Jag kan träffas ungefär en gång i månaden i ett år", "I can meet about once a month for a year";
        Unpaid = "unpaid", "Jag är mentor utan betalning", "I mentor without payment";
        Confidential = "confidential", "Jag behåller för mig själv det jag får veta", "I keep to myself what I am told";
        Independent = "independent", "Jag är varken ägare, styrelseledamot eller anställd i ett företag som jag är mentor för", "I am neither owner, board member nor employee of a company that I mentor";
    }
}

impl Condition {
    /// What somebody is asked to say of themselves: each mentor the same, each mentee as the programme
    /// applied for wants, and nothing before one is chosen.
    pub fn asked(part: Part, programme: Option<&Programme>) -> Vec<Self> {
        match part {
            Part::Mentor => Self::MENTOR.to_vec(),
            Part::Mentee => programme.map_or_else(Vec::new, |programme| programme.conditions.iter().copied().collect()),
        }
    }

    /// What every mentor says, whatever the programme.
    pub const MENTOR: [Self; 5] = [Self::Adult, Self::Unpaid, Self::Confidential, Self::Independent, Self::Time];
    /// What a programme may ask of mentees.
    pub const MENTEE: [Self; 6] = [Self::Sweden, Self::Adult, Self::Young, Self::Active, Self::Growth, Self::Time];
}

choices! {
    /// How far an application has come.
    ApplicationState {
        Draft = "draft", "påbörjad", "begun";
        Sent = "sent", "inskickad", "sent";
        Accepted = "accepted", "antagen", "accepted";
        Declined = "declined", "avböjd", "declined";
        Withdrawn = "withdrawn", "återtagen", "withdrawn";
    }
}

choices! {
    /// Why an application is declined.
    DeclineReason {
        Conditions = "conditions", "villkoren är inte uppfyllda", "the conditions are not met";
        Elsewhere = "elsewhere", "någon annan kan hjälpa bättre", "somebody else can help better";
        Unreached = "unreached", "vi har inte fått kontakt", "we have not been able to reach you";
        Full = "full", "det finns ingen plats nu", "there is no place just now";
        Double = "double", "anmälan finns redan", "there is an application already";
        Other = "other", "annat", "something else";
    }
}

/// Who is to do something next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ball {
    /// The applicant.
    Applicant,
    /// The organisation that the application went to.
    Organisation,
    /// Nobody: it has ended.
    Nobody,
}

impl ApplicationState {
    /// Who is to do something next.
    pub fn ball(self) -> Ball {
        match self {
            Self::Draft => Ball::Applicant,
            Self::Sent | Self::Accepted => Ball::Organisation,
            Self::Declined | Self::Withdrawn => Ball::Nobody,
        }
    }

    /// Whether the applicant can still take it back.
    pub fn can_be_withdrawn(self) -> bool {
        matches!(self, Self::Draft | Self::Sent)
    }
}

/// The organisation that an application goes to: whoever delivers the programme where the applicant is,
/// and the owner where nobody does, so that no application is ever lost.
///
/// Where several do, whoever has named the municipality goes before whoever has the whole county, and
/// everybody before the owner; else the first in the order given.
pub fn deliverer<'a>(
    organisations: &'a [Organisation],
    programme: &str,
    place: Municipality,
    day: Date,
) -> Option<&'a Organisation> {
    let owner = |organisation: &&Organisation| organisation.kind == OrganisationKind::Owner;
    let delivering = organisations.iter().filter(|organisation| organisation.delivers_at(programme, place, day));
    let wide = |organisation: &Organisation| {
        let named = |area: &ContractArea| !area.only.is_empty() && area.delivers(programme, place, day);
        !organisation.areas.iter().any(named)
    };
    let first = delivering.min_by_key(|organisation| (owner(organisation), wide(organisation)));
    first.or_else(|| organisations.iter().find(owner))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn organisation(code: &str, kind: OrganisationKind, areas: Vec<ContractArea>) -> Organisation {
        Organisation { code: code.into(), name: code.into(), kind, parent: None, areas }
    }

    #[test]
    fn an_application_goes_to_whoever_delivers_there_that_day() {
        let place = |code| Municipality::from_code(code).unwrap();
        let skane = crate::County::from_code("12").unwrap();
        let lund = ContractArea { only: vec![place("1281")], ..ContractArea::new("msf", skane) };
        let rest = ContractArea { until: Some(date(2026, 12, 31)), ..ContractArea::new("msf", skane) };
        let next = ContractArea { from: Some(date(2027, 1, 1)), ..ContractArea::new("msf", skane) };
        let all = [
            organisation("owner", OrganisationKind::Owner, Vec::new()),
            organisation("lund", OrganisationKind::Centre, vec![lund]),
            organisation("old", OrganisationKind::Centre, vec![rest]),
            organisation("new", OrganisationKind::Centre, vec![next]),
        ];
        let wide = ContractArea::new("msf", skane);
        let mut overlapping = vec![organisation("a-owner", OrganisationKind::Owner, vec![wide.clone()])];
        overlapping.push(organisation("b-county", OrganisationKind::Regional, vec![wide]));
        overlapping.push(organisation("c-lund", OrganisationKind::Centre, all[1].areas.clone()));
        let first = |code| deliverer(&overlapping, "msf", place(code), date(2026, 11, 23)).unwrap().code.as_str();
        assert_eq!((first("1281"), first("1280")), ("c-lund", "b-county"), "the narrower, and the owner last");
        let to = |programme, code, day| deliverer(&all, programme, place(code), day).unwrap().code.as_str();
        assert_eq!(to("msf", "1281", date(2026, 11, 23)), "lund");
        assert_eq!(to("msf", "1280", date(2026, 12, 31)), "old", "the last day counts");
        assert_eq!(to("msf", "1280", date(2027, 1, 1)), "new");
        assert_eq!(to("muf", "1280", date(2026, 11, 23)), "owner", "nobody delivers it: the owner takes it");
        assert_eq!(to("msf", "0180", date(2026, 11, 23)), "owner");
    }
}
