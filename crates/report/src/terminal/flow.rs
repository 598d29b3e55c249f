//! Styled text that flows into lines of a given width. Nothing is cut off: what does not fit wraps.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::options::{Palette, Role};

/// A run of text in one role.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) role: Role,
    pub(super) text: String,
}

/// Running text.
pub(super) fn text(text: impl Into<String>) -> Piece {
    piece(Role::Text, text)
}

/// Quiet text.
pub(super) fn quiet(text: impl Into<String>) -> Piece {
    piece(Role::Quiet, text)
}

/// Text in a role.
pub(super) fn piece(role: Role, text: impl Into<String>) -> Piece {
    Piece { role, text: text.into() }
}

/// Columns that a text takes.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// One line: pieces that fit into the width.
pub(super) type Line = Vec<Piece>;

/// Columns that a line takes.
pub(super) fn line_columns(line: &[Piece]) -> usize {
    line.iter().map(|piece| columns(&piece.text)).sum()
}

struct Cluster<'a> {
    text: &'a str,
    role: Role,
    columns: usize,
    space: bool,
}

/// Breaks pieces into lines: the first one `first` columns wide, the others `rest`. Breaks at spaces; a word that is longer than a
/// line breaks behind punctuation or, where there is none, anywhere between characters as readers see them.
pub(super) fn flow(pieces: &[Piece], first: usize, rest: usize) -> Vec<Line> {
    let clusters: Vec<Cluster<'_>> = pieces
        .iter()
        .flat_map(|piece| {
            piece.text.graphemes(true).map(|text| Cluster { text, role: piece.role, columns: columns(text), space: text == " " })
        })
        .collect();
    let mut lines = Vec::new();
    let mut start = 0;
    while start < clusters.len() {
        let width = if lines.is_empty() { first } else { rest }.max(1);
        let (end, next) = line_end(&clusters, start, width);
        lines.push(gather(&clusters[start..end]));
        start = next;
    }
    lines
}

/// Where the line that starts at `start` ends, and where the next one starts.
fn line_end(clusters: &[Cluster<'_>], start: usize, width: usize) -> (usize, usize) {
    let mut taken = 0;
    let mut fits = start;
    while fits < clusters.len() && taken + clusters[fits].columns <= width {
        taken += clusters[fits].columns;
        fits += 1;
    }
    if fits == clusters.len() {
        return (fits, fits);
    }
    // A character wider than the line has to stand somewhere.
    let fits = fits.max(start + 1);
    let skip_spaces =
        |from: usize| clusters[from..].iter().position(|cluster| !cluster.space).map_or(clusters.len(), |n| from + n);
    if clusters.get(fits).is_some_and(|cluster| cluster.space) {
        return (fits, skip_spaces(fits));
    }
    if let Some(space) = (start + 1..fits).rev().find(|&at| clusters[at].space) {
        let word =
            clusters[space + 1..].iter().take_while(|cluster| !cluster.space).map(|cluster| cluster.columns).sum::<usize>();
        let left = clusters[start..space].iter().map(|cluster| cluster.columns).sum::<usize>();
        // A word that would not fit on the next line either starts here when the line is still half empty.
        if word <= width || left * 2 >= width {
            let end = (start..space).rev().find(|&at| !clusters[at].space).map_or(space, |at| at + 1);
            return (end, skip_spaces(space));
        }
    }
    let behind_punctuation =
        |at: &usize| matches!(clusters[*at - 1].text, "/" | "-" | "_" | "." | "@" | "," | ":" | "=" | "&" | "?");
    let earliest = start + (fits - start).div_ceil(2);
    let end = (earliest.max(start + 1)..=fits).rev().find(behind_punctuation).unwrap_or(fits);
    let end = before_marker(&clusters[start..], end - start) + start;
    (end, end)
}

/// Moves a break out of a marker such as `‹U+202E›`, if the line does not begin with it.
fn before_marker(clusters: &[Cluster<'_>], end: usize) -> usize {
    let opened = clusters[..end].iter().rposition(|cluster| matches!(cluster.text, "‹" | "›"));
    match opened {
        Some(at) if at > 0 && clusters[at].text == "‹" && end - at < MARKER => at,
        _ => end,
    }
}

/// Longer than any marker of a single character.
const MARKER: usize = 12;

fn gather(clusters: &[Cluster<'_>]) -> Line {
    let mut line: Line = Vec::new();
    for cluster in clusters {
        match line.last_mut() {
            Some(last) if last.role == cluster.role => last.text.push_str(cluster.text),
            _ => line.push(piece(cluster.role, cluster.text)),
        }
    }
    line
}

/// Writes lines of a page.
pub(super) struct Page {
    pub(super) width: usize,
    palette: Palette,
    text: String,
    /// Whether the last line written is empty, or none was.
    blank: bool,
}

impl Page {
    pub(super) fn new(width: usize, palette: Palette) -> Self {
        Self { width, palette, text: String::new(), blank: true }
    }

    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// An empty line; never two in a row.
    pub(super) fn gap(&mut self) {
        if !self.blank {
            self.text.push('\n');
            self.blank = true;
        }
    }

    /// A paragraph: `lead` stands in front of the first line, the others are indented as far.
    pub(super) fn hanging(&mut self, indent: usize, lead: &[Piece], pieces: &[Piece]) {
        let behind = indent + line_columns(lead);
        let room = self.width.saturating_sub(behind).max(1);
        let mut lines = flow(pieces, room, room).into_iter();
        let mut first: Line = vec![text(" ".repeat(indent))];
        first.extend(lead.iter().cloned());
        first.extend(lines.next().unwrap_or_default());
        self.line(&first);
        for line in lines {
            self.line(&[vec![text(" ".repeat(behind))], line].concat());
        }
    }

    /// A paragraph.
    pub(super) fn paragraph(&mut self, indent: usize, pieces: &[Piece]) {
        self.hanging(indent, &[], pieces);
    }

    /// One line as it is, without spaces at its end.
    pub(super) fn line(&mut self, pieces: &[Piece]) {
        let last = pieces.iter().rposition(|piece| !piece.text.trim_end().is_empty());
        let pieces = last.map_or(&[][..], |last| &pieces[..=last]);
        for (at, piece) in pieces.iter().enumerate() {
            let shown = if at + 1 == pieces.len() { piece.text.trim_end() } else { piece.text.as_str() };
            let parameters = self.palette.parameters(piece.role);
            if parameters.is_empty() || shown.trim().is_empty() {
                self.text.push_str(shown);
            } else {
                self.text.push_str(&format!("\u{1b}[{parameters}m{shown}\u{1b}[0m"));
            }
        }
        self.text.push('\n');
        self.blank = pieces.is_empty();
    }

    /// Cells side by side; each wraps within its own width.
    pub(super) fn row(&mut self, cells: &[Cell]) -> usize {
        let columns: Vec<Vec<Line>> = cells.iter().map(|cell| cell.lines()).collect();
        let height = columns.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let mut line: Line = Vec::new();
            for (cell, lines) in cells.iter().zip(&columns) {
                if !line.is_empty() {
                    line.push(text("  "));
                }
                let content = lines.get(at).cloned().unwrap_or_default();
                let padding = text(" ".repeat(cell.width.saturating_sub(line_columns(&content))));
                if cell.right {
                    line.push(padding);
                    line.extend(content);
                } else {
                    line.extend(content);
                    line.push(padding);
                }
            }
            self.line(&line);
        }
        height
    }
}

/// A cell of a row: paragraphs below each other.
pub(super) struct Cell {
    pub(super) width: usize,
    pub(super) right: bool,
    pub(super) paragraphs: Vec<Vec<Piece>>,
}

impl Cell {
    pub(super) fn left(width: usize, pieces: Vec<Piece>) -> Self {
        Self { width, right: false, paragraphs: vec![pieces] }
    }

    pub(super) fn right(width: usize, pieces: Vec<Piece>) -> Self {
        Self { width, right: true, paragraphs: vec![pieces] }
    }

    fn lines(&self) -> Vec<Line> {
        self.paragraphs.iter().flat_map(|pieces| flow(pieces, self.width, self.width)).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wrapped(words: &str, width: usize) -> Vec<String> {
        flow(&[text(words)], width, width).into_iter().map(|line| line.into_iter().map(|piece| piece.text).collect()).collect()
    }

    #[test]
    fn lines_break_at_spaces_then_behind_punctuation_then_anywhere() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("https://shop.example/path/to/page", 14), ["https://shop.", "example/path/", "to/page"]);
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("abc‹U+202E›def", 8), ["abc", "‹U+202E›", "def"]);
        assert_eq!(wrapped("山田太郎です", 5), ["山田", "太郎", "です"]);
        assert_eq!(wrapped("", 5), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_wider(words in "[a-c /@é山]{0,60}", width in 2_usize..20) {
            let lines = wrapped(&words, width);
            let strip = |text: &str| text.replace(' ', "");
            prop_assert_eq!(strip(&lines.concat()), strip(&words));
            for line in &lines {
                prop_assert!(columns(line) <= width, "{:?} in {}", line, width);
            }
        }
    }
}
