//! Features that share a plane of the engine.
//!
//! A plane has room for sixteen values, and most features have few. What is asked for together is laid together where it
//! has room: a competence and the mentor's liking for its area, a value and a goal. Of the sixteen look-ups that a mentee
//! takes, two are saved.

use super::needs::EXPERT;
use super::{Feature, Term};
use crate::choices::Goal;
use crate::traits::Crowd;

/// Answers on a scale, 1 to 5, and none.
const ANSWERS: u8 = 6;

/// Something near and the levels of a competence, and none.
const LEVELS: u8 = EXPERT + 1;

impl Feature {
    /// How many values this feature has, and one that is told in the same plane. No rule asks for such a feature.
    pub(crate) fn guest(&self) -> Option<(u8, Self)> {
        match self {
            Self::Competence(competence) => Some((LEVELS, Self::Interest(competence.entry().area))),
            Self::Value(value) => Some((ANSWERS, Self::Goal(Goal::ALL[*value as usize]))),
            _ => None,
        }
    }

    /// The value for each of many mentors, in their order, with that of the guest.
    pub(crate) fn plane(&self, crowd: &Crowd) -> Vec<u8> {
        let mut codes = self.codes(crowd);
        if let Some((values, guest)) = self.guest() {
            for (code, guest) in codes.iter_mut().zip(guest.codes(crowd)) {
                *code += values * guest;
            }
        }
        codes
    }
}

/// Gives the points of a guest to its host where a mentee asks for both: what is left are terms by plane.
pub(crate) fn join(terms: &mut Vec<Term>) {
    let mut at = 0;
    while at < terms.len() {
        let guest = terms[at].feature.guest();
        let values = guest.as_ref().map_or(16, |&(values, _)| usize::from(values));
        // Guests come after their hosts.
        let guest = guest.and_then(|(_, guest)| (at + 1..terms.len()).rev().find(|&at| terms[at].feature == guest));
        let more = guest.map_or([0; 16], |at| terms.swap_remove(at).points);
        let own = terms[at].points;
        terms[at].points = std::array::from_fn(|code| own[code % values] + more[code / values]);
        at += 1;
    }
}
