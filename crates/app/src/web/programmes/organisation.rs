//! One organisation: what it is, what stands above it, and what it delivers where.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::{County, Organisation, OrganisationKind, Programme};

use super::{is_code, line, version};
use crate::web::state::{Asked, Frame};
use crate::web::{Answer, App, Error};

#[derive(Template)]
#[template(path = "programmes/organisation.html")]
struct Page {
    frame: Frame,
    organisation: Organisation,
    /// None for a new one.
    version: Option<i64>,
    programmes: Vec<Programme>,
    /// Those it can stand below.
    parents: Vec<Organisation>,
    /// The field at fault, and what is wrong.
    fault: Option<(&'static str, String)>,
}

impl Page {
    fn is_parent(&self, code: &str) -> bool {
        self.organisation.parent.as_deref() == Some(code)
    }
}

async fn page(app: &App, asked: &Asked, organisation: Organisation, version: Option<i64>) -> Result<Page, Error> {
    let all = app.store.organisations().await?;
    let parents = all.iter().filter(|other| !is_below(&all, &other.code, &organisation.code)).cloned().collect();
    Ok(Page {
        frame: asked.frame(app, "programmes"),
        organisation,
        version,
        programmes: app.store.programmes().await?,
        parents,
        fault: None,
    })
}

/// Whether one is the other or stands somewhere below it.
fn is_below(all: &[Organisation], code: &str, above: &str) -> bool {
    let parent = |code: &str| all.iter().find(|it| it.code == code).and_then(|it| it.parent.as_deref());
    std::iter::successors(Some(code), |code| parent(code)).take(all.len() + 1).any(|code| code == above)
}

/// The form for a new organisation.
pub(in crate::web) async fn new_organisation(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let new = Organisation {
        code: String::new(),
        name: String::new(),
        kind: OrganisationKind::Centre,
        parent: None,
        areas: Vec::new(),
    };
    Ok(Html(page(&app, &asked, new, None).await?.render()?).into_response())
}

/// An organisation's form.
pub(in crate::web) async fn edit_organisation(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(code): Path<String>,
) -> Answer {
    let (organisation, version) = app.store.organisation(&code).await?;
    Ok(Html(page(&app, &asked, organisation, Some(version)).await?.render()?).into_response())
}

/// Adds an organisation.
pub(in crate::web) async fn add_organisation(
    State(app): State<Arc<App>>,
    asked: Asked,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    save(&app, &asked, line(&posted, "code", 40), None, &posted).await
}

/// Saves an organisation's form.
pub(in crate::web) async fn save_organisation(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(code): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    app.store.organisation(&code).await?;
    save(&app, &asked, code, Some(version(&posted)), &posted).await
}

async fn save(app: &App, asked: &Asked, code: String, version: Option<i64>, posted: &[(String, String)]) -> Answer {
    let parent = line(posted, "parent", 40);
    let area = |(_, value): &(String, String)| {
        let (programme, county) = value.split_once(' ')?;
        Some((programme.to_owned(), County::from_code(county)?))
    };
    let organisation = Organisation {
        code,
        name: line(posted, "name", 80),
        kind: OrganisationKind::from_code(&line(posted, "kind", 20)).unwrap_or(OrganisationKind::Centre),
        parent: (!parent.is_empty()).then_some(parent),
        areas: posted.iter().filter(|(key, _)| key == "area").filter_map(area).collect(),
    };
    let w = asked.w;
    let mut page = page(app, asked, organisation.clone(), version).await?;
    let known = |parent: &String| page.parents.iter().any(|other| other.code == *parent);
    let fault = if !is_code(&organisation.code) {
        Some(("code", w.t("programmes-fault-code")))
    } else if organisation.name.is_empty() {
        Some(("name", w.t("programmes-fault-name")))
    } else if !organisation.parent.as_ref().is_none_or(known) {
        Some(("parent", w.t("programmes-fault-parent")))
    } else {
        match app.store.save_organisation(&organisation, version, &asked.stamp(app)).await {
            Err(store::Error::Taken) => Some(("code", w.x("programmes-fault-taken", organisation.code.as_str()))),
            saved => {
                saved?;
                return Ok(Redirect::to("/programmes").into_response());
            }
        }
    };
    page.fault = fault;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}
