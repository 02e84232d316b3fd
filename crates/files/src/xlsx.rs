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
    let mut wide = 0;
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (row, column) = (cell.get_position().0 as usize + 1, cell.get_position().1 as usize);
        let text = shown(cell.get_value());
        if text.is_empty() {
            continue;
        }
        limit(rows.len(), column + 1, wide)?;
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
        total +=
            std::io::copy(&mut part.take(UNPACKED + 1), &mut std::io::sink()).map_err(|_| Say::new("file-xlsx"))?;
        if total > UNPACKED {
            return Err(Say::new("file-bomb"));
        }
    }
    Ok(())
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
