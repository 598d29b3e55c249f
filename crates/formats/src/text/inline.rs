//! The inside of a line of Markdown: emphasis, links, code, HTML tags.

use std::cell::Cell;

use bonafide_model::fact::Hiding;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    Text {
        text: String,
        bold: bool,
        italic: bool,
    },
    Link {
        target: String,
        shown: String,
    },
    /// Alternative text of a picture, and where the picture is.
    Picture {
        target: String,
        description: String,
    },
    Hidden {
        hiding: Hiding,
        text: String,
    },
}

/// Where emphasis begins or ends, and how much of the run of marks it takes.
#[derive(Clone, Copy)]
struct Delimiter {
    at: usize,
    mark: u8,
    length: usize,
    opens: bool,
    closes: bool,
    used: usize,
}

/// Longest line whose marks are looked at; longer ones are text.
const LONGEST: usize = 100_000;
/// Deepest nesting of links and tags.
const DEEPEST: usize = 8;
/// Most links, code spans and tags that are looked for in one line.
const MOST_TRIES: u32 = 500;

/// Splits a line. `target_of` finds the target of a reference.
pub(super) fn pieces(line: &str, target_of: &dyn Fn(&str) -> Option<String>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if line.len() > LONGEST {
        pieces.push(Piece::Text { text: line.to_owned(), bold: false, italic: false });
    } else {
        read(line, target_of, 0, &Cell::new(MOST_TRIES), &mut pieces);
    }
    pieces
}

fn read(line: &str, target_of: &dyn Fn(&str) -> Option<String>, depth: usize, tries: &Cell<u32>, pieces: &mut Vec<Piece>) {
    // Looking for the end of a link or an element may go far; a line of nothing but beginnings must not make it quadratic.
    let may_try = || {
        tries.set(tries.get().saturating_sub(1));
        tries.get() > 0 && depth < DEEPEST
    };
    let emphasis = emphasis(line);
    let mut marks = emphasis.iter().peekable();
    let mut text = String::new();
    let (mut bold, mut italic) = (0_i32, 0_i32);
    let mut at = 0;
    while at < line.len() {
        while marks.next_if(|mark| mark.at < at).is_some() {}
        if let Some(mark) = marks.next_if(|mark| mark.at == at) {
            flush(&mut text, bold, italic, pieces);
            match mark.change {
                Change::Bold(by) => bold += by,
                Change::Italic(by) => italic += by,
                Change::Nothing => {}
            }
            at += mark.length;
            continue;
        }
        let rest = &line[at..];
        let taken = match rest.as_bytes()[0] {
            b'\\' => rest.chars().nth(1).filter(char::is_ascii_punctuation).map(|character| {
                text.push(character);
                2
            }),
            b'`' if may_try() => code(rest).map(|(content, length)| {
                text.push_str(content);
                length
            }),
            b'&' => entity(rest).map(|(character, length)| {
                text.push(character);
                length
            }),
            b'!' if rest.starts_with("![") && may_try() => link(&rest[1..], target_of).map(|link| {
                pieces.push(Piece::Picture { target: link.target, description: link.shown.to_owned() });
                link.length + 1
            }),
            b'[' if may_try() => link(rest, target_of).map(|link| {
                flush(&mut text, bold, italic, pieces);
                let from = pieces.len();
                read(link.shown, target_of, depth + 1, tries, pieces);
                let mut shown = String::new();
                for piece in &mut pieces[from..] {
                    if let Piece::Text { text, bold: inner_bold, italic: inner_italic } = piece {
                        shown.push_str(text);
                        *inner_bold |= bold > 0;
                        *inner_italic |= italic > 0;
                    }
                }
                pieces.push(Piece::Link { target: link.target, shown });
                link.length
            }),
            b'<' if may_try() => tag(rest).map(|tag| {
                if let Some(target) = tag.link {
                    text.push_str(target.strip_prefix("mailto:").unwrap_or(target));
                    let target = if target.contains(':') { target.to_owned() } else { format!("mailto:{target}") };
                    pieces.push(Piece::Link { target, shown: String::new() });
                } else if tag.breaks {
                    text.push(' ');
                } else if let Some((content, length)) = tag.closing_content(rest) {
                    flush(&mut text, bold, italic, pieces);
                    if let Some(hiding) = tag.hiding {
                        pieces.push(Piece::Hidden { hiding, text: without_tags(content) });
                        return length;
                    }
                    if let Some(target) = tag.attribute("href") {
                        pieces.push(Piece::Link { target, shown: without_tags(content) });
                    }
                }
                tag.length
            }),
            _ => None,
        };
        match taken {
            Some(length) => at += length,
            None => {
                let character = rest.chars().next().unwrap_or(' ');
                text.push(character);
                at += character.len_utf8();
            }
        }
    }
    flush(&mut text, bold, italic, pieces);
}

fn flush(text: &mut String, bold: i32, italic: i32, pieces: &mut Vec<Piece>) {
    if !text.is_empty() {
        pieces.push(Piece::Text { text: std::mem::take(text), bold: bold > 0, italic: italic > 0 });
    }
}

/// A mark of emphasis that is not shown.
struct Mark {
    at: usize,
    length: usize,
    change: Change,
}

enum Change {
    Bold(i32),
    Italic(i32),
    Nothing,
}

/// Finds the pairs of marks (CommonMark 0.31, 6.2, less the rule of three).
fn emphasis(line: &str) -> Vec<Mark> {
    let mut delimiters = delimiters(line);
    let mut marks = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for index in 0..delimiters.len() {
        if delimiters[index].closes {
            while delimiters[index].used < delimiters[index].length {
                let mark = delimiters[index].mark;
                // Openers of other marks above it stay unmatched.
                let Some(position) = open.iter().rposition(|&opener| delimiters[opener].mark == mark) else { break };
                open.truncate(position + 1);
                let opener = open[position];
                let left = |delimiter: Delimiter| delimiter.length - delimiter.used;
                let length = if left(delimiters[opener]) >= 2 && left(delimiters[index]) >= 2 { 2 } else { 1 };
                if mark == b'~' && length < 2 {
                    break;
                }
                let (opening, closing) = (delimiters[opener], delimiters[index]);
                let change = |by| match (mark, length) {
                    (b'~', _) => Change::Nothing,
                    (_, 2) => Change::Bold(by),
                    _ => Change::Italic(by),
                };
                marks.push(Mark { at: opening.at + opening.length - opening.used - length, length, change: change(1) });
                marks.push(Mark { at: closing.at + closing.used, length, change: change(-1) });
                delimiters[opener].used += length;
                delimiters[index].used += length;
                if delimiters[opener].used == delimiters[opener].length {
                    open.pop();
                }
            }
        }
        if delimiters[index].opens && delimiters[index].used == 0 {
            open.push(index);
        }
    }
    marks.sort_by_key(|mark| mark.at);
    marks
}

fn delimiters(line: &str) -> Vec<Delimiter> {
    let bytes = line.as_bytes();
    let mut delimiters = Vec::new();
    let mut tries = MOST_TRIES;
    let mut at = 0;
    while at < bytes.len() {
        let mark = bytes[at];
        match mark {
            b'\\' => at += 2,
            b'`' if tries > 0 => {
                tries -= 1;
                at += code(&line[at..]).map_or(1, |(_, length)| length);
            }
            b'*' | b'_' | b'~' => {
                let length = bytes[at..].iter().take_while(|&&byte| byte == mark).count();
                let before = line[..at].chars().next_back();
                let after = line[at + length..].chars().next();
                let is_space = |character: Option<char>| character.is_none_or(char::is_whitespace);
                let is_word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
                // An underline inside a word is a letter of it.
                let (opens, closes) = match mark {
                    b'_' => (!is_space(after) && !is_word(before), !is_space(before) && !is_word(after)),
                    _ => (!is_space(after), !is_space(before)),
                };
                if length <= 3 {
                    delimiters.push(Delimiter { at, mark, length, opens, closes, used: 0 });
                }
                at += length;
            }
            _ => at += 1,
        }
    }
    delimiters
}

/// A code span: its content and its length with the marks.
fn code(rest: &str) -> Option<(&str, usize)> {
    let marks = rest.bytes().take_while(|&byte| byte == b'`').count();
    let body = &rest[marks..];
    let mut from = 0;
    while let Some(found) = body[from..].find('`') {
        let start = from + found;
        let length = body[start..].bytes().take_while(|&byte| byte == b'`').count();
        if length == marks {
            return Some((body[..start].trim(), marks + start + length));
        }
        from = start + length;
    }
    None
}

pub(super) fn entity(rest: &str) -> Option<(char, usize)> {
    // Names are cut by bytes: the longest known one is short.
    let end = rest.bytes().take(12).position(|byte| byte == b';')?;
    let name = rest.get(1..end)?;
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "bull" => '•',
        "middot" => '·',
        "copy" => '©',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((character, end + 1))
}

struct Link<'t> {
    shown: &'t str,
    target: String,
    length: usize,
}

/// `[shown](target "title")`, `[shown][reference]` or `[reference]`.
fn link<'t>(rest: &'t str, target_of: &dyn Fn(&str) -> Option<String>) -> Option<Link<'t>> {
    let close = closing(rest, b'[', b']')?;
    let shown = &rest[1..close];
    let behind = &rest[close + 1..];
    if behind.starts_with('(') {
        let end = closing(behind, b'(', b')')?;
        let inside = behind[1..end].trim();
        let target = match inside.strip_prefix('<').and_then(|inside| inside.split_once('>')) {
            Some((target, _)) => target,
            None => inside.split_whitespace().next().unwrap_or_default(),
        };
        return Some(Link { shown, target: target.to_owned(), length: close + 1 + end + 1 });
    }
    if behind.starts_with('[')
        && let Some(end) = closing(behind, b'[', b']')
    {
        let name = if end == 1 { shown } else { &behind[1..end] };
        return Some(Link { shown, target: target_of(name)?, length: close + 1 + end + 1 });
    }
    Some(Link { shown, target: target_of(shown)?, length: close + 1 })
}

/// Position of the bracket that closes the first one; within a reasonable distance.
fn closing(rest: &str, open: u8, close: u8) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, &byte) in rest.as_bytes().iter().enumerate().take(4_096) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            byte if byte == open => depth += 1,
            byte if byte == close => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// An HTML tag or an autolink.
struct Tag<'t> {
    text: &'t str,
    name: &'t str,
    length: usize,
    /// The target of an autolink, as written.
    link: Option<&'t str>,
    breaks: bool,
    hiding: Option<Hiding>,
}

fn tag(rest: &str) -> Option<Tag<'_>> {
    let end = rest.bytes().take(2_000).position(|byte| byte == b'>')?;
    let text = &rest[1..end];
    let plain = Tag { text, name: "", length: end + 1, link: None, breaks: false, hiding: None };
    let spaced = text.contains(char::is_whitespace);
    if !spaced && (text.contains("://") || text.starts_with("mailto:") || (text.contains('@') && !text.contains('='))) {
        return Some(Tag { link: Some(text), ..plain });
    }
    let body = text.strip_prefix('/').unwrap_or(text);
    let name = body.split(|character: char| !character.is_ascii_alphanumeric() && character != '-').next().unwrap_or_default();
    if !name.starts_with(|character: char| character.is_ascii_alphabetic()) {
        return None;
    }
    Some(Tag {
        name,
        breaks: matches!(name.to_ascii_lowercase().as_str(), "br" | "p" | "td" | "li" | "div") && !text.contains("style"),
        hiding: hiding(text),
        ..plain
    })
}

impl Tag<'_> {
    /// What stands between this tag and the one that closes it, and the length of all.
    fn closing_content<'r>(&self, rest: &'r str) -> Option<(&'r str, usize)> {
        if self.text.starts_with('/') || (self.hiding.is_none() && !self.name.eq_ignore_ascii_case("a")) {
            return None;
        }
        let end = format!("</{}>", self.name.to_ascii_lowercase());
        let at = rest[self.length..].to_ascii_lowercase().find(&end)?;
        Some((&rest[self.length..self.length + at], self.length + at + end.len()))
    }

    fn attribute(&self, name: &str) -> Option<String> {
        let at = self.text.to_ascii_lowercase().find(&format!("{name}="))? + name.len() + 1;
        let value = &self.text[at..];
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''));
        let value = match quote {
            Some(quote) => value[1..].split(quote).next(),
            None => value.split_whitespace().next(),
        };
        value.map(str::to_owned)
    }
}

/// How a tag hides its content, by its inline style or an attribute.
pub(super) fn hiding(tag: &str) -> Option<Hiding> {
    let style: String = tag.chars().filter(|character| !character.is_whitespace()).flat_map(char::to_lowercase).collect();
    let has = |signs: &[&str]| signs.iter().any(|sign| style.contains(sign));
    if has(&["display:none", "visibility:hidden"]) || tag.split_whitespace().any(|word| word == "hidden") {
        Some(Hiding::Invisible)
    } else if has(&["opacity:0;", "opacity:0\"", "opacity:0'"]) {
        Some(Hiding::Transparent)
    } else if has(&["font-size:0", "font-size:1px", "font-size:1pt"]) {
        Some(Hiding::Tiny)
    } else if !has(&["background"])
        && has(&[
            "\"color:white",
            "'color:white",
            ";color:white",
            "\"color:#fff",
            "'color:#fff",
            ";color:#fff",
            "color=\"white\"",
            "color=\"#fff",
        ])
    {
        Some(Hiding::BackgroundColour)
    } else {
        None
    }
}

/// Text less everything that looks like a tag.
pub(super) fn without_tags(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        kept.push_str(&rest[..at]);
        match rest[at..].find('>') {
            Some(end) => rest = &rest[at + end + 1..],
            None => {
                kept.push_str(&rest[at..]);
                return kept;
            }
        }
    }
    kept.push_str(rest);
    kept
}
