//! What can go wrong: only writing.

use thiserror::Error;

/// A report that could not be written.
#[derive(Debug, Error)]
pub enum Error {
    /// The writer refused bytes.
    #[error("writing the {report} report failed: {source}; check that there is space and that the reader is still there")]
    Write {
        /// Which report.
        report: &'static str,
        /// The writer's reason.
        #[source]
        source: std::io::Error,
    },
    /// An assessment could not be serialised.
    #[error("the assessment of '{subject}' could not be written as JSON: {source}")]
    Json {
        /// The subject.
        subject: String,
        /// The serialiser's reason.
        #[source]
        source: serde_json::Error,
    },
    /// A line of the CSV report could not be written.
    #[error("writing the CSV report failed: {source}; check that there is space and that the reader is still there")]
    Csv {
        /// The writer's reason.
        #[source]
        source: csv::Error,
    },
}

impl Error {
    /// For `map_err`: a refused write of the named report.
    pub(crate) fn writing(report: &'static str) -> impl Fn(std::io::Error) -> Self {
        move |source| Self::Write { report, source }
    }

    /// Whether the reader went away (`bonafide vet … | head`), which is no reason to complain.
    #[must_use]
    pub fn is_broken_pipe(&self) -> bool {
        let kind = match self {
            Self::Write { source, .. } => Some(source.kind()),
            Self::Json { source, .. } => source.io_error_kind(),
            Self::Csv { source } => match source.kind() {
                csv::ErrorKind::Io(source) => Some(source.kind()),
                _ => None,
            },
        };
        kind == Some(std::io::ErrorKind::BrokenPipe)
    }
}
