//! Every round.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use store::{RoundRow, RoundState};

use crate::web::state::{Asked, Frame};
use crate::web::{Answer, App};

#[derive(Template)]
#[template(path = "rounds/list.html")]
struct List {
    frame: Frame,
    rounds: Vec<RoundRow>,
}

/// The list of rounds.
pub(in crate::web) async fn list(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let page = List { frame: asked.frame(&app, "rounds"), rounds: asked.within().rounds().await? };
    Ok(Html(page.render()?).into_response())
}
