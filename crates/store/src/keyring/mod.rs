//! Keys, kept outside the database.
//!
//! Every subject has a random 32-byte key. The keys are wrapped under one *epoch key*; erasing a subject writes the wraps of all
//! others under a new epoch key and destroys the old one. Only those 32 bytes need real destruction: deleted rows that a solid-state
//! disk, a write-ahead log or a backup still holds open for nobody.

mod epoch;
mod vault;
mod wraps;

use std::fmt;

pub use epoch::EpochKeyring;
pub use vault::{CommandVault, EnvironmentVault, EpochKey, EpochVault, FileVault, KeySource};

use crate::{
    error::Result,
    id::{StoreId, SubjectKeyId},
    seal::SubjectKey,
};

/// Holds the keys of one store.
///
/// All changes are made under the store's head lock, so an implementation needs no lock of its own; other processes may have
/// changed the keys between two calls, which [`refresh`](Keyring::refresh) takes in.
pub trait Keyring: Send + fmt::Debug {
    /// The store the keys belong to.
    fn store(&self) -> StoreId;

    /// The key id under which events about no subject are sealed.
    fn own(&self) -> SubjectKeyId;

    /// Takes in what other processes changed.
    ///
    /// # Errors
    /// Where the keys cannot be read.
    fn refresh(&mut self) -> Result<()>;

    /// The key id of a subject, if it has a key.
    fn find(&self, subject: &str) -> Option<SubjectKeyId>;

    /// The key, if it was not erased.
    fn key(&self, id: SubjectKeyId) -> Option<SubjectKey>;

    /// The key ids of all subjects, without the store's own, in no particular order.
    fn subjects(&self) -> Vec<SubjectKeyId>;

    /// Draws a key for a subject that has none. It counts only after [`flush`](Keyring::flush).
    ///
    /// # Errors
    /// Where there is no randomness.
    fn create(&mut self, subject: &str) -> Result<SubjectKeyId>;

    /// Makes the keys drawn since the last call durable. Events sealed under them must not be committed before.
    ///
    /// # Errors
    /// Where they cannot be written.
    fn flush(&mut self) -> Result<()>;

    /// Destroys keys: after this nothing sealed under them can be opened, by anybody.
    ///
    /// # Errors
    /// Where a step fails; [`finish`](Keyring::finish) completes it later.
    fn erase(&mut self, ids: &[SubjectKeyId]) -> Result<()>;

    /// Whether stored keys end in something unreadable: a write that a crash cut short, or damage. The next write drops it, so the
    /// caller first makes sure that no event needs what stood there.
    fn torn(&self) -> bool;

    /// Completes an erasure that was interrupted, and drops what a crash left behind.
    ///
    /// # Errors
    /// Where a step fails.
    fn finish(&mut self) -> Result<()>;

    /// Forgets keys in memory, so that a handle that may not write does not read what another process must still erase.
    fn hide(&mut self, ids: &[SubjectKeyId]);

    /// An ed25519 signature over a message, for checkpoints.
    fn sign(&self, message: &[u8]) -> [u8; 64];

    /// Whether the store's own key made a signature.
    fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool;
}
