//! Text as people and PDF readers leave it, made comparable.

use any_ascii::any_ascii_char;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Characters that carry no meaning in an identifier and arrive by copying: soft hyphen, zero-width and bidirectional controls,
/// variation selectors, byte order mark.
pub(crate) const fn is_ignorable(character: char) -> bool {
    matches!(
        character,
        '\u{00AD}'
            | '\u{034F}'
            | '\u{061C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Unicode NFKC without ignorable characters; runs of white space and control characters become one space, none at the ends.
pub(crate) fn tidy(text: &str) -> String {
    if text.is_ascii() {
        return collapse_spaces(text.chars());
    }
    collapse_spaces(text.chars().filter(|&c| !is_ignorable(c)).nfkc())
}

fn collapse_spaces(characters: impl Iterator<Item = char>) -> String {
    let mut tidy = String::new();
    let mut gap = false;
    for character in characters {
        if character.is_whitespace() || character.is_control() {
            gap = true;
        } else {
            if gap && !tidy.is_empty() {
                tidy.push(' ');
            }
            gap = false;
            tidy.push(character);
        }
    }
    tidy
}

/// [`tidy`] in lower case, brought to rest: applying it again changes nothing.
pub(crate) fn tidy_lower(text: &str) -> String {
    let mut current = tidy(text);
    if current.is_ascii() {
        current.make_ascii_lowercase();
        return current;
    }
    // Lower-casing may undo NFKC and the other way round; a few rounds reach the fixed point for every character of Unicode.
    for _ in 0..4 {
        let next = tidy(&current.to_lowercase());
        if next == current {
            break;
        }
        current = next;
    }
    current
}

/// Letters and digits in ASCII lower case, transliterated, without marks; everything else is one space. For look-up in tables.
pub(crate) fn lookup_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |character: char, key: &mut String| {
        if character.is_ascii_alphanumeric() {
            if gap && !key.is_empty() {
                key.push(' ');
            }
            gap = false;
            key.push(character.to_ascii_lowercase());
        } else if !matches!(character, '\'' | '’' | '.') {
            gap = true;
        }
    };
    if text.is_ascii() {
        text.chars().for_each(|character| push(character, &mut key));
        return key;
    }
    for character in text.chars().filter(|&c| !is_ignorable(c)).nfkd().filter(|&c| !is_combining_mark(c)) {
        if character.is_ascii() {
            push(character, &mut key);
        } else {
            let ascii = any_ascii_char(character);
            if ascii.is_empty() {
                push(' ', &mut key);
            }
            ascii.chars().for_each(|character| push(character, &mut key));
        }
    }
    key
}
