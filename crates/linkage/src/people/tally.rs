//! Sums of what is shared.

use super::same::Millibits;

/// No kind weighs more.
const MOST_KIND: Millibits = 12_000;

/// The strongest value of a kind whole, the others by half: they tend to come together.
#[derive(Default)]
pub(super) struct Sum {
    most: Millibits,
    all: Millibits,
}

impl Sum {
    pub(super) fn add(&mut self, weight: Millibits) {
        if weight > 0 {
            self.most = self.most.max(weight);
            self.all += weight;
        }
    }

    pub(super) fn total(&self) -> Millibits {
        (self.most + (self.all - self.most) / 2).min(MOST_KIND)
    }
}

/// Values of a set that were met.
#[derive(Default)]
pub(super) struct Tally {
    /// Values met.
    pub(super) met: u32,
    /// Twice the other holders of all values that might have been met, and one a value.
    pub(super) half_holders: u64,
}

impl Tally {
    /// −log2 of the chance of meeting so many.
    pub(super) fn surprise(&self, ways: f64) -> f64 {
        self.surprise_beyond(ways, 0.0)
    }

    /// The same where at least `expected` are met by chance.
    pub(super) fn surprise_beyond(&self, ways: f64, expected: f64) -> f64 {
        if self.met == 0 {
            return 0.0;
        }
        let expected = (self.half_holders as f64 * ways).max(expected);
        let met = f64::from(self.met);
        if expected >= met {
            return 0.0;
        }
        // Poisson's law.
        let factorial: f64 = (1..=self.met).map(|k| f64::from(k).log2()).sum();
        let first = expected * std::f64::consts::LOG2_E - met * expected.log2() + factorial;
        (first + (1.0 - expected / (met + 1.0)).log2()).max(0.0)
    }
}
