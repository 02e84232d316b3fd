//! An optimal pairing that can be asked and changed.

use std::collections::BTreeMap;

use crate::certificate::Certificate;
use crate::checkpoint::Checkpoint;
use crate::control::{Cancelled, Control};
use crate::problem::{MOST_NUMBERED, Problem, Refusal};
use crate::scores::Scores;
use crate::solver::{NONE, Search, Start, State, solve};

/// A best pairing of a [`Problem`], kept optimal through every change.
///
/// Each change starts from the present state: only those move who have to, and where several
/// pairings are equally good the present one is kept. The total always equals that of a fresh solve.
#[derive(Clone, Debug)]
pub struct Solution<S> {
    pub(crate) problem: Problem<S>,
    pub(crate) state: State,
    search: Search,
}

/// What a change did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Pairs gained (negative: lost).
    pub pairs: i64,
    /// Points gained in total (negative: lost).
    pub points: i64,
    /// Everybody whose column changed, in row order.
    pub moved: Vec<Move>,
}

/// A row that changes column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// The row.
    pub row: usize,
    /// Its column before.
    pub from: Option<usize>,
    /// Its column after.
    pub to: Option<usize>,
}

impl<S: Scores> Problem<S> {
    /// Finds a best pairing.
    ///
    /// Worst case `O(rows × (rows + columns) × columns)` pairs looked at, as any exact method by
    /// shortest paths; in practice a small multiple of one pass over all pairs. Memory is linear in
    /// rows and columns. The same problem always gives the same pairs; among equally good pairings
    /// the order of rows and columns decides, so sort them by something stable.
    ///
    /// # Errors
    /// [`Cancelled`] if the control says so.
    pub fn solve(self, control: &Control) -> Result<Solution<S>, Cancelled> {
        let (state, search) = solve(&self, None, control)?;
        Ok(Solution { problem: self, state, search })
    }

    /// Finds a best pairing from where another run had come to: one that was cut short, or one of a problem that has
    /// changed since, as by a weight.
    ///
    /// The total is that of [`Problem::solve`]. Among equally good pairings it may find another one, nearer to the
    /// checkpoint's. Whatever in the checkpoint does not fit the problem is passed over.
    ///
    /// # Errors
    /// [`Cancelled`] if the control says so.
    pub fn solve_from(self, checkpoint: &Checkpoint, control: &Control) -> Result<Solution<S>, Cancelled> {
        let (state, search) = solve(&self, Some(checkpoint), control)?;
        Ok(Solution { problem: self, state, search })
    }
}

impl<S: Scores> Solution<S> {
    /// The problem as it is now, changes included.
    pub fn problem(&self) -> &Problem<S> {
        &self.problem
    }

    /// The column of a row, locked or not.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn column_of(&self, row: usize) -> Option<usize> {
        self.problem.locked_to(row).or_else(|| self.state.column_of(row))
    }

    /// Whether a row is present and not locked.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn takes_part(&self, row: usize) -> bool {
        self.state.takes_part(row)
    }

    /// The price of a column: the most that one more place in it could be worth.
    ///
    /// # Panics
    /// If there is no such column.
    pub fn price(&self, column: usize) -> i64 {
        self.state.prices.of(column)
    }

    /// The column of each row.
    pub fn assignment(&self) -> Vec<Option<usize>> {
        (0..self.problem.rows()).map(|row| self.column_of(row)).collect()
    }

    /// The number of pairs.
    pub fn pairs(&self) -> usize {
        (0..self.problem.rows()).filter(|&row| self.column_of(row).is_some()).count()
    }

    /// Points of all pairs, and the outside value of each present row without one.
    pub fn total(&self) -> i64 {
        (0..self.problem.rows()).map(|row| self.worth(row, (self.column_of(row), self.problem.present[row]))).sum()
    }

    /// Prices and gains that prove this pairing best: give them to [`crate::check`].
    pub fn certificate(&self) -> Certificate {
        Certificate { prices: self.state.prices.clone(), gains: self.state.gains.clone() }
    }

    /// Locks a row to a column.
    ///
    /// # Errors
    /// As [`Problem::with_locked`]; nothing has changed then.
    pub fn lock(&mut self, row: usize, column: usize) -> Result<Change, Refusal> {
        self.problem.may_lock(row, column)?;
        Ok(self.noting(Some(row), |solution| solution.force(row, column)))
    }

    /// Locks a row to a column with one more place that is meant for it: nobody has to make room.
    ///
    /// # Errors
    /// As [`Solution::lock`], save that the column need have no place left, and [`Refusal::TooLarge`] if its places cannot
    /// be numbered; nothing has changed then.
    pub fn lock_with_place(&mut self, row: usize, column: usize) -> Result<Change, Refusal> {
        self.problem.may_have(row, column)?;
        if self.problem.capacities[column] >= MOST_NUMBERED {
            return Err(Refusal::TooLarge);
        }
        Ok(self.noting(Some(row), |solution| {
            solution.problem.capacities[column] += 1;
            // Out of its present place, if it has one, before the lock counts.
            solution.leave(row);
            solution.problem.lock(row, column);
        }))
    }

    /// Takes a lock away.
    ///
    /// # Errors
    /// [`Refusal::NoSuchRow`]. A row without a lock is left as it is.
    pub fn unlock(&mut self, row: usize) -> Result<Change, Refusal> {
        self.expect_row(row)?;
        Ok(self.noting(Some(row), |solution| {
            if let Some(column) = solution.problem.unlock(row) {
                solution.state.places[column] += 1;
                // Where staying is as good as anything else, nobody moves.
                if !solution.stay(row, column) {
                    solution.search.fill(&mut solution.state, &solution.problem, column);
                    solution.enter(row);
                }
            }
        }))
    }

    /// Forbids a pair.
    ///
    /// # Errors
    /// [`Refusal::Locked`] if the pair is locked, or an index out of range.
    pub fn forbid(&mut self, row: usize, column: usize) -> Result<Change, Refusal> {
        self.problem.expect_pair(row, column)?;
        if self.problem.locked_to(row) == Some(column) {
            return Err(Refusal::Locked { row, column });
        }
        Ok(self.noting(Some(row), |solution| {
            let leaves = solution.state.column_of(row) == Some(column);
            if leaves {
                solution.leave(row);
            }
            solution.problem.forbid(row, column);
            solution.state.forget_list(row);
            if leaves {
                solution.enter(row);
            }
        }))
    }

    /// Takes a ban away.
    ///
    /// # Errors
    /// An index out of range.
    pub fn allow(&mut self, row: usize, column: usize) -> Result<Change, Refusal> {
        self.problem.expect_pair(row, column)?;
        Ok(self.noting(Some(row), |solution| {
            let Some(bans) = solution.problem.forbidden.get_mut(&(row as u32)) else { return };
            bans.retain(|&banned| banned as usize != column);
            solution.state.forget_list(row);
            let better = solution.problem.scores.score(row, column).is_some_and(|score| {
                let worth = i64::from(score) + solution.state.bonus() - solution.state.prices.of(column);
                worth > solution.state.gains[row]
            });
            if better && solution.state.takes_part(row) {
                solution.leave(row);
                solution.enter(row);
            }
        }))
    }

    /// Gives a column another number of places.
    ///
    /// # Errors
    /// [`Refusal::NoPlaceLeft`] if more rows are locked to it, [`Refusal::TooLarge`] if so many cannot be numbered, or no
    /// such column.
    pub fn set_capacity(&mut self, column: usize, places: u32) -> Result<Change, Refusal> {
        if column >= self.problem.columns() {
            return Err(Refusal::NoSuchColumn(column));
        }
        if places > MOST_NUMBERED {
            return Err(Refusal::TooLarge);
        }
        let locks = self.problem.locks_on(column);
        if places < locks {
            return Err(Refusal::NoPlaceLeft(column));
        }
        Ok(self.noting(None, |solution| {
            solution.problem.capacities[column] = places;
            while solution.state.places[column] < places - locks {
                let worth = solution.open_place(column);
                // A place worth nothing makes all further ones worth nothing too.
                if worth == 0 {
                    solution.state.places[column] = places - locks;
                }
            }
            // Places that nobody has go at once.
            solution.state.places[column] =
                solution.state.places[column].min(solution.state.used[column].max(places - locks));
            while solution.state.places[column] > places - locks {
                solution.close_place(column);
            }
        }))
    }

    /// Takes a row out of the problem, as when somebody withdraws; a lock on it goes too.
    ///
    /// # Errors
    /// [`Refusal::NoSuchRow`] or [`Refusal::Absent`].
    pub fn remove(&mut self, row: usize) -> Result<Change, Refusal> {
        self.expect_row(row)?;
        if !self.problem.present[row] {
            return Err(Refusal::Absent(row));
        }
        Ok(self.noting(Some(row), |solution| {
            if let Some(column) = solution.problem.unlock(row) {
                solution.open_place(column);
            } else {
                solution.leave(row);
            }
            solution.problem.present[row] = false;
        }))
    }

    /// Brings a removed row back, as when somebody arrives.
    ///
    /// # Errors
    /// [`Refusal::NoSuchRow`]. A row that is present is left as it is.
    pub fn add(&mut self, row: usize) -> Result<Change, Refusal> {
        self.expect_row(row)?;
        Ok(self.noting(Some(row), |solution| {
            if !solution.problem.present[row] {
                solution.problem.present[row] = true;
                solution.enter(row);
            }
        }))
    }

    pub(crate) fn expect_row(&self, row: usize) -> Result<(), Refusal> {
        if row < self.problem.rows() { Ok(()) } else { Err(Refusal::NoSuchRow(row)) }
    }

    /// Locks without asking whether the pair is allowed.
    pub(crate) fn force(&mut self, row: usize, column: usize) {
        let stays = self.state.column_of(row) == Some(column);
        if stays {
            self.state.seat_out(row);
        } else {
            self.leave(row);
        }
        self.problem.lock(row, column);
        if stays {
            self.state.places[column] -= 1;
        } else {
            self.close_place(column);
        }
    }

    fn enter(&mut self, row: usize) {
        self.state.set_part(row, true);
        self.state.forget_list(row);
        self.search.forward(&mut self.state, &self.problem, Start::Row(row));
    }

    /// Seats a row where it was locked, if no column is better for it at today's prices.
    fn stay(&mut self, row: usize, column: usize) -> bool {
        self.state.forget_list(row);
        let best = self.state.best_gain(&self.problem, row);
        let score = self.problem.scores.score(row, column).map_or(i64::MIN / 4, i64::from);
        let stays = score + self.state.bonus() - self.state.prices.of(column) >= best;
        if stays {
            self.state.set_part(row, true);
            self.state.gains[row] = best;
            self.state.seat(row, column);
        }
        stays
    }

    fn leave(&mut self, row: usize) {
        if let Some(column) = self.state.seat_out(row) {
            self.search.fill(&mut self.state, &self.problem, column);
        }
    }

    fn open_place(&mut self, column: usize) -> i64 {
        self.state.places[column] += 1;
        self.search.fill(&mut self.state, &self.problem, column)
    }

    fn close_place(&mut self, column: usize) {
        let full = !self.state.has_room(column);
        self.state.places[column] -= 1;
        if full {
            self.search.forward(&mut self.state, &self.problem, Start::Column(column));
        }
    }

    /// Does a change to a row, or to none in particular, and says what it did. Time and memory grow with those it moved.
    pub(crate) fn noting(&mut self, subject: Option<usize>, change: impl FnOnce(&mut Self)) -> Change {
        let seat = |solution: &Self, row: usize| (solution.column_of(row), solution.problem.present[row]);
        let subject = subject.map(|row| (row, seat(self, row)));
        self.state.moves = Some(Vec::new());
        change(self);
        let moves = self.state.moves.take().unwrap_or_default();
        // The first note of a row says where it was; of all but the subject, that is all that can change.
        let was = |(row, column): (u32, u32)| (row as usize, ((column != NONE).then_some(column as usize), true));
        let mut before: BTreeMap<usize, (Option<usize>, bool)> = moves.into_iter().rev().map(was).collect();
        before.extend(subject);
        let mut noted = Change { pairs: 0, points: 0, moved: Vec::new() };
        for (row, was) in before {
            let is = seat(self, row);
            if is == was {
                continue;
            }
            noted.points += self.worth(row, is) - self.worth(row, was);
            noted.pairs += i64::from(is.0.is_some()) - i64::from(was.0.is_some());
            if was.0 != is.0 {
                noted.moved.push(Move { row, from: was.0, to: is.0 });
            }
        }
        noted
    }

    /// What a row counts for in the total, given its column and whether it is present.
    fn worth(&self, row: usize, (column, present): (Option<usize>, bool)) -> i64 {
        match column {
            _ if !present => 0,
            Some(column) => self.problem.scores.score(row, column).map_or(0, i64::from),
            None => i64::from(self.problem.outside[row]),
        }
    }
}
