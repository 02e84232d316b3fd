use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;

const MONDAY: Date = date(2026, 11, 23);

fn asked() -> Pair {
    let id = |name| Id::of("test", name);
    Pair::proposed(id("pair"), "msf".to_owned(), id("mentee"), id("mentor"), MONDAY)
}

fn agreeing() -> Pair {
    let mut pair = asked();
    pair.answer(Side::Mentor, Ok(()), MONDAY).unwrap();
    pair.answer(Side::Mentee, Ok(()), MONDAY).unwrap();
    pair
}

fn active() -> Pair {
    let mut pair = agreeing();
    pair.agree(Side::Mentee, MONDAY).unwrap();
    pair.agree(Side::Mentor, MONDAY).unwrap();
    pair
}

#[test]
fn the_mentor_answers_first_and_then_the_mentee() {
    let mut pair = asked();
    assert_eq!(pair.answer(Side::Mentee, Ok(()), MONDAY), Err(Say::new("pair-other-is-asked")));
    assert_eq!(pair.answer(Side::Mentor, Ok(()), MONDAY).unwrap().kind, "pair-mentor-yes");
    assert_eq!(pair.state.code(), "asked-mentee");
    assert_eq!(pair.answer(Side::Mentor, Ok(()), MONDAY), Err(Say::new("pair-other-is-asked")));
    let step = pair.answer(Side::Mentee, Err(NoReason::Distance), MONDAY).unwrap();
    assert_eq!((step.kind, step.reason), ("pair-mentee-no", "distance"));
    assert!(!pair.is_open() && pair.mentee_waits(None), "whoever says no waits for another");
    assert_eq!(pair.answer(Side::Mentee, Ok(()), MONDAY), Err(Say::new("pair-over")));
}

#[test]
fn whoever_does_not_answer_is_reminded_once_and_then_the_mentee_waits_again() {
    let mut pair = asked();
    assert_eq!(pair.due(date(2026, 11, 25)), None);
    assert_eq!(pair.due(date(2026, 11, 26)), Some(Due::Remind(Side::Mentor)), "two working days before");
    pair.pass(date(2026, 11, 26)).unwrap();
    assert_eq!(pair.pass(date(2026, 11, 30)), Err(Say::new("pair-nothing-due")), "the last day is there to be used");
    assert_eq!(pair.pass(date(2026, 12, 1)).unwrap().kind, "pair-mentor-silent");
    assert!(pair.mentee_waits(None));
    assert_eq!(pair.answer(Side::Mentor, Ok(()), date(2026, 12, 1)), Err(Say::new("pair-lapsed-already")));
}

#[test]
fn a_pair_begins_when_both_have_accepted_the_agreement() {
    let mut pair = agreeing();
    assert_eq!(pair.agree(Side::Mentee, MONDAY).unwrap().kind, "pair-mentee-agreed");
    assert_eq!(pair.agree(Side::Mentee, MONDAY), Err(Say::new("pair-agreed-already")));
    assert_eq!(pair.state.code(), "agreeing");
    assert_eq!(pair.agree(Side::Mentor, date(2026, 12, 1)).unwrap().kind, "pair-started");
    assert_eq!(pair.state.term(), Some(Term { from: date(2026, 12, 1), until: date(2027, 12, 1) }));
    assert_eq!(pair.take_back(MONDAY), Err(Say::new("pair-has-begun")));
}

#[test]
fn a_break_costs_no_time_together() {
    let mut pair = active();
    assert_eq!(pair.pause(date(2026, 11, 22), MONDAY), Err(Say::new("pair-pause-past")));
    assert_eq!(pair.pause(date(2027, 8, 1), MONDAY), Err(Say::new("pair-pause-long")));
    pair.pause(date(2026, 12, 22), MONDAY).unwrap();
    assert_eq!(pair.due(date(2026, 12, 22)), None, "its last day belongs to the break");
    assert_eq!(pair.clone().pass(date(2026, 12, 23)).unwrap().kind, "pair-resumed");
    pair.pass(date(2027, 1, 7)).unwrap();
    assert_eq!(pair.state.term().unwrap().until, date(2027, 12, 23), "thirty days, not the days nobody looked");
}

#[test]
fn whoever_is_let_down_waits_again_and_whoever_is_done_does_not() {
    for (why, waits) in
        [(EndReason::Change, true), (EndReason::Left, true), (EndReason::Untold, true), (EndReason::Reached, false)]
    {
        let mut pair = active();
        assert_eq!(pair.end_early(why, MONDAY).unwrap().reason, why.code());
        assert_eq!(pair.mentee_waits(Some(why)), waits, "{why:?}");
    }
    assert_eq!(asked().end_early(EndReason::Other, MONDAY), Err(Say::new("pair-not-answered")));
}

#[test]
fn a_pair_is_not_completed_before_somebody_has_said_what_it_gave() {
    let mut pair = active();
    let evidence = |evaluated, met| Evidence { evaluated, met };
    assert_eq!(pair.complete(evidence(false, true), MONDAY), Err(Say::new("pair-not-evaluated")));
    assert_eq!(pair.complete(evidence(true, false), MONDAY), Err(Say::new("pair-never-met")));
    assert_eq!(pair.complete(evidence(true, true), MONDAY).unwrap().kind, "pair-completed");
    assert!(!pair.is_open() && !pair.mentee_waits(None));
    assert_eq!(agreeing().complete(evidence(true, true), MONDAY), Err(Say::new("pair-not-begun")));
}

#[test]
fn whoever_has_not_accepted_the_agreement_is_reminded_once() {
    let mut pair = agreeing();
    let after = |days: i32| MONDAY.saturating_add(Span::new().days(days));
    assert_eq!((pair.due(after(9)), pair.due(after(10))), (None, Some(Due::RemindToAgree)));
    assert_eq!(pair.pass(after(10)).unwrap().kind, "pair-agreement-reminded");
    assert_eq!(pair.due(after(40)), None, "a coordinator sees to it");
    pair.agree(Side::Mentor, after(41)).unwrap();
    assert_eq!(pair.agree(Side::Mentee, after(41)).unwrap().kind, "pair-started");
}

#[test]
fn an_extension_moves_the_end_on_and_not_too_far() {
    let mut pair = active();
    assert_eq!(pair.extend(date(2027, 11, 23), MONDAY), Err(Say::new("pair-extension-short")));
    assert_eq!(pair.extend(date(2028, 11, 24), MONDAY), Err(Say::new("pair-extension-long")));
    pair.extend(date(2028, 2, 23), MONDAY).unwrap();
    assert_eq!(pair.state.term().unwrap().until, date(2028, 2, 23));
}

/// Does one act, legal or not.
fn act(pair: &mut Pair, act: u8, days: i32, today: Date) -> Option<Step> {
    let day = today.saturating_add(Span::new().days(days));
    let no = NoReason::ALL[usize::from(act) % NoReason::ALL.len()];
    match act % 11 {
        0 => pair.answer(Side::Mentor, Ok(()), today).ok(),
        1 => pair.answer(Side::Mentee, Ok(()), today).ok(),
        2 => pair.answer(Side::Mentor, Err(no), today).ok(),
        3 => pair.answer(Side::Mentee, Err(no), today).ok(),
        4 => pair.agree(Side::Mentor, today).ok(),
        5 => pair.agree(Side::Mentee, today).ok(),
        6 => pair.pause(day, today).ok(),
        7 => pair.resume(today).ok(),
        8 => pair.extend(day, today).ok(),
        9 if days > 100 => pair.complete(Evidence { evaluated: days > 150, met: days % 2 == 0 }, today).ok(),
        9 => pair.pass(today).ok(),
        _ => pair.take_back(today).ok(),
    }
}

proptest! {
    /// Whatever is done in whatever order: what is over stays over, a refusal changes nothing, nobody is a
    /// pair without two yeses and two agreements, and a term never ends before it begins.
    #[test]
    fn no_order_of_acts_leads_to_a_forbidden_state(
        acts in prop::collection::vec((any::<u8>(), -3_i32..200, 0_i32..20), 1..60),
    ) {
        let mut pair = asked();
        let mut today = MONDAY;
        let mut done: Vec<&str> = Vec::new();
        for (what, days, passed) in acts {
            today = today.saturating_add(Span::new().days(passed));
            let before = pair.clone();
            let step = act(&mut pair, what, days, today);
            prop_assert_eq!(step.is_none(), before == pair, "a refusal changes nothing, an act something");
            prop_assert!(before.is_open() || step.is_none(), "over is over");
            done.extend(step.map(|step| step.kind));
            if pair.state.term().is_some() {
                for needed in ["pair-mentor-yes", "pair-mentee-yes", "pair-started"] {
                    prop_assert!(done.contains(&needed), "{needed} before {done:?}");
                }
            }
            if let Some(term) = pair.state.term() {
                prop_assert!(term.from < term.until);
            }
            prop_assert_eq!(pair.is_open(), PairState::OPEN.contains(&pair.state.code()));
        }
    }
}

#[test]
fn a_mentor_who_leaves_takes_nobody_along() {
    for (mut pair, how, waits) in
        [(asked(), "withdrawn", true), (agreeing(), "withdrawn", true), (active(), "early", true)]
    {
        let step = pair.mentor_leaves(MONDAY).unwrap();
        assert_eq!(pair.state.code(), how);
        assert_eq!(pair.mentee_waits(EndReason::from_code(step.reason)), waits);
        assert_eq!(pair.mentor_leaves(MONDAY), Err(Say::new("pair-over")));
    }
}
