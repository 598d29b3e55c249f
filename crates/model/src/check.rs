//! What a check is and what it may answer.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{dossier::Dossier, fact::FactKind, finding::Finding, id::CheckCode, lens::Lens};

/// The stage of hiring a check belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The application form and the messages around it.
    Application,
    /// The résumé, as text and as document.
    Resume,
    /// Accounts, code and traces on the open web.
    OnlinePresence,
    /// Where pay goes.
    Payment,
    /// Identity documents.
    Documents,
}

impl Stage {
    /// The name used in files and folders.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Resume => "resume",
            Self::OnlinePresence => "online_presence",
            Self::Payment => "payment",
            Self::Documents => "documents",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// How much one finding alone may move a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Ordinary people often look like this.
    Weak,
    /// Reason for a neutral question.
    Medium,
    /// Reason to look first at this one.
    Strong,
}

impl Strength {
    /// The name used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Medium => "medium",
            Self::Strong => "strong",
        }
    }
}

impl fmt::Display for Strength {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// Where a check stands in its life. A retired check keeps its code for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// New: runs and is shown, weight may still change.
    Preview,
    /// Weight and meaning are settled.
    Stable,
    /// Still runs, will go; the text says what to use instead.
    Deprecated,
}

impl Status {
    /// The name used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Preview => "preview",
            Self::Stable => "stable",
            Self::Deprecated => "deprecated",
        }
    }
}

/// Checks whose findings tend to come together. What a family adds is capped, so that one circumstance is one witness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Shapes of addresses and handles.
    AddressPattern,
    /// Kind, age and provenance of contact data.
    Contact,
    /// Traits of browser and form.
    Client,
    /// Traits of the network address.
    Network,
    /// Conduct during the process.
    Process,
    /// Pay.
    Pay,
    /// Dates, durations, employers and schools of the history.
    History,
    /// Two sources about one thing disagree: names, profiles, versions of a résumé.
    Contradiction,
    /// The document as a file.
    Document,
    /// Wording.
    Wording,
    /// Pictures.
    Picture,
    /// Authorship of code: copies, rewritten histories.
    CodeHistory,
    /// Identities in commits.
    CommitIdentity,
    /// Clocks of commits.
    CommitClock,
    /// Shape of online accounts.
    Account,
    /// Traces of the person on the open web.
    Footprint,
    /// Conduct on freelancing platforms.
    Platform,
    /// Links to other subjects.
    Link,
    /// Indicators from partners.
    Intel,
    /// Sanctions lists.
    Sanctions,
}

/// Properties of a check that the engine and its readers must know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// Counts only together with a finding of another family.
    pub never_alone: bool,
    /// False-alarm rates by region are watched: the trait is commoner among some honest groups.
    pub fairness: bool,
    /// A person answers part of it.
    pub guided: bool,
    /// Uses biometrics; needs consent on record.
    pub biometric: bool,
    /// Does not run unless the operator turns it on.
    pub off_by_default: bool,
}

impl Flags {
    /// No flag.
    pub const NONE: Self = Self { never_alone: false, fairness: false, guided: false, biometric: false, off_by_default: false };

    /// The set flags' names, in a fixed order.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        [
            (self.never_alone, "never-alone"),
            (self.fairness, "fairness"),
            (self.guided, "guided"),
            (self.biometric, "biometric"),
            (self.off_by_default, "off-by-default"),
        ]
        .into_iter()
        .filter_map(|(set, name)| set.then_some(name))
        .collect()
    }
}

/// What is known about a check without running it.
#[derive(Debug)]
pub struct CheckMeta {
    /// Code, unique and never reused.
    pub code: CheckCode,
    /// Short name for addresses and file names: lower-case words joined by hyphens.
    pub slug: &'static str,
    /// Stage of hiring.
    pub stage: Stage,
    /// What a finding is called, such as *Technology older than itself*.
    pub title: &'static str,
    /// One sentence: what is compared with what.
    pub summary: &'static str,
    /// First version with this check.
    pub since: &'static str,
    /// Life cycle.
    pub status: Status,
    /// The most one finding may count.
    pub strength: Strength,
    /// Family for the cap.
    pub family: Family,
    /// Kinds of facts it reads; where none is present it answers *not applicable*.
    pub facts: &'static [FactKind],
    /// Properties.
    pub flags: Flags,
}

/// The documentation of a check, cut from its doc comment when the catalogue is built.
#[derive(Debug)]
pub struct CheckDoc {
    /// *What it finds*, as Markdown.
    pub finds: &'static str,
    /// *Why it matters*, as Markdown.
    pub matters: &'static str,
    /// *Innocent explanations*, one item each.
    pub innocent: &'static [&'static str],
    /// *What to ask next*, one item each.
    pub ask: &'static [&'static str],
    /// *Sources*, one item each.
    pub sources: &'static [&'static str],
    /// The source file, relative to the catalogue's crate.
    pub file: &'static str,
}

/// One check of the catalogue.
///
/// A check is a pure function of the dossier and the lens: the crate that holds the checks has neither clock nor network nor
/// files, and its lint configuration refuses them.
pub trait Check: Sync {
    /// What is known without running it.
    fn meta(&self) -> &'static CheckMeta;

    /// Its documentation.
    fn doc(&self) -> &'static CheckDoc;

    /// Runs it.
    ///
    /// # Errors
    /// An [`Early`] answer is not a failure: it lets a check leave with `?` where a fact or an answer of the lens is missing.
    fn run(&self, dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early>;
}

/// What a check answers.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It found something.
    Findings(Vec<Finding>),
    /// It looked and found nothing; the text says what was examined.
    Clear {
        /// What was examined.
        examined: String,
    },
    /// The dossier has nothing it could look at.
    NotApplicable {
        /// Why.
        why: String,
    },
    /// It would have looked, but something is missing.
    Inconclusive {
        /// What is missing.
        missing: Missing,
    },
}

impl Outcome {
    /// *Clear*, with what was examined.
    #[must_use]
    pub fn clear(examined: impl Into<String>) -> Self {
        Self::Clear { examined: examined.into() }
    }

    /// Findings, or *clear* where there are none.
    #[must_use]
    pub fn of(findings: Vec<Finding>, examined: impl Into<String>) -> Self {
        if findings.is_empty() { Self::clear(examined) } else { Self::Findings(findings) }
    }
}

impl From<Early> for Outcome {
    fn from(early: Early) -> Self {
        match early {
            Early::NotApplicable { why } => Self::NotApplicable { why },
            Early::Inconclusive { missing } => Self::Inconclusive { missing },
        }
    }
}

/// An answer with which a check may leave early.
#[derive(Clone, Debug)]
pub enum Early {
    /// See [`Outcome::NotApplicable`].
    NotApplicable {
        /// Why.
        why: String,
    },
    /// See [`Outcome::Inconclusive`].
    Inconclusive {
        /// What is missing.
        missing: Missing,
    },
}

impl Early {
    /// *Not applicable*, and why.
    #[must_use]
    pub fn not_applicable(why: impl Into<String>) -> Self {
        Self::NotApplicable { why: why.into() }
    }

    /// *Inconclusive*, and what is missing.
    #[must_use]
    pub fn inconclusive(need: Need, what: impl Into<String>) -> Self {
        Self::Inconclusive { missing: Missing::new(need, what) }
    }
}

impl From<Missing> for Early {
    fn from(missing: Missing) -> Self {
        Self::Inconclusive { missing }
    }
}

/// The surroundings a check may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// A watch list.
    WatchList,
    /// Indicators from partners.
    Intel,
    /// The link graph over all subjects.
    LinkGraph,
    /// Network data: ranges, VPN exits, geography.
    NetworkData,
    /// A reference table.
    ReferenceTable,
    /// More of the subject's own data, such as complete repositories or a second document.
    Facts,
    /// Evidence from the open web.
    Collector,
    /// The check itself failed.
    Check,
}

impl Need {
    /// The words shown to people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::WatchList => "watch list",
            Self::Intel => "intel",
            Self::LinkGraph => "link graph",
            Self::NetworkData => "network data",
            Self::ReferenceTable => "reference table",
            Self::Facts => "facts",
            Self::Collector => "collector",
            Self::Check => "check failed",
        }
    }
}

/// What is missing for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// The kind of surroundings.
    pub need: Need,
    /// What exactly, in words that follow "needs".
    pub what: String,
}

impl Missing {
    /// A missing thing.
    #[must_use]
    pub fn new(need: Need, what: impl Into<String>) -> Self {
        Self { need, what: what.into() }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "needs {}: {}", self.need.name(), self.what)
    }
}
