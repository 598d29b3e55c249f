//! Two words compared: how alike they are, and by what.

use super::NameKind;
use super::compare::OperationKind;
use super::distance;
use super::token::{Token, TokenKind};

/// Words less alike than this are not taken for each other.
pub(super) const LEAST_SIMILARITY: f32 = 0.62;
/// What hearing alone says, against spelling.
const HEARD: f32 = 0.97;

/// What a word of the same meaning says, against the same word.
const TRANSLATED: f32 = 0.98;

/// What a word says against its plural, in names of organisations.
const PLURAL: f32 = 0.97;
/// What an adjective says against the place that it is of.
const ADJECTIVE: f32 = 0.95;

/// How alike two words are, 0…1 (0 where they are not taken for each other), and by what.
pub(crate) type Alike = (f32, OperationKind);

/// Compares two words.
pub(crate) fn similarity(left: &Token, right: &Token) -> Alike {
    if left.hash == right.hash && left.bytes() == right.bytes() {
        // Two Han words of one sound are the same word only by chance, or in another country's characters.
        let is_written_otherwise = left.characters != 0 && right.characters != 0 && left.characters != right.characters;
        return match left.of {
            _ if !is_written_otherwise => (1.0, OperationKind::Exact),
            NameKind::Organisation => (TRANSLATED, OperationKind::Translation),
            NameKind::Person => (0.75, OperationKind::Romanisation),
        };
    }
    if (left.kind() == TokenKind::Particle) != (right.kind() == TokenKind::Particle) {
        // "Al" is no misspelt "Ali".
        return (if left.sounds == right.sounds { 0.9 } else { 0.0 }, OperationKind::Romanisation);
    }
    let (a, b) = (left.bytes(), right.bytes());
    if a.len() == 1 || b.len() == 1 {
        // People write initials for their names; a letter of a firm's name is a name of its own.
        let fits = left.of == NameKind::Person
            && a.first() == b.first()
            && !matches!((left.kind(), right.kind()), (TokenKind::Number, _) | (_, TokenKind::Number));
        return (if fits { 0.8 } else { 0.0 }, OperationKind::Initial);
    }
    if left.kind() == TokenKind::Number || right.kind() == TokenKind::Number {
        return (0.0, OperationKind::Typo);
    }
    if left.alternates.iter().any(|&hash| hash != 0 && (hash == right.hash || right.alternates.contains(&hash)))
        || right.alternates.iter().any(|&hash| hash != 0 && hash == left.hash)
    {
        return (0.88, OperationKind::Tradition);
    }
    if left.sounds == right.sounds {
        return (0.96, OperationKind::Romanisation);
    }
    if left.nickname != 0 && left.nickname == right.nickname {
        return (0.9, OperationKind::Nickname);
    }
    if left.is_consonantal != right.is_consonantal {
        return by_consonants(left, right);
    }
    if left.of == NameKind::Organisation && is_plural(a, b) {
        return (PLURAL, OperationKind::Typo);
    }
    if left.of == NameKind::Organisation && is_adjective(a, b) {
        return (ADJECTIVE, OperationKind::Translation);
    }
    if left.is_translated() != right.is_translated() {
        // A word that the tables know, and another spelling of it that they do not.
        let (a, b) = (left.sounds.as_bytes(), right.sounds.as_bytes());
        return (sharpened(distance::sounds(a, b, LEAST_SIMILARITY / HEARD) * HEARD), OperationKind::Romanisation);
    }
    by_letters(left, right)
}

/// Whether one word is the other with an "s" or "es" behind it.
fn is_plural(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.len() > 3 && long.strip_prefix(short).is_some_and(|ending| matches!(ending, b"s" | b"es"))
}

/// Whether one word is the Slavic adjective of the other, mostly of a place: "Muromskii", "Murom"; "Chelyabinskiy", "Chelyabinsk".
fn is_adjective(a: &[u8], b: &[u8]) -> bool {
    const ENDINGS: [&[u8]; 16] =
        [b"ii", b"iy", b"ij", b"yi", b"yy", b"y", b"i", b"aya", b"aia", b"oe", b"oye", b"oie", b"ogo", b"oi", b"oy", b"ie"];
    let (noun, adjective) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let Some(at) = adjective.windows(2).rposition(|two| two == b"sk").filter(|at| *at > 3) else { return false };
    let (place, ending) = (&adjective[..at], &adjective[at + 2..]);
    // "Samarskii" is of Samara.
    let bare = noun.strip_suffix(b"a").or_else(|| noun.strip_suffix(b"o")).unwrap_or(noun);
    ENDINGS.contains(&ending) && (noun == place || bare == place || noun == &adjective[..at + 2])
}

/// One side has consonants and long vowels only.
fn by_consonants(left: &Token, right: &Token) -> Alike {
    let (a, b) = (left.consonants.as_bytes(), right.consonants.as_bytes());
    let shorter = a.len().min(b.len());
    if shorter < 2 {
        return by_letters(left, right);
    }
    let similarity = distance::sounds(a, b, LEAST_SIMILARITY) * if shorter >= 3 { 0.93 } else { 0.8 };
    let by_consonants = sharpened(similarity);
    // A frequent name is known with its vowels, whatever its script leaves out.
    let by_letters = by_letters(left, right);
    if by_letters.0 > by_consonants { by_letters } else { (by_consonants, OperationKind::Consonants) }
}

fn by_letters(left: &Token, right: &Token) -> Alike {
    let (a, b) = (left.bytes(), right.bytes());
    let longer = a.len().max(b.len());
    if a.len().abs_diff(b.len()) * 5 > longer * 2 {
        return (0.0, OperationKind::Typo);
    }
    // Letters of one word that the other lacks must each have been edited or be another romanisation.
    if left.is_frequent && right.is_frequent && left.consonants != right.consonants {
        // "Mohamed" is no slip of the pen for "Ahmed".
        return (0.0, OperationKind::Typo);
    }
    let common = (left.mask & right.mask).count_ones();
    if common * 3 < left.mask.count_ones().min(right.mask.count_ones()) {
        return (0.0, OperationKind::Typo);
    }
    // Every letter of one word that the other lacks is an edit at least.
    let edits = (left.mask & !right.mask).count_ones().max((right.mask & !left.mask).count_ones());
    let bound = 1.0 - edits as f32 / longer as f32;
    let spelled = if bound < LEAST_SIMILARITY { 0.0 } else { distance::spelling(a, b) };
    let least = spelled.max(LEAST_SIMILARITY) / HEARD;
    let heard = distance::sounds(left.sounds.as_bytes(), right.sounds.as_bytes(), least) * HEARD;
    if heard > spelled { (sharpened(heard), OperationKind::Romanisation) } else { (sharpened(spelled), OperationKind::Typo) }
}

/// Small differences stay small, larger ones count more, and words that share half of their letters share nothing.
pub(super) fn sharpened(similarity: f32) -> f32 {
    if similarity >= 0.8 {
        1.0 - 1.25 * (1.0 - similarity)
    } else if similarity >= LEAST_SIMILARITY {
        0.3 + (similarity - LEAST_SIMILARITY) * (0.45 / (0.8 - LEAST_SIMILARITY))
    } else {
        0.0
    }
}
