use super::*;
use proptest::prelude::*;

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn plan() -> Plan {
    Plan::new(90, MeetingForm::Place, " Storgatan 1 ").unwrap()
}

fn now() -> Timestamp {
    moment("2026-11-23T09:00:00Z")
}

fn at(hour: i64) -> Timestamp {
    now() + SignedDuration::from_hours(hour)
}

fn asked() -> Booking {
    Booking::asked(Id::from_number(1), Seat::Host, &[at(48), at(24)], plan(), now()).unwrap()
}

#[test]
fn what_is_proposed_lies_ahead_and_is_few() {
    let asked = |times: &[Timestamp]| {
        Booking::asked(Id::from_number(1), Seat::Host, times, plan(), now()).map_err(|say| say.key)
    };
    assert_eq!(asked(&[]), Err("booking-times"));
    assert_eq!(asked(&[at(1), at(2), at(3), at(4)]), Err("booking-times"));
    assert_eq!(asked(&[at(1), at(0)]), Err("booking-past"));
    assert_eq!(asked(&[at(367 * 24)]), Err("booking-far"));
    assert!(asked(&[at(1), at(1), at(2), at(3)]).is_ok(), "the same time twice is one time");
}

#[test]
fn a_place_is_short_and_a_video_meeting_has_a_link() {
    let plan = |minutes, form, place: &str| Plan::new(minutes, form, place).map_err(|say| say.key);
    assert_eq!(plan(90, MeetingForm::Place, " Storgatan 1 ").unwrap().place, "Storgatan 1");
    assert!(plan(30, MeetingForm::Video, "https://meet.example/abc").is_ok());
    assert_eq!(plan(30, MeetingForm::Video, ""), Err("booking-no-link"), "nobody could come");
    assert_eq!(plan(30, MeetingForm::Place, " "), Err("booking-no-place"));
    assert!(plan(30, MeetingForm::Phone, "").is_ok(), "the two have each other's numbers");
    assert_eq!(plan(30, MeetingForm::Video, "javascript:alert(1)"), Err("booking-link"));
    assert_eq!(plan(30, MeetingForm::Place, &"a".repeat(301)), Err("booking-place"));
    assert_eq!(plan(30, MeetingForm::Place, "a\nb"), Err("booking-place"));
    assert_eq!(plan(0, MeetingForm::Phone, ""), Err("meeting-length"));
}

#[test]
fn the_other_one_chooses_a_time_that_was_proposed() {
    let mut booking = asked();
    assert_eq!(booking.chooses(), Some(Seat::Guest));
    assert_eq!(booking.choose(Seat::Host, at(24), now()).unwrap_err().key, "booking-own");
    assert_eq!(booking.choose(Seat::Guest, at(25), now()).unwrap_err().key, "booking-other-time");
    assert_eq!(booking.choose(Seat::Guest, at(24), at(24)).unwrap_err().key, "booking-past");
    assert_eq!(booking.choose(Seat::Guest, at(24), now()).unwrap(), "booking-made");
    assert_eq!((booking.at(), booking.sequence), (Some(at(24)), 1));
    assert_eq!(booking.choose(Seat::Guest, at(48), now()).unwrap_err().key, "booking-chosen");
}

#[test]
fn a_time_holds_until_another_is_chosen() {
    let mut booking = asked();
    booking.choose(Seat::Guest, at(24), now()).unwrap();
    let other = Plan::new(30, MeetingForm::Phone, "070").unwrap();
    assert_eq!(booking.propose(Seat::Guest, &[at(72)], other.clone(), now()).unwrap(), "booking-asked");
    assert_eq!((booking.at(), &booking.plan), (Some(at(24)), &plan()), "nothing has changed yet");
    let mut kept = booking.clone();
    assert_eq!(kept.refuse(Seat::Host, now()).unwrap(), "booking-kept");
    assert_eq!((kept.code(), kept.at(), kept.sequence), ("booked", Some(at(24)), 1));
    assert_eq!(booking.choose(Seat::Host, at(72), now()).unwrap(), "booking-moved");
    assert_eq!((booking.at(), booking.plan.clone(), booking.sequence), (Some(at(72)), other, 2));
    assert_eq!(booking.cancel(now()).unwrap(), "booking-cancelled");
    assert_eq!((booking.code(), booking.sequence), ("cancelled", 3), "calendars hear of it");
}

#[test]
fn what_came_of_it_is_told_once_and_not_before() {
    let mut booking = asked();
    assert_eq!(booking.tell(true, at(99)).unwrap_err().key, "booking-none");
    booking.choose(Seat::Guest, at(24), now()).unwrap();
    assert_eq!(booking.tell(true, at(23)).unwrap_err().key, "booking-to-come");
    assert_eq!(booking.cancel(at(24)).unwrap_err().key, "booking-begun");
    assert_eq!(booking.tell(true, at(25)).unwrap(), "booking-held");
    assert_eq!(booking.tell(false, at(25)).unwrap_err().key, "booking-over");
}

#[test]
fn one_can_say_that_it_took_place_when_the_other_has_said_no() {
    let mut booking = asked();
    booking.choose(Seat::Guest, at(24), now()).unwrap();
    assert_eq!(booking.tell(false, at(25)).unwrap(), "booking-missed");
    assert_eq!(booking.tell(false, at(26)).unwrap_err().key, "booking-over");
    assert_eq!(booking.tell(true, at(26)).unwrap(), "booking-held");
    let mut off = asked();
    off.choose(Seat::Guest, at(24), now()).unwrap();
    off.cancel(at(1)).unwrap();
    assert_eq!(off.tell(true, at(26)).unwrap_err().key, "booking-over", "what was called off was not to be");
}

#[test]
fn whoever_is_to_choose_and_who_are_to_meet_are_reminded_once() {
    let mut booking = Booking::asked(Id::from_number(1), Seat::Host, &[at(200)], plan(), now()).unwrap();
    assert_eq!((booking.due(), booking.clone().pass(at(71)).ok()), (Some(at(72)), None));
    assert_eq!(booking.pass(at(72)).ok(), Some("booking-asked-again"));
    assert_eq!((booking.due(), booking.clone().pass(at(73)).ok()), (Some(at(200)), None), "once");
    booking.choose(Seat::Guest, at(200), at(80)).unwrap();
    assert_eq!((booking.due(), booking.clone().pass(at(175)).ok()), (Some(at(176)), None));
    assert_eq!(booking.pass(at(176)).ok(), Some("booking-soon"));
    assert_eq!(booking.pass(at(180)).ok(), None, "once");
    let soon = Booking::asked(Id::from_number(1), Seat::Host, &[at(95)], plan(), now()).unwrap();
    assert_eq!(soon.due(), Some(at(95)), "a reminder to choose would come on the day itself");
    let mut soon = Booking::booked(Id::from_number(1), at(71), plan(), now()).unwrap();
    assert_eq!(soon.pass(at(48)).ok(), None, "nobody has forgotten since the day before yesterday");
}

#[test]
fn time_asks_once_and_then_lets_it_rest() {
    let mut booking = asked();
    let mut lapsed = booking.clone();
    assert_eq!((lapsed.due(), lapsed.pass(at(47)).map_err(|say| say.key)), (Some(at(48)), Err("booking-none")));
    assert_eq!((lapsed.pass(at(48)).ok(), lapsed.code()), (Some("booking-lapsed"), "lapsed"));
    booking.choose(Seat::Guest, at(24), now()).unwrap();
    let end = at(24) + SignedDuration::from_mins(90);
    assert_eq!(booking.due(), Some(end + ASKED_AFTER));
    assert_eq!(booking.pass(at(26)).ok(), None);
    assert_eq!(booking.pass(at(28)).ok(), Some("booking-has-been"));
    assert_eq!(booking.pass(at(29)).ok(), None, "not twice");
    assert_eq!((booking.pass(end + TOLD_WITHIN).ok(), booking.code()), (Some("booking-untold"), "untold"));
    assert_eq!(booking.due(), None);
}

#[test]
fn a_meeting_that_begins_is_not_moved_any_more() {
    let mut booking = asked();
    booking.choose(Seat::Guest, at(24), now()).unwrap();
    booking.propose(Seat::Guest, &[at(72)], plan(), now()).unwrap();
    assert_eq!(booking.due(), Some(at(24)));
    assert_eq!(booking.choose(Seat::Host, at(72), at(24)).unwrap_err().key, "booking-begun");
    assert_eq!(booking.pass(at(24)).ok(), Some("booking-kept"));
    assert_eq!((booking.code(), booking.at()), ("booked", Some(at(24))));
}

proptest! {
    /// Whatever is done in whatever order: what is over stays, a refusal changes nothing, calendars are told in order,
    /// and time ends everything.
    #[test]
    fn no_order_of_acts_leads_to_a_forbidden_state(acts in prop::collection::vec((0_u8..7, 0_u8..2, 1_i64..90), 1..60)) {
        let mut booking = asked();
        let mut hour = 0;
        for (act, seat, ahead) in acts {
            hour += i64::from(act == 6) * ahead / 4;
            let seat = Seat::ALL[seat as usize];
            let before = booking.clone();
            let other = at(hour + ahead);
            let done = match act {
                0 => booking.propose(seat, &[other], plan(), at(hour)),
                1 => booking.rebook(other, plan(), at(hour)),
                2 => {
                    let time = match &booking.state { BookingState::Asked { times, .. } => times[0], _ => other };
                    booking.choose(seat, time, at(hour))
                }
                3 => booking.refuse(seat, at(hour)),
                4 => booking.cancel(at(hour)),
                5 => booking.tell(ahead % 2 == 0, at(hour)),
                _ => booking.pass(at(hour)),
            };
            if done.is_err() {
                prop_assert_eq!(&booking, &before);
            }
            let corrected = matches!(before.code(), "missed" | "untold") && booking.code() == "held";
            prop_assert!(before.is_open() || booking == before || corrected, "what is over stays");
            prop_assert!(booking.sequence >= before.sequence);
            let told = booking.at() != before.at() || (before.at().is_some() && booking.code() == "cancelled" && before.is_open());
            prop_assert!(!told || booking.sequence == before.sequence + 1, "{before:?} {booking:?}");
            prop_assert_eq!(booking.is_open(), booking.due().is_some());
        }
        let end = at(hour + 400 * 24);
        for _ in 0..4 {
            let _ = booking.pass(end);
        }
        prop_assert!(!booking.is_open(), "time ends everything");
    }
}
