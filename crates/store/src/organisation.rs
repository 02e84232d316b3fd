//! Organisations and programmes.

use mentoring::{Organisation, OrganisationKind, Programme};

use crate::Store;
use crate::db::{Value, sql};
use crate::error::Result;

impl Store {
    /// Every organisation, by name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn organisations(&self) -> Result<Vec<Organisation>> {
        let rows = self.db.all(sql("SELECT code, name, kind, parent, areas FROM organisation ORDER BY code")).await?;
        rows.iter()
            .map(|row| {
                Ok(Organisation {
                    code: row.text(0)?,
                    name: row.text(1)?,
                    kind: OrganisationKind::from_code(&row.text(2)?).unwrap_or(OrganisationKind::Centre),
                    parent: row.maybe(3)?,
                    areas: row.json(4)?,
                })
            })
            .collect()
    }

    /// Adds organisations, or changes those whose code exists. A parent must stand before its children.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_organisations(&self, organisations: &[Organisation]) -> Result<()> {
        let rows = organisations
            .iter()
            .map(|organisation| {
                Ok(vec![
                    Value::from(organisation.code.as_str()),
                    Value::from(organisation.name.as_str()),
                    Value::from(organisation.kind.code()),
                    Value::from(organisation.parent.clone()),
                    Value::from(serde_json::to_string(&organisation.areas)?),
                ])
            })
            .collect::<Result<Vec<_>>>()?;
        let mut tx = self.db.begin().await?;
        tx.insert(
            "INSERT INTO organisation (code, name, kind, parent, areas) VALUES ",
            rows,
            " ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind, \
              parent = excluded.parent, areas = excluded.areas",
        )
        .await?;
        tx.commit().await
    }

    /// Every programme, by code.
    ///
    /// # Errors
    /// What the database says.
    pub async fn programmes(&self) -> Result<Vec<Programme>> {
        let rows = self.db.all(sql("SELECT definition FROM programme ORDER BY code")).await?;
        rows.iter().map(|row| row.json(0)).collect()
    }

    /// Adds programmes, or changes those whose code exists.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_programmes(&self, programmes: &[Programme]) -> Result<()> {
        let rows = programmes
            .iter()
            .map(|programme| {
                Ok(vec![Value::from(programme.code.as_str()), Value::from(serde_json::to_string(programme)?)])
            })
            .collect::<Result<Vec<_>>>()?;
        let mut tx = self.db.begin().await?;
        tx.insert(
            "INSERT INTO programme (code, definition) VALUES ",
            rows,
            " ON CONFLICT (code) DO UPDATE SET definition = excluded.definition, version = programme.version + 1",
        )
        .await?;
        tx.commit().await
    }
}
