//! Passkeys: the way for staff, who see more than their own.
//!
//! The challenge waits in the database, under a cookie of the browser that asked for it, so that any
//! server can take the answer; it is used once.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Account, NewLink, Stamp, Way};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Url,
    Uuid, Webauthn, WebauthnBuilder,
};

use super::invitation::invited;
use super::{begin, safe_cookie};
use crate::mail::{INVITATION, KEY_ADDED, mail};
use crate::secret::{digest, hex, secret};
use crate::settings::Settings;
use crate::web::mine::device_name;
use crate::web::state::{Asked, Frame, Open, Visitor};
use crate::web::{Answer, App, Error};

/// What a waiting challenge is for.
const SIGNS_IN: &str = "passkey";
const MAKES: &str = "passkey-new";

/// So long a browser has to answer a challenge.
const PATIENCE: SignedDuration = SignedDuration::from_mins(5);

/// Cookie under which a challenge waits.
const CEREMONY: &str = "ceremony";

/// What makes and checks challenges for this installation's host; none where a browser makes no
/// passkeys, such as at an address of numbers.
fn maker(settings: &Settings) -> Option<Webauthn> {
    let url = Url::parse(&settings.url).ok()?;
    url.domain()?;
    WebauthnBuilder::new(settings.host(), &url).ok()?.rp_name("Mentorpar").build().ok()
}

/// Whether this installation can have passkeys.
pub(in crate::web) fn possible(app: &App) -> bool {
    maker(&app.settings).is_some()
}

/// What a script tells the person (RFC 9457).
fn refused(text: &str) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    let problem = json!({ "type": "about:blank", "title": "Unprocessable Content", "status": 422, "detail": text });
    (StatusCode::UNPROCESSABLE_ENTITY, kind, problem.to_string()).into_response()
}

/// Keeps what a challenge expects, under a cookie.
pub(super) async fn wait(app: &App, purpose: &'static str, email: &str, expected: String) -> Result<CookieJar, Error> {
    let (secret, now) = (secret(app.chance), app.now());
    let ends_at = now.saturating_add(PATIENCE).unwrap_or(now);
    let link = NewLink {
        secret: digest(&secret),
        purpose,
        email: email.to_owned(),
        subject: expected,
        browser: String::new(),
        ends_at,
    };
    app.store.make_link(&link, now).await?;
    Ok(CookieJar::new().add(safe_cookie(app, CEREMONY, secret)))
}

/// Takes what a challenge expects, once.
pub(super) async fn waited(app: &App, purpose: &'static str, jar: &CookieJar) -> Result<Option<store::Link>, Error> {
    let Some(cookie) = jar.get(CEREMONY) else { return Ok(None) };
    Ok(app.store.use_link(&digest(cookie.value()), purpose, app.now()).await?)
}

#[derive(Template)]
#[template(path = "door/passkey.html")]
struct Page {
    frame: Frame,
}

/// Asks staff who are known by a link only for their passkey.
pub(in crate::web) async fn passkey(State(app): State<Arc<App>>, open: Open) -> Answer {
    Ok(Html(Page { frame: open.frame(&app, "") }.render()?).into_response())
}

/// A challenge to sign in with any passkey of this host.
pub(in crate::web) async fn challenge(State(app): State<Arc<App>>, open: Open) -> Answer {
    let Some(maker) = maker(&app.settings) else { return Ok(refused(&open.w.t("passkey-impossible"))) };
    let (challenge, expected) = maker.start_discoverable_authentication()?;
    let mut challenge = serde_json::to_value(challenge)?;
    // A button has been pressed: nothing is to wait for a name being typed.
    challenge.as_object_mut().map(|fields| fields.remove("mediation"));
    let jar = wait(&app, SIGNS_IN, "", serde_json::to_string(&expected)?).await?;
    Ok((jar, Json(challenge)).into_response())
}

/// Signs in whoever answers the challenge.
pub(in crate::web) async fn answer(
    State(app): State<Arc<App>>,
    open: Open,
    headers: HeaderMap,
    jar: CookieJar,
    Json(answered): Json<PublicKeyCredential>,
) -> Answer {
    let wrong = || Ok(refused(&open.w.t("passkey-wrong")));
    let (Some(maker), Some(link)) = (maker(&app.settings), waited(&app, SIGNS_IN, &jar).await?) else { return wrong() };
    let expected: DiscoverableAuthentication = serde_json::from_str(&link.subject)?;
    let Ok((_, id)) = maker.identify_discoverable_authentication(&answered) else { return wrong() };
    let Some((account, row)) = app.store.account_by_passkey(&hex(id)).await? else { return wrong() };
    let mut passkey: Passkey = serde_json::from_str(&row.credential)?;
    let Ok(result) = maker.finish_discoverable_authentication_v2(&answered, expected, &passkey) else { return wrong() };
    passkey.update_credential(&result);
    app.store.use_passkey(&row.id, &serde_json::to_string(&passkey)?, app.now()).await?;
    let jar = begin(&app, &account, Way::Passkey, &headers, jar).await?;
    Ok((jar, Json(json!({ "to": "/" }))).into_response())
}

/// For whom a passkey is to be made: for whoever is strongly signed in, or for the one invited.
async fn maker_of(app: &App, visitor: Option<&Visitor>, invitation: &str) -> Result<Option<Account>, Error> {
    if !invitation.is_empty() {
        return invited(app, invitation).await;
    }
    let strong = visitor.filter(|visitor| visitor.session.way.is_strong());
    Ok(strong.map(|visitor| visitor.session.account.clone()))
}

#[derive(Deserialize)]
pub(in crate::web) struct Invited {
    /// The secret of an invitation; empty for whoever is signed in.
    #[serde(default)]
    invitation: String,
}

/// A challenge to make a passkey.
pub(in crate::web) async fn new_challenge(
    State(app): State<Arc<App>>,
    open: Open,
    Json(invited): Json<Invited>,
) -> Answer {
    let Some(maker) = maker(&app.settings) else { return Ok(refused(&open.w.t("passkey-impossible"))) };
    let Some(account) = maker_of(&app, open.visitor.as_ref(), &invited.invitation).await? else {
        return Ok(refused(&open.w.t("passkey-ended")));
    };
    let number = Uuid::from_slice(&Sha256::digest(account.id.as_str())[..16]).unwrap_or_default();
    let mut known = Vec::new();
    for row in app.store.passkeys(&account.id).await? {
        known.push(serde_json::from_str::<Passkey>(&row.credential)?.cred_id().clone());
    }
    let (challenge, expected) = maker.start_passkey_registration(number, &account.email, &account.name, Some(known))?;
    let mut challenge = serde_json::to_value(challenge)?;
    // Kept in the device, so that signing in needs no name.
    challenge["publicKey"]["authenticatorSelection"]["residentKey"] = json!("required");
    challenge["publicKey"]["authenticatorSelection"]["requireResidentKey"] = json!(true);
    let jar = wait(&app, MAKES, &account.email, serde_json::to_string(&expected)?).await?;
    Ok((jar, Json(challenge)).into_response())
}

#[derive(Deserialize)]
pub(in crate::web) struct Made {
    #[serde(default)]
    invitation: String,
    credential: RegisterPublicKeyCredential,
}

/// Keeps the passkey made, and signs in with it.
pub(in crate::web) async fn new_answer(
    State(app): State<Arc<App>>,
    open: Open,
    headers: HeaderMap,
    jar: CookieJar,
    Json(made): Json<Made>,
) -> Answer {
    let wrong = || Ok(refused(&open.w.t("passkey-wrong")));
    let Some(account) = maker_of(&app, open.visitor.as_ref(), &made.invitation).await? else { return wrong() };
    let (Some(maker), Some(link)) = (maker(&app.settings), waited(&app, MAKES, &jar).await?) else { return wrong() };
    let expected: PasskeyRegistration = serde_json::from_str(&link.subject)?;
    let Ok(passkey) = maker.finish_passkey_registration(&made.credential, &expected) else { return wrong() };
    // The challenge must have been made for this account, and an invitation counts once.
    if link.email != account.email {
        return wrong();
    }
    let now = app.now();
    if !made.invitation.is_empty() && app.store.use_link(&digest(&made.invitation), INVITATION, now).await?.is_none() {
        return Ok(refused(&open.w.t("passkey-ended")));
    }
    let stamp = Stamp { by: account.name.clone(), account: Some(account.id.clone()), at: now };
    let device = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let name = format!("{} ({})", open.w.day(app.today()), device_name(device, open.w));
    let credential = serde_json::to_string(&passkey)?;
    // Whoever comes by an invitation has no passkey yet, or has lost it: what opened before opens no more.
    let key = (hex(passkey.cred_id()), name, credential);
    let only = !made.invitation.is_empty();
    app.store.add_passkey(&account.id, (&key.0, &key.1, &key.2), only, &stamp).await?;
    if !only {
        let facts = json!({ "name": account.name });
        let told = mail(KEY_ADDED, format!("passkey {}", key.0), &account.email, account.language, facts, now);
        app.store.queue_mail(&told, &stamp).await?;
        app.post.wake();
    }
    let jar = begin(&app, &account, Way::Passkey, &headers, jar).await?;
    let to = if made.invitation.is_empty() { "/mine" } else { "/" };
    Ok((jar, Json(json!({ "to": to }))).into_response())
}

/// Removes a passkey of one's own.
pub(in crate::web) async fn drop_passkey(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    if !asked.visitor.session.way.is_strong() {
        return Err(Error::Weak);
    }
    app.store.drop_passkey(asked.account(), &id, &asked.stamp(&app)).await?;
    Ok(Redirect::to("/mine").into_response())
}
