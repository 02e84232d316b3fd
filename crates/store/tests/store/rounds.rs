use mentoring::{Act, Id, Scenario, Setting, cast};
use store::{Error, NewRound, Proposals, RoundState, Snapshot, Store};

use super::{each, people, stamp};

pub(super) fn proposals() -> Proposals {
    let pair = |mentee: Id, mentor: Id| (mentee, mentor, 700);
    Proposals {
        pairs: vec![pair(cast::amina().id, cast::greta().id), pair(cast::bjorn().id, cast::hassan().id)],
        total: 1400,
        proof: "{}".to_owned(),
    }
}

pub(super) async fn round(store: &Store, name: &str) -> Id {
    let id = Id::of("round", name);
    let new = NewRound {
        organisation: "syd".to_owned(),
        id: id.clone(),
        name: name.to_owned(),
        setting: cast::setting(),
        rules_version: "1".to_owned(),
        fingerprint: "f".to_owned(),
        people: Snapshot { mentees: vec![cast::amina(), cast::bjorn()], mentors: vec![cast::greta(), cast::hassan()] },
    };
    store.everywhere().create_round(&new, &proposals(), &stamp("Karin")).await.unwrap();
    id
}

#[tokio::test]
async fn a_round_keeps_what_it_saw() {
    each(async |store| {
        people(&store).await;
        let id = round(&store, "Höst").await;
        let mut greta = cast::greta();
        greta.about = "Ändrad efteråt".to_owned();
        store.everywhere().put_people(&[greta], &[], &stamp("Per")).await.unwrap();
        let seen = store.everywhere().round_people(&id).await.unwrap();
        assert!(seen.mentors.contains(&cast::greta()), "as it was when the round was made");
        let row = store.everywhere().round(&id).await.unwrap();
        let setting: Setting = cast::setting();
        assert_eq!((row.setting, row.mentees, row.pairs, row.total), (setting, 2, 2, 1400));
        assert_eq!(store.everywhere().proposals(&id).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn of_two_acts_on_the_same_version_the_second_is_refused() {
    each(async |store| {
        people(&store).await;
        let id = round(&store, "Höst").await;
        let act = Act::Withdraw { mentee: cast::amina().id };
        store.everywhere().save_round(&id, 1, std::slice::from_ref(&act), &proposals(), &stamp("Karin")).await.unwrap();
        let late = store.everywhere().save_round(&id, 1, &[], &proposals(), &stamp("Per")).await;
        assert!(matches!(late, Err(Error::Changed { ref by, .. }) if by == "Karin"), "{late:?}");
        assert_eq!(store.everywhere().round(&id).await.unwrap().acts, [act]);
    })
    .await;
}

#[tokio::test]
async fn scenarios_are_kept_by_name() {
    each(async |store| {
        people(&store).await;
        let id = round(&store, "Höst").await;
        let scenario = Scenario {
            name: "På distans".to_owned(),
            weights: None,
            rules_off: [mentoring::Rule::Distance].into(),
            remote_for_all: true,
            shared: false,
            more_places: vec![(cast::greta().id, 1)],
        };
        store.everywhere().keep_scenario(&id, &scenario, &stamp("Karin")).await.unwrap();
        let taken = store.everywhere().keep_scenario(&id, &scenario, &stamp("Per")).await;
        assert!(matches!(taken, Err(Error::Taken)), "a colleague's is not overwritten");
        assert_eq!(store.everywhere().scenarios(&id).await.unwrap(), [scenario]);
        store.everywhere().drop_scenario(&id, "På distans", &stamp("Karin")).await.unwrap();
        assert_eq!(store.everywhere().scenarios(&id).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn an_approved_round_can_no_longer_be_changed() {
    each(async |store| {
        people(&store).await;
        let id = round(&store, "Höst").await;
        store
            .everywhere()
            .approve(&id, 1, &[cast::amina().id], |_, _| None, |_, _| Vec::new(), cast::TODAY, &stamp("Karin"))
            .await
            .unwrap();
        assert_eq!(store.everywhere().round(&id).await.unwrap().state, RoundState::Approved);
        let late = store.everywhere().save_round(&id, 2, &[], &proposals(), &stamp("Per")).await;
        assert!(matches!(late, Err(Error::Changed { .. })), "{late:?}");
    })
    .await;
}
