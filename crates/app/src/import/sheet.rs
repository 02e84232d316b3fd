//! Rows and columns out of a CSV or XLSX file, within limits.

use std::io::{Cursor, Read};

use calamine::{Data, DataRef, Reader, Xlsx};
use encoding_rs::{Encoding, WINDOWS_1252};
use mentoring::Say;

/// The largest file, in bytes.
pub const LARGEST: usize = 64 * 1024 * 1024;
/// The most a spreadsheet may unpack to, in bytes.
const UNPACKED: u64 = 256 * 1024 * 1024;
const MOST_ROWS: usize = 200_000;
const MOST_COLUMNS: usize = 200;
/// The most cells up to the last filled one of each row.
const MOST_CELLS: usize = 4_000_000;

/// A file's first row and the rest, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The headings.
    pub headings: Vec<String>,
    /// The rows with the number each has in the file, empty ones left out.
    pub rows: Vec<(usize, Vec<String>)>,
}

/// Reads a file by what it holds, whatever its name.
///
/// # Errors
/// A sentence that says what is wrong with the file and what to do.
pub fn read(bytes: &[u8]) -> Result<Sheet, Say> {
    if bytes.len() > LARGEST {
        return Err(Say::new("file-large").with("most", LARGEST / 1024 / 1024));
    }
    let rows = match bytes {
        [] => return Err(Say::new("file-empty")),
        [b'P', b'K', 3, 4, ..] => xlsx(bytes)?,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return Err(Say::new("file-old-excel")),
        [b'%', b'P', b'D', b'F', ..] => return Err(Say::new("file-kind")),
        _ => csv(bytes)?,
    };
    sheet(rows)
}

fn sheet(rows: Vec<(usize, Vec<String>)>) -> Result<Sheet, Say> {
    let mut rows = rows.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    let Some((_, headings)) = rows.next() else { return Err(Say::new("file-empty")) };
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Err(Say::new("file-only-headings"));
    }
    Ok(Sheet { headings: headings.into_iter().map(|heading| heading.trim().to_owned()).collect(), rows })
}

fn csv(bytes: &[u8]) -> Result<Vec<(usize, Vec<String>)>, Say> {
    let text = text(bytes)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut cells = 0;
    // Numbered as a spreadsheet numbers them: a cell may hold line breaks.
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(|_| Say::new("file-csv"))?;
        cells += record.len();
        limit(rows.len(), record.len(), cells)?;
        rows.push((at + 1, record.iter().map(str::to_owned).collect()));
    }
    Ok(rows)
}

/// What stands between the cells: spreadsheets save what is the custom of the country.
pub(crate) fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: char| first.matches(delimiter).count();
    [';', '\t', ','].into_iter().max_by_key(|&delimiter| count(delimiter)).map_or(b';', |delimiter| delimiter as u8)
}

/// UTF-8 with or without a mark, UTF-16 with one, else Windows-1252, as Swedish spreadsheets save.
///
/// # Errors
/// A sentence that says that it is no text.
pub(crate) fn text(bytes: &[u8]) -> Result<String, Say> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned());
    }
    if bytes.contains(&0) {
        return Err(Say::new("file-kind"));
    }
    Ok(match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    })
}

fn limit(rows: usize, columns: usize, cells: usize) -> Result<(), Say> {
    if cells > MOST_CELLS {
        return Err(Say::new("file-cells").with("most", MOST_CELLS));
    }
    if rows > MOST_ROWS {
        return Err(Say::new("file-rows").with("most", MOST_ROWS));
    }
    if columns > MOST_COLUMNS {
        return Err(Say::new("file-columns").with("most", MOST_COLUMNS));
    }
    Ok(())
}

fn xlsx(bytes: &[u8]) -> Result<Vec<(usize, Vec<String>)>, Say> {
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
    use std::io::Write;

    fn key(bytes: &[u8]) -> &'static str {
        read(bytes).unwrap_err().key
    }

    #[test]
    fn every_way_of_saving_a_csv_gives_the_same_rows() {
        let expected = Sheet {
            headings: vec!["Namn".into(), "Ort".into()],
            rows: vec![(2, vec!["Åsa Öberg".into(), "Växjö".into()])],
        };
        let files: [Vec<u8>; 6] = [
            "Namn;Ort\r\nÅsa Öberg;Växjö\r\n".into(),
            "\u{feff}Namn;Ort\nÅsa Öberg;Växjö\n".into(),
            "Namn,Ort\nÅsa Öberg,Växjö".into(),
            "Namn\tOrt\n\"Åsa Öberg\"\tVäxjö\n".into(),
            b"Namn;Ort\n\xC5sa \xD6berg;V\xE4xj\xF6\n".to_vec(),
            [0xFF, 0xFE]
                .into_iter()
                .chain("Namn;Ort\nÅsa Öberg;Växjö\n".encode_utf16().flat_map(u16::to_le_bytes))
                .collect(),
        ];
        for file in files {
            assert_eq!(read(&file), Ok(expected.clone()), "{file:?}");
        }
    }

    #[test]
    fn hostile_files_are_refused_with_a_reason() {
        assert_eq!(key(b""), "file-empty");
        assert_eq!(key(b"\n\n  \n"), "file-empty");
        assert_eq!(key(b"Namn;Ort\n"), "file-only-headings");
        assert_eq!(key(b"%PDF-1.7"), "file-kind");
        assert_eq!(key(b"\xD0\xCF\x11\xE0 old"), "file-old-excel");
        assert_eq!(key(b"GIF89a\0\0\0"), "file-kind");
        assert_eq!(key(b"PK\x03\x04 not a zip"), "file-xlsx");
        assert_eq!(key(&vec![b'a'; LARGEST + 1]), "file-large");
        assert_eq!(key(&";".repeat(300).into_bytes()), "file-columns");
        assert_eq!(key(&"a;b\n".repeat(MOST_ROWS + 2).into_bytes()), "file-rows");
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
