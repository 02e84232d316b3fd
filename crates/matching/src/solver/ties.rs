//! Fills a free place without touching a price: by a chain of moves that make no difference to those who move.
//!
//! Nearly every place that gets free after a change is worth exactly as much to somebody else, whose place is worth as
//! much to a third, and so on to one who has no place or leaves one that costs nothing. Looked for from the free place,
//! such a chain is found among a few; the search for the shortest ways (`refill`) begins at everybody who could be its
//! end, and serves where there is none.

use super::lists::{Entry, Lists};
use super::search::{FAR, Search};
use super::state::{NONE, State};

/// Who has a column in their list, with their score. Lists change: a row may have a column no longer, and one that has it
/// be missing.
#[derive(Clone, Debug, Default)]
pub(super) struct Listed {
    /// For each column where its rows begin; one more at the end.
    starts: Vec<usize>,
    rows: Vec<(u32, i32)>,
    /// So many lists had been made when this was.
    made: usize,
}

impl Listed {
    /// Looks at all lists again if more than an eighth of them are new.
    fn renew(&mut self, lists: &Lists, rows: usize, columns: usize) {
        if self.starts.len() == columns + 1 && lists.made() - self.made <= rows / 8 {
            return;
        }
        let entries = || (0..rows).flat_map(|row| lists.of(row).iter().map(move |entry| (row as u32, entry)));
        let mut starts = vec![0; columns + 1];
        for (_, entry) in entries() {
            starts[entry.column as usize] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut listed = vec![(NONE, 0); sum];
        for (row, entry) in entries() {
            let start = &mut starts[entry.column as usize];
            *start -= 1;
            listed[*start] = (row, entry.score);
        }
        *self = Self { starts, rows: listed, made: lists.made() };
    }

    fn of(&self, column: usize) -> &[(u32, i32)] {
        &self.rows[self.starts[column]..self.starts[column + 1]]
    }
}

/// A column with a place to fill: the free one, or one that a row would leave for that of an earlier step.
struct Step {
    column: u32,
    leaves: u32,
    to: usize,
}

impl Search {
    /// Fills a free place at a price if there is a chain of ties, as far as the lists tell and as long as there are
    /// questions left: one a row in a list.
    pub(super) fn fill_by_ties(&mut self, state: &mut State, column: u32, questions: &mut usize) -> bool {
        let mut listed = std::mem::take(&mut self.listed);
        listed.renew(&state.lists, state.gains.len(), state.places.len());
        let mut steps = Vec::new();
        self.add_step(&mut steps, Step { column, leaves: NONE, to: 0 });
        let (mut at, mut end) = (0, None);
        while at < steps.len() && end.is_none() && *questions > 0 {
            let hole = steps[at].column;
            let rows = listed.of(hole as usize);
            *questions = questions.saturating_sub(rows.len());
            for &(row, _) in rows.iter().filter(|&&(row, score)| is_tie(state, row, Entry { column: hole, score })) {
                let from = state.mate[row as usize];
                if from == NONE || state.prices.of(from as usize) == 0 {
                    end = Some((row, at));
                    break;
                }
                self.add_step(&mut steps, Step { column: from, leaves: row, to: at });
            }
            at += 1;
        }
        self.listed = listed;
        self.clear();
        let Some((mut row, mut to)) = end else { return false };
        while row != NONE {
            state.detach(row);
            state.attach(row, steps[to].column);
            (row, to) = (steps[to].leaves, steps[to].to);
        }
        true
    }

    /// Adds a step to a column that has none yet.
    fn add_step(&mut self, steps: &mut Vec<Step>, step: Step) {
        let distance = &mut self.column_distance[step.column as usize];
        if *distance == FAR {
            *distance = 0;
            self.columns_seen.push(step.column);
            steps.push(step);
        }
    }
}

/// Whether a row would be as well off in another column, which is in its list still.
fn is_tie(state: &State, row: u32, entry: Entry) -> bool {
    let at = row as usize;
    state.value(entry) + state.bonus() == state.gains[at]
        && state.takes_part(at)
        && state.lists.of(at).iter().any(|listed| listed.column == entry.column)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::{Certificate, Control, Dense, Problem, check};

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        /// Whoever leaves: if a chain is found, the pairing is best again at the same prices; if not, nobody has moved.
        #[test]
        fn a_chain_of_ties_touches_no_price(
            scores in prop::collection::vec(prop::option::weighted(0.8, 0..5i32), 12 * 5),
            places in prop::collection::vec(1..3u32, 5),
            row in 0..12usize,
        ) {
            let problem = Problem::new(Dense::new(12, 5, scores).unwrap()).unwrap().with_capacities(places).unwrap();
            let (mut state, mut search) = crate::solver::solve(&problem, None, &Control::default()).unwrap();
            let mut problem = problem;
            problem.present[row] = false;
            let Some(column) = state.seat_out(row) else { return Ok(()) };
            let (before, seats) = (state.prices.clone(), state.mate.clone());
            let filled = state.wants(column) && search.fill_by_ties(&mut state, column as u32, &mut 1000);
            prop_assert_eq!(&state.prices, &before);
            if filled || !state.wants(column) {
                let pairing: Vec<Option<usize>> = (0..12).map(|row| state.column_of(row)).collect();
                let certificate = Certificate { prices: before, gains: state.gains.clone() };
                prop_assert!(check(&problem, &pairing, &certificate).is_ok());
                prop_assert!(state.used.iter().zip(&state.places).all(|(used, places)| used <= places));
            } else {
                prop_assert_eq!(&state.mate, &seats);
            }
        }
    }

    #[test]
    fn a_chain_is_found_from_the_free_place_to_one_that_costs_nothing() {
        // Everybody may have the first two columns at 5 points each; the third costs nothing and is as good for the last.
        let rows = [[9, 0, 0], [9, 9, 0], [0, 9, 4]];
        let scores = Dense::new(3, 3, rows.into_iter().flatten().map(|score| (score > 0).then_some(score))).unwrap();
        let problem = Problem::new(scores).unwrap();
        let mut state = State::new(&problem);
        for (row, column) in [(0, 0), (1, 1), (2, 2)] {
            state.seat(row, column);
        }
        state.prices.set(0, 5);
        state.prices.set(1, 5);
        state.gains = vec![4, 4, 4];
        state.make_lists(&problem, &[0, 1, 2]);
        let mut search = Search::new(3, 3);
        assert_eq!(state.seat_out(0), Some(0));
        assert!(search.fill_by_ties(&mut state, 0, &mut 1000));
        assert_eq!(state.mate, [NONE, 0, 1]);
        assert_eq!(state.used, [1, 1, 0]);
        assert!(!search.fill_by_ties(&mut state, 2, &mut 1000), "nobody is as well off there");
    }
}
