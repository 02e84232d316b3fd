//! The first way in for staff: an invitation, or the set-up of a new installation. Each leads on to a
//! passkey or to the provider of identities.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use jiff::SignedDuration;
use mentoring::{Appointment, StaffRole};
use serde::Deserialize;
use store::{Account, NewAppointment, NewLink, Stamp};

use super::passkey::possible;
use crate::mail::INVITATION;
use crate::record::is_email;
use crate::secret::{digest, secret};
use crate::web::state::{Frame, Open};
use crate::web::{Answer, App, Error};

/// What the link is for that the operator gets when there is no owner yet.
const SETUP: &str = "setup";

/// Whom an invitation is for, as long as it holds and has not been used.
pub(super) async fn invited(app: &App, invitation: &str) -> Result<Option<Account>, Error> {
    let Some(link) = app.store.link(&digest(invitation), INVITATION, app.now()).await? else { return Ok(None) };
    let Some(account) = app.store.account_by_email(&link.email).await? else { return Ok(None) };
    let invites = !link.used && app.store.invites(&account.id, &link.subject).await?;
    Ok(invites.then_some(account))
}

#[derive(Template)]
#[template(path = "door/invitation.html")]
struct Invitation {
    frame: Frame,
    secret: String,
    account: Account,
    held: Vec<String>,
    provider: bool,
    possible: bool,
}

/// Shows an invitation, with the ways to take it.
pub(in crate::web) async fn invitation(State(app): State<Arc<App>>, open: Open, Path(secret): Path<String>) -> Answer {
    let account = invited(&app, &secret).await?.ok_or(Error::Ended)?;
    let organisations = app.store.organisations().await?;
    let held = app.store.appointments(&account.id).await?;
    let held = held.iter().map(|held| open.w.appointment(held, &organisations)).collect();
    let (provider, possible) = (app.settings.provider.is_some(), possible(&app));
    let page = Invitation { frame: open.frame(&app, ""), secret, account, held, provider, possible };
    Ok(([("referrer-policy", "no-referrer")], Html(page.render()?)).into_response())
}

#[derive(Template)]
#[template(path = "door/setup.html")]
struct Setup {
    frame: Frame,
    secret: String,
    name: String,
    email: String,
    fault: Option<String>,
}

#[derive(Deserialize, Default)]
pub(in crate::web) struct Founder {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
}

/// The first page of a new installation: who owns the programme.
pub(in crate::web) async fn setup(State(app): State<Arc<App>>, open: Open, Path(secret): Path<String>) -> Answer {
    app.store.link(&digest(&secret), SETUP, app.now()).await?.filter(|link| !link.used).ok_or(Error::Ended)?;
    founding(&app, &open, secret, Founder::default(), None)
}

fn founding(app: &App, open: &Open, secret: String, founder: Founder, fault: Option<String>) -> Answer {
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let Founder { name, email } = founder;
    let page = Setup { frame: open.frame(app, ""), secret, name, email, fault };
    Ok((status, [("referrer-policy", "no-referrer")], Html(page.render()?)).into_response())
}

/// Makes the owner's account, and leads on to the passkey.
pub(in crate::web) async fn found(
    State(app): State<Arc<App>>,
    open: Open,
    Path(secret): Path<String>,
    Form(founder): Form<Founder>,
) -> Answer {
    let name: String = founder.name.trim().chars().filter(|letter| !letter.is_control()).take(200).collect();
    let email = founder.email.trim().to_owned();
    let now = app.now();
    if name.is_empty() || !is_email(&email) {
        app.store.link(&digest(&secret), SETUP, now).await?.filter(|link| !link.used).ok_or(Error::Ended)?;
        let fault = Some(open.w.t("setup-fault"));
        return founding(&app, &open, secret, founder, fault);
    }
    app.store.use_link(&digest(&secret), SETUP, now).await?.ok_or(Error::Ended)?;
    let organisations = app.store.organisations().await?;
    let owner = organisations.into_iter().find(|it| StaffRole::Owner.fits(it.kind)).ok_or(Error::NotFound)?;
    let held = Appointment { role: StaffRole::Owner, organisation: owner.code };
    let new = NewAppointment { name, email, language: open.w.language, held };
    let account = app.store.found(&new, &Stamp::program("setup", now)).await?;
    let secret = invite(&app, &account.email).await?;
    Ok(Redirect::to(&format!("/invitation/{secret}")).into_response())
}

/// A new invitation for somebody who has an account: its secret.
pub(crate) async fn invite(app: &App, email: &str) -> store::Result<String> {
    one_way_in(app, INVITATION, email, SignedDuration::from_hours(24)).await
}

/// The secret of a link to the first page of a new installation.
pub(crate) async fn setup_link(app: &App) -> store::Result<String> {
    one_way_in(app, SETUP, "", SignedDuration::from_hours(24)).await
}

async fn one_way_in(app: &App, purpose: &'static str, email: &str, holds: SignedDuration) -> store::Result<String> {
    let (secret, now) = (secret(app.chance), app.now());
    let ends_at = now.saturating_add(holds).unwrap_or(now);
    let link = NewLink { secret: digest(&secret), purpose, email: email.to_owned(), ends_at, ..NewLink::default() };
    app.store.make_link(&link, now).await?;
    Ok(secret)
}
