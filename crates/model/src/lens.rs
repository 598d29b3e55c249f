//! The lens: pinned answers to typed questions about the surroundings of a subject.
//!
//! A check never looks anything up. It asks the lens, and every question is recorded together with the hash of its answer, also
//! when the answer was "none". The record is at once the dependency set (what must be re-assessed when a list changes) and, sealed
//! together with the answers, the replay.

use std::cell::RefCell;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    check::{Missing, Need},
    hash::{Canonical, ContentHash},
    id::SubjectId,
    time::{PartialDate, YearMonth},
};

mod links;

pub use links::{DismissalHit, Holder, Holders, LinkHit, OtherTelling, Tie, TieForm, TieKind, Tied, ToldJob};

/// Kinds of identifiers that can be held, listed or shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentifierKind {
    /// Canonical e-mail address.
    Email,
    /// E.164 telephone number.
    Phone,
    /// Canonical wallet address.
    Wallet,
    /// GitHub login.
    Github,
    /// Handle on another service, `service:handle`.
    Handle,
    /// Network address.
    Ip,
    /// Device fingerprint.
    Device,
    /// Domain name.
    Domain,
    /// Name of a firm.
    Company,
    /// Avatar, by 64-bit perceptual hash.
    Avatar,
    /// Identity of a document: trailer id, XMP document id, rsid root, embedded picture.
    Document,
    /// Postal address.
    Address,
    /// Name of a person named as reference.
    ReferenceName,
    /// Package, `registry:name`.
    Package,
    /// Reference of a bank or payment account, letters and digits only.
    BankAccount,
    /// Number of an identity document, letters and digits only.
    IdentityDocument,
}

/// An identifier in canonical form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identifier {
    /// Kind.
    pub kind: IdentifierKind,
    /// Canonical value.
    pub value: String,
}

impl Identifier {
    /// An identifier.
    #[must_use]
    pub fn new(kind: IdentifierKind, value: impl Into<String>) -> Self {
        Self { kind, value: value.into() }
    }
}

/// The status of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorStatus {
    /// Somebody says so.
    Alleged,
    /// A vendor or agency reported it.
    Reported,
    /// Confirmed by a decision.
    Confirmed,
    /// The identity of a victim: its *use* is flagged, never its owner.
    Impersonated,
}

/// An indicator that equals, or nearly equals, an identifier of the subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorHit {
    /// Id of the indicator.
    pub id: String,
    /// Its canonical value.
    pub value: String,
    /// The cluster it belongs to.
    pub cluster: Option<String>,
    /// Source.
    pub source: String,
    /// Grade of the source.
    pub grade: String,
    /// Confidence, 0…100.
    pub confidence: u8,
    /// First seen, as the row states it.
    pub first_seen: String,
    /// Status.
    pub status: IndicatorStatus,
    /// Version of the intel store.
    pub version: String,
    /// Whether values are equal (as opposed to nearly equal).
    pub exact: bool,
}

/// What is looked for on watch lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// A natural person.
    #[default]
    Person,
    /// A firm, a school, any organisation.
    Organisation,
}

/// A question to the watch lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ListQuery {
    /// What is looked for.
    #[serde(default)]
    pub party: PartyKind,
    /// All names the party goes by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Date of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<PartialDate>,
    /// ISO country of residence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Exact identifiers: e-mail addresses, phones, wallets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// Numbers of identity documents, as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<String>,
}

/// An entry of a watch list that resembles the subject.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListHit {
    /// Id of the entry, such as `ofac:12345`.
    pub entry: String,
    /// The listed name that matched.
    pub name: String,
    /// Which list.
    pub list: String,
    /// Version of the list: its hash.
    pub version: String,
    /// Hash of what the list says of the entry: it outlives versions of the list that leave the entry as it was.
    pub entry_hash: String,
    /// How well the party fits altogether, in hundredths.
    pub score: u8,
    /// How well the names alone fit, in hundredths; `None` where no name came near and an identifier agrees.
    pub name_score: Option<u8>,
    /// How many of 10,000 ordinary names of this kind would fit as well; `None` where that is not known.
    pub namesakes: Option<u16>,
    /// Attributes besides the name that agree.
    pub agreements: Vec<ListAttribute>,
    /// Attributes that contradict.
    pub contradictions: Vec<ListAttribute>,
}

/// An attribute besides the name, and the two values that met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListAttribute {
    /// Which.
    pub what: ListAttributeKind,
    /// The subject's value, as it was asked.
    pub subject: String,
    /// The list's value.
    pub listed: String,
}

/// Attributes of a listed party besides its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListAttributeKind {
    /// The date of birth to the day.
    BirthDate,
    /// The date of birth as far as both are known: a month, a year, a span.
    BirthYear,
    /// A country.
    Country,
    /// The number of an identity document.
    Document,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A wallet.
    Wallet,
}

impl ListAttributeKind {
    /// The name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BirthDate => "date of birth",
            Self::BirthYear => "year of birth",
            Self::Country => "country",
            Self::Document => "document number",
            Self::Email => "e-mail address",
            Self::Phone => "telephone number",
            Self::Wallet => "wallet",
        }
    }

    /// Whether the attribute alone names one party.
    #[must_use]
    pub const fn identifies(self) -> bool {
        matches!(self, Self::Document | Self::Email | Self::Phone | Self::Wallet)
    }
}

/// A firm that listed parties own in part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnershipHit {
    /// Id of the firm's entry.
    pub entry: String,
    /// Its name there.
    pub name: String,
    /// Which list.
    pub list: String,
    /// Version of the list: its hash.
    pub version: String,
    /// Hash of what the list says of the firm.
    pub entry_hash: String,
    /// How well the names fit, in hundredths.
    pub score: u8,
    /// What its listed owners hold together, in hundredths of a percent.
    pub total: u16,
    /// The listed owners, the largest share first.
    pub owners: Vec<ListedOwner>,
}

/// A listed owner of a firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedOwner {
    /// Id of its entry.
    pub entry: String,
    /// Its name.
    pub name: String,
    /// Its part in hundredths of a percent; `None` where the list leaves it open.
    pub share: Option<u16>,
    /// Whether it is not listed itself, and counts because listed parties own it.
    pub indirect: bool,
}

/// Traits of a network address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IpTraits {
    /// Categories such as `vpn`, `datacenter`, `tor`, `relay`, `dprk`; sorted.
    pub categories: Vec<String>,
    /// The categories that were looked at; sorted. Of any other nothing is known.
    #[serde(default)]
    pub looked_at: Vec<String>,
    /// Source and version of the ranges.
    pub source: String,
}

/// Where a network address lies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IpPlace {
    /// ISO country.
    pub country: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Source and version of the database.
    pub source: String,
}

/// A firm in a register.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployerRecord {
    /// Name as registered.
    pub name: String,
    /// Year of foundation.
    pub founded: Option<i16>,
    /// Cities with an office, with the year it opened and the year it closed, where known.
    pub offices: Vec<(String, Option<i16>, Option<i16>)>,
    /// Whether the list of offices is complete.
    pub offices_complete: bool,
    /// Source and version.
    pub source: String,
}

/// A school in a directory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolRecord {
    /// Name as listed.
    pub name: String,
    /// Whether it is listed as a seller of degrees.
    pub degree_mill: bool,
    /// Year of foundation.
    pub founded: Option<i16>,
    /// Domains of the school's own mail.
    pub domains: Vec<String>,
    /// Telephone numbers of the registrar, E.164.
    pub phones: Vec<String>,
    /// Source and version.
    pub source: String,
}

/// A technology and when the public could first use it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TechnologyRecord {
    /// Name in the table.
    pub name: String,
    /// Month of first public availability.
    pub first_public: YearMonth,
    /// What was released then.
    pub note: String,
    /// Where the month of this row can be looked up; empty where the table does not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cited: String,
    /// Source and version.
    pub source: String,
}

/// What kind of mail provider a domain is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailProvider {
    /// Free mail for everybody.
    Free,
    /// Throw-away addresses.
    Disposable,
    /// Forwarding aliases.
    Alias,
    /// Not in the table: a firm, a school, a person's own domain.
    Other,
}

/// What kind of host a website's domain is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteHost {
    /// A free host where anyone puts pages under the host's domain.
    Free,
    /// Not in the table.
    Other,
}

/// A flagged package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageHit {
    /// Id of the advisory.
    pub id: String,
    /// Source and version.
    pub source: String,
}

macro_rules! questions {
    ($($(#[$doc:meta])* $method:ident: $variant:ident($question:ty) -> $reply:ty),* $(,)?) => {
        /// A question to the surroundings.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case", tag = "ask", content = "about")]
        pub enum Question {
            $($(#[$doc])* $variant($question),)*
        }

        /// The reply to a question of the same name.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case", tag = "reply", content = "is")]
        pub enum Reply {
            $($(#[$doc])* $variant($reply),)*
        }

        impl Lens<'_> {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// [`Missing`] where nothing is loaded that could answer.
                pub fn $method(&self, about: impl Into<$question>) -> Result<$reply, Missing> {
                    let about = about.into();
                    match self.ask(Question::$variant(about))? {
                        Reply::$variant(reply) => Ok(reply),
                        other => Err(Missing::new(Need::Check, format!("a reply to the question asked; got {other:?}"))),
                    }
                }
            )*
        }
    };
}

questions! {
    /// Indicators that equal or nearly equal an identifier.
    indicators: Indicators(Identifier) -> Vec<IndicatorHit>,
    /// Indicators that equal one of many identifiers (exact matches only), such as all accounts that an account follows.
    indicators_among: IndicatorsAmong(Vec<Identifier>) -> Vec<IndicatorHit>,
    /// Entries of watch lists that resemble the subject.
    list_hits: ListHits(ListQuery) -> Vec<ListHit>,
    /// Firms of that name that listed parties own in part.
    listed_owners: ListedOwners(String) -> Vec<OwnershipHit>,
    /// Who else holds a value.
    holders: Holders(Identifier) -> Holders,
    /// Clusters and rings an identifier belongs to.
    clusters: Clusters(Identifier) -> Vec<LinkHit>,
    /// Known templates that a document's fingerprint (by content hash) falls into.
    templates: Templates(String) -> Vec<LinkHit>,
    /// Subjects whose résumés share passages with the document (by content hash).
    shared_passages: SharedPassages(String) -> Vec<LinkHit>,
    /// Clusters whose neighbourhood in the follow graph the account shares above chance.
    neighbourhood: Neighbourhood(String) -> Vec<LinkHit>,
    /// Traits of a network address.
    ip_traits: IpTraits(String) -> IpTraits,
    /// Where a network address lies.
    ip_place: IpPlace(String) -> IpPlace,
    /// A firm by name.
    employer: Employer(String) -> Option<EmployerRecord>,
    /// A school by name.
    school: School(String) -> Option<SchoolRecord>,
    /// A technology by name.
    technology: Technology(String) -> Option<TechnologyRecord>,
    /// What kind of mail provider a domain is.
    mail_provider: MailProvider(String) -> MailProvider,
    /// What kind of host a domain is.
    site_host: SiteHost(String) -> SiteHost,
    /// Advisories about a package, `registry:name`.
    package: Package(String) -> Vec<PackageHit>,
    /// Workers dismissed lately who share something with the subject (by subject id).
    dismissals: Dismissals(String) -> Vec<DismissalHit>,
    /// The ring that a subject belongs to, and ways from it to people confirmed to have misrepresented (by subject id).
    ties: Ties(String) -> Vec<Tied>,
    /// How other applications of the same person tell its career (by subject id); at most twenty of them, by id.
    other_tellings: OtherTellings(String) -> Vec<OtherTelling>,
}

impl Question {
    /// The kind of surroundings that could answer.
    #[must_use]
    pub const fn need(&self) -> Need {
        match self {
            Self::Indicators(_) | Self::IndicatorsAmong(_) => Need::Intel,
            Self::ListHits(_) | Self::ListedOwners(_) => Need::WatchList,
            Self::Holders(_)
            | Self::Clusters(_)
            | Self::Templates(_)
            | Self::SharedPassages(_)
            | Self::Neighbourhood(_)
            | Self::Dismissals(_)
            | Self::Ties(_)
            | Self::OtherTellings(_) => Need::LinkGraph,
            Self::IpTraits(_) | Self::IpPlace(_) => Need::NetworkData,
            Self::Employer(_) | Self::School(_) | Self::Technology(_) | Self::MailProvider(_) | Self::SiteHost(_) => {
                Need::ReferenceTable
            }
            Self::Package(_) => Need::Intel,
        }
    }
}

/// An answer: a reply, or what is missing for one.
pub type Answer = Result<Reply, Missing>;

/// What can answer questions: the engine joins the rooms behind it.
pub trait Surroundings: Send + Sync {
    /// Answers a question. The same question must get the same answer for the life of the value.
    fn answer(&self, question: &Question) -> Answer;

    /// Answers a question that is asked on behalf of a subject, which is then none of the *others* of the answer.
    fn answer_to(&self, _subject: &SubjectId, question: &Question) -> Answer {
        self.answer(question)
    }
}

/// A question with its answer's hash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// Its answer.
    pub answer: Answer,
    /// Hash of the answer.
    pub hash: ContentHash,
}

/// The read-only surroundings of one assessment.
pub struct Lens<'a> {
    as_of: Date,
    surroundings: &'a dyn Surroundings,
    asker: Option<&'a SubjectId>,
    asked: RefCell<Vec<Asked>>,
}

impl<'a> Lens<'a> {
    /// A lens for one assessment. `as_of` is a UTC day; checks know no other present.
    #[must_use]
    pub fn new(as_of: Date, surroundings: &'a dyn Surroundings) -> Self {
        Self { as_of, surroundings, asker: None, asked: RefCell::new(Vec::new()) }
    }

    /// The same lens on behalf of a subject: who else holds a value depends on who asks.
    #[must_use]
    pub fn on_behalf_of(self, subject: &'a SubjectId) -> Self {
        Self { asker: Some(subject), ..self }
    }

    /// The day that counts as today.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    fn ask(&self, question: Question) -> Answer {
        let mut asked = self.asked.borrow_mut();
        if let Some(earlier) = asked.iter().find(|earlier| earlier.question == question) {
            return earlier.answer.clone();
        }
        let answer = match self.asker {
            Some(subject) => self.surroundings.answer_to(subject, &question),
            None => self.surroundings.answer(&question),
        };
        asked.push(Asked { question, answer: answer.clone(), hash: answer.content_hash() });
        answer
    }

    /// Ends the assessment: all questions asked, in canonical order.
    #[must_use]
    pub fn into_asked(self) -> Vec<Asked> {
        let mut asked = self.asked.into_inner();
        asked.sort_by(|left, right| left.question.cmp(&right.question));
        asked
    }
}

/// Surroundings made of recorded answers: what was never asked is missing.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Recorded(pub Vec<Asked>);

impl Surroundings for Recorded {
    fn answer(&self, question: &Question) -> Answer {
        self.0
            .iter()
            .find(|asked| asked.question == *question)
            .map_or_else(|| Err(Missing::new(Need::Check, "an answer that was not recorded")), |asked| asked.answer.clone())
    }
}
