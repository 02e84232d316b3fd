//! Who sits where, and the prices and gains that prove it.

use super::lists::{Entry, Lists};
use crate::checkpoint::Checkpoint;
use crate::prices::Prices;
use crate::problem::Problem;
use crate::scores::Scores;

pub(crate) const NONE: u32 = u32::MAX;

/// A primal and a dual solution that fit each other.
///
/// Between operations it holds: gain + price ≥ score for every allowed pair, with equality for the
/// pairs made; a column with a free place has price 0; a row without a column has its outside value
/// as its gain. That is optimality (complementary slackness).
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(super) bonus: i64,
    pub(crate) gains: Vec<i64>,
    pub(crate) prices: Prices,
    pub(super) mate: Vec<u32>,
    /// Places not locked.
    pub(crate) places: Vec<u32>,
    pub(crate) used: Vec<u32>,
    first: Vec<u32>,
    next: Vec<u32>,
    /// Present and not locked.
    active: Vec<bool>,
    pub(super) lists: Lists,
    /// While it is asked for: every row that has come or gone, with the column it had ([`NONE`]) just before.
    pub(crate) moves: Option<Vec<(u32, u32)>>,
}

impl State {
    pub(super) fn new<S: Scores>(problem: &Problem<S>) -> Self {
        let (rows, columns) = (problem.rows(), problem.columns());
        let mut places = problem.capacities.clone();
        let mut active = problem.present.clone();
        for (&row, &column) in &problem.locked {
            active[row as usize] = false;
            places[column as usize] -= 1;
        }
        let mut prices = Prices::zero(columns);
        for (column, _) in places.iter().enumerate().filter(|&(_, &places)| places == 0) {
            prices.set(column, problem.closing_price());
        }
        Self {
            bonus: problem.bonus(),
            gains: problem.outside.iter().map(|&value| i64::from(value)).collect(),
            prices,
            mate: vec![NONE; rows],
            places,
            used: vec![0; columns],
            first: vec![NONE; columns],
            next: vec![NONE; rows],
            active,
            lists: Lists::new(rows, columns),
            moves: None,
        }
    }

    /// Where this has come to.
    pub(crate) fn checkpoint(&self) -> Checkpoint {
        let seat = |&column: &u32| (column != NONE).then_some(column);
        Checkpoint { prices: self.prices.as_slice().to_vec(), seats: self.mate.iter().map(seat).collect() }
    }

    /// Takes prices and seats as far as they make sense here: a hint may come from another day, or be wrong.
    pub(super) fn resume<S: Scores>(&mut self, problem: &Problem<S>, checkpoint: &Checkpoint) {
        let most = problem.closing_price();
        for (row, &seat) in checkpoint.seats.iter().enumerate().take(problem.rows()) {
            let Some(column) = seat.filter(|&column| (column as usize) < problem.columns()) else { continue };
            if self.active[row] && self.has_room(column as usize) && problem.score(row, column as usize).is_some() {
                self.attach(row as u32, column);
            }
        }
        for (column, &price) in checkpoint.prices.iter().enumerate().take(problem.columns()) {
            if self.places[column] > 0 && !self.has_room(column) {
                self.prices.set(column, price.clamp(0, most));
            }
        }
    }

    /// The column of a row that is not locked.
    pub(crate) fn column_of(&self, row: usize) -> Option<usize> {
        (self.mate[row] != NONE).then_some(self.mate[row] as usize)
    }

    pub(crate) fn takes_part(&self, row: usize) -> bool {
        self.active[row]
    }

    pub(crate) fn set_part(&mut self, row: usize, active: bool) {
        self.active[row] = active;
    }

    pub(crate) fn has_room(&self, column: usize) -> bool {
        self.used[column] < self.places[column]
    }

    /// Whether a column has a free place that has a price: between operations none has.
    pub(super) fn wants(&self, column: usize) -> bool {
        self.has_room(column) && self.prices.of(column) > 0
    }

    pub(super) fn occupants(&self, column: usize) -> impl Iterator<Item = u32> + '_ {
        let first = self.first[column];
        std::iter::successors((first != NONE).then_some(first), |&row| self.after(row))
    }

    /// The row after this one in the list of its column.
    pub(super) fn after(&self, row: u32) -> Option<u32> {
        let next = self.next[row as usize];
        (next != NONE).then_some(next)
    }

    pub(super) fn attach(&mut self, row: u32, column: u32) {
        self.note(row);
        self.mate[row as usize] = column;
        self.next[row as usize] = self.first[column as usize];
        self.first[column as usize] = row;
        self.used[column as usize] += 1;
    }

    /// Takes the row out of its column, which is returned ([`NONE`] if it had none).
    pub(super) fn detach(&mut self, row: u32) -> u32 {
        self.note(row);
        let column = std::mem::replace(&mut self.mate[row as usize], NONE);
        if column == NONE {
            return NONE;
        }
        let after = self.next[row as usize];
        if self.first[column as usize] == row {
            self.first[column as usize] = after;
        } else {
            let before = self.occupants(column as usize).find(|&other| self.next[other as usize] == row);
            self.next[before.expect("the row is in its column's list") as usize] = after;
        }
        self.used[column as usize] -= 1;
        column
    }

    fn note(&mut self, row: u32) {
        let before = self.mate[row as usize];
        if let Some(moves) = &mut self.moves {
            moves.push((row, before));
        }
    }

    /// Pairs not worth more than the outside value need no place in a list.
    pub(super) fn floor<S>(&self, problem: &Problem<S>, row: usize) -> i64 {
        i64::from(problem.outside[row]) - self.bonus - 1
    }

    pub(super) fn make_list<S: Scores>(&mut self, problem: &Problem<S>, row: usize) {
        let floor = self.floor(problem, row);
        self.make_list_from(problem, row, floor);
    }

    /// Makes the list of a row anew, of columns worth more than `floor`.
    pub(super) fn make_list_from<S: Scores>(&mut self, problem: &Problem<S>, row: usize, floor: i64) {
        self.lists.make(problem, &self.prices, row, floor);
    }

    /// Makes the lists of several rows anew, all at today's prices.
    pub(super) fn make_lists<S: Scores>(&mut self, problem: &Problem<S>, rows: &[u32]) {
        let rows: Vec<_> = rows.iter().map(|&row| (row, self.floor(problem, row as usize))).collect();
        self.lists.make_some(problem, &self.prices, &rows);
    }

    /// Takes a row out of the game and out of its column, which is returned.
    pub(crate) fn seat_out(&mut self, row: usize) -> Option<usize> {
        self.active[row] = false;
        let column = self.detach(row as u32);
        (column != NONE).then_some(column as usize)
    }

    pub(crate) fn bonus(&self) -> i64 {
        self.bonus
    }

    pub(crate) fn forget_list(&mut self, row: usize) {
        self.lists.forget(row);
    }

    /// A listed pair's score less the column's price.
    #[inline]
    pub(crate) fn value(&self, entry: Entry) -> i64 {
        i64::from(entry.score) - self.prices.of(entry.column as usize)
    }

    /// Sets a free row's gain to the best it can have at today's prices.
    pub(super) fn set_gain<S: Scores>(&mut self, problem: &Problem<S>, row: usize) {
        self.gains[row] = self.best_gain(problem, row);
    }

    /// The best gain a row can have at today's prices.
    pub(crate) fn best_gain<S: Scores>(&mut self, problem: &Problem<S>, row: usize) -> i64 {
        self.best(problem, row).max(i64::from(problem.outside[row]))
    }

    /// The best gain a row can have by a column at today's prices, or a bound on it below the row's outside value.
    pub(super) fn best<S: Scores>(&mut self, problem: &Problem<S>, row: usize) -> i64 {
        if self.may_be_better(row) {
            self.make_list(problem, row);
        }
        self.best_listed(row).max(self.lists.bound(row)) + self.bonus
    }

    /// What a row has by its column at today's prices.
    pub(super) fn present_value<S: Scores>(&self, problem: &Problem<S>, row: usize) -> i64 {
        let column = self.column_of(row).expect("the row has a column");
        let score = problem.scores.score(row, column).expect("only allowed pairs are made");
        i64::from(score) - self.prices.of(column) + self.bonus
    }

    /// Whether something outside the list of a row may be better than everything in it.
    pub(super) fn may_be_better(&self, row: usize) -> bool {
        self.best_listed(row) < self.lists.bound(row)
    }

    pub(crate) fn seat(&mut self, row: usize, column: usize) {
        self.attach(row as u32, column as u32);
    }

    fn best_listed(&self, row: usize) -> i64 {
        self.lists.of(row).iter().map(|&entry| self.value(entry)).max().unwrap_or(i64::MIN / 4)
    }
}

/// Every column that a row may have and that is worth more than `threshold` at these prices, listed or not.
pub(crate) fn worth_more<S: Scores>(problem: &Problem<S>, row: usize, prices: &Prices, threshold: i64) -> Vec<Entry> {
    let bans = problem.bans_of(row);
    let mut found = Vec::new();
    problem.scores.scan(row, 0..problem.columns(), prices, threshold, &mut |column, score| {
        if !bans.contains(&column) {
            found.push(Entry { column, score });
        }
        threshold
    });
    found
}
