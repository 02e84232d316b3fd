//! The bulk of the pairs, by bids: an auction.
//!
//! A row bids for its best column up to where its second best would be as good, and a step more. A full column keeps its
//! highest bids and has the lowest of them as its price (Bertsekas 1988, with capacities kept as capacities). Prices
//! start from nothing and only rise, so that a column with a free place has none. Without the step rows with equal
//! choices would outbid each other by nothing; with it each pair is at most a step from the row's best. Then gains are
//! made exact, and whoever is not at their best is freed: the searches find them a place nearby.

use super::lists::Entry;
use super::state::State;
use crate::control::{Cancelled, Control};
use crate::problem::Problem;
use crate::scores::Scores;

/// The step is so small a part of the range of the scores.
const STEPS: i64 = 1 << 10;

/// Bids are cut short after this many for each row: longer price wars are settled faster by searches.
const BIDS_PER_ROW: usize = 200;

/// The same where there are fewer places than rows: then prices have far to go, and a search soon finds who goes without.
const BIDS_IF_SHORT: usize = 8;

/// So many rows at most have their lists made together: threads have something to share then.
const AT_ONCE: usize = 4096;

/// After so many bids it is asked whether to go on: a price war can be long.
const CHECKED_EVERY: usize = 1 << 12;

/// To look through so many rows of a full column costs as much as a bid.
const AS_A_BID: usize = 16;

/// The step of a bid, in points.
pub(super) fn step<S: Scores>(problem: &Problem<S>) -> i64 {
    let range = problem.scores.range();
    ((i64::from(*range.end()) - i64::from(*range.start())) / STEPS).max(1)
}

enum Choice {
    Outside,
    /// Something outside the list may be better than everything in it.
    Unknown,
    Column {
        entry: Entry,
        value: i64,
        second: i64,
    },
}

/// Assigns what can be assigned by bids, with exact gains; returns the rows that are to be searched a place for, in
/// order.
pub(super) fn assign<S: Scores>(
    state: &mut State,
    problem: &Problem<S>,
    rows: &[u32],
    control: &Control,
) -> Result<Vec<u32>, Cancelled> {
    let step = step(problem);
    leave_worse(state, problem, rows, control)?;
    let bid = |column: Option<usize>| column.map_or(0, |column| state.prices.of(column));
    let mut bids: Vec<i64> = (0..problem.rows()).map(|row| bid(state.column_of(row))).collect();
    let places: usize = state.places.iter().map(|&places| places as usize).sum();
    let mut budget = rows.len() * if places < rows.len() { BIDS_IF_SHORT } else { BIDS_PER_ROW };
    // Those who have not begun, those who wait for a new list, and those whose turn it is: the last comes first.
    let mut fresh: Vec<u32> =
        rows.iter().rev().copied().filter(|&row| state.column_of(row as usize).is_none()).collect();
    let (mut waiting, mut bidders): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    let (mut at_once, mut made, mut used, mut turns) = (AT_ONCE, 0, 0, 0_usize);
    while budget > 0 {
        let Some(row) = bidders.pop() else {
            control.step((rows.len() - fresh.len(), 2 * rows.len()), &|| state.checkpoint())?;
            // Where all are after the same few columns, lists made together are of no use to most of them.
            at_once = if 2 * used < made { (at_once / 2).max(1) } else { (2 * at_once).min(AT_ONCE) };
            // Whoever waits for a new list waits for company.
            let from = if waiting.len() < at_once && !fresh.is_empty() { &mut fresh } else { &mut waiting };
            bidders = from.split_off(from.len().saturating_sub(at_once));
            if bidders.is_empty() {
                break;
            }
            bidders.sort_unstable();
            (made, used) = (bidders.len(), 0);
            state.make_lists(problem, &bidders);
            bidders.reverse();
            continue;
        };
        budget -= 1;
        turns += 1;
        if turns % CHECKED_EVERY == 0 {
            control.pause(&|| state.checkpoint())?;
        }
        let (entry, value, second) = match choose(state, problem, row as usize) {
            Choice::Outside => continue,
            Choice::Unknown => {
                waiting.push(row);
                continue;
            }
            Choice::Column { entry, value, second } => (entry, value, second),
        };
        used += 1;
        let column = entry.column as usize;
        bids[row as usize] = state.prices.of(column) + (value - second) + step;
        if !state.has_room(column) {
            budget = budget.saturating_sub(state.places[column] as usize / AS_A_BID);
            let lowest = state.occupants(column).min_by_key(|&other| (bids[other as usize], other));
            let lowest = lowest.expect("a column without places is too dear for anybody");
            state.detach(lowest);
            bidders.push(lowest);
        }
        state.attach(row, entry.column);
        if !state.has_room(column) {
            let price = state.occupants(column).map(|row| bids[row as usize]).min();
            state.prices.set(column, price.expect("the column has rows"));
        }
    }
    settle(state, problem, rows, control)
}

/// Whoever has a seat from before leaves it if something else is better by more than a step.
fn leave_worse<S: Scores>(
    state: &mut State,
    problem: &Problem<S>,
    rows: &[u32],
    control: &Control,
) -> Result<(), Cancelled> {
    let step = step(problem);
    // The last to come is the first to be found in a column.
    let seated: Vec<u32> = rows.iter().rev().copied().filter(|&row| state.column_of(row as usize).is_some()).collect();
    for some in seated.chunks(AT_ONCE) {
        control.pause(&|| state.checkpoint())?;
        state.make_lists(problem, some);
        for &row in some {
            let best = state.best_gain(problem, row as usize);
            if state.present_value(problem, row as usize) + step < best {
                state.detach(row);
            }
        }
    }
    Ok(())
}

fn choose<S: Scores>(state: &State, problem: &Problem<S>, row: usize) -> Choice {
    let floor = i64::from(problem.outside[row]) - state.bonus;
    let bound = state.lists.bound(row);
    match best_two(state, row) {
        Some((_, value, _)) if value < bound && bound >= floor => Choice::Unknown,
        Some((entry, value, second)) if value >= floor => {
            Choice::Column { entry, value, second: second.max(bound).max(floor) }
        }
        None if bound >= floor => Choice::Unknown,
        _ => Choice::Outside,
    }
}

/// The best listed column, its value, and the value of the second best.
fn best_two(state: &State, row: usize) -> Option<(Entry, i64, i64)> {
    let list = state.lists.of(row);
    let (mut top, mut second) = (i64::MIN, i64::MIN / 4);
    for &entry in list {
        let value = state.value(entry);
        (top, second) = (top.max(value), second.max(top.min(value)));
    }
    // Of equals, one with a free place costs nobody anything.
    let mut best = None;
    for &entry in list.iter().filter(|&&entry| state.value(entry) == top) {
        if state.has_room(entry.column as usize) {
            return Some((entry, top, second));
        }
        best = best.or(Some((entry, top, second)));
    }
    best
}

/// Makes gains exact at today's prices and frees whoever could be better off; returns those and whoever else is without
/// a column that is worth it, in order.
fn settle<S: Scores>(
    state: &mut State,
    problem: &Problem<S>,
    rows: &[u32],
    control: &Control,
) -> Result<Vec<u32>, Cancelled> {
    let stale: Vec<u32> = rows.iter().copied().filter(|&row| state.may_be_better(row as usize)).collect();
    for some in stale.chunks(AT_ONCE) {
        control.pause(&|| state.checkpoint())?;
        state.make_lists(problem, some);
    }
    let mut left = Vec::new();
    // The last to come is the first to be found in a column.
    for &row in rows.iter().rev() {
        let at = row as usize;
        let best = state.best(problem, at);
        state.gains[at] = best.max(i64::from(problem.outside[at]));
        let free = match state.column_of(at) {
            Some(_) => state.present_value(problem, at) < state.gains[at],
            None => best >= i64::from(problem.outside[at]),
        };
        if free {
            state.detach(row);
            left.push(row);
        }
    }
    left.reverse();
    Ok(left)
}
