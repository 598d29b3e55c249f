//! From glyphs on a page to lines in reading order.
//!
//! The algorithm, step by step:
//!
//! 1. **Directions.** Glyphs are grouped by the direction of their advance (upright, turned by quarters, others by five degrees). Each
//!    group is turned upright and laid out by itself; the largest comes first.
//! 2. **Segments** ([`segments`]). Glyphs that follow one another on a baseline are chained, first in the order of drawing, then by
//!    place, as long as the gap stays below six tenths of an em. Bullets and raised letters join the segment beside them. A page
//!    drawn letter by letter, in any order, gives the same segments as one drawn line by line.
//! 3. **Columns** ([`columns`]). Among the empty upright strips between segments, those that part two flows of text are gutters;
//!    those that part the cells of a row (flush-right dates, labels, tables) are not. The page is cut along the best gutter into what
//!    stands above it, left of it, right of it and below it, and each part again.
//! 4. **Lines** ([`lines`]). Within a part, segments on one baseline are one line, with the wide gaps between them recorded; dates that
//!    are broken in narrow cells are put together ([`dates`]).
//! 5. **Words** ([`words`]). Within a line, words are parted by space characters and by gaps that exceed the usual distance of
//!    letters; letter-spaced headings are folded; right-to-left runs are put in logical order ([`bidi`]).
//!
//! Lengths are measured in ems of the letters concerned, so the result does not depend on scale.

mod bidi;
mod columns;
mod dates;
mod lines;
mod segments;
mod words;

use std::{collections::BTreeMap, ops::Range};

use bonafide_model::place::PageBox;

use self::segments::Segment;
use crate::document::Line;

/// A glyph to be laid out. Coordinates are points from the upper left corner of the page.
#[derive(Clone, Debug)]
pub struct Glyph {
    /// Its text, as a byte range of [`PageText::text`].
    pub text: Range<usize>,
    /// Start of the advance, on the baseline.
    pub origin: (f32, f32),
    /// End of the advance, on the baseline.
    pub end: (f32, f32),
    /// Letter size.
    pub size: f32,
    /// Number of the font, to tell fonts apart.
    pub font: u32,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
}

/// The glyphs of a page.
#[derive(Clone, Debug, Default)]
pub struct PageText<'t> {
    /// Text that the glyphs refer to.
    pub text: &'t str,
    /// The glyphs in drawing order.
    pub glyphs: Vec<Glyph>,
    /// Where the edges of tall panels stand: columns are often set off by them.
    pub edges: Vec<f32>,
    /// Small shapes that may be the bullets of lists.
    pub marks: Vec<Mark>,
    /// Number of the page, from 1.
    pub number: u32,
}

/// A small painted shape about as wide as high.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Where it is.
    pub area: PageBox,
    /// Outlined and not filled.
    pub hollow: bool,
    /// With straight edges.
    pub angular: bool,
}

/// A glyph turned upright.
#[derive(Clone, Debug)]
struct Letter {
    text: Range<usize>,
    left: f32,
    right: f32,
    baseline: f32,
    size: f32,
    font: u32,
    bold: bool,
    italic: bool,
}

/// Lays a page out: its lines in reading order.
pub fn lines(page: &PageText<'_>) -> Vec<Line> {
    let mut directions: BTreeMap<i32, Vec<&Glyph>> = BTreeMap::new();
    let mut last = 0;
    for glyph in &page.glyphs {
        if !(glyph.origin.0 + glyph.origin.1 + glyph.end.0 + glyph.end.1 + glyph.size).is_finite() || glyph.text.is_empty() {
            continue;
        }
        last = direction(glyph).unwrap_or(last);
        directions.entry(last).or_default().push(glyph);
    }
    let mut groups: Vec<(i32, Vec<&Glyph>)> = directions.into_iter().collect();
    // Largest first; upright first among equals.
    groups.sort_by_key(|(degrees, glyphs)| (std::cmp::Reverse(glyphs.len()), *degrees));
    groups.iter().flat_map(|(degrees, glyphs)| lay_out(page, *degrees, glyphs)).collect()
}

/// Direction of the advance in degrees clockwise: quarters within five degrees, otherwise in steps of five.
fn direction(glyph: &Glyph) -> Option<i32> {
    let (across, down) = (glyph.end.0 - glyph.origin.0, glyph.end.1 - glyph.origin.1);
    if across.hypot(down) < 1e-3 {
        return None;
    }
    let degrees = down.atan2(across).to_degrees();
    let quarter = (degrees / 90.0).round() * 90.0;
    let near = if (degrees - quarter).abs() <= 5.0 { quarter } else { (degrees / 5.0).round() * 5.0 };
    Some((near as i32).rem_euclid(360))
}

/// Lays out the glyphs of one direction.
fn lay_out(page: &PageText<'_>, degrees: i32, glyphs: &[&Glyph]) -> Vec<Line> {
    let turn = Turn::by(degrees);
    let letters: Vec<Letter> = glyphs
        .iter()
        .map(|glyph| {
            let (left, baseline) = turn.upright(glyph.origin);
            let (right, _) = turn.upright(glyph.end);
            Letter {
                text: glyph.text.clone(),
                left: left.min(right),
                right: right.max(left),
                baseline,
                size: glyph.size.clamp(0.1, 2000.0),
                font: glyph.font,
                bold: glyph.bold,
                italic: glyph.italic,
            }
        })
        .collect();
    let segments: Vec<Segment> = segments::build(page.text, letters);
    let edges: &[f32] = if degrees == 0 { &page.edges } else { &[] };
    let blocks = columns::cut(segments, edges);
    let mut lines = lines::assemble(page.text, page.number, blocks);
    if degrees == 0 {
        lines::take_marks(&mut lines, &page.marks);
    }
    if degrees != 0 {
        for line in &mut lines {
            line.area = turn.back(line.area);
        }
    }
    for line in &mut lines {
        line.place = bonafide_model::place::Place::Page { page: page.number, area: line.area };
    }
    lines
}

/// A turn of the page that makes text of one direction upright.
struct Turn {
    cosine: f32,
    sine: f32,
}

impl Turn {
    fn by(degrees: i32) -> Self {
        match degrees {
            0 => Self { cosine: 1.0, sine: 0.0 },
            90 => Self { cosine: 0.0, sine: 1.0 },
            180 => Self { cosine: -1.0, sine: 0.0 },
            270 => Self { cosine: 0.0, sine: -1.0 },
            other => {
                let (sine, cosine) = (other as f32).to_radians().sin_cos();
                Self { cosine, sine }
            }
        }
    }

    fn upright(&self, (x, y): (f32, f32)) -> (f32, f32) {
        (x * self.cosine + y * self.sine, y * self.cosine - x * self.sine)
    }

    /// The bounds on the page of an upright box.
    fn back(&self, area: PageBox) -> PageBox {
        let corners = [(area.left, area.top), (area.right, area.top), (area.left, area.bottom), (area.right, area.bottom)]
            .map(|(x, y)| (x * self.cosine - y * self.sine, x * self.sine + y * self.cosine));
        let fold =
            |pick: fn(&(f32, f32)) -> f32, choose: fn(f32, f32) -> f32, start: f32| corners.iter().map(pick).fold(start, choose);
        PageBox {
            left: fold(|corner| corner.0, f32::min, f32::INFINITY),
            top: fold(|corner| corner.1, f32::min, f32::INFINITY),
            right: fold(|corner| corner.0, f32::max, f32::NEG_INFINITY),
            bottom: fold(|corner| corner.1, f32::max, f32::NEG_INFINITY),
        }
    }
}
