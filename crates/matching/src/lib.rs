//! Provably best assignment under capacities.
//!
//! Rows want one place each; columns have places. A pair has a score in whole points or is not
//! allowed. The crate finds the assignment with the greatest total (or with the most pairs, and
//! among those the greatest total), proves it, and answers what any change would cost.
//!
//! ```
//! use matching::{Control, Dense, Problem, check};
//!
//! // Three who want a place, two columns; the first has two places.
//! let scores = Dense::new(3, 2, [Some(9), Some(7), Some(8), None, Some(6), Some(1)])?;
//! let problem = Problem::new(scores)?.with_capacities(vec![2, 1])?;
//! let solution = problem.solve(&Control::default())?;
//! assert_eq!(solution.assignment(), [Some(1), Some(0), Some(0)]);
//! assert_eq!(solution.total(), 7 + 8 + 6);
//!
//! // The proof is checked by code that takes nothing from the solver but its answer.
//! let proof = check(solution.problem(), &solution.assignment(), &solution.certificate())?;
//! assert_eq!(proof.total, 21);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Scores come as a matrix ([`Dense`]), as a list of allowed pairs ([`Sparse`]) or are computed when
//! asked for ([`Tables`], or any [`Scores`] of your own): then nothing of the size rows × columns is
//! ever stored.
//!
//! The method is an auction (Bertsekas 1988) that seats nearly everybody within a step of the best, made
//! exact by shortest augmenting paths with integer potentials (Kuhn 1955; Jonker & Volgenant 1987;
//! Crouse 2016 for rectangles): for whoever could be better off, then for every place that is free at a
//! price. All on short candidate lists with a bound for the rest, so that exactness never rests on the
//! lists.
#![deny(unsafe_code)]

mod certificate;
mod checkpoint;
mod control;
mod dense;
mod prices;
mod problem;
mod questions;
mod scores;
mod solution;
mod solver;
mod sparse;
mod tables;
mod threads;

pub use certificate::{Certificate, Flaw, Proof, check};
pub use checkpoint::{Checkpoint, NoCheckpoint};
pub use control::{Cancelled, Control, Keep};
pub use dense::{BadScores, Dense};
pub use prices::Prices;
pub use problem::{Objective, Problem, Refusal};
pub use questions::{Alternative, Unassigned};
pub use scores::{SCORE_LIMIT, Scores, Visit};
pub use solution::{Change, Move, Solution};
pub use sparse::Sparse;
pub use tables::{Plane, Tables, TablesBuilder, TooManyPoints};
