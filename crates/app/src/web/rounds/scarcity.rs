//! Shortages: which mentors to recruit, where, and what they would be worth.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use matching::Control;
use mentoring::{Recruit, Supply};
use store::RoundRow;

use crate::web::state::{Asked, Frame};
use crate::web::{Answer, App, identity};

/// Recruits listed.
const MOST: usize = 12;

/// The outline of a county on the map.
struct Outline {
    path: &'static str,
    level: usize,
    title: String,
}

#[derive(Template)]
#[template(path = "rounds/scarcity.html")]
struct Page {
    frame: Frame,
    round: RoundRow,
    recruits: Vec<Recruit>,
    counties: Vec<Supply>,
    outlines: Vec<Outline>,
}

/// Where mentors are short in a round.
pub(in crate::web) async fn scarcity(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let id = identity(&id)?;
    let (round, opened) = app.board(&asked, &id).await?;
    let found =
        tokio::task::spawn_blocking(move || mentoring::scarcity(&opened.board, MOST, &Control::default())).await??;
    let w = asked.w;
    let most = found.counties.iter().map(|supply| supply.unmatched).max().unwrap_or(0).max(1);
    let outline = |supply: &Supply| {
        let name = w.name(supply.county.names());
        Some(Outline {
            path: crate::web::site::outline(supply.county)?,
            level: (supply.unmatched * 5).div_ceil(most),
            title: format!("{name}: {}", w.n("rounds-without", supply.unmatched)),
        })
    };
    let page = Page {
        frame: asked.frame(&app, "rounds"),
        round,
        outlines: found.counties.iter().filter_map(outline).collect(),
        recruits: found.recruits,
        counties: found.counties,
    };
    Ok(Html(page.render()?).into_response())
}
