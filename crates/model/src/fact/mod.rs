//! Facts: one observed thing about a subject each.

mod application;
mod client;
mod code_history;
mod document;
mod online;
mod resume;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

pub use application::*;
pub use client::*;
pub use code_history::*;
pub use document::*;
pub use online::*;
pub use resume::*;

use crate::{
    hash::Canonical,
    id::{FactId, SubjectId},
    place::{Place, Source},
};

/// One observed thing about a subject, with the place where it was observed.
///
/// Facts are added, never edited. When and by whom a fact was collected is [`Provenance`], kept outside the dossier's hash.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fact {
    /// Names the place of observation; see [`FactId`].
    pub id: FactId,
    /// What was observed.
    #[serde(flatten)]
    pub value: FactValue,
    /// The artefact it was read from.
    pub source: Source,
    /// Where inside the artefact.
    #[serde(default)]
    pub place: Place,
    /// The text as it stands at the place, where the place holds text; shortened to [`Fact::QUOTE_LIMIT`] characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

impl Fact {
    /// The longest quote kept, in characters.
    pub const QUOTE_LIMIT: usize = 240;
}

/// Collects the facts of one subject from one source and gives each its id.
///
/// ```
/// use bonafide_model::{ContentHash, fact::{BirthDate, FactSink}, id::SubjectId, place::{Place, Source}};
/// let source = Source { name: "application.json".into(), content: ContentHash::of_bytes(b"{}") };
/// let mut sink = FactSink::new(SubjectId::new("s1"), source);
/// sink.push(BirthDate { date: "1990".parse()? }, Place::Whole);
/// assert_eq!(sink.into_facts().len(), 1);
/// # Ok::<(), bonafide_model::time::NotADate>(())
/// ```
#[derive(Debug)]
pub struct FactSink {
    subject: SubjectId,
    source: Source,
    facts: Vec<Fact>,
    taken: HashMap<FactId, u32>,
}

impl FactSink {
    /// A sink for what `source` says of `subject`.
    #[must_use]
    pub fn new(subject: SubjectId, source: Source) -> Self {
        Self { subject, source, facts: Vec::new(), taken: HashMap::new() }
    }

    /// Adds a fact. Facts of one kind from one place are told apart by the order in which they are pushed.
    pub fn push(&mut self, value: impl Into<FactValue>, place: Place) {
        self.add(value.into(), place, None);
    }

    /// Adds a fact with the text that stands at its place, so that a reader of evidence can find it.
    pub fn push_quoted(&mut self, value: impl Into<FactValue>, place: Place, quote: &str) {
        let quote: String = quote.chars().take(Fact::QUOTE_LIMIT).collect();
        self.add(value.into(), place, Some(quote).filter(|quote| !quote.is_empty()));
    }

    fn add(&mut self, value: FactValue, place: Place, quote: Option<String>) {
        let naming = (&self.subject, &self.source, &place, value.kind().name());
        let first = FactId::derive(&naming.canonical_bytes());
        let nth = self.taken.entry(first).and_modify(|count| *count += 1).or_insert(0);
        let id = if *nth == 0 { first } else { FactId::derive(&(naming, *nth).canonical_bytes()) };
        self.facts.push(Fact { id, value, source: self.source.clone(), place, quote });
    }

    /// The source the facts come from.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The subject the facts speak of.
    #[must_use]
    pub fn subject(&self) -> &SubjectId {
        &self.subject
    }

    /// The facts collected so far.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// Ends the collection.
    #[must_use]
    pub fn into_facts(self) -> Vec<Fact> {
        self.facts
    }
}

/// When, by whom and how sure a fact was collected. Not part of the dossier's hash: the same facts collected twice are the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// When the fact was collected.
    pub collected_at: jiff::Timestamp,
    /// The reader or collector and its version, such as `intake/pdf 1`.
    pub collector: String,
}

/// A typed payload of a fact; implemented by the macro below for every kind.
pub trait Payload: 'static {
    /// The kind of fact that carries this payload.
    const KIND: FactKind;

    /// The payload, if the value is of this kind.
    fn of(value: &FactValue) -> Option<&Self>;
}

macro_rules! fact_kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),* $(,)?) => {
        /// The closed set of kinds of facts, and [`FactKind::Unknown`] for what a newer version wrote.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum FactKind {
            $($(#[$doc])* $variant,)*
            /// A kind that this version does not know; kept as it was read.
            Unknown,
        }

        impl FactKind {
            /// All known kinds, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name used in files.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Unknown => "unknown",
                }
            }
        }

        /// What was observed, one payload type per kind.
        #[derive(Clone, Debug, Serialize, Deserialize)]
        #[serde(tag = "kind", content = "value")]
        pub enum FactValue {
            $($(#[$doc])* #[serde(rename = $name)] $variant($variant),)*
            /// A kind that this version does not know; kept as it was read.
            #[serde(untagged)]
            Unknown(UnknownFact),
        }

        impl FactValue {
            /// The kind of the payload.
            #[must_use]
            pub const fn kind(&self) -> FactKind {
                match self {
                    $(Self::$variant(_) => FactKind::$variant,)*
                    Self::Unknown(_) => FactKind::Unknown,
                }
            }
        }

        $(
            impl Payload for $variant {
                const KIND: FactKind = FactKind::$variant;
                fn of(value: &FactValue) -> Option<&Self> {
                    match value {
                        FactValue::$variant(payload) => Some(payload),
                        _ => None,
                    }
                }
            }
            impl From<$variant> for FactValue {
                fn from(payload: $variant) -> Self {
                    Self::$variant(payload)
                }
            }
        )*
    };
}

/// A fact of a kind that this version does not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownFact {
    /// The kind's name.
    pub kind: String,
    /// The payload as canonical JSON text.
    #[serde(default)]
    pub value: serde_json::Value,
}

fact_kinds! {
    /// When the application was handed in.
    AppliedAt = "applied_at",
    /// The role applied for.
    AppliedRole = "applied_role",
    /// A name of the subject.
    PersonName = "person_name",
    /// An e-mail address.
    Email = "email",
    /// A telephone number.
    Phone = "phone",
    /// A place the subject claims.
    Location = "location",
    /// The time zone the subject claims to work in.
    ClaimedTimezone = "claimed_timezone",
    /// A nationality; sealed.
    Nationality = "nationality",
    /// A language; sealed.
    Language = "language",
    /// A date of birth.
    BirthDate = "birth_date",
    /// The employer named in the application form.
    CurrentEmployer = "current_employer",
    /// A link to an account or page.
    Link = "link",
    /// A wallet address.
    Wallet = "wallet",
    /// An identity document.
    IdentityDocument = "identity_document",
    /// A bank account.
    BankAccount = "bank_account",
    /// An answer to a question of the form.
    Answer = "answer",
    /// A person named as reference.
    Reference = "reference",
    /// A change of contact data during the process.
    ContactChange = "contact_change",
    /// A message between the subject and the firm.
    Message = "message",
    /// What was said about pay.
    Offer = "offer",
    /// The staffing agency that presents the subject.
    Agency = "agency",
    /// Who referred the subject.
    Referral = "referral",
    /// A note of a person who handles the application.
    Note = "note",

    /// The network address the form was sent from.
    ClientIp = "client_ip",
    /// The browser's user agent.
    UserAgent = "user_agent",
    /// The browser's language list; sealed.
    AcceptLanguage = "accept_language",
    /// The browser's time zone.
    ClientTimezone = "client_timezone",
    /// The browser's distance from UTC at the time of application.
    ClientOffset = "client_offset",
    /// Device traits of the browser.
    ClientDevice = "client_device",
    /// How the form was filled in.
    FormTiming = "form_timing",

    /// A job.
    Work = "work",
    /// A course of studies.
    Education = "education",
    /// Years of experience claimed for a technology.
    ClaimedYears = "claimed_years",
    /// A skill without a number of years.
    Skill = "skill",
    /// The visible text of a résumé.
    ResumeText = "resume_text",

    /// One property of a document, such as its author or its producer.
    DocumentProperty = "document_property",
    /// Text in a document that its reader does not see.
    HiddenText = "hidden_text",
    /// A picture: avatar, photo or image inside a document.
    Picture = "picture",

    /// A GitHub account's profile.
    GithubAccount = "github_account",
    /// Accounts the subject follows.
    GithubFollowing = "github_following",
    /// One repository of a GitHub account, its commits summarised.
    GithubRepository = "github_repository",
    /// One author identity in the commits of an account, summarised.
    CommitIdentity = "commit_identity",
    /// Two commits of one identity whose clocks lie far apart in a short time.
    ClockJump = "clock_jump",
    /// Commits per month of an account.
    CommitActivity = "commit_activity",
    /// Issues, comments and pull requests of an account, summarised.
    GithubEvents = "github_events",
    /// A secret found in a repository.
    LeakedSecret = "leaked_secret",

    /// A profile on a network other than GitHub.
    SocialProfile = "social_profile",
    /// A public post.
    SocialPost = "social_post",
    /// A website of the subject.
    Website = "website",
    /// What a search of the open web answered.
    SearchResult = "search_result",
    /// What is known of an e-mail address's age.
    EmailAge = "email_age",
    /// The line type of a telephone number.
    PhoneLine = "phone_line",
    /// An account on a freelancing platform.
    PlatformAccount = "platform_account",
    /// A log-in session on a platform.
    PlatformSession = "platform_session",
    /// A bid, bounty or grant application.
    Bid = "bid",
    /// A published package.
    PublishedPackage = "published_package",
}

/// The identity of the thing a value speaks of, by which findings are recognised as one witness.
///
/// Two facts that state the same telephone number have the same root, whatever document they stand in.
impl FactValue {
    /// The root's name where the value is an identifier; `None` where the fact itself is the root.
    #[must_use]
    pub fn root(&self) -> Option<String> {
        let (kind, value) = match self {
            Self::Email(email) => ("email", email.canonical.as_str()),
            Self::Phone(phone) => ("phone", phone.e164.as_deref().unwrap_or(&phone.raw)),
            Self::Wallet(wallet) => ("wallet", wallet.canonical.as_str()),
            Self::ClientIp(ip) => ("ip", ip.ip.as_str()),
            Self::Link(link) => ("link", link.url.as_str()),
            Self::PhoneLine(line) => ("phone", line.number.as_str()),
            Self::EmailAge(age) => ("email", age.address.as_str()),
            _ => return None,
        };
        Some(format!("{kind}:{value}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_flat_json() {
        let value: FactValue =
            Email { role: EmailRole::Application, address: "A.B@x.example".into(), canonical: "a.b@x.example".into() }.into();
        let text = serde_json::to_string(&value).expect("serialises");
        assert_eq!(
            text,
            r#"{"kind":"email","value":{"role":"application","address":"A.B@x.example","canonical":"a.b@x.example"}}"#
        );
    }

    #[test]
    fn an_unknown_kind_is_kept() {
        let text = r#"{"kind":"tomorrow","value":{"x":1}}"#;
        let value: FactValue = serde_json::from_str(text).expect("reads");
        assert_eq!(value.kind(), FactKind::Unknown);
        assert_eq!(serde_json::to_string(&value).expect("serialises"), text);
    }

    #[test]
    fn names_of_kinds_are_unique() {
        let mut names: Vec<_> = FactKind::ALL.iter().map(|kind| kind.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FactKind::ALL.len());
    }

    #[test]
    fn an_id_tells_nothing_of_the_value() {
        let source = Source { name: "application.json".into(), content: crate::ContentHash::of_bytes(b"x") };
        let id_of = |address: &str| {
            let mut sink = FactSink::new(SubjectId::new("s1"), source.clone());
            sink.push(Email { role: EmailRole::Application, address: address.into(), canonical: address.into() }, Place::Whole);
            sink.into_facts()[0].id
        };
        assert_eq!(id_of("a@x.example"), id_of("b@x.example"));
    }

    #[test]
    fn facts_of_one_place_have_ids_of_their_own() {
        let source = Source { name: "cv.docx".into(), content: crate::ContentHash::of_bytes(b"x") };
        let mut sink = FactSink::new(SubjectId::new("s1"), source);
        for name in ["author", "company", "revision"] {
            sink.push(DocumentProperty { document: "cv.docx".into(), name: name.into(), value: "x".into() }, Place::Whole);
        }
        let mut ids: Vec<_> = sink.into_facts().iter().map(|fact| fact.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 3);
    }
}
