//! A small cast for tests: a few fixed people and one programme, known by name in every test.

use jiff::civil::{Date, date};

use crate::{
    Company, Competence, Fluency, Gender, Goal, Id, Importance, Industry, Level, Mentee, Mentor, Municipality,
    Programme, Reach, Setting, Size, Stage, Time, Tongue, Value,
};

/// The day of every test.
pub const TODAY: Date = date(2026, 11, 23);

/// A programme with the starting weights and all rules.
pub fn programme() -> Programme {
    Programme::new("muf", "Mentor Utveckla Företag")
}

/// A round of that programme in which mentors are shared.
pub fn setting() -> Setting {
    Setting { programmes: vec![programme()], today: TODAY, shared: true, most_pairs: false }
}

fn competence(code: &str) -> Competence {
    Competence::from_code(code).expect("the cast uses known codes")
}

fn place(code: &str) -> Municipality {
    Municipality::from_code(code).expect("the cast uses known codes")
}

/// Amina in Karlskrona: a bakery that grows; needs cash flow and pricing; has waited 100 days.
pub fn amina() -> Mentee {
    Mentee {
        id: Id::of("mentee", "amina@example.org"),
        name: "Amina Åberg".to_owned(),
        email: "amina@example.org".to_owned(),
        phone: String::new(),
        organisation: "syd".to_owned(),
        programme: "muf".to_owned(),
        municipality: place("1080"),
        waiting_since: date(2026, 8, 15),
        paired: false,
        company: Some(Company { name: "Åbergs Bageri".to_owned(), number: Some("556677-8899".to_owned()) }),
        industry: Industry::from_code("10"),
        stage: Stage::Established,
        size: Size::Micro,
        needs: vec![(competence("D2"), Importance::Decisive), (competence("C5"), Importance::Useful)],
        goals: vec![Goal::Grow],
        values: Value::ALL.iter().map(|&value| (value, 3)).collect(),
        languages: vec![(Tongue::Swedish, Fluency::Fluent)],
        reach: Reach::Km60,
        remote: false,
        times: vec![Time::Morning, Time::Evening],
        mentor_gender: None,
        earlier: Vec::new(),
        excluded: Vec::new(),
        about: "Vi bakar surdegsbröd och pengarna tar slut innan fakturorna kommer in.".to_owned(),
    }
}

/// Björn in Ronneby: like Amina in most, but needs export, meets remotely and has waited 10 days.
pub fn bjorn() -> Mentee {
    Mentee {
        id: Id::of("mentee", "bjorn@example.org"),
        name: "Björn Öster".to_owned(),
        email: "bjorn@example.org".to_owned(),
        phone: String::new(),
        municipality: place("1081"),
        waiting_since: date(2026, 11, 13),
        company: None,
        needs: vec![(competence("F1"), Importance::Decisive)],
        remote: true,
        about: "Vi vill sälja till Tyskland.".to_owned(),
        ..amina()
    }
}

/// Greta in Karlskrona: an expert in cash flow who knows growing companies.
pub fn greta() -> Mentor {
    Mentor {
        id: Id::of("mentor", "greta@example.org"),
        name: "Greta Zetterlund".to_owned(),
        email: "greta@example.org".to_owned(),
        phone: String::new(),
        organisation: "syd".to_owned(),
        programmes: vec!["muf".to_owned()],
        municipality: place("1080"),
        approved: true,
        agreement_until: Some(date(2027, 6, 30)),
        trained: Some(date(2025, 2, 4)),
        left: false,
        pause: None,
        capacity: 1,
        open_pairs: 0,
        competences: vec![(competence("D2"), Level::Expert), (competence("D1"), Level::Experienced)],
        industries: Industry::from_code("10").into_iter().collect(),
        company: None,
        stages: vec![Stage::Established, Stage::Growing],
        sizes: vec![Size::Micro, Size::Small],
        values: Value::ALL.iter().map(|&value| (value, 3)).collect(),
        goals: vec![Goal::Grow],
        languages: vec![(Tongue::Swedish, Fluency::Fluent), (Tongue::English, Fluency::Working)],
        travel_km: Some(60),
        remote: false,
        times: vec![Time::Morning],
        gender: Some(Gender::Woman),
        interests: Vec::new(),
        conflicts: Vec::new(),
        about: "Ekonomichef i tillverkande bolag i tjugo år.".to_owned(),
    }
}

/// Hassan in Luleå: has led exports, meets remotely, has two places.
pub fn hassan() -> Mentor {
    Mentor {
        id: Id::of("mentor", "hassan@example.org"),
        name: "Hassan Ek".to_owned(),
        email: "hassan@example.org".to_owned(),
        phone: String::new(),
        municipality: place("2580"),
        capacity: 2,
        competences: vec![(competence("F1"), Level::Experienced)],
        remote: true,
        gender: Some(Gender::Man),
        about: "Har lett export till Norden och Tyskland.".to_owned(),
        ..greta()
    }
}
