//! One person: facts, pairs, history.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::{Mentee, Mentor, Say, masked_company_number};
use serde::Deserialize;
use store::{Event, PairRow};

use super::edit::name_mentors;
use super::lists;
use crate::mail::conduct;
use crate::record::{Field, Lists, Record, Role, from_mentee, from_mentor};
use crate::web::forms::{Fields, Input};
use crate::web::state::{Asked, Frame};
use crate::web::{Answer, App, Error, Words, identity};

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
    history: Vec<(String, String)>,
    /// Whether a mentee can leave the queue, or return to it.
    leaves: Option<bool>,
    /// Whether it is a mentee who waits.
    waits: bool,
    is_mentor: bool,
    /// For a mentor who is not approved yet: the version of the record.
    approves: Option<i64>,
    today: String,
}

/// What happened to a person: the day, and what in words.
fn history(events: &[Event], fields: &'static [Field], w: Words) -> Vec<(String, String)> {
    let told = |event: &Event| {
        let by = |key| w.x(key, event.actor.as_str());
        let what = match event.kind.as_str() {
            "mentor-added" | "mentee-added" => by("people-added-by"),
            "mentee-left" => by("people-left-by"),
            "mentee-paired" => by("people-paired-by"),
            "mentee-returned" => by("people-returned-by"),
            "mentee-waits-again" => w.t("people-waits-again"),
            "mentor-pledged" => w.t("people-pledged"),
            "mentee-done" => w.t("people-done"),
            _ => by("people-changed-by"),
        };
        let detail: serde_json::Value = serde_json::from_str(&event.detail).unwrap_or_default();
        let changed = detail["fields"].as_array().into_iter().flatten().filter_map(serde_json::Value::as_str);
        let label = |code| fields.iter().find(|field| field.code == code).map(|field| field.label(w.language));
        let labels: Vec<&str> = changed.filter_map(label).collect();
        let file = match detail["by"].as_str() {
            Some("file") => w.t("people-by-file"),
            Some("application") => w.t("people-by-application"),
            _ => String::new(),
        };
        let more = if labels.is_empty() { file } else { labels.join(", ") };
        (w.stored_day(&event.at), if more.is_empty() { what } else { format!("{what}: {more}") })
    };
    events.iter().map(told).collect()
}

/// The filled fields of a person, in words.
fn facts(role: Role, record: &Record, lists: &Lists, asked: &Asked) -> Vec<(String, String)> {
    let language = asked.w.language;
    let shown = Fields::new(role, record, &[], lists, asked.w);
    let mut facts = Vec::new();
    for (shown, field) in shown.shown.iter().zip(role.fields()) {
        // Says nothing without the wish that it is about.
        if field.code == "mentor_gender_only" && !record.contains_key("mentor_gender") {
            continue;
        }
        let text = match &shown.input {
            Input::Line { value, kind, .. } if *kind == "date" => asked.w.stored_day(value),
            Input::Line { value, .. } if field.code == "company_number" => masked_company_number(value),
            Input::Line { value, .. } if field.code == "conflicts" => {
                value.split(';').map(masked_company_number).collect::<Vec<_>>().join(", ")
            }
            Input::Long(_) => continue,
            input => input.text(asked.w),
        };
        if !text.is_empty() {
            facts.push((field.label(language).to_owned(), text));
        }
    }
    facts
}

/// One mentee.
pub(in crate::web) async fn mentee(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let id = identity(&id)?;
    let (mentee, _) = asked.within().one::<Mentee>(&id).await?;
    asked.reads(&app, Role::Mentees, &[&id]).await?;
    let waited = mentee.waited(app.today());
    let left = asked.within().has_left(&id).await?;
    let state = match (mentee.paired, left) {
        (true, _) => asked.w.t("people-paired"),
        (_, true) => asked.w.t("people-has-left"),
        _ => asked.w.n("people-waited-days", waited),
    };
    let mut record = from_mentee(&mentee);
    name_mentors(&asked, &mut record).await?;
    let page = Profile {
        facts: facts(Role::Mentees, &record, &lists(&app, &asked).await?, &asked),
        frame: asked.frame(&app, "mentees"),
        path: format!("/mentees/{id}"),
        tags: vec![state],
        name: mentee.name,
        about: mentee.about,
        pairs: asked.within().pairs_of(&id).await?,
        history: history(&asked.within().history::<Mentee>(&id).await?, Role::Mentees.fields(), asked.w),
        leaves: (!mentee.paired).then_some(!left),
        waits: !mentee.paired && !left,
        is_mentor: false,
        approves: None,
        today: app.today().to_string(),
    };
    Ok(Html(page.render()?).into_response())
}

/// One mentor.
pub(in crate::web) async fn mentor(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let id = identity(&id)?;
    let (mentor, version) = asked.within().one::<Mentor>(&id).await?;
    asked.reads(&app, Role::Mentors, &[&id]).await?;
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
        facts: facts(Role::Mentors, &from_mentor(&mentor), &lists(&app, &asked).await?, &asked),
        frame: asked.frame(&app, "mentors"),
        path: format!("/mentors/{id}"),
        tags,
        is_mentor: true,
        approves: (!mentor.approved).then_some(version),
        today: app.today().to_string(),
        name: mentor.name,
        about: mentor.about,
        pairs: asked.within().pairs_of(&id).await?,
        history: history(&asked.within().history::<Mentor>(&id).await?, Role::Mentors.fields(), asked.w),
        leaves: None,
        waits: false,
    };
    Ok(Html(page.render()?).into_response())
}

#[derive(Deserialize)]
pub(in crate::web) struct Approval {
    #[serde(default)]
    version: i64,
    #[serde(default)]
    trained: String,
}

/// Approves a mentor after an interview.
pub(in crate::web) async fn approve(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(Approval { version, trained }): Form<Approval>,
) -> Answer {
    let id = identity(&id)?;
    let trained = match trained.trim() {
        "" => None,
        day => Some(day.parse().map_err(|_| Error::Faulty(Say::new("pairs-fault-day")))?),
    };
    let (mut mentor, _) = asked.within().one::<Mentor>(&id).await?;
    let comes_back = mentor.left;
    mentor.approve(trained);
    let stamp = asked.stamp(&app);
    asked.within().save(&mentor, version, &["approved", "trained", "left"], &stamp).await?;
    if mentor.is_asked_to_pledge(app.today()) {
        // Whoever came by a form has that letter already; it is not written twice, unless they have left since.
        let language = app.language_of(&mentor.email, &mentor.languages).await?;
        let mut mail = conduct(&mentor, language, "first", app.now());
        if comes_back {
            mail.event = format!("{} {}", mail.event, app.today());
        }
        app.store.queue_mail(&mail, &stamp).await?;
        app.post.wake();
    }
    Ok(Redirect::to(&format!("/mentors/{id}")).into_response())
}

#[derive(Deserialize)]
pub(in crate::web) struct Leaving {
    leaves: Option<bool>,
}

/// Takes a mentee out of the queue, or back into it.
pub(in crate::web) async fn leave(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(Leaving { leaves }): Form<Leaving>,
) -> Answer {
    let id = identity(&id)?;
    let leaves = leaves.ok_or(Error::NotFound)?;
    asked.within().leave(&id, leaves, app.today(), &asked.stamp(&app)).await?;
    Ok(Redirect::to(&format!("/mentees/{id}")).into_response())
}
