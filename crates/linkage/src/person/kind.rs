//! What a column holds, and how two of its values compare.

use serde::{Deserialize, Serialize};

use super::distance::{least_distance, osa};

/// What a column holds. It decides the comparison, never the weight: weights are learned from the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Kind {
    /// A part of a personal name, or all of it.
    Name,
    /// A day as eight digits, year first.
    Date,
    /// An e-mail address.
    Email,
    /// A telephone number as digits.
    Phone,
    /// A postcode, a document number, a house number: short, with digits.
    Code,
    /// One of a few values.
    Category,
    /// Anything else: places, streets, occupations.
    Text,
}

/// How far two values of a field agree. The order is the order of likelihood ratios: a closer level never weighs less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Level {
    /// One of the values is missing: no evidence.
    Missing = 0,
    /// None of the levels below.
    Differs = 1,
    /// Given name and surname stand in each other's place.
    Swapped = 2,
    /// A part agrees: initial or beginning, year, half of the words, outward code.
    Part = 3,
    /// Two edits, or two of three parts of a date.
    Near = 4,
    /// One edit, the same mailbox at another provider, the last nine digits.
    Close = 5,
    /// Equal.
    Exact = 6,
}

impl Level {
    /// The level of a number; beyond the last it is the last.
    #[must_use]
    pub const fn of(number: usize) -> Self {
        match number {
            0 => Self::Missing,
            1 => Self::Differs,
            2 => Self::Swapped,
            3 => Self::Part,
            4 => Self::Near,
            5 => Self::Close,
            _ => Self::Exact,
        }
    }
}

/// Levels, the missing one included.
pub const LEVELS: usize = 7;

/// A value with what comparisons need of it.
#[derive(Clone, Copy)]
pub struct Value<'v> {
    /// Canonical bytes.
    pub bytes: &'v [u8],
    /// See [`super::distance::signature`].
    pub signature: u64,
}

/// How far two different, present values agree.
#[must_use]
pub fn compare(kind: Kind, left: Value<'_>, right: Value<'_>) -> Level {
    match kind {
        Kind::Category => Level::Differs,
        Kind::Name => by_edits(left, right, is_beginning),
        Kind::Text => by_edits(left, right, share_half_of_words),
        Kind::Code => by_edits(left, right, share_first_half),
        Kind::Phone => {
            if share_last_nine(left.bytes, right.bytes) {
                Level::Close
            } else {
                by_edits(left, right, |_, _| false)
            }
        }
        Kind::Email => {
            if mailbox(left.bytes) == mailbox(right.bytes) {
                Level::Close
            } else {
                by_edits(left, right, |_, _| false)
            }
        }
        Kind::Date => date(left, right),
    }
}

fn by_edits(left: Value<'_>, right: Value<'_>, part: impl Fn(&[u8], &[u8]) -> bool) -> Level {
    let longest = left.bytes.len().max(right.bytes.len());
    let most = if longest < 5 { 1 } else { 2 + (longest as u32).saturating_sub(8) / 8 };
    if left.bytes.len().abs_diff(right.bytes.len()) as u32 <= most && least_distance(left.signature, right.signature) <= most {
        let edits = osa(left.bytes, right.bytes);
        if edits <= 1 {
            return Level::Close;
        }
        if edits <= most {
            return Level::Near;
        }
    }
    if part(left.bytes, right.bytes) { Level::Part } else { Level::Differs }
}

fn is_beginning(left: &[u8], right: &[u8]) -> bool {
    left.starts_with(right) || right.starts_with(left) || words_in_common(left, right) > 0
}

fn share_first_half(left: &[u8], right: &[u8]) -> bool {
    let half = left.len().max(right.len()).div_ceil(2).max(2);
    left.len() >= half && right.len() >= half && left[..half] == right[..half]
}

fn share_half_of_words(left: &[u8], right: &[u8]) -> bool {
    let words = words(left).count().min(words(right).count());
    words > 0 && 2 * words_in_common(left, right) >= words
}

/// Words that stand in both, among the first sixteen of each.
fn words_in_common(left: &[u8], right: &[u8]) -> usize {
    words(left).filter(|&word| word.len() > 2 && words(right).any(|other| other == word)).count()
}

fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|&byte| byte == b' ').filter(|word| !word.is_empty()).take(16)
}

fn share_last_nine(left: &[u8], right: &[u8]) -> bool {
    left.len() >= 9 && right.len() >= 9 && left[left.len() - 9..] == right[right.len() - 9..]
}

fn mailbox(address: &[u8]) -> &[u8] {
    address.split(|&byte| byte == b'@').next().unwrap_or_default()
}

fn date(left: Value<'_>, right: Value<'_>) -> Level {
    let (left, right) = (left.bytes, right.bytes);
    if left.len() != 8 || right.len() != 8 {
        return if osa(left, right) <= 1 { Level::Close } else { Level::Differs };
    }
    if osa(left, right) == 1 {
        return Level::Close;
    }
    let same = [left[..4] == right[..4], left[4..6] == right[4..6], left[6..] == right[6..]];
    let turned = same[0] && left[4..6] == right[6..] && left[6..] == right[4..6];
    let parts = same.iter().filter(|&&same| same).count();
    if turned || parts == 2 || osa(left, right) == 2 {
        Level::Near
    } else if same[0] {
        Level::Part
    } else {
        Level::Differs
    }
}
