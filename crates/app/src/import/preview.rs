//! What would happen to each row.

use std::collections::HashMap;

use files::Sheet;
use mentoring::{Competence, Id, MASK, Mentee, Mentor, Say};

use super::Assumed;
use super::headings::Meaning;
use crate::record::{Lists, Person, Record, Role, changed, from_mentee, from_mentor, read_cell};

/// What would happen to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outlook {
    /// Something is wrong with it; nothing can be read in until it is mended.
    Faulty,
    /// A new person.
    New,
    /// A person whose record changes.
    Changed,
    /// A person whose record is the same already.
    Same,
}

/// One row's outlook.
#[derive(Clone, Debug)]
pub struct RowPreview {
    /// Its number in the file.
    pub number: usize,
    /// The name in it.
    pub name: String,
    /// What would happen.
    pub outlook: Outlook,
    /// Faults: the heading, if one is to blame, and what is wrong.
    pub faults: Vec<(Option<String>, Say)>,
    /// For a known person: the fields that change.
    pub changes: Vec<&'static str>,
    /// Competences guessed from free text: what stood there, and the guess.
    pub guessed: Vec<(String, Competence)>,
}

/// A whole file's outlook.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Every row.
    pub rows: Vec<RowPreview>,
    /// The people to keep, if there is no fault.
    pub people: Vec<Person>,
    /// Fields that the file lacks, and what is assumed for them.
    pub assumed: Vec<(&'static str, String)>,
}

impl Preview {
    /// How many rows have an outlook.
    pub fn count(&self, outlook: Outlook) -> usize {
        self.rows.iter().filter(|row| row.outlook == outlook).count()
    }
}

/// The identities that a file speaks of, to look up who is known.
pub fn known_ids(role: Role, sheet: &Sheet, meaning: &Meaning) -> Vec<Id> {
    let Some(column) = meaning.0.iter().position(|field| *field == Some("email")) else { return Vec::new() };
    let kind = if role == Role::Mentors { "mentor" } else { "mentee" };
    sheet.rows.iter().filter_map(|(_, cells)| cells.get(column)).map(|email| Id::of(kind, email)).collect()
}

/// Looks at every row of a file beside those who are known already.
pub fn preview(
    role: Role,
    sheet: &Sheet,
    meaning: &Meaning,
    assumed: &Assumed,
    lists: &Lists,
    known_mentors: &[Mentor],
    known_mentees: &[Mentee],
) -> Preview {
    let mentors: HashMap<&Id, &Mentor> = known_mentors.iter().map(|mentor| (&mentor.id, mentor)).collect();
    let mentees: HashMap<&Id, &Mentee> = known_mentees.iter().map(|mentee| (&mentee.id, mentee)).collect();
    let lacking: Vec<(&'static str, String)> = role
        .fields()
        .iter()
        .filter(|field| !meaning.0.contains(&Some(field.code)))
        .filter_map(|field| Some((field.code, assumed.value(role, field.code, lists)?)))
        .collect();
    let mut seen: HashMap<Id, usize> = HashMap::new();
    let mut preview = Preview { rows: Vec::new(), people: Vec::new(), assumed: lacking };
    for (number, cells) in &sheet.rows {
        let mut row = RowPreview {
            number: *number,
            name: String::new(),
            outlook: Outlook::Faulty,
            faults: Vec::new(),
            changes: Vec::new(),
            guessed: Vec::new(),
        };
        let base = email(meaning, cells).and_then(|email| {
            let mentor = mentors.get(&Id::of("mentor", email)).filter(|_| role == Role::Mentors);
            let mentee = mentees.get(&Id::of("mentee", email)).filter(|_| role == Role::Mentees);
            mentor.map(|mentor| from_mentor(mentor)).or_else(|| mentee.map(|mentee| from_mentee(mentee)))
        });
        let before = base.clone();
        let record = read_row(role, sheet, meaning, cells, lists, base, &preview.assumed, &mut row);
        row.name = record.get("name").and_then(|name| name.first()).cloned().unwrap_or_default();
        match role.person(&record, lists) {
            Ok(person) => {
                let id = match &person {
                    Person::Mentor(mentor) => mentor.id.clone(),
                    Person::Mentee(mentee) => mentee.id.clone(),
                };
                if let Some(first) = seen.insert(id.clone(), *number) {
                    row.faults.push((heading(role, sheet, meaning, "email"), Say::new("row-twice").with("n", first)));
                }
                row.outlook = outlook(&person, mentors.get(&id).copied(), mentees.get(&id).copied(), &mut row.faults);
                if let (Outlook::Changed, Some(before)) = (row.outlook, before) {
                    let after = person.record();
                    row.changes = changed(role, &before, &after);
                }
                if row.faults.is_empty() {
                    preview.people.push(person);
                }
            }
            Err(faults) => {
                for fault in faults {
                    let heading = heading(role, sheet, meaning, fault.field);
                    // A cell that could not be read has said so already.
                    if !row.faults.iter().any(|known| known.0 == heading) {
                        row.faults.push((heading, fault.say));
                    }
                }
            }
        }
        if !row.faults.is_empty() {
            row.outlook = Outlook::Faulty;
        }
        preview.rows.push(row);
    }
    preview
}

fn outlook(
    person: &Person,
    mentor: Option<&Mentor>,
    mentee: Option<&Mentee>,
    faults: &mut Vec<(Option<String>, Say)>,
) -> Outlook {
    match (person, mentor, mentee) {
        (Person::Mentor(new), Some(known), _) => {
            if new.capacity < known.open_pairs {
                faults.push((None, Say::new("row-below-open-pairs").with("n", known.open_pairs)));
            }
            let same = Mentor { open_pairs: known.open_pairs, ..(**new).clone() } == *known;
            if same { Outlook::Same } else { Outlook::Changed }
        }
        (Person::Mentee(new), _, Some(known)) => {
            let same = Mentee { paired: known.paired, ..(**new).clone() } == *known;
            if same { Outlook::Same } else { Outlook::Changed }
        }
        _ => Outlook::New,
    }
}

/// The heading under which a field stands, or its label if the file has no such column.
fn heading(role: Role, sheet: &Sheet, meaning: &Meaning, field: &str) -> Option<String> {
    let at = meaning.0.iter().position(|code| *code == Some(field));
    at.and_then(|at| sheet.headings.get(at).cloned())
        .or_else(|| role.fields().iter().find(|known| known.code == field).map(|known| known.sv.to_owned()))
}

/// The e-mail address in a row: it says who the row is about.
fn email<'a>(meaning: &Meaning, cells: &'a [String]) -> Option<&'a str> {
    let column = meaning.0.iter().position(|field| *field == Some("email"))?;
    cells.get(column).map(String::as_str)
}

/// The record of a row. What the file has no column for stays as it is known; for somebody new it is
/// what is assumed.
#[allow(clippy::too_many_arguments, reason = "a row and all it is read against")]
fn read_row(
    role: Role,
    sheet: &Sheet,
    meaning: &Meaning,
    cells: &[String],
    lists: &Lists,
    base: Option<Record>,
    assumed: &[(&'static str, String)],
    row: &mut RowPreview,
) -> Record {
    let mut record = base.unwrap_or_else(|| assumed.iter().map(|(code, value)| (*code, vec![value.clone()])).collect());
    let mapped = |code: &str| meaning.0.contains(&Some(code));
    let masked = |at: usize| cells.get(at).is_some_and(|text| text.contains(MASK));
    let kept_masked: Vec<&str> =
        meaning.0.iter().enumerate().filter(|&(at, _)| masked(at)).filter_map(|(_, code)| *code).collect();
    record.retain(|code, _| !mapped(code) || kept_masked.contains(code));
    for (at, code) in meaning.0.iter().enumerate() {
        let (Some(code), Some(text)) = (code, cells.get(at)) else { continue };
        // A number that an export masked says nothing new.
        if kept_masked.contains(code) {
            continue;
        }
        let field = role.fields().iter().find(|field| field.code == *code).expect("meanings are fields");
        match read_cell(field.kind, text, lists) {
            Ok(cell) => {
                row.guessed.extend(cell.guessed);
                if !cell.values.is_empty() {
                    record.entry(code).or_default().extend(cell.values);
                }
            }
            Err(say) => row.faults.push((sheet.headings.get(at).cloned(), say)),
        }
    }
    record
}
