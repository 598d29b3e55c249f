//! Texts to dense numbers.

use std::{
    hash::{BuildHasher as _, RandomState},
    hint::black_box,
};

use crate::error::Error;

/// The number of a value in its [`Dictionary`]; [`MISSING`] where a cell is empty.
pub type ValueId = u32;

/// The empty cell.
pub const MISSING: ValueId = 0;

/// Texts that are looked up together: so many waits for memory overlap.
const TOGETHER: usize = 64;

/// Distinct values of one column in one arena. Numbers are given in order of first appearance, from 1; nothing that users see may
/// depend on them.
pub struct Dictionary {
    bytes: Vec<u8>,
    /// End of each value in `bytes`; value 0 is the empty text.
    ends: Vec<u32>,
    /// Open addressing, linear probing; 0 is free. The upper half of a slot is that of the hash, and places go by it: so the slots
    /// are nearly in the order of their hashes, and a larger table is filled from front to back without a look at the texts.
    slots: Vec<u64>,
    /// Keyed at random: foreign values cannot be chosen to collide.
    keys: [u64; 2],
}

impl Default for Dictionary {
    fn default() -> Self {
        let random = RandomState::new();
        let keys = [random.hash_one(0_u8), random.hash_one(1_u8)];
        Self { bytes: Vec::new(), ends: vec![0], slots: vec![0; 16], keys }
    }
}

/// Texts one behind the other.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Texts {
    /// Adds one.
    pub fn push(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        self.ends.push(self.bytes.len());
    }

    /// Adds empty ones until there are so many.
    pub fn fill(&mut self, count: usize) {
        self.ends.resize(count.max(self.ends.len()), self.bytes.len());
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Takes all away and keeps the room.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    fn get(&self, at: usize) -> &[u8] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.bytes[start..self.ends[at]]
    }
}

impl Dictionary {
    /// The number of a text, given now where it is new. The empty text is [`MISSING`].
    ///
    /// # Errors
    /// [`Error::OverLimit`] where the distinct texts of the column exceed 4 GiB.
    pub fn intern(&mut self, text: &str) -> Result<ValueId, Error> {
        if text.is_empty() {
            return Ok(MISSING);
        }
        self.intern_hashed(self.hash(text.as_bytes()), text.as_bytes())
    }

    /// The numbers of many texts, as [`Dictionary::intern`] gives them one by one, added to `into`.
    ///
    /// # Errors
    /// As [`Dictionary::intern`].
    pub fn intern_all(&mut self, texts: &Texts, into: &mut Vec<ValueId>) -> Result<(), Error> {
        let mut hashes = [0_u64; TOGETHER];
        for start in (0..texts.len()).step_by(TOGETHER) {
            let chunk = start..texts.len().min(start + TOGETHER);
            let mut touched = 0;
            for (hash, at) in hashes.iter_mut().zip(chunk.clone()) {
                *hash = self.hash(texts.get(at));
                touched ^= self.slots[self.place(*hash)];
            }
            black_box(touched);
            for (hash, at) in hashes.iter().zip(chunk) {
                let text = texts.get(at);
                into.push(if text.is_empty() { MISSING } else { self.intern_hashed(*hash, text)? });
            }
        }
        Ok(())
    }

    fn intern_hashed(&mut self, hash: u64, text: &[u8]) -> Result<ValueId, Error> {
        let slot = match self.look_up(hash, text) {
            Ok(id) => return Ok(id),
            Err(slot) => slot,
        };
        let end = u32::try_from(self.bytes.len() + text.len())
            .map_err(|_| Error::OverLimit { what: "the distinct values of one column".to_owned(), limit: "4 GiB".to_owned() })?;
        let id = self.ends.len() as u32;
        self.bytes.extend_from_slice(text);
        self.ends.push(end);
        self.slots[slot] = upper(hash) | u64::from(id);
        if self.ends.len() * 4 > self.slots.len() * 3 {
            self.grow();
        }
        Ok(id)
    }

    /// The number of a text that was given before. Nothing is found after [`Dictionary::seal`].
    #[must_use]
    pub fn find(&self, text: &str) -> Option<ValueId> {
        self.look_up(self.hash(text.as_bytes()), text.as_bytes()).ok()
    }

    /// The number of a text, or the slot where it belongs.
    fn look_up(&self, hash: u64, text: &[u8]) -> Result<ValueId, usize> {
        let mut at = self.place(hash);
        loop {
            match self.slots[at] {
                0 => return Err(at),
                slot if upper(slot) == upper(hash) && self.bytes_of(slot as ValueId) == text => return Ok(slot as ValueId),
                _ => at = if at + 1 == self.slots.len() { 0 } else { at + 1 },
            }
        }
    }

    /// Where the search for a hash begins.
    fn place(&self, hash: u64) -> usize {
        (((hash >> 32) * self.slots.len() as u64) >> 32) as usize
    }

    /// Folded multiplication, keyed.
    fn hash(&self, text: &[u8]) -> u64 {
        let mut state = self.keys[0] ^ text.len() as u64;
        let (words, rest) = text.as_chunks::<8>();
        for word in words {
            state = folded(state ^ u64::from_le_bytes(*word), self.keys[1] | 1);
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        folded(folded(state ^ u64::from_le_bytes(last), self.keys[1] | 1), self.keys[0] | 1)
    }

    /// The text of a number.
    #[must_use]
    pub fn text(&self, id: ValueId) -> &str {
        std::str::from_utf8(self.bytes_of(id)).unwrap_or_default()
    }

    /// The bytes of a number's text; empty for [`MISSING`] and for numbers never given.
    #[must_use]
    pub fn bytes_of(&self, id: ValueId) -> &[u8] {
        let at = id as usize;
        if at == 0 || at >= self.ends.len() {
            return &[];
        }
        &self.bytes[self.ends[at - 1] as usize..self.ends[at] as usize]
    }

    /// Distinct values, and one more for the empty text: every number is below it.
    #[must_use]
    pub fn bound(&self) -> usize {
        self.ends.len()
    }

    /// Gives back what only interning needs.
    pub fn seal(&mut self) {
        self.slots = vec![0; 16];
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![0; old.len() * 2];
        for slot in old.into_iter().filter(|&slot| slot != 0) {
            let mut at = self.place(slot);
            while self.slots[at] != 0 {
                at = if at + 1 == self.slots.len() { 0 } else { at + 1 };
            }
            self.slots[at] = slot;
        }
    }
}

/// The upper half of a hash or slot.
const fn upper(number: u64) -> u64 {
    number & (0xFFFF_FFFF << 32)
}

/// Both halves of a product, folded onto each other.
const fn folded(one: u64, other: u64) -> u64 {
    let product = one as u128 * other as u128;
    (product as u64) ^ ((product >> 64) as u64)
}
