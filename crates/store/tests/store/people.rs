use mentoring::{Competence, Id, Mentee, Mentor, cast};
use store::{Error, Filter, Saved};

use super::{each, people, stamp};

#[tokio::test]
async fn people_come_back_as_they_were() {
    each(async |store| {
        people(&store).await;
        assert_eq!(store.everywhere().one::<Mentor>(&cast::greta().id).await.unwrap(), (cast::greta(), 1));
        assert_eq!(store.everywhere().one::<Mentee>(&cast::amina().id).await.unwrap(), (cast::amina(), 1));
        let missing = store.everywhere().one::<Mentor>(&Id::of("mentor", "nobody")).await;
        assert!(matches!(missing, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn the_same_people_twice_change_nothing() {
    each(async |store| {
        people(&store).await;
        let again = store.everywhere().put_people(&[cast::greta()], &[cast::amina()], &stamp("Per")).await.unwrap();
        assert_eq!(again, Saved { added: 0, changed: 0, same: 2 });
        let mut greta = cast::greta();
        greta.about = "Ny text".to_owned();
        let changed = store.everywhere().put_people(&[greta.clone()], &[], &stamp("Per")).await.unwrap();
        assert_eq!(changed, Saved { added: 0, changed: 1, same: 0 });
        assert_eq!(store.everywhere().one::<Mentor>(&greta.id).await.unwrap(), (greta, 2));
    })
    .await;
}

#[tokio::test]
async fn search_knows_swedish_letters_and_filters_narrow() {
    each(async |store| {
        people(&store).await;
        let find = async |filter: Filter| {
            let page = store.everywhere().list::<Mentee>(&filter, 0, 10).await.unwrap();
            (page.people.iter().map(|mentee| mentee.name.clone()).collect::<Vec<_>>(), page.total)
        };
        let text = |text: &str| Filter { text: text.to_owned(), ..Filter::default() };
        assert_eq!(find(text("ÅBERG")).await, (vec!["Amina Åberg".to_owned()], 1));
        assert_eq!(find(text("öster ronneby")).await, (vec!["Björn Öster".to_owned()], 1));
        assert_eq!(find(text("100%")).await.1, 0);
        assert_eq!(find(text("_")).await.1, 0);
        let competence = Filter { competence: Competence::from_code("F1"), ..Filter::default() };
        assert_eq!(find(competence).await.0, ["Björn Öster"]);
        assert_eq!(find(Filter { programme: Some("muf".to_owned()), ..Filter::default() }).await.1, 2);
        assert_eq!(find(Filter { organisation: Some("nord".to_owned()), ..Filter::default() }).await.1, 0);
        let second = store.everywhere().list::<Mentee>(&Filter::default(), 1, 1).await.unwrap();
        assert_eq!((second.people[0].name.as_str(), second.total), ("Björn Öster", 2));
    })
    .await;
}

#[tokio::test]
async fn two_who_change_the_same_record_never_overwrite_each_other_silently() {
    each(async |store| {
        people(&store).await;
        let (mut first, version) = store.everywhere().one::<Mentor>(&cast::greta().id).await.unwrap();
        let mut second = first.clone();
        first.about = "Karins text".to_owned();
        second.about = "Pers text".to_owned();
        store.everywhere().save(&first, version, &["about"], &stamp("Karin")).await.unwrap();
        let late = store.everywhere().save(&second, version, &["about"], &stamp("Per")).await;
        assert!(matches!(late, Err(Error::Changed { ref by, .. }) if by == "Karin"), "{late:?}");
        assert_eq!(store.everywhere().one::<Mentor>(&first.id).await.unwrap().0.about, "Karins text");
        assert_eq!(store.everywhere().history::<Mentor>(&first.id).await.unwrap()[0].actor, "Karin");

        let (mut amina, version) = store.everywhere().one::<Mentee>(&cast::amina().id).await.unwrap();
        amina.about = "Ändrad".to_owned();
        store.everywhere().save(&amina, version, &["about"], &stamp("Karin")).await.unwrap();
        let late = store.everywhere().save(&amina, version, &["about"], &stamp("Per")).await;
        assert!(matches!(late, Err(Error::Changed { ref by, .. }) if by == "Karin"), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn tallies_count_who_waits_and_what_places_there_are() {
    each(async |store| {
        people(&store).await;
        let blekinge = store
            .everywhere()
            .tallies(cast::TODAY)
            .await
            .unwrap()
            .into_iter()
            .find(|tally| tally.county.code() == "10")
            .unwrap();
        assert_eq!((blekinge.waiting, blekinge.mentors, blekinge.places), (2, 1, 1));
        // Nobody can be proposed without a valid agreement, on a pause, or before approval.
        let pause = mentoring::Pause { from: cast::TODAY, until: cast::TODAY };
        for (version, greta) in [
            Mentor { approved: false, ..cast::greta() },
            Mentor { agreement_until: None, ..cast::greta() },
            Mentor { pause: Some(pause), ..cast::greta() },
        ]
        .into_iter()
        .enumerate()
        {
            store.everywhere().save(&greta, version as i64 + 1, &[], &stamp("Karin")).await.unwrap();
            let tallies = store.everywhere().tallies(cast::TODAY).await.unwrap();
            let blekinge = tallies.into_iter().find(|tally| tally.county.code() == "10").unwrap();
            assert_eq!((blekinge.mentors, blekinge.places), (0, 0), "{version}");
            let listed = async |state: &str| {
                let filter = Filter { state: state.to_owned(), today: cast::TODAY, ..Filter::default() };
                store.everywhere().list::<Mentor>(&filter, 0, 10).await.unwrap().total
            };
            assert_eq!((listed("free").await, listed("away").await), (1, 1), "{version}");
        }
    })
    .await;
}

#[tokio::test]
async fn somebody_is_added_once_and_the_history_says_what_changed() {
    each(async |store| {
        people(&store).await;
        let mut new = cast::bjorn();
        new.email = "ny@example.org".to_owned();
        new.id = Id::of("mentee", &new.email);
        store.everywhere().add(&new, &stamp("Karin")).await.unwrap();
        assert!(matches!(store.everywhere().add(&new, &stamp("Per")).await, Err(Error::Taken)));
        let (same, version) = store.everywhere().one::<Mentee>(&new.id).await.unwrap();
        assert_eq!((same, version), (new.clone(), 1));
        store.everywhere().save(&new, 1, &["about", "times"], &stamp("Per")).await.unwrap();
        assert_eq!(store.everywhere().one::<Mentee>(&new.id).await.unwrap().1, 2);
        let events = store.everywhere().history::<Mentee>(&new.id).await.unwrap();
        let told: Vec<(&str, &str)> = events.iter().map(|event| (event.kind.as_str(), event.detail.as_str())).collect();
        assert_eq!(told, [("mentee-changed", r#"{"fields":["about","times"]}"#), ("mentee-added", "{}")]);
        let imported = store.everywhere().history::<Mentor>(&cast::greta().id).await.unwrap();
        assert_eq!((imported.len(), imported[0].kind.as_str()), (1, "mentor-added"), "those of a file too");
    })
    .await;
}

#[tokio::test]
async fn who_leaves_the_queue_is_in_no_round_and_can_return() {
    each(async |store| {
        people(&store).await;
        let amina = cast::amina().id;
        store.everywhere().leave(&amina, true, cast::TODAY, &stamp("Karin")).await.unwrap();
        assert!(store.everywhere().has_left(&amina).await.unwrap());
        let waiting = store.everywhere().people(&store::Scope::default()).await.unwrap().0;
        assert_eq!(waiting.iter().map(|mentee| mentee.name.as_str()).collect::<Vec<_>>(), ["Björn Öster"]);
        assert_eq!(store.everywhere().list::<Mentee>(&Filter::default(), 0, 10).await.unwrap().total, 1);
        let closed = Filter { state: "closed".to_owned(), ..Filter::default() };
        assert_eq!(store.everywhere().list::<Mentee>(&closed, 0, 10).await.unwrap().total, 1);
        let twice = store.everywhere().leave(&amina, true, cast::TODAY, &stamp("Per")).await;
        assert!(matches!(twice, Err(Error::Changed { ref by }) if by == "Karin"), "{twice:?}");
        store.everywhere().leave(&amina, false, cast::TODAY, &stamp("Per")).await.unwrap();
        let waited = Filter { order: "waited".to_owned(), ..Filter::default() };
        let names = store.everywhere().list::<Mentee>(&waited, 0, 10).await.unwrap().people;
        assert_eq!(names.iter().map(|mentee| mentee.name.as_str()).collect::<Vec<_>>(), ["Amina Åberg", "Björn Öster"]);
        let full = Filter { state: "full".to_owned(), ..Filter::default() };
        assert_eq!(store.everywhere().list::<Mentor>(&full, 0, 10).await.unwrap().total, 0);
    })
    .await;
}

#[tokio::test]
async fn who_applies_again_waits_again_and_meets_nobody_twice() {
    each(async |store| {
        people(&store).await;
        let amina = cast::amina();
        store.everywhere().leave(&amina.id, true, cast::TODAY, &stamp("Karin")).await.unwrap();
        let same = Mentee { about: "Ny text".to_owned(), ..amina.clone() };
        store.everywhere().put_people(&[], &[same], &stamp("Per")).await.unwrap();
        assert!(store.everywhere().has_left(&amina.id).await.unwrap(), "a corrected record is no new application");
        let again = Mentee { waiting_since: cast::TODAY, ..amina.clone() };
        store.everywhere().put_people(&[], &[again], &stamp("Per")).await.unwrap();
        assert!(!store.everywhere().has_left(&amina.id).await.unwrap(), "a later day is");

        // A pair of last year's that has ended: back in the queue from today, and never the same mentor.
        let greta = cast::greta().id;
        let day = |text: &str| text.parse().unwrap();
        let pair = ("muf".to_owned(), cast::bjorn().id, greta.clone(), day("2025-01-10"), Some(day("2026-01-10")));
        store.put_earlier_pairs(&[pair]).await.unwrap();
        assert!(store.everywhere().has_left(&cast::bjorn().id).await.unwrap());
        store.everywhere().leave(&cast::bjorn().id, false, cast::TODAY, &stamp("Karin")).await.unwrap();
        let waiting = store.everywhere().people(&store::Scope::default()).await.unwrap().0;
        let bjorn = waiting.iter().find(|mentee| mentee.id == cast::bjorn().id).unwrap();
        assert_eq!((bjorn.waiting_since, bjorn.earlier.as_slice()), (cast::TODAY, [greta].as_slice()));
    })
    .await;
}

#[tokio::test]
async fn a_programme_is_filtered_by_its_whole_code() {
    each(async |store| {
        people(&store).await;
        let total = async |code: &str| {
            let filter = Filter { programme: Some(code.to_owned()), ..Filter::default() };
            let mentees = store.everywhere().list::<Mentee>(&filter, 0, 10).await.unwrap().total;
            (mentees, store.everywhere().list::<Mentor>(&filter, 0, 10).await.unwrap().total)
        };
        assert_eq!((total("muf").await, total("mu").await, total("uf").await), ((2, 2), (0, 0), (0, 0)));
    })
    .await;
}
