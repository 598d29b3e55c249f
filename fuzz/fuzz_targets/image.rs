//! Pictures: metadata of our own reading, decoding by the library, within the limits on pixels.
#![no_main]

use bonafide_formats::{image, limits::Limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { pixels: 1_000_000, ..Limits::default() };
    if let Ok(picture) = image::inspect("avatar", bytes, &limits) {
        assert!(u64::from(picture.width) * u64::from(picture.height) <= limits.pixels);
        assert!(picture.phash.is_some() || picture.phash.is_none() && picture.sha256.len() == 64);
    }
});
