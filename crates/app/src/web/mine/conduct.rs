//! A mentor's promise of conduct and confidentiality, by the link of a letter or from their own page.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::{Mentor, Say};
use store::Stamp;

use crate::mail::CONDUCT;
use crate::secret::digest;
use crate::web::programmes::line;
use crate::web::site::{html, raw_text};
use crate::web::state::{Asked, Frame, Open};
use crate::web::{Answer, App, Error, identity};

#[derive(Template)]
#[template(path = "mine/conduct.html")]
struct Page {
    frame: Frame,
    path: String,
    own: bool,
    text: String,
    /// The digest of the text, so that what is promised is what was read.
    digest: String,
    /// Until when the promise holds, if it does and need not be renewed yet.
    until: Option<String>,
    fault: Option<String>,
}

/// A mentor before the text.
struct Reader {
    mentor: Mentor,
    path: String,
    own: bool,
    stamp: Stamp,
}

async fn page(app: &App, frame: Frame, reader: &Reader, fault: Option<String>) -> Answer {
    let (text, _) = raw_text(app, "conduct", frame.w.language).await?;
    let asked = reader.mentor.is_asked_to_pledge(app.today());
    let page = Page {
        path: reader.path.clone(),
        own: reader.own,
        text: html(&text),
        digest: digest(&text),
        until: reader.mentor.agreement_until.filter(|_| !asked).map(|until| frame.w.day(until)),
        fault,
        frame,
    };
    let status = if page.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, [("referrer-policy", "no-referrer")], Html(page.render()?)).into_response())
}

async fn take(app: &App, frame: Frame, reader: Reader, posted: &[(String, String)]) -> Answer {
    let w = frame.w;
    let (text, _) = raw_text(app, "conduct", w.language).await?;
    let fault = if line(posted, "promise", 10).is_empty() {
        Some("mine-conduct-unticked")
    } else if line(posted, "text", 100) != digest(&text) {
        Some("mine-agreement-changed")
    } else {
        None
    };
    if let Some(key) = fault {
        return page(app, frame, &reader, Some(w.page(&Say::new(key)))).await;
    }
    let everywhere = app.store.everywhere();
    everywhere.pledge(&reader.mentor.id, (w.language, &text), app.today(), &reader.stamp).await?;
    Ok(Redirect::to(&reader.path).into_response())
}

async fn linked(app: &App, secret: &str) -> Result<Reader, Error> {
    let link = app.store.link(&digest(secret), CONDUCT, app.now()).await?.ok_or(Error::Ended)?;
    let found = app.store.everywhere().one::<Mentor>(&identity(&link.subject)?).await;
    let (mentor, _) = found.map_err(|_| Error::Ended)?;
    // An address that is not the mentor's any more promises nothing in their name.
    if mentor.email.trim().to_lowercase() != link.email.trim().to_lowercase() {
        return Err(Error::Ended);
    }
    let stamp = Stamp::program("link", app.now());
    Ok(Reader { mentor, path: format!("/conduct/{secret}"), own: false, stamp })
}

async fn own(app: &App, asked: &Asked) -> Result<Reader, Error> {
    let own = app.store.own_records(&asked.visitor.session.account.email).await?;
    let mentor = own.mentor.ok_or(Error::NotFound)?;
    Ok(Reader { mentor, path: "/mine/conduct".to_owned(), own: true, stamp: asked.stamp(app) })
}

/// Shows what is promised; looking promises nothing.
pub(in crate::web) async fn ask_conduct(State(app): State<Arc<App>>, open: Open, Path(secret): Path<String>) -> Answer {
    page(&app, open.frame(&app, ""), &linked(&app, &secret).await?, None).await
}

/// Takes the promise.
pub(in crate::web) async fn promise(
    State(app): State<Arc<App>>,
    open: Open,
    Path(secret): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let reader = linked(&app, &secret).await?;
    take(&app, open.frame(&app, ""), reader, &posted).await
}

/// Shows what one has promised, or is to promise.
pub(in crate::web) async fn own_conduct(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    page(&app, asked.frame(&app, "mine"), &own(&app, &asked).await?, None).await
}

/// Takes the promise of whoever is signed in.
pub(in crate::web) async fn promise_own(
    State(app): State<Arc<App>>,
    asked: Asked,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let reader = own(&app, &asked).await?;
    take(&app, asked.frame(&app, "mine"), reader, &posted).await
}
