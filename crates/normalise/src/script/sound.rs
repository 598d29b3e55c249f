//! Words in Latin letters as sounds: what the romanisations of one name have in common.
//!
//! "Zhukov", "Joukoff", "Schukow" and "Żukow" are one name by the rules of four countries; "Muhammad", "Mohamed" and "Mohammad" by the
//! habits of many. A word becomes a short string of sound classes (upper-case ASCII letters; A E I O U are vowels); classes that still
//! differ are compared with graded costs by whoever compares.

use std::sync::LazyLock;

/// The most sounds of a word.
pub const MAX_SOUNDS: usize = 24;

/// A string of sounds of fixed size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sounds {
    letters: [u8; MAX_SOUNDS],
    length: u8,
}

impl Sounds {
    /// The sounds, one byte each.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.letters[..usize::from(self.length)]
    }

    /// Sounds as [`Sounds::as_bytes`] gave them, read from an index file; what is over the limit is cut.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        let length = bytes.len().min(MAX_SOUNDS);
        let mut letters = [0; MAX_SOUNDS];
        letters[..length].copy_from_slice(&bytes[..length]);
        Self { letters, length: length as u8 }
    }

    fn push(&mut self, sound: u8) {
        let repeats = self.as_bytes().last() == Some(&sound);
        if let Some(place) = self.letters.get_mut(usize::from(self.length))
            && !repeats
        {
            *place = sound;
            self.length += 1;
        }
    }
}

/// Letters and the sounds they stand for.
type Rule = (&'static [u8], &'static [u8]);

/// Longest first; within one length the order does not matter.
const RULES: &[Rule] = &[
    (b"schtsch", b"S"),
    (b"shtsh", b"S"),
    (b"chtch", b"S"),
    (b"dsch", b"J"),
    (b"shch", b"S"),
    (b"szcz", b"S"),
    (b"tsch", b"C"),
    (b"dzh", b"J"),
    (b"sch", b"S"),
    (b"tch", b"C"),
    (b"eau", b"O"),
    (b"iou", b"IU"),
    (b"ch", b"C"),
    (b"ck", b"K"),
    (b"cz", b"C"),
    (b"dh", b"D"),
    (b"dj", b"J"),
    (b"ee", b"I"),
    (b"ff", b"V"),
    (b"gh", b"G"),
    (b"ie", b"I"),
    (b"ij", b"I"),
    (b"iy", b"I"),
    (b"kh", b"H"),
    (b"lj", b"LI"),
    (b"oo", b"U"),
    (b"ou", b"U"),
    (b"ph", b"F"),
    (b"qu", b"K"),
    (b"sh", b"S"),
    (b"sj", b"S"),
    (b"sz", b"S"),
    (b"th", b"T"),
    (b"tj", b"C"),
    (b"tz", b"TS"),
    (b"yy", b"I"),
    (b"zh", b"J"),
    (b"a", b"A"),
    (b"b", b"B"),
    (b"c", b"K"),
    (b"d", b"D"),
    (b"e", b"E"),
    (b"f", b"F"),
    (b"g", b"G"),
    (b"h", b"H"),
    (b"i", b"I"),
    (b"j", b"J"),
    (b"k", b"K"),
    (b"l", b"L"),
    (b"m", b"M"),
    (b"n", b"N"),
    (b"o", b"O"),
    (b"p", b"P"),
    (b"q", b"K"),
    (b"r", b"R"),
    (b"s", b"S"),
    (b"t", b"T"),
    (b"u", b"U"),
    (b"v", b"V"),
    (b"w", b"V"),
    (b"x", b"KS"),
    (b"y", b"I"),
    (b"z", b"Z"),
];

/// The rules that begin with each letter, longest first.
static BY_FIRST: LazyLock<[Vec<Rule>; 26]> = LazyLock::new(|| {
    std::array::from_fn(|letter| RULES.iter().copied().filter(|(letters, _)| usize::from(letters[0] - b'a') == letter).collect())
});

/// The sounds of a romanised word (ASCII lower case); other bytes are passed over.
///
/// ```
/// use bonafide_normalise::script::sound::sounds;
/// assert_eq!(sounds("yakovleff"), sounds("iakovlev"));
/// assert_eq!(sounds("mahmoud"), sounds("mahmood"));
/// ```
#[must_use]
pub fn sounds(word: &str) -> Sounds {
    let mut sounds = Sounds::default();
    let mut rest = word.as_bytes();
    while let Some(&first) = rest.first() {
        let (letters, classes) = rule(rest);
        match (first, rest.get(1)) {
            (b'c', Some(b'e' | b'i' | b'y')) => sounds.push(b'S'),
            // German and Slavic "j" at the end is the "y" of others: "Andrej".
            (b'j', None) => sounds.push(b'I'),
            // Burmese writes a breath before consonants: "Htun" is "Tun".
            (b'h', Some(b't' | b'p' | b'l' | b'n' | b'm' | b'k')) if rest.len() == word.len() => {}
            _ => classes.iter().for_each(|&class| sounds.push(class)),
        }
        rest = &rest[letters.max(1)..];
    }
    sounds
}

/// The sounds of a word whose letters are romanised one by one, each as a part of its own: an "s" before an "h" is no "sh".
pub(super) fn sounds_of_letters<'l>(letters: impl Iterator<Item = &'l str>) -> Sounds {
    let mut sounds = Sounds::default();
    for letter in letters {
        rule(letter.as_bytes()).1.iter().for_each(|&class| sounds.push(class));
    }
    sounds
}

/// How many letters the longest rule takes that a text begins with, and what they sound like. A digit stands for itself; what is
/// neither has no sound.
fn rule(text: &[u8]) -> (usize, &'static [u8]) {
    const DIGITS: &[u8; 10] = b"0123456789";
    let Some(&first) = text.first() else { return (0, &[]) };
    if first.is_ascii_digit() {
        let digit = usize::from(first - b'0');
        return (1, &DIGITS[digit..=digit]);
    }
    let of_letter = first.checked_sub(b'a').and_then(|letter| BY_FIRST.get(usize::from(letter)));
    let found = of_letter.and_then(|rules| rules.iter().find(|(letters, _)| text.starts_with(letters)));
    found.map_or((1, &[]), |(letters, classes)| (letters.len(), classes))
}

/// The consonants alone, vowels, semi-vowels and a final "h" gone, doubles collapsed: what a script without vowels tells of a name.
///
/// ```
/// use bonafide_normalise::script::{romanise, sound::{consonants, sounds}};
/// assert_eq!(consonants(&sounds("khorshid")), consonants(&sounds(&romanise("خورشید"))));
/// ```
#[must_use]
pub fn consonants(sounds: &Sounds) -> Sounds {
    let mut skeleton = Sounds::default();
    let letters = sounds.as_bytes();
    for (index, &sound) in letters.iter().enumerate() {
        let silent = matches!(sound, b'A' | b'E' | b'I' | b'O' | b'U' | b'V') || (sound == b'H' && index + 1 == letters.len());
        if !silent {
            skeleton.push(sound);
        }
    }
    skeleton
}

/// What it costs to take one sound for another, 0…1: how often the two stand for each other in romanisations.
#[must_use]
pub const fn substitution_cost(left: u8, right: u8) -> f32 {
    const fn is_vowel(sound: u8) -> bool {
        matches!(sound, b'A' | b'E' | b'I' | b'O' | b'U')
    }
    if left == right {
        return 0.0;
    }
    let (low, high) = if left < right { (left, right) } else { (right, left) };
    match (low, high) {
        (b'A', b'E') | (b'O', b'U') | (b'E', b'I') | (b'A', b'O') => 0.35,
        (b'U' | b'F', b'V') => 0.25,
        (b'S', b'Z') | (b'I', b'J') | (b'H', b'K') => 0.35,
        (b'C', b'S' | b'J' | b'K' | b'T') | (b'D', b'Z') | (b'G', b'J' | b'H' | b'K') => 0.45,
        (b'J', b'Z' | b'S') | (b'D', b'T') | (b'B', b'P' | b'V') | (b'C', b'H') | (b'K', b'S') | (b'S', b'T') => 0.55,
        (b'M', b'N') | (b'L', b'R') | (b'F', b'P') => 0.7,
        _ if is_vowel(low) && is_vowel(high) => 0.55,
        _ => 1.0,
    }
}

/// What it costs to leave a sound out, 0…1.
#[must_use]
pub const fn omission_cost(sound: u8) -> f32 {
    match sound {
        b'A' | b'E' | b'I' | b'O' | b'U' => 0.55,
        b'H' => 0.5,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::sounds;

    #[test]
    fn habits_of_romanisations_sound_alike() {
        for [left, right] in
            [["andrej", "andrey"], ["koljakov", "kolyakov"], ["tjernov", "chernov"], ["htun", "tun"], ["hlaing", "laing"]]
        {
            assert_eq!(sounds(left), sounds(right), "{left} {right}");
        }
        assert_ne!(sounds("jan"), sounds("ian"));
        assert_ne!(sounds("mahtab"), sounds("matab"));
    }
}
