//! One's own data: taken away, and erased to the last word.

use std::io::{Cursor, Read};

use app::jobs::{REGRET, dispose, do_what_is_due};
use axum::http::StatusCode;
use mentoring::{Mentee, StaffRole};
use store::{Filter, Stamp, Way};

use super::client::{Client, clock, filled, open};

const CANARY: &str = "Kanariefågelsparven";

/// Somebody whose every field holds the canary, signed in.
async fn canary(nobody: &Client) -> (Client, Mentee) {
    let filter = Filter { today: jiff::civil::date(2026, 11, 23), state: "paired".to_owned(), ..Filter::default() };
    let store = nobody.app.store.everywhere();
    let (mentee, version) = {
        let first: Mentee = store.list(&filter, 0, 1).await.unwrap().people.remove(0);
        store.one::<Mentee>(&first.id).await.unwrap()
    };
    let mut changed = mentee.clone();
    changed.name = format!("{CANARY} Gul");
    changed.email = format!("{}@example.org", CANARY.to_lowercase());
    changed.about = format!("{CANARY} bakar");
    changed.company = Some(mentoring::Company { name: format!("{CANARY} AB"), number: None });
    store.save(&changed, version, &["name"], &Stamp::program("test", clock())).await.unwrap();
    (nobody.signed_in(&changed.email, Way::Link).await, changed)
}

/// A file of a ZIP file, as text.
pub fn unzipped(zip: &[u8], name: &str) -> String {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(zip)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn everything_about_oneself_can_be_taken_away() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (own, _) = canary(&nobody).await;
        let zip = own.get("/mine/data.zip").await;
        assert_eq!(zip.status, StatusCode::OK);
        for name in ["data.json", "data.csv", "read-me.html"] {
            assert!(unzipped(&zip.bytes, name).contains(&format!("{CANARY} bakar")), "{name}");
        }
        let json: serde_json::Value = serde_json::from_str(&unzipped(&zip.bytes, "data.json")).unwrap();
        assert_eq!(json["pairs"].as_array().unwrap().len(), 1);
        assert!(json["mentee"]["needs"].is_array() && json["sign-ins"].is_array());
    }
}

#[tokio::test]
async fn whoever_asks_is_erased_after_seven_days_to_the_last_word() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (own, mentee) = canary(&nobody).await;
        let staff = nobody.appointed("Ove", Some((StaffRole::Owner, "agare")), Way::Passkey).await;
        // The canary stands in a round as well, and somebody has read about it.
        staff.get(&format!("/mentees/{}", mentee.id)).await;
        staff.post("/rounds", &[("sent", "1"), ("programme", &mentee.programme), ("shared", "1")]).await;
        assert!(own.post("/mine/erase", &[]).await.text().contains("You will be erased on 30 November 2026"));
        assert_eq!(do_what_is_due(&nobody.app).await.unwrap(), 0, "not before the days are over");
        assert!(!own.post("/mine/regret", &[]).await.text().contains("You will be erased"));
        own.post("/mine/erase", &[]).await;
        assert!(staff.post("/mine/erase", &[]).await.text().contains("appointed as staff"));

        // Seven days later, as the program's own worker does it.
        let due = clock().saturating_add(REGRET).unwrap();
        let job = nobody.app.store.take_job(due).await.unwrap().unwrap();
        let account = nobody.app.store.account_by_email(&mentee.email).await.unwrap().unwrap();
        assert_eq!(job.facts, account.id.as_str());
        let day = jiff::civil::date(2026, 11, 30);
        nobody.app.store.erase(&mentee.email, day, &Stamp::program("erasure", due)).await.unwrap();
        nobody.app.store.end_job(&job, None, due).await.unwrap();
        assert_eq!(own.get("/mine").await.path, "/door");

        for path in ["/mentees?q=kanarie", "/mentees/export/a.csv", "/pairs?q=kanarie", "/pairs/export/a.csv", "/mail"]
        {
            let text = staff.get(path).await.text().to_lowercase();
            assert!(!text.contains("sparven"), "{path}");
        }
        // The pair is still counted, without a name; the mentor has the place back.
        let (pairs, _) = nobody.app.store.everywhere().pairs(&store::PairFilter::default(), 0, 1000).await.unwrap();
        let pair = pairs.iter().find(|pair| pair.pair.mentee == mentee.id).unwrap();
        assert_eq!((pair.mentee_name.as_str(), !pair.pair.is_open()), ("", true));
        let dump = nobody.app.store.dump_for_test().await.unwrap();
        let at = dump.to_lowercase().find("sparven").map(|at| dump[at.saturating_sub(200)..at + 20].to_owned());
        assert_eq!(at, None, "the canary stands in the database");
        if let Some(file) = nobody.app.store.file_for_test().await {
            for ending in ["", "-wal"] {
                let bytes = std::fs::read(format!("{file}{ending}")).unwrap_or_default();
                let text = String::from_utf8_lossy(&bytes).to_lowercase();
                assert!(!text.contains("kanariefågelsparven"), "the canary stands in the raw file{ending}");
            }
        }
        assert_eq!(nobody.app.store.faults().await.unwrap(), [], "places, pairs and states still hold");
        // An older copy put back forgets as well.
        let ledger = nobody.app.store.erased().await.unwrap();
        let mut again = mentee.clone();
        again.id = mentoring::Id::of("mentee", "again");
        nobody.app.store.everywhere().add(&again, &Stamp::program("test", clock())).await.unwrap();
        let done = nobody.app.store.erase_again(&ledger, day, &Stamp::program("restore", due)).await.unwrap();
        assert_eq!(done, 1);
        assert!(!nobody.app.store.dump_for_test().await.unwrap().to_lowercase().contains("sparven"));
    }
}

#[tokio::test]
async fn what_has_been_kept_long_enough_goes() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        nobody.post("/apply/mentee", &[]).await;
        let staff = nobody.appointed("Ove", Some((StaffRole::Owner, "agare")), Way::Passkey).await;
        staff.post("/rounds", &[("sent", "1"), ("programme", "msf"), ("shared", "1")]).await;
        let night = async |moment: &str| {
            let at: jiff::Timestamp = moment.parse().unwrap();
            dispose(&nobody.app, at, moment[..10].parse().unwrap()).await.unwrap()
        };
        assert_eq!(night("2026-11-23T10:00:00Z").await.people, 0);
        let spring = night("2027-03-01T03:00:00Z").await;
        assert!(spring.rows >= 2 && spring.people == 0, "the form begun and its link: {spring:?}");
        let later = night("2030-03-01T03:00:00Z").await;
        assert!(
            later.rows > 50 && later.reminded > 10 && later.people == 0,
            "names in rounds; nobody unasked: {later:?}"
        );
        let twice = night("2030-03-01T03:00:00Z").await;
        assert_eq!((twice.people, twice.rows), (0, 0), "twice does nothing more");
    }
}

/// An erasure that could not be done can be asked for again, and whoever has been erased can come back.
#[tokio::test]
async fn whoever_was_erased_may_come_back() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (own, mentee) = canary(&nobody).await;
        own.post("/mine/erase", &[]).await;
        let due = clock().saturating_add(REGRET).unwrap();
        for _ in 0..8 {
            let job = nobody.app.store.take_job(due.saturating_add(jiff::SignedDuration::from_hours(999)).unwrap());
            let job = job.await.unwrap().unwrap();
            nobody.app.store.end_job(&job, Some("no"), due).await.unwrap();
        }
        assert!(
            !own.get("/mine").await.text().contains("You will be erased"),
            "nothing is promised that is not planned"
        );
        assert!(own.post("/mine/erase", &[]).await.text().contains("You will be erased on 30 November 2026"));
        let day = jiff::civil::date(2026, 11, 30);
        nobody.app.store.erase(&mentee.email, day, &Stamp::program("erasure", due)).await.unwrap();
        let store = nobody.app.store.everywhere();
        let mut again = mentee.clone();
        again.id = mentoring::Id::of("mentee", &mentee.email);
        again.name = "Åter Kommen".to_owned();
        again.paired = false;
        let saved = store.put_people(&[], &[again.clone()], &Stamp::program("test", due)).await.unwrap();
        assert_eq!(saved.added + saved.changed, 1);
        assert_eq!(store.one::<Mentee>(&again.id).await.unwrap().0.name, "Åter Kommen");
        // A copy made since is put back: the ledger knows that they came back of their own accord.
        let ledger = nobody.app.store.erased().await.unwrap();
        let stamp = Stamp::program("restore", due);
        assert_eq!(nobody.app.store.erase_again(&ledger, day, &stamp).await.unwrap(), 0);
        assert_eq!(store.one::<Mentee>(&again.id).await.unwrap().0.name, "Åter Kommen");
    }
}

/// Whoever applied, was read about, accepted and then erased is in no application, event or trace of reading.
#[tokio::test]
async fn an_accepted_application_goes_with_its_person() {
    for store in filled().await {
        let nobody = Client::stranger(&open(store));
        let (browser, path) = super::applications::filled_in_as(&nobody, CANARY, "kanarie.sparv@example.org").await;
        browser.post(&format!("{path}/check"), &[]).await;
        let id = path.trim_start_matches("/application/");
        let staff = nobody.appointed("Ove", Some((StaffRole::Owner, "agare")), Way::Passkey).await;
        assert!(staff.get(&format!("/applications/{id}")).await.text().contains(CANARY));
        assert!(staff.post(&format!("/applications/{id}/accept"), &[]).await.path.starts_with("/mentees/"));
        let day = jiff::civil::date(2026, 11, 30);
        let stamp = Stamp::program("erasure", clock());
        nobody.app.store.erase("kanarie.sparv@example.org", day, &stamp).await.unwrap();
        let dump = nobody.app.store.dump_for_test().await.unwrap();
        assert!(!dump.contains(CANARY) && !dump.contains("kanarie.sparv"));
    }
}
