//! The append-only, sealed, hash-chained log and its projections
//!
//! Everything that Bonafide must not lose is an event in one append-only log: facts of a subject, assessments with the answers they
//! rest on, decisions. See [`Store`] for what can be done.
//!
#![doc = include_str!("../README.md")]

mod ambient;
mod backup;
mod blob;
mod chain;
mod checkpoint;
mod close;
mod disk;
mod doctor;
mod error;
mod event;
mod id;
mod inner;
pub mod keyring;
mod ledger;
mod lock;
mod options;
pub mod payload;
mod project;
mod read;
mod reference;
mod seal;
mod signed;
mod sqlite;
mod sqlite_store;
mod store;
mod write;

pub use ambient::{Clock, Randomness};
pub use blob::BLOB_LIMIT;
pub use checkpoint::{Checkpoint, CheckpointKind, FileSeal};
pub use disk::Probe;
pub use doctor::{Area, Problem, Report};
pub use error::{Result, StoreError};
pub use event::{AssessmentRecord, Body, Event, EventRecord, Original, OtherEvent, Receipt, Record, Recorded, SubjectRecord};
pub use id::{EventId, Position, StoreId, SubjectKeyId};
pub use keyring::{KeySource, Keyring};
pub use options::Options;
pub use payload::{Assessed, BlobRef, ErasureReason, RecordedFact, Upcast, Upcasters};
pub use project::{AssessmentSummary, Projector, SubjectSummary};
pub use reference::{ERASED, Others, WITHHELD};
pub use seal::SubjectKey;
pub use sqlite_store::SqliteStore;
pub use store::{CurrentFacts, Erased, Erasure, Head, Store, StoredAssessment};
