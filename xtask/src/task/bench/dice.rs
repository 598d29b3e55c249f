//! Numbers that look random and are the same on every run.

/// A linear congruential generator (Knuth, The Art of Computer Programming 2, §3.3.4, MMIX): enough to choose places and moments.
#[derive(Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// Dice that show the same for the same seed.
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 to below `bound`, which must not be 0.
    pub(super) const fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 24) % bound
    }
}
