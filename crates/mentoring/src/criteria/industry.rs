//! Experience of the same or a related industry.

use super::{Feature, Term};
use crate::mentee::Mentee;
use crate::programme::Criterion;
use crate::reference::{County, Industry};
use crate::say::Say;
use crate::traits::Spot;

const RELATED: u8 = 1;
const SAME: u8 = 2;

/// A set of industries and of the sections they lie in, a bit each.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Trades {
    industries: u128,
    sections: u32,
}

impl Trades {
    pub(crate) fn new(industries: impl Iterator<Item = Industry>) -> Self {
        industries.fold(Self::default(), |all, industry| {
            let one = Self::of(industry);
            Self { industries: all.industries | one.industries, sections: all.sections | one.sections }
        })
    }

    fn of(industry: Industry) -> Self {
        // Sections are single capital letters.
        let letter = industry.entry().section.as_bytes()[0] - b'A';
        Self { industries: 1 << industry.index(), sections: 1 << letter }
    }
}

pub(super) fn code(industry: Industry, known: Trades) -> u8 {
    let asked = Trades::of(industry);
    if known.industries & asked.industries != 0 {
        SAME
    } else {
        u8::from(known.sections & asked.sections != 0) * RELATED
    }
}

/// Counties to a group, so that each has a code of its own and 0 is none of them.
const GROUP: usize = 15;

/// The group of counties in which rivals of somebody in a county are looked for, and the code that they have there.
pub(crate) fn rivals_of(county: County) -> (u8, u8) {
    ((county.index() / GROUP) as u8, 1 + (county.index() % GROUP) as u8)
}

pub(super) fn rivals(industry: Industry, group: u8, spot: &Spot) -> u8 {
    if spot.own != Some(industry) {
        return 0;
    }
    let (of, code) = rivals_of(spot.municipality.county());
    if of == group { code } else { 0 }
}

pub(super) fn terms(mentee: &Mentee, weight: u16, terms: &mut Vec<Term>) {
    let term = |industry| {
        Term::new(Criterion::Industry, Feature::Industry(industry), weight, |code| match code {
            SAME => 100,
            RELATED => 70,
            _ => 0,
        })
    };
    terms.extend(mentee.industry.map(term));
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
