//! Properties of the file: everything that links documents of one hand or contradicts what they say.
//!
//! The names are documented in `docs/pdf-properties.md`.

mod catalog;
mod file;
mod fonts;
mod info;
mod xmp;

use std::collections::{HashMap, HashSet};

use bonafide_model::{fact::Hiding, place::Place};
use lopdf::ObjectId;

use super::{page::Page, structure::Pdf};
use crate::document::{Hidden, Property};

/// Most values of one property, and longest value in characters.
const MOST_VALUES: usize = 1_000;
const LONGEST_VALUE: usize = 10_000;

/// Properties in the making: each value of a name once, within limits.
pub(super) struct Output<'p> {
    pub(super) pdf: &'p Pdf<'p>,
    properties: Vec<Property>,
    seen: HashSet<(String, String)>,
    counts: HashMap<String, usize>,
}

impl<'p> Output<'p> {
    pub(super) fn new(pdf: &'p Pdf<'p>) -> Self {
        Self { pdf, properties: Vec::new(), seen: HashSet::new(), counts: HashMap::new() }
    }

    /// Adds a property; empty values say nothing.
    pub(super) fn add(&mut self, name: &str, value: impl Into<String>, part: &str) {
        let mut value: String = value.into();
        if value.is_empty() {
            return;
        }
        let count = self.counts.entry(name.to_owned()).or_default();
        if *count >= MOST_VALUES {
            self.pdf.note(format!("only the first {MOST_VALUES} values of {} were kept", clipped(name)));
            return;
        }
        if let Some((end, _)) = value.char_indices().nth(LONGEST_VALUE) {
            self.pdf.note(format!("a value of {} was cut at {LONGEST_VALUE} characters", clipped(name)));
            value.truncate(end);
        }
        if self.seen.insert((name.to_owned(), value.clone())) {
            *count += 1;
            self.properties.push(Property { name: name.to_owned(), value, part: part.to_owned() });
        }
    }

    pub(super) fn add_some(&mut self, name: &str, value: Option<impl Into<String>>, part: &str) {
        if let Some(value) = value {
            self.add(name, value, part);
        }
    }

    /// The first value of a property.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|property| property.name == name).map(|property| property.value.as_str())
    }

    /// Long texts in fields that nobody looks at, and alternative texts: what is written for machines alone.
    pub(super) fn hidden_texts(&self) -> Vec<Hidden> {
        const FIELDS: [&str; 6] = ["title", "subject", "keywords", "xmp_dc_title", "xmp_dc_description", "xmp_keywords"];
        const WORDS: usize = 12;
        let is_field = |name: &str| FIELDS.contains(&name) || name.starts_with("info_custom:") || name.starts_with("xmp_custom:");
        let mut texts: Vec<(&str, &str)> = self
            .properties
            .iter()
            .filter(|property| is_field(&property.name) || property.name == "alternative_text")
            .filter(|property| property.value.split_whitespace().count() >= WORDS)
            .map(|property| (property.value.as_str(), property.part.as_str()))
            .collect();
        texts.dedup_by(|a, b| a.0 == b.0);
        texts
            .into_iter()
            .map(|(text, part)| Hidden {
                hiding: Hiding::Metadata,
                text: text.to_owned(),
                place: Place::Part { part: part.to_owned(), line: None },
            })
            .collect()
    }

    pub(super) fn into_properties(self) -> Vec<Property> {
        self.properties
    }
}

fn clipped(name: &str) -> String {
    name.chars().take(60).collect()
}

/// Reads all properties that need no page to be shown, and those of fonts, of which the shown pages say which are used.
pub(super) fn read(output: &mut Output<'_>, pages: &[Page<'_>], fonts_used: &HashSet<ObjectId>) {
    info::read(output);
    let main = xmp::read(output);
    info::fill_from_xmp(output, &main);
    info::compare_with_xmp(output, &main);
    file::read(output);
    catalog::read(output, pages);
    fonts::read(output, fonts_used);
}

/// Bytes as upper-case hexadecimal digits, as file identifiers are written.
fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().take(1024).fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Invariant: writing to a String cannot fail.
        let _ = write!(text, "{byte:02X}");
        text
    })
}
