//! The store on both databases.

mod chain;
mod pairs;
mod people;
mod privacy;
mod rounds;
mod upgrade;
mod way;

use jiff::Timestamp;
use mentoring::{Organisation, OrganisationKind, cast};
use store::{Stamp, Store};

/// Each store in turn, with the cast's organisation and programme in it.
async fn each(test: impl AsyncFn(Store)) {
    for store in store::testing::fresh().await {
        ground(&store).await;
        test(store).await;
    }
}

/// The cast's organisation and programme in the store.
async fn ground(store: &Store) {
    let organisation = Organisation {
        code: "syd".to_owned(),
        name: "Utvecklingsbolaget Syd".to_owned(),
        kind: OrganisationKind::Regional,
        parent: None,
        areas: Vec::new(),
    };
    store.put_organisations(&[organisation]).await.unwrap();
    store.put_programmes(&[cast::programme()]).await.unwrap();
}

fn stamp(by: &str) -> Stamp {
    Stamp::program(by, "2026-11-23T09:00:00.123456789Z".parse::<Timestamp>().unwrap())
}

/// The whole cast in the store.
async fn people(store: &Store) {
    let mentors = [cast::greta(), cast::hassan()];
    let mentees = [cast::amina(), cast::bjorn()];
    store.everywhere().put_people(&mentors, &mentees, &stamp("Karin")).await.unwrap();
}

#[tokio::test]
async fn organisations_and_programmes_come_back_as_they_were() {
    each(async |store| {
        assert_eq!(store.programmes().await.unwrap(), [cast::programme()]);
        assert_eq!(store.organisations().await.unwrap()[0].name, "Utvecklingsbolaget Syd");
    })
    .await;
}

#[tokio::test]
async fn a_database_opened_twice_is_migrated_once() {
    let folder = std::env::temp_dir().join(format!("mentorpar-twice-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let url = format!("sqlite:{}", folder.join("twice.sqlite").display());
    Store::open(&url).await.unwrap().put_programmes(&[cast::programme()]).await.unwrap();
    let again = Store::open(&url).await.unwrap();
    assert_eq!(again.programmes().await.unwrap().len(), 1);
    again.run_for_test("INSERT INTO migration (number, name) VALUES (99, 'later')").await.unwrap();
    let newer = Store::open(&url).await;
    assert!(matches!(newer, Err(store::Error::TooNew { .. })), "{newer:?}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn an_address_that_is_no_database_is_refused() {
    assert!(matches!(Store::open("mysql://x").await, Err(store::Error::UnknownUrl)));
}

#[tokio::test]
async fn only_a_database_of_this_program_is_opened_as_one() {
    let folder = std::env::temp_dir().join(format!("mentorpar-ours-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (missing, foreign) = (folder.join("missing.sqlite"), folder.join("foreign.sqlite"));
    std::fs::write(&foreign, "no database at all").unwrap();
    for path in [&missing, &foreign] {
        let refused = Store::open_existing(&format!("sqlite:{}", path.display())).await;
        assert!(refused.is_err(), "{path:?}");
    }
    assert!(!missing.exists(), "looking for a database makes none");
    std::fs::remove_dir_all(folder).unwrap();
}
