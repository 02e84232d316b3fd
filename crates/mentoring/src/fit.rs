//! How well a mentee and a mentor fit, in points and in words.

use crate::criteria::{Term, given, terms};
use crate::language::Language;
use crate::mentee::Mentee;
use crate::mentor::Mentor;
use crate::pair::Side;
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
    say: Say,
}

impl Reason {
    /// It in words: to the mentor or the mentee of the pair, or to whoever works with the programme.
    pub fn text(&self, language: Language, to: Option<Side>) -> String {
        self.say.clone().with("to", to.map_or("staff", Side::code)).text(language)
    }
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

/// What a mentee is judged by, to be asked of many mentors.
pub(crate) struct Scale {
    given: [(Criterion, u16); 5],
    terms: Vec<Term>,
}

impl Scale {
    /// Empty for a mentee of another programme: nobody has points then.
    pub(crate) fn of(mentee: &Mentee, setting: &Setting) -> Self {
        match setting.programme_of(mentee) {
            Some(programme) => {
                Self { given: given(mentee, programme, mentee.waited(setting.today)), terms: terms(mentee, programme) }
            }
            None => Self { given: [(Criterion::Needs, 0); 5], terms: Vec::new() },
        }
    }

    pub(crate) fn by_criterion(&self, mentor: &Traits) -> [u16; Criterion::ALL.len()] {
        let mut points = [0; Criterion::ALL.len()];
        for (criterion, given) in self.given {
            points[criterion as usize] += given;
        }
        for term in &self.terms {
            points[term.criterion as usize] += term.got(mentor);
        }
        points
    }

    pub(crate) fn points(&self, mentor: &Traits) -> u16 {
        self.by_criterion(mentor).iter().sum()
    }
}

/// The points of a pair by criterion, in the order of [`Criterion::ALL`], without words.
pub fn points(mentee: &Mentee, mentor: &Mentor, setting: &Setting) -> [u16; Criterion::ALL.len()] {
    Scale::of(mentee, setting).by_criterion(&Traits::of(mentor))
}

/// The fit of a pair, whether a rule forbids it or not; no points for a mentee of another programme.
pub fn fit(mentee: &Mentee, mentor: &Mentor, setting: &Setting) -> Fit {
    let scale = Scale::of(mentee, setting);
    let traits = Traits::of(mentor);
    let points = scale.by_criterion(&traits);
    let mut reasons = Vec::new();
    for term in &scale.terms {
        if let Some(say) = term.sentence(mentee, &traits) {
            let (got, most) = (term.got(&traits), term.most());
            reasons.push(Reason { criterion: term.criterion, sense: Sense::of(got, most), points: got, most, say });
        }
    }
    reasons.sort_by_key(|reason| (reason.sense, reason.criterion, std::cmp::Reverse(reason.most)));
    Fit { total: points.iter().sum(), points, reasons }
}
