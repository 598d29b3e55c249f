//! Why a text has no canonical form.

use std::fmt;

use thiserror::Error as ThisError;

/// What was being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// The address of a page.
    Url,
    /// The name of an account on a service.
    Handle,
    /// The address of a wallet.
    Wallet,
}

impl fmt::Display for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Email => "e-mail address",
            Self::Phone => "telephone number",
            Self::Url => "URL",
            Self::Handle => "handle",
            Self::Wallet => "wallet address",
        })
    }
}

/// Why a text has no canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ThisError)]
pub enum Error {
    /// Nothing is left after trimming.
    #[error("reading a {subject}: the text is empty")]
    Empty {
        /// What was being read.
        subject: Subject,
    },
    /// The text is longer than anything of its kind.
    #[error("reading a {subject}: the text is longer than {limit} bytes, the most that is read")]
    TooLong {
        /// What was being read.
        subject: Subject,
        /// The limit in bytes.
        limit: usize,
    },
    /// The text does not have the form.
    #[error("reading a {subject}: {problem}")]
    Malformed {
        /// What was being read.
        subject: Subject,
        /// What is wrong, and what is expected.
        problem: &'static str,
    },
}

impl Error {
    pub(crate) const fn malformed(subject: Subject, problem: &'static str) -> Self {
        Self::Malformed { subject, problem }
    }
}
