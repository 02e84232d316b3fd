//! Home: what is to be done, who waits, rounds in progress, where places are short.

mod queue;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse};
use mentoring::{ApplicationState, Mentee};
use serde::Deserialize;
use store::{Counted, RoundRow, RoundState, Tally};

use super::state::{Asked, Frame};
use super::{Answer, App};
use queue::{Done, Task, just_done, queue};

/// So many lines at first: more would be no queue.
const SHOWN: usize = 25;

/// What of the queue to show: all of it, and what has just been done about a flag.
#[derive(Deserialize)]
pub(super) struct Wanted {
    all: Option<String>,
    pair: Option<String>,
    flag: Option<String>,
}

#[derive(Template)]
#[template(path = "home/home.html")]
struct Home {
    frame: Frame,
    /// Applications to be decided.
    applications: usize,
    /// What waits for somebody, by deadline and harm; how many more there are.
    queue: Vec<Task>,
    more: usize,
    /// Whether all of it is shown.
    all: bool,
    /// What has just been done from it, to be taken back.
    done: Option<Done>,
    waiting: usize,
    mentors: usize,
    places: usize,
    longest: Vec<(Mentee, u32)>,
    rounds: Vec<RoundRow>,
    counties: Vec<Tally>,
}

/// The coordinator's first page.
pub(super) async fn home(State(app): State<Arc<App>>, asked: Asked, Query(wanted): Query<Wanted>) -> Answer {
    let tallies = asked.within().tallies(app.today()).await?;
    let today = app.today();
    let (_, applications) = asked.within().applications(ApplicationState::Sent, &Counted::default(), 0, 0).await?;
    let mut queue = queue(&app, &asked).await?;
    let shown = if wanted.all.is_some() { queue.len() } else { SHOWN };
    let more = queue.len().saturating_sub(shown);
    queue.truncate(shown);
    let longest = asked.within().longest_waiting(10).await?;
    let mut rounds = asked.within().rounds().await?;
    rounds.retain(|round| round.state == RoundState::Open);
    let mut counties = tallies.clone();
    counties.sort_by_key(|tally| std::cmp::Reverse(tally.waiting as i64 - tally.places as i64));
    counties.retain(|tally| tally.waiting > tally.places);
    let page = Home {
        frame: asked.frame(&app, "home"),
        applications,
        queue,
        more,
        all: wanted.all.is_some(),
        done: match wanted.pair.zip(wanted.flag) {
            Some((pair, flag)) => just_done(&app, &asked, &pair, &flag).await?,
            None => None,
        },
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
