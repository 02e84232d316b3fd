//! The first sheet of an XLSX file, within limits.

use std::io::{Cursor, Read};

use calamine::{Data, DataRef, Reader, Xlsx};
use mentoring::Say;

use crate::sheet::limit;

/// The most a spreadsheet may unpack to, in bytes.
const UNPACKED: u64 = 256 * 1024 * 1024;

/// The rows that hold something, with their numbers.
///
/// # Errors
/// A sentence that says what is wrong.
pub(crate) fn xlsx(bytes: &[u8]) -> Result<Vec<(usize, Vec<String>)>, Say> {
    weigh(bytes)?;
    let broken = |_| Say::new("file-xlsx");
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let name = workbook.sheet_names().first().cloned().ok_or(Say::new("file-empty"))?;
    // Cell by cell: a sheet that claims a far corner must not claim the memory for it.
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(broken)?;
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    let (mut wide, mut long) = (0, 0);
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (row, column) = (cell.get_position().0 as usize + 1, cell.get_position().1 as usize);
        let text = shown(cell.get_value());
        if text.is_empty() {
            continue;
        }
        limit(rows.len(), column + 1, wide)?;
        // What is stored once may be shown in every cell.
        long += text.len() as u64;
        if long > UNPACKED {
            return Err(Say::new("file-bomb"));
        }
        if rows.last().is_some_and(|(number, _)| *number > row) {
            return Err(Say::new("file-xlsx"));
        }
        if rows.last().is_none_or(|(number, _)| *number != row) {
            rows.push((row, Vec::new()));
        }
        let cells = &mut rows.last_mut().expect("a row was just added").1;
        if cells.len() <= column {
            wide += column + 1 - cells.len();
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
    }
    Ok(rows)
}

fn shown(value: &DataRef) -> String {
    match Data::from(value.clone()) {
        Data::DateTime(moment) => {
            // The workbook knows from which day it counts.
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Bool(yes) => if yes { "1" } else { "0" }.to_owned(),
        Data::Error(_) | Data::Empty => String::new(),
        other => other.to_string().trim().to_owned(),
    }
}

/// Unpacks the archive into nothing, to know that it is what it says and not too large.
fn weigh(bytes: &[u8]) -> Result<(), Say> {
    const MOST_PARTS: usize = 2000;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Say::new("file-xlsx"))?;
    if archive.len() > MOST_PARTS {
        return Err(Say::new("file-bomb"));
    }
    if archive.by_name("[Content_Types].xml").is_err() {
        return Err(Say::new("file-kind"));
    }
    let mut total = 0;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| Say::new("file-xlsx"))?;
        let shared = part.name().is_ok_and(|name| name.to_ascii_lowercase().ends_with("sharedstrings.xml"));
        let mut part = part.take(UNPACKED + 1);
        let mut kept = Vec::new();
        total += if shared {
            part.read_to_end(&mut kept).map(|size| size as u64)
        } else {
            std::io::copy(&mut part, &mut std::io::sink())
        }
        .map_err(|_| Say::new("file-xlsx"))?;
        if total > UNPACKED {
            return Err(Say::new("file-bomb"));
        }
        if claims(&kept) > kept.len() as u64 {
            return Err(Say::new("file-xlsx"));
        }
    }
    Ok(())
}

/// How many strings a part says that it has, at the most it says anywhere: the reader takes room for so many before it
/// has seen one.
fn claims(part: &[u8]) -> u64 {
    const NAME: &[u8] = b"uniqueCount";
    let after = part.windows(NAME.len()).enumerate().filter(|(_, name)| *name == NAME).map(|(at, _)| at + NAME.len());
    let number = |at: usize| {
        let written = part[at..].iter().skip_while(|byte| b" \t\r\n=\"'+".contains(byte));
        let digits = written.take_while(|byte| byte.is_ascii_digit());
        digits.fold(0_u64, |number, digit| number.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
    };
    after.map(number).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::read;
    use std::io::Write;

    fn key(bytes: &[u8]) -> &'static str {
        read(bytes).unwrap_err().key
    }

    #[test]
    fn a_zip_bomb_is_weighed_before_it_is_opened() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        archive.start_file("[Content_Types].xml", options).unwrap();
        archive.start_file("xl/worksheets/sheet1.xml", options).unwrap();
        let block = vec![b' '; 1024 * 1024];
        for _ in 0..=UNPACKED / block.len() as u64 {
            archive.write_all(&block).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 2 * 1024 * 1024, "the bomb is small: {}", bytes.len());
        assert_eq!(key(&bytes), "file-bomb");
    }

    /// A spreadsheet of these parts, as somebody may make it by hand.
    fn spreadsheet(sheet: &str, strings: &str) -> Vec<u8> {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.add_worksheet().write_string(0, 0, "x").unwrap();
        let sound = workbook.save_to_buffer().unwrap();
        let mut from = zip::ZipArchive::new(Cursor::new(sound)).unwrap();
        let mut into = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        for at in 0..from.len() {
            let mut part = from.by_index(at).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            let name = part.name().unwrap().into_owned();
            let text = match name.as_str() {
                "xl/worksheets/sheet1.xml" => sheet,
                "xl/sharedStrings.xml" => strings,
                _ => &text,
            };
            into.start_file(name.as_str(), options).unwrap();
            into.write_all(text.as_bytes()).unwrap();
        }
        into.finish().unwrap().into_inner()
    }

    #[test]
    fn a_spreadsheet_cannot_claim_more_than_it_holds() {
        let sheet = |rows: &str| format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        let text = |number: u32| format!(r#"<row r="{number}"><c r="A{number}" t="s"><v>0</v></c></row>"#);
        let two = sheet(&(text(1) + &text(2)));
        let strings = |count: &str, string: &str| format!("<sst {count}><si><t>{string}</t></si></sst>");
        assert_eq!(
            read(&spreadsheet(&two, &strings("uniqueCount=\"1\"", "x"))).unwrap().rows,
            [(2, vec!["x".to_owned()])]
        );
        for count in [
            "uniqueCount=\"100000000000\"",
            "uniqueCount = '9999999999999999999'",
            "uniqueCount='99999999999999999999999'",
        ] {
            assert_eq!(key(&spreadsheet(&two, &strings(count, "x"))), "file-xlsx", "{count}");
        }
        let many: String = (1..=300).map(text).collect();
        assert_eq!(key(&spreadsheet(&sheet(&many), &strings("", &"x".repeat(1 << 20)))), "file-bomb");
        assert_eq!(key(&spreadsheet(&sheet(&(text(5) + &text(2))), &strings("", "x"))), "file-xlsx");
    }

    #[test]
    fn a_cell_in_the_far_corner_costs_nothing() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "Namn").unwrap();
        sheet.write_string(1_048_575, 16_383, "x").unwrap();
        assert_eq!(key(&workbook.save_to_buffer().unwrap()), "file-columns");
    }

    #[test]
    fn a_spreadsheet_gives_text_numbers_and_days() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        for (at, heading) in ["Namn", "Platser", "Ansökt"].iter().enumerate() {
            sheet.write_string(0, at as u16, *heading).unwrap();
        }
        sheet.write_string(2, 0, "Åsa").unwrap();
        sheet.write_number(2, 1, 2.0).unwrap();
        let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 11, 23).unwrap();
        sheet.write_with_format(2, 2, &day, &rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd")).unwrap();
        let read = read(&workbook.save_to_buffer().unwrap()).unwrap();
        assert_eq!(read.headings, ["Namn", "Platser", "Ansökt"]);
        assert_eq!(read.rows, [(3, vec!["Åsa".to_owned(), "2".to_owned(), "2026-11-23".to_owned()])]);
    }
}
