//! Chinese names as syllables.
//!
//! One name has many Latin spellings: pinyin and Wade–Giles, the habits of Hong Kong and of Singapore, with the two syllables of the
//! given name together, hyphenated or apart, with the surname first or last. As letters "SU, Lu-Chi" and "Su Luqi" share little; as
//! syllables they are the same. And two syllables that differ are two names, however few letters tell them apart: "Jianming" is no
//! misspelt "Jianping".
//!
//! That a name *can* be read so says nothing about its bearer, and it is compared so with names that can as well.

mod frequency;
mod syllable;

use syllable::{LONGEST, Meanings, Spellings};

/// The most syllables of a given name.
const MAX_GIVEN: usize = 2;
/// The most readings of a name that are kept.
const MAX_READINGS: usize = 6;
/// Syllables that the habits of many speakers do not tell apart differ by so much.
const NEARLY: f32 = 0.4;
/// A spelling that is read in another habit is a little doubtful, and more so where it is a syllable of pinyin as well.
const BY_HABIT: f32 = 0.06;
const BY_HABIT_AGAINST_PINYIN: f32 = 0.25;
/// A reading is looked up by so many pairs of syllables.
const MAX_PAIRS: usize = 24;

/// All ways in which a name can be read as a Chinese one.
#[derive(Clone, Debug, PartialEq)]
pub struct ChineseName {
    readings: Vec<Reading>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Reading {
    surname: Meanings,
    given: [Meanings; MAX_GIVEN],
    length: u8,
}

/// How two names meet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChineseMatch {
    /// 1: the same syllables; 0: nothing in common.
    pub similarity: f32,
    /// Whether the surnames can be the same.
    pub same_surname: bool,
    /// What the syllables tell that met, graded by how well, in nats.
    pub told: f32,
    /// What was lost in syllables that met nearly, in nats.
    pub changed: f32,
    /// What the syllables tell that contradict each other, in nats.
    pub contradicted: f32,
}

/// How a character is read as a surname, where that differs from its usual reading.
///
/// ```
/// use bonafide_normalise::script::chinese::surname_of_character;
/// assert_eq!(surname_of_character('曾'), Some("zeng"));
/// assert_eq!(surname_of_character('王'), None);
/// ```
#[must_use]
pub const fn surname_of_character(character: char) -> Option<&'static str> {
    Some(match character {
        '查' => "zha",
        '曾' => "zeng",
        '单' | '單' => "shan",
        '解' => "xie",
        '仇' => "qiu",
        '翟' => "zhai",
        '区' | '區' => "ou",
        '朴' => "piao",
        '盖' | '蓋' => "ge",
        '缪' | '繆' => "miao",
        '乐' | '樂' => "yue",
        '覃' => "qin",
        '冼' => "xian",
        '重' => "chong",
        '郗' => "xi",
        '任' => "ren",
        '纪' | '紀' => "ji",
        '宁' | '寧' => "ning",
        _ => return None,
    })
}

impl ChineseName {
    /// Reads the words of a name, romanised (ASCII lower case). `None` where it cannot be a Chinese name of a surname and one or two
    /// syllables.
    ///
    /// ```
    /// use bonafide_normalise::script::chinese::ChineseName;
    /// let read = |words: &[&str]| ChineseName::read(words).ok_or("not Chinese");
    /// let listed = read(&["su", "lu", "chi"])?;
    /// assert!(listed.compare(&read(&["luqi", "su"])?).similarity > 0.9);
    /// assert!(listed.compare(&read(&["su", "luping"])?).similarity < 0.8);
    /// assert!(ChineseName::read(&["rosalind", "marlowe"]).is_none());
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn read(words: &[&str]) -> Option<Self> {
        if !(2..=3).contains(&words.len()) || words.iter().any(|word| word.len() > LONGEST * MAX_GIVEN) {
            return None;
        }
        let mut name = Self { readings: Vec::new() };
        if let Some((first, rest)) = words.split_first() {
            name.push(first, rest);
        }
        if let Some((last, rest)) = words.split_last() {
            name.push(last, rest);
        }
        (!name.readings.is_empty()).then_some(name)
    }

    /// How two names meet in the readings that fit best. Symmetric.
    #[must_use]
    pub fn compare(&self, other: &Self) -> ChineseMatch {
        let nothing = ChineseMatch { similarity: 0.0, same_surname: false, told: 0.0, changed: 0.0, contradicted: 0.0 };
        let pairs = self.readings.iter().flat_map(|left| other.readings.iter().map(move |right| left.compare(right)));
        pairs.max_by(|left, right| left.similarity.total_cmp(&right.similarity)).unwrap_or(nothing)
    }

    /// What to look the name up by: the two syllables of the given name, or, where it has one, the surname and that, in every meaning.
    pub fn syllable_pairs(&self) -> impl Iterator<Item = [u16; 2]> {
        self.readings.iter().flat_map(|reading| {
            let (first, second) =
                if reading.length == 1 { (&reading.surname, &reading.given[0]) } else { (&reading.given[0], &reading.given[1]) };
            let pairs = first.numbers().iter().flat_map(|first| second.numbers().iter().map(move |second| [*first, *second]));
            pairs.take(MAX_PAIRS)
        })
    }

    fn push(&mut self, surname: &str, given: &[&str]) {
        let spellings = Spellings::get();
        let Some(surname) = spellings.of_surname(surname) else { return };
        let mut add = |syllables: &[Meanings]| {
            if self.readings.len() < MAX_READINGS {
                let mut given = [Meanings::default(); MAX_GIVEN];
                given[..syllables.len()].copy_from_slice(syllables);
                self.readings.push(Reading { surname, given, length: syllables.len() as u8 });
            }
        };
        match given {
            [word] => {
                if let Some(whole) = spellings.of_given(word) {
                    add(&[whole]);
                }
                // A syllable that begins with a vowel is set apart within a word ("Xi'an"), or else it is none.
                let cuts = (1..word.len()).filter(|cut| !matches!(word.as_bytes()[*cut], b'a' | b'e' | b'i' | b'o' | b'u'));
                for (first, second) in cuts.filter_map(|cut| word.split_at_checked(cut)) {
                    if let (Some(first), Some(second)) = (spellings.of_given(first), spellings.of_given(second)) {
                        add(&[first, second]);
                    }
                }
            }
            [first, second] => {
                if let (Some(first), Some(second)) = (spellings.of_given(first), spellings.of_given(second)) {
                    add(&[first, second]);
                }
            }
            _ => {}
        }
    }
}

impl Reading {
    fn given(&self) -> &[Meanings] {
        &self.given[..usize::from(self.length)]
    }

    fn compare(&self, other: &Self) -> ChineseMatch {
        let mut tally = Tally::default();
        tally.meet(&self.surname, &other.surname, frequency::of_surname);
        let same_surname = tally.distance < 1.0;
        let (short, long) =
            if self.length <= other.length { (self.given(), other.given()) } else { (other.given(), self.given()) };
        match (short, long) {
            ([only], [first, second]) => {
                // "Wei" is no short form of "Jianwei": one syllable may be the same, and the other is missing.
                let (same, missing) =
                    if distance(only, first) <= distance(only, second) { (first, second) } else { (second, first) };
                tally.meet(only, same, frequency::of_syllable);
                tally.miss(missing);
            }
            _ => short.iter().zip(long).for_each(|(left, right)| tally.meet(left, right, frequency::of_syllable)),
        }
        ChineseMatch {
            similarity: 1.0 - tally.distance / (long.len() as f32 + 1.0),
            same_surname,
            told: tally.told,
            changed: tally.changed,
            contradicted: tally.contradicted,
        }
    }
}

/// What the syllables of two names tell.
#[derive(Default)]
struct Tally {
    distance: f32,
    told: f32,
    changed: f32,
    contradicted: f32,
}

impl Tally {
    fn meet(&mut self, left: &Meanings, right: &Meanings, tells: fn(&str) -> f32) {
        let distance = distance(left, right);
        let worth = least_told(left, tells).min(least_told(right, tells));
        self.distance += distance;
        if distance < 1.0 {
            self.told += worth * (1.0 - distance);
            self.changed += worth * distance;
        } else {
            self.contradicted += worth;
        }
    }

    fn miss(&mut self, syllable: &Meanings) {
        self.distance += 1.0;
        self.contradicted += least_told(syllable, frequency::of_syllable);
    }
}

/// What a spelling tells: as much as the most frequent syllable that it may be.
fn least_told(meanings: &Meanings, tells: fn(&str) -> f32) -> f32 {
    let spellings = Spellings::get();
    meanings.numbers().iter().map(|number| tells(spellings.pinyin(*number))).fold(f32::MAX, f32::min)
}

/// How far apart two spellings of a syllable are: 0 the same, 1 another.
fn distance(left: &Meanings, right: &Meanings) -> f32 {
    let both = left.pinyin().zip(right.pinyin());
    if both.is_some_and(|(left, right)| left == right) {
        return 0.0;
    }
    if left.numbers().iter().any(|number| right.numbers().contains(number)) {
        // Where both are pinyin, only one of them can be meant in another habit.
        return if both.is_some() { BY_HABIT_AGAINST_PINYIN } else { BY_HABIT };
    }
    if both.is_some_and(|(left, right)| are_near(left, right)) { NEARLY } else { 1.0 }
}

/// Whether two syllables differ in what many speakers do not tell apart: "zh" and "z", "ing" and "in".
fn are_near(left: u16, right: u16) -> bool {
    let spellings = Spellings::get();
    let plain = |syllable: &'static str| {
        let onset = syllable.find(|c| "aeiou".contains(c)).unwrap_or_default();
        (syllable[..onset].trim_end_matches('h'), syllable[onset..].trim_end_matches('g'))
    };
    let (left, right) = (spellings.pinyin(left), spellings.pinyin(right));
    // "H" alone is an onset of its own.
    !left.starts_with('h') && !right.starts_with('h') && plain(left) == plain(right)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn similarity(left: &str, right: &str) -> f32 {
        let read = |name: &str| ChineseName::read(&name.split(' ').collect::<Vec<_>>());
        read(left).zip(read(right)).map_or(0.0, |(left, right)| left.compare(&right).similarity)
    }

    #[test]
    fn one_name_in_every_habit_is_one_name() {
        for (left, right) in [
            ("wang xiaoming", "hsiao ming wang"),
            ("wang xiaoming", "wang hsiaoming"),
            ("cai guoqiang", "tsai kuo chiang"),
            ("huang weiguo", "wong wai kwok"),
            ("chen meiling", "mei ling chan"),
            ("zhang zidong", "chang tzu tung"),
        ] {
            assert!(similarity(left, right) > 0.85, "{left} {right}: {}", similarity(left, right));
        }
    }

    #[test]
    fn another_syllable_is_another_name() {
        for (left, right) in [
            ("wang jianming", "wang jianping"),
            ("li jieming", "li zeming"),
            ("zhang wei", "zhang jianwei"),
            ("jiang peng", "jiang ping"),
            ("li yingjing", "li mingjing"),
        ] {
            assert!(similarity(left, right) < 0.75, "{left} {right}: {}", similarity(left, right));
        }
        assert!(similarity("li yin", "li ying") > 0.75);
    }

    proptest! {
        #[test]
        fn any_words_end_well_and_meet_themselves(words in prop::collection::vec("[a-z]{0,9}", 0..5)) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            if let Some(name) = ChineseName::read(&words) {
                prop_assert!(name.compare(&name).similarity > 0.9);
                prop_assert!(name.syllable_pairs().count() <= MAX_READINGS * MAX_PAIRS);
            }
        }
    }
}
