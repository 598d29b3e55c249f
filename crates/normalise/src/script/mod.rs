//! How one spelling of a person's name may become another: writing systems, romanisations, sounds.
//!
//! Pure functions over words. Nothing here says where a name, let alone its bearer, comes from: the rules of a script or of a
//! romanisation are applied to every word that can be read by them, and a comparison takes the reading that fits best.
//!
//! | module | knows |
//! |---|---|
//! | [`latin`] | disguises (homoglyphs, leet, zero width, full width), Latin letters with marks |
//! | [`cyrillic`] | Russian, Ukrainian, Belarusian, Serbian and Kazakh letters in Latin (BGN/PCGN as the base form) |
//! | [`arabic`] | Arabic and Persian words as consonants, and frequent names with their vowels |
//! | [`chinese`] | names as syllables, from pinyin, Wade–Giles and the habits of Hong Kong and Singapore |
//! | [`han`] | pinyin, Wade–Giles, Cantonese habits, readings of surnames |
//! | [`korean`] | names as sequences of syllables, from Hangul, Hanja and every usual romanisation |
//! | [`sound`] | a word in Latin letters as sounds, and as its consonants |

pub mod arabic;
pub mod chinese;
pub mod cyrillic;
pub mod han;
pub mod korean;
pub mod latin;
pub mod sound;

use any_ascii::any_ascii_char;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The longest romanised word, in bytes; letters beyond it are not looked at.
pub const MAX_WORD: usize = 40;

/// Writing systems, as far as the reading of a name depends on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WritingSystem {
    /// Latin letters, with or without marks.
    Latin,
    /// Cyrillic letters.
    Cyrillic,
    /// Arabic letters, Persian and Urdu ones included.
    Arabic,
    /// Korean syllables and letters.
    Hangul,
    /// Chinese characters, in any country's form.
    Han,
    /// Japanese syllabaries.
    Kana,
    /// Any other script.
    Other,
}

impl WritingSystem {
    /// The writing system of a letter; `None` for digits, marks and punctuation.
    #[must_use]
    pub fn of(letter: char) -> Option<Self> {
        if !letter.is_alphabetic() {
            return None;
        }
        Some(match letter as u32 {
            0x0041..=0x024F | 0x0250..=0x02AF | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF | 0xFF21..=0xFF5A => {
                Self::Latin
            }
            0x0400..=0x052F | 0x1C80..=0x1C8F | 0x2DE0..=0x2DFF | 0xA640..=0xA69F => Self::Cyrillic,
            0x0600..=0x077F | 0x0870..=0x08FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFE => Self::Arabic,
            0x1100..=0x11FF | 0x3130..=0x318F | 0xA960..=0xA97F | 0xAC00..=0xD7FF => Self::Hangul,
            0x3040..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9F => Self::Kana,
            0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF => Self::Han,
            _ => Self::Other,
        })
    }

    /// The writing system of the first letter of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        word.chars().find_map(Self::of)
    }
}

/// A word in ASCII lower-case letters and digits, by the rules of its script; empty where nothing can be read.
///
/// ```
/// use bonafide_normalise::script::romanise;
/// assert_eq!(romanise("Щербаков"), "shcherbakov");
/// assert_eq!(romanise("Łuczyńska"), "luczynska");
/// assert_eq!(romanise("소나"), "sona");
/// ```
#[must_use]
pub fn romanise(word: &str) -> String {
    let mut roman = String::with_capacity(word.len());
    if word.is_ascii() {
        roman.extend(word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).take(MAX_WORD));
        return roman;
    }
    match WritingSystem::of_word(word) {
        Some(WritingSystem::Cyrillic) => cyrillic::romanise_into(word, &mut roman),
        Some(WritingSystem::Arabic) => arabic::romanise_into(word, &mut roman),
        _ => generic_into(word, &mut roman),
    }
    roman.truncate(MAX_WORD);
    roman
}

/// Letters by their general transliteration, without marks.
fn generic_into(word: &str, roman: &mut String) {
    // A combined Hangul syllable must not fall into its letters before it is read.
    let marks_gone = word.nfkc().flat_map(|c| {
        let keep_whole = matches!(WritingSystem::of(c), Some(WritingSystem::Hangul | WritingSystem::Han | WritingSystem::Kana));
        let base = if keep_whole { c } else { std::iter::once(c).nfkd().next().unwrap_or(c) };
        let rest: Vec<char> = if keep_whole { Vec::new() } else { std::iter::once(c).nfkd().skip(1).collect() };
        std::iter::once(base).chain(rest)
    });
    for letter in marks_gone.filter(|&c| !is_combining_mark(c) || WritingSystem::of(c).is_some()) {
        if roman.len() >= MAX_WORD {
            return;
        }
        let ascii = if letter.is_ascii() { None } else { Some(any_ascii_char(letter)) };
        let mut push = |c: char| {
            if c.is_ascii_alphanumeric() {
                roman.push(c.to_ascii_lowercase());
            }
        };
        match ascii {
            None => push(letter),
            Some(letters) => letters.chars().for_each(push),
        }
    }
}
