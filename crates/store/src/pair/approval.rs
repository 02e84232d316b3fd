//! Approving: proposals of a round become pairs, each with the question to the mentor.

use std::collections::BTreeSet;

use jiff::civil::Date;
use mentoring::{Id, Mentee, Mentor, Pair, Say};

use super::change::{Parties, parties};
use super::columns;
use crate::db::{Row, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::event::note;
use crate::mail::{NewMail, queue};
use crate::phase::enter;
use crate::round::expect_version;
use crate::stamp::Stamp;
use crate::within::Within;

/// What an approval did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Pairs made.
    pub pairs: usize,
}

/// Why a proposal can no longer become a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// The mentee no longer waits.
    Mentee,
    /// The mentor has no place left for it.
    Mentor,
    /// The two have been a pair, or one of them has said no since.
    Had,
}

/// Asks the rule of a pair made. Both records are the transaction's own by now (a place was taken, a wait
/// ended), so nobody can change them before the end.
fn judge(within: &Within<'_>, both: &Parties, rule: &impl Fn(&Mentee, &Mentor) -> Option<Say>) -> Result<()> {
    // Somebody may have moved to another organisation since the round was made.
    if !within.purview.has(&both.mentee.organisation) {
        return Err(Error::Elsewhere { name: both.mentee.name.clone() });
    }
    match rule(&both.mentee, &both.mentor) {
        Some(why) => Err(Error::Broken { mentee: both.mentee.name.clone(), why }),
        None => Ok(()),
    }
}

/// Adds the mentors whom the mentee has had, or who have said no, to the record that the rule sees: the round may
/// be older than the no.
async fn remember(tx: &mut Tx, both: &mut Parties) -> Result<()> {
    for row in tx.all(sql(HAD).bind(both.mentee.id.as_str())).await? {
        both.mentee.earlier.extend(Id::parse(&row.text(0)?));
    }
    Ok(())
}

/// The mentors of a mentee by pairs that are over; whoever was taken back may be asked again.
const HAD: &str = "SELECT mentor FROM pair WHERE mentee = $1 AND closed IS NOT NULL AND state <> 'withdrawn'";

/// Takes the mentor's place and the mentee out of the queue, and asks the mentor.
async fn propose(tx: &mut Tx, made: &Pair, round: Option<&Id>, points: i64, day: Date, stamp: &Stamp) -> Result<()> {
    let (mentee, mentor) = (made.mentee.as_str(), made.mentor.as_str());
    // Count and take in one statement: between a count and a later insert others may take the place.
    let take = sql("UPDATE mentor SET used = used + 1 WHERE id = $1 AND used < capacity").bind(mentor);
    if tx.run(take).await? == 0 {
        let name = tx.first(sql("SELECT name FROM mentor WHERE id = $1").bind(mentor)).await?;
        return Err(Error::NoPlace { mentor: name.map_or(Ok(String::new()), |row| row.text(0))? });
    }
    let leave = sql("UPDATE mentee SET state = 'paired', version = version + 1 WHERE id = $1 AND state = 'waiting'");
    if tx.run(leave.bind(mentee)).await? == 0 {
        let name = tx.first(sql("SELECT name FROM mentee WHERE id = $1").bind(mentee)).await?;
        return Err(Error::Paired { mentee: name.map_or(Ok(String::new()), |row| row.text(0))? });
    }
    let facts = [&made.id, &made.mentee, &made.mentor].map(|id| Value::from(id.as_str()));
    let more = [
        made.programme.as_str().into(),
        day.to_string().into(),
        Value::from(round.map(ToString::to_string)),
        points.into(),
    ];
    let row = facts.into_iter().chain(more).chain(columns(made)).collect();
    let into = "INSERT INTO pair (id, mentee, mentor, programme, made, round, points, state, due, reminded, \
         agreeing_since, mentor_agreed, mentee_agreed, started, planned, closed, pause_from, pause_until) VALUES ";
    tx.insert(into, vec![row], "").await?;
    enter(tx, "pair", made.id.as_str(), made.state.code(), ("pair-made", ""), stamp).await?;
    note(tx, stamp, "mentee", mentee, "mentee-paired", serde_json::json!({ "mentor": mentor })).await?;
    let both = serde_json::json!({ "mentee": mentee, "mentor": mentor });
    note(tx, stamp, "pair", made.id.as_str(), "pair-made", both).await
}

impl Within<'_> {
    /// The proposals of a round that can no longer become pairs, because the mentee has got a mentor or
    /// left, or the mentor has too few places left for all that the round proposes: mentee and cause.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn lapsed(&self, round: &Id) -> Result<Vec<(Id, Lapse)>> {
        let query =
            sql("SELECT proposal.mentee, CAST(CASE WHEN mentee.state <> 'waiting' THEN 1 ELSE 0 END AS BIGINT) \
             FROM proposal JOIN mentee ON mentee.id = proposal.mentee JOIN mentor ON mentor.id = proposal.mentor \
             LEFT JOIN (SELECT other.mentor, COUNT(*) AS wanted FROM proposal AS other \
             JOIN mentee AS who ON who.id = other.mentee WHERE other.round = $1 AND who.state = 'waiting' \
             GROUP BY other.mentor) AS load ON load.mentor = proposal.mentor WHERE proposal.round = $1 \
             AND (mentee.state <> 'waiting' OR mentor.capacity - mentor.used < load.wanted) ORDER BY proposal.mentee");
        let row = |row: &Row| {
            let cause = if row.number(1)? == 1 { Lapse::Mentee } else { Lapse::Mentor };
            Ok((Id::parse(&row.text(0)?).ok_or(Error::NotFound)?, cause))
        };
        self.round(round).await?;
        let mut lapsed: Vec<(Id, Lapse)> =
            self.db().all(query.bind(round.as_str())).await?.iter().map(row).collect::<Result<_>>()?;
        let had = sql("SELECT DISTINCT proposal.mentee FROM proposal JOIN pair ON pair.mentee = proposal.mentee \
             AND pair.mentor = proposal.mentor WHERE proposal.round = $1 AND pair.closed IS NOT NULL \
             AND pair.state <> 'withdrawn'");
        for row in self.db().all(had.bind(round.as_str())).await? {
            let mentee = Id::parse(&row.text(0)?).ok_or(Error::NotFound)?;
            if lapsed.iter().all(|(known, _)| *known != mentee) {
                lapsed.push((mentee, Lapse::Had));
            }
        }
        Ok(lapsed)
    }

    /// Proposes one pair without a round, and asks the mentor.
    ///
    /// # Errors
    /// [`Error::NoPlace`] or [`Error::Paired`] if one of the two is taken, [`Error::Broken`] if the rule refuses
    /// the pair by the records as they are now, [`Error::Elsewhere`] if the mentee is beyond the purview, or what
    /// the database says. Nothing has changed then.
    pub async fn propose(
        &self,
        pair: &Pair,
        points: i64,
        rule: impl Fn(&Mentee, &Mentor) -> Option<Say>,
        told: impl Fn(&Pair, &Parties) -> Vec<NewMail>,
        day: Date,
        stamp: &Stamp,
    ) -> Result<()> {
        let mut tx = self.db().begin().await?;
        propose(&mut tx, pair, None, points, day, stamp).await?;
        let both = parties(&mut tx, &[(pair.mentee.clone(), pair.mentor.clone())]).await?.pop();
        let mut both = both.ok_or(Error::NotFound)?;
        remember(&mut tx, &mut both).await?;
        judge(self, &both, &rule)?;
        for mail in told(pair, &both) {
            queue(&mut tx, &mail, stamp).await?;
        }
        tx.commit().await
    }

    /// Turns proposals of a round into pairs: all of those named, or none. Each mentor is asked by the mails
    /// that `told` writes.
    ///
    /// # Errors
    /// [`Error::Changed`] if somebody has changed the round since `version`; [`Error::NoPlace`] or
    /// [`Error::Paired`] if a mentor or mentee has been taken meanwhile; [`Error::NotProposed`] if one of
    /// those named has no proposal; [`Error::Broken`] if the rule refuses a pair by the records as they are
    /// now. Nothing has changed then.
    #[allow(clippy::too_many_arguments, reason = "what is approved, by which rule, and who is told")]
    pub async fn approve(
        &self,
        round: &Id,
        version: i64,
        mentees: &[Id],
        rule: impl Fn(&Mentee, &Mentor) -> Option<Say>,
        told: impl Fn(&Pair, &Parties) -> Vec<NewMail>,
        day: Date,
        stamp: &Stamp,
    ) -> Result<Outcome> {
        self.round(round).await?;
        let mut tx = self.db().begin().await?;
        // First of all, so that the round stays ours until the end: a second approval or an act waits
        // here and then finds another version.
        let close =
            sql("UPDATE round SET state = 'approved', version = version + 1, changed_at = $1, changed_by = $2 \
             WHERE id = $3 AND version = $4 AND state = 'open'");
        let close = close.bind(stamp.moment()).bind(stamp.by.as_str()).bind(round.as_str()).bind(version);
        if tx.run(close).await? == 0 {
            expect_version(&mut tx, round, version).await?;
            return Err(Error::NotFound);
        }
        enter(&mut tx, "round", round.as_str(), "approved", ("round-approved", ""), stamp).await?;
        // In one order always, so that two approvals never wait for each other.
        for lock in [
            "SELECT id FROM mentor WHERE id IN (SELECT mentor FROM proposal WHERE round = $1) ORDER BY id",
            "SELECT id FROM mentee WHERE id IN (SELECT mentee FROM proposal WHERE round = $1) ORDER BY id",
        ] {
            tx.all(sql(lock).push(tx.engine().for_update()).bind(round.as_str())).await?;
        }
        let wanted: BTreeSet<&Id> = mentees.iter().collect();
        let query = sql("SELECT proposal.mentee, proposal.mentor, proposal.points, mentee.programme FROM proposal \
             JOIN mentee ON mentee.id = proposal.mentee WHERE proposal.round = $1 ORDER BY proposal.mentee");
        let mut made = Vec::new();
        for row in tx.all(query.bind(round.as_str())).await? {
            let id = |at| Id::parse(&row.text(at)?).ok_or(Error::NotFound);
            let (mentee, mentor, points) = (id(0)?, id(1)?, row.number(2)?);
            if wanted.contains(&mentee) {
                let id = Id::of("pair", &format!("{round} {mentee} {mentor}"));
                let pair = Pair::proposed(id, row.text(3)?, mentee, mentor, day);
                propose(&mut tx, &pair, Some(round), points, day, stamp).await?;
                made.push(pair);
            }
        }
        if made.len() != wanted.len() {
            return Err(Error::NotProposed);
        }
        let ids: Vec<(Id, Id)> = made.iter().map(|pair| (pair.mentee.clone(), pair.mentor.clone())).collect();
        for (pair, mut both) in made.iter().zip(parties(&mut tx, &ids).await?) {
            remember(&mut tx, &mut both).await?;
            judge(self, &both, &rule)?;
            for mail in told(pair, &both) {
                queue(&mut tx, &mail, stamp).await?;
            }
        }
        let made = made.len();
        let count = sql("UPDATE round SET pairs = $1 WHERE id = $2").bind(made as i64).bind(round.as_str());
        tx.run(count).await?;
        note(&mut tx, stamp, "round", round.as_str(), "round-approved", serde_json::json!({ "pairs": made })).await?;
        tx.commit().await?;
        Ok(Outcome { pairs: made })
    }
}
