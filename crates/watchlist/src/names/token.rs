//! One word of a name, prepared for comparison.

use bonafide_normalise::script::sound::{self, MAX_SOUNDS, Sounds};
use bonafide_normalise::script::{WritingSystem, arabic};

use super::{NameKind, population, tables};

/// The most letters of a word that are compared.
pub(super) const MAX_LETTERS: usize = 28;

/// What a word does in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A name proper.
    Word,
    /// A single letter.
    Initial,
    /// "al", "bin", "van", "of": joins names.
    Particle,
    /// "Ltd", "GmbH", "OOO".
    LegalForm,
    /// A word that many organisations bear: "trading", "bank".
    Generic,
    /// Digits, Roman numerals of organisations and vessels included.
    Number,
}

/// Kinds by their numbers in index files.
const KINDS: [TokenKind; 6] =
    [TokenKind::Word, TokenKind::Initial, TokenKind::Particle, TokenKind::LegalForm, TokenKind::Generic, TokenKind::Number];

/// Bytes of a packed token.
pub(super) const PACKED: usize = MAX_LETTERS + 6 + MAX_SOUNDS + 2 + 6 * 4;

/// Bytes that stand for a word whatever its spelling, at most.
pub(crate) const WHATEVER_SPELLING: usize = MAX_SOUNDS + 1;

/// What tells one token from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct TokenIdentity {
    letters: [u8; MAX_LETTERS],
    kind: TokenKind,
    is_consonantal: bool,
    characters: u32,
    of: NameKind,
}

/// One word of a name. Titles, honorifics and job words are no tokens.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    letters: [u8; MAX_LETTERS],
    length: u8,
    kind: TokenKind,
    /// Whose name it is in.
    pub(super) of: NameKind,
    /// Whether its script leaves vowels out.
    pub(super) is_consonantal: bool,
    /// Which letters occur, one bit each.
    pub(super) mask: u32,
    pub(crate) sounds: Sounds,
    pub(crate) consonants: Sounds,
    /// Group of short forms of one name; 0: none.
    pub(super) nickname: u16,
    /// Hashes of other spellings by table.
    pub(super) alternates: [u32; 3],
    pub(super) hash: u32,
    /// Hash of what is written where the letters only stand for it: Han characters, which may sound alike, or a translated word.
    /// 0: the letters are what is written.
    pub(super) characters: u32,
    /// Whether many people bear it.
    pub(super) is_frequent: bool,
    weight: f32,
    /// What it tells of its bearer, in nats.
    information: f32,
}

impl Token {
    /// A token of a romanised word (ASCII lower case); `None` where nothing is left of it.
    pub(super) fn new(roman: &str, written: &str, system: Option<WritingSystem>, of: NameKind) -> Option<Self> {
        let roman = if of == NameKind::Organisation { tables::in_full(roman) } else { roman };
        let bytes = roman.as_bytes();
        let length = bytes.len().min(MAX_LETTERS);
        if length == 0 {
            return None;
        }
        let mut letters = [0; MAX_LETTERS];
        letters[..length].copy_from_slice(&bytes[..length]);
        let kind = tables::kind_of(roman, of);
        let is_consonantal = system == Some(WritingSystem::Arabic);
        let sounds = if is_consonantal { arabic::sounds(written) } else { sound::sounds(roman) };
        let alternates = tables::alternates(roman);
        let nickname = if kind == TokenKind::Word { tables::nickname_group(roman) } else { 0 };
        let most = if tables::is_fathers(nickname) { population::FATHERS_NAME } else { f32::MAX };
        let mut token = Self {
            letters,
            length: length as u8,
            kind,
            of,
            is_consonantal,
            mask: mask_of(&bytes[..length]),
            sounds,
            consonants: sound::consonants(&sounds),
            nickname,
            alternates,
            hash: tables::hash(roman),
            characters: if system == Some(WritingSystem::Han) { tables::hash(written) } else { 0 },
            is_frequent: population::is_frequent(roman),
            weight: 0.0,
            information: population::information(roman, kind, of == NameKind::Person).min(most),
        };
        token.weight = token.weigh();
        Some(token)
    }

    /// The token of an English word that stands for one of an organisation's name. It is heard as it is written rather, where it stands
    /// for the word alone: who does not know the word spells it.
    pub(super) fn translated(
        english: &str,
        alone: bool,
        roman: &str,
        written: &str,
        system: Option<WritingSystem>,
    ) -> Option<Self> {
        let token = Self::new(english, english, None, NameKind::Organisation)?;
        let is_consonantal = alone && system == Some(WritingSystem::Arabic);
        let sounds = match alone {
            true if is_consonantal => arabic::sounds(written),
            true => sound::sounds(roman),
            false => token.sounds,
        };
        Some(Self { characters: tables::hash(roman), sounds, consonants: sound::consonants(&sounds), is_consonantal, ..token })
    }

    /// Whether the letters are those of an English word that stands for the one that is written.
    pub(crate) fn is_translated(&self) -> bool {
        self.of == NameKind::Organisation && self.characters != 0
    }

    /// The same word as a part of a legal form.
    pub(super) fn as_legal_form(&self) -> Self {
        let kind = TokenKind::LegalForm;
        let information = population::information(self.as_str(), kind, false);
        let mut token = Self { kind, information, nickname: 0, ..*self };
        token.weight = token.weigh();
        token
    }

    /// What tells the token from others: everything else follows from it.
    pub(super) const fn identity(&self) -> TokenIdentity {
        TokenIdentity {
            letters: self.letters,
            kind: self.kind,
            is_consonantal: self.is_consonantal,
            characters: self.characters,
            of: self.of,
        }
    }

    /// The letters, ASCII lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }

    /// Whether it is a word of a person's name.
    pub(crate) fn is_of_person(&self) -> bool {
        self.of == NameKind::Person
    }

    /// What the word does.
    #[must_use]
    pub const fn kind(&self) -> TokenKind {
        self.kind
    }

    /// How much the word says, about 0…1.
    #[must_use]
    pub const fn weight(&self) -> f32 {
        self.weight
    }

    /// The token as bytes, for an index file; what follows from the rest is left out.
    pub(super) fn pack(&self, into: &mut Vec<u8>) {
        into.extend_from_slice(&self.letters);
        let kind = KINDS.iter().position(|kind| *kind == self.kind).unwrap_or_default() as u8;
        let is_person = u8::from(self.of == NameKind::Person);
        into.extend_from_slice(&[self.length, kind, is_person, u8::from(self.is_consonantal), u8::from(self.is_frequent)]);
        let sounds = self.sounds.as_bytes();
        let mut padded = [0; MAX_SOUNDS];
        padded[..sounds.len()].copy_from_slice(sounds);
        into.push(sounds.len() as u8);
        into.extend_from_slice(&padded);
        into.extend_from_slice(&self.nickname.to_le_bytes());
        for number in [self.alternates[0], self.alternates[1], self.alternates[2], self.hash, self.characters] {
            into.extend_from_slice(&number.to_le_bytes());
        }
        into.extend_from_slice(&self.information.to_bits().to_le_bytes());
    }

    /// What [`Token::pack`] wrote; `None` where it is nothing of the kind.
    pub(super) fn unpack(bytes: &[u8; PACKED]) -> Option<Self> {
        let number = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let mut letters = [0; MAX_LETTERS];
        letters.copy_from_slice(&bytes[..MAX_LETTERS]);
        let [length, kind, is_person, is_consonantal, is_frequent, sounds] =
            [0, 1, 2, 3, 4, 5].map(|place| bytes[MAX_LETTERS + place]);
        let behind = MAX_LETTERS + 6 + MAX_SOUNDS;
        let sounds = Sounds::of_bytes(bytes.get(MAX_LETTERS + 6..MAX_LETTERS + 6 + usize::from(sounds))?);
        let word = letters.get(..usize::from(length)).filter(|word| !word.is_empty() && word.is_ascii())?;
        let mut token = Self {
            letters,
            length,
            kind: *KINDS.get(usize::from(kind))?,
            of: if is_person == 1 { NameKind::Person } else { NameKind::Organisation },
            is_consonantal: is_consonantal == 1,
            mask: mask_of(word),
            sounds,
            consonants: sound::consonants(&sounds),
            nickname: u16::from_le_bytes([bytes[behind], bytes[behind + 1]]),
            alternates: [number(behind + 2), number(behind + 6), number(behind + 10)],
            hash: number(behind + 14),
            characters: number(behind + 18),
            is_frequent: is_frequent == 1,
            weight: 0.0,
            information: f32::from_bits(number(behind + 22)),
        };
        token.weight = token.weigh();
        Some(token)
    }

    /// How much the word tells of who bears it, in nats: the logarithm of how rare it is among people, and in a list, there as well.
    #[must_use]
    pub const fn information(&self) -> f32 {
        self.information
    }

    /// Takes account of how many names of a list the word stands in: what is frequent there tells less, what is rare there no more.
    pub(super) fn learn(&mut self, holders: u32, names: usize) {
        /// The tables count as much as so many names of a list.
        const PRIOR: f32 = 5_000.0;
        let among_people = (-self.information).exp();
        let in_list = (holders as f32 + PRIOR * among_people) / (names as f32 + PRIOR);
        self.information = -among_people.max(in_list).ln();
    }

    /// What stands for the word whatever its spelling, where many people bear it: its group of short and other forms, or its
    /// consonants; and whether it is such a word.
    pub(crate) fn whatever_spelling(&self) -> ([u8; WHATEVER_SPELLING], usize, bool) {
        let mut form = [0; WHATEVER_SPELLING];
        if self.nickname != 0 {
            form[1..3].copy_from_slice(&self.nickname.to_le_bytes());
            return (form, 3, true);
        }
        let consonants = self.consonants.as_bytes();
        form[0] = 1;
        form[1..=consonants.len()].copy_from_slice(consonants);
        (form, consonants.len() + 1, self.is_frequent)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.letters[..usize::from(self.length)]
    }

    fn weigh(&self) -> f32 {
        let by_length = (f32::from(self.length.min(8)) + 4.0) / 12.0;
        match self.kind {
            TokenKind::Word if self.is_frequent => by_length * 0.75,
            TokenKind::Word => by_length,
            TokenKind::Initial => 0.3,
            TokenKind::Particle => 0.1,
            TokenKind::LegalForm => 0.05,
            TokenKind::Generic => by_length * 0.5,
            TokenKind::Number => 0.6,
        }
    }
}

pub(super) fn mask_of(letters: &[u8]) -> u32 {
    letters.iter().fold(0, |mask, &letter| match letter {
        b'a'..=b'z' => mask | 1 << (letter - b'a'),
        b'0'..=b'9' => mask | 1 << (26 + (letter - b'0') % 6),
        _ => mask,
    })
}
