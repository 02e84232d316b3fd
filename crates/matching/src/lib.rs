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
//! ```
//! use matching::{Control, Problem, TablesBuilder};
//!
//! // Three columns: what they know (0 nothing, 1 something, 2 a lot), and where they are.
//! let mut builder = TablesBuilder::new(3);
//! let export = builder.plane([2, 1, 0]);
//! let place = builder.plane([0, 1, 1]);
//! // A row that needs export, and one that can only meet in place 1.
//! let points = |table: &[u16]| std::array::from_fn(|code| table.get(code).copied().unwrap_or(0));
//! builder.row(0, [(export, points(&[0, 30, 60])), (place, points(&[10]))], [])?;
//! builder.row(5, [(export, points(&[0, 20, 20]))], [(place, 1 << 0)])?;
//! let mut solution = Problem::new(builder.build())?.solve(&Control::default())?;
//! assert_eq!(solution.assignment(), [Some(0), Some(1)]);
//!
//! // What would it cost everybody together if the first had the second column?
//! let other = &solution.alternatives(0, 1)?[0];
//! assert_eq!((other.column, other.change.points), (1, -60));
//! // And if its column withdraws?
//! solution.set_capacity(0, 0)?;
//! assert_eq!(solution.assignment(), [Some(1), Some(2)]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is best
//!
//! The greatest sum of the scores of the pairs made, plus the outside value of each row left without one
//! ([`Objective::BestTotal`]); or the same among the pairings with the most pairs ([`Objective::MostPairs`], by a bonus for each
//! pair that outweighs all scores). Locks and bans by hand are kept. Points are whole numbers, so that ties are ties and the proof
//! has no tolerance. The same problem has the same answer, whatever the number of threads.
//!
//! # Why nothing can be better
//!
//! A solve ends with a price for each column and a gain for each row, none below its row's outside value, such that gain + price
//! ≥ score for every allowed pair. Whatever pairing one thinks of: each of its pairs scores at most its row's gain and its
//! column's price, each row without a pair has at most its gain, and a column is paid for at most as often as it has places. So no
//! pairing totals more than all gains and all prices times places. The pairing found totals exactly that. [`check`] looks at every
//! allowed pair to see that it is so; a flaw in the solver could make it slow or make the check fail, but not let a worse pairing
//! pass for the best.
//!
//! # How
//!
//! Each row keeps a list of its best columns at the prices of the day, and a bound on all others; a list is made anew when
//! something outside it could matter, so that exactness never rests on the lists. An auction (Bertsekas 1988) seats nearly
//! everybody within a step of the best. Whoever could be better off is then searched a place for by shortest augmenting paths with
//! integer potentials (Kuhn 1955; Jonker & Volgenant 1987; Crouse 2016 for rectangles), and what places are left free at a price
//! are filled by one search for all of them at a time. [`Solution`] keeps all that, so that a change moves only those who must.
//!
//! # What it costs
//!
//! Memory grows with rows and columns, never with pairs (save where the scores are stored: [`Dense`], [`Sparse`]). In the worst
//! case time grows as rows × (rows + columns) × columns, as for any method by shortest paths: so it is where all rows agree on the
//! order of the columns. Where they do not, a solve is a small multiple of a pass over all allowed pairs, and a change a small part
//! of a solve.
//!
//! # Limits
//!
//! Scores and outside values up to ±[`SCORE_LIMIT`], rows, columns and places up to a quarter of 2³²; with these no sum can
//! overflow. [`Tables`] have up to [`Tables::MOST_POINTS`] points a row and sixteen values a feature. What exceeds a limit is
//! refused when the problem is built: every [`Problem`] that exists can be solved.
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
