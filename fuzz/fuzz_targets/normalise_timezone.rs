//! Claims about clocks: no panic, offsets in range and in order.
#![no_main]

use bonafide_normalise::timezone;
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(claim) = timezone::parse(text) {
        let offsets = claim.offsets(date(2023, 1, 1), date(2024, 6, 30));
        assert!(!offsets.is_empty());
        assert!(offsets.windows(2).all(|pair| pair[0] < pair[1]));
    }
    let _ = (timezone::canonical_zone(text), timezone::zones_of_country(text), timezone::countries_of_zone(text));
});
