//! What popular templates have spread.

use std::collections::BTreeSet;

use super::{kind::Kind, shared::Shared};

/// What a popular template has spread: it says nothing about who uses it.
#[derive(Default)]
pub(crate) struct Templates {
    sentences: BTreeSet<u32>,
    roots: BTreeSet<u32>,
}

impl Templates {
    /// What is known to be a template's: sentences and roots of documents.
    pub(crate) const fn known(sentences: BTreeSet<u32>, roots: BTreeSet<u32>) -> Self {
        Self { sentences, roots }
    }

    /// Takes what a group shares for a template's: whatever at least three of it hold, and hardly anybody else.
    pub(crate) fn add(&mut self, shared: &Shared, group: &[u32]) {
        for (kind, into) in [(Kind::Phrases, &mut self.sentences), (Kind::DocumentRoot, &mut self.roots)] {
            let held = shared.held(kind);
            let mut values: Vec<u32> = group.iter().flat_map(|&person| held.by_person.get(person)).copied().collect();
            values.sort_unstable();
            for same in values.chunk_by(|one, other| one == other) {
                if same.len() >= 3 && same.len() * 2 >= held.by_value.get(same[0]).len() {
                    into.insert(same[0]);
                }
            }
        }
    }

    /// Whether a value is a template's.
    pub(crate) fn is_spread(&self, kind: Kind, value: u32) -> bool {
        match kind {
            Kind::Phrases => self.sentences.contains(&value),
            Kind::DocumentRoot => self.roots.contains(&value),
            _ => false,
        }
    }
}
