//! One question to one of the two, by a link in a letter. Looking answers nothing.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use mentoring::{FollowUpKind, Id, Meeting, MeetingForm, Say, Side};
use store::{FollowUp, NewAnswer, PairRow, Stamp};

use super::pair::{Contact, Linked, by_link};
use crate::mail::FOLLOW_UP;
use crate::web::pairs::words;
use crate::web::programmes::line;
use crate::web::state::{Frame, Open};
use crate::web::{Answer, App, Error, Words};

#[derive(Template)]
#[template(path = "mine/follow_up.html")]
struct Page {
    frame: Frame,
    path: String,
    question: FollowUp,
    pair: Id,
    other: String,
    asks: String,
    /// Each answer there is, in words.
    answers: Vec<(u8, String)>,
    today: String,
    /// Whether the two have met, as far as anybody has told.
    met: bool,
    /// What follows on an evaluation, in words.
    thanks: String,
    /// How much of what they wanted to reach was reached, with an evaluation.
    scale: Vec<(u8, String)>,
    /// How to reach the other one, once it is answered.
    contact: Vec<Contact>,
    fault: Option<String>,
}

impl Page {
    /// Whether the answer calls for a coordinator.
    fn is_low(&self) -> bool {
        self.question.kind.alarm(self.question.answer, None).is_some()
    }

    /// What the answer is kept under on a device until it is sent.
    fn key(&self) -> String {
        let FollowUp { kind, side, asked, .. } = &self.question;
        format!("{} {} {} {asked}", self.pair, side.code(), kind.code())
    }
}

/// Somebody with a question before them.
struct Seat {
    row: PairRow,
    person: Id,
    question: FollowUp,
    path: String,
}

/// The question to one of the two that a link is about: its kind and the day it was asked.
async fn question(app: &App, pair: &Id, side: Side, more: &[String]) -> Result<FollowUp, Error> {
    let [kind, asked] = more else { return Err(Error::Ended) };
    let all = app.store.everywhere().follow_ups(pair).await?;
    let wanted = |it: &FollowUp| it.side == side && it.kind.code() == kind && it.asked.to_string() == *asked;
    all.into_iter().find(wanted).ok_or(Error::Ended)
}

/// Whether the question that a link is about has been answered.
pub(super) async fn is_answered(app: &App, pair: &Id, side: Side, more: &[String]) -> Result<bool, Error> {
    Ok(question(app, pair, side, more).await?.answer.is_some())
}

async fn seat(app: &App, secret: &str) -> Result<Seat, Error> {
    let Linked { row, side, person, more, .. } = by_link(app, secret, FOLLOW_UP).await?;
    let question = question(app, &row.pair.id, side, &more).await?;
    Ok(Seat { row, person, question, path: format!("/follow-up/{secret}") })
}

/// The question in words.
pub(in crate::web) fn asks(kind: FollowUpKind, other: &str, w: Words) -> String {
    w.x(
        match kind {
            FollowUpKind::First => "mine-asks-first",
            FollowUpKind::Silence => "mine-asks-silence",
            FollowUpKind::Month | FollowUpKind::Quarter | FollowUpKind::Half => "mine-asks-how",
            FollowUpKind::Final => "mine-asks-final",
        },
        other,
    )
}

/// An answer in words.
pub(in crate::web) fn answer_in_words(kind: FollowUpKind, answer: u8, w: Words) -> String {
    match (kind, answer) {
        (FollowUpKind::First | FollowUpKind::Silence, 0) => w.t("pairs-no"),
        (FollowUpKind::First | FollowUpKind::Silence, _) => w.t("pairs-yes"),
        (FollowUpKind::Final, 0) => w.t("mine-answer-never"),
        (FollowUpKind::Final, 10) => w.t("mine-answer-surely"),
        (FollowUpKind::Final, answer) => answer.to_string(),
        (_, 1) => w.t("mine-answer-1"),
        (_, 2) => w.t("mine-answer-2"),
        (_, 3) => w.t("mine-answer-3"),
        (_, 4) => w.t("mine-answer-4"),
        _ => w.t("mine-answer-5"),
    }
}

/// How much was reached, in words.
pub(in crate::web) fn reached_in_words(reached: u8, w: Words) -> String {
    w.t(match reached {
        1 => "mine-reached-1",
        2 => "mine-reached-2",
        3 => "mine-reached-3",
        4 => "mine-reached-4",
        _ => "mine-reached-5",
    })
}

async fn page(app: &App, frame: Frame, seat: Seat, fault: Option<String>) -> Answer {
    let w = frame.w;
    let Seat { row, question, path, .. } = seat;
    let kind = question.kind;
    let mut contact = Vec::new();
    if question.answer.is_some() && row.pair.is_open() {
        let (mentee, mentor) = app.store.everywhere().both(&row.pair.id).await?;
        contact.push(Contact::of(question.side.other(), (&mentee, &mentor)));
    }
    let other = if question.side == Side::Mentor { row.mentee_name } else { row.mentor_name };
    // The better one first, as one reads.
    let answers = kind.scale().rev().map(|answer| (answer, answer_in_words(kind, answer, w))).collect();
    let met = !app.store.everywhere().meetings(&row.pair.id).await?.is_empty();
    let past = row.pair.state.is_past(app.today());
    let thanks = w.t(match (met, past) {
        (false, _) => "mine-thanks-never",
        (true, true) => "mine-thanks-past",
        (true, false) => "mine-thanks-final",
    });
    let page = Page {
        met,
        thanks,
        asks: asks(kind, &other, w),
        scale: (1..=5).rev().map(|reached| (reached, reached_in_words(reached, w))).collect(),
        contact,
        answers,
        question,
        pair: row.pair.id,
        other,
        path,
        today: app.today().to_string(),
        fault,
        frame,
    };
    let status = if page.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, [("referrer-policy", "no-referrer")], Html(page.render()?)).into_response())
}

/// The meeting that a form tells of; none if it gives no day.
///
/// # Errors
/// What cannot be, in words of the domain, or what is missing, in those of the page.
pub(super) fn meeting(app: &App, posted: &[(String, String)], row: &PairRow) -> Result<Option<Meeting>, Error> {
    let day = line(posted, "day", 20);
    if day.is_empty() {
        return Ok(None);
    }
    let day = day.parse().map_err(|_| Error::Faulty(Say::new("pairs-fault-day")))?;
    let minutes = line(posted, "minutes", 5).parse().unwrap_or(0);
    let form = MeetingForm::from_code(&line(posted, "form", 10)).unwrap_or(MeetingForm::Place);
    let made = row.made.parse().unwrap_or(day);
    Meeting::held(day, minutes, form, made, app.today()).map(Some).map_err(Error::Refused)
}

/// Asks.
pub(in crate::web) async fn ask_follow_up(
    State(app): State<Arc<App>>,
    open: Open,
    Path(secret): Path<String>,
) -> Answer {
    let seat = seat(&app, &secret).await?;
    page(&app, open.frame(&app, ""), seat, None).await
}

async fn take(app: &App, seat: &Seat, posted: &[(String, String)]) -> Result<(), Error> {
    let answer = line(posted, "answer", 3).parse::<u8>().ok();
    let answer = answer.filter(|answer| seat.question.kind.scale().contains(answer));
    let answer = answer.ok_or_else(|| Error::Faulty(Say::new("mine-no-answer")))?;
    let reached = line(posted, "reached", 3).parse().ok().filter(|reached| (1..=5).contains(reached));
    let reached = reached.filter(|_| seat.question.kind == FollowUpKind::Final);
    let new = NewAnswer { answer, words: words(posted), met: meeting(app, posted, &seat.row)?, reached };
    let stamp = Stamp::program("link", app.now());
    let everywhere = app.store.everywhere();
    Ok(everywhere
        .answer((&seat.row.pair.id, &seat.person), &seat.question, &new, &app.new_id(), app.today(), &stamp)
        .await?)
}

/// Takes the answer.
pub(in crate::web) async fn follow_up(
    State(app): State<Arc<App>>,
    open: Open,
    Path(secret): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let w = open.w;
    let asked = seat(&app, &secret).await?;
    let fault = match take(&app, &asked, &posted).await {
        // An answer given twice is given.
        Ok(()) | Err(Error::Changed { .. }) => None,
        Err(error) => Some(error.beside_form(w)?),
    };
    page(&app, open.frame(&app, ""), seat(&app, &secret).await?, fault).await
}
