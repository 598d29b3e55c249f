//! Places: no panic; a country is known, and has a name and zones.
#![no_main]

use bonafide_normalise::place;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let place = place::parse(text);
    assert_eq!(place.country.is_none(), place.zones.is_empty());
    if let Some(country) = place.country {
        assert!(place::country_name(country).is_some());
    }
    let mut lines = text.splitn(3, '\n');
    let _ = place::from_parts(lines.next(), lines.next(), lines.next());
    let _ = (place::country_code(text), place::city_zone(text, None));
});
