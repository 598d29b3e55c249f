//! What is sent to a TAXII collection, what is asked of it, and its log: any bytes.
#![no_main]

use bonafide_intel::taxii::{Added, Collection, CursorKey, Endpoint, Filter, Purpose, objects_of};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((&way, rest)) = bytes.split_first() else { return };
    let Ok(folder) = tempfile::tempdir() else { return };
    let path = folder.path().join("fuzzed.log");
    if way % 2 == 0 {
        // A log of any bytes: opened, or refused.
        let head: &[u8] = if way % 4 == 0 { b"bonafide taxii log 1\n" } else { b"" };
        let _ = std::fs::write(&path, [head, rest].concat());
        if let Ok(collection) = Collection::open(&path) {
            let page = collection.page(&Filter::default(), None, 10);
            assert_eq!(collection.listed(&page).len(), page.len());
            let _ = collection.write_objects(&page, &mut Vec::new());
        }
        return;
    }
    if let Ok(text) = std::str::from_utf8(rest) {
        let mut filter = Filter::default();
        for name in ["added_after", "match[id]", "match[type]", "match[version]", "match[spec_version]"] {
            let _ = filter.take(name, text);
        }
        assert!(Filter::of_canonical(&filter.canonical()).is_some_and(|again| again.canonical() == filter.canonical()));
        let purpose = Purpose { collection: "c", user: "u", endpoint: Endpoint::Objects, object: "" };
        assert!(CursorKey::from_bytes([7; 32]).open(text, &purpose).is_none());
    }
    let (Ok(objects), Ok(collection)) = (objects_of(rest), Collection::open(&path)) else { return };
    let Ok(outcomes) = collection.add(&objects, 1_700_000_000_000_000) else { return };
    let taken = outcomes.iter().filter(|outcome| outcome.added == Added::New).count();
    assert_eq!(collection.len(), taken);
    drop(collection);
    assert_eq!(Collection::open(&path).map(|collection| collection.len()).ok(), Some(taken));
});
