//! A pair as a page for one of the two: where it stands, how they reach each other and meet, what is to be answered, why
//! the two, and what has been.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use jiff::civil::Date;
use mentoring::{EndReason, Ending, MeetingForm, Mentee, Mentor, NoReason, Occasion, PairState, Plan, Say, Side};
use store::{BookingRow, Companion, PairRow};

use super::{After, Door, Seat, meets};
use crate::secret::digest;
use crate::web::bookings::{Draft, earliest, lead, proposed};
use crate::web::mine::suggested_rest;
use crate::web::pairs::{Moment, PairTold, agreement, fitting, timeline};
use crate::web::rounds::Told;
use crate::web::site::html;
use crate::web::state::Frame;
use crate::web::{Answer, App, Error, Words};

/// What one of the two is to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    /// Whether they want to.
    Proposal,
    /// Whether they accept the agreement.
    Agreement,
    /// Nothing now.
    None,
}

impl Question {
    fn of(seat: &Seat) -> Self {
        match seat.row.pair.state {
            _ if seat.companion => Self::None,
            PairState::Asked { side, .. } if side == seat.side && matches!(seat.door, Door::Own | Door::Answer) => {
                Self::Proposal
            }
            state if seat.door != Door::Meet && state.to_agree().contains(&seat.side) => Self::Agreement,
            _ => Self::None,
        }
    }
}

/// Somebody to get in touch with.
pub(in crate::web) struct Contact {
    /// The name, with what they are if they are none of the two.
    pub(in crate::web) name: String,
    pub(in crate::web) email: String,
    pub(in crate::web) phone: String,
}

impl Contact {
    /// The one on a side of a pair.
    pub(in crate::web) fn of(side: Side, (mentee, mentor): (&Mentee, &Mentor)) -> Self {
        match side {
            Side::Mentor => {
                Self { name: mentor.name.clone(), email: mentor.email.clone(), phone: mentor.phone.clone() }
            }
            Side::Mentee => {
                Self { name: mentee.name.clone(), email: mentee.email.clone(), phone: mentee.phone.clone() }
            }
        }
    }

    fn called(self, what: &str) -> Self {
        Self { name: format!("{} ({what})", self.name), ..self }
    }
}

/// A booking as shown.
struct Planned {
    /// Its page, for whoever is signed in.
    path: String,
    lead: String,
    /// The times that are proposed, in words.
    times: Vec<String>,
}

/// Who the other one is, and why the two.
#[derive(Default)]
struct About {
    facts: Vec<(String, String)>,
    /// What they say of themselves.
    words: String,
    /// The strongest reasons, and all of them.
    reasons: Vec<Told>,
    every_reason: Vec<Told>,
}

/// How the two meet.
struct Meetings {
    bookings: Vec<Planned>,
    /// What a form for another begins with, and whether it is to be mended.
    draft: Draft,
    mends: bool,
    earliest: String,
    today: String,
    moments: Vec<Moment>,
    /// Whether something can be booked and told.
    open: bool,
}

/// A mentor who has said no: offered a rest until a day, or resting until one.
#[derive(Default)]
struct Rest {
    offered: Option<String>,
    until: Option<String>,
}

#[derive(Template)]
#[template(path = "mine/pair.html")]
struct Page {
    frame: Frame,
    side: Side,
    row: PairRow,
    door: Door,
    /// Whether whoever sees it takes part besides the two.
    companion: bool,
    path: String,
    other: String,
    ball: String,
    question: Question,
    /// The agreement as HTML, and the digest of what it is made of.
    agreement: String,
    agreement_digest: String,
    /// How to reach the others, once both have said yes.
    contacts: Vec<Contact>,
    about: About,
    meetings: Meetings,
    /// Whether there is a room, and messages in it that one has not seen.
    room: Option<usize>,
    /// What there is to fetch: paths and names.
    papers: Vec<(String, String)>,
    rest: Rest,
    asked: bool,
    fault: Option<String>,
}

impl Page {
    /// Whether whoever sees it decides on the pair: one of the two, signed in.
    fn decides(&self) -> bool {
        self.own() && !self.companion
    }

    /// Whether whoever sees it can end a break: one of the two, also by the letter that tells of it.
    fn resumes(&self) -> bool {
        matches!(self.door, Door::Own | Door::Meet) && !self.companion && self.row.pair.state.code() == "paused"
    }

    /// What a meeting is kept under on a device until it is sent.
    fn key(&self) -> String {
        format!("{} {}", self.row.pair.id, self.side.code())
    }

    /// Whether whoever sees it is signed in.
    fn own(&self) -> bool {
        self.door == Door::Own
    }
}

/// Where the pair stands, to one of the two.
pub(in crate::web::mine) fn ball(own_side: Side, row: &PairRow, other: &str, today: Date, w: Words) -> String {
    let told = |key, day: Date| w.page(&Say::new(key).with("x", other).with("day", w.day(day)));
    let own = |mentor: Option<_>, mentee: Option<_>| if own_side == Side::Mentor { mentor } else { mentee };
    match row.pair.state {
        PairState::Asked { side, due, .. } if side == own_side => told("mine-pair-asked", due),
        PairState::Asked { due, .. } => told("mine-pair-other-asked", due),
        PairState::Agreeing { since, mentor, mentee, .. } => match own(mentor, mentee) {
            None => told("mine-pair-agree", since),
            Some(on) => told("mine-pair-agreed", on),
        },
        PairState::Active { term } if term.until < today => told("mine-pair-past", term.until),
        PairState::Active { term } => told("mine-pair-active", term.until),
        PairState::Paused { pause, .. } => told("mine-pair-paused", pause.until),
        PairState::Over { on, how, .. } => match how {
            Ending::Lapsed => told("mine-pair-lapsed", on),
            Ending::Declined | Ending::Withdrawn => told("mine-pair-not", on),
            Ending::Completed | Ending::Early => told("mine-pair-over", on),
        },
    }
}

/// What one is told of the other before saying yes.
fn facts(side: Side, (mentee, mentor): (&Mentee, &Mentor), programme: &str, w: Words) -> Vec<(String, String)> {
    let names = |list: Vec<&'static str>| list.join(", ");
    let mut facts = vec![(w.t("people-programme"), programme.to_owned())];
    match side {
        Side::Mentor => {
            let company = mentee.company.as_ref().map_or("", |company| company.name.as_str());
            facts.push((w.t("pairs-company"), company.to_owned()));
            facts.push((w.t("mine-pair-stage"), w.label(mentee.stage.names())));
            facts.push((w.t("people-place"), mentee.municipality.names().sv.to_owned()));
            facts.push((w.t("mine-pair-needs"), w.competences(&mentee.needs)));
            facts.push((w.t("mine-pair-goals"), names(mentee.goals.iter().map(|goal| w.name(goal.names())).collect())));
        }
        Side::Mentee => {
            facts.push((w.t("people-place"), mentor.municipality.names().sv.to_owned()));
            facts.push((w.t("mine-pair-knows"), w.competences(&mentor.competences)));
            let mut industries: Vec<_> = mentor.industries.iter().map(|industry| w.name(industry.names())).collect();
            industries.dedup();
            facts.push((w.t("mine-pair-industries"), names(industries)));
        }
    }
    facts.retain(|(_, fact)| !fact.is_empty());
    facts
}

/// Who can be reached, and how: the other one first.
async fn contacts(app: &App, seat: &Seat, both: (&Mentee, &Mentor), w: Words) -> Result<Vec<Contact>, Error> {
    let pair = &seat.row.pair;
    if !pair.is_open() || matches!(pair.state, PairState::Asked { .. }) || !seat.door.shows(&pair.state) {
        return Ok(Vec::new());
    }
    let mut all = vec![Contact::of(seat.side.other(), both)];
    if seat.companion {
        all.push(Contact::of(seat.side, both).called(w.name(seat.side.names())));
    }
    let (_, parties) = app.store.everywhere().pair_and_parties(&pair.id).await?;
    let others = parties.companions.into_iter().filter(|it| it.person != seat.person);
    all.extend(others.map(|Companion { side, name, email, phone, .. }| {
        let what = w.t(if side == Side::Mentor { "pairs-co-mentor" } else { "pairs-colleague" });
        Contact { name, email, phone }.called(&what)
    }));
    Ok(all)
}

/// Who the other one is and why the two: while one is asked, and later for whoever is signed in.
async fn about(app: &App, seat: &Seat, question: Question, both: (&Mentee, &Mentor), w: Words) -> Result<About, Error> {
    let pair = &seat.row.pair;
    if !pair.is_open() || (question == Question::None && seat.door != Door::Own) {
        return Ok(About::default());
    }
    let facts = facts(seat.side, both, &app.programme_name(&pair.programme).await?, w);
    let words = if seat.side == Side::Mentor { &both.0.about } else { &both.1.about };
    let about = About { facts, words: words.clone(), ..About::default() };
    if seat.companion {
        // Why the two suit each other says nothing of a companion.
        return Ok(about);
    }
    let fit = fitting(app, pair, both).await?;
    let to = Some(seat.side);
    Ok(About { reasons: Told::main(&fit, to, w), every_reason: Told::all(&fit, to, w), ..about })
}

/// What has been and what comes, and the forms for it.
async fn meetings(app: &App, seat: &Seat, other: &str, written: Option<Draft>, w: Words) -> Result<Meetings, Error> {
    let (everywhere, pair) = (app.store.everywhere(), &seat.row.pair);
    let open = meets(&pair.state);
    let (mut bookings, mut moments) = (Vec::new(), Vec::new());
    if seat.door.shows(&pair.state) {
        bookings = everywhere.bookings(Occasion::Meeting, &pair.id).await?;
        // What one has answered is for whoever is signed in; companions are not asked.
        let asked = seat.door == Door::Own && !seat.companion;
        let follow_ups = if asked { everywhere.follow_ups(&pair.id).await? } else { Vec::new() };
        let (held, phases) = (everywhere.meetings(&pair.id).await?, app.store.phases("pair", &pair.id).await?);
        let told =
            PairTold { row: &seat.row, phases: &phases, meetings: &held, bookings: &bookings, follow_ups: &follow_ups };
        moments = timeline(&told, Some(seat.side), app.now(), w);
    }
    // Whoever has a place or a link of their own need not write it again.
    let plan = bookings.first().map(|row| row.booking.plan.clone());
    let plan = plan.unwrap_or(Plan { minutes: 90, form: MeetingForm::Place, place: String::new() });
    let mends = written.is_some();
    let draft = written.unwrap_or_else(|| Draft::from(&plan));
    let planned = |row: &BookingRow| Planned {
        // Whoever has come by a link finds the way in the letter about that time.
        path: if seat.door == Door::Own { format!("/mine/bookings/{}", row.booking.id) } else { String::new() },
        lead: lead(&row.booking, seat.side.into(), other, app.now(), w),
        times: proposed(&row.booking, w),
    };
    let bookings = bookings.iter().filter(|row| row.booking.is_open()).map(planned).collect();
    Ok(Meetings { bookings, draft, mends, earliest: earliest(app), today: app.today().to_string(), moments, open })
}

/// What one can fetch.
async fn papers(app: &App, seat: &Seat, w: Words) -> Result<Vec<(String, String)>, Error> {
    let pair = &seat.row.pair;
    if seat.door != Door::Own || app.store.everywhere().acceptances(&pair.id).await?.is_empty() {
        return Ok(Vec::new());
    }
    let mut papers = vec![(format!("/mine/pairs/{}/agreement.pdf", pair.id), w.t("paper-agreement"))];
    if pair.state.code() == "completed" {
        papers.push((format!("/mine/pairs/{}/diploma.pdf", pair.id), w.t("paper-diploma-file")));
    }
    Ok(papers)
}

/// Whoever has no time just now is offered a rest at once.
fn rest(app: &App, seat: &Seat, mentor: &Mentor, w: Words) -> Rest {
    if seat.side != Side::Mentor || seat.row.cause != "pair-mentor-no" {
        return Rest::default();
    }
    match mentor.pause.filter(|pause| pause.until >= app.today()) {
        Some(pause) => Rest { until: Some(w.day(pause.until)), offered: None },
        None => Rest { until: None, offered: Some(suggested_rest(app)) },
    }
}

pub(super) async fn page(app: &App, frame: Frame, seat: Seat, after: After) -> Answer {
    let After { asked, draft, fault } = after;
    let (w, pair) = (frame.w, &seat.row.pair);
    let (mentee, mentor) = app.store.everywhere().both(&pair.id).await?;
    let both = (&mentee, &mentor);
    let other = Contact::of(seat.side.other(), both).name;
    let question = Question::of(&seat);
    let text = if question == Question::Agreement { agreement(app, w.language).await? } else { String::new() };
    let room = if seat.door == Door::Own && pair.state.has_room() {
        Some(app.store.unseen(&pair.id, &seat.person).await?)
    } else {
        None
    };
    let page = Page {
        ball: ball(seat.side, &seat.row, &other, app.today(), w),
        agreement: html(&text),
        agreement_digest: digest(&text),
        contacts: contacts(app, &seat, both, w).await?,
        about: about(app, &seat, question, both, w).await?,
        meetings: meetings(app, &seat, &other, draft, w).await?,
        papers: papers(app, &seat, w).await?,
        rest: rest(app, &seat, &mentor, w),
        room,
        door: seat.door,
        companion: seat.companion,
        side: seat.side,
        path: seat.path,
        row: seat.row,
        other,
        question,
        asked,
        fault,
        frame,
    };
    let status = if page.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, [("referrer-policy", "no-referrer")], Html(page.render()?)).into_response())
}
