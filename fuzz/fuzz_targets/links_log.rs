//! The log of a link index: whatever its bytes, it is read or refused.
#![no_main]

use bonafide_linkage::people::read_log;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read_log(bytes);
    let mut log = b"bonafide links log 2\n".to_vec();
    log.extend_from_slice(bytes);
    let _ = read_log(&log);
});
