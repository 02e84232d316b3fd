//! Only the allowed pairs, row by row (compressed sparse rows).

use std::ops::{Range, RangeInclusive};

use crate::dense::BadScores;
use crate::prices::Prices;
use crate::scores::{SCORE_LIMIT, Scores, Visit};

/// A score for each allowed pair; every other pair is not allowed.
#[derive(Clone, Debug)]
pub struct Sparse {
    by_row: Lists,
    by_column: Lists,
    range: RangeInclusive<i32>,
}

#[derive(Clone, Debug)]
struct Lists {
    starts: Vec<usize>,
    entries: Vec<(u32, i32)>,
}

impl Lists {
    fn of(&self, index: usize) -> &[(u32, i32)] {
        &self.entries[self.starts[index]..self.starts[index + 1]]
    }

    fn new(length: usize, sorted: impl Iterator<Item = (u32, u32, i32)>) -> Self {
        let mut starts = vec![0; length + 1];
        let mut entries = Vec::new();
        for (index, other, score) in sorted {
            starts[index as usize + 1] += 1;
            entries.push((other, score));
        }
        for index in 0..length {
            starts[index + 1] += starts[index];
        }
        Self { starts, entries }
    }
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
        let by_row = Lists::new(rows, entries.iter().copied());
        entries.sort_unstable_by_key(|&(row, column, _)| (column, row));
        let by_column = Lists::new(columns, entries.iter().map(|&(row, column, score)| (column, row, score)));
        Ok(Self { by_row, by_column, range })
    }

    /// The entries of a row in some of the columns.
    fn among(&self, row: usize, columns: &Range<usize>) -> &[(u32, i32)] {
        let entries = self.by_row.of(row);
        let until = |column: usize| entries.partition_point(|entry| (entry.0 as usize) < column);
        &entries[until(columns.start)..until(columns.end)]
    }
}

impl Scores for Sparse {
    fn rows(&self) -> usize {
        self.by_row.starts.len() - 1
    }
    fn columns(&self) -> usize {
        self.by_column.starts.len() - 1
    }
    fn range(&self) -> RangeInclusive<i32> {
        self.range.clone()
    }
    fn score(&self, row: usize, column: usize) -> Option<i32> {
        let entries = self.by_row.of(row);
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
    fn scan_column(&self, column: usize, gains: &[i64], threshold: i64, visit: &mut Visit) {
        let mut threshold = threshold;
        for &(row, score) in self.by_column.of(column) {
            if i64::from(score) - gains[row as usize] > threshold {
                threshold = visit(row, score);
            }
        }
    }
}
