//! How long an organisation keeps data about people.

use std::ops::RangeInclusive;
use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::{Organisation, Retention, Say};

use super::letters::organisation;
use super::programmes::{line, version};
use super::state::{Asked, Frame};
use super::{Answer, App, Words};

/// A length to choose.
struct Length {
    field: &'static str,
    label: String,
    /// Why one would choose another.
    hint: String,
    value: String,
    limits: RangeInclusive<u8>,
    fault: Option<String>,
}

#[derive(Template)]
#[template(path = "retention/retention.html")]
struct Page {
    frame: Frame,
    organisation: Organisation,
    version: i64,
    lengths: [Length; 3],
}

impl Page {
    fn is_wrong(&self) -> bool {
        self.lengths.iter().any(|length| length.fault.is_some())
    }
}

fn lengths(Retention { refused, idle, rounds }: Retention, w: Words) -> [Length; 3] {
    let length = |field, label, hint, value: u8, limits: RangeInclusive<u8>| {
        let say = Say::new(hint).with("least", i64::from(*limits.start())).with("most", i64::from(*limits.end()));
        Length { field, label: w.t(label), hint: w.page(&say), value: value.to_string(), limits, fault: None }
    };
    [
        length("refused", "retention-refused", "retention-refused-hint", refused, Retention::REFUSED),
        length("idle", "retention-idle", "retention-idle-hint", idle, Retention::IDLE),
        length("rounds", "retention-rounds", "retention-rounds-hint", rounds, Retention::ROUNDS),
    ]
}

fn page(app: &App, asked: &Asked, organisation: Organisation, version: i64, lengths: [Length; 3]) -> Answer {
    let page = Page { frame: asked.frame(app, "staff"), organisation, version, lengths };
    let status = if page.is_wrong() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Html(page.render()?)).into_response())
}

/// The lengths of an organisation.
pub(super) async fn retention(State(app): State<Arc<App>>, asked: Asked, Path(code): Path<String>) -> Answer {
    let organisation = organisation(&asked, &code)?;
    let (kept, version) = app.store.retention(&code).await?;
    page(&app, &asked, organisation, version, lengths(kept, asked.w))
}

/// Saves them.
pub(super) async fn save(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(code): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let organisation = organisation(&asked, &code)?;
    let mut lengths = lengths(Retention::default(), asked.w);
    for length in &mut lengths {
        length.value = line(&posted, length.field, 10);
        let fits = length.value.parse().is_ok_and(|months| length.limits.contains(&months));
        let (least, most) = (i64::from(*length.limits.start()), i64::from(*length.limits.end()));
        let say = Say::new("retention-fault").with("x", length.label.as_str()).with("least", least).with("most", most);
        length.fault = (!fits).then(|| asked.w.page(&say));
    }
    let [refused, idle, rounds] = [0, 1, 2].map(|at: usize| lengths[at].value.parse().unwrap_or_default());
    let version = version(&posted);
    if lengths.iter().any(|length| length.fault.is_some()) {
        return page(&app, &asked, organisation, version, lengths);
    }
    app.store.retain(&code, Retention { refused, idle, rounds }, version, &asked.stamp(&app)).await?;
    Ok(Redirect::to("/staff").into_response())
}
