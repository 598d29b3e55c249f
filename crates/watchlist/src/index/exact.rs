//! Exact values: who bears a mailbox, a wallet, a passport.

use super::{
    key::{Key, KeyKind},
    table::{KeyTable, buckets},
};

/// Values and their bearers, borrowed from wherever the columns lie.
#[derive(Clone, Copy, Debug)]
pub struct Exact<'c> {
    table: KeyTable<'c>,
    entries: &'c [u32],
    ends: &'c [u32],
    values: &'c str,
}

/// The columns of exact values.
#[derive(Clone, Debug, PartialEq)]
pub struct ExactColumns {
    /// Per value of the top bits of a key, the first key that begins with them; one more at the end.
    pub(crate) buckets: Vec<u32>,
    /// Keys of the values, ascending; a value of several bearers stands several times.
    pub(crate) keys: Vec<u64>,
    /// Per key, the number of the entry that bears the value.
    pub(crate) entries: Vec<u32>,
    /// Per key, where its value ends in `values`.
    pub(crate) ends: Vec<u32>,
    /// Values, one after the other.
    pub(crate) values: String,
}

/// Collects values.
#[derive(Clone, Debug, Default)]
pub struct ExactBuilder {
    filed: Vec<(u64, u32, Box<str>)>,
}

impl ExactBuilder {
    /// Files a canonical value of an entry.
    pub fn file(&mut self, kind: KeyKind, value: &str, entry: u32) {
        self.filed.push((Key::new(kind, value.as_bytes()).bits(), entry, value.into()));
    }

    /// The finished columns.
    #[must_use]
    pub fn build(mut self) -> ExactColumns {
        self.filed.sort_unstable();
        self.filed.dedup();
        let mut columns =
            ExactColumns { buckets: Vec::new(), keys: Vec::new(), entries: Vec::new(), ends: Vec::new(), values: String::new() };
        for (key, entry, value) in &self.filed {
            columns.keys.push(*key);
            columns.entries.push(*entry);
            columns.values.push_str(value);
            columns.ends.push(columns.values.len() as u32);
        }
        columns.buckets = buckets(&columns.keys);
        columns
    }
}

impl ExactColumns {
    /// The columns as values and bearers. They hold because the builder made them: nothing is checked again for every query.
    #[must_use]
    pub fn exact(&self) -> Exact<'_> {
        let table = KeyTable::built(&self.buckets, &self.keys);
        Exact { table, entries: &self.entries, ends: &self.ends, values: &self.values }
    }
}

impl<'c> Exact<'c> {
    /// Values over columns that lie elsewhere, all of them checked: once for a file, not for each query.
    ///
    /// # Errors
    /// What does not hold.
    pub fn new(
        buckets: &'c [u32],
        keys: &'c [u64],
        entries: &'c [u32],
        ends: &'c [u32],
        values: &'c str,
    ) -> Result<Self, &'static str> {
        let table = KeyTable::new(buckets, keys)?;
        if entries.len() != keys.len() || ends.len() != keys.len() {
            return Err("its values and their bearers do not fit together");
        }
        let whole = ends.last().map_or(0, |end| *end as usize) == values.len();
        if !whole || !ends.is_sorted() || ends.iter().any(|end| !values.is_char_boundary(*end as usize)) {
            return Err("the places of its values are not in order");
        }
        Ok(Self { table, entries, ends, values })
    }

    /// The entries that bear a canonical value, in ascending order.
    pub fn bearers(&self, kind: KeyKind, value: &str) -> impl Iterator<Item = u32> {
        let places = self.table.places(Key::new(kind, value.as_bytes()));
        // Equal keys are equal values but for a chance in 10^19; an accusation is worth the look.
        places.filter(move |place| self.value(*place) == value).map(|place| self.entries[place])
    }

    /// How many values are filed, each bearer counted.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether nothing is filed.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.table.len() == 0
    }

    fn value(&self, place: usize) -> &'c str {
        let from = place.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.values[from..self.ends[place] as usize]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn kinds_are_told_apart_and_several_may_bear_one_value() {
        let mut builder = ExactBuilder::default();
        builder.file(KeyKind::Email, "robin@sample.example", 4);
        builder.file(KeyKind::Email, "robin@sample.example", 2);
        builder.file(KeyKind::Email, "robin@sample.example", 2);
        builder.file(KeyKind::Document, "123456", 9);
        let columns = builder.build();
        let exact = columns.exact();
        assert_eq!(exact.bearers(KeyKind::Email, "robin@sample.example").collect::<Vec<_>>(), [2, 4]);
        assert_eq!(exact.bearers(KeyKind::Document, "123456").collect::<Vec<_>>(), [9]);
        assert_eq!(exact.bearers(KeyKind::Number, "123456").count(), 0);
        assert_eq!(exact.bearers(KeyKind::Document, "12345").count(), 0);
        assert_eq!(exact.len(), 3);
    }

    proptest! {
        #[test]
        fn it_finds_what_a_map_finds(
            filed in prop::collection::vec(("[a-cé]{0,3}", 0_u32..9), 0..80),
            asked in prop::collection::vec("[a-cé]{0,3}", 0..20),
        ) {
            let mut builder = ExactBuilder::default();
            let mut map: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
            for (value, entry) in &filed {
                builder.file(KeyKind::Wallet, value, *entry);
                map.entry(value).or_default().insert(*entry);
            }
            let columns = builder.build();
            let exact = columns.exact();
            for value in filed.iter().map(|(value, _)| value).chain(&asked) {
                let expected: Vec<u32> = map.get(value.as_str()).into_iter().flatten().copied().collect();
                prop_assert_eq!(exact.bearers(KeyKind::Wallet, value).collect::<Vec<_>>(), expected);
            }
        }

        #[test]
        fn columns_that_do_not_fit_are_refused(ends in prop::collection::vec(0_u32..6, 0..4), values in "[aé]{0,3}") {
            if let Ok(exact) = Exact::new(&[0, 1, 2], &[5, u64::MAX], &[1, 2], &ends, &values) {
                let _ = exact.bearers(KeyKind::Email, "a").count();
            }
        }
    }
}
