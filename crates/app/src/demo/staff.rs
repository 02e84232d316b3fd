//! Who works with the made-up year: a coordinator at each organisation, and a few others.

use mentoring::{Appointment, Language, Organisation, OrganisationKind, StaffRole};
use store::NewAppointment;

use super::people::address;

const NAMES: [&str; 25] = [
    "Karin Ekström",
    "Mohammed Al-Amin",
    "Lena Sjöberg",
    "Johan Åkerlund",
    "Sara Niemi",
    "Oskar Wallin",
    "Fatima Hassan",
    "Per Öhman",
    "Birgitta Holm",
    "Daniel Kovač",
    "Eva-Lena Stenmark",
    "Ibrahim Yilmaz",
    "Jenny Löfgren",
    "Kristoffer Blom",
    "Linda Påhlsson",
    "Marcus Engdahl",
    "Nadia Rahimi",
    "Olof Hedman",
    "Petra Vikander",
    "Rickard Sandell",
    "Ulrika Fors",
    "Wilma Gyllensten",
    "Åsa Thorén",
    "Viktor Lindahl",
    "Agnes Norén",
];

/// The owner, a manager at the supplier, a coordinator at each deliverer, and an auditor.
pub fn staff(organisations: &[Organisation]) -> Vec<NewAppointment> {
    let role = |kind| match kind {
        OrganisationKind::Owner => StaffRole::Owner,
        OrganisationKind::Supplier => StaffRole::Manager,
        OrganisationKind::Regional | OrganisationKind::Centre => StaffRole::Coordinator,
    };
    let mut held: Vec<Appointment> =
        organisations.iter().map(|it| Appointment { role: role(it.kind), organisation: it.code.clone() }).collect();
    let owner = organisations.iter().find(|it| it.kind == OrganisationKind::Owner);
    held.extend(owner.map(|it| Appointment { role: StaffRole::Auditor, organisation: it.code.clone() }));
    let appointed = held.into_iter().enumerate().map(|(at, held)| {
        let name = NAMES.get(at).map_or_else(|| format!("Samordnare {}", at + 1), ToString::to_string);
        NewAppointment { email: address(&name, "personal"), name, language: Language::Swedish, held }
    });
    appointed.collect()
}
