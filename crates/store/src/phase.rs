//! Phases: every state of a thing is an interval with a cause, never an overwritten field.

use mentoring::Id;

use crate::Store;
use crate::db::{Tx, Value, sql};
use crate::error::Result;
use crate::stamp::Stamp;

/// From when to when a thing was in a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// The state's code.
    pub state: String,
    /// Its first moment, in UTC.
    pub since: String,
    /// Its last moment; none if it is the state now.
    pub until: Option<String>,
    /// The event that began it.
    pub cause: String,
    /// Code of the reason; empty for none.
    pub reason: String,
}

/// Lets a thing enter a state, and leave the one before in the same moment.
pub(crate) async fn enter(
    tx: &mut Tx,
    noun: &'static str,
    subject: &str,
    state: &str,
    (cause, reason): (&str, &str),
    stamp: &Stamp,
) -> Result<()> {
    let leave = sql("UPDATE phase SET until = $1 WHERE noun = $2 AND subject = $3 AND until IS NULL");
    tx.run(leave.bind(stamp.moment()).bind(noun).bind(subject)).await?;
    let row: Vec<Value> =
        vec![noun.into(), subject.into(), state.into(), stamp.moment().into(), cause.into(), reason.into()];
    tx.insert("INSERT INTO phase (noun, subject, state, since, cause, reason) VALUES ", vec![row], "").await
}

impl Store {
    /// The phases of a thing, the first one first; for a page that has made sure that it may be seen.
    ///
    /// # Errors
    /// What the database says.
    pub async fn phases(&self, noun: &'static str, subject: &Id) -> Result<Vec<Phase>> {
        let query = sql("SELECT state, since, until, cause, reason FROM phase WHERE noun = $1 AND subject = $2 \
             ORDER BY number");
        let rows = self.db.all(query.bind(noun).bind(subject.as_str())).await?;
        let phase = |row: &crate::db::Row| {
            Ok(Phase {
                state: row.text(0)?,
                since: row.text(1)?,
                until: row.maybe(2)?,
                cause: row.text(3)?,
                reason: row.text(4)?,
            })
        };
        rows.iter().map(phase).collect()
    }
}
