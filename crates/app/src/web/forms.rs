//! A person's fields as a form: one way to draw them, one way to read them back.

use askama::Template;
use mentoring::Language;

use super::words::Words;
use crate::record::{Choices, Entry, Fault, Field, Kind, Lists, Record, Role};

/// A field drawn in a form.
pub(super) struct Shown {
    pub(super) code: &'static str,
    pub(super) label: String,
    pub(super) required: bool,
    pub(super) fault: Option<String>,
    pub(super) input: Input,
}

/// How a field is drawn.
pub(super) enum Input {
    Line { kind: &'static str, value: String, most: Option<u32> },
    Long(String),
    YesNo(bool),
    One(Vec<Choice>),
    Many(Vec<Choice>),
    Graded(Vec<(Vec<Choice>, Vec<Choice>)>),
}

impl Input {
    /// What has been filled in, as text; empty if nothing has.
    pub(super) fn text(&self, w: Words) -> String {
        let chosen = |choices: &[Choice]| {
            let names = choices.iter().filter(|choice| choice.chosen).map(|choice| choice.name.clone());
            names.collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::Line { value, .. } | Self::Long(value) => value.clone(),
            Self::YesNo(yes) => w.t(if *yes { "people-yes" } else { "people-no" }),
            Self::One(choices) | Self::Many(choices) => chosen(choices),
            Self::Graded(rows) => {
                let row = |(choices, grades): &(Vec<Choice>, Vec<Choice>)| {
                    let (name, grade) = (chosen(choices), chosen(grades));
                    (!name.is_empty()).then(|| if grade.is_empty() { name } else { format!("{name} ({grade})") })
                };
                rows.iter().filter_map(row).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

/// An entry to choose.
pub(super) struct Choice {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) chosen: bool,
}

/// Rows to fill in beyond those filled.
const SPARE: usize = 3;

#[derive(Template)]
#[template(path = "people/fields.html")]
pub(super) struct Fields {
    pub(super) w: Words,
    pub(super) shown: Vec<Shown>,
    /// Whether people fill them in about themselves, so that the browser may help.
    pub(super) own: bool,
    /// Fault texts with the field they lead to.
    pub(super) faults: Vec<(&'static str, String)>,
}

impl Fields {
    pub(super) fn new(role: Role, record: &Record, faults: &[Fault], lists: &Lists, w: Words) -> Self {
        let all: Vec<&str> = role.fields().iter().map(|field| field.code).collect();
        Self::some(role, &all, record, faults, lists, w)
    }

    /// Only some of the fields, in the order of all.
    pub(super) fn some(role: Role, codes: &[&str], record: &Record, faults: &[Fault], lists: &Lists, w: Words) -> Self {
        let told = |field: &'static str| {
            let say = &faults.iter().find(|fault| fault.field == field)?.say;
            Some(w.page(say))
        };
        let shown = |field: &'static Field| Shown {
            code: field.code,
            label: field.label(w.language).to_owned(),
            required: field.required,
            fault: told(field.code),
            input: input(field, record, lists, w.language),
        };
        let wanted = role.fields().iter().filter(|field| codes.contains(&field.code));
        let mut fields = Self { w, faults: Vec::new(), own: false, shown: wanted.map(shown).collect() };
        fields.summarise();
        fields
    }

    /// Tells every fault under the label of its field.
    pub(super) fn summarise(&mut self) {
        let told = |shown: &Shown| {
            let after = if shown.label.ends_with('?') { "" } else { ":" };
            Some((shown.code, format!("{}{after} {}", shown.label, shown.fault.as_ref()?)))
        };
        self.faults = self.shown.iter().filter_map(told).collect();
    }
}

fn input(field: &Field, record: &Record, lists: &Lists, language: Language) -> Input {
    let values = record.get(field.code).map_or(&[][..], Vec::as_slice);
    let first = || values.first().cloned().unwrap_or_default();
    let line = |kind, most| Input::Line { kind, value: first(), most };
    match field.kind {
        Kind::Text => line("text", None),
        Kind::Email => line("email", None),
        Kind::Phone => line("tel", None),
        Kind::Day => line("date", None),
        Kind::Number(most) => line("number", Some(most)),
        Kind::Words => Input::Line { kind: "text", value: values.join("; "), most: None },
        Kind::Long => Input::Long(first()),
        Kind::YesNo => Input::YesNo(first() == "yes"),
        Kind::One(choices) => Input::One(choose(choices, values, lists, language)),
        Kind::Many(choices) if choices.entries(lists).len() <= 12 => {
            Input::Many(choose(choices, values, lists, language))
        }
        Kind::Many(choices) => {
            let each =
                values.iter().map(|value| (choose(choices, std::slice::from_ref(value), lists, language), Vec::new()));
            let spare = (0..SPARE).map(|_| (choose(choices, &[], lists, language), Vec::new()));
            Input::Graded(each.chain(spare).collect())
        }
        Kind::Graded(choices, grades) => {
            let row = |value: &str| {
                let (code, grade) = value.split_once(':').unwrap_or((value, ""));
                (
                    choose(choices, &[code.to_owned()], lists, language),
                    choose(grades, &[grade.to_owned()], lists, language),
                )
            };
            let spare = (0..SPARE).map(|_| row(""));
            Input::Graded(values.iter().map(|value| row(value)).chain(spare).collect())
        }
    }
}

fn choose(choices: Choices, values: &[String], lists: &Lists, language: Language) -> Vec<Choice> {
    let choice = |entry: Entry| Choice {
        name: entry.name(language).to_owned(),
        chosen: values.contains(&entry.code),
        code: entry.code,
    };
    let mut all: Vec<Choice> = choices.entries(lists).into_iter().map(choice).collect();
    if matches!(choices, Choices::Municipalities | Choices::Organisations) {
        all.sort_by_cached_key(|choice| store::sort_key(&choice.name));
    }
    all
}

/// The record that a posted form holds.
pub(super) fn record(role: Role, posted: &[(String, String)]) -> Record {
    let all: Vec<&str> = role.fields().iter().map(|field| field.code).collect();
    some_of_record(role, &all, posted)
}

/// The same for a form with some of the fields.
pub(super) fn some_of_record(role: Role, codes: &[&str], posted: &[(String, String)]) -> Record {
    let mut record = Record::new();
    for field in role.fields().iter().filter(|field| codes.contains(&field.code)) {
        let values = |name: &str| {
            posted.iter().filter(|(key, _)| key == name).map(|(_, value)| value.trim().to_owned()).collect::<Vec<_>>()
        };
        let given = values(field.code);
        let kept: Vec<String> = match field.kind {
            Kind::Graded(..) => {
                let grades = values(&format!("{}-grade", field.code));
                let rows = given.into_iter().zip(grades).filter(|(code, _)| !code.is_empty());
                rows.map(|(code, grade)| format!("{code}:{grade}")).collect()
            }
            Kind::Words => given.iter().flat_map(|words| apart(words)).collect(),
            Kind::YesNo => vec![given.into_iter().next().unwrap_or_else(|| "no".to_owned())],
            Kind::Long => given.into_iter().map(|text| text.replace("\r\n", "\n")).collect(),
            _ => given,
        };
        let kept: Vec<String> = kept.into_iter().filter(|value| !value.is_empty()).collect();
        if !kept.is_empty() {
            record.insert(field.code, kept);
        }
    }
    record
}

/// Numbers of companies, addresses or identities, however they are set apart.
fn apart(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in text.replace(" och ", ";").replace(" and ", ";").split([';', ',', '\n']) {
        // A blank stands between two, or within a number.
        let whole = |word: &str| word.contains('@') || word.chars().filter(char::is_ascii_digit).count() >= 10;
        if part.split_whitespace().all(whole) {
            found.extend(part.split_whitespace().map(str::to_owned));
        } else {
            found.push(part.trim().to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_set_apart_in_any_way() {
        for text in [
            "556677-8899; 556600-1234",
            "556677-8899, 556600-1234",
            "556677-8899 och 556600-1234",
            "556677-8899 556600-1234",
        ] {
            assert_eq!(apart(text), ["556677-8899", "556600-1234"], "{text}");
        }
        assert_eq!(apart("556677 8899"), ["556677 8899"]);
        assert_eq!(apart("inget nummer"), ["inget nummer"], "a fault tells it whole");
    }
}
