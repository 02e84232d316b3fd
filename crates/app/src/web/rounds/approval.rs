//! Approving: proposals become pairs, all or some.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::{Id, Mentee, Mentor};
use serde::Deserialize;
use store::{Lapse, RoundRow, RoundState};

use super::identity;
use crate::web::state::{Asked, Frame};
use crate::web::{Answer, App, Error};

#[derive(Template)]
#[template(path = "rounds/approval.html")]
struct Page {
    frame: Frame,
    round: RoundRow,
    pairs: Vec<Proposed>,
    lapsed: usize,
    unmatched: usize,
}

/// A proposal to say yes or no to.
struct Proposed {
    mentee: Id,
    mentee_name: String,
    mentor: Id,
    mentor_name: String,
    points: u16,
    ticked: bool,
    lapse: Option<Lapse>,
}

#[derive(Deserialize)]
pub(in crate::web) struct Wanted {
    /// `none` to start with nothing ticked.
    #[serde(default)]
    tick: String,
}

/// Every proposal to be looked through once more.
pub(in crate::web) async fn approval(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let id = identity(&id)?;
    let (round, opened) = app.board(&id).await?;
    if round.state == RoundState::Approved {
        return Ok(Redirect::to(&format!("/rounds/{id}")).into_response());
    }
    let lapsed: HashMap<Id, Lapse> = app.store.lapsed(&id).await?.into_iter().collect();
    let proposed = |(mentee, mentor, points): (&Mentee, &Mentor, u16)| {
        let lapse = lapsed.get(&mentee.id).copied();
        Proposed {
            mentee: mentee.id.clone(),
            mentee_name: mentee.name.clone(),
            mentor: mentor.id.clone(),
            mentor_name: mentor.name.clone(),
            points,
            ticked: lapse.is_none() && wanted.tick != "none",
            lapse,
        }
    };
    let mut pairs: Vec<Proposed> = opened.board.pairs().map(proposed).collect();
    // What needs a decision comes first.
    pairs.sort_by_cached_key(|pair| (pair.lapse.is_none(), store::sort_key(&pair.mentee_name)));
    let frame = asked.frame(&app, "rounds");
    let lapsed = pairs.iter().filter(|pair| pair.lapse.is_some()).count();
    let page = Page { frame, round, pairs, lapsed, unmatched: opened.board.unmatched() };
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
    let outcome = app.store.approve(&id, version, &chosen, app.today(), &app.stamp(&asked.visitor)).await?;
    Ok(Redirect::to(&format!("/pairs?made={}", outcome.pairs)).into_response())
}
