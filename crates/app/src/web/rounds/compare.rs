//! One mentee on the board: why no mentor, the ways out; and a pair side by side.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::{Criterion, Id, Lack, Level, Mentee, Mentor, Relief, Rule, Standing, broken, fit};
use serde::Deserialize;
use store::{RoundRow, RoundState};

use super::board::{Other, lacking, others, relief};
use super::{Bar, Told};
use crate::record::Role;
use crate::web::state::{Asked, Frame};
use crate::web::words::capital;
use crate::web::{Answer, App, Error, identity};

#[derive(Template)]
#[template(path = "rounds/mentee.html")]
struct OneMentee {
    frame: Frame,
    round: RoundRow,
    open: bool,
    mentee: Mentee,
    days: u32,
    state: String,
    mentor: Option<Mentor>,
    bar: Option<Bar>,
    reasons: Vec<Told>,
    others: Vec<Other>,
    banned: Vec<(String, String)>,
    why: Option<NoMentor>,
    withdrawn: bool,
    /// Everybody who can be proposed to somebody, to be compared and chosen.
    mentors: Vec<(Id, String)>,
}

/// Why there is no mentor, in words.
struct NoMentor {
    stopped: Vec<(String, usize)>,
    mentors: usize,
    allowed: usize,
    /// Whom they came closest to.
    closest: Option<String>,
    lacking: Option<String>,
    ways: Vec<Way>,
    gives_place: bool,
}

struct Way {
    takes: String,
    mentor: String,
    id: String,
    points: u16,
    pairs: i64,
    change: i64,
    /// Whether the board can give it.
    on_board: bool,
    /// Whether the mentor's own record must change, and another round be made.
    needs_record: bool,
    /// The rule to try without.
    without: Option<&'static str>,
}

/// One mentee of a round.
pub(in crate::web) async fn mentee(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path((id, mentee)): Path<(String, String)>,
) -> Answer {
    let id = identity(&id)?;
    let (round, opened) = app.board(&asked, &id).await?;
    let mentee = identity(&mentee)?;
    let row = opened.board.round().row_of(&mentee).ok_or(Error::NotFound)?;
    asked.reads(&app, Role::Mentees, &[&mentee]).await?;
    let frame = asked.frame(&app, "rounds");
    let w = asked.w;
    let page = tokio::task::spawn_blocking(move || {
        let board = &opened.board;
        let mentee = board.round().mentees()[row].clone();
        let standing = board.standing(row);
        let fit = standing.mentor().map(|mentor| fit(&mentee, mentor, board.round().setting()));
        let why = (standing == Standing::Unmatched).then(|| {
            let why = board.why(row);
            NoMentor {
                stopped: why.stopped.iter().map(|(rule, count)| (w.label(rule.names()), *count)).collect(),
                mentors: board.round().mentors().len(),
                allowed: why.allowed,
                closest: match why.lack {
                    Some(Lack::Points { mentor, .. }) => Some(mentor.name.clone()),
                    _ => None,
                },
                lacking: why.lack.map(|lack| lacking(lack, w)),
                gives_place: why.ways.iter().any(|way| way.on_board),
                ways: why
                    .ways
                    .iter()
                    .map(|way| Way {
                        takes: capital(&relief(way, w)),
                        on_board: way.on_board,
                        needs_record: way.relief == Relief::Place && !way.on_board,
                        without: match way.relief {
                            Relief::Exception(rule) if Rule::OPTIONAL.contains(&rule) => Some(rule.code()),
                            _ => None,
                        },
                        mentor: way.mentor.name.clone(),
                        id: way.mentor.id.to_string(),
                        points: way.fit.total,
                        pairs: way.change.pairs,
                        change: way.change.points,
                    })
                    .collect(),
            }
        });
        let mut mentors: Vec<&Mentor> =
            (0..board.round().columns()).map(|column| board.round().mentor(column)).collect();
        mentors.sort_by_cached_key(|mentor| store::sort_key(&mentor.name));
        let told = |mentor: &Mentor| format!("{}, {}", mentor.name, mentor.municipality.names().sv);
        let mentors = mentors.into_iter().map(|mentor| (mentor.id.clone(), told(mentor))).collect();
        let name = |mentor: &Id| {
            let known = board.round().column_of(mentor).map(|column| board.round().mentor(column).name.clone());
            (mentor.to_string(), known.unwrap_or_default())
        };
        OneMentee {
            open: round.state == RoundState::Open && frame.matches(),
            frame,
            round,
            days: mentee.waited(board.round().setting().today),
            state: match standing {
                Standing::Locked(_) => w.t("rounds-locked"),
                Standing::Proposed(_) => w.t("rounds-proposed"),
                Standing::Unmatched => w.t("rounds-none-found"),
                Standing::Withdrawn => w.t("rounds-withdrawn"),
            },
            withdrawn: standing == Standing::Withdrawn,
            mentor: standing.mentor().cloned(),
            bar: fit.as_ref().map(|fit| Bar::new(fit, w)),
            reasons: fit.as_ref().map_or_else(Vec::new, |fit| Told::all(fit, None, w)),
            others: others(board, row),
            banned: board
                .banned()
                .get(&mentee.id)
                .map_or_else(Vec::new, |mentors| mentors.iter().map(|mentor| name(mentor)).collect()),
            why,
            mentors,
            mentee,
        }
    });
    Ok(Html(page.await?.render()?).into_response())
}

/// Whom to compare with.
#[derive(Deserialize)]
pub(in crate::web) struct Chosen {
    #[serde(default)]
    mentor: String,
}

/// Leads to the comparison with a mentor chosen from the list.
pub(in crate::web) async fn compare_with(
    _: Asked,
    Path((id, mentee)): Path<(String, String)>,
    Query(chosen): Query<Chosen>,
) -> Answer {
    let (id, mentee, mentor) = (identity(&id)?, identity(&mentee)?, identity(&chosen.mentor)?);
    Ok(Redirect::to(&format!("/rounds/{id}/mentees/{mentee}/{mentor}")).into_response())
}

#[derive(Template)]
#[template(path = "rounds/compare.html")]
struct Compare {
    frame: Frame,
    round: RoundRow,
    open: bool,
    mentee: Mentee,
    mentor: Mentor,
    bar: Bar,
    needs: Vec<(&'static str, String, String)>,
    reasons: Vec<Told>,
    broken: Vec<String>,
    cost: Option<String>,
    chosen: bool,
}

/// A mentee and a mentor side by side.
pub(in crate::web) async fn compare(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path((id, mentee, mentor)): Path<(String, String, String)>,
) -> Answer {
    let id = identity(&id)?;
    let (round, opened) = app.board(&asked, &id).await?;
    let (mentee, mentor) = (identity(&mentee)?, identity(&mentor)?);
    let w = asked.w;
    let board = &opened.board;
    let row = board.round().row_of(&mentee).ok_or(Error::NotFound)?;
    let mentor = board.round().mentors().iter().find(|other| other.id == mentor).ok_or(Error::NotFound)?.clone();
    asked.reads(&app, Role::Mentees, &[&mentee]).await?;
    asked.reads(&app, Role::Mentors, &[&mentor.id]).await?;
    let mentee = board.round().mentees()[row].clone();
    let setting = board.round().setting();
    let fit = fit(&mentee, &mentor, setting);
    let chosen = board.standing(row).mentor().is_some_and(|other| other.id == mentor.id);
    let cost = if chosen { None } else { board.choosing(&mentee.id, &mentor.id).ok() };
    let cost = cost.map(|change| {
        let movers = change.moved.len().saturating_sub(1);
        format!(
            "{}. {}",
            w.x("rounds-total-change", w.signed(change.points)).trim_end_matches('.'),
            w.n("rounds-others-move", movers)
        )
    });
    let need = |(competence, importance): &(mentoring::Competence, mentoring::Importance)| {
        let level = mentor.competences.iter().find(|known| known.0 == *competence).map(|known| known.1);
        let area = competence.entry().area;
        let nearby = mentor.competences.iter().any(|(known, level)| known.entry().area == area && *level > Level::Some);
        let (class, answer) = match level {
            Some(level @ (Level::Expert | Level::Experienced)) => ("meets", w.name(level.names()).to_owned()),
            Some(level) => ("partly", w.name(level.names()).to_owned()),
            None if nearby => ("partly", w.x("rounds-knows-nearby", area.names())),
            None => ("missing", w.t("rounds-lacks")),
        };
        (class, format!("{} ({})", w.name(competence.names()), w.name(importance.names())), answer)
    };
    let page = Compare {
        frame: asked.frame(&app, "rounds"),
        open: round.state == RoundState::Open && asked.visitor.may(mentoring::Right::Match),
        round,
        bar: Bar::new(&fit, w),
        needs: mentee.needs.iter().map(need).collect(),
        reasons: Told::all(&fit, None, w),
        broken: broken(&mentee, &mentor, setting).iter().map(|broken| w.say(&broken.say)).collect(),
        cost,
        chosen,
        mentee,
        mentor,
    };
    Ok(Html(page.render()?).into_response())
}
