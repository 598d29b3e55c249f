//! What gathers while the parts are read.

use std::collections::{HashMap, HashSet};

use bonafide_model::{fact::Hiding, place::Place};

use crate::{
    document::{Document, DocumentLink, Hidden, Property},
    limits::Limits,
};

/// The document in the making, without duplicates and within the limit on text.
#[derive(Debug, Default)]
pub(super) struct Output {
    pub(super) document: Document,
    /// Where the picture of a media part is first shown.
    pub(super) picture_places: HashMap<String, Place>,
    seen: HashSet<(String, String)>,
    counts: HashMap<String, usize>,
    characters: u64,
    most_characters: u64,
    over: bool,
    lines: u32,
    most_lines: u32,
}

/// Most values of one property: a document of hundreds of pages has fewer revision and paragraph ids.
const MOST_VALUES: usize = 5_000;
/// Longest value of a property, in characters.
const LONGEST_VALUE: usize = 10_000;
/// Most problems that are told.
const MOST_PROBLEMS: usize = 100;
/// Most lines on a page, for the limit on pages: a line takes much more memory than its text.
const LINES_OF_A_PAGE: u32 = 200;
/// Most entries of hidden text and of links.
const MOST_ENTRIES: usize = 2_000;

impl Output {
    pub(super) fn new(limits: &Limits) -> Self {
        let most_lines = limits.pages.saturating_mul(LINES_OF_A_PAGE);
        Self { most_characters: limits.characters, most_lines, ..Self::default() }
    }

    /// Adds a property, each value once.
    pub(super) fn property(&mut self, name: &str, value: &str, part: &str) {
        let count = self.counts.get(name).copied().unwrap_or(0);
        if count >= MOST_VALUES {
            self.incomplete(format!("only the first {MOST_VALUES} values of {name} were kept"));
            return;
        }
        let value: String = match value.char_indices().nth(LONGEST_VALUE) {
            None => value.to_owned(),
            Some((end, _)) => {
                self.incomplete(format!("a value of {name} was cut at {LONGEST_VALUE} characters"));
                value[..end].to_owned()
            }
        };
        if self.seen.insert((name.to_owned(), value.clone())) {
            self.counts.insert(name.to_owned(), count + 1);
            self.document.properties.push(Property { name: name.to_owned(), value, part: part.to_owned() });
        }
    }

    /// Adds a property where there is a value.
    pub(super) fn some_property(&mut self, name: &str, value: Option<&str>, part: &str) {
        if let Some(value) = value {
            self.property(name, value, part);
        }
    }

    /// Adds hidden text, where it has a letter or digit.
    pub(super) fn hidden(&mut self, hiding: Hiding, text: &str, place: &Place) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.chars().any(char::is_alphanumeric) {
            return;
        }
        if self.document.hidden.len() >= MOST_ENTRIES {
            self.incomplete(format!("only the first {MOST_ENTRIES} hidden texts were kept"));
            return;
        }
        self.document.hidden.push(Hidden { hiding, text, place: place.clone() });
    }

    pub(super) fn link(&mut self, target: &str, shown: Option<String>, place: &Place) {
        if self.document.links.len() >= MOST_ENTRIES {
            self.incomplete(format!("only the first {MOST_ENTRIES} links were kept"));
            return;
        }
        let shown = shown.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty());
        self.document.links.push(DocumentLink { target: target.to_owned(), shown, place: place.clone() });
    }

    /// Whether so much more text may be kept.
    pub(super) fn allows(&mut self, text: &str) -> bool {
        self.characters = self.characters.saturating_add(text.len() as u64);
        if self.characters > self.most_characters && !self.over {
            self.over = true;
            self.incomplete(format!("the text was cut at the limit of {} characters", self.most_characters));
        }
        !self.over
    }

    /// Whether one more line may be kept.
    pub(super) fn allows_line(&mut self) -> bool {
        self.lines = self.lines.saturating_add(1);
        if self.lines == self.most_lines.saturating_add(1) {
            self.over = true;
            self.incomplete(format!("the text was cut at the limit of {} lines", self.most_lines));
        }
        self.lines <= self.most_lines
    }

    pub(super) fn incomplete(&mut self, why: String) {
        let known = &mut self.document.incomplete;
        if known.len() < MOST_PROBLEMS && !known.contains(&why) {
            known.push(why);
        } else if known.len() == MOST_PROBLEMS {
            known.push("there is more that could not be read".to_owned());
        }
    }
}
