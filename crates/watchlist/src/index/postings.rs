//! Postings: which names are filed under a key, in columns that can be written to a segment and used where they lie.

use super::{
    column::Column,
    key::Key,
    table::{KeyTable, buckets},
};

/// Names under keys, borrowed from wherever the columns lie.
#[derive(Clone, Copy, Debug)]
pub struct Postings<'c> {
    table: KeyTable<'c>,
    starts: &'c [u32],
    names: &'c [u32],
    weights: &'c [f32],
}

/// The columns of postings.
#[derive(Clone, Debug, PartialEq)]
pub struct PostingsColumns {
    /// Per value of the top bits of a key, the first key that begins with them; one more at the end.
    pub(crate) buckets: Column<u32>,
    /// Keys, ascending.
    pub(crate) keys: Column<u64>,
    /// Per key, its first place in `names`; one more at the end.
    pub(crate) starts: Column<u32>,
    /// Names under each key, ascending within it.
    pub(crate) names: Column<u32>,
    /// Per name, the weight of all its keys together.
    pub(crate) weights: Column<f32>,
}

/// Collects the keys of names, one name after the other.
#[derive(Clone, Debug, Default)]
pub struct PostingsBuilder {
    filed: Vec<(u64, u32)>,
    names: u32,
}

impl PostingsBuilder {
    /// Files the next name under its keys; a key that comes twice counts once. Answers with the number of the name.
    pub fn file(&mut self, keys: &[Key]) -> u32 {
        let name = self.names;
        self.names += 1;
        self.filed.extend(keys.iter().map(|key| (key.bits(), name)));
        name
    }

    /// The finished columns.
    #[must_use]
    pub fn build(mut self) -> PostingsColumns {
        self.filed.sort_unstable();
        self.filed.dedup();
        let names: Vec<u32> = self.filed.iter().map(|(_, name)| *name).collect();
        let (mut keys, mut starts, mut weights) = (Vec::new(), vec![0], vec![0.0; self.names as usize]);
        let mut end = 0_u32;
        for under in self.filed.chunk_by(|left, right| left.0 == right.0) {
            end += under.len() as u32;
            starts.push(end);
            keys.push(under[0].0);
            let weight = weight(under.len(), self.names as usize);
            for (_, name) in under {
                weights[*name as usize] += weight;
            }
        }
        PostingsColumns {
            buckets: buckets(&keys).into(),
            keys: keys.into(),
            starts: starts.into(),
            names: names.into(),
            weights: weights.into(),
        }
    }
}

/// The weight of a key: the square of the logarithm of how rare it is, in nats. The many keys of one frequent word, which come
/// together, would count for more than the few of a rare one otherwise.
pub(super) fn weight(holders: usize, names: usize) -> f32 {
    let rarity = ((1.0 + names as f32) / holders.max(1) as f32).ln().max(0.0);
    rarity * rarity
}

impl PostingsColumns {
    /// The columns as postings. They hold because the builder made them: nothing is checked again for every query.
    #[must_use]
    pub fn postings(&self) -> Postings<'_> {
        let table = KeyTable::built(&self.buckets, &self.keys);
        Postings { table, starts: &self.starts, names: &self.names, weights: &self.weights }
    }
}

impl<'c> Postings<'c> {
    /// Postings over columns that lie elsewhere, all of them checked: once for a file, not for each query.
    ///
    /// # Errors
    /// What does not hold.
    pub fn new(
        buckets: &'c [u32],
        keys: &'c [u64],
        starts: &'c [u32],
        names: &'c [u32],
        weights: &'c [f32],
    ) -> Result<Self, &'static str> {
        let table = KeyTable::new(buckets, keys)?;
        if starts.len() != keys.len() + 1 {
            return Err("its keys and their names do not fit together");
        }
        if !starts.is_sorted() || starts.last().is_none_or(|last| *last as usize != names.len()) {
            return Err("the places of its keys are not in order");
        }
        if names.iter().any(|name| *name as usize >= weights.len()) {
            return Err("a key leads to a name that is not there");
        }
        Ok(Self { table, starts, names, weights })
    }

    /// Names under a key, ascending; none where nobody is filed under it.
    #[must_use]
    pub fn under(&self, key: Key) -> &'c [u32] {
        match self.table.places(key).next() {
            Some(at) => &self.names[self.starts[at] as usize..self.starts[at + 1] as usize],
            None => &[],
        }
    }

    /// How many names are filed.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether nobody is filed.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// The weight of all keys of a name together.
    #[must_use]
    pub fn weight_of(&self, name: u32) -> f32 {
        self.weights[name as usize]
    }
}
