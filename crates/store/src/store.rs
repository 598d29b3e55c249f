//! The trait that all stores share.

use std::path::Path;

use bonafide_model::{ContentHash, dossier::Dossier, id::SubjectId};
use jiff::Timestamp;

use crate::{
    error::Result,
    event::{AssessmentRecord, Event, Receipt, Record, SubjectRecord},
    id::{Position, SubjectKeyId},
    payload::{Assessed, BlobRef, ErasureReason, RecordedFact},
    project::SubjectSummary,
    reference::Others,
};

/// Where the log stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Position of the last event, which is also the number of events.
    pub position: Position,
    /// Its hash, which covers all events before it.
    pub link: ContentHash,
}

/// What a subject's scopes state now.
#[derive(Clone, Debug, Default)]
pub struct CurrentFacts {
    /// Facts with their scope and provenance, in the order in which they were recorded.
    pub facts: Vec<(String, RecordedFact)>,
    /// Original files with their scope, by name.
    pub originals: Vec<(String, BlobRef)>,
}

/// The latest assessment of a subject, as stored.
#[derive(Clone, Debug)]
pub struct StoredAssessment {
    /// Position of its event.
    pub position: Position,
    /// When it was stored.
    pub at: Timestamp,
    /// Assessment and answers, references resolved.
    pub assessed: Assessed,
}

/// Who orders an erasure, and why.
#[derive(Clone, Debug)]
pub struct Erasure {
    /// The person who orders it. Kept under the store's own key.
    pub by: String,
    /// Why.
    pub reason: ErasureReason,
    /// The reason in words. It outlives the erasure: the caller makes sure that nothing of the person stands in it.
    pub words: Option<String>,
}

/// What an erasure did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    /// The opaque ids of the destroyed keys.
    pub keys: Vec<SubjectKeyId>,
    /// How many events can no longer be opened by anybody. They stay in the chain.
    pub events: u64,
    /// How many original files were removed.
    pub originals: u64,
}

/// A log of sealed events with its projections and blobs.
///
/// Implemented by [`SqliteStore`](crate::SqliteStore); a store on a database server stands behind the same trait.
pub trait Store: Send + Sync {
    /// Appends records, all or none of them. When this returns, they are on disk and covered by a signed checkpoint.
    ///
    /// Batches of several threads that wait for the head lock are committed together.
    ///
    /// # Errors
    /// Nothing was stored, or (only where the checkpoint could not be written after the commit) a retry with the same event ids
    /// answers [`Repeated`](crate::Recorded::Repeated).
    fn append(&self, batch: Vec<Record>) -> Result<Vec<Receipt>>;

    /// Where the log stands.
    ///
    /// # Errors
    /// Where the log cannot be read.
    fn head(&self) -> Result<Head>;

    /// Up to `limit` events behind a position, for readers that follow the log.
    ///
    /// # Errors
    /// Where an event cannot be read or opened.
    fn events(&self, after: Position, limit: usize) -> Result<Vec<Event>>;

    /// Subjects with events of some kinds behind a position, in no particular order, for readers who keep something derived in step.
    ///
    /// Who was erased since is not named: [`erased_since`](Store::erased_since) tells whether anybody was.
    ///
    /// # Errors
    /// Where the log cannot be read or an id cannot be opened.
    fn touched(&self, after: Position, kinds: &[&str]) -> Result<Vec<SubjectId>>;

    /// The hash of the event at a position, which covers all events before it; `None` where the log does not reach so far. By it a
    /// reader knows whether the log is still the one it followed.
    ///
    /// # Errors
    /// Where the log cannot be read.
    fn link_at(&self, position: Position) -> Result<Option<ContentHash>>;

    /// Whether an erasure was completed behind a position.
    ///
    /// # Errors
    /// Where the log cannot be read.
    fn erased_since(&self, after: Position) -> Result<bool>;

    /// Whether a subject is known and not erased.
    ///
    /// # Errors
    /// Where the keys cannot be read.
    fn knows(&self, subject: &SubjectId) -> Result<bool>;

    /// A key for something derived that lies beside the store, such as an index: without the store's keys it cannot be had, and
    /// every purpose has its own.
    ///
    /// # Errors
    /// Where the store's own key is not there.
    fn derived_key(&self, purpose: &'static str) -> Result<[u8; 32]>;

    /// All events of one subject, oldest first; empty where it is unknown or erased.
    ///
    /// # Errors
    /// Where an event cannot be read or opened.
    fn history(&self, subject: &SubjectId, others: Others) -> Result<Vec<Event>>;

    /// What a subject's scopes state now; `None` where it is unknown or erased.
    ///
    /// # Errors
    /// Where an event cannot be read or opened.
    fn facts(&self, subject: &SubjectId, others: Others) -> Result<Option<CurrentFacts>>;

    /// The latest assessment; `None` where there is none.
    ///
    /// # Errors
    /// Where the event cannot be read or opened.
    fn assessment(&self, subject: &SubjectId, others: Others) -> Result<Option<StoredAssessment>>;

    /// An original file.
    ///
    /// # Errors
    /// [`BlobMissing`](crate::StoreError::BlobMissing), [`BlobDamaged`](crate::StoreError::BlobDamaged),
    /// [`UnknownSubject`](crate::StoreError::UnknownSubject).
    fn original(&self, subject: &SubjectId, blob: &BlobRef) -> Result<Vec<u8>>;

    /// The state of a projection for one subject.
    ///
    /// # Errors
    /// Where it cannot be read or opened.
    fn state(&self, projection: &'static str, subject: &SubjectId) -> Result<Option<Vec<u8>>>;

    /// The states of a projection for all subjects, in no particular order.
    ///
    /// # Errors
    /// Where one cannot be read or opened.
    fn states(&self, projection: &'static str) -> Result<Vec<Vec<u8>>>;

    /// All subjects whose facts were recorded, in the order in which they became known.
    ///
    /// # Errors
    /// Where one cannot be read or opened.
    fn subjects(&self) -> Result<Vec<SubjectSummary>>;

    /// What is known of one subject at a glance; `None` where it is unknown or erased.
    ///
    /// # Errors
    /// Where it cannot be read or opened.
    fn summary(&self, subject: &SubjectId) -> Result<Option<SubjectSummary>>;

    /// Erases subjects: destroys their keys, purges what is derived from them, removes their original files.
    ///
    /// # Errors
    /// [`UnknownSubject`](crate::StoreError::UnknownSubject) before anything is done; after any other error the erasure is
    /// completed by the next write, or when the store is next opened.
    fn erase(&self, subjects: &[SubjectId], order: &Erasure) -> Result<Erased>;

    /// Copies log and original files, without any key, into a new folder.
    ///
    /// # Errors
    /// Where the folder is not empty or cannot be written.
    fn backup(&self, folder: &Path) -> Result<Head>;

    /// Stores what an application says. The same application recorded again adds nothing.
    ///
    /// # Errors
    /// As [`append`](Store::append).
    fn record_subject(&self, record: SubjectRecord) -> Result<Receipt> {
        self.append_one(Record::Subject(record))
    }

    /// Stores an assessment with the lens's answers.
    ///
    /// # Errors
    /// As [`append`](Store::append).
    fn record_assessment(&self, record: AssessmentRecord) -> Result<Receipt> {
        self.append_one(Record::Assessment(Box::new(record)))
    }

    /// Stores one record.
    ///
    /// # Errors
    /// As [`append`](Store::append).
    fn append_one(&self, record: Record) -> Result<Receipt> {
        let receipts = self.append(vec![record])?;
        // Invariant: an append answers with one receipt per record.
        Ok(receipts.first().copied().unwrap_or(Receipt { outcome: crate::Recorded::Unchanged, position: Position::START }))
    }

    /// The dossier of a subject: all facts that its scopes state now; `None` where it is unknown or erased.
    ///
    /// # Errors
    /// As [`facts`](Store::facts).
    fn dossier(&self, subject: &SubjectId) -> Result<Option<Dossier>> {
        let facts = self.facts(subject, Others::Named)?;
        Ok(facts.map(|now| Dossier::new(subject.clone(), now.facts.into_iter().map(|(_, known)| known.fact).collect())))
    }

    /// Subjects whose id or name contains a text, without regard to case; the one with exactly that id first; at most `limit`.
    ///
    /// # Errors
    /// As [`subjects`](Store::subjects).
    fn find(&self, text: &str, limit: usize) -> Result<Vec<SubjectSummary>> {
        let wanted = text.trim().to_lowercase();
        let mut found: Vec<_> = self
            .subjects()?
            .into_iter()
            .filter(|summary| {
                summary.subject.as_str().to_lowercase().contains(&wanted) || summary.display_name.to_lowercase().contains(&wanted)
            })
            .collect();
        found.sort_by_key(|summary| summary.subject.as_str() != text.trim());
        found.truncate(limit);
        Ok(found)
    }
}
