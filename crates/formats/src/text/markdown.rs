//! The blocks of Markdown (CommonMark 0.31, with the tables of GitHub), line by line.

use std::collections::HashMap;

use bonafide_model::fact::Hiding;

use super::{
    GAP_FROM, Output, Source,
    inline::{self, Piece},
};
use crate::{
    document::{DocumentLink, Hidden, Line},
    line::{Letters, LineBuilder},
};

/// Stands for a number in front of a list item.
const COUNTED: char = '#';
/// Most link references of a document.
const MOST_REFERENCES: usize = 10_000;

pub(super) fn read(rows: &[Source<'_>], output: &mut Output) {
    let body = front_matter(rows, output);
    let references = references(&rows[body..]);
    let mut blocks = Blocks { references, output, apart: false, fence: None, comment: None };
    for (position, row) in rows.iter().enumerate().skip(body) {
        let below = rows.get(position + 1);
        if !blocks.row(*row, below) {
            break;
        }
    }
    let comment = blocks.comment.take();
    if let Some(comment) = comment {
        output.hidden(Some(comment));
    }
}

/// Properties between two lines of dashes at the start; answers where the body begins.
fn front_matter(rows: &[Source<'_>], output: &mut Output) -> usize {
    if rows.first().is_none_or(|row| row.text != "---") {
        return 0;
    }
    let Some(end) = rows.iter().skip(1).take(200).position(|row| row.text == "---" || row.text == "...") else { return 0 };
    for row in &rows[1..=end] {
        if let Some((key, value)) = row.text.split_once(':') {
            let value = value.trim().trim_matches(['"', '\'']);
            if !value.is_empty() {
                output.property(&key.trim().to_lowercase().replace([' ', '-'], "_"), value);
            }
        }
    }
    end + 2
}

/// `[name]: target "title"` anywhere in the text.
fn references(rows: &[Source<'_>]) -> HashMap<String, String> {
    rows.iter()
        .filter_map(|row| definition(row.text))
        .take(MOST_REFERENCES)
        .map(|(name, target)| (name.to_lowercase(), target.to_owned()))
        .collect()
}

fn definition(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.strip_prefix('[')?.split_once("]:")?;
    let target = rest.split_whitespace().next()?;
    (!name.is_empty() && !name.contains('[')).then(|| (name, target.trim_matches(['<', '>'])))
}

struct Blocks<'o> {
    references: HashMap<String, String>,
    output: &'o mut Output,
    apart: bool,
    /// The mark that opened a block of code.
    fence: Option<String>,
    /// An HTML comment that has not ended.
    comment: Option<Hidden>,
}

impl Blocks<'_> {
    /// Reads one line; false where a limit ends the reading.
    fn row(&mut self, row: Source<'_>, below: Option<&Source<'_>>) -> bool {
        if let Some(fence) = &self.fence {
            if row.text.starts_with(fence.as_str()) && row.text.trim_start_matches(['`', '~']).is_empty() {
                self.fence = None;
                return true;
            }
            return row.text.is_empty() || self.verbatim(&row);
        }
        let visible = self.without_comments(&row);
        let text = visible.trim();
        if text.is_empty() {
            self.apart |= row.text.is_empty();
            return true;
        }
        let text = text.trim_start_matches(['>', ' ']);
        if let Some(fence) = fence(text) {
            self.fence = Some(fence);
            return true;
        }
        if let Some((name, target)) = definition(text) {
            // The customary way to write a comment.
            if name == "//" || target == "#" {
                let comment = text.split_once('#').map_or("", |(_, comment)| comment).trim().trim_matches(['(', ')', '"', '\'']);
                self.output.hidden(Some(Hidden { hiding: Hiding::Metadata, text: comment.to_owned(), place: row.place() }));
            }
            return true;
        }
        if self.underlines(text) {
            return true;
        }
        if is_table_rule(text) || super::rule(text).is_some() {
            self.apart = true;
            return true;
        }
        let (heading, text) = heading(text);
        let (bullet, text) = if heading.is_some() { (None, text) } else { item(text) };
        let is_row = text.starts_with('|') || (text.contains(" | ") && below.is_some_and(|below| is_table_rule(below.text)));
        let mut builder = LineBuilder::new(GAP_FROM);
        let cells = if is_row { cells(text) } else { vec![text] };
        for (number, cell) in cells.iter().enumerate() {
            if number > 0 {
                builder.gap();
            }
            self.cell(cell, &row, &mut builder);
        }
        let (line, hidden) = builder.take(&row.place());
        self.output.hidden(hidden);
        let Some(line) = line else { return true };
        let style = heading.map(|level| format!("h{level}"));
        let space_before = std::mem::take(&mut self.apart);
        self.output.line(Line { heading, style, bullet, space_before, ..line })
    }

    fn verbatim(&mut self, row: &Source<'_>) -> bool {
        let mut builder = LineBuilder::new(GAP_FROM);
        builder.push(row.text, Letters::default());
        let (line, hidden) = builder.take(&row.place());
        self.output.hidden(hidden);
        line.is_none_or(|line| self.output.line(Line { style: Some("code".into()), ..line }))
    }

    fn cell(&mut self, cell: &str, row: &Source<'_>, builder: &mut LineBuilder) {
        let references = &self.references;
        let pieces = inline::pieces(cell, &|name| references.get(&name.to_lowercase()).cloned());
        let place = row.place();
        for piece in pieces {
            match piece {
                Piece::Text { text, bold, italic } => builder.push(&text, Letters { size: 0.0, bold, italic }),
                Piece::Link { target, shown } => {
                    let shown = Some(shown).filter(|shown| !shown.trim().is_empty());
                    self.output.document.links.push(DocumentLink { target, shown, place: place.clone() });
                }
                Piece::Picture { target, description } => {
                    self.output.property("linked_picture", &target);
                    self.output.hidden(Some(Hidden { hiding: Hiding::Metadata, text: description, place: place.clone() }));
                }
                Piece::Hidden { hiding, text } => self.output.hidden(Some(Hidden { hiding, text, place: place.clone() })),
            }
        }
    }

    /// A line of `=` or `-` right under a paragraph makes it a heading.
    fn underlines(&mut self, text: &str) -> bool {
        let level = match text.bytes().next() {
            Some(b'=') if text.bytes().all(|byte| byte == b'=') => 1,
            Some(b'-') if text.bytes().all(|byte| byte == b'-') => 2,
            _ => return false,
        };
        let above = self.output.document.lines.last_mut().filter(|_| !self.apart);
        let Some(above) = above.filter(|above| above.heading.is_none() && above.bullet.is_none() && above.gaps.is_empty()) else {
            return false;
        };
        above.heading = Some(level);
        above.style = Some(format!("h{level}"));
        self.apart = true;
        true
    }

    /// Takes HTML comments out, which may run over many lines.
    fn without_comments(&mut self, row: &Source<'_>) -> String {
        let mut visible = String::with_capacity(row.text.len());
        let mut rest = row.text;
        loop {
            if let Some(mut comment) = self.comment.take() {
                match rest.split_once("-->") {
                    Some((inside, behind)) => {
                        comment.text.push_str(inside);
                        comment.text = comment.text.trim().to_owned();
                        self.output.hidden(Some(comment));
                        rest = behind;
                    }
                    None => {
                        comment.text.push_str(rest);
                        comment.text.push(' ');
                        self.comment = Some(comment);
                        return visible;
                    }
                }
            }
            match rest.split_once("<!--") {
                Some((before, inside)) => {
                    visible.push_str(before);
                    self.comment = Some(Hidden { hiding: Hiding::Metadata, text: String::new(), place: row.place() });
                    rest = inside;
                }
                None => {
                    visible.push_str(rest);
                    return visible;
                }
            }
        }
    }
}

fn fence(text: &str) -> Option<String> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = text.chars().take_while(|&character| character == mark).count();
    let info = &text[length..];
    (length >= 3 && !info.contains('`')).then(|| text[..length].to_owned())
}

fn heading(text: &str) -> (Option<u8>, &str) {
    let level = text.bytes().take_while(|&byte| byte == b'#').count();
    let rest = &text[level..];
    if !(1..=6).contains(&level) || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return (None, text);
    }
    let rest = rest.trim();
    let closed = rest.trim_end_matches('#');
    let rest = if closed.is_empty() || closed.ends_with([' ', '\t']) { closed.trim_end() } else { rest };
    (Some(level as u8), rest)
}

/// Cuts the mark of a list item, and of a task, off.
fn item(text: &str) -> (Option<char>, &str) {
    let mut characters = text.chars();
    let first = characters.next().unwrap_or(' ');
    let rest = characters.as_str();
    let is_mark = matches!(first, '-' | '*' | '+' | '•' | '–' | '◦' | '▪' | '●') && rest.starts_with([' ', '\t']);
    let (bullet, rest) = if is_mark {
        (first, rest)
    } else {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let behind = &text[digits..];
        // A year at the start of a line is no number of an item.
        let is_number = (1..=3).contains(&digits) && behind.starts_with(['.', ')']) && behind[1..].starts_with([' ', '\t']);
        if !is_number {
            return (None, text);
        }
        (COUNTED, &behind[1..])
    };
    let rest = rest.trim_start();
    let rest = ["[ ] ", "[x] ", "[X] "].iter().find_map(|task| rest.strip_prefix(task)).unwrap_or(rest);
    if rest.is_empty() { (None, text) } else { (Some(bullet), rest) }
}

fn is_table_rule(text: &str) -> bool {
    text.contains('-') && text.contains('|') && text.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '))
}

fn cells(text: &str) -> Vec<&str> {
    let inner = text.strip_prefix('|').unwrap_or(text);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut cells = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'|' => {
                cells.push(inner[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    cells.push(inner[start..].trim());
    cells
}
