//! Who does something, and when: an argument of every change.

use jiff::{Timestamp, tz::TimeZone};
use mentoring::Id;

/// Who and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The name of the person who acts.
    pub by: String,
    /// Their account; none for the operator at the command line and for the program itself.
    pub account: Option<Id>,
    /// The moment.
    pub at: Timestamp,
}

impl Stamp {
    /// The program itself, or the operator, under a name.
    pub fn program(name: &str, at: Timestamp) -> Self {
        Self { by: name.to_owned(), account: None, at }
    }

    pub(crate) fn moment(&self) -> String {
        moment(self.at)
    }
}

/// A moment as the database holds it: UTC, microseconds, the same length always.
pub(crate) fn moment(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()
}
