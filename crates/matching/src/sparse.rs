//! Only the allowed pairs, row by row (compressed sparse rows).

use std::ops::{Range, RangeInclusive};

use crate::dense::BadScores;
use crate::prices::Prices;
use crate::scores::{SCORE_LIMIT, Scores, Visit};

/// A score for each allowed pair; every other pair is not allowed.
#[derive(Clone, Debug)]
pub struct Sparse {
    columns: usize,
    /// Where the entries of each row begin, and where the last end.
    starts: Vec<usize>,
    entries: Vec<(u32, i32)>,
    range: RangeInclusive<i32>,
}

impl Sparse {
    /// From `(row, column, score)` entries in any order. `O(n log n)` in the number of entries.
    ///
    /// # Errors
    /// [`BadScores`] if an entry lies outside the shape, stands twice or is beyond [`SCORE_LIMIT`].
    pub fn new(
        rows: usize,
        columns: usize,
        entries: impl IntoIterator<Item = (u32, u32, i32)>,
    ) -> Result<Self, BadScores> {
        let mut entries: Vec<_> = entries.into_iter().collect();
        let mut range = 0..=0;
        for &(row, column, score) in &entries {
            let (row, column) = (row as usize, column as usize);
            if row >= rows || column >= columns {
                return Err(BadScores::NoSuchPair { row, column, rows, columns });
            }
            if !(-SCORE_LIMIT..=SCORE_LIMIT).contains(&score) {
                return Err(BadScores::OutOfRange { row, column, score });
            }
            range = *range.start().min(&score)..=*range.end().max(&score);
        }
        entries.sort_unstable();
        if let Some(pair) = entries.windows(2).find(|pair| (pair[0].0, pair[0].1) == (pair[1].0, pair[1].1)) {
            return Err(BadScores::Duplicate { row: pair[0].0 as usize, column: pair[0].1 as usize });
        }
        let mut starts = vec![0; rows + 1];
        for &(row, ..) in &entries {
            starts[row as usize + 1] += 1;
        }
        for row in 0..rows {
            starts[row + 1] += starts[row];
        }
        let entries = entries.into_iter().map(|(_, column, score)| (column, score)).collect();
        Ok(Self { columns, starts, entries, range })
    }

    fn of(&self, row: usize) -> &[(u32, i32)] {
        &self.entries[self.starts[row]..self.starts[row + 1]]
    }

    /// The entries of a row in some of the columns.
    fn among(&self, row: usize, columns: &Range<usize>) -> &[(u32, i32)] {
        let entries = self.of(row);
        let until = |column: usize| entries.partition_point(|entry| (entry.0 as usize) < column);
        &entries[until(columns.start)..until(columns.end)]
    }
}

impl Scores for Sparse {
    fn rows(&self) -> usize {
        self.starts.len() - 1
    }
    fn columns(&self) -> usize {
        self.columns
    }
    fn range(&self) -> RangeInclusive<i32> {
        self.range.clone()
    }
    fn score(&self, row: usize, column: usize) -> Option<i32> {
        let entries = self.of(row);
        let at = entries.binary_search_by_key(&(column as u32), |entry| entry.0).ok()?;
        Some(entries[at].1)
    }
    fn scan(&self, row: usize, columns: Range<usize>, prices: &Prices, threshold: i64, visit: &mut Visit) {
        let mut threshold = threshold;
        for &(column, score) in self.among(row, &columns) {
            if i64::from(score) - prices.of(column as usize) > threshold {
                threshold = visit(column, score);
            }
        }
    }
    fn count(&self, row: usize, columns: Range<usize>) -> u64 {
        self.among(row, &columns).len() as u64
    }
}
