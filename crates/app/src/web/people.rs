//! People: lists with search and filter, profiles, editing.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::{Competence, County, Id, Mentee, Mentor, Organisation, Programme, Say, masked_company_number};
use serde::Deserialize;
use store::{Event, Filter, Page, PairRow};

use super::forms::{Fields, Input, record};
use super::state::{Asked, Frame};
use super::{Answer, App, Error};
use crate::record::{Fault, Lists, Person, Record, Role, from_mentee, from_mentor};

/// People on a page of a list.
const SIZE: usize = 25;

/// The last page anybody can ask for.
pub(super) const FURTHEST: usize = 100_000;

/// What the address of a list says.
#[derive(Deserialize, Default)]
pub(super) struct Wanted {
    #[serde(default)]
    q: String,
    #[serde(default)]
    county: String,
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    programme: String,
    #[serde(default)]
    competence: String,
    #[serde(default)]
    page: usize,
}

impl Wanted {
    fn page(&self) -> usize {
        self.page.min(FURTHEST)
    }

    fn filter(&self) -> Filter {
        let chosen = |code: &String| (!code.is_empty()).then(|| code.clone());
        Filter {
            text: self.q.clone(),
            county: County::from_code(&self.county),
            organisation: chosen(&self.organisation),
            programme: chosen(&self.programme),
            competence: Competence::from_code(&self.competence),
        }
    }
}

/// Pages of a list, with the address of each.
pub(super) struct Pager {
    pub(super) pages: usize,
    pub(super) page: usize,
    pub(super) base: String,
}

impl Pager {
    pub(super) fn new(total: usize, size: usize, page: usize, base: String) -> Self {
        Self { pages: total.div_ceil(size), page, base }
    }

    /// The first, the last and those around the present page.
    pub(super) fn near(&self) -> Vec<usize> {
        (0..self.pages).filter(|&at| at == 0 || at + 1 == self.pages || at.abs_diff(self.page) <= 2).collect()
    }
}

/// An address query from names and values, those without a value left out.
pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    let filled = pairs.iter().filter(|(_, value)| !value.is_empty());
    let encode = |value: &str| {
        value
            .bytes()
            .map(
                |byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") },
            )
            .collect::<String>()
    };
    filled.map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

#[derive(Template)]
#[template(path = "people/mentees.html")]
struct Mentees {
    frame: Frame,
    list: Page<Mentee>,
    today: jiff::civil::Date,
    filters: Filters,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "people/mentors.html")]
struct Mentors {
    frame: Frame,
    list: Page<Mentor>,
    filters: Filters,
    pager: Pager,
}

/// The filter form of a list.
struct Filters {
    wanted: Wanted,
    organisations: Vec<Organisation>,
    programmes: Vec<Programme>,
}

async fn filters(app: &App, wanted: Wanted) -> Result<Filters, Error> {
    let mut organisations = app.store.organisations().await?;
    organisations.retain(|organisation| !organisation.areas.is_empty());
    Ok(Filters { wanted, organisations, programmes: app.store.programmes().await? })
}

fn pager(filters: &Filters, total: usize, path: &str) -> Pager {
    let wanted = &filters.wanted;
    let parts = [
        ("q", wanted.q.as_str()),
        ("county", &wanted.county),
        ("organisation", &wanted.organisation),
        ("programme", &wanted.programme),
        ("competence", &wanted.competence),
    ];
    Pager::new(total, SIZE, wanted.page(), format!("{path}?{}", query(&parts)))
}

/// The list of mentees.
pub(super) async fn mentees(State(app): State<Arc<App>>, asked: Asked, Query(wanted): Query<Wanted>) -> Answer {
    let list = app.store.mentees(&wanted.filter(), wanted.page(), SIZE).await?;
    let filters = filters(&app, wanted).await?;
    let pager = pager(&filters, list.total, "/mentees");
    let page = Mentees { frame: asked.frame(&app, "mentees"), list, today: app.today(), filters, pager };
    Ok(Html(page.render()?).into_response())
}

/// The list of mentors.
pub(super) async fn mentors(State(app): State<Arc<App>>, asked: Asked, Query(wanted): Query<Wanted>) -> Answer {
    let list = app.store.mentors(&wanted.filter(), wanted.page(), SIZE).await?;
    let filters = filters(&app, wanted).await?;
    let pager = pager(&filters, list.total, "/mentors");
    let page = Mentors { frame: asked.frame(&app, "mentors"), list, filters, pager };
    Ok(Html(page.render()?).into_response())
}

#[derive(Template)]
#[template(path = "people/profile.html")]
struct Profile {
    frame: Frame,
    name: String,
    path: String,
    tags: Vec<String>,
    facts: Vec<(String, String)>,
    about: String,
    pairs: Vec<PairRow>,
    events: Vec<Event>,
}

/// The filled fields of a person, in words.
fn facts(role: Role, record: &Record, lists: &Lists, asked: &Asked) -> Vec<(String, String)> {
    let language = asked.w.language;
    let shown = Fields::new(role, record, &[], lists, asked.w);
    let chosen = |choices: &[super::forms::Choice]| {
        choices.iter().filter(|choice| choice.chosen).map(|choice| choice.name.clone()).collect::<Vec<_>>().join(", ")
    };
    let mut facts = Vec::new();
    for (shown, field) in shown.shown.iter().zip(role.fields()) {
        let text = match &shown.input {
            Input::Line { value, kind, .. } if *kind == "date" => asked.w.stored_day(value),
            Input::Line { value, .. } if field.code == "company_number" => masked_company_number(value),
            Input::Line { value, .. } if field.code == "conflicts" => {
                value.split(';').map(masked_company_number).collect::<Vec<_>>().join(", ")
            }
            Input::Line { value, .. } => value.clone(),
            Input::Long(_) => continue,
            Input::YesNo(yes) => asked.w.t(if *yes { "people-yes" } else { "people-no" }),
            Input::One(choices) | Input::Many(choices) => chosen(choices),
            Input::Graded(rows) => {
                let row = |(choices, grades): &(Vec<super::forms::Choice>, Vec<super::forms::Choice>)| {
                    let (name, grade) = (chosen(choices), chosen(grades));
                    (!name.is_empty()).then(|| if grade.is_empty() { name } else { format!("{name} ({grade})") })
                };
                rows.iter().filter_map(row).collect::<Vec<_>>().join(", ")
            }
        };
        if !text.is_empty() {
            facts.push((field.label(language).to_owned(), text));
        }
    }
    facts
}

pub(super) async fn lists(app: &App) -> Result<Lists, Error> {
    Ok(Lists {
        organisations: app.store.organisations().await?,
        programmes: app.store.programmes().await?,
        today: app.today(),
    })
}

fn identity(text: &str) -> Result<Id, Error> {
    Id::parse(text).ok_or(Error::NotFound)
}

/// One mentee.
pub(super) async fn mentee(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let id = identity(&id)?;
    let (mentee, _) = app.store.mentee(&id).await?;
    let waited = mentee.waited(app.today());
    let state = if mentee.paired { asked.w.t("people-paired") } else { asked.w.n("people-waited-days", waited) };
    let mut record = from_mentee(&mentee);
    name_mentors(&app, &mut record).await?;
    let page = Profile {
        facts: facts(Role::Mentees, &record, &lists(&app).await?, &asked),
        frame: asked.frame(&app, "mentees"),
        path: format!("/mentees/{id}"),
        tags: vec![state],
        name: mentee.name,
        about: mentee.about,
        pairs: app.store.pairs_of(&id).await?,
        events: app.store.events("mentee", id.as_str()).await?,
    };
    Ok(Html(page.render()?).into_response())
}

/// Earlier and excluded mentors by e-mail address, as people know them.
async fn name_mentors(app: &App, record: &mut Record) -> Result<(), Error> {
    for field in ["earlier", "excluded"] {
        if let Some(values) = record.get_mut(field) {
            let ids: Vec<Id> = values.iter().filter_map(|value| Id::parse(value)).collect();
            let known = app.store.mentors_by_id(&ids).await?;
            for value in values {
                if let Some(mentor) = known.iter().find(|mentor| mentor.id.as_str() == value) {
                    value.clone_from(&mentor.email);
                }
            }
        }
    }
    Ok(())
}

/// The other way: addresses become the mentors' identities, and an unknown one is a fault.
async fn resolve_mentors(app: &App, record: &mut Record) -> Result<Vec<Fault>, Error> {
    let mut faults = Vec::new();
    for field in ["earlier", "excluded"] {
        for value in record.get_mut(field).into_iter().flatten() {
            match app.store.mentor_by_email(value).await? {
                Some(id) => *value = id.to_string(),
                None => faults.push(Fault { field, say: Say::new("fault-no-mentor").with("x", value.as_str()) }),
            }
        }
    }
    Ok(faults)
}

/// One mentor.
pub(super) async fn mentor(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let id = identity(&id)?;
    let (mentor, _) = app.store.mentor(&id).await?;
    let setting = mentoring::Setting {
        programmes: app.store.programmes().await?,
        today: app.today(),
        shared: true,
        most_pairs: false,
    };
    let mut tags: Vec<String> =
        mentoring::unavailable(&mentor, &setting).iter().map(|broken| asked.w.say(&broken.say)).collect();
    if tags.is_empty() {
        tags.push(asked.w.n("people-free-places", mentor.free_places()));
    }
    let page = Profile {
        facts: facts(Role::Mentors, &from_mentor(&mentor), &lists(&app).await?, &asked),
        frame: asked.frame(&app, "mentors"),
        path: format!("/mentors/{id}"),
        tags,
        name: mentor.name,
        about: mentor.about,
        pairs: app.store.pairs_of(&id).await?,
        events: app.store.events("mentor", id.as_str()).await?,
    };
    Ok(Html(page.render()?).into_response())
}

#[derive(Template)]
#[template(path = "people/edit.html")]
struct Edit {
    frame: Frame,
    name: String,
    path: String,
    version: i64,
    fields: Fields,
}

/// A mentee's form.
pub(super) async fn edit_mentee(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let id = identity(&id)?;
    let (mentee, version) = app.store.mentee(&id).await?;
    let mut record = from_mentee(&mentee);
    name_mentors(&app, &mut record).await?;
    let fields = Fields::new(Role::Mentees, &record, &[], &lists(&app).await?, asked.w);
    let page = Edit {
        frame: asked.frame(&app, "mentees"),
        name: mentee.name,
        path: format!("/mentees/{id}"),
        version,
        fields,
    };
    Ok(Html(page.render()?).into_response())
}

/// A mentor's form.
pub(super) async fn edit_mentor(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let id = identity(&id)?;
    let (mentor, version) = app.store.mentor(&id).await?;
    let fields = Fields::new(Role::Mentors, &from_mentor(&mentor), &[], &lists(&app).await?, asked.w);
    let page = Edit {
        frame: asked.frame(&app, "mentors"),
        name: mentor.name,
        path: format!("/mentors/{id}"),
        version,
        fields,
    };
    Ok(Html(page.render()?).into_response())
}

/// Saves a mentee's form.
pub(super) async fn save_mentee(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    save(&app, asked, Role::Mentees, &id, &posted).await
}

/// Saves a mentor's form.
pub(super) async fn save_mentor(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    save(&app, asked, Role::Mentors, &id, &posted).await
}

async fn save(app: &App, asked: Asked, role: Role, id: &str, posted: &[(String, String)]) -> Answer {
    let id = identity(id)?;
    let version =
        posted.iter().find(|(key, _)| key == "version").and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
    let lists = lists(app).await?;
    let mut record = record(role, posted);
    let unknown = resolve_mentors(app, &mut record).await?;
    let path = format!("/{}/{id}", role.code());
    let person = role.person(&record, &lists);
    let person =
        if unknown.is_empty() { person } else { Err(person.err().into_iter().flatten().chain(unknown).collect()) };
    match person {
        // The identity stays, also when the address changes.
        Ok(Person::Mentor(mut mentor)) => {
            mentor.id = id;
            app.store.save_mentor(&mentor, version, &app.stamp(&asked.visitor)).await?;
        }
        Ok(Person::Mentee(mut mentee)) => {
            mentee.id = id;
            app.store.save_mentee(&mentee, version, &app.stamp(&asked.visitor)).await?;
        }
        Err(faults) => {
            let fields = Fields::new(role, &record, &faults, &lists, asked.w);
            let name = record.get("name").and_then(|name| name.first()).cloned().unwrap_or_default();
            let page = Edit { frame: asked.frame(app, role.code()), name, path, version, fields };
            return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response());
        }
    }
    Ok(Redirect::to(&path).into_response())
}
