//! Random dossiers: well-formed facts with senseless, huge and contradictory values.
//!
//! Seeded and free of any clock, so that a failing seed can be run again.

use bonafide_model::{
    dossier::Dossier,
    fact::{Fact, FactKind, FactValue},
    id::SubjectId,
};

use crate::dossiers::facts_from_lines;

/// A small deterministic generator (SplitMix64: Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A generator from a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 for a bound of 0.
    pub fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { (self.bits() % bound as u64) as usize }
    }

    /// Whether an event of the given chance (0…1) happens.
    pub fn chance(&mut self, probability: f64) -> bool {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64 <= probability
    }

    /// One of several.
    ///
    /// # Panics
    /// Where there is nothing to choose from.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Shuffles in place (Fisher–Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for index in (1..items.len()).rev() {
            items.swap(index, self.below(index + 1));
        }
    }
}

/// A dossier of up to `size` random facts. Payloads are mutated from the examples: fields are dropped, emptied, blown up, replaced
/// by odd values; only what still reads as a fact is kept.
#[must_use]
pub fn dossier(seed: u64, size: usize, examples: &[Fact]) -> Dossier {
    let mut random = Random::new(seed);
    let mut facts = Vec::new();
    let count = random.below(size + 1);
    for _ in 0..count {
        if examples.is_empty() {
            break;
        }
        let mut fact = random.pick(examples).clone();
        if let Ok(mut json) = serde_json::to_value(&fact.value) {
            if let Some(value) = json.get_mut("value") {
                mutate(value, &mut random);
            }
            match serde_json::from_value::<FactValue>(json) {
                Ok(value) if value.kind() != FactKind::Unknown => fact.value = value,
                _ => {}
            }
        }
        facts.push(fact);
    }
    Dossier::new(SubjectId::new(format!("random-{seed}")), facts)
}

/// All facts that stand in the `facts` blocks of a case file.
#[must_use]
pub fn examples_from_cases(text: &str) -> Vec<Fact> {
    let mut facts = Vec::new();
    for block in text.split("```facts\n").skip(1) {
        let body = block.split("\n```").next().unwrap_or_default();
        facts.extend(facts_from_lines("example", body).unwrap_or_default());
    }
    facts
}

fn mutate(value: &mut serde_json::Value, random: &mut Random) {
    use serde_json::Value;
    match value {
        Value::Object(map) => {
            let keys: Vec<String> = map.keys().cloned().collect();
            for key in keys {
                if random.chance(0.1) {
                    map.remove(&key);
                } else if let Some(inner) = map.get_mut(&key) {
                    mutate(inner, random);
                }
            }
        }
        Value::Array(items) => {
            if random.chance(0.1) {
                items.clear();
            } else if random.chance(0.1) {
                let copies = items.clone();
                (0..random.below(50)).for_each(|_| items.extend(copies.iter().take(4).cloned()));
            }
            items.iter_mut().for_each(|item| mutate(item, random));
        }
        Value::String(text) => match random.below(12) {
            0 => text.clear(),
            1 => *text = "9999-12".into(),
            2 => *text = "0001".into(),
            3 => *text = "x".repeat(10_000),
            4 => *text = "\u{202e}\u{0}\u{200b}ß漢字🙂".into(),
            5 => *text = "@".into(),
            6 => *text = "2024-02-29".into(),
            _ => {}
        },
        Value::Number(number) => match random.below(10) {
            0 => *value = 0.into(),
            1 => *value = u32::MAX.into(),
            2 => *value = i16::MIN.into(),
            3 => *value = Value::from(number.as_f64().unwrap_or_default() * 1e3),
            _ => {}
        },
        _ => {}
    }
}
