//! Spreadsheets: whatever the container holds, rows come in order and within the limits.
#![no_main]

use bonafide_formats::{limits::Limits, sheet};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { unpacked: 4 << 20, nodes: 100_000, characters: 1 << 20, ..Limits::default() };
    let Ok(book) = sheet::read("fuzz.xlsx", bytes, &limits) else { return };
    let cells: usize = book.sheets.iter().flat_map(|sheet| &sheet.rows).map(|row| row.cells.len()).sum();
    assert!(cells <= 16_384 * 100_000);
});
