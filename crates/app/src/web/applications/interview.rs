//! The interview about an application: a time for it, and what the two have found out.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use jiff::civil::Date;
use mentoring::{ApplicationState, MeetingForm, Occasion, Part, Plan, Say, Seat};
use store::{Answers, Application, BookingRow, Interview};

use super::super::apply::{complete, record, role};
use super::drafted;
use crate::clock::there;
use crate::record::{Fault, Record, changed};
use crate::web::bookings::{Act, Draft, is_new};
use crate::web::forms::{self, Fields};
use crate::web::pairs::words;
use crate::web::people::lists;
use crate::web::programmes::line;
use crate::web::state::{Asked, Frame};
use crate::web::{Answer, App, Error, identity};

/// What is gone through with a mentee.
const MENTEE: [&str; 13] = [
    "stage",
    "size",
    "needs",
    "goals",
    "about",
    "structure",
    "challenge",
    "detail",
    "risk",
    "purpose",
    "languages",
    "reach",
    "remote",
];
/// What is gone through with a mentor.
const MENTOR: [&str; 13] = [
    "capacity",
    "competences",
    "stages",
    "sizes",
    "goals",
    "about",
    "structure",
    "challenge",
    "detail",
    "risk",
    "purpose",
    "languages",
    "conflicts",
];

/// The questions that are gone through.
pub(super) fn questions(part: Part) -> &'static [&'static str] {
    match part {
        Part::Mentee => &MENTEE,
        Part::Mentor => &MENTOR,
    }
}

/// What a form for a time begins with.
pub(super) fn first_plan() -> Plan {
    Plan { minutes: 45, form: MeetingForm::Phone, place: String::new() }
}

/// The booking that is open, if one is.
pub(super) async fn open_booking(asked: &Asked, application: &Application) -> Result<Option<BookingRow>, Error> {
    let all = asked.within().bookings(Occasion::Interview, &application.id).await?;
    Ok(all.into_iter().find(|row| row.booking.is_open()))
}

#[derive(Template)]
#[template(path = "applications/interview.html")]
struct Page {
    frame: Frame,
    application: Application,
    day: String,
    today: String,
    words: String,
    version: i64,
    fields: Fields,
    fault: Option<String>,
}

async fn form(
    app: &App,
    asked: &Asked,
    application: Application,
    (day, words, version): (String, String, i64),
    record: &Record,
    (faults, fault): (&[Fault], Option<String>),
) -> Answer {
    let lists = lists(app, asked).await?;
    let codes = questions(application.part);
    let page = Page {
        fields: Fields::some(role(application.part), codes, record, faults, &lists, asked.w),
        frame: asked.frame(app, "applications"),
        today: app.today().to_string(),
        day,
        words,
        version,
        application,
        fault,
    };
    let faulty = page.fault.is_some() || !faults.is_empty();
    let status = if faulty { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Html(page.render()?)).into_response())
}

/// The record of an interview, begun with what the form says.
pub(in crate::web) async fn interview(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let application = asked.within().application(&identity(&id)?).await?;
    if application.state != ApplicationState::Sent {
        return Ok(Redirect::to(&format!("/applications/{id}")).into_response());
    }
    asked.within().read_about("application", &[&application.id], app.today(), &asked.stamp(&app)).await?;
    let kept = asked.within().interview(&application.id).await?;
    let booked = open_booking(&asked, &application).await?.and_then(|row| row.booking.at());
    let day = booked.map(|at| there(at).date()).filter(|day| *day <= app.today()).unwrap_or(app.today());
    let begun = kept.as_ref().map_or_else(
        || (day.to_string(), String::new(), 0),
        |kept| (kept.day.to_string(), kept.words.clone(), kept.version),
    );
    let record = record(&application.clone().after(kept.as_ref()));
    form(&app, &asked, application, begun, &record, (&[], None)).await
}

/// Keeps the record: only what is not as the form says, so that both can be seen.
pub(in crate::web) async fn keep(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let application = asked.within().application(&identity(&id)?).await?;
    let lists = lists(&app, &asked).await?;
    let (role, codes) = (role(application.part), questions(application.part));
    let said = record(&application);
    let found = forms::some_of_record(role, codes, &posted);
    let mut whole = said.clone();
    for code in codes {
        match found.get(code) {
            Some(values) => whole.insert(code, values.clone()),
            None => whole.remove(code),
        };
    }
    let mut complete_record = whole.clone();
    complete(&mut complete_record, &application, &lists);
    let mut faults = role.person(&complete_record, &lists).err().unwrap_or_default();
    faults.retain(|fault| codes.contains(&fault.field));
    let day = line(&posted, "day", 20);
    let written = (day.clone(), words(&posted), line(&posted, "version", 20).parse().unwrap_or(0));
    let day = day.parse::<Date>().ok().filter(|day| *day <= app.today());
    let more = posted.iter().any(|(key, _)| key == "more");
    let Some(day) = day.filter(|_| faults.is_empty() && !more) else {
        let unsaid = day.is_none() && !more;
        let fault = unsaid.then(|| asked.w.t("applications-no-day"));
        let faults = if more { Vec::new() } else { faults };
        return form(&app, &asked, application, written, &whole, (&faults, fault)).await;
    };
    let differing = changed(role, &said, &whole).into_iter();
    let answers: Answers =
        differing.map(|code| (code.to_owned(), whole.get(code).cloned().unwrap_or_default())).collect();
    let (_, words, version) = written;
    let kept = Interview { day, answers, words, version, by: String::new() };
    asked.within().keep_interview(&application.id, &kept, &asked.stamp(&app)).await?;
    // Whoever writes it down was there: the time that was booked for it is settled.
    if let Some(row) = open_booking(&asked, &application).await?.filter(|row| row.booking.has_begun(app.now())) {
        let held = Act::Held(row.booking.plan.minutes, row.booking.plan.form);
        let settled = app.act_on_booking(asked.within(), &row, Seat::Host, &held, &asked.stamp(&app)).await;
        // The record is kept whatever becomes of the time, which then lapses by itself.
        if let Err(error) = settled {
            tracing::warn!(?error, "the time of an interview that has been held was not settled");
        }
    }
    Ok(Redirect::to(&format!("/applications/{id}")).into_response())
}

/// Does something with the time for an interview.
pub(in crate::web) async fn book(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let application = asked.within().application(&identity(&id)?).await?;
    let done = async {
        let act = Act::of(&posted)?;
        let stamp = asked.stamp(&app);
        match open_booking(&asked, &application).await? {
            Some(row) => app.act_on_booking(asked.within(), &row, Seat::Host, &act, &stamp).await.map(drop),
            None if is_new(&posted) && application.state == ApplicationState::Sent => {
                let about = (Occasion::Interview, &application.id, Some(asked.account().clone()));
                app.book(asked.within(), about, Seat::Host, &act, &stamp).await.map(drop)
            }
            None => Err(Error::Faulty(Say::new("pairs-fault-act"))),
        }
    };
    match done.await {
        Ok(()) => Ok(Redirect::to(&format!("/applications/{id}")).into_response()),
        Err(error) => {
            let written = Draft::of(&posted);
            drafted(&app, &asked, application, written, Some(error.beside_form(asked.w)?)).await
        }
    }
}
