//! Labels in the head of a résumé (`Address:`), and remarks there that are neither name nor place.
//!
//! The lists stand in `labels.txt`, our own compilation.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use super::{super::fold, list};

/// What a label inside an entry announces: `Employer: …`, `Position: …`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Field {
    Employer,
    Position,
    Period,
    Start,
    End,
    Place,
    School,
    Degree,
}

struct Tables {
    /// Labels inside entries. One word may be a label of several fields.
    entry: HashMap<String, Vec<Field>>,
    contact: HashSet<String>,
    name: HashSet<String>,
    place: HashSet<String>,
    remark: HashSet<String>,
    title: HashSet<String>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables {
        entry: HashMap::with_capacity(512),
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
            list if list.starts_with("entry ") => {
                if let Some(field) = field_of(&list[6..]) {
                    tables.entry.entry(fold::key(entry)).or_default().push(field);
                }
            }
            "titles" => drop(tables.title.insert(fold::key(entry))),
            _ => drop(tables.remark.insert(fold::fold(entry))),
        }
    }
    tables
});

fn field_of(list: &str) -> Option<Field> {
    Some(match list {
        "employer" => Field::Employer,
        "position" => Field::Position,
        "period" => Field::Period,
        "start" => Field::Start,
        "end" => Field::End,
        "place" => Field::Place,
        "school" => Field::School,
        "degree" => Field::Degree,
        _ => return None,
    })
}

/// The fields that a text may be the label of inside an entry.
pub(crate) fn entry_fields(text: &str) -> &'static [Field] {
    if text.len() > LONGEST {
        return &[];
    }
    TABLES.entry.get(&fold::key(text)).map_or(&[], Vec::as_slice)
}

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
