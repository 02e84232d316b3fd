//! A full matrix of scores.

use std::ops::RangeInclusive;

use crate::scores::{SCORE_LIMIT, Scores};

/// Why a list of scores was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadScores {
    /// The number of scores is not rows × columns.
    #[error("{found} scores given where {rows} rows × {columns} columns need {}", rows * columns)]
    WrongLength {
        /// Rows asked for.
        rows: usize,
        /// Columns asked for.
        columns: usize,
        /// Scores given.
        found: usize,
    },
    /// A score is beyond [`SCORE_LIMIT`].
    #[error("the score {score} of row {row}, column {column} is beyond ±{SCORE_LIMIT}")]
    OutOfRange {
        /// Row index from 0.
        row: usize,
        /// Column index from 0.
        column: usize,
        /// The score.
        score: i32,
    },
    /// An entry names a row or column that does not exist.
    #[error("row {row}, column {column} lies outside {rows} rows × {columns} columns")]
    NoSuchPair {
        /// Row index from 0.
        row: usize,
        /// Column index from 0.
        column: usize,
        /// Number of rows.
        rows: usize,
        /// Number of columns.
        columns: usize,
    },
    /// A pair is given twice.
    #[error("row {row}, column {column} is given twice")]
    Duplicate {
        /// Row index from 0.
        row: usize,
        /// Column index from 0.
        column: usize,
    },
}

/// A score for every pair, row by row; a pair may also be not allowed.
#[derive(Clone, Debug)]
pub struct Dense {
    rows: usize,
    columns: usize,
    scores: Vec<i32>,
    range: RangeInclusive<i32>,
}

impl Dense {
    const NOT_ALLOWED: i32 = i32::MIN;

    /// A matrix from `rows × columns` scores, row by row; `None` is a pair that is not allowed.
    ///
    /// # Errors
    /// [`BadScores`] if the length is wrong or a score is beyond [`SCORE_LIMIT`].
    pub fn new(rows: usize, columns: usize, scores: impl IntoIterator<Item = Option<i32>>) -> Result<Self, BadScores> {
        let scores: Vec<i32> = scores.into_iter().map(|score| score.unwrap_or(Self::NOT_ALLOWED)).collect();
        if scores.len() != rows * columns {
            return Err(BadScores::WrongLength { rows, columns, found: scores.len() });
        }
        let mut range = 0..=0;
        for (at, &score) in scores.iter().enumerate() {
            if score == Self::NOT_ALLOWED {
                continue;
            }
            if !(-SCORE_LIMIT..=SCORE_LIMIT).contains(&score) {
                return Err(BadScores::OutOfRange { row: at / columns, column: at % columns, score });
            }
            range = *range.start().min(&score)..=*range.end().max(&score);
        }
        Ok(Self { rows, columns, scores, range })
    }
}

impl Scores for Dense {
    fn rows(&self) -> usize {
        self.rows
    }
    fn columns(&self) -> usize {
        self.columns
    }
    fn range(&self) -> RangeInclusive<i32> {
        self.range.clone()
    }
    fn score(&self, row: usize, column: usize) -> Option<i32> {
        let score = self.scores[row * self.columns + column];
        (score != Self::NOT_ALLOWED).then_some(score)
    }
}
