//! Home: who waits, rounds in progress, where places are short.

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::{Html, IntoResponse};
use jiff::Span;
use jiff::civil::Date;
use mentoring::{ApplicationState, Matter, Mentee, PairState, Right, Say};
use store::{Counted, RoundRow, RoundState, Tally};

use super::pairs::told_flag;
use super::state::{Asked, Frame};
use super::words::zone_day;
use super::{Answer, App, Error};

/// Days from two yeses to an agreement after which somebody should ask how it goes.
const SLOW: i32 = 14;

#[derive(Template)]
#[template(path = "home/home.html")]
struct Home {
    frame: Frame,
    /// Applications to be decided.
    applications: usize,
    /// What waits for somebody, by deadline and harm; how many more there are.
    queue: Vec<Task>,
    more: usize,
    waiting: usize,
    mentors: usize,
    places: usize,
    longest: Vec<(Mentee, u32)>,
    rounds: Vec<RoundRow>,
    counties: Vec<Tally>,
}

/// A line of the queue.
pub(super) struct Task {
    matter: Matter,
    /// Who it is about, and where it is seen to.
    who: String,
    path: String,
    /// What it is, in words.
    what: String,
    since: Date,
    deadline: Date,
    late: bool,
}

/// So many lines at first: more would be no queue.
const SHOWN: usize = 25;

impl Task {
    fn new(matter: Matter, (who, path): (String, String), what: String, since: Date, today: Date) -> Self {
        let deadline = matter.deadline(since);
        Self { matter, who, path, what, since, deadline, late: deadline < today }
    }
}

/// Each pair once, where its most urgent matter stands, with what else there is to see to.
fn one_each(queue: Vec<Task>) -> Vec<Task> {
    let mut once: Vec<Task> = Vec::new();
    for task in queue {
        match once.iter_mut().find(|it| it.path == task.path && task.path.starts_with("/pairs/")) {
            Some(first) => first.what = format!("{}; {}", first.what, task.what),
            None => once.push(task),
        }
    }
    once
}

/// Everything that waits for somebody, by deadline and harm.
async fn queue(app: &App, asked: &Asked) -> Result<Vec<Task>, Error> {
    let (today, w) = (app.today(), asked.w);
    let day = |stored: &str| zone_day(stored).unwrap_or(today);
    let mut queue = Vec::new();
    for flag in asked.within().open_flags(today).await? {
        let (matter, what) = match &flag.act {
            Some((act, at)) => {
                let say = Say::new("home-result").with("act", act.names()).with("day", w.stored_day(at));
                (Matter::Result(*act), format!("{}: {}", told_flag(&flag, w), w.page(&say)))
            }
            None => (Matter::Flag(flag.kind), told_flag(&flag, w)),
        };
        let who = (format!("{} – {}", flag.mentee, flag.mentor), format!("/pairs/{}", flag.pair));
        queue.push(Task::new(matter, who, what, day(&flag.waits_since), today));
    }
    for row in asked.within().slow_pairs(today.saturating_sub(Span::new().days(SLOW))).await? {
        let PairState::Agreeing { since, .. } = row.pair.state else { continue };
        let who = (format!("{} – {}", row.mentee_name, row.mentor_name), format!("/pairs/{}", row.pair.id));
        queue.push(Task::new(Matter::Slow, who, w.label(Matter::Slow.names()), since, today));
    }
    for it in asked.within().pending(app.now()).await? {
        let path = match it.matter {
            Matter::LetDown => format!("/mentees/{}", it.id),
            Matter::Unapproved => format!("/mentors/{}", it.id),
            _ => format!("/applications/{}", it.id),
        };
        queue.push(Task::new(it.matter, (it.name, path), w.label(it.matter.names()), day(&it.since), today));
    }
    let answers_for = asked.visitor.purview(Right::ManageOrganisation);
    for it in app.store.within(&answers_for).complaints().await?.into_iter().filter(|it| it.ended_at.is_none()) {
        let what = w.label(Matter::Complaint.names());
        queue.push(Task::new(Matter::Complaint, (it.name, "/complaints".to_owned()), what, day(&it.since), today));
    }
    queue.sort_by_key(|task| (task.matter.place(task.since, today), task.since));
    Ok(one_each(queue))
}

/// The coordinator's first page.
pub(super) async fn home(State(app): State<Arc<App>>, asked: Asked, RawQuery(query): RawQuery) -> Answer {
    let tallies = asked.within().tallies(app.today()).await?;
    let today = app.today();
    let (_, applications) = asked.within().applications(ApplicationState::Sent, &Counted::default(), 0, 0).await?;
    let mut queue = queue(&app, &asked).await?;
    let shown = if query.as_deref() == Some("all") { queue.len() } else { SHOWN };
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
