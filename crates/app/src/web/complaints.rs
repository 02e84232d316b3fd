//! Complaints: somebody who takes part writes to a named person who answers for the organisation, past the coordinator.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::{Language, OrganisationKind, Say, StaffRole, organisation_name};
use store::{Complaint, NewMail};

use super::pairs::words;
use super::state::{Asked, Frame};
use super::{Answer, App, Error, identity};
use crate::mail::{complaint_made, complaint_received, complaint_settled};

/// So many complaints of one address in an hour: nobody is silenced, and nobody flooded.
const AN_HOUR: i64 = 3;

/// Who reads the complaints of an organisation.
pub(super) struct Reader {
    /// The name that whoever complains is told.
    pub(super) name: String,
    /// Where they are told that one has come in, and in which language.
    pub(super) to: Vec<(String, Language)>,
}

impl App {
    /// Who reads the complaints of an organisation: the person that it names, else those who answer for it; where there
    /// is nobody, the same of the programme's owner.
    pub(super) async fn complaints_reader(&self, organisation: &str) -> Result<Reader, Error> {
        let all = self.store.organisations().await?;
        let owner = all.iter().find(|it| it.kind == OrganisationKind::Owner).map_or("", |it| it.code.as_str());
        let staff = self.store.everywhere().staff().await?;
        for (code, role) in [(organisation, StaffRole::Manager), (owner, StaffRole::Owner)] {
            let (wording, _) = self.wording(code).await?;
            if !wording.complaints_email.is_empty() {
                let language = self.language_of(&wording.complaints_email, &[]).await?;
                return Ok(Reader { name: wording.complaints_name, to: vec![(wording.complaints_email, language)] });
            }
            let found = staff.iter().filter(|it| it.held.organisation == code && it.held.role == role);
            let to: Vec<_> = found.map(|it| (it.account.email.clone(), it.account.language)).collect();
            if !to.is_empty() {
                return Ok(Reader { name: organisation_name(&all, code).to_owned(), to });
            }
        }
        Ok(Reader { name: organisation_name(&all, owner).to_owned(), to: Vec::new() })
    }
}

#[derive(Template)]
#[template(path = "complaints/form.html")]
struct Page {
    frame: Frame,
    reader: String,
    words: String,
    own: Vec<Complaint>,
    fault: Option<String>,
}

/// The organisation that answers for whoever asks: the mentee's, else the mentor's, else the owner.
async fn organisation(app: &App, asked: &Asked) -> Result<String, Error> {
    let own = app.store.own_records(&asked.visitor.session.account.email).await?;
    let code = own.mentee.map(|it| it.organisation).or(own.mentor.map(|it| it.organisation));
    if let Some(code) = code {
        return Ok(code);
    }
    let all = app.store.organisations().await?;
    let owner = all.into_iter().find(|it| it.kind == OrganisationKind::Owner);
    owner.map(|it| it.code).ok_or(Error::NotFound)
}

async fn page(app: &App, asked: &Asked, words: String, fault: Option<String>) -> Answer {
    let reader = app.complaints_reader(&organisation(app, asked).await?).await?.name;
    let own = app.store.own_complaints(&asked.visitor.session.account.email).await?;
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page { frame: asked.frame(app, "mine"), reader, words, own, fault };
    Ok((status, Html(page.render()?)).into_response())
}

/// The form for a complaint, and what has become of one's own.
pub(super) async fn form(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    page(&app, &asked, String::new(), None).await
}

/// Takes a complaint.
pub(super) async fn complain(
    State(app): State<Arc<App>>,
    asked: Asked,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let words = words(&posted);
    if words.is_empty() {
        return page(&app, &asked, words, Some(asked.w.t("complaints-empty"))).await;
    }
    let account = &asked.visitor.session.account;
    if !app.spared(&format!("complaint {}", account.id), AN_HOUR).await? {
        return page(&app, &asked, words, Some(asked.w.page(&Say::new("mine-pair-too-often")))).await;
    }
    let organisation = organisation(&app, &asked).await?;
    let reader = app.complaints_reader(&organisation).await?;
    let new = Complaint {
        id: app.new_id(),
        organisation,
        name: account.name.clone(),
        email: account.email.clone(),
        words,
        since: String::new(),
        ended_at: None,
        ended_by: String::new(),
        outcome: String::new(),
    };
    let page = format!("{}/complaints", app.settings.url);
    let mut told: Vec<NewMail> =
        reader.to.iter().map(|(to, language)| complaint_made(&new, to, *language, &page, app.now())).collect();
    let address = reader.to.first().map_or("", |(to, _)| to.as_str());
    told.push(complaint_received(&new, (&reader.name, address), asked.w.language, app.now()));
    app.store.complain(&new, &told, &asked.stamp(&app)).await?;
    app.post.wake();
    Ok(Redirect::to("/mine/complaint").into_response())
}

#[derive(Template)]
#[template(path = "complaints/list.html")]
struct List {
    frame: Frame,
    complaints: Vec<(Complaint, String)>,
    fault: Option<String>,
}

async fn all(app: &App, asked: &Asked, fault: Option<String>) -> Answer {
    let named = |it: Complaint| {
        let name = organisation_name(&asked.visitor.organisations, &it.organisation).to_owned();
        (it, name)
    };
    let complaints = asked.within().complaints().await?.into_iter().map(named).collect();
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let list = List { frame: asked.frame(app, "staff"), complaints, fault };
    Ok((status, Html(list.render()?)).into_response())
}

/// Complaints to whoever answers for an organisation.
pub(super) async fn list(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    all(&app, &asked, None).await
}

/// Settles a complaint; whoever complained is told.
pub(super) async fn settle(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let id = identity(&id)?;
    let found = asked.within().complaints().await?.into_iter().find(|it| it.id == id).ok_or(Error::NotFound)?;
    let outcome = words(&posted);
    if outcome.is_empty() {
        return all(&app, &asked, Some(asked.w.t("complaints-no-outcome"))).await;
    }
    let account = app.store.account_by_email(&found.email).await?;
    let language = account.map_or(Language::Swedish, |account| account.language);
    let by = (asked.visitor.name(), asked.visitor.session.account.email.as_str());
    let told = complaint_settled(&found, by, &outcome, language, app.now());
    asked.within().settle_complaint(&id, &outcome, &told, &asked.stamp(&app)).await?;
    app.post.wake();
    Ok(Redirect::to("/complaints").into_response())
}
