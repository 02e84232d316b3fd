//! One's own page: what one is in the programme, where one is signed in, and who has read about one.

mod conduct;
mod follow_up;
mod join;
mod pair;
mod room;
mod stay;

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect};
use jiff::Span;
use jiff::civil::Date;
use mentoring::{
    ApplicationState, Entry, EntryKind, Id, Language, Mentee, Mentor, Part, Retention, Say, Side, organisation_name,
};
use store::{Application, OwnRecords, PairRow, PasskeyRow, Reading, SessionRow, Stamp, Way};

use super::apply::ball;
use super::bookings::{lead, title};
use super::programmes::line;
use super::state::{Asked, Frame};
use super::{Answer, App, Error, Words};
use crate::jobs::{erasure_of, plan_erasure};

pub(super) use conduct::{ask_conduct, own_conduct, promise, promise_own};
pub(super) use follow_up::{answer_in_words, ask_follow_up, asks, follow_up, reached_in_words};
pub(super) use join::{ask_join, join};
pub(super) use pair::{act, act_linked, look, pair};
pub(super) use room::{linked_room, linked_room_file, linked_write, room, room_file, write};
pub(super) use stay::{ask_stay, stay};

/// So often in an hour one's data are put together: it takes a while, and memory.
const DATA_AN_HOUR: i64 = 10;

/// A pair of one's own, as listed.
struct OwnPair {
    row: PairRow,
    other: String,
    /// Where it stands, and who has the ball.
    stands: String,
    ball: String,
    /// Messages that one has not seen, and what is still to be done.
    unseen: usize,
    homework: Vec<String>,
}

#[derive(Template)]
#[template(path = "mine/mine.html")]
struct Mine {
    frame: Frame,
    email: String,
    /// The language that one is written to in.
    written: Language,
    /// Roles at organisations, in words.
    held: Vec<String>,
    /// One's applications, each with who has the ball.
    applications: Vec<(Application, String, String)>,
    /// What one is as mentor or mentee, in words.
    parts: Vec<String>,
    /// One's pairs.
    pairs: Vec<OwnPair>,
    /// For a mentor: until when they rest from new proposals, if they do, and a day to suggest.
    rest: Option<(Option<String>, String)>,
    /// What a mentor has given, in words.
    given: Option<String>,
    /// What a mentor is asked to promise, in words.
    conduct: Option<String>,
    /// What is booked or proposed, with its address.
    bookings: Vec<(String, String, String)>,
    /// Since when one's calendar has an address.
    feed: Option<String>,
    /// Whether one is staff who has not proved it yet.
    weak: bool,
    sessions: Vec<SessionRow>,
    own_session: String,
    passkeys: Vec<PasskeyRow>,
    readings: Vec<Reading>,
    /// How many months without a sign-in it is kept after one has taken part.
    kept: u8,
    /// Whether one has complained and not been answered.
    complains: bool,
    /// The day of an erasure that is planned.
    erased_on: Option<String>,
}

impl Mine {
    fn way(&self, way: Way) -> String {
        let w = self.frame.w;
        match way {
            Way::Link => w.t("mine-way-link"),
            Way::Passkey => w.t("mine-way-passkey"),
            Way::Provider => w.t("mine-way-provider"),
            Way::Demo => w.t("mine-way-demo"),
        }
    }
}

/// What a browser is, from what it calls itself.
pub(super) fn device_name(agent: &str, w: Words) -> String {
    let find = |names: &[&'static str]| names.iter().find(|name| agent.contains(**name)).copied();
    let browser = find(&["Edg", "Firefox", "Chrome", "Safari"]).map(|name| if name == "Edg" { "Edge" } else { name });
    let system = find(&["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"]);
    let parts: Vec<&str> = browser.into_iter().chain(system).collect();
    if parts.is_empty() { w.t("mine-some-browser") } else { parts.join(", ") }
}

/// Everything about oneself.
pub(super) async fn mine(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let w = asked.w;
    let session = &asked.visitor.session;
    let email = session.account.email.clone();
    let organisations = app.store.organisations().await?;
    let held = session.appointments.iter().map(|held| w.appointment(held, &organisations)).collect();
    let own = app.store.own_records(&email).await?;
    let kept = kept(&app, &own).await?;
    let mut pairs = Vec::new();
    for own in app.store.own_pairs(&email).await? {
        if own.row.pair.is_told(own.side) {
            pairs.push(own_pair(&app, own, w).await?);
        }
    }
    pairs.sort_by_key(|it| !it.row.pair.is_open());
    let (is_mentee, is_mentor) = (own.mentee.is_some(), own.mentor.is_some());
    let complains = app.store.own_complaints(&email).await?.iter().any(|it| it.ended_at.is_none());
    let has_mentor = pairs.iter().any(|it| it.row.pair.is_open() && it.row.pair.state.has_room());
    let mut parts = Vec::new();
    let mut readings = Vec::new();
    if let Some(mentee) = own.mentee {
        parts.push(mentee_part(&mentee, (has_mentor, own.left), &app, w));
        readings.extend(app.store.readings("mentee", &mentee.id).await?);
    }
    let (mut rest, mut conduct, mut given) = (None, None, None);
    if let Some(mentor) = own.mentor {
        let until = mentor.pause.filter(|pause| pause.until >= app.today()).map(|pause| w.day(pause.until));
        rest = Some((until, suggested_rest(&app)));
        let holds = mentor.agreement_until.filter(|until| *until >= app.today());
        conduct = mentor
            .is_asked_to_pledge(app.today())
            .then(|| holds.map_or_else(|| w.t("mine-conduct-asks"), |until| w.x("mine-conduct-renew", w.day(until))));
        parts.push(mentor_part(&mentor, w));
        let (met, minutes) = app.store.given(&mentor.id).await?;
        let say = Say::new("mine-given").with("n", met).with("time", w.hours(minutes));
        given = (met > 0).then(|| w.page(&say));
        readings.extend(app.store.readings("mentor", &mentor.id).await?);
    }
    let mut applications = Vec::new();
    for application in app.store.applications_of(&email).await? {
        let became = if application.part == Part::Mentor { is_mentor } else { is_mentee };
        readings.extend(app.store.readings("application", &application.id).await?);
        // What one has become says more than that one was accepted.
        if application.state != ApplicationState::Accepted || !became {
            let ball = ball(&application, organisation_name(&organisations, &application.organisation), w);
            applications.push((application.clone(), w.label(application.part.names()), ball));
        }
    }
    let weak = !session.appointments.is_empty() && !session.way.is_strong();
    // Whom one interviews is not one's own: it takes as much to see as the application.
    let own_ones = app.store.own_bookings(&email).await?.into_iter();
    let bookings = own_ones.filter(|own| own.row.booking.is_open() && !(weak && own.is_interviewer()));
    let bookings = bookings.map(|own| {
        let path = if own.is_interviewer() {
            format!("/applications/{}", own.row.subject)
        } else {
            format!("/mine/bookings/{}", own.row.booking.id)
        };
        let lead = lead(&own.row.booking, own.seat, &own.other, app.now(), w);
        (own.row.booking.at(), (path, title(own.row.occasion, &own.other, w), lead))
    });
    let mut bookings: Vec<_> = bookings.collect();
    bookings.sort();
    readings.sort_by(|a, b| b.day.cmp(&a.day));
    let page = Mine {
        written: session.account.language,
        email,
        held,
        applications,
        pairs,
        bookings: bookings.into_iter().map(|(_, shown)| shown).collect(),
        feed: app.store.feed_since(asked.account()).await?,
        rest,
        given,
        conduct,
        parts,
        weak,
        sessions: app.store.sessions(asked.account(), app.now()).await?,
        own_session: session.id.to_string(),
        passkeys: app.store.passkeys(asked.account()).await?,
        readings,
        erased_on: app
            .store
            .job(&erasure_of(asked.account()))
            .await?
            .filter(|job| job.state == "waiting")
            .map(|job| job.due_at),
        kept,
        complains,
        frame: asked.frame(&app, "mine"),
    };
    Ok(Html(page.render()?).into_response())
}

async fn own_pair(app: &App, own: store::OwnPair, w: Words) -> Result<OwnPair, Error> {
    let store::OwnPair { side, person, row, .. } = own;
    let other = if side == Side::Mentor { row.mentee_name.clone() } else { row.mentor_name.clone() };
    let (mut unseen, mut homework) = (0, Vec::new());
    if row.pair.is_open() && row.pair.state.has_room() {
        unseen = app.store.unseen(&row.pair.id, &person).await?;
        let room = app.store.room(&row.pair.id, &person).await?.into_iter().map(|it| it.entry);
        let mut left: Vec<_> = room.filter(|it| it.kind == EntryKind::Homework && it.done.is_none()).collect();
        left.sort_by_key(|it| it.due.unwrap_or(Date::MAX));
        let told = |it: Entry| match it.due {
            Some(due) => format!("{} ({})", it.words, w.x("mine-plan-due", w.day(due))),
            None => it.words,
        };
        homework = left.into_iter().take(3).map(told).collect();
    }
    Ok(OwnPair {
        stands: super::pairs::state(row.pair.state.code(), w),
        ball: pair::ball(side, &row, &other, app.today(), w),
        other,
        unseen,
        homework,
        row,
    })
}

/// As long as the most patient of the organisations that one takes part at keeps.
async fn kept(app: &App, own: &OwnRecords) -> Result<u8, Error> {
    let own = own.mentee.iter().map(|it| &it.organisation).chain(own.mentor.iter().map(|it| &it.organisation));
    let mut months = Vec::new();
    for organisation in own {
        months.push(app.store.retention(organisation).await?.0.idle);
    }
    Ok(months.into_iter().max().unwrap_or(Retention::default().idle))
}

fn mentee_part(mentee: &Mentee, (has_mentor, left): (bool, bool), app: &App, w: Words) -> String {
    match (has_mentor, left) {
        (true, _) => w.t("mine-mentee-paired"),
        (_, true) => w.t("mine-mentee-left"),
        _ => w.n("mine-mentee-waits", mentee.waited(app.today())),
    }
}

fn mentor_part(mentor: &Mentor, w: Words) -> String {
    w.page(&Say::new("mine-mentor").with("open", mentor.open_pairs).with("n", mentor.capacity))
}

/// Writes to oneself in the language that a form gives.
pub(super) async fn language(
    State(app): State<Arc<App>>,
    asked: Asked,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let language = Language::from_tag(&line(&posted, "language", 5)).ok_or(Error::NotFound)?;
    app.store.set_language(&asked.visitor.session.account.id, language, &asked.stamp(&app)).await?;
    Ok(Redirect::to("/mine#letters").into_response())
}

/// The day that a rest is suggested to last until.
fn suggested_rest(app: &App) -> String {
    app.today().saturating_add(Span::new().months(3)).to_string()
}

/// Lets a mentor rest from new proposals until a day.
async fn rest_until(app: &App, mentor: &Id, day: &str, stamp: &Stamp) -> Result<(), Error> {
    let until = day.parse().map_err(|_| Error::Faulty(Say::new("pairs-fault-day")))?;
    change_rest(app, mentor, stamp, |mentor| mentor.rest(until, app.today())).await
}

async fn change_rest(
    app: &App,
    mentor: &Id,
    stamp: &Stamp,
    rule: impl FnOnce(&mut Mentor) -> Result<(), Say>,
) -> Result<(), Error> {
    let everywhere = app.store.everywhere();
    let (mut mentor, version) = everywhere.one::<Mentor>(mentor).await?;
    rule(&mut mentor).map_err(Error::Refused)?;
    Ok(everywhere.save(&mentor, version, &["pause_from", "pause_until"], stamp).await?)
}

/// Lets a mentor rest from new proposals until a day, or ends the rest.
pub(super) async fn rest(
    State(app): State<Arc<App>>,
    asked: Asked,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let own = app.store.own_records(&asked.visitor.session.account.email).await?;
    let id = own.mentor.ok_or(Error::NotFound)?.id;
    if line(&posted, "act", 10) == "return" {
        change_rest(&app, &id, &asked.stamp(&app), |mentor| {
            mentor.return_to_pool();
            Ok(())
        })
        .await?;
    } else {
        rest_until(&app, &id, &line(&posted, "until", 20), &asked.stamp(&app)).await?;
    }
    Ok(Redirect::to("/mine").into_response())
}

/// Everything there is about oneself, in one file.
pub(super) async fn data(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let account = &asked.visitor.session.account;
    if !app.spared(&format!("data {}", account.id), DATA_AN_HOUR).await? {
        return Err(Error::Faulty(Say::new("mine-data-too-often")));
    }
    let zip =
        crate::own_data::zipped(&app, account, asked.w).await.map_err(|error| Error::Internal(error.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"mentorpar.zip\""),
    ];
    Ok((headers, zip).into_response())
}

/// Asks to be erased: in seven days, unless one changes one's mind.
pub(super) async fn erase(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    if !asked.visitor.session.appointments.is_empty() {
        return Err(Error::Faulty(Say::new("error-appointed")));
    }
    plan_erasure(&app, asked.account()).await?;
    Ok(Redirect::to("/mine").into_response())
}

/// Changes one's mind.
pub(super) async fn regret(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    app.store.cancel_job(&erasure_of(asked.account())).await?;
    Ok(Redirect::to("/mine").into_response())
}
