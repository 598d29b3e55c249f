//! Reading JSON as people and systems really send it: lenient on shape, strict on loss.
//!
//! A string stands where a list is expected, a number is written as a string, an empty string means "not given". All of that is
//! read. What cannot be read is said, and so is every field that nobody asked for.

use std::cell::RefCell;

use bonafide_formats::json::{Kind, Node};
use bonafide_model::{
    place::Place,
    time::{PartialDate, UtcOffset},
};

use crate::{
    instant::Instant,
    remark::{RemarkKind, Remarks},
};

/// Longest short text kept: names, titles, addresses.
const SHORT: usize = 1_000;
/// Longest long text kept: messages, answers, notes.
const LONG: usize = 100_000;
/// Most items kept of one list.
const ITEMS: usize = 2_000;

/// A value with the node it was read from.
#[derive(Clone, Copy)]
pub(crate) struct Said<'t, T> {
    pub(crate) value: T,
    pub(crate) node: Node<'t>,
}

/// An object whose fields are taken by name; what nobody took is reported at the end.
pub(crate) struct Fields<'t, 'r> {
    node: Node<'t>,
    remarks: &'r Remarks,
    known: RefCell<Vec<&'static str>>,
}

impl<'t, 'r> Fields<'t, 'r> {
    /// The fields of an object; anything else is remarked on.
    pub(crate) fn of(node: Node<'t>, remarks: &'r Remarks) -> Option<Self> {
        if node.kind() == Kind::Object {
            return Some(Self { node, remarks, known: RefCell::default() });
        }
        expected("an object", node, remarks);
        None
    }

    pub(crate) fn node(&self) -> Node<'t> {
        self.node
    }

    pub(crate) fn remarks(&self) -> &'r Remarks {
        self.remarks
    }

    pub(crate) fn place(&self) -> Place {
        self.node.place()
    }

    /// A field that says something: not `null`, not an empty text, not an empty list or object.
    pub(crate) fn get(&self, key: &'static str) -> Option<Node<'t>> {
        self.known.borrow_mut().push(key);
        self.node.get(key).filter(|node| !is_empty(*node))
    }

    /// The first of several spellings of one field that says something.
    pub(crate) fn any(&self, keys: &[&'static str]) -> Option<Node<'t>> {
        keys.iter().map(|key| self.get(key)).fold(None, |found, node| found.or(node))
    }

    /// Fields that are known and say nothing about the subject.
    pub(crate) fn ignore(&self, keys: &[&'static str]) {
        self.known.borrow_mut().extend(keys);
    }

    pub(crate) fn text(&self, key: &'static str) -> Option<String> {
        short(self.get(key)?, self.remarks)
    }

    pub(crate) fn said(&self, key: &'static str) -> Option<Said<'t, String>> {
        let node = self.get(key)?;
        short(node, self.remarks).map(|value| Said { value, node })
    }

    pub(crate) fn long_text(&self, key: &'static str) -> Option<String> {
        long(self.get(key)?, self.remarks)
    }

    pub(crate) fn u64(&self, key: &'static str) -> Option<u64> {
        whole(self.get(key)?, self.remarks)
    }

    pub(crate) fn u32(&self, key: &'static str) -> Option<u32> {
        let node = self.get(key)?;
        let number = whole(node, self.remarks)?;
        let small = u32::try_from(number).ok();
        if small.is_none() {
            self.remarks.say_of(RemarkKind::Unreadable, node, format!("{number} is too large"));
        }
        small
    }

    pub(crate) fn f64(&self, key: &'static str) -> Option<f64> {
        number(self.get(key)?, self.remarks)
    }

    pub(crate) fn bool(&self, key: &'static str) -> Option<bool> {
        truth(self.get(key)?, self.remarks)
    }

    pub(crate) fn instant(&self, key: &'static str) -> Option<jiff::Timestamp> {
        instant(self.get(key)?, self.remarks).map(|instant| instant.at)
    }

    pub(crate) fn date(&self, key: &'static str) -> Option<PartialDate> {
        date(self.get(key)?, self.remarks)
    }

    pub(crate) fn texts(&self, key: &'static str) -> Vec<String> {
        let Some(node) = self.get(key) else { return Vec::new() };
        list(node, self.remarks).filter_map(|node| short(node, self.remarks)).collect()
    }

    /// Items of a list; a value alone is a list of one.
    pub(crate) fn list(&self, key: &'static str) -> impl Iterator<Item = Node<'t>> + use<'t> {
        self.get(key).map(|node| list(node, self.remarks)).into_iter().flatten()
    }

    /// Items of a list of objects.
    pub(crate) fn objects(&self, key: &'static str) -> impl Iterator<Item = Fields<'t, 'r>> + use<'t, 'r> {
        let remarks = self.remarks;
        self.list(key).filter_map(move |node| Fields::of(node, remarks))
    }

    /// One of a closed set of words.
    pub(crate) fn choice<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let node = self.get(key)?;
        let text = short(node, self.remarks)?;
        let plain = text.to_lowercase().replace([' ', '-'], "_");
        let found = words.iter().find(|(word, _)| *word == plain).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            self.remarks.say_of(RemarkKind::Unreadable, node, format!("'{}' is none of {}", cut(&text, 40), words.join(", ")));
        }
        found
    }

    /// Reports every field that nobody asked for.
    pub(crate) fn finish(self) {
        let known = self.known.into_inner();
        for (key, value) in self.node.unknown(&known) {
            if !is_empty(value) {
                self.remarks.say_of(RemarkKind::UnknownField, key, "not a field of this version; kept in the stored original");
            }
        }
    }
}

/// Whether a value says nothing.
pub(crate) fn is_empty(node: Node<'_>) -> bool {
    match node.kind() {
        Kind::Null => true,
        Kind::Text => node.as_str().is_none_or(|text| text.trim().is_empty()),
        Kind::Array => node.items().next().is_none(),
        Kind::Object => node.entries().next().is_none(),
        _ => false,
    }
}

/// The items of an array, or the value alone. Items beyond the limit are remarked on.
pub(crate) fn list<'t>(node: Node<'t>, remarks: &Remarks) -> impl Iterator<Item = Node<'t>> + use<'t> {
    let alone = (node.kind() != Kind::Array).then_some(node);
    if node.items().nth(ITEMS).is_some() {
        remarks.say_of(RemarkKind::OverLimit, node, format!("only the first {ITEMS} items are read"));
    }
    alone.into_iter().chain(node.items().take(ITEMS)).filter(|node| !is_empty(*node))
}

/// The keys and values of an object that say something. Those beyond the limit are remarked on.
pub(crate) fn pairs<'t>(node: Node<'t>, remarks: &Remarks) -> impl Iterator<Item = (Node<'t>, Node<'t>)> + use<'t> {
    if node.entries().nth(ITEMS).is_some() {
        remarks.say_of(RemarkKind::OverLimit, node, format!("only the first {ITEMS} fields are read"));
    }
    node.entries().take(ITEMS).filter(|(_, value)| !is_empty(*value))
}

/// A short text: a string without surrounding space, or a number as written.
pub(crate) fn short(node: Node<'_>, remarks: &Remarks) -> Option<String> {
    text(node, SHORT, remarks)
}

/// A long text.
pub(crate) fn long(node: Node<'_>, remarks: &Remarks) -> Option<String> {
    text(node, LONG, remarks)
}

fn text(node: Node<'_>, most: usize, remarks: &Remarks) -> Option<String> {
    let text = match node.kind() {
        Kind::Text | Kind::Key => node.as_str()?,
        Kind::Number => node.as_number()?.into(),
        Kind::Null => return None,
        _ => {
            expected("a text", node, remarks);
            return None;
        }
    };
    let trimmed = text.trim();
    let kept = cut(trimmed, most);
    if kept.len() < trimmed.len() {
        let length = trimmed.chars().count();
        remarks.say_of(RemarkKind::OverLimit, node, format!("a text of {length} characters; the first {most} are read"));
    }
    (!kept.is_empty()).then(|| kept.to_owned())
}

/// A whole number; one that is written as a text may have spaces or underscores between its digits.
pub(crate) fn whole(node: Node<'_>, remarks: &Remarks) -> Option<u64> {
    let number = match node.kind() {
        Kind::Number => node
            .as_u64()
            .or_else(|| node.as_f64().filter(|number| (0.0..1e15).contains(number)).map(|number| number.round() as u64)),
        Kind::Text => node.as_str().and_then(|text| digits(&text).parse().ok()),
        _ => None,
    };
    if number.is_none() {
        expected("a whole number", node, remarks);
    }
    number
}

/// A number.
pub(crate) fn number(node: Node<'_>, remarks: &Remarks) -> Option<f64> {
    let number = match node.kind() {
        Kind::Number => node.as_f64(),
        Kind::Text => node.as_str().and_then(|text| digits(&text).parse().ok()).filter(|number: &f64| number.is_finite()),
        _ => None,
    };
    if number.is_none() {
        expected("a number", node, remarks);
    }
    number
}

fn digits(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '_' | '\u{a0}' | '\u{202f}')).collect()
}

/// True or false, also as a word or as 1 and 0.
pub(crate) fn truth(node: Node<'_>, remarks: &Remarks) -> Option<bool> {
    let word = match node.kind() {
        Kind::Bool => return node.as_bool(),
        Kind::Text => node.as_str().map(|text| text.trim().to_lowercase()),
        Kind::Number => node.as_number().map(str::to_owned),
        _ => None,
    };
    match word.as_deref() {
        Some("true" | "yes" | "y" | "1") => Some(true),
        Some("false" | "no" | "n" | "0") => Some(false),
        _ => {
            expected("true or false", node, remarks);
            None
        }
    }
}

/// An instant: RFC 3339, a day (its beginning in UTC), or a number since 1970.
pub(crate) fn instant(node: Node<'_>, remarks: &Remarks) -> Option<Instant> {
    let read = match node.kind() {
        Kind::Number => node.as_f64().and_then(Instant::of_number),
        Kind::Text => node.as_str().and_then(|text| {
            let text = text.trim();
            Instant::parse(text)
                .or_else(|| (text.len() == 10).then(|| Instant::parse(&format!("{text}T00:00:00Z"))).flatten())
                .or_else(|| text.parse().ok().and_then(Instant::of_number))
        }),
        _ => None,
    };
    if read.is_none() {
        expected("an instant such as 2026-11-02T09:14:05Z", node, remarks);
    }
    read
}

/// A date to the precision given.
pub(crate) fn date(node: Node<'_>, remarks: &Remarks) -> Option<PartialDate> {
    let text = match node.kind() {
        Kind::Text => node.as_str()?.trim().to_owned(),
        Kind::Number => node.as_number()?.to_owned(),
        _ => {
            expected("a date such as 2021-03", node, remarks);
            return None;
        }
    };
    let date = crate::canonical::date(&text);
    if date.is_none() {
        remarks.say_of(RemarkKind::Unreadable, node, format!("'{}' is not a date such as 2021-03", cut(&text, 40)));
    }
    date
}

/// An offset from UTC in minutes, refused beyond 18 hours.
pub(crate) fn offset(node: Node<'_>, minutes: f64, remarks: &Remarks) -> Option<UtcOffset> {
    let offset = UtcOffset::from_minutes(minutes.round().clamp(-1e6, 1e6) as i32);
    if offset.is_none() {
        remarks.say_of(RemarkKind::Unreadable, node, "no clock lies more than 18 hours from UTC");
    }
    offset
}

/// Remarks that something else was expected.
pub(crate) fn expected(what: &str, node: Node<'_>, remarks: &Remarks) {
    let seen = match node.kind() {
        Kind::Text => format!("'{}'", cut(&node.as_str().unwrap_or_default(), 40)),
        Kind::Number => node.as_number().map_or_else(String::new, |number| cut(number, 40).to_owned()),
        kind => kind.name().to_owned(),
    };
    remarks.say_of(RemarkKind::Unreadable, node, format!("expected {what}, found {seen}"));
}

/// The first `most` characters.
pub(crate) fn cut(text: &str, most: usize) -> &str {
    match text.char_indices().nth(most) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}
