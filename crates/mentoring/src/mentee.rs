//! A mentee: what they need, what they wish, and how long they have waited.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::choices::{Fluency, Gender, Goal, Importance, Reach, Size, Stage, Time, Tongue, Value};
use crate::id::Id;
use crate::reference::{Competence, Industry, Municipality};

/// An entrepreneur who wants a mentor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mentee {
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
    /// Code of the programme applied for.
    pub programme: String,
    /// Where they are.
    pub municipality: Municipality,
    /// The day they applied.
    pub waiting_since: Date,
    /// Whether they have an open pair in the programme; known by the database, not part of the profile.
    #[serde(default)]
    pub paired: bool,
    /// The company, if there is one yet.
    pub company: Option<Company>,
    /// The industry, of the company or of the idea.
    pub industry: Option<Industry>,
    /// How far the company has come.
    pub stage: Stage,
    /// Its size.
    pub size: Size,
    /// What they need, with importance.
    pub needs: Vec<(Competence, Importance)>,
    /// What they want to have reached.
    pub goals: Vec<Goal>,
    /// Answers on the scales of values, 1 to 5.
    pub values: Vec<(Value, u8)>,
    /// Languages and how well.
    pub languages: Vec<(Tongue, Fluency)>,
    /// How far they go for a meeting.
    pub reach: Reach,
    /// Whether they also meet by video or phone.
    pub remote: bool,
    /// When they can meet.
    pub times: Vec<Time>,
    /// A wish about the mentor's gender.
    pub mentor_gender: Option<Wish>,
    /// Mentors they had before or said no to.
    pub earlier: Vec<Id>,
    /// Mentors they do not want to meet.
    pub excluded: Vec<Id>,
    /// In their own words.
    pub about: String,
}

/// A company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// Its name.
    pub name: String,
    /// Its organisation number, tidy; a sole trader's is the owner's personal number, so it is masked
    /// wherever it is shown or exported.
    pub number: Option<String>,
}

/// A wish about the mentor's gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// The gender wished for.
    pub gender: Gender,
    /// Whether no other will do.
    pub only: bool,
}

impl Mentee {
    /// Whole days waited on a day.
    pub fn waited(&self, today: Date) -> u32 {
        let days = self.waiting_since.until(today).map_or(0, |span| span.get_days());
        days.max(0).cast_unsigned()
    }

    /// What may be kept of a mentee who is erased: where, when and what kind of company, for the
    /// figures; nothing that says who it was.
    #[must_use]
    pub fn forgotten(self) -> Self {
        Self {
            name: String::new(),
            email: String::new(),
            phone: String::new(),
            company: None,
            industry: None,
            needs: Vec::new(),
            goals: Vec::new(),
            values: Vec::new(),
            languages: Vec::new(),
            times: Vec::new(),
            mentor_gender: None,
            earlier: Vec::new(),
            excluded: Vec::new(),
            about: String::new(),
            ..self
        }
    }
}
