//! The proof that a pairing is best, and its check.
//!
//! Linear programming duality: if every row has a gain and every column a price such that gain +
//! price ≥ score for every allowed pair, then no pairing can total more than all gains plus price ×
//! places. A pairing that totals exactly that is best. The check looks at every allowed pair and takes nothing from the
//! solver but the pairing, the prices and the gains; how scores are read ([`Scores::scan`]) and how work is divided
//! among threads is common to both, and tested on its own.

use crate::prices::Prices;
use crate::problem::Problem;
use crate::scores::Scores;
use crate::threads;

/// The dual solution: a price a column and a gain a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// What one more place in each column could be worth at most, in points.
    pub prices: Prices,
    /// What each row brings beyond the price of its place, in points. Ignored for locked rows.
    pub gains: Vec<i64>,
}

/// What a check has established.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The total of the pairing, outside values included; no pairing has a better one.
    pub total: i64,
    /// The number of pairs made.
    pub pairs: usize,
    /// The number of allowed pairs looked at.
    pub looked_at: u64,
}

/// What is wrong with a pairing or its certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// The pairing or the certificate has another shape than the problem.
    #[error("the pairing or its certificate does not fit the shape of the problem")]
    Shape,
    /// A pair that the scores or a ban do not allow, or an absent row with a column.
    #[error("row {row} may not have column {column}")]
    NotAllowed {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
    /// A lock is not kept.
    #[error("row {row} is locked to another column")]
    LockBroken {
        /// The row.
        row: usize,
    },
    /// A column has more rows than places.
    #[error("column {column} has more rows than places")]
    Overfull {
        /// The column.
        column: usize,
    },
    /// A row's gain is less than it has by staying unassigned.
    #[error("the gain of row {row} is below its outside value")]
    GainTooLow {
        /// The row.
        row: usize,
    },
    /// A pair's score exceeds its row's gain and its column's price together.
    #[error("row {row} and column {column} score more than the row's gain and the column's price")]
    PriceTooLow {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
    /// The pairing totals less than the certificate promises.
    #[error("the pairing totals {total}, the certificate {bound}")]
    NotTight {
        /// The total of the pairing, in the aim's points.
        total: i128,
        /// The bound from the prices and gains, in the same points.
        bound: i128,
    },
}

/// Checks that a pairing keeps every rule of the problem and that the certificate proves it best.
///
/// Looks at every allowed pair once, by as many threads as there are: `O(rows × columns)` time, `O(rows + columns)`
/// memory.
///
/// # Errors
/// The first [`Flaw`] found.
pub fn check<S: Scores>(
    problem: &Problem<S>,
    assignment: &[Option<usize>],
    certificate: &Certificate,
) -> Result<Proof, Flaw> {
    let rows = problem.outside.len();
    let columns = problem.capacities.len();
    let prices = certificate.prices.as_slice();
    if assignment.len() != rows || certificate.gains.len() != rows || prices.len() != columns {
        return Err(Flaw::Shape);
    }
    let mut places = problem.capacities.clone();
    let mut total = 0;
    let mut pairs = 0;
    for (row, &column) in assignment.iter().enumerate() {
        let locked = problem.locked.get(&(row as u32)).map(|&locked| locked as usize);
        if locked.is_some() && column != locked {
            return Err(Flaw::LockBroken { row });
        }
        match column {
            Some(column) if column >= columns => return Err(Flaw::Shape),
            Some(column) => {
                let score = problem.score(row, column).filter(|_| problem.present[row]);
                total += i64::from(score.ok_or(Flaw::NotAllowed { row, column })?);
                pairs += 1;
                places[column] = places[column].checked_sub(1).ok_or(Flaw::Overfull { column })?;
            }
            None if problem.present[row] => total += i64::from(problem.outside[row]),
            None => {}
        }
    }
    let looked_at = feasible(problem, certificate)?;
    tight(problem, assignment, certificate)?;
    Ok(Proof { total, pairs, looked_at })
}

/// Rows that the certificate speaks of.
fn free_rows<S>(problem: &Problem<S>) -> impl Iterator<Item = usize> + '_ {
    (0..problem.outside.len()).filter(|&row| problem.present[row] && !problem.locked.contains_key(&(row as u32)))
}

fn feasible<S: Scores>(problem: &Problem<S>, certificate: &Certificate) -> Result<u64, Flaw> {
    let rows: Vec<usize> = free_rows(problem).collect();
    let columns = problem.capacities.len();
    let looked_at = threads::in_bands(rows.len(), columns, |band| feasible_rows(problem, certificate, &rows[band]));
    // The first flaw is told, whoever found it.
    looked_at.into_iter().sum()
}

/// The same for some rows: a part of the columns for all of them before the next.
fn feasible_rows<S: Scores>(problem: &Problem<S>, certificate: &Certificate, rows: &[usize]) -> Result<u64, Flaw> {
    let bonus = problem.bonus();
    let mut looked_at = 0;
    let mut beaten = vec![None; rows.len()];
    for columns in threads::tiles(problem.capacities.len()) {
        for (&row, beaten) in rows.iter().zip(&mut beaten) {
            let most = certificate.gains[row].saturating_sub(bonus);
            let bans = problem.bans_of(row);
            looked_at += problem.scores.count(row, columns.clone());
            problem.scores.scan(row, columns.clone(), &certificate.prices, most, &mut |column, _| {
                if !bans.contains(&column) {
                    beaten.get_or_insert(column as usize);
                }
                most
            });
        }
    }
    for (&row, beaten) in rows.iter().zip(beaten) {
        if certificate.gains[row] < i64::from(problem.outside[row]) {
            return Err(Flaw::GainTooLow { row });
        }
        if let Some(column) = beaten {
            return Err(Flaw::PriceTooLow { row, column });
        }
        let allowed = |&&banned: &&u32| problem.scores.score(row, banned as usize).is_some();
        looked_at -= problem.bans_of(row).iter().filter(allowed).count() as u64;
    }
    Ok(looked_at)
}

fn tight<S: Scores>(problem: &Problem<S>, assignment: &[Option<usize>], certificate: &Certificate) -> Result<(), Flaw> {
    let mut places: Vec<i128> = problem.capacities.iter().map(|&places| i128::from(places)).collect();
    for &column in problem.locked.values() {
        places[column as usize] -= 1;
    }
    let mut total = 0;
    let mut bound: i128 = 0;
    for row in free_rows(problem) {
        bound += i128::from(certificate.gains[row]);
        total += match assignment[row] {
            Some(column) => i128::from(problem.scores.score(row, column).unwrap_or(0)) + i128::from(problem.bonus()),
            None => i128::from(problem.outside[row]),
        };
    }
    for (price, places) in certificate.prices.as_slice().iter().zip(places) {
        bound += i128::from(*price) * places;
    }
    if total == bound { Ok(()) } else { Err(Flaw::NotTight { total, bound }) }
}
