//! Calendars: one booking as a file, and everything of one's own as an address to subscribe to.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use jiff::{SignedDuration, Timestamp};
use mentoring::{Booking, BookingState, Outcome};
use store::OwnBooking;

use super::{Chair, by_link, own};
use crate::calendar::{Entry, feed as file};
use crate::secret::{digest, secret};
use crate::web::programmes::line;
use crate::web::state::{Asked, Frame};
use crate::web::{Answer, App, Error, Words};

/// So long a booking that has been stays in the calendar.
const KEPT: SignedDuration = SignedDuration::from_hours(180 * 24);

fn calendar(text: String) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (headers, text).into_response()
}

async fn one(app: &App, chair: Chair, w: Words) -> Answer {
    let table = app.table(chair.row.occasion, &chair.row.subject, chair.row.host.as_ref()).await?;
    let entry = table.entry(&chair.row.booking, chair.seat).ok_or(Error::NotFound)?;
    Ok(calendar(file(&[entry], app.settings.host(), w)))
}

/// A booking as a file, by the link of a letter.
pub(in crate::web) async fn linked_file(State(app): State<Arc<App>>, w: Words, Path(secret): Path<String>) -> Answer {
    one(&app, by_link(&app, &secret).await?, w).await
}

/// A booking of one's own as a file.
pub(in crate::web) async fn own_file(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    one(&app, own(&app, &asked, &id).await?, asked.w).await
}

/// Whether a booking stands in one's calendar: a time that is agreed on, not called off, and not long ago.
fn stands(booking: &Booking, since: Timestamp) -> bool {
    let holds = match booking.state {
        BookingState::Over { how, .. } => how == Outcome::Held || how == Outcome::Untold,
        _ => true,
    };
    holds && booking.at().is_some_and(|at| at >= since)
}

/// Everything of one's own, for calendars that subscribe to it.
pub(in crate::web) async fn feed(State(app): State<Arc<App>>, w: Words, Path(name): Path<String>) -> Answer {
    let secret = name.strip_suffix(".ics").ok_or(Error::NotFound)?;
    let email = app.store.feed(&digest(secret)).await?.ok_or(Error::NotFound)?;
    let since = app.now().saturating_sub(KEPT).unwrap_or_default();
    let mut entries: Vec<Entry> = Vec::new();
    for OwnBooking { seat, row, .. } in app.store.own_bookings(&email).await? {
        if !stands(&row.booking, since) {
            continue;
        }
        match app.table(row.occasion, &row.subject, row.host.as_ref()).await {
            Ok(table) => entries.extend(table.entry(&row.booking, seat)),
            // Whoever was met has been erased since.
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    entries.sort_by_key(|entry| (entry.starts, entry.id.clone()));
    let language = app.store.account_by_email(&email).await?.map_or(w.language, |account| account.language);
    Ok(calendar(file(&entries, app.settings.host(), Words { language })))
}

#[derive(Template)]
#[template(path = "bookings/feed.html")]
struct Page {
    frame: Frame,
    address: String,
    /// The same for programs that are to subscribe at a click.
    webcal: String,
}

/// Makes an address to subscribe to, which is shown this once; or takes it away.
pub(in crate::web) async fn make_feed(
    State(app): State<Arc<App>>,
    asked: Asked,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let session = &asked.visitor.session;
    // Whoever interviews has applicants' names there.
    if !session.appointments.is_empty() && !session.way.is_strong() {
        return Err(Error::Weak);
    }
    if line(&posted, "act", 10) == "drop" {
        app.store.drop_feed(asked.account(), &asked.stamp(&app)).await?;
        return Ok(Redirect::to("/mine").into_response());
    }
    let secret = secret(app.chance);
    app.store.make_feed(asked.account(), &digest(&secret), &asked.stamp(&app)).await?;
    let address = format!("{}/calendar/{secret}.ics", app.settings.url);
    let webcal = address.split_once("://").map_or_else(String::new, |(_, rest)| format!("webcal://{rest}"));
    Ok(Html(Page { frame: asked.frame(&app, "mine"), address, webcal }.render()?).into_response())
}
