//! Clock and randomness: passed in, so that tests decide what time it is and what the dice show.

use std::{fmt, sync::Arc};

use jiff::Timestamp;

use crate::error::{Result, StoreError};

/// Tells the time. The library never asks the operating system; the program passes its clock in.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// A clock that asks `tell`.
    pub fn new(tell: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// A clock that stands still, for tests and reproducible runs.
    #[must_use]
    pub fn fixed(at: Timestamp) -> Self {
        Self::new(move || at)
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Clock")
    }
}

/// Gives random bytes for keys and opaque ids; the operating system's by default.
#[derive(Clone)]
pub struct Randomness(Arc<Fill>);

type Fill = dyn Fn(&mut [u8]) -> Result<()> + Send + Sync;

impl Randomness {
    /// Randomness of the operating system.
    #[must_use]
    pub fn os() -> Self {
        Self(Arc::new(|bytes| getrandom::getrandom(bytes).map_err(|error| StoreError::Randomness(error.to_string()))))
    }

    /// Predictable bytes for tests and golden files. Never for real data: whoever knows the seed knows every key.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        let drawn = std::sync::atomic::AtomicU64::new(0);
        Self(Arc::new(move |bytes| {
            let draw = drawn.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let mut hasher = blake3::Hasher::new_derive_key("bonafide store 1: seeded randomness for tests");
            hasher.update(&seed.to_le_bytes()).update(&draw.to_le_bytes());
            hasher.finalize_xof().fill(bytes);
            Ok(())
        }))
    }

    /// Fills `bytes`.
    ///
    /// # Errors
    /// [`StoreError::Randomness`] where the source fails.
    pub fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        (self.0)(bytes)
    }

    pub(crate) fn bytes<const N: usize>(&self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }
}

impl Default for Randomness {
    fn default() -> Self {
        Self::os()
    }
}

impl fmt::Debug for Randomness {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Randomness")
    }
}
