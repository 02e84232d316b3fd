//! What a match is judged by: one file a criterion.
//!
//! Each criterion gives a mentee some *terms*. A term looks at one feature of a mentor, which has at
//! most sixteen values, and has points for each value. Nothing else makes points: the engine, the
//! score bars and the reasons in words all read the same terms.

mod industry;
mod joint;
mod needs;
mod practical;
mod stage;
mod values;
mod wishes;

use crate::choices::{Goal, Value};
use crate::mentee::Mentee;
use crate::programme::{Criterion, Programme};
use crate::reference::{Area, Competence, Industry, Municipality};
use crate::say::Say;
use crate::traits::{Crowd, Traits};

pub(crate) use industry::{Trades, rivals_of};
pub(crate) use joint::join;
pub(crate) use practical::{Tongues, unreachable};
pub(crate) use wishes::unwanted_genders;

/// A feature of mentors with at most sixteen values.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Feature {
    Competence(Competence),
    Value(Value),
    Goal(Goal),
    Stages,
    Sizes,
    Industry(Industry),
    /// How a mentor can meet somebody in this municipality.
    Reach(Municipality),
    Times,
    /// How well a mentor can talk with somebody who has these languages.
    Tongues(Tongues),
    Gender,
    Interest(Area),
    /// In which of a group of counties the mentor's own company is, if it is of this industry.
    Rivals(Industry, u8),
    /// Whether the mentor belongs to this organisation.
    Organisation(String),
    /// Whether the mentor takes part in this programme.
    Programme(String),
}

impl Feature {
    /// The value of the feature for a mentor: 0 to 15.
    pub(crate) fn code(&self, mentor: &Traits) -> u8 {
        match self {
            Self::Competence(competence) => mentor.competences[competence.index()],
            Self::Value(value) => mentor.values[*value as usize],
            Self::Goal(goal) => mentor.goals >> *goal as u8 & 1,
            Self::Stages => mentor.stages,
            Self::Sizes => mentor.sizes,
            Self::Industry(industry) => industry::code(*industry, mentor.trades),
            Self::Reach(municipality) => practical::reach(*municipality, &mentor.spot),
            Self::Times => mentor.times,
            Self::Tongues(tongues) => tongues.common(mentor.tongues),
            Self::Gender => wishes::gender(mentor.mentor),
            Self::Interest(area) => wishes::interest(*area, mentor),
            Self::Rivals(industry, group) => industry::rivals(*industry, *group, &mentor.spot),
            Self::Organisation(code) => u8::from(mentor.mentor.organisation == *code),
            Self::Programme(code) => u8::from(mentor.mentor.programmes.contains(code)),
        }
    }

    /// The value for each of many mentors, in their order.
    fn codes(&self, crowd: &Crowd) -> Vec<u8> {
        match self {
            Self::Reach(municipality) => practical::reaches(*municipality, &crowd.spots),
            Self::Rivals(industry, group) => {
                crowd.spots.iter().map(|spot| industry::rivals(*industry, *group, spot)).collect()
            }
            _ => crowd.traits.iter().map(|traits| self.code(traits)).collect(),
        }
    }
}

/// Points by the value of one feature.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    pub(crate) criterion: Criterion,
    pub(crate) feature: Feature,
    pub(crate) points: [u16; 16],
}

impl Term {
    /// A term whose best value gives all of `most`, the others a percentage of it.
    fn new(criterion: Criterion, feature: Feature, most: u16, percent: impl Fn(u8) -> u16) -> Self {
        let points = std::array::from_fn(|code| (u32::from(most) * u32::from(percent(code as u8)) / 100) as u16);
        Self { criterion, feature, points }
    }

    /// The points that a mentor has by it.
    pub(crate) fn got(&self, mentor: &Traits) -> u16 {
        self.points[usize::from(self.feature.code(mentor))]
    }

    pub(crate) fn most(&self) -> u16 {
        self.points.iter().copied().max().unwrap_or(0)
    }

    /// The term in words for a mentor; `None` where there is nothing worth saying.
    pub(crate) fn sentence(&self, mentee: &Mentee, traits: &Traits) -> Option<Say> {
        let (code, mentor) = (self.feature.code(traits), traits.mentor);
        match &self.feature {
            Feature::Competence(competence) => Some(needs::sentence(*competence, code)),
            Feature::Value(value) => values::sentence(*value, values::answer(&mentee.values, *value), code),
            Feature::Goal(goal) => Some(values::goal_sentence(*goal, code)),
            Feature::Stages => Some(stage::stage_sentence(mentee.stage, code)),
            Feature::Sizes => Some(stage::size_sentence(mentee.size, code)),
            Feature::Industry(industry) => Some(industry::sentence(*industry, code)),
            Feature::Reach(municipality) => Some(practical::reach_sentence(mentee, *municipality, mentor, code)),
            Feature::Times => Some(practical::times_sentence(mentee, mentor)),
            Feature::Tongues(_) => Some(practical::tongues_sentence(mentee, mentor)),
            Feature::Gender => wishes::gender_sentence(mentee, code),
            Feature::Interest(area) => wishes::interest_sentence(*area, code),
            Feature::Rivals(..) | Feature::Organisation(_) | Feature::Programme(_) => None,
        }
    }
}

/// The terms of a mentee in a programme, in the order of the criteria.
pub(crate) fn terms(mentee: &Mentee, programme: &Programme) -> Vec<Term> {
    let mut terms = Vec::new();
    add_terms(mentee, programme, &mut terms);
    terms
}

/// The same into room that is there already.
pub(crate) fn add_terms(mentee: &Mentee, programme: &Programme, terms: &mut Vec<Term>) {
    let weights = &programme.weights;
    needs::terms(mentee, weights.needs, terms);
    values::terms(mentee, weights.values, terms);
    stage::terms(mentee, weights.stage, terms);
    industry::terms(mentee, weights.industry, terms);
    practical::terms(mentee, weights.practical, terms);
    wishes::terms(mentee, weights.wishes, terms);
    terms.retain(|term| term.most() > 0);
}

/// Points that every mentor gives this mentee: for waiting, and for parts of a criterion that the
/// mentee has no answer to, which should count neither for nor against anybody.
pub(crate) fn given(mentee: &Mentee, programme: &Programme, waited: u32) -> [(Criterion, u16); 5] {
    let weights = &programme.weights;
    let full = programme.full_wait.max(1);
    let waiting = u32::from(weights.waiting) * waited.min(full) / full;
    let no_needs = if mentee.needs.is_empty() { weights.needs / 2 } else { 0 };
    [
        (Criterion::Needs, no_needs),
        (Criterion::Values, values::given(mentee, weights.values)),
        (Criterion::Industry, industry::given(mentee, weights.industry)),
        (Criterion::Wishes, wishes::given(mentee, weights.wishes)),
        (Criterion::Waiting, waiting as u16),
    ]
}

/// Nothing is divided into more parts: nobody can need more competences than there are.
const MOST_PARTS: usize = Traits::MOST;

/// Divides whole points by shares so that nothing is lost (largest remainder, earlier first).
fn split(points: u16, shares: &[u32]) -> [u16; MOST_PARTS] {
    let sum: u32 = shares.iter().sum::<u32>().max(1);
    let (mut parts, mut remainders) = ([0; MOST_PARTS], [0; MOST_PARTS]);
    for (at, share) in shares.iter().enumerate() {
        let exact = u32::from(points) * share;
        (parts[at], remainders[at]) = ((exact / sum) as u16, exact % sum);
    }
    for _ in 0..remainders[..shares.len()].iter().sum::<u32>() / sum {
        let most = (0..shares.len()).max_by_key(|&at| (remainders[at], std::cmp::Reverse(at)));
        if let Some(at) = most {
            parts[at] += 1;
            remainders[at] = 0;
        }
    }
    parts
}

/// One part of points divided evenly among some, the first getting what does not divide.
fn part(points: u16, among: usize, at: usize) -> u16 {
    let among = among as u16;
    points / among + u16::from((at as u16) < points % among)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_divided_without_loss() {
        assert_eq!(split(100, &[1, 1, 1])[..4], [34, 33, 33, 0]);
        assert_eq!(split(10, &[3, 2, 1])[..4], [5, 3, 2, 0]);
        assert_eq!(split(7, &[]), [0; MOST_PARTS]);
        assert_eq!(split(7, &[0, 0]), [0; MOST_PARTS]);
        assert_eq!([0, 1, 2].map(|at| part(100, 3, at)), [34, 33, 33]);
    }
}
