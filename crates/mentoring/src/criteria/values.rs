//! Likeness in values and working style, and a mentor who likes to help with the mentee's goals.

use super::{Feature, Term, part, split};
use crate::choices::{Goal, Value};
use crate::mentee::Mentee;
use crate::programme::Criterion;
use crate::say::Say;

/// Two thirds for values, one third for goals.
fn parts(weight: u16) -> (u16, u16) {
    let [values, goals, ..] = split(weight, &[2, 1]);
    (values, goals)
}

/// The answer on a scale, 1 to 5, or 0 if there is none.
pub(super) fn answer(answers: &[(Value, u8)], value: Value) -> u8 {
    answers.iter().find(|answer| answer.0 == value).map_or(0, |answer| answer.1.min(5))
}

pub(super) fn terms(mentee: &Mentee, weight: u16, terms: &mut Vec<Term>) {
    let (values, goals) = parts(weight);
    let answered = Value::ALL.iter().enumerate().filter_map(|(at, &value)| {
        let own = answer(&mentee.values, value);
        let most = part(values, Value::ALL.len(), at);
        (own > 0).then(|| {
            Term::new(Criterion::Values, Feature::Value(value), most, |code| match code {
                0 | 6.. => 50,
                other => 100 - 25 * u16::from(own.abs_diff(other)),
            })
        })
    });
    terms.extend(answered);
    let wanted = mentee.goals.iter().enumerate().map(|(at, &goal)| {
        let most = part(goals, mentee.goals.len(), at);
        Term::new(Criterion::Values, Feature::Goal(goal), most, |code| if code == 1 { 100 } else { 0 })
    });
    terms.extend(wanted);
}

/// Half the points of every scale without an answer, and of the goals if there are none.
pub(super) fn given(mentee: &Mentee, weight: u16) -> u16 {
    let (values, goals) = parts(weight);
    let unanswered = Value::ALL.iter().enumerate().filter(|(_, value)| answer(&mentee.values, **value) == 0);
    let open: u16 = unanswered.map(|(at, _)| part(values, Value::ALL.len(), at)).sum();
    let open = open + if mentee.goals.is_empty() { goals } else { 0 };
    open / 2
}

pub(super) fn sentence(value: Value, own: u8, other: u8) -> Option<Say> {
    let key = match own.abs_diff(other) {
        _ if other == 0 => return None,
        0 => "reason-value-same",
        1 => "reason-value-near",
        2 => "reason-value-apart",
        _ => "reason-value-opposite",
    };
    Some(Say::new(key).with("value", value.names()).with("mentee", u32::from(own)).with("mentor", u32::from(other)))
}

pub(super) fn goal_sentence(goal: Goal, code: u8) -> Say {
    Say::new(if code == 1 { "reason-goal-shared" } else { "reason-goal-missing" }).with("goal", goal.names())
}
