//! A case: what the events on one subject come to.

use std::{collections::BTreeSet, fmt, str::FromStr};

use bonafide_model::{
    assessment::{Assessment, Band, Weight},
    check::{Family, Strength},
    finding::ComparedKind,
    id::{CheckCode, SubjectId},
};
use bonafide_store::{Body, Event, OtherEvent, Position, Projector};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::events::{Decided, DecisionCode, Held, HoldKind, Opened, Reopened, UPCASTERS, kind};

/// Number of a case: the position in the log at which it was opened. It tells nothing of the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct CaseId(pub u64);

impl fmt::Display for CaseId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "C-{}", self.0)
    }
}

impl FromStr for CaseId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.strip_prefix("C-").or_else(|| text.strip_prefix("c-"));
        digits.and_then(|digits| digits.parse().ok()).map(Self).ok_or_else(|| format!("'{text}' is no case number such as C-17"))
    }
}

impl From<CaseId> for String {
    fn from(id: CaseId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for CaseId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Somebody must look.
    Open,
    /// Security or compliance must look.
    Escalated,
    /// Something must come in first.
    Held,
    /// The subject was asked.
    Asked,
    /// Nobody is needed.
    Closed,
}

impl Status {
    /// The name used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Escalated => "escalated",
            Self::Held => "held",
            Self::Asked => "asked",
            Self::Closed => "closed",
        }
    }

    const fn after(code: DecisionCode) -> Self {
        match code {
            DecisionCode::Asked => Self::Asked,
            DecisionCode::Held => Self::Held,
            DecisionCode::Escalated => Self::Escalated,
            DecisionCode::Cleared
            | DecisionCode::Rejected
            | DecisionCode::Confirmed
            | DecisionCode::Withdrawn
            | DecisionCode::Lapsed => Self::Closed,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A case at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its number.
    pub id: CaseId,
    /// The subject.
    pub subject: SubjectId,
    /// The name shown in tables.
    pub name: String,
    /// Where it stands.
    pub status: Status,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When something last happened, looking and exporting aside.
    pub last_at: Timestamp,
    /// Position of that.
    pub last: Position,
    /// What the data is processed for.
    pub purpose: String,
    /// On what lawful basis.
    pub lawful_basis: String,
    /// The latest assessment.
    pub assessed: Option<Assessed>,
    /// The latest decision.
    pub decision: Option<Decision>,
    /// Number of decisions.
    pub decisions: u32,
    /// Number of notes.
    pub notes: u32,
    /// Why it was reopened after the latest decision, if it was.
    pub reopened: Option<String>,
    /// The legal hold, if any.
    pub hold: Option<Hold>,
}

/// The latest assessment of a case at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessed {
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
    /// Checks that found something, sorted.
    pub codes: BTreeSet<CheckCode>,
    /// Of these, the ones of medium strength or more.
    pub substantial: BTreeSet<CheckCode>,
    /// Whether an entry of a watch list was confirmed by more than a name.
    pub listed: bool,
    /// Entries of watch lists that resemble a name and nothing else, each with what it said: questions to compliance.
    #[serde(default)]
    pub questions: BTreeSet<String>,
}

impl Assessed {
    fn of(position: Position, at: Timestamp, assessment: &Assessment) -> Self {
        let codes = |strong: bool| {
            let findings = assessment.findings.iter().filter(|finding| !strong || finding.strength >= Strength::Medium);
            findings.map(|finding| finding.code).collect()
        };
        let listed = assessment.findings.iter().any(|finding| {
            finding.family == Family::Sanctions
                && finding.counted > Weight::ZERO
                && finding.evidence.iter().any(|evidence| evidence.compared_with.kind == ComparedKind::ListEntry)
        });
        Self {
            position,
            at,
            as_of: assessment.as_of,
            band: assessment.band,
            weight: assessment.weight,
            codes: codes(false),
            substantial: codes(true),
            listed,
            questions: questions(assessment),
        }
    }
}

/// Listed parties that resemble a name and nothing else. One that changed is another one: whoever cleared it saw what it said then.
fn questions(assessment: &Assessment) -> BTreeSet<String> {
    let alone = assessment.findings.iter().filter(|finding| finding.name_alone);
    let entries = alone.flat_map(|finding| &finding.evidence).map(|evidence| &evidence.compared_with);
    entries
        .filter(|compared| compared.kind == ComparedKind::ListEntry)
        .map(|compared| format!("{}@{}", compared.id, compared.content.as_deref().unwrap_or(&compared.version)))
        .collect()
}

/// The latest decision of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What.
    pub code: DecisionCode,
    /// Who.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// The recommendation as it was then.
    pub band: Option<Band>,
    /// The findings of medium strength or more as they were then.
    pub substantial: BTreeSet<CheckCode>,
    /// The questions to compliance as they were then, see [`Assessed::questions`].
    #[serde(default)]
    pub questions: BTreeSet<String>,
}

/// A legal hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Kind.
    pub kind: HoldKind,
    /// Who set it.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

impl Case {
    /// Why a new assessment needs somebody although the case was closed in the subject's favour; `None` where it does not.
    #[must_use]
    pub fn reopened_by(&self, assessment: &Assessment) -> Option<String> {
        let decision = self
            .decision
            .as_ref()
            .filter(|decision| matches!(decision.code, DecisionCode::Cleared | DecisionCode::Lapsed | DecisionCode::Withdrawn))?;
        if self.status != Status::Closed {
            return None;
        }
        let before = decision.band.unwrap_or(Band::Clear);
        if assessment.band > before {
            return Some(format!("the recommendation rose from {before} to {}", assessment.band));
        }
        let now = Assessed::of(Position::START, Timestamp::UNIX_EPOCH, assessment);
        let asked: Vec<&str> =
            now.questions.difference(&decision.questions).filter_map(|question| question.split('@').next()).collect();
        if !asked.is_empty() {
            return Some(format!("resembles a listed party that is new or says something else now: {}", asked.join(", ")));
        }
        let new: Vec<_> = now.substantial.difference(&decision.substantial).map(ToString::to_string).collect();
        (!new.is_empty() && assessment.band > Band::Clear).then(|| format!("new findings: {}", new.join(", ")))
    }
}

/// What the projection holds of a subject: perhaps a case, perhaps only what came before one was opened.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Known {
    subject: Option<SubjectId>,
    name: Option<String>,
    assessed: Option<Assessed>,
    pub(crate) case: Option<Case>,
}

/// Name of the projection.
pub(crate) const PROJECTION: &str = "case";

/// The projection of events to cases. Give it to the store's options.
#[derive(Clone, Copy, Debug, Default)]
pub struct CaseProjector;

impl Projector for CaseProjector {
    fn name(&self) -> &'static str {
        PROJECTION
    }

    fn version(&self) -> u32 {
        2
    }

    fn fold(&self, state: Option<&[u8]>, event: &Event) -> Result<Option<Vec<u8>>, String> {
        let mut known: Known = match state {
            Some(state) => serde_json::from_slice(state).map_err(|error| error.to_string())?,
            None => Known::default(),
        };
        let Some(at) = event.at else { return Ok(state.map(<[u8]>::to_vec)) };
        known.take(event, at).map_err(|error| error.to_string())?;
        serde_json::to_vec(&known).map(Some).map_err(|error| error.to_string())
    }
}

impl Known {
    fn take(&mut self, event: &Event, at: Timestamp) -> bonafide_store::Result<()> {
        match &event.body {
            Body::Opened(opened) => self.subject = Some(opened.subject.clone()),
            Body::Assessed(assessed) => {
                let assessment = &assessed.assessment;
                self.name = Some(assessment.display_name.clone());
                self.assessed = Some(Assessed::of(event.position, at, assessment));
                if let Some(case) = &mut self.case {
                    case.name.clone_from(&assessment.display_name);
                    case.assessed.clone_from(&self.assessed);
                }
            }
            Body::Other(other) => return self.take_own(event.position, at, other),
            Body::Facts(_) | Body::Erased(_) | Body::Unreadable { .. } => {}
        }
        if let Some(case) = &mut self.case {
            (case.last, case.last_at) = (event.position, at);
        }
        Ok(())
    }

    fn take_own(&mut self, position: Position, at: Timestamp, event: &OtherEvent) -> bonafide_store::Result<()> {
        fn read<T: DeserializeOwned>(event: &OtherEvent) -> bonafide_store::Result<T> {
            event.read(UPCASTERS)
        }
        if event.kind == kind::OPENED && self.case.is_none() {
            let opened: Opened = read(event)?;
            let subject = self.subject.clone().unwrap_or_else(|| SubjectId::new(""));
            self.case = Some(Case {
                id: CaseId(position.0),
                name: self.name.clone().unwrap_or_else(|| subject.to_string()),
                subject,
                status: Status::Open,
                opened_at: at,
                last_at: at,
                last: position,
                purpose: opened.purpose,
                lawful_basis: opened.lawful_basis,
                assessed: self.assessed.clone(),
                decision: None,
                decisions: 0,
                notes: 0,
                reopened: None,
                hold: None,
            });
            return Ok(());
        }
        let Some(case) = &mut self.case else { return Ok(()) };
        match event.kind.as_str() {
            kind::DECIDED => {
                let Decided { code, by, reason } = read(event)?;
                let seen = case.assessed.as_ref();
                let (band, substantial) = seen.map(|seen| (seen.band, seen.substantial.clone())).unzip();
                let questions = seen.map(|seen| seen.questions.clone()).unwrap_or_default();
                case.status = Status::after(code);
                case.decisions += 1;
                case.reopened = None;
                case.decision =
                    Some(Decision { code, by, reason, at, band, substantial: substantial.unwrap_or_default(), questions });
            }
            kind::REOPENED => {
                case.status = Status::Open;
                case.reopened = Some(read::<Reopened>(event)?.reason);
            }
            kind::CLOSED => case.status = Status::Closed,
            kind::NOTED => case.notes += 1,
            kind::HELD => {
                let Held { kind, by, reason } = read(event)?;
                case.hold = Some(Hold { kind, by, reason, at });
            }
            kind::RELEASED => case.hold = None,
            // Looking at a case and exporting it change nothing of it, and not its age either.
            _ => return Ok(()),
        }
        (case.last, case.last_at) = (position, at);
        Ok(())
    }
}
