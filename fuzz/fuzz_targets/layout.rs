//! The layout of glyphs at any places, of any size and direction.
#![no_main]

use bonafide_formats::layout::{Glyph, PageText, lines};
use libfuzzer_sys::fuzz_target;

const TEXT: &str = "ab A.,1-é• fiשA\u{e000}\u{fffd} (…";

fuzz_target!(|bytes: &[u8]| {
    let places: Vec<(usize, usize)> = TEXT.char_indices().map(|(at, character)| (at, at + character.len_utf8())).collect();
    let glyphs: Vec<Glyph> = bytes
        .chunks_exact(8)
        .take(3000)
        .map(|record| {
            let number = |index: usize| f32::from(i16::from_le_bytes([record[index], record[index + 1]])) / 16.0;
            let (from, to) = places[usize::from(record[4]) % places.len()];
            let origin = (number(0), number(2));
            let advance = f32::from(record[5] % 32) / 2.0;
            let end = match record[6] % 16 {
                0 => (origin.0, origin.1 + advance),
                1 => (origin.0 - advance, origin.1 + 3.0),
                _ => (origin.0 + advance, origin.1),
            };
            Glyph {
                text: from..to,
                origin,
                end,
                size: f32::from(record[7] % 64) / 2.0,
                font: u32::from(record[6] >> 6),
                bold: record[6] & 32 != 0,
                italic: record[6] & 16 != 0,
            }
        })
        .collect();
    let page = PageText { text: TEXT, glyphs, edges: vec![100.0], number: 1, ..PageText::default() };
    for line in lines(&page) {
        assert!(line.gaps.iter().all(|gap| line.text.as_bytes().get(*gap as usize) == Some(&b' ')), "{line:?}");
        assert!(line.runs.iter().all(|run| line.text.is_char_boundary(run.start as usize)), "{line:?}");
        assert!(line.text.trim() == line.text, "{line:?}");
    }
});
