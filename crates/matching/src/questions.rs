//! What a best pairing can answer: what another choice costs, why not, and what is scarce.

use std::cmp::Reverse;

use crate::problem::Refusal;
use crate::scores::Scores;
use crate::solution::{Change, Solution};
use crate::solver::worth_more;

/// Another column for a row, and what choosing it costs everybody together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The column.
    pub column: usize,
    /// The pair's own score.
    pub score: i32,
    /// What choosing it would do to the whole, this row's own move included.
    pub change: Change,
}

/// Why a row has no column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unassigned {
    /// No column is allowed for it.
    NothingAllowed,
    /// No allowed column has a place that is not locked to another row.
    NoPlace,
    /// Every allowed column is worth more to others.
    Outbid {
        /// The column it came closest to.
        column: usize,
        /// The points more that the pair would have to score to be as good for the whole.
        by: i64,
    },
}

impl<S: Scores + Clone> Solution<S> {
    /// What it would do to the whole to give a row a certain column: exact, by re-solving.
    ///
    /// # Errors
    /// As [`Solution::lock`].
    pub fn choosing(&self, row: usize, column: usize) -> Result<Change, Refusal> {
        self.clone().lock(row, column)
    }

    /// The same for a pair that is not allowed, as if it were allowed with this score.
    ///
    /// # Errors
    /// As [`Solution::lock`], save that the pair need not be allowed.
    pub fn choosing_as_if(&self, row: usize, column: usize, score: i32) -> Result<Change, Refusal> {
        self.problem.expect_free(row, column)?;
        self.problem.expect_place(column)?;
        let mut other = self.clone();
        let mut change = other.noting(Some(row), |solution| solution.force(row, column));
        // The total counts a pair that is not allowed as 0.
        change.points += i64::from(score) - self.problem.scores.score(row, column).map_or(0, i64::from);
        Ok(change)
    }

    /// The `count` other columns for a row that cost the whole least, cheapest first.
    ///
    /// # Errors
    /// [`Refusal::NoSuchRow`], [`Refusal::Locked`] or [`Refusal::Absent`].
    pub fn alternatives(&self, row: usize, count: usize) -> Result<Vec<Alternative>, Refusal> {
        self.expect_row(row)?;
        if let Some(column) = self.problem.locked_to(row) {
            return Err(Refusal::Locked { row, column });
        }
        if !self.state.takes_part(row) {
            return Err(Refusal::Absent(row));
        }
        let own = self.column_of(row);
        let others = self.allowed(row).into_iter().filter(|&(column, ..)| own != Some(column as usize));
        let level = self.state.gains[row] - self.state.bonus();
        let mut by_bound: Vec<(i64, u32, i32)> =
            others.map(|(column, score, value)| (level - value, column, score)).collect();
        by_bound.sort_unstable_by_key(|&(bound, column, score)| (bound, Reverse(score), column));
        let mut found: Vec<Alternative> = Vec::new();
        for (bound, column, score) in by_bound {
            let known = found.len() >= count;
            // The reduced cost is a lower bound on the exact cost: nothing better can follow.
            if known && (count == 0 || self.cost(&found[count - 1].change) <= bound) {
                break;
            }
            let Ok(change) = self.choosing(row, column as usize) else { continue };
            found.push(Alternative { column: column as usize, score, change });
            found.sort_by_key(|other| (self.cost(&other.change), Reverse(other.score), other.column));
        }
        found.truncate(count);
        Ok(found)
    }

    /// What one more place in a column would add to the whole.
    ///
    /// # Errors
    /// [`Refusal::NoSuchColumn`].
    pub fn one_more_place(&self, column: usize) -> Result<Change, Refusal> {
        if self.problem.capacities.get(column).is_some() && self.state.prices.of(column) == 0 {
            return Ok(Change { pairs: 0, points: 0, moved: Vec::new() });
        }
        let places = self.problem.capacities.get(column).map_or(0, |places| places + 1);
        self.clone().set_capacity(column, places)
    }

    /// Why a row has no column; `None` if it has one or takes no part.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn why_unassigned(&self, row: usize) -> Option<Unassigned> {
        if self.column_of(row).is_some() || !self.state.takes_part(row) {
            return None;
        }
        // The cheapest choice, exactly; the prices alone would only bound it.
        let cheapest = self.alternatives(row, 1).ok().and_then(|mut found| found.pop());
        Some(match cheapest {
            Some(other) => Unassigned::Outbid { column: other.column, by: -other.change.points },
            None if self.allowed(row).is_empty() => Unassigned::NothingAllowed,
            None => Unassigned::NoPlace,
        })
    }

    /// The columns that a row may have, each with the pair's score and what that is worth at the column's price.
    fn allowed(&self, row: usize) -> Vec<(u32, i32, i64)> {
        let all = worth_more(&self.problem, row, &self.state.prices, i64::MIN / 2);
        all.into_iter().map(|entry| (entry.column, entry.score, self.state.value(entry))).collect()
    }

    /// A change's cost in the aim's own points: with most pairs as the aim, a pair outweighs any score.
    fn cost(&self, change: &Change) -> i64 {
        -(change.pairs * self.state.bonus() + change.points)
    }
}
