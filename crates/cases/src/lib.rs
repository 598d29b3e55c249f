//! Queue, decision, evidence package and erasure over the log
//!
//! A [`Case`] is what the events on one subject come to: where it stands, what was found, what a named person decided and why.
//! [`Cases`] works on any [`Store`](bonafide_store::Store) that was opened with the [`CaseProjector`].
//!
#![doc = include_str!("../README.md")]

mod case;
mod cases;
mod error;
pub mod events;
mod export;
mod history;
mod names;
mod redact;
mod retention;
mod sheet;

pub use case::{Assessed, Case, CaseId, CaseProjector, Decision, Hold, Status};
pub use cases::{CaseFile, Cases, Decide, Filed, Filter, Reader, Vetted};
pub use error::{CaseError, Result};
pub use events::{DecisionCode, ExportFor, HoldKind, NoteKind};
pub use export::{ExportOrder, FileEntry, Manifest, Render};
pub use history::{Entry, What};
pub use retention::{Period, Retention, Rules};
