//! Projections: per subject, a state folded from its events, sealed under the subject's key.
//!
//! They are written in the same transaction as the events, can be rebuilt from the log, and are purged before an erasure is
//! acknowledged. Nothing of a person stands in clear in them, so there is no index to search for values: lists are opened and
//! sorted in memory.

use std::fmt;

use bonafide_model::{
    ContentHash,
    assessment::{Assessment, Band, Weight},
    id::SubjectId,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    event::{Body, Event},
    id::Position,
};

/// Folds a subject's events into a state.
pub trait Projector: Send + Sync + fmt::Debug {
    /// Name of the projection; it stands in clear.
    fn name(&self) -> &'static str;

    /// Version of the fold: with another version than stored, the projection is rebuilt when the store is opened.
    fn version(&self) -> u32;

    /// The state after an event; `None`: no state. The fold must depend on nothing but its arguments.
    ///
    /// References to other subjects stand in the texts of a caller's event as tokens; a state that is JSON may hold such texts, and
    /// they are resolved when the state is read. From an assessment only what it says of its own subject may go into a state:
    /// what it says of others changes when they are erased.
    ///
    /// # Errors
    /// Why the event cannot be folded, in words.
    fn fold(&self, state: Option<&[u8]>, event: &Event) -> Result<Option<Vec<u8>>, String>;
}

/// What is known of a subject at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectSummary {
    /// Its id.
    pub subject: SubjectId,
    /// The name shown in tables: that of the latest assessment, otherwise the id.
    pub display_name: String,
    /// Position of its first event.
    pub opened: Position,
    /// When it became known.
    pub opened_at: Timestamp,
    /// Position of its last event.
    pub last: Position,
    /// When that was.
    pub last_at: Timestamp,
    /// Whether facts were ever recorded; otherwise it is known only because another subject's evidence names it.
    pub recorded: bool,
    /// The latest assessment.
    pub assessment: Option<AssessmentSummary>,
}

/// The latest assessment at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentSummary {
    /// Position of its event.
    pub position: Position,
    /// When it was stored.
    pub at: Timestamp,
    /// The lens's day.
    pub as_of: Date,
    /// Recommendation.
    pub band: Band,
    /// Sum of what was counted.
    pub weight: Weight,
    /// Hash of the payload as stored.
    pub digest: ContentHash,
}

impl AssessmentSummary {
    fn of(event: &Event, at: Timestamp, assessment: &Assessment) -> Self {
        Self {
            position: event.position,
            at,
            as_of: assessment.as_of,
            band: assessment.band,
            weight: assessment.weight,
            digest: event.digest,
        }
    }
}

/// The store's own projection.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Summaries;

/// Its name.
pub(crate) const SUMMARY: &str = "subject";

impl Projector for Summaries {
    fn name(&self) -> &'static str {
        SUMMARY
    }

    fn version(&self) -> u32 {
        1
    }

    fn fold(&self, state: Option<&[u8]>, event: &Event) -> Result<Option<Vec<u8>>, String> {
        let Some(at) = event.at else { return Ok(state.map(<[u8]>::to_vec)) };
        let mut summary: SubjectSummary = match (state, &event.body) {
            (Some(state), _) => serde_json::from_slice(state).map_err(|error| error.to_string())?,
            (None, Body::Opened(opened)) => SubjectSummary {
                subject: opened.subject.clone(),
                display_name: opened.subject.to_string(),
                opened: event.position,
                opened_at: at,
                last: event.position,
                last_at: at,
                recorded: false,
                assessment: None,
            },
            (None, _) => return Err("the subject was not opened before".into()),
        };
        summary.last = event.position;
        summary.last_at = at;
        match &event.body {
            Body::Facts(_) => summary.recorded = true,
            Body::Assessed(assessed) => {
                summary.display_name.clone_from(&assessed.assessment.display_name);
                summary.assessment = Some(AssessmentSummary::of(event, at, &assessed.assessment));
            }
            _ => {}
        }
        serde_json::to_vec(&summary).map(Some).map_err(|error| error.to_string())
    }
}
