//! Meetings of a pair.

use mentoring::{Id, Meeting, MeetingForm, Side};

use crate::db::{Row, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::event::note;
use crate::stamp::Stamp;
use crate::within::Within;

fn meeting(row: &Row) -> Result<Meeting> {
    Ok(Meeting {
        day: row.text(0)?.parse().map_err(|_| Error::NotFound)?,
        minutes: u16::try_from(row.number(1)?).unwrap_or(u16::MAX),
        form: MeetingForm::from_code(&row.text(2)?).ok_or(Error::NotFound)?,
    })
}

/// Inserts; rows of [`row`] follow.
pub(crate) const INSERT: &str = "INSERT INTO meeting (id, pair, day, minutes, form, side, made_at) VALUES ";

/// What [`INSERT`] wants.
pub(crate) fn row(pair: &Id, side: Option<Side>, held: Meeting, made_at: String) -> Vec<Value> {
    vec![
        Id::of("meeting", &format!("{pair} {}", held.day)).as_str().into(),
        pair.as_str().into(),
        held.day.to_string().into(),
        i64::from(held.minutes).into(),
        held.form.code().into(),
        side.map_or("", Side::code).into(),
        made_at.into(),
    ]
}

/// Enters a meeting, whoever of the two is first; the other one's entry of the same day brings it up to date.
pub(crate) async fn log(tx: &mut Tx, pair: &Id, side: Option<Side>, held: &Meeting, stamp: &Stamp) -> Result<()> {
    let same = " ON CONFLICT (pair, day) DO UPDATE SET minutes = excluded.minutes, form = excluded.form, \
         side = excluded.side, made_at = excluded.made_at";
    tx.insert(INSERT, vec![row(pair, side, *held, stamp.moment())], same).await?;
    note(tx, stamp, "pair", pair.as_str(), "meeting-logged", serde_json::json!({ "day": held.day })).await
}

impl Within<'_> {
    /// Enters a meeting; one person of several of a company on the same day is one meeting.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn log_meeting(&self, pair: &Id, side: Option<Side>, held: &Meeting, stamp: &Stamp) -> Result<()> {
        self.pair(pair).await?;
        let mut tx = self.db().begin().await?;
        log(&mut tx, pair, side, held, stamp).await?;
        tx.commit().await
    }

    /// The meetings of a pair, the latest first.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn meetings(&self, pair: &Id) -> Result<Vec<Meeting>> {
        self.pair(pair).await?;
        let query = sql("SELECT day, minutes, form FROM meeting WHERE pair = $1 ORDER BY day DESC");
        self.db().all(query.bind(pair.as_str())).await?.iter().map(meeting).collect()
    }
}

impl crate::Store {
    /// How often a mentor has met mentees, and for how many minutes altogether; for their own page.
    ///
    /// # Errors
    /// What the database says.
    pub async fn given(&self, mentor: &Id) -> Result<(u32, u32)> {
        let query = sql("SELECT COUNT(*), CAST(COALESCE(SUM(meeting.minutes), 0) AS BIGINT) FROM meeting \
             JOIN pair ON pair.id = meeting.pair WHERE pair.mentor = ");
        let row = self.db.first(query.value(mentor.as_str())).await?.ok_or(Error::NotFound)?;
        Ok((row.number(0)? as u32, row.number(1)? as u32))
    }
}
