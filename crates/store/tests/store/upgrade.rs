//! Databases of former versions, brought up to this one with what is in them.

use mentoring::{Mentee, Mentor, Side, cast};
use store::{PairFilter, Store};

use super::{ground, people, stamp};

/// Version 14 knew on which side a flag was raised but not by whom, and that somebody had seen an entry but not who.
#[tokio::test]
async fn who_asked_and_who_has_seen_what_is_known_of_a_former_database() {
    for url in store::testing::empty().await {
        let former = Store::open_former_for_test(&url, 14).await.unwrap();
        ground(&former).await;
        people(&former).await;
        let (mentee, mentor): (Mentee, Mentor) = (cast::amina(), cast::greta());
        let pair = (mentee.programme.clone(), mentee.id.clone(), mentor.id.clone(), cast::TODAY, None);
        former.put_earlier_pairs(&[pair]).await.unwrap();
        for statement in [
            "INSERT INTO flag (id, pair, side, kind, words, since) SELECT 'f1', id, 'mentee', 'help', 'Hjälp', \
             '2026-11-20T09:00:00.000000Z' FROM pair",
            "INSERT INTO flag (id, pair, side, kind, words, since) SELECT 'f2', id, '', 'silent', '', \
             '2026-11-21T09:00:00.000000Z' FROM pair",
            "INSERT INTO entry (id, pair, writer, kind, words, made_at, seen_at) SELECT 'e1', id, mentor, 'message', \
             'Hej', '2026-11-20T09:00:00.000000Z', '2026-11-21T09:00:00.000000Z' FROM pair",
            "INSERT INTO entry (id, pair, writer, kind, words, made_at) SELECT 'e2', id, mentor, 'message', \
             'Hej igen', '2026-11-22T09:00:00.000000Z' FROM pair",
        ] {
            assert_eq!(former.run_for_test(statement).await.unwrap(), 1, "{statement}");
        }
        former.close().await;
        let store = Store::open(&url).await.unwrap();
        let pair = store.everywhere().pairs(&PairFilter::default(), 0, 9).await.unwrap().0.remove(0).pair;
        let flags = store.everywhere().flags_of(&pair.id).await.unwrap();
        let told: Vec<_> = flags.iter().map(|it| (it.kind.code(), it.side, it.name.as_str())).collect();
        assert_eq!(told, [("silent", None, ""), ("help", Some(Side::Mentee), mentee.name.as_str())]);
        let room = store.room(&pair.id, &mentee.id).await.unwrap();
        let seen: Vec<_> = room.iter().map(|it| (it.entry.id.as_str(), it.seen)).collect();
        assert_eq!(seen, [("e2", false), ("e1", true)]);
        assert_eq!(store.unseen(&pair.id, &mentee.id).await.unwrap(), 1);
        store.see_room(&pair.id, &mentee.id, &stamp("Amina")).await.unwrap();
        assert_eq!(store.unseen(&pair.id, &mentee.id).await.unwrap(), 0);
        assert_eq!(store.faults().await.unwrap(), []);
    }
}
