//! Staff: who is appointed to what; inviting and ending.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::{Appointment, Id, Organisation, Right, Say, StaffRole, may_appoint};
use serde::Deserialize;
use serde_json::json;
use store::{Lane, NewAppointment, NewMail, StaffRow};

use super::state::{Asked, Frame};
use super::words::capital;
use super::{Answer, App, Error, Words};
use crate::mail::{APPOINTED, INVITATION};
use crate::record::is_email;

#[derive(Template)]
#[template(path = "staff/list.html")]
struct List {
    frame: Frame,
    staff: Vec<Listed>,
    manages: bool,
    /// Organisations whose letters the visitor may word.
    letters: Vec<Organisation>,
}

struct Listed {
    row: StaffRow,
    role: String,
    organisation: String,
    /// Whether the visitor may end it.
    ends: bool,
}

/// Whether the visitor may give or end an appointment.
fn may_give(asked: &Asked, held: &Appointment) -> bool {
    may_appoint(&asked.visitor.session.appointments, held, &asked.visitor.organisations)
}

fn letters(asked: &Asked) -> Vec<Organisation> {
    let worded = asked.visitor.purview(Right::ManageOrganisation);
    let mut all: Vec<Organisation> =
        asked.visitor.organisations.iter().filter(|it| worded.has(&it.code)).cloned().collect();
    all.sort_by_cached_key(|it| store::sort_key(&it.name));
    all
}

/// Everybody appointed within reach.
pub(super) async fn list(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let name = |code: &str| {
        let found = asked.visitor.organisations.iter().find(|it| it.code == code);
        found.map_or_else(|| code.to_owned(), |it| it.name.clone())
    };
    let rows = asked.within().staff().await?;
    let listed = |row: StaffRow| Listed {
        role: capital(asked.w.name(row.held.role.names())),
        organisation: name(&row.held.organisation),
        ends: may_give(&asked, &row.held),
        row,
    };
    let page = List {
        staff: rows.into_iter().map(listed).collect(),
        manages: asked.visitor.may(Right::ManageStaff),
        letters: letters(&asked),
        frame: asked.frame(&app, "staff"),
    };
    Ok(Html(page.render()?).into_response())
}

#[derive(Template)]
#[template(path = "staff/new.html")]
struct New {
    frame: Frame,
    posted: Posted,
    organisations: Vec<Organisation>,
    roles: Vec<StaffRole>,
    faults: Vec<(&'static str, String)>,
}

impl New {
    fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.0 == field).map(|fault| fault.1.as_str())
    }

    fn role(&self, role: StaffRole) -> String {
        capital(self.frame.w.name(role.names()))
    }
}

#[derive(Deserialize, Default)]
pub(super) struct Posted {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    language: String,
}

/// The form to appoint somebody.
pub(super) async fn new(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    form(&app, &asked, Posted::default(), Vec::new())
}

fn form(app: &App, asked: &Asked, posted: Posted, faults: Vec<(&'static str, String)>) -> Answer {
    let mut organisations: Vec<Organisation> =
        asked.visitor.organisations.iter().filter(|it| asked.purview.has(&it.code)).cloned().collect();
    organisations.sort_by_cached_key(|it| store::sort_key(&it.name));
    let gives = |role: &StaffRole| asked.visitor.session.appointments.iter().any(|own| own.role.may_give(*role));
    let roles = StaffRole::ALL.iter().copied().filter(gives).collect();
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = New { frame: asked.frame(app, "staff"), posted, organisations, roles, faults };
    Ok((status, Html(page.render()?)).into_response())
}

/// What a form says, or its faults.
fn read(posted: &Posted, asked: &Asked) -> Result<NewAppointment, Vec<(&'static str, String)>> {
    let w: Words = asked.w;
    let name: String = posted.name.trim().chars().filter(|letter| !letter.is_control()).take(200).collect();
    let email = posted.email.trim().to_owned();
    let mut faults = Vec::new();
    if name.is_empty() {
        faults.push(("name", w.t("fault-required")));
    }
    if !is_email(&email) {
        faults.push(("email", w.page(&Say::new("fault-email").with("x", email.as_str()))));
    }
    let role = StaffRole::from_code(&posted.role);
    let held = role.map(|role| Appointment { role, organisation: posted.organisation.clone() });
    match held {
        Some(held) if faults.is_empty() && may_give(asked, &held) => {
            let language = mentoring::Language::from_tag(&posted.language).unwrap_or(w.language);
            Ok(NewAppointment { name, email, language, held })
        }
        Some(held) if !may_give(asked, &held) => {
            faults.push(("role", w.t("staff-fault-role")));
            Err(faults)
        }
        Some(_) => Err(faults),
        None => {
            faults.push(("role", w.t("fault-required")));
            Err(faults)
        }
    }
}

/// Appoints somebody and sends the invitation.
pub(super) async fn appoint(State(app): State<Arc<App>>, asked: Asked, Form(posted): Form<Posted>) -> Answer {
    let new = match read(&posted, &asked) {
        Ok(new) => new,
        Err(faults) => return form(&app, &asked, posted, faults),
    };
    let own = asked.visitor.organisations.iter().find(|it| it.code == new.held.organisation);
    let organisation = own.map_or(String::new(), |it| it.name.clone());
    let now = app.now();
    let by = asked.visitor.name().to_owned();
    let held = new.held.clone();
    let told = |account: &store::Account, id: &Id, proven: bool| {
        Some(NewMail {
            event: format!("appointment {id}"),
            recipient: account.email.clone(),
            template: if proven { APPOINTED } else { INVITATION },
            lane: Lane::SignIn,
            language: account.language,
            organisation: held.organisation.clone(),
            facts: json!({
                "name": account.name, "by": by, "role": held.role.code(), "organisation": organisation,
                "appointment": id.as_str(),
            }),
            due_at: now,
            ends_at: now.saturating_add(jiff::SignedDuration::from_hours(48)).unwrap_or(now),
        })
    };
    match asked.within().appoint(&new, told, &asked.stamp(&app)).await {
        Err(store::Error::Taken) => {
            let fault = ("email", asked.w.t("staff-fault-held"));
            form(&app, &asked, posted, vec![fault])
        }
        done => {
            done?;
            app.post.wake();
            Ok(Redirect::to("/staff").into_response())
        }
    }
}

#[derive(Template)]
#[template(path = "staff/end.html")]
struct End {
    frame: Frame,
    row: StaffRow,
    role: String,
    organisation: String,
}

async fn endable(asked: &Asked, id: &str) -> Result<StaffRow, Error> {
    let row = asked.within().appointment(&Id::parse(id).ok_or(Error::NotFound)?).await?;
    if may_give(asked, &row.held) { Ok(row) } else { Err(Error::Forbidden) }
}

/// Asks whether an appointment is to end.
pub(super) async fn ask_end(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let row = endable(&asked, &id).await?;
    let organisation = asked.visitor.organisations.iter().find(|it| it.code == row.held.organisation);
    let page = End {
        role: asked.w.name(row.held.role.names()).to_owned(),
        organisation: organisation.map_or_else(String::new, |it| it.name.clone()),
        row,
        frame: asked.frame(&app, "staff"),
    };
    Ok(Html(page.render()?).into_response())
}

/// Ends an appointment.
pub(super) async fn end(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let row = endable(&asked, &id).await?;
    asked.within().dismiss(&row.id, &asked.stamp(&app)).await?;
    Ok(Redirect::to("/staff").into_response())
}
