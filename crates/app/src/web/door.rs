//! The door: who is at the screen, how they prove it, and in which language.

mod demo;
mod invitation;
mod link;
mod passkey;
mod provider;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use jiff::SignedDuration;
use mentoring::{Language, Right};
use serde::Deserialize;
use store::{NewSession, Stamp, Way};

use super::error::safe_path;
use super::state::{Asked, Frame, LANGUAGE, Open};
use super::{Answer, App, Error, identity};
use crate::secret::{digest, secret};

pub(super) use demo::enter;
pub(super) use invitation::{found, invitation, setup};
pub(crate) use invitation::{invite, setup_link};
pub(super) use link::{ask, follow, sent, take, type_code};
pub(super) use passkey::{answer, challenge, drop_passkey, new_answer, new_challenge, passkey};
pub(super) use provider::{returned, start};

/// The menu of strangers: section, path, text.
pub(super) const PUBLIC: [(&str, &str, &str); 4] = [
    ("programme", "/programme", "frame-programme"),
    ("where", "/where", "frame-where"),
    ("apply-mentee", "/apply/mentee", "apply-mentee"),
    ("apply-mentor", "/apply/mentor", "apply-mentor"),
];

/// The menu: section, path, text, and the right that shows it; none is for whoever is signed in.
pub(super) const MENU: [(&str, &str, &str, Option<Right>); 13] = [
    ("home", "/home", "frame-home", Some(Right::SeePeople)),
    ("applications", "/applications", "frame-applications", Some(Right::SeePeople)),
    ("mentees", "/mentees", "frame-mentees", Some(Right::SeePeople)),
    ("mentors", "/mentors", "frame-mentors", Some(Right::SeePeople)),
    ("rounds", "/rounds", "frame-rounds", Some(Right::SeePeople)),
    ("pairs", "/pairs", "frame-pairs", Some(Right::SeePeople)),
    ("report", "/report", "frame-report", Some(Right::SeePeople)),
    ("import", "/import", "frame-import", Some(Right::ChangePeople)),
    ("programmes", "/programmes", "frame-programmes", Some(Right::SeePeople)),
    ("mail", "/mail", "frame-mail", Some(Right::SeeMail)),
    ("site", "/site", "frame-site", Some(Right::ManageProgramme)),
    ("staff", "/staff", "frame-staff", Some(Right::SeeStaff)),
    ("mine", "/mine", "frame-mine", None),
];

#[derive(Template)]
#[template(path = "door/door.html")]
struct Door {
    frame: Frame,
    people: Vec<demo::Person>,
    /// Whether staff can show a passkey here.
    passkeys: bool,
    /// The name of the provider of identities, if there is one.
    provider: Option<String>,
    back: String,
    email: String,
    fault: Option<String>,
}

#[derive(Deserialize, Default)]
pub(super) struct Back {
    #[serde(default)]
    back: String,
}

impl Back {
    fn path(&self) -> &str {
        safe_path(&self.back).unwrap_or("/")
    }
}

/// Asks who is there.
pub(super) async fn door(State(app): State<Arc<App>>, open: Open, Query(back): Query<Back>) -> Answer {
    page(&app, &open, back.path(), String::new(), None).await
}

async fn page(app: &App, open: &Open, back: &str, email: String, fault: Option<String>) -> Answer {
    let people = if app.demo() { demo::people(app, open.w).await? } else { Vec::new() };
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let provider = app.settings.provider.as_ref().map(|provider| provider.name.clone());
    let page = Door {
        frame: open.frame(app, ""),
        passkeys: passkey::possible(app),
        provider,
        people,
        back: back.to_owned(),
        email,
        fault,
    };
    Ok((status, Html(page.render()?)).into_response())
}

/// Somebody has proved who they are: a new session, and the cookie that leads to it.
pub(super) async fn begin(
    app: &App,
    account: &store::Account,
    way: Way,
    headers: &HeaderMap,
    jar: CookieJar,
) -> Result<CookieJar, Error> {
    /// Staff work a day with it; participants come back for a month.
    const STAFF: SignedDuration = SignedDuration::from_hours(12);
    const OTHERS: SignedDuration = SignedDuration::from_hours(30 * 24);
    let cookie = secret(app.chance);
    let staff = !app.store.appointments(&account.id).await?.is_empty();
    let agent = headers.get("user-agent").and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let now = app.now();
    let new = NewSession {
        id: app.new_id(),
        cookie: digest(&cookie),
        account: account.id.clone(),
        way,
        device: agent.chars().filter(|letter| !letter.is_control()).take(200).collect(),
        ends_at: now.saturating_add(if staff { STAFF } else { OTHERS }).unwrap_or(now),
    };
    let stamp = Stamp { by: account.name.clone(), account: Some(account.id.clone()), at: now };
    app.store.begin_session(&new, &stamp).await?;
    let jar = if jar.get(LANGUAGE).is_some() { jar } else { jar.add(language_cookie(app, account.language)) };
    Ok(jar.add(safe_cookie(app, app.settings.session_cookie(), cookie)))
}

/// A cookie that no script reads and no other site sends along.
pub(super) fn safe_cookie(app: &App, name: &'static str, value: String) -> Cookie<'static> {
    let cookie = Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax);
    cookie.secure(app.settings.is_secure()).build()
}

/// The language, remembered for long.
fn language_cookie(app: &App, language: Language) -> Cookie<'static> {
    let mut cookie = safe_cookie(app, LANGUAGE, language.tag().to_owned());
    cookie.make_permanent();
    cookie
}

#[derive(Deserialize)]
pub(super) struct Leaving {
    /// A session to end; `all` for every one, nothing for this one.
    #[serde(default)]
    session: String,
}

/// Signs out: here, elsewhere, or everywhere.
pub(super) async fn leave(State(app): State<Arc<App>>, asked: Asked, Form(leaving): Form<Leaving>) -> Answer {
    let own = asked.visitor.session.id.clone();
    let which = match leaving.session.as_str() {
        "all" => None,
        "" => Some(own.clone()),
        id => Some(identity(id)?),
    };
    app.store.end_session(asked.account(), which.as_ref(), &asked.stamp(&app)).await?;
    let here = which.is_none_or(|id| id == own);
    Ok(Redirect::to(if here { "/door" } else { "/mine" }).into_response())
}

/// Changes the language and goes back.
pub(super) async fn language(
    State(app): State<Arc<App>>,
    jar: CookieJar,
    Path(tag): Path<String>,
    Query(back): Query<Back>,
) -> Response {
    let language = Language::from_tag(&tag).unwrap_or_default();
    (jar.add(language_cookie(&app, language)), Redirect::to(back.path())).into_response()
}

#[derive(Template)]
#[template(path = "frame/about.html")]
struct About {
    frame: Frame,
    version: &'static str,
}

/// About the program and its sources.
pub(super) async fn about(State(app): State<Arc<App>>, open: Open) -> Answer {
    Ok(Html(About { frame: open.frame(&app, ""), version: env!("CARGO_PKG_VERSION") }.render()?).into_response())
}
