//! Applicants for linking, as JSON lines and as a table: read or named as a problem, within bounds.
#![no_main]

use bonafide_formats::limits::Limits;
use bonafide_linkage::people;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { bytes: 1 << 20, unpacked: 4 << 20, ..Limits::default() };
    let _ = people::read("any", bytes, &limits);
    let _ = people::Resumes::read("any", bytes, &limits);
});
