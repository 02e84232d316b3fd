//! People: lists with search and filter, profiles, editing.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use mentoring::{Competence, County, Id, Mentee, Mentor, Organisation, Programme};
use serde::Deserialize;
use store::{Filter, Page};

use super::rounds::download;
use super::state::{Asked, Frame};
use super::{Answer, App, Error};
use crate::import::table;
use crate::record::{Lists, Person, Role};

mod edit;
mod leaving;
mod profile;

pub(super) use edit::{
    add_mentee, add_mentor, edit_mentee, edit_mentor, new_mentee, new_mentor, save_mentee, save_mentor,
};
pub(super) use leaving::{ask_leave, mentor_leaves};
pub(super) use profile::{approve, leave, mentee, mentor};

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
    state: String,
    #[serde(default)]
    order: String,
    #[serde(default, deserialize_with = "lenient")]
    page: usize,
    /// People just read in from a file, to say so.
    #[serde(default, deserialize_with = "lenient")]
    read: usize,
}

impl Wanted {
    fn page(&self) -> usize {
        self.page.min(FURTHEST)
    }

    fn filter(&self, today: jiff::civil::Date) -> Filter {
        let chosen = |code: &String| (!code.is_empty()).then(|| code.clone());
        Filter {
            text: self.q.clone(),
            county: County::from_code(&self.county),
            organisation: chosen(&self.organisation),
            programme: chosen(&self.programme),
            competence: Competence::from_code(&self.competence),
            state: self.state.clone(),
            order: self.order.clone(),
            today,
        }
    }

    fn is_state(&self, code: &str) -> bool {
        self.state == code
    }

    fn is_order(&self, code: &str) -> bool {
        self.order == code
    }

    /// The filter as an address query.
    fn query(&self) -> String {
        query(&[
            ("q", &self.q),
            ("county", &self.county),
            ("organisation", &self.organisation),
            ("programme", &self.programme),
            ("competence", &self.competence),
            ("state", &self.state),
            ("order", &self.order),
        ])
    }
}

/// A number in an address; what is none counts as 0, for nobody writes it by hand.
pub(super) fn lenient<'de, D: serde::Deserializer<'de>>(from: D) -> Result<usize, D::Error> {
    Ok(String::deserialize(from)?.parse().unwrap_or(0))
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

async fn filters(app: &App, asked: &Asked, wanted: Wanted) -> Result<Filters, Error> {
    let organisations = asked.deliverers();
    Ok(Filters { wanted, organisations, programmes: app.store.programmes().await? })
}

fn pager(filters: &Filters, total: usize, path: &str) -> Pager {
    Pager::new(total, SIZE, filters.wanted.page(), format!("{path}?{}", filters.wanted.query()))
}

/// The list of mentees.
pub(super) async fn mentees(State(app): State<Arc<App>>, asked: Asked, Query(wanted): Query<Wanted>) -> Answer {
    let list = asked.within().list(&wanted.filter(app.today()), wanted.page(), SIZE).await?;
    let filters = filters(&app, &asked, wanted).await?;
    let pager = pager(&filters, list.total, "/mentees");
    let page = Mentees { frame: asked.frame(&app, "mentees"), list, today: app.today(), filters, pager };
    Ok(Html(page.render()?).into_response())
}

/// The list of mentors.
pub(super) async fn mentors(State(app): State<Arc<App>>, asked: Asked, Query(wanted): Query<Wanted>) -> Answer {
    let list = asked.within().list(&wanted.filter(app.today()), wanted.page(), SIZE).await?;
    let filters = filters(&app, &asked, wanted).await?;
    let pager = pager(&filters, list.total, "/mentors");
    let page = Mentors { frame: asked.frame(&app, "mentors"), list, filters, pager };
    Ok(Html(page.render()?).into_response())
}

/// Everybody who fits the filter, as a file that can be read in again.
pub(super) async fn export_mentees(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(file): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let people: Page<Mentee> = asked.within().list(&wanted.filter(app.today()), 0, ALL).await?;
    let ids: Vec<&Id> = people.people.iter().map(|mentee| &mentee.id).collect();
    asked.reads(&app, Role::Mentees, &ids).await?;
    let people = people.people.into_iter().map(|mentee| Person::Mentee(Box::new(mentee))).collect();
    export(&app, &asked, Role::Mentees, people, file).await
}

/// The same for mentors.
pub(super) async fn export_mentors(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(file): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let people: Page<Mentor> = asked.within().list(&wanted.filter(app.today()), 0, ALL).await?;
    let ids: Vec<&Id> = people.people.iter().map(|mentor| &mentor.id).collect();
    asked.reads(&app, Role::Mentors, &ids).await?;
    let people = people.people.into_iter().map(|mentor| Person::Mentor(Box::new(mentor))).collect();
    export(&app, &asked, Role::Mentors, people, file).await
}

/// More than a file can hold.
const ALL: usize = 1_000_000;

async fn export(app: &App, asked: &Asked, role: Role, people: Vec<Person>, file: String) -> Answer {
    let (lists, language) = (lists(app, asked).await?, asked.w.language);
    let table = tokio::task::spawn_blocking(move || table(role, &people, &lists, language)).await?;
    download(table, file, asked).await
}

/// What a person's fields can hold for whoever asks: organisations of the purview.
pub(super) async fn lists(app: &App, asked: &Asked) -> Result<Lists, Error> {
    let organisations = asked.visitor.organisations.iter().filter(|it| asked.purview.has(&it.code));
    Ok(Lists {
        organisations: organisations.cloned().collect(),
        programmes: app.store.programmes().await?,
        today: app.today(),
    })
}
