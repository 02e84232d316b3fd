//! Needs met by competences: importance × level, with some credit within the same area.

use super::{Feature, MOST_PARTS, Term, split};
use crate::mentee::Mentee;
use crate::programme::Criterion;
use crate::reference::Competence;
use crate::say::Say;

const NEARBY: u8 = 1;
const SOME: u8 = 2;
const EXPERIENCED: u8 = 3;
pub(super) const EXPERT: u8 = 4;

pub(super) fn terms(mentee: &Mentee, weight: u16, terms: &mut Vec<Term>) {
    let mut shares = [0; MOST_PARTS];
    for (share, (_, importance)) in shares.iter_mut().zip(&mentee.needs) {
        *share = importance.share();
    }
    let parts = split(weight, &shares[..mentee.needs.len().min(MOST_PARTS)]);
    let term = |(&(competence, _), most): (&(Competence, _), u16)| {
        Term::new(Criterion::Needs, Feature::Competence(competence), most, |code| match code {
            EXPERT => 100,
            EXPERIENCED => 85,
            SOME => 50,
            NEARBY => 30,
            _ => 0,
        })
    };
    terms.extend(mentee.needs.iter().zip(parts).map(term));
}

pub(super) fn sentence(competence: Competence, code: u8) -> Say {
    let key = match code {
        EXPERT => "reason-need-expert",
        EXPERIENCED => "reason-need-experienced",
        SOME => "reason-need-some",
        NEARBY => "reason-need-nearby",
        _ => "reason-need-missing",
    };
    Say::new(key).with("competence", competence.names()).with("area", competence.entry().area.names())
}
