//! What the columns of a foreign table hold.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::person::Kind;

/// Headings under which the id of a row is looked for, in this order.
pub const ID_HEADINGS: [&str; 4] = ["id", "unique_id", "rec_id", "record_id"];

/// Characters of a value that are kept. What is longer is as good as equal when so much agrees.
const KEPT: usize = 1024;

/// What is known of a column when its kind is decided.
pub(crate) struct Sample<'s> {
    /// The heading.
    pub(crate) heading: &'s str,
    /// Distinct values, a bounded number of them.
    pub(crate) values: &'s [&'s str],
    /// Distinct values of the whole column.
    pub(crate) distinct: usize,
    /// Rows that hold a value.
    pub(crate) filled: usize,
}

/// The kind of a column, from its values first and its heading where values leave it open.
#[must_use]
pub(crate) fn kind(sample: &Sample<'_>) -> Kind {
    let most = |is: fn(&str) -> bool| sample.values.iter().filter(|value| is(value)).count() * 10 >= sample.values.len() * 8;
    let heading = sample.heading.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    let short_of_values = sample.distinct <= 40 && sample.filled > 20 * sample.distinct.max(1);
    if short_of_values {
        Kind::Category
    } else if most(is_email) {
        Kind::Email
    } else if most(is_date) && !says(&["phone", "mobile", "tel", "soc", "ssn"]) {
        Kind::Date
    } else if most(is_phone) && (says(&["phone", "mobile", "tel", "fax"]) || most(|value| value.trim_start().starts_with('+'))) {
        Kind::Phone
    } else if most(is_code) {
        Kind::Code
    } else if says(&["name", "forename", "vorname", "nombre", "apellido", "prenom"]) && most(is_wordy) {
        Kind::Name
    } else {
        Kind::Text
    }
}

/// A value in the form in which it is compared; empty where nothing is left of it.
#[must_use]
pub(crate) fn canonical(kind: Kind, value: &str) -> String {
    match kind {
        Kind::Email => bonafide_normalise::email::canonical(value).unwrap_or_else(|| plain(value)),
        Kind::Date => date(value).unwrap_or_else(|| plain(value)),
        Kind::Phone => value.chars().filter(char::is_ascii_digit).take(KEPT).collect(),
        Kind::Code => plain(value).replace(' ', ""),
        Kind::Name | Kind::Category | Kind::Text => plain(value),
    }
}

/// Letters and digits in lower case without marks, all else one space. Scripts stay what they are: two texts that merely
/// transliterate alike are not equal.
fn plain(value: &str) -> String {
    let mut plain = String::with_capacity(value.len().min(KEPT));
    let mut gap = false;
    for character in value.nfkd().filter(|&character| !is_combining_mark(character)).flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            if gap && !plain.is_empty() {
                plain.push(' ');
            }
            gap = false;
            plain.push(character);
            if plain.len() >= KEPT {
                break;
            }
        } else if !matches!(character, '\'' | '’' | '.') {
            gap = true;
        }
    }
    plain
}

/// Eight digits, year first, from `2001-02-03`, `20010203`, `03/02/2001`, `2001-02-03T04:05`. Digits are taken as they stand: a
/// month 86 is a writing error that a comparison may bridge.
fn date(value: &str) -> Option<String> {
    let value = value.trim();
    let day = value.split(['T', ' ']).next().unwrap_or(value);
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    if !parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    match parts[..] {
        [whole] if whole.len() == 8 => Some(whole.to_owned()),
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            Some(format!("{year}{month:0>2}{day:0>2}"))
        }
        [day, month, year] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            Some(format!("{year}{month:0>2}{day:0>2}"))
        }
        _ => None,
    }
}

fn is_date(value: &str) -> bool {
    date(value).is_some_and(|date| {
        let number = |range: std::ops::Range<usize>| date.get(range).and_then(|digits| digits.parse::<u32>().ok()).unwrap_or(99);
        (1000..=2200).contains(&date.get(..4).and_then(|year| year.parse::<u32>().ok()).unwrap_or(0))
            && number(4..6) <= 31
            && number(6..8) <= 31
    })
}

fn is_email(value: &str) -> bool {
    value.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
}

fn is_phone(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    (7..=15).contains(&digits) && !value.chars().any(char::is_alphabetic)
}

fn is_code(value: &str) -> bool {
    value.len() <= 40 && value.bytes().any(|byte| byte.is_ascii_digit()) && value.split_whitespace().count() <= 2
}

fn is_wordy(value: &str) -> bool {
    let letters = value.chars().filter(|character| character.is_alphabetic()).count();
    letters * 10 >= value.chars().filter(|character| !character.is_whitespace()).count() * 7
}
