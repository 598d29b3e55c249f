//! STIX objects: any bytes; whatever is read is judged, each finding at a place of the object.
#![no_main]

use bonafide_intel::stix::{Object, validate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(object) = Object::parse(bytes) else { return };
    assert_eq!(object.raw(), bytes);
    let verdict = validate(&object);
    let Ok(json) = serde_json::from_slice::<serde_json::Value>(bytes) else { return };
    for finding in verdict.errors.iter().chain(&verdict.warnings) {
        assert!(json.pointer(&finding.at).is_some(), "{finding:?}");
    }
});
