//! What a reader of the page sees of its text, laid out, and what is kept from him.

use std::collections::BTreeMap;

use bonafide_model::{
    fact::Hiding,
    place::{PageBox, Place},
};

use super::{
    content::{PageContent, PlacedGlyph},
    font::Kind,
    geometry::Rect,
    page::Page,
    structure::Pdf,
};
use crate::{
    document::{Hidden, Line},
    invisible::{self, Sight},
    layout::{self, PageText},
};

/// Share of the page that a picture covers where the page is a scan.
const SCAN: f64 = 0.5;
/// Letters under one link that are read: more is no text that it shows.
const LINKED: usize = 500;
/// Longest excerpt of text with invisible characters.
const EXCERPT: usize = 2_000;
/// Letters that hidden text needs to be reported: less is a blank or a mark of the layout.
const LETTERS: usize = 3;

/// The text of a page, parted.
pub(super) struct Seen<'c> {
    pub(super) lines: Vec<Line>,
    pub(super) hidden: Vec<Hidden>,
    /// Pictures cover the page, and no text but perhaps an invisible layer over them.
    pub(super) scanned: bool,
    /// The text of the page is an invisible layer over a picture, as text recognition makes it.
    pub(super) recognised: bool,
    content: &'c PageContent,
    visible: Vec<usize>,
    number: u32,
}

impl Seen<'_> {
    /// How many letters are visible.
    pub(super) fn len(&self) -> usize {
        self.visible.len()
    }

    /// The visible text whose letters stand mostly in a rectangle, as far as a link is about it.
    pub(super) fn text_in(&self, area: Rect) -> Option<String> {
        let inside = |place: &&usize| area.contains(self.content.glyphs[**place].bounds.centre());
        let glyphs: Vec<layout::Glyph> = self
            .visible
            .iter()
            .filter(inside)
            .map(|&place| &self.content.glyphs[place])
            .filter(|glyph| glyph.kind == Kind::Text)
            .take(LINKED)
            .map(|glyph| to_layout(glyph, glyph.text.clone()))
            .collect();
        if glyphs.is_empty() {
            return None;
        }
        let lines = layout::lines(&PageText { text: &self.content.text, glyphs, number: self.number, ..PageText::default() });
        let text = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    }
}

pub(super) fn lay_out<'c>(pdf: &Pdf<'_>, page: &Page<'_>, content: &'c PageContent, number: u32) -> Seen<'c> {
    let index = content.canvas.index(page.area());
    let mut text = content.text.clone();
    let mut visible: Vec<usize> = Vec::with_capacity(content.glyphs.len());
    let mut hidden: BTreeMap<Hiding, Vec<usize>> = BTreeMap::new();
    for (place, glyph) in content.glyphs.iter().enumerate() {
        match index.hiding(glyph.bounds, &glyph.paint) {
            None => visible.push(place),
            Some(hiding) => hidden.entry(hiding).or_default().push(place),
        }
    }
    if index.gave_up() {
        pdf.note(format!("page {number} has more shapes than are compared with its letters; hidden text may be missed there"));
    }
    let letters_of = |places: &[usize]| {
        places
            .iter()
            .flat_map(|&place| content.text[content.glyphs[place].text.clone()].chars())
            .filter(|character| character.is_alphanumeric())
            .count()
    };
    let picture_covers = index.picture_share() >= SCAN;
    let (seen, unseen) = (letters_of(&visible), hidden.get(&Hiding::Invisible).map_or(0, |places| letters_of(places)));
    let recognised = picture_covers && unseen > 20 && seen * 5 < unseen;
    if recognised {
        pdf.note(format!(
            "page {number}: its text is an invisible layer over a picture, as text recognition makes it; it was not compared with the picture"
        ));
        visible.extend(hidden.remove(&Hiding::Invisible).unwrap_or_default());
        visible.sort_unstable();
    }
    // Unmapped glyphs stand in the text as what they are: a character that could not be read.
    let unknown = text.len()..text.len() + char::REPLACEMENT_CHARACTER.len_utf8();
    text.push(char::REPLACEMENT_CHARACTER);
    let icon = text.len()..text.len() + '\u{E000}'.len_utf8();
    text.push('\u{E000}');
    let glyphs = |places: &[usize]| -> Vec<layout::Glyph> {
        places
            .iter()
            .map(|&place| {
                let glyph = &content.glyphs[place];
                let text = match glyph.kind {
                    Kind::Text => glyph.text.clone(),
                    Kind::Unmapped => unknown.clone(),
                    Kind::Pictograph => icon.clone(),
                };
                to_layout(glyph, text)
            })
            .collect()
    };
    let edges = index.panel_edges();
    let marks = content.canvas.marks.clone();
    let lines = layout::lines(&PageText { text: &text, glyphs: glyphs(&visible), edges, marks, number });
    let mut found = Vec::new();
    for (hiding, places) in hidden {
        let shown = doubles_removed(content, &places, &visible);
        let lines = layout::lines(&PageText { text: &text, glyphs: glyphs(&shown), number, ..PageText::default() });
        found.extend(paragraphs(&lines, hiding));
    }
    found.extend(invisible_characters(content, &lines, &visible, number));
    let telling = |text: &&String| text.chars().filter(|character| character.is_alphanumeric()).count() >= LETTERS;
    found.extend(content.unseen.iter().filter(telling).map(|text| Hidden {
        hiding: Hiding::Metadata,
        text: text.clone(),
        place: Place::Page { page: number, area: PageBox::default() },
    }));
    Seen { scanned: picture_covers && seen == 0, recognised, lines, hidden: found, content, visible, number }
}

fn to_layout(glyph: &PlacedGlyph, text: std::ops::Range<usize>) -> layout::Glyph {
    let point = |(x, y): (f64, f64)| (x as f32, y as f32);
    layout::Glyph {
        text,
        origin: point(glyph.origin),
        end: point(glyph.end),
        size: glyph.size,
        font: glyph.font,
        bold: glyph.bold,
        italic: glyph.italic,
    }
}

pub(super) fn page_box(rect: Rect) -> PageBox {
    PageBox { left: rect.left as f32, top: rect.low as f32, right: rect.right as f32, bottom: rect.high as f32 }
}

/// Hidden glyphs without those that repeat a visible one at the same place: shadows and outlines.
fn doubles_removed(content: &PageContent, places: &[usize], visible: &[usize]) -> Vec<usize> {
    let step = |place: f64| (place / 4.0).round().clamp(-1e9, 1e9) as i64;
    let cell = |glyph: &PlacedGlyph| (step(glyph.origin.0), step(glyph.origin.1));
    let mut seen: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    for &place in visible {
        seen.entry(cell(&content.glyphs[place])).or_default().push(place);
    }
    let repeats = |&place: &usize| {
        let glyph = &content.glyphs[place];
        let (column, row) = cell(glyph);
        let near = 0.3 * f64::from(glyph.size);
        (-1..=1)
            .flat_map(|x| (-1..=1).map(move |y| (column + x, row + y)))
            .filter_map(|cell| seen.get(&cell))
            .flatten()
            .take(200)
            .any(|&other| {
                let other = &content.glyphs[other];
                (other.origin.0 - glyph.origin.0).abs() <= near
                    && (other.origin.1 - glyph.origin.1).abs() <= near
                    && content.text[other.text.clone()] == content.text[glyph.text.clone()]
            })
    };
    places.iter().copied().filter(|place| !repeats(place)).collect()
}

/// Joins hidden lines that follow one another to one entry.
fn paragraphs(lines: &[Line], hiding: Hiding) -> Vec<Hidden> {
    let mut found: Vec<(Hidden, PageBox, f32)> = Vec::new();
    for line in lines {
        let size = line.size.max(1.0);
        match found.last_mut() {
            Some((hidden, area, last))
                if line.area.top - area.bottom < 2.0 * size.max(*last) && line.area.bottom >= area.top - size =>
            {
                hidden.text.push(' ');
                hidden.text.push_str(&line.text);
                *area = PageBox {
                    left: area.left.min(line.area.left),
                    top: area.top.min(line.area.top),
                    right: area.right.max(line.area.right),
                    bottom: area.bottom.max(line.area.bottom),
                };
                *last = size;
            }
            _ => found.push((Hidden { hiding, text: line.text.clone(), place: Place::Whole }, line.area, size)),
        }
    }
    let page = lines.first().map_or(1, |line| line.page);
    found
        .into_iter()
        .filter(|(hidden, ..)| hidden.text.chars().filter(|character| character.is_alphanumeric()).count() >= LETTERS)
        .map(|(hidden, area, _)| Hidden { place: Place::Page { page, area }, ..hidden })
        .collect()
}

/// Characters between visible letters that nobody sees and that have no honest use there, in the lines that have them.
fn invisible_characters(content: &PageContent, lines: &[Line], visible: &[usize], number: u32) -> Option<Hidden> {
    let mut right_to_left = false;
    let mut directions = false;
    let mut hidden = false;
    let mut spelled_out = String::new();
    let mut area = Rect::EMPTY;
    let mut before = None;
    for &place in visible {
        let glyph = &content.glyphs[place];
        for character in content.text[glyph.text.clone()].chars() {
            let sight = invisible::sight(character, before);
            right_to_left |= invisible::is_right_to_left(character);
            directions |= sight == Sight::Direction;
            let suspicious = sight == Sight::Hidden;
            if suspicious || sight == Sight::Direction {
                area = area.united(glyph.bounds);
                if spelled_out.len() < EXCERPT {
                    spelled_out.push_str(&invisible::spelled_out(character));
                }
                hidden |= suspicious;
            } else {
                before = Some(character);
            }
        }
    }
    if !hidden && (right_to_left || !directions) {
        return None;
    }
    // The lines around say what was split or smuggled in.
    let around: Vec<&str> = lines
        .iter()
        .filter(|line| f64::from(line.area.top) <= area.high && f64::from(line.area.bottom) >= area.low)
        .map(|line| line.text.as_str())
        .take(3)
        .collect();
    let text = format!("{spelled_out} in: {}", around.join(" / ")).chars().take(EXCERPT).collect();
    Some(Hidden { hiding: Hiding::ZeroWidth, text, place: Place::Page { page: number, area: page_box(area) } })
}
