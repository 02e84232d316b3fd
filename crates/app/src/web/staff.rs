//! Staff: who is appointed to what; inviting and ending.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::{Appointment, Id, Organisation, Right, Say, StaffRole, may_appoint, organisation_name};
use serde::Deserialize;
use serde_json::json;
use store::{NewAppointment, NewMail, StaffRow};

use super::state::{Asked, Frame};
use super::{Answer, App, Error, Words, identity};
use crate::mail::{APPOINTED, INVITATION, mail};
use crate::record::is_email;

#[derive(Template)]
#[template(path = "staff/list.html")]
struct List {
    frame: Frame,
    staff: Vec<Listed>,
    manages: bool,
    /// Organisations whose letters the visitor may word, and whose retention they may choose.
    worded: Vec<Organisation>,
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

/// The name of the organisation of an appointment.
fn named(asked: &Asked, held: &Appointment) -> String {
    organisation_name(&asked.visitor.organisations, &held.organisation).to_owned()
}

fn worded(asked: &Asked) -> Vec<Organisation> {
    let worded = asked.visitor.purview(Right::ManageOrganisation);
    let mut all: Vec<Organisation> =
        asked.visitor.organisations.iter().filter(|it| worded.has(&it.code)).cloned().collect();
    all.sort_by_cached_key(|it| store::sort_key(&it.name));
    all
}

/// Everybody appointed within reach.
pub(super) async fn list(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let rows = asked.within().staff().await?;
    let listed = |row: StaffRow| Listed {
        role: asked.w.label(row.held.role.names()),
        organisation: named(&asked, &row.held),
        ends: may_give(&asked, &row.held),
        row,
    };
    let page = List {
        staff: rows.into_iter().map(listed).collect(),
        manages: asked.visitor.may(Right::ManageStaff),
        worded: worded(&asked),
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
        self.frame.w.label(role.names())
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
    let organisation = named(&asked, &new.held);
    let now = app.now();
    let by = asked.visitor.name().to_owned();
    let held = new.held.clone();
    let told = |account: &store::Account, id: &Id, proven: bool| {
        let facts = json!({
            "name": account.name, "by": by, "role": held.role.code(), "organisation": organisation,
            "appointment": id.as_str(),
        });
        let (template, event) = (if proven { APPOINTED } else { INVITATION }, format!("appointment {id}"));
        let mail = mail(template, event, &account.email, account.language, facts, now);
        Some(NewMail { organisation: held.organisation.clone(), ..mail })
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
    let row = asked.within().appointment(&identity(id)?).await?;
    if may_give(asked, &row.held) { Ok(row) } else { Err(Error::Forbidden) }
}

/// Invites somebody anew whose passkey is lost, or whose invitation has run out: by mail, to the address of the
/// account. Only whoever may give everything that the account holds.
pub(super) async fn invite(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let row = endable(&asked, &id).await?;
    let held = app.store.appointments(&row.account.id).await?;
    if !held.iter().all(|held| may_give(&asked, held)) {
        return Err(Error::Forbidden);
    }
    let facts = json!({
        "name": row.account.name, "by": asked.visitor.name(), "role": row.held.role.code(),
        "organisation": named(&asked, &row.held), "appointment": "",
    });
    let event = format!("invite {} {}", row.account.id, app.now());
    let letter = mail(INVITATION, event, &row.account.email, row.account.language, facts, app.now());
    let letter = NewMail { organisation: row.held.organisation.clone(), ..letter };
    app.store.invite_again(&row.account.id, &letter, &asked.stamp(&app)).await?;
    app.post.wake();
    Ok(Redirect::to("/staff").into_response())
}

/// Asks whether an appointment is to end.
pub(super) async fn ask_end(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let row = endable(&asked, &id).await?;
    let page = End {
        role: asked.w.name(row.held.role.names()).to_owned(),
        organisation: named(&asked, &row.held),
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
