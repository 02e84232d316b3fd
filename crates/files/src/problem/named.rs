//! Sheets in CSV whose lines have names.

use std::collections::HashMap;

use csv::{StringRecord, Trim};
use mentoring::Say;

use super::MOST;
use crate::fault::{Fault, about, at, on, whole};
use crate::records::Records;

/// A sheet whose first column is names.
pub(super) struct Sheet {
    /// The number of the line with the headings.
    pub(super) first: usize,
    /// Where each heading stands, and where again.
    places: HashMap<String, (usize, Option<usize>)>,
    /// Each line with its number.
    pub(super) lines: Vec<(usize, StringRecord)>,
}

impl Sheet {
    pub(super) fn read(text: &str) -> Result<Self, Fault> {
        let mut lines = lines(text)?.into_iter();
        let (first, heading) = lines.next().ok_or_else(|| whole(Say::new("file-empty")))?;
        let lines: Vec<_> = lines.collect();
        if lines.len() > MOST as usize {
            return Err(whole(Say::new("solve-too-large").with("n", MOST.to_string())));
        }
        let mut named: HashMap<&str, usize> = HashMap::new();
        for (line, cells) in &lines {
            has_cells(*line, cells, heading.len())?;
            if cells[0].is_empty() {
                return Err(at(*line, 1, Say::new("solve-no-name")));
            }
            if let Some(first) = named.insert(&cells[0], *line) {
                return Err(at(*line, 1, about("solve-name-twice", &cells[0]).with("n", first.to_string())));
            }
        }
        let mut places: HashMap<String, (usize, Option<usize>)> = HashMap::new();
        for (at, name) in heading.iter().enumerate().skip(1) {
            places.entry(name.to_owned()).and_modify(|place| place.1 = place.1.or(Some(at))).or_insert((at, None));
        }
        Ok(Self { first, places, lines })
    }

    /// Where the cells under a heading are.
    pub(super) fn find(&self, heading: &str) -> Result<Option<usize>, Fault> {
        match self.places.get(heading) {
            Some((_, Some(again))) => Err(at(self.first, again + 1, about("solve-heading-twice", heading))),
            place => Ok(place.map(|&(at, _)| at)),
        }
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.lines.iter().map(|(_, cells)| cells[0].to_owned()).collect()
    }
}

/// Pairs by name, with their lines.
pub(super) fn listed(text: &str) -> Result<Vec<(usize, [String; 2])>, Fault> {
    let pair = |(line, cells): (usize, StringRecord)| {
        has_cells(line, &cells, 2)?;
        Ok((line, [cells[0].to_owned(), cells[1].to_owned()]))
    };
    headed(text, &["row", "column"], "solve-heading-pairs")?.into_iter().map(pair).collect()
}

/// The lines below a heading that must be there, in capitals or not; or what else to say of it.
pub(super) fn headed(
    text: &str,
    wanted: &[&str],
    otherwise: &'static str,
) -> Result<Vec<(usize, StringRecord)>, Fault> {
    let mut lines = lines(text)?.into_iter();
    let (line, heading) = lines.next().unwrap_or_else(|| (1, StringRecord::new()));
    if !heading.iter().map(str::to_ascii_lowercase).eq(wanted.iter().copied()) {
        return Err(on(line, Say::new(otherwise)));
    }
    Ok(lines.collect())
}

pub(super) fn has_cells(line: usize, cells: &StringRecord, wanted: usize) -> Result<(), Fault> {
    if cells.len() == wanted {
        return Ok(());
    }
    Err(on(line, Say::new("solve-fields").with("n", wanted as u32).with("found", cells.len() as u32)))
}

/// The lines of a CSV file that hold something, each with its number in the file.
fn lines(text: &str) -> Result<Vec<(usize, StringRecord)>, Fault> {
    Records::new(text, Trim::All)
        .map(|row| row.map(|row| (row.line, row.cells)).map_err(whole))
        // What is left below a table that somebody has emptied.
        .filter(|row| !row.as_ref().is_ok_and(|(_, cells)| cells.iter().all(str::is_empty)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_an_emptied_table_is_passed_over() {
        let numbers = |text: &str| lines(text).unwrap().into_iter().map(|(line, _)| line).collect::<Vec<_>>();
        assert_eq!(numbers("a;b\n;\nc;d\n;\n"), [1, 3]);
    }
}
