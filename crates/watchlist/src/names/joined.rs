//! Words that the other side writes together: by their letters, or by how they sound ("Jamal al-Din", "Jamaleddine").

use super::NameKind;
use super::distance;
use super::token::{Token, TokenKind};

/// Words less alike than this are not taken for one.
pub(super) const LEAST: f32 = 0.85;
/// What words of which one side leaves vowels out say, against others.
const CONSONANTS: f32 = 0.9;
/// Words of fewer consonants meet by chance.
const FEWEST_CONSONANTS: usize = 3;

/// How alike the letters in a row and a word are, 0…1.
pub(super) fn spelled(parts: &[&Token], word: &Token) -> f32 {
    let mut letters = [0; distance::MAX_COMPARED];
    let end = gather(parts.iter().flat_map(|part| part.bytes()), &mut letters);
    distance::spelling(&letters[..end], word.bytes())
}

/// What several words in a row are heard by: told once, asked of every word of the other side.
#[derive(Clone, Copy)]
pub(super) struct Heard {
    /// First and last consonant.
    ends: (u8, u8),
    /// Number of consonants, articles left out and not; one consonant may be lost where two words meet.
    number: (usize, usize),
}

impl Heard {
    /// `None` where the words are not worth hearing.
    pub(super) fn of(parts: &[&Token]) -> Option<Self> {
        let (first, last) = (parts.first()?, parts.last()?);
        // Firms' names are heard where a word of them is written as it is translated from: "Invest Kapital", "Investcapital".
        let is_worth = match first.of {
            NameKind::Person => last.kind() == TokenKind::Word,
            NameKind::Organisation => parts.iter().any(|part| part.is_translated()),
        };
        if !is_worth {
            return None;
        }
        let ends = (*first.consonants.as_bytes().first()?, *last.consonants.as_bytes().last()?);
        let (mut names, mut all) = (0, 0);
        for part in parts {
            let number = part.consonants.as_bytes().len();
            all += number;
            names += if part.kind() == TokenKind::Particle { 0 } else { number };
        }
        Some(Self { ends, number: (names.saturating_sub(1).max(FEWEST_CONSONANTS), all) })
    }

    /// Whether a word begins and ends with the same consonants and has about as many.
    pub(super) fn may_be(&self, word: &Token) -> bool {
        let consonants = word.consonants.as_bytes();
        let (fewest, most) = self.number;
        consonants.len() >= fewest
            && consonants.len() <= most
            && is_one(consonants[0], self.ends.0)
            && is_one(consonants[consonants.len() - 1], self.ends.1)
    }
}

/// How alike several words in a row and a word sound, 0…1: 0 where their consonants differ. Articles among them may have become one
/// with what follows ("Nur al-Din", "Nureddin").
pub(super) fn heard(parts: &[&Token], word: &Token) -> f32 {
    let with_articles = heard_among(parts.iter().copied(), word);
    with_articles.max(heard_among(parts.iter().copied().filter(|part| part.kind() != TokenKind::Particle), word))
}

fn heard_among<'t>(parts: impl Iterator<Item = &'t Token> + Clone, word: &Token) -> f32 {
    let mut buffer = [0; distance::MAX_COMPARED];
    let end = gather(parts.clone().flat_map(|part| part.consonants.as_bytes()), &mut buffer);
    let end = without_doubles(&mut buffer, end);
    let consonants = word.consonants.as_bytes();
    if end != consonants.len() || !buffer[..end].iter().zip(consonants).all(|(left, right)| is_one(*left, *right)) {
        return 0.0;
    }
    if parts.clone().any(|part| part.is_consonantal != word.is_consonantal) {
        return CONSONANTS;
    }
    let end = gather(parts.flat_map(|part| part.sounds.as_bytes()), &mut buffer);
    let end = without_doubles(&mut buffer, end);
    distance::sounds(&buffer[..end], word.sounds.as_bytes(), LEAST)
}

/// Whether two consonants may be one letter: the emphatic "d" of Arabic is a "z" in Persian, Turkish and Urdu ("Fayd Allah",
/// "Faizullah").
const fn is_one(left: u8, right: u8) -> bool {
    left == right || matches!((left, right), (b'D', b'Z') | (b'Z', b'D'))
}

fn gather<'b>(bytes: impl Iterator<Item = &'b u8>, into: &mut [u8]) -> usize {
    into.iter_mut().zip(bytes).map(|(place, byte)| *place = *byte).count()
}

/// Two of one sound in a row, where words meet, are one.
fn without_doubles(sounds: &mut [u8], end: usize) -> usize {
    let mut kept = 0;
    for at in 0..end {
        if kept == 0 || sounds[kept - 1] != sounds[at] {
            sounds[kept] = sounds[at];
            kept += 1;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::AnalysedName;

    fn similarity(apart: &str, together: &str) -> f32 {
        let (apart, together) = (AnalysedName::of(apart, NameKind::Person), AnalysedName::of(together, NameKind::Person));
        let parts: Vec<&Token> = apart.tokens().iter().collect();
        let word = &together.tokens()[0];
        if Heard::of(&parts).is_some_and(|parts| parts.may_be(word)) { heard(&parts, word) } else { 0.0 }
    }

    #[test]
    fn words_that_sound_together_as_one_are_heard() {
        assert!(similarity("Jamal al-Din", "Jamaleddine") >= LEAST);
        assert!(similarity("Nur al-Din", "Noureddin") >= LEAST);
        assert!(similarity("Farid ud-Din", "Fareeduddin") >= LEAST);
        assert!(similarity("سيف الله", "Saifullah") >= LEAST);
        assert!(similarity("فیض الله", "Faizullah") >= LEAST);
        assert!(similarity("Jamal al-Din", "Jalaleddine") < LEAST);
        assert!(similarity("Nur al-Din", "Quarrendon") < LEAST);
    }
}
