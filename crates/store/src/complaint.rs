//! Complaints: to whoever answers for an organisation, past the coordinator.

use mentoring::Id;

use crate::Store;
use crate::account::address;
use crate::db::{Row, Value, sql};
use crate::error::{Error, Result};
use crate::event::note;
use crate::mail::{NewMail, queue};
use crate::stamp::Stamp;
use crate::within::Within;

/// A complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Its identity.
    pub id: Id,
    /// Code of the organisation that answers for it.
    pub organisation: String,
    /// Whoever complains.
    pub name: String,
    /// How to reach them.
    pub email: String,
    /// What about.
    pub words: String,
    /// When it came in, in UTC.
    pub since: String,
    /// When it was settled, in UTC.
    pub ended_at: Option<String>,
    /// Who settled it.
    pub ended_by: String,
    /// What was done about it.
    pub outcome: String,
}

const SELECT: &str = "SELECT id, organisation, name, email, words, since, ended_at, ended_by, outcome FROM complaint \
     WHERE 1 = 1";

fn complaint(row: &Row) -> Result<Complaint> {
    Ok(Complaint {
        id: Id::parse(&row.text(0)?).ok_or(Error::NotFound)?,
        organisation: row.text(1)?,
        name: row.text(2)?,
        email: row.text(3)?,
        words: row.text(4)?,
        since: row.text(5)?,
        ended_at: row.maybe(6)?,
        ended_by: row.text(7)?,
        outcome: row.text(8)?,
    })
}

impl Store {
    /// Takes a complaint, and tells whoever is to know.
    ///
    /// # Errors
    /// What the database says.
    pub async fn complain(&self, new: &Complaint, told: &[NewMail], stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let row: Vec<Value> = vec![
            new.id.as_str().into(),
            new.organisation.as_str().into(),
            new.name.as_str().into(),
            address(&new.email).into(),
            new.words.as_str().into(),
            stamp.moment().into(),
        ];
        tx.insert("INSERT INTO complaint (id, organisation, name, email, words, since) VALUES ", vec![row], "").await?;
        for mail in told {
            queue(&mut tx, mail, stamp).await?;
        }
        let stamp = Stamp::program("complaint", stamp.at);
        note(&mut tx, &stamp, "complaint", new.id.as_str(), "complaint-made", serde_json::json!({})).await?;
        tx.commit().await
    }

    /// The complaints of whoever has an address, the newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn own_complaints(&self, email: &str) -> Result<Vec<Complaint>> {
        let query = sql(SELECT).push(" AND email = ").value(address(email)).push(" ORDER BY since DESC, id");
        self.db.all(query).await?.iter().map(complaint).collect()
    }
}

impl Within<'_> {
    /// Complaints, those that nobody has settled first, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn complaints(&self) -> Result<Vec<Complaint>> {
        let query = self.narrow(sql(SELECT), "organisation");
        let order = " ORDER BY CASE WHEN ended_at IS NULL THEN 0 ELSE 1 END, since, id";
        self.db().all(query.push(order)).await?.iter().map(complaint).collect()
    }

    /// Settles a complaint with what was done about it, and tells whoever complained.
    ///
    /// # Errors
    /// [`Error::Changed`] if somebody has settled it already, [`Error::NotFound`], or what the database says.
    pub async fn settle_complaint(&self, id: &Id, outcome: &str, told: &NewMail, stamp: &Stamp) -> Result<()> {
        let known = self.complaints().await?.into_iter().find(|it| it.id == *id).ok_or(Error::NotFound)?;
        let mut tx = self.db().begin().await?;
        let end =
            sql("UPDATE complaint SET ended_at = $1, ended_by = $2, outcome = $3 WHERE id = $4 AND ended_at IS NULL");
        let end = end.bind(stamp.moment()).bind(stamp.by.as_str()).bind(outcome).bind(id.as_str());
        if tx.run(end).await? == 0 {
            return Err(Error::Changed { by: known.ended_by });
        }
        queue(&mut tx, told, stamp).await?;
        note(&mut tx, stamp, "complaint", id.as_str(), "complaint-settled", serde_json::json!({})).await?;
        tx.commit().await
    }
}
