//! Every address of the program, one line each, in the order of the flow, with who may ask for it.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Router, middleware};
use mentoring::Right;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::set_header::SetResponseHeaderLayer;

use super::policy::{Known, Policy, Routes, get, post};
use super::state::{App, know};
use super::{
    Error, applications, apply, bookings, complaints, door, error, files, home, import, letters, mail, mine, pairs,
    people, programmes, report, retention, room, rounds, site, staff,
};

/// The largest body of a form without a file.
const FORM: usize = 2 * 1024 * 1024;
/// The largest file to import.
const FILE: usize = 64 * 1024 * 1024;

const ANYBODY: Policy = Policy::Anybody;
const OWN: Policy = Policy::SignedIn;
const SEE: Policy = Policy::Staff(Right::SeePeople);
const CHANGE: Policy = Policy::Staff(Right::ChangePeople);
const MATCH: Policy = Policy::Staff(Right::Match);
const PROGRAMME: Policy = Policy::Staff(Right::ManageProgramme);
const SEE_STAFF: Policy = Policy::Staff(Right::SeeStaff);
const STAFF: Policy = Policy::Staff(Right::ManageStaff);
const ORGANISATION: Policy = Policy::Staff(Right::ManageOrganisation);
const MAIL: Policy = Policy::Staff(Right::SeeMail);

/// Every route of the program with its policy.
pub fn policies(app: &Arc<App>) -> Vec<Known> {
    let (mut known, upload) = (pages(app).end().1, upload(app).end().1);
    known.extend(upload);
    known
}

fn upload(app: &Arc<App>) -> Routes {
    Routes::new(Arc::clone(app))
        .at("/import", post(CHANGE, import::upload))
        .at("/site/stories/{id}/picture", post(PROGRAMME, site::illustrate))
        .at("/mine/pairs/{id}/room", get(OWN, mine::room).post(OWN, mine::write))
        .at("/room/{secret}", get(ANYBODY, mine::linked_room).post(ANYBODY, mine::linked_write))
}

fn pages(app: &Arc<App>) -> Routes {
    Routes::new(Arc::clone(app))
        .at("/", get(ANYBODY, site::front))
        .at("/about", get(ANYBODY, door::about))
        .at("/language/{tag}", get(ANYBODY, door::language))
        .at("/programme", get(ANYBODY, site::programme))
        .at("/where", get(ANYBODY, site::delivered))
        .at("/privacy", get(ANYBODY, site::privacy))
        .at("/accessibility", get(ANYBODY, site::accessibility))
        .at("/site", get(PROGRAMME, site::edit).post(PROGRAMME, site::save))
        .at("/site/texts/{name}/{language}", get(PROGRAMME, site::edit_text).post(PROGRAMME, site::save_text))
        .at("/site/stories/new", get(PROGRAMME, site::new_story).post(PROGRAMME, site::add_story))
        .at("/site/stories/{id}", get(PROGRAMME, site::edit_story).post(PROGRAMME, site::save_story))
        .at("/site/stories/{id}/drop", post(PROGRAMME, site::drop_story))
        .at("/site/stories/{id}/picture/drop", post(PROGRAMME, site::drop_picture))
        .at("/stories/{id}/picture", get(ANYBODY, site::picture))
        .at("/door", get(ANYBODY, door::door).post(Policy::Demo, door::enter))
        .at("/door/mail", post(ANYBODY, door::ask))
        .at("/door/sent", get(ANYBODY, door::sent))
        .at("/door/code", post(ANYBODY, door::type_code))
        .at("/door/leave", post(OWN, door::leave))
        .at("/link/{secret}", get(ANYBODY, door::follow).post(ANYBODY, door::take))
        .at("/setup/{secret}", get(ANYBODY, door::setup).post(ANYBODY, door::found))
        .at("/invitation/{secret}", get(ANYBODY, door::invitation))
        .at("/passkey", get(ANYBODY, door::passkey))
        .at("/passkey/challenge", post(ANYBODY, door::challenge))
        .at("/passkey/answer", post(ANYBODY, door::answer))
        .at("/passkey/new/challenge", post(ANYBODY, door::new_challenge))
        .at("/passkey/new/answer", post(ANYBODY, door::new_answer))
        .at("/passkey/{id}/drop", post(OWN, door::drop_passkey))
        .at("/provider", get(ANYBODY, door::start))
        .at("/provider/return", get(ANYBODY, door::returned))
        .at("/mine", get(OWN, mine::mine))
        .at("/mine/complaint", get(OWN, complaints::form).post(OWN, complaints::complain))
        .at("/mine/data.zip", get(OWN, mine::data))
        .at("/mine/erase", post(OWN, mine::erase))
        .at("/mine/regret", post(OWN, mine::regret))
        .at("/mine/rest", post(OWN, mine::rest))
        .at("/mine/language", post(OWN, mine::language))
        .at("/mine/pairs/{id}", get(OWN, mine::pair).post(OWN, mine::act))
        .at("/mine/pairs/{id}/agreement.pdf", get(OWN, pairs::own_agreement))
        .at("/mine/pairs/{id}/diploma.pdf", get(OWN, pairs::own_diploma))
        .at("/mine/pairs/{id}/files/{entry}", get(OWN, mine::room_file))
        .at("/room/{secret}/files/{entry}", get(ANYBODY, mine::linked_room_file))
        .at("/answer/{secret}", get(ANYBODY, mine::look).post(ANYBODY, mine::act_linked))
        .at("/agreement/{secret}", get(ANYBODY, mine::look).post(ANYBODY, mine::act_linked))
        .at("/join/{secret}", get(ANYBODY, mine::ask_join).post(ANYBODY, mine::join))
        .at("/meet/{secret}", get(ANYBODY, mine::look).post(ANYBODY, mine::act_linked))
        .at("/follow-up/{secret}", get(ANYBODY, mine::ask_follow_up).post(ANYBODY, mine::follow_up))
        .at("/follow-up/{secret}/meet", get(ANYBODY, mine::look).post(ANYBODY, mine::act_linked))
        .at("/booking/{secret}", get(ANYBODY, bookings::linked).post(ANYBODY, bookings::act_linked))
        .at("/booking/{secret}/agreement", get(ANYBODY, mine::look).post(ANYBODY, mine::act_linked))
        .at("/booking/{secret}/calendar.ics", get(ANYBODY, bookings::linked_file))
        .at("/calendar/{name}", get(ANYBODY, bookings::feed))
        .at("/mine/bookings/{id}", get(OWN, bookings::booking).post(OWN, bookings::act))
        .at("/mine/bookings/{id}/calendar.ics", get(OWN, bookings::own_file))
        .at("/mine/calendar", post(OWN, bookings::make_feed))
        .at("/conduct/{secret}", get(ANYBODY, mine::ask_conduct).post(ANYBODY, mine::promise))
        .at("/mine/conduct", get(OWN, mine::own_conduct).post(OWN, mine::promise_own))
        .at("/stay/{secret}", get(ANYBODY, mine::ask_stay).post(ANYBODY, mine::stay))
        .at("/apply/{part}", get(ANYBODY, apply::start).post(ANYBODY, apply::begin))
        .at("/resume/{secret}", get(ANYBODY, apply::ask_resume).post(ANYBODY, apply::resume))
        .at("/application/{id}", get(ANYBODY, apply::status))
        .at("/application/{id}/check", get(ANYBODY, apply::check).post(ANYBODY, apply::send))
        .at("/application/{id}/withdraw", get(ANYBODY, apply::ask_withdraw).post(ANYBODY, apply::withdraw))
        .at("/application/{id}/{group}", get(ANYBODY, apply::group).post(ANYBODY, apply::save))
        .at("/home", get(SEE, home::home))
        .at("/applications", get(SEE, applications::list))
        .at("/applications/{id}", get(SEE, applications::application))
        .at("/applications/{id}/interview", get(CHANGE, applications::interview).post(CHANGE, applications::keep))
        .at("/applications/{id}/booking", post(CHANGE, applications::book))
        .at("/applications/{id}/accept", post(CHANGE, applications::accept))
        .at("/applications/{id}/decline", post(CHANGE, applications::decline))
        .at("/mentees", get(SEE, people::mentees))
        .at("/mentees/new", get(CHANGE, people::new_mentee).post(CHANGE, people::add_mentee))
        .at("/mentees/export/{file}", get(SEE, people::export_mentees))
        .at("/mentees/{id}", get(SEE, people::mentee).post(CHANGE, people::save_mentee))
        .at("/mentees/{id}/edit", get(CHANGE, people::edit_mentee))
        .at("/mentees/{id}/match", get(MATCH, rounds::single).post(MATCH, rounds::ask))
        .at("/mentees/{id}/leave", post(CHANGE, people::leave))
        .at("/mentors", get(SEE, people::mentors))
        .at("/mentors/new", get(CHANGE, people::new_mentor).post(CHANGE, people::add_mentor))
        .at("/mentors/export/{file}", get(SEE, people::export_mentors))
        .at("/mentors/{id}", get(SEE, people::mentor).post(CHANGE, people::save_mentor))
        .at("/mentors/{id}/leave", get(CHANGE, people::ask_leave).post(CHANGE, people::mentor_leaves))
        .at("/mentors/{id}/approve", post(CHANGE, people::approve))
        .at("/mentors/{id}/edit", get(CHANGE, people::edit_mentor))
        .at("/import", get(CHANGE, import::start))
        .at("/import/{id}", post(CHANGE, import::apply))
        .at("/import/template/{file}", get(CHANGE, import::template))
        .at("/rounds", get(SEE, rounds::list).post(MATCH, rounds::make))
        .at("/rounds/new", get(MATCH, rounds::new))
        .at("/runs/{id}", get(SEE, rounds::run).post(MATCH, rounds::cancel))
        .at("/rounds/{id}", get(SEE, rounds::board))
        .at("/rounds/{id}/acts", post(MATCH, rounds::act))
        .at("/rounds/{id}/undo", post(MATCH, rounds::undo))
        .at("/rounds/{id}/mentees/{mentee}", get(SEE, rounds::mentee))
        .at("/rounds/{id}/mentees/{mentee}/others", get(SEE, rounds::alternatives))
        .at("/rounds/{id}/mentees/{mentee}/compare", get(SEE, rounds::compare_with))
        .at("/rounds/{id}/mentees/{mentee}/{mentor}", get(SEE, rounds::compare))
        .at("/rounds/{id}/scarcity", get(SEE, rounds::scarcity))
        .at("/rounds/{id}/scenarios", get(SEE, rounds::scenarios).post(MATCH, rounds::keep_scenario))
        .at("/rounds/{id}/approval", get(SEE, rounds::approval).post(MATCH, rounds::approve))
        .at("/rounds/{id}/export/{file}", get(SEE, rounds::export))
        .at("/programmes", get(SEE, programmes::list))
        .at("/programmes/new", get(PROGRAMME, programmes::new_programme).post(PROGRAMME, programmes::add_programme))
        .at(
            "/programmes/{code}",
            get(PROGRAMME, programmes::edit_programme).post(PROGRAMME, programmes::save_programme),
        )
        .at(
            "/organisations/new",
            get(PROGRAMME, programmes::new_organisation).post(PROGRAMME, programmes::add_organisation),
        )
        .at(
            "/organisations/{code}",
            get(PROGRAMME, programmes::edit_organisation).post(PROGRAMME, programmes::save_organisation),
        )
        .at("/pairs", get(SEE, pairs::list))
        .at("/health", get(SEE, pairs::health))
        .at("/pairs/export/{file}", get(SEE, pairs::export))
        .at("/pairs/{id}", get(SEE, pairs::pair).post(CHANGE, pairs::act))
        .at("/pairs/{id}/companions", post(CHANGE, pairs::add_companion))
        .at("/pairs/{id}/companions/{companion}", post(CHANGE, pairs::drop_companion))
        .at("/pairs/{id}/agreement.pdf", get(SEE, pairs::agreement_file))
        .at("/pairs/{id}/diploma.pdf", get(SEE, pairs::diploma_file))
        .at("/pairs/{id}/flags/{flag}", post(CHANGE, pairs::settle))
        .at("/pairs/{id}/flags/{flag}/undo", post(CHANGE, pairs::undo))
        .at("/report", get(SEE, report::report))
        .at("/report/export/{file}", get(SEE, report::export))
        .at("/mail", get(MAIL, mail::list))
        .at("/mail/{id}", get(MAIL, mail::mail))
        .at("/staff", get(SEE_STAFF, staff::list))
        .at("/letters/{code}", get(ORGANISATION, letters::letters).post(ORGANISATION, letters::save))
        .at("/retention/{code}", get(ORGANISATION, retention::retention).post(ORGANISATION, retention::save))
        .at("/complaints", get(ORGANISATION, complaints::list))
        .at("/complaints/{id}", post(ORGANISATION, complaints::settle))
        .at("/staff/new", get(STAFF, staff::new).post(STAFF, staff::appoint))
        .at("/staff/{id}/invite", post(STAFF, staff::invite))
        .at("/staff/{id}/end", get(STAFF, staff::ask_end).post(STAFF, staff::end))
}

/// The whole web of the program.
pub fn router(app: Arc<App>) -> Router {
    let pages = pages(&app).end().0.layer(DefaultBodyLimit::max(FORM));
    let upload = upload(&app).end().0.layer(DefaultBodyLimit::max(FILE));
    let set = |name: &'static str, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(HeaderName::from_static(name), HeaderValue::from_static(value))
    };
    pages
        .merge(upload)
        .fallback(async || Error::NotFound)
        .method_not_allowed_fallback(one_up)
        .layer(middleware::from_fn(error::in_words))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), know))
        .layer(CsrfLayer::new())
        .layer(set("cache-control", "no-store"))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), room::enter))
        .route("/static/{name}", axum::routing::get(files::file))
        .layer(set(
            "content-security-policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ))
        .layer(set("x-content-type-options", "nosniff"))
        .layer(set("referrer-policy", "same-origin"))
        .layer(set("cross-origin-opener-policy", "same-origin"))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), own_host))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::new())
        .with_state(app)
}

/// Whoever goes by link or reload to where only forms are sent finds the page above it.
async fn one_up(method: Method, uri: Uri) -> Response {
    if method != Method::GET {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let up =
        uri.path().trim_end_matches('/').rsplit_once('/').map_or("/", |(up, _)| if up.is_empty() { "/" } else { up });
    Redirect::to(up).into_response()
}

/// Answers only to names of our own: another site whose name has been turned to this machine (DNS
/// rebinding) must not read anybody's data.
async fn own_host(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, port)| if port.ends_with(']') { host } else { name });
    let local = matches!(name, "127.0.0.1" | "localhost" | "[::1]") && !app.settings.is_secure();
    if local || (!name.is_empty() && name == app.settings.host()) {
        return next.run(request).await;
    }
    (StatusCode::MISDIRECTED_REQUEST, "This program answers only at its own address.").into_response()
}
