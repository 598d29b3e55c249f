//! Many analysed names: each different word once, names as rows of words.

use std::collections::HashMap;

use bonafide_normalise::script::korean::KoreanName;

use super::NameKind;
use super::analyse::{AnalysedName, MAX_TOKENS};
use super::compare::{NameMatch, OperationKind, meet};
use super::pair::{Alike, similarity};
use super::token::{Token, TokenIdentity};
use super::view::NameView;

/// Names, numbered from 0 in the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct NameStore {
    words: Vec<Token>,
    /// Numbers of words, name after name.
    order: Vec<u32>,
    rows: Vec<Row>,
    korean: Vec<KoreanName>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    /// First place in `order`.
    start: u32,
    length: u8,
    family: u8,
    kind: NameKind,
    /// Number of the Korean reading and one more; 0: none.
    korean: u32,
}

/// Adds names to a store.
#[derive(Debug, Default)]
pub(crate) struct NameStoreBuilder {
    store: NameStore,
    known: HashMap<TokenIdentity, u32>,
}

impl NameStoreBuilder {
    /// Adds a name.
    pub(crate) fn add(&mut self, name: &AnalysedName) {
        let store = &mut self.store;
        let start = store.order.len() as u32;
        for token in &name.tokens {
            let number = *self.known.entry(token.identity()).or_insert_with(|| {
                store.words.push(*token);
                store.words.len() as u32 - 1
            });
            store.order.push(number);
        }
        let korean = name.korean.as_deref().map_or(0, |korean| {
            store.korean.push(korean.clone());
            store.korean.len() as u32
        });
        store.rows.push(Row { start, length: name.tokens.len() as u8, family: name.family, kind: name.kind, korean });
    }

    /// The finished store.
    pub(crate) fn build(mut self) -> NameStore {
        let mut holders = vec![0; self.store.words.len()];
        self.store.order.iter().for_each(|word| holders[*word as usize] += 1);
        for (word, holders) in self.store.words.iter_mut().zip(holders) {
            word.learn(holders, self.store.rows.len());
        }
        self.store.words.shrink_to_fit();
        self.store.order.shrink_to_fit();
        self.store.rows.shrink_to_fit();
        self.store.korean.shrink_to_fit();
        self.store
    }
}

impl NameStore {
    /// How many names there are.
    pub(crate) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Compares a query with a name of the store.
    pub(crate) fn compare(&self, query: &NameView<'_>, name: u32, memo: &mut Memo) -> NameMatch {
        let row = &self.rows[name as usize];
        let numbers = &self.order[row.start as usize..row.start as usize + usize::from(row.length)];
        let korean = row.korean.checked_sub(1).map(|number| &self.korean[number as usize]);
        let words = numbers.iter().map(|number| &self.words[*number as usize]);
        let Some(listed) = NameView::new(words, row.family, row.kind, korean) else { return NameMatch::nothing() };
        meet(query, &listed, |i, j| memo.alike(i, numbers[j], query.token(i), listed.token(j)))
    }
}

/// How alike a word of a query and a word of the store are, remembered while the query lasts: candidates share most of their words.
#[derive(Debug)]
pub(crate) struct Memo {
    slots: Box<[Slot]>,
    round: u32,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    round: u32,
    /// Number of the listed word times [`MAX_TOKENS`], and the place of the query's word.
    pair: u32,
    alike: Alike,
}

const SLOTS: usize = 1024;

impl Default for Memo {
    fn default() -> Self {
        Self { slots: vec![Slot { round: 0, pair: 0, alike: (0.0, OperationKind::Exact) }; SLOTS].into(), round: 0 }
    }
}

impl Memo {
    /// Forgets all: another query follows.
    pub(crate) fn next_query(&mut self) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            *self = Self { round: 1, ..Self::default() };
        }
    }

    fn alike(&mut self, place: usize, number: u32, query: &Token, listed: &Token) -> Alike {
        let pair = number.wrapping_mul(MAX_TOKENS as u32).wrapping_add(place as u32);
        // Multiplicative hashing (Knuth, TAOCP 6.4), its top bits.
        let slot = &mut self.slots[(pair.wrapping_mul(0x9E37_79B1) >> (u32::BITS - SLOTS.ilog2())) as usize];
        if slot.round != self.round || slot.pair != pair {
            *slot = Slot { round: self.round, pair, alike: similarity(query, listed) };
        }
        slot.alike
    }
}
