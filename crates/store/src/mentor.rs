//! Mentors.

use jiff::civil::Date;
use mentoring::{Id, Mentor};

use crate::db::{Query, Row, Value, sql};
use crate::error::{Error, Result};
use crate::kept::Kept;
use crate::person::{Scope, contains, search_text, sort_key};
use crate::stamp::Stamp;
use crate::within::Within;

impl Kept for Mentor {
    const NOUN: &'static str = "mentor";
    const EVENTS: [&'static str; 2] = ["mentor-added", "mentor-changed"];
    const SELECT: &'static str = "SELECT profile, used, version FROM mentor WHERE name <> ''";
    const COUNT: &'static str = "SELECT COUNT(*) FROM mentor WHERE name <> ''";
    const KNOWN: &'static str = "SELECT id, profile, organisation, name, used FROM mentor WHERE id IN (";
    const HOLD: &'static str = "UPDATE mentor SET version = version WHERE id = $1 AND version = $2";
    const INSERT: &'static str = "INSERT INTO mentor (id, name, email, organisation, county, programmes, capacity, \
         approved, agreement_until, pause_from, pause_until, search, sort, profile, created_at, changed_at) VALUES ";
    const REPLACE: &'static str = " ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, \
         organisation = excluded.organisation, county = excluded.county, programmes = excluded.programmes, \
         capacity = excluded.capacity, approved = excluded.approved, agreement_until = excluded.agreement_until, \
         pause_from = excluded.pause_from, pause_until = excluded.pause_until, search = excluded.search, sort = excluded.sort, profile = excluded.profile, \
         changed_at = excluded.changed_at, version = mentor.version + 1";
    const BY_EMAIL: &'static str = "SELECT id FROM mentor WHERE LOWER(email) = $1";

    fn id(&self) -> &Id {
        &self.id
    }

    fn organisation(&self) -> &str {
        &self.organisation
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn read(row: &Row) -> Result<Self> {
        let mut mentor: Self = row.json(0)?;
        mentor.open_pairs = row.number(1)? as u32;
        Ok(mentor)
    }

    fn profile(&self) -> Result<String> {
        Ok(serde_json::to_string(&Self { open_pairs: 0, ..self.clone() })?)
    }

    fn values(&self, stamp: &Stamp) -> Result<Vec<Value>> {
        let company = self.company.as_ref().map(|company| &company.name);
        Ok(vec![
            self.id.as_str().into(),
            self.name.as_str().into(),
            self.email.as_str().into(),
            self.organisation.as_str().into(),
            self.municipality.county().code().into(),
            self.programmes.join(" ").into(),
            i64::from(self.capacity).into(),
            i64::from(self.approved).into(),
            self.agreement_until.map_or(String::new(), |day| day.to_string()).into(),
            self.pause.map_or(String::new(), |pause| pause.from.to_string()).into(),
            self.pause.map_or(String::new(), |pause| pause.until.to_string()).into(),
            search_text([&self.name, &self.email, &self.about], self.municipality, company, &self.competences).into(),
            sort_key(&self.name).into(),
            self.profile()?.into(),
            stamp.moment().into(),
            stamp.moment().into(),
        ])
    }

    fn in_programme(query: Query, code: &str) -> Query {
        query.push(" AND ' ' || programmes || ' ' LIKE ").value(contains(&format!(" {code} "))).push(" ESCAPE '\\'")
    }

    fn in_state(query: Query, state: &str, day: Date) -> Query {
        match state {
            "free" => present(query.push(" AND used < capacity"), day),
            "full" => query.push(" AND used >= capacity"),
            "away" => present(query.push(" AND NOT (1 = 1"), day).push(")"),
            _ => query,
        }
    }

    fn in_order(order: &str) -> &'static str {
        match order {
            "places" => " ORDER BY capacity - used DESC, sort, id",
            _ => " ORDER BY sort, id",
        }
    }

    fn may_replace(&self, known: &Row) -> Result<()> {
        let open = known.number(4)?;
        if i64::from(self.capacity) < open { Err(Error::BelowOpenPairs { open }) } else { Ok(()) }
    }
}

/// Adds the condition that a mentor is approved, has a valid agreement and is not on a pause that day.
pub(crate) fn present(query: Query, day: Date) -> Query {
    let day = day.to_string();
    let query = query.push(" AND approved = 1 AND agreement_until >= ").value(day.as_str());
    let query = query.push(" AND NOT (pause_from <= ").value(day.as_str());
    query.push(" AND pause_until >= ").value(day).push(")")
}

impl Within<'_> {
    pub(crate) async fn mentors_in(&self, scope: &Scope) -> Result<Vec<Mentor>> {
        let query = self.narrow(scope.narrow(sql(Mentor::SELECT)), "organisation").push(" ORDER BY id");
        self.db().all(query).await?.iter().map(Kept::read).collect()
    }
}
