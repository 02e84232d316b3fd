//! What can meet a visitor instead of the page asked for: each with a status, a text and a way out.

use askama::Template;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use mentoring::{Language, Say};

use super::words::Words;

/// A page that could not be given.
#[derive(Debug)]
pub enum Error {
    /// Nobody has said who they are: to the door.
    Door,
    /// Somebody is known, but not surely enough for staff: to the passkey.
    Weak,
    /// Somebody may not do this.
    Forbidden,
    /// A link that has been used, has run out, or never was.
    Ended,
    /// There is no such page or thing.
    NotFound,
    /// Somebody else changed it first.
    Changed {
        /// Who.
        by: String,
    },
    /// What was asked cannot be done, and why, in the domain's words.
    Refused(Say),
    /// The same, in the words of a page.
    Faulty(Say),
    /// The program or the database failed; the details are in the log, not on the page.
    Internal(String),
}

/// What the store refuses, for a person; `None` for what only the log should tell.
pub(crate) fn told(error: &store::Error) -> Option<Say> {
    Some(match error {
        store::Error::NoPlace { mentor } => Say::new("error-no-place").with("x", mentor.as_str()),
        store::Error::NotProposed => Say::new("error-not-proposed"),
        store::Error::Taken => Say::new("error-taken"),
        store::Error::Paired { mentee } => Say::new("error-paired").with("x", mentee.as_str()),
        store::Error::BelowOpenPairs { open } => Say::new("error-below-open-pairs").with("n", *open),
        store::Error::UnknownUrl => Say::new("error-unknown-url"),
        store::Error::TooNew { found, known } => Say::new("error-too-new").with("found", *found).with("known", *known),
        store::Error::Elsewhere { name } => Say::new("error-elsewhere").with("x", name.as_str()),
        store::Error::Appointed => Say::new("error-appointed"),
        store::Error::LastOwner => Say::new("error-last-owner"),
        store::Error::LastKey => Say::new("error-last-key"),
        store::Error::Changed { by } => Say::new("error-changed-text").with("x", by.as_str()),
        _ => return None,
    })
}

impl Error {
    /// The sentence that goes beside the form that was sent.
    ///
    /// # Errors
    /// The error itself, if nothing in the form can mend it.
    pub(crate) fn beside_form(self, words: Words) -> Result<String, Self> {
        match self {
            Self::Refused(say) => Ok(words.say(&say)),
            Self::Faulty(say) => Ok(words.page(&say)),
            other => Err(other),
        }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound => Self::NotFound,
            store::Error::Changed { by } => Self::Changed { by },
            store::Error::Refused(say) => Self::Refused(say),
            other => told(&other).map_or_else(|| Self::Internal(other.to_string()), Self::Faulty),
        }
    }
}
impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Self {
        Self::Internal(error.to_string())
    }
}
impl From<tokio::task::JoinError> for Error {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Internal(error.to_string())
    }
}
impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.to_string())
    }
}
impl From<webauthn_rs::prelude::WebauthnError> for Error {
    fn from(error: webauthn_rs::prelude::WebauthnError) -> Self {
        Self::Internal(error.to_string())
    }
}
impl From<matching::Cancelled> for Error {
    fn from(error: matching::Cancelled) -> Self {
        Self::Internal(error.to_string())
    }
}
impl From<matching::Flaw> for Error {
    fn from(flaw: matching::Flaw) -> Self {
        Self::Internal(format!("the proof does not hold: {flaw}"))
    }
}

impl IntoResponse for Error {
    /// The status, and the error itself for `in_words`, which knows the reader's language.
    fn into_response(self) -> Response {
        let status = match &self {
            Self::Door => return Redirect::to("/door").into_response(),
            Self::Weak => return Redirect::to("/passkey").into_response(),
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Ended => StatusCode::GONE,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Changed { .. } => StatusCode::CONFLICT,
            Self::Refused(_) | Self::Faulty(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Internal(detail) => {
                tracing::error!(detail, "a page failed");
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(std::sync::Arc::new(self));
        response
    }
}

#[derive(Template)]
#[template(path = "frame/error.html")]
struct Page {
    frame: super::state::Frame,
    title: String,
    text: String,
    /// Whether signing in anew is the way out.
    ended: bool,
}

/// How htmx is told to show an error page in place of the page's content.
const ERROR_IN_PLACE: [(&str, &str); 4] =
    [("hx-retarget", "#content"), ("hx-reselect", "#content"), ("hx-reswap", "outerHTML"), ("hx-push-url", "false")];

/// Puts an error into the words of the reader.
pub(super) async fn in_words(
    words: Words,
    visitor: Option<super::state::Visitor>,
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> Response {
    let back = request.headers().get("referer").and_then(|referer| referer.to_str().ok()).and_then(local_path);
    let partial = request.headers().contains_key("hx-request");
    let mut response = next.run(request).await;
    // A part of a page cannot lead to the door: the whole browser must go there.
    let location = response.headers().get("location").and_then(|to| to.to_str().ok()).map(str::to_owned);
    if partial && let Some(door) = location.and_then(|to| ["/door", "/passkey"].into_iter().find(|door| to == *door)) {
        response = StatusCode::OK.into_response();
        response.headers_mut().insert("hx-redirect", HeaderValue::from_static(door));
        return response;
    }
    let Some(error) = response.extensions().get::<std::sync::Arc<Error>>().cloned() else { return response };
    let (title, text) = match &*error {
        Error::Forbidden => (words.t("error-forbidden"), words.t("error-forbidden-text")),
        Error::Ended => (words.t("error-ended"), words.t("error-ended-text")),
        Error::Door | Error::Weak | Error::NotFound => (words.t("error-not-found"), words.t("error-not-found-text")),
        Error::Changed { by } => (words.t("error-changed"), words.x("error-changed-text", by.as_str())),
        Error::Refused(say) => (words.t("error-refused"), words.say(say)),
        Error::Faulty(say) => (words.t("error-refused"), words.page(say)),
        Error::Internal(_) => (words.t("error-internal"), words.t("error-internal-text")),
    };
    let frame = super::state::Frame {
        w: words,
        visitor,
        section: "",
        path: back.unwrap_or_else(|| "/".to_owned()),
        demo: false,
    };
    let ended = matches!(&*error, Error::Ended);
    match (Page { frame, title, text, ended }).render() {
        Ok(page) => {
            let mut answer = (response.status(), Html(page)).into_response();
            if partial {
                // Where a part was to be put, the whole text of the error goes, and the address stays.
                for (name, value) in ERROR_IN_PLACE {
                    answer.headers_mut().insert(name, HeaderValue::from_static(value));
                }
            }
            answer
        }
        Err(_) => response,
    }
}

/// The path of an address, without its host.
fn local_path(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.find('/').and_then(|at| safe_path(&rest[at..])).map(str::to_owned)
}

/// A path of our own, and nothing that a browser could take for another host.
pub(super) fn safe_path(path: &str) -> Option<&str> {
    let own = path.starts_with('/') && !path[1..].starts_with(['/', '\\']);
    (own && !path.contains(char::is_control)).then_some(path)
}

impl Words {
    pub(super) fn other(self) -> Language {
        match self.language {
            Language::Swedish => Language::English,
            Language::English => Language::Swedish,
        }
    }
}
