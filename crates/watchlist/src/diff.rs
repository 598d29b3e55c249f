//! What changed between two versions of a list.

use std::collections::HashMap;

use serde::Serialize;

use crate::entry::{Entry, EntryId, Link};

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

/// What changed in one field, for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The field of [`Entry`].
    pub field: &'static str,
    /// What the newer version does not say any more.
    pub gone: Vec<String>,
    /// What only the newer version says.
    pub new: Vec<String>,
}

/// The values that changed between two versions of an entry, field by field, each in one line. A field whose items only changed
/// their order has nothing gone and nothing new.
#[must_use]
pub fn changes(older: &Entry, newer: &Entry) -> Vec<FieldChange> {
    differing(older, newer)
        .into_iter()
        .map(|field| {
            let (before, after) = (told(older, field), told(newer, field));
            let only = |these: &[String], others: &[String]| {
                these.iter().filter(|item| !others.contains(item)).cloned().collect::<Vec<_>>()
            };
            FieldChange { field, gone: only(&before, &after), new: only(&after, &before) }
        })
        .collect()
}

/// The items of a field in one line each.
fn told(entry: &Entry, field: &str) -> Vec<String> {
    let texts = |texts: &[Box<str>]| texts.iter().map(ToString::to_string).collect();
    match field {
        "kind" => vec![word(&entry.kind)],
        "names" => entry.names.iter().map(|name| format!("{} ({})", name.text, word(&name.quality))).collect(),
        "births" => entry
            .births
            .iter()
            .map(|birth| {
                let about = if birth.circa { "about " } else { "" };
                let to = if birth.from == birth.to { String::new() } else { format!(" to {}", birth.to) };
                format!("{about}{}{to}", birth.from)
            })
            .collect(),
        "countries" => entry.countries.iter().map(|country| format!("{} ({})", country.written, word(&country.role))).collect(),
        "documents" => entry
            .documents
            .iter()
            .map(|paper| joined(&[&word(&paper.kind), &paper.written, &paper.country, &paper.note]))
            .collect(),
        "identifiers" => {
            entry.identifiers.iter().map(|item| joined(&[&word(&item.kind), &item.label, &item.written, &item.country])).collect()
        }
        "addresses" => {
            let address = |address: &crate::entry::Address| {
                let parts = [&*address.lines, &*address.city, &*address.country];
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
            };
            entry.addresses.iter().map(address).collect()
        }
        "programmes" => texts(&entry.programmes),
        "positions" => texts(&entry.positions),
        "links" => entry
            .links
            .iter()
            .map(|link| {
                let id = link.entry.as_ref().map(ToString::to_string).unwrap_or_default();
                let share = link.share.map(|share| share.to_string()).unwrap_or_default();
                let ended = if link.ended { "ended" } else { "" };
                joined(&[&word(&link.relation), &link.name, &id, &link.wording, &share, ended])
            })
            .collect(),
        "listed_on" => entry.listed_on.iter().map(ToString::to_string).collect(),
        _ => texts(&entry.remarks),
    }
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// The word under which a variant is stored, without its underscores.
fn word<T: Serialize>(variant: &T) -> String {
    let stored = serde_json::to_value(variant).ok();
    stored.and_then(|value| value.as_str().map(|text| text.replace('_', " "))).unwrap_or_default()
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
        ("links", older.links != newer.links && Link::told(&older.links) != Link::told(&newer.links)),
        ("listed_on", older.listed_on != newer.listed_on),
        ("remarks", older.remarks != newer.remarks),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{ListFile, read_file};

    fn entries(rows: &[&str]) -> Vec<Entry> {
        let row = |row: &&str| format!("{row}\r\n");
        let text: String = rows.iter().map(row).collect();
        read_file(&ListFile { name: "sdn.csv", bytes: text.as_bytes() }).unwrap().entries
    }

    #[test]
    fn a_change_is_told_in_values() {
        let older = entries(&[
            "1,\"SAMPLE, Robin\",\"individual\",\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 1970; Passport X12345 (Norway).\"",
        ]);
        let newer = entries(&[
            "2,\"ABERCRAFT, Tobin\",\"individual\",\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ",
            "1,\"SAMPLE, Robin\",\"individual\",\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 02 Mar 1970; Passport X12345 (Norway); a.k.a. 'ROBBY'; Linked To: ABERCRAFT, Tobin.\"",
        ]);
        let diff = Diff::between(&older, &newer);
        assert_eq!((diff.added.len(), diff.removed.len(), diff.changed.len()), (1, 0, 1));
        let told: Vec<String> = changes(&older[0], &newer[1])
            .iter()
            .map(|change| format!("{}: -[{}] +[{}]", change.field, change.gone.join("; "), change.new.join("; ")))
            .collect();
        assert_eq!(
            told,
            [
                "names: -[] +[ROBBY (weak)]",
                "births: -[1970] +[1970-03-02]",
                "links: -[] +[linked ABERCRAFT, Tobin ofac:2 Linked To]",
            ]
        );
    }

    #[test]
    fn an_entry_that_only_moved_is_unchanged() {
        let rows = [
            "1,\"A\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ",
            "2,\"B\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ",
        ];
        let turned = [rows[1], rows[0]];
        assert!(Diff::between(&entries(&rows), &entries(&turned)).is_empty());
    }
}
