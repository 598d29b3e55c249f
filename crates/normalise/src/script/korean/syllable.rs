//! One syllable as the set of Hangul syllables that a spelling may stand for.

/// Onsets, vowels and codas as sets of the Unicode indices of Hangul letters (19 onsets, 21 vowels, 28 codas with none as 0; codas
/// that sound alike share one index).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Syllable {
    pub(super) onset: Readings,
    pub(super) vowel: Readings,
    pub(super) coda: Readings,
}

/// What a spelling stands for in a published system, and what it stands for by habit as well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Readings {
    pub(super) regular: u32,
    pub(super) possible: u32,
}

impl Readings {
    pub(super) const fn one(index: u32) -> Self {
        Self { regular: 1 << index, possible: 1 << index }
    }

    const fn meets(self, other: Self) -> Meeting {
        if self.regular & other.regular != 0 {
            Meeting::Regular
        } else if self.possible & other.possible != 0 {
            Meeting::Habit
        } else {
            Meeting::None
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Meeting {
    Regular,
    Habit,
    None,
}

const RIEUL: u32 = 1 << 5;
const NIEUN: u32 = 1 << 2;
const IEUNG: u32 = 1 << 11;

impl Syllable {
    /// The reading of a written Hangul syllable; `None` for any other character.
    #[must_use]
    pub fn of_hangul(character: char) -> Option<Self> {
        let index = (character as u32).checked_sub(0xAC00).filter(|&index| index < 11_172)?;
        let (onset, vowel, coda) = (index / 588, index % 588 / 28, index % 28);
        Some(Self { onset: Readings::one(onset), vowel: Readings::one(vowel), coda: Readings::one(sounding_coda(coda)) })
    }

    /// Whether the syllable is one and no other.
    pub(super) const fn is_written(&self) -> bool {
        self.onset.possible.is_power_of_two() && self.vowel.possible.is_power_of_two() && self.coda.possible.is_power_of_two()
    }

    pub(super) const fn pack(&self) -> [u32; 6] {
        let Self { onset, vowel, coda } = self;
        [onset.regular, onset.possible, vowel.regular, vowel.possible, coda.regular, coda.possible]
    }

    /// What [`Syllable::pack`] wrote; six numbers.
    pub(super) const fn unpack(packed: &[u32]) -> Self {
        const fn set(packed: &[u32], at: usize) -> Readings {
            Readings { regular: packed[at], possible: packed[at + 1] }
        }
        Self { onset: set(packed, 0), vowel: set(packed, 2), coda: set(packed, 4) }
    }

    /// The class of the syllable: spellings that may stand for one Hangul syllable nearly always share it, whatever the romanisation.
    /// Plain, tense and aspirated onsets are one, so are ㄴ, ㄹ and none (the initial-sound rule), and vowels that plain Latin letters
    /// do not tell apart.
    #[must_use]
    pub(super) const fn class(&self) -> u16 {
        // By the order of Unicode: ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ and ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ.
        const ONSETS: [u16; 19] = [1, 1, 0, 2, 2, 0, 3, 4, 4, 5, 5, 0, 6, 6, 6, 1, 2, 4, 7];
        const VOWELS: [u16; 21] = [0, 1, 0, 1, 2, 1, 3, 1, 2, 0, 1, 1, 3, 2, 2, 1, 4, 3, 2, 4, 4];
        let (onset, vowel) = (first_of(self.onset, 18), first_of(self.vowel, 20));
        ONSETS[onset] << 8 | VOWELS[vowel] << 5 | first_of(self.coda, 27) as u16
    }

    /// Whether a written syllable is one of the readings.
    pub(super) fn may_be(&self, hangul: Self) -> bool {
        self.onset.possible & hangul.onset.possible != 0
            && self.vowel.possible & hangul.vowel.possible != 0
            && self.coda.possible & hangul.coda.possible != 0
    }

    /// How far two syllables are from being one, 0…1. At the beginning of a word ㄹ may have become ㄴ or fallen silent (the
    /// initial-sound rule of the South, not kept in the North).
    pub(super) fn distance(&self, other: &Self, at_beginning: bool) -> f32 {
        let onset = match self.onset.meets(other.onset) {
            Meeting::Regular => 0.0,
            Meeting::Habit => 0.06,
            Meeting::None => self.onset_distance(other, at_beginning),
        };
        let vowel = match self.vowel.meets(other.vowel) {
            Meeting::Regular => 0.0,
            Meeting::Habit => 0.08,
            Meeting::None => vowel_distance(self.vowel.regular, other.vowel.regular),
        };
        let coda = match self.coda.meets(other.coda) {
            Meeting::Regular => 0.0,
            Meeting::Habit => 0.06,
            Meeting::None if (self.coda.regular | other.coda.regular) & !(1 << 4 | 1 << 21) == 0 => 0.45,
            Meeting::None => 0.7,
        };
        (onset + vowel + coda).min(1.0)
    }

    fn onset_distance(&self, other: &Self, at_beginning: bool) -> f32 {
        let both = self.onset.regular | other.onset.regular;
        let within = |set: u32| both & !set == 0;
        if within(RIEUL | NIEUN | IEUNG) {
            let is_rieul = (self.onset.regular | other.onset.regular) & RIEUL != 0;
            return match (at_beginning, is_rieul) {
                (true, _) => 0.1,
                (false, true) => 0.25,
                (false, false) => 0.7,
            };
        }
        // Plain, tense and aspirated sounds of one place.
        let series = [
            1 | 1 << 1 | 1 << 15,
            1 << 3 | 1 << 4 | 1 << 16,
            1 << 7 | 1 << 8 | 1 << 17,
            1 << 9 | 1 << 10,
            1 << 12 | 1 << 13 | 1 << 14,
        ];
        if series.into_iter().any(within) { 0.3 } else { 0.75 }
    }
}

/// The first index of a set: of what a published system says, else of what habit adds.
const fn first_of(readings: Readings, last: usize) -> usize {
    let set = if readings.regular != 0 { readings.regular } else { readings.possible };
    let first = set.trailing_zeros() as usize;
    if first < last { first } else { last }
}

/// The coda as it sounds at the end of a word; ㄱ ㄴ ㄷ ㄹ ㅁ ㅂ ㅇ are told apart.
const fn sounding_coda(coda: u32) -> u32 {
    match coda {
        1 | 2 | 3 | 9 | 24 => 1,
        4..=6 => 4,
        7 | 19 | 20 | 22 | 23 | 25 | 27 => 7,
        8 | 11 | 12 | 13 | 15 => 8,
        10 | 16 => 16,
        14 | 17 | 18 | 26 => 17,
        other => other,
    }
}

/// Vowels that ears or typists confuse: ㅓㅗ, ㅓㅡ, ㅜㅡ, ㅐㅔ, ㅕㅛ, ㅟㅢㅣ, ㅝㅓ.
const fn vowel_distance(left: u32, right: u32) -> f32 {
    const ALIKE: [u32; 8] = [
        1 << 4 | 1 << 8,
        1 << 4 | 1 << 18,
        1 << 13 | 1 << 18,
        1 << 1 | 1 << 5,
        1 << 6 | 1 << 12,
        1 << 16 | 1 << 19 | 1 << 20,
        1 << 4 | 1 << 14,
        1 << 6 | 1 << 5,
    ];
    let mut index = 0;
    while index < ALIKE.len() {
        if left & ALIKE[index] != 0 && right & ALIKE[index] != 0 {
            return 0.35;
        }
        index += 1;
    }
    0.75
}
