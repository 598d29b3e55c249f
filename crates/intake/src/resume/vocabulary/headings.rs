//! Headings of résumé sections in the larger written languages.
//!
//! The lists stand in `headings.txt`, our own compilation. They are folded on first use; spaces do not matter.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use super::{
    super::{fold, types::SectionKind},
    list,
};

struct Tables {
    phrases: HashMap<String, SectionKind>,
    /// Words that make a qualified heading when they stand last (`Customer Service Experience`).
    last: HashMap<String, SectionKind>,
    /// Words that make a qualified heading when they stand first, in languages that put the noun first.
    first: HashMap<String, SectionKind>,
    /// Words that join the parts of a compound heading.
    joints: HashSet<String>,
    /// Titles of the document itself.
    titles: HashSet<String>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables {
        phrases: HashMap::with_capacity(4096),
        last: HashMap::new(),
        first: HashMap::new(),
        joints: HashSet::new(),
        titles: HashSet::new(),
    };
    for (title, entry) in list::entries(include_str!("headings.txt")) {
        let (list, kind) = title.split_once(' ').unwrap_or((title, ""));
        let key = fold::key(entry);
        match (list, kind) {
            ("joints", _) => drop(tables.joints.insert(fold::fold(entry))),
            ("document", _) => drop(tables.titles.insert(key)),
            (list, kind) => {
                let table = match list {
                    "phrases" => &mut tables.phrases,
                    "last" => &mut tables.last,
                    _ => &mut tables.first,
                };
                if let Some(kind) = kind_of(kind) {
                    table.entry(key).or_insert(kind);
                }
            }
        }
    }
    tables
});

fn kind_of(name: &str) -> Option<SectionKind> {
    use SectionKind as K;
    [
        K::Contact,
        K::Summary,
        K::Work,
        K::Education,
        K::Skills,
        K::Projects,
        K::Certificates,
        K::Languages,
        K::Awards,
        K::Publications,
        K::Volunteer,
        K::Interests,
        K::References,
        K::Coursework,
        K::Personal,
    ]
    .into_iter()
    .find(|kind| kind.name() == name)
}

/// How sure a heading is from its words alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Certainty {
    /// The words may be a heading: only with typography that says so.
    Qualified,
    /// The words are a usual heading in full.
    Whole,
}

/// Longest heading in letters and digits.
const LONGEST: usize = 60;

/// The section that a line announces when it is a heading, by its words alone.
pub(crate) fn recognise(line: &str) -> Option<(SectionKind, Certainty)> {
    let line = trim_ornaments(line);
    if line.is_empty() || line.len() > 4 * LONGEST || line.chars().nth(LONGEST).is_some() {
        return None;
    }
    let folded = fold::fold(line);
    let key: String = folded.chars().filter(|c| c.is_alphanumeric() || is_mark(*c)).collect();
    if key.is_empty() || folded.bytes().filter(u8::is_ascii_digit).count() > 0 {
        return None;
    }
    if let Some(kind) = TABLES.phrases.get(&key) {
        return Some((*kind, Certainty::Whole));
    }
    compound(&folded).or_else(|| qualified(&folded))
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// `Certifications & Activities`, `Programs, Skills, Software`: at least one part is a usual heading, all are short.
fn compound(folded: &str) -> Option<(SectionKind, Certainty)> {
    let mut parts: Vec<String> = vec![String::new()];
    for piece in folded.split([',', '/', '|', '+', '·', '•']) {
        for word in piece.split(' ').filter(|word| !word.is_empty()) {
            if TABLES.joints.contains(word) {
                parts.push(String::new());
            } else if let Some(last) = parts.last_mut() {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(word);
            }
        }
        parts.push(String::new());
    }
    parts.retain(|part| !part.is_empty());
    if parts.len() < 2 || parts.len() > 4 || parts.iter().any(|part| part.split(' ').count() > 3) {
        return None;
    }
    let kinds: Vec<_> = parts.iter().map(|part| whole(part)).collect();
    let known = kinds.iter().flatten().count();
    let kind = kinds.iter().flatten().copied().find(|kind| matches!(kind, SectionKind::Work | SectionKind::Education));
    // "Languages & tools" are those of programmers.
    let skills = || kinds.iter().flatten().copied().find(|kind| *kind == SectionKind::Skills);
    let mut kind = kind.or_else(|| kinds.iter().flatten().copied().next())?;
    if kind == SectionKind::Languages {
        kind = skills().unwrap_or(kind);
    }
    Some((kind, if known == parts.len() { Certainty::Whole } else { Certainty::Qualified }))
}

fn whole(part: &str) -> Option<SectionKind> {
    let key: String = part.chars().filter(|c| c.is_alphanumeric() || is_mark(*c)).collect();
    TABLES.phrases.get(&key).copied()
}

/// `Customer Service Experience`, `Experiencia en proyectos`: at most five words with the right noun last or first.
fn qualified(folded: &str) -> Option<(SectionKind, Certainty)> {
    let words: Vec<&str> = fold::words(folded).collect();
    if words.len() < 2 || words.len() > 5 || folded.contains(['.', '!', '?', ';', '(', '@']) {
        return None;
    }
    let last = words.last().and_then(|word| TABLES.last.get(*word));
    let kind = last.or_else(|| words.first().and_then(|word| TABLES.first.get(*word)))?;
    Some((*kind, Certainty::Qualified))
}

/// Whether a line names the document itself (`Curriculum vitae`), which is no heading and no name.
pub(crate) fn is_document_title(line: &str) -> bool {
    let key = fold::key(line);
    TABLES.titles.contains(&key)
}

/// Cuts numbering, icons, rules and colons off the ends of a heading.
pub(crate) fn trim_ornaments(line: &str) -> &str {
    let line = line.trim_matches(|c: char| !(c.is_alphanumeric() || is_mark(c) || matches!(c, '(' | ')')));
    let numbering = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match line[numbering..].strip_prefix(['.', ')']) {
        Some(rest) if (1..=2).contains(&numbering) => rest.trim_start(),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_many_shapes() {
        for (line, kind) in [
            ("EXPERIENCE", SectionKind::Work),
            ("E XPERIENCE", SectionKind::Work),
            ("C O N TA C T", SectionKind::Contact),
            ("2. Work Experience:", SectionKind::Work),
            ("── Berufserfahrung ──", SectionKind::Work),
            ("Expériences professionnelles", SectionKind::Work),
            ("ОПЫТ РАБОТЫ", SectionKind::Work),
            ("Certifications & Activities", SectionKind::Certificates),
            ("Education and Training", SectionKind::Education),
            ("職務経歴", SectionKind::Work),
        ] {
            assert_eq!(recognise(line), Some((kind, Certainty::Whole)), "{line}");
        }
        for (line, kind) in [
            ("Customer Service Experience", SectionKind::Work),
            ("Programs, Skills, Software", SectionKind::Skills),
            ("Involvement Experience", SectionKind::Work),
        ] {
            assert_eq!(recognise(line), Some((kind, Certainty::Qualified)), "{line}");
        }
        for line in ["Led the payments platform.", "Staff Engineer", "Acme Corp", "Jan 2020", "", "10 years of experience"] {
            assert_eq!(recognise(line), None, "{line}");
        }
    }
}
