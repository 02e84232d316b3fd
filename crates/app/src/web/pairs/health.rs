//! How every pair that meets is doing: the signs themselves, the worst first.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse};
use mentoring::Sense;
use serde::Deserialize;
use store::PairRow;

use crate::web::people::{FURTHEST, Pager, lenient};
use crate::web::state::{Asked, Frame};
use crate::web::{Answer, App};

/// Pairs on a page.
const SIZE: usize = 50;

#[derive(Deserialize, Default)]
pub(in crate::web) struct Wanted {
    #[serde(default, deserialize_with = "lenient")]
    page: usize,
}

/// A pair with its signs in words.
struct Line {
    row: PairRow,
    signs: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "pairs/health.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
    /// Pairs with something missing, with something partly as it should be, and with all well.
    counts: [usize; 3],
    pager: Pager,
}

/// The pairs that meet, with their signs.
pub(in crate::web) async fn health(State(app): State<Arc<App>>, asked: Asked, Query(wanted): Query<Wanted>) -> Answer {
    let (today, w) = (app.today(), asked.w);
    let mut all = asked.within().health(app.now()).await?;
    all.sort_by_cached_key(|it| (std::cmp::Reverse(it.signs.rank(today)), it.row.pair.id.clone()));
    let worst = |it: &store::Health| it.signs.all(today).first().map(|(sense, _)| *sense);
    let count = |sense| all.iter().filter(|it| worst(it) == Some(sense)).count();
    let counts = [count(Sense::Missing), count(Sense::Partly), count(Sense::Meets)];
    let page = wanted.page.min(FURTHEST);
    let pager = Pager::new(all.len(), SIZE, page, "/health?".to_owned());
    let class = |sense| match sense {
        Sense::Meets => "meets",
        Sense::Partly => "partly",
        Sense::Missing => "missing",
    };
    let line = |it: store::Health| Line {
        signs: it.signs.all(today).into_iter().map(|(sense, say)| (class(sense), w.say(&say))).collect(),
        row: it.row,
    };
    let lines = all.into_iter().skip(page * SIZE).take(SIZE).map(line).collect();
    Ok(Html(Page { frame: asked.frame(&app, "pairs"), lines, counts, pager }.render()?).into_response())
}
