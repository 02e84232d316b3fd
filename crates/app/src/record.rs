//! A person as fields: what a form shows, a file holds and an export writes.
//!
//! One list of fields for mentors and one for mentees serves them all. A field's value is a list of
//! codes or texts; a graded one is written `code:grade`, such as `D2:expert`.

mod choices;
mod mentee;
mod mentor;
mod read;

use std::collections::BTreeMap;

use jiff::civil::Date;
use mentoring::{Language, Mentee, Mentor, Organisation, Programme, Say, is_company_number, tidy_company_number};

pub use choices::{Choices, Entry};
pub use mentee::{MENTEE, from_mentee, to_mentee};
pub use mentor::{MENTOR, from_mentor, to_mentor};
pub use read::{Cell, is_email, read_cell};

/// The values of each field, by the field's code.
pub type Record = BTreeMap<&'static str, Vec<String>>;

/// Lists that differ from installation to installation, and today's date.
#[derive(Clone, Debug)]
pub struct Lists {
    /// Who delivers.
    pub organisations: Vec<Organisation>,
    /// What they deliver.
    pub programmes: Vec<Programme>,
    /// Today.
    pub today: Date,
}

/// One field of a person.
#[derive(Debug)]
pub struct Field {
    /// Its code: the name in forms and the English heading in files.
    pub code: &'static str,
    /// The Swedish heading, and label.
    pub sv: &'static str,
    /// The English label.
    pub en: &'static str,
    /// Other headings that mean the same.
    pub also: &'static [&'static str],
    /// What it holds.
    pub kind: Kind,
    /// Whether a person cannot be without it.
    pub required: bool,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A line of text.
    Text,
    /// Several lines of text.
    Long,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A day, YYYY-MM-DD.
    Day,
    /// A whole number up to this.
    Number(u32),
    /// Yes or no.
    YesNo,
    /// One of a list.
    One(Choices),
    /// Any of a list.
    Many(Choices),
    /// Any of a list, each with a grade of another.
    Graded(Choices, Choices),
    /// Any number of words.
    Words,
}

impl Field {
    /// The label in a language.
    pub fn label(&self, language: Language) -> &'static str {
        match language {
            Language::Swedish => self.sv,
            Language::English => self.en,
        }
    }
}

/// A fault in one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field's code.
    pub field: &'static str,
    /// What is wrong and what to do.
    pub say: Say,
}

/// Either kind of person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Person {
    /// A mentor.
    Mentor(Box<Mentor>),
    /// A mentee.
    Mentee(Box<Mentee>),
}

impl Person {
    /// The fields of the person.
    pub fn record(&self) -> Record {
        match self {
            Self::Mentor(mentor) => from_mentor(mentor),
            Self::Mentee(mentee) => from_mentee(mentee),
        }
    }
}

/// The fields in which two records differ.
pub fn changed(role: Role, before: &Record, after: &Record) -> Vec<&'static str> {
    let differs = |field: &&Field| before.get(field.code) != after.get(field.code);
    role.fields().iter().filter(differs).map(|field| field.code).collect()
}

/// The mentors and mentees among people.
pub fn apart(people: Vec<Person>) -> (Vec<Mentor>, Vec<Mentee>) {
    let (mut mentors, mut mentees) = (Vec::new(), Vec::new());
    for person in people {
        match person {
            Person::Mentor(mentor) => mentors.push(*mentor),
            Person::Mentee(mentee) => mentees.push(*mentee),
        }
    }
    (mentors, mentees)
}

/// Mentors or mentees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Mentors.
    Mentors,
    /// Mentees.
    Mentees,
}

impl Role {
    /// The fields of such a person.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Mentors => MENTOR,
            Self::Mentees => MENTEE,
        }
    }

    /// The plural in addresses and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mentors => "mentors",
            Self::Mentees => "mentees",
        }
    }

    /// The word for one in events and traces.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Mentors => "mentor",
            Self::Mentees => "mentee",
        }
    }

    /// The person that a record describes.
    ///
    /// # Errors
    /// Every fault found.
    pub fn person(self, record: &Record, lists: &Lists) -> Result<Person, Vec<Fault>> {
        match self {
            Self::Mentors => to_mentor(record, lists).map(|mentor| Person::Mentor(Box::new(mentor))),
            Self::Mentees => to_mentee(record, lists).map(|mentee| Person::Mentee(Box::new(mentee))),
        }
    }
}

/// Takes fields out of a record, noting every fault.
struct Reader<'a> {
    record: &'a Record,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    fn new(record: &'a Record, fields: &'static [Field], lists: &Lists) -> Self {
        let mut faults = Vec::new();
        for field in fields {
            let values = record.get(field.code).map_or(&[][..], Vec::as_slice);
            let empty = values.iter().all(|value| value.trim().is_empty());
            if field.required && empty {
                faults.push(Fault { field: field.code, say: Say::new("fault-required") });
            }
            for value in values.iter().filter(|value| !value.trim().is_empty()) {
                if let Err(say) = read::check(field.kind, value, lists) {
                    faults.push(Fault { field: field.code, say });
                }
            }
        }
        Self { record, faults }
    }

    fn fault(&mut self, field: &'static str, say: Say) {
        self.faults.push(Fault { field, say });
    }

    /// Faults for values that are no organisation numbers.
    fn check_numbers(&mut self, field: &'static str) {
        let wrong: Vec<&str> =
            self.all(field).filter(|number| !is_company_number(&tidy_company_number(number))).collect();
        for number in wrong {
            self.fault(field, Say::new("fault-company-number").with("x", number));
        }
    }

    fn all(&self, field: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.record.get(field).into_iter().flatten().map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    fn text(&self, field: &str) -> String {
        self.all(field).next().unwrap_or_default().to_owned()
    }

    fn texts(&self, field: &str) -> Vec<String> {
        self.all(field).map(str::to_owned).collect()
    }

    fn maybe(&self, field: &str) -> Option<String> {
        self.all(field).next().map(str::to_owned)
    }

    fn number(&self, field: &str) -> Option<u32> {
        self.all(field).next()?.parse().ok()
    }

    fn day(&self, field: &str) -> Option<Date> {
        self.all(field).next()?.parse().ok()
    }

    fn yes(&self, field: &str) -> bool {
        self.all(field).next() == Some("yes")
    }

    fn one<T>(&self, field: &str, of: impl Fn(&str) -> Option<T>) -> Option<T> {
        of(self.all(field).next()?)
    }

    fn many<T: PartialEq>(&self, field: &str, of: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let mut found = Vec::new();
        for value in self.all(field).filter_map(of) {
            if !found.contains(&value) {
                found.push(value);
            }
        }
        found
    }

    /// Graded values; a value given twice keeps its first grade.
    fn graded<T: PartialEq, G>(
        &self,
        field: &str,
        of: impl Fn(&str) -> Option<T>,
        grade: impl Fn(&str) -> Option<G>,
    ) -> Vec<(T, G)> {
        let mut found: Vec<(T, G)> = Vec::new();
        for value in self.all(field) {
            let (code, level) = value.split_once(':').unwrap_or((value, ""));
            if let (Some(value), Some(level)) = (of(code), grade(level))
                && !found.iter().any(|known| known.0 == value)
            {
                found.push((value, level));
            }
        }
        found
    }

    fn end<T>(self, whole: Option<T>) -> Result<T, Vec<Fault>> {
        match whole {
            Some(whole) if self.faults.is_empty() => Ok(whole),
            _ => Err(self.faults),
        }
    }
}

/// Writes fields.
#[derive(Default)]
struct Writer(Record);

impl Writer {
    fn text(mut self, field: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.0.insert(field, vec![text]);
        }
        self
    }

    fn maybe(self, field: &'static str, value: Option<impl ToString>) -> Self {
        self.text(field, value.map_or_else(String::new, |value| value.to_string()))
    }

    fn yes(self, field: &'static str, yes: bool) -> Self {
        self.text(field, if yes { "yes" } else { "no" })
    }

    fn all(mut self, field: &'static str, values: impl IntoIterator<Item = String>) -> Self {
        let values: Vec<String> = values.into_iter().collect();
        if !values.is_empty() {
            self.0.insert(field, values);
        }
        self
    }
}
