//! Every address of the program, one line each, in the order of the flow.

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::set_header::SetResponseHeaderLayer;

use super::state::App;
use super::{Error, door, error, files, home, import, pairs, people, programmes, rounds};

/// The largest body of a form without a file.
const FORM: usize = 2 * 1024 * 1024;
/// The largest file to import.
const FILE: usize = 64 * 1024 * 1024;

/// The whole web of the program.
pub fn router(app: Arc<App>) -> Router {
    let upload = Router::new().route("/import", post(import::upload)).layer(DefaultBodyLimit::max(FILE));
    let pages = Router::new()
        .route("/", get(home::home))
        .route("/door", get(door::door).post(door::enter))
        .route("/language/{tag}", get(door::language))
        .route("/about", get(door::about))
        .route("/mentees", get(people::mentees))
        .route("/mentees/new", get(people::new_mentee).post(people::add_mentee))
        .route("/mentees/export/{file}", get(people::export_mentees))
        .route("/mentees/{id}", get(people::mentee).post(people::save_mentee))
        .route("/mentees/{id}/edit", get(people::edit_mentee))
        .route("/mentees/{id}/leave", post(people::leave))
        .route("/mentors", get(people::mentors))
        .route("/mentors/new", get(people::new_mentor).post(people::add_mentor))
        .route("/mentors/export/{file}", get(people::export_mentors))
        .route("/mentors/{id}", get(people::mentor).post(people::save_mentor))
        .route("/mentors/{id}/edit", get(people::edit_mentor))
        .route("/import", get(import::start))
        .route("/import/{id}", post(import::apply))
        .route("/import/template/{file}", get(import::template))
        .route("/rounds", get(rounds::list).post(rounds::make))
        .route("/rounds/new", get(rounds::new))
        .route("/runs/{id}", get(rounds::run).post(rounds::cancel))
        .route("/rounds/{id}", get(rounds::board))
        .route("/rounds/{id}/acts", post(rounds::act))
        .route("/rounds/{id}/undo", post(rounds::undo))
        .route("/rounds/{id}/mentees/{mentee}", get(rounds::mentee))
        .route("/rounds/{id}/mentees/{mentee}/others", get(rounds::alternatives))
        .route("/rounds/{id}/mentees/{mentee}/compare", get(rounds::compare_with))
        .route("/rounds/{id}/mentees/{mentee}/{mentor}", get(rounds::compare))
        .route("/rounds/{id}/scarcity", get(rounds::scarcity))
        .route("/rounds/{id}/scenarios", get(rounds::scenarios).post(rounds::keep_scenario))
        .route("/rounds/{id}/approval", get(rounds::approval).post(rounds::approve))
        .route("/rounds/{id}/export/{file}", get(rounds::export))
        .route("/programmes", get(programmes::list))
        .route("/programmes/new", get(programmes::new_programme).post(programmes::add_programme))
        .route("/programmes/{code}", get(programmes::edit_programme).post(programmes::save_programme))
        .route("/organisations/new", get(programmes::new_organisation).post(programmes::add_organisation))
        .route("/organisations/{code}", get(programmes::edit_organisation).post(programmes::save_organisation))
        .route("/pairs", get(pairs::list))
        .route("/pairs/export/{file}", get(pairs::export))
        .layer(DefaultBodyLimit::max(FORM));
    let set = |name: &'static str, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(HeaderName::from_static(name), HeaderValue::from_static(value))
    };
    pages
        .merge(upload)
        .fallback(async || Error::NotFound)
        .layer(middleware::from_fn(error::in_words))
        .layer(CsrfLayer::new())
        .layer(set("cache-control", "no-store"))
        .route("/static/{name}", get(files::file))
        .layer(set(
            "content-security-policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ))
        .layer(set("x-content-type-options", "nosniff"))
        .layer(set("referrer-policy", "same-origin"))
        .layer(set("cross-origin-opener-policy", "same-origin"))
        .layer(middleware::from_fn(own_host))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::new())
        .with_state(app)
}

/// Answers only to this machine's own names: another site whose name has been turned to this machine
/// (DNS rebinding) must not read anybody's data.
async fn own_host(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, port)| if port.ends_with(']') { host } else { name });
    if matches!(name, "127.0.0.1" | "localhost" | "[::1]") {
        return next.run(request).await;
    }
    (StatusCode::MISDIRECTED_REQUEST, "This program answers this machine only: 127.0.0.1 or localhost.").into_response()
}
