//! Who does something, and when: an argument of every change.

use jiff::{Timestamp, tz::TimeZone};

/// Who and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The name of the person who acts.
    pub by: String,
    /// The moment.
    pub at: Timestamp,
}

impl Stamp {
    /// The moment as the database holds it: UTC, microseconds, the same length always.
    pub(crate) fn moment(&self) -> String {
        self.at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()
    }
}
