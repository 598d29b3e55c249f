//! Words of firms' and schools' names, and how much each speaks for one.
//!
//! The lists stand in `organisations.txt`, our own compilation.

use std::{collections::HashSet, sync::LazyLock};

use super::{super::fold, list};

struct Tables {
    /// Legal forms, without dots and spaces.
    legal: HashSet<String>,
    /// Nouns that firms and other employers call themselves.
    firm: HashSet<String>,
    /// Words of schools.
    school: HashSet<String>,
    /// Words of schools in scripts without spaces.
    school_inside: Vec<String>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables =
        Tables { legal: HashSet::new(), firm: HashSet::with_capacity(1024), school: HashSet::new(), school_inside: Vec::new() };
    for (title, entry) in list::entries(include_str!("organisations.txt")) {
        let folded = fold::fold(entry);
        match title {
            "legal forms" => drop(tables.legal.insert(folded)),
            "firm nouns" => drop(tables.firm.insert(folded)),
            _ => {
                if folded.chars().any(no_spaces) {
                    tables.school_inside.push(folded.clone());
                }
                tables.school.insert(folded);
            }
        }
    }
    tables
});

fn no_spaces(c: char) -> bool {
    fold::is_cjk(c) || matches!(c, '\u{e00}'..='\u{e7f}')
}

/// How much the words of a text (folded) speak for a firm's name: 0 for not at all, 3 and more for clearly.
pub(crate) fn firm_evidence(folded: &str) -> f32 {
    let tables = &*TABLES;
    let words: Vec<&str> = fold::words(folded).collect();
    let Some(last) = words.last() else { return 0.0 };
    let mut evidence = 0.0_f32;
    if has_legal_form(folded) {
        evidence += 4.0;
    }
    if is_body_of(&words) {
        evidence += 3.0;
    }
    if tables.firm.contains(*last) || last.strip_suffix('s').is_some_and(|word| tables.firm.contains(word)) {
        evidence += if words.len() > 1 { 2.5 } else { 0.5 };
    } else if words.len() > 1 && tables.firm.contains(words[0]) {
        evidence += 2.0;
    } else if words.iter().any(|word| tables.firm.contains(*word)) {
        evidence += 0.8;
    }
    if school_evidence(folded) >= 2.0 {
        evidence += 2.0;
    }
    evidence
}

/// Whether a text (folded) is nothing but legal forms: `inc.`, `co., ltd.`
pub(crate) fn is_legal_form(folded: &str) -> bool {
    let mut any = false;
    for word in folded.split([' ', ',']).filter(|word| !word.is_empty()) {
        let squeezed: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        any = true;
        if !TABLES.legal.contains(&squeezed) {
            return false;
        }
    }
    any
}

/// Whether a text (folded) holds a legal form: as its last word, before a bracket or comma, or first (`PT`, `ООО`).
pub(crate) fn has_legal_form(folded: &str) -> bool {
    let tables = &*TABLES;
    for clause in folded.split(['(', ',']) {
        let clause = clause.trim_end_matches([' ', '.', ')']);
        if clause.is_empty() {
            continue;
        }
        let mut tail = clause.rsplit(' ');
        let Some(last) = tail.next() else { continue };
        let lone = last.len() == clause.len();
        let squeezed: String = last.chars().filter(|c| c.is_alphanumeric()).collect();
        // One-word clauses count only behind a comma (`Acme, Inc.`), where they cannot be the name itself.
        if tables.legal.contains(&squeezed) && (!lone || clause.as_ptr() != folded.as_ptr()) && squeezed.len() > 1 {
            return true;
        }
        if !lone {
            let two: String = clause
                .rsplitn(3, ' ')
                .take(2)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .flat_map(|word| word.chars().filter(|c| c.is_alphanumeric()))
                .collect();
            let three: String = clause
                .rsplitn(4, ' ')
                .take(3)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .flat_map(|word| word.chars().filter(|c| c.is_alphanumeric()))
                .collect();
            if matches!(two.as_str(), "zoo" | "oo" | "doo" | "sro")
                || matches!(three.as_str(), "spzoo" | "sadecv" | "cokg" | "doo" | "sro")
            {
                return true;
            }
        }
    }
    let first = folded.split(' ').next().unwrap_or_default();
    matches!(first, "ооо" | "оао" | "зао" | "пао" | "ао" | "тов" | "pt" | "株式会社" | "(주)" | "㈜")
        && folded.len() > first.len()
        || folded.contains("株式会社")
        || folded.contains("有限公司")
        || folded.contains("주식회사")
        || folded.contains("(株)")
        || folded.contains("(주)")
}

/// How much the words of a text (folded) speak for a school's name: 0 for not at all, 3 for clearly.
pub(crate) fn school_evidence(folded: &str) -> f32 {
    let tables = &*TABLES;
    let mut best = 0.0_f32;
    for word in fold::words(folded) {
        if tables.school.contains(word) {
            best = best.max(if word.len() <= 3 { 1.5 } else { 3.0 });
        } else if word.len() > 8
            && [
                "hochschule",
                "universitat",
                "akademie",
                "schule",
                "gymnasium",
                "universitet",
                "hogeschool",
                "korkeakoulu",
                "yliopisto",
                "egyetem",
                "kolleg",
                "skola",
            ]
            .iter()
            .any(|ending| word.ends_with(ending))
        {
            best = best.max(3.0);
        }
    }
    if best < 3.0 && !folded.is_ascii() && tables.school_inside.iter().any(|word| folded.contains(word.as_str())) {
        best = 3.0;
    }
    best
}

/// Whether words begin with the name of a body and say of what: `Guild of Master Bakers`, `Office of Water Management`.
pub(crate) fn is_body_of(words: &[&str]) -> bool {
    words.len() >= 3
        && matches!(words[1], "of" | "for")
        && matches!(
            words[0],
            "guild"
                | "society"
                | "association"
                | "bureau"
                | "office"
                | "department"
                | "ministry"
                | "institute"
                | "academy"
                | "council"
                | "league"
                | "federation"
                | "union"
                | "bank"
                | "museum"
                | "college"
                | "school"
                | "city"
                | "county"
                | "state"
                | "town"
                | "centre"
                | "center"
                | "house"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn firms_are_told_by_form_and_noun() {
        for name in [
            "Globex Systems LLC",
            "Acme Cloud, Inc.",
            "Brandt & Söhne GmbH",
            "Danggeun Pay Inc. (KarrotPay)",
            "Nowa Fala Sp. z o.o.",
            "Omnious. Co., Ltd.",
            "ООО Ромашка",
            "Banco Azul",
            "株式会社ミドリ",
        ] {
            assert!(firm_evidence(&fold::fold(name)) >= 2.0, "{name}: {}", firm_evidence(&fold::fold(name)));
        }
        for name in ["Senior Engineer", "Java Developer", "Jane"] {
            assert!(firm_evidence(&fold::fold(name)) < 1.0, "{name}");
        }
    }

    #[test]
    fn schools_are_told_by_their_noun() {
        for name in [
            "State University",
            "Technische Universität Musterstadt",
            "École Centrale",
            "東都大学",
            "Fachhochschule Nordheim",
            "Северный университет",
        ] {
            assert!(school_evidence(&fold::fold(name)) >= 3.0, "{name}");
        }
    }
}
