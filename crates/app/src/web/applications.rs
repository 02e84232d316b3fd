//! Applications as staff see them: what has come in, whom it doubles, and the decision.

mod interview;

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use jiff::Timestamp;
use mentoring::{
    ApplicationState, Booking, Condition, DeclineReason, MeetingForm, Part, Seat, masked_company_number,
    organisation_name,
};
use serde::Deserialize;
use store::{Application, Came, Double, Interview, NewMail};

use super::apply::{CONDITIONS, Group, complete, conditions, in_words, programme, record, role, ticked};
use super::bookings::{Draft, earliest, lead};
use super::forms::Fields;
use super::people::{FURTHEST, Pager, lenient, lists, query};
use super::programmes::line;
use super::state::{Asked, Frame};
use super::{Answer, App, Words, identity};
use crate::mail::{ACCEPTED, DECLINED, about, conduct};
use crate::record::{Lists, Person};
use crate::web::words::capital;
use interview::{first_plan, open_booking, questions};

pub(super) use interview::{book, interview, keep};

const SIZE: usize = 25;

/// States that a list can show.
const STATES: [ApplicationState; 4] =
    [ApplicationState::Sent, ApplicationState::Accepted, ApplicationState::Declined, ApplicationState::Withdrawn];

#[derive(Deserialize, Default)]
pub(super) struct Wanted {
    #[serde(default)]
    state: String,
    /// Only what a figure of the report counts.
    #[serde(flatten)]
    report: super::report::Wanted,
    #[serde(default, deserialize_with = "lenient")]
    page: usize,
}

#[derive(Template)]
#[template(path = "applications/list.html")]
struct List {
    frame: Frame,
    applications: Vec<Application>,
    total: usize,
    state: ApplicationState,
    /// What a figure of the report counts, if that is what is listed.
    told: String,
    pager: Pager,
    programmes: Vec<mentoring::Programme>,
}

impl List {
    fn part(&self, application: &Application) -> String {
        self.frame.w.label(application.part.names())
    }

    fn programme(&self, application: &Application) -> String {
        let found = self.programmes.iter().find(|it| it.code == programme(application));
        found.map_or_else(String::new, |it| it.name.clone())
    }

    fn place(application: &Application) -> &'static str {
        mentoring::Municipality::from_code(application.answer("municipality")).map_or("", |it| it.names().sv)
    }
}

/// What has come in, the oldest first.
pub(super) async fn list(State(app): State<Arc<App>>, asked: Asked, Query(wanted): Query<Wanted>) -> Answer {
    let state = ApplicationState::from_code(&wanted.state).unwrap_or(ApplicationState::Sent);
    let counted = wanted.report.counted(app.today());
    let (applications, total) = asked.within().applications(state, &counted, wanted.page.min(FURTHEST), SIZE).await?;
    let path = format!("/applications?{}&{}", query(&[("state", state.code())]), wanted.report.query());
    let pager = Pager::new(total, SIZE, wanted.page, path);
    let told = wanted.report.told(app.today(), asked.w);
    let programmes = app.store.programmes().await?;
    let frame = asked.frame(&app, "applications");
    Ok(Html(List { frame, applications, total, state, told, pager, programmes }.render()?).into_response())
}

#[derive(Template)]
#[template(path = "applications/application.html")]
struct Page {
    frame: Frame,
    application: Application,
    state: String,
    part: String,
    groups: Vec<(&'static Group, Vec<(String, String)>)>,
    /// Each rule of eligibility, and whether it has been ticked.
    rules: Vec<(Condition, bool)>,
    doubles: Vec<Double>,
    /// The time for an interview: what it has come to, and in words.
    booking: Option<(Booking, String)>,
    /// What a form for a time begins with, whether it is to be mended, and the first moment that it offers.
    draft: Draft,
    mends: bool,
    earliest: String,
    now: Timestamp,
    /// The record of the interview, with the answers that are not as the form says.
    interview: Option<(Interview, Vec<(String, String)>)>,
    /// Whether the visitor may decide.
    decides: bool,
    fault: Option<String>,
}

impl Page {
    fn path(double: &Double) -> String {
        format!("/{}s/{}", double.noun, double.id)
    }
}

/// The answers as staff read them: a sole trader's number is a personal number, and stays hidden; the
/// conditions stand apart.
fn answers(application: &Application, lists: &Lists, w: Words) -> Vec<(&'static Group, Vec<(String, String)>)> {
    let mut known = application.clone();
    for field in ["company_number", "conflicts"] {
        for number in known.answers.get_mut(field).into_iter().flatten() {
            *number = masked_company_number(number);
        }
    }
    in_words(&known, lists, w).into_iter().filter(|(group, _)| group.code != CONDITIONS).collect()
}

/// What the interview has changed, in words.
fn found(application: &Application, interview: &Interview, lists: &Lists, w: Words) -> Vec<(String, String)> {
    let after = record(&application.clone().after(Some(interview)));
    let fields = Fields::some(role(application.part), questions(application.part), &after, &[], lists, w);
    let told = fields.shown.iter().filter(|shown| interview.answers.contains_key(shown.code));
    told.map(|shown| (shown.label.clone(), shown.input.text(w))).collect()
}

async fn page(app: &App, asked: &Asked, application: Application, fault: Option<String>) -> Answer {
    drafted(app, asked, application, None, fault).await
}

/// The page with the form for an interview as it was written.
async fn drafted(
    app: &App,
    asked: &Asked,
    application: Application,
    written: Option<Draft>,
    fault: Option<String>,
) -> Answer {
    asked.within().read_about("application", &[&application.id], app.today(), &asked.stamp(app)).await?;
    let lists = lists(app, asked).await?;
    let kept = asked.within().interview(&application.id).await?;
    let booking = open_booking(asked, &application).await?.map(|row| row.booking);
    let name = application.answer("name");
    let page = Page {
        interview: kept.map(|kept| (kept.clone(), found(&application, &kept, &lists, asked.w))),
        mends: written.is_some(),
        draft: written.unwrap_or_else(|| Draft::from(&booking.as_ref().map_or_else(first_plan, |it| it.plan.clone()))),
        booking: booking.map(|it| (it.clone(), lead(&it, Seat::Host, name, app.now(), asked.w))),
        earliest: earliest(app),
        now: app.now(),
        frame: asked.frame(app, "applications"),
        state: asked.w.label(application.state.names()),
        part: asked.w.label(application.part.names()),
        groups: answers(&application, &lists, asked.w),
        rules: conditions(&application, &lists).into_iter().map(|it| (it, ticked(&application, it))).collect(),
        doubles: asked.within().doubles(&application).await?,
        decides: application.state == ApplicationState::Sent && asked.visitor.may(mentoring::Right::ChangePeople),
        fault,
        application,
    };
    let status = if page.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Html(page.render()?)).into_response())
}

/// One application.
pub(super) async fn application(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let application = asked.within().application(&identity(&id)?).await?;
    page(&app, &asked, application, None).await
}

fn told(app: &App, asked: &Asked, application: &Application, template: &'static str, reason: &str) -> NewMail {
    let mut mail = about(template, application, application.language, app.now());
    mail.organisation.clone_from(&application.organisation);
    mail.facts["organisation"] = organisation_name(&asked.visitor.organisations, &application.organisation).into();
    mail.facts["reason"] = reason.into();
    mail
}

/// Accepts an application: the mentee joins the waiting list, the mentor the pool until approved.
pub(super) async fn accept(State(app): State<Arc<App>>, asked: Asked, Path(id): Path<String>) -> Answer {
    let application = asked.within().application(&identity(&id)?).await?;
    let lists = lists(&app, &asked).await?;
    let kept = asked.within().interview(&application.id).await?;
    let mut answers = record(&application.clone().after(kept.as_ref()));
    complete(&mut answers, &application, &lists);
    let person = role(application.part).person(&answers, &lists);
    let came = match person {
        Ok(Person::Mentor(mentor)) => Came::Mentor(mentor),
        Ok(Person::Mentee(mentee)) => Came::Mentee(mentee),
        Err(_) => return page(&app, &asked, application, Some(asked.w.t("applications-faulty"))).await,
    };
    let mail = told(&app, &asked, &application, ACCEPTED, "");
    let mails = |person: &mentoring::Id| {
        let mut mails = vec![mail];
        if let Came::Mentor(mentor) = &came {
            let mentor = mentoring::Mentor { id: person.clone(), ..(**mentor).clone() };
            mails.push(conduct(&mentor, application.language, "first", app.now()));
        }
        mails
    };
    match asked.within().accept(&application.id, &came, mails, &asked.stamp(&app)).await {
        Ok(person) => {
            app.post.wake();
            let list = if application.part == Part::Mentor { "mentors" } else { "mentees" };
            Ok(Redirect::to(&format!("/{list}/{person}")).into_response())
        }
        Err(store::Error::Taken) => page(&app, &asked, application, Some(asked.w.t("applications-known"))).await,
        Err(error) => Err(error.into()),
    }
}

/// Declines an application; the applicant is told why, in their own language.
pub(super) async fn decline(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let application = asked.within().application(&identity(&id)?).await?;
    let why = DeclineReason::from_code(&line(&posted, "why", 20)).unwrap_or(DeclineReason::Other);
    let more = posted.iter().find(|(key, _)| key == "reason").map_or("", |(_, words)| words.trim());
    let more: String = more.chars().take(2000).collect();
    if why == DeclineReason::Other && more.is_empty() {
        return page(&app, &asked, application, Some(asked.w.t("applications-no-reason"))).await;
    }
    let theirs = Words { language: application.language };
    let label = format!("{}.", capital(theirs.name(why.names())));
    let reason = match (why, more.is_empty()) {
        (DeclineReason::Other, _) => more,
        (_, true) => label,
        (_, false) => format!("{label} {more}"),
    };
    let mail = told(&app, &asked, &application, DECLINED, &reason);
    asked.within().decline(&application.id, (why, &reason), &mail, &asked.stamp(&app)).await?;
    app.post.wake();
    Ok(Redirect::to("/applications").into_response())
}
