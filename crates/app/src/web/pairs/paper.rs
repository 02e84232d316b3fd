//! The documents of a pair as files: for the two, and for staff.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use mentoring::{Language, Side};
use serde::Deserialize;
use store::OwnPair;

use crate::web::state::Asked;
use crate::web::{Answer, App, Error, identity};

/// Which document.
#[derive(Deserialize)]
pub(in crate::web) struct Wanted {
    #[serde(default)]
    language: String,
    #[serde(default)]
    side: String,
}

fn file(pdf: Vec<u8>, name: &'static str) -> Response {
    let disposition = format!("attachment; filename=\"{name}.pdf\"");
    let headers = [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (headers, pdf).into_response()
}

impl Wanted {
    fn language(&self, asked: &Asked) -> Language {
        Language::from_tag(&self.language).unwrap_or(asked.w.language)
    }
}

/// The agreement of a pair of one's own organisation.
pub(in crate::web) async fn agreement_file(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let row = asked.within().pair(&identity(&id)?).await?;
    Ok(file(app.agreement_paper(&row.pair.id, wanted.language(&asked)).await?, "agreement"))
}

/// The diploma of one of a pair of one's own organisation.
pub(in crate::web) async fn diploma_file(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let row = asked.within().pair(&identity(&id)?).await?;
    let side = Side::from_code(&wanted.side).ok_or(Error::NotFound)?;
    Ok(file(app.diploma_paper(&row.pair.id, (side, None), wanted.language(&asked)).await?, "diploma"))
}

/// The pair of whoever asks.
async fn own(app: &App, asked: &Asked, id: &str) -> Result<OwnPair, Error> {
    let id = identity(id)?;
    let all = app.store.own_pairs(&asked.visitor.session.account.email).await?;
    let found = all.into_iter().find(|own| own.row.pair.id == id && own.row.pair.is_told(own.side));
    found.ok_or(Error::NotFound)
}

/// The agreement of one's own pair.
pub(in crate::web) async fn own_agreement(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let own = own(&app, &asked, &id).await?;
    Ok(file(app.agreement_paper(&own.row.pair.id, wanted.language(&asked)).await?, "agreement"))
}

/// One's own diploma.
pub(in crate::web) async fn own_diploma(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let own = own(&app, &asked, &id).await?;
    let name = own.companion.then(|| asked.visitor.name());
    let paper = app.diploma_paper(&own.row.pair.id, (own.side, name), wanted.language(&asked)).await?;
    Ok(file(paper, "diploma"))
}
