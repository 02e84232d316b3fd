//! A visitor without JavaScript: follows redirects, keeps cookies, posts forms.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use app::demo::{Scale, year};
use app::web::{App, router};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header, request};
use jiff::Timestamp;
use store::{Stamp, Store};
use tower::ServiceExt;

/// The moment of every test.
pub fn clock() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

fn count() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub path: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The value of the first attribute that follows a text.
    pub fn after(&self, text: &str) -> String {
        let page = self.text();
        let at = page.find(text).unwrap_or_else(|| panic!("{text} is not on {}", self.path)) + text.len();
        page[at..].split('"').next().unwrap().replace("&#x2F;", "/").replace("&#47;", "/")
    }
}

pub struct Client {
    router: Router,
    cookies: String,
    host: String,
}

impl Client {
    /// A coordinator at an empty program.
    pub fn new(store: Store, name: &str) -> Self {
        let app = App::new(store, clock, count, false);
        Self::at(router(Arc::new(app)), name)
    }

    pub fn at(router: Router, name: &str) -> Self {
        let visitor: String = format!("{name}\n").bytes().map(|byte| format!("{byte:02x}")).collect();
        Self { router, cookies: format!("visitor={visitor}; language=en"), host: "localhost".to_owned() }
    }

    /// Another visitor of the same program.
    pub fn other(&self, name: &str) -> Self {
        Self::at(self.router.clone(), name)
    }

    /// The same visitor, who has written another address.
    pub fn host(&self, host: &str) -> Self {
        Self { router: self.router.clone(), cookies: self.cookies.clone(), host: host.to_owned() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let body = form.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&");
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, body.into()).await
    }

    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], file: &[u8]) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        body.extend(b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\n\r\n");
        body.extend(file);
        body.extend(b"\r\n--edge--\r\n");
        let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        self.send(request, body.into()).await
    }

    pub async fn send(&self, request: request::Builder, body: Body) -> Answer {
        let mut request =
            request.header(header::HOST, &self.host).header(header::COOKIE, &self.cookies).body(body).unwrap();
        loop {
            let path = request.uri().to_string();
            let response = self.router.clone().oneshot(request).await.unwrap();
            let status = response.status();
            if let Some(to) = response.headers().get(header::LOCATION).filter(|_| status.is_redirection()) {
                request = Request::get(to.to_str().unwrap())
                    .header(header::HOST, &self.host)
                    .header(header::COOKIE, &self.cookies)
                    .body(Body::empty())
                    .unwrap();
                continue;
            }
            let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
            return Answer { status, path, bytes };
        }
    }

    /// Status and headers of one answer, as they are.
    pub async fn raw(&self, request: request::Builder, body: Body) -> (StatusCode, HeaderMap) {
        let request =
            request.header(header::HOST, &self.host).header(header::COOKIE, &self.cookies).body(body).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        (response.status(), response.headers().clone())
    }
}

/// Each store in turn with the small demo year in it.
pub async fn each(test: impl AsyncFn(Client)) {
    for store in store::testing::fresh().await {
        fill(&store).await;
        test(Client::new(store, "Karin")).await;
    }
}

pub async fn fill(store: &Store) {
    let year = year(Scale::SMALL, jiff::civil::date(2026, 11, 23), 1);
    store.put_organisations(&year.organisations).await.unwrap();
    store.put_programmes(&year.programmes).await.unwrap();
    let mentees: Vec<_> = year.waiting.into_iter().chain(year.earlier).collect();
    let stamp = Stamp { by: "demo".to_owned(), at: clock() };
    store.put_people(&year.mentors, &mentees, &stamp).await.unwrap();
    let pairs: Vec<_> = year
        .pairs
        .into_iter()
        .map(|pair| (pair.programme, pair.mentee, pair.mentor, pair.started, pair.closed))
        .collect();
    store.put_earlier_pairs(&pairs).await.unwrap();
}
