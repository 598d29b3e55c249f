//! A small writer of PDF pages in Helvetica.

use std::fmt::Write as _;

use super::Piece;
use crate::random::Random;

const WIDTH: f64 = 612.0;
const TOP: f64 = 740.0;
const BOTTOM: f64 = 50.0;
const MARGIN: f64 = 50.0;
/// Space between the columns.
const GUTTER: f64 = 16.0;

/// Advance widths of the letters from the blank to the tilde, in thousandths of an em (Adobe, *Font Metrics for Helvetica*).
const ADVANCES: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778,
    722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222,
    500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

fn advance(letter: char) -> u16 {
    match letter {
        '–' => 556,
        '—' => 1000,
        '•' => 350,
        '·' => 278,
        other => (other as usize).checked_sub(32).and_then(|index| ADVANCES.get(index)).copied().unwrap_or(556),
    }
}

fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|letter| f64::from(advance(letter))).sum::<f64>() * size / 1000.0
}

/// Lines of words that fit a width.
fn wrap(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(word, size) + width(" ", size) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A column in the making: contents of the pages, and where the next line stands.
struct Column<'a> {
    pages: &'a mut Vec<String>,
    page: usize,
    left: f64,
    room: f64,
    height: f64,
    size: f64,
}

impl Column<'_> {
    fn put(&mut self, left: f64, size: f64, bold: bool, text: &str) {
        let mut escaped = String::new();
        for letter in text.chars() {
            match letter {
                '(' | ')' | '\\' => {
                    escaped.push('\\');
                    escaped.push(letter);
                }
                '–' => escaped.push_str("\\226"),
                '—' => escaped.push_str("\\227"),
                '•' => escaped.push_str("\\225"),
                '·' => escaped.push_str("\\267"),
                other => escaped.push(other),
            }
        }
        let font = if bold { "F2" } else { "F1" };
        if let Some(page) = self.pages.get_mut(self.page) {
            // Writing to a string cannot fail.
            let _ = writeln!(page, "BT /{font} {size:.1} Tf {left:.2} {:.2} Td ({escaped}) Tj ET", self.height);
        }
    }

    fn down(&mut self, by: f64) {
        self.height -= by;
        if self.height < BOTTOM {
            self.page += 1;
            self.height = TOP;
            if self.pages.len() <= self.page {
                self.pages.push(String::new());
            }
        }
    }

    fn piece(&mut self, piece: &Piece) {
        let (size, pitch) = (self.size, self.size * 1.35);
        match piece {
            Piece::Name(name) => {
                self.put(self.left, 20.0, true, name);
                self.down(26.0);
            }
            Piece::Heading(heading) => {
                self.down(8.0);
                self.put(self.left, 13.0, true, heading);
                self.down(18.0);
            }
            Piece::Plain(text) => {
                for line in wrap(text, size, self.room) {
                    self.put(self.left, size, false, &line);
                    self.down(pitch);
                }
            }
            Piece::Line(text, bold, right) => {
                let taken = right.as_ref().map_or(0.0, |right| width(right, size) + 10.0);
                for (nth, line) in wrap(text, size * if *bold { 1.07 } else { 1.0 }, self.room - taken).iter().enumerate() {
                    self.put(self.left, size, *bold, line);
                    if let (0, Some(right)) = (nth, right) {
                        self.put(self.left + self.room - width(right, size), size, false, right);
                    }
                    self.down(pitch);
                }
            }
            Piece::Bullet(text) => {
                for (nth, line) in wrap(text, size, self.room - 14.0).iter().enumerate() {
                    if nth == 0 {
                        self.put(self.left + 4.0, size, false, "•");
                    }
                    self.put(self.left + 14.0, size, false, line);
                    self.down(pitch);
                }
            }
            Piece::Gap => self.down(size * 0.5),
        }
    }
}

pub(super) fn one_column(dice: &mut Random, pieces: &[Piece]) -> Vec<u8> {
    let mut pages = vec![String::new()];
    let size = *dice.pick(&[9.5, 10.0, 11.0]);
    let mut column = Column { pages: &mut pages, page: 0, left: MARGIN, room: WIDTH - 2.0 * MARGIN, height: TOP, size };
    pieces.iter().for_each(|piece| column.piece(piece));
    file(&pages)
}

pub(super) fn two_columns(dice: &mut Random, name: &Piece, side: &[Piece], body: &[Piece]) -> Vec<u8> {
    let mut pages = vec![String::new()];
    let size = *dice.pick(&[9.0, 9.5, 10.0]);
    // Addresses do not wrap.
    let words =
        side.iter().map(|piece| if let Piece::Plain(text) = piece { text.as_str() } else { "" }).flat_map(|text| text.split(' '));
    let narrow = words.map(|word| width(word, size)).fold(120.0_f64, f64::max) + 2.0;
    let mut head = Column { pages: &mut pages, page: 0, left: MARGIN, room: WIDTH, height: TOP, size };
    head.piece(name);
    let start = head.height - 10.0;
    for (pieces, left, room) in [(side, MARGIN, narrow), (body, MARGIN + narrow + GUTTER, WIDTH - 2.0 * MARGIN - narrow - GUTTER)]
    {
        let mut column = Column { pages: &mut pages, page: 0, left, room, height: start, size };
        pieces.iter().for_each(|piece| column.piece(piece));
    }
    file(&pages)
}

/// The file of pages with the given contents.
fn file(pages: &[String]) -> Vec<u8> {
    let font = |name: &str| format!("<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>");
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 5 + 2 * page)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count {}/Kids[{kids}]>>", pages.len()),
        font("Helvetica"),
        font("Helvetica-Bold"),
    ];
    for (number, content) in pages.iter().enumerate() {
        let resources = "<</Font<</F1 3 0 R/F2 4 0 R>>>>";
        let stream = 6 + 2 * number;
        objects.push(format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources{resources}/Contents {stream} 0 R>>"));
        objects.push(format!("<</Length {}>>stream\n{content}\nendstream", content.len()));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, body) in objects.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = write!(file, "{} 0 obj\n{body}\nendobj\n", number + 1);
    }
    let start = file.len();
    let _ = write!(file, "{table}trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.into_bytes()
}
