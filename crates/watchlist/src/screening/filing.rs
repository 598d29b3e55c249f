//! Filing: what each listed party is found under.

use super::{Screener, entries::Entries, ordinary::References};
use crate::{
    entry::{Entry, EntryKind, ListedName},
    identifier::IdentifierKind,
    index::{ExactBuilder, Key, KeyKind, PostingsBuilder},
    names::{AnalysedName, NameKind, NameStoreBuilder, Token, TokenKind, WHATEVER_SPELLING},
};

pub(super) fn file(entries: Vec<Entry>) -> Screener {
    let (mut postings, mut exact) = (PostingsBuilder::default(), ExactBuilder::default());
    let (mut filed, mut under, mut names) = (Vec::new(), Vec::new(), NameStoreBuilder::default());
    for (number, entry) in (0_u32..).zip(&entries) {
        let kind = name_kind(entry);
        for (name, listed) in (0_u32..).zip(&entry.names) {
            let analysed = analysed(listed, kind);
            under.clear();
            keys(&analysed, &mut under);
            postings.file(&under);
            names.add(&analysed);
            filed.push((number, name));
        }
        for identifier in &entry.identifiers {
            exact.file(key_kind(identifier.kind), &identifier.value, number);
        }
        for document in &entry.documents {
            exact.file(KeyKind::Document, &document.number, number);
        }
    }
    Screener {
        filed,
        names: names.build(),
        postings: postings.build(),
        exact: exact.build(),
        entries: Entries::held(entries),
        made_of: String::new(),
        references: References::default(),
    }
}

/// A listed name, ready to be compared. A comma tells the order of the parts, where the list does.
pub(crate) fn analysed(listed: &ListedName, kind: NameKind) -> AnalysedName {
    match &listed.parts {
        Some(parts) if kind == NameKind::Person => AnalysedName::of(&format!("{}, {}", parts.family, parts.given), kind),
        _ => AnalysedName::of(&listed.text, kind),
    }
}

/// What a listed name is read as.
pub(crate) fn name_kind(entry: &Entry) -> NameKind {
    if entry.kind == EntryKind::Person { NameKind::Person } else { NameKind::Organisation }
}

/// The keys of a name: three letters of each word with its borders, and the sounds and consonants of words that are names proper.
pub(crate) fn keys(name: &AnalysedName, keys: &mut Vec<Key>) {
    for token in name.tokens() {
        if matches!(token.kind(), TokenKind::Particle | TokenKind::LegalForm) {
            continue;
        }
        let letters = token.as_str().as_bytes();
        let mut window = [b' '; 3];
        for letter in letters.iter().chain(b" ") {
            window = [window[1], window[2], *letter];
            keys.push(Key::new(KeyKind::Trigram, &window));
        }
        if token.kind() == TokenKind::Word || token.is_translated() {
            keys.push(Key::new(KeyKind::Sound, token.sounds.as_bytes()));
        }
        // Translated words have other consonants in every language.
        if token.kind() == TokenKind::Word && !token.is_translated() {
            let consonants = token.consonants.as_bytes();
            if consonants.len() > 1 {
                keys.push(Key::new(KeyKind::Skeleton, consonants));
            }
        }
    }
    pair_keys(name, keys);
    // Hangul, Hanja and the romanisations share hardly a letter; what they share is syllables.
    let korean = name.syllable_pairs().map(|pair| (KeyKind::Syllables, pair));
    let chinese = name.chinese_pairs().map(|pair| (KeyKind::ChineseSyllables, pair));
    for (kind, [first, second]) in korean.chain(chinese) {
        let ([a, b], [c, d]) = (first.to_le_bytes(), second.to_le_bytes());
        keys.push(Key::new(kind, &[a, b, c, d]));
    }
}

/// Two frequent words are rare together: "Shaikh Daud Hasan" shares nothing else with "Dawood Hassan" that thousands do not.
fn pair_keys(name: &AnalysedName, keys: &mut Vec<Key>) {
    /// Of longer names so many words are paired.
    const WORDS: usize = 5;
    let mut text = Vec::with_capacity(64);
    let words = name.tokens().iter().filter(|token| token.kind() == TokenKind::Word && token.is_of_person());
    let words = words.take(WORDS).map(Token::whatever_spelling);
    let mut before: Vec<([u8; WHATEVER_SPELLING], usize, bool)> = Vec::with_capacity(WORDS);
    for (form, length, is_frequent) in words {
        for (other, other_length, other_is_frequent) in &before {
            if is_frequent || *other_is_frequent {
                let (left, right) = (&form[..length], &other[..*other_length]);
                text.clear();
                text.extend_from_slice(left.min(right));
                text.push(u8::MAX);
                text.extend_from_slice(left.max(right));
                keys.push(Key::new(KeyKind::Words, &text));
            }
        }
        before.push((form, length, is_frequent));
    }
}

/// Which keys values of a kind are filed under.
pub(crate) const fn key_kind(kind: IdentifierKind) -> KeyKind {
    match kind {
        IdentifierKind::Email => KeyKind::Email,
        IdentifierKind::Phone => KeyKind::Phone,
        IdentifierKind::Wallet => KeyKind::Wallet,
        IdentifierKind::Website | IdentifierKind::Handle => KeyKind::Online,
        _ => KeyKind::Number,
    }
}

/// What people call a kind.
pub(super) const fn word(kind: IdentifierKind) -> &'static str {
    match kind {
        IdentifierKind::Email => "e-mail",
        IdentifierKind::Phone => "phone",
        IdentifierKind::Wallet => "wallet",
        IdentifierKind::Website => "website",
        IdentifierKind::Handle => "account",
        _ => "number",
    }
}
