//! ZIP archives: any directory is read or refused, and unpacking keeps to the budget.
#![no_main]

use bonafide_formats::{limits::Limits, zip::Archive};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { unpacked: 1 << 20, parts: 1_000, ..Limits::default() };
    let Ok(archive) = Archive::open(bytes, &limits) else { return };
    let mut unpacked = 0;
    for entry in archive.entries() {
        let _ = entry.time();
        if let Ok(content) = archive.read(entry) {
            unpacked += content.len();
        }
    }
    assert!(unpacked <= 1 << 20);
});
