//! Texts to dense numbers.

use std::hash::{BuildHasher as _, RandomState};

use crate::error::Error;

/// The number of a value in its [`Dictionary`]; [`MISSING`] where a cell is empty.
pub type ValueId = u32;

/// The upper half of a slot.
const UPPER: u64 = 0xFFFF_FFFF << 32;

/// The empty cell.
pub const MISSING: ValueId = 0;

/// Distinct values of one column in one arena. Numbers are given in order of first appearance, from 1; nothing that users see may
/// depend on them.
pub struct Dictionary {
    bytes: Vec<u8>,
    /// End of each value in `bytes`; value 0 is the empty text.
    ends: Vec<u32>,
    /// Open addressing, linear probing; 0 is free. The upper half of a slot is that of the hash: what differs there is not looked at.
    slots: Vec<u64>,
    /// Keyed at random: foreign values cannot be chosen to collide.
    hasher: RandomState,
}

impl Default for Dictionary {
    fn default() -> Self {
        Self { bytes: Vec::new(), ends: vec![0], slots: vec![0; 16], hasher: RandomState::new() }
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
        let hash = self.hasher.hash_one(text.as_bytes());
        let slot = match self.look_up(hash, text.as_bytes()) {
            Ok(id) => return Ok(id),
            Err(slot) => slot,
        };
        let end = u32::try_from(self.bytes.len() + text.len())
            .map_err(|_| Error::OverLimit { what: "the distinct values of one column".to_owned(), limit: "4 GiB".to_owned() })?;
        let id = self.ends.len() as u32;
        self.bytes.extend_from_slice(text.as_bytes());
        self.ends.push(end);
        self.slots[slot] = hash & UPPER | u64::from(id);
        if self.ends.len() * 4 > self.slots.len() * 3 {
            self.grow();
        }
        Ok(id)
    }

    /// The number of a text that was given before. Nothing is found after [`Dictionary::seal`].
    #[must_use]
    pub fn find(&self, text: &str) -> Option<ValueId> {
        self.look_up(self.hasher.hash_one(text.as_bytes()), text.as_bytes()).ok()
    }

    /// The number of a text, or the slot where it belongs.
    fn look_up(&self, hash: u64, text: &[u8]) -> Result<ValueId, usize> {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            match self.slots[at] {
                0 => return Err(at),
                slot if slot & UPPER == hash & UPPER && self.bytes_of(slot as ValueId) == text => return Ok(slot as ValueId),
                _ => at = (at + 1) & mask,
            }
        }
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
        let mask = self.slots.len() * 2 - 1;
        let mut slots = vec![0; mask + 1];
        for id in 1..self.ends.len() as u32 {
            let hash = self.hasher.hash_one(self.bytes_of(id));
            let mut at = hash as usize & mask;
            while slots[at] != 0 {
                at = (at + 1) & mask;
            }
            slots[at] = hash & UPPER | u64::from(id);
        }
        self.slots = slots;
    }
}
