//! Retention: how long data about people is kept, and how somebody who has gone silent is asked before
//! everything about them is erased.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

/// How long an organisation keeps what it answers for, in whole months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Retention {
    /// Applications that were declined or withdrawn.
    pub refused: u8,
    /// People who no longer take part and have not been here since.
    pub idle: u8,
    /// Names in matching rounds.
    pub rounds: u8,
}

impl Default for Retention {
    fn default() -> Self {
        Self { refused: 12, idle: 24, rounds: 24 }
    }
}

impl Retention {
    /// Months that an organisation may choose for refused applications: long enough to answer for a
    /// decision, and no longer than the programme lasts.
    pub const REFUSED: RangeInclusive<u8> = 3..=24;
    /// Months that it may choose for idle people.
    pub const IDLE: RangeInclusive<u8> = 12..=36;
    /// Months that it may choose for names in rounds.
    pub const ROUNDS: RangeInclusive<u8> = 6..=36;
}

/// A step on the way to the erasure of somebody idle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Farewell {
    /// The first reminder.
    First,
    /// The last one.
    Last,
    /// The erasure.
    Erase,
}

/// Days from a reminder to the next step, at least.
const AFTER_FIRST: i32 = 46;
const AFTER_LAST: i32 = 14;

/// Somebody who no longer takes part, and what they have been sent.
///
/// Nobody is erased before two reminders, the last of them two weeks ago; reminders sent before somebody
/// was here again do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idle {
    /// The last day on which they took part or were here.
    pub since: Date,
    /// How long they are kept, in months.
    pub months: u8,
    /// When the first reminder was sent.
    pub first: Option<Date>,
    /// When the last one was.
    pub last: Option<Date>,
}

impl Idle {
    /// The day of the erasure, seen from a day: the one that the reminders promise.
    pub fn erased_on(&self, today: Date) -> Date {
        let after = |day: Date, days: i32| day.saturating_add(days.days());
        let kept = self.since.saturating_add(Span::new().months(self.months));
        let promised = match (self.first, self.last) {
            (_, Some(last)) => after(last, AFTER_LAST),
            (Some(first), None) => after(first.saturating_add(AFTER_FIRST.days()).max(today), AFTER_LAST),
            (None, None) => after(today, AFTER_FIRST + AFTER_LAST),
        };
        kept.max(promised)
    }

    /// What is to be done today, if anything.
    pub fn due(&self, today: Date) -> Option<Farewell> {
        let before = |days: i32| self.erased_on(today).saturating_sub(days.days()) <= today;
        match (self.first, self.last) {
            (None, _) => before(AFTER_FIRST + AFTER_LAST).then_some(Farewell::First),
            (Some(_), None) => before(AFTER_LAST).then_some(Farewell::Last),
            (Some(_), Some(_)) => before(0).then_some(Farewell::Erase),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn somebody_idle_is_reminded_twice_and_then_erased() {
        let mut idle = Idle { since: date(2026, 1, 10), months: 24, first: None, last: None };
        assert_eq!(idle.due(date(2027, 11, 10)), None);
        assert_eq!(idle.due(date(2027, 11, 11)), Some(Farewell::First), "60 days before");
        assert_eq!(idle.erased_on(date(2027, 11, 11)), date(2028, 1, 10));
        idle.first = Some(date(2027, 11, 11));
        assert_eq!(idle.due(date(2027, 12, 26)), None);
        assert_eq!(idle.due(date(2027, 12, 27)), Some(Farewell::Last), "14 days before");
        idle.last = Some(date(2027, 12, 27));
        assert_eq!(idle.due(date(2028, 1, 9)), None);
        assert_eq!(idle.due(date(2028, 1, 10)), Some(Farewell::Erase));
    }

    proptest! {
        /// However seldom somebody looks, nobody is erased too early or unasked, and everybody in the end.
        #[test]
        fn nobody_is_erased_unasked(months in 12_u8..=36, looks in prop::collection::vec(1_i32..400, 1..60)) {
            let mut idle = Idle { since: date(2026, 1, 31), months, first: None, last: None };
            let mut today = idle.since;
            for days in looks.into_iter().chain([1100, 60, 60, 60]) {
                today = today.saturating_add(days.days());
                let promised = idle.erased_on(today);
                match idle.due(today) {
                    None => prop_assert!(promised > today),
                    Some(Farewell::First) => idle.first = Some(today),
                    Some(Farewell::Last) => {
                        prop_assert!(idle.first.unwrap().saturating_add(AFTER_FIRST.days()) <= today);
                        idle.last = Some(today);
                    }
                    Some(Farewell::Erase) => {
                        prop_assert!(idle.last.unwrap().saturating_add(AFTER_LAST.days()) <= today);
                        prop_assert!(idle.since.saturating_add(Span::new().months(months)) <= today);
                        return Ok(());
                    }
                }
            }
            prop_assert!(false, "never erased");
        }
    }
}
