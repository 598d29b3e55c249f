//! STIX: objects as they came, patterns, and what the specification says of them.

mod answer;
mod check;
mod error;
mod format;
mod json;
mod language;
mod object;
pub mod pattern;
mod schema;
mod timestamp;

pub use self::{
    answer::{Answer, answer_line},
    check::{Finding, Verdict, validate},
    error::Error,
    format::Identifier,
    json::Json,
    object::{Object, SpecVersion},
    timestamp::Timestamp,
};
