//! Any text as the parts of a spreadsheet, which are packed here so that the checks of the packing are passed.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;

const PARTS: [(&str, &str); 4] = [
    ("[Content_Types].xml", r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>"#),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#,
    ),
];

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    // The sheet and the strings lie in one, divided by a form feed.
    let (sheet, strings) = text.split_once('\x0C').unwrap_or((text, ""));
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let own = [("xl/worksheets/sheet1.xml", sheet), ("xl/sharedStrings.xml", strings)];
    for (name, part) in PARTS.into_iter().chain(own) {
        archive.start_file(name, stored).expect("a name");
        archive.write_all(part.as_bytes()).expect("memory");
    }
    let Ok(sheet) = files::read(&archive.finish().expect("memory").into_inner()) else { return };
    assert!(!sheet.rows.is_empty());
    assert!(sheet.rows.is_sorted_by(|(one, _), (other, _)| one < other), "{:?}", sheet.rows);
    assert!(sheet.headings.len() <= 200 && sheet.rows.iter().all(|(_, cells)| cells.len() <= 200));
});
