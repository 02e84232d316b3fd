//! Experience of the same or a related industry.

use super::{Feature, Term};
use crate::mentee::Mentee;
use crate::programme::Criterion;
use crate::reference::Industry;
use crate::say::Say;

const RELATED: u8 = 1;
const SAME: u8 = 2;

pub(super) fn code(industry: Industry, known: &[Industry]) -> u8 {
    // Sections are single letters: a byte is quicker to compare than text.
    let section = |industry: Industry| industry.entry().section.as_bytes()[0];
    if known.contains(&industry) {
        SAME
    } else {
        u8::from(known.iter().any(|&other| section(other) == section(industry))) * RELATED
    }
}

pub(super) fn terms(mentee: &Mentee, weight: u16) -> Vec<Term> {
    let term = |industry| {
        Term::new(Criterion::Industry, Feature::Industry(industry), weight, |code| match code {
            SAME => 100,
            RELATED => 70,
            _ => 0,
        })
    };
    mentee.industry.map(term).into_iter().collect()
}

/// Half the points where the mentee has no industry yet.
pub(super) fn given(mentee: &Mentee, weight: u16) -> u16 {
    if mentee.industry.is_none() { weight / 2 } else { 0 }
}

pub(super) fn sentence(industry: Industry, code: u8) -> Say {
    let key = match code {
        SAME => "reason-industry-same",
        RELATED => "reason-industry-related",
        _ => "reason-industry-other",
    };
    Say::new(key).with("industry", industry.names())
}
