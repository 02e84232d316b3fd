//! What lists of mentors and mentees have in common: finding, sorting, paging.

use std::sync::LazyLock;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use jiff::civil::Date;
use mentoring::{Competence, County, Mentee, Mentor, Municipality};

use crate::db::{Query, sql};
use crate::error::Result;
use crate::kept::{How, Kept, put};
use crate::mentor::present;
use crate::stamp::Stamp;
use crate::within::Within;

/// Which people to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that must all stand somewhere in the person's record, in any case.
    pub text: String,
    /// Only in this county.
    pub county: Option<County>,
    /// Only of this organisation, by code.
    pub organisation: Option<String>,
    /// Only in this programme, by code.
    pub programme: Option<String>,
    /// Only with this competence or need.
    pub competence: Option<Competence>,
    /// Only mentees who are `waiting`, `paired` or `closed`; mentors who are `free` (and can be
    /// proposed), `full`, or `away` (not approved, no valid agreement, or on a pause). Empty:
    /// everybody but the closed.
    pub state: String,
    /// The day that the state is asked for.
    pub today: Date,
    /// By name, or mentees by time `waited`, or mentors by free `places`.
    pub order: String,
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// Those on the page, in Swedish order of names.
    pub people: Vec<T>,
    /// How many there are on all pages.
    pub total: usize,
}

/// Which people a round is about; an empty list is everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Codes of programmes.
    pub programmes: Vec<String>,
    /// Counties.
    pub counties: Vec<County>,
    /// Codes of organisations.
    pub organisations: Vec<String>,
}

/// What putting people in has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// New people.
    pub added: usize,
    /// People whose record changed.
    pub changed: usize,
    /// People whose record was the same already.
    pub same: usize,
}

/// A county's state of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The county.
    pub county: County,
    /// Mentees who wait.
    pub waiting: usize,
    /// Mentors who can be proposed that day.
    pub mentors: usize,
    /// Places not taken with them.
    pub places: usize,
}

/// Text for searching: lower case, so that "ÅSA" finds "Åsa" on both databases.
fn fold(text: &str) -> String {
    text.to_lowercase()
}

/// The words of a search; more than ten narrow nothing further.
pub(crate) fn words(text: &str) -> Vec<String> {
    const MOST: usize = 10;
    let plain: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    fold(&plain).split_whitespace().take(MOST).map(str::to_owned).collect()
}

/// A key that sorts by Swedish rules wherever text sorts by bytes or letters: hexadecimal digits.
///
/// # Panics
/// Never: Swedish is built in.
pub fn sort_key(name: &str) -> String {
    static SWEDISH: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Tertiary);
        Collator::try_new(icu_locale_core::locale!("sv").into(), options).expect("Swedish is built in")
    });
    let mut key = Vec::new();
    let Ok(()) = SWEDISH.write_sort_key_to(name, &mut key);
    key.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Filter {
    /// Adds the conditions to a statement that has a WHERE already.
    pub(crate) fn narrow<P: Kept>(&self, mut query: Query) -> Query {
        for word in words(&self.text) {
            query = query.push(" AND search LIKE ").value(contains(&word)).push(" ESCAPE '\\'");
        }
        if let Some(county) = self.county {
            query = query.push(" AND county = ").value(county.code());
        }
        if let Some(organisation) = &self.organisation {
            query = query.push(" AND organisation = ").value(organisation.as_str());
        }
        if let Some(code) = &self.programme {
            query = P::in_programme(query, code);
        }
        if let Some(competence) = self.competence {
            query = query.push(" AND search LIKE ").value(contains(&mark(competence))).push(" ESCAPE '\\'");
        }
        query
    }
}

/// The text that a person is found by.
pub(crate) fn search_text<G>(
    [name, email, about]: [&str; 3],
    place: Municipality,
    company: Option<&String>,
    competences: &[(Competence, G)],
) -> String {
    let marks: String = competences.iter().map(|(competence, _)| mark(*competence)).collect();
    let company = company.map_or("", String::as_str);
    fold(&format!("{name} {email} {} {company} {about} {marks}", place.names().sv))
}

/// How a competence stands in the search text.
fn mark(competence: Competence) -> String {
    format!("#{};", competence.code().to_lowercase())
}

pub(crate) fn contains(word: &str) -> String {
    let mut pattern = String::from("%");
    for letter in word.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern + "%"
}

impl Scope {
    /// Adds the conditions to a statement that has a WHERE already.
    pub(crate) fn narrow(&self, mut query: Query) -> Query {
        let lists = [
            (" AND county IN (", self.counties.iter().map(|county| county.code().to_owned()).collect::<Vec<_>>()),
            (" AND organisation IN (", self.organisations.clone()),
        ];
        for (condition, codes) in lists {
            for (at, code) in codes.iter().enumerate() {
                query = query.push(if at == 0 { condition } else { ", " }).value(code.as_str());
            }
            if !codes.is_empty() {
                query = query.push(")");
            }
        }
        query
    }
}

impl Within<'_> {
    /// Everybody a round in this scope is about: mentees who wait, and all mentors there.
    ///
    /// # Errors
    /// What the database says.
    pub async fn people(&self, scope: &Scope) -> Result<(Vec<Mentee>, Vec<Mentor>)> {
        let wanted =
            |codes: &[String]| scope.programmes.is_empty() || codes.iter().any(|code| scope.programmes.contains(code));
        let mut mentees = self.waiting(scope).await?;
        mentees.retain(|mentee| wanted(std::slice::from_ref(&mentee.programme)));
        let mut mentors = self.mentors_in(scope).await?;
        mentors.retain(|mentor| wanted(&mentor.programmes));
        Ok((mentees, mentors))
    }

    /// Adds people, or changes those whose identity exists: all of them, or none.
    ///
    /// # Errors
    /// [`crate::Error::BelowOpenPairs`] if a mentor's capacity would fall below the open pairs,
    /// [`crate::Error::Elsewhere`] if somebody is or would be beyond the purview, or what the database says. Nothing has changed then.
    pub async fn put_people(&self, mentors: &[Mentor], mentees: &[Mentee], stamp: &Stamp) -> Result<Saved> {
        let mut tx = self.db().begin().await?;
        let mut saved = Saved::default();
        put(&mut tx, self, (mentors, How::File), stamp, &mut saved).await?;
        put(&mut tx, self, (mentees, How::File), stamp, &mut saved).await?;
        let detail = serde_json::json!({ "added": saved.added, "changed": saved.changed, "same": saved.same });
        crate::event::note(&mut tx, stamp, "people", "all", "people-put", detail).await?;
        tx.commit().await?;
        Ok(saved)
    }

    /// Every county with who waits and what places there are, by code.
    ///
    /// # Errors
    /// What the database says.
    pub async fn tallies(&self, day: Date) -> Result<Vec<Tally>> {
        let waiting = sql("SELECT county, COUNT(*) FROM mentee WHERE state = 'waiting'");
        let waiting = self.db().all(self.narrow(waiting, "organisation").push(" GROUP BY county")).await?;
        let places = sql("SELECT county, COUNT(*), CAST(SUM(capacity - used) AS BIGINT) FROM mentor WHERE 1 = 1");
        let places = self.narrow(present(places, day), "organisation").push(" GROUP BY county");
        let places = self.db().all(places).await?;
        let mut tallies: Vec<Tally> =
            County::all().map(|county| Tally { county, waiting: 0, mentors: 0, places: 0 }).collect();
        for row in waiting {
            if let Some(county) = County::from_code(&row.text(0)?) {
                tallies[county.index()].waiting = row.number(1)? as usize;
            }
        }
        for row in places {
            if let Some(county) = County::from_code(&row.text(0)?) {
                tallies[county.index()].mentors = row.number(1)? as usize;
                tallies[county.index()].places = row.number(2)? as usize;
            }
        }
        Ok(tallies)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_by_swedish_rules() {
        let mut names = ["Östen", "Ärlig", "Åberg", "Zeb", "anna", "Anna", "Wide", "Vide", "Ek"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["anna", "Anna", "Ek", "Vide", "Wide", "Zeb", "Åberg", "Ärlig", "Östen"]);
    }
}
