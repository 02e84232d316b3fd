//! Mentees.

use std::collections::HashMap;

use mentoring::{Id, Mentee};

use crate::Store;
use crate::db::{Row, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::event::{last_actor, note};
use crate::person::{Filter, Page, Saved, Scope, fold, mark, sort_key};
use crate::stamp::Stamp;

const COLUMNS: &str = "SELECT profile, state, version FROM mentee WHERE 1 = 1";

fn mentee(row: &Row) -> Result<Mentee> {
    let mut mentee: Mentee = row.json(0)?;
    mentee.paired = row.text(1)? == "paired";
    Ok(mentee)
}

/// The record without what the database knows itself.
fn profile(mentee: &Mentee) -> Result<String> {
    Ok(serde_json::to_string(&Mentee { paired: false, ..mentee.clone() })?)
}

fn search(mentee: &Mentee) -> String {
    let marks: String = mentee.needs.iter().map(|(competence, _)| mark(*competence)).collect();
    let company = mentee.company.as_ref().map_or("", |company| &company.name);
    fold(&format!(
        "{} {} {} {company} {} {marks}",
        mentee.name,
        mentee.email,
        mentee.municipality.names().sv,
        mentee.about
    ))
}

fn values(mentee: &Mentee, stamp: &Stamp) -> Result<Vec<Value>> {
    Ok(vec![
        mentee.id.as_str().into(),
        mentee.name.as_str().into(),
        mentee.email.as_str().into(),
        mentee.organisation.as_str().into(),
        mentee.municipality.county().code().into(),
        mentee.programme.as_str().into(),
        "waiting".into(),
        mentee.waiting_since.to_string().into(),
        search(mentee).into(),
        sort_key(&mentee.name).into(),
        profile(mentee)?.into(),
        stamp.moment().into(),
        stamp.moment().into(),
    ])
}

const INSERT: &str = "INSERT INTO mentee (id, name, email, organisation, county, programme, state, waiting_since, \
     search, sort, profile, created_at, changed_at) VALUES ";
const REPLACE: &str = " ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, \
     organisation = excluded.organisation, county = excluded.county, programme = excluded.programme, \
     waiting_since = excluded.waiting_since, search = excluded.search, sort = excluded.sort, \
     profile = excluded.profile, changed_at = excluded.changed_at, version = mentee.version + 1";

pub(crate) async fn put(tx: &mut Tx, mentees: &[Mentee], stamp: &Stamp, saved: &mut Saved) -> Result<()> {
    for some in mentees.chunks(200) {
        let mut query = sql("SELECT id, profile FROM mentee WHERE id IN (");
        for (at, mentee) in some.iter().enumerate() {
            query = query.push(if at == 0 { "" } else { ", " }).value(mentee.id.as_str());
        }
        let mut known: HashMap<String, String> = HashMap::new();
        for row in tx.all(query.push(")")).await? {
            known.insert(row.text(0)?, row.text(1)?);
        }
        let mut rows = Vec::new();
        for mentee in some {
            match known.get(mentee.id.as_str()) {
                Some(same) if *same == profile(mentee)? => {
                    saved.same += 1;
                    continue;
                }
                Some(_) => saved.changed += 1,
                None => saved.added += 1,
            }
            rows.push(values(mentee, stamp)?);
        }
        tx.insert(INSERT, rows, REPLACE).await?;
    }
    Ok(())
}

impl Store {
    /// A page of mentees.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mentees(&self, filter: &Filter, page: usize, size: usize) -> Result<Page<Mentee>> {
        let programme = " AND programme LIKE ";
        let count = filter.narrow(sql("SELECT COUNT(*) FROM mentee WHERE state <> 'closed'"), programme);
        let total = self.db.first(count).await?.map_or(Ok(0), |row| row.number(0))?;
        let listed = filter.narrow(sql(COLUMNS).push(" AND state <> 'closed'"), programme);
        let listed = listed.push(" ORDER BY sort, id LIMIT ").value(size as i64);
        let rows = self.db.all(listed.push(" OFFSET ").value((page * size) as i64)).await?;
        Ok(Page { people: rows.iter().map(mentee).collect::<Result<_>>()?, total: total as usize })
    }

    /// One mentee and the version of the record.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn mentee(&self, id: &Id) -> Result<(Mentee, i64)> {
        let row = self.db.first(sql(COLUMNS).push(" AND id = ").value(id.as_str())).await?.ok_or(Error::NotFound)?;
        Ok((mentee(&row)?, row.number(2)?))
    }

    /// Mentees by identity, in any order; those who do not exist are left out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mentees_by_id(&self, ids: &[Id]) -> Result<Vec<Mentee>> {
        let mut found = Vec::new();
        for some in ids.chunks(200) {
            let mut query = sql(COLUMNS).push(" AND id IN (");
            for (at, id) in some.iter().enumerate() {
                query = query.push(if at == 0 { "" } else { ", " }).value(id.as_str());
            }
            for row in self.db.all(query.push(")")).await? {
                found.push(mentee(&row)?);
            }
        }
        Ok(found)
    }

    /// Those who have waited longest.
    ///
    /// # Errors
    /// What the database says.
    pub async fn longest_waiting(&self, count: usize) -> Result<Vec<Mentee>> {
        let query =
            sql(COLUMNS).push(" AND state = 'waiting' ORDER BY waiting_since, sort, id LIMIT ").value(count as i64);
        self.db.all(query).await?.iter().map(mentee).collect()
    }

    pub(crate) async fn waiting(&self, scope: &Scope) -> Result<Vec<Mentee>> {
        let query = scope.narrow(sql(COLUMNS).push(" AND state = 'waiting'")).push(" ORDER BY id");
        self.db.all(query).await?.iter().map(mentee).collect()
    }

    /// Saves a changed mentee, if nobody else has changed the record since `version` was read.
    ///
    /// # Errors
    /// [`Error::Changed`], [`Error::NotFound`], or what the database says.
    pub async fn save_mentee(&self, changed: &Mentee, version: i64, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let state = sql("SELECT changed_at FROM mentee WHERE id = ").value(changed.id.as_str());
        let row = tx.first(state).await?.ok_or(Error::NotFound)?;
        let touched = tx
            .run(
                sql("UPDATE mentee SET name = $1, email = $2, organisation = $3, county = $4, programme = $5, \
                     waiting_since = $6, search = $7, sort = $8, profile = $9, changed_at = $10, version = version + 1 \
                     WHERE id = $11 AND version = $12")
                .bind(changed.name.as_str())
                .bind(changed.email.as_str())
                .bind(changed.organisation.as_str())
                .bind(changed.municipality.county().code())
                .bind(changed.programme.as_str())
                .bind(changed.waiting_since.to_string())
                .bind(search(changed))
                .bind(sort_key(&changed.name))
                .bind(profile(changed)?)
                .bind(stamp.moment())
                .bind(changed.id.as_str())
                .bind(version),
            )
            .await?;
        if touched == 0 {
            return Err(Error::Changed {
                by: last_actor(&mut tx, "mentee", changed.id.as_str()).await?,
                at: row.text(0)?,
            });
        }
        note(
            &mut tx,
            stamp,
            "mentee",
            changed.id.as_str(),
            "mentee-changed",
            serde_json::json!({ "version": version + 1 }),
        )
        .await?;
        tx.commit().await
    }
}
