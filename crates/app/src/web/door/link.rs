//! Signing in by a link in a mail: for ten minutes, once, and only in the browser that asked for it.
//!
//! Mail scanners follow links: looking at one never uses it up, and no page posts by itself. Opened in
//! another browser it shows a code to type in the first, so that nobody is signed in by being sent a link.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect};
use axum_extra::extract::CookieJar;
use serde::Deserialize;
use serde_json::json;
use store::{Stamp, Way};

use super::{begin, page, safe_cookie};
use crate::mail::{SIGN_IN, mail};
use crate::record::is_email;
use crate::secret::{code, digest, secret};
use crate::web::error::safe_path;
use crate::web::network::Network;
use crate::web::state::{Frame, Open};
use crate::web::{Answer, App, Error};

/// So many links an address can be sent in an hour, and a network can ask for.
const PER_ADDRESS: i64 = 5;
const PER_NETWORK: i64 = 60;

/// Cookie of the browser that asked.
const BROWSER: &str = "browser";

#[derive(Deserialize)]
pub(in crate::web) struct Asking {
    #[serde(default)]
    email: String,
    #[serde(default)]
    back: String,
}

/// Sends a link, if anybody has the address. Whether somebody does is found out later, by the postman,
/// so that neither the answer nor the time it takes tells.
pub(in crate::web) async fn ask(
    State(app): State<Arc<App>>,
    open: Open,
    network: Network,
    jar: CookieJar,
    Form(asking): Form<Asking>,
) -> Answer {
    let email = asking.email.trim().to_owned();
    let back = safe_path(&asking.back).unwrap_or("/").to_owned();
    if !is_email(&email) {
        let fault = if email.is_empty() { open.w.t("fault-required") } else { open.w.x("fault-email", email.as_str()) };
        return page(&app, &open, &back, email, Some(fault)).await;
    }
    let now = app.now();
    // The same browser asking again can use the link of either mail.
    let known = jar.get(BROWSER).map(|cookie| cookie.value().to_owned()).filter(|value| value.len() == 64);
    let browser = known.unwrap_or_else(|| secret(app.chance));
    // The network first: whoever asks too often does not use up what an address may be sent.
    let from = format!("sign-in from {}", network.0);
    let asked = format!("sign-in {}", digest(&email.to_lowercase()));
    if app.spared(&from, PER_NETWORK).await? && app.spared(&asked, PER_ADDRESS).await? {
        let facts = json!({ "browser": digest(&browser), "back": back });
        let link = mail(SIGN_IN, format!("sign-in {}", app.new_id()), &email, open.w.language, facts, now);
        app.store.queue_mail(&link, &Stamp::program("sign-in", now)).await?;
        app.post.wake();
    }
    let cookie = safe_cookie(&app, BROWSER, browser);
    Ok((jar.add(cookie), Redirect::to("/door/sent")).into_response())
}

#[derive(Template)]
#[template(path = "door/sent.html")]
struct Sent {
    frame: Frame,
    fault: Option<String>,
}

/// Says that a link is on its way, with a field for a code.
pub(in crate::web) async fn sent(State(app): State<Arc<App>>, open: Open) -> Answer {
    Ok(Html(Sent { frame: open.frame(&app, ""), fault: None }.render()?).into_response())
}

#[derive(Template)]
#[template(path = "door/link.html")]
struct Page {
    frame: Frame,
    secret: String,
    /// Whether this is the browser that asked.
    own: bool,
    code: Option<String>,
    used: bool,
}

fn own_browser(jar: &CookieJar, link: &store::Link) -> bool {
    jar.get(BROWSER).is_some_and(|cookie| digest(cookie.value()) == link.browser)
}

/// Shows what a link will do; looking uses nothing up.
pub(in crate::web) async fn follow(
    State(app): State<Arc<App>>,
    open: Open,
    jar: CookieJar,
    Path(secret): Path<String>,
) -> Answer {
    let link = app.store.link(&digest(&secret), SIGN_IN, app.now()).await?.ok_or(Error::Ended)?;
    let own = own_browser(&jar, &link);
    let page = Page { frame: open.frame(&app, ""), secret, own, code: None, used: link.used };
    Ok(([("referrer-policy", "no-referrer")], Html(page.render()?)).into_response())
}

/// Does it: signs in the browser that asked, or shows any other a code.
pub(in crate::web) async fn take(
    State(app): State<Arc<App>>,
    open: Open,
    headers: HeaderMap,
    jar: CookieJar,
    Path(secret): Path<String>,
) -> Answer {
    let now = app.now();
    let key = digest(&secret);
    let link = app.store.link(&key, SIGN_IN, now).await?.ok_or(Error::Ended)?;
    if own_browser(&jar, &link) {
        let link = app.store.use_link(&key, SIGN_IN, now).await?.ok_or(Error::Ended)?;
        return enter(&app, &open, &link, &headers, jar).await;
    }
    let code = code(app.chance);
    if !app.store.set_code(&key, &digest(&code), now).await? {
        return Err(Error::Ended);
    }
    let page = Page { frame: open.frame(&app, ""), secret, own: false, code: Some(code), used: false };
    Ok(([("referrer-policy", "no-referrer")], Html(page.render()?)).into_response())
}

#[derive(Deserialize)]
pub(in crate::web) struct Typed {
    #[serde(default)]
    code: String,
}

/// Takes the code that the link showed in another browser.
pub(in crate::web) async fn type_code(
    State(app): State<Arc<App>>,
    open: Open,
    headers: HeaderMap,
    jar: CookieJar,
    Form(typed): Form<Typed>,
) -> Answer {
    let digits: String = typed.code.chars().filter(char::is_ascii_digit).collect();
    let browser = jar.get(BROWSER).map(|cookie| digest(cookie.value())).unwrap_or_default();
    let found = app.store.use_code(&browser, &digest(&digits), SIGN_IN, app.now()).await?;
    if let Some(link) = found {
        return enter(&app, &open, &link, &headers, jar).await;
    }
    let page = Sent { frame: open.frame(&app, ""), fault: Some(open.w.t("door-wrong-code")) };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

async fn enter(app: &App, open: &Open, link: &store::Link, headers: &HeaderMap, jar: CookieJar) -> Answer {
    let stamp = Stamp::program("sign-in", app.now());
    let account = app.store.participant(&link.email, open.w.language, &stamp).await?.ok_or(Error::Ended)?;
    let jar = begin(app, &account, Way::Link, headers, jar).await?;
    let back = safe_path(&link.subject).unwrap_or("/");
    Ok((jar, Redirect::to(back)).into_response())
}
