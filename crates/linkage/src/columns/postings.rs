//! Which rows hold a value.

use super::dictionary::{MISSING, ValueId};

/// Rows by value in compressed sparse rows: one array of rows and one of starts, built by one counting pass and one filling pass
/// (a radix sort with one digit, for values are dense).
pub struct Postings {
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl Postings {
    /// Rows by value; every value must be below `bound`. Rows of one value come in ascending order.
    #[must_use]
    pub fn of(column: &[ValueId], bound: usize) -> Self {
        let mut starts = vec![0_u32; bound + 1];
        for &value in column {
            if value != MISSING {
                starts[value as usize + 1] += 1;
            }
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut rows = vec![0; starts.last().copied().unwrap_or(0) as usize];
        for (row, &value) in column.iter().enumerate() {
            if value != MISSING {
                let at = &mut next[value as usize];
                rows[*at as usize] = row as u32;
                *at += 1;
            }
        }
        Self { starts, rows }
    }

    /// Rows that hold a value.
    #[must_use]
    pub fn rows(&self, value: ValueId) -> &[u32] {
        &self.rows[self.starts[value as usize] as usize..self.starts[value as usize + 1] as usize]
    }

    /// How many rows hold a value: its document frequency.
    #[must_use]
    pub fn frequency(&self, value: ValueId) -> u32 {
        self.starts[value as usize + 1] - self.starts[value as usize]
    }

    /// Values and their rows.
    pub fn iter(&self) -> impl Iterator<Item = (ValueId, &[u32])> {
        (1..self.starts.len() as u32 - 1).map(|value| (value, self.rows(value)))
    }

    /// The highest frequency at which all values up to it make at most `budget` pairs together, and at most `most`. It depends on
    /// the frequencies alone, never on the order of rows.
    #[must_use]
    pub fn cap(&self, budget: u64, most: u32) -> u32 {
        let mut values_of = vec![0_u64; most as usize + 1];
        for (_, rows) in self.iter() {
            if rows.len() <= most as usize {
                values_of[rows.len()] += 1;
            }
        }
        let mut pairs = 0_u64;
        for (frequency, &values) in values_of.iter().enumerate().skip(2) {
            let frequency = frequency as u64;
            pairs += values * (frequency * (frequency - 1) / 2);
            if pairs > budget {
                return frequency as u32 - 1;
            }
        }
        most
    }
}
