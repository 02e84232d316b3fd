//! What an organisation says in its letters besides what every letter says: who writes, where answers go,
//! and some closing words; with every letter as it will look.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::{Language, Organisation, Purview, Right};

use super::programmes::{line, version};
use super::site::long;
use super::state::{Asked, Frame};
use super::{Answer, App, Error};
use crate::mail::{Wording, preview};
use crate::record::is_email;

#[derive(Template)]
#[template(path = "letters/letters.html")]
struct Page {
    frame: Frame,
    organisation: Organisation,
    wording: Wording,
    version: i64,
    /// Subject and text of each letter, in the reader's language.
    letters: Vec<(String, String)>,
    fault: Option<(&'static str, String)>,
}

impl App {
    /// What an organisation says in its letters, and the version of that.
    pub(crate) async fn wording(&self, organisation: &str) -> store::Result<(Wording, i64)> {
        match self.store.setting(&Wording::setting(organisation)).await? {
            Some((value, version)) => Ok((serde_json::from_str(&value)?, version)),
            None => Ok((Wording::default(), 0)),
        }
    }
}

/// The organisation, if it is within the visitor's reach.
pub(super) fn organisation(asked: &Asked, code: &str) -> Result<Organisation, Error> {
    let found = asked.visitor.organisations.iter().find(|it| it.code == code && asked.purview.has(code));
    found.cloned().ok_or(Error::NotFound)
}

async fn page(
    app: &App,
    asked: &Asked,
    organisation: Organisation,
    (wording, version): (Wording, i64),
    fault: Option<(&'static str, String)>,
) -> Answer {
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let desk = app.desk(&organisation.code, &wording).await?;
    let letters = preview(asked.w.language, &organisation.name, &wording, &desk);
    let letters = letters.into_iter().map(|letter| (letter.subject.clone(), letter.plain())).collect();
    let page = Page { frame: asked.frame(app, "staff"), organisation, wording, version, letters, fault };
    Ok((status, Html(page.render()?)).into_response())
}

/// The words of an organisation, and its letters.
pub(super) async fn letters(State(app): State<Arc<App>>, asked: Asked, Path(code): Path<String>) -> Answer {
    let organisation = organisation(&asked, &code)?;
    let kept = app.wording(&code).await?;
    page(&app, &asked, organisation, kept, None).await
}

/// Whether somebody may read the complaints of an organisation: whoever is named must be able to.
async fn answers_for(app: &App, asked: &Asked, code: &str, email: &str) -> Result<bool, Error> {
    let same = |row: &store::StaffRow| row.account.email.eq_ignore_ascii_case(email.trim());
    let staff = app.store.everywhere().staff().await?;
    let held: Vec<_> = staff.into_iter().filter(same).map(|row| row.held).collect();
    Ok(Purview::of(&held, Right::ManageOrganisation, &asked.visitor.organisations).has(code))
}

/// Shows how the letters will look, or saves the words.
pub(super) async fn save(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(code): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let organisation = organisation(&asked, &code)?;
    let wording = Wording {
        sender: line(&posted, "sender", 80),
        answers: line(&posted, "answers", 200),
        contact_name: line(&posted, "contact_name", 80),
        contact_phone: line(&posted, "contact_phone", 40),
        complaints_name: line(&posted, "complaints_name", 80),
        complaints_email: line(&posted, "complaints_email", 200),
        closing_sv: long(&posted, "closing_sv").trim().to_owned(),
        closing_en: long(&posted, "closing_en").trim().to_owned(),
    };
    let version = version(&posted);
    let wrong = |email: &str| !email.is_empty() && !is_email(email);
    let told = |field, email: &str| (field, asked.w.x("fault-email", email));
    let fault = if wrong(&wording.answers) {
        Some(told("answers", &wording.answers))
    } else if wrong(&wording.complaints_email) {
        Some(told("complaints_email", &wording.complaints_email))
    } else if !wording.complaints_email.is_empty()
        && !answers_for(&app, &asked, &code, &wording.complaints_email).await?
    {
        Some(("complaints_email", asked.w.t("letters-complaints-who")))
    } else if wording.complaints_name.is_empty() != wording.complaints_email.is_empty() {
        Some(("complaints_name", asked.w.t("letters-complaints-both")))
    } else {
        None
    };
    if fault.is_some() || posted.iter().any(|(key, _)| key == "preview") {
        return page(&app, &asked, organisation, (wording, version), fault).await;
    }
    app.store.set(&Wording::setting(&code), &serde_json::to_string(&wording)?, version, &asked.stamp(&app)).await?;
    Ok(Redirect::to(&format!("/letters/{code}")).into_response())
}

impl Wording {
    /// Name of the setting in which an organisation's words stand.
    pub(crate) fn setting(organisation: &str) -> String {
        format!("wording {organisation}")
    }

    /// The closing words in a language.
    pub(crate) fn closing(&self, language: Language) -> &str {
        match language {
            Language::Swedish => &self.closing_sv,
            Language::English => &self.closing_en,
        }
    }
}
