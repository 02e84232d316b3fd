use jiff::civil::date;
use mentoring::{Mentee, Mentor, cast};
use store::{Error, PairFilter, Scope};

use super::rounds::{proposals, round};
use super::{each, people, stamp};

#[tokio::test]
async fn approving_takes_a_place_and_ends_the_wait() {
    each(async |store| {
        people(&store).await;
        let id = round(&store, "Höst").await;
        let outcome = store
            .everywhere()
            .approve(&id, 1, &[cast::amina().id], |_, _| None, |_, _| Vec::new(), cast::TODAY, &stamp("Karin"))
            .await
            .unwrap();
        assert_eq!(outcome.pairs, 1);
        assert_eq!(store.everywhere().one::<Mentor>(&cast::greta().id).await.unwrap().0.open_pairs, 1);
        assert!(store.everywhere().one::<Mentee>(&cast::amina().id).await.unwrap().0.paired);
        let (pairs, total) = store
            .everywhere()
            .pairs(&PairFilter { text: "åberg".to_owned(), state: "open".to_owned(), ..PairFilter::default() }, 0, 10)
            .await
            .unwrap();
        assert_eq!((pairs[0].mentor_name.as_str(), pairs[0].points, total), ("Greta Zetterlund", Some(700), 1));
        let (waiting, _) = store.everywhere().people(&Scope::default()).await.unwrap();
        assert_eq!(waiting.iter().map(|mentee| mentee.name.as_str()).collect::<Vec<_>>(), ["Björn Öster"]);
        assert_eq!(store.everywhere().pairs_of(&cast::greta().id).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn if_one_pair_cannot_be_made_none_is() {
    each(async |store| {
        people(&store).await;
        let (first, second) = (round(&store, "Första").await, round(&store, "Andra").await);
        store
            .everywhere()
            .approve(&first, 1, &[cast::amina().id], |_, _| None, |_, _| Vec::new(), cast::TODAY, &stamp("Karin"))
            .await
            .unwrap();
        let both = [cast::amina().id, cast::bjorn().id];
        let late = store
            .everywhere()
            .approve(&second, 1, &both, |_, _| None, |_, _| Vec::new(), cast::TODAY, &stamp("Per"))
            .await;
        assert!(matches!(late, Err(Error::NoPlace { ref mentor }) if mentor == "Greta Zetterlund"), "{late:?}");
        assert_eq!(store.everywhere().pairs(&PairFilter::default(), 0, 10).await.unwrap().1, 1);
        assert_eq!(store.everywhere().one::<Mentor>(&cast::hassan().id).await.unwrap().0.open_pairs, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_is_approved_once_even_if_two_approve_at_once() {
    each(async |store| {
        people(&store).await;
        let id = round(&store, "Höst").await;
        let approve = |mentee: mentoring::Id| {
            let (store, id) = (store.clone(), id.clone());
            tokio::spawn(async move {
                store
                    .everywhere()
                    .approve(&id, 1, &[mentee], |_, _| None, |_, _| Vec::new(), cast::TODAY, &stamp("Karin"))
                    .await
                    .is_ok()
            })
        };
        let (first, second) = (approve(cast::amina().id), approve(cast::bjorn().id));
        assert_eq!(usize::from(first.await.unwrap()) + usize::from(second.await.unwrap()), 1);
        assert_eq!(store.everywhere().pairs(&PairFilter::default(), 0, 10).await.unwrap().1, 1);
    })
    .await;
}

#[tokio::test]
async fn a_mentee_without_a_proposal_cannot_be_approved() {
    each(async |store| {
        people(&store).await;
        let id = round(&store, "Höst").await;
        let named = [cast::amina().id, mentoring::Id::of("mentee", "nobody")];
        let refused = store
            .everywhere()
            .approve(&id, 1, &named, |_, _| None, |_, _| Vec::new(), cast::TODAY, &stamp("Karin"))
            .await;
        assert!(matches!(refused, Err(Error::NotProposed)), "{refused:?}");
        assert_eq!(store.everywhere().round(&id).await.unwrap().version, 1, "the round is still open");
        assert_eq!(store.everywhere().pairs(&PairFilter::default(), 0, 10).await.unwrap().1, 0);
    })
    .await;
}

/// Twenty rounds propose the same mentor with two places, all approved at once: two pairs come of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_mentor_is_never_given_more_pairs_than_places() {
    each(async |store| {
        let mentee = |number: usize| {
            let email = format!("mentee{number}@example.org");
            Mentee { id: mentoring::Id::of("mentee", &email), email, ..cast::bjorn() }
        };
        let mentees: Vec<Mentee> = (0..20).map(mentee).collect();
        store.everywhere().put_people(&[cast::hassan()], &mentees, &stamp("Karin")).await.unwrap();
        let mut tasks = Vec::new();
        for mentee in mentees {
            let store = store.clone();
            tasks.push(tokio::spawn(async move {
                let id = mentoring::Id::of("round", mentee.id.as_str());
                let new = store::NewRound {
                    organisation: "syd".to_owned(),
                    id: id.clone(),
                    name: mentee.id.to_string(),
                    setting: cast::setting(),
                    rules_version: "1".to_owned(),
                    fingerprint: "f".to_owned(),
                    people: store::Snapshot::default(),
                };
                let pairs = vec![(mentee.id.clone(), cast::hassan().id, 500)];
                let proposals = store::Proposals { pairs, ..proposals() };
                store.everywhere().create_round(&new, &proposals, &stamp("Karin")).await.unwrap();
                store
                    .everywhere()
                    .approve(&id, 1, &[mentee.id], |_, _| None, |_, _| Vec::new(), cast::TODAY, &stamp("Karin"))
                    .await
                    .is_ok()
            }));
        }
        let mut made = 0;
        for task in tasks {
            made += usize::from(task.await.unwrap());
        }
        assert_eq!(made, 2);
        assert_eq!(store.everywhere().one::<Mentor>(&cast::hassan().id).await.unwrap().0.open_pairs, 2);
        assert_eq!(store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn the_database_itself_keeps_capacity_and_one_open_pair() {
    each(async |store| {
        people(&store).await;
        assert!(store.run_for_test("UPDATE mentor SET used = capacity + 1").await.is_err());
        assert!(store.run_for_test("UPDATE mentor SET used = -1").await.is_err());
        let pair = |mentor: &str| {
            (cast::programme().code, cast::amina().id, mentoring::Id::of("mentor", mentor), date(2026, 1, 1), None)
        };
        let two = [pair("greta@example.org"), pair("hassan@example.org")];
        assert!(store.put_earlier_pairs(&two).await.is_err());
        store.put_earlier_pairs(&two[..1]).await.unwrap();
        assert_eq!(store.everywhere().one::<Mentor>(&cast::greta().id).await.unwrap().0.open_pairs, 1);
        let mut greta = cast::greta();
        greta.capacity = 0;
        let lower = store.everywhere().put_people(&[greta.clone()], &[], &stamp("Karin")).await;
        assert!(matches!(lower, Err(Error::BelowOpenPairs { open: 1 })), "{lower:?}");
        let lower = store.everywhere().save(&greta, 1, &["capacity"], &stamp("Karin")).await;
        assert!(matches!(lower, Err(Error::BelowOpenPairs { open: 1 })), "{lower:?}");
    })
    .await;
}

#[tokio::test]
async fn an_earlier_mentee_whose_pair_has_ended_no_longer_waits() {
    each(async |store| {
        people(&store).await;
        let closed =
            (cast::programme().code, cast::amina().id, cast::greta().id, date(2025, 1, 1), Some(date(2026, 1, 1)));
        store.put_earlier_pairs(&[closed]).await.unwrap();
        let (waiting, _) = store.everywhere().people(&Scope::default()).await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!(
            store
                .everywhere()
                .pairs(&PairFilter { state: "open".to_owned(), ..PairFilter::default() }, 0, 10)
                .await
                .unwrap()
                .1,
            0
        );
    })
    .await;
}

/// A proposal whose mentee has gone asks for no place: whoever is left can have the one there is.
#[tokio::test]
async fn only_those_who_still_wait_ask_for_places() {
    each(async |store| {
        let mentee = |name: &str| {
            let email = format!("{name}@example.org");
            Mentee { id: mentoring::Id::of("mentee", &email), email, ..cast::bjorn() }
        };
        people(&store).await;
        let (a, b) = (mentee("a"), mentee("b"));
        store.everywhere().put_people(&[cast::hassan()], &[a.clone(), b.clone()], &stamp("Karin")).await.unwrap();
        let proposed = |mentees: &[&Mentee]| store::Proposals {
            pairs: mentees.iter().map(|mentee| (mentee.id.clone(), cast::hassan().id, 500)).collect(),
            total: 500 * mentees.len() as i64,
            proof: "{}".to_owned(),
        };
        let first = round(&store, "Första").await;
        let second = round(&store, "Andra").await;
        store.everywhere().save_round(&first, 1, &[], &proposed(&[&a]), &stamp("Karin")).await.unwrap();
        store.everywhere().save_round(&second, 1, &[], &proposed(&[&a, &b]), &stamp("Karin")).await.unwrap();
        assert_eq!(store.everywhere().lapsed(&second).await.unwrap(), []);
        store
            .everywhere()
            .approve(
                &first,
                2,
                std::slice::from_ref(&a.id),
                |_, _| None,
                |_, _| Vec::new(),
                cast::TODAY,
                &stamp("Karin"),
            )
            .await
            .unwrap();
        assert_eq!(store.everywhere().lapsed(&second).await.unwrap(), [(a.id, store::Lapse::Mentee)]);
        let mut full = cast::hassan();
        full.capacity = 1;
        full.open_pairs = 1;
        store.everywhere().save(&full, 1, &["capacity"], &stamp("Karin")).await.unwrap();
        let lapsed = store.everywhere().lapsed(&second).await.unwrap();
        assert!(lapsed.contains(&(b.id, store::Lapse::Mentor)), "{lapsed:?}");
    })
    .await;
}

#[tokio::test]
async fn a_pair_that_breaks_a_rule_by_now_undoes_the_whole_approval() {
    each(async |store| {
        people(&store).await;
        let id = round(&store, "Höst").await;
        let both = [cast::amina().id, cast::bjorn().id];
        let rule = |mentee: &Mentee, mentor: &Mentor| {
            assert!(mentee.paired && mentor.open_pairs > 0, "the records are those of the transaction");
            (mentee.name == "Björn Öster").then(|| mentoring::Say::new("broken-approved"))
        };
        let refused =
            store.everywhere().approve(&id, 1, &both, rule, |_, _| Vec::new(), cast::TODAY, &stamp("Karin")).await;
        assert!(matches!(refused, Err(Error::Broken { ref mentee, .. }) if mentee == "Björn Öster"), "{refused:?}");
        assert_eq!(store.everywhere().pairs(&PairFilter::default(), 0, 10).await.unwrap().1, 0);
        assert_eq!(store.everywhere().round(&id).await.unwrap().version, 1);
    })
    .await;
}

/// Somebody counts a mentor's pairs and then inserts one, as careless code does: the check finds it.
#[tokio::test]
async fn a_planted_count_then_insert_is_caught() {
    each(async |store| {
        people(&store).await;
        assert_eq!(store.faults().await.unwrap(), []);
        for mentee in [cast::amina().id, cast::bjorn().id] {
            let planted = format!(
                "INSERT INTO pair (id, programme, mentee, mentor, made, state, due) SELECT '{mentee}', 'muf', '{mentee}', \
                 id, '2026-11-23', 'asked-mentor', '2026-11-30' FROM mentor WHERE id = '{}' AND capacity > (SELECT COUNT(*) FROM pair \
                 WHERE pair.mentor = mentor.id AND closed IS NULL)",
                cast::hassan().id
            );
            store.run_for_test(planted.leak()).await.unwrap();
        }
        let faults = store.faults().await.unwrap();
        assert!(faults.contains(&("mentor-places", cast::hassan().id.to_string())), "{faults:?}");
        assert!(faults.iter().any(|fault| fault.0 == "mentee-state"), "{faults:?}");
        assert!(faults.iter().any(|fault| fault.0 == "phases"), "a state that nothing began: {faults:?}");
    })
    .await;
}
