//! Application forms: any bytes; whatever is read has its place in the text, and nothing protected is quoted.
#![no_main]

use bonafide_formats::limits::Limits;
use bonafide_intake::read_json;
use bonafide_model::{fact::FactKind, place::Place};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(application) = read_json("application.json", bytes.to_vec(), &Limits::default()) else { return };
    let exact = std::str::from_utf8(bytes).is_ok();
    for fact in &application.facts {
        if let Place::Text { line, span } = fact.place {
            assert!(line >= 1 && span.0 <= span.1);
            if let Some(quote) = fact.quote.as_deref().filter(|_| exact) {
                let there = std::str::from_utf8(&bytes[span.0 as usize..span.1 as usize]).expect("a span of whole characters");
                assert!(there.contains(quote), "{quote:?} does not stand in {there:?}");
            }
        }
        let protected = matches!(fact.value.kind(), FactKind::Nationality | FactKind::Language | FactKind::AcceptLanguage);
        assert!(!protected || fact.quote.is_none());
    }
    assert!(application.notes.len() <= 32 * 11);
});
