//! A visitor without JavaScript: follows redirects, keeps cookies, posts forms.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use app::demo::{Scale, fill};
use app::settings::Settings;
use app::web::{App, router};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header, request};
use jiff::Timestamp;
use mentoring::{Appointment, Language, StaffRole};
use sha2::{Digest, Sha256};
use store::{NewAppointment, NewSession, Stamp, Store, Way};
use tower::ServiceExt;

/// The moment of every test.
pub fn clock() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

pub fn count() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// What the database keeps of a secret.
pub fn digest(secret: &str) -> String {
    Sha256::digest(secret).iter().map(|byte| format!("{byte:02x}")).collect()
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

#[derive(Clone)]
pub struct Client {
    pub app: Arc<App>,
    router: Router,
    cookies: String,
    host: String,
}

impl Client {
    /// The owner of the programme, under this name; nobody, if it is empty.
    pub async fn new(store: Store, name: &str) -> Self {
        Self::at(&open(store), name).await
    }

    /// The same at a program that is open already.
    pub async fn at(app: &Arc<App>, name: &str) -> Self {
        let nobody = Self::stranger(app);
        if name.is_empty() {
            nobody
        } else {
            nobody.appointed(name, Some((StaffRole::Owner, "agare")), Way::Demo).await
        }
    }

    /// Somebody who is not signed in.
    pub fn stranger(app: &Arc<App>) -> Self {
        let cookies = "language=en".to_owned();
        Self { router: router(Arc::clone(app)), app: Arc::clone(app), cookies, host: "localhost".to_owned() }
    }

    /// Somebody with an appointment, or none, signed in a way.
    pub async fn appointed(&self, name: &str, role: Option<(StaffRole, &str)>, way: Way) -> Self {
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let stamp = Stamp::program("test", self.app.now());
        if let Some((role, organisation)) = role {
            let held = Appointment { role, organisation: organisation.to_owned() };
            let new = NewAppointment { name: name.to_owned(), email: email.clone(), language: Language::English, held };
            let done = self.app.store.everywhere().appoint(&new, |_, _, _| None, &stamp).await;
            assert!(matches!(done, Ok(_) | Err(store::Error::Taken)), "{done:?}");
        }
        self.signed_in(&email, way).await
    }

    /// Whoever has an address, signed in a way.
    pub async fn signed_in(&self, email: &str, way: Way) -> Self {
        self.signed_in_until(email, way, "2027-01-01T00:00:00Z").await
    }

    /// The same until a moment.
    pub async fn signed_in_until(&self, email: &str, way: Way, ends_at: &str) -> Self {
        let stamp = Stamp::program("test", self.app.now());
        let account = self.app.store.participant(email, Language::English, &stamp).await.unwrap().unwrap();
        let cookie = format!("cookie-{}", count());
        let new = NewSession {
            id: mentoring::Id::from_number(count()),
            cookie: digest(&cookie),
            account: account.id,
            way,
            device: "a test".to_owned(),
            ends_at: ends_at.parse().unwrap(),
        };
        self.app.store.begin_session(&new, &stamp).await.unwrap();
        Self { cookies: format!("session={cookie}; language=en"), ..self.clone() }
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> String {
        let found = self.cookies.split("; ").find_map(|cookie| cookie.strip_prefix(name)?.strip_prefix('='));
        found.unwrap_or_default().to_owned()
    }

    /// The same browser with the cookies that an answer has set.
    pub fn with_cookies(&self, headers: &HeaderMap) -> Self {
        let mut cookies: Vec<String> = self.cookies.split("; ").map(str::to_owned).collect();
        for set in headers.get_all(header::SET_COOKIE) {
            let cookie = set.to_str().unwrap().split(';').next().unwrap();
            let name = cookie.split('=').next().unwrap();
            cookies.retain(|known| known.split('=').next() != Some(name));
            cookies.push(cookie.to_owned());
        }
        Self { cookies: cookies.join("; "), ..self.clone() }
    }

    /// Another owner of the same programme.
    pub async fn other(&self, name: &str) -> Self {
        Self::at(&self.app, name).await
    }

    /// The same visitor, who has written another address.
    pub fn host(&self, host: &str) -> Self {
        Self { host: host.to_owned(), ..self.clone() }
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

    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], name: &str, file: &[u8]) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"a file\"\r\n\r\n");
        body.extend(head.bytes());
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

/// The program around a store.
pub fn open(store: Store) -> Arc<App> {
    let settings = Settings { url: "http://localhost".to_owned(), ..Settings::default() };
    Arc::new(App::new(store, clock, count, settings))
}

/// Each store in turn with the small demo year in it.
pub async fn each(test: impl AsyncFn(Client)) {
    for store in filled().await {
        test(Client::new(store, "Karin").await).await;
    }
}

/// A store on each database with the small demo year in it.
pub async fn filled() -> Vec<Store> {
    let stores = store::testing::fresh().await;
    for store in &stores {
        fill(store, Scale::SMALL, jiff::civil::date(2026, 11, 23), 1, clock()).await.unwrap();
    }
    stores
}
