//! The chain of events: each link is a digest of the link before and of the event, so that no event can be
//! changed, taken out or put in between unseen (the linked time-stamping of Haber and Stornetta, 1991).
//!
//! Events are sealed shortly after they happened, by one server at a time, so that no change waits for
//! another's. What may be erased, the name and the details, enters by a salted digest of its own: erased,
//! the chain still holds, and the digest without its salt tells nothing.

use sha2::{Digest, Sha256};

use crate::Store;
use crate::db::{Row, Tx, sql};
use crate::error::{Error, Result};

/// Events sealed in one transaction, and checked at a time.
const BATCH: i64 = 500;

/// The last link of the chain. Kept apart from the database it shows whether the end has been cut off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChainEnd {
    /// How many events have ever been sealed.
    pub place: i64,
    /// The link.
    pub link: String,
}

/// A digest of texts, each with its length, so that no two lists of texts are one.
fn digest(texts: &[&str]) -> String {
    let mut sha = Sha256::new();
    for text in texts {
        sha.update((text.len() as u64).to_be_bytes());
        sha.update(text.as_bytes());
    }
    sha.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An event as it enters the chain.
struct Entry {
    number: i64,
    /// Moment, account, noun, subject and kind: these stay.
    stays: [String; 5],
    actor: String,
    detail: String,
    place: i64,
    salt: String,
    said: String,
    link: String,
}

const ENTRY: &str = "SELECT number, at, COALESCE(account, ''), noun, subject, kind, actor, detail, \
     COALESCE(place, 0), salt, said, link FROM event WHERE ";

fn entry(row: &Row) -> Result<Entry> {
    Ok(Entry {
        number: row.number(0)?,
        stays: [row.text(1)?, row.text(2)?, row.text(3)?, row.text(4)?, row.text(5)?],
        actor: row.text(6)?,
        detail: row.text(7)?,
        place: row.number(8)?,
        salt: row.text(9)?,
        said: row.text(10)?,
        link: row.text(11)?,
    })
}

impl Entry {
    fn digest_of_said(&self, salt: &str) -> String {
        digest(&[salt, &self.actor, &self.detail])
    }

    fn link_after(&self, before: &str, place: i64, said: &str) -> String {
        let [at, account, noun, subject, kind] = &self.stays;
        digest(&[before, &place.to_string(), &self.number.to_string(), at, account, noun, subject, kind, said])
    }

    /// Whether the event is what was sealed, or what an erasure has left of it.
    fn is_as_sealed(&self) -> bool {
        let erased = self.salt.is_empty() && (self.detail == "{}" || self.actor.is_empty());
        erased || self.said == self.digest_of_said(&self.salt)
    }
}

const ENDS: &str = "SELECT start_place, start_link, end_place, end_link FROM chain WHERE id = 1";

/// Where the chain begins and where it ends.
fn ends(row: Option<Row>) -> Result<(ChainEnd, ChainEnd)> {
    let row = row.ok_or(Error::NotFound)?;
    let start = ChainEnd { place: row.number(0)?, link: row.text(1)? };
    Ok((start, ChainEnd { place: row.number(2)?, link: row.text(3)? }))
}

/// The same, kept from everybody else until the transaction ends.
async fn held_ends(tx: &mut Tx) -> Result<(ChainEnd, ChainEnd)> {
    let query = sql(ENDS).push(tx.engine().for_update());
    ends(tx.first(query).await?)
}

/// Removes events from before a moment, as far as the chain goes unbroken; answers how many.
pub(crate) async fn cut_chain(tx: &mut Tx, before: &str) -> Result<u64> {
    let (start, end) = held_ends(tx).await?;
    let query = sql("SELECT COALESCE(MIN(place), 0) FROM event WHERE place IS NOT NULL AND at >= ").value(before);
    let first = tx.first(query).await?.map_or(Ok(0), |row| row.number(0))?;
    let last = if first == 0 { end.place } else { first - 1 };
    if last <= start.place {
        return Ok(0);
    }
    let link = sql("SELECT link FROM event WHERE place = ").value(last);
    let Some(row) = tx.first(link).await? else { return Ok(0) };
    let cut = sql("UPDATE chain SET start_place = $1, start_link = $2 WHERE id = 1");
    tx.run(cut.bind(last).bind(row.text(0)?)).await?;
    tx.run(sql("DELETE FROM event WHERE place <= ").value(last)).await
}

impl Store {
    /// Seals what has happened since the last time; answers how many events. Several servers may do so at
    /// the same time.
    ///
    /// # Errors
    /// What the database says.
    pub async fn seal(&self, chance: fn() -> u64) -> Result<u64> {
        let mut sealed = 0;
        // Most often there is nothing to do, and nobody is kept from writing.
        while self.db.first(sql("SELECT number FROM event WHERE place IS NULL LIMIT 1")).await?.is_some() {
            let mut tx = self.db.begin().await?;
            let (_, mut end) = held_ends(&mut tx).await?;
            let query = sql(ENTRY).push("place IS NULL ORDER BY number LIMIT ").value(BATCH);
            let events = tx.all(query).await?;
            for row in &events {
                let event = entry(row)?;
                let salt = format!("{:016x}{:016x}", chance(), chance());
                let said = event.digest_of_said(&salt);
                let place = end.place + 1;
                let link = event.link_after(&end.link, place, &said);
                let seal = sql("UPDATE event SET place = $1, salt = $2, said = $3, link = $4 WHERE number = $5");
                let seal = seal.bind(place).bind(salt).bind(said).bind(link.as_str()).bind(event.number);
                tx.run(seal).await?;
                end = ChainEnd { place, link };
                sealed += 1;
            }
            let update = sql("UPDATE chain SET end_place = $1, end_link = $2 WHERE id = 1");
            tx.run(update.bind(end.place).bind(end.link)).await?;
            tx.commit().await?;
        }
        Ok(sealed)
    }

    async fn chain_ends(&self) -> Result<(ChainEnd, ChainEnd)> {
        ends(self.db.first(sql(ENDS)).await?)
    }

    /// The end of the chain.
    ///
    /// # Errors
    /// What the database says.
    pub async fn chain_end(&self) -> Result<ChainEnd> {
        Ok(self.chain_ends().await?.1)
    }

    /// The place of the first link that does not hold; none if the chain is whole. Linear in the events,
    /// with 500 of them in memory at a time; nobody is kept from writing.
    ///
    /// # Errors
    /// What the database says.
    pub async fn broken_link(&self) -> Result<Option<i64>> {
        loop {
            let (start, end) = self.chain_ends().await?;
            let broken = self.broken_between(start.clone(), end).await?;
            // What has been kept long enough may have been cut off meanwhile.
            if broken.is_none() || self.chain_ends().await?.0 == start {
                return Ok(broken);
            }
        }
    }

    async fn broken_between(&self, mut before: ChainEnd, end: ChainEnd) -> Result<Option<i64>> {
        while before.place < end.place {
            let query = sql(ENTRY).push("place > ").value(before.place).push(" AND place <= ").value(end.place);
            let events = self.db.all(query.push(" ORDER BY place LIMIT ").value(BATCH)).await?;
            if events.is_empty() {
                return Ok(Some(before.place + 1));
            }
            for row in &events {
                let event = entry(row)?;
                let place = before.place + 1;
                let holds = event.place == place && event.link == event.link_after(&before.link, place, &event.said);
                if !holds || !event.is_as_sealed() {
                    return Ok(Some(place));
                }
                before = ChainEnd { place, link: event.link };
            }
        }
        Ok((before != end).then_some(end.place))
    }
}
