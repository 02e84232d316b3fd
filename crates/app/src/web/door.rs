//! The door: who is at the screen, and in which language.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::Deserialize;

use super::error::safe_path;
use super::state::{Frame, LANGUAGE, VISITOR, Visitor};
use super::{Answer, App, Words};
use mentoring::Language;

/// The menu: section, path, text.
pub(super) const MENU: [(&str, &str, &str); 7] = [
    ("home", "/", "frame-home"),
    ("mentees", "/mentees", "frame-mentees"),
    ("mentors", "/mentors", "frame-mentors"),
    ("rounds", "/rounds", "frame-rounds"),
    ("pairs", "/pairs", "frame-pairs"),
    ("import", "/import", "frame-import"),
    ("programmes", "/programmes", "frame-programmes"),
];

#[derive(Template)]
#[template(path = "frame/door.html")]
struct Door {
    frame: Frame,
    people: Vec<(String, String, String)>,
}

/// Asks who is there.
pub(super) async fn door(State(app): State<Arc<App>>, w: Words, visitor: Option<Visitor>) -> Answer {
    let mut people = Vec::new();
    if app.demo {
        const NAMES: [&str; 23] = [
            "Karin Ekström",
            "Mohammed Al-Amin",
            "Lena Sjöberg",
            "Johan Åkerlund",
            "Sara Niemi",
            "Oskar Wallin",
            "Fatima Hassan",
            "Per Öhman",
            "Birgitta Holm",
            "Daniel Kovač",
            "Eva-Lena Stenmark",
            "Ibrahim Yilmaz",
            "Jenny Löfgren",
            "Kristoffer Blom",
            "Linda Påhlsson",
            "Marcus Engdahl",
            "Nadia Rahimi",
            "Olof Hedman",
            "Petra Vikander",
            "Rickard Sandell",
            "Ulrika Fors",
            "Wilma Gyllensten",
            "Åsa Thorén",
        ];
        for (at, organisation) in
            app.store.organisations().await?.into_iter().filter(|it| it.code != "nystart").enumerate()
        {
            let name =
                NAMES.get(at).map_or_else(|| format!("{} {}", w.t("home-coordinator"), at + 1), ToString::to_string);
            people.push((name, organisation.name, organisation.code));
        }
    }
    let frame = Frame { w, visitor, section: "", path: "/door".to_owned(), demo: app.demo };
    Ok(Html(Door { frame, people }.render()?).into_response())
}

#[derive(Deserialize)]
pub(super) struct Entered {
    name: String,
}

/// Lets somebody in under a name.
pub(super) async fn enter(jar: CookieJar, Form(entered): Form<Entered>) -> Response {
    let (name, organisation) = entered.name.split_once('|').unwrap_or((&entered.name, ""));
    let name: String = name.trim().chars().filter(|letter| !letter.is_control()).take(80).collect();
    if name.is_empty() {
        return Redirect::to("/door").into_response();
    }
    let visitor = Visitor { name, organisation: organisation.chars().take(40).collect() };
    (jar.add(cookie(VISITOR, visitor.cookie())), Redirect::to("/")).into_response()
}

#[derive(Deserialize)]
pub(super) struct Back {
    #[serde(default)]
    back: String,
}

/// Changes the language and goes back.
pub(super) async fn language(jar: CookieJar, Path(tag): Path<String>, Query(Back { back }): Query<Back>) -> Response {
    let language = Language::from_tag(&tag).unwrap_or_default();
    let back = safe_path(&back).unwrap_or("/").to_owned();
    (jar.add(cookie(LANGUAGE, language.tag().to_owned())), Redirect::to(&back)).into_response()
}

fn cookie(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).permanent().build()
}

#[derive(Template)]
#[template(path = "frame/about.html")]
struct About {
    frame: Frame,
    version: &'static str,
}

/// About the program and its sources.
pub(super) async fn about(State(app): State<Arc<App>>, w: Words, visitor: Option<Visitor>) -> Answer {
    let frame = Frame { w, visitor, section: "", path: "/about".to_owned(), demo: app.demo };
    Ok(Html(About { frame, version: env!("CARGO_PKG_VERSION") }.render()?).into_response())
}
