//! Why a mentee has no mentor, and the cheapest ways out.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use matching::{Change, Move, Unassigned};

use crate::board::Board;
use crate::fit::{Fit, Scale, fit};
use crate::mentor::Mentor;
use crate::programme::Rule;
use crate::rules::{Rulings, unavailable};
use crate::traits::Traits;

/// Why a mentee has no mentor, and what could be done.
#[derive(Clone, Debug)]
pub struct Why<'a> {
    /// How many mentors each rule stops, most first. A mentor may be stopped by several.
    pub stopped: Vec<(Rule, usize)>,
    /// Mentors that no rule stops.
    pub allowed: usize,
    /// What they lack with those; nothing if there are none.
    pub lack: Option<Lack<'a>>,
    /// The cheapest way of each kind, best first.
    pub ways: Vec<Way<'a>>,
}

/// What a mentee lacks with the mentors that no rule stops.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lack<'a> {
    /// Points: their places do more good elsewhere.
    Points {
        /// The mentor they came closest to.
        mentor: &'a Mentor,
        /// So many.
        by: i64,
    },
    /// A place: all are locked to others, or taken away.
    Place,
}

/// What would have to be given for a mentee to get a mentor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relief {
    /// One more place with a mentor whom the rules allow.
    Place,
    /// An exception from the one rule that stops the mentor.
    Exception(Rule),
}

/// A way out.
#[derive(Clone, Debug)]
pub struct Way<'a> {
    /// What it takes.
    pub relief: Relief,
    /// The mentor it would give.
    pub mentor: &'a Mentor,
    /// Kilometres between the two.
    pub km: u16,
    /// How the two fit.
    pub fit: Fit,
    /// What it does to the whole.
    pub change: Change,
    /// Whether the board can give it; else a record must change, and another round see it.
    pub on_board: bool,
}

/// A mentor who could be had for one relief.
struct Candidate<'a> {
    mentor: &'a Mentor,
    km: u16,
    points: u16,
    column: Option<usize>,
}

/// Candidates for each relief whose cost is worked out exactly.
const LOOKED_AT: usize = 6;

impl Board {
    fn lack(&self, row: usize) -> Option<Lack<'_>> {
        match self.solution().why_unassigned(row)? {
            Unassigned::NothingAllowed => None,
            Unassigned::NoPlace => Some(Lack::Place),
            Unassigned::Outbid { column, by } => Some(Lack::Points { mentor: self.round().mentor(column), by }),
        }
    }

    /// Why a mentee has no mentor, and the cheapest ways out.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn why(&self, row: usize) -> Why<'_> {
        let (round, mentee) = (self.round(), &self.round().mentees()[row]);
        let rulings = Rulings::of(mentee, round.setting());
        let scale = Scale::of(mentee, round.setting());
        let banned = self.banned().remove(&mentee.id).unwrap_or_default();
        let mut stopped: BTreeMap<Rule, usize> = BTreeMap::new();
        let mut allowed = 0;
        let mut candidates: BTreeMap<Relief, Vec<Candidate>> = BTreeMap::new();
        // Whom somebody has ruled out by hand is no way out.
        for mentor in round.mentors().iter().filter(|mentor| !banned.contains(&&mentor.id)) {
            let traits = Traits::of(mentor);
            let mut rules: Vec<Rule> = unavailable(mentor, round.setting()).iter().map(|broken| broken.rule).collect();
            rules.extend(
                rulings.broken(mentor, &traits).into_iter().filter(|rule| !rules.contains(rule)).collect::<Vec<_>>(),
            );
            for &rule in &rules {
                *stopped.entry(rule).or_default() += 1;
            }
            let relief = match rules.as_slice() {
                [] => {
                    allowed += 1;
                    Relief::Place
                }
                [Rule::Capacity] => Relief::Place,
                [rule] if Rule::OPTIONAL.contains(rule) || *rule == Rule::Organisation => Relief::Exception(*rule),
                _ => continue,
            };
            candidates.entry(relief).or_default().push(Candidate {
                mentor,
                km: mentee.municipality.distance(mentor.municipality),
                points: scale.points(&traits),
                column: round.column_of(&mentor.id),
            });
        }
        let mut ways: Vec<Way> =
            candidates.into_iter().filter_map(|(relief, candidates)| self.best_way(row, relief, candidates)).collect();
        ways.sort_by_key(|way| (-way.change.pairs, -way.change.points));
        let mut stopped: Vec<_> = stopped.into_iter().collect();
        stopped.sort_by_key(|&(_, count)| Reverse(count));
        Why { stopped, allowed, lack: self.lack(row), ways }
    }

    /// The best of the likeliest candidates for one relief.
    fn best_way<'a>(&'a self, row: usize, relief: Relief, mut candidates: Vec<Candidate<'a>>) -> Option<Way<'a>> {
        let worth = |candidate: &Candidate| {
            let price = candidate.column.map_or(0, |column| self.solution().price(column));
            // A place given to this mentee is taken from nobody.
            i64::from(candidate.points) - if relief == Relief::Place { 0 } else { price }
        };
        match relief {
            // The nearest first: the least exception that does it.
            Relief::Exception(Rule::Distance) => {
                candidates.sort_by_key(|candidate| (candidate.km, Reverse(worth(candidate))));
            }
            _ => candidates.sort_by_key(|candidate| (Reverse(worth(candidate)), candidate.km)),
        }
        let mentee = &self.round().mentees()[row];
        let way = |candidate: Candidate<'a>| {
            let change = self.change_by(row, relief, &candidate)?;
            let fit = fit(mentee, candidate.mentor, self.round().setting());
            let on_board = relief == Relief::Place && candidate.column.is_some();
            Some(Way { relief, mentor: candidate.mentor, km: candidate.km, fit, change, on_board })
        };
        let found = candidates.into_iter().take(LOOKED_AT).filter_map(way).enumerate();
        let by_points = !matches!(relief, Relief::Exception(Rule::Distance));
        let key = |at: usize, way: &Way| (way.change.pairs, if by_points { way.change.points } else { 0 }, Reverse(at));
        found.max_by_key(|(at, way)| key(*at, way)).map(|(_, way)| way)
    }

    fn change_by(&self, row: usize, relief: Relief, candidate: &Candidate) -> Option<Change> {
        match relief {
            // The place is new and the mentee without a mentor: nobody else has to move.
            Relief::Place => Some(Change {
                pairs: 1,
                points: i64::from(candidate.points),
                moved: vec![Move { row, from: None, to: candidate.column }],
            }),
            Relief::Exception(_) => {
                self.solution().choosing_as_if(row, candidate.column?, i32::from(candidate.points)).ok()
            }
        }
    }
}
