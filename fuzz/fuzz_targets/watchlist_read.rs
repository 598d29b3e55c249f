//! Lists of every format, and tables by column maps: reading ends, every entry has an id, and what was read survives serialisation.
#![no_main]

use bonafide_model::Canonical;
use bonafide_watchlist::{
    diff::Diff,
    entry::Entry,
    source::{ListFile, read_files},
};
use libfuzzer_sys::fuzz_target;

/// What divides a table from its column map.
const DIVIDER: &[u8] = b"\n=map=\n";

fuzz_target!(|bytes: &[u8]| {
    let divided = bytes.windows(DIVIDER.len()).position(|window| window == DIVIDER);
    let (table, map) = divided.map_or((bytes, None), |at| (&bytes[..at], Some(&bytes[at + DIVIDER.len()..])));
    let files: Vec<ListFile<'_>> = [("fuzz", Some(table)), ("fuzz.toml", map)]
        .into_iter()
        .filter_map(|(name, bytes)| Some(ListFile { name, bytes: bytes? }))
        .collect();
    for read in read_files(&files).into_iter().flatten() {
        assert!(read.entries.iter().all(|entry| !entry.id.native.is_empty()));
        for entry in read.entries.iter().take(50) {
            let back: Entry = serde_json::from_slice(&entry.canonical_bytes()).expect("what was written can be read");
            assert_eq!(back.hash(), entry.hash());
        }
        assert!(Diff::between(&read.entries, &read.entries).changed.is_empty());
    }
});
