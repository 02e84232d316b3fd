//! From an interest form to a decision.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use mentoring::{Id, Mentee, StaffRole};
use store::{Stamp, Way};

use super::client::{Client, digest, filled, open};

/// A mentee's answers, page by page.
const ANSWERS: [(&str, &[(&str, &str)]); 7] = [
    // Name and address are each test's own.
    ("you", &[]),
    ("programme", &[("programme", "msf"), ("municipality", "1280")]),
    ("conditions", &[("condition", "adult"), ("conditions_note", "Företaget är fyra år.")]),
    ("company", &[("company", "Fågelverket"), ("company_number", "556677-8899"), ("stage", "idea"), ("size", "alone")]),
    ("needs", &[("needs", "D2"), ("needs-grade", "decisive"), ("about", "Priser.")]),
    ("style", &[("risk", "2")]),
    ("meetings", &[("languages", "sv"), ("languages-grade", "fluent"), ("reach", "25")]),
];

/// Begins an application; answers with the browser that holds it and its address.
async fn begin(nobody: &Client, part: &str) -> (Client, String) {
    let (status, headers) = nobody.raw(Request::post(format!("/apply/{part}")), Body::empty()).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let to = headers[header::LOCATION].to_str().unwrap();
    (nobody.with_cookies(&headers), to.trim_end_matches("/you").to_owned())
}

async fn filled_in(nobody: &Client) -> (Client, String) {
    filled_in_as(nobody, "Kanarie Gulsparv", "Gul@Example.org").await
}

/// A mentee's form filled in under a name and an address.
pub async fn filled_in_as(nobody: &Client, name: &str, email: &str) -> (Client, String) {
    let (browser, path) = begin(nobody, "mentee").await;
    for (page, answers) in ANSWERS {
        let you = [("name", name), ("email", email)];
        let answers = if page == "you" { &you[..] } else { answers };
        let answer = browser.post(&format!("{path}/{page}"), answers).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}: {}", answer.text());
    }
    (browser, path)
}

async fn coordinator(nobody: &Client, organisation: &'static str) -> Client {
    let name = if organisation == "nystart-skane" { "Sam Skåne" } else { "Olle Annan" };
    nobody.appointed(name, Some((StaffRole::Coordinator, organisation)), Way::Passkey).await
}

#[tokio::test]
async fn an_application_goes_to_whoever_delivers_there_and_nobody_else() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (browser, path) = filled_in(&nobody).await;
        let id = path.trim_start_matches("/application/").to_owned();
        let (own, other) = (coordinator(&nobody, "nystart-skane").await, coordinator(&nobody, "utv-syd").await);
        assert!(!own.get("/applications").await.text().contains("Kanarie"), "not before it is sent");
        for _ in 0..2 {
            let sent = browser.post(&format!("{path}/check"), &[]).await;
            assert!(
                sent.text().contains("Nystartscentrum Skåne Blekinge: a coordinator reads the form"),
                "{}",
                sent.text()
            );
        }
        let (mails, _) = nobody.app.store.everywhere().mails("", true, 0, 100).await.unwrap();
        let receipts =
            mails.iter().filter(|mail| mail.template == "application-received" && mail.recipient == "Gul@Example.org");
        let receipts = receipts.count();
        assert_eq!(receipts, 1, "sent twice is sent once");
        let page = own.get(&format!("/applications/{id}")).await.text();
        for text in
            ["Kanarie Gulsparv", "I am 18 or older: <strong>Met", "Not ticked", "Företaget är fyra år.", "Priser."]
        {
            assert!(page.contains(text), "{text} in {page}");
        }
        assert!(!other.get("/applications").await.text().contains("Kanarie"));
        assert_eq!(other.get(&format!("/applications/{id}")).await.status, StatusCode::NOT_FOUND);
        for act in ["accept", "decline"] {
            let answer = other.post(&format!("/applications/{id}/{act}"), &[("reason", "x")]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
        }
        // What is sent is no longer written on.
        assert_eq!(browser.post(&format!("{path}/you"), &[("name", "Falk")]).await.status, StatusCode::CONFLICT);

        let accepted = own.post(&format!("/applications/{id}/accept"), &[]).await;
        assert!(accepted.path.starts_with("/mentees/"), "{}", accepted.path);
        assert!(accepted.text().contains("Kanarie Gulsparv") && accepted.text().contains("Fågelverket"));
        assert_eq!(own.post(&format!("/applications/{id}/accept"), &[]).await.status, StatusCode::CONFLICT);
        assert!(browser.get(&path).await.text().contains("Accepted"));
        // The applicant signs in with the address, and sees both the application and who has read it.
        let applicant = nobody.signed_in("gul@example.org", Way::Link).await;
        let mine = applicant.get("/mine").await.text();
        assert!(mine.contains("joined the waiting list") && mine.contains("Sam Skåne"), "{mine}");

        // The same person and company again are found.
        let (browser, path) = filled_in(&nobody).await;
        browser.post(&format!("{path}/check"), &[]).await;
        let again = path.trim_start_matches("/application/");
        let page = own.get(&format!("/applications/{again}")).await.text();
        assert!(page.contains("the same e-mail address"), "{page}");
        let known = own.post(&format!("/applications/{again}/accept"), &[]).await;
        assert_eq!(known.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(known.text().contains("in the register already"));
        let unsaid = own.post(&format!("/applications/{again}/decline"), &[("reason", " ")]).await;
        assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
        own.post(&format!("/applications/{again}/decline"), &[("reason", "Du står redan på listan.")]).await;
        assert!(browser.get(&path).await.text().contains("Du står redan på listan."));
    }
}

#[tokio::test]
async fn a_mentor_is_not_approved_by_applying() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (browser, path) = begin(&nobody, "mentor").await;
        let answers: [(&str, &[(&str, &str)]); 4] = [
            ("you", &[("name", "Greta Ny"), ("email", "greta.ny@example.org")]),
            ("programme", &[("programmes", "msf"), ("municipality", "1280")]),
            ("experience", &[("competences", "D2"), ("competences-grade", "expert")]),
            ("meetings", &[("capacity", "2"), ("languages", "sv"), ("languages-grade", "fluent")]),
        ];
        for (page, answers) in answers {
            assert_eq!(browser.post(&format!("{path}/{page}"), answers).await.status, StatusCode::OK, "{page}");
        }
        let sent = browser.post(&format!("{path}/check"), &[]).await;
        assert!(sent.text().contains("We have your form"), "{}", sent.text());
        let id = path.trim_start_matches("/application/");
        let own = coordinator(&nobody, "nystart-skane").await;
        let page = own.post(&format!("/applications/{id}/accept"), &[]).await;
        assert!(page.path.starts_with("/mentors/"), "{}", page.path);
        assert!(page.text().contains("The mentor is not approved yet."));
    }
}

/// An address says who somebody is today: it may have been another's before, and somebody may have had another.
#[tokio::test]
async fn whoever_is_accepted_is_who_the_address_says_today() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let own = coordinator(&nobody, "nystart-skane").await;
        let accepted = async |name: &str, email: &str| {
            let (browser, path) = filled_in_as(&nobody, name, email).await;
            browser.post(&format!("{path}/check"), &[]).await;
            let decided = format!("{}/accept", path.replace("/application/", "/applications/"));
            own.post(&decided, &[]).await.path
        };
        let store = nobody.app.store.everywhere();
        let stamp = Stamp::program("test", super::client::clock());
        let of = |path: &str| Id::parse(path.trim_start_matches("/mentees/")).unwrap();
        let first = accepted("Ada Först", "info@example.org").await;
        let (mut ada, version) = store.one::<Mentee>(&of(&first)).await.unwrap();
        ada.email = "ada@example.org".to_owned();
        store.save(&ada, version, &["email"], &stamp).await.unwrap();
        let second = accepted("Bo Sedan", "info@example.org").await;
        assert_ne!(first, second, "the address has gone on to somebody else");
        assert_eq!(store.one::<Mentee>(&of(&first)).await.unwrap().0.name, "Ada Först");
        assert_eq!(store.one::<Mentee>(&of(&second)).await.unwrap().0.name, "Bo Sedan");
        assert!(accepted("Ada Först", "ada@example.org").await.starts_with("/applications/"), "she waits already");
        store.leave(&of(&first), true, jiff::civil::date(2026, 11, 23), &stamp).await.unwrap();
        assert_eq!(accepted("Ada Först", "ADA@example.org").await, first, "she comes back as who she was");
    }
}

#[tokio::test]
async fn what_is_not_answered_rightly_is_kept_but_not_sent() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (browser, path) = begin(&nobody, "mentee").await;
        let answer = browser.post(&format!("{path}/you"), &[("name", "Åsa"), ("email", "åsa")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(browser.get(&format!("{path}/you")).await.text().contains("value=\"åsa\""));
        let check = browser.post(&format!("{path}/check"), &[]).await;
        assert_eq!(check.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(check.text().contains("This needs mending first"));
        browser.post(&format!("{path}/withdraw"), &[]).await;
        assert!(browser.get(&path).await.text().contains("Withdrawn"));
        assert_eq!(nobody.get("/apply/owner").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_link_goes_on_with_the_one_application_it_is_for() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (_, first) = filled_in(&nobody).await;
        let (second, path) = filled_in(&nobody).await;
        assert_eq!(second.get(&first).await.path, "/door", "another's, though of the same address");
        assert_eq!(nobody.get(&path).await.path, "/door");
        assert_eq!(nobody.post("/resume/wrong", &[]).await.status, StatusCode::GONE);
        // Whoever can read the address's mail can sign in and see all of its applications.
        let known = nobody.signed_in("gul@example.org", Way::Link).await;
        assert!(known.get(&first).await.text().contains("Kanarie Gulsparv"));
        let other = nobody.appointed("Olle", Some((StaffRole::Owner, "agare")), Way::Passkey).await;
        assert_eq!(other.get(&first).await.status, StatusCode::NOT_FOUND, "not even the owner, before it is sent");
    }
}

/// An address that was written wrongly has nothing to do with the application once it is corrected.
#[tokio::test]
async fn a_corrected_address_leaves_the_wrong_one_outside() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (browser, path) = begin(&nobody, "mentee").await;
        let id = path.trim_start_matches("/application/").to_owned();
        browser.post(&format!("{path}/you"), &[("name", "Åsa"), ("email", "wrong@example.org")]).await;
        // What the mail to the wrong address holds.
        let secret = "a-secret";
        let link = store::NewLink {
            secret: digest(secret),
            purpose: "application",
            subject: id,
            email: "wrong@example.org".to_owned(),
            ends_at: "2027-01-01T00:00:00Z".parse().unwrap(),
            ..store::NewLink::default()
        };
        nobody.app.store.make_link(&link, super::client::clock()).await.unwrap();
        let (_, headers) = nobody.raw(Request::post(format!("/resume/{secret}")), Body::empty()).await;
        let stranger = nobody.with_cookies(&headers);
        assert_eq!(stranger.get(&path).await.status, StatusCode::OK, "as long as it is the address");
        // Whoever goes on by mail goes on alone; the other browser is told why, and nothing else.
        let left = browser.get(&path).await;
        assert_eq!(left.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(left.text().contains("has been opened with the link in the mail") && !left.text().contains("wrong@"));
        let (_, headers) = nobody.raw(Request::post(format!("/resume/{secret}")), Body::empty()).await;
        let browser = nobody.with_cookies(&headers);
        browser.post(&format!("{path}/you"), &[("name", "Åsa"), ("email", "right@example.org")]).await;
        assert_eq!(browser.get(&path).await.status, StatusCode::OK);
        assert_eq!(stranger.get(&path).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(nobody.get(&format!("/resume/{secret}")).await.status, StatusCode::GONE);
        // Another case of the same address is the same, and saves.
        for email in ["Right@example.org", "rIght@example.org", "right@EXAMPLE.org"] {
            let saved = browser.post(&format!("{path}/you"), &[("name", "Åsa"), ("email", email)]).await;
            assert_eq!(saved.status, StatusCode::OK, "{email}");
        }
        // However many addresses are tried, only some are written to.
        for number in 0..20 {
            let email = format!("flood{number}@example.org");
            browser.post(&format!("{path}/you"), &[("name", "Åsa"), ("email", &email)]).await;
        }
        let (mails, _) = nobody.app.store.everywhere().mails("", true, 0, 500).await.unwrap();
        let flood = mails.iter().filter(|mail| mail.recipient.starts_with("flood")).count();
        assert!(flood <= 5, "{flood}");
    }
}

/// What somebody writes is kept while they write, an answer changed from the check leads back to it, and the
/// first page knows of a form begun.
#[tokio::test]
async fn a_form_goes_on_where_it_was_left() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (browser, path) = filled_in(&nobody).await;
        let quiet = Request::post(format!("{path}/needs"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("hx-request", "true");
        let (status, _) = browser.raw(quiet, "needs=D2&needs-grade=decisive&about=Halvskrivet".into()).await;
        assert_eq!(status, StatusCode::NO_CONTENT);
        assert!(browser.get(&format!("{path}/needs")).await.text().contains("Halvskrivet"));
        assert!(browser.get(&format!("{path}/check")).await.text().contains(&format!("{path}/style?check=1")));
        let style = format!("{path}/style");
        assert!(browser.get(&format!("{style}?check=1")).await.text().contains("name=\"check\""));
        assert_eq!(browser.post(&style, &[("risk", "3"), ("check", "1")]).await.path, format!("{path}/check"));
        assert!(browser.get("/apply/mentee").await.text().contains(&format!("href=\"{path}\"")));
        assert!(!browser.get("/apply/mentor").await.text().contains(&path), "another part");
        // A level left out is asked for, not guessed.
        let untold = browser.post(&format!("{path}/needs"), &[("needs", "D2"), ("needs-grade", "")]).await;
        assert!(untold.status == StatusCode::UNPROCESSABLE_ENTITY && untold.text().contains("has no level"));
        // Whoever reloads where only forms are sent finds the page above it.
        assert_eq!(browser.get("/door/mail").await.path, "/door");
    }
}
