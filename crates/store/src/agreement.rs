//! What people have agreed to, word for word: the agreement of a pair, a mentor's promise of conduct and
//! confidentiality.

use jiff::civil::Date;
use mentoring::{Id, Language, Mentor, Side};
use sha2::{Digest, Sha256};

use crate::db::{Tx, Value, sql};
use crate::error::{Error, Result};
use crate::event::note;
use crate::kept::{Kept, some_in};
use crate::stamp::Stamp;
use crate::within::Within;

/// What one of a pair has accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// On which side.
    pub side: Side,
    /// The name.
    pub name: String,
    /// When, in UTC.
    pub at: String,
    /// The language it was read in.
    pub language: Language,
    /// The text, in Markdown.
    pub body: String,
    /// The digest of the text, by which it is told from other versions.
    pub digest: String,
}

/// Keeps a text that somebody agrees to, each version once, and answers its digest.
pub(crate) async fn keep(tx: &mut Tx, language: Language, body: &str, stamp: &Stamp) -> Result<String> {
    let digest: String = Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect();
    let keep = sql("INSERT INTO agreement (digest, language, body, since) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (digest) DO NOTHING");
    tx.run(keep.bind(digest.as_str()).bind(language.tag()).bind(body).bind(stamp.moment())).await?;
    Ok(digest)
}

impl Within<'_> {
    /// What the two of a pair and their companions have accepted, the first one first.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn acceptances(&self, pair: &Id) -> Result<Vec<Acceptance>> {
        self.pair(pair).await?;
        let query = sql("SELECT acceptance.side, acceptance.at, language, body, digest, \
             CASE WHEN acceptance.side = 'mentor' THEN mentor.name ELSE mentee.name END FROM acceptance \
             JOIN agreement ON agreement.digest = acceptance.agreement JOIN pair ON pair.id = acceptance.pair \
             JOIN mentor ON mentor.id = pair.mentor JOIN mentee ON mentee.id = pair.mentee WHERE pair.id = $1 \
             UNION ALL SELECT companion.side, companion.agreed_at, language, body, digest, \
             COALESCE(mentor.name, mentee.name, '') FROM companion \
             JOIN agreement ON agreement.digest = companion.agreement \
             LEFT JOIN mentor ON companion.side = 'mentor' AND mentor.id = companion.person \
             LEFT JOIN mentee ON companion.side = 'mentee' AND mentee.id = companion.person \
             WHERE companion.pair = $1 ORDER BY 2, 1");
        let rows = self.db().all(query.bind(pair.as_str())).await?;
        rows.iter()
            .map(|row| {
                Ok(Acceptance {
                    side: Side::from_code(&row.text(0)?).ok_or(Error::NotFound)?,
                    at: row.text(1)?,
                    language: Language::from_tag(&row.text(2)?).unwrap_or_default(),
                    body: row.text(3)?,
                    digest: row.text(4)?,
                    name: row.text(5)?,
                })
            })
            .collect()
    }

    /// Takes a mentor's promise of conduct and confidentiality in these words.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn pledge(
        &self,
        mentor: &Id,
        (language, body): (Language, &str),
        today: Date,
        stamp: &Stamp,
    ) -> Result<Mentor> {
        self.one::<Mentor>(mentor).await?;
        let mut tx = self.db().begin().await?;
        let lock = sql("SELECT id FROM mentor WHERE id = $1").push(tx.engine().for_update());
        tx.first(lock.bind(mentor.as_str())).await?.ok_or(Error::NotFound)?;
        let mut all = some_in::<Mentor>(&mut tx, std::slice::from_ref(mentor)).await?;
        let mut known = all.remove(mentor).ok_or(Error::NotFound)?;
        known.pledge(today);
        tx.insert(Mentor::INSERT, vec![known.values(stamp)?], Mentor::REPLACE).await?;
        let digest = keep(&mut tx, language, body, stamp).await?;
        let row: Vec<Value> = vec![mentor.as_str().into(), digest.into(), stamp.moment().into()];
        tx.insert("INSERT INTO pledge (mentor, agreement, at) VALUES ", vec![row], " ON CONFLICT DO NOTHING").await?;
        note(&mut tx, stamp, "mentor", mentor.as_str(), "mentor-pledged", serde_json::json!({})).await?;
        tx.commit().await?;
        Ok(known)
    }
}

impl crate::Store {
    /// What a mentor has promised: when, in UTC, and the text, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pledges(&self, mentor: &Id) -> Result<Vec<(String, String)>> {
        let query = sql("SELECT pledge.at, agreement.body FROM pledge JOIN agreement \
             ON agreement.digest = pledge.agreement WHERE pledge.mentor = ");
        let rows = self.db.all(query.value(mentor.as_str()).push(" ORDER BY pledge.at DESC")).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
    }

    /// Approved mentors whose promise of conduct and confidentiality ends by a day, or has ended since another, the
    /// first to end first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pledges_ending(&self, since: Date, by: Date) -> Result<Vec<Mentor>> {
        let query = sql(Mentor::SELECT).push(" AND approved = 1 AND agreement_until >= ").value(since.to_string());
        let query = query.push(" AND agreement_until <= ").value(by.to_string());
        self.db.all(query.push(" ORDER BY agreement_until, id")).await?.iter().map(Kept::read).collect()
    }
}
