//! Sentences that say nothing about who wrote them.
//!
//! With few résumés at hand a popular phrase looks rare: two applicants who took one sentence from one advice book would seem to have
//! one hand behind them. The table is our own (`data/popular_phrases.txt`): wordings that advice books, site templates and word
//! processors offer, with figures and technologies left open.

use std::{collections::HashSet, sync::LazyLock};

use super::{columns::hash, text::write_skeleton};

const TABLE: &str = include_str!("../../data/popular_phrases.txt");
/// Sentences of one pattern that are made at most.
const MOST_OF_A_PATTERN: usize = 500;

static SKELETONS: LazyLock<HashSet<u64>> = LazyLock::new(|| {
    let mut all = HashSet::new();
    let mut skeleton = String::new();
    for pattern in TABLE.lines().filter(|line| !line.starts_with('#')) {
        for sentence in sentences(pattern) {
            write_skeleton(&sentence, &mut skeleton);
            all.insert(hash(skeleton.as_bytes()));
        }
    }
    all
});

/// Whether a skeleton is that of a popular phrase.
pub(super) fn is_popular(skeleton: &str) -> bool {
    SKELETONS.contains(&hash(skeleton.as_bytes()))
}

/// All sentences of a pattern.
fn sentences(pattern: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for (number, piece) in pattern.split(['{', '}']).enumerate() {
        // Between braces: every second piece.
        let choices: Vec<&str> = if number % 2 == 1 { piece.split('|').collect() } else { vec![piece] };
        all = all.iter().flat_map(|start| choices.iter().map(move |choice| format!("{start}{choice}"))).collect();
        all.truncate(MOST_OF_A_PATTERN);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sentence: &str) -> String {
        let mut skeleton = String::new();
        write_skeleton(sentence, &mut skeleton);
        skeleton
    }

    #[test]
    fn phrases_of_advice_books_are_known_with_any_figure_and_technology() {
        for popular in [
            "Developed and maintained web applications using React and Node.js.",
            "• Improved application performance by 35% through caching",
            "Responsible for writing clean, maintainable and well documented code",
            "Led a team of 7 engineers to deliver key features",
            "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
        ] {
            assert!(is_popular(&of(popular)), "{popular}");
        }
    }

    #[test]
    fn own_work_is_not() {
        for own in [
            "Hardened the audit trail in C++ for a team of six, saving 41k USD a year",
            "Moved the settlement ledger of four exchanges to append-only storage",
        ] {
            assert!(!is_popular(&of(own)), "{own}");
        }
    }

    #[test]
    fn every_pattern_is_whole_and_bounded() {
        for pattern in TABLE.lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(pattern.matches('{').count(), pattern.matches('}').count(), "{pattern}");
            let all = sentences(pattern);
            assert!(!all.is_empty() && all.len() < MOST_OF_A_PATTERN, "{pattern}: {}", all.len());
            // What is written is what is looked for: a skeleton of a skeleton is the same.
            for sentence in all {
                let skeleton = of(&sentence);
                let again = of(&skeleton);
                assert_eq!(skeleton, again, "{sentence}");
            }
        }
        assert!((500..5_000).contains(&SKELETONS.len()), "{}", SKELETONS.len());
    }
}
