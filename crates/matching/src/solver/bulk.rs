//! The bulk of the pairs, by bids: an auction without a smallest step.
//!
//! A row bids for its best column up to where its second best would be as good. A full column keeps
//! its highest bids and has the lowest of them as its price, so prices only rise and stay feasible
//! throughout (Bertsekas' auction with ε = 0; the augmenting row reduction of Jonker & Volgenant
//! with capacities kept as capacities). Rows that would have to bid nothing are left to the search.

use super::lists::Entry;
use super::state::State;
use crate::control::{Cancelled, Control};
use crate::problem::Problem;
use crate::scores::Scores;

/// Bids are cut short after this many for each row: price wars are settled faster by a search.
const BIDS_PER_ROW: usize = 8;

/// So many rows have their lists made together.
const AT_ONCE: usize = 256;

enum Choice {
    Outside,
    Column { entry: Entry, value: i64, second: i64 },
}

/// Assigns what can be assigned by bids; returns the rows left over, in order.
///
/// Lists are made for some rows at a time, at the prices that others' bids have made by then: fewer go
/// stale than if all were made at the start, and threads have something to share.
pub(super) fn assign<S: Scores>(
    state: &mut State,
    problem: &Problem<S>,
    rows: &[u32],
    control: &Control,
) -> Result<Vec<u32>, Cancelled> {
    let total = rows.len();
    let mut left = Vec::new();
    let mut bids = vec![0; problem.rows()];
    let mut budget = BIDS_PER_ROW * rows.len();
    for (done, &row) in rows.iter().enumerate() {
        control.step(done, 2 * total)?;
        if done.is_multiple_of(AT_ONCE) {
            state.make_lists(problem, &rows[done..total.min(done + AT_ONCE)]);
        }
        let mut bidder = Some(row);
        while let Some(row) = bidder.take() {
            if budget == 0 {
                left.push(row);
                break;
            }
            budget -= 1;
            let Choice::Column { entry, value, second } = choose(state, problem, row as usize) else {
                state.gains[row as usize] = i64::from(problem.outside[row as usize]);
                continue;
            };
            let column = entry.column as usize;
            bids[row as usize] = state.prices.of(column) + (value - second);
            if !state.has_room(column) {
                if value == second || state.places[column] == 0 {
                    left.push(row);
                    continue;
                }
                let lowest = state.occupants(column).min_by_key(|&other| (bids[other as usize], other));
                let lowest = lowest.expect("a full column with places has rows");
                state.detach(lowest);
                bidder = Some(lowest);
            }
            state.attach(row, entry.column);
            if !state.has_room(column) {
                let price = state.occupants(column).map(|row| bids[row as usize]).min();
                state.prices.set(column, price.expect("the column has rows"));
            }
        }
    }
    settle_gains(state, problem);
    left.sort_unstable();
    Ok(left)
}

fn choose<S: Scores>(state: &mut State, problem: &Problem<S>, row: usize) -> Choice {
    let floor = i64::from(problem.outside[row]) - state.bonus;
    let mut choice = best_two(state, row);
    if choice.is_none_or(|(_, value, _)| value < state.lists.bound(row)) {
        state.make_list(problem, row);
        choice = best_two(state, row);
    }
    match choice {
        Some((entry, value, second)) if value >= floor => {
            let second = second.max(state.lists.bound(row)).max(floor);
            // A bound can lie above the best listed only in a tie wider than the list.
            Choice::Column { entry, value, second: second.min(value) }
        }
        _ => Choice::Outside,
    }
}

/// The best listed column, its value, and the value of the second best.
fn best_two(state: &State, row: usize) -> Option<(Entry, i64, i64)> {
    let mut best: Option<(Entry, i64)> = None;
    let mut second = i64::MIN / 4;
    for &entry in state.lists.of(row) {
        let value = state.value(entry);
        match best {
            Some((held, top)) if value < top || (value == top && state.has_room(held.column as usize)) => {
                second = second.max(value);
            }
            // Of equals, one with a free place spares a search.
            Some((_, top)) if value == top && !state.has_room(entry.column as usize) => second = value,
            _ => {
                second = best.map_or(second, |(_, top)| top.max(second));
                best = Some((entry, value));
            }
        }
    }
    best.map(|(entry, value)| (entry, value, second))
}

fn settle_gains<S: Scores>(state: &mut State, problem: &Problem<S>) {
    for row in 0..problem.rows() {
        if let Some(column) = state.column_of(row) {
            let score = problem.scores.score(row, column).expect("only allowed pairs are made");
            state.gains[row] = i64::from(score) - state.prices.of(column) + state.bonus;
        }
    }
}
