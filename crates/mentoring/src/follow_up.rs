//! Follow-ups: one question to each of the two at set times, and when they have been silent.

use std::ops::RangeInclusive;

use jiff::Span;
use jiff::civil::Date;

use crate::flag::FlagKind;
use crate::language::choices;
use crate::pair::Term;

choices! {
    /// What a follow-up asks about; each side gets the same question.
    FollowUpKind {
        First = "first", "första kontakten", "first contact";
        Month = "month", "en månad", "one month";
        Quarter = "quarter", "tre månader", "three months";
        Half = "half", "halvvägs", "half-way";
        Silence = "silence", "tystnad", "silence";
        Final = "final", "utvärdering", "evaluation";
    }
}

/// Days without a meeting, or anything asked, after which the two are asked whether they have met.
const SILENT: i32 = 49;
/// Days between two questions how it goes.
const APART: i32 = 21;
/// Days that somebody has to answer before the silence itself is told.
pub const ANSWERED_WITHIN: i32 = 14;
/// Days before the last day on which both are asked what it gave.
const FINAL_BEFORE: i32 = 14;

impl FollowUpKind {
    /// The answers there are: no and yes, one to five, or nought to ten.
    pub fn scale(self) -> RangeInclusive<u8> {
        match self {
            Self::First | Self::Silence => 0..=1,
            Self::Month | Self::Quarter | Self::Half => 1..=5,
            Self::Final => 0..=10,
        }
    }

    /// The day from which it is asked; none for silence, which has no day.
    fn day(self, term: Term) -> Option<Date> {
        Some(match self {
            Self::First | Self::Month => term.from.saturating_add(Span::new().days(30)),
            Self::Quarter => term.from.saturating_add(Span::new().months(3)),
            Self::Half => term.from.saturating_add(Span::new().months(6)),
            Self::Final => term.until.saturating_sub(Span::new().days(FINAL_BEFORE)),
            Self::Silence => return None,
        })
    }

    /// Whether what was asked on a day is still about this term: an evaluation of before an extension is not.
    pub fn is_about(self, term: Term, asked: Date) -> bool {
        self != Self::Final || self.day(term).is_some_and(|day| day <= asked)
    }

    /// What a coordinator is to see to by the answers that there are, the mentor's and the mentee's: somebody
    /// says that it does not go well, or the two see it differently.
    pub fn alarm(self, mentor: Option<u8>, mentee: Option<u8>) -> Option<FlagKind> {
        let worst = mentor.into_iter().chain(mentee).min()?;
        match self {
            Self::First => (worst == 0).then_some(FlagKind::NoContact),
            Self::Silence => (worst == 0).then_some(FlagKind::Silent),
            Self::Month | Self::Quarter | Self::Half if worst <= 2 => Some(FlagKind::Unhappy),
            Self::Month | Self::Quarter | Self::Half => {
                let apart = mentor.zip(mentee).is_some_and(|(mentor, mentee)| mentor.abs_diff(mentee) >= 2);
                apart.then_some(FlagKind::Diverging)
            }
            Self::Final => None,
        }
    }
}

/// A pair that meets, and what has been asked so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// From when to when.
    pub term: Term,
    /// Since when they meet without a break.
    pub since: Date,
    /// The day of the latest meeting.
    pub met: Option<Date>,
    /// The day of the meeting that is booked, until somebody tells whether it took place.
    pub booked: Option<Date>,
    /// What has been asked, and when.
    pub asked: Vec<(FollowUpKind, Date)>,
}

impl Course {
    /// What to ask today, if anything. Of several that have come due only the latest is asked: nobody gets
    /// three letters because nobody looked for a year. Who have met are not asked whether they have made contact
    /// but how it goes, and who have booked a time only when it has come to nothing.
    pub fn due(&self, today: Date) -> Option<FollowUpKind> {
        let asked =
            |kind: FollowUpKind| self.asked.iter().any(|(known, day)| *known == kind && kind.is_about(self.term, *day));
        let planned = [FollowUpKind::First, FollowUpKind::Quarter, FollowUpKind::Half, FollowUpKind::Final];
        let reached = planned.into_iter().rev().find(|kind| kind.day(self.term).is_some_and(|day| day <= today));
        // A time in half a year is no sign of life.
        let soon = today.saturating_add(Span::new().days(SILENT));
        let booked = self.booked.filter(|day| *day <= soon);
        let quarter = FollowUpKind::Quarter.day(self.term).unwrap_or(today);
        match reached.filter(|kind| !asked(*kind)) {
            Some(FollowUpKind::First) if asked(FollowUpKind::Month) => {}
            // The same is asked after a quarter, which may be next week.
            Some(FollowUpKind::First)
                if self.met.is_some() && quarter <= today.saturating_add(Span::new().days(APART)) => {}
            Some(FollowUpKind::First) if self.met.is_some() => return Some(FollowUpKind::Month),
            Some(FollowUpKind::First) if booked.is_some() => {}
            Some(kind) => return Some(kind),
            None => {}
        }
        let known = self.met.into_iter().chain(booked).chain([self.since]);
        let last = self.asked.iter().map(|(_, day)| *day).chain(known).max()?;
        let silent = last.saturating_add(Span::new().days(SILENT)) <= today;
        (silent && !asked(FollowUpKind::Final)).then_some(FollowUpKind::Silence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn course() -> Course {
        let term = Term { from: date(2026, 1, 15), until: date(2027, 1, 15) };
        Course { term, since: term.from, met: None, booked: None, asked: Vec::new() }
    }

    #[test]
    fn both_are_asked_after_a_month_a_quarter_half_a_year_and_at_the_end() {
        let mut course = course();
        let mut told = Vec::new();
        let mut today = course.term.from;
        while today < date(2027, 3, 1) {
            if today.day() == 10 {
                course.met = Some(today);
            }
            if let Some(kind) = course.due(today) {
                course.asked.push((kind, today));
                told.push((kind, today.to_string()));
            }
            today = today.tomorrow().unwrap();
        }
        let told: Vec<_> = told.iter().map(|(kind, day)| (*kind, day.as_str())).collect();
        use FollowUpKind::{Final, Half, Month, Quarter};
        assert_eq!(told, [(Month, "2026-02-14"), (Quarter, "2026-04-15"), (Half, "2026-07-15"), (Final, "2027-01-01")]);
    }

    #[test]
    fn after_a_month_who_have_not_met_are_asked_whether_they_have_made_contact() {
        let mut course = course();
        assert_eq!(course.due(date(2026, 2, 13)), None);
        assert_eq!(course.due(date(2026, 2, 14)), Some(FollowUpKind::First));
        course.booked = Some(date(2026, 2, 20));
        assert_eq!(course.due(date(2026, 2, 20)), None, "they have a time");
        course.booked = Some(date(2026, 11, 20));
        assert_eq!(course.due(date(2026, 2, 20)), Some(FollowUpKind::First), "that is far away");
        course.booked = None;
        assert_eq!(course.due(date(2026, 2, 21)), Some(FollowUpKind::First), "it has been called off");
        course.met = Some(date(2026, 2, 20));
        assert_eq!(course.due(date(2026, 2, 21)), Some(FollowUpKind::Month));
        assert_eq!(course.due(date(2026, 3, 25)), None, "in three weeks they are asked the same");
        course.asked.push((FollowUpKind::Month, date(2026, 2, 21)));
        assert_eq!(course.due(date(2026, 2, 22)), None, "one of the two, not both");
    }

    #[test]
    fn who_have_not_met_for_seven_weeks_are_asked_whether_they_have() {
        let mut course = course();
        course.asked = vec![(FollowUpKind::First, date(2026, 2, 14))];
        course.met = Some(date(2026, 2, 20));
        assert_eq!(course.due(date(2026, 4, 9)), None);
        course.booked = Some(date(2026, 4, 12));
        assert_eq!(course.due(date(2026, 4, 10)), None, "a time that is booked is no silence");
        course.booked = None;
        assert_eq!(course.due(date(2026, 4, 10)), Some(FollowUpKind::Silence));
        course.asked.push((FollowUpKind::Silence, date(2026, 4, 10)));
        assert_eq!(course.due(date(2026, 4, 14)), None, "not twice");
        course.since = date(2026, 9, 1);
        course.asked.push((FollowUpKind::Half, date(2026, 7, 15)));
        assert_eq!(course.due(date(2026, 10, 1)), None, "a break is no silence");
        assert_eq!(course.due(date(2026, 10, 20)), Some(FollowUpKind::Silence));
    }

    #[test]
    fn answers_that_are_low_or_far_apart_are_told() {
        use FollowUpKind::{Final, First, Half, Silence};
        for (kind, mentor, mentee, wanted) in [
            (First, Some(1), None, None),
            (First, Some(1), Some(0), Some(FlagKind::NoContact)),
            (Silence, Some(0), None, Some(FlagKind::Silent)),
            (Half, Some(5), Some(4), None),
            (Half, Some(5), Some(3), Some(FlagKind::Diverging)),
            (Half, None, Some(2), Some(FlagKind::Unhappy)),
            (Half, None, None, None),
            (Final, Some(0), Some(10), None),
        ] {
            assert_eq!(kind.alarm(mentor, mentee), wanted, "{kind:?} {mentor:?} {mentee:?}");
        }
    }

    #[test]
    fn after_an_extension_both_are_asked_at_the_new_end() {
        let mut course = course();
        course.asked = vec![(FollowUpKind::Half, date(2026, 7, 15)), (FollowUpKind::Final, date(2027, 1, 1))];
        assert_eq!(course.due(date(2027, 3, 1)), None, "the evaluation is out");
        course.term.until = date(2027, 7, 15);
        assert_eq!(course.due(date(2027, 3, 1)), Some(FollowUpKind::Silence), "they go on meeting, or do not");
        course.asked.push((FollowUpKind::Silence, date(2027, 3, 1)));
        course.met = Some(date(2027, 6, 20));
        assert_eq!(course.due(date(2027, 7, 1)), Some(FollowUpKind::Final));
    }

    proptest! {
        /// However seldom somebody looks, each is asked once and nobody more often than every seventh week.
        #[test]
        fn nobody_is_asked_too_often(looks in prop::collection::vec((1_i32..90, any::<bool>()), 1..80)) {
            let mut course = course();
            let mut today = course.term.from;
            for (days, met) in looks {
                today = today.saturating_add(Span::new().days(days));
                course.met = met.then_some(today).or(course.met);
                if let Some(kind) = course.due(today) {
                    if kind != FollowUpKind::Silence {
                        prop_assert!(course.asked.iter().all(|(known, _)| *known != kind));
                    } else if let Some((_, last)) = course.asked.last() {
                        prop_assert!(last.saturating_add(Span::new().days(SILENT)) <= today);
                    }
                    course.asked.push((kind, today));
                }
            }
        }
    }
}
