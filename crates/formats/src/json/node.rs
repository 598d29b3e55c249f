//! Walking a tree.

use std::borrow::Cow;

use bonafide_model::place::Place;

use super::{Entry, EntryKind, Tree};

/// A value or a key of a [`Tree`].
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree<'t>,
    index: u32,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number.
    Number,
    /// A string.
    Text,
    /// An array.
    Array,
    /// An object.
    Object,
    /// A key of an object.
    Key,
}

impl Kind {
    /// How people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "true or false",
            Self::Number => "a number",
            Self::Text => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
            Self::Key => "a key",
        }
    }
}

impl<'t> Node<'t> {
    pub(super) const fn new(tree: &'t Tree<'t>, index: u32) -> Self {
        Self { tree, index }
    }

    /// What it is.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self.entry().kind {
            EntryKind::Null => Kind::Null,
            EntryKind::True | EntryKind::False => Kind::Bool,
            EntryKind::Number => Kind::Number,
            EntryKind::Text | EntryKind::EscapedText => Kind::Text,
            EntryKind::Array => Kind::Array,
            EntryKind::Object => Kind::Object,
            EntryKind::Key | EntryKind::EscapedKey => Kind::Key,
        }
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(self) -> bool {
        self.entry().kind == EntryKind::Null
    }

    /// A string or key, decoded; borrowed where it has no escapes. Lone surrogates become U+FFFD.
    #[must_use]
    pub fn as_str(self) -> Option<Cow<'t, str>> {
        match self.entry().kind {
            EntryKind::Text | EntryKind::Key => Some(Cow::Borrowed(self.content())),
            EntryKind::EscapedText | EntryKind::EscapedKey => Some(Cow::Owned(decoded(self.content()))),
            _ => None,
        }
    }

    /// A number without a fraction that fits; `2.0` and `2e3` count where they are exact.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        let written = self.as_number()?;
        if let Ok(number) = written.parse() {
            return Some(number);
        }
        // 2^53: beyond it a floating-point number may stand for its neighbours.
        let number: f64 = written.parse().ok()?;
        (number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0).then_some(number as i64)
    }

    /// A number without sign or fraction that fits.
    #[must_use]
    pub fn as_u64(self) -> Option<u64> {
        let written = self.as_number()?;
        written.parse().ok().or_else(|| self.as_i64().and_then(|number| u64::try_from(number).ok()))
    }

    /// The nearest double; `None` for other kinds and beyond its range.
    #[must_use]
    pub fn as_f64(self) -> Option<f64> {
        self.as_number()?.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// A number as it is written.
    #[must_use]
    pub fn as_number(self) -> Option<&'t str> {
        (self.entry().kind == EntryKind::Number).then(|| self.raw())
    }

    /// `true` or `false`.
    #[must_use]
    pub fn as_bool(self) -> Option<bool> {
        match self.entry().kind {
            EntryKind::True => Some(true),
            EntryKind::False => Some(false),
            _ => None,
        }
    }

    /// The value of an object's key: the last, where it stands several times.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        let mut matches = self.entries().filter(|(name, _)| name.is_text(key)).map(|(_, value)| value);
        if self.tree.duplicates.is_empty() { matches.next() } else { matches.last() }
    }

    /// The key node of an object's key, for its place.
    #[must_use]
    pub fn key(self, key: &str) -> Option<Node<'t>> {
        self.entries().map(|(name, _)| name).filter(|name| name.is_text(key)).last()
    }

    /// Whether this string or key means `text`, without allocating.
    #[must_use]
    pub fn is_text(self, text: &str) -> bool {
        match self.entry().kind {
            EntryKind::Text | EntryKind::Key => self.content() == text,
            EntryKind::EscapedText | EntryKind::EscapedKey => decoded(self.content()) == text,
            _ => false,
        }
    }

    /// The node a JSON pointer (RFC 6901) names; the empty pointer is the node itself.
    #[must_use]
    pub fn pointer(self, pointer: &str) -> Option<Node<'t>> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, |node, token| match node.kind() {
            Kind::Object if token.contains('~') => node.get(&token.replace("~1", "/").replace("~0", "~")),
            Kind::Object => node.get(token),
            Kind::Array => {
                let canonical = token == "0" || (!token.starts_with('0') && token.bytes().all(|byte| byte.is_ascii_digit()));
                canonical.then(|| token.parse().ok()).flatten().and_then(|position| node.items().nth(position))
            }
            _ => None,
        })
    }

    /// The JSON pointer (RFC 6901) from the root to this node. A key has its value's pointer.
    #[must_use]
    pub fn path(self) -> String {
        let mut path = String::new();
        let mut node = self.tree.root();
        let target = if self.kind() == Kind::Key { self.index + 1 } else { self.index };
        while node.index != target {
            let step = match node.kind() {
                Kind::Object => node.entries().find(|(_, value)| value.covers(target)).map(|(key, value)| {
                    let name = key.as_str().unwrap_or_default().replace('~', "~0").replace('/', "~1");
                    (name, value)
                }),
                _ => node
                    .items()
                    .enumerate()
                    .find(|(_, item)| item.covers(target))
                    .map(|(number, item)| (number.to_string(), item)),
            };
            let Some((token, child)) = step else { break };
            path.push('/');
            path.push_str(&token);
            node = child;
        }
        path
    }

    /// Items of an array; none for other kinds.
    #[must_use]
    pub fn items(self) -> Items<'t> {
        let entry = self.entry();
        let (at, end) = if entry.kind == EntryKind::Array { (self.index + 1, entry.next) } else { (0, 0) };
        Items { tree: self.tree, at, end }
    }

    /// Keys and values of an object, in the order of the text, duplicates included; none for other kinds.
    #[must_use]
    pub fn entries(self) -> Entries<'t> {
        let entry = self.entry();
        let (at, end) = if entry.kind == EntryKind::Object { (self.index + 1, entry.next) } else { (0, 0) };
        Entries { tree: self.tree, at, end }
    }

    /// Keys and values of an object whose keys are not among the known ones.
    pub fn unknown<'k>(self, known: &'k [&'k str]) -> impl Iterator<Item = (Node<'t>, Node<'t>)> + use<'t, 'k> {
        self.entries().filter(move |(key, _)| !known.iter().any(|name| key.is_text(name)))
    }

    /// First byte and the byte behind the last, counted from the start of the file; strings with their quotes.
    #[must_use]
    pub fn span(self) -> (u64, u64) {
        let entry = self.entry();
        let offset = self.tree.origin.offset;
        (offset + u64::from(entry.start), offset + u64::from(entry.end))
    }

    /// Line on which it starts, from 1.
    #[must_use]
    pub fn line(self) -> u32 {
        self.tree.line_of(self.entry().start)
    }

    /// Line and span as a place.
    #[must_use]
    pub fn place(self) -> Place {
        Place::Text { line: self.line(), span: self.span() }
    }

    /// The node as it is written.
    #[must_use]
    pub fn raw(self) -> &'t str {
        let entry = self.entry();
        &self.tree.text[entry.start as usize..entry.end as usize]
    }

    /// A copy as a generic value, without places. Numbers beyond a double's range become strings.
    #[must_use]
    pub fn to_value(self) -> serde_json::Value {
        use serde_json::Value;
        // Recursion is bounded by the limit on depth that the parser kept.
        match self.kind() {
            Kind::Null => Value::Null,
            Kind::Bool => Value::Bool(self.as_bool().unwrap_or_default()),
            Kind::Number => serde_json::from_str(self.raw()).unwrap_or_else(|_| Value::String(self.raw().to_owned())),
            Kind::Text | Kind::Key => Value::String(self.as_str().unwrap_or_default().into_owned()),
            Kind::Array => Value::Array(self.items().map(Node::to_value).collect()),
            Kind::Object => Value::Object(
                self.entries().map(|(key, value)| (key.as_str().unwrap_or_default().into_owned(), value.to_value())).collect(),
            ),
        }
    }

    fn covers(self, index: u32) -> bool {
        (self.index..self.entry().next).contains(&index)
    }

    fn entry(self) -> Entry {
        self.tree.entries[self.index as usize]
    }

    /// What stands between the quotes, as written.
    fn content(self) -> &'t str {
        let entry = self.entry();
        &self.tree.text[entry.start as usize + 1..entry.end as usize - 1]
    }
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} (line {})", self.raw(), self.line())
    }
}

/// Items of an array.
#[derive(Clone, Debug)]
pub struct Items<'t> {
    tree: &'t Tree<'t>,
    at: u32,
    end: u32,
}

impl<'t> Iterator for Items<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        (self.at < self.end).then(|| {
            let node = Node::new(self.tree, self.at);
            self.at = node.entry().next;
            node
        })
    }
}

/// Keys and values of an object.
#[derive(Clone, Debug)]
pub struct Entries<'t> {
    tree: &'t Tree<'t>,
    at: u32,
    end: u32,
}

impl<'t> Iterator for Entries<'t> {
    type Item = (Node<'t>, Node<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        (self.at < self.end).then(|| {
            let key = Node::new(self.tree, self.at);
            let value = Node::new(self.tree, self.at + 1);
            self.at = value.entry().next;
            (key, value)
        })
    }
}

/// Decodes the escapes of a string that the parser accepted.
pub(super) fn decoded(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(backslash) = rest.find('\\') {
        text.push_str(&rest[..backslash]);
        let escape = rest.as_bytes().get(backslash + 1).copied().unwrap_or(b'\\');
        rest = rest.get(backslash + 2..).unwrap_or_default();
        text.push(match escape {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let (character, length) = unicode_escape(rest);
                rest = rest.get(length..).unwrap_or_default();
                character
            }
            other => char::from(other),
        });
    }
    text.push_str(rest);
    text
}

/// The character of an escape whose digits start here, and how many bytes it takes; pairs of surrogates are joined.
fn unicode_escape(rest: &str) -> (char, usize) {
    let unit = |at: usize| rest.get(at..at + 4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let Some(first) = unit(0) else { return ('\u{fffd}', 0) };
    if (0xd800..0xdc00).contains(&first)
        && rest.get(4..6) == Some("\\u")
        && let Some(second) = unit(6).filter(|second| (0xdc00..0xe000).contains(second))
    {
        let joined = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        return (char::from_u32(joined).unwrap_or('\u{fffd}'), 10);
    }
    (char::from_u32(first).unwrap_or('\u{fffd}'), 4)
}
