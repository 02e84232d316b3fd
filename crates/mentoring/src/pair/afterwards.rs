//! After the last day: when a pair can be closed, who is asked once more, and when a coordinator is told.

use jiff::Span;
use jiff::civil::Date;

use super::Side;
use crate::follow_up::ANSWERED_WITHIN;

/// Days after an evaluation has been asked for before it is asked for again.
const ASKED_AGAIN: i32 = 7;

/// What one of the two has been asked for at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// Who.
    pub side: Side,
    /// The day on which it was asked for.
    pub asked: Date,
    /// Whether it has been given.
    pub given: bool,
}

/// What is known of a pair whose last day has been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Afterwards {
    /// The last day.
    pub until: Date,
    /// Whether the two have met, as far as anybody has told.
    pub met: bool,
    /// The evaluations that the two have been asked for.
    pub evaluations: Vec<Evaluation>,
}

/// What there is to do about a pair whose last day has been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closing {
    /// It has been evaluated, and the two have met: it is completed.
    Complete,
    /// Nothing more is to be expected of the two, and it cannot be completed: a coordinator is told.
    Tell,
    /// Whoever has not said what it gave is asked once more.
    AskAgain(Vec<Evaluation>),
}

impl Afterwards {
    /// What there is to do today, if anything: nothing is waited for when both have evaluated it, or have had the time
    /// to since the last day and since they were asked.
    pub fn due(&self, today: Date) -> Option<Closing> {
        let after = |day: Date, days: i32| day.saturating_add(Span::new().days(days));
        let given = self.evaluations.iter().filter(|it| it.given).count();
        let since = self.evaluations.iter().map(|it| it.asked).fold(self.until, Date::max);
        if given >= Side::ALL.len() || after(since, ANSWERED_WITHIN) < today {
            return Some(if self.met && given > 0 { Closing::Complete } else { Closing::Tell });
        }
        let mut silent = self.evaluations.clone();
        silent.retain(|it| !it.given && after(it.asked, ASKED_AGAIN) <= today);
        (!silent.is_empty()).then_some(Closing::AskAgain(silent))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Asked two weeks before the last day; who has said something, and whether they have met.
    fn past(mentor: bool, mentee: bool, met: bool) -> Afterwards {
        let asked = date(2027, 1, 1);
        let one = |(side, given)| Evaluation { side, asked, given };
        let evaluations = [(Side::Mentor, mentor), (Side::Mentee, mentee)].map(one).to_vec();
        Afterwards { until: date(2027, 1, 15), met, evaluations }
    }

    #[test]
    fn a_pair_is_completed_when_both_have_said_what_it_gave_or_one_has_and_the_other_had_the_time() {
        let day = |day| date(2027, 1, day);
        assert_eq!(past(true, true, true).due(day(16)), Some(Closing::Complete));
        assert_eq!(past(true, false, true).due(day(30)), Some(Closing::Complete));
        let one = past(true, false, true);
        assert_eq!(one.due(day(29)), Some(Closing::AskAgain(vec![one.evaluations[1]])));
    }

    #[test]
    fn a_coordinator_is_told_of_who_have_not_met_and_of_who_say_nothing() {
        let day = |day| date(2027, 1, day);
        assert_eq!(past(true, true, false).due(day(16)), Some(Closing::Tell));
        assert_eq!(past(true, false, false).due(day(30)), Some(Closing::Tell));
        assert_eq!(past(false, false, true).due(day(30)), Some(Closing::Tell));
        let silent = past(false, false, true);
        assert_eq!(silent.due(day(29)), Some(Closing::AskAgain(silent.evaluations.clone())));
    }

    #[test]
    fn whoever_was_asked_late_has_as_long_to_answer() {
        let mut late = past(false, false, true);
        for it in &mut late.evaluations {
            it.asked = date(2027, 2, 1);
        }
        assert_eq!(late.due(date(2027, 2, 7)), None);
        assert!(matches!(late.due(date(2027, 2, 8)), Some(Closing::AskAgain(silent)) if silent.len() == 2));
        assert!(matches!(late.due(date(2027, 2, 15)), Some(Closing::AskAgain(_))));
        assert_eq!(late.due(date(2027, 2, 16)), Some(Closing::Tell));
        late.evaluations.clear();
        assert_eq!(late.due(date(2027, 1, 29)), None, "nobody has been asked");
    }
}
