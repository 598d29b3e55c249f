//! Tables: rows follow each other without gaps or overlaps, and end.
#![no_main]

use bonafide_formats::{limits::Limits, table::Table};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { bytes: 1 << 20, ..Limits::default() };
    let Ok(mut table) = Table::new(bytes, &limits) else { return };
    let (mut end, mut number) = (0, 0);
    while let Some(row) = table.next_row() {
        let Ok(row) = row else { break };
        assert!(row.span.0 >= end && row.span.1 >= row.span.0 && row.number == number + 1);
        assert_eq!(row.fields().count(), row.len());
        (end, number) = (row.span.1, row.number);
    }
});
