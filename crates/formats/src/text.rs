//! Plain text and Markdown as documents.
//!
//! ```
//! use bonafide_formats::{limits::Limits, text};
//!
//! let document = text::read("cv.md", b"# Robin Sample\n\n- **Engineer**, Globex", &Limits::default())?;
//! assert_eq!(document.lines[0].heading, Some(1));
//! assert_eq!((document.lines[1].bullet, document.lines[1].text.as_str()), (Some('-'), "Engineer, Globex"));
//! # Ok::<(), bonafide_formats::error::Error>(())
//! ```
//!
//! Every line keeps its own place: the byte span of the physical line without the white space around it. Spans refer to the original
//! bytes where those are UTF-8, else to the decoded text (property `encoding_note`).

mod inline;
mod markdown;

#[cfg(test)]
mod tests;

use bonafide_model::place::Place;

use crate::{
    document::{Document, DocumentFormat, Line, Property},
    encoding,
    error::Error,
    limits::Limits,
    line::{self, Letters, LineBuilder},
};

/// Most lines on a page, for the limit on pages.
const LINES_OF_A_PAGE: usize = 200;
/// In plain text two spaces in a row are a gap: tables are made of them.
const GAP_FROM: u32 = 2;

/// Reads a text; one whose name ends in `.md` or `.markdown` as Markdown.
///
/// # Errors
/// [`Error::OverLimit`] over the limit on bytes; [`Error::Unsupported`] where the bytes are no text.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    if bytes.len() as u64 > limits.bytes {
        return Err(Error::OverLimit {
            format: "text",
            what: format!("a text of {} bytes", bytes.len()),
            limit: format!("{} bytes", limits.bytes),
        });
    }
    let decoded = encoding::decode(bytes);
    if is_binary(&decoded.text) {
        return Err(Error::Unsupported { name: name.to_owned(), why: "binary data, no text".to_owned() });
    }
    let mut output =
        Output { document: Document::default(), characters: limits.characters, lines: limits.pages as usize * LINES_OF_A_PAGE };
    output.property("encoding", decoded.encoding);
    if let Some(note) = &decoded.note {
        output.property("encoding_note", note);
        if decoded.damaged {
            output.document.incomplete.push(note.clone());
        }
    }
    let rows = Rows::of(&decoded.text);
    output.property("line_ending", rows.ending);
    if is_markdown(name) {
        output.document.format = DocumentFormat::Markdown;
        markdown::read(&rows.rows, &mut output);
    } else {
        output.document.format = DocumentFormat::Text;
        plain(&rows.rows, &mut output);
    }
    Ok(output.document)
}

/// Whether a file of this name holds Markdown.
#[must_use]
pub fn is_markdown(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    ["md", "markdown", "mdown", "mkd"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Text has few control characters, and no NUL among its letters.
fn is_binary(text: &str) -> bool {
    let (mut characters, mut controls) = (0_usize, 0_usize);
    for character in text.chars().take(64 << 10) {
        characters += 1;
        controls +=
            usize::from(character.is_control() && !character.is_whitespace() && character != '\u{1b}' && character != '\u{8}');
    }
    controls * 20 > characters
}

/// A physical line without the white space around it.
#[derive(Clone, Copy, Debug)]
struct Source<'t> {
    /// Text, trimmed at both ends.
    text: &'t str,
    number: u32,
    start: u64,
}

impl Source<'_> {
    fn place(&self) -> Place {
        Place::Text { line: self.number, span: (self.start, self.start + self.text.len() as u64) }
    }
}

struct Rows<'t> {
    rows: Vec<Source<'t>>,
    ending: &'static str,
}

impl<'t> Rows<'t> {
    /// Splits at line feeds (with or without carriage returns), lone carriage returns, form feeds and Unicode's separators.
    fn of(text: &'t str) -> Self {
        let (mut line_feeds, mut pairs, mut returns) = (0_usize, 0_usize, 0_usize);
        let mut rows = Vec::new();
        let (mut start, mut number) = (0, 1_u32);
        let mut push = |from: usize, to: usize, number: u32| {
            let row = &text[from..to];
            let body = row.trim_start_matches(['\u{feff}']).trim_start();
            let lead = row.len() - body.len();
            rows.push(Source { text: body.trim_end(), number, start: (from + lead) as u64 });
        };
        let mut characters = text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let end = match character {
                '\n' => {
                    line_feeds += 1;
                    true
                }
                '\r' if characters.peek().is_some_and(|&(_, next)| next == '\n') => {
                    pairs += 1;
                    characters.next();
                    push(start, at, number);
                    start = at + 2;
                    number = number.saturating_add(1);
                    false
                }
                '\r' => {
                    returns += 1;
                    true
                }
                // These separate lines, but editors do not count them.
                '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => {
                    push(start, at, number);
                    start = at + character.len_utf8();
                    false
                }
                _ => false,
            };
            if end {
                push(start, at, number);
                start = at + 1;
                number = number.saturating_add(1);
            }
        }
        if start < text.len() {
            push(start, text.len(), number);
        }
        let ending = match (line_feeds > 0, pairs > 0, returns > 0) {
            (true, false, false) => "lf",
            (false, true, false) => "crlf",
            (false, false, true) => "cr",
            (false, false, false) => "none",
            _ => "mixed",
        };
        Self { rows, ending }
    }
}

/// The document in the making, within its limits.
struct Output {
    document: Document,
    characters: u64,
    lines: usize,
}

impl Output {
    fn property(&mut self, name: &str, value: &str) {
        self.document.properties.push(Property { name: name.to_owned(), value: value.to_owned(), part: String::new() });
    }

    fn hidden(&mut self, hidden: Option<crate::document::Hidden>) {
        if let Some(hidden) = hidden.filter(|hidden| hidden.text.chars().any(char::is_alphanumeric)) {
            self.document.hidden.push(hidden);
        }
    }

    /// Adds a line; false where a limit is reached and nothing more can be added.
    fn line(&mut self, line: Line) -> bool {
        let length = line.text.len() as u64;
        if self.lines == 0 || length > self.characters {
            self.incomplete("the text was cut at the limit on characters and lines");
            return false;
        }
        self.lines -= 1;
        self.characters -= length;
        self.document.lines.push(line);
        true
    }

    fn incomplete(&mut self, why: &str) {
        if !self.document.incomplete.iter().any(|known| known == why) {
            self.document.incomplete.push(why.to_owned());
        }
    }
}

fn plain(rows: &[Source<'_>], output: &mut Output) {
    let mut apart = false;
    for row in rows {
        if row.text.is_empty() {
            apart = true;
            continue;
        }
        if let Some(level) = rule(row.text) {
            // A rule right under a line makes that line a heading.
            if !apart
                && let Some(above) =
                    output.document.lines.last_mut().filter(|above| above.heading.is_none() && above.bullet.is_none())
            {
                above.heading = Some(level);
                above.style = Some(format!("h{level}"));
            }
            apart = true;
            continue;
        }
        let mut builder = LineBuilder::new(GAP_FROM);
        push_without_escapes(row.text, &mut builder);
        let (line, hidden) = builder.take(&row.place());
        output.hidden(hidden);
        let Some(mut line) = line else { continue };
        line::cut_bullet(&mut line);
        line.space_before = std::mem::take(&mut apart);
        if !output.line(line) {
            return;
        }
    }
}

/// A line of nothing but one mark, three times or more, and its level as an underline.
fn rule(text: &str) -> Option<u8> {
    let mark = text.chars().next().filter(|mark| "=-_*~#─━═–—".contains(*mark))?;
    let only = text.chars().all(|character| character == mark || character == ' ');
    (only && text.chars().filter(|&character| character == mark).count() >= 3).then_some(if matches!(mark, '=' | '═' | '━') {
        1
    } else {
        2
    })
}

/// Pushes text less the colour escapes of terminals (ECMA-48, 5.4).
fn push_without_escapes(text: &str, builder: &mut LineBuilder) {
    let mut rest = text;
    while let Some(at) = rest.find("\u{1b}[") {
        builder.push(&rest[..at], Letters::default());
        let sequence = &rest[at + 2..];
        let end = sequence.find(|character: char| ('@'..='~').contains(&character)).map_or(sequence.len(), |end| end + 1);
        rest = &sequence[end..];
    }
    builder.push(rest, Letters::default());
}
