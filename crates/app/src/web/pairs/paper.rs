//! The documents of a pair as files: for the two, and for staff.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use mentoring::{Language, Side};
use serde::Deserialize;

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
    Ok(file(app.diploma_paper(&row.pair.id, side, wanted.language(&asked)).await?, "diploma"))
}

/// The pair of whoever asks, and the side they are on.
async fn own(app: &App, asked: &Asked, id: &str) -> Result<(Side, mentoring::Pair), Error> {
    let id = identity(id)?;
    let all = app.store.own_pairs(&asked.visitor.session.account.email).await?;
    let found = all.into_iter().find(|(side, row)| row.pair.id == id && row.pair.is_told(*side));
    found.map(|(side, row)| (side, row.pair)).ok_or(Error::NotFound)
}

/// The agreement of one's own pair.
pub(in crate::web) async fn own_agreement(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let (_, pair) = own(&app, &asked, &id).await?;
    Ok(file(app.agreement_paper(&pair.id, wanted.language(&asked)).await?, "agreement"))
}

/// One's own diploma.
pub(in crate::web) async fn own_diploma(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let (side, pair) = own(&app, &asked, &id).await?;
    Ok(file(app.diploma_paper(&pair.id, side, wanted.language(&asked)).await?, "diploma"))
}
