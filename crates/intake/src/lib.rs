//! Applications, applicant-system payloads, résumés and profile dumps to facts.
//!
//! Every reader takes bytes and says where each fact stands. Readers are lenient on shape and strict on loss: what could not be
//! understood, or is not known to this version, is a [`Remark`], never silence.

mod application;
mod ats;
mod canonical;
mod error;
mod fields;
pub mod folder;
pub mod github;
mod instant;
mod json_resume;
mod mail;
mod reading;
mod remark;
pub mod resume;
pub mod set;
mod writer;

pub use error::Error;
pub use reading::{Application, Blob, Roll, read_json};
pub use remark::{Remark, RemarkKind};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(test)]
mod test_data;
