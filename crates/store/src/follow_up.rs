//! Follow-ups: what the two of a pair have been asked, and what they said.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use mentoring::{
    ANSWERED_WITHIN, Afterwards, Course, Evaluation, FlagKind, FollowUpKind, Id, Meeting, PairState, Side,
};

use crate::Store;
use crate::db::{Row, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::event::note;
use crate::flag::{Raised, found, hold, raise};
use crate::mail::{NewMail, queue};
use crate::meeting::{self, log};
use crate::pair::{COLUMNS, pair};
use crate::stamp::Stamp;
use crate::within::Within;

/// A question to one of the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// What it is about.
    pub kind: FollowUpKind,
    /// The day on which both were asked.
    pub asked: Date,
    /// Who is asked.
    pub side: Side,
    /// The answer on the kind's scale, if there is one.
    pub answer: Option<u8>,
    /// What was written with it, to the coordinator.
    pub words: String,
    /// With an evaluation, how much of what they wanted to reach was reached: one to five, if told.
    pub reached: Option<u8>,
}

impl FollowUp {
    /// Whether it is the evaluation of a pair of this state: of the term that it now has.
    pub fn evaluates(&self, state: &PairState) -> bool {
        let about = |term| self.kind == FollowUpKind::Final && self.kind.is_about(term, self.asked);
        state.term().is_some_and(about)
    }
}

/// What somebody answers.
#[derive(Clone, Debug)]
pub struct NewAnswer {
    /// The answer, on the kind's scale.
    pub answer: u8,
    /// What was written with it.
    pub words: String,
    /// A meeting told of with it.
    pub met: Option<Meeting>,
    /// With an evaluation, how much of what they wanted to reach was reached: one to five, if told.
    pub reached: Option<u8>,
}

const SELECT: &str = "SELECT kind, asked, side, COALESCE(answer, -1), words, reached FROM follow_up WHERE 1 = 1";

fn follow_up(row: &Row) -> Result<FollowUp> {
    Ok(FollowUp {
        kind: FollowUpKind::from_code(&row.text(0)?).ok_or(Error::NotFound)?,
        asked: row.text(1)?.parse().map_err(|_| Error::NotFound)?,
        side: Side::from_code(&row.text(2)?).ok_or(Error::NotFound)?,
        answer: u8::try_from(row.number(3)?).ok(),
        words: row.text(4)?,
        reached: u8::try_from(row.number(5)?).ok().filter(|reached| *reached > 0),
    })
}

/// Keeps a pair for the transaction; whether it goes on.
async fn goes_on(tx: &mut Tx, pair: &Id) -> Result<bool> {
    Ok(matches!(hold(tx, pair).await?.as_str(), "active" | "paused"))
}

impl Within<'_> {
    /// What the two of a pair have been asked, the latest first.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn follow_ups(&self, id: &Id) -> Result<Vec<FollowUp>> {
        self.pair(id).await?;
        let query = sql(SELECT).push(" AND pair = ").value(id.as_str()).push(" ORDER BY asked DESC, kind, side");
        self.db().all(query).await?.iter().map(follow_up).collect()
    }

    /// Answers a question, as one of the two. What the answers so far say to a coordinator is raised as a flag, or
    /// else what was written with this one.
    ///
    /// # Errors
    /// [`Error::Changed`] if it has been answered, [`Error::NotFound`], or what the database says.
    pub async fn answer(
        &self,
        (id, person): (&Id, &Id),
        question: &FollowUp,
        new: &NewAnswer,
        flag: &Id,
        day: Date,
        stamp: &Stamp,
    ) -> Result<()> {
        self.pair(id).await?;
        let mut tx = self.db().begin().await?;
        let goes_on = goes_on(&mut tx, id).await?;
        let (kind, asked) = (question.kind.code(), question.asked.to_string());
        let update = sql("UPDATE follow_up SET answer = CAST($1 AS BIGINT), words = $2, answered = $3, \
             reached = CAST($8 AS BIGINT) WHERE pair = $4 AND kind = $5 AND asked = $6 AND side = $7 \
             AND answered IS NULL");
        let update = update.bind(i64::from(new.answer)).bind(new.words.as_str()).bind(day.to_string());
        let update = update.bind(id.as_str()).bind(kind).bind(asked.as_str()).bind(question.side.code());
        let update = update.bind(i64::from(new.reached.unwrap_or(0)));
        if tx.run(update).await? == 0 {
            return Err(Error::Changed { by: String::new() });
        }
        let both = sql(SELECT).push(" AND pair = ").value(id.as_str()).push(" AND kind = ").value(kind);
        let both = tx.all(both.push(" AND asked = ").value(asked.as_str())).await?;
        let both: Vec<FollowUp> = both.iter().map(follow_up).collect::<Result<_>>()?;
        let of = |side| both.iter().find(|it| it.side == side).and_then(|it| it.answer);
        // What this one says is about them; else the two may differ. What the other one has said was told before.
        let own = question.kind.alarm(Some(new.answer), None);
        let apart = question.kind.alarm(of(Side::Mentor), of(Side::Mentee)).filter(|kind| !kind.is_of_one());
        let alarm = own.map(|kind| (kind, kind.is_of_one().then_some(question.side)));
        let raised = match alarm.or(apart.map(|kind| (kind, None))).filter(|_| goes_on) {
            Some(alarm) => found(&mut tx, id, alarm, flag, stamp).await?,
            None => false,
        };
        // What an evaluation says is no call; all other words are written to somebody.
        if goes_on && !raised && question.kind != FollowUpKind::Final && !new.words.is_empty() {
            let by = Raised { side: question.side, person, kind: FlagKind::Words, words: &new.words };
            raise(&mut tx, flag, id, &by, stamp).await?;
        }
        if let Some(met) = new.met.as_ref().filter(|_| goes_on) {
            log(&mut tx, id, Some(question.side), met, stamp).await?;
        }
        let detail = serde_json::json!({ "kind": kind, "side": question.side.code() });
        note(&mut tx, stamp, "pair", id.as_str(), "follow-up-answered", detail).await?;
        tx.commit().await
    }
}

impl Store {
    /// Every pair that meets, with what has been asked so far.
    ///
    /// # Errors
    /// What the database says.
    pub async fn courses(&self) -> Result<Vec<(Id, Course)>> {
        let mut asked: HashMap<String, Vec<(FollowUpKind, Date)>> = HashMap::new();
        let query = sql("SELECT DISTINCT follow_up.pair, follow_up.kind, follow_up.asked FROM follow_up \
             JOIN pair ON pair.id = follow_up.pair WHERE pair.state = 'active' ORDER BY follow_up.asked");
        for row in self.db.all(query).await? {
            if let (Some(kind), Ok(day)) = (FollowUpKind::from_code(&row.text(1)?), row.text(2)?.parse()) {
                asked.entry(row.text(0)?).or_default().push((kind, day));
            }
        }
        let days = |rows: Vec<Row>| -> Result<HashMap<String, Date>> {
            let mut days = HashMap::new();
            for row in rows {
                if let Some(day) = row.text(1)?.get(..10).and_then(|day| day.parse().ok()) {
                    days.insert(row.text(0)?, day);
                }
            }
            Ok(days)
        };
        let met = "SELECT meeting.pair, MAX(meeting.day) FROM meeting JOIN pair ON pair.id = meeting.pair \
             WHERE pair.state = 'active' GROUP BY meeting.pair";
        let met = days(self.db.all(sql(met)).await?)?;
        // A day more or less at midnight is nothing to seven weeks.
        let mut booked: HashMap<String, Date> = HashMap::new();
        for (pair, at) in self.booked_meetings().await? {
            let day = at.to_zoned(TimeZone::UTC).date();
            let last = booked.entry(pair).or_insert(day);
            *last = day.max(*last);
        }
        let since = "SELECT subject, since FROM phase WHERE noun = 'pair' AND state = 'active' AND until IS NULL";
        let since = days(self.db.all(sql(since)).await?)?;
        let mut courses = Vec::new();
        for row in self.db.all(sql(COLUMNS).push(" AND pair.state = 'active' ORDER BY pair.id")).await? {
            let pair = pair(&row)?;
            if let PairState::Active { term } = pair.state {
                let id = pair.id.as_str();
                let since = since.get(id).copied().unwrap_or(term.from);
                let asked = asked.remove(id).unwrap_or_default();
                let (met, booked) = (met.get(id).copied(), booked.get(id).copied());
                courses.push((pair.id.clone(), Course { term, since, met, booked, asked }));
            }
        }
        Ok(courses)
    }

    /// Asks both of a pair; asked again on the same day nothing happens.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ask(&self, pair: &Id, kind: FollowUpKind, day: Date, told: &[NewMail], stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let row = |side: &Side| -> Vec<Value> {
            vec![pair.as_str().into(), kind.code().into(), day.to_string().into(), side.code().into()]
        };
        let into = "INSERT INTO follow_up (pair, kind, asked, side) VALUES ";
        let rows = Side::ALL.iter().map(row).collect();
        tx.insert(into, rows, " ON CONFLICT (pair, kind, asked, side) DO NOTHING").await?;
        for mail in told {
            queue(&mut tx, mail, stamp).await?;
        }
        note(&mut tx, stamp, "pair", pair.as_str(), "follow-up-asked", serde_json::json!({ "kind": kind.code() }))
            .await?;
        tx.commit().await
    }

    /// Raises a flag for each pair of which neither has answered in time, once. Answers how many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn notice_silence(&self, day: Date, stamp: &Stamp) -> Result<usize> {
        let before = day.saturating_sub(jiff::Span::new().days(ANSWERED_WITHIN)).to_string();
        let query = sql("SELECT pair, kind, asked, COUNT(answered) FROM follow_up \
             WHERE checked = 0 AND asked <= ");
        let rows = self.db.all(query.value(before).push(" GROUP BY pair, kind, asked ORDER BY asked, pair")).await?;
        let mut raised = 0;
        for row in rows {
            let (pair, kind, asked) = (Id::parse(&row.text(0)?).ok_or(Error::NotFound)?, row.text(1)?, row.text(2)?);
            let mut tx = self.db.begin().await?;
            let goes_on = goes_on(&mut tx, &pair).await?;
            let check =
                sql("UPDATE follow_up SET checked = 1 WHERE pair = $1 AND kind = $2 AND asked = $3 AND checked = 0");
            let first = tx.run(check.bind(pair.as_str()).bind(kind.as_str()).bind(asked.as_str())).await? > 0;
            if first && row.number(3)? == 0 && kind != FollowUpKind::Final.code() && goes_on {
                let flag = Id::of("flag", &format!("{pair} {kind} {asked}"));
                found(&mut tx, &pair, (FlagKind::Silent, None), &flag, stamp).await?;
                raised += 1;
            }
            tx.commit().await?;
        }
        Ok(raised)
    }

    /// Pairs past their last day, the longest past first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn past_their_day(&self, day: Date) -> Result<Vec<(Id, Afterwards)>> {
        let query = sql(COLUMNS).push(" AND pair.state = 'active' AND pair.planned < ").value(day.to_string());
        let mut past = Vec::new();
        for row in self.db.all(query.push(" ORDER BY pair.planned, pair.id")).await? {
            let pair = pair(&row)?;
            let Some(term) = pair.state.term() else { continue };
            let finals = sql(SELECT).push(" AND kind = 'final' AND pair = ").value(pair.id.as_str());
            let mut finals: Vec<FollowUp> = self.db.all(finals).await?.iter().map(follow_up).collect::<Result<_>>()?;
            finals.retain(|it| it.evaluates(&pair.state));
            let one = |it: &FollowUp| Evaluation { side: it.side, asked: it.asked, given: it.answer.is_some() };
            let evaluations = finals.iter().map(one).collect();
            let met = sql("SELECT day FROM meeting WHERE pair = ").value(pair.id.as_str()).push(" LIMIT 1");
            let met = self.db.first(met).await?.is_some();
            past.push((pair.id, Afterwards { until: term.until, met, evaluations }));
        }
        Ok(past)
    }

    /// Raises a flag that the program has found, unless one of the kind stands already or was settled a short
    /// while ago.
    ///
    /// # Errors
    /// What the database says.
    pub async fn notice(&self, pair: &Id, kind: FlagKind, day: Date, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        hold(&mut tx, pair).await?;
        let lately = day.saturating_sub(jiff::Span::new().days(ANSWERED_WITHIN)).to_string();
        let settled = sql("SELECT id FROM flag WHERE pair = $1 AND kind = $2 AND ended_at >= $3");
        let settled = settled.bind(pair.as_str()).bind(kind.code()).bind(lately);
        if tx.first(settled).await?.is_some() {
            return Ok(());
        }
        let id = Id::of("flag", &format!("{pair} {} {day}", kind.code()));
        found(&mut tx, pair, (kind, None), &id, stamp).await?;
        tx.commit().await
    }

    /// Adds meetings and follow-ups of pairs that were made elsewhere.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_earlier_course(&self, meetings: &[(Id, Meeting)], asked: &[(Id, FollowUp)]) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let moment = |day: Date| format!("{day}T00:00:00.000000Z");
        let meeting = |(pair, held): &(Id, Meeting)| meeting::row(pair, None, *held, moment(held.day));
        tx.insert(meeting::INSERT, meetings.iter().map(meeting).collect(), " ON CONFLICT (pair, day) DO NOTHING")
            .await?;
        let row = |(pair, it): &(Id, FollowUp)| -> [Value; 4] {
            [pair.as_str().into(), it.kind.code().into(), it.asked.to_string().into(), it.side.code().into()]
        };
        let (answered, open): (Vec<_>, Vec<_>) = asked.iter().partition(|(_, it)| it.answer.is_some());
        let with_answer = |it: &(Id, FollowUp)| {
            let answer = i64::from(it.1.answer.unwrap_or_default()).into();
            let more =
                [answer, it.1.asked.to_string().into(), i64::from(it.1.reached.unwrap_or(0)).into(), 1_i64.into()];
            row(it).into_iter().chain(more).collect()
        };
        let into = "INSERT INTO follow_up (pair, kind, asked, side, answer, answered, reached, checked) VALUES ";
        tx.insert(into, answered.into_iter().map(with_answer).collect(), "").await?;
        let without = |it: &(Id, FollowUp)| row(it).into_iter().chain([1_i64.into()]).collect();
        let into = "INSERT INTO follow_up (pair, kind, asked, side, checked) VALUES ";
        tx.insert(into, open.into_iter().map(without).collect(), "").await?;
        tx.commit().await
    }
}
