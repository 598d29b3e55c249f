//! Dates and ranges: no panic, spans that cut the text, ends that are known.
#![no_main]

use bonafide_model::time::End;
use bonafide_normalise::date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for range in date::find_ranges(text) {
        assert!(text.get(range.span).is_some_and(|cut| !cut.is_empty()));
        assert_ne!(range.end, End::Unknown);
    }
    for found in date::find_dates(text) {
        assert!(text.get(found.span).is_some_and(|cut| !cut.is_empty()));
    }
    if let Some(date) = date::parse_date(text) {
        assert_eq!(date::parse_date(&date.to_string()), Some(date));
    }
    let _ = (date::parse_end(text), date::parse_range(text));
});
