//! The pages of questions, checking the answers, and sending them.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect};
use axum_extra::extract::CookieJar;
use mentoring::{ApplicationState, Condition, Municipality, Organisation, Say, deliverer};
use serde::Deserialize;
use store::{Answers, Application, NewMail};

use super::groups::{Group, groups, in_their_words, told};
use super::{CONDITIONS, COOKIE, DRAFT, conditions, lists, own, record, role, stamp, ticked};
use crate::mail::{CONTINUE, about, receipt};
use crate::record::{Fault, Lists, Record, is_email};
use crate::secret::digest;
use crate::web::forms::{self, Fields, Input};
use crate::web::state::{Frame, Open};
use crate::web::words::zone_day;
use crate::web::{Answer, App, Error, Words};

/// So many addresses an application is sent to in an hour, while it is being written.
const PER_APPLICATION: i64 = 5;

#[derive(Template)]
#[template(path = "apply/group.html")]
struct Page {
    frame: Frame,
    application: Application,
    group: &'static Group,
    number: usize,
    of: usize,
    /// Where it goes back to.
    back: String,
    fields: Fields,
    conditions: Vec<(Condition, bool)>,
    note: String,
    /// Whether it is changed from the page where all answers are checked.
    checks: bool,
}

impl Page {
    fn step(&self) -> String {
        self.frame.w.page(&Say::new("apply-step").with("n", self.number).with("of", self.of))
    }

    /// Whether there are lists that can have more rows.
    fn has_rows(&self) -> bool {
        self.fields.shown.iter().any(|shown| matches!(shown.input, Input::Graded(_)))
    }
}

fn group_of(application: &Application, code: &str) -> Result<(usize, &'static Group), Error> {
    groups(application.part).iter().enumerate().find(|(_, group)| group.code == code).ok_or(Error::NotFound)
}

/// Every fault of the answers so far. What is asked for later counts as missing until then.
fn faults(application: &Application, lists: &Lists) -> Vec<Fault> {
    let mut record = record(application);
    complete(&mut record, application, lists);
    let mut faults = role(application.part).person(&record, lists).err().unwrap_or_default();
    // Whoever wants to be a mentor has room for somebody; a place is taken away later, by a pause.
    if application.answer("capacity") == "0" {
        faults.push(Fault { field: "capacity", say: Say::new("apply-no-room") });
    }
    faults
}

/// Adds what the applicant is not asked for.
pub(in crate::web) fn complete(record: &mut Record, application: &Application, lists: &Lists) {
    let organisation = if application.organisation.is_empty() {
        destination(application, lists).map_or_else(String::new, |it| it.code.clone())
    } else {
        application.organisation.clone()
    };
    record.insert("organisation", vec![organisation]);
    if application.part == mentoring::Part::Mentee {
        let since = application.sent_at.as_deref().and_then(zone_day).unwrap_or(lists.today);
        record.insert("waiting_since", vec![since.to_string()]);
    }
}

/// Who delivers the programme where the applicant is, as far as the answers tell.
fn destination<'a>(application: &Application, lists: &'a Lists) -> Option<&'a Organisation> {
    let place = Municipality::from_code(application.answer("municipality"))?;
    deliverer(&lists.organisations, programme(application), place, lists.today)
}

/// The programme that decides where an application goes: a mentor's first.
pub(in crate::web) fn programme(application: &Application) -> &str {
    let asked = if application.part == mentoring::Part::Mentee { "programme" } else { "programmes" };
    application.answer(asked)
}

fn page(
    app: &App,
    open: &Open,
    application: Application,
    code: &str,
    lists: &Lists,
    (faulty, checks): (bool, bool),
) -> Answer {
    let (number, group) = group_of(&application, code)?;
    let all = groups(application.part);
    let mut faults = if faulty { faults(&application, lists) } else { Vec::new() };
    faults.retain(|fault| group.fields.contains(&fault.field));
    let record = record(&application);
    let mut fields = Fields::some(role(application.part), group.fields, &record, &faults, lists, open.w);
    in_their_words(&mut fields, application.part, open.w);
    let id = &application.id;
    let page = Page {
        frame: open.frame(app, "apply"),
        number: number + 1,
        of: all.len(),
        back: number.checked_sub(1).map_or_else(
            || format!("/apply/{}", application.part.code()),
            |before| format!("/application/{id}/{}", all[before].code),
        ),
        fields,
        conditions: if group.code == CONDITIONS {
            conditions(&application, lists).into_iter().map(|it| (it, ticked(&application, it))).collect()
        } else {
            Vec::new()
        },
        note: application.answer("conditions_note").to_owned(),
        checks,
        group,
        application,
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, Html(page.render()?)).into_response())
}

/// Where a page of questions was opened from.
#[derive(Deserialize)]
pub(in crate::web) struct From {
    check: Option<String>,
}

/// A page of questions.
pub(in crate::web) async fn group(
    State(app): State<Arc<App>>,
    open: Open,
    jar: CookieJar,
    Path((id, code)): Path<(String, String)>,
    Query(from): Query<From>,
) -> Answer {
    let application = own(&app, &open, &jar, &id).await?;
    if application.state != ApplicationState::Draft {
        return Ok(Redirect::to(&format!("/application/{id}")).into_response());
    }
    let lists = lists(&app).await?;
    page(&app, &open, application, &code, &lists, (false, from.check.is_some()))
}

/// Saves a page of answers, right or wrong, and goes on if they are right.
pub(in crate::web) async fn save(
    State(app): State<Arc<App>>,
    open: Open,
    jar: CookieJar,
    headers: HeaderMap,
    Path((id, code)): Path<(String, String)>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let application = own(&app, &open, &jar, &id).await?;
    let (number, group) = group_of(&application, &code)?;
    let mut answers: Answers = group.fields.iter().map(|field| ((*field).to_owned(), Vec::new())).collect();
    for (field, values) in forms::some_of_record(role(application.part), group.fields, &posted) {
        answers.insert(field.to_owned(), values);
    }
    if group.code == CONDITIONS {
        let all = |name: &str| -> Vec<String> {
            posted.iter().filter(|(key, _)| key == name).map(|(_, value)| value.trim().to_owned()).collect()
        };
        let known = all("condition").into_iter().filter(|code| Condition::from_code(code).is_some()).collect();
        answers.insert(CONDITIONS.to_owned(), known);
        let note = all("conditions_note").into_iter().filter(|note| !note.is_empty());
        let note = note.map(|note| note.chars().take(2000).collect()).collect();
        answers.insert("conditions_note".to_owned(), note);
    }
    let mail = answers.get("email").and_then(|values| values.first()).filter(|email| is_email(email));
    let mail = mail.map(|email| to_continue(&app, &application, email.trim(), open.w));
    let corrected = mail.as_ref().is_some_and(|mail| mail.recipient != application.answer("email"));
    if corrected {
        // Whoever has the wrong address must not read on.
        let own = jar.get(COOKIE).map(|cookie| digest(cookie.value())).unwrap_or_default();
        app.store.drop_links(DRAFT, application.id.as_str(), &own).await?;
    }
    // Each address is written to a few times only, however often somebody corrects it.
    let told = corrected && app.spared(&format!("continue {}", application.id), PER_APPLICATION).await?;
    let mail = mail.filter(|_| told);
    app.store.save_answers(&application.id, answers, mail.as_ref(), &stamp(&app, &application)).await?;
    app.post.wake();
    if headers.contains_key("hx-request") {
        // Saved while it is being written; nothing is said about it yet.
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let application = app.store.application(&application.id).await?;
    let lists = lists(&app).await?;
    let wrong = faults(&application, &lists).iter().any(|fault| group.fields.contains(&fault.field));
    let again = posted.iter().any(|(key, _)| key == "more");
    if wrong || again {
        let checks = posted.iter().any(|(key, _)| key == "check");
        return page(&app, &open, application, &code, &lists, (wrong && !again, checks));
    }
    if posted.iter().any(|(key, _)| key == "check") {
        return Ok(Redirect::to(&format!("/application/{id}/check")).into_response());
    }
    let next = groups(application.part).get(number + 1).map_or("check", |next| next.code);
    Ok(Redirect::to(&format!("/application/{id}/{next}")).into_response())
}

/// The mail with which an applicant can go on anywhere; one for each address written.
fn to_continue(app: &App, application: &Application, email: &str, w: Words) -> NewMail {
    NewMail { recipient: email.to_owned(), ..about(CONTINUE, application, w.language, app.now()) }
}

/// A group with its answers, to be checked.
struct Checked {
    group: &'static Group,
    answers: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "apply/check.html")]
struct Check {
    frame: Frame,
    application: Application,
    groups: Vec<Checked>,
    /// Where it will go.
    organisation: Option<String>,
    /// Faults, each with the page that mends it.
    faults: Vec<(&'static str, String)>,
}

/// Each group with its answers in words.
pub(in crate::web) fn in_words(
    application: &Application,
    lists: &Lists,
    w: Words,
) -> Vec<(&'static Group, Vec<(String, String)>)> {
    let record = record(application);
    let row = |group: &'static Group| {
        let mut fields = Fields::some(role(application.part), group.fields, &record, &[], lists, w);
        in_their_words(&mut fields, application.part, w);
        let mut answers = told(group, &fields, &record, w);
        if group.code == CONDITIONS {
            let said = |it: Condition| w.t(if ticked(application, it) { "people-yes" } else { "apply-unticked" });
            answers
                .extend(conditions(application, lists).into_iter().map(|it| (w.name(it.names()).to_owned(), said(it))));
            let note = application.answer("conditions_note");
            if !note.is_empty() {
                answers.push((w.t("apply-note"), note.to_owned()));
            }
        }
        (group, answers)
    };
    groups(application.part).iter().map(row).collect()
}

/// Shows every answer before it is sent.
pub(in crate::web) async fn check(
    State(app): State<Arc<App>>,
    open: Open,
    jar: CookieJar,
    Path(id): Path<String>,
) -> Answer {
    let application = own(&app, &open, &jar, &id).await?;
    if application.state != ApplicationState::Draft {
        return Ok(Redirect::to(&format!("/application/{id}")).into_response());
    }
    checking(&app, &open, application).await
}

async fn checking(app: &App, open: &Open, application: Application) -> Answer {
    let lists = lists(app).await?;
    let w = open.w;
    let all = faults(&application, &lists);
    let page_of = |field: &str| groups(application.part).iter().find(|group| group.fields.contains(&field));
    let mut told = Vec::new();
    for fault in &all {
        let Some(group) = page_of(fault.field) else { continue };
        let mut fields = Fields::some(role(application.part), &[fault.field], &Record::new(), &[], &lists, w);
        in_their_words(&mut fields, application.part, w);
        let label = fields.shown.first().map_or_else(String::new, |shown| shown.label.clone());
        let after = if label.ends_with('?') { "" } else { ":" };
        told.push((group.code, format!("{label}{after} {}", w.page(&fault.say))));
    }
    let to = destination(&application, &lists);
    let checked = in_words(&application, &lists, w).into_iter().map(|(group, answers)| Checked { group, answers });
    let page = Check {
        frame: open.frame(app, "apply"),
        groups: checked.collect(),
        organisation: to.map(|it| it.name.clone()),
        faults: told,
        application,
    };
    Ok(Html(page.render()?).into_response())
}

/// Sends the application to whoever delivers the programme there.
pub(in crate::web) async fn send(
    State(app): State<Arc<App>>,
    open: Open,
    jar: CookieJar,
    Path(id): Path<String>,
) -> Answer {
    let application = own(&app, &open, &jar, &id).await?;
    let there = Redirect::to(&format!("/application/{id}"));
    if application.state != ApplicationState::Draft {
        return Ok(there.into_response());
    }
    let lists = lists(&app).await?;
    let Some(to) = destination(&application, &lists).filter(|_| faults(&application, &lists).is_empty()) else {
        let mut page = checking(&app, &open, application).await?;
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(page);
    };
    let programme = lists.programmes.iter().find(|it| it.code == programme(&application));
    let name = programme.map_or("", |it| it.name.as_str());
    let receipt = receipt(&application, name, to, open.w.language, app.now());
    app.store.send_application(&application.id, &to.code, &receipt, &stamp(&app, &application)).await?;
    app.post.wake();
    Ok(there.into_response())
}
