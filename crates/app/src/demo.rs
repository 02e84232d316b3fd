//! A made-up national year: the same people for the same seed, on any machine.
//!
//! Shares follow published figures on new companies and on Swedish mentoring (`docs/demo.md`); names
//! are drawn from lists of common names, so nobody real is in it.

mod applications;
mod chance;
mod course;
mod history;
mod mentees;
mod mentors;
mod organisations;
mod people;
mod staff;
mod texts;

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;
use mentoring::{Id, Mentee, Mentor, Organisation, Programme};
use store::{Stamp, Store};

pub use organisations::{DEVELOP, START, organisations, programmes};

use crate::mail::Wording;
use crate::record::Person;
use chance::Chance;

/// How large a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Mentees who wait.
    pub mentees: usize,
    /// Mentors.
    pub mentors: usize,
}

impl Scale {
    /// A national year.
    pub const NATIONAL: Self = Self { mentees: 2000, mentors: 2300 };
    /// A year small enough for tests and pictures.
    pub const SMALL: Self = Self { mentees: 80, mentors: 90 };
}

/// A pair of last year's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierPair {
    /// The mentee.
    pub mentee: Id,
    /// The mentor.
    pub mentor: Id,
    /// Code of the programme.
    pub programme: String,
    /// When it began.
    pub started: Date,
    /// When it ended; `None` if it is still open.
    pub closed: Option<Date>,
}

/// Everybody and everything in the made-up year.
#[derive(Clone, Debug)]
pub struct Year {
    /// The two programmes.
    pub programmes: Vec<Programme>,
    /// Who delivers them.
    pub organisations: Vec<Organisation>,
    /// Every mentor.
    pub mentors: Vec<Mentor>,
    /// Mentees who wait.
    pub waiting: Vec<Mentee>,
    /// Mentees of last year.
    pub earlier: Vec<Mentee>,
    /// Last year's pairs.
    pub pairs: Vec<EarlierPair>,
    /// Those whose interest forms nobody has decided on yet.
    pub applied: Vec<Person>,
}

/// Makes a year as it stands on `today`.
pub fn year(scale: Scale, today: Date, seed: u64) -> Year {
    let mut chance = Chance::new(seed);
    let organisations = organisations();
    let mut mentors = mentors::mentors(scale.mentors, today, &organisations, &mut chance);
    let mut waiting = mentees::mentees(scale.mentees, today, &organisations, &mut chance);
    let mut earlier = mentees::mentees(scale.mentees * 4 / 5, today, &organisations, &mut chance);
    let pairs = history::pairs(&mut mentors, &mut waiting, &mut earlier, today, &mut chance);
    let paired: HashSet<&Id> = pairs.iter().map(|pair| &pair.mentee).collect();
    earlier.retain(|mentee| paired.contains(&mentee.id));
    let applied = applications::applied(scale, today, &organisations, &mut chance);
    Year { programmes: programmes(), organisations, mentors, waiting, earlier, pairs, applied }
}

/// Puts a made-up year into an empty database.
///
/// # Errors
/// What the database says.
pub async fn fill(store: &Store, scale: Scale, today: Date, seed: u64, now: Timestamp) -> store::Result<()> {
    let year = year(scale, today, seed);
    let stamp = Stamp::program("demo", now);
    store.put_organisations(&year.organisations).await?;
    store.put_programmes(&year.programmes).await?;
    for appointment in staff::staff(&year.organisations) {
        store.everywhere().appoint(&appointment, |_, _, _| None, &stamp).await?;
    }
    for (at, organisation) in year.organisations.iter().enumerate() {
        // Numbers that are nobody's, kept for films and books (PTS).
        let words = Wording { contact_phone: format!("08-465 004 {at:02}"), ..Wording::default() };
        let value = serde_json::to_string(&words)?;
        store.set(&Wording::setting(&organisation.code), &value, 0, &stamp).await?;
    }
    let mentees: Vec<_> = year.waiting.into_iter().chain(year.earlier).collect();
    store.everywhere().put_people(&year.mentors, &mentees, &stamp).await?;
    let pair = |pair: EarlierPair| (pair.programme, pair.mentee, pair.mentor, pair.started, pair.closed);
    store.put_earlier_pairs(&year.pairs.iter().cloned().map(pair).collect::<Vec<_>>()).await?;
    course::put(store, &year.pairs, today, &stamp).await?;
    applications::send(store, &year.applied, &year.organisations, &year.programmes, now).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_same_seed_makes_the_same_year() {
        let day = date(2026, 11, 23);
        let (first, second) = (year(Scale::SMALL, day, 7), year(Scale::SMALL, day, 7));
        assert_eq!(first.mentors, second.mentors);
        assert_eq!(first.waiting, second.waiting);
        assert_ne!(first.waiting, year(Scale::SMALL, day, 8).waiting);
    }

    #[test]
    fn the_national_year_has_the_shares_it_is_made_to_have() {
        let year = year(Scale::NATIONAL, date(2026, 11, 23), 1);
        let share = |count: usize| count * 100 / year.waiting.len();
        let large = ["01", "12", "14"];
        let in_large =
            year.waiting.iter().filter(|mentee| large.contains(&mentee.municipality.county().code())).count();
        assert!((50..=65).contains(&share(in_large)), "{}", share(in_large));
        let counties: std::collections::BTreeSet<_> =
            year.mentors.iter().map(|mentor| mentor.municipality.county()).collect();
        assert_eq!(counties.len(), 21);
        let emails: HashSet<_> = year
            .waiting
            .iter()
            .chain(&year.earlier)
            .map(|mentee| &mentee.email)
            .chain(year.mentors.iter().map(|mentor| &mentor.email))
            .collect();
        assert_eq!(emails.len(), year.waiting.len() + year.earlier.len() + year.mentors.len(), "addresses are unique");
        for mentor in &year.mentors {
            assert!(mentor.open_pairs <= mentor.capacity);
        }
    }
}
