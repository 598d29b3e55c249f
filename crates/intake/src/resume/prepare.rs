//! Lines of a document as rows of cleaned text with cells and typography.

use std::{collections::HashMap, ops::Range};

use super::{columns, dates, fold};
use bonafide_formats::document::{Document, Line};
use bonafide_model::place::Place;

mod broken;

/// A line, cleaned for reading.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// Text: soft hyphens are hyphens, control and private characters are gone, ligatures are letters.
    pub(crate) text: String,
    /// Byte ranges of the parts between wide gaps; one for most lines.
    pub(crate) cells: Vec<Range<usize>>,
    /// For each wide gap its byte offset, and where it begins and ends on the page; empty where unknown or where rows were joined.
    pub(crate) gaps: Vec<(usize, f32, f32)>,
    /// Byte offsets where the letters change, with boldness, slant and size from there on.
    pub(crate) runs: Vec<(usize, bool, bool, f32)>,
    pub(crate) bullet: Option<char>,
    pub(crate) page: u32,
    pub(crate) column: u16,
    pub(crate) left: f32,
    pub(crate) right: f32,
    pub(crate) top: f32,
    /// Letter size; 0 where unknown.
    pub(crate) size: f32,
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) style: Option<String>,
    pub(crate) space_before: bool,
    pub(crate) place: Place,
}

impl Row {
    /// Whether the reader knows where the line stands.
    pub(crate) fn has_area(&self) -> bool {
        self.right > self.left
    }

    /// Whether all its letters are upper case.
    pub(crate) fn is_upper(&self) -> bool {
        fold::is_upper(&self.text)
    }

    /// The text of a cell.
    pub(crate) fn cell(&self, index: usize) -> &str {
        self.cells.get(index).map_or("", |range| self.text[range.clone()].trim())
    }

    /// The row without its first bytes; used where a heading stands in front of text.
    pub(crate) fn cut_front(&self, bytes: usize) -> Self {
        let skipped =
            bytes + self.text[bytes..].len() - self.text[bytes..].trim_start_matches([' ', ':', '|', '\t', '–', '—', '-']).len();
        let mut row = self.clone();
        row.text = self.text[skipped..].to_owned();
        row.cells = self
            .cells
            .iter()
            .filter(|cell| cell.end > skipped)
            .map(|cell| cell.start.max(skipped) - skipped..cell.end - skipped)
            .collect();
        row.runs =
            self.runs.iter().map(|&(start, bold, italic, size)| (start.saturating_sub(skipped), bold, italic, size)).collect();
        row.gaps.clear();
        row.bold = false;
        row
    }

    /// Where each cell begins on the page, where known.
    pub(crate) fn cell_lefts(&self) -> Option<Vec<f32>> {
        (self.has_area() && !self.cells.is_empty() && self.gaps.len() + 1 == self.cells.len())
            .then(|| std::iter::once(self.left).chain(self.gaps.iter().map(|gap| gap.2)).collect())
    }

    /// Where the gap behind the first cell begins and ends on the page.
    pub(crate) fn first_gap(&self) -> Option<(f32, f32)> {
        let (first, second) = (self.cells.first()?, self.cells.get(1)?);
        let gap = self.gaps.iter().find(|gap| (first.end..=second.start).contains(&gap.0))?;
        Some((gap.1, gap.2))
    }

    /// Boldness and slant at a byte.
    pub(crate) fn letters_at(&self, byte: usize) -> (bool, bool) {
        self.runs.iter().rev().find(|run| run.0 <= byte).map_or((self.bold, self.italic), |run| (run.1, run.2))
    }
}

impl Row {
    /// Letter size at a byte.
    pub(crate) fn size_at(&self, byte: usize) -> f32 {
        self.runs.iter().rev().find(|run| run.0 <= byte).map_or(self.size, |run| run.3)
    }
}

/// Whether a row goes on with the row before it because that one had no more room: the first word would not have fitted.
pub(crate) fn wraps(before: &Row, row: &Row, right: f32) -> bool {
    let same_letters = before.letters_at(before.text.len()) == row.letters_at(0) && (before.size - row.size).abs() < 0.3;
    same_letters
        && !row.space_before
        && row.bullet.is_none()
        && before.page == row.page
        && before.column == row.column
        && no_room(before, row, right)
}

/// Whether the first word of a row would not have fitted into the row before it, up to a right edge.
pub(crate) fn no_room(before: &Row, row: &Row, right: f32) -> bool {
    if !before.has_area() || !row.has_area() {
        return false;
    }
    let count = row.text.chars().count().max(1) as f32;
    let width = (row.right - row.left) / count;
    let word = row.text.split(' ').next().map_or(0, |word| word.chars().count()) as f32;
    before.text.chars().count() > 6 && before.right + (word + 1.0) * width > right + 0.5 * width
}

/// Whether a row goes on with the first cell of the row before it, because what stands beside that left no room for its first word.
/// What stands beside, a date or a place, may also stand in the second row: `International Centre for Ocean` over
/// `Research    Boise`.
pub(crate) fn wraps_in_first_cell(before: &Row, row: &Row) -> bool {
    let first = row.cell(0);
    let (begin, end, width) = match (before.first_gap(), row.first_gap()) {
        (Some((begin, end)), None) if before.cells.len() == 2 && row.cells.len() <= 1 => (begin, end, row.right - row.left),
        (None, Some((begin, end))) if before.cells.len() <= 1 && row.cells.len() == 2 => (before.right, end, begin - row.left),
        _ => return false,
    };
    let letters = before.cells.first().map_or(0, |cell| cell.end.saturating_sub(1));
    let width = width / first.chars().count().max(1) as f32;
    let word = first.split(' ').next().map_or(0, |word| word.chars().count()) as f32;
    (before.page, before.column) == (row.page, row.column)
        && before.bullet.is_none()
        && row.bullet.is_none()
        && !row.space_before
        && (row.left - before.left).abs() < 3.0
        && before.letters_at(letters) == row.letters_at(0)
        && begin + (word + 1.0) * width > end - 0.8 * row.size
        && dates::find(before.cell(0)).is_empty()
        && dates::find(first).is_empty()
}

/// Most characters of one line that are looked at.
const LONGEST_LINE: usize = 4_000;

/// All lines as rows, without the lines that repeat on every page (footers, page numbers), whose numbers are given apart.
pub(crate) fn rows(document: &Document) -> (Vec<Row>, Vec<usize>) {
    let furniture = furniture(document);
    let mut kept = Vec::with_capacity(document.lines.len());
    let mut dropped = Vec::new();
    for (number, line) in document.lines.iter().enumerate() {
        if furniture.get(number).copied().unwrap_or(false) {
            dropped.push(number);
            continue;
        }
        let row = row(line);
        if row.text.is_empty() || is_rule(&row.text) {
            dropped.push(number);
        } else {
            kept.push(row);
        }
    }
    (broken::join(columns::regroup(kept)), dropped)
}

/// Whether a row is a rule drawn with signs: `-----`, `=====`.
fn is_rule(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    text.chars().nth(1).is_some()
        && matches!(first, '-' | '=' | '_' | '*' | '~' | '–' | '—' | '─' | '━' | '═' | '.' | '#')
        && text.chars().all(|c| c == first || c == ' ')
}

fn row(line: &Line) -> Row {
    let mut text = String::with_capacity(line.text.len());
    let mut gaps: Vec<usize> = Vec::new();
    let mut runs: Vec<(usize, bool, bool, f32)> = Vec::with_capacity(line.runs.len());
    let mut next_gap = line.gaps.iter().peekable();
    let mut next_run = line.runs.iter().peekable();
    let mut bullet = line.bullet;
    for (offset, c) in line.text.char_indices().take(LONGEST_LINE) {
        while next_gap.next_if(|&&gap| gap as usize <= offset).is_some() {
            gaps.push(text.len());
        }
        while let Some(run) = next_run.next_if(|run| run.start as usize <= offset) {
            runs.push((text.len(), run.bold, run.italic, run.size));
        }
        match c {
            '\u{ad}' | '\u{2010}' | '\u{2011}' => text.push('-'),
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\t' => {
                if !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            '\u{fb00}' => text.push_str("ff"),
            '\u{fb01}' => text.push_str("fi"),
            '\u{fb02}' => text.push_str("fl"),
            '\u{fb03}' => text.push_str("ffi"),
            '\u{fb04}' => text.push_str("ffl"),
            // Private use: icon fonts and unmapped glyphs. At the start of a line it is a bullet or an icon.
            '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => {
                if text.is_empty() && bullet.is_none() {
                    bullet = Some(c);
                }
            }
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffd}' => {}
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
    if bullet.is_none()
        && let Some((glyph, rest)) = leading_bullet(&text)
    {
        let cut = text.len() - rest.len();
        bullet = Some(glyph);
        text.drain(..cut);
        gaps.iter_mut().for_each(|gap| *gap = gap.saturating_sub(cut));
        runs.iter_mut().for_each(|run| run.0 = run.0.saturating_sub(cut));
    }
    let trimmed = text.trim_end().len();
    text.truncate(trimmed);
    if let Some(at) = glued_period(&text) {
        text.insert(at, ' ');
        gaps.iter_mut().filter(|gap| **gap >= at).for_each(|gap| *gap += 1);
        runs.iter_mut().filter(|run| run.0 >= at).for_each(|run| run.0 += 1);
        gaps.push(at);
        gaps.sort_unstable();
    }
    let cells = cells(&text, &gaps);
    let gaps = if gaps.len() == line.gap_spans.len() {
        gaps.iter().zip(&line.gap_spans).map(|(&at, &(begin, end))| (at, begin, end)).collect()
    } else {
        Vec::new()
    };
    Row {
        cells,
        gaps,
        runs,
        bullet,
        page: line.page,
        column: line.column,
        left: line.area.left,
        right: line.area.right,
        top: line.area.top,
        size: line.size,
        bold: line.bold,
        italic: line.italic,
        style: line.style.clone(),
        space_before: line.space_before,
        place: line.place.clone(),
        text,
    }
}

/// Where a period begins at the end of a text that has no space before it, as where a flush-right date found no room:
/// `Mechanical Engineering2017 - 2021`, `Release EngineerAug 2017 – May 2019`.
fn glued_period(text: &str) -> Option<usize> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let starts = before.is_lowercase() && (c.is_ascii_digit() || c.is_uppercase());
        before = c;
        if !starts || text.len() - at > 40 {
            continue;
        }
        let whole = |date: &dates::Found| date.shape == dates::Shape::Period && date.range == (0..text.len() - at);
        if dates::find(&text[at..]).iter().any(whole) {
            return Some(at);
        }
    }
    None
}

/// Splits a text at its gaps. Runs of wide white space that a reader left in the text are gaps too.
fn cells(text: &str, gaps: &[usize]) -> Vec<Range<usize>> {
    let mut cells = Vec::with_capacity(1 + gaps.len());
    let mut start = 0;
    for &gap in gaps.iter().chain([&text.len()]) {
        let gap = gap.min(text.len());
        if !text.is_char_boundary(gap) || gap < start {
            continue;
        }
        let part = &text[start..gap];
        let trimmed = part.trim();
        if !trimmed.is_empty() {
            let lead = part.len() - part.trim_start().len();
            cells.push(start + lead..start + lead + trimmed.len());
        }
        start = gap;
    }
    cells
}

/// The bullet glyph at the start of a text and the rest behind it.
fn leading_bullet(text: &str) -> Option<(char, &str)> {
    let first = text.chars().next()?;
    let is_glyph = matches!(
        first,
        '•' | '◦'
            | '▪'
            | '▫'
            | '■'
            | '□'
            | '●'
            | '○'
            | '‣'
            | '⁃'
            | '∙'
            | '·'
            | '►'
            | '▶'
            | '▸'
            | '➢'
            | '➤'
            | '➔'
            | '✓'
            | '✔'
            | '❖'
            | '◆'
            | '◇'
            | '★'
            | '☆'
            | '✦'
            | '»'
            | '*'
            | '-'
            | '–'
            | '—'
            | 'o'
            | '+'
            | '>'
            | '→'
            | '※'
    );
    let rest = &text[first.len_utf8()..];
    let spaced = rest.starts_with(' ');
    let always = matches!(first, '•' | '▪' | '■' | '●' | '‣' | '►' | '➢' | '➤' | '❖' | '◦');
    (is_glyph && (spaced || always) && !rest.trim().is_empty()).then(|| (first, rest.trim_start()))
}

/// Which lines repeat on the pages at the same height, or are page numbers.
fn furniture(document: &Document) -> Vec<bool> {
    let mut marks = vec![false; document.lines.len()];
    if document.pages.len() < 2 {
        // A page number below the last line of the only page.
        let low = |line: &Line| document.pages.first().is_some_and(|page| page.height > 0.0 && line.area.top > page.height * 0.9);
        if let Some((mark, _)) =
            marks.iter_mut().zip(&document.lines).filter(|(_, line)| low(line) && is_page_number(&line.text)).last()
        {
            *mark = true;
        }
        return marks;
    }
    let mut seen: HashMap<(String, i32), (u32, u32)> = HashMap::new();
    let key =
        |line: &Line| (line.text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>(), (line.area.top / 12.0) as i32);
    let at_edge = |line: &Line| {
        let height = document.pages.get(line.page.saturating_sub(1) as usize).map_or(0.0, |page| page.height);
        height > 0.0 && (line.area.top < height * 0.08 || line.area.bottom > height * 0.92)
    };
    for line in document.lines.iter().filter(|line| at_edge(line) && line.text.len() < 200) {
        let entry = seen.entry(key(line)).or_insert((0, 0));
        if entry.1 != line.page {
            *entry = (entry.0 + 1, line.page);
        }
    }
    for (mark, line) in marks.iter_mut().zip(&document.lines) {
        if at_edge(line) {
            let repeats = seen.get(&key(line)).is_some_and(|entry| entry.0 >= 2) && (line.page > 1 || line.area.top > 200.0);
            *mark = repeats || is_page_number(&line.text);
        }
    }
    marks
}

/// `2`, `- 2 -`, `Page 2 of 3`, `2/3`, `Seite 2 von 3`.
fn is_page_number(text: &str) -> bool {
    let folded = fold::fold(text);
    let mut digits = false;
    for word in fold::words(&folded) {
        let number = word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= 3;
        digits |= number;
        if !number
            && !matches!(
                word,
                "page"
                    | "of"
                    | "seite"
                    | "von"
                    | "sur"
                    | "pagina"
                    | "di"
                    | "de"
                    | "strona"
                    | "z"
                    | "sida"
                    | "side"
                    | "av"
                    | "af"
                    | "van"
            )
        {
            return false;
        }
    }
    digits && text.len() <= 24
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_and_runs_follow_the_cleaned_text() {
        let line = Line { text: "Sep. 2023 \u{ad} now Seoul".into(), gaps: vec![16], ..Line::default() };
        let row = row(&line);
        assert_eq!(row.text, "Sep. 2023 - now Seoul");
        assert_eq!((row.cell(0), row.cell(1)), ("Sep. 2023 - now", "Seoul"));
    }

    #[test]
    fn bullets_left_in_the_text_are_cut() {
        let line = Line { text: "- Led a team".into(), ..Line::default() };
        assert_eq!((row(&line).bullet, row(&line).text.as_str()), (Some('-'), "Led a team"));
        let line = Line { text: "-5 % cost".into(), ..Line::default() };
        assert_eq!(row(&line).bullet, None);
    }

    #[test]
    fn page_numbers_are_known() {
        assert!(is_page_number("Page 2 of 3") && is_page_number("- 2 -") && !is_page_number("2 jobs"));
    }
}
