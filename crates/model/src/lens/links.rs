//! Answers of the link graph: other subjects by id, never their values.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::time::PartialDate;

/// Who else holds a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holders {
    /// Other subjects that hold the value, by id, sorted; at most twenty.
    pub subjects: Vec<Holder>,
    /// How many hold it altogether, the asking subject not counted.
    pub count: u32,
    /// Set where the value is too common to tell anything: shared by N, ignored; with the reason.
    pub ignored: Option<String>,
}

/// Another subject that holds a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Its id.
    pub subject: String,
    /// Whether it goes by the same name as the asking subject.
    pub same_name: bool,
    /// Whether it is held to be the same person.
    pub same_person: bool,
    /// When it applied.
    pub applied_on: Option<Date>,
    /// Why the sharing may be ordinary: `household`, `agency`, `campus` …
    pub benign: Option<String>,
    /// Whether a person confirmed misrepresentation in its case.
    pub known_bad: bool,
    /// Logarithm, in hundredths of a bit, of the odds that one hand is behind both subjects: by this value alone, or by all they
    /// share where the link graph holds both in one ring. Above zero it is more likely than not. `None` where nothing weighed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub odds: Option<i32>,
}

/// A ring that a subject belongs to, or a way to somebody who was confirmed to have misrepresented.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tied {
    /// Whether it is a ring or a way.
    pub form: TieForm,
    /// Id of the ring, or of the subject at the end of the way.
    pub to: String,
    /// Personas in the ring, the subject's own counted; steps of the way.
    pub size: u32,
    /// Logarithm of the odds, in hundredths of a bit.
    pub odds: i32,
    /// What ties the subject to others, the strongest first; for a way its first step.
    pub ties: Vec<Tie>,
    /// Whether a person confirmed misrepresentation in the case of one of them.
    pub known_bad: bool,
    /// Version of the link graph.
    pub version: String,
}

/// Forms of being tied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieForm {
    /// Personas with one hand behind them.
    Ring,
    /// A chain of what is shared.
    Way,
}

/// What ties a subject to another one: a value that both hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// The other subject.
    pub subject: String,
    /// What kind of value it is.
    pub what: TieKind,
    /// The value in canonical form; the subject's own as well as the other's.
    pub value: String,
    /// Persons who hold it.
    pub holders: u32,
    /// What it speaks for one hand, in hundredths of a bit, after what is innocent about it was taken off.
    pub weight: i32,
}

/// Kinds of values that tie subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieKind {
    /// Telephone number.
    Phone,
    /// Device.
    Device,
    /// Network address.
    Ip,
    /// Wallet.
    Wallet,
    /// Picture, or one that looks alike.
    Avatar,
    /// Mailbox, of the application or of own commits.
    Mailbox,
    /// Account on a service; one that is not the code host's with the service before it, as `telegram:name`.
    Account,
    /// Hidden root of a document's revisions.
    DocumentRoot,
    /// The word that logins and mailboxes say besides their owners' names.
    Alias,
    /// Sentences of the résumé.
    Phrases,
    /// Employers claimed.
    Employers,
}

impl TieKind {
    /// The name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phone => "telephone number",
            Self::Device => "device",
            Self::Ip => "network address",
            Self::Wallet => "wallet",
            Self::Avatar => "picture",
            Self::Mailbox => "mailbox",
            Self::Account => "account",
            Self::DocumentRoot => "document root",
            Self::Alias => "login word",
            Self::Phrases => "sentences",
            Self::Employers => "employers",
        }
    }
}

/// A cluster, ring or path that the link graph knows for the subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkHit {
    /// Id of the cluster, ring or subject at the end of the path.
    pub id: String,
    /// `cluster`, `ring`, `subject`, `persona`.
    pub kind: String,
    /// Name of the cluster.
    pub cluster: Option<String>,
    /// What they share, in words.
    pub shares: Vec<String>,
    /// Weight in hundredths of a bit as the link graph computed it.
    pub weight: i32,
    /// Version of the link graph.
    pub version: String,
}

/// How another application of the same person tells its career.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherTelling {
    /// The other application.
    pub subject: String,
    /// When it was handed in.
    pub applied_on: Option<Date>,
    /// Its jobs, of one document; at most forty.
    pub jobs: Vec<ToldJob>,
    /// Its schools as written; at most forty.
    pub schools: Vec<String>,
}

/// A job as another application tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldJob {
    /// Employer as written.
    pub employer: String,
    /// First month or year.
    pub start: Option<PartialDate>,
}

/// A worker who was dismissed lately.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DismissalHit {
    /// Subject id of the worker.
    pub subject: String,
    /// Day of dismissal.
    pub on: Date,
    /// What is shared.
    pub shares: Vec<String>,
}
