//! How rare a Korean surname or a syllable of a given name is, in nats: bands, not counts.
//!
//! Surnames stand in the table in the order of the census of 2015 (Statistics Korea). Syllables are ranked after the given names that
//! the Supreme Court of Korea publishes by year of birth, and, for names of the North, by general knowledge.

use std::sync::LazyLock;

use super::syllable::Syllable;

/// Syllables that one given name in some twenty has.
const FREQUENT: &str = "영철수민지현준서진호성정은경희선주우재원동석상승미숙순남명광일국혁춘옥";
/// Syllables that one in some sixty has.
const KNOWN: &str = "연윤훈기규혜하나아인용길덕병창종금복만태학룡찬식웅건도유예시빈대홍근형란련화봉춘향임한";

/// What a surname tells, by its place in the table.
pub(super) const fn of_surname(place: usize) -> f32 {
    match place {
        0 => 1.5,
        1 => 1.9,
        2 => 2.5,
        3 | 4 => 3.0,
        5..=9 => 3.7,
        10..=24 => 4.4,
        25..=44 => 5.3,
        _ => 6.3,
    }
}

/// What a syllable of a given name tells: as much as the most frequent one that it may be.
pub(super) fn of_syllable(syllable: &Syllable) -> f32 {
    static BANDS: LazyLock<[Vec<Syllable>; 2]> =
        LazyLock::new(|| [FREQUENT, KNOWN].map(|band| band.chars().filter_map(Syllable::of_hangul).collect()));
    let is_among = |band: &Vec<Syllable>| band.iter().any(|&known| syllable.may_be(known));
    match BANDS.iter().position(is_among) {
        Some(0) => 3.2,
        Some(_) => 4.3,
        None => 5.6,
    }
}
