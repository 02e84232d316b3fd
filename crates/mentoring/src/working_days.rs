//! Working days in Sweden: deadlines never fall on a day when nobody is expected to read mail.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// Easter Sunday of a year in the Gregorian calendar.
///
/// The algorithm of J. M. Oudin (1940), as printed in the *Explanatory Supplement to the Astronomical
/// Almanac* (1992), section 12.8.
pub fn easter(year: i16) -> Date {
    let year = i32::from(year);
    let century = year / 100;
    let golden = year % 19;
    let shift = (century - 17) / 25;
    let epact = (century - century / 4 - (century - shift) / 3 + 19 * golden + 15) % 30;
    let moon = epact - (epact / 28) * (1 - (epact / 28) * (29 / (epact + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
    let full = moon - weekday;
    let month = 3 + (full + 40) / 44;
    let day = full + 28 - 31 * (month / 4);
    // Both lie between 22 March and 25 April.
    date(year as i16, month as i8, day as i8)
}

/// Whether a day is a public holiday by the Swedish act on public holidays (1989:253), or one of the three
/// eves that the act on annual leave (1977:480, section 3 a) counts as such: Midsummer's, Christmas and
/// New Year's. Sundays are not asked for here.
pub fn is_holiday(day: Date) -> bool {
    let after_easter = |days: i32| easter(day.year()).saturating_add(days.days());
    let in_range = |month: i8, first: i8, last: i8| day.month() == month && (first..=last).contains(&day.day());
    match (day.month(), day.day()) {
        (1, 1 | 6) | (5, 1) | (6, 6) | (12, 24 | 25 | 26 | 31) => true,
        // Midsummer's Eve is the Friday from 19 to 25 June; the day itself is a Saturday, as is All Saints'.
        _ if day.weekday() == Weekday::Friday && in_range(6, 19, 25) => true,
        // Good Friday, Easter Monday and Ascension Day.
        _ => [-2, 1, 39].into_iter().any(|days| after_easter(days) == day),
    }
}

/// Whether people are at work on a day.
pub fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_holiday(day)
}

/// The working day that comes `count` working days after a day; with none, the day itself or the next
/// working day.
pub fn working_days_after(day: Date, count: u8) -> Date {
    let mut at = day;
    let mut left = count;
    loop {
        if is_working_day(at) && left == 0 {
            return at;
        }
        at = at.saturating_add(1.day());
        if is_working_day(at) {
            left = left.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every day off between Monday and Friday, 2024 to 2028, by the Python package `holidays` 0.109: what it
    /// calls public and what it calls de facto.
    const OFF: &str = include_str!("working_days/off.txt");

    #[test]
    fn days_off_are_those_of_the_calendar() {
        let known: Vec<Date> = OFF.lines().map(|line| line.parse().unwrap()).collect();
        let days = date(2024, 1, 1).series(1.day()).take_while(|day| *day <= date(2028, 12, 31));
        let workdays = days.filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
        assert_eq!(workdays.filter(|day| is_holiday(*day)).collect::<Vec<_>>(), known);
    }

    #[test]
    fn easter_is_where_the_church_has_it() {
        for day in ["1961-04-02", "2000-04-23", "2008-03-23", "2026-04-05", "2038-04-25", "2285-03-22"] {
            let day: Date = day.parse().unwrap();
            assert_eq!(easter(day.year()), day);
        }
    }

    #[test]
    fn five_working_days_pass_over_christmas() {
        assert_eq!(working_days_after(date(2026, 11, 23), 5), date(2026, 11, 30), "Monday to Monday");
        assert_eq!(working_days_after(date(2026, 11, 22), 1), date(2026, 11, 23), "Sunday counts from Monday");
        assert_eq!(working_days_after(date(2026, 12, 23), 5), date(2027, 1, 5), "28-30 December, 4-5 January");
        assert_eq!(working_days_after(date(2026, 6, 19), 0), date(2026, 6, 22), "Midsummer's Eve is no working day");
    }
}
