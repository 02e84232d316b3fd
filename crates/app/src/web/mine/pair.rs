//! A pair as one of the two sees it: the question to answer, the agreement, how to reach each other, a break.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::{Ending, FlagKind, Id, MeetingForm, Mentee, Mentor, NoReason, Occasion, PairState, Plan, Say, Side};
use serde::Deserialize;
use store::{BookingRow, OwnPair, PairRow, Stamp};

use super::follow_up::meeting;
use super::{rest_until, suggested_rest};
use crate::mail::{AGREEMENT, ANSWER, MEET};
use crate::secret::digest;
use crate::web::bookings::{self, earliest, is_new, lead};
use crate::web::pairs::{Act, Moment, PairTold, agreement, fitting, timeline, words};
use crate::web::programmes::line;
use crate::web::rounds::Told;
use crate::web::site::html;
use crate::web::state::{Asked, Frame, Open};
use crate::web::{Answer, App, Error, Words, identity};

/// What somebody may see and do here: all of their own, or the one thing that a link in a mail is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
    /// Signed in.
    Own,
    /// By the link of a proposal.
    Answer,
    /// By the link of the agreement.
    Agreement,
    /// By a link to agree on a time, or to tell of a meeting.
    Meet,
}

impl Door {
    fn purpose(self) -> &'static str {
        match self {
            Self::Agreement => AGREEMENT,
            Self::Meet => MEET,
            Self::Own | Self::Answer => ANSWER,
        }
    }

    /// Whether meetings are seen and agreed on here.
    fn meets(self) -> bool {
        matches!(self, Self::Own | Self::Meet)
    }

    fn lets(self, act: &Act) -> bool {
        match act {
            Act::Yes(_) | Act::No(..) => matches!(self, Self::Own | Self::Answer),
            Act::Agree(..) => matches!(self, Self::Own | Self::Agreement),
            Act::Pause(_) | Act::Resume => self == Self::Own,
            _ => false,
        }
    }
}

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

/// One of the two, at their pair.
struct Seat {
    side: Side,
    /// Who it is: one of the two, or a companion on that side.
    person: Id,
    companion: bool,
    row: PairRow,
    door: Door,
    /// Where the forms go.
    path: String,
    stamp: Stamp,
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
    /// What is to be answered here and now.
    question: Question,
    facts: Vec<(String, String)>,
    about: String,
    /// The strongest reasons, and all of them.
    reasons: Vec<Told>,
    every_reason: Vec<Told>,
    /// The agreement as HTML, and the digest of what it is made of.
    agreement: String,
    agreement_digest: String,
    /// How to reach the other one, once both have said yes.
    contact: Option<(String, String)>,
    /// Who takes part besides the two: names with what they are, addresses and numbers.
    others: Vec<(String, String, String)>,
    moments: Vec<Moment>,
    /// Whether there is a room, and messages in it that one has not seen.
    room: Option<usize>,
    /// What there is to fetch: paths and names.
    papers: Vec<(String, String)>,
    /// Whether meetings are seen and entered here.
    meets: bool,
    /// What is booked or proposed, with its address; and what a form for another begins with.
    bookings: Vec<(String, String)>,
    plan: Plan,
    earliest: String,
    today: String,
    /// Whether a mentor who has said no can rest a while.
    rests: Option<String>,
    resting: Option<String>,
    asked: bool,
    fault: Option<String>,
}

impl Page {
    /// Whether whoever sees it decides on the pair: one of the two, signed in.
    fn decides(&self) -> bool {
        self.own() && !self.companion
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
pub(super) fn ball(own_side: Side, row: &PairRow, other: &str, w: Words) -> String {
    let told = |key, day: jiff::civil::Date| w.page(&Say::new(key).with("x", other).with("day", w.day(day)));
    let own = |mentor: Option<_>, mentee: Option<_>| if own_side == Side::Mentor { mentor } else { mentee };
    match row.pair.state {
        PairState::Asked { side, due, .. } if side == own_side => told("mine-pair-asked", due),
        PairState::Asked { due, .. } => told("mine-pair-other-asked", due),
        PairState::Agreeing { since, mentor, mentee } => match own(mentor, mentee) {
            None => told("mine-pair-agree", since),
            Some(on) => told("mine-pair-agreed", on),
        },
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
            let industries = mentor.industries.iter().map(|industry| w.name(industry.names())).collect();
            facts.push((w.t("mine-pair-industries"), names(industries)));
        }
    }
    facts.retain(|(_, fact)| !fact.is_empty());
    facts
}

/// Whether the two can meet: both have said yes, and it is not over.
fn meets(state: &PairState) -> bool {
    matches!(state, PairState::Agreeing { .. } | PairState::Active { .. } | PairState::Paused { .. })
}

async fn page(app: &App, frame: Frame, seat: Seat, asked: bool, fault: Option<String>) -> Answer {
    let w = frame.w;
    let pair = &seat.row.pair;
    let (mentee, mentor) = app.store.everywhere().both(&pair.id).await?;
    let other = if seat.side == Side::Mentor { mentee.name.clone() } else { mentor.name.clone() };
    let question = match pair.state {
        _ if seat.companion => Question::None,
        PairState::Asked { side, .. } if side == seat.side && matches!(seat.door, Door::Own | Door::Answer) => {
            Question::Proposal
        }
        PairState::Agreeing { mentor, mentee, .. }
            if matches!(seat.door, Door::Own | Door::Agreement)
                && (if seat.side == Side::Mentor { mentor } else { mentee }).is_none() =>
        {
            Question::Agreement
        }
        _ => Question::None,
    };
    let reached = pair.is_open() && !matches!(pair.state, PairState::Asked { .. }) && seat.door == Door::Own;
    let contact = reached.then(|| match seat.side {
        Side::Mentor => (mentee.email.clone(), mentee.phone.clone()),
        Side::Mentee => (mentor.email.clone(), mentor.phone.clone()),
    });
    let (_, both) = app.store.everywhere().pair_and_parties(&pair.id).await?;
    let others = both.companions.iter().filter(|it| reached && it.person != seat.person);
    let others = others.map(|it| {
        let what = w.t(if it.side == Side::Mentor { "pairs-co-mentor" } else { "pairs-colleague" });
        (format!("{} ({what})", it.name), it.email.clone(), it.phone.clone())
    });
    let mut others: Vec<_> = others.collect();
    if reached && seat.companion {
        let (name, email, _) = both.on(seat.side);
        let phone = if seat.side == Side::Mentor { &mentor.phone } else { &mentee.phone };
        let what = w.label(seat.side.names());
        others.insert(0, (format!("{name} ({})", what.to_lowercase()), email.to_owned(), phone.clone()));
    }
    // Whoever has no time just now is offered a rest at once.
    let said_no = seat.side == Side::Mentor && seat.row.cause == "pair-mentor-no";
    let resting = mentor.pause.filter(|pause| said_no && pause.until >= app.today());
    // Whoever has answered by the link need not read it all again.
    let held = if seat.door.meets() { app.store.everywhere().meetings(&pair.id).await? } else { Vec::new() };
    let open = pair.is_open() && (question != Question::None || seat.door == Door::Own);
    // Why the two suit each other says nothing of a companion.
    let fit = if open && !seat.companion { Some(fitting(app, pair, (&mentee, &mentor)).await?) } else { None };
    let bookings = if seat.door.meets() {
        app.store.everywhere().bookings(Occasion::Meeting, &pair.id).await?
    } else {
        Vec::new()
    };
    // Whoever has a place or a link of their own need not write it again.
    let plan = bookings.first().map(|row| row.booking.plan.clone());
    let plan = plan.unwrap_or(Plan { minutes: 90, form: MeetingForm::Place, place: String::new() });
    let planned = |row: &BookingRow| {
        // Whoever has come by a link finds the way in the letter about that time.
        let own = seat.door == Door::Own;
        let path = if own { format!("/mine/bookings/{}", row.booking.id) } else { String::new() };
        (path, lead(&row.booking, seat.side.into(), &other, app.now(), w))
    };
    let moments = if seat.door.meets() {
        // Companions are not asked, and nobody else's answers are theirs to see.
        let follow_ups = if seat.companion { Vec::new() } else { app.store.everywhere().follow_ups(&pair.id).await? };
        let phases = app.store.phases("pair", &pair.id).await?;
        let told =
            PairTold { row: &seat.row, phases: &phases, meetings: &held, bookings: &bookings, follow_ups: &follow_ups };
        timeline(&told, Some(seat.side), app.now(), w)
    } else {
        Vec::new()
    };
    let mut papers = Vec::new();
    if seat.door == Door::Own && !app.store.everywhere().acceptances(&pair.id).await?.is_empty() {
        papers.push((format!("/mine/pairs/{}/agreement.pdf", pair.id), w.t("paper-agreement")));
        if pair.state.code() == "completed" {
            papers.push((format!("/mine/pairs/{}/diploma.pdf", pair.id), w.t("paper-diploma-file")));
        }
    }
    let text = if question == Question::Agreement { agreement(app, w.language).await? } else { String::new() };
    let page = Page {
        ball: ball(seat.side, &seat.row, &other, w),
        facts: if open {
            facts(seat.side, (&mentee, &mentor), &app.programme_name(&pair.programme).await?, w)
        } else {
            Vec::new()
        },
        about: match seat.side {
            _ if !open => String::new(),
            Side::Mentor => mentee.about.clone(),
            Side::Mentee => mentor.about.clone(),
        },
        reasons: fit.as_ref().map_or_else(Vec::new, |fit| Told::main(fit, w)),
        every_reason: fit.as_ref().map_or_else(Vec::new, |fit| Told::all(fit, w)),
        agreement: html(&text),
        agreement_digest: digest(&text),
        moments,
        papers,
        room: if seat.door == Door::Own && pair.state.has_room() {
            Some(app.store.unseen(&pair.id, &seat.person).await?)
        } else {
            None
        },
        rests: (said_no && resting.is_none()).then(|| suggested_rest(app)),
        resting: resting.map(|pause| w.day(pause.until)),
        meets: seat.door.meets() && meets(&pair.state),
        bookings: bookings.iter().filter(|row| row.booking.is_open()).map(planned).collect(),
        plan,
        earliest: earliest(app),
        today: app.today().to_string(),
        door: seat.door,
        companion: seat.companion,
        side: seat.side,
        path: seat.path,
        row: seat.row,
        other,
        question,
        contact,
        others,
        asked,
        fault,
        frame,
    };
    let status = if page.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, [("referrer-policy", "no-referrer")], Html(page.render()?)).into_response())
}

/// Does what a form asks for: an act on the pair, a question to the coordinator, or a mentor's rest.
async fn perform(app: &App, seat: &Seat, posted: &[(String, String)], w: Words) -> Result<(), Error> {
    let pair = &seat.row.pair;
    match line(posted, "act", 20).as_str() {
        // It would be told as the word of the one whom they join.
        "ask" | "help" if seat.companion => Err(Error::Faulty(Say::new("pairs-fault-act"))),
        "ask" | "help" => {
            let words = words(posted);
            if words.is_empty() {
                return Err(Error::Faulty(Say::new("mine-pair-no-words")));
            }
            if !app.spared(&format!("flag {}", pair.id), 10).await? {
                return Err(Error::Faulty(Say::new("mine-pair-too-often")));
            }
            let kind = if line(posted, "act", 20) == "help" { FlagKind::Help } else { FlagKind::Question };
            let within = app.store.everywhere();
            Ok(within.raise(&app.new_id(), &pair.id, seat.side, kind, &words, &[], &seat.stamp).await?)
        }
        "met" if seat.door.meets() && meets(&pair.state) => {
            let met = meeting(app, posted, &seat.row)?.ok_or_else(|| Error::Faulty(Say::new("pairs-fault-day")))?;
            Ok(app.store.everywhere().log_meeting(&pair.id, Some(seat.side), &met, &seat.stamp).await?)
        }
        _ if seat.door.meets() && meets(&pair.state) && is_new(posted) => {
            let about = (Occasion::Meeting, &pair.id, None);
            let act = bookings::Act::of(posted)?;
            app.book(app.store.everywhere(), about, seat.side.into(), &act, &seat.stamp).await.map(drop)
        }
        "rest" if seat.side == Side::Mentor && seat.row.cause == "pair-mentor-no" => {
            rest_until(app, &pair.mentor, &line(posted, "until", 20), &seat.stamp).await
        }
        _ => {
            let act = Act::of(posted, seat.side, w.language).map_err(Error::Faulty)?;
            // A companion takes part; what holds for the pair the two decide.
            if !seat.door.lets(&act) || seat.companion {
                return Err(Error::Faulty(Say::new("pairs-fault-act")));
            }
            // What is accepted is what was read.
            let read = line(posted, "agreement", 100);
            if matches!(act, Act::Agree(..)) && read != digest(&agreement(app, w.language).await?) {
                return Err(Error::Faulty(Say::new("mine-agreement-changed")));
            }
            // Each of these is a letter to the other one.
            if matches!(act, Act::Pause(_) | Act::Resume) && !app.spared(&format!("pause {}", pair.id), 4).await? {
                return Err(Error::Faulty(Say::new("mine-pair-too-often")));
            }
            app.act_on(app.store.everywhere(), pair, &act, words(posted), &seat.stamp).await.map(drop)
        }
    }
}

async fn done(app: &App, frame: Frame, seat: Seat, posted: &[(String, String)]) -> Answer {
    let w = frame.w;
    let asked = matches!(line(posted, "act", 20).as_str(), "ask" | "help");
    match perform(app, &seat, posted, w).await {
        Ok(()) if asked => Ok(Redirect::to(&format!("{}?asked=1", seat.path)).into_response()),
        Ok(()) => Ok(Redirect::to(&seat.path).into_response()),
        Err(Error::Refused(say)) => page(app, frame, again(app, seat).await?, false, Some(w.say(&say))).await,
        Err(Error::Faulty(say)) => page(app, frame, again(app, seat).await?, false, Some(w.page(&say))).await,
        Err(error) => Err(error),
    }
}

/// The same seat, at the pair as it is by now.
async fn again(app: &App, seat: Seat) -> Result<Seat, Error> {
    Ok(Seat { row: app.store.everywhere().pair(&seat.row.pair.id).await?, ..seat })
}

async fn own(app: &App, asked: &Asked, id: &str) -> Result<Seat, Error> {
    let id = identity(id)?;
    let all = app.store.own_pairs(&asked.visitor.session.account.email).await?;
    let found = all.into_iter().find(|own| own.row.pair.id == id && own.row.pair.is_told(own.side));
    let OwnPair { side, person, companion, row } = found.ok_or(Error::NotFound)?;
    let stamp = asked.stamp(app);
    Ok(Seat { side, person, companion, row, door: Door::Own, path: format!("/mine/pairs/{id}"), stamp })
}

/// Whether a question has just been sent.
#[derive(Deserialize)]
pub(in crate::web) struct Sent {
    asked: Option<String>,
}

/// One's own pair.
pub(in crate::web) async fn pair(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Query(Sent { asked: sent }): Query<Sent>,
) -> Answer {
    let seat = own(&app, &asked, &id).await?;
    page(&app, asked.frame(&app, "mine"), seat, sent.is_some(), None).await
}

/// Does something with one's own pair.
pub(in crate::web) async fn act(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let seat = own(&app, &asked, &id).await?;
    done(&app, asked.frame(&app, "mine"), seat, &posted).await
}

/// What a link is about.
pub(super) struct Linked {
    pub(super) row: PairRow,
    pub(super) side: Side,
    /// Who has come by it: one of the two, or a companion.
    pub(super) person: Id,
    pub(super) companion: bool,
    /// What else the subject says.
    pub(super) more: Vec<String>,
}

/// The pair and side that a link is about: for as long as the address is still that of the person.
pub(super) async fn by_link(app: &App, secret: &str, purpose: &'static str) -> Result<Linked, Error> {
    let link = app.store.link(&digest(secret), purpose, app.now()).await?.ok_or(Error::Ended)?;
    let mut parts = link.subject.split(' ').map(str::to_owned);
    let pair = parts.next().ok_or(Error::Ended)?;
    let side = parts.next().and_then(|side| Side::from_code(&side)).ok_or(Error::Ended)?;
    let everywhere = app.store.everywhere();
    let row = everywhere.pair(&identity(&pair)?).await?;
    let (_, both) = everywhere.pair_and_parties(&row.pair.id).await.map_err(|_| Error::Ended)?;
    let same = |email: &str| email.trim().to_lowercase() == link.email.trim().to_lowercase();
    let more = parts.collect();
    if same(both.on(side).1) {
        let person = row.pair.on(side).clone();
        return Ok(Linked { row, side, person, companion: false, more });
    }
    let found = both.companions.into_iter().find(|it| it.side == side && same(&it.email)).ok_or(Error::Ended)?;
    Ok(Linked { row, side, person: found.person, companion: true, more })
}

/// The seat that a link leads to.
async fn linked(app: &App, secret: &str, door: Door) -> Result<Seat, Error> {
    let Linked { row, side, person, companion, .. } = by_link(app, secret, door.purpose()).await?;
    // What the two answer for themselves nobody answers for them.
    if companion && door != Door::Meet {
        return Err(Error::Ended);
    }
    let path = format!("/{}/{secret}", door.purpose());
    Ok(Seat { side, person, companion, row, door, path, stamp: Stamp::program("link", app.now()) })
}

/// Shows a proposal; looking answers nothing.
pub(in crate::web) async fn ask_answer(
    State(app): State<Arc<App>>,
    open: Open,
    Path(secret): Path<String>,
    Query(Sent { asked: sent }): Query<Sent>,
) -> Answer {
    let seat = linked(&app, &secret, Door::Answer).await?;
    page(&app, open.frame(&app, ""), seat, sent.is_some(), None).await
}

/// Takes the answer.
pub(in crate::web) async fn answer(
    State(app): State<Arc<App>>,
    open: Open,
    Path(secret): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let seat = linked(&app, &secret, Door::Answer).await?;
    done(&app, open.frame(&app, ""), seat, &posted).await
}

/// Shows the agreement.
pub(in crate::web) async fn ask_agreement(
    State(app): State<Arc<App>>,
    open: Open,
    Path(secret): Path<String>,
    Query(Sent { asked: sent }): Query<Sent>,
) -> Answer {
    let seat = linked(&app, &secret, Door::Agreement).await?;
    page(&app, open.frame(&app, ""), seat, sent.is_some(), None).await
}

/// Takes the acceptance of the agreement.
pub(in crate::web) async fn agree(
    State(app): State<Arc<App>>,
    open: Open,
    Path(secret): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let seat = linked(&app, &secret, Door::Agreement).await?;
    done(&app, open.frame(&app, ""), seat, &posted).await
}

/// Shows when the two meet, and lets them agree on the next time.
pub(in crate::web) async fn ask_meet(
    State(app): State<Arc<App>>,
    open: Open,
    Path(secret): Path<String>,
    Query(Sent { asked: sent }): Query<Sent>,
) -> Answer {
    let seat = linked(&app, &secret, Door::Meet).await?;
    page(&app, open.frame(&app, ""), seat, sent.is_some(), None).await
}

/// Agrees on a time, or tells of a meeting.
pub(in crate::web) async fn meet(
    State(app): State<Arc<App>>,
    open: Open,
    Path(secret): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let seat = linked(&app, &secret, Door::Meet).await?;
    done(&app, open.frame(&app, ""), seat, &posted).await
}
