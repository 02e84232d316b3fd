//! What waits for a coordinator besides flags, and the signs of how each pair is doing.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use mentoring::{Booking, EndReason, FollowUpKind, Id, Matter, Mentor, PairState, Side, Signs};

use crate::db::{Query, Row, sql};
use crate::error::{Error, Result};
use crate::pair::{COLUMNS, PairRow, pair_row};
use crate::stamp::moment;
use crate::within::Within;

/// Something that waits, without what is needed to say more of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// What it is.
    pub matter: Matter,
    /// Who it is about.
    pub name: String,
    /// The application, mentee or mentor.
    pub id: Id,
    /// Since when, a day or a moment in UTC.
    pub since: String,
}

/// A pair that meets, with the signs of how it is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// The pair.
    pub row: PairRow,
    /// The signs.
    pub signs: Signs,
}

const EITHER: [&str; 2] = ["mentee.organisation", "mentor.organisation"];

fn pending(matter: Matter, row: &Row) -> Result<Pending> {
    let id = Id::parse(&row.text(0)?).ok_or(Error::NotFound)?;
    Ok(Pending { matter, id, name: row.text(1)?, since: row.text(2)? })
}

/// Applications that have been sent, with the day of the interview and the booking that is open, if there are any.
const INTAKE: &str = "SELECT application.id, application.name, application.sent_at, COALESCE(interview.changed_at, ''), \
     COALESCE((SELECT booking.body FROM booking WHERE booking.occasion = 'interview' AND booking.subject = application.id \
     AND booking.state IN ('asked', 'booked') ORDER BY booking.made_at DESC LIMIT 1), '') FROM application LEFT JOIN interview \
     ON interview.application = application.id WHERE application.state = 'sent'";

/// Mentees who wait again because their pair has ended before its time, and have been proposed to nobody since.
const LET_DOWN: &str = "SELECT mentee.id, mentee.name, pair.closed FROM mentee JOIN pair ON pair.mentee = mentee.id \
     WHERE mentee.state = 'waiting' AND pair.state = 'early' \
     AND NOT EXISTS (SELECT 1 FROM pair AS later WHERE later.mentee = mentee.id AND later.made >= pair.closed \
     AND later.id <> pair.id)";

/// The same of colleagues, who took part in such a pair until it ended.
const LET_DOWN_TOO: &str = "SELECT mentee.id, mentee.name, pair.closed FROM mentee \
     JOIN companion ON companion.person = mentee.id AND companion.side = 'mentee' \
     JOIN pair ON pair.id = companion.pair AND companion.until_end = 1 \
     WHERE mentee.state = 'waiting' AND pair.state = 'early' \
     AND NOT EXISTS (SELECT 1 FROM pair AS later WHERE later.mentee = mentee.id AND later.made >= pair.closed)";

/// Only pairs that have ended for a reason after which the mentee waits again.
fn of_let_down(mut query: Query) -> Query {
    for (at, reason) in EndReason::ALL.iter().filter(|reason| reason.mentee_waits()).enumerate() {
        query = query.push(if at == 0 { " AND pair.reason IN (" } else { ", " }).value(reason.code());
    }
    query.push(")")
}

/// Mentors who have been accepted and not approved, with their record: whoever has left is not asked for.
const UNAPPROVED: &str = "SELECT mentor.id, mentor.name, application.decided_at, mentor.profile FROM mentor JOIN application \
     ON application.person = mentor.id WHERE application.part = 'mentor' AND application.state = 'accepted' \
     AND mentor.approved = 0 AND mentor.name <> ''";

/// What an application waits for at a moment; nothing while a time is agreed on or asked for.
fn intake(row: &Row, now: Timestamp) -> Result<Option<Pending>> {
    let written = row.text(3)?;
    if !written.is_empty() {
        return Ok(Some(Pending { since: written, ..pending(Matter::Undecided, row)? }));
    }
    let booking = row.text(4)?;
    if booking.is_empty() {
        return Ok(Some(pending(Matter::Unbooked, row)?));
    }
    let booking: Booking = serde_json::from_str(&booking)?;
    match booking.end().filter(|end| *end <= now) {
        Some(end) => Ok(Some(Pending { since: moment(end), ..pending(Matter::Unwritten, row)? })),
        None => Ok(None),
    }
}

impl Within<'_> {
    /// Everything that waits for a coordinator besides flags and slow pairs, in no order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pending(&self, now: Timestamp) -> Result<Vec<Pending>> {
        let mut all = Vec::new();
        for row in self.db().all(self.narrow(sql(INTAKE), "application.organisation")).await? {
            all.extend(intake(&row, now)?);
        }
        for query in [LET_DOWN, LET_DOWN_TOO] {
            for row in self.db().all(self.narrow(of_let_down(sql(query)), "mentee.organisation")).await? {
                all.push(pending(Matter::LetDown, &row)?);
            }
        }
        for row in self.db().all(self.narrow(sql(UNAPPROVED), "mentor.organisation")).await? {
            let mentor: Mentor = row.json(3)?;
            if !mentor.left {
                all.push(pending(Matter::Unapproved, &row)?);
            }
        }
        Ok(all)
    }

    /// Every pair that meets, with its signs, in no order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn health(&self, now: Timestamp) -> Result<Vec<Health>> {
        const MET: &str = "SELECT pair, MAX(day) FROM meeting GROUP BY pair";
        const SINCE: &str =
            "SELECT subject, since FROM phase WHERE noun = 'pair' AND state = 'active' AND until IS NULL";
        const FLAGS: &str = "SELECT pair, CAST(COUNT(*) AS TEXT) FROM flag WHERE ended_at IS NULL GROUP BY pair";
        let (met, since) = (self.by_id(sql(MET)).await?, self.by_id(sql(SINCE)).await?);
        let flags = self.by_id(sql(FLAGS)).await?;
        let mut booked: HashMap<String, Timestamp> = HashMap::new();
        // Of several the next one counts; what has been is no longer to come.
        for (pair, at) in self.store.booked_meetings().await?.into_iter().filter(|(_, at)| *at > now) {
            let next = booked.entry(pair).or_insert(at);
            *next = at.min(*next);
        }
        let answers = self.answers().await?;
        let query = self.narrow_any(sql(COLUMNS).push(" AND pair.state = 'active'"), &EITHER);
        let day = |text: Option<&String>| text.and_then(|text| text.get(..10)?.parse::<Date>().ok());
        let mut all = Vec::new();
        for row in self.db().all(query).await? {
            let row = pair_row(&row)?;
            let PairState::Active { term } = row.pair.state else { continue };
            let id = row.pair.id.as_str();
            let signs = Signs {
                // What was before the pair began says nothing of a break.
                since: day(since.get(id)).unwrap_or(term.from).max(term.from),
                until: term.until,
                met: day(met.get(id)),
                booked: booked.get(id).copied(),
                answers: answers.get(id).copied().unwrap_or_default(),
                flags: flags.get(id).and_then(|count| count.parse().ok()).unwrap_or(0),
            };
            all.push(Health { row, signs });
        }
        Ok(all)
    }

    async fn by_id(&self, query: Query) -> Result<HashMap<String, String>> {
        let rows = self.db().all(query).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
    }

    /// The latest answers to how it goes: the mentor's and the mentee's.
    async fn answers(&self) -> Result<HashMap<String, (Option<u8>, Option<u8>)>> {
        let query = sql("SELECT pair, side, answer FROM follow_up WHERE answer IS NOT NULL AND kind IN (")
            .value(FollowUpKind::Month.code())
            .push(", ")
            .value(FollowUpKind::Quarter.code())
            .push(", ")
            .value(FollowUpKind::Half.code())
            .push(") ORDER BY asked");
        let mut all: HashMap<String, (Option<u8>, Option<u8>)> = HashMap::new();
        for row in self.db().all(query).await? {
            let own = all.entry(row.text(0)?).or_default();
            let answer = u8::try_from(row.number(2)?).ok();
            match Side::from_code(&row.text(1)?) {
                Some(Side::Mentor) => own.0 = answer,
                _ => own.1 = answer,
            }
        }
        Ok(all)
    }
}
