//! Which pairs of records are compared.

use super::{
    estimate::{TRAINING_PAIRS, Training},
    kind::Kind,
    records::{Field, Records},
};
use crate::columns::{Budget, Dictionary, Key, MISSING, PackedPair, PairSet, ValueId, compound};

/// Keys that m is estimated from.
const TRAINING_KEYS: usize = 6;
/// Budgets of one key that all compound keys share, the exact ones and the rough ones each.
const COMPOUND_BUDGETS: u64 = 4;
/// Pairs a key must make to teach anything.
const LEAST_TRAINING_PAIRS: usize = 50;

/// A value that was left out of blocking because too many rows hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// The field.
    pub field: usize,
    /// The value.
    pub value: ValueId,
    /// Rows that hold it.
    pub holders: u32,
}

/// The pairs to be compared.
pub struct Candidates {
    /// Distinct pairs, sorted.
    pub pairs: Vec<PackedPair>,
    /// Pairs by key, for the estimation.
    pub training: Vec<Training>,
    /// Values that were too popular, by field and then by number of holders, most first.
    pub ignored: Vec<Ignored>,
}

impl Candidates {
    /// Pairs that share a value of a field; of two fields where one alone is too popular; or rough forms of two fields, so that a
    /// record with an error in every field is still met.
    #[must_use]
    pub fn of(records: &Records, budget: Budget) -> Self {
        let keys: Vec<Option<Key<'_>>> = records
            .fields
            .iter()
            .map(|field| (field.kind != Kind::Category).then(|| Key::new(&field.column, field.values.bound(), budget, 1)))
            .collect();
        let mut pairs = PairSet::default();
        let mut by_key = Vec::new();
        let mut ignored = Vec::new();
        for (at, key) in keys.iter().enumerate() {
            let Some(key) = key else { continue };
            let mut own: Vec<Ignored> = key
                .postings
                .iter()
                .filter(|(_, rows)| rows.len() > key.cap as usize && rows.len() > 1)
                .map(|(value, rows)| Ignored { field: at, value, holders: rows.len() as u32 })
                .collect();
            let text = |value| records.fields[at].values.bytes_of(value);
            own.sort_unstable_by(|one, other| {
                other.holders.cmp(&one.holders).then_with(|| text(one.value).cmp(text(other.value)))
            });
            ignored.extend(own);
            let made = key.pairs();
            by_key.push((vec![at], sample(&made), made.len()));
            pairs.add(&made);
        }
        let rough: Vec<Option<(Vec<ValueId>, usize)>> = records.fields.iter().map(rough).collect();
        let compounds = keys.len() * keys.len().saturating_sub(1) / 2;
        let sharing = (compounds as u64).div_ceil(COMPOUND_BUDGETS);
        for left in 0..keys.len() {
            for right in left + 1..keys.len() {
                if let (Some(one), Some(other)) = (&keys[left], &keys[right]) {
                    let (column, bound) =
                        compound(one.column, other.column, |row| one.is_over_cap(row) && other.is_over_cap(row));
                    let made = Key::new(&column, bound, budget, sharing).pairs();
                    by_key.push((vec![left, right], sample(&made), made.len()));
                    pairs.add(&made);
                }
                if let (Some((one, _)), Some((other, _))) = (&rough[left], &rough[right]) {
                    let (column, bound) = compound(one, other, |_| true);
                    pairs.add(&Key::new(&column, bound, budget, sharing).pairs());
                }
            }
        }
        Self { pairs: pairs.into_sorted(), training: training(by_key), ignored }
    }
}

/// An even sample.
fn sample(pairs: &[PackedPair]) -> Vec<PackedPair> {
    let stride = pairs.len().div_ceil(TRAINING_PAIRS).max(1);
    pairs.iter().copied().step_by(stride).collect()
}

fn training(mut by_key: Vec<(Vec<usize>, Vec<PackedPair>, usize)>) -> Vec<Training> {
    by_key.retain(|(_, pairs, _)| pairs.len() >= LEAST_TRAINING_PAIRS);
    by_key.sort_by(|one, other| other.2.cmp(&one.2).then_with(|| one.0.cmp(&other.0)));
    by_key.truncate(TRAINING_KEYS);
    by_key.into_iter().map(|(held_out, pairs, _)| Training { held_out, pairs }).collect()
}

/// The rough form of a field: the first letters, the year, the first half of a code.
fn rough(field: &Field) -> Option<(Vec<ValueId>, usize)> {
    let length = |text: &str| match field.kind {
        Kind::Name | Kind::Date | Kind::Email => 4,
        Kind::Text => 6,
        Kind::Code => text.len().div_ceil(2).max(3),
        Kind::Phone | Kind::Category => 0,
    };
    if matches!(field.kind, Kind::Phone | Kind::Category) {
        return None;
    }
    let mut roughs = Dictionary::default();
    let mut rough_of = vec![MISSING; field.values.bound()];
    for value in 1..field.values.bound() as ValueId {
        let text = field.values.text(value);
        let rough = text.get(..length(text)).unwrap_or(text);
        rough_of[value as usize] = roughs.intern(rough).ok()?;
    }
    let column = field.column.iter().map(|&value| rough_of[value as usize]).collect();
    Some((column, roughs.bound()))
}
