//! The one error type of the crate.

use std::path::PathBuf;

use thiserror::Error;

/// Why an input could not be read. Every variant names the operation; what could be read in part is a
/// [`Remark`](crate::Remark) instead.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes of an artefact could not be read as their format, or exceed a limit.
    #[error("{name} cannot be read")]
    Read {
        /// Name of the artefact.
        name: String,
        /// The cause.
        #[source]
        source: bonafide_formats::error::Error,
    },
    /// No object of a file is a profile dump.
    #[error(
        "{name}: not a GitHub profile dump: no object in it names a login and holds repositories, commits or followed accounts"
    )]
    NotADump {
        /// Name of the artefact.
        name: String,
    },
    /// A JSON file is neither an application nor the body of an applicant system's event.
    #[error("{name}: not an application: {why}")]
    NotAnApplication {
        /// Name of the artefact.
        name: String,
        /// What was seen and what to do.
        why: String,
    },
    /// A file or folder could not be opened or read.
    #[error("{}: cannot {operation}", path.display())]
    Io {
        /// What was being done, such as `read the file`.
        operation: &'static str,
        /// The path.
        path: PathBuf,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// A folder or file cannot be taken as an application.
    #[error("{}: {why}", path.display())]
    Refused {
        /// The path.
        path: PathBuf,
        /// What was seen and what to do.
        why: String,
    },
    /// A row of a set could not be read; the others are.
    #[error("{name}, line {line}: {why}")]
    Row {
        /// Name of the file.
        name: String,
        /// Line, from 1.
        line: u64,
        /// What is wrong.
        why: String,
    },
}

impl Error {
    /// The message with all its causes, in one line.
    #[must_use]
    pub fn in_full(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(source) = cause {
            text = format!("{text}: {source}");
            cause = source.source();
        }
        text
    }
}
