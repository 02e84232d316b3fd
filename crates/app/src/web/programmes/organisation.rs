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
    /// Municipalities as they were typed, by programme, while something is wrong.
    typed: Vec<(String, String)>,
    /// The field at fault, and what is wrong.
    fault: Option<(String, String)>,
}

impl Page {
    /// The municipalities that a programme is kept to, by name.
    fn only(&self, programme: &Programme) -> String {
        if let Some(typed) = self.typed.iter().find(|typed| typed.0 == programme.code) {
            return typed.1.clone();
        }
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
        typed: Vec::new(),
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

/// What a form says the organisation delivers, and the first thing that is wrong with it, by its field.
fn areas(posted: &[(String, String)], programmes: &[Programme]) -> (Vec<ContractArea>, Option<(String, Say)>) {
    let (mut areas, mut wrong) = (Vec::new(), None);
    for programme in programmes {
        let code = &programme.code;
        let mut fault = |name: &str, say: Say| wrong = wrong.take().or_else(|| Some((format!("{name}-{code}"), say)));
        let mut day = |name: &str| {
            let text = line(posted, &format!("{name}-{code}"), 20);
            let day = text.parse::<Date>().ok();
            if day.is_none() && !text.is_empty() {
                fault(name, Say::new("fault-day").with("x", text.as_str()));
            }
            day
        };
        let (from, until) = (day("from"), day("until"));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            fault("until", Say::new("programmes-fault-period"));
        }
        let mut only: Vec<Municipality> = Vec::new();
        let names = line(posted, &format!("only-{code}"), 2000);
        for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let same = |place: &Municipality| place.names().sv.to_lowercase() == name.to_lowercase();
            match Municipality::all().find(same) {
                Some(place) => only.push(place),
                None => fault("only", Say::new("programmes-fault-municipality").with("x", name)),
            }
        }
        let ticked = posted.iter().filter(|(key, _)| key == "area").filter_map(|(_, value)| value.split_once(' '));
        let counties: Vec<County> =
            ticked.filter(|(of, _)| of == code).filter_map(|(_, county)| County::from_code(county)).collect();
        if let Some(outside) = only.iter().find(|place| !counties.contains(&place.county())) {
            fault("only", Say::new("programmes-fault-outside").with("x", outside.names().sv));
        }
        for county in counties {
            let only = only.iter().filter(|place| place.county() == county).copied().collect();
            areas.push(ContractArea { only, from, until, ..ContractArea::new(code, county) });
        }
    }
    (areas, wrong)
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
    let programmes = app.store.programmes().await?;
    let (areas, wrong) = areas(posted, &programmes);
    organisation.areas = areas;
    let mut page = page(app, asked, organisation.clone(), version).await?;
    page.typed = programmes
        .into_iter()
        .map(|it| (line(posted, &format!("only-{}", it.code), 2000), it.code))
        .map(|(typed, code)| (code, typed))
        .collect();
    let known = |parent: &String| page.parents.iter().any(|other| other.code == *parent);
    let fault = if !is_code(&organisation.code) {
        Some(("code".to_owned(), w.t("programmes-fault-code")))
    } else if organisation.name.is_empty() {
        Some(("name".to_owned(), w.t("programmes-fault-name")))
    } else if let Some((field, say)) = wrong {
        Some((field, w.page(&say)))
    } else if !organisation.parent.as_ref().is_none_or(known) {
        Some(("parent".to_owned(), w.t("programmes-fault-parent")))
    } else {
        match app.store.save_organisation(&organisation, version, &asked.stamp(app)).await {
            Err(store::Error::Taken) => {
                Some(("code".to_owned(), w.x("programmes-fault-taken", organisation.code.as_str())))
            }
            saved => {
                saved?;
                return Ok(Redirect::to("/programmes").into_response());
            }
        }
    };
    page.fault = fault;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}
