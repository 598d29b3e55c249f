//! The parser: one pass, an explicit stack, an arena of entries.

use super::{
    Entry, EntryKind, Origin,
    scan::{self, StringEnd},
};
use crate::{error::Error, limits::Limits};

/// What the parser leaves behind.
pub(super) struct Parsed {
    pub(super) entries: Vec<Entry>,
    /// Pairs of key entries: first and second appearance.
    pub(super) duplicates: Vec<(u32, u32)>,
}

pub(super) struct Parser<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    origin: Origin,
    limits: &'t Limits,
    entries: Vec<Entry>,
    open: Vec<Frame>,
    duplicates: Vec<(u32, u32)>,
    scratch: Vec<u32>,
}

/// An open container.
#[derive(Clone, Copy)]
struct Frame {
    entry: u32,
    is_object: bool,
    members: u32,
}

/// Most duplicate keys that are reported; the rest of a hostile text is not worth memory.
const REPORTED_DUPLICATES: usize = 1_000;
/// Objects of up to this many members are searched for duplicates pair by pair.
const PAIRWISE: usize = 8;

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str, start: usize, origin: Origin, limits: &'t Limits) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: start,
            origin,
            limits,
            // A value or key takes some 16 bytes in ordinary texts.
            entries: Vec::with_capacity((text.len() / 16).min(limits.nodes as usize) + 8),
            open: Vec::new(),
            duplicates: Vec::new(),
            scratch: Vec::new(),
        }
    }

    pub(super) fn run(mut self) -> Result<Parsed, Error> {
        self.at = scan::skip_white(self.bytes, self.at);
        loop {
            if self.opens_container()? {
                continue;
            }
            if !self.next_member()? {
                break;
            }
        }
        self.at = scan::skip_white(self.bytes, self.at);
        if self.at < self.bytes.len() {
            return Err(self.fault(self.at, "the end of the text"));
        }
        Ok(Parsed { entries: self.entries, duplicates: self.duplicates })
    }

    /// Reads the value here. True where it is a container with a first member, in front of whose value the parser then stands.
    fn opens_container(&mut self) -> Result<bool, Error> {
        let start = self.at;
        match self.bytes.get(start) {
            Some(b'"') => self.string(EntryKind::Text, EntryKind::EscapedText)?,
            Some(b'{') => return self.open(EntryKind::Object),
            Some(b'[') => return self.open(EntryKind::Array),
            Some(b'-' | b'0'..=b'9') => {
                let end = scan::number_end(self.bytes, start).map_err(|fault| self.fault(fault.at, fault.expected))?;
                self.push(EntryKind::Number, start, end)?;
            }
            Some(b't') => self.literal("true", EntryKind::True)?,
            Some(b'f') => self.literal("false", EntryKind::False)?,
            Some(b'n') => self.literal("null", EntryKind::Null)?,
            _ => return Err(self.fault(start, "a value")),
        }
        Ok(false)
    }

    /// Closes containers that end here and moves in front of the next member's value; false where the outermost value ended.
    fn next_member(&mut self) -> Result<bool, Error> {
        loop {
            let Some(frame) = self.open.last_mut() else { return Ok(false) };
            let is_object = frame.is_object;
            let at = scan::skip_white(self.bytes, self.at);
            match (self.bytes.get(at), is_object) {
                (Some(b','), _) => {
                    frame.members += 1;
                    self.at = scan::skip_white(self.bytes, at + 1);
                    if is_object {
                        self.key()?;
                    }
                    return Ok(true);
                }
                (Some(b'}'), true) | (Some(b']'), false) => {
                    self.at = at + 1;
                    self.close();
                }
                _ => return Err(self.fault(at, if is_object { "',' or '}'" } else { "',' or ']'" })),
            }
        }
    }

    fn open(&mut self, kind: EntryKind) -> Result<bool, Error> {
        let start = self.at;
        if self.open.len() >= self.limits.depth as usize {
            let (line, column) = self.position(start);
            return Err(Error::OverLimit {
                format: "JSON",
                what: format!("nesting at line {line}, column {column}"),
                limit: format!("{} levels", self.limits.depth),
            });
        }
        let entry = self.push(kind, start, start + 1)?;
        let is_object = kind == EntryKind::Object;
        self.open.push(Frame { entry, is_object, members: 1 });
        self.at = scan::skip_white(self.bytes, start + 1);
        match (self.bytes.get(self.at), is_object) {
            (Some(b'}'), true) | (Some(b']'), false) => {
                self.at += 1;
                if let Some(frame) = self.open.last_mut() {
                    frame.members = 0;
                }
                self.close();
                Ok(false)
            }
            (_, true) => self.key().map(|()| true),
            (_, false) => Ok(true),
        }
    }

    fn close(&mut self) {
        let Some(frame) = self.open.pop() else { return };
        if frame.is_object && frame.members > 1 {
            self.find_duplicates(frame);
        }
        let next = self.entries.len() as u32;
        let entry = &mut self.entries[frame.entry as usize];
        entry.end = self.at as u32;
        entry.next = next;
    }

    /// Reads a key, the colon and the white space around.
    fn key(&mut self) -> Result<(), Error> {
        if self.bytes.get(self.at) != Some(&b'"') {
            return Err(self.fault(self.at, "a key in double quotes"));
        }
        self.string(EntryKind::Key, EntryKind::EscapedKey)?;
        let at = scan::skip_white(self.bytes, self.at);
        if self.bytes.get(at) != Some(&b':') {
            return Err(self.fault(at, "':' behind the key"));
        }
        self.at = scan::skip_white(self.bytes, at + 1);
        Ok(())
    }

    fn string(&mut self, plain: EntryKind, with_escapes: EntryKind) -> Result<(), Error> {
        let start = self.at;
        let mut at = start + 1;
        let mut kind = plain;
        loop {
            match scan::string_end(self.bytes, at) {
                StringEnd::Quote(end) => {
                    self.push(kind, start, end + 1)?;
                    return Ok(());
                }
                StringEnd::Backslash(escape) => {
                    kind = with_escapes;
                    at = self.escape_end(escape)?;
                }
                StringEnd::Control(control) => {
                    let name = format!(
                        "an escape such as \\n (the control character U+{:04X} may not stand in a string)",
                        self.bytes[control]
                    );
                    return Err(self.fault(control, &name));
                }
                StringEnd::EndOfText => return Err(self.fault(self.bytes.len(), "'\"' at the end of the string")),
            }
        }
    }

    fn escape_end(&self, backslash: usize) -> Result<usize, Error> {
        match self.bytes.get(backslash + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(backslash + 2),
            Some(b'u') => (backslash + 2..backslash + 6)
                .find(|&at| !self.bytes.get(at).is_some_and(u8::is_ascii_hexdigit))
                .map_or(Ok(backslash + 6), |at| Err(self.fault(at, "four hexadecimal digits behind \\u"))),
            _ => Err(self.fault(backslash + 1, "one of \" \\ / b f n r t u behind the backslash")),
        }
    }

    fn literal(&mut self, word: &str, kind: EntryKind) -> Result<(), Error> {
        let end = self.at + word.len();
        if self.bytes.get(self.at..end) != Some(word.as_bytes()) {
            return Err(self.fault(self.at, "a value"));
        }
        self.push(kind, self.at, end)?;
        Ok(())
    }

    /// Adds an entry and moves behind it.
    #[inline]
    fn push(&mut self, kind: EntryKind, start: usize, end: usize) -> Result<u32, Error> {
        let index = self.entries.len();
        if index >= self.limits.nodes as usize {
            return Err(Error::OverLimit {
                format: "JSON",
                what: "the number of values and keys".into(),
                limit: format!("{} nodes", self.limits.nodes),
            });
        }
        self.entries.push(Entry { start: start as u32, end: end as u32, next: index as u32 + 1, kind });
        self.at = end;
        Ok(index as u32)
    }

    /// Finds keys that stand twice in the object that closes now.
    fn find_duplicates(&mut self, frame: Frame) {
        if self.duplicates.len() >= REPORTED_DUPLICATES {
            return;
        }
        let mut keys = std::mem::take(&mut self.scratch);
        keys.clear();
        let mut index = frame.entry + 1;
        while let Some(entry) = self.entries.get(index as usize + 1) {
            keys.push(index);
            index = entry.next;
        }
        if keys.len() <= PAIRWISE {
            for (position, &second) in keys.iter().enumerate() {
                if let Some(&first) = keys[..position].iter().find(|&&first| self.same_key(first, second)) {
                    self.duplicates.push((first, second));
                }
            }
        } else {
            // Sorted by their written form, shorter first. Keys with escapes are compared by what they mean, which costs memory,
            // so only where there are any.
            let escaped = keys.iter().any(|&key| self.entries[key as usize].kind == EntryKind::EscapedKey);
            if escaped {
                keys.sort_by_cached_key(|&key| super::node::decoded(self.content(key)));
            } else {
                keys.sort_unstable_by(|&left, &right| {
                    let (a, b) = (self.content(left), self.content(right));
                    a.len().cmp(&b.len()).then_with(|| a.cmp(b)).then(left.cmp(&right))
                });
            }
            for pair in keys.windows(2) {
                if self.same_key(pair[0], pair[1]) {
                    self.duplicates.push((pair[0], pair[1]));
                }
            }
        }
        self.duplicates.truncate(REPORTED_DUPLICATES);
        self.scratch = keys;
    }

    fn same_key(&self, left: u32, right: u32) -> bool {
        let plain = |key: u32| self.entries[key as usize].kind == EntryKind::Key;
        let (a, b) = (self.content(left), self.content(right));
        if plain(left) && plain(right) { a == b } else { super::node::decoded(a) == super::node::decoded(b) }
    }

    /// A key's text between the quotes, as written.
    fn content(&self, key: u32) -> &'t str {
        let entry = self.entries[key as usize];
        &self.text[entry.start as usize + 1..entry.end as usize - 1]
    }

    fn fault(&self, at: usize, expected: &str) -> Error {
        let (line, column) = self.position(at);
        // Inside a character only where it is no ASCII, and then the character as a whole is what was found.
        let start = self.text.floor_char_boundary(at);
        let found = match self.text[start..].chars().next() {
            None if self.text.trim_start_matches('\u{feff}').trim().is_empty() => "the text is empty".to_owned(),
            None => "the text ends".to_owned(),
            Some(character) if character.is_control() => format!("found U+{:04X}", u32::from(character)),
            Some(character) => format!("found '{character}'"),
        };
        Error::Malformed { format: "JSON", why: format!("line {line}, column {column}: expected {expected}, {found}") }
    }

    /// Line from the origin's, and column in characters from 1.
    fn position(&self, at: usize) -> (u32, usize) {
        let before = &self.text[..self.text.floor_char_boundary(at)];
        let line = before.bytes().filter(|&byte| byte == b'\n').count() as u32;
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (self.origin.line.saturating_add(line), before[start..].trim_start_matches('\u{feff}').chars().count() + 1)
    }
}
