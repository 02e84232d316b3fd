//! The mentor's experience of a company of this stage and size.

use super::{Feature, Term, split};
use crate::choices::{Size, Stage};
use crate::mentee::Mentee;
use crate::programme::Criterion;
use crate::say::Say;

/// Whether a choice is in a mask of bits, or one step from it.
fn near(mask: u8, choice: u8) -> (bool, bool) {
    let has = |at: u8| mask >> at & 1 == 1;
    (has(choice), choice.checked_sub(1).is_some_and(has) || (choice < 3 && has(choice + 1)))
}

fn percent(mask: u8, choice: u8) -> u16 {
    match near(mask, choice) {
        (true, _) => 100,
        (false, true) => 50,
        (false, false) => 0,
    }
}

/// Three fifths for the stage, two for the size.
pub(super) fn terms(mentee: &Mentee, weight: u16, terms: &mut Vec<Term>) {
    let parts = split(weight, &[3, 2]);
    let (stage, size) = (mentee.stage as u8, mentee.size as u8);
    terms.extend([
        Term::new(Criterion::Stage, Feature::Stages, parts[0], |mask| percent(mask, stage)),
        Term::new(Criterion::Stage, Feature::Sizes, parts[1], |mask| percent(mask, size)),
    ]);
}

pub(super) fn stage_sentence(stage: Stage, mask: u8) -> Say {
    let key = match near(mask, stage as u8) {
        (true, _) => "reason-stage-known",
        (false, true) => "reason-stage-near",
        (false, false) => "reason-stage-unknown",
    };
    Say::new(key).with("stage", stage.names())
}

pub(super) fn size_sentence(size: Size, mask: u8) -> Say {
    let key = match near(mask, size as u8) {
        (true, _) => "reason-size-known",
        (false, true) => "reason-size-near",
        (false, false) => "reason-size-unknown",
    };
    Say::new(key).with("size", size.names())
}
