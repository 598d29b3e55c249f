//! Maps over keys that nobody chooses: numbers of rows, and keyed hashes. They need no defence against chosen keys, only speed.

use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasherDefault, Hasher},
};

/// A map whose keys nobody chooses.
pub(super) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Mixer>>;
/// A set of such keys.
pub(super) type Set<K> = HashSet<K, BuildHasherDefault<Mixer>>;

/// Mixes numbers by multiplication; the best bits are brought down where tables look for them.
#[derive(Clone, Copy, Default)]
pub(super) struct Mixer(u64);

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u8(byte));
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}
