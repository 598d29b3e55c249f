//! Latin words in disguise: full width, zero width, look-alikes of other scripts, digits for letters.

use unicode_normalization::UnicodeNormalization;

use super::WritingSystem;
use crate::text;

/// The longest text that is read, in characters; what follows is no part of a name.
pub const MAX_TEXT: usize = 400;

/// A text in NFKC without invisible characters, cut at [`MAX_TEXT`] characters.
#[must_use]
pub fn visible(text: &str) -> String {
    if text.is_ascii() {
        return text.chars().take(MAX_TEXT).collect();
    }
    text.chars().take(MAX_TEXT * 4).filter(|&c| !text::is_ignorable(c)).nfkc().take(MAX_TEXT).collect()
}

/// A word with its look-alikes folded: a Latin word with Cyrillic or Greek look-alikes becomes Latin, a Cyrillic one with Latin
/// look-alikes Cyrillic. A word of one script is left alone: "Соня" has no Latin letter in it.
///
/// ```
/// use bonafide_normalise::script::latin::fold_look_alikes;
/// assert_eq!(fold_look_alikes("Rоsаlind"), "Rosalind"); // Cyrillic о and а
/// assert_eq!(fold_look_alikes("Соня"), "Соня");
/// ```
#[must_use]
pub fn fold_look_alikes(word: &str) -> String {
    let (mut latin, mut foreign, mut foreign_unlike) = (0, 0, 0);
    for letter in word.chars() {
        match WritingSystem::of(letter) {
            Some(WritingSystem::Latin) => latin += 1,
            Some(WritingSystem::Cyrillic | WritingSystem::Other) => {
                foreign += 1;
                foreign_unlike += usize::from(latin_look_alike(letter).is_none());
            }
            _ => {}
        }
    }
    if latin == 0 || foreign == 0 {
        return word.to_owned();
    }
    if foreign_unlike == 0 || latin > foreign {
        return word.chars().map(|c| latin_look_alike(c).unwrap_or(c)).collect();
    }
    word.chars().map(|c| cyrillic_look_alike(c).unwrap_or(c)).collect()
}

/// Digits and signs that stand for letters inside a word of letters, read as letters: "Kha1iq", "St3ven". Numbers stay numbers.
#[must_use]
pub fn fold_leet(word: &str) -> String {
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    let signs = word.chars().filter(|&c| leet_letter(c).is_some()).count();
    if letters < 2 || signs == 0 || signs > letters {
        return word.to_owned();
    }
    word.chars().map(|c| leet_letter(c).unwrap_or(c)).collect()
}

const fn leet_letter(sign: char) -> Option<char> {
    Some(match sign {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        '8' => 'b',
        _ => return None,
    })
}

/// The Latin letter that a Cyrillic, Greek or Armenian letter looks like (Unicode TR 39, single letters).
const fn latin_look_alike(letter: char) -> Option<char> {
    Some(match letter {
        'а' | 'α' => 'a',
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'Ь' | 'ь' => 'b',
        'с' | 'ϲ' => 'c',
        'С' => 'C',
        'ԁ' => 'd',
        'е' | 'є' => 'e',
        'Е' | 'Ε' => 'E',
        'ց' => 'g',
        'һ' | 'հ' => 'h',
        'Н' | 'Η' => 'H',
        'і' | 'ι' => 'i',
        'І' | 'Ι' | 'Ӏ' => 'I',
        'ј' => 'j',
        'Ј' => 'J',
        'к' | 'κ' => 'k',
        'К' | 'Κ' => 'K',
        'ӏ' => 'l',
        'М' | 'Μ' => 'M',
        'м' => 'm',
        'п' | 'ո' => 'n',
        'Ν' => 'N',
        'о' | 'ο' | 'օ' => 'o',
        'О' | 'Ο' => 'O',
        'р' | 'ρ' => 'p',
        'Р' | 'Ρ' => 'P',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'Ѕ' => 'S',
        'т' | 'τ' => 't',
        'Т' | 'Τ' => 'T',
        'υ' | 'ս' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'Х' | 'Χ' => 'X',
        'у' | 'γ' => 'y',
        'У' | 'Υ' => 'Y',
        'Ζ' => 'Z',
        _ => return None,
    })
}

const fn cyrillic_look_alike(letter: char) -> Option<char> {
    Some(match letter {
        'a' => 'а',
        'A' => 'А',
        'B' => 'В',
        'c' => 'с',
        'C' => 'С',
        'e' => 'е',
        'E' => 'Е',
        'H' => 'Н',
        'i' => 'і',
        'k' => 'к',
        'K' => 'К',
        'M' => 'М',
        'o' => 'о',
        'O' => 'О',
        'p' => 'р',
        'P' => 'Р',
        'T' => 'Т',
        'x' => 'х',
        'X' => 'Х',
        'y' => 'у',
        _ => return None,
    })
}
