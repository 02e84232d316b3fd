//! Mentees.

use std::collections::HashMap;

use jiff::civil::Date;
use mentoring::{Id, Mentee};

use crate::db::{Query, Row, Value, sql};
use crate::error::{Error, Result};
use crate::event::{last_actor, note};
use crate::kept::Kept;
use crate::person::{Scope, search_text, sort_key};
use crate::stamp::Stamp;
use crate::within::Within;

impl Kept for Mentee {
    const NOUN: &'static str = "mentee";
    const EVENTS: [&'static str; 2] = ["mentee-added", "mentee-changed"];
    const SELECT: &'static str = "SELECT profile, state, version FROM mentee WHERE name <> ''";
    const COUNT: &'static str = "SELECT COUNT(*) FROM mentee WHERE name <> ''";
    const KNOWN: &'static str = "SELECT id, profile, organisation, name FROM mentee WHERE id IN (";
    const HOLD: &'static str = "UPDATE mentee SET version = version WHERE id = $1 AND version = $2";
    const INSERT: &'static str = "INSERT INTO mentee (id, name, email, organisation, county, programme, state, \
         waiting_since, search, sort, profile, number, created_at, changed_at) VALUES ";
    // Who has left and applies again, with a later day, is back in the queue.
    const REPLACE: &'static str = " ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, \
         state = CASE WHEN mentee.state = 'closed' AND excluded.waiting_since > mentee.waiting_since THEN 'waiting' \
         ELSE mentee.state END, \
         organisation = excluded.organisation, county = excluded.county, programme = excluded.programme, \
         waiting_since = excluded.waiting_since, search = excluded.search, sort = excluded.sort, \
         profile = excluded.profile, number = excluded.number, changed_at = excluded.changed_at, version = mentee.version + 1";
    const BY_EMAIL: &'static str = "SELECT id FROM mentee WHERE LOWER(email) = $1";

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
        let mut mentee: Self = row.json(0)?;
        mentee.paired = row.text(1)? == "paired";
        Ok(mentee)
    }

    fn profile(&self) -> Result<String> {
        Ok(serde_json::to_string(&Self { paired: false, ..self.clone() })?)
    }

    fn values(&self, stamp: &Stamp) -> Result<Vec<Value>> {
        let company = self.company.as_ref().map(|company| &company.name);
        Ok(vec![
            self.id.as_str().into(),
            self.name.as_str().into(),
            self.email.as_str().into(),
            self.organisation.as_str().into(),
            self.municipality.county().code().into(),
            self.programme.as_str().into(),
            "waiting".into(),
            self.waiting_since.to_string().into(),
            search_text([&self.name, &self.email, &self.about], self.municipality, company, &self.needs).into(),
            sort_key(&self.name).into(),
            self.profile()?.into(),
            self.company.as_ref().and_then(|company| company.number.clone()).unwrap_or_default().into(),
            stamp.moment().into(),
            stamp.moment().into(),
        ])
    }

    fn in_programme(query: Query, code: &str) -> Query {
        query.push(" AND programme = ").value(code)
    }

    fn in_state(query: Query, state: &str, _: Date) -> Query {
        query.push(match state {
            "waiting" => WAITING,
            "paired" => " AND state = 'paired'",
            "closed" => " AND state = 'closed'",
            _ => " AND state <> 'closed'",
        })
    }

    fn in_order(order: &str) -> &'static str {
        match order {
            "waited" => " ORDER BY CASE WHEN state = 'waiting' THEN 0 ELSE 1 END, waiting_since, sort, id",
            _ => " ORDER BY sort, id",
        }
    }

    fn may_replace(&self, _: &Row) -> Result<()> {
        Ok(())
    }
}

const WAITING: &str = " AND state = 'waiting'";

impl Within<'_> {
    /// Those who have waited longest.
    ///
    /// # Errors
    /// What the database says.
    pub async fn longest_waiting(&self, count: usize) -> Result<Vec<Mentee>> {
        let query = self.narrow(sql(Mentee::SELECT).push(WAITING), "organisation").push(Mentee::in_order("waited"));
        self.db().all(query.push(" LIMIT ").value(count as i64)).await?.iter().map(Kept::read).collect()
    }

    pub(crate) async fn waiting(&self, scope: &Scope) -> Result<Vec<Mentee>> {
        let query = self.narrow(scope.narrow(sql(Mentee::SELECT).push(WAITING)), "organisation").push(" ORDER BY id");
        let mut waiting: Vec<Mentee> = self.db().all(query).await?.iter().map(Kept::read).collect::<Result<_>>()?;
        let mut had = self.mentors_had().await?;
        for mentee in &mut waiting {
            let had = had.remove(mentee.id.as_str()).unwrap_or_default();
            mentee.earlier.extend(had);
            mentee.earlier.sort_unstable();
            mentee.earlier.dedup();
        }
        Ok(waiting)
    }

    /// Whether a mentee has left the queue without a mentor or ended with one.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn has_left(&self, id: &Id) -> Result<bool> {
        let query = self.narrow(sql("SELECT state FROM mentee WHERE id = ").value(id.as_str()), "organisation");
        let row = self.db().first(query).await?;
        Ok(row.ok_or(Error::NotFound)?.text(0)? == "closed")
    }

    /// Takes a mentee who waits out of the queue, or brings one back who has left it; whoever has had a
    /// mentor since then waits from `day`.
    ///
    /// # Errors
    /// [`Error::Changed`] if the mentee is in another state by now, [`Error::NotFound`], or what the
    /// database says.
    pub async fn leave(&self, id: &Id, leaves: bool, day: Date, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db().begin().await?;
        let own = self.narrow(sql("SELECT id FROM mentee WHERE id = ").value(id.as_str()), "organisation");
        tx.first(own).await?.ok_or(Error::NotFound)?;
        let (from, to, kind) =
            if leaves { ("waiting", "closed", "mentee-left") } else { ("closed", "waiting", "mentee-returned") };
        let query =
            sql("UPDATE mentee SET state = $1, changed_at = $2, version = version + 1 WHERE id = $3 AND state = $4");
        if tx.run(query.bind(to).bind(stamp.moment()).bind(id.as_str()).bind(from)).await? == 0 {
            return Err(Error::Changed { by: last_actor(&mut tx, "mentee", id.as_str()).await? });
        }
        let paired = sql("SELECT id FROM pair WHERE mentee = $1 AND started IS NOT NULL LIMIT 1").bind(id.as_str());
        if !leaves && tx.first(paired).await?.is_some() {
            let row = tx.first(sql(Mentee::SELECT).push(" AND id = ").value(id.as_str())).await?;
            let again = Self::waiting_from(&row.ok_or(Error::NotFound)?, day)?;
            tx.insert(Mentee::INSERT, vec![again.values(stamp)?], Mentee::REPLACE).await?;
        }
        note(&mut tx, stamp, "mentee", id.as_str(), kind, serde_json::json!({})).await?;
        tx.commit().await
    }

    fn waiting_from(row: &Row, day: Date) -> Result<Mentee> {
        Ok(Mentee { waiting_since: day, ..Mentee::read(row)? })
    }

    /// The mentors that each of those who wait has had, by the pairs that are kept.
    async fn mentors_had(&self) -> Result<HashMap<String, Vec<Id>>> {
        let query = sql("SELECT pair.mentee, pair.mentor FROM pair JOIN mentee ON mentee.id = pair.mentee \
             WHERE mentee.state = 'waiting' AND pair.state <> 'withdrawn' ORDER BY pair.mentee, pair.mentor");
        let mut had: HashMap<String, Vec<Id>> = HashMap::new();
        for row in self.db().all(query).await? {
            had.entry(row.text(0)?).or_default().extend(Id::parse(&row.text(1)?));
        }
        Ok(had)
    }
}
