//! A reader's language: texts, numbers and days in it.

use std::sync::LazyLock;

use crate::clock::there;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use mentoring::{Appointment, Argument, Competence, Language, Names, Organisation, Say, Texts, organisation_name};

/// The texts of every page, Swedish and English, from the files beside the pages.
pub fn texts() -> &'static Texts {
    &TEXTS
}

static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
    Texts::new(&[
        (include_str!("frame/sv.ftl"), include_str!("frame/en.ftl")),
        (include_str!("home/sv.ftl"), include_str!("home/en.ftl")),
        (include_str!("door/sv.ftl"), include_str!("door/en.ftl")),
        (include_str!("apply/sv.ftl"), include_str!("apply/en.ftl")),
        (include_str!("applications/sv.ftl"), include_str!("applications/en.ftl")),
        (include_str!("site/sv.ftl"), include_str!("site/en.ftl")),
        (include_str!("mine/sv.ftl"), include_str!("mine/en.ftl")),
        (include_str!("people/sv.ftl"), include_str!("people/en.ftl")),
        (include_str!("rounds/sv.ftl"), include_str!("rounds/en.ftl")),
        (include_str!("pairs/sv.ftl"), include_str!("pairs/en.ftl")),
        (include_str!("bookings/sv.ftl"), include_str!("bookings/en.ftl")),
        (include_str!("complaints/sv.ftl"), include_str!("complaints/en.ftl")),
        (include_str!("report/sv.ftl"), include_str!("report/en.ftl")),
        (include_str!("import/sv.ftl"), include_str!("import/en.ftl")),
        (include_str!("programmes/sv.ftl"), include_str!("programmes/en.ftl")),
        (include_str!("staff/sv.ftl"), include_str!("staff/en.ftl")),
        (include_str!("retention/sv.ftl"), include_str!("retention/en.ftl")),
        (include_str!("letters/sv.ftl"), include_str!("letters/en.ftl")),
        (include_str!("mail/sv.ftl"), include_str!("mail/en.ftl")),
        (include_str!("../mail/sv.ftl"), include_str!("../mail/en.ftl")),
        (include_str!("../cli/sv.ftl"), include_str!("../cli/en.ftl")),
    ])
});

/// A whole number of any type, or a reference to one.
pub trait Whole {
    /// The number; beyond the range, the nearest in it.
    fn whole(self) -> i64;
}

macro_rules! whole {
    ($($number:ty),+) => {
        $(impl Whole for $number {
            fn whole(self) -> i64 {
                i64::try_from(self).unwrap_or(i64::MAX)
            }
        })+
    };
}
whole!(i64, i32, u64, u32, u16, u8, usize);

impl<T: Whole + Copy> Whole for &T {
    fn whole(self) -> i64 {
        (*self).whole()
    }
}

/// Puts things into words for one reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The reader's language.
    pub language: Language,
}

impl Words {
    /// The language tag for `lang` attributes.
    pub fn tag(&self) -> &'static str {
        self.language.tag()
    }

    /// A text without arguments.
    pub fn t(&self, key: &'static str) -> String {
        TEXTS.say(self.language, &Say::new(key))
    }

    /// A text with a number, `{ $n }`.
    pub fn n(&self, key: &'static str, number: impl Whole) -> String {
        let number = number.whole();
        TEXTS.say(self.language, &Say::new(key).with("n", number).with("shown", self.number(number)))
    }

    /// Minutes as hours, to the nearest half.
    pub fn hours(&self, minutes: u32) -> String {
        let halves = ((minutes + 15) / 30).max(1);
        match (halves / 2, halves % 2) {
            (0, _) => self.t("pairs-half-hour"),
            (hours, 0) => self.n("pairs-hours", hours as usize),
            (hours, _) => self.n("pairs-hours-half", hours as usize),
        }
    }

    /// A text with a name or word, `{ $x }`.
    pub fn x(&self, key: &'static str, word: impl Into<Argument>) -> String {
        TEXTS.say(self.language, &Say::new(key).with("x", word))
    }

    /// A sentence of a page.
    pub fn page(&self, say: &Say) -> String {
        TEXTS.say(self.language, say)
    }

    /// A sentence of the domain.
    pub fn say(&self, say: &Say) -> String {
        say.text(self.language)
    }

    /// A name in the reader's language.
    pub fn name(&self, names: &Names) -> &'static str {
        names.get(self.language)
    }

    /// A name with a capital letter, as a label.
    pub fn label(&self, names: &Names) -> String {
        capital(names.get(self.language))
    }

    /// An appointment: the role, and where.
    pub fn appointment(&self, held: &Appointment, organisations: &[Organisation]) -> String {
        format!("{}, {}", self.label(held.role.names()), organisation_name(organisations, &held.organisation))
    }

    /// The names of competences, with commas.
    pub fn competences<T>(&self, list: &[(Competence, T)]) -> String {
        list.iter().map(|entry| entry.0.names().get(self.language)).collect::<Vec<_>>().join(", ")
    }

    /// A whole number with thousands apart: a thin blank in Swedish, a comma in English.
    pub fn number(&self, number: impl Whole) -> String {
        let number = number.whole();
        let digits = number.unsigned_abs().to_string();
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(if self.language == Language::Swedish { '\u{a0}' } else { ',' });
            }
            text.push(digit);
        }
        if number < 0 { format!("−{text}") } else { text }
    }

    /// A number with its sign, for differences.
    pub fn signed(&self, number: impl Whole) -> String {
        let number = number.whole();
        if number > 0 { format!("+{}", self.number(number)) } else { self.number(number) }
    }

    /// A day, such as 23 november 2026.
    pub fn day(&self, day: Date) -> String {
        const SWEDISH: [&str; 12] = [
            "januari",
            "februari",
            "mars",
            "april",
            "maj",
            "juni",
            "juli",
            "augusti",
            "september",
            "oktober",
            "november",
            "december",
        ];
        const ENGLISH: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let months = if self.language == Language::Swedish { SWEDISH } else { ENGLISH };
        format!("{} {} {}", day.day(), months[day.month() as usize - 1], day.year())
    }

    /// A moment as the database holds it, shown as day and time in Sweden.
    pub fn moment(&self, text: &str) -> String {
        let Ok(moment) = text.parse::<Timestamp>() else { return text.to_owned() };
        let there = there(moment);
        format!("{} {}", self.day(there.date()), there.strftime("%H:%M"))
    }

    /// From when to when, by the clocks of Sweden, such as torsdag 3 december 2026 kl. 10.00–11.30.
    pub fn stretch(&self, from: Timestamp, minutes: u16) -> String {
        const SWEDISH: [&str; 7] = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"];
        const ENGLISH: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let starts = there(from);
        let ends = there(from.saturating_add(SignedDuration::from_mins(minutes.into())).unwrap_or(from));
        let weekday = starts.weekday().to_monday_zero_offset() as usize;
        let day = self.day(starts.date());
        match self.language {
            Language::Swedish => {
                let (from, to) = (starts.strftime("%H.%M"), ends.strftime("%H.%M"));
                format!("{} {day} kl. {from}–{to}", SWEDISH[weekday])
            }
            Language::English => {
                format!("{} {day}, {}–{}", ENGLISH[weekday], starts.strftime("%H:%M"), ends.strftime("%H:%M"))
            }
        }
    }

    /// A day or moment as the database holds it, shown as a day: that of Sweden.
    pub fn stored_day(&self, text: &str) -> String {
        zone_day(text).map_or_else(|| text.to_owned(), |day| self.day(day))
    }
}

/// The day of a day or moment as the database holds it: moments are kept in UTC, days are Sweden's.
pub(super) fn zone_day(text: &str) -> Option<Date> {
    text.parse::<Timestamp>().ok().map(|moment| there(moment).date()).or_else(|| text.parse().ok())
}

/// A text with a capital letter first.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_stretch_is_told_by_the_clocks_of_sweden() {
        let stretch = |language, text: &str| Words { language }.stretch(text.parse().unwrap(), 90);
        assert_eq!(stretch(Language::Swedish, "2026-12-03T09:00:00Z"), "torsdag 3 december 2026 kl. 10.00–11.30");
        assert_eq!(stretch(Language::English, "2027-03-28T00:30:00Z"), "Sunday 28 March 2027, 01:30–04:00");
    }

    #[test]
    fn minutes_are_told_as_hours_to_the_nearest_half() {
        let hours = |language, minutes| Words { language }.hours(minutes);
        let told = [5, 60, 75, 100, 120].map(|minutes| hours(Language::Swedish, minutes));
        assert_eq!(told, ["en halvtimme", "en timme", "1,5 timmar", "1,5 timmar", "2 timmar"]);
        assert_eq!(
            [30, 90, 1260].map(|minutes| hours(Language::English, minutes)),
            ["half an hour", "1.5 hours", "21 hours"]
        );
    }

    #[test]
    fn a_moment_belongs_to_the_day_in_sweden() {
        assert_eq!(zone_day("2026-11-22T23:30:00.000000Z"), Some(date(2026, 11, 23)));
        assert_eq!(zone_day("2026-07-22T21:59:00.000000Z"), Some(date(2026, 7, 22)));
        assert_eq!(zone_day("2026-11-23"), Some(date(2026, 11, 23)));
        assert_eq!(zone_day(""), None);
    }
}
