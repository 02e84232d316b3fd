//! A new round: who is in, what counts, and what that would give.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use matching::Control;
use mentoring::{Board, County, Criterion, Organisation, Programme, Right, Round, Rule, Setting, Weights};
use store::Scope;

use super::Figures;
use super::run::start;
use crate::web::state::{Asked, Frame};
use crate::web::{Answer, App, Error, Words};

/// What the form says.
pub(super) struct Plan {
    /// Code of the organisation whose round it is to be.
    pub(super) acting: String,
    pub(super) name: String,
    pub(super) scope: Scope,
    pub(super) setting: Setting,
    /// What the form began with.
    began: String,
    /// The weights as typed.
    weights: Weights,
    /// The rules not ticked.
    without: BTreeSet<Rule>,
}

#[derive(Template)]
#[template(path = "rounds/new.html")]
struct New {
    frame: Frame,
    plan: Plan,
    programmes: Vec<Programme>,
    organisations: Vec<Organisation>,
    /// Whose round it can be.
    acts_for: Vec<Organisation>,
    fault: Option<(&'static str, String)>,
    effect: Option<Effect>,
}

/// The outcome with the form's weights beside that with the starting weights.
struct Effect {
    chosen: Figures,
    starting: Figures,
}

impl Plan {
    /// Reads the form; an empty one is everybody with the programmes' own weights.
    fn read(posted: &[(String, String)], programmes: &[Programme], app: &App) -> (Self, Option<Fault>) {
        let all = |name: &str| {
            posted
                .iter()
                .filter(|(key, value)| key == name && !value.is_empty())
                .map(|(_, value)| value.clone())
                .collect::<Vec<_>>()
        };
        let has = |name: &str| posted.iter().any(|(key, _)| key == name);
        let mut codes = all("programme");
        codes.retain(|code| programmes.iter().any(|programme| programme.code == *code));
        let mut chosen: Vec<Programme> = programmes
            .iter()
            .filter(|programme| codes.is_empty() || codes.contains(&programme.code))
            .cloned()
            .collect();
        let sent = has("sent");
        // What the form began with: only what differs from it has been said, and holds for every
        // programme; the rest stays each programme's own.
        let (began, began_without) = Began::read(posted, &chosen);
        let weights = weights(posted, began);
        let ticked = all("rule");
        let unticked = || Rule::OPTIONAL.into_iter().filter(|rule| !ticked.iter().any(|code| code == rule.code()));
        let without: BTreeSet<Rule> = if sent { unticked().collect() } else { began_without.clone() };
        for programme in chosen.iter_mut().filter(|_| sent) {
            for &criterion in Criterion::ALL {
                if weights.of(criterion) != began.of(criterion) {
                    *programme.weights.of_mut(criterion) = weights.of(criterion);
                }
            }
            for rule in Rule::OPTIONAL {
                let off = without.contains(&rule);
                if off != began_without.contains(&rule) {
                    if off {
                        programme.rules_off.insert(rule);
                    } else {
                        programme.rules_off.remove(&rule);
                    }
                }
            }
        }
        let heaviest = chosen.iter().map(|programme| programme.weights).max_by_key(Weights::sum).unwrap_or(weights);
        let began = posted.iter().find(|(key, _)| key == Began::FIELD).map(|(_, text)| text.clone());
        let plan = Self {
            acting: all("acting").into_iter().next().unwrap_or_default(),
            began: began.unwrap_or_else(|| Began::write(&chosen)),
            weights,
            without,
            name: all("name")
                .into_iter()
                .next()
                .unwrap_or_default()
                .chars()
                .filter(|letter| !letter.is_control())
                .take(80)
                .collect(),
            scope: Scope {
                programmes: chosen.iter().map(|programme| programme.code.clone()).collect(),
                counties: all("county").iter().filter_map(|code| County::from_code(code)).collect(),
                organisations: all("organisation"),
            },
            setting: Setting {
                programmes: chosen,
                today: app.today(),
                shared: !sent || has("shared"),
                most_pairs: all("objective").first().is_some_and(|aim| aim == "pairs"),
            },
        };
        let fault = if sent && codes.is_empty() && !programmes.is_empty() {
            Some(Fault::NoProgramme)
        } else {
            heaviest.check().err().map(Fault::Weights)
        };
        (plan, fault)
    }

    fn keeps(&self, rule: Rule) -> bool {
        !self.without.contains(&rule)
    }
}

/// What is wrong with a form.
#[derive(Clone, Copy)]
enum Fault {
    /// No programme is chosen.
    NoProgramme,
    /// The weights sum to this.
    Weights(u32),
}

impl Fault {
    /// The field to go to, and the text.
    fn text(self, w: Words) -> (&'static str, String) {
        match self {
            Self::NoProgramme => ("programmes", w.t("rounds-no-programme")),
            Self::Weights(sum) => ("needs", w.n("rounds-weights-sum", sum)),
        }
    }
}

/// A round without a name is called by its day.
fn name_or_day(name: String, app: &App, w: Words) -> String {
    if name.trim().is_empty() { format!("{} {}", w.t("rounds-round"), w.day(app.today())) } else { name }
}

/// What a form began with, as it says itself.
struct Began;

impl Began {
    const FIELD: &'static str = "began";

    /// For the form: weights in the order of the criteria, then the rules that did not hold.
    fn write(programmes: &[Programme]) -> String {
        let first = programmes.first();
        let weights = first.map(|programme| programme.weights).unwrap_or_default();
        let points = Criterion::ALL.iter().map(|&criterion| weights.of(criterion).to_string());
        let rules = first.into_iter().flat_map(|programme| &programme.rules_off).map(|rule| rule.code().to_owned());
        points.chain(rules).collect::<Vec<_>>().join(" ")
    }

    fn read(posted: &[(String, String)], programmes: &[Programme]) -> (Weights, BTreeSet<Rule>) {
        let written = posted.iter().find(|(key, _)| key == Self::FIELD).map(|(_, text)| text.clone());
        let text = written.unwrap_or_else(|| Self::write(programmes));
        let mut words = text.split(' ');
        let mut weights = Weights::default();
        for (&criterion, points) in Criterion::ALL.iter().zip(&mut words) {
            *weights.of_mut(criterion) = points.parse().unwrap_or(0);
        }
        (weights, words.filter_map(Rule::from_code).collect())
    }
}

/// The weights that a form says, where it says any.
pub(in crate::web) fn weights(posted: &[(String, String)], own: Weights) -> Weights {
    let mut weights = own;
    for &criterion in Criterion::ALL {
        let said = posted.iter().find(|(key, value)| key == criterion.code() && !value.trim().is_empty());
        if let Some((_, text)) = said {
            // What is no whole number up to the limit is above it: the sum then says so.
            let points = text.trim().parse::<u16>().unwrap_or(u16::MAX);
            *weights.of_mut(criterion) = points.min(Weights::MOST + 1);
        }
    }
    weights
}

/// The form for a new round.
pub(in crate::web) async fn new(
    State(app): State<Arc<App>>,
    asked: Asked,
    Query(posted): Query<Vec<(String, String)>>,
) -> Answer {
    let programmes = app.store.programmes().await?;
    let (plan, fault) = Plan::read(&posted, &programmes, &app);
    let wanted = fault.is_none() && posted.iter().any(|(key, _)| key == "effect");
    let effect = if wanted { Some(effect(&app, &asked, &plan, programmes.clone()).await?) } else { None };
    page(&app, &asked, plan, fault, effect).await
}

async fn page(app: &App, asked: &Asked, mut plan: Plan, fault: Option<Fault>, effect: Option<Effect>) -> Answer {
    plan.name = name_or_day(plan.name, app, asked.w);
    let page = New {
        frame: asked.frame(app, "rounds"),
        programmes: app.store.programmes().await?,
        organisations: asked.deliverers(),
        acts_for: asked.acts_for(Right::Match),
        fault: fault.map(|fault| fault.text(asked.w)),
        plan,
        effect,
    };
    let status = if page.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Html(page.render()?)).into_response())
}

async fn effect(app: &App, asked: &Asked, plan: &Plan, programmes: Vec<Programme>) -> Result<Effect, Error> {
    let (_, purview) = asked.acting(Right::Match, &plan.acting);
    let (mentees, mentors) = app.store.within(&purview).people(&plan.scope).await?;
    let setting = plan.setting.clone();
    let figures = tokio::task::spawn_blocking(move || {
        let solved = |setting: Setting| {
            let round = Arc::new(Round::new(setting, mentees.clone(), mentors.clone()));
            Board::open(round, &Control::default()).map(|board| Figures::new(&board))
        };
        let mut starting = setting.clone();
        for programme in &mut starting.programmes {
            let own = programmes.iter().find(|own| own.code == programme.code);
            programme.weights = own.map(|own| own.weights).unwrap_or_default();
        }
        Ok::<_, Error>(Effect { chosen: solved(setting)?, starting: solved(starting)? })
    });
    figures.await?
}

/// Makes the round.
pub(in crate::web) async fn make(
    State(app): State<Arc<App>>,
    asked: Asked,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let programmes = app.store.programmes().await?;
    let (plan, fault) = Plan::read(&posted, &programmes, &app);
    let name = name_or_day(plan.name, &app, asked.w);
    let plan = Plan { name, ..plan };
    if fault.is_some() { page(&app, &asked, plan, fault, None).await } else { start(app, asked, plan).await }
}
