//! The solver: short lists, the bulk by an auction, then shortest augmenting paths.
//!
//! All numbers are integers, so the prices are exact and the proof has no tolerance. The same searches
//! serve solving and re-solving: `forward` makes room for a row (prices rise); `ties` and, where it finds nothing, `refill`
//! fill places that have become free (prices stay, or fall).

mod ahead;
mod bulk;
mod forward;
mod lists;
mod queue;
mod refill;
mod search;
mod state;
mod ties;

pub(crate) use search::{Search, Start};
pub(crate) use state::{NONE, State, worth_more};

use crate::checkpoint::Checkpoint;
use crate::control::{Cancelled, Control};
use crate::problem::Problem;
use crate::scores::Scores;

/// Solves from scratch, or from where something has come to.
pub(crate) fn solve<S: Scores>(
    problem: &Problem<S>,
    from: Option<&Checkpoint>,
    control: &Control,
) -> Result<(State, Search), Cancelled> {
    let mut state = State::new(problem);
    if let Some(checkpoint) = from {
        state.resume(problem, checkpoint);
    }
    let mut search = Search::new(problem.rows(), problem.columns());
    let rows: Vec<u32> = (0..problem.rows() as u32).filter(|&row| state.takes_part(row as usize)).collect();
    let total = rows.len();
    let left = bulk::assign(&mut state, problem, &rows, control)?;
    for (done, &row) in left.iter().enumerate() {
        control.step((2 * total - left.len() + done, 2 * total), &|| state.checkpoint())?;
        search.forward(&mut state, problem, Start::Row(row as usize));
    }
    search.refill(&mut state, problem, control)?;
    control.step((2 * total, 2 * total), &|| state.checkpoint())?;
    Ok((state, search))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dense::Dense;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        /// More columns tie than a list holds, for rows and places of any number, also after somebody has left.
        #[test]
        fn where_very_many_tie_the_pairing_is_best(
            seed in 1..u64::MAX,
            rows in 60..100usize,
            columns in 60..100usize,
            kinds in 1..6u64,
            values in 2..5u64,
            odd in 2..40u64,
            leaves in 0..60usize,
        ) {
            let score = |row: usize, column: usize| {
                let of = |at: usize| (at as u64 + 1).wrapping_mul(seed | 1) >> 40;
                // Some are alike to nobody else.
                let more = if of(row) % odd == 0 { of(row * columns + column) % 7 } else { 0 };
                Some((of(row) % kinds * (of(column) % values) + more) as i32)
            };
            let scores = (0..rows * columns).map(|at| score(at / columns, at % columns));
            let problem = Problem::new(Dense::new(rows, columns, scores).unwrap()).unwrap();
            let places = (0..columns).map(|column| 1 + u32::from(column % 7 == 0)).collect();
            let problem = problem.with_capacities(places).unwrap();
            let mut solution = problem.solve(&Control::default()).unwrap();
            let told = crate::check(solution.problem(), &solution.assignment(), &solution.certificate());
            prop_assert!(told.is_ok(), "{told:?}");
            solution.remove(leaves).unwrap();
            let told = crate::check(solution.problem(), &solution.assignment(), &solution.certificate());
            prop_assert!(told.is_ok(), "{told:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        /// Prices fall at the end of a solve where there is much to choose from: nothing outside a list may be better
        /// than its bound says, or a change made afterwards would overlook it.
        #[test]
        fn nothing_outside_a_list_is_better_than_its_bound(seed in 1..u64::MAX, most in 20..400u64) {
            let (rows, columns) = (90, 140);
            let mut random = seed;
            let mut score = || {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                Some((random % most) as i32)
            };
            let scores: Vec<_> = (0..rows * columns).map(|_| score()).collect();
            let problem = Problem::new(Dense::new(rows, columns, scores).unwrap()).unwrap();
            let (mut state, mut search) = (State::new(&problem), Search::new(rows, columns));
            let all: Vec<u32> = (0..rows as u32).collect();
            for row in bulk::assign(&mut state, &problem, &all, &Control::default()).unwrap() {
                search.forward(&mut state, &problem, Start::Row(row as usize));
            }
            // Lists of the last day, with nothing to spare.
            state.make_lists(&problem, &all);
            search.refill(&mut state, &problem, &Control::default()).unwrap();
            for row in 0..rows {
                let listed: Vec<usize> = state.lists.of(row).iter().map(|entry| entry.column as usize).collect();
                for column in (0..columns).filter(|column| !listed.contains(column)) {
                    let value = i64::from(problem.scores.score(row, column).unwrap()) - state.prices.of(column);
                    prop_assert!(value <= state.lists.bound(row), "row {row}, column {column}");
                }
            }
            prop_assert!((0..columns).all(|column| !state.wants(column)));
        }
    }
}
