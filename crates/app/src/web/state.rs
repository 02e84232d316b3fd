//! What every handler has at hand: the store, the clock, open boards, runs under way, and who asks.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use matching::{Change, Control};
use mentoring::{Act, Board, Id, Language, Say};
use store::{Stamp, Store};

use super::error::Error;
use super::words::Words;
use crate::import::{Assumed, Sheet};
use crate::matching_round::{RULES_VERSION, reopen};
use crate::record::Role;

/// The program as the web sees it.
pub struct App {
    /// The database.
    pub store: Store,
    /// Reads the time.
    pub clock: fn() -> Timestamp,
    /// Draws a random number.
    pub chance: fn() -> u64,
    /// Whether this is the demo, with made-up people.
    pub demo: bool,
    boards: Mutex<HashMap<Id, Arc<Opened>>>,
    pub(super) runs: Mutex<HashMap<Id, Arc<Run>>>,
    /// The latest files that wait for a yes, oldest first.
    pub(super) imports: Mutex<Vec<(Id, Arc<Waiting>)>>,
}

/// A board in memory, of one version of its round.
pub(super) struct Opened {
    pub(super) board: Board,
    pub(super) version: i64,
    /// The last act and what it did, to mark those who moved.
    pub(super) last: Option<Last>,
}

/// The act that led to the present board.
pub(super) struct Last {
    pub(super) change: Change,
    pub(super) act: Act,
    /// Whether it was taken back.
    pub(super) undone: bool,
}

/// A round being worked out.
#[derive(Default)]
pub(super) struct Run {
    pub(super) done: AtomicUsize,
    pub(super) all: AtomicUsize,
    pub(super) cancel: AtomicBool,
    pub(super) end: Mutex<Option<Result<(), String>>>,
}

/// A file that waits for a person to say yes.
pub(super) struct Waiting {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) sheet: Arc<Sheet>,
    pub(super) assumed: Assumed,
}

impl App {
    /// The program around an open store.
    pub fn new(store: Store, clock: fn() -> Timestamp, chance: fn() -> u64, demo: bool) -> Self {
        Self { store, clock, chance, demo, boards: Mutex::default(), runs: Mutex::default(), imports: Mutex::default() }
    }

    /// Today in Sweden.
    pub fn today(&self) -> Date {
        let zone = TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC);
        (self.clock)().to_zoned(zone).date()
    }

    pub(super) fn stamp(&self, visitor: &Visitor) -> Stamp {
        Stamp { by: visitor.name.clone(), at: (self.clock)() }
    }

    pub(super) fn new_id(&self) -> Id {
        Id::from_number((self.chance)())
    }

    /// The board of a round at its present version, from memory or worked out again from what is kept.
    pub(super) async fn board(&self, id: &Id) -> Result<(store::RoundRow, Arc<Opened>), Error> {
        let row = self.store.round(id).await?;
        if row.rules_version != RULES_VERSION {
            return Err(Error::Faulty(Say::new("error-older-rules")));
        }
        let kept = lock(&self.boards).get(id).cloned();
        if let Some(opened) = kept.filter(|opened| opened.version == row.version) {
            return Ok((row, opened));
        }
        let people = self.store.round_people(id).await?;
        let again = row.clone();
        let board = tokio::task::spawn_blocking(move || reopen(&again, people, &Control::default())).await??;
        let opened = Arc::new(Opened { board, version: row.version, last: None });
        self.keep_board(id, Arc::clone(&opened));
        Ok((row, opened))
    }

    pub(super) fn keep_board(&self, id: &Id, opened: Arc<Opened>) {
        const MOST: usize = 16;
        let mut boards = lock(&self.boards);
        if boards.len() >= MOST && !boards.contains_key(id) {
            boards.clear();
        }
        boards.insert(id.clone(), opened);
    }
}

/// Locks, also after a panic elsewhere: the maps hold only whole entries.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Who is at the screen. Until there is sign-in, this is a choice, not a proof; the program therefore
/// listens on this machine only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// Name.
    pub name: String,
    /// Code of their organisation; empty for the whole country.
    pub organisation: String,
}

/// Name of the cookie that says who is at the screen.
pub(super) const VISITOR: &str = "visitor";
/// Name of the cookie that holds the language.
pub(super) const LANGUAGE: &str = "language";

impl Visitor {
    /// As a cookie holds it: hexadecimal, so that any name fits.
    pub(super) fn cookie(&self) -> String {
        let text = format!("{}\n{}", self.name, self.organisation);
        text.bytes().map(|byte| format!("{byte:02x}")).collect()
    }

    fn from_cookie(cookie: &str) -> Option<Self> {
        let digits = cookie.is_ascii().then_some(cookie)?;
        let bytes = (0..digits.len() / 2).map(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).ok());
        let text = String::from_utf8(bytes.collect::<Option<Vec<u8>>>()?).ok()?;
        let (name, organisation) = text.split_once('\n')?;
        (!name.is_empty()).then(|| Self { name: name.to_owned(), organisation: organisation.to_owned() })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let jar = CookieJar::from_headers(&parts.headers);
        jar.get(VISITOR).and_then(|cookie| Self::from_cookie(cookie.value())).ok_or(Error::Door)
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Infallible> {
        let jar = CookieJar::from_headers(&parts.headers);
        Ok(jar.get(VISITOR).and_then(|cookie| Self::from_cookie(cookie.value())))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Words {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let jar = CookieJar::from_headers(&parts.headers);
        let chosen = jar.get(LANGUAGE).and_then(|cookie| Language::from_tag(cookie.value()));
        let accepted = || {
            let header = parts.headers.get("accept-language")?.to_str().ok()?;
            header.split(',').find_map(Language::from_tag)
        };
        Ok(Self { language: chosen.or_else(accepted).unwrap_or_default() })
    }
}

/// What the frame around every page needs.
pub(super) struct Frame {
    pub(super) w: Words,
    pub(super) visitor: Option<Visitor>,
    /// The part of the program, for the menu.
    pub(super) section: &'static str,
    /// Where the language link returns to.
    pub(super) path: String,
    pub(super) demo: bool,
}

/// The frame of this request: language, visitor and path together.
pub(super) struct Asked {
    pub(super) w: Words,
    pub(super) visitor: Visitor,
    path: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let visitor = <Visitor as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let Ok(w) = Words::from_request_parts(parts, state).await;
        let path = parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
        Ok(Self { w, visitor, path })
    }
}

impl Asked {
    pub(super) fn frame(&self, app: &App, section: &'static str) -> Frame {
        Frame { w: self.w, visitor: Some(self.visitor.clone()), section, path: self.path.clone(), demo: app.demo }
    }
}
