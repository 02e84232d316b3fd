//! The demo's door: choose one of its made-up people.

use std::sync::Arc;

use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::CookieJar;
use mentoring::{Id, OrganisationKind, StaffRole};
use serde::Deserialize;
use store::{Filter, Stamp, Way};

use super::begin;
use crate::web::{Answer, App, Error, Words};

/// Somebody to be.
pub(super) struct Person {
    pub(super) account: String,
    pub(super) name: String,
    pub(super) what: String,
}

/// The owner first, then one of each kind, then everybody else by organisation.
pub(super) async fn people(app: &App, w: Words) -> Result<Vec<Person>, Error> {
    let organisations = app.store.organisations().await?;
    let mut people = Vec::new();
    for row in app.store.everywhere().staff().await? {
        let organisation = organisations.iter().find(|it| it.code == row.held.organisation);
        let kind = organisation.map_or(OrganisationKind::Centre, |it| it.kind);
        let rank = (row.held.role != StaffRole::Owner, kind, row.held.role, row.held.organisation.clone());
        let what = w.appointment(&row.held, &organisations);
        people.push((rank, Person { account: row.account.id.to_string(), name: row.account.name, what }));
    }
    people.sort_by(|a, b| a.0.cmp(&b.0));
    let mut people: Vec<Person> = people.into_iter().map(|(_, person)| person).collect();
    let first = |state: &str| Filter { state: state.to_owned(), today: app.today(), ..Filter::default() };
    let mentors = app.store.everywhere().list::<mentoring::Mentor>(&first("full"), 0, 1).await?;
    let mentees = app.store.everywhere().list::<mentoring::Mentee>(&first("waiting"), 0, 1).await?;
    let mentors = mentors.people.into_iter().map(|it| (it.email, it.name, "door-a-mentor"));
    for (email, name, what) in mentors.chain(mentees.people.into_iter().map(|it| (it.email, it.name, "door-a-mentee")))
    {
        let stamp = Stamp::program("demo", app.now());
        if let Some(account) = app.store.participant(&email, w.language, &stamp).await? {
            people.push(Person { account: account.id.to_string(), name, what: w.t(what) });
        }
    }
    Ok(people)
}

#[derive(Deserialize)]
pub(in crate::web) struct Chosen {
    #[serde(default)]
    account: String,
}

/// Lets somebody in as the person chosen.
pub(in crate::web) async fn enter(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    jar: CookieJar,
    Form(chosen): Form<Chosen>,
) -> Answer {
    let account = app.store.account(&Id::parse(&chosen.account).ok_or(Error::Door)?).await?;
    Ok((begin(&app, &account, Way::Demo, &headers, jar).await?, Redirect::to("/")).into_response())
}
