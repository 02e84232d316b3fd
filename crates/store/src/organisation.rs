//! Organisations and programmes.

use mentoring::{Organisation, OrganisationKind, Programme};

use crate::Store;
use crate::db::{Query, Row, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::event::{last_actor, note};
use crate::stamp::Stamp;

const ORGANISATION: &str = "SELECT code, name, kind, parent, areas, version FROM organisation";
const PUT_ORGANISATION: &str = "INSERT INTO organisation (code, name, kind, parent, areas) VALUES ";
const CHANGE_ORGANISATION: &str = " ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind, \
     parent = excluded.parent, areas = excluded.areas, version = organisation.version + 1";
const PUT_PROGRAMME: &str = "INSERT INTO programme (code, definition) VALUES ";
const CHANGE_PROGRAMME: &str =
    " ON CONFLICT (code) DO UPDATE SET definition = excluded.definition, version = programme.version + 1";

fn organisation(row: &Row) -> Result<Organisation> {
    Ok(Organisation {
        code: row.text(0)?,
        name: row.text(1)?,
        kind: OrganisationKind::from_code(&row.text(2)?).unwrap_or(OrganisationKind::Centre),
        parent: row.maybe(3)?,
        areas: row.json(4)?,
    })
}

fn organisation_values(organisation: &Organisation) -> Result<Vec<Value>> {
    Ok(vec![
        Value::from(organisation.code.as_str()),
        Value::from(organisation.name.as_str()),
        Value::from(organisation.kind.code()),
        Value::from(organisation.parent.clone()),
        Value::from(serde_json::to_string(&organisation.areas)?),
    ])
}

fn programme_values(programme: &Programme) -> Result<Vec<Value>> {
    Ok(vec![Value::from(programme.code.as_str()), Value::from(serde_json::to_string(programme)?)])
}

/// What differs between saving an organisation and saving a programme.
struct Saving {
    noun: &'static str,
    code: String,
    hold: &'static str,
    put: &'static str,
    values: Vec<Value>,
    change: &'static str,
}

impl Saving {
    /// Adds a new one, or changes the one of this version.
    async fn run(self, mut tx: Tx, version: Option<i64>, kinds: [&'static str; 2], stamp: &Stamp) -> Result<()> {
        let code = self.code.as_str();
        if let Some(version) = version {
            if tx.run(sql(self.hold).bind(code).bind(version)).await? == 0 {
                return Err(Error::Changed { by: last_actor(&mut tx, self.noun, code).await? });
            }
            tx.insert(self.put, vec![self.values], self.change).await?;
        } else {
            let insert: Query = sql(self.put).rows(&[self.values]).push(" ON CONFLICT (code) DO NOTHING");
            if tx.run(insert).await? == 0 {
                return Err(Error::Taken);
            }
        }
        let kind = kinds[usize::from(version.is_some())];
        note(&mut tx, stamp, self.noun, code, kind, serde_json::json!({})).await?;
        tx.commit().await
    }
}

impl Store {
    /// Every organisation, by code.
    ///
    /// # Errors
    /// What the database says.
    pub async fn organisations(&self) -> Result<Vec<Organisation>> {
        self.db.all(sql(ORGANISATION).push(" ORDER BY code")).await?.iter().map(organisation).collect()
    }

    /// One organisation and the version of its record.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn organisation(&self, code: &str) -> Result<(Organisation, i64)> {
        let row = self.db.first(sql(ORGANISATION).push(" WHERE code = ").value(code)).await?.ok_or(Error::NotFound)?;
        Ok((organisation(&row)?, row.number(5)?))
    }

    /// Adds organisations, or changes those whose code exists. A parent must stand before its children.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_organisations(&self, organisations: &[Organisation]) -> Result<()> {
        let rows = organisations.iter().map(organisation_values).collect::<Result<Vec<_>>>()?;
        let mut tx = self.db.begin().await?;
        tx.insert(PUT_ORGANISATION, rows, CHANGE_ORGANISATION).await?;
        tx.commit().await
    }

    /// Adds an organisation, or changes it if nobody else has since `version` was read.
    ///
    /// # Errors
    /// [`Error::Taken`] if a new one's code exists, [`Error::Changed`], or what the database says.
    pub async fn save_organisation(&self, it: &Organisation, version: Option<i64>, stamp: &Stamp) -> Result<()> {
        let saving = Saving {
            noun: "organisation",
            code: it.code.clone(),
            hold: "UPDATE organisation SET version = version WHERE code = $1 AND version = $2",
            put: PUT_ORGANISATION,
            values: organisation_values(it)?,
            change: CHANGE_ORGANISATION,
        };
        saving.run(self.db.begin().await?, version, ["organisation-added", "organisation-changed"], stamp).await
    }

    /// Every programme, by code.
    ///
    /// # Errors
    /// What the database says.
    pub async fn programmes(&self) -> Result<Vec<Programme>> {
        let rows = self.db.all(sql("SELECT definition FROM programme ORDER BY code")).await?;
        rows.iter().map(|row| row.json(0)).collect()
    }

    /// One programme and the version of its definition.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn programme(&self, code: &str) -> Result<(Programme, i64)> {
        let query = sql("SELECT definition, version FROM programme WHERE code = $1").bind(code);
        let row = self.db.first(query).await?.ok_or(Error::NotFound)?;
        Ok((row.json(0)?, row.number(1)?))
    }

    /// Adds programmes, or changes those whose code exists.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_programmes(&self, programmes: &[Programme]) -> Result<()> {
        let rows = programmes.iter().map(programme_values).collect::<Result<Vec<_>>>()?;
        let mut tx = self.db.begin().await?;
        tx.insert(PUT_PROGRAMME, rows, CHANGE_PROGRAMME).await?;
        tx.commit().await
    }

    /// Adds a programme, or changes it if nobody else has since `version` was read.
    ///
    /// # Errors
    /// [`Error::Taken`] if a new one's code exists, [`Error::Changed`], or what the database says.
    pub async fn save_programme(&self, it: &Programme, version: Option<i64>, stamp: &Stamp) -> Result<()> {
        let saving = Saving {
            noun: "programme",
            code: it.code.clone(),
            hold: "UPDATE programme SET version = version WHERE code = $1 AND version = $2",
            put: PUT_PROGRAMME,
            values: programme_values(it)?,
            change: CHANGE_PROGRAMME,
        };
        saving.run(self.db.begin().await?, version, ["programme-added", "programme-changed"], stamp).await
    }
}
