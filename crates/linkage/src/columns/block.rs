//! Pairs of rows that are worth a comparison.
//!
//! A key makes pairs of all rows that share one of its values, up to a cap on the value's frequency that keeps the pairs of every key
//! within a budget that is linear in the rows. Values over the cap make no pairs by themselves: the rows that hold one are met by
//! compound keys of two columns, capped in the same way. So the pairs of a table are linear in its rows, whatever it holds.

use super::{
    dictionary::{MISSING, ValueId},
    order::sort_by_leading_bits,
    postings::Postings,
};

/// Two rows, the lower one in the upper half. Sorting packed pairs sorts by lower row, then by higher.
pub type PackedPair = u64;

/// Two rows as one number.
#[must_use]
pub fn pack(left: u32, right: u32) -> PackedPair {
    let (low, high) = if left < right { (left, right) } else { (right, left) };
    u64::from(low) << 32 | u64::from(high)
}

/// The rows of a packed pair, lower first.
#[must_use]
pub const fn unpack(pair: PackedPair) -> (u32, u32) {
    ((pair >> 32) as u32, pair as u32)
}

/// How many pairs a key may make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Pairs a row that one key may make on average. All compound keys together may make four times as many.
    pub pairs_per_row: u32,
    /// Rows that may share a value at most.
    pub most_holders: u32,
}

/// A key after capping.
pub struct Key<'c> {
    /// One value a row.
    pub column: &'c [ValueId],
    /// Rows by value.
    pub postings: Postings,
    /// Values held by more rows make no pairs.
    pub cap: u32,
}

impl<'c> Key<'c> {
    /// A key of a column whose values are below `bound`. `sharing` keys share the budget of one.
    #[must_use]
    pub fn new(column: &'c [ValueId], bound: usize, budget: Budget, sharing: u64) -> Self {
        let postings = Postings::of(column, bound);
        let pairs = u64::from(budget.pairs_per_row) * column.len() as u64 / sharing.max(1);
        let cap = postings.cap(pairs, budget.most_holders);
        Self { column, postings, cap }
    }

    /// Whether a row holds a value that is too popular to make pairs.
    #[must_use]
    pub fn is_over_cap(&self, row: usize) -> bool {
        let value = self.column[row];
        value != MISSING && self.postings.frequency(value) > self.cap
    }

    /// The pairs of the key, sorted.
    #[must_use]
    pub fn pairs(&self) -> Vec<PackedPair> {
        let mut pairs = self.pairs_by_value();
        sort_by_leading_bits(&mut pairs, |&pair| pair, |&pair| pair);
        pairs
    }

    /// The pairs of the key, value by value.
    #[must_use]
    pub fn pairs_by_value(&self) -> Vec<PackedPair> {
        let count = self.postings.iter().map(|(_, rows)| rows.len()).filter(|&held| held <= self.cap as usize);
        let mut pairs = Vec::with_capacity(count.map(|held| held * held.saturating_sub(1) / 2).sum());
        for (_, rows) in self.postings.iter() {
            if rows.len() < 2 || rows.len() > self.cap as usize {
                continue;
            }
            for (at, &left) in rows.iter().enumerate() {
                pairs.extend(rows[at + 1..].iter().map(|&right| pack(left, right)));
            }
        }
        pairs
    }
}

/// Two columns as one: rows that agree on both have the same number. Only rows with `keep` take part. Returns the column and the
/// bound of its numbers.
pub fn compound(left: &[ValueId], right: &[ValueId], keep: impl Fn(usize) -> bool) -> (Vec<ValueId>, usize) {
    let mut kept = left.to_vec();
    let mut bound = 0;
    for (row, value) in kept.iter_mut().enumerate() {
        if right[row] == MISSING || *value != MISSING && !keep(row) {
            *value = MISSING;
        }
        bound = bound.max(*value as usize + 1);
    }
    let of_left = Postings::of(&kept, bound);
    let mut column = kept;
    let mut number = 0;
    let mut of_right: Vec<(ValueId, u32)> = Vec::new();
    for (_, rows) in of_left.iter() {
        of_right.clear();
        of_right.extend(rows.iter().map(|&row| (right[row as usize], row)));
        of_right.sort_unstable();
        let mut last = MISSING;
        for &(value, row) in &of_right {
            number += u32::from(value != last);
            last = value;
            column[row as usize] = number;
        }
    }
    (column, number as usize + 1)
}

/// Distinct pairs of several keys. Memory is at most about twice that of the distinct pairs and the largest key.
#[derive(Default)]
pub struct PairSet {
    pairs: Vec<PackedPair>,
    pending: Vec<PackedPair>,
}

impl PairSet {
    /// Pairs that wait at least before they are merged.
    const LEAST_PENDING: usize = 1 << 20;

    /// Adds pairs in any order.
    pub fn add(&mut self, made: &[PackedPair]) {
        self.pending.extend_from_slice(made);
        if self.pending.len() > self.pairs.len().max(Self::LEAST_PENDING) {
            self.merge();
        }
    }

    /// The distinct pairs, sorted.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<PackedPair> {
        self.merge();
        self.pairs
    }

    fn merge(&mut self) {
        self.pairs.append(&mut self.pending);
        sort_by_leading_bits(&mut self.pairs, |&pair| pair, |&pair| pair);
        self.pairs.dedup();
    }
}
