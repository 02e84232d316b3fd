//! Shortest paths in the residual graph: labels, kept between searches and cleared by what was touched.

use super::queue::Queue;
use super::state::NONE;
use super::ties::Listed;

/// Where a forward search starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// A row without a column looks for one.
    Row(usize),
    /// A column has one row more than places; somebody has to go.
    Column(usize),
}

pub(super) const FAR: i64 = i64::MAX / 2;

/// Scratch space of the searches.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    pub(super) queue: Queue,
    pub(super) row_distance: Vec<i64>,
    pub(super) column_distance: Vec<i64>,
    pub(super) column_parent: Vec<u32>,
    pub(super) rows_seen: Vec<u32>,
    pub(super) columns_seen: Vec<u32>,
    pub(super) listed: Listed,
}

impl Search {
    pub(crate) fn new(rows: usize, columns: usize) -> Self {
        Self {
            queue: Queue::new(),
            row_distance: vec![FAR; rows],
            column_distance: vec![FAR; columns],
            column_parent: vec![NONE; columns],
            rows_seen: Vec::new(),
            columns_seen: Vec::new(),
            listed: Listed::default(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.queue.clear();
        for row in self.rows_seen.drain(..) {
            self.row_distance[row as usize] = FAR;
        }
        for column in self.columns_seen.drain(..) {
            self.column_distance[column as usize] = FAR;
            self.column_parent[column as usize] = NONE;
        }
    }
}
