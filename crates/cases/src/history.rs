//! What happened to a case, in order.

use bonafide_model::assessment::{Band, Weight};
use bonafide_store::{Body, Event, OtherEvent, Position};
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use crate::events::{Closed, Decided, Exported, Held, Noted, Opened, Released, Reopened, UPCASTERS, Viewed, kind};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// Position in the log.
    pub position: Position,
    /// When.
    pub at: Timestamp,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    /// Facts and original files were recorded.
    Recorded {
        /// Who spoke, such as `application`.
        scope: String,
        /// Facts added.
        facts: usize,
        /// Facts that the scope no longer states.
        withdrawn: usize,
        /// Names of original files added or replaced.
        originals: Vec<String>,
    },
    /// The subject was assessed.
    Assessed {
        /// Recommendation.
        band: Band,
        /// Sum of what was counted.
        weight: Weight,
        /// Codes of the checks that found something.
        findings: Vec<String>,
    },
    /// The case was opened.
    Opened(Opened),
    /// Somebody wrote something down.
    Noted(Noted),
    /// A person decided.
    Decided(Decided),
    /// The case needs somebody again.
    Reopened(Reopened),
    /// The case was closed without a further decision.
    Closed(Closed),
    /// A legal hold was set.
    Held(Held),
    /// A legal hold was released.
    Released(Released),
    /// An evidence package was written.
    Exported(Exported),
    /// Somebody looked.
    Viewed(Viewed),
}

impl What {
    /// Whether it is part of the audit trail only, and changes nothing of the case.
    #[must_use]
    pub const fn is_audit(&self) -> bool {
        matches!(self, Self::Exported(_) | Self::Viewed(_))
    }
}

/// The entries of a subject's events; events of other kinds are not part of the case.
pub(crate) fn entries(events: Vec<Event>) -> bonafide_store::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for event in events {
        let (Some(at), position) = (event.at, event.position) else { continue };
        if let Some(what) = what(event.body)? {
            entries.push(Entry { position, at, what });
        }
    }
    Ok(entries)
}

fn what(body: Body) -> bonafide_store::Result<Option<What>> {
    Ok(match body {
        Body::Facts(recorded) => Some(What::Recorded {
            scope: recorded.scope,
            facts: recorded.added.iter().map(|group| group.facts.len()).sum(),
            withdrawn: recorded.withdrawn.len(),
            originals: recorded.blobs.into_iter().map(|blob| blob.name).collect(),
        }),
        Body::Assessed(assessed) => Some(What::Assessed {
            band: assessed.assessment.band,
            weight: assessed.assessment.weight,
            findings: assessed.assessment.findings.iter().map(|finding| finding.code.to_string()).collect(),
        }),
        Body::Other(other) => own(&other)?,
        Body::Opened(_) | Body::Erased(_) | Body::Unreadable { .. } => None,
    })
}

fn own(event: &OtherEvent) -> bonafide_store::Result<Option<What>> {
    fn read<T: DeserializeOwned>(event: &OtherEvent) -> bonafide_store::Result<T> {
        event.read(UPCASTERS)
    }
    Ok(Some(match event.kind.as_str() {
        kind::OPENED => What::Opened(read(event)?),
        kind::NOTED => What::Noted(read(event)?),
        kind::DECIDED => What::Decided(read(event)?),
        kind::REOPENED => What::Reopened(read(event)?),
        kind::CLOSED => What::Closed(read(event)?),
        kind::HELD => What::Held(read(event)?),
        kind::RELEASED => What::Released(read(event)?),
        kind::EXPORTED => What::Exported(read(event)?),
        kind::VIEWED => What::Viewed(read(event)?),
        _ => return Ok(None),
    }))
}
