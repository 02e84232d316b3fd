//! What is asked: scores, places, locks and bans, and which of two aims.

use std::collections::BTreeMap;

use crate::scores::{SCORE_LIMIT, Scores};

/// What counts as best.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Objective {
    /// The greatest total of scores, with the outside value for each row left unassigned.
    #[default]
    BestTotal,
    /// As many pairs as possible; among those, the greatest total.
    MostPairs,
}

/// An assignment problem: each present row wants at most one place in an allowed column.
///
/// Built with [`Problem::new`] and the `with_…` methods; each checks what it is given, so every
/// `Problem` that exists can be solved.
#[derive(Clone, Debug)]
pub struct Problem<S> {
    pub(crate) scores: S,
    pub(crate) capacities: Vec<u32>,
    pub(crate) outside: Vec<i32>,
    pub(crate) objective: Objective,
    pub(crate) present: Vec<bool>,
    pub(crate) locked: BTreeMap<u32, u32>,
    /// How many rows are locked to each column.
    locks: Vec<u32>,
    pub(crate) forbidden: BTreeMap<u32, Vec<u32>>,
}

/// More rows, columns or places of a column cannot be numbered.
pub(crate) const MOST_NUMBERED: u32 = u32::MAX / 4;

/// Why a problem, or a change to one, was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A list has the wrong length.
    #[error("{expected} numbers are needed, {found} were given")]
    WrongLength {
        /// The length needed.
        expected: usize,
        /// The length given.
        found: usize,
    },
    /// There are more rows or columns than the solver can number.
    #[error("there are more than {} rows, columns or places", MOST_NUMBERED)]
    TooLarge,
    /// A score or outside value is beyond [`SCORE_LIMIT`].
    #[error("a score or outside value is beyond ±{SCORE_LIMIT}")]
    OutOfRange,
    /// No such row.
    #[error("there is no row {0}")]
    NoSuchRow(usize),
    /// No such column.
    #[error("there is no column {0}")]
    NoSuchColumn(usize),
    /// The scores or a ban do not allow the pair.
    #[error("row {row} and column {column} are not allowed together")]
    NotAllowed {
        /// Row index from 0.
        row: usize,
        /// Column index from 0.
        column: usize,
    },
    /// The row is locked to a column, and must be unlocked first.
    #[error("row {row} is locked to column {column}")]
    Locked {
        /// Row index from 0.
        row: usize,
        /// Column index from 0.
        column: usize,
    },
    /// More rows are locked to the column than it has places.
    #[error("column {0} has fewer places than rows locked to it")]
    NoPlaceLeft(usize),
    /// The row has been taken out of the problem.
    #[error("row {0} takes no part")]
    Absent(usize),
}

impl<S: Scores> Problem<S> {
    /// Every column with one place, outside values of 0, the best total as the aim.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`] or [`Refusal::OutOfRange`] if the scores exceed the solver's range.
    pub fn new(scores: S) -> Result<Self, Refusal> {
        let (rows, columns) = (scores.rows(), scores.columns());
        if rows.max(columns) > MOST_NUMBERED as usize {
            return Err(Refusal::TooLarge);
        }
        let range = scores.range();
        if *range.start() < -SCORE_LIMIT || *range.end() > SCORE_LIMIT {
            return Err(Refusal::OutOfRange);
        }
        Ok(Self {
            scores,
            capacities: vec![1; columns],
            outside: vec![0; rows],
            objective: Objective::BestTotal,
            present: vec![true; rows],
            locked: BTreeMap::new(),
            locks: vec![0; columns],
            forbidden: BTreeMap::new(),
        })
    }

    /// Sets the number of places of every column.
    ///
    /// # Errors
    /// [`Refusal::WrongLength`], [`Refusal::TooLarge`] if a capacity cannot be numbered, or
    /// [`Refusal::NoPlaceLeft`] if more rows are locked to a column.
    pub fn with_capacities(mut self, capacities: Vec<u32>) -> Result<Self, Refusal> {
        expect_length(self.capacities.len(), capacities.len())?;
        if capacities.iter().any(|&places| places > MOST_NUMBERED) {
            return Err(Refusal::TooLarge);
        }
        if let Some(full) = (0..capacities.len()).find(|&column| capacities[column] < self.locks_on(column)) {
            return Err(Refusal::NoPlaceLeft(full));
        }
        self.capacities = capacities;
        Ok(self)
    }

    /// Sets the number of places of one column.
    ///
    /// # Errors
    /// [`Refusal::NoSuchColumn`], [`Refusal::TooLarge`], or [`Refusal::NoPlaceLeft`] if more rows are
    /// locked to it.
    pub fn with_places(mut self, column: usize, places: u32) -> Result<Self, Refusal> {
        if column >= self.columns() {
            return Err(Refusal::NoSuchColumn(column));
        }
        if places > MOST_NUMBERED {
            return Err(Refusal::TooLarge);
        }
        if places < self.locks_on(column) {
            return Err(Refusal::NoPlaceLeft(column));
        }
        self.capacities[column] = places;
        Ok(self)
    }

    /// Sets what each row is worth when it stays unassigned.
    ///
    /// # Errors
    /// [`Refusal::WrongLength`] or [`Refusal::OutOfRange`].
    pub fn with_outside(mut self, outside: Vec<i32>) -> Result<Self, Refusal> {
        expect_length(self.outside.len(), outside.len())?;
        if outside.iter().any(|value| !(-SCORE_LIMIT..=SCORE_LIMIT).contains(value)) {
            return Err(Refusal::OutOfRange);
        }
        self.outside = outside;
        Ok(self)
    }

    /// Sets the aim.
    #[must_use]
    pub fn with_objective(mut self, objective: Objective) -> Self {
        self.objective = objective;
        self
    }

    /// Forbids one pair, whatever its score.
    ///
    /// # Errors
    /// [`Refusal::NoSuchRow`], [`Refusal::NoSuchColumn`], or [`Refusal::Locked`] if the pair is locked.
    pub fn with_forbidden(mut self, row: usize, column: usize) -> Result<Self, Refusal> {
        self.expect_pair(row, column)?;
        if self.locked.get(&(row as u32)) == Some(&(column as u32)) {
            return Err(Refusal::Locked { row, column });
        }
        self.forbid(row, column);
        Ok(self)
    }

    /// Locks a row to a column: the pair is taken as given and uses one place.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] if the pair may not meet, [`Refusal::NoPlaceLeft`] if the column's
    /// places are locked already, [`Refusal::Locked`] if the row is, or an index out of range.
    pub fn with_locked(mut self, row: usize, column: usize) -> Result<Self, Refusal> {
        self.may_lock(row, column)?;
        self.lock(row, column);
        Ok(self)
    }

    /// The scores.
    pub fn scores(&self) -> &S {
        &self.scores
    }

    /// The number of places of each column.
    pub fn capacities(&self) -> &[u32] {
        &self.capacities
    }

    /// The score of a pair, or `None` if the scores or a ban do not allow it.
    ///
    /// # Panics
    /// May panic if an index is out of range.
    pub fn score(&self, row: usize, column: usize) -> Option<i32> {
        if self.bans_of(row).contains(&(column as u32)) {
            return None;
        }
        self.scores.score(row, column)
    }

    /// The column a row is locked to.
    pub fn locked_to(&self, row: usize) -> Option<usize> {
        self.locked.get(&(row as u32)).map(|&column| column as usize)
    }

    pub(crate) fn rows(&self) -> usize {
        self.outside.len()
    }

    pub(crate) fn columns(&self) -> usize {
        self.capacities.len()
    }

    pub(crate) fn bans_of(&self, row: usize) -> &[u32] {
        self.forbidden.get(&(row as u32)).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn forbid(&mut self, row: usize, column: usize) {
        let bans = self.forbidden.entry(row as u32).or_default();
        if let Err(at) = bans.binary_search(&(column as u32)) {
            bans.insert(at, column as u32);
        }
    }

    /// So many rows are locked to a column.
    pub(crate) fn locks_on(&self, column: usize) -> u32 {
        self.locks[column]
    }

    pub(crate) fn lock(&mut self, row: usize, column: usize) {
        self.locked.insert(row as u32, column as u32);
        self.locks[column] += 1;
    }

    /// Takes the lock of a row away; returns its column, if there was one.
    pub(crate) fn unlock(&mut self, row: usize) -> Option<usize> {
        let column = self.locked.remove(&(row as u32))? as usize;
        self.locks[column] -= 1;
        Some(column)
    }

    /// What a pair is worth beyond its score: nothing, or more than any total can differ by.
    ///
    /// With at most 2^30 rows and scores within 2^28 the bonus stays below 2^60.
    pub(crate) fn bonus(&self) -> i64 {
        match self.objective {
            Objective::BestTotal => 0,
            Objective::MostPairs => {
                let range = self.scores.range();
                let outside = self.outside.iter().copied();
                let low = outside.clone().min().unwrap_or(0).min(*range.start());
                let high = outside.max().unwrap_or(0).max(*range.end());
                1 + (i64::from(high) - i64::from(low)) * (self.rows() as i64 + 1)
            }
        }
    }

    /// A price at which no row wants a place.
    pub(crate) fn closing_price(&self) -> i64 {
        let low = self.outside.iter().copied().min().unwrap_or(0);
        (i64::from(*self.scores.range().end()) + self.bonus() - i64::from(low) + 1).max(0)
    }

    pub(crate) fn expect_pair(&self, row: usize, column: usize) -> Result<(), Refusal> {
        if row >= self.rows() {
            return Err(Refusal::NoSuchRow(row));
        }
        if column >= self.columns() {
            return Err(Refusal::NoSuchColumn(column));
        }
        Ok(())
    }

    pub(crate) fn may_lock(&self, row: usize, column: usize) -> Result<(), Refusal> {
        self.may_have(row, column)?;
        self.expect_place(column)
    }

    /// Whether a column has a place that no row is locked to.
    pub(crate) fn expect_place(&self, column: usize) -> Result<(), Refusal> {
        if self.locks_on(column) < self.capacities[column] { Ok(()) } else { Err(Refusal::NoPlaceLeft(column)) }
    }

    /// Whether a row is free to be locked to a column, places aside.
    pub(crate) fn may_have(&self, row: usize, column: usize) -> Result<(), Refusal> {
        self.expect_free(row, column)?;
        if self.score(row, column).is_none() {
            return Err(Refusal::NotAllowed { row, column });
        }
        Ok(())
    }

    /// Whether a row that takes part is not locked yet.
    pub(crate) fn expect_free(&self, row: usize, column: usize) -> Result<(), Refusal> {
        self.expect_pair(row, column)?;
        if let Some(column) = self.locked_to(row) {
            return Err(Refusal::Locked { row, column });
        }
        if self.present[row] { Ok(()) } else { Err(Refusal::Absent(row)) }
    }
}

fn expect_length(expected: usize, found: usize) -> Result<(), Refusal> {
    if expected == found { Ok(()) } else { Err(Refusal::WrongLength { expected, found }) }
}
