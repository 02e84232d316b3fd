//! Companions of a pair: a second mentor, a colleague of the mentee.

use std::collections::BTreeSet;

use jiff::civil::Date;
use mentoring::{FlagKind, Fluency, Id, JoinFault, Language, Side, Tongue};

use crate::Store;
use crate::agreement::keep;
use crate::db::{Db, Row, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::event::note;
use crate::flag::{Raised, raise};
use crate::mail::{NewMail, queue};
use crate::pair::{COLUMNS, languages, pair};
use crate::stamp::Stamp;
use crate::within::Within;

/// Somebody who takes part in a pair besides the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Companion {
    /// The identity of their taking part.
    pub id: Id,
    /// On whose side.
    pub side: Side,
    /// The mentor or mentee.
    pub person: Id,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The telephone number, if told.
    pub phone: String,
    /// The language of letters.
    pub language: Language,
    /// Whether they have accepted the agreement: before that nothing of the pair is theirs to see.
    pub agreed: bool,
}

/// The part of a record that is needed to write to somebody.
#[derive(serde::Deserialize)]
struct Profile {
    #[serde(default)]
    phone: String,
    #[serde(default)]
    languages: Vec<(Tongue, Fluency)>,
}

const SELECT: &str = "SELECT companion.id, companion.side, companion.person, COALESCE(mentor.name, mentee.name, ''), \
     COALESCE(mentor.email, mentee.email, ''), COALESCE(mentor.profile, mentee.profile, '{}'), \
     COALESCE(companion.agreed_at, '') FROM companion \
     LEFT JOIN mentor ON companion.side = 'mentor' AND mentor.id = companion.person \
     LEFT JOIN mentee ON companion.side = 'mentee' AND mentee.id = companion.person WHERE (companion.ended IS NULL \
     OR companion.until_end = 1)";

fn companion(row: &Row) -> Result<(Companion, Vec<(Tongue, Fluency)>)> {
    let id = |at| Id::parse(&row.text(at)?).ok_or(Error::NotFound);
    let profile: Profile = row.json(5)?;
    let companion = Companion {
        id: id(0)?,
        side: Side::from_code(&row.text(1)?).ok_or(Error::NotFound)?,
        person: id(2)?,
        name: row.text(3)?,
        email: row.text(4)?,
        phone: profile.phone,
        language: Language::default(),
        agreed: !row.text(6)?.is_empty(),
    };
    Ok((companion, profile.languages))
}

/// Who takes part in a pair besides the two, or did until it ended, in the order in which they came.
pub(crate) async fn companions(tx: &mut Tx, pair: &Id) -> Result<Vec<Companion>> {
    let query = sql(SELECT).push(" AND companion.pair = ").value(pair.as_str());
    let rows = tx.all(query.push(" ORDER BY companion.since, companion.id")).await?;
    let mut found = rows.iter().map(companion).collect::<Result<Vec<_>>>()?;
    let emails: Vec<String> = found.iter().map(|(it, _)| it.email.trim().to_lowercase()).collect();
    let chosen = languages(tx, &emails).await?;
    for (it, spoken) in &mut found {
        let known = chosen.get(&it.email.trim().to_lowercase()).copied();
        it.language = known.unwrap_or_else(|| Language::to_write_in(spoken));
    }
    Ok(found.into_iter().map(|(it, _)| it).collect())
}

/// Who takes part in a pair besides the two at this moment, whether they have accepted the agreement or not.
async fn taking_part(tx: &mut Tx, pair: &Id) -> Result<BTreeSet<String>> {
    let query = sql("SELECT person FROM companion WHERE ended IS NULL AND pair = ").value(pair.as_str());
    tx.all(query).await?.iter().map(|row| row.text(0)).collect()
}

/// Keeps everybody whose place a pair can give back, and then the pair, for the transaction: mentors, then mentees,
/// each in one order, as an approval and an erasure do, so that nobody waits for somebody who waits for them. If
/// somebody joins meanwhile it begins anew.
///
/// # Errors
/// [`Error::NotFound`] if there is no such pair, or what the database says.
pub(crate) async fn hold(db: &Db, pair: &Id) -> Result<Tx> {
    const MENTORS: &str = "SELECT id FROM mentor WHERE id = (SELECT mentor FROM pair WHERE id = $1) OR id IN \
         (SELECT person FROM companion WHERE pair = $1 AND ended IS NULL) ORDER BY id";
    const MENTEES: &str = "SELECT id FROM mentee WHERE id = (SELECT mentee FROM pair WHERE id = $1) OR id IN \
         (SELECT person FROM companion WHERE pair = $1 AND ended IS NULL) ORDER BY id";
    loop {
        let mut tx = db.begin().await?;
        let before = taking_part(&mut tx, pair).await?;
        for lock in [MENTORS, MENTEES, "SELECT id FROM pair WHERE id = $1"] {
            let held = tx.all(sql(lock).push(tx.engine().for_update()).bind(pair.as_str())).await?;
            if held.is_empty() {
                return Err(Error::NotFound);
            }
        }
        if taking_part(&mut tx, pair).await?.is_subset(&before) {
            return Ok(tx);
        }
    }
}

/// Gives back what somebody's taking part takes: a mentor's place; a mentee waits again or is done.
/// Whether it had not ended already.
async fn release(tx: &mut Tx, it: &Companion, until_end: bool, waits: bool, day: Date) -> Result<bool> {
    let end = sql("UPDATE companion SET ended = $1, until_end = CAST($2 AS BIGINT) WHERE id = $3 AND ended IS NULL");
    if tx.run(end.bind(day.to_string()).bind(i64::from(until_end)).bind(it.id.as_str())).await? == 0 {
        return Ok(false);
    }
    let free = match it.side {
        Side::Mentor => sql("UPDATE mentor SET used = used - 1 WHERE id = ").value(it.person.as_str()),
        Side::Mentee => sql("UPDATE mentee SET version = version + 1, state = ")
            .value(if waits { "waiting" } else { "closed" })
            .push(" WHERE id = ")
            .value(it.person.as_str()),
    };
    tx.run(free).await?;
    Ok(true)
}

/// The companion of an identity, in the transaction.
async fn one(tx: &mut Tx, pair: &Id, id: &Id) -> Result<Companion> {
    companions(tx, pair).await?.into_iter().find(|it| it.id == *id).ok_or(Error::NotFound)
}

/// Ends somebody's taking part while the pair goes on. The pair is held.
async fn leave(tx: &mut Tx, pair: &Id, it: &Companion, day: Date, stamp: &Stamp) -> Result<()> {
    if !release(tx, it, false, true, day).await? {
        return Err(Error::NotFound);
    }
    let detail = serde_json::json!({ "side": it.side.code() });
    note(tx, stamp, "pair", pair.as_str(), "companion-left", detail).await
}

/// Ends every companion's taking part, when the pair ends.
pub(crate) async fn release_all(tx: &mut Tx, pair: &Id, waits: bool, day: Date) -> Result<()> {
    for it in companions(tx, pair).await? {
        release(tx, &it, true, waits, day).await?;
    }
    Ok(())
}

/// Ends the taking part of somebody who is erased.
pub(crate) async fn release_person(tx: &mut Tx, person: &str, day: Date) -> Result<()> {
    for row in tx.all(sql(SELECT).push(" AND companion.person = ").value(person)).await? {
        release(tx, &companion(&row)?.0, false, false, day).await?;
    }
    Ok(())
}

impl Within<'_> {
    /// Who takes part in a pair besides the two.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn companions(&self, pair: &Id) -> Result<Vec<Companion>> {
        self.pair(pair).await?;
        let mut tx = self.db().begin().await?;
        companions(&mut tx, pair).await
    }

    /// Lets somebody join a pair, and tells whoever is to know: a mentor's place is taken, a mentee waits no longer.
    /// Whether the rules let them is for whoever asks to know.
    ///
    /// # Errors
    /// [`Error::Refused`] if the pair cannot be joined, the mentor has no place, the mentee does not wait, or they
    /// take part already; [`Error::NotFound`], or what the database says. Nothing has changed then.
    pub async fn join(
        &self,
        id: &Id,
        (to, side, person): (&Id, Side, &Id),
        day: Date,
        told: &[NewMail],
        stamp: &Stamp,
    ) -> Result<()> {
        let known = self.pair(to).await?.pair;
        let refused = |fault: JoinFault| Err(Error::Refused(fault.into()));
        let mut tx = self.db().begin().await?;
        // Mentor, mentee, pair: as everything that takes places does.
        let take = match side {
            Side::Mentor => {
                "UPDATE mentor SET used = used + 1 WHERE used < capacity AND approved = 1 AND name <> '' AND id = "
            }
            Side::Mentee => {
                "UPDATE mentee SET state = 'paired', version = version + 1 WHERE state = 'waiting' AND id = "
            }
        };
        if *person == known.mentor || *person == known.mentee {
            return refused(JoinFault::There);
        }
        let taken = tx.run(sql(take).value(person.as_str())).await?;
        let lock = sql("SELECT id FROM pair WHERE id = $1").push(tx.engine().for_update());
        tx.first(lock.bind(to.as_str())).await?.ok_or(Error::NotFound)?;
        let row = tx.first(sql(COLUMNS).push(" AND pair.id = ").value(to.as_str())).await?.ok_or(Error::NotFound)?;
        pair(&row)?.state.may_be_joined().map_err(Error::Refused)?;
        if companions(&mut tx, to).await?.iter().any(|it| it.person == *person) {
            return refused(JoinFault::There);
        }
        if taken == 0 {
            return refused(if side == Side::Mentor { JoinFault::NoPlace } else { JoinFault::NotWaiting });
        }
        let row: Vec<Value> = vec![
            id.as_str().into(),
            to.as_str().into(),
            side.code().into(),
            person.as_str().into(),
            day.to_string().into(),
        ];
        tx.insert("INSERT INTO companion (id, pair, side, person, since) VALUES ", vec![row], "").await?;
        for mail in told {
            queue(&mut tx, mail, stamp).await?;
        }
        let detail = serde_json::json!({ "side": side.code(), "person": person });
        note(&mut tx, stamp, "pair", to.as_str(), "companion-joined", detail).await?;
        tx.commit().await
    }

    /// Takes a companion's acceptance of the agreement, word for word, and tells whoever is to know.
    ///
    /// # Errors
    /// [`Error::Refused`] if it has been accepted already; [`Error::NotFound`] if they do not take part, or what the
    /// database says.
    pub async fn companion_agrees(
        &self,
        pair: &Id,
        id: &Id,
        (language, body): (Language, &str),
        told: &[NewMail],
        stamp: &Stamp,
    ) -> Result<()> {
        self.pair(pair).await?;
        let mut tx = self.db().begin().await?;
        let known = one(&mut tx, pair, id).await?;
        if known.agreed {
            return Err(Error::Refused(JoinFault::Agreed.into()));
        }
        let digest = keep(&mut tx, language, body, stamp).await?;
        let accept = sql(
            "UPDATE companion SET agreement = $1, agreed_at = $2 WHERE id = $3 AND agreed_at IS NULL AND ended IS NULL",
        );
        if tx.run(accept.bind(digest).bind(stamp.moment()).bind(id.as_str())).await? == 0 {
            return Err(Error::Refused(JoinFault::Agreed.into()));
        }
        for mail in told {
            queue(&mut tx, mail, stamp).await?;
        }
        let detail = serde_json::json!({ "side": known.side.code() });
        note(&mut tx, stamp, "pair", pair.as_str(), "companion-agreed", detail).await?;
        tx.commit().await
    }

    /// Ends somebody's taking part; the pair goes on, and a mentee waits again.
    ///
    /// # Errors
    /// [`Error::NotFound`] if they do not take part, or what the database says.
    pub async fn part(&self, pair: &Id, id: &Id, day: Date, stamp: &Stamp) -> Result<()> {
        self.pair(pair).await?;
        let mut tx = hold(self.db(), pair).await?;
        let known = one(&mut tx, pair, id).await?;
        leave(&mut tx, pair, &known, day, stamp).await?;
        tx.commit().await
    }

    /// Takes the no of somebody who is asked to take part: the place is free again, and what they say is a question to
    /// a coordinator.
    ///
    /// # Errors
    /// [`Error::Refused`] if they have accepted the agreement; [`Error::NotFound`] if they do not take part, or what
    /// the database says. Nothing has changed then.
    pub async fn companion_declines(
        &self,
        pair: &Id,
        id: &Id,
        (flag, words): (&Id, &str),
        day: Date,
        stamp: &Stamp,
    ) -> Result<()> {
        self.pair(pair).await?;
        let mut tx = hold(self.db(), pair).await?;
        let known = one(&mut tx, pair, id).await?;
        if known.agreed {
            return Err(Error::Refused(JoinFault::Agreed.into()));
        }
        leave(&mut tx, pair, &known, day, stamp).await?;
        let by = Raised { side: known.side, person: &known.person, kind: FlagKind::Question, words };
        raise(&mut tx, flag, pair, &by, stamp).await?;
        tx.commit().await
    }
}

impl Store {
    /// Where a mentor or mentee takes part besides the two: the pair, and the identity of their taking part.
    ///
    /// # Errors
    /// What the database says.
    pub async fn companionships(&self, person: &Id) -> Result<Vec<(Id, Id)>> {
        let query = sql("SELECT pair, id FROM companion WHERE ended IS NULL AND person = ").value(person.as_str());
        let id = |text: String| Id::parse(&text).ok_or(Error::NotFound);
        self.db.all(query).await?.iter().map(|row| Ok((id(row.text(0)?)?, id(row.text(1)?)?))).collect()
    }

    /// The companion of an identity, with the pair, for a page that has made sure that it is the right one's.
    ///
    /// # Errors
    /// [`Error::NotFound`], also if it has ended; or what the database says.
    pub async fn companion(&self, id: &Id) -> Result<(Id, Companion)> {
        let query = sql("SELECT pair FROM companion WHERE ended IS NULL AND id = ").value(id.as_str());
        let pair = Id::parse(&self.db.first(query).await?.ok_or(Error::NotFound)?.text(0)?).ok_or(Error::NotFound)?;
        let all = self.everywhere().companions(&pair).await?;
        let found = all.into_iter().find(|it| it.id == *id).ok_or(Error::NotFound)?;
        Ok((pair, found))
    }
}
