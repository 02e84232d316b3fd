//! A round being worked out: live progress, and a way to cancel.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect};
use matching::Control;
use mentoring::{Board, Id, Purview, Right, Round};
use store::{NewRound, Snapshot};

use super::new::Plan;
use crate::matching_round::{RULES_VERSION, fingerprint, proposals};
use crate::web::state::{Asked, Frame, Opened, Run, lock};
use crate::web::{Answer, App, Error, identity};

/// So long a click waits for the board before it shows the progress instead.
const PATIENCE: Duration = Duration::from_millis(1500);

#[derive(Template)]
#[template(path = "rounds/run.html")]
struct Progress {
    frame: Frame,
    id: Id,
    done: usize,
    all: usize,
}

/// Starts working out a round; answers with the board if it is there soon, else with the progress.
pub(super) async fn start(app: Arc<App>, asked: Asked, plan: Plan) -> Answer {
    let id = app.new_id();
    let run = Arc::new(Run { account: Some(asked.account().clone()), ..Run::default() });
    {
        // Of ended runs that nobody has asked after, only so many are remembered.
        const MOST: usize = 32;
        let mut runs = lock(&app.runs);
        if runs.len() >= MOST {
            runs.retain(|_, run| lock(&run.end).is_none());
        }
        runs.insert(id.clone(), Arc::clone(&run));
    }
    // Not further than the organisation whose round it is: its staff will all read the round.
    let (organisation, purview) = asked.acting(Right::Match, &plan.acting);
    let job = Job { id: id.clone(), plan, organisation, purview, stamp: asked.stamp(&app) };
    let task = tokio::spawn(work(Arc::clone(&app), job, Arc::clone(&run)));
    let ended = tokio::time::timeout(PATIENCE, task).await;
    if ended.is_ok() { finished(&app, &id) } else { Ok(Redirect::to(&format!("/runs/{id}")).into_response()) }
}

/// A round to work out: for whom, and how far they reach.
struct Job {
    id: Id,
    plan: Plan,
    organisation: String,
    purview: Purview,
    stamp: store::Stamp,
}

/// Works the round out and keeps it; the end is noted in the run.
async fn work(app: Arc<App>, job: Job, run: Arc<Run>) {
    let end = make(&app, job, &run).await;
    *lock(&run.end) = Some(end.map_err(|error| match error {
        Error::Internal(detail) => detail,
        _ => String::new(),
    }));
}

async fn make(app: &App, job: Job, run: &Arc<Run>) -> Result<(), Error> {
    let Job { id, plan, organisation, purview, stamp } = job;
    let within = app.store.within(&purview);
    let (mentees, mentors) = within.people(&plan.scope).await?;
    let setting = plan.setting;
    let watched = Arc::clone(run);
    let worked = tokio::task::spawn_blocking(move || {
        let fingerprint = fingerprint(&setting, &mentees, &mentors);
        let round = Arc::new(Round::new(setting.clone(), mentees, mentors));
        let progress = |done: usize, all: usize| {
            watched.all.store(all, Ordering::Relaxed);
            watched.done.store(done, Ordering::Relaxed);
        };
        let control = Control { cancel: Some(&watched.cancel), progress: Some(&progress), keep: None };
        let board = Board::open(Arc::clone(&round), &control)?;
        let proposals = proposals(&board)?;
        let people = Snapshot { mentees: round.mentees().to_vec(), mentors: round.mentors().to_vec() };
        Ok::<_, Error>((setting, fingerprint, people, proposals, board))
    });
    let (setting, fingerprint, people, proposals, board) = worked.await??;
    let new = NewRound {
        id: id.clone(),
        name: plan.name,
        organisation,
        setting,
        rules_version: RULES_VERSION.to_owned(),
        fingerprint,
        people,
    };
    within.create_round(&new, &proposals, &stamp).await?;
    app.keep_board(&id, Arc::new(Opened { board, version: 1, last: None }));
    Ok(())
}

/// Leads on from a run that has ended.
fn finished(app: &App, id: &Id) -> Answer {
    let Some(run) = lock(&app.runs).remove(id) else {
        return Ok(Redirect::to(&format!("/rounds/{id}")).into_response());
    };
    let end = lock(&run.end).take();
    match end {
        Some(Ok(())) => Ok(Redirect::to(&format!("/rounds/{id}")).into_response()),
        Some(Err(_)) if run.cancel.load(Ordering::Relaxed) => Ok(Redirect::to("/rounds/new").into_response()),
        Some(Err(detail)) => Err(Error::Internal(detail)),
        None => Err(Error::Internal("the run ended without a word".to_owned())),
    }
}

/// The progress of a run, or its outcome.
pub(in crate::web) async fn run(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let id = identity(&id)?;
    let run = lock(&app.runs).get(&id).filter(|run| run.account.as_ref() == Some(asked.account())).cloned();
    let Some(run) = run else {
        return Ok(Redirect::to(&format!("/rounds/{id}")).into_response());
    };
    if lock(&run.end).is_some() {
        return finished(&app, &id);
    }
    let (done, all) = (run.done.load(Ordering::Relaxed), run.all.load(Ordering::Relaxed));
    let page = Progress { frame: asked.frame(&app, "rounds"), id, done, all };
    Ok(Html(page.render()?).into_response())
}

/// Cancels a run.
pub(in crate::web) async fn cancel(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    if let Some(run) = lock(&app.runs).get(&identity(&id)?).filter(|run| run.account.as_ref() == Some(asked.account()))
    {
        run.cancel.store(true, Ordering::Relaxed);
    }
    Ok(Redirect::to("/rounds/new").into_response())
}
