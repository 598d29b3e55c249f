//! The text as it was meant: defanging undone, with the way back to the bytes of the original.
//!
//! | written | read as |
//! |---|---|
//! | `[.]` `(.)` `{.}` `<.>`, `[dot]` in any case, `\.`, `a[.b`, `a.]b`, `&#46;` | `.` |
//! | `[@]` `(at)` `{AT}` `<at>`, `&#64;` | `@` |
//! | `\_` `\-` `\@` between letters, as Markdown escapes them | the sign |
//! | `[:]` `(/)` `[//]` `[://]` | what stands inside |
//! | full-width letters, digits and signs; the ideographic full stop between Latin letters | their ASCII form |
//! | spaces and hyphens that do not break a line | a space, `-` |
//! | characters that nobody sees (soft hyphen, zero width, direction marks, variation selectors) | nothing |
//!
//! A space beside a bracketed dot or at sign belongs to it (`name [at] site (dot) example`); a dot without brackets and with spaces
//! is the end of a sentence.

use std::ops::Range;

/// A piece of the view that differs from the original.
#[derive(Clone, Debug)]
struct Piece {
    view: Range<usize>,
    original: Range<usize>,
}

/// Text with its defanging undone. All that is read at once is bounded by the caller; building it is linear.
#[derive(Debug)]
pub(super) struct View<'t> {
    text: std::borrow::Cow<'t, str>,
    pieces: Vec<Piece>,
}

impl<'t> View<'t> {
    pub(super) fn of(original: &'t str) -> Self {
        let bytes = original.as_bytes();
        let mut text = String::new();
        let mut pieces: Vec<Piece> = Vec::new();
        let mut copied = 0;
        let mut at = 0;
        while let Some(step) = bytes.get(at..).and_then(|rest| rest.iter().position(|&byte| is_trigger(byte))) {
            at += step;
            let Some((range, replacement)) = piece_at(original, at, copied) else {
                at += 1;
                continue;
            };
            text.push_str(&original[copied..range.start]);
            let start = text.len();
            text.push_str(replacement.as_str());
            pieces.push(Piece { view: start..text.len(), original: range.clone() });
            copied = range.end;
            at = range.end;
        }
        if pieces.is_empty() {
            return Self { text: original.into(), pieces };
        }
        text.push_str(&original[copied..]);
        Self { text: text.into(), pieces }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the original that a range of the view was read from.
    pub(super) fn original(&self, range: &Range<usize>) -> Range<usize> {
        self.original_start(range.start)..self.original_end(range.end)
    }

    fn original_start(&self, at: usize) -> usize {
        let before = self.pieces.partition_point(|piece| piece.view.end <= at);
        match self.pieces.get(before) {
            Some(piece) if piece.view.start < at => piece.original.start,
            _ => self.behind(before, at),
        }
    }

    fn original_end(&self, at: usize) -> usize {
        let before = self.pieces.partition_point(|piece| piece.view.start < at);
        match before.checked_sub(1).and_then(|index| self.pieces.get(index)) {
            Some(piece) if piece.view.end > at => piece.original.end,
            _ => self.behind(before, at),
        }
    }

    /// Where a place of the view lies that stands behind `before` pieces.
    fn behind(&self, before: usize, at: usize) -> usize {
        let last = before.checked_sub(1).and_then(|index| self.pieces.get(index));
        last.map_or(at, |piece| piece.original.end + (at - piece.view.end))
    }

    /// Whether a range of the view was written in another way: a sign that somebody took care that nobody follows it.
    pub(super) fn is_defanged(&self, range: &Range<usize>) -> bool {
        let before = self.pieces.partition_point(|piece| piece.view.end <= range.start);
        self.pieces.get(before).is_some_and(|piece| piece.view.start < range.end && !piece.view.is_empty())
    }
}

/// What a piece is replaced by: at most three bytes of ASCII.
struct Replacement(&'static str);

impl Replacement {
    const fn as_str(&self) -> &'static str {
        self.0
    }
}

const fn is_trigger(byte: u8) -> bool {
    matches!(byte, b'[' | b'(' | b'{' | b'<' | b']' | b')' | b'}' | b'\\' | b'&') || byte >= 0x80
}

/// The piece that begins at or, with its spaces, just before `at`; nothing before `floor` is touched.
fn piece_at(original: &str, at: usize, floor: usize) -> Option<(Range<usize>, Replacement)> {
    let rest = original.get(at..)?;
    let bytes = rest.as_bytes();
    match *bytes.first()? {
        byte @ (b'[' | b'(' | b'{' | b'<') => bracketed(original, at, floor, 1, narrow_close(byte)),
        b']' | b')' | b'}' => None,
        b'\\' => {
            // Regular expressions and Markdown put a back slash before signs of their own.
            const ESCAPED: [(u8, &str); 5] = [(b'.', "."), (b'_', "_"), (b'-', "-"), (b'@', "@"), (b'+', "+")];
            let (_, sign) = ESCAPED.into_iter().find(|(sign, _)| bytes.get(1) == Some(sign))?;
            between_letters(original, at, at + 2).then_some((at..at + 2, Replacement(sign)))
        }
        b'&' => entity(rest).map(|(length, sign)| (at..at + length, Replacement(sign))),
        _ => {
            let character = rest.chars().next()?;
            let end = at + character.len_utf8();
            if let Some(close) = wide_close(character)
                && let Some(piece) = bracketed(original, at, floor, character.len_utf8(), close)
            {
                return Some(piece);
            }
            let sign = match character {
                '\u{A0}' | '\u{2007}' | '\u{202F}' => " ",
                '\u{2010}' | '\u{2011}' | '\u{2212}' => "-",
                '\u{3002}' | '\u{FF61}' | '\u{2024}' => between_letters(original, at, end).then_some(".")?,
                _ if is_unseen(character) => "",
                _ => narrow(character)?,
            };
            Some((at..end, Replacement(sign)))
        }
    }
}

/// A dot, an at sign or the signs of a scheme in brackets.
fn bracketed(original: &str, at: usize, floor: usize, open: usize, close: &str) -> Option<(Range<usize>, Replacement)> {
    let bytes = original.as_bytes();
    let skip_spaces = |mut place: usize, most: usize| {
        let last = place + most;
        while place < last && bytes.get(place) == Some(&b' ') {
            place += 1;
        }
        place
    };
    let inner = skip_spaces(at + open, 2);
    let (sign, length) = inner_sign(bytes.get(inner..)?)?;
    let end_of_sign = inner + length;
    let closing = skip_spaces(end_of_sign, 2);
    if !bytes.get(closing..)?.starts_with(close.as_bytes()) {
        // `name[.example`: a bracket that was never closed.
        let is_half = close == "]" && sign == "." && length == 1 && between_letters(original, at, end_of_sign);
        return is_half.then_some((at..end_of_sign, Replacement(sign)));
    }
    let mut range = at..closing + close.len();
    if matches!(sign, "." | "@") {
        let mut start = at;
        while start > floor && at - start < 2 && bytes[start - 1] == b' ' {
            start -= 1;
        }
        let end = skip_spaces(range.end, 2);
        let spaced = start..end;
        if (spaced.start != range.start || spaced.end != range.end) && between_letters(original, start, end) {
            range = spaced;
        }
    }
    Some((range, Replacement(sign)))
}

const fn narrow_close(open: u8) -> &'static str {
    match open {
        b'[' => "]",
        b'(' => ")",
        b'{' => "}",
        _ => ">",
    }
}

/// What closes a bracket of East Asian type.
const fn wide_close(open: char) -> Option<&'static str> {
    Some(match open {
        '（' => "）",
        '［' => "］",
        '【' => "】",
        '｛' => "｝",
        '「' => "」",
        _ => return None,
    })
}

/// The sign that a bracket holds, and its length there.
fn inner_sign(bytes: &[u8]) -> Option<(&'static str, usize)> {
    let starts = |word: &[u8]| bytes.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    const SIGNS: [(&[u8], &str); 12] = [
        (b"://", "://"),
        (b":/", ":/"),
        (b"//", "//"),
        (b".", "."),
        (b"@", "@"),
        (b":", ":"),
        (b"/", "/"),
        (b"dot", "."),
        (b"d0t", "."),
        (b"punkt", "."),
        (b"at", "@"),
        (b"point", "."),
    ];
    SIGNS.into_iter().find(|(word, _)| starts(word)).map(|(word, sign)| (sign, word.len()))
}

/// Whether Latin letters or digits stand right before `start` and right behind `end`.
fn between_letters(original: &str, start: usize, end: usize) -> bool {
    let bytes = original.as_bytes();
    let before = start.checked_sub(1).and_then(|place| bytes.get(place)).copied().unwrap_or(b' ');
    let behind = bytes.get(end).copied().unwrap_or(b' ');
    // Full-width letters stand for Latin ones, but what they are is seen only when they are read: their bytes suffice here.
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let full_width_before = original.get(..start).and_then(|text| text.chars().next_back()).is_some_and(|c| narrow(c).is_some());
    let full_width_behind = original.get(end..).and_then(|text| text.chars().next()).is_some_and(|c| narrow(c).is_some());
    (is_letter(before) || full_width_before) && (is_letter(behind) || full_width_behind)
}

fn entity(rest: &str) -> Option<(usize, &'static str)> {
    const ENTITIES: [(&str, &str); 8] = [
        ("&#46;", "."),
        ("&#x2e;", "."),
        ("&period;", "."),
        ("&#64;", "@"),
        ("&#x40;", "@"),
        ("&commat;", "@"),
        ("&#58;", ":"),
        ("&#47;", "/"),
    ];
    ENTITIES
        .into_iter()
        .find(|(name, _)| rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)))
        .map(|(name, sign)| (name.len(), sign))
}

/// Characters that are not seen and do not part words.
const fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
    )
}

/// ASCII from `!` to `~`, of which the full-width forms (U+FF01 to U+FF5E) are copies in the same order.
const NARROW: &str = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

/// The ASCII form of a full-width letter, digit or sign of an address. Full-width punctuation of a sentence stays what it is.
fn narrow(character: char) -> Option<&'static str> {
    let place = u32::from(character).checked_sub(0xFF01)? as usize;
    let sign = NARROW.get(place..place + 1)?;
    sign.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '@' | ':' | '/' | '_' | '-' | '+')).then_some(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defanging_is_undone_and_found_again() {
        for (written, meant) in [
            ("a[.]example", "a.example"),
            ("a (dot) b [ . ] example", "a.b.example"),
            ("roe [at] site {DOT} example", "roe@site.example"),
            ("roe<at>site<.>example", "roe@site.example"),
            ("hxxp[:]//a[.example", "hxxp://a.example"),
            ("hxxp[://]a\\.example", "hxxp://a.example"),
            ("ａ．ｅｘａｍｐｌｅ", "a.example"),
            ("a\u{200b}.exam\u{ad}ple", "a.example"),
            ("roe&#64;a&#46;example", "roe@a.example"),
            ("roe（at）a【.】example", "roe@a.example"),
            ("j\\_roe\\@a.example", "j_roe@a.example"),
            ("see (there). [x] (at noon)", "see (there). [x] (at noon)"),
        ] {
            let view = View::of(written);
            assert_eq!(view.text(), meant, "{written}");
            assert_eq!(view.original(&(0..meant.len())), 0..written.len(), "{written}");
        }
    }

    #[test]
    fn spans_are_tight() {
        let view = View::of("x \u{200b}a[.]b\u{200b} y");
        assert_eq!(view.text(), "x a.b y");
        assert_eq!(view.original(&(2..5)), 5..10);
        assert!(view.is_defanged(&(2..5)) && !view.is_defanged(&(0..1)));
    }
}
