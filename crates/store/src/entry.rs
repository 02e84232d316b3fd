//! Entries in the room of a pair. Everything here is asked for by somebody of the pair: there is no way in for staff.

use jiff::SignedDuration;
use jiff::civil::Date;
use mentoring::{Entry, EntryKind, Id, file_fits};

use crate::Store;
use crate::db::{Row, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::event::note;
use crate::mail::{NewMail, queue};
use crate::pair::{COLUMNS, pair};
use crate::stamp::{Stamp, moment};

/// So long several messages in a row that nobody has seen are one letter.
const ONE_LETTER: SignedDuration = SignedDuration::from_hours(24);

/// An entry with when it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRow {
    /// The entry.
    pub entry: Entry,
    /// When it was written, in UTC.
    pub made_at: String,
    /// Whether somebody else has opened the room since.
    pub seen: bool,
}

/// A room of a pair that has ended, with something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// The pair.
    pub pair: Id,
    /// Its last day.
    pub closed: Date,
}

const SELECT: &str = "SELECT id, writer, kind, words, due, done, file, made_at, (SELECT COUNT(*) FROM sight \
     WHERE sight.pair = entry.pair AND sight.person <> entry.writer AND sight.seen_at >= entry.made_at) FROM entry WHERE 1 = 1";

/// Whoever joins later has not been told what the others wrote before: the condition that it was written since.
const SINCE: &str = " AND NOT EXISTS (SELECT 1 FROM companion WHERE companion.pair = entry.pair \
     AND companion.agreed_at > entry.made_at AND companion.person = ";

fn entry(row: &Row) -> Result<EntryRow> {
    let day = |at| Ok::<_, Error>(row.maybe(at)?.and_then(|day| day.parse().ok()));
    let entry = Entry {
        id: Id::parse(&row.text(0)?).ok_or(Error::NotFound)?,
        by: Id::parse(&row.text(1)?).ok_or(Error::NotFound)?,
        kind: EntryKind::from_code(&row.text(2)?).ok_or(Error::NotFound)?,
        words: row.text(3)?,
        due: day(4)?,
        done: day(5)?,
        file: row.text(6)?,
    };
    Ok(EntryRow { entry, made_at: row.text(7)?, seen: row.number(8)? > 0 })
}

/// Whether the two can still write: they have said yes, and it is not over.
async fn hold_open(tx: &mut Tx, id: &Id) -> Result<()> {
    let lock = sql("SELECT id FROM pair WHERE id = $1").push(tx.engine().for_update());
    tx.first(lock.bind(id.as_str())).await?.ok_or(Error::NotFound)?;
    let row = tx.first(sql(COLUMNS).push(" AND pair.id = ").value(id.as_str())).await?.ok_or(Error::NotFound)?;
    let state = pair(&row)?.state;
    if !state.has_room() {
        return Err(Error::NotFound);
    }
    state.may_write().map_err(Error::Refused)
}

async fn one(tx: &mut Tx, pair: &Id, id: &Id) -> Result<Entry> {
    let query = sql(SELECT).push(" AND pair = ").value(pair.as_str()).push(" AND id = ").value(id.as_str());
    Ok(entry(&tx.first(query).await?.ok_or(Error::NotFound)?)?.entry)
}

impl Store {
    /// What somebody of the pair sees in the room, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn room(&self, pair: &Id, person: &Id) -> Result<Vec<EntryRow>> {
        let query = sql(SELECT).push(" AND pair = ").value(pair.as_str()).push(SINCE).value(person.as_str());
        let query = query.push(") ORDER BY made_at DESC, id");
        let mut all: Vec<EntryRow> = self.db.all(query).await?.iter().map(entry).collect::<Result<_>>()?;
        all.retain(|row| row.entry.is_seen_by(person));
        Ok(all)
    }

    /// Until when somebody has seen the room, in UTC; none if they never looked.
    ///
    /// # Errors
    /// What the database says.
    pub async fn seen_until(&self, pair: &Id, person: &Id) -> Result<Option<String>> {
        let query = sql("SELECT seen_at FROM sight WHERE pair = $1 AND person = $2");
        self.db.first(query.bind(pair.as_str()).bind(person.as_str())).await?.map(|row| row.text(0)).transpose()
    }

    /// How many messages of the others somebody has not seen.
    ///
    /// # Errors
    /// What the database says.
    pub async fn unseen(&self, pair: &Id, person: &Id) -> Result<usize> {
        let query = sql("SELECT COUNT(*) FROM entry WHERE kind = 'message' AND pair = ").value(pair.as_str());
        let query = query.push(" AND writer <> ").value(person.as_str()).push(SINCE).value(person.as_str());
        let query =
            query.push(") AND made_at > COALESCE((SELECT seen_at FROM sight WHERE pair = entry.pair AND person = ");
        let row = self.db.first(query.value(person.as_str()).push("), '')")).await?;
        Ok(row.map_or(Ok(0), |row| row.number(0))? as usize)
    }

    /// Remembers that somebody has seen what the others have written.
    ///
    /// # Errors
    /// What the database says.
    pub async fn see_room(&self, pair: &Id, person: &Id, stamp: &Stamp) -> Result<()> {
        if self.unseen(pair, person).await? == 0 {
            return Ok(());
        }
        let mut tx = self.db.begin().await?;
        let row: Vec<Value> = vec![pair.as_str().into(), person.as_str().into(), stamp.moment().into()];
        let again = " ON CONFLICT (pair, person) DO UPDATE SET seen_at = excluded.seen_at";
        tx.insert("INSERT INTO sight (pair, person, seen_at) VALUES ", vec![row], again).await?;
        tx.commit().await
    }

    /// Writes something, with a file if one goes with it: in Base64, and its size in bytes. The letters go out only
    /// if somebody else has seen everything before it: several messages in a row are one letter.
    ///
    /// # Errors
    /// [`Error::Refused`] if the pair is over or the files are too many; [`Error::NotFound`] if the writer does not
    /// take part, or what the database says.
    pub async fn write_entry(
        &self,
        pair: &Id,
        new: &Entry,
        (content, size): (&str, usize),
        told: &[NewMail],
        stamp: &Stamp,
    ) -> Result<()> {
        let mut tx = self.db.begin().await?;
        hold_open(&mut tx, pair).await?;
        // Somebody may have been taken out since the page was opened.
        let inside = sql("SELECT 1 FROM pair WHERE id = $1 AND (mentor = $2 OR mentee = $2 OR EXISTS (SELECT 1 \
             FROM companion WHERE companion.pair = pair.id AND person = $2 AND ended IS NULL AND agreed_at IS NOT NULL))");
        tx.first(inside.bind(pair.as_str()).bind(new.by.as_str())).await?.ok_or(Error::NotFound)?;
        let sum = sql("SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM entry WHERE pair = ").value(pair.as_str());
        let taken = tx.first(sum).await?.map_or(Ok(0), |row| row.number(0))?;
        file_fits(size, taken as usize).map_err(Error::Refused)?;
        let unseen = sql("SELECT id FROM entry WHERE pair = $1 AND writer = $2 AND kind = 'message' AND made_at > $3 \
             AND NOT EXISTS (SELECT 1 FROM sight WHERE sight.pair = entry.pair AND sight.person <> entry.writer \
             AND sight.seen_at >= entry.made_at) LIMIT 1");
        // A letter may never have been read, or its link be too old: after a while there is another one.
        let lately = moment(stamp.at.checked_sub(ONE_LETTER).unwrap_or(stamp.at));
        let unseen = unseen.bind(pair.as_str()).bind(new.by.as_str()).bind(lately);
        let waits = tx.first(unseen).await?.is_some();
        let day = |day: Option<Date>| Value::from(day.map(|day| day.to_string()));
        let row: Vec<Value> = vec![
            new.id.as_str().into(),
            pair.as_str().into(),
            new.by.as_str().into(),
            new.kind.code().into(),
            new.words.as_str().into(),
            day(new.due),
            new.file.as_str().into(),
            (size as i64).into(),
            stamp.moment().into(),
        ];
        let into = "INSERT INTO entry (id, pair, writer, kind, words, due, file, size, made_at) VALUES ";
        tx.insert(into, vec![row], "").await?;
        if !content.is_empty() {
            let row = vec![new.id.as_str().into(), content.into()];
            tx.insert("INSERT INTO attachment (entry, content) VALUES ", vec![row], "").await?;
        }
        for mail in told.iter().filter(|_| !waits) {
            queue(&mut tx, mail, stamp).await?;
        }
        note(&mut tx, stamp, "pair", pair.as_str(), "entry-written", serde_json::json!({ "kind": new.kind.code() }))
            .await?;
        tx.commit().await
    }

    /// Ticks something off, or takes that back.
    ///
    /// # Errors
    /// [`Error::Refused`] with what the rule says; [`Error::NotFound`], or what the database says.
    pub async fn tick_entry(&self, pair: &Id, id: &Id, person: &Id, today: Date, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        hold_open(&mut tx, pair).await?;
        let mut known = one(&mut tx, pair, id).await?;
        known.tick(person, today).map_err(Error::Refused)?;
        let done = known.done.map(|day| day.to_string());
        tx.run(sql("UPDATE entry SET done = ").value(done).push(" WHERE id = ").value(id.as_str())).await?;
        note(&mut tx, stamp, "pair", pair.as_str(), "entry-ticked", serde_json::json!({ "kind": known.kind.code() }))
            .await?;
        tx.commit().await
    }

    /// Removes something that one has written, with its file; also after the pair has ended.
    ///
    /// # Errors
    /// [`Error::Refused`] with what the rule says; [`Error::NotFound`], or what the database says.
    pub async fn drop_entry(&self, pair: &Id, id: &Id, person: &Id, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let known = one(&mut tx, pair, id).await?;
        if !known.is_seen_by(person) {
            return Err(Error::NotFound);
        }
        known.may_drop(person).map_err(Error::Refused)?;
        tx.run(sql("DELETE FROM attachment WHERE entry = ").value(id.as_str())).await?;
        tx.run(sql("DELETE FROM entry WHERE id = ").value(id.as_str())).await?;
        note(&mut tx, stamp, "pair", pair.as_str(), "entry-dropped", serde_json::json!({ "kind": known.kind.code() }))
            .await?;
        tx.commit().await
    }

    /// The file of an entry that somebody of the pair sees: its name, and what is in it in Base64.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn attachment(&self, pair: &Id, id: &Id, person: &Id) -> Result<(String, String)> {
        let found = self.room(pair, person).await?.into_iter().find(|row| row.entry.id == *id);
        let found = found.ok_or(Error::NotFound)?;
        let row = self.db.first(sql("SELECT content FROM attachment WHERE entry = ").value(id.as_str())).await?;
        Ok((found.entry.file, row.ok_or(Error::NotFound)?.text(0)?))
    }

    /// Rooms of pairs that ended by a day and have something in them, the earliest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leftovers(&self, by: Date) -> Result<Vec<Leftover>> {
        let query = sql("SELECT id, closed FROM pair WHERE closed IS NOT NULL AND (EXISTS \
             (SELECT 1 FROM entry WHERE entry.pair = pair.id) OR EXISTS \
             (SELECT 1 FROM sight WHERE sight.pair = pair.id)) AND closed <= ");
        let rows = self.db.all(query.value(by.to_string()).push(" ORDER BY closed, id")).await?;
        let leftover = |row: &Row| {
            let pair = Id::parse(&row.text(0)?).ok_or(Error::NotFound)?;
            Ok(Leftover { pair, closed: row.text(1)?.parse().map_err(|_| Error::NotFound)? })
        };
        rows.iter().map(leftover).collect()
    }

    /// Destroys everything in a room.
    ///
    /// # Errors
    /// What the database says.
    pub async fn clear_room(&self, pair: &Id, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        drop_room(&mut tx, pair.as_str()).await?;
        note(&mut tx, stamp, "pair", pair.as_str(), "room-cleared", serde_json::json!({})).await?;
        tx.commit().await
    }
}

/// Destroys what somebody has written in any room, in the transaction that asks for it.
pub(crate) async fn drop_written(tx: &mut Tx, person: &str) -> Result<()> {
    let files = sql("DELETE FROM attachment WHERE entry IN (SELECT id FROM entry WHERE writer = ");
    tx.run(files.value(person).push(")")).await?;
    tx.run(sql("DELETE FROM sight WHERE person = ").value(person)).await?;
    tx.run(sql("DELETE FROM entry WHERE writer = ").value(person)).await.map(drop)
}

/// Destroys everything in a room, in the transaction that asks for it.
pub(crate) async fn drop_room(tx: &mut Tx, pair: &str) -> Result<()> {
    let files = sql("DELETE FROM attachment WHERE entry IN (SELECT id FROM entry WHERE pair = ");
    tx.run(files.value(pair).push(")")).await?;
    tx.run(sql("DELETE FROM sight WHERE pair = ").value(pair)).await?;
    tx.run(sql("DELETE FROM entry WHERE pair = ").value(pair)).await.map(drop)
}
