//! Korean names as sequences of syllables.
//!
//! One name has dozens of Latin spellings: by the Revised Romanisation, by McCune–Reischauer with or without its marks, by the North's
//! system, and by what its bearer likes; with the family name first or last; with syllables joined, hyphenated or apart. As letters
//! "Ri Yŏng-ch'ŏl" and "Youngchul Lee" share little; as syllables they are the same. A word is cut into syllables in every way that
//! the spellings allow, each syllable stands for the set of Hangul syllables it may be, and two names are compared syllable by
//! syllable.
//!
//! That a name *can* be read so says nothing about its bearer: "Min Lee" can, and is compared so with names that can as well.

mod frequency;
mod spelling;
mod syllable;

pub use syllable::Syllable;

use spelling::{HANJA, SURNAMES, Spellings};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The most syllables of a given name, two-syllable surnames included.
const MAX_GIVEN: usize = 3;
/// The most readings of a name that are kept.
const MAX_READINGS: usize = 8;

/// All ways in which a text can be read as a Korean name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KoreanName {
    readings: Vec<Reading>,
}

/// One way: a surname and the syllables of a given name.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Reading {
    /// Surnames that the spelling may stand for, as bits by their place in the table.
    surnames: u128,
    given: [Syllable; MAX_GIVEN],
    length: u8,
    /// How unusual the reading is, 0…: order, spellings by habit.
    strain: f32,
    /// What it tells, in nats.
    information: f32,
}

/// How two names meet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KoreanMatch {
    /// 1: the same syllables; 0: nothing in common.
    pub similarity: f32,
    /// Whether the surnames can be the same.
    pub same_surname: bool,
    /// Syllables of the given name that are the same or nearly so.
    pub same_syllables: u8,
    /// Syllables of the longer given name.
    pub syllables: u8,
    /// Whether one of the names is written in Hangul or Hanja, and the other is these very syllables or a spelling of them by a published
    /// system: no more can be asked of two scripts.
    pub is_in_script: bool,
    /// What the left name tells of its bearer, in nats: the logarithm of how rare it is among Korean names. 0 where nothing met.
    pub information: f32,
}

impl KoreanName {
    /// Reads the words of a name as written, titles gone; hyphens may still be there. `None` where it cannot be a Korean name.
    ///
    /// ```
    /// use bonafide_normalise::script::korean::KoreanName;
    /// let read = |words: &[&str]| KoreanName::read(words).ok_or("not Korean");
    /// let listed = read(&["RI", "Yo'ng-ch'o'l"])?;
    /// assert!(listed.compare(&read(&["Youngchul", "Lee"])?).similarity > 0.9);
    /// assert!(listed.compare(&read(&["이영철"])?).similarity > 0.9);
    /// assert!(listed.compare(&read(&["Ri", "Myong", "Chol"])?).similarity < 0.75);
    /// assert!(listed.compare(&read(&["리영철"])?).is_in_script && !listed.compare(&read(&["리용철"])?).is_in_script);
    /// assert!(KoreanName::read(&["Rosalind", "Marlowe"]).is_none());
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn read(words: &[&str]) -> Option<Self> {
        if words.is_empty() || words.len() > 4 || words.iter().any(|word| word.chars().count() > 24) {
            return None;
        }
        let mut name = Self::default();
        if let Some(written) = hangul_of(words) {
            name.read_hangul(&written);
        } else {
            let words: Vec<String> = words.iter().map(|word| latin_of(word)).collect::<Option<_>>()?;
            name.read_latin(&words);
        }
        if name.readings.is_empty() {
            return None;
        }
        name.readings.sort_by(|left, right| left.strain.total_cmp(&right.strain));
        name.readings.dedup();
        name.readings.truncate(MAX_READINGS);
        Some(name)
    }

    /// How two names meet in the readings that fit best. Symmetric.
    #[must_use]
    pub fn compare(&self, other: &Self) -> KoreanMatch {
        let mut best = KoreanMatch {
            similarity: -1.0,
            same_surname: false,
            same_syllables: 0,
            syllables: 0,
            is_in_script: false,
            information: 0.0,
        };
        for left in &self.readings {
            for right in &other.readings {
                let met = left.compare(right);
                if met.similarity > best.similarity {
                    best = met;
                }
            }
        }
        best.similarity = best.similarity.max(0.0);
        best
    }

    /// What to look the name up by: two neighbouring syllables of a given name, by class, for each reading; the second is
    /// [`u16::MAX`] where the given name has one. Spellings of one name nearly always share one of these.
    ///
    /// ```
    /// use bonafide_normalise::script::korean::KoreanName;
    /// let pairs = |words: &[&str]| KoreanName::read(words).map(|name| name.syllable_pairs().collect::<Vec<_>>()).unwrap_or_default();
    /// let listed = pairs(&["RI", "Yong", "Chol"]);
    /// assert!(pairs(&["이영철"]).iter().all(|pair| listed.contains(pair)));
    /// ```
    pub fn syllable_pairs(&self) -> impl Iterator<Item = [u16; 2]> {
        self.readings.iter().flat_map(|reading| {
            let given = &reading.given[..usize::from(reading.length)];
            let single = given.first().filter(|_| given.len() == 1).map(|only| [only.class(), u16::MAX]);
            given.windows(2).map(|pair| [pair[0].class(), pair[1].class()]).chain(single)
        })
    }

    /// The readings as numbers, for an index file; [`KoreanName::unpack`] reads them again.
    pub fn pack(&self, into: &mut Vec<u32>) {
        for reading in &self.readings {
            (0..4).for_each(|word| into.push((reading.surnames >> (32 * word)) as u32));
            reading.given.iter().for_each(|syllable| into.extend(syllable.pack()));
            into.extend([u32::from(reading.length), reading.strain.to_bits(), reading.information.to_bits()]);
        }
    }

    /// Reads what [`KoreanName::pack`] wrote; `None` where it is nothing of the kind.
    #[must_use]
    pub fn unpack(numbers: &[u32]) -> Option<Self> {
        const READING: usize = 4 + 6 * MAX_GIVEN + 3;
        if numbers.is_empty() || !numbers.len().is_multiple_of(READING) || numbers.len() / READING > MAX_READINGS {
            return None;
        }
        let readings = numbers.chunks_exact(READING).map(|packed| {
            let surnames = packed[..4].iter().rev().fold(0_u128, |set, word| set << 32 | u128::from(*word));
            let mut given = [Syllable::default(); MAX_GIVEN];
            for (syllable, packed) in given.iter_mut().zip(packed[4..].chunks_exact(6)) {
                *syllable = Syllable::unpack(packed);
            }
            let [length, strain, information] = [0, 1, 2].map(|place| packed[READING - 3 + place]);
            let fits = (1..=MAX_GIVEN as u32).contains(&length);
            let (strain, information) = (f32::from_bits(strain), f32::from_bits(information));
            fits.then_some(Reading { surnames, given, length: length as u8, strain, information })
        });
        Some(Self { readings: readings.collect::<Option<_>>()? })
    }

    fn read_hangul(&mut self, written: &[char]) {
        let syllables: Vec<Syllable> = written.iter().filter_map(|&c| Syllable::of_hangul(c)).collect();
        if syllables.len() != written.len() || !(2..=5).contains(&written.len()) {
            return;
        }
        let count = written.len();
        // "이 영철" and, as Western order has it, "영철 이".
        self.push(surname_of_hangul(written[0]), &syllables[1..], 0.0);
        if count >= 3 {
            self.push(surname_of_hangul(written[count - 1]), &syllables[..count - 1], 0.06);
        }
    }

    fn read_latin(&mut self, words: &[String]) {
        let spellings = Spellings::get();
        let count = words.len();
        if count == 1 {
            // All written together: the surname is a prefix or a suffix.
            let word = &words[0];
            for cut in 1..word.len() {
                if !word.is_char_boundary(cut) {
                    continue;
                }
                self.push_cuts(&word[..cut], &[&word[cut..]], spellings, 0.04);
                self.push_cuts(&word[cut..], &[&word[..cut]], spellings, 0.08);
            }
            return;
        }
        let all: Vec<&str> = words.iter().flat_map(|word| word.split('-')).filter(|part| !part.is_empty()).collect();
        let Some((first, rest)) = all.split_first() else { return };
        self.push_cuts(first, rest, spellings, 0.0);
        if let Some((last, before)) = all.split_last() {
            self.push_cuts(last, before, spellings, if count == 2 { 0.0 } else { 0.02 });
        }
    }

    /// Adds the readings with this surname and with these words, each cut into syllables, as the given name.
    fn push_cuts(&mut self, surname: &str, given: &[&str], spellings: &Spellings, strain: f32) {
        let surnames = surname_of_latin(surname);
        if surnames == 0 || given.is_empty() || given.len() > MAX_GIVEN {
            return;
        }
        let mut partial: Vec<Vec<Syllable>> = vec![Vec::new()];
        let mut fewest = 0;
        for word in given {
            let cuts = cut(word, spellings);
            fewest += cuts.first().map_or(0, Vec::len);
            partial = partial
                .iter()
                .flat_map(|before| {
                    cuts.iter().filter(|cut| before.len() + cut.len() <= MAX_GIVEN).map(|cut| [before.as_slice(), cut].concat())
                })
                .take(MAX_READINGS)
                .collect();
        }
        for syllables in partial {
            // "Seung" is one syllable before it is "Se-ung".
            let cut_too_often = 0.8 * syllables.len().saturating_sub(fewest) as f32;
            let unusual_length = if syllables.len() == 3 { 0.1 } else { 0.0 };
            self.push(surnames, &syllables, strain + unusual_length + cut_too_often);
        }
    }

    fn push(&mut self, surnames: u128, syllables: &[Syllable], strain: f32) {
        if surnames == 0 || syllables.is_empty() || syllables.len() > MAX_GIVEN || self.readings.len() >= MAX_READINGS * 4 {
            return;
        }
        let mut given = [Syllable::default(); MAX_GIVEN];
        given[..syllables.len()].copy_from_slice(syllables);
        let of_given: f32 = syllables.iter().map(frequency::of_syllable).sum();
        let information = frequency::of_surname(surnames.trailing_zeros() as usize) + of_given;
        self.readings.push(Reading { surnames, given, length: syllables.len() as u8, strain, information });
    }
}

impl Reading {
    /// Whether every syllable of the given name is one and no other, as a script of syllables writes it.
    fn is_written(&self) -> bool {
        self.given[..usize::from(self.length)].iter().all(Syllable::is_written)
    }

    fn compare(&self, other: &Self) -> KoreanMatch {
        let same_surname = self.surnames & other.surnames != 0;
        let (left, right) = (&self.given[..usize::from(self.length)], &other.given[..usize::from(other.length)]);
        let longer = left.len().max(right.len());
        let mut distance = 0.8 * longer.abs_diff(left.len().min(right.len())) as f32;
        let mut same_syllables = 0;
        for (index, (left, right)) in left.iter().zip(right).enumerate() {
            let step = left.distance(right, index == 0);
            distance += step;
            same_syllables += u8::from(step < 0.25);
        }
        let surname_distance = if same_surname { 0.0 } else { 0.9 };
        let strain = 0.3 * (self.strain + other.strain);
        let similarity = 1.0 - (distance + surname_distance + strain) / (longer as f32 + 0.8);
        let is_in_script = same_surname && distance == 0.0 && (self.is_written() || other.is_written());
        KoreanMatch {
            similarity,
            same_surname,
            same_syllables,
            syllables: longer as u8,
            is_in_script,
            information: self.information,
        }
    }
}

/// All syllables where every word is Hangul or Hanja with a known reading.
fn hangul_of(words: &[&str]) -> Option<Vec<char>> {
    static READINGS: LazyLock<HashMap<char, char>> =
        LazyLock::new(|| HANJA.iter().flat_map(|&(hangul, hanja)| hanja.chars().map(move |c| (c, hangul))).collect());
    let letters = words.iter().flat_map(|word| word.chars()).filter(|c| c.is_alphabetic());
    let read = |c: char| if Syllable::of_hangul(c).is_some() { Some(c) } else { READINGS.get(&c).copied() };
    let written: Vec<char> = letters.map(read).collect::<Option<_>>()?;
    (!written.is_empty()).then_some(written)
}

/// A word in lower-case ASCII with hyphens and aspiration marks; the marks of McCune–Reischauer become letters ("ŏ", "o'" → "eo").
fn latin_of(word: &str) -> Option<String> {
    let mut latin = String::with_capacity(word.len());
    let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    for (index, &letter) in letters.iter().enumerate() {
        let next = letters.get(index + 1).copied();
        match letter {
            'ŏ' | 'ǒ' | 'ö' => latin.push_str("eo"),
            'ŭ' | 'ǔ' => latin.push_str("eu"),
            '\'' | '’' | 'ʼ' | '`' | '‘' => match latin.chars().last() {
                // A breve typed as an apostrophe stands behind the vowel and before its coda.
                Some('o' | 'u') if next.is_some_and(|c| c.is_ascii_alphabetic()) => {
                    let vowel = if latin.pop() == Some('o') { "eo" } else { "eu" };
                    latin.push_str(vowel);
                }
                Some('k' | 't' | 'p' | 'h') => latin.push('\''),
                _ => {}
            },
            '-' | '‐' | '‑' | '–' => latin.push('-'),
            '.' => {}
            _ if letter.is_ascii_lowercase() => latin.push(letter),
            _ => return None,
        }
    }
    Some(latin)
}

fn surname_of_hangul(surname: char) -> u128 {
    SURNAMES
        .iter()
        .enumerate()
        .filter(|(_, (hangul, _))| *hangul == surname || southern(*hangul) == southern(surname))
        .fold(0, |set, (index, _)| set | 1 << index)
}

/// The initial-sound rule for surnames.
const fn southern(surname: char) -> char {
    match surname {
        '리' => '이',
        '류' => '유',
        '림' => '임',
        '량' => '양',
        '로' => '노',
        '라' => '나',
        '렴' => '염',
        '려' => '여',
        '륙' => '육',
        '룡' => '용',
        other => other,
    }
}

fn surname_of_latin(surname: &str) -> u128 {
    static BY_SPELLING: LazyLock<HashMap<&'static str, u128>> = LazyLock::new(|| {
        let mut sets: HashMap<&'static str, u128> = HashMap::new();
        for (hangul, spellings) in SURNAMES {
            for spelling in spellings.split(' ') {
                *sets.entry(spelling).or_default() |= surname_of_hangul(*hangul);
            }
        }
        sets
    });
    let letters = surname.replace('\'', "");
    // The marks of McCune–Reischauer may be there ("Pyŏn" is "pyeon" by now) or not.
    BY_SPELLING.get(letters.as_str()).copied().unwrap_or(0)
}

/// Every way to cut a word into one to three syllables of names, the likelier ones first.
fn cut(word: &str, spellings: &Spellings) -> Vec<Vec<Syllable>> {
    let mut cuts = Vec::new();
    let mut before = Vec::new();
    cut_on(word, spellings, &mut before, &mut cuts);
    // Fewest syllables first: a vowel pair is rarely two syllables.
    cuts.sort_by_key(Vec::len);
    cuts.truncate(6);
    cuts
}

fn cut_on(rest: &str, spellings: &Spellings, before: &mut Vec<Syllable>, cuts: &mut Vec<Vec<Syllable>>) {
    if rest.is_empty() {
        cuts.push(before.clone());
        return;
    }
    if before.len() == MAX_GIVEN || cuts.len() >= 24 {
        return;
    }
    for &(onset_letters, onset) in &spellings.onsets {
        let Some(behind) = rest.strip_prefix(onset_letters) else { continue };
        for &(vowel_letters, vowel) in &spellings.vowels {
            let Some(behind) = behind.strip_prefix(vowel_letters) else { continue };
            for &(coda_letters, coda) in &spellings.codas {
                let Some(behind) = behind.strip_prefix(coda_letters) else { continue };
                let syllable = Syllable { onset, vowel, coda };
                if spellings.is_name_syllable(&syllable) {
                    before.push(syllable);
                    cut_on(behind, spellings, before, cuts);
                    before.pop();
                }
            }
        }
    }
}
