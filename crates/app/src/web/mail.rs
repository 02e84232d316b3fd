//! Mail: everything sent, and what became of it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use mentoring::Right;
use serde::Deserialize;
use store::MailRow;

use super::people::{FURTHEST, Pager, lenient, query};
use super::state::{Asked, Frame};
use super::{Answer, App, Words, identity};

const SIZE: usize = 50;

/// States that a mail can be in, with the text for each.
const STATES: [(&str, &str); 7] = [
    ("queued", "mail-queued"),
    ("attempting", "mail-attempting"),
    ("sent", "mail-sent"),
    ("refused", "mail-refused"),
    ("expired", "mail-expired"),
    ("dropped", "mail-dropped"),
    ("unknown", "mail-unknown"),
];

fn state_text(state: &str, w: Words) -> String {
    STATES.iter().find(|known| known.0 == state).map_or_else(|| state.to_owned(), |known| w.t(known.1))
}

#[derive(Deserialize, Default)]
pub(super) struct Wanted {
    #[serde(default)]
    state: String,
    #[serde(default, deserialize_with = "lenient")]
    page: usize,
}

#[derive(Template)]
#[template(path = "mail/list.html")]
struct List {
    frame: Frame,
    mails: Vec<MailRow>,
    total: usize,
    wanted: Wanted,
    pager: Pager,
}

impl List {
    fn state(&self, mail: &MailRow) -> String {
        state_text(&mail.state, self.frame.w)
    }
}

/// Whether the visitor may see mails about appointments: whoever may see staff.
fn staff(asked: &Asked) -> bool {
    asked.visitor.may(Right::SeeStaff)
}

/// The list of mails, newest first.
pub(super) async fn list(State(app): State<Arc<App>>, asked: Asked, Query(wanted): Query<Wanted>) -> Answer {
    let (mails, total) = asked.within().mails(&wanted.state, staff(&asked), wanted.page.min(FURTHEST), SIZE).await?;
    let pager = Pager::new(total, SIZE, wanted.page, format!("/mail?{}", query(&[("state", &wanted.state)])));
    Ok(Html(List { frame: asked.frame(&app, "mail"), mails, total, wanted, pager }.render()?).into_response())
}

#[derive(Template)]
#[template(path = "mail/mail.html")]
struct Page {
    frame: Frame,
    mail: MailRow,
    state: String,
    /// The text, cut where an address begins or ends: the flag says which parts are addresses.
    parts: Vec<(bool, String)>,
}

/// One mail.
pub(super) async fn mail(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let mail = asked.within().mail(&identity(&id)?, staff(&asked)).await?;
    let state = state_text(&mail.state, asked.w);
    let parts = if app.demo() { parts(&mail.body, &app.settings.url) } else { vec![(false, mail.body.clone())] };
    Ok(Html(Page { frame: asked.frame(&app, "mail"), mail, state, parts }.render()?).into_response())
}

/// A text with our own addresses apart, so that in the demo they can be followed.
fn parts(text: &str, url: &str) -> Vec<(bool, String)> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(url).filter(|_| !url.is_empty()) {
        let end = rest[at..].find(char::is_whitespace).map_or(rest.len(), |length| at + length);
        parts.push((false, rest[..at].to_owned()));
        parts.push((true, rest[at + url.len()..end].to_owned()));
        rest = &rest[end..];
    }
    parts.push((false, rest.to_owned()));
    parts
}
