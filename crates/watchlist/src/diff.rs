//! What changed between two versions of a list.

use std::collections::HashMap;

use serde::Serialize;

use crate::entry::{Entry, EntryId};

/// The difference of two versions, by entries' ids; each part in the order of the list that holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// In the newer version only.
    pub added: Vec<EntryId>,
    /// In the older version only.
    pub removed: Vec<EntryId>,
    /// In both, with other content.
    pub changed: Vec<Changed>,
}

/// An entry with other content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The entry.
    pub id: EntryId,
    /// The fields of [`Entry`] that differ, in their order.
    pub fields: Vec<&'static str>,
}

impl Diff {
    /// Compares two versions. An entry that only moved in its file is unchanged.
    #[must_use]
    pub fn between(older: &[Entry], newer: &[Entry]) -> Self {
        let before: HashMap<&EntryId, &Entry> = older.iter().map(|entry| (&entry.id, entry)).collect();
        let after: HashMap<&EntryId, &Entry> = newer.iter().map(|entry| (&entry.id, entry)).collect();
        let mut diff = Self::default();
        for entry in newer {
            match before.get(&entry.id) {
                None => diff.added.push(entry.id.clone()),
                Some(known) => {
                    let fields = differing(known, entry);
                    if !fields.is_empty() {
                        diff.changed.push(Changed { id: entry.id.clone(), fields });
                    }
                }
            }
        }
        diff.removed = older.iter().filter(|entry| !after.contains_key(&entry.id)).map(|entry| entry.id.clone()).collect();
        diff
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

fn differing(older: &Entry, newer: &Entry) -> Vec<&'static str> {
    let fields = [
        ("kind", older.kind != newer.kind),
        ("names", older.names != newer.names),
        ("births", older.births != newer.births),
        ("countries", older.countries != newer.countries),
        ("documents", older.documents != newer.documents),
        ("identifiers", older.identifiers != newer.identifiers),
        ("addresses", older.addresses != newer.addresses),
        ("programmes", older.programmes != newer.programmes),
        ("positions", older.positions != newer.positions),
        ("links", older.links != newer.links),
        ("listed_on", older.listed_on != newer.listed_on),
        ("remarks", older.remarks != newer.remarks),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}
