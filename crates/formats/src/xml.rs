//! XML as a small tree, for the parts of documents: namespaces resolved, entities never loaded, limits on nodes and depth.
//!
//! A document type declaration is skipped, so neither external entities nor entity bombs exist here; a reference to an entity of
//! its own is left out and noted. Damaged XML gives what stands before the damage and a note.

use std::borrow::Cow;

use quick_xml::{
    Reader,
    events::{BytesStart, Event, attributes::Attributes},
};

use crate::{encoding, limits::Limits};

/// Number of a namespace, given by the caller's [`Spaces`]; 0 is an unknown one, or none.
pub type Space = u8;

/// Maps namespace names to numbers.
pub type Spaces = fn(&str) -> Space;

/// A parsed part.
#[derive(Debug, Default)]
pub struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    attributes: Vec<Attribute<'a>>,
    /// What could not be read or was left out, one sentence each.
    pub notes: Vec<String>,
}

#[derive(Debug)]
enum Node<'a> {
    Element {
        space: Space,
        local: &'a str,
        /// Index behind the last descendant.
        next: u32,
        attributes: (u32, u32),
    },
    Text(Cow<'a, str>),
}

#[derive(Debug)]
struct Attribute<'a> {
    space: Space,
    local: &'a str,
    value: Cow<'a, str>,
}

/// Most attributes of one element.
const MOST_ATTRIBUTES: usize = 1_000;

/// Decodes the bytes of a part by byte-order mark, by its declaration, or as UTF-8.
#[must_use]
pub fn decode(bytes: &[u8]) -> encoding::Decoded<'_> {
    let start = &bytes[..bytes.len().min(200)];
    let declared = start
        .starts_with(b"<?xml")
        .then(|| memchr::memmem::find(start, b"encoding="))
        .flatten()
        .and_then(|at| start[at + 9..].split_first())
        .and_then(|(quote, rest)| rest.split(|byte| byte == quote).next())
        .and_then(|label| std::str::from_utf8(label).ok());
    match declared {
        Some(label) => encoding::decode_as(bytes, label),
        None => encoding::decode(bytes),
    }
}

/// Parses a text. Never fails: what was wrong stands in [`Tree::notes`].
#[must_use]
pub fn parse<'a>(text: &'a str, spaces: Spaces, limits: &Limits) -> Tree<'a> {
    let mut builder = Builder {
        text,
        spaces,
        limits,
        tree: Tree::default(),
        open: Vec::new(),
        bindings: vec![("xml", 0, 0)],
        recent: ("xml", 0),
        unresolved: 0,
    };
    builder.run();
    builder.tree
}

struct Builder<'a, 'l> {
    text: &'a str,
    spaces: Spaces,
    limits: &'l Limits,
    tree: Tree<'a>,
    open: Vec<u32>,
    /// Prefix, number, depth at which it was bound.
    bindings: Vec<(&'a str, Space, usize)>,
    /// The last answer of [`Self::space_of`], valid until bindings change.
    recent: (&'a str, Space),
    unresolved: usize,
}

impl<'a> Builder<'a, '_> {
    fn run(&mut self) {
        let mut reader = Reader::from_str(self.text.strip_prefix('\u{feff}').unwrap_or(self.text));
        reader.config_mut().check_end_names = true;
        let outcome = loop {
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => break Err(format!("the XML is damaged at byte {}: {error}", reader.error_position())),
            };
            let kept = match event {
                Event::Start(start) => self.start(&start, true),
                Event::Empty(start) => self.start(&start, false),
                Event::End(_) => {
                    self.end();
                    Ok(())
                }
                Event::Text(text) => self.push_text(text.into_inner()),
                Event::CData(text) => self.push_text(text.into_inner()),
                Event::GeneralRef(name) => match resolved(&name) {
                    Some(character) => self.push_text(Cow::Owned(character.to_string())),
                    None => {
                        self.unresolved += 1;
                        Ok(())
                    }
                },
                Event::DocType(_) => {
                    self.tree.notes.push("a document type declaration was ignored; its entities are never loaded".into());
                    Ok(())
                }
                Event::Eof => break Ok(()),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Ok(()),
            };
            if let Err(limit) = kept {
                break Err(limit);
            }
        };
        if !self.open.is_empty() && outcome.is_ok() {
            self.tree.notes.push("the XML ends before its elements do".into());
        }
        if let Err(why) = outcome {
            self.tree.notes.push(why);
        }
        while !self.open.is_empty() {
            self.end();
        }
        if self.unresolved > 0 {
            self.tree.notes.push(format!("{} references to entities were left out", self.unresolved));
        }
    }

    fn start(&mut self, start: &BytesStart<'_>, opens: bool) -> Result<(), String> {
        if self.open.len() >= self.limits.depth as usize {
            return Err(format!("elements are nested deeper than the limit of {} levels", self.limits.depth));
        }
        let Some(content) = within(self.text, start) else { return Err("an element could not be found again".into()) };
        let name_length = start.name().as_ref().len();
        let (name, depth) = (&content[..name_length], self.open.len() + 1);
        let first = self.tree.attributes.len();
        for attribute in Attributes::new(content, name_length).with_checks(false).flatten().take(MOST_ATTRIBUTES) {
            let key = within(self.text, attribute.key.as_ref()).unwrap_or_default();
            let value = match attribute.value {
                Cow::Borrowed(value) => unescaped(value),
                Cow::Owned(value) => Cow::Owned(unescaped(&value).into_owned()),
            };
            if let Some(prefix) = key.strip_prefix("xmlns").filter(|rest| rest.is_empty() || rest.starts_with(':')) {
                let prefix = prefix.strip_prefix(':').unwrap_or(prefix);
                self.bindings.push((prefix, (self.spaces)(value.trim()), depth));
                self.recent = ("xml", 0);
            } else {
                self.tree.attributes.push(Attribute { space: 0, local: key, value });
            }
        }
        for index in first..self.tree.attributes.len() {
            let key = self.tree.attributes[index].local;
            // An attribute without a prefix has no namespace.
            if let Some((prefix, local)) = key.split_once(':') {
                self.tree.attributes[index].space = self.space_of(prefix);
                self.tree.attributes[index].local = local;
            }
        }
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let space = self.space_of(prefix);
        let attributes = (first as u32, self.tree.attributes.len() as u32);
        self.push(Node::Element { space, local, next: 0, attributes })?;
        self.open.push(self.tree.nodes.len() as u32 - 1);
        if !opens {
            self.end();
        }
        Ok(())
    }

    fn end(&mut self) {
        let depth = self.open.len();
        while self.bindings.last().is_some_and(|&(_, _, bound)| bound >= depth && bound > 0) {
            self.bindings.pop();
            self.recent = ("xml", 0);
        }
        let Some(index) = self.open.pop() else { return };
        let behind = self.tree.nodes.len() as u32;
        if let Some(Node::Element { next, .. }) = self.tree.nodes.get_mut(index as usize) {
            *next = behind;
        }
    }

    fn push_text(&mut self, text: Cow<'a, str>) -> Result<(), String> {
        if self.open.is_empty() { Ok(()) } else { self.push(Node::Text(text)) }
    }

    fn push(&mut self, node: Node<'a>) -> Result<(), String> {
        if self.tree.nodes.len() + self.tree.attributes.len() >= self.limits.nodes as usize {
            return Err(format!("the XML has more than {} nodes", self.limits.nodes));
        }
        self.tree.nodes.push(node);
        Ok(())
    }

    fn space_of(&mut self, prefix: &'a str) -> Space {
        if self.recent.0 != prefix {
            let bound = self.bindings.iter().rev().find(|(name, _, _)| *name == prefix);
            self.recent = (prefix, bound.map_or(0, |&(_, space, _)| space));
        }
        self.recent.1
    }
}

/// The same slice with the lifetime of the whole, where it is a slice of it.
fn within<'a>(whole: &'a str, part: &str) -> Option<&'a str> {
    let offset = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    whole.get(offset..offset.checked_add(part.len())?)
}

/// The character of one of XML's five entities or of a character reference.
fn resolved(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code).filter(|&character| character != '\0')
        }
    }
}

/// A value with its references resolved; unknown ones stay as they are written.
fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest.find(';').and_then(|end| Some((resolved(&rest[1..end])?, end)));
        match reference {
            Some((character, end)) => {
                text.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                text.push('&');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// An element of a [`Tree`].
#[derive(Clone, Copy)]
pub struct Element<'t> {
    tree: &'t Tree<'t>,
    index: u32,
}

/// What stands in an element.
#[derive(Clone, Copy)]
pub enum Content<'t> {
    /// An element.
    Element(Element<'t>),
    /// Text, references resolved; neighbouring texts are not joined.
    Text(&'t str),
}

impl<'a> Tree<'a> {
    /// The outermost element.
    #[must_use]
    pub fn root(&self) -> Option<Element<'_>> {
        (!self.nodes.is_empty()).then_some(Element { tree: self, index: 0 })
    }
}

impl<'t> Element<'t> {
    /// Number of its namespace.
    #[must_use]
    pub fn space(self) -> Space {
        self.parts().0
    }

    /// Name without prefix.
    #[must_use]
    pub fn local(self) -> &'t str {
        self.parts().1
    }

    /// Whether it has this name.
    #[must_use]
    pub fn is(self, space: Space, local: &str) -> bool {
        let (own_space, own_local, _, _) = self.parts();
        own_space == space && own_local == local
    }

    /// The value of an attribute.
    #[must_use]
    pub fn attribute(self, space: Space, local: &str) -> Option<&'t str> {
        self.attributes().find(|&(own_space, own_local, _)| own_space == space && own_local == local).map(|(_, _, value)| value)
    }

    /// Namespace, name and value of all attributes.
    pub fn attributes(self) -> impl Iterator<Item = (Space, &'t str, &'t str)> {
        let (_, _, _, (from, to)) = self.parts();
        self.tree.attributes[from as usize..to as usize]
            .iter()
            .map(|attribute| (attribute.space, attribute.local, attribute.value.as_ref()))
    }

    /// Elements and texts directly inside.
    pub fn contents(self) -> impl Iterator<Item = Content<'t>> {
        let (tree, end) = (self.tree, self.parts().2);
        let mut at = self.index + 1;
        std::iter::from_fn(move || {
            (at < end).then(|| match &tree.nodes[at as usize] {
                Node::Element { next, .. } => {
                    let element = Element { tree, index: at };
                    at = *next;
                    Content::Element(element)
                }
                Node::Text(text) => {
                    at += 1;
                    Content::Text(text)
                }
            })
        })
    }

    /// Elements directly inside.
    pub fn children(self) -> impl Iterator<Item = Element<'t>> {
        self.contents().filter_map(|content| match content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        })
    }

    /// The first child of a name.
    #[must_use]
    pub fn child(self, space: Space, local: &str) -> Option<Element<'t>> {
        self.children().find(|child| child.is(space, local))
    }

    /// All elements inside, in document order.
    pub fn descendants(self) -> impl Iterator<Item = Element<'t>> {
        let (tree, end) = (self.tree, self.parts().2);
        (self.index + 1..end)
            .filter(|&index| matches!(tree.nodes[index as usize], Node::Element { .. }))
            .map(move |index| Element { tree, index })
    }

    /// All text inside.
    #[must_use]
    pub fn text(self) -> String {
        let end = self.parts().2;
        self.tree.nodes[self.index as usize + 1..end as usize]
            .iter()
            .filter_map(|node| match node {
                Node::Text(text) => Some(text.as_ref()),
                Node::Element { .. } => None,
            })
            .collect()
    }

    fn parts(self) -> (Space, &'t str, u32, (u32, u32)) {
        match &self.tree.nodes[self.index as usize] {
            Node::Element { space, local, next, attributes } => (*space, local, *next, *attributes),
            // Never: elements are only made for element nodes.
            Node::Text(_) => (0, "", self.index + 1, (0, 0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Space, Tree, decode, parse};
    use crate::limits::Limits;

    fn spaces(name: &str) -> Space {
        match name {
            "urn:word" => 1,
            "urn:other" => 2,
            _ => 0,
        }
    }

    fn read(text: &str) -> Tree<'_> {
        parse(text, spaces, &Limits::default())
    }

    #[test]
    fn namespaces_are_resolved_whatever_the_prefix() {
        let tree = read(
            r#"<x:a xmlns:x="urn:word" x:k="1 &amp; &#x2022;" k="2"><b xmlns="urn:other" xmlns:x="urn:other" x:k="3">t</b><x:c/></x:a>"#,
        );
        let root = tree.root().expect("there");
        assert!(root.is(1, "a") && tree.notes.is_empty());
        assert_eq!((root.attribute(1, "k"), root.attribute(0, "k")), (Some("1 & •"), Some("2")));
        let names: Vec<_> = root.descendants().map(|element| (element.space(), element.local())).collect();
        assert_eq!(names, [(2, "b"), (1, "c")]);
        assert_eq!(root.child(2, "b").and_then(|element| element.attribute(2, "k")), Some("3"));
    }

    #[test]
    fn entities_are_never_loaded() {
        let text =
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY l 'lol'>]><a>before &x;&l; after &lt;b&gt; &#65;</a>";
        let tree = read(text);
        assert_eq!(tree.root().expect("there").text(), "before  after <b> A");
        insta::assert_snapshot!(tree.notes.join("\n"), @r"
        a document type declaration was ignored; its entities are never loaded
        2 references to entities were left out
        ");
    }

    #[test]
    fn damage_keeps_what_stands_before_it() {
        let tree = read("<a><b>kept</b><c>cut");
        assert_eq!(tree.root().expect("there").text(), "keptcut");
        assert_eq!(tree.notes, ["the XML ends before its elements do"]);
        let tree = read("<a><b>kept</a>");
        assert_eq!(tree.root().expect("there").text(), "kept");
        assert!(tree.notes[0].contains("damaged"), "{:?}", tree.notes);
        assert!(read("").root().is_none());
    }

    #[test]
    fn depth_and_nodes_are_limited() {
        let deep = "<a>".repeat(100_000);
        assert!(read(&deep).notes[0].contains("128 levels"));
        let many = format!("<a>{}</a>", "<b/>".repeat(1_000));
        let tree = parse(&many, spaces, &Limits { nodes: 100, ..Limits::default() });
        assert!(tree.notes[0].contains("more than 100 nodes"));
        assert_eq!(tree.root().expect("there").children().count(), 99);
    }

    #[test]
    fn declared_encodings_are_honoured() {
        assert_eq!(
            decode(b"<?xml version='1.0' encoding='windows-1251'?><a>\xcf</a>").text,
            "<?xml version='1.0' encoding='windows-1251'?><a>П</a>"
        );
        assert!(decode(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>").exact);
        assert!(decode(b"<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>").exact);
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "[<>/a-c:=\"'&;#x0-9! \\[\\]-]{0,80}") {
            let tree = read(&text);
            if let Some(root) = tree.root() {
                prop_assert!(root.descendants().count() < text.len());
                let _ = root.text();
            }
        }
    }
}
