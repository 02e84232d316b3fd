//! Events: what was done, by whom and when; written in the transaction of the change itself.

use crate::Store;
use crate::db::{Tx, Value, sql};
use crate::error::Result;
use crate::stamp::Stamp;

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When, in UTC.
    pub at: String,
    /// Who did it.
    pub actor: String,
    /// What was done, such as `round-approved`.
    pub kind: String,
    /// Facts, as JSON.
    pub detail: String,
}

const INSERT: &str = "INSERT INTO event (at, actor, noun, subject, kind, detail) VALUES ";

pub(crate) async fn note(
    tx: &mut Tx,
    stamp: &Stamp,
    noun: &'static str,
    subject: &str,
    kind: &'static str,
    detail: serde_json::Value,
) -> Result<()> {
    let row = vec![vec![
        Value::from(stamp.moment()),
        Value::from(stamp.by.as_str()),
        Value::from(noun),
        Value::from(subject),
        Value::from(kind),
        Value::from(detail.to_string()),
    ]];
    tx.insert(INSERT, row, "").await
}

/// The same event of many things at once, with how it came about.
pub(crate) async fn note_all(
    tx: &mut Tx,
    stamp: &Stamp,
    noun: &'static str,
    events: &[(&str, &'static str)],
    by: &str,
) -> Result<()> {
    let detail = serde_json::json!({ "by": by }).to_string();
    let row = |(subject, kind): &(&str, &'static str)| {
        let facts = [stamp.moment(), stamp.by.clone(), noun.to_owned(), (*subject).to_owned(), (*kind).to_owned()];
        facts.into_iter().chain([detail.clone()]).map(Value::from).collect()
    };
    tx.insert(INSERT, events.iter().map(row).collect(), "").await
}

/// Who last changed a thing.
pub(crate) async fn last_actor(tx: &mut Tx, noun: &'static str, subject: &str) -> Result<String> {
    let query = sql("SELECT actor FROM event WHERE noun = $1 AND subject = $2 ORDER BY number DESC LIMIT 1");
    tx.first(query.bind(noun).bind(subject)).await?.map_or_else(|| Ok(String::new()), |row| row.text(0))
}

impl Store {
    /// The history of one thing, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn events(&self, noun: &str, subject: &str) -> Result<Vec<Event>> {
        let query =
            sql("SELECT at, actor, kind, detail FROM event WHERE noun = $1 AND subject = $2 ORDER BY number DESC");
        let rows = self.db.all(query.bind(noun).bind(subject)).await?;
        rows.iter()
            .map(|row| Ok(Event { at: row.text(0)?, actor: row.text(1)?, kind: row.text(2)?, detail: row.text(3)? }))
            .collect()
    }
}
