//! Programmes, with the weights and rules of each, and the organisations that deliver them.

mod organisation;
mod programme;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use mentoring::{ContractArea, Criterion, Organisation, Programme};

use super::state::{Asked, Frame};
use super::{Answer, App};

pub(super) use organisation::{add_organisation, edit_organisation, new_organisation, save_organisation};
pub(super) use programme::{add_programme, edit_programme, new_programme, save_programme};

#[derive(Template)]
#[template(path = "programmes/list.html")]
struct List {
    frame: Frame,
    programmes: Vec<Programme>,
    organisations: Vec<Organisation>,
}

impl List {
    /// What an organisation delivers, in words: each programme with its counties.
    fn delivers(&self, organisation: &Organisation) -> String {
        let told = |programme: &Programme| {
            let counties = organisation.areas.iter().filter(|area| area.programme == programme.code);
            let told = |area: &ContractArea| {
                let only: Vec<&str> = area.only.iter().map(|place| place.names().sv).collect();
                let county = self.frame.w.name(area.county.names());
                if only.is_empty() { county.to_owned() } else { format!("{county} ({})", only.join(", ")) }
            };
            let names: Vec<String> = counties.map(told).collect();
            (!names.is_empty()).then(|| format!("{}: {}", programme.name, names.join(", ")))
        };
        self.programmes.iter().filter_map(told).collect::<Vec<_>>().join(" · ")
    }
}

/// Every programme and organisation.
pub(super) async fn list(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let mut organisations = app.store.organisations().await?;
    organisations.sort_by_cached_key(|organisation| store::sort_key(&organisation.name));
    let frame = asked.frame(&app, "programmes");
    let page = List { frame, programmes: app.store.programmes().await?, organisations };
    Ok(Html(page.render()?).into_response())
}

/// The one value of a field of a form, tidied.
pub(super) fn line(posted: &[(String, String)], name: &str, most: usize) -> String {
    let value = posted.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim());
    value.chars().filter(|letter| !letter.is_control()).take(most).collect()
}

/// The version that a form was made from; none for something new.
pub(super) fn version(posted: &[(String, String)]) -> i64 {
    line(posted, "version", 20).parse().unwrap_or(0)
}

/// Whether a text can be the stable code of something: small letters, digits and hyphens.
fn is_code(code: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    // The word stands in the address of the form for a new one.
    !code.is_empty() && code.len() <= 40 && code != "new" && code.chars().all(fits)
}
