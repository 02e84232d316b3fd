//! The public pages: what the programme is, who delivers it where, how long one waits, and one's rights.

mod edit;
mod story;
mod text;
mod waits;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect};
use mentoring::{
    County, Language, Municipality, Organisation, Programme, Retention, Right, deliverer, organisation_name,
};
use serde::{Deserialize, Serialize};
use store::Story;

use super::state::{Frame, Open};
use super::{Answer, App, Error, Words};

pub(super) use edit::{edit, edit_text, long, save, save_text};
pub(super) use story::{add_story, drop_picture, drop_story, edit_story, illustrate, new_story, picture, save_story};
pub(super) use text::html;

/// What the owner has set for the public pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Site {
    /// The programme's own page at `LinkedIn`.
    pub(super) linkedin: String,
    /// At Facebook.
    pub(super) facebook: String,
    /// At `YouTube`.
    pub(super) youtube: String,
    /// Who answers for personal data: name and address.
    pub(super) controller: String,
    /// Where to write about personal data.
    pub(super) privacy_email: String,
    /// Where to write about accessibility.
    pub(super) accessibility_email: String,
    /// When accessibility was last looked at by hand, YYYY-MM-DD.
    pub(super) accessibility_day: String,
}

impl Site {
    /// The programme's own channels that are set: name and address.
    fn channels(&self) -> Vec<(&'static str, &str)> {
        let all = [("LinkedIn", &self.linkedin), ("Facebook", &self.facebook), ("YouTube", &self.youtube)];
        all.into_iter().filter(|(_, url)| !url.is_empty()).map(|(name, url)| (name, url.as_str())).collect()
    }
}

/// Name of the setting.
const SITE: &str = "site";

async fn site(app: &App) -> Result<(Site, i64), Error> {
    match app.store.setting(SITE).await? {
        Some((value, version)) => Ok((serde_json::from_str(&value)?, version)),
        None => Ok((Site::default(), 0)),
    }
}

/// The texts that the owner can write, each with what it says until then.
const TEXTS: [(&str, &str, &str); 7] = [
    ("front", include_str!("site/texts/front.sv.md"), include_str!("site/texts/front.en.md")),
    ("mentee", include_str!("site/texts/mentee.sv.md"), include_str!("site/texts/mentee.en.md")),
    ("mentor", include_str!("site/texts/mentor.sv.md"), include_str!("site/texts/mentor.en.md")),
    ("privacy", include_str!("site/texts/privacy.sv.md"), include_str!("site/texts/privacy.en.md")),
    ("agreement", include_str!("site/texts/agreement.sv.md"), include_str!("site/texts/agreement.en.md")),
    ("conduct", include_str!("site/texts/conduct.sv.md"), include_str!("site/texts/conduct.en.md")),
    ("accessibility", include_str!("site/texts/accessibility.sv.md"), include_str!("site/texts/accessibility.en.md")),
];

/// A text in a language, in Markdown, and its version.
pub(crate) async fn raw_text(app: &App, name: &str, language: Language) -> Result<(String, i64), Error> {
    let known = TEXTS.iter().find(|text| text.0 == name).ok_or(Error::NotFound)?;
    let kept = app.store.setting(&format!("text {name} {}", language.tag())).await?;
    let first = if language == Language::Swedish { known.1 } else { known.2 };
    Ok(kept.unwrap_or_else(|| (first.to_owned(), 0)))
}

/// A text as HTML.
async fn text(app: &App, name: &str, w: Words) -> Result<String, Error> {
    Ok(html(&raw_text(app, name, w.language).await?.0))
}

#[derive(Template)]
#[template(path = "site/front.html")]
struct Front {
    frame: Frame,
    text: String,
    mentee: String,
    mentor: String,
    programmes: Vec<Programme>,
    stories: Vec<(Story, String)>,
    site: Site,
}

/// The first page: for strangers what the programme is, for staff and participants their own.
pub(super) async fn front(State(app): State<Arc<App>>, open: Open) -> Answer {
    match &open.visitor {
        Some(visitor) if visitor.may(Right::SeePeople) => return Ok(Redirect::to("/home").into_response()),
        Some(_) => return Ok(Redirect::to("/mine").into_response()),
        None => {}
    }
    programme(State(app), open).await
}

/// What the programme is.
pub(super) async fn programme(State(app): State<Arc<App>>, open: Open) -> Answer {
    let stories = app.store.stories(true).await?.into_iter().filter(|story| story.language == open.w.language);
    let page = Front {
        text: text(&app, "front", open.w).await?,
        mentee: text(&app, "mentee", open.w).await?,
        mentor: text(&app, "mentor", open.w).await?,
        programmes: app.store.programmes().await?,
        stories: stories.map(|story| (story.clone(), html(&story.body))).collect(),
        site: site(&app).await?.0,
        frame: open.frame(&app, "programme"),
    };
    Ok(Html(page.render()?).into_response())
}

#[derive(Deserialize)]
struct Map {
    paths: BTreeMap<String, String>,
}

static MAP: LazyLock<Map> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/counties.svgpaths.json")).expect("the map is valid JSON")
});

/// The outline of a county, by code.
pub(super) fn outline(county: County) -> Option<&'static str> {
    MAP.paths.get(county.code()).map(String::as_str)
}

#[derive(Deserialize, Default)]
pub(super) struct Wanted {
    #[serde(default)]
    municipality: String,
}

/// A county on the page: who delivers each programme, and how long one waits.
struct Row {
    county: County,
    delivers: Vec<(String, String, String)>,
    outline: Option<&'static str>,
    level: usize,
}

#[derive(Template)]
#[template(path = "site/where.html")]
struct Where {
    frame: Frame,
    rows: Vec<Row>,
    municipalities: Vec<Municipality>,
    chosen: Option<Municipality>,
    /// Programme, who delivers it there, and how long one waits.
    found: Vec<(String, String, String)>,
}

/// Everybody who delivers a programme somewhere in a county on a day, by name.
fn names(organisations: &[Organisation], programme: &str, county: County, day: jiff::civil::Date) -> String {
    let delivers = |it: &&Organisation| {
        it.areas.iter().any(|area| area.programme == programme && area.county == county && area.holds(day))
    };
    let mut names: Vec<&str> = organisations.iter().filter(delivers).map(|it| it.name.as_str()).collect();
    names.sort_by_cached_key(|name| store::sort_key(name));
    names.join(", ")
}

/// Who delivers what where, on a map and as a list.
pub(super) async fn delivered(State(app): State<Arc<App>>, open: Open, Query(wanted): Query<Wanted>) -> Answer {
    let (organisations, programmes) = (app.store.organisations().await?, app.store.programmes().await?);
    let (waits, today, w) = (app.waits().await?, app.today(), open.w);
    let told = |programme: &Programme, county: County| w.page(&waits::say(&waits, &programme.code, county));
    let row = |county: County| Row {
        county,
        delivers: programmes
            .iter()
            .map(|it| (it.name.clone(), names(&organisations, &it.code, county, today), told(it, county)))
            .collect(),
        outline: outline(county),
        level: waits::level(&waits, county),
    };
    let chosen = Municipality::from_code(&wanted.municipality);
    let found = chosen.map_or_else(Vec::new, |place| {
        let of = |it: &Programme| {
            let to = deliverer(&organisations, &it.code, place, today).map_or_else(String::new, |to| to.name.clone());
            (it.name.clone(), to, told(it, place.county()))
        };
        programmes.iter().map(of).collect()
    });
    let mut municipalities: Vec<Municipality> = Municipality::all().collect();
    municipalities.sort_by_cached_key(|place| store::sort_key(place.names().sv));
    let rows = County::all().map(row).collect();
    let page = Where { frame: open.frame(&app, "where"), rows, municipalities, chosen, found };
    Ok(Html(page.render()?).into_response())
}

#[derive(Template)]
#[template(path = "site/privacy.html")]
struct Privacy {
    frame: Frame,
    text: String,
    site: Site,
    classes: Vec<store::Class>,
    /// Organisations that keep for other lengths.
    own: Vec<(String, Retention)>,
}

/// The privacy notice, made of what is really kept.
pub(super) async fn privacy(State(app): State<Arc<App>>, open: Open) -> Answer {
    let organisations = app.store.organisations().await?;
    let named = |(code, kept): (String, Retention)| (organisation_name(&organisations, &code).to_owned(), kept);
    let mut own: Vec<_> = app.store.retentions().await?.into_iter().map(named).collect();
    own.sort_by_cached_key(|(name, _)| store::sort_key(name));
    let page = Privacy {
        own,
        text: text(&app, "privacy", open.w).await?,
        site: site(&app).await?.0,
        classes: store::classes(),
        frame: open.frame(&app, ""),
    };
    Ok(Html(page.render()?).into_response())
}

#[derive(Template)]
#[template(path = "site/accessibility.html")]
struct Accessibility {
    frame: Frame,
    text: String,
    site: Site,
}

/// The accessibility statement.
pub(super) async fn accessibility(State(app): State<Arc<App>>, open: Open) -> Answer {
    let (text, site) = (text(&app, "accessibility", open.w).await?, site(&app).await?.0);
    Ok(Html(Accessibility { frame: open.frame(&app, ""), text, site }.render()?).into_response())
}
