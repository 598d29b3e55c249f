//! Signed checkpoints: how far the log had come and what its last hash was, kept beside the keyring.
//!
//! One is written after every group commit and before the commit is acknowledged, so a cut tail or a rewritten log that lacks an
//! acknowledged event disagrees with a signature. A crash between commit and checkpoint leaves at most that one unacknowledged
//! commit uncovered; the next writer checks its chain and covers it.

use bonafide_model::ContentHash;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::Position;

/// Name of the file in the keys folder.
pub(crate) const FILE: &str = "checkpoints.log";
/// What its signatures are for.
pub(crate) const DOMAIN: &str = "bonafide checkpoint 1";

/// Why a checkpoint was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckpointKind {
    /// The store was made.
    Genesis,
    /// A group of events was committed.
    Commit,
    /// A crash had left a commit without checkpoint; its chain was checked and it is covered now.
    Recovered,
    /// A backup was put in place: positions behind this one are void.
    Restored,
    /// A process is about to write to the database file: the last seal of the file is void.
    Opened,
    /// Everybody had closed the store: the bytes of the database file are sealed.
    Closed,
}

/// A signed statement about the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Why it was written.
    pub kind: CheckpointKind,
    /// Position of the last event.
    pub position: Position,
    /// Hash of the last event, or the genesis hash at position 0.
    pub head: ContentHash,
    /// When, by the caller's clock.
    pub at: Timestamp,
    /// With [`CheckpointKind::Closed`]: the database file as it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FileSeal>,
}

/// The bytes of a closed database file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSeal {
    /// Length.
    pub bytes: u64,
    /// Hash of all bytes.
    pub blake3: ContentHash,
}
