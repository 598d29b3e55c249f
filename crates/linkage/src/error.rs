//! The one error type of the crate.

use thiserror::Error;

/// Why records could not be linked. Every variant names the operation.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// A table could not be read.
    #[error("{name} cannot be read as a table")]
    Read {
        /// Name of the table.
        name: String,
        /// The cause.
        #[source]
        source: bonafide_formats::error::Error,
    },
    /// A table is a Parquet file.
    #[error(
        "{name} is a Parquet file, which this program does not read; turn it into CSV first, for example with \
         `duckdb -c \"COPY (FROM 'FILE.parquet') TO 'FILE.csv'\"`"
    )]
    Parquet {
        /// Name of the file.
        name: String,
    },
    /// A column holds more than this build can index.
    #[error("{what} exceeds the limit of {limit}; split the table")]
    OverLimit {
        /// What exceeded it.
        what: String,
        /// The limit, with its unit.
        limit: String,
    },
    /// No column names the rows.
    #[error("{name}: no column names the rows; add a column `id` whose values are all different")]
    NoId {
        /// Name of the table.
        name: String,
    },
    /// Two rows have the same id.
    #[error("{name}, row {row}: the id {id:?} stands on an earlier row; give every row an id of its own")]
    RepeatedId {
        /// Name of the table.
        name: String,
        /// Row from 1, headings not counted.
        row: u64,
        /// The id.
        id: String,
    },
    /// Two tables use one id.
    #[error("the id {id:?} stands in two tables; put the name of its table before each id, so that all differ")]
    SharedId {
        /// The id.
        id: String,
    },
    /// Threads could not be started.
    #[error("cannot start {threads} threads; ask for fewer")]
    Threads {
        /// How many were asked for.
        threads: usize,
        /// The cause.
        #[source]
        source: rayon::ThreadPoolBuildError,
    },
    /// Two tables cannot be linked.
    #[error("the tables share no column that could be compared; give columns that mean the same the same heading")]
    NothingShared,
    /// A model file does not fit.
    #[error("the model cannot be used: {why}")]
    Model {
        /// What does not fit, and what to do.
        why: String,
    },
    /// An application is not in the index.
    #[error("the application {id:?} is not in the index; check its id")]
    NotInIndex {
        /// The id that was asked for.
        id: String,
    },
    /// An application was judged against itself.
    #[error("a judgement is about two applications; {id:?} is given twice")]
    OneApplication {
        /// The id.
        id: String,
    },
    /// The segment of an index cannot be read or written.
    #[error("the index cannot be used; restore it from a copy or make it anew with `bonafide link people --index`")]
    Segment {
        /// The cause.
        #[source]
        source: bonafide_formats::segment::SegmentError,
    },
    /// Another program has an index open.
    #[error("{path}: another program has it open; try again when that is done")]
    Busy {
        /// Its folder.
        path: String,
    },
    /// The index of applicants cannot be read or written.
    #[error("the index {path}: {what}")]
    Index {
        /// Its file.
        path: String,
        /// What failed, and what to do.
        what: String,
        /// The cause.
        #[source]
        source: Option<std::io::Error>,
    },
}
