//! Events: what was done, by whom and when; written in the transaction of the change itself.

use mentoring::Id;

use crate::db::{Tx, Value, sql};
use crate::error::{Error, Result};
use crate::kept::Kept;
use crate::stamp::Stamp;
use crate::within::Within;

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

const INSERT: &str = "INSERT INTO event (at, actor, account, noun, subject, kind, detail) VALUES ";

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
        account(stamp),
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
        let facts = [noun.to_owned(), (*subject).to_owned(), (*kind).to_owned(), detail.clone()];
        let who = [stamp.moment().into(), stamp.by.as_str().into(), account(stamp)];
        who.into_iter().chain(facts.map(Value::from)).collect()
    };
    tx.insert(INSERT, events.iter().map(row).collect(), "").await
}

fn account(stamp: &Stamp) -> Value {
    Value::from(stamp.account.as_ref().map(ToString::to_string))
}

/// Who last changed a thing.
pub(crate) async fn last_actor(tx: &mut Tx, noun: &'static str, subject: &str) -> Result<String> {
    let query = sql("SELECT actor FROM event WHERE noun = $1 AND subject = $2 ORDER BY number DESC LIMIT 1");
    tx.first(query.bind(noun).bind(subject)).await?.map_or_else(|| Ok(String::new()), |row| row.text(0))
}

impl Within<'_> {
    /// The history of a mentor or mentee, newest first.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn history<P: Kept>(&self, id: &Id) -> Result<Vec<Event>> {
        let own = self.narrow(sql(P::COUNT).push(" AND id = ").value(id.as_str()), "organisation");
        self.db().first(own).await?.filter(|row| row.number(0).is_ok_and(|count| count > 0)).ok_or(Error::NotFound)?;
        let query =
            sql("SELECT at, actor, kind, detail FROM event WHERE noun = $1 AND subject = $2 ORDER BY number DESC");
        let rows = self.db().all(query.bind(P::NOUN).bind(id.as_str())).await?;
        rows.iter()
            .map(|row| Ok(Event { at: row.text(0)?, actor: row.text(1)?, kind: row.text(2)?, detail: row.text(3)? }))
            .collect()
    }
}
