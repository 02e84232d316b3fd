//! What a report counts: one definition for each figure, by day.

use jiff::civil::Date;

use crate::language::choices;

choices! {
    /// A figure, of a stretch of days with both ends.
    Figure {
        Applied = "applied", "ansökningar", "applications";
        Accepted = "accepted", "antagna", "accepted";
        Waiting = "waiting", "väntar nu", "waiting now";
        Proposed = "proposed", "förslag", "proposals";
        Started = "started", "påbörjade par", "pairs started";
        Active = "active", "pågående par", "active pairs";
        Completed = "completed", "genomförda par", "pairs completed";
        Early = "early", "avbrutna par", "pairs ended early";
    }
}

/// A stretch of days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
}

impl Period {
    /// The calendar year so far.
    pub fn this_year(today: Date) -> Self {
        Self { from: today.first_of_year(), until: today }
    }

    /// From one day until another; the other way round if they were given so.
    pub fn between(one: Date, other: Date) -> Self {
        Self { from: one.min(other), until: one.max(other) }
    }
}
