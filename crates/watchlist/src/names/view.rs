//! A name as the comparison sees it, wherever its words lie.

use bonafide_normalise::script::chinese::ChineseName;
use bonafide_normalise::script::korean::KoreanName;

use super::NameKind;
use super::analyse::MAX_TOKENS;
use super::distance::MAX_COMPARED;
use super::token::Token;

/// A name of at least one word.
#[derive(Clone, Copy)]
pub(crate) struct NameView<'n> {
    tokens: [&'n Token; MAX_TOKENS],
    length: u8,
    /// So many of the last words are the family name, where a comma tells; 0: nothing tells.
    family: u8,
    pub(super) kind: NameKind,
    pub(super) korean: Option<&'n KoreanName>,
    pub(super) chinese: Option<&'n ChineseName>,
    mask: u32,
    letters: u16,
}

impl<'n> NameView<'n> {
    /// A name of words; `None` where there are none.
    pub(super) fn new(
        mut tokens: impl Iterator<Item = &'n Token>,
        family: u8,
        kind: NameKind,
        korean: Option<&'n KoreanName>,
        chinese: Option<&'n ChineseName>,
    ) -> Option<Self> {
        let first = tokens.next()?;
        let mut view = Self {
            tokens: [first; MAX_TOKENS],
            length: 1,
            family,
            kind,
            korean,
            chinese,
            mask: first.mask,
            letters: first.bytes().len() as u16,
        };
        for (place, token) in view.tokens[1..].iter_mut().zip(tokens) {
            *place = token;
            view.length += 1;
            view.mask |= token.mask;
            view.letters += token.bytes().len() as u16;
        }
        Some(view)
    }

    pub(super) fn tokens(&self) -> &[&'n Token] {
        &self.tokens[..usize::from(self.length)]
    }

    pub(crate) fn token(&self, index: usize) -> &'n Token {
        self.tokens[index]
    }

    /// Number of letters of all words.
    pub(super) fn letters(&self) -> usize {
        usize::from(self.letters).min(MAX_COMPARED)
    }

    /// Which letters occur.
    pub(super) const fn mask(&self) -> u32 {
        self.mask
    }

    /// The places of the family name's words as bits, where a comma tells which they are and other words stand before it.
    pub(super) fn family_places(&self) -> Option<u32> {
        let (all, family) = (u32::from(self.length), u32::from(self.family));
        (family > 0 && family < all).then(|| ((1 << family) - 1) << (all - family))
    }

    /// The letters of all words, in order; and with the family name first, where a comma tells which it is.
    pub(super) fn joined(&self) -> [Option<Letters>; 2] {
        let tokens = self.tokens();
        let cut = tokens.len().saturating_sub(usize::from(self.family));
        let family_first = (self.family > 0 && cut > 0).then(|| Letters::of(tokens[cut..].iter().chain(&tokens[..cut])));
        [Some(Letters::of(tokens.iter())), family_first]
    }
}

/// Letters of several words.
pub(super) struct Letters {
    bytes: [u8; MAX_COMPARED],
    length: usize,
}

impl Letters {
    fn of<'t>(tokens: impl Iterator<Item = &'t &'t Token>) -> Self {
        let mut letters = Self { bytes: [0; MAX_COMPARED], length: 0 };
        for token in tokens {
            for (place, letter) in letters.bytes[letters.length..].iter_mut().zip(token.bytes()) {
                *place = *letter;
                letters.length += 1;
            }
        }
        letters
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}
