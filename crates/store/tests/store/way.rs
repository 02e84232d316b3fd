//! The way of a pair: acts in any order, from several hands at once, on both databases.

use jiff::civil::Date;
use jiff::{SignedDuration, Span};
use mentoring::{
    Booking, BookingState, EndReason, Entry, EntryKind, Evidence, Id, MeetingForm, Mentee, Mentor, NoReason, Occasion,
    Pair, Plan, Say, Seat, Side, Step, cast,
};
use store::{Booked, BookingRow, Done, Error, PairFilter, Store};

use super::rounds::round;
use super::{each, people, stamp};

/// Approves the round's proposal for Amina; answers the pair.
async fn asked(store: &Store) -> Id {
    people(store).await;
    let id = round(store, "Höst").await;
    let told = |_: &Pair, _: &store::Parties| Vec::new();
    let amina = [cast::amina().id];
    store.everywhere().approve(&id, 1, &amina, |_, _| None, told, cast::TODAY, &stamp("Karin")).await.unwrap();
    store.everywhere().pairs(&PairFilter::default(), 0, 1).await.unwrap().0[0].pair.id.clone()
}

/// An act on a pair.
type Rule<'a> = &'a dyn Fn(&mut Pair) -> Result<Step, Say>;

async fn act(store: &Store, id: &Id, rule: impl FnOnce(&mut Pair) -> Result<Step, Say>) -> store::Result<Pair> {
    store.everywhere().change_pair(id, |pair, _| rule(pair).map(Done::from), &stamp("Karin")).await
}

#[tokio::test]
async fn a_no_gives_the_place_back_and_the_mentee_waits_from_the_first_day() {
    each(async |store| {
        let id = asked(&store).await;
        let before = store.everywhere().one::<Mentee>(&cast::amina().id).await.unwrap().0;
        assert!(before.paired);
        act(&store, &id, |pair| pair.answer(Side::Mentor, Err(NoReason::Time), cast::TODAY)).await.unwrap();
        let after = store.everywhere().one::<Mentee>(&cast::amina().id).await.unwrap().0;
        assert!(!after.paired && after.waiting_since == cast::amina().waiting_since);
        assert_eq!(store.everywhere().one::<Mentor>(&cast::greta().id).await.unwrap().0.open_pairs, 0);
        let phases = store.phases("pair", &id).await.unwrap();
        let told: Vec<_> = phases.iter().map(|it| (it.state.as_str(), it.cause.as_str(), it.reason.as_str())).collect();
        assert_eq!(told, [("asked-mentor", "pair-made", ""), ("declined", "pair-mentor-no", "time")]);
        assert_eq!((phases[0].until.as_ref(), phases[1].until.as_ref()), (Some(&phases[1].since), None));
        let (waiting, _) = store.everywhere().people(&store::Scope::default()).await.unwrap();
        let amina = waiting.iter().find(|mentee| mentee.id == cast::amina().id).unwrap();
        assert!(amina.earlier.contains(&cast::greta().id), "whoever has said no is not asked again");
        let late = act(&store, &id, |pair| pair.answer(Side::Mentor, Ok(()), cast::TODAY)).await;
        assert!(matches!(late, Err(Error::Refused(ref say)) if say.key == "pair-over"), "{late:?}");
        assert_eq!(store.faults().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn every_column_of_a_state_comes_back_as_it_was() {
    each(async |store| {
        let id = asked(&store).await;
        let day = |days: i32| cast::TODAY.saturating_add(Span::new().days(days));
        let steps: [(&str, Rule); 9] = [
            ("asked-mentor", &|pair| pair.pass(day(3))),
            ("asked-mentee", &|pair| pair.answer(Side::Mentor, Ok(()), day(3))),
            ("agreeing", &|pair| pair.answer(Side::Mentee, Ok(()), day(4))),
            ("agreeing", &|pair| pair.agree(Side::Mentee, day(9))),
            ("active", &|pair| pair.agree(Side::Mentor, day(10))),
            ("paused", &|pair| pair.pause(day(60), day(40))),
            ("active", &|pair| pair.resume(day(50))),
            ("active", &|pair| pair.extend(day(500), day(300))),
            ("early", &|pair| pair.end_early(EndReason::Reached, day(400))),
        ];
        for (state, step) in steps {
            let made = act(&store, &id, step).await.unwrap();
            let kept = store.everywhere().pair(&id).await.unwrap();
            assert_eq!((made.state.code(), &made), (state, &kept.pair));
            assert_eq!(store.faults().await.unwrap(), [], "{state}");
        }
        assert_eq!(store.everywhere().pair(&id).await.unwrap().reason, "reached");
        let left = store.everywhere().has_left(&cast::amina().id).await.unwrap();
        assert!(left, "whoever has reached the goals does not wait");
    })
    .await;
}

#[tokio::test]
async fn time_reminds_and_lapses() {
    each(async |store| {
        let id = asked(&store).await;
        let due = |day: Date| {
            let store = store.clone();
            async move { store.pairs_due(day).await.unwrap().len() }
        };
        assert_eq!(due(cast::TODAY).await, 0);
        let reminder = cast::TODAY.saturating_add(Span::new().days(3));
        assert_eq!(due(reminder).await, 1);
        act(&store, &id, |pair| pair.pass(reminder)).await.unwrap();
        assert_eq!(due(reminder).await, 0, "once");
        let late = cast::TODAY.saturating_add(Span::new().days(8));
        act(&store, &id, |pair| pair.pass(late)).await.unwrap();
        assert_eq!(store.everywhere().pair(&id).await.unwrap().pair.state.code(), "lapsed");
        assert_eq!(due(late).await, 0);
    })
    .await;
}

fn no_gap(phases: &[store::Phase]) {
    for both in phases.windows(2) {
        assert_eq!(both[0].until.as_ref(), Some(&both[1].since), "no gap, no overlap");
    }
}

/// One thing that is not an act on the pair itself: a time, somebody more, something written; done or refused, and
/// never anything else.
async fn beside(store: &Store, id: &Id, draw: &mut impl FnMut(u64) -> u64, turn: &str, today: Date) -> usize {
    let everywhere = store.everywhere();
    let (by, now) = (stamp("Karin"), stamp("Karin").at);
    let hours = |hours: u64| now.checked_add(SignedDuration::from_hours(hours as i64)).unwrap();
    let plan = Plan { minutes: 60, form: MeetingForm::Phone, place: String::new() };
    let new = Id::of("beside", turn);
    let quiet = |kind| Booked { kind, mails: Vec::new(), met: None };
    let which = draw(7);
    let done = match which {
        0 => {
            let times = [hours(1 + draw(500)), hours(1 + draw(500))];
            let Ok(booking) = Booking::asked(new, Seat::Host, &times, plan, now) else { return 0 };
            let row = BookingRow { booking, occasion: Occasion::Meeting, subject: id.clone(), host: None };
            everywhere.make_booking(&row, &quiet("booking-asked"), &by).await
        }
        1 | 2 => {
            let all = everywhere.bookings(Occasion::Meeting, id).await.unwrap();
            let Some(row) = all.get(draw(3) as usize) else { return 0 };
            let (what, later) = (draw(6), hours(draw(900)));
            let rule = |booking: &mut Booking| {
                let first = match &booking.state {
                    BookingState::Asked { times, .. } => times[0],
                    _ => now,
                };
                let kind = match what {
                    0 | 1 => booking.choose(Seat::Guest, first, now)?,
                    2 => booking.refuse(Seat::Guest, now)?,
                    3 => booking.cancel(now)?,
                    4 => booking.tell(true, later)?,
                    _ => booking.pass(later)?,
                };
                Ok(quiet(kind))
            };
            everywhere.change_booking(&row.booking.id, rule, &by).await.map(drop)
        }
        3 => everywhere.join(&new, (id, Side::Mentor, &third().id), today, &[], &by).await,
        4 => {
            let all = everywhere.companions(id).await.unwrap();
            let Some(it) = all.first() else { return 0 };
            everywhere.part(id, &it.id, today, &by).await
        }
        5 => {
            let writer = everywhere.pair(id).await.unwrap().pair.mentor;
            let Ok(entry) = Entry::new(new, writer, EntryKind::Message, "Hej.", None, "", today) else { return 0 };
            store.write_entry(id, &entry, ("", 0), &[], &by).await
        }
        _ => store.clear_room(id, &by).await,
    };
    match done {
        Ok(()) => 1,
        // Refused by a rule, or gone meanwhile.
        Err(Error::Refused(_) | Error::NotFound) => 0,
        // The pair does not meet, or no longer does.
        Err(Error::Changed { .. }) if which == 0 => 0,
        Err(other) => panic!("{other:?}"),
    }
}

/// A mentor with places for companions only.
fn third() -> Mentor {
    let email = "third@example.org".to_owned();
    Mentor { id: Id::of("mentor", &email), email, capacity: 2, ..cast::greta() }
}

/// Four hands on two servers do legal and illegal acts at once, while the mentees are proposed again and again;
/// whatever comes of it, nothing forbidden does.
#[tokio::test(flavor = "multi_thread")]
async fn no_order_of_acts_by_several_at_once_leads_to_a_forbidden_state() {
    each(async |store| {
        let mentee = |number: usize| {
            let email = format!("mentee{number}@example.org");
            Mentee { id: Id::of("mentee", &email), email, ..cast::bjorn() }
        };
        let mentees: Vec<Mentee> = (0..6).map(mentee).collect();
        let mentors = [cast::hassan(), cast::greta()].map(|mentor| Mentor { capacity: 3, ..mentor });
        let mentors = [mentors[0].clone(), mentors[1].clone(), third()];
        // On PostgreSQL a second server with connections of its own; SQLite has one.
        let servers = [store.clone(), store.again_for_test().await];
        store.everywhere().put_people(&mentors, &mentees, &stamp("Karin")).await.unwrap();
        let hands = (0..4_u64).map(|hand| {
            let (store, mentees) = (servers[hand as usize % 2].clone(), mentees.clone());
            tokio::spawn(async move {
                let mut chance = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(hand + 1);
                let mut draw = |below: u64| {
                    chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (chance >> 33) % below
                };
                let mut today = cast::TODAY;
                let mut done = 0;
                for turn in 0..600 {
                    today = today.saturating_add(Span::new().days(draw(4) as i64));
                    let mentor = if draw(2) == 0 { cast::hassan() } else { cast::greta() };
                    let some = &mentees[draw(6) as usize];
                    if draw(4) == 0 {
                        let new = Id::of("round", &format!("{hand} {turn}"));
                        let people = store::Snapshot::default();
                        let new = store::NewRound {
                            organisation: "syd".to_owned(),
                            id: new,
                            name: format!("{hand} {turn}"),
                            setting: cast::setting(),
                            rules_version: "1".to_owned(),
                            fingerprint: "f".to_owned(),
                            people,
                        };
                        let pairs = vec![(some.id.clone(), mentor.id, 500)];
                        let proposals = store::Proposals { pairs, ..super::rounds::proposals() };
                        store.everywhere().create_round(&new, &proposals, &stamp("Karin")).await.unwrap();
                        let told = |_: &Pair, _: &store::Parties| Vec::new();
                        let made = [some.id.clone()];
                        let by = stamp("Karin");
                        match store.everywhere().approve(&new.id, 1, &made, |_, _| None, told, today, &by).await {
                            Ok(_) => done += 1,
                            Err(Error::NoPlace { .. } | Error::Paired { .. }) => {}
                            Err(other) => panic!("{other:?}"),
                        }
                        continue;
                    }
                    let state = if draw(4) == 0 { String::new() } else { "open".to_owned() };
                    let filter = PairFilter { state, ..PairFilter::default() };
                    let pairs = store.everywhere().pairs(&filter, 0, 4).await.unwrap().0;
                    let Some(row) = pairs.get(draw(4) as usize) else { continue };
                    if draw(3) == 0 {
                        done += beside(&store, &row.pair.id, &mut draw, &format!("{hand} {turn}"), today).await;
                        continue;
                    }
                    let until = today.saturating_add(Span::new().days(draw(60) as i64));
                    let what = draw(12);
                    let acted = act(&store, &row.pair.id, |pair| match what {
                        0 | 1 => pair.answer(Side::Mentor, Ok(()), today),
                        2 | 3 => pair.answer(Side::Mentee, Ok(()), today),
                        4 => pair.answer(Side::Mentee, Err(NoReason::Person), today),
                        5 => pair.agree(Side::Mentor, today),
                        6 => pair.agree(Side::Mentee, today),
                        7 => pair.pause(until, today),
                        8 => pair.resume(today),
                        9 => pair.end_early(EndReason::Change, today),
                        10 => pair.complete(Evidence { evaluated: true, met: true }, today),
                        _ => pair.pass(today),
                    });
                    match acted.await {
                        Ok(_) => done += 1,
                        Err(Error::Refused(_)) => {}
                        Err(other) => panic!("{other:?}"),
                    }
                }
                done
            })
        });
        let hands: Vec<_> = hands.collect();
        let mut done = 0;
        for hand in hands {
            done += hand.await.unwrap();
        }
        assert!(done > 100, "{done} acts were done");
        assert_eq!(store.faults().await.unwrap(), []);
        for row in store.everywhere().pairs(&PairFilter::default(), 0, 1000).await.unwrap().0 {
            let phases = store.phases("pair", &row.pair.id).await.unwrap();
            assert_eq!(phases.last().unwrap().state, row.pair.state.code());
            no_gap(&phases);
            for it in store.everywhere().bookings(Occasion::Meeting, &row.pair.id).await.unwrap() {
                let phases = store.phases("booking", &it.booking.id).await.unwrap();
                assert_eq!(phases.last().unwrap().state, it.booking.code());
                no_gap(&phases);
            }
        }
    })
    .await;
}

/// Somebody joins each of many pairs in the moment in which it ends, on another server.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_joins_a_pair_that_ends_at_the_same_time() {
    each(async |store| {
        let mentee = |number: usize| {
            let email = format!("mentee{number}@example.org");
            Mentee { id: Id::of("mentee", &email), email, ..cast::bjorn() }
        };
        let mentees: Vec<Mentee> = (0..60).map(mentee).collect();
        let (first, more) = (Mentor { capacity: 60, ..cast::greta() }, Mentor { capacity: 60, ..third() });
        let programme = mentees[0].programme.clone();
        store.everywhere().put_people(&[first.clone(), more.clone()], &mentees, &stamp("Karin")).await.unwrap();
        let pairs: Vec<_> =
            mentees.iter().map(|it| (programme.clone(), it.id.clone(), first.id.clone(), cast::TODAY, None)).collect();
        store.put_earlier_pairs(&pairs).await.unwrap();
        let pairs = store.everywhere().pairs(&PairFilter::default(), 0, 100).await.unwrap().0;
        let other = store.again_for_test().await;
        let (mut joined, mut refused) = (0, 0);
        for (at, row) in pairs.iter().enumerate() {
            let (id, person, today) = (row.pair.id.clone(), more.id.clone(), cast::TODAY);
            let (one, two) = (store.clone(), other.clone());
            let ended = id.clone();
            let joins = tokio::spawn(async move {
                let by = stamp("Karin");
                let new = Id::of("join", &at.to_string());
                one.everywhere().join(&new, (&id, Side::Mentor, &person), today, &[], &by).await
            });
            let ends =
                tokio::spawn(async move { act(&two, &ended, |pair| pair.end_early(EndReason::Time, today)).await });
            match joins.await.unwrap() {
                Ok(()) => joined += 1,
                Err(Error::Refused(_)) => refused += 1,
                Err(other) => panic!("{other:?}"),
            }
            ends.await.unwrap().unwrap();
        }
        assert_eq!(joined + refused, 60);
        assert_eq!(store.faults().await.unwrap(), [], "{joined} joined in time, {refused} too late");
    })
    .await;
}
