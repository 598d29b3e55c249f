//! Why a text is no STIX.

use thiserror::Error;

/// Why a pattern or a text of JSON could not be read at all. What is read and breaks a rule is a [`Finding`](super::Finding).
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
    /// Something else was expected in a pattern.
    #[error("byte {at}: found {found}, expected {expected}")]
    Syntax {
        /// Where, in bytes from the beginning of the pattern.
        at: usize,
        /// What stands there, shortened.
        found: String,
        /// What may stand there.
        expected: &'static str,
    },
    /// A well-formed part of a pattern that the specification forbids.
    #[error("byte {at}: {what}")]
    Meaning {
        /// Where, in bytes from the beginning of the pattern.
        at: usize,
        /// What is forbidden and why.
        what: String,
    },
    /// Longer or deeper than is read.
    #[error("{what} is over the limit of {limit}; split it")]
    OverLimit {
        /// What is too long or too deep.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// The text is no JSON, or JSON that STIX does not allow, such as an object with a property given twice.
    #[error("not JSON: {0}")]
    Json(String),
}
