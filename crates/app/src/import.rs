//! Files of people: read with limits, understood heading by heading, shown before anything is kept.

mod headings;
mod preview;

pub use headings::{Meaning, signature};
pub use preview::{Outlook, Preview, RowPreview, known_ids, preview};

use crate::export::{Cell, Table};
use crate::record::{Choices, Field, Kind, Lists, Person, Record, Role};
use crate::web::Words;
use mentoring::{Language, masked_company_number};

/// What a column that the file lacks is taken to be, for every row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assumed {
    /// Code of the organisation.
    pub organisation: String,
    /// Code of the programme.
    pub programme: String,
    /// Whether mentors are approved and have accepted conduct and confidentiality: somebody must say so.
    pub approved: bool,
}

impl Assumed {
    /// The values assumed for a field of a role, if any.
    pub(crate) fn value(&self, role: Role, field: &str, lists: &Lists) -> Option<String> {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        match (role, field) {
            (_, "organisation") => given(&self.organisation),
            (Role::Mentors, "programmes") | (Role::Mentees, "programme") => given(&self.programme),
            (_, "languages") => Some("sv:fluent".to_owned()),
            (Role::Mentors, "capacity") => Some("1".to_owned()),
            (Role::Mentors, "approved") if self.approved => Some("yes".to_owned()),
            // To the end of next year: the same file read on another day gives the same record.
            (Role::Mentors, "agreement_until") if self.approved => Some(format!("{}-12-31", lists.today.year() + 1)),
            (Role::Mentees, "stage") => Some("started".to_owned()),
            (Role::Mentees, "size") => Some("alone".to_owned()),
            (Role::Mentees, "reach") => Some("60".to_owned()),
            _ => None,
        }
    }
}

/// People as a table that can be read in again: headings in a language, names instead of codes.
pub fn table(role: Role, people: &[Person], lists: &Lists, language: Language) -> Table {
    let row = |person: &Person| {
        let record = person.record();
        role.fields().iter().map(|field| Cell::Text(written(field, &record, lists, language))).collect()
    };
    Table {
        more: Vec::new(),
        name: role.code().to_owned(),
        headings: role.fields().iter().map(|field| field.label(language).to_owned()).collect(),
        rows: people.iter().map(row).collect(),
    }
}

/// An empty file to fill in: the headings, and on a second sheet what may stand under each.
pub fn template(role: Role, lists: &Lists, w: Words) -> Table {
    let names = |choices: Choices| -> Vec<String> {
        choices.entries(lists).iter().map(|entry| entry.name(w.language).to_owned()).collect()
    };
    let columns: Vec<(String, Vec<String>)> = role
        .fields()
        .iter()
        .flat_map(|field| {
            let label = field.label(w.language).to_owned();
            match field.kind {
                Kind::One(choices) | Kind::Many(choices) => vec![(label, names(choices))],
                Kind::Graded(choices, grades) => {
                    let grade = w.x("import-grade-of", label.as_str());
                    vec![(label, names(choices)), (grade, names(grades))]
                }
                Kind::YesNo => vec![(label, vec![w.t("people-yes"), w.t("people-no")])],
                _ => Vec::new(),
            }
        })
        .collect();
    let longest = columns.iter().map(|(_, names)| names.len()).max().unwrap_or(0);
    let row = |at: usize| columns.iter().map(|(_, names)| names.get(at).cloned().unwrap_or_default().into()).collect();
    let allowed = Table {
        name: w.t("import-allowed"),
        rows: (0..longest).map(row).collect(),
        headings: columns.iter().map(|(label, _)| label.clone()).collect(),
        more: Vec::new(),
    };
    Table { more: vec![allowed], ..table(role, &[], lists, w.language) }
}

/// A field's values as a person would write them.
pub(crate) fn written(field: &Field, record: &Record, lists: &Lists, language: Language) -> String {
    let values = record.get(field.code).map_or(&[][..], Vec::as_slice);
    let name = |choices: Choices, code: &str| {
        let entries = choices.entries(lists);
        let entry = entries.iter().find(|entry| entry.code == code).map(|entry| entry.name(language));
        // A name with a dividing sign in it would be read back as two.
        entry.filter(|name| !name.contains([';', '|'])).unwrap_or(code).to_owned()
    };
    let text = |value: &String| match field.kind {
        Kind::One(choices) | Kind::Many(choices) => name(choices, value),
        Kind::Graded(choices, grades) => {
            let (code, grade) = value.split_once(':').unwrap_or((value, ""));
            format!("{} ({})", name(choices, code), name(grades, grade))
        }
        Kind::YesNo => match (value.as_str(), language) {
            ("yes", Language::Swedish) => "ja".to_owned(),
            ("no", Language::Swedish) => "nej".to_owned(),
            (other, _) => other.to_owned(),
        },
        _ if matches!(field.code, "company_number" | "conflicts") => masked_company_number(value),
        _ => value.clone(),
    };
    values.iter().map(text).collect::<Vec<_>>().join("; ")
}
