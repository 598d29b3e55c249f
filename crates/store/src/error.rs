//! What can go wrong, and what to do about it.

use std::{io, path::PathBuf, sync::Arc, time::Duration};

use thiserror::Error;

use crate::id::{Position, SubjectKeyId};

/// An operation of the store that did not succeed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// A file could not be read or written.
    #[error("cannot {operation} {}: {source}", path.display())]
    File {
        /// What was attempted, such as `write`.
        operation: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The disk is full.
    #[error(
        "no space left to {operation} {}; nothing acknowledged is lost: free space on that disk and run the command again",
        path.display()
    )]
    NoSpace {
        /// What was attempted.
        operation: &'static str,
        /// The file or folder.
        path: PathBuf,
    },
    /// The program may not read or write a file.
    #[error("not permitted to {operation} {}; give the user that runs the program access to it", path.display())]
    NotPermitted {
        /// What was attempted.
        operation: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// SQLite refused.
    #[error("cannot {operation} in the database {}: {source}; run `bonafide doctor` to see whether it is damaged", path.display())]
    Database {
        /// What was attempted.
        operation: &'static str,
        /// The database file.
        path: PathBuf,
        /// The cause.
        source: rusqlite::Error,
    },
    /// Another process holds the write lock.
    #[error(
        "another process is writing to {}; gave up after {} ms: wait until it has finished and run the command again",
        path.display(), waited.as_millis()
    )]
    Busy {
        /// The database file.
        path: PathBuf,
        /// How long the caller waited.
        waited: Duration,
    },
    /// The store was written by a newer version of the program.
    #[error(
        "the store {} has format {found}, this program knows formats up to {known}: use the newer program that wrote it",
        path.display()
    )]
    Newer {
        /// The database file.
        path: PathBuf,
        /// Format of the store.
        found: i64,
        /// Newest format this program knows.
        known: i64,
    },
    /// There is no store.
    #[error("there is no store at {}: vet an application first, or name the right folder with --data", path.display())]
    Absent {
        /// The data folder.
        path: PathBuf,
    },
    /// The file is a database of something else.
    #[error("{} is not a store of this program; name another folder with --data", path.display())]
    NotAStore {
        /// The database file.
        path: PathBuf,
    },
    /// The store was opened for reading only.
    #[error("cannot {operation}: the store was opened for reading only")]
    ReadOnly {
        /// What was attempted.
        operation: &'static str,
    },
    /// A thread of this process panicked in the middle of a write.
    #[error("an earlier operation broke off in the middle: end the program and start it again")]
    Stopped,

    /// The keyring is missing.
    #[error(
        "the store {} has no keyring in {}: put the keys folder back; without it nothing in the store can be read",
        store.display(), keys.display()
    )]
    KeyringMissing {
        /// The database file.
        store: PathBuf,
        /// The keys folder.
        keys: PathBuf,
    },
    /// The keyring belongs to another store.
    #[error(
        "the keyring in {} belongs to another store than {}: put the right keys folder back",
        keys.display(), store.display()
    )]
    KeyringForeign {
        /// The database file.
        store: PathBuf,
        /// The keys folder.
        keys: PathBuf,
    },
    /// A file of the keyring is damaged or its key does not fit.
    #[error("the keyring file {} is damaged: {what}; put an undamaged copy back", path.display())]
    KeyringDamaged {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        what: String,
    },
    /// The log speaks of subjects for which the keyring has no key although nobody erased them.
    #[error(
        "the keyring has no key for {count} subject(s) that nobody erased (the first is {first}): \
         an older or damaged keys folder was put in place; put the right one back"
    )]
    KeysLost {
        /// How many.
        count: usize,
        /// The first of them.
        first: SubjectKeyId,
    },
    /// The vault that keeps the epoch key did not do what was asked.
    #[error("the key vault could not {operation}: {why}")]
    Vault {
        /// What was attempted.
        operation: &'static str,
        /// What the vault answered.
        why: String,
    },
    /// The operating system gave no randomness.
    #[error("the operating system gave no randomness: {0}")]
    Randomness(String),

    /// The log ends before its last signed checkpoint.
    #[error(
        "the log ends at position {log}, but a signed checkpoint covers {checkpoint}: acknowledged events were cut off or an older \
         copy of the database was put in place. Nothing is written until this is settled: run `bonafide doctor`, and use restore \
         for a backup"
    )]
    LogCut {
        /// Position of the log's last event.
        log: Position,
        /// Position the checkpoint covers.
        checkpoint: Position,
    },
    /// The log does not agree with a signed checkpoint or with its own chain.
    #[error(
        "the log was changed at or before position {position}: its chain does not lead to the signed checkpoint. Nothing is written \
         until this is settled: run `bonafide doctor`, and restore the last good backup"
    )]
    LogRewritten {
        /// The first position known to disagree.
        position: Position,
    },
    /// A record file outside the database is damaged.
    #[error("line {line} of {} is damaged: {what}; run `bonafide doctor`", path.display())]
    RecordDamaged {
        /// The file.
        path: PathBuf,
        /// Line number, from 1.
        line: u64,
        /// What does not fit.
        what: String,
    },

    /// Sealed bytes do not open under their subject's key.
    #[error("the event at position {position} does not open under its key: the stored bytes were changed; run `bonafide doctor`")]
    Sealed {
        /// Position of the event.
        position: Position,
    },
    /// A payload is not what its kind says.
    #[error("the payload of '{kind}' at position {position} cannot be read: {source}")]
    Payload {
        /// Position of the event.
        position: Position,
        /// Kind of the event.
        kind: String,
        /// The cause.
        source: serde_json::Error,
    },
    /// A payload was written by a newer version of the program.
    #[error(
        "the event at position {position} is '{kind}' version {found}, this program knows versions up to {known}: use the newer program"
    )]
    NewerPayload {
        /// Position of the event.
        position: Position,
        /// Kind of the event.
        kind: String,
        /// Version of the payload.
        found: u16,
        /// Newest version this program knows.
        known: u16,
    },
    /// A value could not be written as JSON.
    #[error("cannot write '{what}' as JSON: {source}")]
    Encode {
        /// What was written.
        what: String,
        /// The cause.
        source: serde_json::Error,
    },
    /// A projection could not fold an event.
    #[error("the projection '{projection}' cannot take the event at position {position}: {why}")]
    Projection {
        /// Name of the projection.
        projection: &'static str,
        /// Position of the event.
        position: Position,
        /// Why.
        why: String,
    },
    /// There is no such subject, or it was erased.
    #[error("there is no subject '{subject}' in the store, or it was erased")]
    UnknownSubject {
        /// The subject asked for.
        subject: String,
    },
    /// An original file is missing from the blob folder.
    #[error("the original file '{name}' is missing from the blob folder ({}): restore it from a backup", path.display())]
    BlobMissing {
        /// Name of the file.
        name: String,
        /// Where it should lie.
        path: PathBuf,
    },
    /// An original file is not what was recorded.
    #[error("the original file '{name}' ({}) was changed after it was stored: restore it from a backup", path.display())]
    BlobDamaged {
        /// Name of the file.
        name: String,
        /// Where it lies.
        path: PathBuf,
    },
    /// Something is larger than the store takes.
    #[error("{what} is too large for the store: {found} bytes, the limit is {limit}")]
    TooLarge {
        /// What it is.
        what: String,
        /// Its size in bytes.
        found: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// A backup cannot be made or used.
    #[error("the backup {} cannot be used: {what}", path.display())]
    Backup {
        /// The backup folder.
        path: PathBuf,
        /// What does not fit.
        what: String,
    },
    /// The group commit that this batch was part of failed.
    #[error("the batch was not stored: {0}")]
    Group(Arc<StoreError>),
}

impl StoreError {
    /// A failed file operation, told apart by its cause.
    pub(crate) fn file(operation: &'static str, path: impl Into<PathBuf>, source: io::Error) -> Self {
        let path = path.into();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Self::NoSpace { operation, path }
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::NotPermitted { operation, path, source },
            _ => Self::File { operation, path, source },
        }
    }
}

/// Shorthand for results of this crate.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;
