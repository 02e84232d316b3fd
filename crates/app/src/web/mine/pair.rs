//! A pair as one of the two sees it: the question to answer, the agreement, how to reach each other, a break.

mod page;

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect};
use mentoring::{FlagKind, Id, Occasion, PairState, Say, Side};
use serde::Deserialize;
use store::{OwnPair, PairRow, Raised, Stamp};

use super::follow_up::{is_answered, meeting};
use super::rest_until;
use crate::mail::{AGREEMENT, ANSWER, FOLLOW_UP, MEET};
use crate::secret::digest;
use crate::web::bookings::{self, is_new};
use crate::web::pairs::{Act, agreement, words};
use crate::web::programmes::line;
use crate::web::state::{Asked, Frame, Open};
use crate::web::{Answer, App, Error, Words, identity};

use page::page;
pub(super) use page::{Contact, ball};

/// What somebody may see and do here: all of their own, or what a link in a mail is for and what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
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
}

impl Door {
    fn purpose(self) -> &'static str {
        match self {
            Self::Agreement => AGREEMENT,
            Self::Meet => MEET,
            Self::FollowUp => FOLLOW_UP,
            Self::Own | Self::Answer => ANSWER,
        }
    }

    /// Where a link leads.
    fn path(self, secret: &str) -> String {
        let purpose = self.purpose();
        if self == Self::FollowUp { format!("/{purpose}/{secret}/meet") } else { format!("/{purpose}/{secret}") }
    }

    /// Whether it shows how to reach the other one, and what is booked and has been: the links of the first letters,
    /// which are old by then, only until the pair has begun.
    fn shows(self, state: &PairState) -> bool {
        match self {
            Self::Answer | Self::Agreement => matches!(state, PairState::Agreeing { .. }),
            _ => true,
        }
    }

    fn lets(self, act: &Act) -> bool {
        match act {
            Act::Yes(_) | Act::No(..) => matches!(self, Self::Own | Self::Answer),
            Act::Agree(..) => matches!(self, Self::Own | Self::Answer | Self::Agreement),
            Act::Pause(_) | Act::Resume => self == Self::Own,
            _ => false,
        }
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
        Err(error) => {
            let fault = error.beside_form(w)?;
            page(app, frame, again(app, seat).await?, false, Some(fault)).await
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

/// Shows when the two meet next, to somebody who has answered a follow-up.
pub(in crate::web) async fn ask_next(
    State(app): State<Arc<App>>,
    open: Open,
    Path(secret): Path<String>,
    Query(Sent { asked: sent }): Query<Sent>,
) -> Answer {
    let seat = linked(&app, &secret, Door::FollowUp).await?;
    page(&app, open.frame(&app, ""), seat, sent.is_some(), None).await
}

/// Agrees on the next time, from a follow-up.
pub(in crate::web) async fn next(
    State(app): State<Arc<App>>,
    open: Open,
    Path(secret): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let seat = linked(&app, &secret, Door::FollowUp).await?;
    done(&app, open.frame(&app, ""), seat, &posted).await
}
