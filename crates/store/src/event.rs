//! Events as their readers see them, and the records from which they are made.

use bonafide_model::{ContentHash, assessment::Assessment, id::SubjectId, lens::Asked};
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    error::{Result, StoreError},
    id::{EventId, Position, SubjectKeyId},
    payload::{Assessed, FactsRecorded, RecordedFact, SubjectErased, SubjectOpened, Upcasters},
};

/// One event of the log, opened.
#[derive(Clone, Debug)]
pub struct Event {
    /// Where it stands in the log.
    pub position: Position,
    /// When it was appended, by the writer's clock. `None` where the event can no longer be opened.
    pub at: Option<Timestamp>,
    /// The opaque id of the key it is sealed under.
    pub key: SubjectKeyId,
    /// The subject; `None` for events of the store itself and of erased subjects.
    pub subject: Option<SubjectId>,
    /// What happened.
    pub body: Body,
    /// Hash of the payload as stored, before references are resolved; recognises a payload that was stored before.
    pub digest: ContentHash,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Body {
    /// A subject became known.
    Opened(SubjectOpened),
    /// Facts and original files were recorded.
    Facts(FactsRecorded),
    /// The subject was assessed.
    Assessed(Box<Assessed>),
    /// A subject was erased.
    Erased(SubjectErased),
    /// An event of a caller's own kind.
    Other(OtherEvent),
    /// An event of an erased subject: its key is gone.
    Unreadable {
        /// Its kind.
        kind: String,
    },
}

impl Body {
    /// Name of the kind.
    #[must_use]
    pub fn kind(&self) -> &str {
        use crate::payload::kind;
        match self {
            Self::Opened(_) => kind::OPENED,
            Self::Facts(_) => kind::FACTS,
            Self::Assessed(_) => kind::ASSESSED,
            Self::Erased(_) => kind::ERASED,
            Self::Other(other) => &other.kind,
            Self::Unreadable { kind } => kind,
        }
    }
}

/// An event of a caller's own kind.
#[derive(Clone, Debug)]
pub struct OtherEvent {
    /// Kind, such as `case.decided`.
    pub kind: String,
    /// Version of the payload.
    pub version: u16,
    /// The payload, as JSON.
    pub json: Vec<u8>,
    /// Where the event stands, for messages.
    pub(crate) position: Position,
}

impl OtherEvent {
    /// Reads the payload, bringing an old version up.
    ///
    /// # Errors
    /// [`StoreError::Payload`] and [`StoreError::NewerPayload`].
    pub fn read<T: DeserializeOwned>(&self, upcasters: Upcasters) -> Result<T> {
        upcasters.read(self.position, &self.kind, self.version, &self.json)
    }
}

/// Something to be stored. A batch of records is appended as a whole or not at all.
#[derive(Clone, Debug)]
pub enum Record {
    /// Facts and original files of a subject.
    Subject(SubjectRecord),
    /// An assessment with the lens's answers.
    Assessment(Box<AssessmentRecord>),
    /// An event of the caller's own kind.
    Event(EventRecord),
}

/// Facts and original files of a subject.
#[derive(Clone, Debug)]
pub struct SubjectRecord {
    /// The subject.
    pub subject: SubjectId,
    /// Who speaks, such as `application` or `interview`. Facts of one scope do not touch those of another.
    pub scope: String,
    /// The facts, each with its provenance. Facts that the scope stated before are not stored again.
    pub facts: Vec<RecordedFact>,
    /// Original files. A file with the same name and bytes is not stored again.
    pub originals: Vec<Original>,
    /// Whether this is all that the scope now says: what it stated before and does not state now leaves the dossier. The log keeps it.
    pub whole: bool,
    /// Makes a retry idempotent; not needed for whole records, which are idempotent by content.
    pub event: Option<EventId>,
}

impl SubjectRecord {
    /// All that an application now says.
    #[must_use]
    pub fn application(subject: SubjectId, facts: Vec<RecordedFact>, originals: Vec<Original>) -> Self {
        Self { subject, scope: "application".into(), facts, originals, whole: true, event: None }
    }
}

/// An original file to be kept.
#[derive(Clone, Debug)]
pub struct Original {
    /// Its path inside the application, as the applicant named it: foreign text.
    pub name: String,
    /// Its bytes, at most [`BLOB_LIMIT`](crate::BLOB_LIMIT).
    pub bytes: Vec<u8>,
}

/// An assessment with the lens's answers. What they say of other subjects is sealed under those subjects' keys.
#[derive(Clone, Debug)]
pub struct AssessmentRecord {
    /// The assessment; its subject is the owner of the record.
    pub assessment: Assessment,
    /// Every question asked, and its answer.
    pub asked: Vec<Asked>,
    /// Makes a retry idempotent. The same assessment in a row is stored once in any case.
    pub event: Option<EventId>,
}

/// An event of the caller's own kind.
#[derive(Clone, Debug)]
pub struct EventRecord {
    /// The subject under whose key it is sealed; `None`: the store's own key.
    pub subject: Option<SubjectId>,
    /// Kind, such as `case.decided`. It stands in clear, so it must tell nothing of the person.
    pub kind: &'static str,
    /// Version of the payload, from 1.
    pub version: u16,
    /// The payload, as JSON.
    pub json: Vec<u8>,
    /// Other subjects whose ids may stand in the payload's texts; they are stored as references.
    pub mentions: Vec<SubjectId>,
    /// Makes a retry idempotent.
    pub event: EventId,
}

impl EventRecord {
    /// An event with a serialisable payload.
    ///
    /// # Errors
    /// [`StoreError::Encode`] where the payload cannot be written as JSON.
    pub fn new<T: Serialize>(
        subject: Option<SubjectId>,
        kind: &'static str,
        version: u16,
        payload: &T,
        event: EventId,
    ) -> Result<Self> {
        let json = serde_json::to_vec(payload).map_err(|source| StoreError::Encode { what: kind.into(), source })?;
        Ok(Self { subject, kind, version, json, mentions: Vec::new(), event })
    }
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Whether anything was added.
    pub outcome: Recorded,
    /// Position of the event that holds the record, this time or before.
    pub position: Position,
}

/// Whether a record added anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// It was appended.
    Added,
    /// It says nothing that the store did not know.
    Unchanged,
    /// An event with this id was stored before: a retry.
    Repeated,
}
