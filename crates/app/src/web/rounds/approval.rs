//! Approving: proposals become pairs, all or some.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::Id;
use store::{RoundRow, RoundState};

use super::identity;
use crate::web::state::{Asked, Frame};
use crate::web::{Answer, App, Error};

#[derive(Template)]
#[template(path = "rounds/approval.html")]
struct Page {
    frame: Frame,
    round: RoundRow,
    pairs: Vec<(Id, String, String, u16)>,
    unmatched: usize,
}

/// Every proposal to be looked through once more.
pub(in crate::web) async fn approval(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let id = identity(&id)?;
    let (round, opened) = app.board(&id).await?;
    if round.state == RoundState::Approved {
        return Ok(Redirect::to(&format!("/rounds/{id}")).into_response());
    }
    let pair = |(mentee, mentor, points): (&mentoring::Mentee, &mentoring::Mentor, u16)| {
        (mentee.id.clone(), mentee.name.clone(), mentor.name.clone(), points)
    };
    let mut pairs: Vec<_> = opened.board.pairs().map(pair).collect();
    pairs.sort_by_key(|pair| store::sort_key(&pair.1));
    let page = Page { frame: asked.frame(&app, "rounds"), round, pairs, unmatched: opened.board.unmatched() };
    Ok(Html(page.render()?).into_response())
}

/// Makes pairs of the chosen proposals, all in one.
pub(in crate::web) async fn approve(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let id = identity(&id)?;
    let version =
        posted.iter().find(|(key, _)| key == "version").and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
    let chosen: Vec<Id> =
        posted.iter().filter(|(key, _)| key == "mentee").filter_map(|(_, value)| Id::parse(value)).collect();
    if chosen.is_empty() {
        return Err(Error::Faulty(mentoring::Say::new("rounds-none-chosen")));
    }
    app.store.approve(&id, version, &chosen, app.today(), &app.stamp(&asked.visitor)).await?;
    Ok(Redirect::to("/pairs").into_response())
}
