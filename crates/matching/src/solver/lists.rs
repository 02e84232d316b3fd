//! Each row's best columns at the prices of the day the list was made, and a bound on the rest.
//!
//! While prices only rise, no unlisted pair can beat the bound. Prices fall where places are filled (`refill`); the bound
//! is then loosened by the largest fall since the list was made.

use std::ops::Range;

use crate::prices::Prices;
use crate::problem::Problem;
use crate::scores::Scores;
use crate::threads;

/// A listed column and its score.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) column: u32,
    pub(crate) score: i32,
}

#[derive(Clone, Debug)]
pub(super) struct Lists {
    width: usize,
    entries: Vec<Entry>,
    lengths: Vec<u16>,
    bounds: Vec<i64>,
    fallen_when_made: Vec<i64>,
    fallen: i64,
    made: usize,
}

impl Lists {
    /// Of a row never scanned anything may be true.
    const UNKNOWN: i64 = i64::MAX / 4;

    pub(super) fn new(rows: usize, columns: usize) -> Self {
        let width = columns.min(24);
        Self {
            width,
            entries: vec![Entry { column: 0, score: 0 }; rows * width],
            lengths: vec![0; rows],
            bounds: vec![Self::UNKNOWN; rows],
            fallen_when_made: vec![0; rows],
            fallen: 0,
            made: 0,
        }
    }

    pub(super) fn of(&self, row: usize) -> &[Entry] {
        &self.entries[row * self.width..][..usize::from(self.lengths[row])]
    }

    /// So many have been made so far.
    pub(super) fn made(&self) -> usize {
        self.made
    }

    /// No allowed column outside the list has a score less price above this.
    pub(super) fn bound(&self, row: usize) -> i64 {
        self.bounds[row].saturating_add(self.fallen - self.fallen_when_made[row])
    }

    /// Prices have fallen, none by more than `most`.
    pub(super) fn loosen(&mut self, most: i64) {
        if self.fallen > Self::UNKNOWN - most {
            // Nothing more can be added up: all begins anew.
            *self = Self { made: self.made, ..Self::new(self.bounds.len(), self.width) };
        } else {
            self.fallen += most;
        }
    }

    pub(super) fn forget(&mut self, row: usize) {
        self.lengths[row] = 0;
        self.bounds[row] = Self::UNKNOWN;
        self.fallen_when_made[row] = self.fallen;
    }

    /// What the new list of a row cannot fall short of: a full old one is itself a candidate.
    fn promised(&self, row: usize, prices: &Prices) -> i64 {
        let value = |entry: &Entry| i64::from(entry.score) - prices.of(entry.column as usize);
        let old = self.of(row);
        if old.len() < self.width { i64::MIN } else { old.iter().map(value).min().map_or(i64::MIN, |least| least - 1) }
    }

    /// Makes the list of a row anew; pairs not above `floor` are of no use and need no place.
    pub(super) fn make<S: Scores>(&mut self, problem: &Problem<S>, prices: &Prices, row: usize, floor: i64) {
        let mut best = self.begin(prices, row, floor);
        best.look(problem, prices, row, 0..problem.columns());
        self.keep(prices, row, best);
    }

    /// Makes the lists of several rows, each with its floor, at the same prices: a part of the columns for all of them
    /// before the next, so that what is known of the columns stays at hand, and by as many threads as there are.
    pub(super) fn make_some<S: Scores>(&mut self, problem: &Problem<S>, prices: &Prices, rows: &[(u32, i64)]) {
        let lists = &*self;
        let made = threads::in_bands(rows.len(), problem.columns(), |band| {
            let begin = |&(row, floor): &(u32, i64)| (row as usize, lists.begin(prices, row as usize, floor));
            let mut some: Vec<(usize, Best)> = rows[band].iter().map(begin).collect();
            for columns in threads::tiles(problem.columns()) {
                for (row, best) in &mut some {
                    best.look(problem, prices, *row, columns.clone());
                }
            }
            some
        });
        for (row, best) in made.into_iter().flatten() {
            self.keep(prices, row, best);
        }
    }

    fn begin(&self, prices: &Prices, row: usize, floor: i64) -> Best {
        Best::new(self.width, floor.max(self.promised(row, prices)))
    }

    fn keep(&mut self, prices: &Prices, row: usize, mut best: Best) {
        best.finish();
        self.made += 1;
        self.bounds[row] = best.floor;
        self.fallen_when_made[row] = self.fallen;
        self.lengths[row] = best.kept.len() as u16;
        for (slot, candidate) in self.entries[row * self.width..].iter_mut().zip(&best.kept) {
            let column = candidate.column();
            *slot = Entry { column, score: (candidate.value() + prices.of(column as usize)) as i32 };
        }
    }
}

/// A column and its value, in one number that is less the better it is. Of equals the column that comes first is better,
/// so that a list does not depend on the scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate(i128);

impl Candidate {
    fn new(column: u32, value: i64) -> Self {
        Self(-i128::from(value) << 32 | i128::from(column))
    }

    fn column(self) -> u32 {
        self.0 as u32
    }

    fn value(self) -> i64 {
        -(self.0 >> 32) as i64
    }
}

/// The best so far, cut back to the width whenever twice as many have gathered.
pub(super) struct Best {
    width: usize,
    floor: i64,
    kept: Vec<Candidate>,
}

impl Best {
    fn new(width: usize, floor: i64) -> Self {
        Self { width, floor, kept: Vec::with_capacity(2 * width) }
    }

    fn look<S: Scores>(&mut self, problem: &Problem<S>, prices: &Prices, row: usize, columns: Range<usize>) {
        let bans = problem.bans_of(row);
        problem.scores.scan(row, columns, prices, self.floor, &mut |column, score| {
            if !bans.contains(&column) {
                self.take(Candidate::new(column, i64::from(score) - prices.of(column as usize)));
            }
            self.floor
        });
    }

    #[inline]
    fn take(&mut self, candidate: Candidate) {
        self.kept.push(candidate);
        if self.kept.len() == 2 * self.width {
            self.cut();
        }
    }

    fn cut(&mut self) {
        let (_, first_out, _) = self.kept.select_nth_unstable(self.width);
        self.floor = self.floor.max(first_out.value());
        self.kept.truncate(self.width);
    }

    fn finish(&mut self) {
        if self.kept.len() > self.width {
            self.cut();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dense::Dense;
    use proptest::prelude::*;

    proptest! {
        /// Made together, in parts and by several threads, or each on its own: the same lists.
        #[test]
        fn lists_made_together_are_those_made_one_by_one(
            scores in prop::collection::vec(prop::option::weighted(0.8, -5..30i32), 70 * 90),
            prices in prop::collection::vec(0..20i64, 90),
            floor in -10..20i64,
        ) {
            let problem = Problem::new(Dense::new(70, 90, scores).unwrap()).unwrap().with_forbidden(3, 4).unwrap();
            let prices = Prices::from_list(&prices);
            let (mut together, mut single) = (Lists::new(70, 90), Lists::new(70, 90));
            let rows: Vec<(u32, i64)> = (0..70).map(|row| (row, floor)).collect();
            together.make_some(&problem, &prices, &rows);
            for row in 0..70 {
                single.make(&problem, &prices, row, floor);
                let of = |lists: &Lists| lists.of(row).iter().map(|entry| (entry.column, entry.score)).collect::<Vec<_>>();
                prop_assert_eq!(of(&together), of(&single));
                prop_assert_eq!(together.bound(row), single.bound(row));
            }
        }
    }

    #[test]
    fn where_falls_can_be_added_up_no_more_nothing_is_taken_for_known() {
        let problem = Problem::new(Dense::new(1, 1, [Some(5)]).unwrap()).unwrap();
        let mut lists = Lists::new(1, 1);
        lists.make(&problem, &Prices::zero(1), 0, -1);
        for _ in 0..3 {
            lists.loosen(Lists::UNKNOWN / 2);
        }
        assert!(lists.of(0).is_empty());
        assert_eq!(lists.bound(0), Lists::UNKNOWN);
        assert_eq!(lists.made(), 1);
    }
}
