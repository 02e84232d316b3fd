//! Tables as files: CSV and XLSX, safe to open in a spreadsheet.

use mentoring::{Board, Language};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use crate::web::{Words, why_none};

/// A table to write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The name of the sheet.
    pub name: String,
    /// The headings.
    pub headings: Vec<String>,
    /// The rows, each as long as the headings.
    pub rows: Vec<Vec<Cell>>,
    /// More sheets, where the file can have them.
    pub more: Vec<Table>,
}

/// A cell to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Text, never a formula.
    Text(String),
    /// A whole number.
    Number(i64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Comma-separated values.
    Csv,
    /// A spreadsheet.
    Xlsx,
}

impl FileKind {
    /// By the ending of a file's name.
    pub fn of_name(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// The media type.
    pub fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

impl Table {
    /// The table as a file: the same table always gives the same bytes.
    ///
    /// # Errors
    /// If the table is larger than a sheet may be (1,048,576 rows).
    pub fn file(&self, format: FileKind, language: Language) -> Result<Vec<u8>, XlsxError> {
        match format {
            FileKind::Csv => Ok(self.csv(language)),
            FileKind::Xlsx => self.xlsx(),
        }
    }

    /// With a byte order mark, and semicolons in Swedish: what spreadsheets there expect.
    fn csv(&self, language: Language) -> Vec<u8> {
        let delimiter = if language == Language::Swedish { b';' } else { b',' };
        let mut out = "\u{feff}".as_bytes().to_vec();
        let mut writer =
            csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).from_writer(&mut out);
        let cell = |cell: &Cell| match cell {
            Cell::Text(text) => guarded(text),
            Cell::Number(number) => number.to_string(),
        };
        let headings = self.headings.iter().map(|heading| guarded(heading));
        writer.write_record(headings).expect("memory takes any record");
        for row in &self.rows {
            writer.write_record(row.iter().map(cell)).expect("every row is as long as the headings");
        }
        writer.flush().expect("memory takes any record");
        drop(writer);
        out
    }

    fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        // A fixed date: the same content is the same file.
        let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
        self.sheet(&mut workbook)?;
        for table in &self.more {
            table.sheet(&mut workbook)?;
        }
        workbook.save_to_buffer()
    }

    fn sheet(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold();
        let sheet = workbook.add_worksheet();
        sheet
            .set_name(self.name.chars().filter(|letter| !"[]:*?/\\'".contains(*letter)).take(31).collect::<String>())?;
        for (at, heading) in self.headings.iter().enumerate() {
            sheet.write_string_with_format(0, at as u16, heading, &bold)?;
        }
        for (row, cells) in self.rows.iter().enumerate() {
            for (at, cell) in cells.iter().enumerate() {
                match cell {
                    Cell::Text(text) => sheet.write_string(row as u32 + 1, at as u16, text)?,
                    Cell::Number(number) => sheet.write_number(row as u32 + 1, at as u16, *number as f64)?,
                };
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.autofilter(0, 0, self.rows.len().max(1) as u32, self.headings.len().max(1) as u16 - 1)?;
        sheet.autofit();
        Ok(())
    }
}

/// Text that a spreadsheet would take for a formula gets an apostrophe before it.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// A board's mentees with their mentors, points and reasons, those without a mentor last, with what
/// stops them and the cheapest way out.
pub fn board_table(board: &Board, w: Words) -> Table {
    let headings = [
        "export-mentee",
        "export-mentee-email",
        "export-municipality",
        "export-mentor",
        "export-mentor-email",
        "export-mentor-municipality",
        "export-points",
        "export-state",
        "export-reasons",
    ];
    let mut rows = Vec::new();
    for (row, mentee) in board.round().mentees().iter().enumerate() {
        let standing = board.standing(row);
        let (state, matched) = match standing {
            mentoring::Standing::Locked(_) => ("export-locked", true),
            mentoring::Standing::Proposed(_) => ("export-proposed", true),
            mentoring::Standing::Unmatched => ("export-unmatched", false),
            mentoring::Standing::Withdrawn => ("export-withdrawn", false),
        };
        let fit = standing.mentor().map(|mentor| mentoring::fit(mentee, mentor, board.round().setting()));
        let reasons = fit.iter().flat_map(|fit| &fit.reasons).map(|reason| reason.text(w.language, None));
        let why = if standing == mentoring::Standing::Unmatched { why_none(board, row, w) } else { Vec::new() };
        let mentor = |of: fn(&mentoring::Mentor) -> &str| standing.mentor().map_or("", of).to_owned();
        rows.push((
            !matched,
            store::sort_key(&mentee.name),
            vec![
                mentee.name.clone().into(),
                mentee.email.clone().into(),
                mentee.municipality.names().sv.into(),
                mentor(|mentor| &mentor.name).into(),
                mentor(|mentor| &mentor.email).into(),
                mentor(|mentor| mentor.municipality.names().sv).into(),
                fit.as_ref().map_or(Cell::Text(String::new()), |fit| Cell::Number(i64::from(fit.total))),
                w.t(state).into(),
                reasons.chain(why).collect::<Vec<_>>().join(" ").into(),
            ],
        ));
    }
    rows.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    Table {
        name: w.t("export-sheet"),
        headings: headings.map(|key| w.t(key)).to_vec(),
        rows: rows.into_iter().map(|(_, _, cells)| cells).collect(),
        more: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table {
            name: "Par".into(),
            headings: vec!["Namn".into(), "Poäng".into()],
            rows: vec![vec!["=1+1".into(), 7.into()], vec!["Åsa; \"x\"".into(), (-3).into()]],
            more: Vec::new(),
        }
    }

    #[test]
    fn csv_is_what_a_swedish_spreadsheet_expects_and_never_a_formula() {
        let text = String::from_utf8(table().file(FileKind::Csv, Language::Swedish).unwrap()).unwrap();
        assert_eq!(text, "\u{feff}Namn;Poäng\r\n'=1+1;7\r\n\"Åsa; \"\"x\"\"\";-3\r\n");
    }

    #[test]
    fn the_same_table_gives_the_same_bytes() {
        let file = || table().file(FileKind::Xlsx, Language::English).unwrap();
        assert_eq!(file(), file());
    }
}
