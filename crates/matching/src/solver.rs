//! The solver: short lists, a bulk pass, then shortest augmenting paths.
//!
//! All numbers are integers, so the prices are exact and the proof has no tolerance. One search
//! serves solving and re-solving: `forward` makes room for a row (prices rise), `reverse`
//! fills a place that has become free (prices fall).

mod bulk;
mod forward;
mod lists;
mod queue;
mod reverse;
mod search;
mod state;

pub(crate) use search::{Search, Start};
pub(crate) use state::State;

use crate::control::{Cancelled, Control};
use crate::problem::Problem;
use crate::scores::Scores;

/// For so many rows it pays to make every list anew between the bulk and the searches: all together they cost much
/// less than each on its own when a search comes to it.
const REFRESHED_FROM: usize = 1 << 12;

/// Solves from scratch.
pub(crate) fn solve<S: Scores>(problem: &Problem<S>, control: &Control) -> Result<(State, Search), Cancelled> {
    let mut state = State::new(problem);
    let mut search = Search::new(problem.rows(), problem.columns());
    let rows: Vec<u32> = (0..problem.rows() as u32).filter(|&row| state.takes_part(row as usize)).collect();
    let total = rows.len();
    let left = bulk::assign(&mut state, problem, &rows, control)?;
    if total >= REFRESHED_FROM && !left.is_empty() {
        for some in rows.chunks(REFRESHED_FROM) {
            control.check()?;
            state.make_lists(problem, some);
        }
    }
    for (done, &row) in left.iter().enumerate() {
        control.step(2 * total - left.len() + done, 2 * total)?;
        search.forward(&mut state, problem, Start::Row(row as usize));
    }
    control.step(2 * total, 2 * total)?;
    Ok((state, search))
}
