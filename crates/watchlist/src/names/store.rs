//! Many analysed names: each different word once, names as rows of words.

use std::collections::HashMap;

use bonafide_normalise::script::chinese::ChineseName;
use bonafide_normalise::script::korean::KoreanName;

use super::NameKind;
use super::analyse::{AnalysedName, MAX_TOKENS, chinese_of};
use super::compare::{NameMatch, OperationKind, meet};
use super::pair::{Alike, similarity};
use super::token::{PACKED, Token, TokenIdentity};
use super::view::NameView;

/// Names, numbered from 0 in the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct NameStore {
    words: Vec<Token>,
    /// Numbers of words, name after name.
    order: Vec<u32>,
    rows: Vec<Row>,
    korean: Vec<KoreanName>,
    chinese: Vec<ChineseName>,
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
    /// Number of the Chinese reading and one more; 0: none.
    chinese: u32,
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
        let chinese = name.chinese.as_deref().map_or(0, |chinese| {
            store.chinese.push(chinese.clone());
            store.chinese.len() as u32
        });
        let (length, family) = (name.tokens.len() as u8, name.family);
        store.rows.push(Row { start, length, family, kind: name.kind, korean, chinese });
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
        self.store.chinese.shrink_to_fit();
        self.store
    }
}

/// A store as columns of numbers, for an index file.
#[derive(Debug, Default)]
pub(crate) struct NameColumns {
    /// Packed words.
    pub(crate) words: Vec<u8>,
    /// Numbers of words, name after name.
    pub(crate) order: Vec<u32>,
    /// Per name: first place in `order`; words, words of the family name, kind, and whether it can be read as a Chinese one; number of
    /// the Korean reading and one more.
    pub(crate) rows: Vec<u32>,
    /// Packed Korean readings.
    pub(crate) korean: Vec<u32>,
    /// Where each ends.
    pub(crate) korean_ends: Vec<u32>,
}

impl NameStore {
    /// The store as columns.
    pub(crate) fn columns(&self) -> NameColumns {
        let mut columns = NameColumns { order: self.order.clone(), ..NameColumns::default() };
        self.words.iter().for_each(|word| word.pack(&mut columns.words));
        for row in &self.rows {
            let kind = u32::from(row.kind == NameKind::Person);
            let shape = u32::from(row.length) | u32::from(row.family) << 8 | kind << 16 | u32::from(row.chinese != 0) << 17;
            columns.rows.extend([row.start, shape, row.korean]);
        }
        for korean in &self.korean {
            korean.pack(&mut columns.korean);
            columns.korean_ends.push(columns.korean.len() as u32);
        }
        columns
    }

    /// A store of columns; what does not hold is an error.
    pub(crate) fn of_columns(
        words: &[u8],
        order: &[u32],
        rows: &[u32],
        korean: &[u32],
        korean_ends: &[u32],
    ) -> Result<Self, &'static str> {
        let (packed, rest) = words.as_chunks::<PACKED>();
        let (rows, rest_of_rows) = rows.as_chunks::<3>();
        if !rest.is_empty() || !rest_of_rows.is_empty() {
            return Err("its words and names are not whole");
        }
        let words: Vec<Token> = packed.iter().map(Token::unpack).collect::<Option<_>>().ok_or("a word of it cannot be read")?;
        if order.iter().any(|word| *word as usize >= words.len()) {
            return Err("a name of it has a word that is not there");
        }
        let mut readings = Vec::with_capacity(korean_ends.len());
        let mut from = 0;
        for end in korean_ends {
            let packed = korean.get(from..*end as usize).ok_or("the readings of its names are not in order")?;
            readings.push(KoreanName::unpack(packed).ok_or("a reading of its names cannot be read")?);
            from = *end as usize;
        }
        let mut rows: Vec<Row> = rows
            .iter()
            .map(|[start, shape, korean]| Row {
                start: *start,
                length: (shape & 0xFF) as u8,
                family: (shape >> 8 & 0xFF) as u8,
                kind: if shape >> 16 & 1 == 1 { NameKind::Person } else { NameKind::Organisation },
                korean: *korean,
                chinese: shape >> 17 & 1,
            })
            .collect();
        let holds = |row: &Row| {
            row.family <= row.length
                && usize::from(row.length) <= MAX_TOKENS
                && row.start as usize + usize::from(row.length) <= order.len()
                && row.korean as usize <= readings.len()
        };
        if !rows.iter().all(holds) {
            return Err("a name of it lies outside of its words");
        }
        // Chinese readings follow from the words; few names have some.
        let mut chinese = Vec::new();
        for row in rows.iter_mut().filter(|row| row.chinese != 0) {
            let numbers = &order[row.start as usize..row.start as usize + usize::from(row.length)];
            row.chinese = chinese_of(numbers.iter().map(|number| &words[*number as usize])).map_or(0, |reading| {
                chinese.push(reading);
                chinese.len() as u32
            });
        }
        Ok(Self { words, order: order.to_vec(), rows, korean: readings, chinese })
    }

    /// How many names there are.
    pub(crate) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// The words of a name, romanised, in the order to which operations refer.
    pub(crate) fn words(&self, name: u32) -> impl Iterator<Item = &str> {
        let row = &self.rows[name as usize];
        let numbers = &self.order[row.start as usize..row.start as usize + usize::from(row.length)];
        numbers.iter().map(|number| self.words[*number as usize].as_str())
    }

    /// Compares a query with a name of the store.
    pub(crate) fn compare(&self, query: &NameView<'_>, name: u32, memo: &mut Memo) -> NameMatch {
        let row = &self.rows[name as usize];
        let numbers = &self.order[row.start as usize..row.start as usize + usize::from(row.length)];
        let korean = row.korean.checked_sub(1).map(|number| &self.korean[number as usize]);
        let words = numbers.iter().map(|number| &self.words[*number as usize]);
        let chinese = row.chinese.checked_sub(1).map(|number| &self.chinese[number as usize]);
        let Some(listed) = NameView::new(words, row.family, row.kind, korean, chinese) else { return NameMatch::nothing() };
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
