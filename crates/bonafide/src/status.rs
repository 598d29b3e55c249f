//! Exit status and failures of commands.

use std::{error::Error as _, fmt::Write as _, process::ExitCode};

use thiserror::Error;

/// How a command ended that did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// Done.
    Done = 0,
    /// Done, and something reached the band of `--fail-on`.
    Reached = 1,
    /// Some inputs could not be read; each was named, all others were processed.
    SomeUnreadable = 3,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Why a command could not do its work: what, where, and what to do.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// Wrong usage or configuration: exit status 2.
    #[error("{what}")]
    Usage {
        /// What is wrong.
        what: String,
        /// What to do.
        hint: String,
        /// The cause.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// Nothing could be read: exit status 3.
    #[error("{what}")]
    Unreadable {
        /// What could not be read.
        what: String,
        /// What to do.
        hint: String,
    },
    /// The program's own surroundings failed (disk, store, worker): exit status 4.
    #[error("{what}")]
    Internal {
        /// What was being done.
        what: String,
        /// What to do.
        hint: String,
        /// The cause.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// The user pressed Ctrl-C: exit status 130 as shells do. What was finished stays finished.
    #[error("interrupted; {done} finished and kept")]
    Interrupted {
        /// What was finished, in words.
        done: String,
    },
}

impl Failure {
    /// Wrong usage, with what to do.
    pub(crate) fn usage(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage { what: what.into(), hint: hint.into(), source: None }
    }

    /// Wrong usage with a cause.
    pub(crate) fn usage_because(
        what: impl Into<String>,
        hint: impl Into<String>,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self::Usage { what: what.into(), hint: hint.into(), source: Some(source.into()) }
    }

    /// A failure of the program's surroundings with its cause.
    pub(crate) fn internal(
        what: impl Into<String>,
        hint: impl Into<String>,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self::Internal { what: what.into(), hint: hint.into(), source: Some(source.into()) }
    }

    /// The exit status.
    pub(crate) fn status(&self) -> ExitCodeNumber {
        ExitCodeNumber(match self {
            Self::Usage { .. } => 2,
            Self::Unreadable { .. } => 3,
            Self::Internal { .. } => 4,
            Self::Interrupted { .. } => 130,
        })
    }

    /// The failure with its causes and what to do, for people.
    pub(crate) fn to_text(&self) -> String {
        let mut text = self.to_string();
        let mut cause = self.source();
        while let Some(error) = cause {
            let _ = write!(text, "\n  because: {error}");
            cause = error.source();
        }
        let hint = match self {
            Self::Usage { hint, .. } | Self::Unreadable { hint, .. } | Self::Internal { hint, .. } => hint.as_str(),
            Self::Interrupted { .. } => "",
        };
        if !hint.is_empty() {
            let _ = write!(text, "\n  help: {hint}");
        }
        text
    }
}

/// A message with its causes, each said once.
pub(crate) fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let said = error.to_string();
        if !text.contains(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        cause = error.source();
    }
    text
}

/// A number for [`ExitCode`].
pub(crate) struct ExitCodeNumber(u8);

impl From<ExitCodeNumber> for ExitCode {
    fn from(number: ExitCodeNumber) -> Self {
        Self::from(number.0)
    }
}
