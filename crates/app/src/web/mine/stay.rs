//! The answer to the question whether somebody who has long been away wants to stay. Looking does nothing.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use store::Stamp;

use crate::mail::IDLE;
use crate::secret::digest;
use crate::web::state::{Frame, Open};
use crate::web::{Answer, App, Error};

#[derive(Template)]
#[template(path = "mine/stay.html")]
struct Page {
    frame: Frame,
    secret: String,
    done: bool,
}

/// Asks.
pub(in crate::web) async fn ask_stay(State(app): State<Arc<App>>, open: Open, Path(secret): Path<String>) -> Answer {
    let link = app.store.link(&digest(&secret), IDLE, app.now()).await?.ok_or(Error::Ended)?;
    let page = Page { frame: open.frame(&app, ""), secret, done: link.used };
    Ok(([("referrer-policy", "no-referrer")], Html(page.render()?)).into_response())
}

/// Takes a yes.
pub(in crate::web) async fn stay(State(app): State<Arc<App>>, open: Open, Path(secret): Path<String>) -> Answer {
    let link = app.store.use_link(&digest(&secret), IDLE, app.now()).await?.ok_or(Error::Ended)?;
    if !app.store.stay(&link.email, open.w.language, &Stamp::program("link", app.now())).await? {
        return Err(Error::Ended);
    }
    let page = Page { frame: open.frame(&app, ""), secret, done: true };
    Ok(([("referrer-policy", "no-referrer")], Html(page.render()?)).into_response())
}
