//! Words of organisations' names that are translated from one list to the next rather than spelled: "zavod" is "plant", "NPO" is
//! "scientific production association".
//!
//! A word is brought to English words that stand for it: by an abbreviation, by a word of a language as it is written in Latin
//! letters, or by the stem of an inflected one (Russian and its neighbours: "nauchnaya", "nauchnogo"). Stems are compared by sounds,
//! since every romanisation spells their endings in its own way. The tables are our own, from dictionaries of the languages and from
//! the designations that commercial codes prescribe.

mod native;
mod stems;
mod words;

use std::collections::HashMap;
use std::sync::LazyLock;

use bonafide_normalise::script::sound::sounds;

use stems::{ENDINGS, STEMS};
use words::{ABBREVIATIONS, ENGLISH_IN_CYRILLIC, WORDS};

pub(super) use native::{UnspacedWord, meaning as native_meaning, words as native_words};

static BY_WORD: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for row in WORDS {
        let first = row.split_whitespace().next().unwrap_or_default();
        for word in row.split_whitespace() {
            // A word of two meanings stands for the first that names it.
            words.entry(word).or_insert(first);
        }
    }
    for (abbreviation, meaning) in ABBREVIATIONS {
        words.insert(*abbreviation, *meaning);
    }
    for (word, english) in ENGLISH_IN_CYRILLIC.split_whitespace().filter_map(|row| row.split_once('=')) {
        let meaning = words.get(english).copied().unwrap_or(english);
        words.entry(word).or_insert(meaning);
    }
    words
});

static BY_STEM: LazyLock<HashMap<Vec<u8>, &'static str>> = LazyLock::new(|| {
    let rows = STEMS.split_whitespace().filter_map(|row| row.split_once('='));
    rows.map(|(stem, meaning)| (sounds(stem).as_bytes().to_vec(), meaning)).collect()
});

/// The English words that stand for a word of an organisation's name; none where it stands for itself.
pub(super) fn meaning(roman: &str) -> impl Iterator<Item = &'static str> {
    in_english(by_word(roman).or_else(|| by_stem(roman)).unwrap_or_default())
}

/// The words of a meaning, each by the one that stands for all of its row.
fn in_english(meaning: &'static str) -> impl Iterator<Item = &'static str> {
    let words = meaning.split([' ', '+']).filter(|word| !word.is_empty());
    words.map(|word| BY_WORD.get(word).copied().filter(|first| !first.contains(' ')).unwrap_or(word))
}

/// How many words from a place on tell what kind of state body somebody is, as "federal state budgetary institution of higher
/// education" or "state unitary enterprise" does: a legal form of several words, each of which says something elsewhere.
pub(super) fn state_form(words: &[&str]) -> usize {
    const WORDS: [&str; 13] = [
        "federal",
        "state",
        "republic",
        "municipal",
        "budget",
        "budgetary",
        "autonomous",
        "unitary",
        "education",
        "higher",
        "professional",
        "enterprise",
        "institution",
    ];
    let links = |word: &str| matches!(word, "of" | "for" | "and");
    let length = words.iter().take_while(|word| WORDS.contains(word) || links(word)).count();
    let form = &words[..length];
    let says = |word: &str| form.contains(&word);
    let is_form = says("unitary")
        || says("budget")
        || says("budgetary")
        || (says("federal") && says("state") && (says("enterprise") || says("institution")));
    if is_form { form.iter().rposition(|word| !links(word)).map_or(0, |last| last + 1) } else { 0 }
}

/// Whether a word is one of those that stand for others.
pub(super) fn is_common(roman: &str) -> bool {
    by_word(roman).is_some()
}

fn by_word(roman: &str) -> Option<&'static str> {
    BY_WORD.get(roman).copied()
}

fn by_stem(roman: &str) -> Option<&'static str> {
    if roman.len() < 5 {
        return None;
    }
    let sounds = sounds(roman);
    let sounds = sounds.as_bytes();
    (4..=sounds.len()).rev().find_map(|cut| {
        let (stem, ending) = sounds.split_at(cut);
        let meaning = BY_STEM.get(stem)?;
        ENDINGS.iter().any(|known| known.as_bytes() == ending).then_some(*meaning)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(roman: &str) -> String {
        meaning(roman).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn inflected_words_and_abbreviations_are_translated() {
        assert_eq!(words("nauchno"), "scientific");
        assert_eq!(words("nauchnogo"), words("nauchnaia"));
        assert_eq!(words("issledovatelskii"), "research");
        assert_eq!(words("npo"), "scientific production association");
        assert_eq!(words("zavod"), words("factory"));
        assert_eq!(words("predpriyatie"), words("predpriiatiye"));
        assert_eq!(words("quillfeather"), "");
        assert_eq!(words(""), "");
    }

    #[test]
    fn words_that_stand_for_others_stand_for_themselves() {
        for row in WORDS {
            let first = row.split_whitespace().next().unwrap_or_default();
            let told = words(first);
            assert!(!told.is_empty() && words(&told) == told, "{first}: {told}");
        }
    }
}
