//! Signs of how a pair is doing, each shown as what it is: a number alone would hide why.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::fit::Sense;
use crate::say::Say;

/// What is known of a pair that meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    /// Since when they meet without a break.
    pub since: Date,
    /// The last day as planned.
    pub until: Date,
    /// The latest meeting.
    pub met: Option<Date>,
    /// The next one that is booked.
    pub booked: Option<Timestamp>,
    /// The latest answers on a scale of one to five: the mentor's and the mentee's.
    pub answers: (Option<u8>, Option<u8>),
    /// Flags that nobody has settled.
    pub flags: u32,
}

/// Days without a meeting that are as they should be, and after which it is late.
const RHYTHM: i32 = 42;
const LATE: i32 = 56;
/// Days after a meeting within which the next one is to be booked.
const NEXT_WITHIN: i32 = 30;

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

impl Signs {
    /// Every sign with what it says, the worst first.
    pub fn all(&self, today: Date) -> Vec<(Sense, Say)> {
        let mut signs = vec![self.rhythm(today)];
        signs.extend(self.ahead(today));
        signs.extend(self.said());
        if self.flags > 0 {
            signs.push((Sense::Missing, Say::new("sign-flags").with("n", self.flags)));
        }
        if self.until < today {
            signs.push((Sense::Partly, Say::new("sign-over").with("n", days(self.until, today))));
        }
        signs.sort_by_key(|(sense, _)| std::cmp::Reverse(*sense));
        signs
    }

    fn rhythm(&self, today: Date) -> (Sense, Say) {
        let last = self.met.map_or(self.since, |met| met.max(self.since));
        let quiet = days(last, today);
        let sense = if quiet <= RHYTHM {
            Sense::Meets
        } else if quiet <= LATE {
            Sense::Partly
        } else {
            Sense::Missing
        };
        match self.met {
            Some(_) => (sense, Say::new("sign-met").with("n", quiet)),
            None => (sense.max(Sense::Partly), Say::new("sign-not-met").with("n", quiet)),
        }
    }

    /// Whether they have a next time: who have just met need not have one yet.
    fn ahead(&self, today: Date) -> Option<(Sense, Say)> {
        if self.booked.is_some() {
            return Some((Sense::Meets, Say::new("sign-booked")));
        }
        let lately = self.met.is_some_and(|met| days(met, today) <= NEXT_WITHIN);
        (!lately).then(|| (Sense::Partly, Say::new("sign-not-booked")))
    }

    fn said(&self) -> Option<(Sense, Say)> {
        let (mentor, mentee) = self.answers;
        let worst = mentor.into_iter().chain(mentee).min()?;
        let apart = mentor.zip(mentee).map_or(0, |(mentor, mentee)| mentor.abs_diff(mentee));
        let sense = match (worst, apart) {
            (..=2, _) | (_, 2..) => Sense::Missing,
            (3, _) => Sense::Partly,
            _ => Sense::Meets,
        };
        let say = match (mentor, mentee) {
            (Some(mentor), Some(mentee)) => {
                Say::new("sign-answers").with("mentor", mentor.to_string()).with("mentee", mentee.to_string())
            }
            (Some(mentor), None) => Say::new("sign-answer-mentor").with("x", mentor.to_string()),
            _ => Say::new("sign-answer-mentee").with("x", worst.to_string()),
        };
        Some((sense, say))
    }

    /// How much the signs speak against it, to put the worst first: signs that are missing, those that are partly,
    /// and days without a meeting.
    pub fn rank(&self, today: Date) -> (usize, usize, i32) {
        let all = self.all(today);
        let count = |wanted| all.iter().filter(|(sense, _)| *sense == wanted).count();
        (count(Sense::Missing), count(Sense::Partly), days(self.met.unwrap_or(self.since), today))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    fn signs() -> Signs {
        Signs {
            since: date(2026, 5, 1),
            until: date(2027, 5, 1),
            met: Some(date(2026, 11, 1)),
            booked: Some("2026-12-01T09:00:00Z".parse().unwrap()),
            answers: (Some(5), Some(4)),
            flags: 0,
        }
    }

    fn senses(signs: &Signs) -> Vec<(Sense, &'static str)> {
        signs.all(TODAY).into_iter().map(|(sense, say)| (sense, say.key)).collect()
    }

    #[test]
    fn every_sign_says_itself_and_the_worst_stands_first() {
        use Sense::{Meets, Missing, Partly};
        let good = signs();
        assert_eq!(senses(&good), [(Meets, "sign-met"), (Meets, "sign-booked"), (Meets, "sign-answers")]);
        let quiet = Signs { met: Some(date(2026, 9, 20)), booked: None, ..good };
        assert_eq!(senses(&quiet), [(Missing, "sign-met"), (Partly, "sign-not-booked"), (Meets, "sign-answers")]);
        let met = Signs { met: Some(date(2026, 10, 24)), booked: None, ..good };
        assert_eq!(senses(&met), [(Meets, "sign-met"), (Meets, "sign-answers")], "nobody has to have a time at once");
        let later = Signs { met: Some(date(2026, 10, 23)), booked: None, ..good };
        assert_eq!(senses(&later)[0], (Partly, "sign-not-booked"));
        let one = Signs { answers: (None, Some(2)), ..good };
        assert_eq!(senses(&one)[0], (Missing, "sign-answer-mentee"));
        let apart = Signs { answers: (Some(5), Some(3)), ..good };
        assert_eq!(senses(&apart)[0], (Missing, "sign-answers"));
        let new = Signs { since: date(2026, 11, 10), met: None, answers: (None, None), ..good };
        assert_eq!(senses(&new), [(Partly, "sign-not-met"), (Meets, "sign-booked")]);
        let flagged = Signs { flags: 2, until: date(2026, 11, 1), ..good };
        assert_eq!(senses(&flagged)[..2], [(Missing, "sign-flags"), (Partly, "sign-over")]);
        assert!(quiet.rank(TODAY) > good.rank(TODAY) && flagged.rank(TODAY) > quiet.rank(TODAY).min((1, 0, 0)));
        let after_a_break = Signs { since: date(2026, 11, 20), met: Some(date(2026, 6, 1)), ..good };
        assert_eq!(senses(&after_a_break)[0].0, Meets, "a break is no silence");
    }
}
