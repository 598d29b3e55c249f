//! Folding of words for look-ups: lower case, compatibility forms, marks of the Latin script removed.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Folds a text: lower case, no Latin diacritics, white space single.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Folds a text into a buffer that is cleared first.
pub(crate) fn fold_into(text: &str, folded: &mut String) {
    folded.clear();
    if text.is_ascii() {
        for byte in text.bytes() {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => {
                    if !folded.is_empty() && !folded.ends_with(' ') {
                        folded.push(' ');
                    }
                }
                _ => folded.push(byte.to_ascii_lowercase() as char),
            }
        }
    } else {
        let mut previous_latin = false;
        let mut decomposed = false;
        for c in text.nfkd() {
            decomposed |= is_jamo(c);
            if is_combining_mark(c) {
                // Marks of other scripts are part of the letter.
                if !previous_latin {
                    folded.push(c);
                    decomposed = true;
                }
                continue;
            }
            previous_latin = c.is_alphabetic() && (c as u32) < 0x250 || ('\u{1e00}'..'\u{1f00}').contains(&c) || is_greek(c);
            match c {
                'ł' | 'Ł' => folded.push('l'),
                'ø' | 'Ø' => folded.push('o'),
                'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
                'ı' | 'İ' => folded.push('i'),
                'ß' | 'ẞ' => folded.push_str("ss"),
                'æ' | 'Æ' => folded.push_str("ae"),
                'œ' | 'Œ' => folded.push_str("oe"),
                'þ' | 'Þ' => folded.push_str("th"),
                '’' | '‘' | 'ʼ' | '`' | '´' => folded.push('\''),
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' => {}
                c if c.is_whitespace() => {
                    if !folded.is_empty() && !folded.ends_with(' ') {
                        folded.push(' ');
                    }
                }
                c => folded.extend(c.to_lowercase()),
            }
        }
        if decomposed {
            *folded = folded.nfc().collect();
        }
    }
    while folded.ends_with(' ') {
        folded.pop();
    }
}

const fn is_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3ff}')
}

const fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}')
}

/// Only the letters and digits of a folded text: the key under which headings are looked up, so that letter spacing does not matter.
pub(crate) fn key(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric() || is_combining_mark(*c) || matches!(c, '+' | '#')).collect()
}

/// Words of a folded text: runs of letters, digits and the signs that occur inside technology names.
pub(crate) fn words(folded: &str) -> impl Iterator<Item = &str> + Clone {
    folded
        .split(|c: char| !(c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\'' | '+' | '#' | '&')))
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty())
}

/// Whether a text has cased letters and none of them is lower case.
pub(crate) fn is_upper(text: &str) -> bool {
    let mut any = false;
    for c in text.chars() {
        if c.is_lowercase() {
            return false;
        }
        any |= c.is_uppercase();
    }
    any
}

/// Whether a letter belongs to a script without letter case and without spaces between words.
pub(crate) const fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_case_and_ligatures_fold() {
        assert_eq!(fold("  Berufs\u{AD}erfahrung  UND Äußeres "), "berufserfahrung und ausseres");
        assert_eq!(fold("Expérience ﬁnancière"), "experience financiere");
        assert_eq!(fold("Wykształcenie"), "wyksztalcenie");
        assert_eq!(fold("Опыт Работы"), "опыт работы");
        assert_eq!(fold("경력"), "경력");
        assert_eq!(key("C O N TA C T"), "contact");
        assert_eq!(words("c++ & c#, node.js").collect::<Vec<_>>(), ["c++", "&", "c#", "node", "js"]);
    }
}
