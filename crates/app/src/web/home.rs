//! Home: who waits, rounds in progress, where places are short.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use jiff::Span;
use mentoring::{ApplicationState, Mentee, PairState};
use store::{Counted, Flag, PairRow, RoundRow, RoundState, Tally};

use super::state::{Asked, Frame};
use super::{Answer, App};

/// Days from two yeses to an agreement after which somebody should ask how it goes.
const SLOW: i32 = 14;

#[derive(Template)]
#[template(path = "home/home.html")]
struct Home {
    frame: Frame,
    /// Applications to be decided.
    applications: usize,
    /// What people have asked about, and pairs that have long been about to begin.
    flags: Vec<Flag>,
    slow: Vec<PairRow>,
    waiting: usize,
    mentors: usize,
    places: usize,
    longest: Vec<(Mentee, u32)>,
    rounds: Vec<RoundRow>,
    counties: Vec<Tally>,
}

impl Home {
    fn since(row: &PairRow) -> String {
        match row.pair.state {
            PairState::Agreeing { since, .. } => since.to_string(),
            _ => String::new(),
        }
    }
}

/// The coordinator's first page.
pub(super) async fn home(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let tallies = asked.within().tallies(app.today()).await?;
    let today = app.today();
    let (_, applications) = asked.within().applications(ApplicationState::Sent, &Counted::default(), 0, 0).await?;
    let flags = asked.within().open_flags().await?;
    let slow = asked.within().slow_pairs(today.saturating_sub(Span::new().days(SLOW))).await?;
    let longest = asked.within().longest_waiting(10).await?;
    let mut rounds = asked.within().rounds().await?;
    rounds.retain(|round| round.state == RoundState::Open);
    let mut counties = tallies.clone();
    counties.sort_by_key(|tally| std::cmp::Reverse(tally.waiting as i64 - tally.places as i64));
    counties.retain(|tally| tally.waiting > tally.places);
    let page = Home {
        frame: asked.frame(&app, "home"),
        applications,
        flags,
        slow,
        waiting: tallies.iter().map(|tally| tally.waiting).sum(),
        mentors: tallies.iter().map(|tally| tally.mentors).sum(),
        places: tallies.iter().map(|tally| tally.places).sum(),
        longest: longest
            .into_iter()
            .map(|mentee| (mentee.waited(today), mentee))
            .map(|(days, mentee)| (mentee, days))
            .collect(),
        rounds,
        counties,
    };
    Ok(Html(page.render()?).into_response())
}
