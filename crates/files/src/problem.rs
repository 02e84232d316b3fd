//! Problems for the engine: scores as numbers, or features that people have.

mod features;
mod named;
mod numbers;
mod scheme;

pub use features::Features;
pub use numbers::{Numbers, capacities, numbers};

use std::path::Path;

use crate::fault::{Fault, Unread, Why, whole};
use crate::text::text;

/// Gives the bytes of a file by its name.
pub type Open<'a> = &'a dyn Fn(&Path) -> std::io::Result<Vec<u8>>;

/// A file of numbers, which may claim rows that it does not name, and a sheet may have no more rows or columns. A fuzzer
/// would do nothing but claim.
const MOST: u32 = if cfg!(fuzzing) { 1000 } else { 10_000_000 };

/// What rows and columns are called, and how many of a score's digits come after the decimal point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The rows, in the order of the problem.
    pub rows: Vec<String>,
    /// The columns.
    pub columns: Vec<String>,
    /// The engine counts in steps of the last of these digits.
    pub digits: u32,
}

/// Opens a file and understands its text, or says of which file what is wrong.
fn understand<T>(file: &Path, open: Open, meaning: impl FnOnce(&str) -> Result<T, Fault>) -> Result<T, Unread> {
    let bytes = open(file).map_err(|error| Unread { file: file.to_owned(), why: Why::Closed(error) })?;
    text(&bytes).map_err(whole).and_then(|text| meaning(&text)).map_err(|fault| fault.of(file))
}
