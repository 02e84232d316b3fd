//! Pairs: from proposals that were approved to their end, and last year's.

mod approval;
mod change;
mod earlier;

use jiff::civil::Date;
use mentoring::{Ending, Id, Pair, PairState, Pause, Side, Term};

use crate::db::{Query, Row, Value, sql};
use crate::error::{Error, Result};
use crate::person::words;
use crate::report::Counted;
use crate::within::Within;

pub use approval::{Lapse, Outcome};
pub(crate) use change::languages;
pub use change::{Accepted, Done, OwnPair, Parties};

/// A pair as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairRow {
    /// The pair.
    pub pair: Pair,
    /// The mentee's name.
    pub mentee_name: String,
    /// The mentor's name.
    pub mentor_name: String,
    /// Code of the mentee's county.
    pub county: String,
    /// Code of the mentee's organisation.
    pub organisation: String,
    /// Points when approved, if a round made it.
    pub points: Option<i64>,
    /// The day it was proposed.
    pub made: String,
    /// The event that began its state.
    pub cause: String,
    /// Code of the reason why it ended, if it did before its time.
    pub reason: String,
    /// What was written with it.
    pub words: String,
}

/// Which pairs to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairFilter {
    /// Words in either name.
    pub text: String,
    /// Code of a state, or `open` for all that are; empty for all.
    pub state: String,
    /// Only what a figure of a report counts.
    pub counted: Counted,
}

pub(crate) const COLUMNS: &str = "SELECT pair.id, pair.programme, pair.mentee, pair.mentor, pair.state, pair.due, pair.reminded, \
     pair.agreeing_since, pair.mentor_agreed, pair.mentee_agreed, pair.started, pair.planned, pair.closed, \
     pair.pause_from, pair.pause_until, mentee.name, mentor.name, mentee.county, mentee.organisation, \
     CAST(COALESCE(pair.points, -1) AS BIGINT), pair.made, pair.reason, pair.words, \
     COALESCE((SELECT cause FROM phase WHERE noun = 'pair' AND subject = pair.id AND until IS NULL), '') FROM pair \
     JOIN mentee ON mentee.id = pair.mentee JOIN mentor ON mentor.id = pair.mentor WHERE 1 = 1";
const COUNT: &str = "SELECT COUNT(*) FROM pair JOIN mentee ON mentee.id = pair.mentee \
     JOIN mentor ON mentor.id = pair.mentor WHERE 1 = 1";

/// A pair from the first fifteen of [`COLUMNS`].
pub(crate) fn pair(row: &Row) -> Result<Pair> {
    let id = |at| Id::parse(&row.text(at)?).ok_or(Error::NotFound);
    Ok(Pair { id: id(0)?, programme: row.text(1)?, mentee: id(2)?, mentor: id(3)?, state: state(row)? })
}

fn state(row: &Row) -> Result<PairState> {
    let day = |at| Ok::<_, Error>(row.maybe(at)?.and_then(|day| day.parse().ok()));
    let must = |at| day(at)?.ok_or(Error::NotFound);
    let asked = |side| Ok(PairState::Asked { side, due: must(5)?, reminded: row.number(6)? == 1 });
    let term = || Ok::<_, Error>(Term { from: must(10)?, until: must(11)? });
    match row.text(4)?.as_str() {
        "asked-mentor" => asked(Side::Mentor),
        "asked-mentee" => asked(Side::Mentee),
        "agreeing" => {
            let (since, mentor, mentee) = (must(7)?, day(8)?, day(9)?);
            Ok(PairState::Agreeing { since, mentor, mentee, reminded: row.number(6)? == 1 })
        }
        "active" => Ok(PairState::Active { term: term()? }),
        "paused" => Ok(PairState::Paused { term: term()?, pause: Pause { from: must(13)?, until: must(14)? } }),
        code => {
            let how = Ending::from_code(code).ok_or(Error::NotFound)?;
            Ok(PairState::Over { how, on: must(12)?, term: term().ok() })
        }
    }
}

/// What a pair's row holds of its state, in the order of the columns from `state` to `pause_until`.
fn columns(pair: &Pair) -> [Value; 11] {
    let text = |day: Option<Date>| Value::from(day.map(|day| day.to_string()));
    let (mut due, mut reminded, mut since, mut mentor, mut mentee) = (None, 0_i64, None, None, None);
    let (mut closed, mut pause) = (None, None);
    match pair.state {
        PairState::Asked { due: day, reminded: done, .. } => (due, reminded) = (Some(day), i64::from(done)),
        PairState::Agreeing { since: day, mentor: his, mentee: hers, reminded: done } => {
            (since, mentor, mentee, reminded) = (Some(day), his, hers, i64::from(done));
        }
        PairState::Active { .. } => {}
        PairState::Paused { pause: now, .. } => pause = Some(now),
        PairState::Over { on, .. } => closed = Some(on),
    }
    let term = pair.state.term();
    [
        pair.state.code().into(),
        text(due),
        reminded.into(),
        text(since),
        text(mentor),
        text(mentee),
        text(term.map(|term| term.from)),
        text(term.map(|term| term.until)),
        text(closed),
        text(pause.map(|pause| pause.from)),
        text(pause.map(|pause| pause.until)),
    ]
}

pub(crate) fn pair_row(row: &Row) -> Result<PairRow> {
    Ok(PairRow {
        pair: pair(row)?,
        mentee_name: row.text(15)?,
        mentor_name: row.text(16)?,
        county: row.text(17)?,
        organisation: row.text(18)?,
        points: Some(row.number(19)?).filter(|&points| points >= 0),
        made: row.text(20)?,
        reason: row.text(21)?,
        words: row.text(22)?,
        cause: row.text(23)?,
    })
}

fn narrow(query: Query, filter: &PairFilter) -> Query {
    let mut query = filter.counted.narrow_pairs(query);
    for word in words(&filter.text) {
        let pattern = format!("%{}%", word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        query =
            query.push(" AND (mentee.search LIKE ").value(pattern.as_str()).push(" ESCAPE '\\' OR mentor.search LIKE ");
        query = query.value(pattern).push(" ESCAPE '\\')");
    }
    match filter.state.as_str() {
        "" => query,
        "open" => query.push(" AND pair.closed IS NULL"),
        state => query.push(" AND pair.state = ").value(state),
    }
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
        let listed = narrow(COLUMNS).push(" ORDER BY pair.made DESC, pair.id LIMIT ").value(size as i64);
        let rows = self.db().all(listed.push(" OFFSET ").value((page * size) as i64)).await?;
        Ok((rows.iter().map(pair_row).collect::<Result<_>>()?, total as usize))
    }

    /// Pairs that have long been about to begin: both said yes by a day, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn slow_pairs(&self, since: Date) -> Result<Vec<PairRow>> {
        let query =
            sql(COLUMNS).push(" AND pair.state = 'agreeing' AND pair.agreeing_since <= ").value(since.to_string());
        let query = self.narrow_any(query, &EITHER).push(" ORDER BY pair.agreeing_since, pair.id");
        self.db().all(query).await?.iter().map(pair_row).collect()
    }

    /// One pair.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn pair(&self, id: &Id) -> Result<PairRow> {
        let query = sql(COLUMNS).push(" AND pair.id = ").value(id.as_str());
        pair_row(&self.db().first(self.narrow_any(query, &EITHER)).await?.ok_or(Error::NotFound)?)
    }

    /// The pairs of one person, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pairs_of(&self, person: &Id) -> Result<Vec<PairRow>> {
        let query = sql(COLUMNS).push(" AND (pair.mentee = ").value(person.as_str()).push(" OR pair.mentor = ");
        let query = self.narrow_any(query.value(person.as_str()).push(")"), &EITHER);
        self.db().all(query.push(" ORDER BY pair.made DESC, pair.id")).await?.iter().map(pair_row).collect()
    }
}
