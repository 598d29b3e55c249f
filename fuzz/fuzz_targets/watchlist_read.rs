//! Lists of every format: reading ends, and every entry has an id.
#![no_main]

use bonafide_watchlist::source::{ListFile, read_file};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(read) = read_file(&ListFile { name: "fuzz", bytes }) {
        assert!(read.entries.iter().all(|entry| !entry.id.native.is_empty()));
    }
});
