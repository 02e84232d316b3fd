//! One programme: what counts in it, and which rules hold.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::{Condition, Criterion, Programme, Rule};

use super::{is_code, line, version};
use crate::web::rounds::weights;
use crate::web::state::{Asked, Frame};
use crate::web::{Answer, App};

#[derive(Template)]
#[template(path = "programmes/programme.html")]
struct Page {
    frame: Frame,
    programme: Programme,
    /// None for a new one.
    version: Option<i64>,
    /// The field at fault, and what is wrong.
    fault: Option<(&'static str, String)>,
}

fn page(app: &App, asked: &Asked, programme: Programme, version: Option<i64>) -> Page {
    Page { frame: asked.frame(app, "programmes"), programme, version, fault: None }
}

/// The form for a new programme.
pub(in crate::web) async fn new_programme(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    Ok(Html(page(&app, &asked, Programme::new("", ""), None).render()?).into_response())
}

/// A programme's form.
pub(in crate::web) async fn edit_programme(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(code): Path<String>,
) -> Answer {
    let (programme, version) = app.store.programme(&code).await?;
    Ok(Html(page(&app, &asked, programme, Some(version)).render()?).into_response())
}

/// Adds a programme.
pub(in crate::web) async fn add_programme(
    State(app): State<Arc<App>>,
    asked: Asked,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let programme = Programme::new(&line(&posted, "code", 40), "");
    save(&app, &asked, programme, None, &posted).await
}

/// Saves a programme's form.
pub(in crate::web) async fn save_programme(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(code): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let (programme, _) = app.store.programme(&code).await?;
    save(&app, &asked, programme, Some(version(&posted)), &posted).await
}

async fn save(
    app: &App,
    asked: &Asked,
    mut programme: Programme,
    version: Option<i64>,
    posted: &[(String, String)],
) -> Answer {
    const LONGEST_WAIT: u32 = 3650;
    let kept = |rule: &Rule| posted.iter().any(|(key, code)| key == "rule" && code == rule.code());
    programme.name = line(posted, "name", 80);
    programme.weights = weights(posted, programme.weights);
    programme.rules_off = Rule::OPTIONAL.into_iter().filter(|rule| !kept(rule)).collect();
    let asked_for =
        |condition: &Condition| posted.iter().any(|(key, code)| key == "condition" && code == condition.code());
    programme.conditions = Condition::MENTEE.into_iter().filter(asked_for).collect();
    programme.full_wait = line(posted, "full_wait", 5).parse().unwrap_or(0);
    let w = asked.w;
    let fault = if !is_code(&programme.code) {
        Some(("code", w.t("programmes-fault-code")))
    } else if programme.name.is_empty() {
        Some(("name", w.t("programmes-fault-name")))
    } else if let Err(sum) = programme.weights.check() {
        Some(("needs", w.n("rounds-weights-sum", sum)))
    } else if !(1..=LONGEST_WAIT).contains(&programme.full_wait) {
        Some(("full_wait", w.n("programmes-fault-wait", LONGEST_WAIT)))
    } else {
        match app.store.save_programme(&programme, version, &asked.stamp(app)).await {
            Err(store::Error::Taken) => Some(("code", w.x("programmes-fault-taken", programme.code.as_str()))),
            saved => {
                saved?;
                return Ok(Redirect::to("/programmes").into_response());
            }
        }
    };
    let page = Page { fault, ..page(app, asked, programme, version) };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}
