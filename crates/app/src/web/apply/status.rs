//! Where an application stands, who has the ball, and going on with it in another browser.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect};
use axum_extra::extract::CookieJar;
use mentoring::{ApplicationState, Ball, Id, Occasion, Seat, organisation_name};
use store::Application;

use super::form::in_words;
use super::groups::Group;
use super::{DRAFT, lists, own, remember, stamp};
use crate::mail::APPLICATION;
use crate::secret::digest;
use crate::web::bookings::lead;
use crate::web::state::{Frame, Open};
use crate::web::{Answer, App, Error, Words};

#[derive(Template)]
#[template(path = "apply/status.html")]
struct Page {
    frame: Frame,
    application: Application,
    state: String,
    ball: String,
    organisation: String,
    /// The time for an interview, in words.
    bookings: Vec<String>,
    groups: Vec<(&'static Group, Vec<(String, String)>)>,
}

impl Page {
    fn has(answers: &[(String, String)]) -> bool {
        answers.iter().any(|(_, answer)| !answer.is_empty())
    }
}

/// Who is to do something next, in words.
pub(in crate::web) fn ball(application: &Application, organisation: &str, w: Words) -> String {
    match (application.state.ball(), application.state) {
        (Ball::Applicant, _) => w.t("apply-ball-applicant"),
        (Ball::Organisation, ApplicationState::Accepted) => w.x("apply-ball-accepted", organisation),
        (Ball::Organisation, _) => w.x("apply-ball-organisation", organisation),
        (Ball::Nobody, _) => w.t("apply-ball-nobody"),
    }
}

/// Where an application stands.
pub(in crate::web) async fn status(
    State(app): State<Arc<App>>,
    open: Open,
    jar: CookieJar,
    Path(id): Path<String>,
) -> Answer {
    let application = own(&app, &open, &jar, &id).await?;
    if application.state == ApplicationState::Draft {
        return Ok(Redirect::to(&format!("/application/{id}/check")).into_response());
    }
    let lists = lists(&app).await?;
    let organisation = organisation_name(&lists.organisations, &application.organisation).to_owned();
    let booked = match application.state {
        ApplicationState::Sent => app.store.everywhere().bookings(Occasion::Interview, &application.id).await?,
        _ => Vec::new(),
    };
    let open_ones = booked.into_iter().filter(|row| row.booking.is_open());
    let bookings = open_ones.map(|row| lead(&row.booking, Seat::Guest, &organisation, app.now(), open.w)).collect();
    let page = Page {
        frame: open.frame(&app, "apply"),
        state: open.w.label(application.state.names()),
        ball: ball(&application, &organisation, open.w),
        groups: in_words(&application, &lists, open.w),
        bookings,
        organisation,
        application,
    };
    Ok(Html(page.render()?).into_response())
}

#[derive(Template)]
#[template(path = "apply/withdraw.html")]
struct Withdraw {
    frame: Frame,
    id: Id,
}

/// Asks whether an application is to be taken back.
pub(in crate::web) async fn ask_withdraw(
    State(app): State<Arc<App>>,
    open: Open,
    jar: CookieJar,
    Path(id): Path<String>,
) -> Answer {
    let application = own(&app, &open, &jar, &id).await?;
    if !application.state.can_be_withdrawn() {
        return Ok(Redirect::to(&format!("/application/{id}")).into_response());
    }
    Ok(Html(Withdraw { frame: open.frame(&app, "apply"), id: application.id }.render()?).into_response())
}

/// Takes an application back.
pub(in crate::web) async fn withdraw(
    State(app): State<Arc<App>>,
    open: Open,
    jar: CookieJar,
    Path(id): Path<String>,
) -> Answer {
    let application = own(&app, &open, &jar, &id).await?;
    app.store.withdraw_application(&application.id, &stamp(&app, &application)).await?;
    Ok(Redirect::to(&format!("/application/{id}")).into_response())
}

#[derive(Template)]
#[template(path = "apply/resume.html")]
struct Resume {
    frame: Frame,
    secret: String,
    draft: bool,
}

async fn found(app: &App, secret: &str) -> Result<Application, Error> {
    let link = app.store.link(&digest(secret), APPLICATION, app.now()).await?.ok_or(Error::Ended)?;
    let application = app.store.application(&Id::parse(&link.subject).ok_or(Error::Ended)?).await?;
    // An address that has been corrected since has nothing to do with the application any more.
    let same = link.email.trim().to_lowercase() == application.answer("email").trim().to_lowercase();
    if same { Ok(application) } else { Err(Error::Ended) }
}

/// Asks whether to go on here; looking does nothing.
pub(in crate::web) async fn ask_resume(State(app): State<Arc<App>>, open: Open, Path(secret): Path<String>) -> Answer {
    let draft = found(&app, &secret).await?.state == ApplicationState::Draft;
    let page = Resume { frame: open.frame(&app, "apply"), secret, draft };
    Ok(([("referrer-policy", "no-referrer")], Html(page.render()?)).into_response())
}

/// Goes on with the application in this browser.
pub(in crate::web) async fn resume(State(app): State<Arc<App>>, Path(secret): Path<String>) -> Answer {
    let application = found(&app, &secret).await?;
    let to = format!("/application/{}", application.id);
    // Whoever can read the address's mail goes on; a browser that wrote before does not read along.
    app.store.drop_links(DRAFT, application.id.as_str(), "").await?;
    Ok((remember(&app, &application.id).await?, Redirect::to(&to)).into_response())
}
