//! Indicators out of chat: no panic, spans on character boundaries and in order, markings and wire form of any line.
#![no_main]

use bonafide_intel::extract::{Entity, EntityKind, answer_line, extract, extract_with_entities};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = answer_line(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut last = 0;
    for found in extract(text).found {
        assert!(found.span.start >= last && !found.span.is_empty());
        assert!(text.get(found.span.clone()).is_some());
        last = found.span.end;
    }
    let place = bytes.first().map_or(0, |byte| usize::from(*byte));
    for kind in [EntityKind::Mention, EntityKind::Url, EntityKind::TextLink { url: text.to_owned() }] {
        let _ = extract_with_entities(text, &[Entity { kind, units: place..place + 7 }]);
    }
});
