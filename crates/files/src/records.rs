//! Records of a CSV file, and where each stands.

use csv::{ReaderBuilder, StringRecord, StringRecordsIntoIter, Trim};
use mentoring::Say;

/// A row and its two numbers.
pub(crate) struct Record {
    /// The line it begins on, from 1, as an editor numbers it.
    pub(crate) line: usize,
    /// From 1, as a spreadsheet numbers it: a cell may hold line breaks.
    pub(crate) row: usize,
    pub(crate) cells: StringRecord,
}

/// Reads row by row, so that whoever has enough can stop.
pub(crate) struct Records<'a> {
    reader: StringRecordsIntoIter<&'a [u8]>,
    text: &'a str,
    /// How much of the text is counted, and what has been found in it.
    counted: usize,
    line: usize,
    row: usize,
}

impl<'a> Records<'a> {
    pub(crate) fn new(text: &'a str, trim: Trim) -> Self {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).trim(trim).delimiter(delimiter(text));
        let reader = builder.from_reader(text.as_bytes()).into_records();
        Self { reader, text, counted: 0, line: 1, row: 0 }
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, Say>;

    fn next(&mut self) -> Option<Self::Item> {
        let Ok(cells) = self.reader.next()? else { return Some(Err(Say::new("file-csv"))) };
        let text = self.text.as_bytes();
        let mut start = cells.position().map_or(self.counted, |position| position.byte() as usize);
        // The reader ends a row at the first of the two signs of a line break.
        start += usize::from(text[..start].ends_with(b"\r") && text[start..].starts_with(b"\n"));
        // Empty lines are passed over by the reader, but they count.
        let empty = text[start..].iter().take_while(|byte| b"\r\n".contains(byte)).count();
        let breaks = |from: usize, to: usize| breaks(&self.text[from..to]);
        self.line += breaks(self.counted, start + empty);
        self.row += 1 + breaks(start, start + empty);
        self.counted = start + empty;
        Some(Ok(Record { line: self.line, row: self.row, cells }))
    }
}

/// Line breaks of any custom: both signs, or one of the two.
fn breaks(text: &str) -> usize {
    let signs = |wanted: &str| text.matches(wanted).count();
    signs("\n") + signs("\r") - signs("\r\n")
}

/// What stands between the cells: spreadsheets save what is the custom of the country.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: char| first.matches(delimiter).count();
    [';', '\t', ','].into_iter().max_by_key(|&delimiter| count(delimiter)).map_or(b';', |delimiter| delimiter as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_the_numbers_of_an_editor_and_of_a_spreadsheet() {
        let numbers = |text: &str| -> Vec<(usize, usize)> {
            Records::new(text, Trim::All).map(Result::unwrap).map(|row| (row.line, row.row)).collect()
        };
        assert_eq!(numbers("a,b\nc,d\n"), [(1, 1), (2, 2)]);
        assert_eq!(numbers("a,b\r\nc,d\r\n\r\ne,f"), [(1, 1), (2, 2), (4, 4)]);
        assert_eq!(numbers("a;b\n;\nc;d\n;\n"), [(1, 1), (2, 2), (3, 3), (4, 4)]);
        assert_eq!(numbers("a;b\r\rc;d\re;f\r\n\r\n\r\ng;h"), [(1, 1), (3, 3), (4, 4), (7, 7)]);
        assert_eq!(numbers("\n\na;b\n\n\n\"c\nc\";d\ne;f\n"), [(3, 3), (6, 6), (8, 7)]);
    }
}
