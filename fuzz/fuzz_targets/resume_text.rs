//! Résumés: any text, laid out as plain lines and as lines with places, columns and letters.
#![no_main]

use bonafide_formats::document::{Document, Line, PageSize, Run};
use bonafide_intake::resume::{self, json::JsonResume};
use bonafide_model::{
    ContentHash,
    fact::FactSink,
    id::SubjectId,
    place::{PageBox, Source},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let plain = text.lines().map(|line| Line { text: line.trim().to_owned(), page: 1, ..Line::default() }).collect();
    read(&Document { lines: plain, ..Document::default() });
    // The first two bytes of each line say where and in which letters it stands.
    let mut placed = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let mut selectors = line.bytes();
        let (place, letters) = (selectors.next().unwrap_or(0), selectors.next().unwrap_or(0));
        let text: String = line.chars().skip(2).collect();
        let column = u16::from((place >> 4) % 3);
        let left = f32::from(place & 3) * 4.0 + f32::from(column) * 120.0;
        // Lines of several columns stand beside each other.
        let top = (number / 3) as f32 * 12.0;
        let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at as u32);
        placed.push(Line {
            page: 1 + number as u32 / 50,
            area: PageBox { left, top, right: left + 5.0 * text.len() as f32, bottom: top + 10.0 },
            column: if place & 4 == 0 { column } else { Line::FULL_WIDTH },
            bullet: (place & 8 != 0).then_some('–'),
            size: 8.0 + f32::from(letters & 7),
            bold: letters & 8 != 0,
            italic: letters & 16 != 0,
            space_before: letters & 32 != 0,
            gaps: if letters & 64 != 0 { vec![middle] } else { Vec::new() },
            runs: vec![Run { start: middle, size: 9.0, bold: letters & 1 != 0, italic: false }],
            text,
            ..Line::default()
        });
    }
    let pages = vec![PageSize { width: 595.0, height: 842.0 }; 1 + placed.len() / 50];
    read(&Document { pages, lines: placed, ..Document::default() });
});

fn read(document: &Document) {
    let resume = resume::read(document);
    let source = Source { name: "cv.pdf".into(), content: ContentHash::of_bytes(b"x") };
    let mut sink = FactSink::new(SubjectId::new("s1"), source);
    resume::facts(&resume, "cv.pdf", &mut sink);
    assert!(serde_json::to_string(&JsonResume::of(&resume)).is_ok());
}
