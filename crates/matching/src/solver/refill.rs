//! Fills places that are free at a price, until none is: from where a place costs nothing, or by letting prices fall.
//!
//! After the bulk and the searches a few places can be free in columns whose price was bid up too high, and after a
//! change one is: somebody has left, or a column has one place more. All are seen to at once: one search for the shortest ways from *nowhere* (a place that may stay free at no cost, a row without a
//! column) to each of them, after which everybody moves along those ways that do not meet. Ways that did are found anew
//! in the next round.

use super::ahead::Ahead;
use super::bulk;
use super::search::{FAR, Search};
use super::state::{NONE, State, worth_more};
use crate::control::{Cancelled, Control};
use crate::problem::Problem;
use crate::scores::Scores;

/// A row of which more columns tie than its list holds looks so many steps of a bid further at first, and then twice as
/// far each time.
const FURTHER: i64 = 8;

/// So many columns a row takes before others have had theirs.
const SHARE: usize = 8;

struct Run<'a, S> {
    search: &'a mut Search,
    state: &'a mut State,
    problem: &'a Problem<S>,
    /// Nothing beyond this distance matters: the highest price of a place to fill.
    limit: i64,
    /// Rows that have moved in this round.
    moved: Vec<bool>,
    /// Every row that can come to a place to fill, with the column and the distance by that way.
    offers: Vec<(u32, u32, i64)>,
    /// So far the search has come.
    reach: i64,
    ahead: Ahead,
}

impl Search {
    /// Restores optimality after `column` has got a free place; returns what that is worth to the whole, in points (bonus
    /// included).
    pub(crate) fn fill<S: Scores>(&mut self, state: &mut State, problem: &Problem<S>, column: usize) -> i64 {
        let mut questions = usize::MAX;
        if state.wants(column) && !self.fill_by_ties(state, column as u32, &mut questions) {
            self.refill(state, problem, &Control::default()).expect("nobody can cancel this run");
        }
        state.prices.of(column)
    }

    /// Restores optimality where places are free at a price.
    pub(crate) fn refill<S: Scores>(
        &mut self,
        state: &mut State,
        problem: &Problem<S>,
        control: &Control,
    ) -> Result<(), Cancelled> {
        loop {
            control.pause(&|| state.checkpoint())?;
            // No more than a search would look at.
            let mut questions = 2 * problem.rows();
            for column in 0..problem.columns() {
                while state.wants(column) && self.fill_by_ties(state, column as u32, &mut questions) {}
            }
            let wanting = (0..problem.columns()).filter(|&column| state.wants(column));
            let prices: Vec<i64> = wanting.map(|column| state.prices.of(column)).collect();
            let Some(&limit) = prices.iter().max() else { return Ok(()) };
            let moved = vec![false; problem.rows()];
            let (offers, ahead) = (Vec::new(), Ahead::default());
            let mut run = Run { search: self, state, problem, limit, moved, offers, reach: 0, ahead };
            let reach = run.find(prices.len());
            run.adjust(reach);
            for (row, column, distance) in std::mem::take(&mut run.offers) {
                // An offer that was bettered later is none.
                if distance == run.search.column_distance[column as usize] && run.state.has_room(column as usize) {
                    run.fill(row, column);
                }
            }
            self.clear();
        }
    }
}

impl<S: Scores> Run<'_, S> {
    /// Finds the distance of every place to fill; returns the greatest.
    fn find(&mut self, wanting: usize) -> i64 {
        let columns = self.problem.columns() as u32;
        // A place may be left, or stay, free at the cost of its price.
        for column in 0..columns {
            let (at, price) = (column as usize, self.state.prices.of(column as usize));
            if self.state.used[at] > 0 || self.state.wants(at) {
                self.search.column_distance[at] = price;
                self.search.columns_seen.push(column);
                if price <= self.limit {
                    self.search.queue.push(price, column);
                }
            }
        }
        for row in 0..self.problem.rows() as u32 {
            if self.state.takes_part(row as usize) && self.state.mate[row as usize] == NONE {
                self.enter(row, 0);
            }
        }
        let mut left = wanting;
        // The oldest first: ways that are found side by side meet less.
        while let Some((distance, node)) = self.search.queue.pop_oldest() {
            self.reach = distance;
            if node >= columns {
                self.look_further(node - columns, distance);
            } else if self.search.column_distance[node as usize] == distance {
                self.close(node);
                left -= usize::from(self.state.wants(node as usize));
                if left == 0 {
                    return distance;
                }
                self.open(node, distance);
            }
        }
        unreachable!("a place to fill is never farther away than its price")
    }

    /// Any row of a column may move on.
    fn open(&mut self, column: u32, distance: i64) {
        let mut next = self.state.occupants(column as usize).next();
        while let Some(row) = next {
            next = self.state.after(row);
            if self.search.row_distance[row as usize] == FAR {
                self.enter(row, distance);
            }
        }
    }

    fn enter(&mut self, row: u32, distance: i64) {
        self.search.row_distance[row as usize] = distance;
        self.search.rows_seen.push(row);
        self.relax_listed(row, distance);
        self.stand_guard(row, distance);
    }

    fn relax_listed(&mut self, row: u32, distance: i64) {
        let from = distance + self.state.gains[row as usize] - self.state.bonus;
        for at in 0..self.state.lists.of(row as usize).len() {
            let entry = self.state.lists.of(row as usize)[at];
            self.relax(row, from - self.state.value(entry), entry.column);
        }
    }

    /// A row offers a column a shorter way. Columns without a label have no price that could fall.
    ///
    /// Returns whether it is taken.
    fn relax(&mut self, row: u32, distance: i64, column: u32) -> bool {
        let label = &mut self.search.column_distance[column as usize];
        if distance > self.limit || distance > *label || *label == FAR || self.state.mate[row as usize] == column {
            return false;
        }
        // Where staying free costs no more, nobody moves; but a pair is better than none.
        let worth = distance < self.state.prices.of(column as usize) || self.state.mate[row as usize] == NONE;
        if worth && self.state.wants(column as usize) {
            self.offers.push((row, column, distance));
        }
        if distance >= *label {
            return false;
        }
        *label = distance;
        self.search.column_parent[column as usize] = row;
        self.search.queue.push(distance, column);
        if distance == self.reach {
            self.close(column);
        }
        true
    }

    /// Puts a guard in the queue at the least distance that an unlisted column of the row can have.
    fn stand_guard(&mut self, row: u32, distance: i64) {
        let gain = self.state.gains[row as usize] - self.state.bonus;
        let guard = distance + (gain - self.state.lists.bound(row as usize)).max(0);
        if guard <= self.limit {
            self.search.queue.push(guard, self.problem.columns() as u32 + row);
        }
    }

    /// The search has come to a guard: the row's list no longer tells enough.
    fn look_further(&mut self, row: u32, at: i64) {
        let distance = self.search.row_distance[row as usize];
        let gain = self.state.gains[row as usize] - self.state.bonus;
        // Whoever could as well go without may still have to come here.
        let floor = self.state.floor(self.problem, row as usize).min(gain - (self.limit - distance) - 1);
        self.state.make_list_from(self.problem, row as usize, floor);
        if distance + gain - self.state.lists.bound(row as usize) > at {
            self.relax_listed(row, distance);
            self.stand_guard(row, distance);
            return;
        }
        let further = at + (at - distance).max(FURTHER * bulk::step(self.problem));
        let threshold = gain - (further - distance);
        let (search, reach) = (&*self.search, self.reach);
        let is_closed = |column: &u32| {
            let label = search.column_distance[*column as usize];
            label == FAR || (label <= reach && !self.state.wants(*column as usize))
        };
        let closed = || (0..self.problem.columns() as u32).filter(is_closed).collect();
        let ahead = self.ahead.prices(&self.state.prices, closed);
        let mut taken = 0;
        for entry in worth_more(self.problem, row as usize, ahead, threshold) {
            taken += usize::from(self.relax(row, distance + gain - self.state.value(entry), entry.column));
            if taken == SHARE {
                // The others first: ways that all begin with one row are but one.
                self.search.queue.push(at, self.problem.columns() as u32 + row);
                return;
            }
        }
        if further <= self.limit {
            self.search.queue.push(further, self.problem.columns() as u32 + row);
        }
    }

    /// No way to a column can be shorter than the one that is known. A place to fill is never closed, for every way there
    /// is to it may be wanted.
    fn close(&mut self, column: u32) {
        if !self.state.wants(column as usize) {
            self.ahead.close(column);
        }
    }

    /// Prices fall and gains rise by the distance, as far as the search went.
    fn adjust(&mut self, reach: i64) {
        for row in 0..self.problem.rows() {
            if self.state.takes_part(row) {
                self.state.gains[row] += self.search.row_distance[row].min(reach);
            }
        }
        for column in 0..self.problem.columns() {
            let price = self.state.prices.of(column);
            // The price of a column without places only keeps rows away.
            if price > 0 && self.state.places[column] > 0 {
                let fall = self.search.column_distance[column].min(reach);
                self.state.prices.set(column, price - fall);
            }
        }
        self.state.lists.loosen(reach);
    }

    /// Lets a row come to a place, and everybody move up along the way to that row, unless one of them has moved already.
    fn fill(&mut self, row: u32, column: u32) {
        let mut way = Vec::new();
        let (mut row, mut hole) = (row, column);
        while row != NONE {
            if self.moved[row as usize] {
                return;
            }
            way.push((row, hole));
            hole = self.state.mate[row as usize];
            row = if hole == NONE { NONE } else { self.search.column_parent[hole as usize] };
        }
        for (row, to) in way {
            self.state.detach(row);
            self.state.attach(row, to);
            self.moved[row as usize] = true;
        }
    }
}
