//! Sorted keys with buckets: a look-up reads two numbers and a few keys.

use std::ops::Range;

use super::key::Key;

/// Keys in ascending order, repeated ones allowed, with buckets that lead from the top bits of a key to the range that begins with
/// them.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeyTable<'c> {
    buckets: &'c [u32],
    keys: &'c [u64],
    shift: u32,
}

impl<'c> KeyTable<'c> {
    /// A table over columns that lie elsewhere.
    ///
    /// # Errors
    /// What does not hold.
    pub(super) fn new(buckets: &'c [u32], keys: &'c [u64]) -> Result<Self, &'static str> {
        if buckets.len() < 3 || !(buckets.len() - 1).is_power_of_two() || !buckets.is_sorted() {
            return Err("the buckets of its keys are not in order");
        }
        if buckets.last().is_none_or(|last| *last as usize != keys.len()) {
            return Err("its keys and their buckets do not fit together");
        }
        Ok(Self::built(buckets, keys))
    }

    /// A table over columns that hold because a builder of this module made them.
    pub(super) const fn built(buckets: &'c [u32], keys: &'c [u64]) -> Self {
        Self { buckets, keys, shift: u64::BITS - (buckets.len() - 1).ilog2() }
    }

    /// How many keys there are.
    pub(super) const fn len(&self) -> usize {
        self.keys.len()
    }

    /// The places of a key; empty where it is not there.
    pub(super) fn places(&self, key: Key) -> Range<usize> {
        let bucket = (key.bits() >> self.shift) as usize;
        let (from, to) = (self.buckets[bucket] as usize, self.buckets[bucket + 1] as usize);
        let within = &self.keys[from..to];
        let Some(first) = within.iter().position(|known| *known == key.bits()) else { return from..from };
        let number = within[first..].iter().take_while(|known| **known == key.bits()).count();
        from + first..from + first + number
    }
}

/// The buckets of ascending keys, one for about two keys.
pub(super) fn buckets(keys: &[u64]) -> Vec<u32> {
    let bits = (keys.len() / 2).max(2).next_power_of_two().ilog2();
    let mut buckets = vec![0_u32; (1 << bits) + 1];
    for key in keys {
        buckets[(key >> (u64::BITS - bits)) as usize + 1] += 1;
    }
    let mut sum = 0;
    for bucket in &mut buckets {
        sum += *bucket;
        *bucket = sum;
    }
    buckets
}
