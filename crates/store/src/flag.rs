//! Flags: what about a pair a coordinator is to do something about, until somebody says what was done.

use jiff::Timestamp;
use jiff::civil::Date;
use mentoring::{FlagAct, FlagKind, Id, Side, may_undo};

use crate::db::{Row, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::event::note;
use crate::mail::{NewMail, queue};
use crate::stamp::Stamp;
use crate::within::Within;

/// A flag, with the pair it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// Its identity.
    pub id: Id,
    /// The pair.
    pub pair: Id,
    /// On whose side whoever raised it is, or whom it is about; none if it is about both.
    pub side: Option<Side>,
    /// Who raised it: the mentor, mentee or companion; none if the program did, or if they have been erased.
    pub person: Option<Id>,
    /// Their name.
    pub name: String,
    /// What it is about.
    pub kind: FlagKind,
    /// What was written.
    pub words: String,
    /// When it was raised, in UTC.
    pub since: String,
    /// When it was settled, in UTC.
    pub ended_at: Option<String>,
    /// Who settled it.
    pub ended_by: String,
    /// What was done.
    pub outcome: String,
    /// What has been done meanwhile, and when, in UTC: it is asked whether that has helped.
    pub act: Option<(FlagAct, String)>,
    /// Since when it waits for somebody: when it was raised, or the day of asking whether the act has helped.
    pub waits_since: String,
    /// The mentee's name.
    pub mentee: String,
    /// The mentor's name.
    pub mentor: String,
}

const COLUMNS: &str = "SELECT flag.id, flag.pair, flag.side, flag.kind, flag.words, flag.since, flag.ended_at, \
     COALESCE(flag.ended_by, ''), flag.outcome, mentee.name, mentor.name, flag.act, COALESCE(flag.acted_at, ''), \
     COALESCE(flag.again, flag.since), flag.person, COALESCE((SELECT own.name FROM mentor AS own \
     WHERE own.id = flag.person), (SELECT own.name FROM mentee AS own WHERE own.id = flag.person), '') FROM flag JOIN pair ON pair.id = flag.pair \
     JOIN mentee ON mentee.id = pair.mentee JOIN mentor ON mentor.id = pair.mentor WHERE 1 = 1";
const EITHER: [&str; 2] = ["mentee.organisation", "mentor.organisation"];

fn flag(row: &Row) -> Result<Flag> {
    let id = |at| Id::parse(&row.text(at)?).ok_or(Error::NotFound);
    Ok(Flag {
        id: id(0)?,
        pair: id(1)?,
        side: Side::from_code(&row.text(2)?),
        person: Id::parse(&row.text(14)?),
        name: row.text(15)?,
        kind: FlagKind::from_code(&row.text(3)?).ok_or(Error::NotFound)?,
        words: row.text(4)?,
        since: row.text(5)?,
        ended_at: row.maybe(6)?,
        ended_by: row.text(7)?,
        outcome: row.text(8)?,
        act: FlagAct::from_code(&row.text(11)?).zip(Some(row.text(12)?)),
        waits_since: row.text(13)?,
        mentee: row.text(9)?,
        mentor: row.text(10)?,
    })
}

/// Something that somebody of a pair says to a coordinator.
#[derive(Clone, Copy, Debug)]
pub struct Raised<'a> {
    /// On whose side they are.
    pub side: Side,
    /// Who they are: the mentor, mentee or companion.
    pub person: &'a Id,
    /// What it is about.
    pub kind: FlagKind,
    /// What they write.
    pub words: &'a str,
}

async fn insert(tx: &mut Tx, id: &Id, pair: &Id, row: [&str; 4], stamp: &Stamp) -> Result<()> {
    let kind = row[2];
    let keys = [id.as_str(), pair.as_str()].into_iter();
    let row: Vec<Value> = keys.chain(row).map(Value::from).chain([stamp.moment().into()]).collect();
    tx.insert("INSERT INTO flag (id, pair, side, person, kind, words, since) VALUES ", vec![row], "").await?;
    note(tx, stamp, "pair", pair.as_str(), "flag-raised", serde_json::json!({ "kind": kind })).await
}

/// Raises a flag for somebody of a pair, in the transaction that asks for it.
pub(crate) async fn raise(tx: &mut Tx, id: &Id, pair: &Id, by: &Raised<'_>, stamp: &Stamp) -> Result<()> {
    insert(tx, id, pair, [by.side.code(), by.person.as_str(), by.kind.code(), by.words], stamp).await
}

/// Raises a flag that the program itself has found, about one of the two or the pair, unless one of the kind stands
/// already. The pair is held.
pub(crate) async fn found(
    tx: &mut Tx,
    pair: &Id,
    (kind, about): (FlagKind, Option<Side>),
    id: &Id,
    stamp: &Stamp,
) -> Result<()> {
    let open = sql("SELECT id FROM flag WHERE pair = $1 AND kind = $2 AND ended_at IS NULL");
    if tx.first(open.bind(pair.as_str()).bind(kind.code())).await?.is_some() {
        return Ok(());
    }
    insert(tx, id, pair, [about.map_or("", Side::code), "", kind.code(), ""], stamp).await
}

/// Settles what nobody can see to any more, because the pair is over. What somebody has asked or written stays: it
/// waits for an answer.
pub(crate) async fn settle_found(tx: &mut Tx, pair: &Id, stamp: &Stamp) -> Result<()> {
    let end = sql("UPDATE flag SET ended_at = $1 WHERE pair = $2 AND ended_at IS NULL AND person = ''");
    tx.run(end.bind(stamp.moment()).bind(pair.as_str())).await.map(drop)
}

impl Within<'_> {
    /// Raises a flag for somebody of a pair.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn raise(&self, id: &Id, pair: &Id, by: &Raised<'_>, stamp: &Stamp) -> Result<()> {
        self.pair(pair).await?;
        let mut tx = self.db().begin().await?;
        raise(&mut tx, id, pair, by, stamp).await?;
        tx.commit().await
    }

    /// Flags that nobody has settled, the oldest first; those about which something has been done rest until it is
    /// asked whether that has helped.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_flags(&self, today: Date) -> Result<Vec<Flag>> {
        let query = sql(COLUMNS).push(" AND flag.ended_at IS NULL AND (flag.again IS NULL OR flag.again <= ");
        let query = self.narrow_any(query.value(today.to_string()).push(")"), &EITHER);
        self.db().all(query.push(" ORDER BY flag.since, flag.id")).await?.iter().map(flag).collect()
    }

    /// Every flag of a pair, the newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn flags_of(&self, pair: &Id) -> Result<Vec<Flag>> {
        let query = self.narrow_any(sql(COLUMNS).push(" AND flag.pair = ").value(pair.as_str()), &EITHER);
        self.db().all(query.push(" ORDER BY flag.since DESC, flag.id")).await?.iter().map(flag).collect()
    }

    /// Does something about a flag, which rests until a day on which it is asked whether that has helped.
    ///
    /// # Errors
    /// [`Error::Changed`] if somebody has settled it already, [`Error::NotFound`], or what the database says.
    pub async fn act_on_flag(
        &self,
        pair: &Id,
        id: &Id,
        (act, again): (FlagAct, Date),
        told: &[NewMail],
        stamp: &Stamp,
    ) -> Result<()> {
        let known = self.flags_of(pair).await?.into_iter().find(|flag| flag.id == *id).ok_or(Error::NotFound)?;
        let mut tx = self.db().begin().await?;
        let update = sql("UPDATE flag SET act = $1, acted_at = $2, again = $3 WHERE id = $4 AND ended_at IS NULL");
        let update = update.bind(act.code()).bind(stamp.moment()).bind(again.to_string()).bind(id.as_str());
        if tx.run(update).await? == 0 {
            return Err(Error::Changed { by: known.ended_by });
        }
        for mail in told {
            queue(&mut tx, mail, stamp).await?;
        }
        let detail = serde_json::json!({ "kind": known.kind.code(), "act": act.code() });
        note(&mut tx, stamp, "pair", pair.as_str(), "flag-acted", detail).await?;
        tx.commit().await
    }

    /// Settles a flag with what was done about it.
    ///
    /// # Errors
    /// [`Error::Changed`] if somebody has settled it already, [`Error::NotFound`], or what the database says.
    pub async fn settle(&self, pair: &Id, id: &Id, outcome: &str, stamp: &Stamp) -> Result<()> {
        let known = self.flags_of(pair).await?.into_iter().find(|flag| flag.id == *id).ok_or(Error::NotFound)?;
        let mut tx = self.db().begin().await?;
        let end = sql("UPDATE flag SET ended_at = $1, ended_by = $2, outcome = $3 WHERE id = $4 AND ended_at IS NULL");
        let end = end.bind(stamp.moment()).bind(stamp.by.as_str()).bind(outcome).bind(id.as_str());
        if tx.run(end).await? == 0 {
            return Err(Error::Changed { by: known.ended_by });
        }
        note(&mut tx, stamp, "pair", pair.as_str(), "flag-settled", serde_json::json!({ "kind": known.kind.code() }))
            .await?;
        tx.commit().await
    }

    /// Takes back what was last done about a flag: that it was settled, or an act; letters that have not gone out do not.
    ///
    /// # Errors
    /// [`Error::Refused`] if it is too long ago, or if nothing has been done; [`Error::Changed`] if somebody has done
    /// something meanwhile, [`Error::NotFound`], or what the database says.
    pub async fn undo_flag(&self, pair: &Id, id: &Id, stamp: &Stamp) -> Result<()> {
        let known = self.flags_of(pair).await?.into_iter().find(|flag| flag.id == *id).ok_or(Error::NotFound)?;
        let done = known.ended_at.clone().or_else(|| known.act.as_ref().map(|(_, at)| at.clone()));
        let done = done.filter(|_| known.ended_at.is_none() || !known.ended_by.is_empty()).unwrap_or_default();
        // Nothing that was done is as long ago as can be.
        may_undo(done.parse().unwrap_or(Timestamp::MIN), stamp.at).map_err(Error::Refused)?;
        let back = if known.ended_at.is_some() {
            sql("UPDATE flag SET ended_at = NULL, ended_by = NULL, outcome = '' WHERE ended_at = $1 AND id = $2")
        } else {
            sql("UPDATE flag SET act = '', acted_at = NULL, again = NULL WHERE ended_at IS NULL AND acted_at = $1 \
                 AND id = $2")
        };
        let mut tx = self.db().begin().await?;
        if tx.run(back.bind(done).bind(id.as_str())).await? == 0 {
            return Err(Error::Changed { by: known.ended_by });
        }
        if known.ended_at.is_none() {
            let waits = sql("UPDATE mail SET state = 'dropped' WHERE state = 'queued' AND event LIKE ");
            tx.run(waits.value(format!("pair {pair} nudged %"))).await?;
        }
        note(&mut tx, stamp, "pair", pair.as_str(), "flag-undone", serde_json::json!({ "kind": known.kind.code() }))
            .await?;
        tx.commit().await
    }
}
