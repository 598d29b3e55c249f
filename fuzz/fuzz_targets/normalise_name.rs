//! Names: no panic, a symmetric and reflexive comparison. The two names are the lines of the input.
#![no_main]

use bonafide_normalise::name::{self, NameRelation};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (left, right) = text.split_once('\n').unwrap_or((text, text));
    let (left, right) = (name::parse(left), name::parse(right));
    assert_eq!(left.compare(&right), right.compare(&left));
    let same = left.compare(&left);
    assert!(same == NameRelation::Same || (same == NameRelation::Unknown && left.words.is_empty()));
    let _ = (left.key(), left.initials());
});
