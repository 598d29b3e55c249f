//! The one error type of the crate.

use std::path::PathBuf;

use thiserror::Error;

/// What can go wrong when tables are loaded or assessments replayed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// A table could not be read from disk.
    #[error("reading the reference table {path}")]
    ReadTable {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// A table is not CSV.
    #[error("the reference table {path} is not readable as CSV")]
    Csv {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: csv::Error,
    },
    /// A table's header is none that is known.
    #[error("the reference table {path} has the columns '{columns}'; known are: {known}")]
    UnknownTable {
        /// The file.
        path: PathBuf,
        /// Its columns.
        columns: String,
        /// The known headers.
        known: String,
    },
    /// A row of a table does not read.
    #[error("the reference table {path}, row {row}: {why}")]
    BadRow {
        /// The file.
        path: PathBuf,
        /// Row number from 1, the header not counted.
        row: usize,
        /// What is wrong.
        why: String,
    },
    /// The replay record does not read.
    #[error("the replay record does not read")]
    ReadReplay {
        /// The cause.
        #[source]
        source: serde_json::Error,
    },
    /// The replay was made with another catalogue.
    #[error("the assessment was made with catalogue {recorded}; this program has {present}: use the version it was made with")]
    OtherCatalogue {
        /// The catalogue of the record.
        recorded: String,
        /// The catalogue of this program.
        present: String,
    },
}
