//! The time the program goes by: that of Sweden, read in one place, and in a demo possibly another day's.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};

/// A moment as clocks in Sweden show it.
///
/// # Panics
/// Never: the zone is built into the program, for machines that know none.
pub fn there(moment: Timestamp) -> Zoned {
    moment.to_zoned(TimeZone::get("Europe/Stockholm").expect("the zone is built in"))
}

/// The moment at which clocks in Sweden show a time: the first, if they show it twice; none, if they never do, because
/// they are put forward past it.
///
/// # Panics
/// Never, as [`there`].
pub fn moment_there(time: DateTime) -> Option<Timestamp> {
    let zone = TimeZone::get("Europe/Stockholm").expect("the zone is built in");
    let ambiguous = zone.to_ambiguous_timestamp(time);
    if matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. }) {
        return None;
    }
    ambiguous.earlier().ok()
}

/// A clock that can be set to another day and goes on from there.
pub struct Clock {
    read: fn() -> Timestamp,
    /// Seconds ahead of what is read.
    ahead: AtomicI64,
}

impl Clock {
    /// A clock that shows what it reads.
    pub fn new(read: fn() -> Timestamp) -> Self {
        Self { read, ahead: AtomicI64::new(0) }
    }

    /// The moment it shows.
    pub fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_secs(self.ahead.load(Ordering::Relaxed));
        (self.read)().checked_add(ahead).unwrap_or(Timestamp::MAX)
    }

    /// The day it shows.
    pub fn today(&self) -> Date {
        there(self.now()).date()
    }

    /// Sets it to the same time of another day.
    pub fn set_day(&self, day: Date) {
        let shown = there(self.now());
        let days = shown.date().until(day).map_or(0, |span| span.get_days());
        if let Ok(other) = shown.checked_add(days.days()) {
            let seconds = other.timestamp().duration_since(shown.timestamp()).as_secs();
            self.ahead.fetch_add(seconds, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hour_that_disappears_in_march_is_no_time_and_the_one_that_comes_twice_is_the_first() {
        let moment = |text: &str| moment_there(text.parse().unwrap()).map(|moment| moment.to_string());
        assert_eq!(moment("2027-03-28T01:59").as_deref(), Some("2027-03-28T00:59:00Z"));
        assert_eq!(moment("2027-03-28T02:00"), None);
        assert_eq!(moment("2027-03-28T02:59"), None);
        assert_eq!(moment("2027-03-28T03:00").as_deref(), Some("2027-03-28T01:00:00Z"));
        assert_eq!(moment("2026-10-25T02:30").as_deref(), Some("2026-10-25T00:30:00Z"));
        assert_eq!(moment("2026-12-03T10:00").as_deref(), Some("2026-12-03T09:00:00Z"));
    }

    #[test]
    fn another_day_is_the_same_time_of_it() {
        let clock = Clock::new(|| "2026-11-23T23:30:00Z".parse().unwrap());
        assert_eq!(clock.today().to_string(), "2026-11-24", "half past midnight in Sweden");
        for day in ["2026-11-23", "2027-07-01", "2020-02-29"] {
            clock.set_day(day.parse().unwrap());
            let shown = there(clock.now());
            assert_eq!((shown.date().to_string().as_str(), shown.time().to_string().as_str()), (day, "00:30:00"));
        }
    }
}
