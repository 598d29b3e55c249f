//! Telephone numbers: no panic, an idempotent canonical form. The first two bytes are the country given as hint.
#![no_main]

use bonafide_normalise::phone;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (hint, text) = match text.split_at_checked(2) {
        Some((hint, rest)) if hint.is_ascii() => (Some(hint), rest),
        _ => (None, text),
    };
    if let Ok(number) = phone::parse(text, hint) {
        let _ = number.last_nine();
        if let Some(e164) = &number.e164 {
            assert!(e164.len() >= 8 && e164.len() <= 16, "{e164}");
            assert_eq!(phone::e164(e164, hint).as_ref(), Some(e164));
        }
    }
});
