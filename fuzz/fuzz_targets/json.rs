//! JSON: the same acceptance and values as serde_json, true places, no panic.
#![no_main]

use bonafide_formats::{
    json::{self, Kind},
    limits::Limits,
};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    let ours = json::parse(bytes, &Limits::default());
    if let Ok(tree) = &ours {
        for item in tree.root().items().chain(tree.root().entries().map(|(_, value)| value)) {
            // Of keys that stand twice, a path leads to one only.
            let twice = tree.root().entries().filter(|(_, other)| other.path() == item.path());
            if twice.count() < 2 {
                assert_eq!(tree.root().pointer(&item.path()).map(|found| found.kind()), Some(item.kind()));
            }
            let (start, end) = item.span();
            assert_eq!(tree.text().get(start as usize..end as usize), Some(item.raw()));
            assert!(item.line() >= 1 && item.kind() != Kind::Key);
        }
    }
    // Other encodings and depths are allowed to differ.
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if text.contains('\0') || text.starts_with('\u{feff}') {
        return;
    }
    match (ours, serde_json::from_str::<Value>(text)) {
        (Ok(tree), Ok(theirs)) => assert_eq!(tree.root().to_value(), theirs),
        (Err(error), Ok(_)) => assert!(error.to_string().contains("128 levels"), "{error}"),
        (Ok(_), Err(error)) => {
            let error = error.to_string();
            let known = ["out of range", "surrogate", "hex escape", "recursion limit"];
            assert!(known.iter().any(|part| error.contains(part)), "{error}");
        }
        (Err(_), Err(_)) => {}
    }
});
