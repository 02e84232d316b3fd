//! How people are kept: one way for mentors and mentees, who differ in what this trait says.

use std::collections::HashMap;

use jiff::civil::Date;
use mentoring::Id;

use crate::db::{Query, Row, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::event::{last_actor, note, note_all};
use crate::person::{Filter, Page, Saved};
use crate::stamp::Stamp;
use crate::within::Within;

/// A person that the store keeps: a mentor or a mentee.
pub trait Kept: Clone {
    /// The word for one, in events.
    const NOUN: &'static str;
    /// The event of a new one, and of a change.
    const EVENTS: [&'static str; 2];
    /// Selects the record, the database's own state and the version; ends in a condition.
    const SELECT: &'static str;
    /// Counts; ends in a condition.
    const COUNT: &'static str;
    /// Selects identity, record, organisation, name and the database's own state of some; the identities
    /// follow. Whoever has been erased has no name, and may come back anywhere.
    const KNOWN: &'static str;
    /// Keeps the row for this transaction if it is of this version.
    const HOLD: &'static str;
    /// Inserts; rows follow.
    const INSERT: &'static str;
    /// What an insert does to one that is there.
    const REPLACE: &'static str;
    /// Selects the identities of those with an address in lower case.
    const BY_EMAIL: &'static str;

    /// The identity.
    fn id(&self) -> &Id;
    /// Code of the organisation that answers for them.
    fn organisation(&self) -> &str;
    /// The name, to speak of them.
    fn name(&self) -> &str;
    /// Reads what [`Kept::SELECT`] gives.
    fn read(row: &Row) -> Result<Self>;
    /// The record, without what the database knows itself.
    fn profile(&self) -> Result<String>;
    /// What [`Kept::INSERT`] wants.
    fn values(&self, stamp: &Stamp) -> Result<Vec<Value>>;
    /// Adds the condition that somebody is in a programme.
    fn in_programme(query: Query, code: &str) -> Query;
    /// Adds the condition for a state that a list can be narrowed to, as of a day.
    fn in_state(query: Query, state: &str, day: Date) -> Query;
    /// The order of a list.
    fn in_order(order: &str) -> &'static str;
    /// Whether the record can replace the one that [`Kept::KNOWN`] gave.
    fn may_replace(&self, known: &Row) -> Result<()>;
}

fn some_of(start: &'static str, ids: &[&Id]) -> Query {
    let mut query = sql(start);
    for (at, id) in ids.iter().enumerate() {
        query = query.push(if at == 0 { "" } else { ", " }).value(id.as_str());
    }
    query.push(")")
}

fn select_some<P: Kept>(ids: &[Id]) -> Query {
    let mut query = sql(P::SELECT);
    for (at, id) in ids.iter().enumerate() {
        query = query.push(if at == 0 { " AND id IN (" } else { ", " }).value(id.as_str());
    }
    query.push(")")
}

/// People by identity as a transaction sees them; those who do not exist are left out.
pub(crate) async fn some_in<P: Kept>(tx: &mut Tx, ids: &[Id]) -> Result<HashMap<Id, P>> {
    let mut found = HashMap::new();
    for some in ids.chunks(AT_A_TIME) {
        for row in tx.all(select_some::<P>(some)).await? {
            let person = P::read(&row)?;
            found.insert(person.id().clone(), person);
        }
    }
    Ok(found)
}

/// Statements take so many people at a time.
const AT_A_TIME: usize = 200;

/// How people come in: from a file, or by an application that is accepted.
#[derive(Clone, Copy, Debug)]
pub(crate) enum How {
    File,
    Application,
}

impl How {
    fn code(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Application => "application",
        }
    }
}

/// Puts people in, new or changed, and notes each of them with how they came.
pub(crate) async fn put<P: Kept>(
    tx: &mut Tx,
    within: &Within<'_>,
    (people, how): (&[P], How),
    stamp: &Stamp,
    saved: &mut Saved,
) -> Result<()> {
    // In one order always: two files at once then wait for each other instead of locking each other out.
    let mut people: Vec<&P> = people.iter().collect();
    people.sort_unstable_by_key(|person| person.id());
    for some in people.chunks(AT_A_TIME) {
        let ids: Vec<&Id> = some.iter().map(|person| person.id()).collect();
        let mut known: HashMap<String, Row> = HashMap::new();
        // Held until the end, so that nobody takes a place in between.
        let known_now = some_of(P::KNOWN, &ids).push(tx.engine().for_update());
        for row in tx.all(known_now).await? {
            known.insert(row.text(0)?, row);
        }
        let (mut rows, mut events) = (Vec::new(), Vec::new());
        for person in some {
            let row = known.get(person.id().as_str());
            let of_others = match row {
                Some(row) => !row.text(3)?.is_empty() && !within.purview.has(&row.text(2)?),
                None => false,
            };
            if of_others || !within.purview.has(person.organisation()) {
                return Err(Error::Elsewhere { name: person.name().to_owned() });
            }
            let kind = match row {
                Some(row) if row.text(1)? == person.profile()? => {
                    saved.same += 1;
                    continue;
                }
                Some(row) => {
                    person.may_replace(row)?;
                    saved.changed += 1;
                    P::EVENTS[1]
                }
                None => {
                    saved.added += 1;
                    P::EVENTS[0]
                }
            };
            rows.push(person.values(stamp)?);
            events.push((person.id().as_str(), kind));
        }
        tx.insert(P::INSERT, rows, P::REPLACE).await?;
        note_all(tx, stamp, P::NOUN, &events, how.code()).await?;
    }
    Ok(())
}

impl Within<'_> {
    /// A page of mentors or mentees.
    ///
    /// # Errors
    /// What the database says.
    pub async fn list<P: Kept>(&self, filter: &Filter, page: usize, size: usize) -> Result<Page<P>> {
        let narrow = |query: Query| {
            let query = filter.narrow::<P>(P::in_state(query, &filter.state, filter.today));
            self.narrow(query, "organisation")
        };
        let total = self.db().first(narrow(sql(P::COUNT))).await?.map_or(Ok(0), |row| row.number(0))?;
        let listed = narrow(sql(P::SELECT)).push(P::in_order(&filter.order)).push(" LIMIT ").value(size as i64);
        let rows = self.db().all(listed.push(" OFFSET ").value((page * size) as i64)).await?;
        Ok(Page { people: rows.iter().map(P::read).collect::<Result<_>>()?, total: total as usize })
    }

    /// One person and the version of the record.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn one<P: Kept>(&self, id: &Id) -> Result<(P, i64)> {
        let query = self.narrow(sql(P::SELECT).push(" AND id = ").value(id.as_str()), "organisation");
        let row = self.db().first(query).await?.ok_or(Error::NotFound)?;
        Ok((P::read(&row)?, row.number(2)?))
    }

    /// People by identity, in any order; those who do not exist are left out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn some<P: Kept>(&self, ids: &[Id]) -> Result<Vec<P>> {
        let mut found = Vec::new();
        for some in ids.chunks(AT_A_TIME) {
            for row in self.db().all(self.narrow(select_some::<P>(some), "organisation")).await? {
                found.push(P::read(&row)?);
            }
        }
        Ok(found)
    }

    /// The identity of whoever has an e-mail address, in any case.
    ///
    /// # Errors
    /// What the database says.
    pub async fn by_email<P: Kept>(&self, email: &str) -> Result<Option<Id>> {
        let query = self.narrow(sql(P::BY_EMAIL).bind(email.trim().to_ascii_lowercase()), "organisation");
        let row = self.db().first(query.push(" ORDER BY id")).await?;
        Ok(row.map(|row| row.text(0)).transpose()?.and_then(|id| Id::parse(&id)))
    }

    /// Adds one person.
    ///
    /// # Errors
    /// [`Error::Elsewhere`] if the organisation is beyond the purview, [`Error::Taken`] if the identity is
    /// there already, or what the database says.
    pub async fn add<P: Kept>(&self, person: &P, stamp: &Stamp) -> Result<()> {
        if !self.purview.has(person.organisation()) {
            return Err(Error::Elsewhere { name: person.name().to_owned() });
        }
        let mut tx = self.db().begin().await?;
        let query = sql(P::INSERT).rows(&[person.values(stamp)?]).push(" ON CONFLICT (id) DO NOTHING");
        if tx.run(query).await? == 0 {
            return Err(Error::Taken);
        }
        note(&mut tx, stamp, P::NOUN, person.id().as_str(), P::EVENTS[0], serde_json::json!({})).await?;
        tx.commit().await
    }

    /// Saves a changed person, if nobody else has changed the record since `version` was read. The
    /// event names the fields that changed.
    ///
    /// # Errors
    /// [`Error::Changed`], [`Error::BelowOpenPairs`], [`Error::Elsewhere`] if the new organisation is beyond
    /// the purview, [`Error::NotFound`], or what the database says.
    pub async fn save<P: Kept>(&self, changed: &P, version: i64, fields: &[&str], stamp: &Stamp) -> Result<()> {
        let id = changed.id().as_str();
        let mut tx = self.db().begin().await?;
        if tx.run(sql(P::HOLD).bind(id).bind(version)).await? == 0 {
            let known = tx.first(some_of(P::KNOWN, &[changed.id()])).await?;
            self.own(&known.ok_or(Error::NotFound)?)?;
            return Err(Error::Changed { by: last_actor(&mut tx, P::NOUN, id).await? });
        }
        let known = tx.first(some_of(P::KNOWN, &[changed.id()])).await?.ok_or(Error::NotFound)?;
        self.own(&known)?;
        if !self.purview.has(changed.organisation()) {
            return Err(Error::Elsewhere { name: changed.name().to_owned() });
        }
        changed.may_replace(&known)?;
        tx.insert(P::INSERT, vec![changed.values(stamp)?], P::REPLACE).await?;
        note(&mut tx, stamp, P::NOUN, id, P::EVENTS[1], serde_json::json!({ "fields": fields })).await?;
        tx.commit().await
    }

    /// Fails as if it did not exist unless what [`Kept::KNOWN`] gave lies in the purview.
    fn own(&self, known: &Row) -> Result<()> {
        if self.purview.has(&known.text(2)?) { Ok(()) } else { Err(Error::NotFound) }
    }
}
