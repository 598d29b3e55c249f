//! Lists that are one XML tree: how each of them begins, and short words for what readers ask of elements.
//!
//! Namespaces do not matter: the names of lists are told apart by themselves.

use bonafide_formats::xml::{self, Element, Space};

use super::{Opened, Read, limits};
use crate::{
    entry::{Entry, ListCode},
    error::Error,
};

/// Starts a reading, parses the tree and lets `fill` read from its root. What the text has of damage is noted.
pub(super) fn read(file: &Opened, list: ListCode, fill: impl FnOnce(Element<'_>, &mut Read)) -> Result<Read, Error> {
    let mut read = file.start(list);
    let decoded = file.text();
    read.note_encoding(&file.name, &decoded);
    let tree = xml::parse(&decoded.text, no_spaces, &limits());
    read.note_tree(&tree);
    let Some(root) = tree.root() else {
        return Err(Error::Unrecognised { file: file.name.to_string(), seen: "XML without elements".into() });
    };
    fill(root, &mut read);
    Ok(read)
}

impl Read {
    /// Takes an entry, or names what could not be read.
    pub(super) fn take(&mut self, file: &Opened, record: usize, outcome: Result<Entry, String>) {
        match outcome {
            Ok(entry) => self.entries.push(entry),
            Err(reason) => self.refused.push(file.refused(record, reason)),
        }
    }

    /// Takes over what a tree says of damage to its text.
    fn note_tree(&mut self, tree: &xml::Tree<'_>) {
        let is_damage = |note: &&String| !note.contains("document type declaration") && !note.contains("references to entities");
        self.damage = tree.notes.iter().find(is_damage).cloned();
        self.notes.extend(tree.notes.iter().cloned());
    }
}

fn no_spaces(_: &str) -> Space {
    0
}

/// The text of the first child of a name, trimmed; empty where there is none.
pub(super) fn child_text(element: Element<'_>, name: &str) -> String {
    child(element, name).map_or_else(String::new, |child| child.text().trim().to_owned())
}

/// The first child of a name.
pub(super) fn child<'t>(element: Element<'t>, name: &str) -> Option<Element<'t>> {
    element.children().find(|child| child.local() == name)
}

/// All children of a name.
pub(super) fn children<'t>(element: Element<'t>, name: &'static str) -> impl Iterator<Item = Element<'t>> {
    element.children().filter(move |child| child.local() == name)
}

/// All items of all lists of a name among the children.
pub(super) fn items<'t>(element: Element<'t>, list: &'static str, item: &'static str) -> impl Iterator<Item = Element<'t>> {
    children(element, list).flat_map(move |list| children(list, item))
}

/// An attribute, trimmed; empty where there is none.
pub(super) fn attribute<'t>(element: Element<'t>, name: &str) -> &'t str {
    element.attribute(0, name).unwrap_or_default().trim()
}
