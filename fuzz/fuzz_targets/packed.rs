//! Packed lines: numbers and offsets rise, plain input comes out whole.
#![no_main]

use bonafide_formats::{
    limits::Limits,
    packed::{self, Packing},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { bytes: 1 << 20, ..Limits::default() };
    let Ok(mut lines) = packed::lines(bytes, &limits) else { return };
    let (mut number, mut offset) = (0, 0);
    while let Some(line) = lines.next_line() {
        let Ok(line) = line else { continue };
        assert!(line.number == number + 1 && line.offset >= offset);
        number = line.number;
        offset = line.offset + line.bytes.len() as u64;
        if Packing::of(bytes) == Packing::Plain && !bytes.starts_with(&[0xff, 0xfe]) && !bytes.starts_with(&[0xfe, 0xff]) {
            assert_eq!(&bytes[line.offset as usize..][..line.bytes.len()], line.bytes);
        }
    }
});
