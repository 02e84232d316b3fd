//! The timeline of a pair: what comes next on top, then everything that has been, the newest first, and for each entry
//! who sees it.

use jiff::{Span, Timestamp};
use mentoring::{EndReason, Meeting, NoReason, PairState, Say, Side};
use store::{BookingRow, FollowUp, PairRow, Phase};

use super::told::{said, state, told_meeting};
use crate::clock::there;
use crate::web::Words;
use crate::web::bookings::proposed;
use crate::web::mine::asks;
use crate::web::words::zone_day;

/// The days within which the next meeting is expected: about once a month.
const RHYTHM: i32 = 30;

/// An entry.
pub(in crate::web) struct Moment {
    /// What it is sorted by: a day or a moment, as the database holds them.
    order: String,
    /// The day, in words; empty for what comes.
    pub(in crate::web) day: String,
    pub(in crate::web) what: String,
    /// Who sees it, in words.
    pub(in crate::web) seen: String,
    /// Whether it is still to come.
    pub(in crate::web) next: bool,
}

/// Everything that there is to tell of a pair.
pub(in crate::web) struct Told<'a> {
    pub(in crate::web) row: &'a PairRow,
    pub(in crate::web) phases: &'a [Phase],
    pub(in crate::web) meetings: &'a [Meeting],
    pub(in crate::web) bookings: &'a [BookingRow],
    /// What both have been asked; each of the two sees their own answers only.
    pub(in crate::web) follow_ups: &'a [FollowUp],
}

/// What the beginning of a state was, with its reason for staff only: the other one is promised not to be told it.
fn began(phase: &Phase, staff: bool, w: Words) -> String {
    let what = match phase.cause.as_str() {
        "pair-made" => w.t("pairs-was-made"),
        "pair-mentor-yes" => w.t("pairs-was-mentor-yes"),
        "pair-mentee-yes" => w.t("pairs-was-mentee-yes"),
        "pair-mentor-no" => w.t("pairs-was-mentor-no"),
        "pair-mentee-no" => w.t("pairs-was-mentee-no"),
        "pair-mentor-silent" => w.t("pairs-was-mentor-silent"),
        "pair-mentee-silent" => w.t("pairs-was-mentee-silent"),
        "pair-taken-back" => w.t("pairs-was-taken-back"),
        "pair-started" => w.t("pairs-was-started"),
        "pair-paused" => w.t("pairs-was-paused"),
        "pair-resumed" => w.t("pairs-was-resumed"),
        "pair-ended-early" => w.t("pairs-was-ended"),
        "pair-completed" => w.t("pairs-was-completed"),
        _ => state(&phase.state, w),
    };
    let code = phase.reason.as_str();
    let reason =
        NoReason::from_code(code).map(NoReason::names).or_else(|| EndReason::from_code(code).map(EndReason::names));
    let why = reason.filter(|_| staff).map(|names| format!(": {}", w.name(names)));
    what + &why.unwrap_or_default()
}

/// What comes next: the time that is booked, or the day by which one is expected, or the last day.
fn next(told: &Told, now: Timestamp, w: Words) -> Vec<String> {
    let mut next = Vec::new();
    for it in told.bookings.iter().filter(|it| it.booking.is_open() && !it.booking.has_begun(now)) {
        match it.booking.at() {
            Some(at) => next.push(w.x("booking-planned", w.stretch(at, it.booking.plan.minutes))),
            None => next.push(w.x("pairs-times-proposed", proposed(&it.booking, w).join("; "))),
        }
    }
    if let PairState::Active { term } = told.row.pair.state {
        if next.is_empty() {
            // A break is no time in which the two should have met.
            let began =
                told.phases.iter().filter(|phase| phase.state == "active").filter_map(|phase| zone_day(&phase.since));
            let last = told.meetings.iter().map(|held| held.day).chain(began).chain([term.from]).max();
            let last = last.unwrap_or(term.from);
            let expected = last.saturating_add(Span::new().days(RHYTHM));
            let key = if expected < there(now).date() { "pairs-was-expected" } else { "pairs-expected" };
            next.push(w.x(key, w.day(expected)));
        }
        next.push(w.x("pairs-ends", w.day(term.until)));
    }
    next
}

/// The timeline as staff see it, or one of the two.
pub(in crate::web) fn timeline(told: &Told, viewer: Option<Side>, now: Timestamp, w: Words) -> Vec<Moment> {
    let everybody = w.t(if viewer.is_some() { "pairs-seen-three" } else { "pairs-seen-all" });
    let comes = next(told, now, w).into_iter().map(|what| Moment {
        order: String::new(),
        day: String::new(),
        what,
        seen: everybody.clone(),
        next: true,
    });
    let mut been: Vec<Moment> = Vec::new();
    let mut add = |order: String, day: String, what: String, seen: String| {
        been.push(Moment { order, day, what, seen, next: false });
    };
    for phase in told.phases {
        // A reason is told to staff only.
        let hidden = viewer.is_none() && !phase.reason.is_empty();
        let seen = if hidden { w.t("pairs-seen-staff") } else { everybody.clone() };
        add(phase.since.clone(), w.stored_day(&phase.since), began(phase, viewer.is_none(), w), seen);
    }
    for held in told.meetings {
        let what = w.x("pairs-was-met", told_meeting(*held, w));
        add(held.day.to_string(), w.day(held.day), what, everybody.clone());
    }
    let own = |it: &&FollowUp| viewer.is_none_or(|side| it.side == side);
    for it in told.follow_ups.iter().filter(own) {
        let seen = match (viewer, it.side) {
            (Some(_), _) => w.t("pairs-seen-you"),
            (None, Side::Mentor) => w.x("pairs-seen-one", told.row.mentor_name.as_str()),
            (None, Side::Mentee) => w.x("pairs-seen-one", told.row.mentee_name.as_str()),
        };
        let name = if it.side == Side::Mentor { &told.row.mentor_name } else { &told.row.mentee_name };
        let other = if it.side == Side::Mentor { &told.row.mentee_name } else { &told.row.mentor_name };
        let what = match viewer {
            Some(_) if it.answer.is_none() => Say::new("pairs-not-answered-you").with("asked", asks(it.kind, other, w)),
            Some(_) => Say::new("pairs-was-asked-you").with("asked", asks(it.kind, other, w)),
            None => Say::new("pairs-was-asked").with("x", name.as_str()).with("asked", it.kind.names()),
        };
        let what = w.page(&what.with("said", said(it, w)));
        add(it.asked.to_string(), w.day(it.asked), what, seen);
    }
    been.sort_by(|a, b| b.order.cmp(&a.order));
    comes.chain(been).collect()
}
