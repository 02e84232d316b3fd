//! A mentor: what they know, whom they can meet, and whether they can take anybody on.

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::choices::{Fluency, Gender, Goal, Level, Size, Stage, Time, Tongue, Value};
use crate::id::Id;
use crate::pair::LONGEST_PAUSE;
use crate::reference::{Area, Competence, Industry, Municipality};
use crate::say::Say;

/// An unpaid mentor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mentor {
    /// Stable identity.
    pub id: Id,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number, if told.
    #[serde(default)]
    pub phone: String,
    /// Code of the delivering organisation.
    pub organisation: String,
    /// Codes of the programmes they take part in.
    pub programmes: Vec<String>,
    /// Where they are.
    pub municipality: Municipality,
    /// Approved by a coordinator after an interview.
    pub approved: bool,
    /// The last day of the agreement on conduct and confidentiality, if there is one.
    pub agreement_until: Option<Date>,
    /// The day of the basic training, if they have had it.
    #[serde(default)]
    pub trained: Option<Date>,
    /// Whether they have left: nobody is proposed to them, and nothing is asked of them, until they are approved anew.
    #[serde(default)]
    pub left: bool,
    /// A pause, first and last day included.
    pub pause: Option<Pause>,
    /// The most open pairs they want at a time.
    pub capacity: u32,
    /// Open pairs today; counted by the database, not part of the profile.
    #[serde(default)]
    pub open_pairs: u32,
    /// Competences with their level.
    pub competences: Vec<(Competence, Level)>,
    /// Industries they have worked in.
    pub industries: Vec<Industry>,
    /// A company of their own that is still active.
    pub company: Option<OwnCompany>,
    /// Stages of a company they know from inside.
    pub stages: Vec<Stage>,
    /// Sizes of company they know from inside.
    pub sizes: Vec<Size>,
    /// Answers on the scales of values, 1 to 5.
    pub values: Vec<(Value, u8)>,
    /// Goals they like to help reach.
    pub goals: Vec<Goal>,
    /// Languages and how well.
    pub languages: Vec<(Tongue, Fluency)>,
    /// The furthest they travel to a meeting, in kilometres; `None` is any distance.
    pub travel_km: Option<u16>,
    /// Whether they also meet by video or phone.
    pub remote: bool,
    /// When they can meet.
    pub times: Vec<Time>,
    /// Gender, if told; only for a mentee's own wish.
    pub gender: Option<Gender>,
    /// Areas they would rather work with; empty is no preference.
    pub interests: Vec<Area>,
    /// Organisation numbers of companies they have an interest in.
    pub conflicts: Vec<String>,
    /// About themselves, in their own words.
    pub about: String,
}

/// So many months the promise of conduct and confidentiality holds: it is renewed every year.
const PLEDGE_MONTHS: u8 = 12;
/// So many days before it ends the mentor is asked to renew it.
pub const PLEDGE_ASKED_BEFORE: i32 = 30;

/// A pause with both ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
}

impl Pause {
    /// Whether a day falls within the pause.
    pub fn covers(self, day: Date) -> bool {
        (self.from..=self.until).contains(&day)
    }
}

/// A company that a mentor runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnCompany {
    /// Its name.
    pub name: String,
    /// Its industry.
    pub industry: Industry,
    /// Its organisation number, if known.
    pub number: Option<String>,
}

impl Mentor {
    /// Places left.
    pub fn free_places(&self) -> u32 {
        self.capacity.saturating_sub(self.open_pairs)
    }

    /// Promises conduct and confidentiality for a year: from today, or from the day on which the promise of before
    /// ends. A promise that is still far from its end stays as it is.
    pub fn pledge(&mut self, today: Date) {
        if self.is_asked_to_pledge(today) {
            let from = self.agreement_until.map_or(today, |until| until.max(today));
            self.agreement_until = Some(from.saturating_add(Span::new().months(PLEDGE_MONTHS)));
        }
    }

    /// Whether it is time to promise conduct and confidentiality, for the first time or anew.
    pub fn is_asked_to_pledge(&self, today: Date) -> bool {
        let soon = today.saturating_add(Span::new().days(PLEDGE_ASKED_BEFORE));
        !self.left && self.agreement_until.is_none_or(|until| until <= soon)
    }

    /// Approves the mentor after an interview, with the day of the basic training if they have had it.
    pub fn approve(&mut self, trained: Option<Date>) {
        self.approved = true;
        self.left = false;
        self.trained = trained.or(self.trained);
    }

    /// Lets the mentor leave: nobody is proposed to them any more.
    pub fn leave(&mut self) {
        self.approved = false;
        self.left = true;
        self.pause = None;
    }

    /// Lets the mentor rest from new proposals, from today until a day; a longer rest that is planned stays.
    ///
    /// # Errors
    /// If the day has been already, or is more than half a year away.
    pub fn rest(&mut self, until: Date, today: Date) -> Result<(), Say> {
        if until < today {
            return Err(Say::new("pair-pause-past"));
        }
        if until > today.saturating_add(Span::new().days(LONGEST_PAUSE)) {
            return Err(Say::new("mentor-rest-long"));
        }
        if self.pause.is_some_and(|pause| pause.until > until) {
            return Ok(());
        }
        self.pause = Some(Pause { from: today, until });
        Ok(())
    }

    /// Ends a rest, or takes back one that is planned.
    pub fn return_to_pool(&mut self) {
        self.pause = None;
    }

    /// What may be kept of a mentor who is erased: where and for whom they were a mentor, for the
    /// figures; nothing that says who it was.
    #[must_use]
    pub fn forgotten(self) -> Self {
        Self {
            name: String::new(),
            email: String::new(),
            phone: String::new(),
            approved: false,
            agreement_until: None,
            trained: None,
            left: false,
            pause: None,
            competences: Vec::new(),
            industries: Vec::new(),
            company: None,
            stages: Vec::new(),
            sizes: Vec::new(),
            values: Vec::new(),
            goals: Vec::new(),
            languages: Vec::new(),
            times: Vec::new(),
            interests: Vec::new(),
            conflicts: Vec::new(),
            gender: None,
            about: String::new(),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::cast;

    #[test]
    fn a_promise_holds_a_year_and_is_renewed_without_a_gap() {
        let mut mentor = cast::greta();
        mentor.agreement_until = None;
        mentor.pledge(date(2026, 11, 23));
        assert_eq!(mentor.agreement_until, Some(date(2027, 11, 23)));
        mentor.pledge(date(2026, 11, 24));
        assert_eq!(mentor.agreement_until, Some(date(2027, 11, 23)), "twice is once");
        assert!(!mentor.is_asked_to_pledge(date(2027, 10, 23)) && mentor.is_asked_to_pledge(date(2027, 10, 24)));
        mentor.pledge(date(2027, 11, 1));
        assert_eq!(mentor.agreement_until, Some(date(2028, 11, 23)), "renewed early, nothing is lost");
        mentor.pledge(date(2029, 1, 7));
        assert_eq!(mentor.agreement_until, Some(date(2030, 1, 7)), "after a gap it begins anew");
    }
}
