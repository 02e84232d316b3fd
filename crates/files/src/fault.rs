//! What is wrong with a file, and where.

use std::path::{Path, PathBuf};

use mentoring::Say;

/// A fault in a file: where, and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1, as an editor numbers it.
    pub line: Option<usize>,
    /// The field in that line, from 1.
    pub column: Option<usize>,
    /// What is wrong.
    pub what: Say,
}

/// A file that cannot be used.
#[derive(Debug)]
pub struct Unread {
    /// The file.
    pub file: PathBuf,
    /// Why not.
    pub why: Why,
}

/// Why a file cannot be used.
#[derive(Debug)]
pub enum Why {
    /// It cannot be had.
    Closed(std::io::Error),
    /// There is something wrong in it.
    Fault(Fault),
}

impl Fault {
    /// Says in which file the fault is.
    pub(crate) fn of(self, file: &Path) -> Unread {
        Unread { file: file.to_owned(), why: Why::Fault(self) }
    }
}

pub(crate) fn at(line: usize, column: usize, what: Say) -> Fault {
    Fault { line: Some(line), column: Some(column), what }
}

pub(crate) fn on(line: usize, what: Say) -> Fault {
    Fault { line: Some(line), column: None, what }
}

pub(crate) fn whole(what: Say) -> Fault {
    Fault { line: None, column: None, what }
}

/// A sentence about a word.
pub(crate) fn about(key: &'static str, word: &str) -> Say {
    Say::new(key).with("x", word)
}
