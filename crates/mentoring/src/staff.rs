//! Staff: what each role may do, and how far it reaches.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::language::choices;
use crate::organisation::{Organisation, OrganisationKind};

choices! {
    /// What somebody does for an organisation.
    StaffRole {
        Coordinator = "coordinator", "mentorsamordnare", "coordinator";
        Manager = "manager", "verksamhetsansvarig", "manager";
        Auditor = "auditor", "granskare", "auditor";
        Owner = "owner", "programägare", "programme owner";
    }
}

choices! {
    /// What a role may be allowed.
    Right {
        SeePeople = "see-people", "se personer, par och omgångar", "see people, pairs and rounds";
        ChangePeople = "change-people", "ändra personer", "change people";
        Match = "match", "matcha och godkänna", "match and approve";
        SeeStaff = "see-staff", "se personal", "see staff";
        ManageStaff = "manage-staff", "ge och ta bort behörigheter", "give and end appointments";
        SeeMail = "see-mail", "se e-post", "see mail";
        ManageOrganisation = "manage-organisation", "ändra organisationens texter", "change the organisation's texts";
        ManageProgramme = "manage-programme", "ändra program och organisationer", "change programmes and organisations";
    }
}

impl StaffRole {
    /// Whether the role has a right, at the organisations it reaches.
    ///
    /// An auditor sees and never changes. A coordinator does the work with people; a manager besides
    /// answers for staff and mail; only the owner changes what holds for every organisation.
    pub fn may(self, right: Right) -> bool {
        use Right::{
            ChangePeople, ManageOrganisation, ManageProgramme, ManageStaff, Match, SeeMail, SeePeople, SeeStaff,
        };
        match right {
            SeePeople | SeeMail => true,
            ChangePeople | Match => self != Self::Auditor,
            SeeStaff => self != Self::Coordinator,
            ManageStaff | ManageOrganisation => matches!(self, Self::Manager | Self::Owner),
            ManageProgramme => self == Self::Owner,
        }
    }

    /// Whether somebody with this role may give another.
    ///
    /// Nobody makes anybody mightier than themselves.
    pub fn may_give(self, other: Self) -> bool {
        match self {
            Self::Owner => true,
            Self::Manager => other != Self::Owner,
            Self::Coordinator | Self::Auditor => false,
        }
    }

    /// Whether the role can be held at an organisation: only the owner has owners.
    pub fn fits(self, kind: OrganisationKind) -> bool {
        self != Self::Owner || kind == OrganisationKind::Owner
    }
}

/// A role at an organisation: at the organisation itself and at all below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// The role.
    pub role: StaffRole,
    /// Code of the organisation.
    pub organisation: String,
}

/// Whether somebody may give, or end, an appointment: it fits the organisation, and one of their own
/// both reaches there and may give the role.
pub fn may_appoint(own: &[Appointment], given: &Appointment, organisations: &[Organisation]) -> bool {
    let gives = |held: &&Appointment| {
        held.role.may_give(given.role)
            && Purview::of(std::slice::from_ref(*held), Right::ManageStaff, organisations).has(&given.organisation)
    };
    let to = organisations.iter().find(|organisation| organisation.code == given.organisation);
    to.is_some_and(|to| given.role.fits(to.kind)) && own.iter().any(|held| gives(&held))
}

/// Whose data somebody may reach.
///
/// Every question about an organisation's data is asked through one: what lies beyond it is answered
/// exactly as what does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purview {
    /// Every organisation's: the owner's staff, the operator at the command line and the program itself.
    Everywhere,
    /// These organisations', by code.
    Of(BTreeSet<String>),
}

impl Purview {
    /// Nothing at all.
    pub fn nothing() -> Self {
        Self::Of(BTreeSet::new())
    }

    /// How far appointments reach with a right: their organisations and those below.
    pub fn of(appointments: &[Appointment], right: Right, organisations: &[Organisation]) -> Self {
        let mut reached = BTreeSet::new();
        for held in appointments.iter().filter(|held| held.role.may(right)) {
            let own = organisations.iter().find(|organisation| organisation.code == held.organisation);
            if own.is_some_and(|own| own.kind == OrganisationKind::Owner) {
                return Self::Everywhere;
            }
            reached.extend(own.map(|own| own.code.clone()));
        }
        // Each pass reaches one level further down; a ring of parents ends it as well.
        loop {
            let below = |organisation: &&Organisation| {
                !reached.contains(&organisation.code)
                    && organisation.parent.as_ref().is_some_and(|parent| reached.contains(parent))
            };
            let more: Vec<String> = organisations.iter().filter(below).map(|below| below.code.clone()).collect();
            if more.is_empty() {
                return Self::Of(reached);
            }
            reached.extend(more);
        }
    }

    /// Whether an organisation's data is within reach.
    pub fn has(&self, organisation: &str) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Of(codes) => codes.contains(organisation),
        }
    }

    /// Whether nothing is within reach.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Of(codes) if codes.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn organisation(code: &str, kind: OrganisationKind, parent: Option<&str>) -> Organisation {
        Organisation { code: code.into(), name: code.into(), kind, parent: parent.map(Into::into), areas: Vec::new() }
    }

    fn house() -> Vec<Organisation> {
        vec![
            organisation("owner", OrganisationKind::Owner, None),
            organisation("south", OrganisationKind::Regional, Some("owner")),
            organisation("supplier", OrganisationKind::Supplier, Some("owner")),
            organisation("lund", OrganisationKind::Centre, Some("supplier")),
            organisation("kiruna", OrganisationKind::Centre, Some("supplier")),
        ]
    }

    fn purview(role: StaffRole, organisation: &str, right: Right) -> Purview {
        Purview::of(&[Appointment { role, organisation: organisation.into() }], right, &house())
    }

    #[test]
    fn a_role_reaches_its_organisation_and_those_below() {
        let supplier = purview(StaffRole::Coordinator, "supplier", Right::SeePeople);
        for (code, within) in [("supplier", true), ("lund", true), ("kiruna", true), ("south", false), ("owner", false)]
        {
            assert_eq!(supplier.has(code), within, "{code}");
        }
        let centre = purview(StaffRole::Manager, "lund", Right::ManageStaff);
        assert!(centre.has("lund") && !centre.has("kiruna") && !centre.has("supplier"));
        assert_eq!(purview(StaffRole::Auditor, "owner", Right::SeePeople), Purview::Everywhere);
    }

    #[test]
    fn what_a_role_may_not_do_reaches_nothing() {
        assert!(purview(StaffRole::Auditor, "owner", Right::Match).is_nothing());
        assert!(purview(StaffRole::Coordinator, "south", Right::ManageStaff).is_nothing());
        assert!(purview(StaffRole::Manager, "owner", Right::ManageProgramme).is_nothing());
        assert!(purview(StaffRole::Coordinator, "nowhere", Right::SeePeople).is_nothing());
    }

    #[test]
    fn appointments_are_given_within_reach_and_where_they_fit() {
        let held = |role, organisation: &str| Appointment { role, organisation: organisation.into() };
        let may = |own: &[Appointment], role, organisation| may_appoint(own, &held(role, organisation), &house());
        let manager = [held(StaffRole::Manager, "supplier")];
        assert!(may(&manager, StaffRole::Coordinator, "lund"));
        assert!(!may(&manager, StaffRole::Coordinator, "south"), "a sister organisation is beyond reach");
        assert!(!may(&manager, StaffRole::Coordinator, "nowhere"));
        let owner = [held(StaffRole::Owner, "owner")];
        assert!(may(&owner, StaffRole::Owner, "owner") && !may(&owner, StaffRole::Owner, "lund"));
        let both = [held(StaffRole::Manager, "lund"), held(StaffRole::Coordinator, "south")];
        assert!(!may(&both, StaffRole::Coordinator, "south"), "the right of one appointment, the reach of another");
    }

    #[test]
    fn a_ring_of_parents_ends() {
        let ring = [
            organisation("a", OrganisationKind::Supplier, Some("b")),
            organisation("b", OrganisationKind::Supplier, Some("a")),
        ];
        let held = [Appointment { role: StaffRole::Coordinator, organisation: "a".into() }];
        assert!(Purview::of(&held, Right::Match, &ring).has("b"));
    }

    #[test]
    fn nobody_makes_anybody_mightier_than_themselves() {
        for &giver in StaffRole::ALL {
            for &given in StaffRole::ALL.iter().filter(|&&given| giver.may_give(given)) {
                for &right in Right::ALL {
                    assert!(giver.may(right) || !given.may(right), "{giver:?} gives {given:?} {right:?}");
                }
            }
        }
    }
}
