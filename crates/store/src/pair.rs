//! Pairs: proposals that were approved, and last year's.

use std::collections::BTreeSet;

use jiff::civil::Date;
use mentoring::{Id, Mentee, Mentor, Say};

use crate::Store;
use crate::db::{Query, Row, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::event::note;
use crate::kept::some_in;
use crate::person::words;
use crate::round::expect_version;
use crate::stamp::Stamp;
use crate::within::Within;

/// A pair as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairRow {
    /// Its identity.
    pub id: Id,
    /// Code of the programme.
    pub programme: String,
    /// The mentee.
    pub mentee: Id,
    /// The mentee's name.
    pub mentee_name: String,
    /// The mentor.
    pub mentor: Id,
    /// The mentor's name.
    pub mentor_name: String,
    /// Code of the mentee's county.
    pub county: String,
    /// Code of the mentee's organisation.
    pub organisation: String,
    /// Points when approved, if a round made it.
    pub points: Option<i64>,
    /// First day.
    pub started: String,
    /// Last day, if it has ended.
    pub closed: Option<String>,
}

/// Which pairs to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairFilter {
    /// Words in either name.
    pub text: String,
    /// Only those still open.
    pub open: bool,
}

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
}

const COLUMNS: &str = "SELECT pair.id, pair.programme, pair.mentee, mentee.name, pair.mentor, mentor.name, mentee.county, \
     mentee.organisation, CAST(COALESCE(pair.points, -1) AS BIGINT), pair.started, pair.closed FROM pair \
     JOIN mentee ON mentee.id = pair.mentee JOIN mentor ON mentor.id = pair.mentor WHERE 1 = 1";
const COUNT: &str = "SELECT COUNT(*) FROM pair JOIN mentee ON mentee.id = pair.mentee \
     JOIN mentor ON mentor.id = pair.mentor WHERE 1 = 1";

fn pair(row: &Row) -> Result<PairRow> {
    let id = |at| Id::parse(&row.text(at)?).ok_or(Error::NotFound);
    Ok(PairRow {
        id: id(0)?,
        programme: row.text(1)?,
        mentee: id(2)?,
        mentee_name: row.text(3)?,
        mentor: id(4)?,
        mentor_name: row.text(5)?,
        county: row.text(6)?,
        organisation: row.text(7)?,
        points: Some(row.number(8)?).filter(|&points| points >= 0),
        started: row.text(9)?,
        closed: row.maybe(10)?,
    })
}

fn narrow(mut query: Query, filter: &PairFilter) -> Query {
    for word in words(&filter.text) {
        let pattern = format!("%{}%", word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        query =
            query.push(" AND (mentee.search LIKE ").value(pattern.as_str()).push(" ESCAPE '\\' OR mentor.search LIKE ");
        query = query.value(pattern).push(" ESCAPE '\\')");
    }
    if filter.open {
        query = query.push(" AND pair.closed IS NULL");
    }
    query
}

/// Asks the rule of every pair made. Both records are the transaction's own by now (a place was taken,
/// a wait ended), so nobody can change them before the end.
async fn judge(
    tx: &mut Tx,
    within: &Within<'_>,
    made: &[(Id, Id)],
    rule: impl Fn(&Mentee, &Mentor) -> Option<Say>,
) -> Result<()> {
    let (mentees, mentors): (Vec<Id>, Vec<Id>) = made.iter().cloned().unzip();
    let mentees = some_in::<Mentee>(tx, &mentees).await?;
    let mentors = some_in::<Mentor>(tx, &mentors).await?;
    for (mentee, mentor) in made {
        let (Some(mentee), Some(mentor)) = (mentees.get(mentee), mentors.get(mentor)) else {
            return Err(Error::NotFound);
        };
        // Somebody may have moved to another organisation since the round was made.
        if !within.purview.has(&mentee.organisation) {
            return Err(Error::Elsewhere { name: mentee.name.clone() });
        }
        if let Some(why) = rule(mentee, mentor) {
            return Err(Error::Broken { mentee: mentee.name.clone(), why });
        }
    }
    Ok(())
}

#[allow(clippy::too_many_arguments, reason = "the columns of the pair")]
async fn pair_up(
    tx: &mut Tx,
    round: &Id,
    mentee: &str,
    mentor: &str,
    points: i64,
    day: Date,
    stamp: &Stamp,
) -> Result<()> {
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
    let id = Id::of("pair", &format!("{round} {mentee} {mentor}"));
    let insert = sql("INSERT INTO pair (id, programme, mentee, mentor, round, points, started) \
         SELECT $1, programme, id, $2, $3, CAST($4 AS BIGINT), $5 FROM mentee WHERE id = $6");
    let insert =
        insert.bind(id.as_str()).bind(mentor).bind(round.as_str()).bind(points).bind(day.to_string()).bind(mentee);
    tx.run(insert).await?;
    note(tx, stamp, "mentee", mentee, "mentee-paired", serde_json::json!({ "mentor": mentor })).await?;
    note(tx, stamp, "pair", id.as_str(), "pair-made", serde_json::json!({ "mentee": mentee, "mentor": mentor })).await
}

/// A pair belongs to the organisations of both.
const EITHER: [&str; 2] = ["mentee.organisation", "mentor.organisation"];

impl Within<'_> {
    /// A page of pairs, newest first, and how many there are.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pairs(&self, filter: &PairFilter, page: usize, size: usize) -> Result<(Vec<PairRow>, usize)> {
        let narrow = |start| self.narrow_any(narrow(sql(start), filter), &EITHER);
        let total = self.db().first(narrow(COUNT)).await?.map_or(Ok(0), |row| row.number(0))?;
        let listed = narrow(COLUMNS).push(" ORDER BY pair.started DESC, pair.id LIMIT ").value(size as i64);
        let rows = self.db().all(listed.push(" OFFSET ").value((page * size) as i64)).await?;
        Ok((rows.iter().map(pair).collect::<Result<_>>()?, total as usize))
    }

    /// The pairs of one person, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pairs_of(&self, person: &Id) -> Result<Vec<PairRow>> {
        let query = sql(COLUMNS).push(" AND (pair.mentee = ").value(person.as_str()).push(" OR pair.mentor = ");
        let query = self.narrow_any(query.value(person.as_str()).push(")"), &EITHER);
        self.db().all(query.push(" ORDER BY pair.started DESC, pair.id")).await?.iter().map(pair).collect()
    }

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
        self.db().all(query.bind(round.as_str())).await?.iter().map(row).collect()
    }

    /// Turns proposals of a round into pairs: all of those named, or none.
    ///
    /// # Errors
    /// [`Error::Changed`] if somebody has changed the round since `version`; [`Error::NoPlace`] or
    /// [`Error::Paired`] if a mentor or mentee has been taken meanwhile; [`Error::NotProposed`] if one of
    /// those named has no proposal; [`Error::Broken`] if the rule refuses a pair by the records as they are
    /// now. Nothing has changed then.
    pub async fn approve(
        &self,
        round: &Id,
        version: i64,
        mentees: &[Id],
        rule: impl Fn(&Mentee, &Mentor) -> Option<Say>,
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
        let wanted: BTreeSet<&Id> = mentees.iter().collect();
        let query =
            sql("SELECT mentee, mentor, points FROM proposal WHERE round = $1 ORDER BY mentee").bind(round.as_str());
        let mut made = Vec::new();
        for row in tx.all(query).await? {
            let (mentee, mentor, points) = (row.text(0)?, row.text(1)?, row.number(2)?);
            if !wanted.iter().any(|wanted| wanted.as_str() == mentee) {
                continue;
            }
            pair_up(&mut tx, round, &mentee, &mentor, points, day, stamp).await?;
            let id = |text: &str| Id::parse(text).ok_or(Error::NotFound);
            made.push((id(&mentee)?, id(&mentor)?));
        }
        if made.len() != wanted.len() {
            return Err(Error::NotProposed);
        }
        judge(&mut tx, self, &made, rule).await?;
        let made = made.len();
        let count = sql("UPDATE round SET pairs = $1 WHERE id = $2").bind(made as i64).bind(round.as_str());
        tx.run(count).await?;
        note(&mut tx, stamp, "round", round.as_str(), "round-approved", serde_json::json!({ "pairs": made })).await?;
        tx.commit().await?;
        Ok(Outcome { pairs: made })
    }
}

impl Store {
    /// Adds pairs that were made elsewhere, such as last year's; an open one takes a place.
    ///
    /// Each is programme, mentee, mentor, first day, last day.
    ///
    /// # Errors
    /// What the database says, such as that a mentor has no place; nothing is added then.
    pub async fn put_earlier_pairs(&self, pairs: &[(String, Id, Id, Date, Option<Date>)]) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let rows = pairs.iter().map(|(programme, mentee, mentor, started, closed)| {
            let id = Id::of("pair", &format!("{programme} {mentee} {mentor} {started}"));
            vec![
                Value::from(id.as_str()),
                programme.as_str().into(),
                mentee.as_str().into(),
                mentor.as_str().into(),
                started.to_string().into(),
                closed.map(|day| day.to_string()).into(),
            ]
        });
        tx.insert("INSERT INTO pair (id, programme, mentee, mentor, started, closed) VALUES ", rows.collect(), "")
            .await?;
        tx.run(sql(
            "UPDATE mentor SET used = (SELECT COUNT(*) FROM pair WHERE pair.mentor = mentor.id AND pair.closed IS NULL)",
        ))
        .await?;
        tx.run(sql("UPDATE mentee SET state = 'paired' WHERE EXISTS \
             (SELECT 1 FROM pair WHERE pair.mentee = mentee.id AND pair.closed IS NULL)"))
            .await?;
        tx.run(sql("UPDATE mentee SET state = 'closed' WHERE state = 'waiting' AND EXISTS \
             (SELECT 1 FROM pair WHERE pair.mentee = mentee.id)"))
            .await?;
        tx.commit().await
    }
}
