//! Meetings: when, how long and how; never what was said, which belongs to the pair.

use jiff::civil::Date;

use crate::language::choices;
use crate::say::Say;

choices! {
    /// How the two met.
    MeetingForm {
        Place = "place", "på plats", "in person";
        Video = "video", "video", "video";
        Phone = "phone", "telefon", "telephone";
    }
}

/// A meeting that has been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The day.
    pub day: Date,
    /// How long, in minutes.
    pub minutes: u16,
    /// How.
    pub form: MeetingForm,
}

/// The longest meeting there is, in minutes.
const LONGEST: u16 = 12 * 60;

impl Meeting {
    /// A meeting of a pair whose proposal is of the day `made`.
    ///
    /// # Errors
    /// If the day is still to come or lies before the proposal, or the length is none.
    pub fn held(day: Date, minutes: u16, form: MeetingForm, made: Date, today: Date) -> Result<Self, Say> {
        if day > today {
            return Err(Say::new("meeting-to-come"));
        }
        if day < made {
            return Err(Say::new("meeting-before"));
        }
        if !(5..=LONGEST).contains(&minutes) {
            return Err(Say::new("meeting-length"));
        }
        Ok(Self { day, minutes, form })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_meeting_has_been_and_has_a_length() {
        let held = |day, minutes| {
            Meeting::held(day, minutes, MeetingForm::Video, date(2026, 1, 1), date(2026, 2, 1)).map_err(|say| say.key)
        };
        assert!(held(date(2026, 2, 1), 90).is_ok() && held(date(2026, 1, 1), 5).is_ok());
        assert_eq!(held(date(2026, 2, 2), 90), Err("meeting-to-come"));
        assert_eq!(held(date(2025, 12, 31), 90), Err("meeting-before"));
        assert_eq!(held(date(2026, 1, 15), 4), Err("meeting-length"));
        assert_eq!(held(date(2026, 1, 15), 721), Err("meeting-length"));
    }
}
