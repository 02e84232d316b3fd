//! The time the program goes by: that of Sweden, read in one place, and in a demo possibly another day's.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp, ToSpan, Zoned, civil::Date, tz::TimeZone};

/// A moment as clocks in Sweden show it.
///
/// # Panics
/// Never: the zone is built into the program, for machines that know none.
pub fn there(moment: Timestamp) -> Zoned {
    moment.to_zoned(TimeZone::get("Europe/Stockholm").expect("the zone is built in"))
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
