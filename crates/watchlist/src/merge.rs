//! One party from several files of its list: the CSV files and the XML of one publisher hold the same entries.

use std::collections::HashMap;

use crate::entry::{Entry, EntryId, MOST_ITEMS};

/// Joins entries of one id, in the order in which ids first come. Names, papers and identifiers of all are kept; where a field holds
/// one value, the first that has it stands.
#[must_use]
pub fn merge(entries: impl IntoIterator<Item = Entry>) -> Vec<Entry> {
    let mut merged: Vec<Entry> = Vec::new();
    let mut places: HashMap<EntryId, usize> = HashMap::new();
    for entry in entries {
        match places.get(&entry.id) {
            Some(&place) => absorb(&mut merged[place], entry),
            None => {
                places.insert(entry.id.clone(), merged.len());
                merged.push(entry);
            }
        }
    }
    merged
}

fn absorb(kept: &mut Entry, other: Entry) {
    other.names.into_iter().for_each(|name| kept.add_name(name));
    other.identifiers.into_iter().for_each(|identifier| kept.add_identifier(identifier));
    join(&mut kept.births, other.births);
    join(&mut kept.countries, other.countries);
    for document in other.documents {
        // One number in two files is one paper, also where only one of them names its country.
        let has_room = kept.documents.len() < MOST_ITEMS;
        if has_room && !kept.documents.iter().any(|known| known.kind == document.kind && known.number == document.number) {
            kept.documents.push(document);
        }
    }
    join(&mut kept.addresses, other.addresses);
    join(&mut kept.programmes, other.programmes);
    join(&mut kept.positions, other.positions);
    join(&mut kept.links, other.links);
    join(&mut kept.remarks, other.remarks);
    kept.listed_on = kept.listed_on.or(other.listed_on);
}

fn join<T: PartialEq>(kept: &mut Vec<T>, others: Vec<T>) {
    for other in others {
        if !kept.contains(&other) && kept.len() < MOST_ITEMS {
            kept.push(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::{EntryKind, EntryPlace, ListCode, ListedName, NameQuality};

    #[test]
    fn entries_of_one_id_become_one() {
        let entry = |native: &str, names: &[&str]| {
            let mut entry = Entry::new(EntryId::new(ListCode::OFAC, native), EntryKind::Person, EntryPlace::default());
            names.iter().for_each(|name| entry.add_name(ListedName::whole(name, NameQuality::Primary)));
            entry
        };
        let merged =
            merge([entry("7", &["Robin Sample"]), entry("8", &["Kim Example"]), entry("7", &["Robin Sample", "R. Specimen"])]);
        assert_eq!(merged.len(), 2);
        assert_eq!(merged[0], entry("7", &["Robin Sample", "R. Specimen"]));
    }
}
