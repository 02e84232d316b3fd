//! A round's board as a file.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::export::{FileKind, Table, board_table};
use crate::web::state::Asked;
use crate::web::{Answer, App, Error, identity};

/// The whole board as CSV or XLSX.
pub(in crate::web) async fn export(
    State(app): State<Arc<App>>,
    asked: Asked,
    Path((id, file)): Path<(String, String)>,
) -> Answer {
    let (_, opened) = app.board(&asked, &identity(&id)?).await?;
    let w = asked.w;
    let table = tokio::task::spawn_blocking(move || board_table(&opened.board, w)).await?;
    download(table, file, &asked).await
}

/// A table as a file to save.
pub(in crate::web) async fn download(table: Table, file: String, asked: &Asked) -> Answer<Response> {
    let format = FileKind::of_name(&file).ok_or(Error::NotFound)?;
    let language = asked.w.language;
    let written = tokio::task::spawn_blocking(move || table.file(format, language)).await?;
    let bytes = written.map_err(|error| Error::Internal(error.to_string()))?;
    let headers = [(header::CONTENT_TYPE, format.media()), (header::CONTENT_DISPOSITION, "attachment")];
    Ok((headers, bytes).into_response())
}
