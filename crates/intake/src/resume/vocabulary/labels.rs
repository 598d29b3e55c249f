//! Labels in the head of a résumé (`Address:`), and remarks there that are neither name nor place.
//!
//! The lists stand in `labels.txt`, our own compilation.

use std::{collections::HashSet, sync::LazyLock};

use super::{super::fold, list};

struct Tables {
    contact: HashSet<String>,
    name: HashSet<String>,
    place: HashSet<String>,
    remark: HashSet<String>,
    title: HashSet<String>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables {
        contact: HashSet::new(),
        name: HashSet::new(),
        place: HashSet::new(),
        remark: HashSet::new(),
        title: HashSet::new(),
    };
    for (title, entry) in list::entries(include_str!("labels.txt")) {
        match title {
            "contact" => drop(tables.contact.insert(fold::key(entry))),
            "name" => drop(tables.name.insert(fold::key(entry))),
            "place" => drop(tables.place.insert(fold::key(entry))),
            "titles" => drop(tables.title.insert(fold::key(entry))),
            _ => drop(tables.remark.insert(fold::fold(entry))),
        }
    }
    tables
});

/// Longest label, in bytes.
const LONGEST: usize = 80;

/// Whether a text is a label of a contact: `E-mail`, `Tel.`
pub(crate) fn is_contact(text: &str) -> bool {
    text.len() <= LONGEST && TABLES.contact.contains(&fold::key(text))
}

/// Whether a text is a label of a name.
pub(crate) fn is_name(text: &str) -> bool {
    text.len() <= LONGEST && TABLES.name.contains(&fold::key(text))
}

/// Whether a text is a label of a place of residence.
pub(crate) fn is_place(text: &str) -> bool {
    text.len() <= LONGEST && TABLES.place.contains(&fold::key(text))
}

/// Whether a folded text holds a remark about permits, availability and the like.
pub(crate) fn is_remark(folded: &str) -> bool {
    fold::words(folded).any(|word| TABLES.remark.contains(word))
}

/// Whether a key (folded, letters only) is a title before a name: `dr`, `prof`.
pub(crate) fn is_title(key: &str) -> bool {
    TABLES.title.contains(key)
}
