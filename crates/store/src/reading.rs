//! Who has read about whom: staff leave a trace, once a day, that the person can see.

use jiff::civil::Date;
use mentoring::{Id, Mentee, Mentor};

use crate::Store;
use crate::account::address;
use crate::db::{Value, sql};
use crate::error::{Error, Result};
use crate::kept::Kept;
use crate::stamp::Stamp;
use crate::within::Within;

/// That somebody has read about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The day.
    pub day: String,
    /// Who.
    pub reader: String,
}

/// What somebody is in the programme.
#[derive(Clone, Debug, Default)]
pub struct OwnRecords {
    /// As mentor.
    pub mentor: Option<Mentor>,
    /// As mentee.
    pub mentee: Option<Mentee>,
    /// Whether as mentee they have left.
    pub left: bool,
}

impl Within<'_> {
    /// Writes down that somebody has read about people, each a `mentor` or a `mentee`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn read_about(&self, noun: &'static str, ids: &[&Id], day: Date, stamp: &Stamp) -> Result<()> {
        let Some(account) = &stamp.account else { return Ok(()) };
        let row = |id: &&Id| -> Vec<Value> {
            vec![
                day.to_string().into(),
                account.as_str().into(),
                noun.into(),
                id.as_str().into(),
                stamp.by.as_str().into(),
                stamp.moment().into(),
            ]
        };
        let mut tx = self.db().begin().await?;
        let into = "INSERT INTO reading (day, account, noun, subject, reader, at) VALUES ";
        tx.insert(into, ids.iter().map(row).collect(), " ON CONFLICT (day, account, noun, subject) DO NOTHING").await?;
        tx.commit().await
    }
}

impl Store {
    /// Who has read about a person, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn readings(&self, noun: &'static str, id: &Id) -> Result<Vec<Reading>> {
        let query = sql("SELECT day, reader FROM reading WHERE noun = $1 AND subject = $2 ORDER BY day DESC, reader");
        let rows = self.db.all(query.bind(noun).bind(id.as_str())).await?;
        rows.iter().map(|row| Ok(Reading { day: row.text(0)?, reader: row.text(1)? })).collect()
    }

    /// What whoever has an address is in the programme: for a page about oneself only.
    ///
    /// # Errors
    /// What the database says.
    pub async fn own_records(&self, email: &str) -> Result<OwnRecords> {
        let (mentor, mentee) = (self.own::<Mentor>(email).await?, self.own::<Mentee>(email).await?);
        let left = match &mentee {
            Some(mentee) => self.everywhere().has_left(&mentee.id).await?,
            None => false,
        };
        Ok(OwnRecords { mentor, mentee, left })
    }

    async fn own<P: Kept>(&self, email: &str) -> Result<Option<P>> {
        let Some(id) = self.everywhere().by_email::<P>(&address(email)).await? else { return Ok(None) };
        match self.everywhere().one::<P>(&id).await {
            Ok((person, _)) => Ok(Some(person)),
            Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
