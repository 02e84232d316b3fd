//! Entries in the room of a pair: what the two write to each other and agree on, and what each notes for themselves.
//! It belongs to them; nobody who works with the programme reads it.

use jiff::Span;
use jiff::civil::Date;

use crate::id::Id;
use crate::language::choices;
use crate::pair::{Ending, PairState};
use crate::say::Say;

choices! {
    /// What an entry is.
    EntryKind {
        Message = "message", "meddelande", "message";
        Goal = "goal", "mål", "goal";
        Homework = "homework", "hemuppgift", "homework";
        Note = "note", "egen anteckning", "own note";
    }
}

impl EntryKind {
    /// Whether it is something to get done, by a day.
    pub fn is_done_some_day(self) -> bool {
        matches!(self, Self::Goal | Self::Homework)
    }
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its identity.
    pub id: Id,
    /// Who wrote it: one of the pair, or a companion.
    pub by: Id,
    /// What it is.
    pub kind: EntryKind,
    /// What was written.
    pub words: String,
    /// When it is to be done, if there is such a day.
    pub due: Option<Date>,
    /// When it was done.
    pub done: Option<Date>,
    /// The name of the file that goes with it; empty for none.
    pub file: String,
}

/// The most that can be written at once, in characters.
pub const MOST_WORDS: usize = 5000;
/// The largest file, in bytes.
pub const LARGEST_FILE: usize = 10 * 1024 * 1024;
/// All files of a pair together, in bytes.
const ALL_FILES: usize = 100 * 1024 * 1024;
/// How far away a goal can be, in months.
const FURTHEST: u8 = 24;

impl PairState {
    /// Whether the two have a room: they have both said yes, and something came of it, be it over or not. What was
    /// written while a proposal was still to become a pair is destroyed when it is taken back.
    pub fn has_room(&self) -> bool {
        match self {
            Self::Asked { .. } => false,
            Self::Over { term, how, .. } => term.is_some() || *how == Ending::Early,
            _ => true,
        }
    }

    /// Whether anything can be written in the room.
    ///
    /// # Errors
    /// If it is over: what has been written can then be read, not changed.
    pub fn may_write(&self) -> Result<(), Say> {
        if matches!(self, Self::Over { .. }) { Err(Say::new("entry-over")) } else { Ok(()) }
    }
}

/// Whether a file fits beside those that a room has, in bytes.
///
/// # Errors
/// If it is too large, or the room is full.
pub fn file_fits(size: usize, taken: usize) -> Result<(), Say> {
    if size > LARGEST_FILE {
        return Err(Say::new("entry-file-large"));
    }
    if taken.saturating_add(size) > ALL_FILES {
        return Err(Say::new("entry-files-full"));
    }
    Ok(())
}

impl Entry {
    /// An entry that can be.
    ///
    /// # Errors
    /// If nothing is written, or too much, or its day has been already or is more than two years away.
    pub fn new(
        id: Id,
        by: Id,
        kind: EntryKind,
        words: &str,
        due: Option<Date>,
        file: &str,
        today: Date,
    ) -> Result<Self, Say> {
        let words = words.trim();
        if words.is_empty() && file.is_empty() {
            return Err(Say::new("entry-empty"));
        }
        if words.chars().count() > MOST_WORDS {
            return Err(Say::new("entry-long"));
        }
        let due = due.filter(|_| kind.is_done_some_day());
        if due.is_some_and(|due| due < today || due > today.saturating_add(Span::new().months(FURTHEST))) {
            return Err(Say::new("entry-day"));
        }
        Ok(Self { id, by, kind, words: words.to_owned(), due, done: None, file: file.to_owned() })
    }

    /// Whether somebody of the pair sees it: a note is its writer's alone.
    pub fn is_seen_by(&self, person: &Id) -> bool {
        self.kind != EntryKind::Note || self.by == *person
    }

    /// Ticks it off, or takes that back; anybody of the pair may.
    ///
    /// # Errors
    /// If it is nothing to get done, or another's note.
    pub fn tick(&mut self, person: &Id, today: Date) -> Result<(), Say> {
        if !self.kind.is_done_some_day() || !self.is_seen_by(person) {
            return Err(Say::new("entry-not-done"));
        }
        self.done = if self.done.is_some() { None } else { Some(today) };
        Ok(())
    }

    /// Whether somebody may remove it: whoever wrote it.
    ///
    /// # Errors
    /// If it is another's.
    pub fn may_drop(&self, person: &Id) -> Result<(), Say> {
        if self.by == *person { Ok(()) } else { Err(Say::new("entry-not-yours")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    fn hers() -> Id {
        Id::from_number(2)
    }

    fn his() -> Id {
        Id::from_number(3)
    }

    fn entry(kind: EntryKind, words: &str, due: Option<Date>) -> Result<Entry, Say> {
        Entry::new(Id::from_number(1), hers(), kind, words, due, "", TODAY)
    }

    #[test]
    fn an_entry_says_something_and_its_day_is_to_come() {
        assert_eq!(entry(EntryKind::Message, " \n", None), Err(Say::new("entry-empty")));
        assert_eq!(entry(EntryKind::Message, &"å".repeat(5001), None), Err(Say::new("entry-long")));
        assert!(entry(EntryKind::Message, &"å".repeat(5000), None).is_ok());
        assert_eq!(entry(EntryKind::Homework, "Ring.", Some(date(2026, 11, 22))), Err(Say::new("entry-day")));
        assert_eq!(entry(EntryKind::Goal, "Växa.", Some(date(2028, 11, 24))), Err(Say::new("entry-day")));
        assert_eq!(entry(EntryKind::Goal, " Växa. ", Some(date(2028, 11, 23))).unwrap().words, "Växa.");
        assert_eq!(entry(EntryKind::Note, "Hm.", Some(TODAY)).unwrap().due, None, "a note has no day");
        let file = Entry::new(Id::from_number(1), his(), EntryKind::Message, "", None, "a.pdf", TODAY);
        assert!(file.is_ok(), "a file says something");
    }

    #[test]
    fn files_fit_within_limits() {
        assert!(file_fits(LARGEST_FILE, 0).is_ok() && file_fits(LARGEST_FILE, ALL_FILES - LARGEST_FILE).is_ok());
        assert_eq!(file_fits(LARGEST_FILE + 1, 0), Err(Say::new("entry-file-large")));
        assert_eq!(file_fits(1, ALL_FILES), Err(Say::new("entry-files-full")));
    }

    #[test]
    fn a_note_is_its_writers_alone_and_only_they_remove_what_they_wrote() {
        let mut note = entry(EntryKind::Note, "Hm.", None).unwrap();
        assert!(note.is_seen_by(&hers()) && !note.is_seen_by(&his()));
        assert_eq!(note.tick(&hers(), TODAY), Err(Say::new("entry-not-done")));
        let mut goal = entry(EntryKind::Goal, "Växa.", None).unwrap();
        assert!(goal.may_drop(&hers()).is_ok() && goal.may_drop(&his()).is_err());
        goal.tick(&his(), TODAY).unwrap();
        assert_eq!(goal.done, Some(TODAY));
        goal.tick(&hers(), TODAY).unwrap();
        assert_eq!(goal.done, None);
    }
}
