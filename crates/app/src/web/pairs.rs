//! Pairs: the list and its export, one pair, and what can be done with it.

mod act;
mod companions;
mod flag;
mod health;
mod pair;
mod paper;
mod timeline;
mod told;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use jiff::civil::Date;
use mentoring::PairState;
use serde::Deserialize;
use store::{PairFilter, PairRow};

use super::people::{FURTHEST, Pager, lenient, query};
use super::rounds::download;
use super::state::{Asked, Frame};
use super::{Answer, App, Words};
use crate::export::{Cell, Table};

pub(super) use act::{Act, agreement, words};
pub(super) use companions::{add_companion, drop_companion};
pub(super) use flag::{settle, undo};
pub(super) use health::health;
pub(super) use pair::{act, pair};
pub(super) use paper::{agreement_file, diploma_file, own_agreement, own_diploma};
pub(super) use timeline::{Moment, Told as PairTold, timeline};
pub(super) use told::{HELPED, fitting, state, told_flag, told_outcome};

const SIZE: usize = 50;

#[derive(Deserialize, Default)]
pub(super) struct Wanted {
    #[serde(default)]
    q: String,
    #[serde(default)]
    show: String,
    /// Only what a figure of the report counts.
    #[serde(flatten)]
    report: super::report::Wanted,
    #[serde(default, deserialize_with = "lenient")]
    page: usize,
    /// Pairs just made, to say so.
    #[serde(default, deserialize_with = "lenient")]
    made: usize,
}

impl Wanted {
    fn filter(&self, today: Date) -> PairFilter {
        PairFilter { text: self.q.clone(), state: self.show.clone(), counted: self.report.counted(today) }
    }
}

#[derive(Template)]
#[template(path = "pairs/list.html")]
struct List {
    frame: Frame,
    pairs: Vec<PairRow>,
    total: usize,
    wanted: Wanted,
    /// What a figure of the report counts, if that is what is listed.
    told: String,
    /// The filter, for the files.
    filter: String,
    pager: Pager,
}

/// The list of pairs.
pub(super) async fn list(State(app): State<Arc<App>>, asked: Asked, Query(wanted): Query<Wanted>) -> Answer {
    let (pairs, total) = asked.within().pairs(&wanted.filter(app.today()), wanted.page.min(FURTHEST), SIZE).await?;
    let filter = format!("{}&{}", query(&[("q", &wanted.q), ("show", &wanted.show)]), wanted.report.query());
    let told = wanted.report.told(app.today(), asked.w);
    let pager = Pager::new(total, SIZE, wanted.page, format!("/pairs?{filter}"));
    Ok(Html(List { frame: asked.frame(&app, "pairs"), pairs, total, wanted, told, filter, pager }.render()?)
        .into_response())
}

/// Every pair that fits the filter, as a file.
pub(super) async fn export(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(file): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    const ALL: usize = 1_000_000;
    let (pairs, _) = asked.within().pairs(&wanted.filter(app.today()), 0, ALL).await?;
    let w = asked.w;
    let table = tokio::task::spawn_blocking(move || table(pairs, w)).await?;
    download(table, file, &asked).await
}

/// The first day of a pair, if it ever began.
fn started(pair: &PairRow) -> String {
    pair.pair.state.term().map_or_else(String::new, |term| term.from.to_string())
}

/// The last day of a pair, if it is over.
fn ended(pair: &PairRow) -> String {
    match pair.pair.state {
        PairState::Over { on, .. } => on.to_string(),
        _ => String::new(),
    }
}

/// States that a list can be narrowed to.
const STATES: [&str; 10] = [
    "asked-mentor",
    "asked-mentee",
    "agreeing",
    "active",
    "paused",
    "completed",
    "early",
    "declined",
    "lapsed",
    "withdrawn",
];

/// Pairs as a table.
pub(crate) fn table(pairs: Vec<PairRow>, w: Words) -> Table {
    let headings = [
        "export-mentee",
        "export-mentor",
        "people-programme",
        "people-organisation",
        "people-county",
        "export-points",
        "pairs-state",
        "pairs-started",
        "pairs-closed",
    ];
    let row = |pair: PairRow| {
        let (began, over) = (started(&pair), ended(&pair));
        let (programme, stands) = (pair.pair.programme.to_uppercase(), state(pair.pair.state.code(), w));
        vec![
            pair.mentee_name.into(),
            pair.mentor_name.into(),
            programme.into(),
            pair.organisation.into(),
            pair.county.into(),
            pair.points.map_or(Cell::Text(String::new()), Cell::Number),
            stands.into(),
            began.into(),
            over.into(),
        ]
    };
    Table {
        more: Vec::new(),
        name: w.t("frame-pairs"),
        headings: headings.map(|key| w.t(key)).to_vec(),
        rows: pairs.into_iter().map(row).collect(),
    }
}
