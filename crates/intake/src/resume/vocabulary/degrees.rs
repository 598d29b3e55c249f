//! Names of degrees in the larger written languages.
//!
//! The lists stand in `degrees.txt`, our own compilation.

use std::{collections::HashSet, sync::LazyLock};

use super::{super::fold, list};

struct Tables {
    /// Abbreviations, without dots and spaces.
    abbreviations: HashSet<String>,
    words: HashSet<String>,
    beginnings: Vec<String>,
    /// Phrases and words without spaces around them: looked for inside a text.
    inside: Vec<String>,
    /// Credentials that are no degrees.
    credentials: HashSet<String>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables {
        abbreviations: HashSet::new(),
        words: HashSet::new(),
        beginnings: Vec::new(),
        inside: Vec::new(),
        credentials: HashSet::new(),
    };
    for (title, entry) in list::entries(include_str!("degrees.txt")) {
        let folded = fold::fold(entry);
        match title {
            "abbreviations" => drop(tables.abbreviations.insert(folded)),
            "credentials" => drop(tables.credentials.insert(folded)),
            _ => match folded.strip_suffix('*') {
                Some(beginning) => tables.beginnings.push(beginning.to_owned()),
                None if folded.contains(' ') || folded.chars().any(|c| fold::is_cjk(c) || matches!(c, '\u{e00}'..='\u{e7f}')) => {
                    tables.inside.push(folded);
                }
                None => drop(tables.words.insert(folded)),
            },
        }
    }
    tables
});

/// Whether a text begins with an abbreviation of the form of degrees and goes on: `S.Kom. Informatics`, `Dr.rer.nat. Physik`.
fn begins_with_dotted(text: &str) -> bool {
    let Some((first, rest)) = text.trim().split_once(' ') else { return false };
    let pieces: Vec<&str> = first.split('.').filter(|piece| !piece.is_empty()).collect();
    let short = |piece: &&str| piece.chars().all(char::is_alphabetic) && piece.chars().count() <= 4;
    first.ends_with('.')
        && (2..=3).contains(&pieces.len())
        && pieces.iter().all(short)
        && pieces.iter().any(|piece| piece.chars().count() >= 2)
        && first.starts_with(char::is_uppercase)
        && rest.chars().next().is_some_and(char::is_uppercase)
        && !matches!(first, "U.S." | "U.K." | "U.S.A." | "S.A." | "S.L." | "S.r.l." | "S.p.A.")
}

/// How much a text speaks for a degree: 0 for not at all, 3 for clearly. Takes the text as written: abbreviations are told by case.
pub(crate) fn degree_evidence(text: &str) -> f32 {
    let tables = &*TABLES;
    let mut best = if begins_with_dotted(text) { 2.0_f32 } else { 0.0 };
    let mut start = true;
    for token in
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '(' | ')' | '|' | '·' | '–' | '—' | ':' | ';' | '&'))
    {
        if token.is_empty() {
            continue;
        }
        let squeezed: String = token.chars().filter(|c| c.is_alphanumeric()).collect();
        let folded = fold::fold(&squeezed);
        let cased = squeezed.chars().next().is_some_and(char::is_uppercase);
        let dotted = token.contains('.') && token.len() > 2 && !token.ends_with("...");
        let capitals = squeezed.chars().filter(|c| c.is_uppercase()).count();
        if tables.abbreviations.contains(&folded) && cased && (dotted || capitals >= 2) {
            best = best.max(if start || dotted { 3.0 } else { 2.0 });
        } else if tables.abbreviations.contains(&folded) && start && folded.len() >= 3 {
            best = best.max(2.0);
        }
        let whole = fold::fold(token.trim_matches(|c: char| !c.is_alphanumeric()));
        if tables.words.contains(&whole) || tables.beginnings.iter().any(|beginning| whole.starts_with(beginning.as_str())) {
            let weak = matches!(
                whole.as_str(),
                "certificate"
                    | "program"
                    | "programme"
                    | "course"
                    | "studies"
                    | "training"
                    | "specialization"
                    | "minor"
                    | "major"
                    | "degree"
                    | "graduate"
                    | "undergraduate"
                    | "honors"
                    | "honours"
                    | "doctor"
                    | "technik"
                    | "examen"
                    | "ausbildung"
                    | "studia"
                    | "promotion"
                    | "специалист"
                    | "кандидат"
                    | "ingeniero"
                    | "tecnico"
                    | "inginer"
                    | "insinoori"
            );
            best = best.max(if weak { 1.5 } else { 3.0 });
        }
        start = false;
    }
    if best < 3.0 {
        let folded = fold::fold(text.trim_start_matches(|c: char| !c.is_alphanumeric()));
        if folded.starts_with("associate of ") || folded.starts_with("associate in ") || folded.starts_with("associate degree") {
            best = 3.0;
        }
        if tables.inside.iter().any(|word| folded.contains(word.as_str())) {
            best = best.max(2.5);
        }
    }
    best
}

/// Whether a token (as written) is a degree or credential written behind a name: `PhD`, `M.Sc.`, `PMP`.
pub(crate) fn is_credential(token: &str) -> bool {
    let squeezed: String = token.chars().filter(|c| c.is_alphanumeric()).collect();
    let folded = fold::fold(&squeezed);
    TABLES.credentials.contains(&folded)
        || (TABLES.abbreviations.contains(&folded)
            && squeezed.chars().filter(|c| c.is_uppercase()).count() >= 2
            && !matches!(folded.as_str(), "me" | "be" | "as" | "ma" | "bit" | "di"))
        || (token.contains('.') && matches!(folded.as_str(), "ma" | "me" | "be" | "as"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_told_from_other_words() {
        for text in [
            "B.S. in Computer Science",
            "BSc Mathematics",
            "MEng in Computer Science",
            "Bachelor of Arts: Major in English",
            "M.Sc. Informatik",
            "Licence en informatique",
            "Ingeniería Informática",
            "Высшее, бакалавр",
            "工学士",
            "MS Data Science",
            "PhD, Physics",
            "Associate of Applied Science in Nursing",
            ": Associate of Arts",
            "S.Kom. Informatics",
        ] {
            assert!(degree_evidence(text) >= 2.0, "{text}: {}", degree_evidence(text));
        }
        for text in ["State University", "GPA: 3.7", "Dean's List", "me and my team", "as needed", "Springfield"] {
            assert!(degree_evidence(text) < 1.5, "{text}: {}", degree_evidence(text));
        }
        assert!(is_credential("PhD") && is_credential("M.Sc.") && is_credential("PMP") && !is_credential("Ma"));
    }
}
