//! Names of people: parts told apart, and two names compared.
//!
//! # What a name is here
//! Words in some order, of any script. There is no rule about how many, how long, which is the family name or which comes first: a
//! mononym is a name, and so is a single letter. Only a comma says more ("Family, Given").
//!
//! Titles, honorifics and degrees are kept apart, and so are nicknames in brackets or quotes and names at birth. A word that is a
//! degree in one place and a name in another ("Ma", "Do") counts as a degree only behind a comma or with its dots.
//!
//! # How names are compared
//! The comparison knows no names. It has no table of nicknames, because every such table serves some cultures and not others: two
//! people whose names stand in it would be treated better than two whose names do not. It has general rules instead, which treat
//! all names alike: a word equals another after folding case and marks, is close to it by a letter or two, abbreviates it by its
//! beginning, or is its initial. Replacing letters consistently in both names changes nothing (a property test holds this), and
//! **nothing is ever inferred about the origin of a name**.
//!
//! The answer is careful: [`NameRelation::Different`] needs two names of the same kind that share nothing at all.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::text;

/// The longest text that is read, in bytes; a longer one is no name and compares as [`NameRelation::Unknown`].
pub const MAX_TEXT: usize = 1_000;
/// Words of a name that are looked at; the longest real ones have about ten.
const MAX_WORDS: usize = 16;
/// Letters of a word that are compared.
const MAX_LETTERS: usize = 40;

/// A name, its parts told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonalName {
    /// As written.
    pub original: String,
    /// Titles and honorifics before the name, as written.
    pub titles: Vec<String>,
    /// Generations and degrees behind the name, as written.
    pub suffixes: Vec<String>,
    /// The words of the name, given names first where a comma tells the order, else as written.
    pub words: Vec<NameWord>,
    /// Nicknames and names at birth that stand in brackets, in quotes, or behind "née".
    pub others: Vec<NameWord>,
    /// Whether a comma told the family name.
    pub has_known_order: bool,
}

/// A word of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameWord {
    /// As written.
    pub text: String,
    /// For comparison: in ASCII, transliterated, lower case, without marks; for scripts without spaces the characters themselves.
    pub folded: String,
    /// Whether it is a lone letter.
    pub is_initial: bool,
    script: Script,
}

/// How two names relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameRelation {
    /// The same words in the same order, but for case, marks, hyphens, titles and the order a comma tells.
    Same,
    /// One may be a way of writing the other: initials, a middle name left out, another order, a shortened or slightly different
    /// spelling, another script.
    Compatible,
    /// They share a word and also differ: relatives, a changed family name, or chance.
    SharesOnePart,
    /// Both are whole names of one script, and nothing in them is shared or compatible.
    Different,
    /// Too little is said: a name is missing or only initials, a mononym stands against a full name, or the scripts differ.
    Unknown,
}

/// Scripts, as far as a comparison needs them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    /// Han, kana, Hangul: no spaces between the parts of a name.
    Unspaced(u8),
    Other(u8),
}

/// Reads a name as written. What is not a name (empty, an e-mail address, digits) has no words.
///
/// ```
/// use bonafide_normalise::name;
/// let name = name::parse("Dr. Roe, Jane A. (Janie), PhD");
/// let words: Vec<_> = name.words.iter().map(|word| word.text.as_str()).collect();
/// assert_eq!(words, ["Jane", "A", "Roe"]);
/// assert_eq!((name.titles, name.suffixes), (vec!["Dr.".to_owned()], vec!["PhD".to_owned()]));
/// assert_eq!(name.others[0].text, "Janie");
/// ```
#[must_use]
pub fn parse(text: &str) -> PersonalName {
    let mut name = PersonalName { original: text.to_owned(), ..PersonalName::default() };
    if text.len() > MAX_TEXT || text.contains('@') {
        return name;
    }
    let tidy = text::tidy(text);
    let main = name.take_others(&tidy);
    name.take_words(&main);
    name
}

/// How two names as written relate.
///
/// ```
/// use bonafide_normalise::name::{NameRelation, compare};
/// assert_eq!(compare("Roe, Jane", "jane ROE"), NameRelation::Same);
/// assert_eq!(compare("J. Roe", "Jane Mary Roe"), NameRelation::Compatible);
/// assert_eq!(compare("Jane Roe", "John Roe"), NameRelation::SharesOnePart);
/// assert_eq!(compare("Jane Roe", "Karl Bauer"), NameRelation::Different);
/// assert_eq!(compare("Jane", "Karl Bauer"), NameRelation::Unknown);
/// ```
#[must_use]
pub fn compare(left: &str, right: &str) -> NameRelation {
    parse(left).compare(&parse(right))
}

impl PersonalName {
    /// How two names relate. The relation is symmetric.
    #[must_use]
    pub fn compare(&self, other: &Self) -> NameRelation {
        let (shorter, longer) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        if shorter.words.is_empty() {
            return NameRelation::Unknown;
        }
        let same_script = shorter.script() == longer.script();
        if shorter.folded().eq(longer.folded()) {
            return if same_script { NameRelation::Same } else { NameRelation::Compatible };
        }
        if let (Some(left), Some(right)) = (shorter.unspaced(), longer.unspaced()) {
            return compare_characters(&left, &right);
        }
        if shorter.joined() == longer.joined() {
            return NameRelation::Compatible;
        }
        let mut matching = Matching::of(shorter, longer);
        if shorter.words.len() == longer.words.len() {
            // Neither is the shorter one, so neither is asked first.
            matching = matching.or(Matching::of(longer, shorter));
        }
        let is_whole = |name: &Self| name.words.iter().filter(|word| !word.is_initial).count();
        match matching {
            Matching { all: true, by_word: true, .. } => NameRelation::Compatible,
            Matching { by_word: true, .. } => NameRelation::SharesOnePart,
            _ if !same_script => NameRelation::Unknown,
            Matching { by_initial: true, .. } => NameRelation::Unknown,
            _ if is_whole(shorter) >= 2 && is_whole(longer) >= 2 => NameRelation::Different,
            _ if shorter.words.len() == 1 && longer.words.len() == 1 && is_whole(shorter) + is_whole(longer) == 2 => {
                NameRelation::Different
            }
            _ => NameRelation::Unknown,
        }
    }

    /// The folded words in alphabetical order, joined by spaces: a key for linking that neither order nor titles change.
    #[must_use]
    pub fn key(&self) -> String {
        let mut words: Vec<&str> = self.folded().collect();
        words.sort_unstable();
        words.join(" ")
    }

    /// The first letters of the words, in order.
    #[must_use]
    pub fn initials(&self) -> String {
        self.folded().filter_map(|word| word.chars().next()).collect()
    }

    fn folded(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| word.folded.as_str())
    }

    fn joined(&self) -> String {
        self.folded().collect()
    }

    /// The script of all words; `None` where they differ.
    fn script(&self) -> Option<Script> {
        let first = self.words.first()?.script;
        self.words.iter().all(|word| word.script == first).then_some(first)
    }

    /// All characters of a name in a script without spaces.
    fn unspaced(&self) -> Option<Vec<char>> {
        let Some(Script::Unspaced(_)) = self.script() else { return None };
        Some(self.folded().flat_map(str::chars).take(MAX_LETTERS).collect())
    }

    /// Takes nicknames and names at birth out of a text; what is left is the name itself.
    fn take_others(&mut self, tidy: &str) -> String {
        let mut main = String::with_capacity(tidy.len());
        let mut rest = tidy;
        while let Some(open) = rest.find(['(', '[', '"', '“', '„', '«', '（', '「']) {
            let mark = rest[open..].chars().next().unwrap_or('(');
            let behind = &rest[open + mark.len_utf8()..];
            let close: &[char] = match mark {
                '(' | '（' => &[')', '）'],
                '[' => &[']'],
                '«' => &['»'],
                '「' => &['」'],
                _ => &['"', '”', '“'],
            };
            let Some(length) = behind.find(close) else { break };
            main.push_str(&rest[..open]);
            main.push(' ');
            let inside = &behind[..length];
            // "(she/her)" is no name.
            if !inside.contains('/') {
                self.others.extend(words_of(inside));
            }
            rest = behind[length..].trim_start_matches(close);
        }
        main.push_str(rest);
        let lower = main.to_lowercase();
        if lower.len() == main.len()
            && let Some((position, mark)) = BIRTH_MARKS.iter().filter_map(|mark| Some((lower.find(mark)?, mark))).min()
        {
            self.others.extend(words_of(&main[position + mark.len()..]));
            main.truncate(position);
        }
        self.others.truncate(MAX_WORDS);
        main
    }

    fn take_words(&mut self, main: &str) {
        let mut parts: Vec<Vec<&str>> = Vec::new();
        for (index, part) in main.split([',', '，', '、']).take(8).enumerate() {
            let mut words: Vec<&str> = part.split(' ').filter(|word| !word.is_empty()).take(MAX_WORDS * 2).collect();
            while words.len() > 1 && is_title(words[0]) {
                self.titles.push(words.remove(0).to_owned());
            }
            // "Lin, Ma" is a name: what may be one is a degree only behind a whole name.
            let is_behind_name = parts.first().is_some_and(|first| first.len() >= 2);
            let is_suffix = |word: &&str| is_generation(word) || is_plain_degree(word) || (is_behind_name && is_degree(word));
            if index > 0 && words.iter().all(is_suffix) {
                self.suffixes.extend(words.iter().map(|&word| word.to_owned()));
                continue;
            }
            if index > 0 && words.iter().all(|word| is_title(word)) {
                self.titles.extend(words.iter().map(|&word| word.to_owned()));
                continue;
            }
            let mut suffixes = Vec::new();
            while words.len() > 2 && words.last().is_some_and(|word| is_generation(word) || is_plain_degree(word)) {
                suffixes.extend(words.pop().map(str::to_owned));
            }
            self.suffixes.extend(suffixes.into_iter().rev());
            parts.push(words);
        }
        if let [family, given] = parts.as_slice()
            && !family.is_empty()
            && !given.is_empty()
        {
            self.has_known_order = true;
            parts = vec![given.clone(), family.clone()];
        }
        self.words = parts.iter().flatten().flat_map(|word| words_of(word)).take(MAX_WORDS).collect();
    }
}

// --- Words ------------------------------------------------------------------------------------------------------------------------

/// Splits at spaces and hyphens, and initials that are written together at their dots ("J.D.").
fn words_of(text: &str) -> Vec<NameWord> {
    let is_break = |c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '_' | '·' | '・' | '/' | '.');
    text.split(is_break).filter_map(NameWord::read).collect()
}

impl NameWord {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
        let script = script_of(text.chars().find(|c| c.is_alphabetic())?);
        let folded: String = match script {
            Script::Unspaced(_) => text.nfc().filter(|c| c.is_alphanumeric()).take(MAX_LETTERS).collect(),
            _ => text::lookup_key(text).chars().filter(|c| *c != ' ').take(MAX_LETTERS).collect(),
        };
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        let is_initial = letters == 1 && !matches!(script, Script::Unspaced(_));
        (!folded.is_empty()).then(|| Self { text: text.to_owned(), folded, is_initial, script })
    }
}

fn script_of(character: char) -> Script {
    match character as u32 {
        0x0041..=0x024F | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF => Script::Latin,
        0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7FF => Script::Unspaced(0),
        0x3040..=0x30FF | 0x31F0..=0x31FF => Script::Unspaced(1),
        0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF => Script::Unspaced(1),
        0x0370..=0x03FF | 0x1F00..=0x1FFF => Script::Other(0),
        0x0400..=0x052F | 0x1C80..=0x1C8F => Script::Other(1),
        0x0530..=0x058F => Script::Other(2),
        0x0590..=0x05FF => Script::Other(3),
        0x0600..=0x077F | 0x08A0..=0x08FF | 0xFB50..=0xFEFF => Script::Other(4),
        // The scripts of India lie in blocks of 128.
        block @ 0x0900..=0x0DFF => Script::Other(16 + ((block - 0x0900) / 0x80) as u8),
        0x0E00..=0x0E7F => Script::Other(5),
        0x10A0..=0x10FF | 0x1C90..=0x1CBF => Script::Other(6),
        0x1200..=0x139F => Script::Other(7),
        0x1780..=0x17FF => Script::Other(8),
        0x1000..=0x109F => Script::Other(9),
        _ => Script::Other(255),
    }
}

/// Titles that stand before a name: unmistakable ones, and others only with their dot.
fn is_title(word: &str) -> bool {
    const PLAIN: &[&str] = &[
        "dipl-ing",
        "doctor",
        "doktor",
        "dott",
        "dottoressa",
        "dr",
        "drs",
        "frau",
        "madame",
        "miss",
        "mister",
        "mlle",
        "mme",
        "monsieur",
        "mr",
        "mrs",
        "ms",
        "mx",
        "prof",
        "professor",
        "profesor",
        "señor",
        "señora",
        "señorita",
        "smt",
        "sra",
        "srta",
        "г-жа",
        "г-н",
        "д-р",
    ];
    const WITH_DOT: &[&str] = &[
        "arch.",
        "capt.",
        "col.",
        "don.",
        "dra.",
        "eng.",
        "engr.",
        "fr.",
        "gen.",
        "hon.",
        "hr.",
        "ing.",
        "ir.",
        "lic.",
        "lt.",
        "m.sc.",
        "mag.",
        "maj.",
        "mgr.",
        "rev.",
        "sgt.",
        "shri.",
        "sr.",
        "sri.",
        "univ.-prof.",
        "dipl.-ing.",
        "ph.dr.",
        "dott.ssa",
        "б-р",
    ];
    let lower = word.to_lowercase();
    PLAIN.contains(&lower.trim_end_matches('.')) || WITH_DOT.contains(&lower.as_str())
}

/// Generations ("Jr.", "III") behind a name.
fn is_generation(word: &str) -> bool {
    let lower = word.to_lowercase();
    matches!(lower.trim_end_matches('.'), "jr" | "sr" | "junior" | "senior" | "jnr" | "snr")
        || matches!(word, "II" | "III" | "IV" | "VI" | "VII" | "VIII" | "2nd" | "3rd" | "4th")
}

/// Degrees and posts that are no name anywhere.
fn is_plain_degree(word: &str) -> bool {
    let bare: String = word.chars().filter(|c| *c != '.').collect::<String>().to_lowercase();
    matches!(
        bare.as_str(),
        "phd"
            | "dphil"
            | "mba"
            | "msc"
            | "bsc"
            | "mphil"
            | "llb"
            | "llm"
            | "esq"
            | "cpa"
            | "pmp"
            | "cfa"
            | "cissp"
            | "btech"
            | "mtech"
            | "beng"
            | "meng"
            | "dds"
            | "dvm"
            | "frcs"
            | "facs"
    )
}

/// Degrees, those included that are names as well: these only with dots or behind a comma.
fn is_degree(word: &str) -> bool {
    let bare: String = word.chars().filter(|c| *c != '.').collect::<String>().to_lowercase();
    is_plain_degree(word)
        || matches!(
            bare.as_str(),
            "md" | "ma" | "ba" | "bs" | "ms" | "do" | "ed" | "rn" | "pe" | "jd" | "be" | "me" | "bcom" | "mca" | "bca"
        )
}

/// What stands before a name at birth.
const BIRTH_MARKS: &[&str] = &[" née ", " nee ", " né ", " geb. ", " geborene ", " born "];

// --- Comparison -------------------------------------------------------------------------------------------------------------------

/// How well the words of the shorter name find partners in the longer one.
#[derive(Clone, Copy, Default)]
struct Matching {
    /// Every word has a partner of its own.
    all: bool,
    /// At least one pair of whole words matches.
    by_word: bool,
    /// At least one initial matches.
    by_initial: bool,
}

/// How strong a pair of words matches.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pair {
    None,
    Initial,
    Similar,
    Equal,
}

impl Matching {
    const fn or(self, other: Self) -> Self {
        Self {
            all: self.all || other.all,
            by_word: self.by_word || other.by_word,
            by_initial: self.by_initial || other.by_initial,
        }
    }

    /// Pairs words greedily, strongest pairs first; names have few words. Nicknames and names at birth of either side may stand in
    /// for a word without a partner.
    fn of(shorter: &PersonalName, longer: &PersonalName) -> Self {
        let (left, right) = (&shorter.words, &longer.words);
        let mut left_free = [true; MAX_WORDS];
        let mut right_free = [true; MAX_WORDS];
        let mut matching = Self::default();
        let mut matched = 0;
        for strength in [Pair::Equal, Pair::Similar, Pair::Initial] {
            for (i, word) in left.iter().enumerate() {
                if !left_free[i] {
                    continue;
                }
                let partner = (0..right.len()).find(|&j| right_free[j] && pair(word, &right[j]) == strength);
                if let Some(j) = partner {
                    (left_free[i], right_free[j]) = (false, false);
                    matched += 1;
                    matching.by_word |= strength > Pair::Initial;
                    matching.by_initial |= strength == Pair::Initial;
                } else if strength == Pair::Similar {
                    // "Mary Ann" and "Maryann": two neighbours of one name are one word of the other.
                    if let Some(j) = joined_neighbours(word, right, &right_free) {
                        left_free[i] = false;
                        (right_free[j], right_free[j + 1]) = (false, false);
                        matched += 1;
                        matching.by_word = true;
                    }
                }
            }
        }
        for j in 0..right.len() {
            if right_free[j]
                && let Some(i) = joined_neighbours(&right[j], left, &left_free)
            {
                right_free[j] = false;
                (left_free[i], left_free[i + 1]) = (false, false);
                matched += 2;
                matching.by_word = true;
            }
        }
        let is_other = |word: &NameWord, others: &[NameWord]| others.iter().any(|other| pair(word, other) >= Pair::Similar);
        for (i, word) in left.iter().enumerate() {
            if left_free[i] && is_other(word, &longer.others) {
                left_free[i] = false;
                matched += 1;
                matching.by_word = true;
            }
        }
        // A nickname of the shorter name stands in for the given name of the longer one: "Jane (Janie) Roe" and "Janie Roe".
        let free_right = (0..right.len()).filter(|&j| right_free[j]).collect::<Vec<_>>();
        for j in free_right {
            if is_other(&right[j], &shorter.others)
                && let Some(i) = (0..left.len()).find(|&i| left_free[i])
            {
                left_free[i] = false;
                matched += 1;
                matching.by_word = true;
            }
        }
        matching.all = matched >= left.len();
        matching
    }
}

fn joined_neighbours(word: &NameWord, others: &[NameWord], free: &[bool]) -> Option<usize> {
    (0..others.len().saturating_sub(1)).find(|&j| {
        let (first, second) = (&others[j].folded, &others[j + 1].folded);
        free[j]
            && free[j + 1]
            && first.len() + second.len() == word.folded.len()
            && word.folded.starts_with(first.as_str())
            && word.folded.ends_with(second.as_str())
    })
}

fn pair(left: &NameWord, right: &NameWord) -> Pair {
    let (short, long) =
        if left.folded.len() <= right.folded.len() { (&left.folded, &right.folded) } else { (&right.folded, &left.folded) };
    if short == long {
        return if left.is_initial { Pair::Initial } else { Pair::Equal };
    }
    if left.is_initial || right.is_initial {
        let initial = if left.is_initial { &left.folded } else { &right.folded };
        let word = if left.is_initial { &right.folded } else { &left.folded };
        let is_initial_of = initial.chars().next() == word.chars().next() && !(left.is_initial && right.is_initial);
        return if is_initial_of { Pair::Initial } else { Pair::None };
    }
    let is_shortened = short.len() >= 3 && long.starts_with(short.as_str());
    if is_shortened || is_close(short, long) { Pair::Similar } else { Pair::None }
}

/// Whether two words differ by a slip or by the way they were carried over from another script: one letter from four letters on,
/// two from seven.
fn is_close(short: &str, long: &str) -> bool {
    let allowed = match short.len() {
        0..=3 => return false,
        4..=6 => 1,
        _ => 2,
    };
    long.len() - short.len() <= allowed && distance(short.as_bytes(), long.as_bytes()) <= allowed
}

/// Optimal string alignment distance: insertions, deletions, substitutions, and swaps of neighbours.
fn distance(left: &[u8], right: &[u8]) -> usize {
    const SIDE: usize = MAX_LETTERS * 4 + 1;
    let (left, right) = (&left[..left.len().min(SIDE - 1)], &right[..right.len().min(SIDE - 1)]);
    let (mut before, mut last, mut row) = ([0_usize; SIDE], [0_usize; SIDE], [0_usize; SIDE]);
    for (j, cell) in last.iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=left.len() {
        row[0] = i;
        for j in 1..=right.len() {
            let substitution = last[j - 1] + usize::from(left[i - 1] != right[j - 1]);
            row[j] = substitution.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        (before, last) = (last, row);
    }
    last[right.len()]
}

/// Names of a script without spaces, character by character.
fn compare_characters(left: &[char], right: &[char]) -> NameRelation {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let contains = |whole: &[char], part: &[char]| whole.windows(part.len().max(1)).any(|window| window == part);
    let mut sorted = (short.to_vec(), long.to_vec());
    sorted.0.sort_unstable();
    sorted.1.sort_unstable();
    if short == long {
        NameRelation::Same
    } else if sorted.0 == sorted.1 || (short.len() >= 2 && contains(long, short)) {
        NameRelation::Compatible
    } else if short.iter().any(|character| long.contains(character)) {
        NameRelation::SharesOnePart
    } else if short.len() >= 2 {
        NameRelation::Different
    } else {
        NameRelation::Unknown
    }
}
