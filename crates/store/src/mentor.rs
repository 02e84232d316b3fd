//! Mentors.

use std::collections::HashMap;

use mentoring::{Id, Mentor};

use crate::Store;
use crate::db::{Row, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::event::{last_actor, note};
use crate::person::{Filter, Page, Saved, Scope, fold, mark, sort_key};
use crate::stamp::Stamp;

const COLUMNS: &str = "SELECT profile, used, version FROM mentor WHERE 1 = 1";

fn mentor(row: &Row) -> Result<Mentor> {
    let mut mentor: Mentor = row.json(0)?;
    mentor.open_pairs = row.number(1)? as u32;
    Ok(mentor)
}

/// The record without what the database counts itself.
fn profile(mentor: &Mentor) -> Result<String> {
    Ok(serde_json::to_string(&Mentor { open_pairs: 0, ..mentor.clone() })?)
}

fn search(mentor: &Mentor) -> String {
    let marks: String = mentor.competences.iter().map(|(competence, _)| mark(*competence)).collect();
    let company = mentor.company.as_ref().map_or("", |company| &company.name);
    fold(&format!(
        "{} {} {} {company} {} {marks}",
        mentor.name,
        mentor.email,
        mentor.municipality.names().sv,
        mentor.about
    ))
}

fn values(mentor: &Mentor, stamp: &Stamp) -> Result<Vec<Value>> {
    Ok(vec![
        mentor.id.as_str().into(),
        mentor.name.as_str().into(),
        mentor.email.as_str().into(),
        mentor.organisation.as_str().into(),
        mentor.municipality.county().code().into(),
        mentor.programmes.join(" ").into(),
        i64::from(mentor.capacity).into(),
        search(mentor).into(),
        sort_key(&mentor.name).into(),
        profile(mentor)?.into(),
        stamp.moment().into(),
        stamp.moment().into(),
    ])
}

const INSERT: &str = "INSERT INTO mentor (id, name, email, organisation, county, programmes, capacity, search, sort, \
     profile, created_at, changed_at) VALUES ";
const REPLACE: &str = " ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, \
     organisation = excluded.organisation, county = excluded.county, programmes = excluded.programmes, \
     capacity = excluded.capacity, search = excluded.search, sort = excluded.sort, profile = excluded.profile, \
     changed_at = excluded.changed_at, version = mentor.version + 1";

pub(crate) async fn put(tx: &mut Tx, mentors: &[Mentor], stamp: &Stamp, saved: &mut Saved) -> Result<()> {
    for some in mentors.chunks(200) {
        let mut query = sql("SELECT id, profile, used FROM mentor WHERE id IN (");
        for (at, mentor) in some.iter().enumerate() {
            query = query.push(if at == 0 { "" } else { ", " }).value(mentor.id.as_str());
        }
        let mut known: HashMap<String, (String, i64)> = HashMap::new();
        for row in tx.all(query.push(")")).await? {
            known.insert(row.text(0)?, (row.text(1)?, row.number(2)?));
        }
        let mut rows = Vec::new();
        for mentor in some {
            match known.get(mentor.id.as_str()) {
                Some((same, _)) if *same == profile(mentor)? => {
                    saved.same += 1;
                    continue;
                }
                Some((_, open)) if i64::from(mentor.capacity) < *open => {
                    return Err(Error::BelowOpenPairs { open: *open });
                }
                Some(_) => saved.changed += 1,
                None => saved.added += 1,
            }
            rows.push(values(mentor, stamp)?);
        }
        tx.insert(INSERT, rows, REPLACE).await?;
    }
    Ok(())
}

impl Store {
    /// A page of mentors.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mentors(&self, filter: &Filter, page: usize, size: usize) -> Result<Page<Mentor>> {
        let programme = " AND programmes LIKE ";
        let count = filter.narrow(sql("SELECT COUNT(*) FROM mentor WHERE 1 = 1"), programme);
        let total = self.db.first(count).await?.map_or(Ok(0), |row| row.number(0))?;
        let listed = filter.narrow(sql(COLUMNS), programme).push(" ORDER BY sort, id LIMIT ").value(size as i64);
        let rows = self.db.all(listed.push(" OFFSET ").value((page * size) as i64)).await?;
        Ok(Page { people: rows.iter().map(mentor).collect::<Result<_>>()?, total: total as usize })
    }

    /// One mentor and the version of the record.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn mentor(&self, id: &Id) -> Result<(Mentor, i64)> {
        let row = self.db.first(sql(COLUMNS).push(" AND id = ").value(id.as_str())).await?.ok_or(Error::NotFound)?;
        Ok((mentor(&row)?, row.number(2)?))
    }

    pub(crate) async fn mentors_in(&self, scope: &Scope) -> Result<Vec<Mentor>> {
        self.db.all(scope.narrow(sql(COLUMNS)).push(" ORDER BY id")).await?.iter().map(mentor).collect()
    }

    /// Mentors by identity, in any order; those who do not exist are left out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mentors_by_id(&self, ids: &[Id]) -> Result<Vec<Mentor>> {
        let mut found = Vec::new();
        for some in ids.chunks(200) {
            let mut query = sql(COLUMNS).push(" AND id IN (");
            for (at, id) in some.iter().enumerate() {
                query = query.push(if at == 0 { "" } else { ", " }).value(id.as_str());
            }
            for row in self.db.all(query.push(")")).await? {
                found.push(mentor(&row)?);
            }
        }
        Ok(found)
    }

    /// The identity of the mentor with an e-mail address, in any case.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mentor_by_email(&self, email: &str) -> Result<Option<Id>> {
        let query = sql("SELECT id FROM mentor WHERE LOWER(email) = ").value(email.trim().to_ascii_lowercase());
        let row = self.db.first(query.push(" ORDER BY id")).await?;
        Ok(row.map(|row| row.text(0)).transpose()?.and_then(|id| Id::parse(&id)))
    }

    /// Saves a changed mentor, if nobody else has changed the record since `version` was read.
    ///
    /// # Errors
    /// [`Error::Changed`], [`Error::BelowOpenPairs`], [`Error::NotFound`], or what the database says.
    pub async fn save_mentor(&self, changed: &Mentor, version: i64, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let state = sql("SELECT used, version, changed_at FROM mentor WHERE id = ").value(changed.id.as_str());
        let row = tx.first(state).await?.ok_or(Error::NotFound)?;
        let used = row.number(0)?;
        if i64::from(changed.capacity) < used {
            return Err(Error::BelowOpenPairs { open: used });
        }
        let touched = tx
            .run(
                sql("UPDATE mentor SET name = $1, email = $2, organisation = $3, county = $4, programmes = $5, \
                     capacity = $6, search = $7, sort = $8, profile = $9, changed_at = $10, version = version + 1 \
                     WHERE id = $11 AND version = $12")
                .bind(changed.name.as_str())
                .bind(changed.email.as_str())
                .bind(changed.organisation.as_str())
                .bind(changed.municipality.county().code())
                .bind(changed.programmes.join(" "))
                .bind(i64::from(changed.capacity))
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
                by: last_actor(&mut tx, "mentor", changed.id.as_str()).await?,
                at: row.text(2)?,
            });
        }
        note(
            &mut tx,
            stamp,
            "mentor",
            changed.id.as_str(),
            "mentor-changed",
            serde_json::json!({ "version": version + 1 }),
        )
        .await?;
        tx.commit().await
    }
}
