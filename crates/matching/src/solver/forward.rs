//! Makes room for one row at the least cost to the whole: prices rise.

use super::ahead::Ahead;
use super::search::{FAR, Search, Start};
use super::state::{NONE, State, worth_more};
use crate::problem::Problem;
use crate::scores::Scores;

#[derive(Clone, Copy)]
enum End {
    /// A column with a free place.
    Column(u32),
    /// A row that goes without.
    Outside(u32),
}

/// One forward search: the problem and the state it works on, and the best end so far.
struct Run<'a, S> {
    search: &'a mut Search,
    state: &'a mut State,
    problem: &'a Problem<S>,
    best: i64,
    end: Option<End>,
    /// So far the search has come.
    reach: i64,
    ahead: Ahead,
}

impl Search {
    /// Finds the shortest path to a free place or to a row that can go without, and moves everybody
    /// along it. Returns what the move costs the whole, in points (bonus included).
    pub(crate) fn forward<S: Scores>(&mut self, state: &mut State, problem: &Problem<S>, start: Start) -> i64 {
        let mut run = Run { search: self, state, problem, best: FAR, end: None, reach: 0, ahead: Ahead::default() };
        run.find(start);
        run.adjust();
        run.move_all(start);
        let cost = run.best;
        self.clear();
        cost
    }
}

impl<S: Scores> Run<'_, S> {
    fn find(&mut self, start: Start) {
        match start {
            Start::Row(row) => {
                self.state.set_gain(self.problem, row);
                self.enter(row as u32, 0);
            }
            Start::Column(column) => {
                self.label(column as u32, 0);
                self.open(column as u32, 0);
            }
        }
        let columns = self.problem.columns() as u32;
        while let Some((distance, node)) = self.search.queue.pop() {
            if distance >= self.best {
                break;
            }
            self.reach = distance;
            if node >= columns {
                self.look_further(node - columns, distance);
            } else if self.search.column_distance[node as usize] == distance {
                self.ahead.close(node);
                self.open(node, distance);
            }
        }
    }

    fn label(&mut self, column: u32, distance: i64) {
        let label = &mut self.search.column_distance[column as usize];
        if *label == FAR {
            self.search.columns_seen.push(column);
        }
        *label = distance;
    }

    /// A full column: any of its rows may move on.
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
        let outside = i64::from(self.problem.outside[row as usize]);
        let without = distance + self.state.gains[row as usize] - outside;
        if without < self.best {
            (self.best, self.end) = (without, Some(End::Outside(row)));
        }
        self.relax_listed(row, distance);
        self.stand_guard(row, distance, 0);
    }

    /// The solver's hottest loop: most entries end at the first comparison.
    fn relax_listed(&mut self, row: u32, distance: i64) {
        let from = distance + self.state.gains[row as usize] - self.state.bonus;
        let mut looked = 0;
        loop {
            let (search, state, best) = (&*self.search, &*self.state, self.best);
            let mut rest = state.lists.of(row as usize)[looked..].iter();
            let nearer = rest.find_map(|&entry| {
                let reached = from - state.value(entry);
                let useful = reached <= best && reached < search.column_distance[entry.column as usize];
                useful.then_some((entry.column, reached))
            });
            let Some((column, reached)) = nearer else { return };
            looked = state.lists.of(row as usize).len() - rest.len();
            self.relax(row, reached, column);
        }
    }

    /// A row offers a column a shorter way.
    fn relax(&mut self, row: u32, distance: i64, column: u32) {
        if distance > self.best || distance >= self.search.column_distance[column as usize] {
            return;
        }
        // Of equals, a pair is better than none.
        let tie = distance == self.best;
        if (tie && !matches!(self.end, Some(End::Outside(_)))) || self.state.mate[row as usize] == column {
            return;
        }
        if self.state.has_room(column as usize) {
            (self.best, self.end) = (distance, Some(End::Column(column)));
        } else if tie {
            return;
        } else {
            self.search.queue.push(distance, column);
        }
        self.label(column, distance);
        self.search.column_parent[column as usize] = row;
        if distance == self.reach {
            self.ahead.close(column);
        }
    }

    /// Puts a guard in the queue at the least distance an unlisted column of the row can have.
    ///
    /// Returns whether that is beyond `after`.
    fn stand_guard(&mut self, row: u32, distance: i64, after: i64) -> bool {
        let gain = self.state.gains[row as usize] - self.state.bonus;
        let reduced = (gain - self.state.lists.bound(row as usize)).max(0);
        let guard = distance + reduced;
        if guard < self.best && guard >= after {
            self.search.queue.push(guard, self.problem.columns() as u32 + row);
        }
        guard > after
    }

    /// The search has come to a guard: the row's list no longer tells enough.
    fn look_further(&mut self, row: u32, at: i64) {
        let distance = self.search.row_distance[row as usize];
        let gain = self.state.gains[row as usize] - self.state.bonus;
        if !self.ahead.has_begun() {
            self.state.make_list(self.problem, row as usize);
            let bound = self.state.lists.bound(row as usize);
            if distance + (gain - bound).max(0) > at {
                self.relax_listed(row, distance);
                self.stand_guard(row, distance, at);
                return;
            }
        }
        // More columns tie here than a list holds: look at all that can matter.
        let threshold = gain - (self.best - distance);
        let (search, reach) = (&*self.search, self.reach);
        let is_closed = |column: &u32| search.column_distance[*column as usize] <= reach;
        let closed = || search.columns_seen.iter().copied().filter(is_closed).collect();
        let ahead = self.ahead.prices(&self.state.prices, closed);
        for entry in worth_more(self.problem, row as usize, ahead, threshold) {
            self.relax(row, distance + gain - self.state.value(entry), entry.column);
        }
    }

    /// Prices up and gains down by what the search came short of its end.
    fn adjust(&mut self) {
        for &row in &self.search.rows_seen {
            self.state.gains[row as usize] -= (self.best - self.search.row_distance[row as usize]).max(0);
        }
        for &column in &self.search.columns_seen {
            let rise = self.best - self.search.column_distance[column as usize];
            if rise > 0 {
                let price = self.state.prices.of(column as usize) + rise;
                self.state.prices.set(column as usize, price);
            }
        }
    }

    fn move_all(&mut self, start: Start) {
        let mut hole = match self.end.expect("a row can always go without") {
            End::Column(column) => column,
            End::Outside(row) => self.state.detach(row),
        };
        while hole != NONE && start != Start::Column(hole as usize) {
            let row = self.search.column_parent[hole as usize];
            let left = self.state.detach(row);
            self.state.attach(row, hole);
            hole = left;
        }
    }
}
