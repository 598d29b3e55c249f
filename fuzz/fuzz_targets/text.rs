//! Plain text and Markdown: every line's span lies in the input.
#![no_main]

use bonafide_formats::{limits::Limits, text};
use bonafide_model::place::Place;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for name in ["cv.txt", "cv.md"] {
        let Ok(document) = text::read(name, bytes, &Limits::default()) else { continue };
        let exact = std::str::from_utf8(bytes).is_ok() && !document.properties.iter().any(|property| property.name == "encoding_note");
        for line in &document.lines {
            assert!(line.gaps.iter().all(|&gap| line.text[gap as usize..].starts_with(' ')), "{line:?}");
            let Place::Text { span: (start, end), .. } = line.place else { panic!("{line:?}") };
            if exact {
                assert!(bytes.get(start as usize..end as usize).is_some_and(|part| std::str::from_utf8(part).is_ok()), "{line:?}");
            }
        }
    }
});
