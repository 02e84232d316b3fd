//! A booking as one of the two sees it: times to choose from, what is agreed on, and whether it took place.

mod act;
mod feed;

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use jiff::Timestamp;
use mentoring::{Booking, BookingState, Id, MeetingForm, Occasion, Outcome, Pair, Plan, Say, Seat, Side};
use serde::Deserialize;
use store::{BookingRow, Stamp};

use super::state::{Asked, Frame, Open};
use super::{Answer, App, Error, Words, identity};
use crate::mail::{BOOKING, Party};
use crate::secret::digest;

pub(super) use act::{Act, Draft, is_new};
pub(super) use feed::{feed, linked_file, make_feed, own_file};

/// One of the two, at a booking.
struct Chair {
    seat: Seat,
    /// Whether it is somebody who takes part besides the two.
    companion: bool,
    row: BookingRow,
    /// Where the forms go.
    path: String,
    stamp: Stamp,
}

#[derive(Template)]
#[template(path = "bookings/booking.html")]
struct Page {
    frame: Frame,
    title: String,
    id: Id,
    path: String,
    /// Where it stands, and who has the ball.
    lead: String,
    /// The times to choose from, each as it is sent back and in words.
    times: Vec<(String, String)>,
    /// The times that one has proposed oneself.
    proposed: Vec<String>,
    /// What is agreed on, in words.
    booked: Option<String>,
    place: Where,
    plan: Plan,
    /// What a form for other times begins with, and whether it is to be mended.
    draft: Draft,
    mends: bool,
    other: String,
    /// The other one's number, while there is something to call about.
    phone: String,
    /// Where the agreement is, once the two have met and one has not accepted it.
    agreement: Option<String>,
    /// Whether it is said not to have taken place, or nobody has said, and one can say that it did.
    corrects: bool,
    /// The first moment that can be proposed, for a form.
    earliest: String,
    offers: Offer,
    /// Whether something has just been sent.
    asked: bool,
    fault: Option<String>,
}

/// What can be done here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Offer {
    /// Choosing, changing and calling off.
    Change,
    /// Saying whether it took place.
    Tell,
    /// Booking another.
    Next,
    /// Nothing.
    Nothing,
}

/// How and where, in words; with an address if it is a page.
pub(super) struct Where {
    pub(super) form: String,
    pub(super) place: String,
    pub(super) link: bool,
}

impl Where {
    pub(super) fn of(plan: &Plan, w: Words) -> Self {
        let link = plan.place.starts_with("https://");
        Self { form: w.label(plan.form.names()), place: plan.place.clone(), link }
    }
}

/// What a booking is, in words.
pub(super) fn title(occasion: Occasion, other: &str, w: Words) -> String {
    w.x(if occasion == Occasion::Meeting { "booking-title-meeting" } else { "booking-title-interview" }, other)
}

/// Where a booking stands, to one of the two.
pub(super) fn lead(booking: &Booking, seat: Seat, other: &str, now: Timestamp, w: Words) -> String {
    let stretch = |at: Timestamp| w.stretch(at, booking.plan.minutes);
    let said = |key| w.page(&Say::new(key).with("x", other));
    match &booking.state {
        BookingState::Asked { by, booked, .. } => said(match (*by == seat, booked.is_some()) {
            (true, true) => "booking-moving-own",
            (true, false) => "booking-waits",
            (false, true) => "booking-moving",
            (false, false) => "booking-asks",
        }),
        BookingState::Booked { at, .. } if *at <= now => w.x("booking-was", stretch(*at)),
        BookingState::Booked { at, .. } => w.x("booking-is", stretch(*at)),
        BookingState::Over { how, at } => match (how, at) {
            (Outcome::Held, Some(at)) => w.x("booking-held", stretch(*at)),
            (Outcome::Missed, Some(at)) => w.x("booking-missed", stretch(*at)),
            (Outcome::Untold, Some(at)) => w.x("booking-untold", stretch(*at)),
            (Outcome::Cancelled, _) => w.t("booking-cancelled"),
            (Outcome::Refused, _) => w.t("booking-refused"),
            _ => w.t("booking-lapsed"),
        },
    }
}

/// The times that are proposed, in words; none if none are.
pub(super) fn proposed(booking: &Booking, w: Words) -> Vec<String> {
    match &booking.state {
        BookingState::Asked { times, plan, .. } => times.iter().map(|time| w.stretch(*time, plan.minutes)).collect(),
        _ => Vec::new(),
    }
}

/// The first moment that a form offers.
pub(super) fn earliest(app: &App) -> String {
    crate::clock::there(app.now()).strftime("%Y-%m-%dT%H:00").to_string()
}

async fn page(
    app: &App,
    frame: Frame,
    chair: Chair,
    asked: bool,
    (written, fault): (Option<Draft>, Option<String>),
) -> Answer {
    let w = frame.w;
    let Chair { seat, companion, row, path, .. } = chair;
    let table = app.table(row.occasion, &row.subject, row.host.as_ref()).await?;
    let (other, phone) = (table.at(seat.other()).name.clone(), table.at(seat.other()).phone.clone());
    let booking = &row.booking;
    let (times, plan) = match &booking.state {
        BookingState::Asked { times, plan, .. } => (times.clone(), plan.clone()),
        _ => (Vec::new(), booking.plan.clone()),
    };
    let begun = booking.has_begun(app.now());
    let pair = match row.occasion {
        Occasion::Meeting => Some(app.store.everywhere().pair(&row.subject).await?.pair),
        Occasion::Interview => None,
    };
    let goes_on = pair.as_ref().is_some_and(Pair::is_open);
    let offers = match booking.is_open() {
        true if !begun => Offer::Change,
        true if row.occasion == Occasion::Meeting => Offer::Tell,
        false if goes_on => Offer::Next,
        _ => Offer::Nothing,
    };
    let agrees = pair.as_ref().is_some_and(|pair| pair.state.to_agree().contains(&seat.side()));
    let own = path.starts_with("/mine/");
    let agreement = if own { format!("/mine/pairs/{}", row.subject) } else { format!("{path}/agreement") };
    let agreement = (agrees && !companion && booking.code() == "held").then_some(agreement);
    let chooses = booking.chooses() == Some(seat);
    let in_words = |time: &Timestamp| (time.to_string(), w.stretch(*time, plan.minutes));
    let page = Page {
        id: booking.id.clone(),
        title: title(row.occasion, &other, w),
        lead: lead(booking, seat, &other, app.now(), w),
        proposed: if chooses { Vec::new() } else { proposed(booking, w) },
        times: times.iter().filter(|time| chooses && **time > app.now()).map(in_words).collect(),
        booked: booking.at().filter(|_| booking.is_open()).map(|at| w.stretch(at, booking.plan.minutes)),
        place: Where::of(&plan, w),
        earliest: earliest(app),
        corrects: matches!(booking.code(), "missed" | "untold"),
        mends: written.is_some(),
        draft: written.unwrap_or_else(|| Draft::from(&plan)),
        agreement,
        phone,
        other,
        offers,
        plan,
        path,
        asked,
        fault,
        frame,
    };
    let status = if page.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, [("referrer-policy", "no-referrer")], Html(page.render()?)).into_response())
}

async fn perform(app: &App, chair: &Chair, posted: &[(String, String)]) -> Result<bool, Error> {
    let act = Act::of(posted)?;
    let (row, everywhere) = (&chair.row, app.store.everywhere());
    let next = matches!(act, Act::Propose(..) | Act::Agreed(..)) && !row.booking.is_open();
    if next {
        let open = row.occasion == Occasion::Meeting && everywhere.pair(&row.subject).await?.pair.is_open();
        if !open {
            return Err(Error::Faulty(Say::new("booking-no-next")));
        }
        let about = (row.occasion, &row.subject, None);
        app.book(everywhere, about, chair.seat, &act, &chair.stamp).await?;
    } else {
        app.act_on_booking(everywhere, row, chair.seat, &act, &chair.stamp).await?;
    }
    Ok(next)
}

async fn done(app: &App, frame: Frame, chair: Chair, posted: &[(String, String)]) -> Answer {
    let w = frame.w;
    let fault = match perform(app, &chair, posted).await {
        Ok(next) => {
            let asked = if next { "?asked=1" } else { "" };
            return Ok(Redirect::to(&format!("{}{asked}", chair.path)).into_response());
        }
        Err(error) => error.beside_form(w)?,
    };
    let row = app.store.everywhere().booking(&chair.row.booking.id).await?;
    page(app, frame, Chair { row, ..chair }, false, (Draft::of(posted), Some(fault))).await
}

/// The chair that a link leads to, for as long as the address is still that of the person.
async fn by_link(app: &App, secret: &str) -> Result<Chair, Error> {
    let link = app.store.link(&digest(secret), BOOKING, app.now()).await?.ok_or(Error::Ended)?;
    let (id, seat) = link.subject.split_once(' ').ok_or(Error::Ended)?;
    let seat = Seat::from_code(seat).ok_or(Error::Ended)?;
    let row = app.store.everywhere().booking(&identity(id)?).await.map_err(|_| Error::Ended)?;
    let table = app.table(row.occasion, &row.subject, row.host.as_ref()).await.map_err(|_| Error::Ended)?;
    let same = |party: &Party| party.email.trim().to_lowercase() == link.email.trim().to_lowercase();
    let main = same(table.at(seat));
    if !main && !table.more.iter().any(|(at, party)| *at == seat && same(party)) {
        return Err(Error::Ended);
    }
    Ok(Chair {
        seat,
        companion: !main,
        row,
        path: format!("/booking/{secret}"),
        stamp: Stamp::program("link", app.now()),
    })
}

/// The side of whoever has come by the link of a meeting, and the pair: only once it is told to have taken place, and
/// for one of the two.
pub(super) async fn met_by(app: &App, secret: &str) -> Result<(Side, Id), Error> {
    let Chair { seat, companion, row, .. } = by_link(app, secret).await?;
    if companion || row.occasion != Occasion::Meeting || row.booking.code() != "held" {
        return Err(Error::Ended);
    }
    Ok((seat.side(), row.subject))
}

async fn own(app: &App, asked: &Asked, id: &str) -> Result<Chair, Error> {
    let id = identity(id)?;
    let all = app.store.own_bookings(&asked.visitor.session.account.email).await?;
    let found = all.into_iter().find(|it| it.row.booking.id == id && !it.is_interviewer()).ok_or(Error::NotFound)?;
    Ok(Chair {
        seat: found.seat,
        companion: found.companion,
        row: found.row,
        path: format!("/mine/bookings/{id}"),
        stamp: asked.stamp(app),
    })
}

/// Whether something has just been sent.
#[derive(Deserialize)]
pub(super) struct Sent {
    asked: Option<String>,
}

/// Shows a booking by the link of a letter; looking does nothing.
pub(super) async fn linked(
    State(app): State<Arc<App>>,
    open: Open,
    Path(secret): Path<String>,
    Query(Sent { asked }): Query<Sent>,
) -> Answer {
    let chair = by_link(&app, &secret).await?;
    page(&app, open.frame(&app, ""), chair, asked.is_some(), (None, None)).await
}

/// Does something with a booking by the link of a letter.
pub(super) async fn act_linked(
    State(app): State<Arc<App>>,
    open: Open,
    Path(secret): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let chair = by_link(&app, &secret).await?;
    done(&app, open.frame(&app, ""), chair, &posted).await
}

/// A booking of one's own.
pub(super) async fn booking(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Query(Sent { asked: sent }): Query<Sent>,
) -> Answer {
    let chair = own(&app, &asked, &id).await?;
    page(&app, asked.frame(&app, "mine"), chair, sent.is_some(), (None, None)).await
}

/// Does something with a booking of one's own.
pub(super) async fn act(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let chair = own(&app, &asked, &id).await?;
    done(&app, asked.frame(&app, "mine"), chair, &posted).await
}
