//! Fills a place that has become free, at the greatest gain to the whole: prices fall.

use super::search::{FAR, Search};
use super::state::{NONE, State};
use crate::problem::Problem;
use crate::scores::Scores;

#[derive(Clone, Copy)]
enum End {
    /// The place of this column stays free in the end.
    Free(u32),
    /// This row, until now without a column, comes in.
    Row(u32),
}

struct Run<'a, S> {
    search: &'a mut Search,
    state: &'a mut State,
    problem: &'a Problem<S>,
    best: i64,
    end: End,
}

impl Search {
    /// Restores optimality after `column` has got a free place while its price is above 0.
    ///
    /// Returns what the place is worth to the whole, in points (bonus included).
    pub(crate) fn reverse<S: Scores>(&mut self, state: &mut State, problem: &Problem<S>, column: usize) -> i64 {
        let price = state.prices.of(column);
        if price == 0 {
            return 0;
        }
        let mut run = Run { search: self, state, problem, best: price, end: End::Free(column as u32) };
        run.find(column as u32);
        run.adjust();
        run.move_all(column as u32);
        let worth = price - run.best;
        self.clear();
        worth
    }
}

impl<S: Scores> Run<'_, S> {
    fn find(&mut self, column: u32) {
        self.open(column, 0);
        while let Some((distance, row)) = self.search.queue.pop() {
            if distance >= self.best {
                break;
            }
            if self.search.row_distance[row as usize] != distance {
                continue;
            }
            let column = self.state.mate[row as usize];
            if self.search.column_distance[column as usize] == FAR {
                self.search.column_parent[column as usize] = row;
                self.open(column, distance);
            }
        }
    }

    /// Any row may come into this column; its place may also stay free, at the cost of its price.
    fn open(&mut self, column: u32, distance: i64) {
        self.search.column_distance[column as usize] = distance;
        self.search.columns_seen.push(column);
        let price = self.state.prices.of(column as usize);
        if distance + price < self.best {
            (self.best, self.end) = (distance + price, End::Free(column));
        }
        // Those who stay gain what the price falls by.
        let mut next = self.state.occupants(column as usize).next();
        while let Some(row) = next {
            next = self.state.after(row);
            if self.search.row_distance[row as usize] == FAR {
                self.search.rows_seen.push(row);
            }
            let label = &mut self.search.row_distance[row as usize];
            *label = distance.min(*label);
        }
        let Self { search, state, problem, best, end } = self;
        let level = price - state.bonus;
        let threshold = level - (*best - distance);
        problem.scores.scan_column(column as usize, &state.gains, threshold, &mut |row, score| {
            let at = row as usize;
            let reached = distance + state.gains[at] + level - i64::from(score);
            let useful = reached < *best && reached < search.row_distance[at];
            let free_to_come = state.takes_part(at) && state.mate[at] != column;
            if useful && free_to_come && !problem.bans_of(at).contains(&column) {
                if search.row_distance[at] == FAR {
                    search.rows_seen.push(row);
                }
                search.row_distance[at] = reached;
                search.row_parent[at] = column;
                if state.mate[at] == NONE {
                    (*best, *end) = (reached, End::Row(row));
                } else {
                    search.queue.push(reached, row);
                }
            }
            level - (*best - distance)
        });
    }

    /// Prices down and gains up by what the search came short of its end.
    fn adjust(&mut self) {
        for &row in &self.search.rows_seen {
            self.state.gains[row as usize] += (self.best - self.search.row_distance[row as usize]).max(0);
        }
        for &column in &self.search.columns_seen {
            let fall = self.best - self.search.column_distance[column as usize];
            if fall > 0 {
                let price = self.state.prices.of(column as usize) - fall;
                self.state.prices.set(column as usize, price);
            }
        }
        self.state.lists.loosen(self.best);
    }

    fn move_all(&mut self, start: u32) {
        let mut filled = match self.end {
            End::Free(column) => column,
            End::Row(row) => {
                let column = self.search.row_parent[row as usize];
                self.state.attach(row, column);
                column
            }
        };
        while filled != start {
            let row = self.search.column_parent[filled as usize];
            let column = self.search.row_parent[row as usize];
            self.state.detach(row);
            self.state.attach(row, column);
            filled = column;
        }
    }
}
