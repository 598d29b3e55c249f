//! Any bytes are a PDF that is read, or an error.
#![no_main]

use bonafide_formats::{limits::Limits, pdf};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { unpacked: 4 << 20, pages: 5, characters: 20_000, ..Limits::default() };
    if let Ok(document) = pdf::read(bytes, &limits) {
        for line in &document.lines {
            assert!(line.gaps.iter().all(|gap| line.text.as_bytes().get(*gap as usize) == Some(&b' ')), "{line:?}");
            assert!(line.runs.iter().all(|run| line.text.is_char_boundary(run.start as usize)), "{line:?}");
        }
    }
});
