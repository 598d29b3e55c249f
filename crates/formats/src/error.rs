//! The one error type of the crate.

use thiserror::Error;

/// Why an artefact could not be read. Every variant names the operation.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// A limit was reached.
    #[error("{format}: {what} exceeds the limit of {limit}")]
    OverLimit {
        /// Format being read.
        format: &'static str,
        /// What exceeded it.
        what: String,
        /// The limit, with its unit.
        limit: String,
    },
    /// The bytes are not what they claim to be.
    #[error("{format}: {why}")]
    Malformed {
        /// Format being read.
        format: &'static str,
        /// What is wrong and where.
        why: String,
    },
    /// The document is encrypted and cannot be opened without a password.
    #[error("{format}: the document is encrypted and needs a password")]
    Encrypted {
        /// Format being read.
        format: &'static str,
    },
    /// The format is not one this program reads.
    #[error("{name}: not a format that is read here ({why})")]
    Unsupported {
        /// Name of the artefact.
        name: String,
        /// What was seen.
        why: String,
    },
    /// The worker process could not be started or talked to.
    #[error("worker process: {operation}")]
    Worker {
        /// What was being done.
        operation: String,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// The worker process ended, ran out of memory or was killed over the time limit while reading.
    #[error("worker process: {why} while reading {name}")]
    WorkerLost {
        /// Name of the artefact.
        name: String,
        /// How it ended.
        why: String,
    },
}
