//! The segment of a link index: damaged ones are errors, and what opens answers whatever its columns hold.
#![no_main]

use bonafide_linkage::people::ask_segment;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = ask_segment(bytes);
});
