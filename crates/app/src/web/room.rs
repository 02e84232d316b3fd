//! Room for so many requests at a time: whoever comes when it is full is told to come back in a moment,
//! instead of everybody waiting ever longer.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use mentoring::Language;

use super::words::Words;
use super::{App, Error};

/// Requests under way at a time. A few milliseconds each, so that nobody waits much more than a second.
pub(super) const ROOM: usize = 256;
/// Seconds after which to come back.
const BACK: &str = "5";

#[derive(Template)]
#[template(path = "frame/busy.html")]
struct Busy {
    languages: [Words; 2],
}

/// Lets a request in if there is room.
pub(super) async fn enter(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let Ok(_place) = app.room.try_acquire() else { return busy().unwrap_or_else(IntoResponse::into_response) };
    next.run(request).await
}

/// Says so, in both languages: finding out which is the reader's would be work as well.
fn busy() -> Result<Response, Error> {
    let languages = [Language::Swedish, Language::English].map(|language| Words { language });
    let page = Html(Busy { languages }.render()?);
    Ok((StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, BACK)], page).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;
    use axum::body::Body;
    use tower::ServiceExt;

    #[tokio::test]
    async fn whoever_comes_when_it_is_full_is_told_when_to_come_back() {
        let store = store::testing::fresh().await.remove(0);
        let settings = Settings { url: "http://localhost".to_owned(), ..Settings::default() };
        let clock = || jiff::Timestamp::UNIX_EPOCH;
        let app = Arc::new(App::new(store, clock, || 7, settings));
        let ask = async |path: &str| {
            let request = Request::get(path).header(header::HOST, "localhost").body(Body::empty()).unwrap();
            crate::web::router(Arc::clone(&app)).oneshot(request).await.unwrap()
        };
        let full = app.room.acquire_many(u32::try_from(ROOM).unwrap()).await.unwrap();
        let answer = ask("/door").await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.headers()[header::RETRY_AFTER], BACK);
        assert_eq!(ask("/static/style.css").await.status(), StatusCode::OK, "the page that says so is dressed");
        drop(full);
        assert_eq!(ask("/door").await.status(), StatusCode::OK);
    }
}
