//! The interest form: one group of questions a page, saved as it is filled in, continued anywhere.

mod form;
mod groups;
mod status;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect};
use axum_extra::extract::CookieJar;
use jiff::SignedDuration;
use mentoring::{ApplicationState, Condition, Id, Part};
use store::{Application, NewLink, Stamp};

use super::door::safe_cookie;
use super::network::Network;
use super::state::{Frame, Open};
use super::{Answer, App, Error, identity};
use crate::record::{Lists, Record, Role};
use crate::secret::{digest, secret};
use groups::groups;

pub(super) use form::{check, complete, group, in_words, programme, save, send};
pub(super) use groups::Group;
pub(super) use status::{ask_resume, ask_withdraw, ball, resume, status, withdraw};

/// Cookie of a browser in which an application is being written.
const COOKIE: &str = "application";
/// What the link is for that stands behind the cookie.
const DRAFT: &str = "draft";
/// So long a browser can go on with an application.
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);
/// So many applications a network can begin in an hour.
const PER_NETWORK: i64 = 60;

/// The role that a part of the programme has in records.
pub(super) fn role(part: Part) -> Role {
    match part {
        Part::Mentee => Role::Mentees,
        Part::Mentor => Role::Mentors,
    }
}

/// The answers as a record of the fields that there are.
pub(super) fn record(application: &Application) -> Record {
    let fields = role(application.part).fields().iter();
    fields.filter_map(|field| Some((field.code, application.answers.get(field.code)?.clone()))).collect()
}

/// The question that conditions are answers to.
pub(super) const CONDITIONS: &str = "conditions";

/// What the applicant is asked to say of themselves.
pub(super) fn conditions(application: &Application, lists: &Lists) -> Vec<Condition> {
    let chosen = lists.programmes.iter().find(|programme| programme.code == application.answer("programme"));
    Condition::asked(application.part, chosen)
}

/// Whether a condition has been ticked.
pub(super) fn ticked(application: &Application, condition: Condition) -> bool {
    application.answers.get(CONDITIONS).is_some_and(|codes| codes.iter().any(|code| code == condition.code()))
}

async fn lists(app: &App) -> Result<Lists, Error> {
    Ok(Lists {
        organisations: app.store.organisations().await?,
        programmes: app.store.programmes().await?,
        today: app.today(),
    })
}

/// The application, if it is of whoever asks: written in this browser, or by the address signed in.
async fn own(app: &App, open: &Open, jar: &CookieJar, id: &str) -> Result<Application, Error> {
    let id = identity(id)?;
    if let Some(cookie) = jar.get(COOKIE) {
        let link = app.store.link(&digest(cookie.value()), DRAFT, app.now()).await?;
        if link.as_ref().is_some_and(|link| link.subject == id.as_str()) {
            return Ok(app.store.application(&id).await?);
        }
        if link.is_none() && open.visitor.is_none() {
            return Err(Error::Faulty(mentoring::Say::new("apply-elsewhere")));
        }
    }
    let Some(visitor) = &open.visitor else { return Err(Error::Door) };
    let found = app.store.application(&id).await?;
    let email = &visitor.session.account.email;
    if found.answer("email").trim().to_lowercase() == *email { Ok(found) } else { Err(Error::NotFound) }
}

/// The form of a part that has been begun in this browser and not been sent.
async fn begun(app: &App, jar: &CookieJar, part: Part) -> Result<Option<Id>, Error> {
    let Some(cookie) = jar.get(COOKIE) else { return Ok(None) };
    let Some(link) = app.store.link(&digest(cookie.value()), DRAFT, app.now()).await? else { return Ok(None) };
    let Some(id) = Id::parse(&link.subject) else { return Ok(None) };
    match app.store.application(&id).await {
        Ok(known) => Ok((known.part == part && known.state == ApplicationState::Draft).then_some(id)),
        Err(store::Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Lets this browser go on with an application.
async fn remember(app: &App, id: &Id) -> Result<CookieJar, Error> {
    let (cookie, now) = (secret(app.chance), app.now());
    let ends_at = now.saturating_add(KEPT).unwrap_or(now);
    let link =
        NewLink { secret: digest(&cookie), purpose: DRAFT, subject: id.to_string(), ends_at, ..NewLink::default() };
    app.store.make_link(&link, now).await?;
    let mut cookie = safe_cookie(app, COOKIE, cookie);
    cookie.make_permanent();
    Ok(CookieJar::new().add(cookie))
}

fn stamp(app: &App, application: &Application) -> Stamp {
    Stamp::program(application.answer("name"), app.now())
}

#[derive(Template)]
#[template(path = "apply/start.html")]
struct Start {
    frame: Frame,
    part: Part,
    steps: Vec<String>,
    /// A form of this part that has been begun in this browser.
    begun: Option<Id>,
}

/// Says what is asked and what happens then.
pub(super) async fn start(State(app): State<Arc<App>>, open: Open, jar: CookieJar, Path(part): Path<String>) -> Answer {
    let part = Part::from_code(&part).ok_or(Error::NotFound)?;
    let begun = begun(&app, &jar, part).await?;
    let steps = groups(part).iter().map(|group| open.w.t(group.title)).collect();
    Ok(Html(Start { frame: open.frame(&app, "apply"), part, steps, begun }.render()?).into_response())
}

/// Begins an application.
pub(super) async fn begin(
    State(app): State<Arc<App>>,
    open: Open,
    network: Network,
    Path(part): Path<String>,
) -> Answer {
    let part = Part::from_code(&part).ok_or(Error::NotFound)?;
    if !app.spared(&format!("apply from {}", network.0), PER_NETWORK).await? {
        return Err(Error::Faulty(mentoring::Say::new("apply-too-many")));
    }
    let id = app.new_id();
    app.store.begin_application(&id, part, open.w.language, &Stamp::program("", app.now())).await?;
    let first = groups(part)[0].code;
    Ok((remember(&app, &id).await?, Redirect::to(&format!("/application/{id}/{first}"))).into_response())
}
