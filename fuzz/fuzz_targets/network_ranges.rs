//! Files of network ranges: whatever the bytes, what is read lies where it was read, and refusals are counted.
#![no_main]

use bonafide_activity::network::{Networks, read_ranges};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let file = read_ranges(bytes);
    assert!(file.refused.len() <= file.refused_count);
    let mut networks = Networks::default();
    networks.add("any", &file.ranges);
    for line in String::from_utf8_lossy(bytes).lines() {
        // An address alone on a line of a plain file is a range of its own.
        if let Ok(address) = line.parse() {
            let found = networks.categories(address);
            assert!(found == ["any"] || file.ranges.len() + file.refused_count < String::from_utf8_lossy(bytes).lines().count());
        }
    }
});
