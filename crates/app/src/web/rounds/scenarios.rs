//! What if: named scenarios beside the round.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect};
use matching::Control;
use mentoring::{Criterion, Mentor, Rule, Scenario, Weights, differences};
use serde::Deserialize;
use store::RoundRow;

use super::{Figures, identity};
use crate::web::people::query;
use crate::web::state::{Asked, Frame};
use crate::web::{Answer, App, Error};

/// Differences listed.
const MOST: usize = 200;

#[derive(Template)]
#[template(path = "rounds/scenarios.html")]
struct Page {
    frame: Frame,
    round: RoundRow,
    scenarios: Vec<Scenario>,
    weights: Weights,
    shared: bool,
    mentors: Vec<Mentor>,
    played: Option<Played>,
}

/// A scenario beside the round.
struct Played {
    name: String,
    first: Figures,
    second: Figures,
    differences: Vec<(String, Option<String>, Option<String>)>,
    more: usize,
}

#[derive(Deserialize)]
pub(in crate::web) struct Wanted {
    #[serde(default)]
    name: String,
}

/// The scenarios of a round, one of them played.
pub(in crate::web) async fn scenarios(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let id = identity(&id)?;
    let (round, opened) = app.board(&id).await?;
    let scenarios = app.store.scenarios(&id).await?;
    let chosen = scenarios.iter().find(|scenario| scenario.name == wanted.name).cloned();
    let frame = asked.frame(&app, "rounds");
    let page = tokio::task::spawn_blocking(move || {
        let board = &opened.board;
        let played = chosen.map(|scenario| {
            let second = scenario.play(board, &Control::default())?;
            let all = differences(board, &second);
            let name = |mentor: Option<&Mentor>| mentor.map(|mentor| mentor.name.clone());
            Ok::<_, Error>(Played {
                name: scenario.name,
                first: Figures::new(board),
                second: Figures::new(&second),
                more: all.len().saturating_sub(MOST),
                differences: all
                    .iter()
                    .take(MOST)
                    .map(|it| (it.mentee.name.clone(), name(it.before), name(it.after)))
                    .collect(),
            })
        });
        let mut mentors: Vec<Mentor> =
            (0..board.round().columns()).map(|column| board.round().mentor(column).clone()).collect();
        mentors.sort_by_key(|mentor| store::sort_key(&mentor.name));
        let setting = &round.setting;
        Ok::<_, Error>(Page {
            frame,
            weights: setting.programmes.first().map(|programme| programme.weights).unwrap_or_default(),
            shared: setting.shared,
            round,
            scenarios,
            mentors,
            played: played.transpose()?,
        })
    });
    Ok(Html(page.await??.render()?).into_response())
}

/// Keeps a scenario and plays it.
pub(in crate::web) async fn keep_scenario(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let id = identity(&id)?;
    let value = |name: &str| {
        posted.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    };
    if let Some(drop) = value("drop") {
        app.store.drop_scenario(&id, drop, &app.stamp(&asked.visitor)).await?;
        return Ok(Redirect::to(&format!("/rounds/{id}/scenarios")).into_response());
    }
    let (round, _) = app.board(&id).await?;
    let mut weights = round.setting.programmes.first().map(|programme| programme.weights).unwrap_or_default();
    let before = weights;
    for &criterion in Criterion::ALL {
        if let Some(text) = value(criterion.code()) {
            let points = text.parse::<u16>().unwrap_or(u16::MAX);
            *weights.of_mut(criterion) = points.min(Weights::MOST + 1);
        }
    }
    if let Err(sum) = weights.check() {
        return Err(Error::Faulty(mentoring::Say::new("rounds-weights-sum").with("n", sum).with("shown", sum)));
    }
    let rules_off: BTreeSet<Rule> = posted
        .iter()
        .filter(|(key, _)| key == "off")
        .filter_map(|(_, code)| Rule::from_code(code))
        .filter(|rule| Rule::OPTIONAL.contains(rule))
        .collect();
    let more_places = value("mentor").and_then(mentoring::Id::parse).map(|mentor| (mentor, 1)).into_iter().collect();
    let name: String = value("name")
        .map_or_else(|| asked.w.t("rounds-scenario"), str::to_owned)
        .chars()
        .filter(|letter| !letter.is_control())
        .take(60)
        .collect();
    let scenario = Scenario {
        weights: (weights != before).then_some(weights),
        rules_off,
        remote_for_all: value("remote").is_some(),
        shared: value("shared").is_some(),
        more_places,
        name,
    };
    app.store.keep_scenario(&id, &scenario, &app.stamp(&asked.visitor)).await?;
    Ok(Redirect::to(&format!("/rounds/{id}/scenarios?{}", query(&[("name", &scenario.name)]))).into_response())
}
