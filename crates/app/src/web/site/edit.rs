//! What the owner writes on the public pages, without touching files.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::Language;
use store::Story;

use super::{SITE, Site, TEXTS, raw_text, site, text};
use crate::record::is_email;
use crate::web::programmes::{line, version};
use crate::web::state::{Asked, Frame};
use crate::web::{Answer, App, Error};

#[derive(Template)]
#[template(path = "site/edit.html")]
struct Page {
    frame: Frame,
    site: Site,
    version: i64,
    stories: Vec<Story>,
    fault: Option<(&'static str, String)>,
}

async fn page(app: &App, asked: &Asked, site: Site, version: i64, fault: Option<(&'static str, String)>) -> Answer {
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let stories = app.store.stories(false).await?;
    let page = Page { frame: asked.frame(app, "site"), site, version, stories, fault };
    Ok((status, Html(page.render()?)).into_response())
}

/// Settings, texts and stories.
pub(in crate::web) async fn edit(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let (site, version) = site(&app).await?;
    page(&app, &asked, site, version, None).await
}

/// Saves the settings.
pub(in crate::web) async fn save(
    State(app): State<Arc<App>>,
    asked: Asked,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let field = |name| line(&posted, name, 400);
    let site = Site {
        linkedin: field("linkedin"),
        facebook: field("facebook"),
        youtube: field("youtube"),
        controller: field("controller"),
        privacy_email: field("privacy_email"),
        accessibility_email: field("accessibility_email"),
        accessibility_day: field("accessibility_day"),
    };
    let w = asked.w;
    let urls = [("linkedin", &site.linkedin), ("facebook", &site.facebook), ("youtube", &site.youtube)];
    let mails = [("privacy_email", &site.privacy_email), ("accessibility_email", &site.accessibility_email)];
    let wrong_url = urls.iter().find(|(_, url)| !url.is_empty() && !url.starts_with("https://"));
    let wrong_mail = mails.iter().find(|(_, mail)| !mail.is_empty() && !is_email(mail));
    let day = &site.accessibility_day;
    let fault = if let Some((field, url)) = wrong_url {
        Some((*field, w.x("site-fault-url", url.as_str())))
    } else if let Some((field, mail)) = wrong_mail {
        Some((*field, w.x("fault-email", mail.as_str())))
    } else if !day.is_empty() && day.parse::<jiff::civil::Date>().is_err() {
        Some(("accessibility_day", w.x("fault-day", day.as_str())))
    } else {
        None
    };
    if fault.is_some() {
        return page(&app, &asked, site, version(&posted), fault).await;
    }
    let value = serde_json::to_string(&site)?;
    app.store.set(SITE, &value, version(&posted), &asked.stamp(&app)).await?;
    Ok(Redirect::to("/site").into_response())
}

#[derive(Template)]
#[template(path = "site/text.html")]
struct Text {
    frame: Frame,
    name: &'static str,
    language: Language,
    body: String,
    version: i64,
    preview: Option<String>,
}

fn named(name: &str, language: &str) -> Result<(&'static str, Language), Error> {
    let known = TEXTS.iter().find(|text| text.0 == name).ok_or(Error::NotFound)?;
    Ok((known.0, Language::from_tag(language).ok_or(Error::NotFound)?))
}

/// A text to write.
pub(in crate::web) async fn edit_text(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path((name, language)): Path<(String, String)>,
) -> Answer {
    let (name, language) = named(&name, &language)?;
    let (body, version) = raw_text(&app, name, language).await?;
    let page = Text { frame: asked.frame(&app, "site"), name, language, body, version, preview: None };
    Ok(Html(page.render()?).into_response())
}

/// Some text of several lines, within limits.
pub(in crate::web) fn long(posted: &[(String, String)], name: &str) -> String {
    let text = posted.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value);
    text.replace("\r\n", "\n").chars().filter(|letter| *letter == '\n' || !letter.is_control()).take(20_000).collect()
}

/// Shows how a text will look, or saves it.
pub(in crate::web) async fn save_text(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path((name, language)): Path<(String, String)>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let (name, language) = named(&name, &language)?;
    let (body, version) = (long(&posted, "body"), version(&posted));
    if posted.iter().any(|(key, _)| key == "preview") {
        let preview = Some(text::html(&body));
        let page = Text { frame: asked.frame(&app, "site"), name, language, body, version, preview };
        return Ok(Html(page.render()?).into_response());
    }
    app.store.set(&format!("text {name} {}", language.tag()), &body, version, &asked.stamp(&app)).await?;
    Ok(Redirect::to("/site").into_response())
}
