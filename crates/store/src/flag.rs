//! Flags: what about a pair a coordinator is to do something about, until somebody says what was done.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use mentoring::{FlagAct, FlagKind, Id, Say, Side, may_undo};

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
/// The same act so soon after is a second click.
const A_SECOND_CLICK: SignedDuration = SignedDuration::from_secs(60);

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

/// Raises a flag that the program itself has found, about one of the two or the pair, unless the same stands already;
/// whether it did. The pair is held.
pub(crate) async fn found(
    tx: &mut Tx,
    pair: &Id,
    (kind, about): (FlagKind, Option<Side>),
    id: &Id,
    stamp: &Stamp,
) -> Result<bool> {
    let side = about.map_or("", Side::code);
    let open = sql("SELECT id FROM flag WHERE pair = $1 AND kind = $2 AND side = $3 AND ended_at IS NULL");
    if tx.first(open.bind(pair.as_str()).bind(kind.code()).bind(side)).await?.is_some() {
        return Ok(false);
    }
    insert(tx, id, pair, [side, "", kind.code(), ""], stamp).await?;
    Ok(true)
}

/// Keeps a pair for the transaction, so that two who do something at once see each other; its state.
pub(crate) async fn hold(tx: &mut Tx, pair: &Id) -> Result<String> {
    let query = sql("SELECT state FROM pair WHERE id = $1").push(tx.engine().for_update());
    tx.first(query.bind(pair.as_str())).await?.ok_or(Error::NotFound)?.text(0)
}

/// Settles what nobody can see to any more, because the pair is over. What somebody has asked or written stays: it
/// waits for an answer.
pub(crate) async fn settle_found(tx: &mut Tx, pair: &Id, stamp: &Stamp) -> Result<()> {
    let end = sql("UPDATE flag SET ended_at = $1 WHERE pair = $2 AND ended_at IS NULL AND person = ''");
    tx.run(end.bind(stamp.moment()).bind(pair.as_str())).await.map(drop)
}

impl Flag {
    /// Whether what was last done about it can be taken back, of a pair that is open or not; answers when it was done,
    /// as the database holds it.
    ///
    /// # Errors
    /// In words, if nothing has been done, if it is too long ago, or if the pair it is about has ended.
    pub fn may_undo(&self, open: bool, now: Timestamp) -> std::result::Result<String, Say> {
        let last = match (&self.ended_at, &self.act) {
            // What the end of the pair has settled nobody opens again.
            (Some(_), _) if self.ended_by.is_empty() || (!open && self.person.is_none()) => None,
            (Some(at), _) => Some((at, None)),
            (None, Some((act, at))) => Some((at, Some(*act))),
            (None, None) => None,
        };
        may_undo(last.and_then(|(at, act)| Some((at.parse().ok()?, act))), now)?;
        Ok(last.map(|(at, _)| at.clone()).unwrap_or_default())
    }
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

    async fn flag_of(&self, pair: &Id, id: &Id) -> Result<Flag> {
        self.flags_of(pair).await?.into_iter().find(|flag| flag.id == *id).ok_or(Error::NotFound)
    }

    /// Does something about a flag, also one that rests, and with it about all that waits about the pair: one call is
    /// enough. They rest
    /// until a day on which it is asked whether that has helped. Done twice at once it is done once.
    ///
    /// # Errors
    /// [`Error::Changed`] if somebody has settled it or done something else already, [`Error::NotFound`], or what the
    /// database says.
    pub async fn act_on_flag(
        &self,
        pair: &Id,
        id: &Id,
        (act, today): (FlagAct, Date),
        told: &[NewMail],
        stamp: &Stamp,
    ) -> Result<()> {
        self.flag_of(pair, id).await?;
        let mut tx = self.db().begin().await?;
        hold(&mut tx, pair).await?;
        let (known, last) = {
            let row = sql("SELECT ended_at, COALESCE(ended_by, ''), act, COALESCE(acted_at, '') FROM flag WHERE id = ");
            let row = tx.first(row.value(id.as_str())).await?.ok_or(Error::NotFound)?;
            if row.maybe(0)?.is_some() {
                return Err(Error::Changed { by: row.text(1)? });
            }
            (FlagAct::from_code(&row.text(2)?), row.text(3)?.parse::<Timestamp>().unwrap_or(Timestamp::MIN))
        };
        if known == Some(act) && stamp.at.duration_since(last) < A_SECOND_CLICK {
            return Ok(());
        }
        let update =
            sql("UPDATE flag SET former = act || '|' || COALESCE(acted_at, '') || '|' || COALESCE(again, ''), \
             act = $1, acted_at = $2, again = $3 WHERE pair = $4 AND ended_at IS NULL \
             AND (id = $6 OR again IS NULL OR again <= $5)");
        let again = FlagAct::asked_on(today).to_string();
        let update = update.bind(act.code()).bind(stamp.moment()).bind(again).bind(pair.as_str());
        if tx.run(update.bind(today.to_string()).bind(id.as_str())).await? == 0 {
            return Err(Error::Changed { by: String::new() });
        }
        for mail in told {
            queue(&mut tx, mail, stamp).await?;
        }
        note(&mut tx, stamp, "pair", pair.as_str(), "flag-acted", serde_json::json!({ "act": act.code() })).await?;
        tx.commit().await
    }

    /// Settles a flag with what was done about it, and with it those about which the same was done.
    ///
    /// # Errors
    /// [`Error::Changed`] if somebody has settled it already, [`Error::NotFound`], or what the database says.
    pub async fn settle(&self, pair: &Id, id: &Id, outcome: &str, stamp: &Stamp) -> Result<()> {
        let known = self.flag_of(pair, id).await?;
        let mut tx = self.db().begin().await?;
        hold(&mut tx, pair).await?;
        let end =
            sql("UPDATE flag SET ended_at = $1, ended_by = $2, outcome = $3 WHERE pair = $4 AND ended_at IS NULL \
             AND (id = $5 OR acted_at = $6)");
        let end = end.bind(stamp.moment()).bind(stamp.by.as_str()).bind(outcome).bind(pair.as_str());
        let acted = known.act.as_ref().map_or("", |(_, at)| at.as_str());
        if tx.run(end.bind(id.as_str()).bind(acted)).await? == 0 {
            return Err(Error::Changed { by: known.ended_by });
        }
        note(&mut tx, stamp, "pair", pair.as_str(), "flag-settled", serde_json::json!({ "kind": known.kind.code() }))
            .await?;
        tx.commit().await
    }

    /// Takes back what was last done about a flag, and with it about others of the pair: that they were settled, or an
    /// act. It is then as it was before; a reminder that waits does not go out.
    ///
    /// # Errors
    /// [`Error::Refused`] as [`Flag::may_undo`] says; [`Error::Changed`] if somebody has done something meanwhile,
    /// [`Error::NotFound`], or what the database says.
    pub async fn undo_flag(&self, pair: &Id, id: &Id, stamp: &Stamp) -> Result<()> {
        let open = self.pair(pair).await?.pair.is_open();
        let known = self.flag_of(pair, id).await?;
        let done = known.may_undo(open, stamp.at).map_err(Error::Refused)?;
        let mut tx = self.db().begin().await?;
        hold(&mut tx, pair).await?;
        // What was written of a flag that is open again is not lost: it stands in the form.
        let back = if known.ended_at.is_some() {
            sql("UPDATE flag SET ended_at = NULL, ended_by = NULL WHERE pair = $1 AND ended_at = $2")
        } else {
            let reminds = known.act.as_ref().is_some_and(|(act, _)| *act == FlagAct::Remind);
            let waits = sql("UPDATE mail SET state = 'dropped' WHERE state = 'queued' AND event LIKE ");
            if reminds && tx.run(waits.value(format!("pair {pair} nudged {id} %"))).await? == 0 {
                return Err(Error::Refused(Say::new("flag-undo-sent")));
            }
            return self.undo_act(tx, pair, &done, stamp).await;
        };
        if tx.run(back.bind(pair.as_str()).bind(done)).await? == 0 {
            return Err(Error::Changed { by: known.ended_by });
        }
        note(&mut tx, stamp, "pair", pair.as_str(), "flag-undone", serde_json::json!({ "kind": known.kind.code() }))
            .await?;
        tx.commit().await
    }

    /// Puts back what had been done before.
    async fn undo_act(&self, mut tx: Tx, pair: &Id, done: &str, stamp: &Stamp) -> Result<()> {
        let acted = sql("SELECT id, former FROM flag WHERE ended_at IS NULL AND pair = ").value(pair.as_str());
        let rows = tx.all(acted.push(" AND acted_at = ").value(done)).await?;
        if rows.is_empty() {
            return Err(Error::Changed { by: String::new() });
        }
        for row in rows {
            let former = row.text(1)?;
            let mut parts = former.split('|');
            let mut part = || parts.next().unwrap_or_default();
            let (act, at, again) = (part(), part(), part());
            let or_none = |text: &str| Value::from((!text.is_empty()).then(|| text.to_owned()));
            let back = sql("UPDATE flag SET former = '', act = ").value(act).push(", acted_at = ").value(or_none(at));
            let back = back.push(", again = ").value(or_none(again)).push(" WHERE id = ").value(row.text(0)?);
            tx.run(back).await?;
        }
        note(&mut tx, stamp, "pair", pair.as_str(), "flag-undone", serde_json::json!({})).await?;
        tx.commit().await
    }
}
