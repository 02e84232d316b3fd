//! From an interest form to a decision.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use mentoring::{Id, Mentee, StaffRole};
use store::{NewLink, Stamp, Way};

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
        approved(&nobody, &own, page.path.trim_start_matches("/mentors/")).await;
    }
}

/// From an accepted mentor to one who can be proposed: approved, and bound by conduct and confidentiality.
async fn approved(nobody: &Client, own: &Client, id: &str) {
    let letters = async || {
        let mails = nobody.app.store.mails_to("greta.ny@example.org").await.unwrap();
        mails.into_iter().filter(|mail| mail.template == "conduct").count()
    };
    assert_eq!(letters().await, 1);
    let path = format!("/mentors/{id}");
    let version = own.get(&path).await.after("name=\"version\" value=\"");
    let wrong = own.post(&format!("{path}/approve"), &[("version", &version), ("trained", "soon")]).await;
    assert!(wrong.text().contains("Choose a day"), "{}", wrong.text());
    let page = own.post(&format!("{path}/approve"), &[("version", &version), ("trained", "2026-11-10")]).await.text();
    assert!(page.contains("10 November 2026") && !page.contains("not approved yet"), "{page}");
    assert_eq!(letters().await, 1, "the letter is out already");
    let again = own.post(&format!("{path}/approve"), &[("version", &version)]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    // The mentor promises by the link of the letter; looking does nothing, nor a promise of another text.
    let new = NewLink {
        secret: digest("promise"),
        purpose: "conduct",
        subject: id.to_owned(),
        email: "greta.ny@example.org".to_owned(),
        ends_at: "2030-01-01T00:00:00Z".parse().unwrap(),
        ..NewLink::default()
    };
    nobody.app.store.make_link(&new, super::client::clock()).await.unwrap();
    let text = nobody.get("/conduct/promise").await.after("name=\"text\" value=\"");
    for (form, why) in [
        (vec![("text", text.as_str())], "Tick that you have read it"),
        (vec![("text", "x"), ("promise", "yes")], "has changed since you opened the page"),
    ] {
        let refused = nobody.post("/conduct/promise", &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains(why), "{}", refused.text());
    }
    let mentor = async || {
        let id = Id::parse(id).unwrap();
        nobody.app.store.everywhere().one::<mentoring::Mentor>(&id).await.unwrap().0
    };
    assert_eq!(mentor().await.agreement_until, None);
    let done = nobody.post("/conduct/promise", &[("text", &text), ("promise", "yes")]).await.text();
    assert!(done.contains("Your promise holds until 23 November 2027"), "{done}");
    let signed_in = nobody.signed_in_until("greta.ny@example.org", Way::Link, "2030-01-01T00:00:00Z").await;
    assert!(!signed_in.get("/mine").await.text().contains("/mine/conduct"), "nothing is asked that is done");
    // A month and a week before the end the mentor is asked again, once each.
    for (day, wanted) in [("2027-10-23", 1), ("2027-10-24", 2), ("2027-11-15", 2), ("2027-11-17", 3), ("2027-12-01", 3)]
    {
        nobody.app.clock.set_day(day.parse().unwrap());
        app::jobs::ask_to_pledge(&nobody.app).await.unwrap();
        assert_eq!(letters().await, wanted, "{day}");
    }
    let own = nobody.signed_in_until("sam.skåne@example.org", Way::Passkey, "2030-01-01T00:00:00Z").await;
    assert!(own.get(&path).await.text().contains("expired"), "whoever has not renewed cannot be proposed");
    let signed_in = nobody.signed_in_until("greta.ny@example.org", Way::Link, "2030-01-01T00:00:00Z").await;
    assert!(signed_in.get("/mine").await.text().contains("/mine/conduct"));
    signed_in.post("/mine/conduct", &[("text", &text), ("promise", "yes")]).await;
    assert_eq!(mentor().await.agreement_until.unwrap().to_string(), "2028-12-01");
    assert_eq!(nobody.app.store.faults().await.unwrap(), []);
}

#[tokio::test]
async fn an_interview_is_booked_written_down_and_counts() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (browser, path) = filled_in(&nobody).await;
        browser.post(&format!("{path}/check"), &[]).await;
        let page = path.replace("/application/", "/applications/");
        let (own, other) = (coordinator(&nobody, "nystart-skane").await, coordinator(&nobody, "utv-syd").await);
        let booking = format!("{page}/booking");
        let form = |act, time| [("act", act), ("time", time), ("minutes", "45"), ("form", "phone"), ("place", "")];
        let far = other.post(&booking, &form("propose", "2026-11-25T10:00")).await;
        assert_eq!(far.status, StatusCode::NOT_FOUND);
        let past = own.post(&booking, &form("propose", "2026-11-20T10:00")).await;
        assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY);
        own.post(&booking, &form("propose", "2026-11-25T10:00")).await;
        let mails = nobody.app.store.mails_to("gul@example.org").await.unwrap();
        assert_eq!(mails.iter().filter(|mail| mail.template == "booking-times").count(), 1);
        assert!(browser.get(&path).await.text().contains("suggests when"), "the applicant sees it as well");
        let applicant = nobody.signed_in("gul@example.org", Way::Link).await;
        let mine = applicant.get("/mine").await.after("<h3><a href=\"/mine/bookings/");
        applicant.post(&format!("/mine/bookings/{mine}"), &[("act", "choose"), ("time", "2026-11-25T09:00:00Z")]).await;
        assert!(own.get(&page).await.text().contains("Booked: Wednesday 25 November 2026, 10:00–10:45"));
        // Whoever signs in by a link sees nothing of whom they interview.
        let weak = nobody.signed_in("sam.skåne@example.org", Way::Link).await.get("/mine").await.text();
        assert!(!weak.contains("Kanarie"), "{weak}");
        assert!(own.get("/mine").await.text().contains("Interview with Kanarie Gulsparv"));

        nobody.app.clock.set_day("2026-11-25".parse().unwrap());
        let (own, other) = (coordinator(&nobody, "nystart-skane").await, coordinator(&nobody, "utv-syd").await);
        let record = format!("{page}/interview");
        let begun = own.get(&record).await.text();
        assert!(begun.contains("Priser.") && begun.contains("value=\"2026-11-25\""), "{begun}");
        assert_eq!(other.get(&record).await.status, StatusCode::NOT_FOUND);
        let written = |day, stage| {
            vec![
                ("version", "0"),
                ("day", day),
                ("stage", stage),
                ("size", "alone"),
                ("needs", "D2"),
                ("needs-grade", "decisive"),
                ("needs", "D1"),
                ("needs-grade", "useful"),
                ("about", "Priser."),
                ("risk", "4"),
                ("languages", "sv"),
                ("languages-grade", "fluent"),
                ("reach", "25"),
                ("words", "Vågar mer än hen tror."),
            ]
        };
        let early = own.post(&record, &written("2026-11-26", "started")).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(early.text().contains("Vågar mer än hen tror."), "nothing that was written is lost");
        let faulty = own.post(&record, &written("2026-11-25", "")).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", faulty.text());
        // The record is kept also where nothing more may be done with the booking this hour.
        let subject = page.trim_start_matches("/applications/");
        for _ in 0..20 {
            let hour = (nobody.app.now().as_second() / 3600).to_string();
            nobody.app.store.attempt(&format!("booking {subject}"), &hour).await.unwrap();
        }
        let kept = own.post(&record, &written("2026-11-25", "started")).await.text();
        for text in ["Changed since the form", "newly started", "Vågar mer än hen tror.", "25 November 2026, Sam Skåne"]
        {
            assert!(kept.contains(text), "{text} in {kept}");
        }
        let second = own.post(&record, &written("2026-11-25", "idea")).await;
        assert_eq!(second.status, StatusCode::CONFLICT, "somebody else has written meanwhile");
        let accepted = own.post(&format!("{page}/accept"), &[]).await.path;
        let id = Id::parse(accepted.trim_start_matches("/mentees/")).unwrap();
        let mentee = nobody.app.store.everywhere().one::<Mentee>(&id).await.unwrap().0;
        assert_eq!((mentee.stage.code(), mentee.needs.len()), ("started", 2), "what the interview found counts");
        let zip = applicant.get("/mine/data.zip").await.bytes;
        assert!(super::privacy::unzipped(&zip, "data.json").contains("Vågar mer än hen tror."));
        assert_eq!(nobody.app.store.faults().await.unwrap(), []);
    }
}

#[tokio::test]
async fn whoever_no_longer_answers_for_the_organisation_is_told_nothing_of_its_interviews() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (browser, path) = filled_in(&nobody).await;
        browser.post(&format!("{path}/check"), &[]).await;
        let page = path.replace("/application/", "/applications/");
        let own = coordinator(&nobody, "nystart-skane").await;
        let form = |act, time| [("act", act), ("time", time), ("minutes", "45"), ("form", "phone"), ("place", "")];
        own.post(&format!("{page}/booking"), &form("agreed", "2026-11-25T10:00")).await;
        assert!(own.get("/mine").await.text().contains("Interview with Kanarie Gulsparv"));
        let letters = async || nobody.app.store.mails_to("sam.skåne@example.org").await.unwrap().len();
        let before = letters().await;
        let end = "UPDATE appointment SET ended_at = '2026-11-23T09:00:00.000000Z'";
        nobody.app.store.run_for_test(end).await.unwrap();
        let again = nobody.signed_in("sam.skåne@example.org", Way::Passkey).await;
        assert!(!again.get("/mine").await.text().contains("Kanarie"));
        let applicant = nobody.signed_in("gul@example.org", Way::Link).await;
        let mine = applicant.get("/mine").await.after("<h3><a href=\"/mine/bookings/");
        let off = applicant.post(&format!("/mine/bookings/{mine}"), &[("act", "cancel")]).await;
        assert_eq!(off.status, StatusCode::OK, "{}", off.text());
        assert_eq!(letters().await, before);
    }
}

#[tokio::test]
async fn a_no_has_a_reason_that_can_be_counted_in_the_applicants_language() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let own = coordinator(&nobody, "nystart-skane").await;
        let (browser, path) = filled_in(&nobody).await;
        browser.post(&format!("{path}/check"), &[]).await;
        let page = path.replace("/application/", "/applications/");
        let unsaid = own.post(&format!("{page}/decline"), &[("why", "other")]).await;
        assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
        own.post(&format!("{page}/decline"), &[("why", "elsewhere"), ("reason", "Ring Almi.")]).await;
        let told = browser.get(&path).await.text();
        assert!(told.contains("Somebody else can help better. Ring Almi."), "{told}");
        let id = Id::parse(path.trim_start_matches("/application/")).unwrap();
        let phases = nobody.app.store.phases("application", &id).await.unwrap();
        assert_eq!(phases.last().unwrap().reason, "elsewhere");
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
        let link = NewLink {
            secret: digest(secret),
            purpose: "application",
            subject: id,
            email: "wrong@example.org".to_owned(),
            ends_at: "2027-01-01T00:00:00Z".parse().unwrap(),
            ..NewLink::default()
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
