//! The one error type of the crate.

use thiserror::Error;

/// Why something could not be fetched.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The client could not be made.
    #[error("cannot prepare to ask the network; check the certificates of this machine")]
    Client(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The address is none, or would be asked in the clear.
    #[error("{url}: {why}; give an address that begins with https://")]
    Address {
        /// The address.
        url: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// No answer, or not a whole one.
    #[error("{url}: {what}; check the connection, or fetch the file by hand and add it")]
    Failed {
        /// The address.
        url: String,
        /// What happened.
        what: &'static str,
        /// The cause.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The server answered that it will not.
    #[error("{url}: the server answered {status}; the publisher may have moved the file, or ask for a browser")]
    Status {
        /// The address.
        url: String,
        /// The status with its reason.
        status: String,
    },
    /// The body is larger than allowed.
    #[error("{url}: larger than the {limit} bytes that are allowed; nothing was kept")]
    TooLarge {
        /// The address.
        url: String,
        /// The limit.
        limit: u64,
    },
    /// The body is shorter than the server announced.
    #[error("{url}: cut off after {got} of {announced} bytes; fetch it again")]
    CutOff {
        /// The address.
        url: String,
        /// Bytes that came.
        got: u64,
        /// Bytes that were announced.
        announced: u64,
    },
}
