//! Every link with what each column adds to it.

use super::Deduped;
use crate::person::{Level, Scorer, level_in, probability};

/// Two rows that are linked.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredPair<'d> {
    /// The lower id in byte order.
    pub a: &'d str,
    /// The higher id.
    pub b: &'d str,
    /// Match weight in bits: the prior and all contributions.
    pub weight: f32,
    /// The probability behind it.
    pub probability: f64,
    /// Whether they are in one cluster in the end.
    pub together: bool,
    /// One a column, in the order of the model.
    pub contributions: Vec<Contribution>,
}

/// What one column adds to a pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// How far the values agree.
    pub level: Level,
    /// Bits, for the pair or against it.
    pub weight: f32,
}

impl Deduped {
    /// All links above the threshold, by id. A record that stands on several rows goes by its lowest id, and its other rows are
    /// linked to that one.
    #[must_use]
    pub fn pairs(&self) -> Vec<ScoredPair<'_>> {
        let scorer = Scorer::new(&self.records, self.linked.model.clone(), &self.linked.shares);
        let mut lowest: Vec<Option<usize>> = vec![None; self.records.rows];
        for (row, id) in self.ids.iter().enumerate() {
            let slot = &mut lowest[self.record_of[row] as usize];
            if slot.is_none_or(|known| *id < self.ids[known]) {
                *slot = Some(row);
            }
        }
        let mut pairs = Vec::with_capacity(self.linked.links.len());
        for link in &self.linked.links {
            if let (Some(one), Some(other)) = (lowest[link.left as usize], lowest[link.right as usize]) {
                pairs.push(self.pair(&scorer, (one, other), (link.left, link.right)));
            }
        }
        for (row, &record) in self.record_of.iter().enumerate() {
            if let Some(first) = lowest[record as usize].filter(|&first| first != row && !self.linked.unlinkable[record as usize])
            {
                pairs.push(self.pair(&scorer, (first, row), (record, record)));
            }
        }
        pairs.sort_by(|one, other| (one.a, one.b).cmp(&(other.a, other.b)));
        pairs
    }

    fn pair(&self, scorer: &Scorer<'_>, rows: (usize, usize), records: (u32, u32)) -> ScoredPair<'_> {
        let (one, other) = (self.ids[rows.0].as_str(), self.ids[rows.1].as_str());
        let pattern = self.records.pattern(records.0, records.1);
        let weight = scorer.weight_of(pattern, records.0);
        ScoredPair {
            a: one.min(other),
            b: one.max(other),
            weight,
            probability: probability(weight),
            together: self.clusters[rows.0] == self.clusters[rows.1],
            contributions: (0..self.records.fields.len())
                .map(|field| Contribution {
                    level: Level::of(level_in(pattern, field)),
                    weight: scorer.contribution(pattern, field, records.0),
                })
                .collect(),
        }
    }
}
