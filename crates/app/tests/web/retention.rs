//! What is kept no longer than promised, by organisation, and the question before anybody is erased.

use app::jobs::dispose;
use axum::http::StatusCode;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use mentoring::{Id, Mentor, Retention, StaffRole};
use store::{Disposed, Filter, NewLink, Stamp, Way};

use super::client::{Client, clock, digest, filled, open};

/// The disposal of a night.
async fn night(client: &Client, day: Date) -> Disposed {
    let at: Timestamp = format!("{day}T02:00:00Z").parse().unwrap();
    dispose(&client.app, at, day).await.unwrap()
}

/// A mentor without pairs, at a delivering organisation.
async fn free_mentor(client: &Client) -> Mentor {
    let filter = Filter { today: date(2026, 11, 23), state: "free".to_owned(), ..Filter::default() };
    let mentors = client.app.store.everywhere().list::<Mentor>(&filter, 0, 500).await.unwrap().people;
    mentors.into_iter().find(|mentor| mentor.open_pairs == 0 && mentor.organisation != "agare").unwrap()
}

/// Whether a mentor's name still stands in the database.
async fn is_known(client: &Client, id: &Id) -> bool {
    let found = client.app.store.everywhere().one::<Mentor>(id).await;
    found.is_ok_and(|(mentor, _)| !mentor.name.is_empty())
}

async fn letters(client: &Client, address: &str) -> Vec<String> {
    let mails = client.app.store.mails_to(address).await.unwrap();
    mails.into_iter().map(|mail| mail.template).collect()
}

#[tokio::test]
async fn whoever_is_idle_is_asked_twice_before_they_are_erased() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (mentor, stays) = (free_mentor(&nobody).await, "stannar@example.org");
        let mut other = mentor.clone();
        (other.id, other.email, other.name) = (Id::of("mentor", stays), stays.to_owned(), "Stina Stannar".to_owned());
        nobody.app.store.everywhere().add(&other, &Stamp::program("test", clock())).await.unwrap();
        assert_eq!(night(&nobody, date(2028, 9, 23)).await.reminded, 0, "61 days before");
        let first = night(&nobody, date(2028, 9, 24)).await;
        assert!(first.reminded > 10 && first.people == 0, "{first:?}");
        assert_eq!(letters(&nobody, &mentor.email).await, ["idle"]);
        assert_eq!(night(&nobody, date(2028, 9, 24)).await.reminded, 0, "twice does nothing more");
        let said = Stamp::program("link", "2028-10-01T10:00:00Z".parse().unwrap());
        assert!(nobody.app.store.stay(stays, mentoring::Language::Swedish, &said).await.unwrap());
        assert_eq!(night(&nobody, date(2028, 11, 8)).await.reminded, 0);
        assert!(night(&nobody, date(2028, 11, 9)).await.reminded > 10);
        assert_eq!(letters(&nobody, &mentor.email).await, ["idle", "idle"]);
        assert_eq!(night(&nobody, date(2028, 11, 22)).await.people, 0);
        let last = night(&nobody, date(2028, 11, 23)).await;
        assert!(last.people > 10 && last.reminded == 0, "{last:?}");
        assert!(!is_known(&nobody, &mentor.id).await && is_known(&nobody, &other.id).await);
        assert!(!nobody.app.store.dump_for_test().await.unwrap().contains(&mentor.email));
        assert!(nobody.app.store.erased().await.unwrap().len() > 10, "the ledger knows them");
        assert_eq!(nobody.app.store.faults().await.unwrap(), []);
    }
}

#[tokio::test]
async fn nobody_is_erased_while_their_complaint_waits_for_an_answer() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let mentor = free_mentor(&nobody).await;
        let complaint = store::Complaint {
            id: Id::from_number(3),
            organisation: mentor.organisation.clone(),
            name: mentor.name.clone(),
            email: mentor.email.clone(),
            words: "Ingen svarar.".to_owned(),
            since: String::new(),
            ended_at: None,
            ended_by: String::new(),
            outcome: String::new(),
        };
        nobody.app.store.complain(&complaint, &[], &Stamp::program("test", clock())).await.unwrap();
        for day in [date(2028, 9, 24), date(2028, 11, 9), date(2028, 11, 23)] {
            night(&nobody, day).await;
        }
        assert_eq!(letters(&nobody, &mentor.email).await, Vec::<String>::new());
        assert!(is_known(&nobody, &mentor.id).await);
        let settled = "UPDATE complaint SET ended_at = '2028-11-24T10:00:00.000000Z'";
        nobody.app.store.run_for_test(settled).await.unwrap();
        night(&nobody, date(2030, 9, 24)).await;
        assert_eq!(letters(&nobody, &mentor.email).await, Vec::<String>::new(), "the clock runs from the answer");
        night(&nobody, date(2030, 9, 26)).await;
        assert_eq!(letters(&nobody, &mentor.email).await, ["idle"]);
    }
}

#[tokio::test]
async fn the_question_is_answered_by_a_button_and_not_by_looking() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let mentor = free_mentor(&nobody).await;
        let secret = digest("a-secret");
        let ends_at = "2027-01-01T00:00:00Z".parse().unwrap();
        let link = NewLink { secret, purpose: "idle", email: mentor.email.clone(), ends_at, ..NewLink::default() };
        nobody.app.store.make_link(&link, clock()).await.unwrap();
        for _ in 0..2 {
            assert!(nobody.get("/stay/a-secret").await.text().contains("action=\"/stay/a-secret\""));
        }
        assert!(nobody.app.store.account_by_email(&mentor.email).await.unwrap().is_none());
        assert!(!nobody.post("/stay/a-secret", &[]).await.text().contains("<form method=\"post\" action=\"/stay"));
        assert!(nobody.app.store.account_by_email(&mentor.email).await.unwrap().is_some());
        assert_eq!(nobody.post("/stay/a-secret", &[]).await.status, StatusCode::GONE, "once");
        assert_eq!(nobody.get("/stay/other").await.status, StatusCode::GONE);
    }
}

#[tokio::test]
async fn an_organisation_chooses_its_own_lengths() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let mentor = free_mentor(&nobody).await;
        let manager = (StaffRole::Manager, mentor.organisation.as_str());
        let staff = nobody.appointed("Maja", Some(manager), Way::Passkey).await;
        let path = format!("/retention/{}", mentor.organisation);
        let posted = |idle: &'static str, version: &'static str| {
            [("refused", "6"), ("idle", idle), ("rounds", "24"), ("version", version)]
        };
        for wrong in ["11", "37", "-1", "", "ett år", "999"] {
            let page = staff.post(&path, &posted(wrong, "0")).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
            assert!(page.text().contains("a whole number from 12 to 36") && page.text().contains(wrong), "{wrong}");
        }
        assert_eq!(staff.post(&path, &posted("12", "0")).await.path, "/staff");
        assert_eq!(staff.post(&path, &posted("14", "0")).await.status, StatusCode::CONFLICT, "nothing is overwritten");
        let (kept, _) = nobody.app.store.retention(&mentor.organisation).await.unwrap();
        assert_eq!(kept, Retention { refused: 6, idle: 12, rounds: 24 });
        let notice = nobody.get("/privacy").await.text();
        assert!(notice.contains("Some organisations have chosen other lengths"), "{notice}");
        assert!(notice.contains("24 months without signing in"), "the programme's own");

        // The same mentor at an organisation that has chosen nothing is kept twice as long.
        let mut elsewhere = mentor.clone();
        elsewhere.organisation =
            if mentor.organisation == "utv-syd" { "utv-norr".to_owned() } else { "utv-syd".to_owned() };
        (elsewhere.id, elsewhere.email) = (Id::of("mentor", "elsewhere"), "annanstans@example.org".to_owned());
        nobody.app.store.everywhere().add(&elsewhere, &Stamp::program("test", clock())).await.unwrap();
        let other = staff.get(&format!("/retention/{}", elsewhere.organisation)).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND, "another organisation's");
        for day in [date(2027, 10, 1), date(2027, 11, 20), date(2027, 12, 20)] {
            night(&nobody, day).await;
        }
        assert!(!is_known(&nobody, &mentor.id).await && is_known(&nobody, &elsewhere.id).await);
    }
}
