//! What if: named scenarios beside the round.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use matching::Control;
use mentoring::{Board, Criterion, Id, Mentor, Rule, Scenario, Weights, differences};
use store::{RoundRow, RoundState};

use super::Figures;
use super::new::weights;
use crate::web::people::query;
use crate::web::state::{Asked, Frame};
use crate::web::{Answer, App, Error, Words, identity};

/// Differences listed.
const MOST: usize = 200;

#[derive(Template)]
#[template(path = "rounds/scenarios.html")]
struct Page {
    frame: Frame,
    round: RoundRow,
    scenarios: Vec<Scenario>,
    mentors: Vec<Mentor>,
    played: Option<Played>,
    form: Change,
    fault: Option<String>,
}

/// A scenario beside the round.
struct Played {
    name: String,
    changes: Vec<String>,
    same_weights: bool,
    first: Figures,
    second: Figures,
    differences: Vec<Differs>,
    more: usize,
}

/// One mentee whose mentor differs.
struct Differs {
    id: Id,
    name: String,
    before: Option<String>,
    after: Option<String>,
}

/// What the form for a new scenario says.
struct Change {
    name: String,
    mentor: Option<Id>,
    remote: bool,
    shared: bool,
    off: BTreeSet<Rule>,
    weights: Weights,
}

impl Change {
    fn read(posted: &[(String, String)], round: &RoundRow) -> Self {
        let value = |name: &str| {
            posted.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
        };
        let rules = posted.iter().filter(|(key, _)| key == "off").filter_map(|(_, code)| Rule::from_code(code));
        let name = value("name").unwrap_or_default();
        Self {
            name: name.chars().filter(|letter| !letter.is_control()).take(60).collect(),
            mentor: value("mentor").and_then(Id::parse),
            remote: value("remote").is_some(),
            shared: value("shared").is_some(),
            off: rules.filter(|rule| Rule::OPTIONAL.contains(rule)).collect(),
            weights: weights(posted, own_weights(round)),
        }
    }

    fn scenario(self, round: &RoundRow, w: Words) -> Scenario {
        Scenario {
            name: if self.name.is_empty() { w.t("rounds-scenario") } else { self.name },
            weights: (self.weights != own_weights(round)).then_some(self.weights),
            rules_off: self.off,
            remote_for_all: self.remote,
            shared: self.shared && !round.setting.shared,
            more_places: self.mentor.map(|mentor| (mentor, 1)).into_iter().collect(),
        }
    }

    fn off(&self, rule: Rule) -> bool {
        self.off.contains(&rule)
    }
}

fn own_weights(round: &RoundRow) -> Weights {
    round.setting.programmes.first().map(|programme| programme.weights).unwrap_or_default()
}

/// What a scenario changes, one sentence each.
fn changes(scenario: &Scenario, board: &Board, w: Words) -> Vec<String> {
    let mut told = Vec::new();
    for (mentor, _) in &scenario.more_places {
        let known = board.round().mentors().iter().find(|other| other.id == *mentor);
        told.push(w.x("rounds-change-place", known.map_or("?", |mentor| mentor.name.as_str())));
    }
    if scenario.remote_for_all {
        told.push(w.t("rounds-remote-for-all"));
    }
    if scenario.shared {
        told.push(w.t("rounds-shared"));
    }
    told.extend(scenario.rules_off.iter().map(|rule| w.x("rounds-without-rule", rule.names())));
    if let Some(weights) = scenario.weights {
        let before = board.round().setting().programmes.first().map(|programme| programme.weights).unwrap_or_default();
        let differs = Criterion::ALL.iter().filter(|&&criterion| weights.of(criterion) != before.of(criterion));
        told.extend(differs.map(|&criterion| {
            let (before, after) = (before.of(criterion), weights.of(criterion));
            format!("{}: {before} → {after}", w.label(criterion.names()))
        }));
    }
    told
}

fn played(scenario: &Scenario, board: &Board, w: Words) -> Result<Played, Error> {
    let second = scenario.play(board, &Control::default())?;
    let mut all = differences(board, &second);
    // Those who gain or lose a mentor first.
    all.sort_by_cached_key(|it| {
        (it.before.is_some() && it.after.is_some(), it.before.is_some(), store::sort_key(&it.mentee.name))
    });
    let name = |mentor: Option<&Mentor>| mentor.map(|mentor| mentor.name.clone());
    Ok(Played {
        name: scenario.name.clone(),
        changes: changes(scenario, board, w),
        same_weights: scenario.weights.is_none(),
        first: Figures::new(board),
        second: Figures::new(&second),
        more: all.len().saturating_sub(MOST),
        differences: all
            .iter()
            .take(MOST)
            .map(|it| Differs {
                id: it.mentee.id.clone(),
                name: it.mentee.name.clone(),
                before: name(it.before),
                after: name(it.after),
            })
            .collect(),
    })
}

/// The scenarios of a round, one of them played; the form is filled in from the address.
pub(in crate::web) async fn scenarios(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Query(wanted): Query<Vec<(String, String)>>,
) -> Answer {
    page(&app, asked, &identity(&id)?, &wanted, None).await
}

async fn page(app: &App, asked: Asked, id: &Id, wanted: &[(String, String)], fault: Option<String>) -> Answer {
    let (round, opened) = app.board(&asked, id).await?;
    let scenarios = asked.within().scenarios(id).await?;
    let chosen = wanted.iter().find(|(key, _)| key == "play").map(|(_, name)| name);
    let chosen = scenarios.iter().find(|scenario| Some(&scenario.name) == chosen).cloned();
    let form = Change::read(wanted, &round);
    let (frame, w) = (asked.frame(app, "rounds"), asked.w);
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = tokio::task::spawn_blocking(move || {
        let board = &opened.board;
        let played = chosen.map(|scenario| played(&scenario, board, w)).transpose()?;
        let mut mentors: Vec<Mentor> =
            (0..board.round().columns()).map(|column| board.round().mentor(column).clone()).collect();
        mentors.sort_by_cached_key(|mentor| store::sort_key(&mentor.name));
        Ok::<_, Error>(Page { frame, round, scenarios, mentors, played, form, fault })
    });
    Ok((status, Html(page.await??.render()?)).into_response())
}

/// Keeps a scenario and plays it.
pub(in crate::web) async fn keep_scenario(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let id = identity(&id)?;
    if let Some((_, drop)) = posted.iter().find(|(key, _)| key == "drop") {
        asked.within().drop_scenario(&id, drop, &asked.stamp(&app)).await?;
        return Ok(Redirect::to(&format!("/rounds/{id}/scenarios")).into_response());
    }
    let round = asked.within().round(&id).await?;
    if round.state != RoundState::Open {
        return Err(Error::Changed { by: round.changed_by });
    }
    let change = Change::read(&posted, &round);
    if let Err(sum) = change.weights.check() {
        let fault = asked.w.n("rounds-weights-sum", sum);
        return page(&app, asked, &id, &posted, Some(fault)).await;
    }
    let scenario = change.scenario(&round, asked.w);
    match asked.within().keep_scenario(&id, &scenario, &asked.stamp(&app)).await {
        Err(store::Error::Taken) => {
            let fault = asked.w.x("rounds-scenario-taken", scenario.name.as_str());
            page(&app, asked, &id, &posted, Some(fault)).await
        }
        kept => {
            kept?;
            let play = query(&[("play", &scenario.name)]);
            Ok(Redirect::to(&format!("/rounds/{id}/scenarios?{play}")).into_response())
        }
    }
}
