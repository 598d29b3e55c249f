//! Names of files inside the evidence package: applicants choose the names of what they send, and some choose them to attack.

use std::collections::BTreeSet;

/// Longest part of a path, in characters.
const LONGEST: usize = 100;
/// Deepest folder kept.
const DEEPEST: usize = 8;

/// Gives each original file a path of its own that is safe on every system.
#[derive(Debug, Default)]
pub(crate) struct SafeNames {
    taken: BTreeSet<String>,
}

impl SafeNames {
    /// The path for a file.
    pub(crate) fn path(&mut self, folder: &str, name: &str) -> String {
        let parts: Vec<String> = name.split(['/', '\\']).map(safe_part).filter(|part| !part.is_empty()).collect();
        let kept = &parts[parts.len().saturating_sub(DEEPEST)..];
        let path = if kept.is_empty() { "unnamed".to_owned() } else { kept.join("/") };
        let (stem, ending) = match path.rfind('.').filter(|at| path[*at..].len() <= 8 && !path[*at..].contains('/')) {
            Some(at) => path.split_at(at),
            None => (path.as_str(), ""),
        };
        let mut candidate = format!("{folder}/{path}");
        let mut number = 2;
        // Some systems do not tell upper case from lower case.
        while !self.taken.insert(candidate.to_lowercase()) {
            candidate = format!("{folder}/{stem}~{number}{ending}");
            number += 1;
        }
        candidate
    }
}

/// One part of a path, harmless on every system; empty where nothing is left of it.
pub(crate) fn safe_part(text: &str) -> String {
    let cleaned: String = text
        .chars()
        .map(|character| {
            let forbidden = matches!(character, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\u{F8FF}');
            if forbidden || character.is_control() || is_invisible(character) { '_' } else { character }
        })
        .take(LONGEST)
        .collect();
    let trimmed = cleaned.trim_matches(|character: char| character == '.' || character.is_whitespace());
    let stem = trimmed.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let reserved = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (stem.len() == 4 && (stem.starts_with("COM") || stem.starts_with("LPT")));
    if reserved { format!("_{trimmed}") } else { trimmed.to_owned() }
}

/// Characters that turn the direction of text or are not seen: a name that reads other than it is.
const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_become_harmless_and_stay_apart() {
        let mut names = SafeNames::default();
        let cases = [
            ("resume.pdf", "originals/resume.pdf"),
            ("Resume.PDF", "originals/Resume~2.PDF"),
            ("../../etc/passwd", "originals/etc/passwd"),
            ("..\\..\\windows\\system32\\x.dll", "originals/windows/system32/x.dll"),
            ("/absolute", "originals/absolute"),
            ("C:\\x", "originals/C_/x"),
            ("", "originals/unnamed"),
            ("...", "originals/unnamed~2"),
            ("a\0b\n.txt", "originals/a_b_.txt"),
            ("fdp.\u{202E}exe", "originals/fdp._exe"),
            ("nul.txt", "originals/_nul.txt"),
            ("mail/1.eml", "originals/mail/1.eml"),
        ];
        for (name, right) in cases {
            assert_eq!(names.path("originals", name), right, "{name:?}");
        }
        let long = names.path("originals", &"x/".repeat(1000));
        assert!(long.len() < 40, "{long}");
        assert!(names.path("originals", &"y".repeat(5000)).len() < 130);
    }
}
