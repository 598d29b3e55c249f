//! What tells two states of an index apart: a sum over applications, persons, rings and scores, which every change keeps up to date.
//!
//! It depends on ids and stamps and not on the key, so that equal applications that were linked alike have one version everywhere.

use super::{super::same::Millibits, event::Place};

/// Terms, by what they are about.
const APPLICATION: u64 = 1;
const PERSON: u64 = 2;
const RING: u64 = 3;
const LINK: u64 = 4;
const SCORE: u64 = 5;
const RATE: u64 = 6;
const KNOWN_BAD: u64 = 7;
const CUT: u64 = 8;

/// An application: the hash of its id, and its stamp.
pub(super) fn application(id: u64, stamp: u64) -> u128 {
    term([APPLICATION, id, stamp, 0])
}

/// A row's person, by the hashes of the ids; whoever is alone adds nothing.
pub(super) fn person(id: u64, of: u64) -> u128 {
    if id == of { 0 } else { term([PERSON, id, of, 0]) }
}

/// A person's ring, by the hashes of the ids.
pub(super) fn ring(person: u64, ring: u64, place: Place) -> u128 {
    if place.0 == super::NONE { 0 } else { term([RING, person, ring, u64::from(place.1)]) }
}

/// A link of two persons.
pub(super) fn link(one: u64, other: u64, weight: Millibits, kinds: u16) -> u128 {
    term([LINK, one.min(other), one.max(other), u64::from(weight.cast_unsigned()) << 16 | u64::from(kinds)])
}

/// What speaks for a person's belonging to a ring; nothing adds nothing.
pub(super) fn score(person: u64, score: Millibits) -> u128 {
    if score == 0 { 0 } else { term([SCORE, person, u64::from(score.cast_unsigned()), 0]) }
}

/// One of the learned rates.
pub(super) fn rate(number: usize, rate: Millibits) -> u128 {
    term([RATE, number as u64, u64::from(rate.cast_unsigned()), 0])
}

/// Somebody who is known to be bad.
pub(super) fn known_bad(id: u64) -> u128 {
    term([KNOWN_BAD, id, 0, 0])
}

/// A person whose earlier links do not stand any longer.
pub(super) fn cut(person: u64) -> u128 {
    term([CUT, person, 0, 0])
}

/// Two rounds of SplitMix64's finaliser over the numbers, side by side.
fn term(numbers: [u64; 4]) -> u128 {
    let lane = |start: u64| numbers.iter().fold(start, |hash, &number| mixed(hash ^ number).rotate_left(23));
    u128::from(lane(0x9E37_79B9_7F4A_7C15)) << 64 | u128::from(lane(0xD1B5_4A32_D192_ED03))
}

const fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
