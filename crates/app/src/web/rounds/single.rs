//! One mentee now, without a round: the best mentors, with what each would cost those who go on waiting.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use matching::Control;
use mentoring::{Board, Criterion, Id, Mentee, Mentor, Pair, Round, Say, Setting, broken_since, fit};
use store::{Parties, Scope};

use super::board::why_none;
use super::{Bar, Told};
use crate::mail::proposed;
use crate::record::Role;
use crate::web::programmes::line;
use crate::web::state::{Asked, Frame};
use crate::web::{Answer, App, Error, identity};

/// So many mentors are shown.
const SHOWN: usize = 3;

/// A mentor whom the mentee could have now.
struct Candidate {
    id: Id,
    name: String,
    place: &'static str,
    bar: Bar,
    reasons: Vec<Told>,
    /// What it does to the others who wait.
    cost: String,
}

#[derive(Template)]
#[template(path = "rounds/single.html")]
struct Page {
    frame: Frame,
    mentee: Mentee,
    days: u32,
    /// How many wait for the same programme.
    waiting: usize,
    candidates: Vec<Candidate>,
    /// Why there is none.
    none: Vec<String>,
    fault: Option<String>,
}

async fn setting(app: &App) -> Result<Setting, Error> {
    Ok(Setting { programmes: app.store.programmes().await?, today: app.today(), shared: true, most_pairs: false })
}

/// A mentee who waits.
async fn waiting(asked: &Asked, id: &str) -> Result<Mentee, Error> {
    let id = identity(id)?;
    let (mentee, _) = asked.within().one::<Mentee>(&id).await?;
    if mentee.paired || asked.within().has_left(&id).await? {
        return Err(Error::Faulty(Say::new("rounds-single-not-waiting").with("x", mentee.name)));
    }
    Ok(mentee)
}

async fn page(app: &App, asked: &Asked, mentee: Mentee, fault: Option<String>) -> Answer {
    let w = asked.w;
    asked.reads(app, Role::Mentees, &[&mentee.id]).await?;
    let scope = Scope { programmes: vec![mentee.programme.clone()], ..Scope::default() };
    let (mentees, mentors) = asked.within().people(&scope).await?;
    let setting = setting(app).await?;
    let id = mentee.id.clone();
    let worked = tokio::task::spawn_blocking(move || {
        let board = Board::open(Arc::new(Round::new(setting, mentees, mentors)), &Control::default())?;
        let row = board.round().row_of(&id).ok_or(Error::NotFound)?;
        let there = &board.round().mentees()[row];
        let best = board.standing(row).mentor();
        let own = |mentor: &Mentor| i64::from(fit(there, mentor, board.round().setting()).total);
        let now = best.map_or(0, own);
        let candidate = |mentor: &Mentor, pairs: i64, points: i64| {
            let fit = fit(there, mentor, board.round().setting());
            // The whole changes by what the mentee and what the others get.
            let others = points - (i64::from(fit.total) - now);
            let pairs = pairs - i64::from(best.is_none());
            let cost = match (pairs, others) {
                (0, 0) => w.t("rounds-single-free"),
                (0, others) => w.x("rounds-single-cost", w.signed(others)),
                (_, others) => {
                    let say = Say::new("rounds-single-cost-pair").with("x", w.signed(others));
                    w.page(&say.with("pairs", w.signed(pairs)))
                }
            };
            Candidate {
                id: mentor.id.clone(),
                name: mentor.name.clone(),
                place: mentor.municipality.names().sv,
                bar: Bar::new(&fit, w),
                reasons: Told::main(&fit, None, w),
                cost,
            }
        };
        let mut candidates: Vec<Candidate> = best.map(|mentor| candidate(mentor, 0, 0)).into_iter().collect();
        for other in board.options(row, SHOWN - candidates.len()) {
            candidates.push(candidate(other.mentor, other.change.pairs, other.change.points));
        }
        let none = if candidates.is_empty() { why_none(&board, row, w) } else { Vec::new() };
        Ok::<_, Error>((candidates, none, board.round().mentees().len()))
    });
    let (candidates, none, waiting) = worked.await??;
    let page = Page {
        frame: asked.frame(app, "mentees"),
        days: mentee.waited(app.today()),
        mentee,
        waiting,
        candidates,
        none,
        fault,
    };
    let status = if page.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Html(page.render()?)).into_response())
}

/// Who for this mentee, now.
pub(in crate::web) async fn single(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let mentee = waiting(&asked, &id).await?;
    page(&app, &asked, mentee, None).await
}

/// Asks the chosen mentor.
pub(in crate::web) async fn ask(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let mentee = waiting(&asked, &id).await?;
    let (mentor, _) = asked.within().one::<Mentor>(&identity(&line(&posted, "mentor", 40))?).await?;
    let setting = setting(&app).await?;
    let points = i64::from(fit(&mentee, &mentor, &setting).total);
    let programme = app.programme_name(&mentee.programme).await?;
    let now = app.now();
    let rule = |mentee: &Mentee, mentor: &Mentor| broken_since(mentee, mentor, &setting).map(|broken| broken.say);
    let letters = |pair: &Pair, both: &Parties| proposed(pair, both, &programme, now);
    let pair = Pair::proposed(app.new_id(), mentee.programme.clone(), mentee.id.clone(), mentor.id, app.today());
    match asked.within().propose(&pair, points, rule, letters, app.today(), &asked.stamp(&app)).await {
        Ok(()) => {
            app.post.wake();
            Ok(Redirect::to(&format!("/pairs/{}", pair.id)).into_response())
        }
        Err(store::Error::Broken { why, .. }) => page(&app, &asked, mentee, Some(asked.w.say(&why))).await,
        Err(store::Error::NoPlace { mentor }) => {
            let fault = asked.w.x("error-no-place", mentor);
            page(&app, &asked, mentee, Some(fault)).await
        }
        Err(error) => Err(error.into()),
    }
}
