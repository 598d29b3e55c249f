//! JSON (RFC 8259) that remembers where everything stands.
//!
//! [`parse`] makes a [`Tree`]: an arena in document order in which every value and key has its byte span and line. Reading is
//! iterative, so depth costs no stack, and strings are decoded only when asked for.
//!
//! ```
//! use bonafide_formats::{json, limits::Limits};
//!
//! let tree = json::parse(br#"{"name": "Robin Sample", "phones": ["+1 212 555 0100"]}"#, &Limits::default())?;
//! let phone = tree.root().pointer("/phones/0").expect("there is one");
//! assert_eq!(phone.as_str().as_deref(), Some("+1 212 555 0100"));
//! assert_eq!((phone.line(), phone.span()), (1, (36, 53)));
//! # Ok::<(), bonafide_formats::error::Error>(())
//! ```
//!
//! More lenient than the standard in two points only: a byte-order mark is skipped, and UTF-16, UTF-32 or Windows-1252 input is
//! decoded first ([`Tree::note`] then says so, and spans refer to the decoded text).

mod node;
mod parse;
mod scan;

#[cfg(test)]
mod tests;

use std::{borrow::Cow, sync::OnceLock};

pub use node::{Entries, Items, Kind, Node};

use crate::{encoding, error::Error, limits::Limits};

/// A parsed JSON text.
#[derive(Debug)]
pub struct Tree<'a> {
    text: Cow<'a, str>,
    entries: Vec<Entry>,
    duplicates: Vec<DuplicateKey>,
    note: Option<String>,
    origin: Origin,
    line_starts: OnceLock<Vec<u32>>,
}

/// Where a JSON text starts inside a larger file, such as a line of a JSON-lines file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Line on which the text starts, from 1.
    pub line: u32,
    /// Byte offset of the text.
    pub offset: u64,
}

impl Default for Origin {
    fn default() -> Self {
        Self { line: 1, offset: 0 }
    }
}

/// A key that stands more than once in one object. [`Node::get`] answers the last of them, as most readers do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicateKey {
    /// The key, decoded.
    pub key: String,
    /// Line of its second appearance.
    pub line: u32,
    /// Byte span of its first appearance, with quotes.
    pub first: (u64, u64),
    /// Byte span of its second appearance, with quotes.
    pub second: (u64, u64),
}

/// One value or key of the arena, in document order. Behind a container follow its children; behind a key follows its value.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// First byte in the text; a string's opening quote.
    start: u32,
    /// Byte behind the last.
    end: u32,
    /// Index of the entry behind this one and all its children.
    next: u32,
    kind: EntryKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EntryKind {
    Null,
    True,
    False,
    Number,
    Text,
    EscapedText,
    Array,
    Object,
    Key,
    EscapedKey,
}

/// Reads one JSON text.
///
/// # Errors
/// [`Error::Malformed`] with line, column and what was expected; [`Error::OverLimit`] over the limits on bytes, nodes or depth.
pub fn parse<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Tree<'a>, Error> {
    parse_at(bytes, Origin::default(), limits)
}

/// Reads one JSON text that starts at `origin` inside a larger file: lines and spans count from there.
///
/// # Errors
/// As [`parse`].
pub fn parse_at<'a>(bytes: &'a [u8], origin: Origin, limits: &Limits) -> Result<Tree<'a>, Error> {
    // Positions are kept in 32 bits.
    let most = limits.bytes.min(u64::from(u32::MAX) / 4);
    if bytes.len() as u64 > most {
        return Err(Error::OverLimit {
            format: "JSON",
            what: format!("a text of {} bytes", bytes.len()),
            limit: format!("{most} bytes"),
        });
    }
    let decoded = encoding::decode(bytes);
    let start = decoded.mark_length();
    let parsed = parse::Parser::new(&decoded.text, start, origin, limits).run()?;
    let mut tree = Tree {
        text: decoded.text,
        entries: parsed.entries,
        duplicates: Vec::new(),
        note: decoded.note,
        origin,
        line_starts: OnceLock::new(),
    };
    tree.duplicates = parsed
        .duplicates
        .iter()
        .map(|&(first, second)| {
            let (first, second) = (tree.node(first), tree.node(second));
            DuplicateKey {
                key: second.as_str().unwrap_or_default().into_owned(),
                line: second.line(),
                first: first.span(),
                second: second.span(),
            }
        })
        .collect();
    Ok(tree)
}

impl<'a> Tree<'a> {
    /// The outermost value.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        self.node(0)
    }

    /// Number of values and keys.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Never: a JSON text has at least one value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Keys that stand twice in one object, in the order of the objects' ends.
    #[must_use]
    pub fn duplicates(&self) -> &[DuplicateKey] {
        &self.duplicates
    }

    /// What is to be known about the encoding, where it is not plain UTF-8. Spans then refer to the decoded text.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// The text the spans refer to (less [`Origin::offset`]).
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Detaches the tree from the bytes it was read from.
    #[must_use]
    pub fn into_owned(self) -> Tree<'static> {
        Tree {
            text: Cow::Owned(self.text.into_owned()),
            entries: self.entries,
            duplicates: self.duplicates,
            note: self.note,
            origin: self.origin,
            line_starts: self.line_starts,
        }
    }

    fn node(&self, index: u32) -> Node<'_> {
        Node::new(self, index)
    }

    /// Line of a byte offset in the text, from the origin's line. Found by bisection in a table made on first use.
    fn line_of(&self, offset: u32) -> u32 {
        let starts = self.line_starts.get_or_init(|| scan::line_starts(self.text.as_bytes()));
        self.origin.line.saturating_add(starts.partition_point(|&start| start <= offset) as u32)
    }
}
