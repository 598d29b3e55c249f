//! Optional content (ISO 32000-2, 8.11): which groups are off when the document is opened.

use std::collections::HashSet;

use lopdf::{Dictionary, Object, ObjectId};

use super::structure::{Pdf, as_dictionary};

/// The groups that are off.
#[derive(Default)]
pub(super) struct Layers {
    off: HashSet<ObjectId>,
}

impl Layers {
    pub(super) fn read(pdf: &Pdf<'_>) -> Self {
        let Some(properties) = pdf.catalog().and_then(|catalog| pdf.dictionary(catalog, "OCProperties")) else {
            return Self::default();
        };
        let default = pdf.dictionary(properties, "D");
        let references = |array: Option<&[Object]>| -> HashSet<ObjectId> {
            array.unwrap_or_default().iter().filter_map(|object| object.as_reference().ok()).collect()
        };
        let listed = |key: &str| references(default.and_then(|default| pdf.array(default, key)));
        let mut off = listed("OFF");
        if default.and_then(|default| pdf.name(default, "BaseState")) == Some(b"OFF") {
            off.extend(references(pdf.array(properties, "OCGs")));
            let on = listed("ON");
            off.retain(|group| !on.contains(group));
        }
        Self { off }
    }

    /// Whether content of a group, or of a membership dictionary, is off.
    pub(super) fn hides(&self, pdf: &Pdf<'_>, object: &Object) -> bool {
        if self.off.is_empty() {
            return false;
        }
        if let Ok(id) = object.as_reference()
            && self.off.contains(&id)
        {
            return true;
        }
        let Some(membership) = as_dictionary(pdf.resolve(object)).filter(|group| group.has_type(b"OCMD")) else { return false };
        let groups: Vec<ObjectId> = match membership.get(b"OCGs") {
            Ok(Object::Reference(id)) => match pdf.resolve(&Object::Reference(*id)) {
                Object::Array(items) => items.iter().filter_map(|item| item.as_reference().ok()).collect(),
                _ => vec![*id],
            },
            Ok(Object::Array(items)) => items.iter().filter_map(|item| item.as_reference().ok()).collect(),
            _ => Vec::new(),
        };
        let off = groups.iter().filter(|group| self.off.contains(group)).count();
        !groups.is_empty()
            && match pdf.name(membership, "P") {
                Some(b"AllOn") => off > 0,
                Some(b"AnyOff") => off == 0,
                Some(b"AllOff") => off < groups.len(),
                _ => off == groups.len(),
            }
    }

    /// Whether the `OC` entry of an XObject or annotation hides it.
    pub(super) fn hides_entry(&self, pdf: &Pdf<'_>, dictionary: &Dictionary) -> bool {
        dictionary.get(b"OC").is_ok_and(|group| self.hides(pdf, group))
    }
}
