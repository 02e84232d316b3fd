//! Pairs: the list and its export.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use serde::Deserialize;
use store::{PairFilter, PairRow};

use super::people::{FURTHEST, Pager, lenient, query};
use super::rounds::download;
use super::state::{Asked, Frame};
use super::{Answer, App, Words};
use crate::export::{Cell, Table};

const SIZE: usize = 50;

#[derive(Deserialize, Default)]
pub(super) struct Wanted {
    #[serde(default)]
    q: String,
    #[serde(default)]
    show: String,
    #[serde(default, deserialize_with = "lenient")]
    page: usize,
    /// Pairs just made, to say so.
    #[serde(default, deserialize_with = "lenient")]
    made: usize,
}

impl Wanted {
    fn filter(&self) -> PairFilter {
        PairFilter { text: self.q.clone(), open: self.show == "open" }
    }
}

#[derive(Template)]
#[template(path = "pairs/list.html")]
struct List {
    frame: Frame,
    pairs: Vec<PairRow>,
    total: usize,
    wanted: Wanted,
    /// The filter, for the files.
    filter: String,
    pager: Pager,
}

/// The list of pairs.
pub(super) async fn list(State(app): State<Arc<App>>, asked: Asked, Query(wanted): Query<Wanted>) -> Answer {
    let (pairs, total) = asked.within().pairs(&wanted.filter(), wanted.page.min(FURTHEST), SIZE).await?;
    let filter = query(&[("q", &wanted.q), ("show", &wanted.show)]);
    let pager = Pager::new(total, SIZE, wanted.page, format!("/pairs?{filter}"));
    Ok(Html(List { frame: asked.frame(&app, "pairs"), pairs, total, wanted, filter, pager }.render()?).into_response())
}

/// Every pair that fits the filter, as a file.
pub(super) async fn export(asked: Asked, Path(file): Path<String>, Query(wanted): Query<Wanted>) -> Answer {
    const ALL: usize = 1_000_000;
    let (pairs, _) = asked.within().pairs(&wanted.filter(), 0, ALL).await?;
    let w = asked.w;
    let table = tokio::task::spawn_blocking(move || table(pairs, w)).await?;
    download(table, file, &asked).await
}

/// Pairs as a table.
pub(crate) fn table(pairs: Vec<PairRow>, w: Words) -> Table {
    let headings = [
        "export-mentee",
        "export-mentor",
        "people-programme",
        "people-organisation",
        "people-county",
        "export-points",
        "pairs-started",
        "pairs-closed",
    ];
    let row = |pair: PairRow| {
        vec![
            pair.mentee_name.into(),
            pair.mentor_name.into(),
            pair.programme.to_uppercase().into(),
            pair.organisation.into(),
            pair.county.into(),
            pair.points.map_or(Cell::Text(String::new()), Cell::Number),
            pair.started.into(),
            pair.closed.unwrap_or_default().into(),
        ]
    };
    Table {
        more: Vec::new(),
        name: w.t("frame-pairs"),
        headings: headings.map(|key| w.t(key)).to_vec(),
        rows: pairs.into_iter().map(row).collect(),
    }
}
