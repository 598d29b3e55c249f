//! Words of job titles in the larger written languages, and how much each speaks for a title.
//!
//! The lists stand in `occupations.txt`, our own compilation. Words are folded on first use. Compounding languages (German, Dutch, the Nordic languages, Finnish, Hungarian)
//! are met with endings.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use super::{super::fold, list};

struct Tables {
    /// Nouns that name an occupation or a position by themselves, with their strength.
    nouns: HashMap<String, f32>,
    /// Words that go with a title and seldom with a firm's name.
    ranks: HashSet<String>,
    /// Endings that make an occupation of a compound word.
    endings: Vec<String>,
    /// Phrases and words without spaces around them: looked for inside a text.
    phrases: Vec<String>,
    /// Words of teams and fields of work: they may follow a title behind a comma and are no firm's name by themselves.
    fields: HashSet<String>,
}

/// Strength of a noun that names an occupation, and of one that also means other things.
const CLEAR: f32 = 3.0;
const WEAK: f32 = 1.5;

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables {
        nouns: HashMap::with_capacity(2048),
        ranks: HashSet::new(),
        endings: Vec::new(),
        phrases: Vec::new(),
        fields: HashSet::new(),
    };
    for (title, entry) in list::entries(include_str!("occupations.txt")) {
        let folded = fold::fold(entry);
        match title {
            "nouns" if folded.contains(' ') => tables.phrases.push(folded),
            "nouns" => drop(tables.nouns.insert(folded, CLEAR)),
            "weak nouns" => drop(tables.nouns.insert(folded, WEAK)),
            "ranks" => drop(tables.ranks.insert(folded)),
            "endings" => tables.endings.push(folded),
            "inside" => tables.phrases.push(folded),
            _ => drop(tables.fields.insert(folded)),
        }
    }
    tables
});

/// Strength with which one folded word names an occupation: 0 for none, 3 for a clear one.
fn noun(word: &str) -> f32 {
    let tables = &*TABLES;
    if let Some(strength) = tables.nouns.get(word) {
        return *strength;
    }
    if let Some(strength) = word.strip_suffix('s').and_then(|singular| tables.nouns.get(singular)) {
        return strength * 0.6;
    }
    // Gender forms: Entwickler:in, desarrollador/a, développeur·euse are split at their sign by the tokeniser.
    if let Some(base) = word.strip_suffix("in").filter(|base| base.len() > 6) {
        let known = tables.nouns.get(base).copied();
        let ends = base.len() > 9 && tables.endings.iter().any(|ending| base.ends_with(ending.as_str()));
        if let Some(strength) = known.or(ends.then_some(CLEAR)) {
            return strength;
        }
    }
    if word.len() > 9 && tables.endings.iter().any(|ending| word.ends_with(ending.as_str())) {
        return 3.0;
    }
    0.0
}

/// How much the words of a folded text speak for a job title: 0 for not at all, 3 and more for clearly.
pub(crate) fn title_evidence(folded: &str) -> f32 {
    let tables = &*TABLES;
    let mut best = 0.0_f32;
    let mut rank = 0.0_f32;
    let mut count = 0_usize;
    let mut clause_end = true;
    // A noun counts in full at the end of a clause (before "of", a comma, a bracket) or at the start (Romance order).
    let words: Vec<&str> = fold::words(folded).collect();
    for (index, word) in words.iter().enumerate().rev() {
        let strength = noun(word);
        if strength > 0.0 {
            let place = if clause_end || index == 0 { 1.0 } else { 0.6 };
            best = best.max(strength * place);
        }
        if tables.ranks.contains(*word) {
            rank = 1.5;
        }
        clause_end = matches!(
            *word,
            "of" | "for"
                | "de"
                | "di"
                | "du"
                | "des"
                | "del"
                | "da"
                | "do"
                | "for:"
                | "at"
                | "in"
                | "and"
                | "&"
                | "on"
                | "to"
                | "i"
                | "ii"
                | "iii"
                | "iv"
                | "1"
                | "2"
                | "3"
                | "w"
                | "m"
                | "f"
                | "d"
                | "the"
                | "für"
        ) || clause_end && tables.ranks.contains(*word);
        count += 1;
    }
    if best < 3.0 && !folded.is_ascii() && tables.phrases.iter().any(|phrase| folded.contains(phrase.as_str())) {
        best = 3.0;
    }
    // "The Evening Courier" is a name, and so is "Guild of Master Bakers".
    if words.first() == Some(&"the") && words.len() > 1 || super::organisations::is_body_of(&words) {
        return 0.4 * best;
    }
    if count == 0 || best == 0.0 { best + rank * 0.3 } else { best + rank }
}

/// Whether a folded text may be a name although one of its words is an occupation: `Ashley Baker`, and not `Software Engineer`.
pub(crate) fn may_be_surname(folded: &str) -> bool {
    let tables = &*TABLES;
    let words: Vec<&str> = fold::words(folded).collect();
    let occupations = words.iter().filter(|word| noun(word) > 0.0).count();
    let telling = words.iter().any(|word| {
        tables.ranks.contains(*word)
            || tables.fields.contains(*word)
            || matches!(*word, "project" | "program" | "account" | "office" | "general" | "chief" | "art" | "head")
    });
    (2..=3).contains(&words.len()) && occupations == 1 && !telling
}

/// Whether all words of a folded text name a team or field of work.
pub(crate) fn is_field_of_work(folded: &str) -> bool {
    let mut any = false;
    for word in fold::words(folded) {
        any = true;
        if !TABLES.fields.contains(word) {
            return false;
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_told_from_other_words() {
        for title in [
            "senior software engineer",
            "softwareentwickler",
            "head of infrastructure",
            "ingénieur logiciel",
            "programista java",
            "cto",
            "founder & ceo",
            "ソフトウェアエンジニア",
            "ведущий разработчик",
            "vice president of engineering",
            "teaching assistant",
            "kpcb fellow + software engineering intern",
        ] {
            assert!(title_evidence(&fold::fold(title)) >= 1.5, "{title}: {}", title_evidence(&fold::fold(title)));
        }
        for other in ["acme corp", "globex systems llc", "springfield", "northwind labs", "university of texas"] {
            assert!(title_evidence(&fold::fold(other)) < 1.0, "{other}");
        }
        assert!(is_field_of_work("payments platform"));
        assert!(!is_field_of_work("wingtip financial"));
    }
}
