//! One organisation: what it is, what stands above it, and what it delivers where.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use jiff::civil::Date;
use mentoring::{ContractArea, County, Municipality, Organisation, OrganisationKind, Programme, Say};

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
    /// The municipalities that a programme is kept to, by name.
    fn only(&self, programme: &Programme) -> String {
        let areas = self.organisation.areas.iter().filter(|area| area.programme == programme.code);
        areas.flat_map(|area| &area.only).map(|place| place.names().sv).collect::<Vec<_>>().join(", ")
    }

    /// The first or last day of a programme's areas.
    fn day(&self, programme: &Programme, of: fn(&ContractArea) -> Option<Date>) -> String {
        let area = self.organisation.areas.iter().find(|area| area.programme == programme.code);
        area.and_then(of).map_or_else(String::new, |day| day.to_string())
    }

    fn from(&self, programme: &Programme) -> String {
        self.day(programme, |area| area.from)
    }

    fn until(&self, programme: &Programme) -> String {
        self.day(programme, |area| area.until)
    }

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

/// What a form says the organisation delivers, or what is wrong with it.
fn areas(posted: &[(String, String)], programmes: &[Programme]) -> Result<Vec<ContractArea>, Say> {
    let mut areas = Vec::new();
    for programme in programmes {
        let code = &programme.code;
        let day = |name: &str| {
            let text = line(posted, &format!("{name}-{code}"), 20);
            let bad = || Say::new("fault-day").with("x", text.as_str());
            if text.is_empty() { Ok(None) } else { text.parse::<Date>().map(Some).map_err(|_| bad()) }
        };
        let (from, until) = (day("from")?, day("until")?);
        let mut only = Vec::new();
        let names = line(posted, &format!("only-{code}"), 2000);
        for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let same = |place: &Municipality| place.names().sv.to_lowercase() == name.to_lowercase();
            let unknown = || Say::new("programmes-fault-municipality").with("x", name);
            only.push(Municipality::all().find(same).ok_or_else(unknown)?);
        }
        let ticked = posted.iter().filter(|(key, _)| key == "area").filter_map(|(_, value)| value.split_once(' '));
        let counties: Vec<County> =
            ticked.filter(|(of, _)| of == code).filter_map(|(_, county)| County::from_code(county)).collect();
        if let Some(outside) = only.iter().find(|place| !counties.contains(&place.county())) {
            return Err(Say::new("programmes-fault-outside").with("x", outside.names().sv));
        }
        for county in counties {
            let only = only.iter().filter(|place| place.county() == county).copied().collect();
            areas.push(ContractArea { only, from, until, ..ContractArea::new(code, county) });
        }
    }
    Ok(areas)
}

async fn save(app: &App, asked: &Asked, code: String, version: Option<i64>, posted: &[(String, String)]) -> Answer {
    let parent = line(posted, "parent", 40);
    let mut organisation = Organisation {
        code,
        name: line(posted, "name", 80),
        kind: OrganisationKind::from_code(&line(posted, "kind", 20)).unwrap_or(OrganisationKind::Centre),
        parent: (!parent.is_empty()).then_some(parent),
        areas: Vec::new(),
    };
    let w = asked.w;
    let areas = areas(posted, &app.store.programmes().await?);
    organisation.areas = areas.as_ref().cloned().unwrap_or_default();
    let mut page = page(app, asked, organisation.clone(), version).await?;
    let known = |parent: &String| page.parents.iter().any(|other| other.code == *parent);
    let fault = if !is_code(&organisation.code) {
        Some(("code", w.t("programmes-fault-code")))
    } else if organisation.name.is_empty() {
        Some(("name", w.t("programmes-fault-name")))
    } else if let Err(say) = &areas {
        Some(("name", w.page(say)))
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
