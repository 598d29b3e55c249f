//! The erasure ledger: which keys were erased, by their opaque ids, which tell nothing of the person.
//!
//! It lies outside the database and its backups. A line is written before anything else happens, so an interrupted erasure is
//! completed when the store is next opened, and a restored backup repeats every erasure before it opens.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::SubjectKeyId;

/// Name of the file in the keys folder.
pub(crate) const FILE: &str = "erasures.log";
/// What its signatures are for.
pub(crate) const DOMAIN: &str = "bonafide erasure 1";

/// One erased key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ErasedKey {
    /// The opaque id of the key.
    pub(crate) key: SubjectKeyId,
    /// When its erasure was ordered.
    pub(crate) at: Timestamp,
}
