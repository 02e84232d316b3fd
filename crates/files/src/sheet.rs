//! Sheets of people: rows and columns out of a CSV or XLSX file.

use csv::Trim;
use mentoring::Say;

use crate::records::Records;
use crate::text::text;
use crate::xlsx::xlsx;

/// The largest file, in bytes.
pub const LARGEST: usize = 64 * 1024 * 1024;
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
    let mut rows = Vec::new();
    let mut cells = 0;
    for row in Records::new(&text, Trim::None) {
        let row = row?;
        cells += row.cells.len();
        limit(rows.len(), row.cells.len(), cells)?;
        rows.push((row.row, row.cells.iter().map(str::to_owned).collect()));
    }
    Ok(rows)
}

/// Refuses what is too much.
pub(crate) fn limit(rows: usize, columns: usize, cells: usize) -> Result<(), Say> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
