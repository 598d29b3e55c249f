//! The SAME-PERSON relation: Fellegi and Sunter, *A Theory for Record Linkage*, 1969, estimated without labels.

mod candidates;
pub mod distance;
mod estimate;
mod kind;
mod model;
mod records;

pub use candidates::{Candidates, Ignored};
pub use distance::osa;
pub use estimate::Training;
pub use kind::{Kind, LEVELS, Level, Value, compare};
pub use model::{FieldModel, MODEL_VERSION, Model, Scorer, probability};
pub use records::{Field, MOST_FIELDS, Pattern, Records, level_in};

use rayon::prelude::*;

use crate::{
    cluster::{self, Link},
    columns::{Budget, MISSING, unpack},
};

/// Settings of the relation.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Weight in bits above which two records are one person; 0 is even odds.
    pub threshold: f32,
    /// Pairs that one key may make.
    pub budget: Budget,
    /// Estimations: after each, people are known better, and with them the rarity of values.
    pub rounds: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { threshold: 0.0, budget: Budget { pairs_per_row: 12, most_holders: 400 }, rounds: 2 }
    }
}

/// What was found.
pub struct Linked {
    /// The lowest row of each row's cluster.
    pub clusters: Vec<u32>,
    /// Links above the threshold, sorted by rows, before clusters were refined.
    pub links: Vec<Link>,
    /// The model that weighed them.
    pub model: Model,
    /// Share of people by field and value.
    pub shares: Vec<Vec<f32>>,
    /// Values that were too popular to make pairs.
    pub ignored: Vec<Ignored>,
    /// By row: whether even an identical row might as well be another person, so that it stays alone.
    pub unlinkable: Vec<bool>,
    /// Distinct pairs that were compared.
    pub candidates: u64,
}

/// Links records. With a `model`, nothing is estimated but the rarity of values.
#[must_use]
pub fn link(records: &Records, settings: &Settings, model: Option<&Model>) -> Linked {
    let candidates = Candidates::of(records, settings.budget);
    let patterns: Vec<Pattern> = candidates
        .pairs
        .par_iter()
        .map(|&pair| {
            let (left, right) = unpack(pair);
            records.pattern(left, right)
        })
        .collect();
    let mut person: Option<Vec<u32>> = None;
    let mut round = 0;
    loop {
        round += 1;
        let shares = estimate::shares(records, person.as_deref());
        let learned = model.cloned().unwrap_or_else(|| {
            let fields = estimate::estimate(records, &candidates.training, &shares, person.as_deref());
            with_prior(records, &candidates, &patterns, fields, &shares)
        });
        let scorer = Scorer::new(records, learned, &shares);
        let links: Vec<Link> = candidates
            .pairs
            .par_iter()
            .zip(&patterns)
            .filter_map(|(&pair, &pattern)| {
                let (left, right) = unpack(pair);
                let weight = scorer.weight_of(pattern, left);
                (weight > settings.threshold).then_some(Link { left, right, weight })
            })
            .collect();
        let clusters = cluster::clusters(records.rows, &links, settings.threshold, |left, right| scorer.weight(left, right));
        if round >= settings.rounds {
            let model = scorer.model().clone();
            let unlinkable = unlinkable(records, &model, settings.threshold);
            let compared = candidates.pairs.len() as u64;
            return Linked { clusters, links, model, shares, ignored: candidates.ignored, unlinkable, candidates: compared };
        }
        person = Some(clusters);
    }
}

/// Copies of a row that may well be one person's; more of them say how common its values are.
const ONE_PERSONS_COPIES: u64 = 8;
/// Holders of other values that every column is thought to have besides those seen: a short table shows few.
const UNSEEN_HOLDERS: u64 = 20;

/// Rows whose values are so common among all rows, copies counted, that agreement on every one of them stays below the threshold.
fn unlinkable(records: &Records, model: &Model, threshold: f32) -> Vec<bool> {
    let mut weights = vec![model.prior; records.rows];
    for (field, known) in records.fields.iter().zip(&model.fields) {
        let mut holders = vec![0_u64; field.values.bound()];
        field.column.iter().zip(&records.copies).for_each(|(&value, &copies)| holders[value as usize] += u64::from(copies));
        let total: u64 = holders.iter().skip(1).sum();
        for ((weight, &value), &copies) in weights.iter_mut().zip(&field.column).zip(&records.copies) {
            if value != MISSING {
                let others = holders[value as usize] - u64::from(copies).min(ONE_PERSONS_COPIES) + 1;
                let rarity = (total + UNSEEN_HOLDERS) as f64 / others as f64;
                *weight += (known.m[Level::Exact as usize] * rarity).log2();
            }
        }
    }
    weights.into_iter().map(|weight| weight <= f64::from(threshold)).collect()
}

fn with_prior(
    records: &Records,
    candidates: &Candidates,
    patterns: &[Pattern],
    fields: Vec<FieldModel>,
    shares: &[Vec<f32>],
) -> Model {
    let scorer = Scorer::new(records, estimate::model(0.0, fields), shares);
    // Weights in quarters of a bit: few numbers stand for many pairs, whatever their order was.
    const STEPS: f32 = 4.0;
    let mut quarters: Vec<i32> = candidates
        .pairs
        .par_iter()
        .zip(patterns)
        .map(|(&pair, &pattern)| (scorer.weight_of(pattern, unpack(pair).0) * STEPS) as i32)
        .collect();
    quarters.par_sort_unstable();
    let odds: Vec<(f32, u64)> =
        quarters.chunk_by(|one, other| one == other).map(|same| (same[0] as f32 / STEPS, same.len() as u64)).collect();
    let prior = estimate::prior(records.rows, &odds);
    estimate::model(prior, scorer.model().fields.clone())
}
