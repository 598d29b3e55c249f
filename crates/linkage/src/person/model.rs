//! The Fellegi–Sunter model: what each level of each field weighs.

use serde::{Deserialize, Serialize};

use super::{
    kind::{Kind, LEVELS, Level},
    records::{Pattern, Records, level_in},
};
use crate::columns::{MISSING, ValueId};

/// One field of the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldModel {
    /// The heading.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Probability of each level among pairs of one person, the missing level aside.
    pub m: [f64; LEVELS],
    /// Probability of each level among pairs of different people.
    pub u: [f64; LEVELS],
}

impl FieldModel {
    /// Match weight of a level in bits: log2(m/u); none for a missing value.
    #[must_use]
    pub fn weight(&self, level: usize) -> f64 {
        if level == Level::Missing as usize { 0.0 } else { (self.m[level] / self.u[level]).log2() }
    }
}

/// The model of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// Version of the layout of the file.
    pub version: u32,
    /// Bits for a pair before anything is compared: log2 of λ/(1−λ).
    pub prior: f64,
    /// The fields in the order of the records.
    pub fields: Vec<FieldModel>,
}

/// Version of the model file.
pub const MODEL_VERSION: u32 = 1;

/// A model with the rarity of every value of a table.
pub struct Scorer<'r> {
    records: &'r Records,
    model: Model,
    weights: Vec<[f32; LEVELS]>,
    /// Weight of exact agreement by value: log2(m/frequency).
    exact: Vec<Vec<f32>>,
}

impl<'r> Scorer<'r> {
    /// Prepares the scoring of a table. `share` holds, by field and value, the share of people who have it.
    #[must_use]
    pub fn new(records: &'r Records, model: Model, share: &[Vec<f32>]) -> Self {
        let mut weights = Vec::with_capacity(model.fields.len());
        let mut exact = Vec::with_capacity(model.fields.len());
        for (field, share) in model.fields.iter().zip(share) {
            let mut of_levels = [0.0_f32; LEVELS];
            for (level, weight) in of_levels.iter_mut().enumerate() {
                *weight = field.weight(level) as f32;
            }
            let m = field.m[Level::Exact as usize] as f32;
            exact.push(share.iter().map(|&share| (m / share.max(1e-9)).log2()).collect());
            weights.push(of_levels);
        }
        Self { records, model, weights, exact }
    }

    /// The model.
    #[must_use]
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// Match weight of a pair in bits: the logarithm of the odds that they are one person.
    #[must_use]
    pub fn weight(&self, left: u32, right: u32) -> f32 {
        self.weight_of(self.records.pattern(left, right), left)
    }

    /// The same where the pattern is known.
    #[must_use]
    pub fn weight_of(&self, pattern: Pattern, left: u32) -> f32 {
        let mut weight = self.model.prior as f32;
        for at in 0..self.weights.len() {
            weight += self.contribution(pattern, at, left);
        }
        weight
    }

    /// What one field adds to the weight of a pair, in bits.
    #[must_use]
    pub fn contribution(&self, pattern: Pattern, field: usize, left: u32) -> f32 {
        let level = level_in(pattern, field);
        if level == Level::Exact as usize {
            let value: ValueId = self.records.fields[field].column[left as usize];
            debug_assert_ne!(value, MISSING);
            self.exact[field][value as usize]
        } else {
            self.weights[field][level]
        }
    }

    /// What agreement of a row with itself weighs: below zero, not even an identical record can be told from another person.
    #[must_use]
    pub fn most(&self, row: u32) -> f32 {
        self.weight(row, row)
    }
}

/// The probability behind a weight in bits.
#[must_use]
pub fn probability(weight: f32) -> f64 {
    1.0 / (1.0 + (-f64::from(weight)).exp2())
}
