//! Segments: damaged files are errors, and what opens can be read wherever its table points.
#![no_main]

use std::path::Path;

use bonafide_formats::segment::{Kind, Segment};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let kind = Kind { name: "testing", version: 3 };
    if let Ok(segment) = Segment::of_bytes(Path::new("fuzz.segment"), bytes, kind) {
        let _ = segment.verify();
        let _ = (segment.column::<u32>("numbers"), segment.column::<u64>("numbers"), segment.text("words"));
    }
});
