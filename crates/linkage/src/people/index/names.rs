//! Names that are a slip of the keys apart, told by keyed hashes alone.
//!
//! A name is kept as hashes of what is left of it when one letter is left out, by position, and of a longer name when two are. Two
//! names are a substitution apart where both without the letter at one position are equal, a transposition where that holds
//! crosswise for two neighbours, an insertion where one whole equals the other without a letter. Two slips in longer names are taken
//! from equal remainders; a few pairs that a comparison of the letters puts three or four slips apart pass as well.

use std::collections::HashMap;

use super::key::Key;

/// Bytes of a name whose forms are kept; longer ones are near their equals only.
const MOST_BYTES: usize = 32;
/// Bytes from which on two slips are forgiven, and below which none is.
const LONG: usize = 8;
const SHORT: usize = 4;

/// The forms of a name: its length, its own hash, those without one letter by position, those without two in ascending order.
pub(super) fn forms(key: &Key, name: &[u8]) -> Vec<u32> {
    let mut forms = vec![name.len() as u32, key.form(name)];
    if !(SHORT..=MOST_BYTES).contains(&name.len()) {
        return forms;
    }
    let mut left = Vec::with_capacity(name.len());
    let mut without = |one: usize, other: usize| {
        left.clear();
        left.extend(name.iter().enumerate().filter(|&(at, _)| at != one && at != other).map(|(_, &byte)| byte));
        key.form(&left)
    };
    forms.extend((0..name.len()).map(|at| without(at, at)));
    if name.len() >= LONG {
        let from = forms.len();
        for one in 0..name.len() {
            forms.extend((one + 1..name.len()).map(|other| without(one, other)));
        }
        forms[from..].sort_unstable();
    }
    forms
}

/// The forms of a name as they were kept.
#[derive(Clone, Copy)]
struct Forms<'a> {
    length: usize,
    whole: u32,
    once: &'a [u32],
    twice: &'a [u32],
}

impl<'a> Forms<'a> {
    fn of(kept: &'a [u32]) -> Option<Self> {
        let (&length, rest) = kept.split_first()?;
        let (&whole, rest) = rest.split_first()?;
        let (once, twice) = rest.split_at_checked((length as usize).min(rest.len()))?;
        Some(Self { length: length as usize, whole, once, twice })
    }
}

/// Whether two names are equal or a slip apart, or two slips where both are long.
pub(super) fn are_near(one: &[u32], other: &[u32]) -> bool {
    let (Some(one), Some(other)) = (Forms::of(one), Forms::of(other)) else { return false };
    let (short, long) = if one.length <= other.length { (one, other) } else { (other, one) };
    if short.length == long.length && short.whole == long.whole {
        return true;
    }
    if short.length < SHORT || short.once.is_empty() || long.once.is_empty() {
        return false;
    }
    let once = match long.length - short.length {
        0 => {
            let substituted = short.once.iter().zip(long.once).any(|(one, other)| one == other);
            let crosswise =
                || short.once.windows(2).zip(long.once.windows(2)).any(|(one, other)| one[0] == other[1] && one[1] == other[0]);
            substituted || crosswise()
        }
        1 => long.once.contains(&short.whole),
        _ => false,
    };
    once || short.length >= LONG
        && match long.length - short.length {
            0 => meet(short.twice, long.twice),
            1 => short.once.iter().any(|form| long.twice.binary_search(form).is_ok()),
            2 => long.twice.binary_search(&short.whole).is_ok(),
            _ => false,
        }
}

fn meet(one: &[u32], other: &[u32]) -> bool {
    one.iter().any(|form| other.binary_search(form).is_ok())
}

/// Forms by the names' hashes as they stand in columns.
#[derive(Default)]
pub(in super::super) struct NameForms(HashMap<Vec<u8>, Vec<u32>>);

impl NameForms {
    pub(super) fn insert(&mut self, hash: &str, forms: Vec<u32>) {
        self.0.insert(hash.as_bytes().to_vec(), forms);
    }

    pub(super) fn get(&self, hash: &[u8]) -> &[u32] {
        self.0.get(hash).map_or(&[], Vec::as_slice)
    }

    /// Whether two hashes are of names that are near.
    pub(in super::super) fn are_near(&self, one: &[u8], other: &[u8]) -> bool {
        one == other || are_near(self.get(one), self.get(other))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::person::osa;

    fn near_by_letters(one: &[u8], other: &[u8]) -> bool {
        let shorter = one.len().min(other.len());
        one == other
            || shorter >= SHORT && one.len().abs_diff(other.len()) <= 2 && osa(one, other) <= if shorter >= LONG { 2 } else { 1 }
    }

    fn near(one: &str, other: &str) -> bool {
        let key = Key::from_bytes([3; 32]);
        are_near(&forms(&key, one.as_bytes()), &forms(&key, other.as_bytes()))
    }

    #[test]
    fn slips_are_forgiven_as_by_letters() {
        for (one, other, is) in [
            ("anna", "anna", true),
            ("anna", "anne", true),
            ("anna", "nana", true),
            ("ana", "anna", false),
            ("abcd", "bcda", false),
            ("katharina", "catarina", true),
            ("katharina", "karolina", false),
            ("marta", "martha", true),
            ("abcd", "acbx", false),
        ] {
            assert_eq!(near(one, other), is, "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn what_letters_call_near_is_near(name in "[a-e]{3,14}", slips in prop::collection::vec((0_usize..20, 0_u8..4, 0_u8..5), 0..3)) {
            let mut other = name.clone().into_bytes();
            for (at, how, letter) in slips {
                let at = at % other.len().max(1);
                match how {
                    0 => other[at] = b'a' + letter,
                    1 => other.insert(at, b'a' + letter),
                    2 if other.len() > 1 => { other.remove(at); }
                    _ if at + 1 < other.len() => other.swap(at, at + 1),
                    _ => {}
                }
            }
            let by_letters = near_by_letters(name.as_bytes(), &other);
            let other = String::from_utf8(other).expect("letters");
            if by_letters {
                prop_assert!(near(&name, &other), "{} {}", name, other);
            } else if name.len().min(other.len()) < LONG {
                prop_assert!(!near(&name, &other), "{} {}", name, other);
            }
        }
    }
}
