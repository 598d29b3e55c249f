//! What can go wrong with a case, and what to do about it.

use std::io;

use bonafide_store::StoreError;
use jiff::civil::Date;
use thiserror::Error;

use crate::events::HoldKind;

/// An operation on cases that did not succeed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CaseError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no such case.
    #[error("there is no case '{asked}'{}", did_you_mean(near))]
    Unknown {
        /// What was asked for.
        asked: String,
        /// Cases whose subject's id or name contains it.
        near: Vec<String>,
    },
    /// A required text is empty.
    #[error("{what} is empty: {why}")]
    Empty {
        /// What is empty, such as `the reason`.
        what: &'static str,
        /// Why it is needed.
        why: &'static str,
    },
    /// A text is too long.
    #[error("{what} has {found} characters; at most {limit} are taken")]
    TooLong {
        /// What is too long.
        what: &'static str,
        /// Its length in characters.
        found: usize,
        /// The limit in characters.
        limit: usize,
    },
    /// A text is not one of the names expected.
    #[error("'{found}' is not a {what}; expected one of {expected}")]
    NotOneOf {
        /// What was expected.
        what: &'static str,
        /// What was given.
        found: String,
        /// The names.
        expected: String,
    },
    /// A legal hold forbids erasure.
    #[error(
        "case {case} cannot be erased: a legal hold ({kind}) was set by {by} on {since}, because: {reason}. Whoever answers for it \
         must release the hold first"
    )]
    Held {
        /// The case.
        case: String,
        /// Kind of hold.
        kind: HoldKind,
        /// Who set it.
        by: String,
        /// On which day.
        since: Date,
        /// Why.
        reason: String,
    },
    /// The retention period has not ended.
    #[error(
        "case {case} is kept until {until}: {rule}. Give another reason if the person asked for erasure or the record is a mistake"
    )]
    Retained {
        /// The case.
        case: String,
        /// The first day on which it may go.
        until: Date,
        /// The rule, with its source.
        rule: String,
    },
    /// There is no hold to release.
    #[error("case {case} is not on hold")]
    NotHeld {
        /// The case.
        case: String,
    },
    /// The case is not in a state that allows it.
    #[error("case {case} is {status}; {advice}")]
    WrongStatus {
        /// The case.
        case: String,
        /// Its status.
        status: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// The evidence package could not be written.
    #[error("cannot write {what} of the evidence package: {source}")]
    Package {
        /// Which part.
        what: String,
        /// The cause.
        source: io::Error,
    },
    /// A stored state or payload cannot be read.
    #[error("cannot read {what}: {source}")]
    Unreadable {
        /// What.
        what: &'static str,
        /// The cause.
        source: serde_json::Error,
    },
}

fn did_you_mean(near: &[String]) -> String {
    if near.is_empty() {
        "; `bonafide case list` shows all. An erased subject's case cannot be found any more".into()
    } else {
        format!("; did you mean {}?", near.join(" or "))
    }
}

/// Shorthand for results of this crate.
pub type Result<T, E = CaseError> = std::result::Result<T, E>;
