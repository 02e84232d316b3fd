//! Settings and texts that the owner changes on a page.

use crate::Store;
use crate::db::{Value, sql};
use crate::error::{Error, Result};
use crate::event::{last_actor, note};
use crate::stamp::Stamp;

impl Store {
    /// The value of a setting, and its version; nothing if it has never been set.
    ///
    /// # Errors
    /// What the database says.
    pub async fn setting(&self, name: &str) -> Result<Option<(String, i64)>> {
        let row = self.db.first(sql("SELECT value, version FROM setting WHERE name = ").value(name)).await?;
        row.map(|row| Ok((row.text(0)?, row.number(1)?))).transpose()
    }

    /// Sets a setting, if nobody else has since `version` was read; 0 for one that has never been set.
    ///
    /// # Errors
    /// [`Error::Changed`], or what the database says.
    pub async fn set(&self, name: &str, value: &str, version: i64, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let done = if version == 0 {
            let row: Vec<Value> = vec![name.into(), value.into(), stamp.moment().into(), stamp.by.as_str().into()];
            let insert = sql("INSERT INTO setting (name, value, changed_at, changed_by) VALUES ").rows(&[row]);
            tx.run(insert.push(" ON CONFLICT (name) DO NOTHING")).await?
        } else {
            let query = sql("UPDATE setting SET value = $1, version = version + 1, changed_at = $2, changed_by = $3 \
                 WHERE name = $4 AND version = $5");
            let query = query.bind(value).bind(stamp.moment()).bind(stamp.by.as_str());
            tx.run(query.bind(name).bind(version)).await?
        };
        if done == 0 {
            return Err(Error::Changed { by: last_actor(&mut tx, "setting", name).await? });
        }
        note(&mut tx, stamp, "setting", name, "setting-changed", serde_json::json!({})).await?;
        tx.commit().await
    }

    /// How many days each of those who got a mentor since a day had waited: programme, county, days.
    ///
    /// # Errors
    /// What the database says.
    pub async fn waits(&self, since: jiff::civil::Date) -> Result<Vec<(String, mentoring::County, i64)>> {
        let query = sql("SELECT pair.programme, mentee.county, pair.started, mentee.waiting_since FROM pair \
             JOIN mentee ON mentee.id = pair.mentee WHERE pair.started >= ");
        let mut waits = Vec::new();
        for row in self.db.all(query.value(since.to_string())).await? {
            let day = |at| row.text(at).ok().and_then(|text| text.parse::<jiff::civil::Date>().ok());
            let county = mentoring::County::from_code(&row.text(1)?);
            if let (Some(county), Some(started), Some(applied)) = (county, day(2), day(3)) {
                let days = applied.until(started).map_or(0, |span| i64::from(span.get_days()));
                waits.push((row.text(0)?, county, days.max(0)));
            }
        }
        Ok(waits)
    }
}
