//! The chain of events: whole after everything that the program does, broken by anything else.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::date;
use mentoring::{Language, cast};
use serde_json::json;
use store::{Lane, NewMail, Reminded, Stamp, Store};

use super::{each, people, stamp};

fn chance() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Some events: people added, a text changed, and a change of a mentor with details.
async fn happenings(store: &Store) {
    people(store).await;
    store.set("text front sv", "Hej", 0, &stamp("Karin")).await.unwrap();
    let (mut greta, version) = store.everywhere().one::<mentoring::Mentor>(&cast::greta().id).await.unwrap();
    "Bagare".clone_into(&mut greta.about);
    store.everywhere().save(&greta, version, &["about"], &stamp("Karin")).await.unwrap();
}

fn reminder(to: &Reminded) -> NewMail {
    let now = stamp("x").at;
    NewMail {
        event: to.event.clone(),
        recipient: to.email.clone(),
        template: "idle",
        lane: Lane::Notice,
        language: Language::Swedish,
        organisation: String::new(),
        facts: json!({}),
        due_at: now,
        ends_at: now,
    }
}

#[tokio::test]
async fn the_chain_is_whole_after_everything_the_program_does() {
    each(async |store| {
        assert_eq!(store.broken_link().await.unwrap(), None, "of nothing");
        happenings(&store).await;
        // Two servers at the same time.
        let (one, other) = tokio::join!(store.seal(chance), store.seal(chance));
        let (sealed, end) = (one.unwrap() + other.unwrap(), store.chain_end().await.unwrap());
        assert!(sealed >= 6 && end.place == i64::try_from(sealed).unwrap(), "{sealed} {end:?}");
        assert_eq!(store.broken_link().await.unwrap(), None);
        assert_eq!(store.seal(chance).await.unwrap(), 0);

        let later = Stamp::program("erasure", "2026-11-30T03:00:00Z".parse().unwrap());
        store.erase(&cast::greta().email, date(2026, 11, 30), &later).await.unwrap();
        assert_eq!(store.broken_link().await.unwrap(), None, "erased, and still whole");
        store.set("text front sv", "Hej igen", 1, &later).await.unwrap();
        assert_eq!(store.seal(chance).await.unwrap(), 1);
        let (at, day) = ("2031-11-26T03:00:00Z".parse().unwrap(), date(2031, 11, 26));
        store.dispose(at, day, &reminder).await.unwrap();
        let counted = store.run_for_test("UPDATE event SET kind = kind").await.unwrap();
        assert_eq!((counted, store.broken_link().await.unwrap()), (1, None), "what is five years old is gone");
        store.dispose("2032-01-01T03:00:00Z".parse().unwrap(), date(2032, 1, 1), &reminder).await.unwrap();
        assert_eq!(store.broken_link().await.unwrap(), None, "nothing is left");
        store.set("text front sv", "Och igen", 2, &later).await.unwrap();
        assert_eq!((store.seal(chance).await.unwrap(), store.broken_link().await.unwrap()), (1, None));
    })
    .await;
}

#[tokio::test]
async fn whatever_else_changes_an_event_is_seen() {
    each(async |store| {
        happenings(&store).await;
        store.seal(chance).await.unwrap();
        let end = store.chain_end().await.unwrap().place;
        for (tampering, undoing) in [
            ("UPDATE event SET actor = 'Eva' WHERE place = 2", "UPDATE event SET actor = 'Karin' WHERE place = 2"),
            (
                "UPDATE event SET kind = 'other' || kind WHERE place = 2",
                "UPDATE event SET kind = SUBSTR(kind, 6) WHERE place = 2",
            ),
            (
                "UPDATE event SET subject = 'x' || subject WHERE place = 2",
                "UPDATE event SET subject = SUBSTR(subject, 2) WHERE place = 2",
            ),
            ("UPDATE event SET at = '1' || at WHERE place = 2", "UPDATE event SET at = SUBSTR(at, 2) WHERE place = 2"),
            (
                "UPDATE event SET detail = detail || ' ' WHERE place = 2",
                "UPDATE event SET detail = TRIM(detail) WHERE place = 2",
            ),
            // Erased in part, and then written anew.
            (
                "UPDATE event SET salt = 'x' || salt, actor = 'Eva' WHERE place = 2",
                "UPDATE event SET salt = SUBSTR(salt, 2), actor = 'Karin' WHERE place = 2",
            ),
            ("UPDATE event SET place = 1000 WHERE place = 2", "UPDATE event SET place = 2 WHERE place = 1000"),
        ] {
            store.run_for_test(tampering).await.unwrap();
            assert_eq!(store.broken_link().await.unwrap(), Some(2), "{tampering}");
            assert!(store.faults().await.unwrap().contains(&("event-chain", "2".to_owned())));
            store.run_for_test(undoing).await.unwrap();
            assert_eq!(store.broken_link().await.unwrap(), None, "{undoing}");
        }
        let cut = format!("DELETE FROM event WHERE place = {end}");
        store.run_for_test(cut.leak()).await.unwrap();
        assert_eq!(store.broken_link().await.unwrap(), Some(end), "the end cut off");
    })
    .await;
}
