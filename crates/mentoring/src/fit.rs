//! How well a mentee and a mentor fit, in points and in words.

use crate::criteria::{given, terms};
use crate::mentee::Mentee;
use crate::mentor::Mentor;
use crate::programme::Criterion;
use crate::rules::Setting;
use crate::say::Say;
use crate::traits::Traits;

/// The points of a pair with everything that made them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// All points: what the engine counts for the pair.
    pub total: u16,
    /// The points by criterion, in the order of [`Criterion::ALL`].
    pub points: [u16; Criterion::ALL.len()],
    /// Reasons, those that gave most points first within each sense.
    pub reasons: Vec<Reason>,
}

/// One reason for or against a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What it is about.
    pub criterion: Criterion,
    /// Whether it speaks for or against.
    pub sense: Sense,
    /// Points it gave.
    pub points: u16,
    /// Points it could have given.
    pub most: u16,
    /// In words.
    pub say: Say,
}

/// Whether something asked for is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sense {
    /// It is there (at least four fifths of the points).
    Meets,
    /// Partly.
    Partly,
    /// It is missing (less than a quarter of the points).
    Missing,
}

impl Sense {
    fn of(points: u16, most: u16) -> Self {
        match (u32::from(points), u32::from(most)) {
            (points, most) if 5 * points >= 4 * most => Self::Meets,
            (points, most) if 4 * points >= most => Self::Partly,
            _ => Self::Missing,
        }
    }
}

/// The fit of a pair, whether a rule forbids it or not; no points for a mentee of another programme.
pub fn fit(mentee: &Mentee, mentor: &Mentor, setting: &Setting) -> Fit {
    let mut points = [0; Criterion::ALL.len()];
    let Some(programme) = setting.programme_of(mentee) else {
        return Fit { total: 0, points, reasons: Vec::new() };
    };
    for (criterion, given) in given(mentee, programme, mentee.waited(setting.today)) {
        points[criterion as usize] += given;
    }
    let traits = Traits::of(mentor);
    let mut reasons = Vec::new();
    for term in terms(mentee, programme) {
        let got = term.points[usize::from(term.feature.code(&traits))];
        points[term.criterion as usize] += got;
        if let Some(say) = term.sentence(mentee, mentor) {
            let most = term.most();
            reasons.push(Reason { criterion: term.criterion, sense: Sense::of(got, most), points: got, most, say });
        }
    }
    reasons.sort_by_key(|reason| (reason.sense, reason.criterion, std::cmp::Reverse(reason.most)));
    Fit { total: points.iter().sum(), points, reasons }
}
