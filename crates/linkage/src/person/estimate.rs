//! Estimating the model without labels.

use std::collections::HashMap;

use rayon::prelude::*;

use super::{
    kind::{LEVELS, Level},
    model::{FieldModel, MODEL_VERSION, Model},
    records::{Pattern, Records, level_in},
};
use crate::columns::{MISSING, PackedPair, unpack};

/// Random pairs from which u is counted.
const SAMPLED_PAIRS: u64 = 400_000;
/// Pairs of one key from which m is estimated.
pub(super) const TRAINING_PAIRS: usize = 60_000;
/// Rounds of expectation and maximisation; it is at rest long before.
const ROUNDS: usize = 60;
/// Where the estimation of m starts, by level.
const START: [f64; LEVELS] = [0.0, 0.06, 0.01, 0.05, 0.05, 0.08, 0.75];
/// Pairs that the start counts as much as: nothing becomes impossible because a table shows no case of it.
const START_PAIRS: f64 = 20.0;
/// No level is rarer than this among pairs of one person.
const LEAST_M: f64 = 0.000_5;

/// Pairs that agree on one field, for training the others.
pub struct Training {
    /// The fields that make the key: they agree by choice and teach nothing.
    pub held_out: Vec<usize>,
    /// Its pairs, or an even sample of them.
    pub pairs: Vec<PackedPair>,
}

/// Share of people by field and value. `person` says which rows are thought to be one person; a value counts once a person, and
/// values held by one person are shared out as Good and Turing do: the more of a column is unique, the less likely is it that
/// two people agree on a value by chance.
#[must_use]
pub(crate) fn shares(records: &Records, person: Option<&[u32]>) -> Vec<Vec<f32>> {
    records
        .fields
        .par_iter()
        .map(|field| {
            let mut holders = vec![0_u32; field.values.bound()];
            if let Some(person) = person {
                let mut held: Vec<u64> = (0..records.rows)
                    .filter(|&row| field.column[row] != MISSING)
                    .map(|row| u64::from(field.column[row]) << 32 | u64::from(person[row]))
                    .collect();
                held.sort_unstable();
                held.dedup();
                held.iter().for_each(|held| holders[(held >> 32) as usize] += 1);
            } else {
                field.column.iter().filter(|&&value| value != MISSING).for_each(|&value| holders[value as usize] += 1);
            }
            let total = holders.iter().map(|&count| f64::from(count)).sum::<f64>() + 20.0;
            let once = holders.iter().filter(|&&count| count == 1).count() as f64;
            let twice = holders.iter().filter(|&&count| count == 2).count() as f64;
            // Without knowing who is one person, values held twice are mostly one person's.
            let single = if person.is_some() { (2.0 * twice / once.max(1.0)).clamp(0.05, 1.0) } else { 1.0 };
            holders.iter().map(|&count| (if count <= 1 { single } else { f64::from(count) } / total) as f32).collect()
        })
        .collect()
}

/// The model: u from random pairs, m by expectation maximisation over the counts of patterns, λ over all candidate pairs.
#[must_use]
pub(crate) fn estimate(records: &Records, training: &[Training], share: &[Vec<f32>], person: Option<&[u32]>) -> Vec<FieldModel> {
    let u = chance(records, share, person);
    let mut seen = vec![[0.0; LEVELS]; records.fields.len()];
    let counted: Vec<Vec<[f64; LEVELS]>> = training.par_iter().map(|training| matches_of(records, training, &u)).collect();
    for counted in &counted {
        for (seen, counted) in seen.iter_mut().zip(counted) {
            for (seen, counted) in seen.iter_mut().zip(counted) {
                *seen += counted;
            }
        }
    }
    records
        .fields
        .iter()
        .zip(seen)
        .zip(u)
        .map(|((field, seen), u)| {
            let mut model = FieldModel { name: field.name.clone(), kind: field.kind, m: normalised(&seen), u };
            keep_order(&mut model);
            model
        })
        .collect()
}

/// The prior in bits at which the candidates' expected matches agree with themselves. `odds` are the likelihood ratios of candidate
/// pairs in bits with how many pairs have them.
#[must_use]
pub(crate) fn prior(rows: usize, odds: &[(f32, u64)]) -> f64 {
    let pairs = rows as f64 * (rows as f64 - 1.0) / 2.0;
    if pairs < 1.0 {
        return 0.0;
    }
    let mut lambda = (1.0 / rows as f64).min(0.5);
    for _ in 0..ROUNDS {
        let prior = (lambda / (1.0 - lambda)).log2();
        let expected: f64 =
            odds.iter().map(|&(weight, count)| count as f64 / (1.0 + (-(prior + f64::from(weight))).exp2())).sum();
        lambda = ((expected + 0.5) / (pairs + 1.0)).clamp(1e-15, 0.5);
    }
    (lambda / (1.0 - lambda)).log2()
}

/// A model from its parts, in decimals that a file gives back as they were.
#[must_use]
pub(crate) fn model(prior: f64, mut fields: Vec<FieldModel>) -> Model {
    const DECIMALS: f64 = 1e12;
    let rounded = |number: f64| (number * DECIMALS).round() / DECIMALS;
    for field in &mut fields {
        for level in 1..LEVELS {
            field.m[level] = rounded(field.m[level]).max(1.0 / DECIMALS);
            field.u[level] = rounded(field.u[level]).max(1.0 / DECIMALS);
        }
    }
    Model { version: MODEL_VERSION, prior: (prior * 1e6).round() / 1e6, fields }
}

/// Levels among pairs of different people. Exact agreement is counted from the shares, all else from random pairs.
fn chance(records: &Records, share: &[Vec<f32>], person: Option<&[u32]>) -> Vec<[f64; LEVELS]> {
    let rows = records.rows as u64;
    let all = rows * rows.saturating_sub(1) / 2;
    let pairs: Vec<(u32, u32)> = if all <= SAMPLED_PAIRS {
        (0..rows as u32).flat_map(|left| (left + 1..rows as u32).map(move |right| (left, right))).collect()
    } else {
        let mut random = SplitMix(0x5EED_B0A4);
        (0..SAMPLED_PAIRS).map(|_| ((random.next() % rows) as u32, (random.next() % rows) as u32)).collect()
    };
    let different = |&(left, right): &(u32, u32)| match person {
        Some(person) => person[left as usize] != person[right as usize],
        None => left != right,
    };
    let counts = patterns(pairs.into_par_iter().filter(different).map(|(left, right)| records.pattern(left, right)).collect());
    let mut u = Vec::with_capacity(records.fields.len());
    for (at, share) in share.iter().enumerate() {
        let mut levels = [0.2_f64; LEVELS];
        for &(pattern, count) in &counts {
            levels[level_in(pattern, at)] += count as f64;
        }
        levels[Level::Missing as usize] = 0.0;
        levels[Level::Exact as usize] = 0.0;
        // In the order of shares, for the order of values is that of the rows.
        let mut shares: Vec<f32> = share.iter().skip(1).copied().collect();
        shares.par_sort_unstable_by(f32::total_cmp);
        let exact: f64 = shares.iter().map(|&share| f64::from(share) * f64::from(share)).sum::<f64>().clamp(1e-9, 0.999);
        let rest: f64 = levels.iter().sum();
        for level in &mut levels {
            *level *= (1.0 - exact) / rest;
        }
        levels[Level::Exact as usize] = exact;
        u.push(levels);
    }
    u
}

/// Expected levels of the pairs of one person among the pairs of one key, the key's own fields left out.
fn matches_of(records: &Records, training: &Training, u: &[[f64; LEVELS]]) -> Vec<[f64; LEVELS]> {
    let fields = records.fields.len();
    let mask = training.held_out.iter().fold(!0_u64, |mask, &field| mask & !(15 << (4 * field)));
    let counts = patterns(
        training
            .pairs
            .iter()
            .map(|&pair| {
                let (left, right) = unpack(pair);
                records.pattern(left, right) & mask
            })
            .collect(),
    );
    let mut m = vec![normalised(&[0.0; LEVELS]); fields];
    let mut lambda = 0.3_f64;
    let mut seen = vec![[0.0; LEVELS]; fields];
    let total: f64 = counts.iter().map(|&(_, count)| count as f64).sum();
    for _ in 0..ROUNDS {
        seen = vec![[0.0; LEVELS]; fields];
        let mut matches = 0.0;
        for &(pattern, count) in &counts {
            let mut odds = lambda / (1.0 - lambda);
            for at in 0..fields {
                let level = level_in(pattern, at);
                if level != Level::Missing as usize {
                    odds *= m[at][level] / u[at][level];
                }
            }
            let expected = count as f64 * (odds / (1.0 + odds)).clamp(0.0, 1.0);
            let expected = if odds.is_finite() { expected } else { count as f64 };
            matches += expected;
            for (at, seen) in seen.iter_mut().enumerate() {
                seen[level_in(pattern, at)] += expected;
            }
        }
        lambda = (matches / total.max(1.0)).clamp(1e-6, 0.999);
        m = seen.iter().map(normalised).collect();
    }
    seen
}

fn normalised(seen: &[f64; LEVELS]) -> [f64; LEVELS] {
    let mut m = [0.0; LEVELS];
    for level in 1..LEVELS {
        m[level] = (seen[level] + START[level] * START_PAIRS).max(0.0);
    }
    let total: f64 = m.iter().sum();
    for level in &mut m[1..] {
        *level = (*level / total).max(LEAST_M);
    }
    m
}

/// A closer level never weighs less than a farther one: neighbours that say otherwise are pooled. A swap stands outside the order.
fn keep_order(model: &mut FieldModel) {
    const ORDER: [usize; 5] = [1, 3, 4, 5, 6];
    let mut groups: Vec<(f64, f64, Vec<usize>)> = Vec::with_capacity(ORDER.len());
    for level in ORDER {
        groups.push((model.m[level], model.u[level], vec![level]));
        while groups.len() > 1 {
            let (last, before) = (&groups[groups.len() - 1], &groups[groups.len() - 2]);
            if last.0 * before.1 >= before.0 * last.1 {
                break;
            }
            if let (Some(last), Some(before)) = (groups.pop(), groups.last_mut()) {
                before.0 += last.0;
                before.1 += last.1;
                before.2.extend(last.2);
            }
        }
    }
    for (m, u, levels) in groups {
        if levels.len() > 1 {
            let total: f64 = levels.iter().map(|&level| model.u[level]).sum();
            for level in levels {
                let share = model.u[level] / total;
                model.m[level] = m * share;
                model.u[level] = u * share;
            }
        }
    }
}

/// Distinct patterns with their counts, sorted.
fn patterns(mut all: Vec<Pattern>) -> Vec<(Pattern, u64)> {
    let mut counts: HashMap<Pattern, u64> = HashMap::new();
    for pattern in all.drain(..) {
        *counts.entry(pattern).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_unstable();
    counts
}

/// SplitMix64 (Steele, Lea, Flood 2014): seeded and the same everywhere.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }
}
