//! A person's form: to add somebody, or to change a record.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::{Id, Mentee, Mentor, Right, Say};

use super::lists;
use crate::import::written;
use crate::record::{Fault, Field, Person, Record, Role, changed, from_mentee, from_mentor};
use crate::web::forms::{Fields, record};
use crate::web::state::{Asked, Frame};
use crate::web::{Answer, App, Error, identity};

#[derive(Template)]
#[template(path = "people/edit.html")]
struct Edit {
    frame: Frame,
    name: String,
    /// Where it is posted.
    path: String,
    /// Where it came from.
    back: String,
    version: i64,
    fields: Fields,
}

/// Earlier and excluded mentors by e-mail address, as people know them.
pub(super) async fn name_mentors(asked: &Asked, record: &mut Record) -> Result<(), Error> {
    for field in ["earlier", "excluded"] {
        if let Some(values) = record.get_mut(field) {
            let ids: Vec<Id> = values.iter().filter_map(|value| Id::parse(value)).collect();
            let known = asked.within().some::<Mentor>(&ids).await?;
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
async fn resolve_mentors(asked: &Asked, record: &mut Record) -> Result<Vec<Fault>, Error> {
    let mut faults = Vec::new();
    for field in ["earlier", "excluded"] {
        for value in record.get_mut(field).into_iter().flatten() {
            match asked.within().by_email::<Mentor>(value).await? {
                Some(id) => *value = id.to_string(),
                None => faults.push(Fault { field, say: Say::new("fault-no-mentor").with("x", value.as_str()) }),
            }
        }
    }
    Ok(faults)
}

/// The form for a new mentee.
pub(in crate::web) async fn new_mentee(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    new(&app, &asked, Role::Mentees).await
}

/// The form for a new mentor.
pub(in crate::web) async fn new_mentor(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    new(&app, &asked, Role::Mentors).await
}

async fn new(app: &App, asked: &Asked, role: Role) -> Answer {
    let mut record = Record::from([
        ("organisation", vec![asked.organisation(Right::ChangePeople).to_owned()]),
        ("languages", vec!["sv:fluent".to_owned()]),
    ]);
    match role {
        Role::Mentees => record.insert("waiting_since", vec![app.today().to_string()]),
        Role::Mentors => record.insert("capacity", vec!["1".to_owned()]),
    };
    form(app, asked, role, None, 0, &record, &[]).await
}

/// A mentee's form.
pub(in crate::web) async fn edit_mentee(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let id = identity(&id)?;
    let (record, version) = kept(&asked, Role::Mentees, &id).await?;
    asked.reads(&app, Role::Mentees, &[&id]).await?;
    form(&app, &asked, Role::Mentees, Some(&id), version, &record, &[]).await
}

/// A mentor's form.
pub(in crate::web) async fn edit_mentor(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let id = identity(&id)?;
    let (record, version) = kept(&asked, Role::Mentors, &id).await?;
    asked.reads(&app, Role::Mentors, &[&id]).await?;
    form(&app, &asked, Role::Mentors, Some(&id), version, &record, &[]).await
}

/// A person's fields as they are kept, with mentors named by their addresses, and the version.
async fn kept(asked: &Asked, role: Role, id: &Id) -> Result<(Record, i64), Error> {
    let (mut record, version) = match role {
        Role::Mentees => {
            asked.within().one::<Mentee>(id).await.map(|(mentee, version)| (from_mentee(&mentee), version))?
        }
        Role::Mentors => {
            asked.within().one::<Mentor>(id).await.map(|(mentor, version)| (from_mentor(&mentor), version))?
        }
    };
    name_mentors(asked, &mut record).await?;
    Ok((record, version))
}

async fn form(
    app: &App,
    asked: &Asked,
    role: Role,
    id: Option<&Id>,
    version: i64,
    record: &Record,
    faults: &[Fault],
) -> Answer {
    let list = format!("/{}", role.code());
    let name = record.get("name").and_then(|name| name.first()).cloned().unwrap_or_default();
    let title = match role {
        Role::Mentees => asked.w.t("people-new-mentee"),
        Role::Mentors => asked.w.t("people-new-mentor"),
    };
    let page = Edit {
        frame: asked.frame(app, role.code()),
        name: if id.is_none() || name.is_empty() { title } else { name },
        path: id.map_or_else(|| format!("{list}/new"), |id| format!("{list}/{id}")),
        back: id.map_or_else(|| list.clone(), |id| format!("{list}/{id}")),
        version,
        fields: Fields::new(role, record, faults, &lists(app, asked).await?, asked.w),
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, Html(page.render()?)).into_response())
}

/// Adds a mentee.
pub(in crate::web) async fn add_mentee(
    State(app): State<Arc<App>>,
    asked: Asked,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    save(&app, asked, Role::Mentees, None, &posted).await
}

/// Adds a mentor.
pub(in crate::web) async fn add_mentor(
    State(app): State<Arc<App>>,
    asked: Asked,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    save(&app, asked, Role::Mentors, None, &posted).await
}

/// Saves a mentee's form.
pub(in crate::web) async fn save_mentee(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    save(&app, asked, Role::Mentees, Some(identity(&id)?), &posted).await
}

/// Saves a mentor's form.
pub(in crate::web) async fn save_mentor(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    save(&app, asked, Role::Mentors, Some(identity(&id)?), &posted).await
}

async fn save(app: &App, asked: Asked, role: Role, id: Option<Id>, posted: &[(String, String)]) -> Answer {
    let version =
        posted.iter().find(|(key, _)| key == "version").and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
    let written = record(role, posted);
    let mut record = written.clone();
    let mut faults = resolve_mentors(&asked, &mut record).await?;
    faults.extend(taken(&asked, role, &record, id.as_ref()).await?);
    let person = match role.person(&record, &lists(app, &asked).await?) {
        Ok(person) if faults.is_empty() => person,
        found => {
            faults.splice(0..0, found.err().into_iter().flatten());
            return form(app, &asked, role, id.as_ref(), version, &written, &faults).await;
        }
    };
    let stamp = asked.stamp(app);
    let email = record.get("email").and_then(|email| email.first()).cloned().unwrap_or_default();
    // The identity stays, also when the address changes.
    let kept = match (person, id.clone()) {
        (Person::Mentor(mentor), None) => asked.within().add(&*mentor, &stamp).await.map(|()| mentor.id),
        (Person::Mentee(mentee), None) => asked.within().add(&*mentee, &stamp).await.map(|()| mentee.id),
        (Person::Mentor(mentor), Some(id)) => {
            let fields =
                changed(role, &from_mentor(&asked.within().one::<Mentor>(&id).await?.0), &from_mentor(&mentor));
            asked.within().save(&Mentor { id: id.clone(), ..*mentor }, version, &fields, &stamp).await.map(|()| id)
        }
        (Person::Mentee(mentee), Some(id)) => {
            let fields =
                changed(role, &from_mentee(&asked.within().one::<Mentee>(&id).await?.0), &from_mentee(&mentee));
            asked.within().save(&Mentee { id: id.clone(), ..*mentee }, version, &fields, &stamp).await.map(|()| id)
        }
    };
    match (kept, id) {
        (Ok(id), _) => Ok(Redirect::to(&format!("/{}/{id}", role.code())).into_response()),
        (Err(store::Error::Taken), id) => {
            form(app, &asked, role, id.as_ref(), version, &written, &[in_use(&email)]).await
        }
        (Err(store::Error::Changed { by }), Some(id)) => both(app, &asked, role, &id, &written, &by).await,
        (Err(error), _) => Err(error.into()),
    }
}

/// Somebody else was first: what was typed stays in the form, and each field that differs says what
/// the record holds now, so that nothing is overwritten unseen.
async fn both(app: &App, asked: &Asked, role: Role, id: &Id, typed: &Record, by: &str) -> Answer {
    let (now, version) = kept(asked, role, id).await?;
    let lists = lists(app, asked).await?;
    let differing = changed(role, &now, typed);
    let told = |field: &'static Field| {
        let value = written(field, &now, &lists, asked.w.language);
        Fault { field: field.code, say: Say::new("fault-changed-meanwhile").with("by", by).with("value", value) }
    };
    let faults: Vec<Fault> = role.fields().iter().filter(|field| differing.contains(&field.code)).map(told).collect();
    if faults.is_empty() {
        return Err(Error::Changed { by: by.to_owned() });
    }
    let mut answer = form(app, asked, role, Some(id), version, typed, &faults).await?;
    *answer.status_mut() = StatusCode::CONFLICT;
    Ok(answer)
}

/// A fault if somebody else has the address already.
async fn taken(asked: &Asked, role: Role, record: &Record, own: Option<&Id>) -> Result<Option<Fault>, Error> {
    let Some(email) = record.get("email").and_then(|email| email.first()) else { return Ok(None) };
    let known = match role {
        Role::Mentees => asked.within().by_email::<Mentee>(email).await?,
        Role::Mentors => asked.within().by_email::<Mentor>(email).await?,
    };
    let taken = known.is_some_and(|known| Some(&known) != own);
    Ok(taken.then(|| in_use(email)))
}

fn in_use(email: &str) -> Fault {
    Fault { field: "email", say: Say::new("fault-email-taken").with("x", email) }
}
