//! What every handler has at hand: the store, the clock, open boards, runs under way, and who asks.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{FromRequestParts, OptionalFromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use files::Sheet;
use jiff::{Timestamp, civil::Date};
use matching::{Change, Control};
use mentoring::{Act, Appointment, Board, Fluency, Id, Language, Organisation, Purview, Right, Say, Tongue, Waits};
use store::{Session, Stamp, Store, Within};
use tokio::sync::Semaphore;

use super::door::safe_cookie;
use super::error::Error;
use super::policy::Granted;
use super::room::ROOM;
use super::words::Words;
use crate::clock::Clock;
use crate::import::Assumed;
use crate::mail::Post;
use crate::matching_round::{RULES_VERSION, reopen};
use crate::record::Role;
use crate::secret::{digest, secret};
use crate::settings::Settings;

/// The program as the web sees it.
pub struct App {
    /// The database.
    pub store: Store,
    /// Tells the time.
    pub clock: Clock,
    /// Draws a random number.
    pub chance: fn() -> u64,
    /// Where it is and whom it asks.
    pub settings: Settings,
    /// Wakes whoever carries mail.
    pub post: Post,
    /// Places for requests.
    pub(super) room: Semaphore,
    boards: Mutex<HashMap<Id, Arc<Opened>>>,
    /// How long people wait, as worked out that day.
    waits: Mutex<Option<(Date, Arc<Waits>)>>,
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
    /// Whose it is.
    pub(super) account: Option<Id>,
}

/// A file that waits for a person to say yes.
pub(super) struct Waiting {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) sheet: Arc<Sheet>,
    pub(super) assumed: Assumed,
    /// Whose it is.
    pub(super) account: Id,
}

impl App {
    /// The program around an open store.
    pub fn new(store: Store, clock: fn() -> Timestamp, chance: fn() -> u64, settings: Settings) -> Self {
        Self {
            store,
            clock: Clock::new(clock),
            chance,
            settings,
            post: Post::default(),
            room: Semaphore::new(ROOM),
            boards: Mutex::default(),
            waits: Mutex::default(),
            runs: Mutex::default(),
            imports: Mutex::default(),
        }
    }

    /// Whether this is the demo, with made-up people.
    pub fn demo(&self) -> bool {
        self.settings.demo
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Who speaks for an organisation in mails: its name, or the programme's owner.
    pub(crate) async fn sender(&self, organisation: &str) -> store::Result<String> {
        let all = self.store.organisations().await?;
        let named = all.iter().find(|it| it.code == organisation);
        let owner = || all.iter().find(|it| it.kind == mentoring::OrganisationKind::Owner);
        Ok(named.or_else(owner).map_or_else(|| "Mentorpar".to_owned(), |it| it.name.clone()))
    }

    /// The language that somebody is written to in: their account's, or one that they speak.
    pub(crate) async fn language_of(&self, email: &str, spoken: &[(Tongue, Fluency)]) -> store::Result<Language> {
        let account = self.store.account_by_email(email).await?;
        Ok(account.map_or_else(|| Language::to_write_in(spoken), |account| account.language))
    }

    /// The name of a programme by its code.
    pub(crate) async fn programme_name(&self, code: &str) -> store::Result<String> {
        let all = self.store.programmes().await?;
        Ok(all.into_iter().find(|programme| programme.code == code).map_or_else(String::new, |it| it.name))
    }

    /// Today in Sweden.
    pub fn today(&self) -> Date {
        self.clock.today()
    }

    /// How long people wait; worked out once a day.
    pub(super) async fn waits(&self) -> Result<Arc<Waits>, Error> {
        let today = self.today();
        let kept = lock(&self.waits).clone().filter(|(day, _)| *day == today);
        if let Some((_, waits)) = kept {
            return Ok(waits);
        }
        let since = today.saturating_sub(jiff::Span::new().days(365));
        let waits = Arc::new(Waits::new(self.store.waits(since).await?));
        *lock(&self.waits) = Some((today, Arc::clone(&waits)));
        Ok(waits)
    }

    /// Counts a try at something, and whether it is within what an hour allows.
    pub(super) async fn spared(&self, what: &str, an_hour: i64) -> Result<bool, Error> {
        let hour = (self.now().as_second() / 3600).to_string();
        Ok(self.store.attempt(what, &hour).await? <= an_hour)
    }

    pub(super) fn new_id(&self) -> Id {
        Id::from_number((self.chance)())
    }

    /// The board of a round at its present version, from memory or worked out again from what is kept.
    pub(super) async fn board(&self, asked: &Asked, id: &Id) -> Result<(store::RoundRow, Arc<Opened>), Error> {
        let row = asked.within().round(id).await?;
        if row.rules_version != RULES_VERSION {
            return Err(Error::Faulty(Say::new("error-older-rules")));
        }
        let kept = lock(&self.boards).get(id).cloned();
        if let Some(opened) = kept.filter(|opened| opened.version == row.version) {
            return Ok((row, opened));
        }
        let people = asked.within().round_people(id).await?;
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

/// Who is at the screen: the session of the request, and the house it is in.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Account, appointments and how they were proved.
    pub session: Session,
    /// Every organisation, to know which lie below which; empty for whoever is no staff.
    pub organisations: Arc<Vec<Organisation>>,
}

/// Name of the cookie that holds the language.
pub(super) const LANGUAGE: &str = "language";

impl Visitor {
    /// How far a right reaches.
    pub fn purview(&self, right: Right) -> Purview {
        Purview::of(&self.session.appointments, right, &self.organisations)
    }

    /// Whether the visitor has a right anywhere.
    pub fn may(&self, right: Right) -> bool {
        self.session.way.is_strong() && !self.purview(right).is_nothing()
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.session.account.name
    }
}

/// Finds out who asks, once for each request.
pub(super) async fn know(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    let mut renewed = None;
    if let Some(cookie) = jar.get(app.settings.session_cookie()) {
        match app.visitor(&digest(cookie.value())).await {
            Ok(Some(visitor)) => {
                if visitor.session.renew {
                    match app.renew(cookie.value()).await {
                        Ok(new) => renewed = new,
                        Err(error) => return error.into_response(),
                    }
                }
                request.extensions_mut().insert(visitor);
            }
            Ok(None) => {}
            Err(error) => return error.into_response(),
        }
    }
    let response = next.run(request).await;
    // An answer that begins another session brings a cookie of its own.
    let begins = |cookie: &Cookie| {
        let own = |set: &HeaderValue| set.to_str().is_ok_and(|set| set.split('=').next() == Some(cookie.name()));
        response.headers().get_all(header::SET_COOKIE).iter().any(own)
    };
    match renewed.filter(|cookie| !begins(cookie)) {
        Some(cookie) => (CookieJar::new().add(cookie), response).into_response(),
        None => response,
    }
}

impl App {
    /// A new cookie for the session of a cookie; none if another request has fetched it already.
    async fn renew(&self, present: &str) -> Result<Option<Cookie<'static>>, Error> {
        let new = secret(self.chance);
        let renewed = self.store.renew_session(&digest(present), &digest(&new), self.now()).await?;
        Ok(renewed.then(|| safe_cookie(self, self.settings.session_cookie(), new)))
    }

    async fn visitor(&self, cookie: &str) -> Result<Option<Visitor>, Error> {
        let Some(session) = self.store.session(cookie, self.now()).await? else { return Ok(None) };
        let staff = !session.appointments.is_empty();
        let organisations = if staff { self.store.organisations().await? } else { Vec::new() };
        Ok(Some(Visitor { session, organisations: Arc::new(organisations) }))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        parts.extensions.get::<Self>().cloned().ok_or(Error::Door)
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned())
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

impl Frame {
    fn has(&self, right: Right) -> bool {
        self.visitor.as_ref().is_some_and(|visitor| visitor.may(right))
    }

    /// Whether the visitor may change people: a page does not offer what would be refused.
    pub(super) fn changes(&self) -> bool {
        self.has(Right::ChangePeople)
    }

    /// Whether the visitor may match and approve.
    pub(super) fn matches(&self) -> bool {
        self.has(Right::Match)
    }

    /// Whether the visitor may change programmes and organisations.
    pub(super) fn owns(&self) -> bool {
        self.has(Right::ManageProgramme)
    }

    /// The menu of the visitor: section, path, text.
    pub(super) fn menu(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        let Some(visitor) = &self.visitor else { return super::door::PUBLIC.to_vec() };
        let may = |right: Option<Right>| right.is_none_or(|right| visitor.may(right));
        if visitor.session.appointments.is_empty() {
            let own =
                super::door::MENU.iter().filter(|entry| entry.3.is_none()).map(|entry| (entry.0, entry.1, entry.2));
            return super::door::PUBLIC.into_iter().chain(own).collect();
        }
        super::door::MENU.iter().filter(|entry| may(entry.3)).map(|entry| (entry.0, entry.1, entry.2)).collect()
    }
}

/// A request that a policy has let through: language, visitor, path, and how far it reaches.
pub(super) struct Asked {
    pub(super) w: Words,
    pub(super) visitor: Visitor,
    pub(super) purview: Purview,
    store: Store,
    path: String,
}

impl FromRequestParts<Arc<App>> for Asked {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Error> {
        let visitor = <Visitor as FromRequestParts<Arc<App>>>::from_request_parts(parts, app).await?;
        let Ok(w) = Words::from_request_parts(parts, app).await;
        let path = parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
        // Without a policy nothing is within reach.
        let purview = parts.extensions.get::<Granted>().map_or_else(Purview::nothing, |granted| granted.0.clone());
        Ok(Self { w, visitor, purview, store: app.store.clone(), path })
    }
}

impl Asked {
    /// The store as this request may see it.
    pub(super) fn within(&self) -> Within<'_> {
        self.store.within(&self.purview)
    }

    /// Who does what this request asks for, and when.
    pub(super) fn stamp(&self, app: &App) -> Stamp {
        let account = &self.visitor.session.account;
        Stamp { by: account.name.clone(), account: Some(account.id.clone()), at: app.now() }
    }

    /// Writes down that the visitor has read about people, for those people to see.
    pub(super) async fn reads(&self, app: &App, role: Role, ids: &[&Id]) -> Result<(), Error> {
        Ok(self.within().read_about(role.noun(), ids, app.today(), &self.stamp(app)).await?)
    }

    /// The account.
    pub(super) fn account(&self) -> &Id {
        &self.visitor.session.account.id
    }

    /// The organisation that the visitor acts for with a right; the first appointment's.
    pub(super) fn organisation(&self, right: Right) -> &str {
        let held = self.visitor.session.appointments.iter().find(|held| held.role.may(right));
        held.map_or("", |held| held.organisation.as_str())
    }

    /// The organisation that the visitor acts for with a right, and how far that appointment reaches: the
    /// one wanted, if it is held, else the first.
    pub(super) fn acting(&self, right: Right, wanted: &str) -> (String, Purview) {
        let held = self.visitor.session.appointments.iter().filter(|held| held.role.may(right));
        let all: Vec<&Appointment> = held.collect();
        let chosen = all.iter().find(|held| held.organisation == wanted).or(all.first());
        chosen.map_or_else(
            || (String::new(), Purview::nothing()),
            |held| {
                let purview = Purview::of(&[(**held).clone()], right, &self.visitor.organisations);
                (held.organisation.clone(), purview)
            },
        )
    }

    /// Organisations that the visitor can act for with a right.
    pub(super) fn acts_for(&self, right: Right) -> Vec<Organisation> {
        let held = self.visitor.session.appointments.iter().filter(|held| held.role.may(right));
        let of =
            |held: &Appointment| self.visitor.organisations.iter().find(|it| it.code == held.organisation).cloned();
        held.filter_map(of).collect()
    }

    /// Organisations in the purview that deliver something.
    pub(super) fn deliverers(&self) -> Vec<Organisation> {
        let own = self.visitor.organisations.iter();
        own.filter(|own| !own.areas.is_empty() && self.purview.has(&own.code)).cloned().collect()
    }

    pub(super) fn frame(&self, app: &App, section: &'static str) -> Frame {
        Frame { w: self.w, visitor: Some(self.visitor.clone()), section, path: self.path.clone(), demo: app.demo() }
    }
}

/// A request to a page for anybody: language, visitor if there is one, and path.
pub(super) struct Open {
    pub(super) w: Words,
    pub(super) visitor: Option<Visitor>,
    path: String,
}

impl FromRequestParts<Arc<App>> for Open {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        let Ok(w) = Words::from_request_parts(parts, app).await;
        let path = parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
        Ok(Self { w, visitor: parts.extensions.get::<Visitor>().cloned(), path })
    }
}

impl Open {
    pub(super) fn frame(&self, app: &App, section: &'static str) -> Frame {
        Frame { w: self.w, visitor: self.visitor.clone(), section, path: self.path.clone(), demo: app.demo() }
    }
}
