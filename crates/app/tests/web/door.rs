//! Signing in by a link in a mail, and everything that must not.

use std::sync::Arc;

use app::mail::{Carrier, work};
use app::settings::Settings;
use app::web::App;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use mentoring::Mentor;
use store::{Filter, MailRow, Store};

use super::client::{Client, clock, count, filled};

/// A program that carries its mail to nobody and keeps what it says, and a mentor's address.
async fn program(store: Store) -> (Client, String) {
    let settings = Settings { url: "http://localhost".to_owned(), demo: true, ..Settings::default() };
    let app = Arc::new(App::new(store, clock, count, settings));
    tokio::spawn(work(Arc::clone(&app), Carrier::Demo));
    let filter = Filter { today: jiff::civil::date(2026, 11, 23), ..Filter::default() };
    let mentor = app.store.everywhere().list::<Mentor>(&filter, 0, 1).await.unwrap().people.remove(0);
    (Client::stranger(&app), mentor.email)
}

/// The mails to an address, once there are so many that are not under way any more.
async fn mails(client: &Client, address: &str, count: usize) -> Vec<MailRow> {
    for _ in 0..200 {
        let (all, _) = client.app.store.everywhere().mails("", true, 0, 100).await.unwrap();
        let to = all.into_iter().filter(|mail| mail.recipient == address);
        let ended: Vec<MailRow> = to.filter(|mail| !matches!(mail.state.as_str(), "queued" | "attempting")).collect();
        if ended.len() >= count {
            return ended;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("no mail to {address}");
}

fn link(mail: &MailRow) -> String {
    let at = mail.body.find("http://localhost/link/").unwrap_or_else(|| panic!("a link in {}", mail.body));
    mail.body[at + "http://localhost".len()..].split_whitespace().next().unwrap().to_owned()
}

/// Asks for a link as a browser does: with a cookie that it then keeps.
async fn ask(client: &Client, address: &str) -> Client {
    let body = format!("email={}&back=%2Fmine", address.replace('@', "%40"));
    let request = Request::post("/door/mail").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let (status, headers) = client.raw(request, Body::from(body)).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    client.with_cookies(&headers)
}

#[tokio::test]
async fn a_link_signs_in_once_and_only_the_browser_that_asked() {
    for store in filled().await {
        let (stranger, address) = program(store).await;
        let browser = ask(&stranger, &address.to_uppercase()).await;
        let mail = mails(&browser, &address.to_uppercase(), 1).await.remove(0);
        assert_eq!((mail.state.as_str(), mail.template.as_str()), ("sent", "sign-in"));
        let link = link(&mail);
        // A mail scanner follows it, and even presses the button.
        for _ in 0..3 {
            assert!(stranger.get(&link).await.text().contains("asked for in another browser"));
            assert!(stranger.post(&link, &[]).await.text().contains("Type this code"));
        }
        assert!(browser.get(&link).await.text().contains("The link is valid"));
        let (status, headers) = browser.raw(Request::post(&link), Body::empty()).await;
        assert_eq!((status, headers[header::LOCATION].to_str().unwrap()), (StatusCode::SEE_OTHER, "/mine"));
        let signed_in = browser.with_cookies(&headers);
        assert!(signed_in.get("/mine").await.text().contains("You are a mentor"));
        assert_eq!(browser.raw(Request::post(&link), Body::empty()).await.0, StatusCode::GONE, "once");
        // Signed out is signed out, also for whoever kept the cookie.
        assert_eq!(signed_in.post("/door/leave", &[]).await.path, "/door");
        assert_eq!(signed_in.get("/mine").await.path, "/door");
    }
}

#[tokio::test]
async fn the_code_of_a_link_opened_elsewhere_signs_in_the_browser_that_asked() {
    for store in filled().await {
        let (stranger, address) = program(store).await;
        let browser = ask(&stranger, &address).await;
        let phone = stranger.clone();
        let link = link(&mails(&browser, &address, 1).await[0]);
        let shown = phone.post(&link, &[]).await.after("class=\"code\">");
        let code: String = shown.chars().take(6).collect();
        assert!(code.chars().all(|digit| digit.is_ascii_digit()), "{shown}");
        let typed = async |client: &Client, code: &str| {
            let request = Request::post("/door/code").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            client.raw(request, Body::from(format!("code={code}"))).await
        };
        assert_eq!(typed(&phone, &code).await.0, StatusCode::UNPROCESSABLE_ENTITY, "not on the phone");
        for _ in 0..4 {
            assert_eq!(typed(&browser, "000000").await.0, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let (status, headers) = typed(&browser, &format!("{}%20{}", &code[..3], &code[3..])).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert!(browser.with_cookies(&headers).get("/mine").await.text().contains("You are a mentor"));
    }
}

#[tokio::test]
async fn five_wrong_codes_end_a_link() {
    for store in filled().await {
        let (stranger, address) = program(store).await;
        let browser = ask(&stranger, &address).await;
        let link = link(&mails(&browser, &address, 1).await[0]);
        let shown = stranger.post(&link, &[]).await.after("class=\"code\">");
        for _ in 0..5 {
            browser.post("/door/code", &[("code", "000000")]).await;
        }
        let code: String = shown.chars().take(6).collect();
        assert_eq!(browser.post("/door/code", &[("code", &code)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

/// An address that nobody has is answered alike, and gets nothing.
#[tokio::test]
async fn the_door_does_not_tell_who_is_known() {
    for store in filled().await {
        let (stranger, known) = program(store).await;
        let answer = async |address: &str| {
            let body = format!("email={}", address.replace('@', "%40"));
            let kind = "application/x-www-form-urlencoded";
            let (status, headers) =
                stranger.raw(Request::post("/door/mail").header(header::CONTENT_TYPE, kind), Body::from(body)).await;
            let names: Vec<String> = headers.keys().map(ToString::to_string).collect();
            (status, headers[header::LOCATION].clone(), names)
        };
        assert_eq!(answer(&known).await, answer("nobody@example.org").await);
        assert_eq!(mails(&stranger, "nobody@example.org", 1).await[0].state, "dropped");
        assert_eq!(mails(&stranger, &known, 1).await[0].state, "sent");
    }
}

/// However often somebody asks, an address gets so many links an hour; those it has still work.
#[tokio::test]
async fn an_address_is_not_flooded_and_not_locked_out() {
    for store in filled().await {
        let (stranger, address) = program(store).await;
        let first = ask(&stranger, &address).await;
        for _ in 0..20 {
            ask(&stranger, &address).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let sent = mails(&stranger, &address, 5).await;
        assert_eq!(sent.len(), 5);
        let mut signed_in = 0;
        for mail in &sent {
            let (status, _) = first.raw(Request::post(link(mail)), Body::empty()).await;
            signed_in += usize::from(status == StatusCode::SEE_OTHER);
        }
        assert_eq!(signed_in, 1, "the first browser's link works");
    }
}

#[tokio::test]
async fn sessions_can_be_seen_and_ended_elsewhere() {
    for store in filled().await {
        let (stranger, address) = program(store).await;
        let (home, library) = (
            stranger.signed_in(&address, store::Way::Link).await,
            stranger.signed_in(&address, store::Way::Link).await,
        );
        assert_eq!(home.get("/mine").await.text().matches("name=\"session\"").count(), 3);
        let account = stranger.app.store.account_by_email(&address).await.unwrap().unwrap();
        let sessions = stranger.app.store.sessions(&account.id, clock()).await.unwrap();
        assert_eq!(sessions.len(), 2);
        // Nobody ends another's.
        let other = stranger.appointed("Olle", Some((mentoring::StaffRole::Owner, "agare")), store::Way::Demo).await;
        other.post("/door/leave", &[("session", sessions[0].id.as_str())]).await;
        assert_eq!(stranger.app.store.sessions(&account.id, clock()).await.unwrap().len(), 2);
        home.post("/door/leave", &[("session", "all")]).await;
        assert_eq!(library.get("/mine").await.path, "/door");
    }
}

#[tokio::test]
async fn an_invitation_is_mailed_and_shown() {
    for store in filled().await {
        let (stranger, _) = program(store).await;
        let owner = Client::at(&stranger.app, "Karin").await;
        let form =
            [("name", "Nils Ny"), ("email", "nils@example.org"), ("role", "coordinator"), ("organisation", "utv-syd")];
        owner.post("/staff/new", &form).await;
        let mail = mails(&stranger, "nils@example.org", 1).await.remove(0);
        assert!(
            mail.body.contains("Karin har gett dig behörigheten")
                || mail.body.contains("Karin has appointed you coordinator"),
            "{}",
            mail.body
        );
        let at = mail.body.find("/invitation/").unwrap();
        let path = mail.body[at..].split_whitespace().next().unwrap();
        let page = stranger.get(path).await.text();
        assert!(page.contains("Nils Ny") && page.contains("Coordinator, Utvecklingsbolaget Syd"), "{page}");
        assert_eq!(stranger.get("/invitation/wrong").await.status, StatusCode::GONE);
    }
}

/// An organisation words its own letters, and nobody else's.
#[tokio::test]
async fn an_organisation_words_its_own_letters() {
    for store in filled().await {
        let (stranger, _) = program(store).await;
        let manager = mentoring::StaffRole::Manager;
        let own = stranger.appointed("Vera", Some((manager, "nystart-skane")), store::Way::Passkey).await;
        let version = own.get("/letters/nystart-skane").await.after("name=\"version\" value=\"");
        let words = [
            ("version", version.as_str()),
            ("sender", "Nystart i Skåne"),
            ("answers", "skane@example.se"),
            ("contact_name", "Sam Skåne"),
            ("contact_phone", "040-628 04 01"),
            ("closing_sv", "Ring oss gärna: 040-12 34 56."),
            ("closing_en", "Do call us: 040-12 34 56."),
        ];
        let shown: Vec<(&str, &str)> = words.iter().copied().chain([("preview", "1")]).collect();
        let preview = own.post("/letters/nystart-skane", &shown).await.text();
        assert!(preview.contains("We have your interest form") && preview.contains("Do call us: 040-12 34 56."));
        assert!(preview.contains("or call Sam Skåne, 040-628 04 01"), "{preview}");
        own.post("/letters/nystart-skane", &words).await;
        assert_eq!(own.get("/letters/utv-syd").await.status, StatusCode::NOT_FOUND);
        assert_eq!(own.post("/letters/utv-syd", &words).await.status, StatusCode::NOT_FOUND);
        let wrong = own.post("/letters/nystart-skane", &[("answers", "x\r\nBcc: y@example.se")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let form = [
            ("name", "Nils"),
            ("email", "nils@example.org"),
            ("role", "coordinator"),
            ("organisation", "nystart-skane"),
        ];
        own.post("/staff/new", &form).await;
        let mail = mails(&stranger, "nils@example.org", 1).await.remove(0);
        assert!(mail.body.contains("040-12 34 56.") && mail.body.contains("Nystart i Skåne"), "{}", mail.body);
    }
}
