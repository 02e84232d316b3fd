//! Any bytes as a sheet of people: rows in order with no more cells than are allowed, or a reason.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(sheet) = files::read(bytes) else { return };
    assert!(!sheet.rows.is_empty());
    assert!(sheet.rows.is_sorted_by(|(one, _), (other, _)| one < other), "{:?}", sheet.rows);
    assert!(sheet.headings.len() <= 200 && sheet.rows.iter().all(|(_, cells)| cells.len() <= 200));
});
