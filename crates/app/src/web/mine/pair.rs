//! A pair as one of the two sees it: the question to answer, the agreement, how to reach each other, a break.

mod page;

use std::sync::Arc;

use axum::Form;
use axum::extract::{FromRequestParts, MatchedPath, Path, Query, State};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect};
use mentoring::{EndReason, FlagKind, Id, Occasion, PairState, Say, Side};
use serde::Deserialize;
use store::{OwnPair, PairRow, Raised, Stamp};

use super::follow_up::{is_answered, meeting};
use super::rest_until;
use crate::mail::{AGREEMENT, ANSWER, BOOKING, FOLLOW_UP, MEET};
use crate::secret::digest;
use crate::web::bookings::{self, Draft, is_new};
use crate::web::pairs::{Act, agreement, words};
use crate::web::programmes::line;
use crate::web::state::{Asked, Frame, Open};
use crate::web::{Answer, App, Error, Words, identity};

use page::page;
pub(super) use page::{Contact, ball};

/// What somebody may see and do here: all of their own, or what a link in a mail is for and what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Door {
    /// Signed in.
    Own,
    /// By the link of a proposal: when both have said yes the agreement follows.
    Answer,
    /// By the link of the agreement.
    Agreement,
    /// By a link to agree on a time, or to tell of a meeting.
    Meet,
    /// By the link of a follow-up, once it is answered: the next time follows.
    FollowUp,
    /// By the link of a meeting: the agreement follows.
    Booking,
}

impl Door {
    fn purpose(self) -> &'static str {
        match self {
            Self::Agreement => AGREEMENT,
            Self::Meet => MEET,
            Self::FollowUp => FOLLOW_UP,
            Self::Booking => BOOKING,
            Self::Own | Self::Answer => ANSWER,
        }
    }

    /// Where a link leads.
    fn path(self, secret: &str) -> String {
        let purpose = self.purpose();
        match self {
            Self::FollowUp => format!("/{purpose}/{secret}/meet"),
            Self::Booking => format!("/{purpose}/{secret}/agreement"),
            _ => format!("/{purpose}/{secret}"),
        }
    }

    /// Whether it shows how to reach the other one, and what is booked and has been: the links of the first letters,
    /// which are old by then, only until the pair has begun.
    fn shows(self, state: &PairState) -> bool {
        match self {
            Self::Answer | Self::Agreement | Self::Booking => matches!(state, PairState::Agreeing { .. }),
            _ => true,
        }
    }

    fn lets(self, act: &Act) -> bool {
        match act {
            Act::Yes(_) | Act::No(..) => matches!(self, Self::Own | Self::Answer),
            Act::Agree(..) => matches!(self, Self::Own | Self::Answer | Self::Agreement | Self::Booking),
            Act::Pause(_) | Act::End(_) => self == Self::Own,
            Act::Resume => matches!(self, Self::Own | Self::Meet),
            _ => false,
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Door {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let route = parts.extensions.get::<MatchedPath>().map_or("", |route| route.as_str());
        let all = [Self::Answer, Self::Agreement, Self::Meet, Self::FollowUp, Self::Booking];
        all.into_iter().find(|door| door.path("{secret}") == route).ok_or(Error::NotFound)
    }
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

/// Whether the two can meet: both have said yes, and it is not over.
fn meets(state: &PairState) -> bool {
    matches!(state, PairState::Agreeing { .. } | PairState::Active { .. } | PairState::Paused { .. })
}

/// The end of a pair by one of the two, with the reason they give; nobody has to give one.
fn end(reason: &str) -> Result<Act, Error> {
    let reason = if reason.is_empty() { Some(EndReason::Untold) } else { EndReason::from_code(reason) };
    let reason = reason.filter(|reason| EndReason::OF_THE_TWO.contains(reason));
    reason.map(Act::End).ok_or_else(|| Error::Faulty(Say::new("pairs-fault-reason")))
}

/// Does what a form asks for: an act on the pair, a question to the coordinator, or a mentor's rest.
async fn perform(app: &App, seat: &Seat, posted: &[(String, String)], w: Words) -> Result<(), Error> {
    let pair = &seat.row.pair;
    match line(posted, "act", 20).as_str() {
        "ask" | "help" => {
            let words = words(posted);
            if words.is_empty() {
                return Err(Error::Faulty(Say::new("mine-pair-no-words")));
            }
            if !app.spared(&format!("flag {}", pair.id), 10).await? {
                return Err(Error::Faulty(Say::new("mine-pair-too-often")));
            }
            let kind = if line(posted, "act", 20) == "help" { FlagKind::Help } else { FlagKind::Question };
            let by = Raised { side: seat.side, person: &seat.person, kind, words: &words };
            Ok(app.store.everywhere().raise(&app.new_id(), &pair.id, &by, &seat.stamp).await?)
        }
        "met" if meets(&pair.state) => {
            let met = meeting(app, posted, &seat.row)?.ok_or_else(|| Error::Faulty(Say::new("pairs-fault-day")))?;
            Ok(app.store.everywhere().log_meeting(&pair.id, Some(seat.side), &met, &seat.stamp).await?)
        }
        _ if meets(&pair.state) && is_new(posted) => {
            let about = (Occasion::Meeting, &pair.id, None);
            let act = bookings::Act::of(posted)?;
            app.book(app.store.everywhere(), about, seat.side.into(), &act, &seat.stamp).await.map(drop)
        }
        "rest" if seat.side == Side::Mentor && seat.row.cause == "pair-mentor-no" => {
            rest_until(app, &pair.mentor, &line(posted, "until", 20), &seat.stamp).await
        }
        _ => {
            let act = match line(posted, "act", 20).as_str() {
                "end" => end(&line(posted, "reason", 20))?,
                _ => Act::of(posted, seat.side, w.language).map_err(Error::Faulty)?,
            };
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
            let by = (Some(seat.side), words(posted));
            app.act_on(app.store.everywhere(), pair, &act, by, &seat.stamp).await.map(drop)
        }
    }
}

/// What has just been asked for, to the page that follows.
#[derive(Default)]
struct After {
    /// Whether a question has just been sent.
    asked: bool,
    /// The booking that a form asked for and did not get.
    draft: Option<Draft>,
    fault: Option<String>,
}

async fn done(app: &App, frame: Frame, seat: Seat, posted: &[(String, String)]) -> Answer {
    let w = frame.w;
    let asked = matches!(line(posted, "act", 20).as_str(), "ask" | "help");
    match perform(app, &seat, posted, w).await {
        Ok(()) if asked => Ok(Redirect::to(&format!("{}?asked=1", seat.path)).into_response()),
        Ok(()) => Ok(Redirect::to(&seat.path).into_response()),
        Err(error) => {
            let fault = error.beside_form(w)?;
            let seat = again(app, seat).await?;
            page(app, frame, seat, After { draft: Draft::of(posted), fault: Some(fault), ..After::default() }).await
        }
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
    page(&app, asked.frame(&app, "mine"), seat, After { asked: sent.is_some(), ..After::default() }).await
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

/// The seat of whoever has come by the link of a meeting.
async fn by_booking(app: &App, secret: &str) -> Result<Seat, Error> {
    let (side, meeting) = bookings::met_by(app, secret).await?;
    let row = app.store.everywhere().pair(&meeting).await?;
    let (person, path) = (row.pair.on(side).clone(), Door::Booking.path(secret));
    let stamp = Stamp::program("link", app.now());
    Ok(Seat { side, person, companion: false, row, door: Door::Booking, path, stamp })
}

/// The seat that a link leads to.
async fn linked(app: &App, secret: &str, door: Door) -> Result<Seat, Error> {
    if door == Door::Booking {
        return by_booking(app, secret).await;
    }
    let Linked { row, side, person, companion, more } = by_link(app, secret, door.purpose()).await?;
    if door == Door::FollowUp && !is_answered(app, &row.pair.id, side, &more).await? {
        return Err(Error::Ended);
    }
    // What the two answer for themselves nobody answers for them.
    if companion && door != Door::Meet {
        return Err(Error::Ended);
    }
    let path = door.path(secret);
    Ok(Seat { side, person, companion, row, door, path, stamp: Stamp::program("link", app.now()) })
}

/// Shows a pair to whoever has come by a link; looking does nothing.
pub(in crate::web) async fn look(
    State(app): State<Arc<App>>,
    open: Open,
    door: Door,
    Path(secret): Path<String>,
    Query(Sent { asked: sent }): Query<Sent>,
) -> Answer {
    let seat = linked(&app, &secret, door).await?;
    page(&app, open.frame(&app, ""), seat, After { asked: sent.is_some(), ..After::default() }).await
}

/// Does something with a pair for whoever has come by a link: as far as the link goes.
pub(in crate::web) async fn act_linked(
    State(app): State<Arc<App>>,
    open: Open,
    door: Door,
    Path(secret): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let seat = linked(&app, &secret, door).await?;
    done(&app, open.frame(&app, ""), seat, &posted).await
}
