//! The programme's own time: that of Sweden.

use jiff::{Timestamp, Zoned, tz::TimeZone};

/// A moment as clocks in Sweden show it.
///
/// # Panics
/// Never: the zone is built into the program, for machines that know none.
pub fn there(moment: Timestamp) -> Zoned {
    moment.to_zoned(TimeZone::get("Europe/Stockholm").expect("the zone is built in"))
}
