//! The one error type of the crate.

use thiserror::Error;

/// Why a list, a snapshot or a folder of them could not be used. Every message says what, where and what to do.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is none of the lists that are read here.
    #[error("{file}: not a list that is read here ({seen}); give one of the files that its publisher offers, or a column map")]
    Unrecognised {
        /// Name of the file.
        file: String,
        /// What was seen instead.
        seen: String,
    },
    /// The file's bytes could not be read.
    #[error("{file}: {source}")]
    Format {
        /// Name of the file.
        file: String,
        /// The cause.
        #[source]
        source: bonafide_formats::error::Error,
    },
    /// A column that the format needs is missing.
    #[error(
        "{file}: the column '{column}' is missing; the publisher may have changed the format, or the column map names it wrongly"
    )]
    MissingColumn {
        /// Name of the file.
        file: String,
        /// The column.
        column: String,
    },
    /// A column map is none.
    #[error("{file}: not a column map: {why}; it needs a table [columns] of headings and what they hold")]
    ColumnMap {
        /// Name of the file.
        file: String,
        /// What is wrong.
        why: String,
    },
    /// A new snapshot does not look like a successor of the last one. The last one stays in force.
    #[error("{list}: the new list was not taken over: {why}; the last good one of {last} stays in force. {advice}")]
    Implausible {
        /// The list.
        list: String,
        /// What is implausible.
        why: String,
        /// When the last one was fetched.
        last: String,
        /// What to do.
        advice: &'static str,
    },
    /// A folder of snapshots could not be read or written.
    #[error("{path}: cannot {operation}: {source}")]
    Folder {
        /// The path.
        path: String,
        /// What was being done.
        operation: &'static str,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// Another program writes the source and does not end.
    #[error("{path}: another program has been writing this list for half a minute; wait for it to end and try again")]
    Busy {
        /// The path.
        path: String,
    },
    /// A stored snapshot is damaged.
    #[error("{path}: {why}; fetch the list again")]
    Damaged {
        /// The path.
        path: String,
        /// What is wrong.
        why: String,
    },
    /// An index file could not be written or used.
    #[error("{source}")]
    Index {
        /// The cause, which names the file and what to do.
        #[source]
        source: bonafide_formats::segment::SegmentError,
    },
    /// An index file was made by a program that analyses names in another way.
    #[error("{path}: its names were analysed by another version of the program; build the index again")]
    IndexRules {
        /// The path.
        path: String,
    },
    /// The lists are too large for one index file.
    #[error("{path}: the entries need more than four gigabytes; index the lists apart")]
    IndexTooLarge {
        /// The path.
        path: String,
    },
}
