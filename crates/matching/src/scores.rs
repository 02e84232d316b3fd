//! What the solver needs to know of the scores, and nothing more.

use std::ops::{Range, RangeInclusive};

use crate::prices::Prices;

/// The largest magnitude of a score or an outside value.
///
/// With it every sum the solver forms fits in an `i64`, so overflow cannot happen.
pub const SCORE_LIMIT: i32 = 1 << 28;

/// A visitor of pairs: takes the index and the score, returns the threshold to go on with.
///
/// The threshold may only rise during one scan.
pub type Visit<'a> = dyn FnMut(u32, i32) -> i64 + 'a;

/// Scores of rows for columns, however they are stored or computed.
///
/// A pair has a score in whole points or is not allowed. Implementations must be pure: the same
/// pair always has the same score.
pub trait Scores: Sync {
    /// Number of rows (those who each want one place).
    fn rows(&self) -> usize;

    /// Number of columns (those who offer places).
    fn columns(&self) -> usize;

    /// Bounds that hold every score; they need not be tight.
    fn range(&self) -> RangeInclusive<i32>;

    /// The score of one pair, or `None` if it is not allowed.
    ///
    /// # Panics
    /// May panic if an index is out of range.
    fn score(&self, row: usize, column: usize) -> Option<i32>;

    /// Visits, in ascending order, every allowed column of `row` among `columns` whose score less its price
    /// exceeds the threshold.
    ///
    /// This is the solver's inner loop. The default asks for the pairs one by one.
    ///
    /// # Panics
    /// May panic if an index is out of range.
    fn scan(&self, row: usize, columns: Range<usize>, prices: &Prices, threshold: i64, visit: &mut Visit) {
        let mut threshold = threshold;
        let prices = &prices.as_slice()[columns.clone()];
        for (column, price) in columns.zip(prices) {
            let Some(score) = self.score(row, column) else {
                continue;
            };
            if i64::from(score) - price > threshold {
                threshold = visit(column as u32, score);
            }
        }
    }

    /// How many columns among these are allowed for `row`.
    ///
    /// # Panics
    /// May panic if an index is out of range.
    fn count(&self, row: usize, columns: Range<usize>) -> u64 {
        columns.map(|column| u64::from(self.score(row, column).is_some())).sum()
    }
}

impl<S: Scores + Send + ?Sized> Scores for std::sync::Arc<S> {
    fn rows(&self) -> usize {
        (**self).rows()
    }
    fn columns(&self) -> usize {
        (**self).columns()
    }
    fn range(&self) -> RangeInclusive<i32> {
        (**self).range()
    }
    fn score(&self, row: usize, column: usize) -> Option<i32> {
        (**self).score(row, column)
    }
    fn scan(&self, row: usize, columns: Range<usize>, prices: &Prices, threshold: i64, visit: &mut Visit) {
        (**self).scan(row, columns, prices, threshold, visit);
    }
    fn count(&self, row: usize, columns: Range<usize>) -> u64 {
        (**self).count(row, columns)
    }
}
