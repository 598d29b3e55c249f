//! What happens to a case: payloads of events, sealed under the subject's key like everything else.
//!
//! All payloads are at version 1. A new version gets an upcaster in [`UPCASTERS`]; stored bytes are never edited.

use std::{fmt, str::FromStr};

use bonafide_store::Upcasters;
use serde::{Deserialize, Serialize};

use crate::error::CaseError;

/// Kinds of events. They stand in clear and tell nothing of the person.
pub mod kind {
    /// [`Opened`](super::Opened).
    pub const OPENED: &str = "case.opened";
    /// [`Noted`](super::Noted).
    pub const NOTED: &str = "case.noted";
    /// [`Decided`](super::Decided).
    pub const DECIDED: &str = "case.decided";
    /// [`Reopened`](super::Reopened).
    pub const REOPENED: &str = "case.reopened";
    /// [`Closed`](super::Closed).
    pub const CLOSED: &str = "case.closed";
    /// [`Exported`](super::Exported).
    pub const EXPORTED: &str = "case.exported";
    /// [`Viewed`](super::Viewed).
    pub const VIEWED: &str = "case.viewed";
    /// [`Held`](super::Held).
    pub const HELD: &str = "case.held";
    /// [`Released`](super::Released).
    pub const RELEASED: &str = "case.released";
}

/// The version written.
pub(crate) const VERSION: u16 = 1;
/// No kind has had a second version yet.
pub const UPCASTERS: Upcasters = Upcasters(&[]);

/// Declares a closed set of names with their texts.
macro_rules! names {
    ($(#[$doc:meta])* $name:ident: $what:literal { $($(#[$variant_doc:meta])* $variant:ident = $text:literal $(| $alias:literal)*),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name used in files and on the command line.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(self.name())
            }
        }

        impl FromStr for $name {
            type Err = CaseError;

            fn from_str(text: &str) -> Result<Self, CaseError> {
                match text.trim().to_lowercase().replace('_', "-").as_str() {
                    $($text $(| $alias)* => Ok(Self::$variant),)*
                    _ => Err(CaseError::NotOneOf {
                        what: $what,
                        found: text.to_owned(),
                        expected: Self::ALL.iter().map(|name| name.name()).collect::<Vec<_>>().join(", "),
                    }),
                }
            }
        }
    };
}

names! {
    /// What was decided. Independent of the recommendation: a person may clear an *urgent* case and reject a *clear* one.
    DecisionCode: "decision" {
        /// Nothing stands against the subject.
        Cleared = "cleared" | "clear",
        /// The subject was asked to explain or correct.
        Asked = "asked" | "ask",
        /// Something must come in first.
        Held = "held" | "hold",
        /// Handed over to security or compliance.
        Escalated = "escalated" | "escalate",
        /// A person ended the process with this subject.
        Rejected = "rejected-by-person" | "rejected" | "reject" | "declined" | "decline",
        /// A person confirmed that the subject misrepresented who it is. Nothing else makes anybody known bad: others who share with
        /// it what few people hold are told so.
        Confirmed = "confirmed-by-person" | "confirmed" | "confirm",
        /// The subject withdrew.
        Withdrawn = "withdrawn" | "withdraw",
        /// Nobody acted in time on a *look*: it counts as cleared.
        Lapsed = "lapsed" | "lapse",
    }
}

impl DecisionCode {
    /// Whether the case needs nobody any more.
    #[must_use]
    pub const fn closes(self) -> bool {
        matches!(self, Self::Cleared | Self::Rejected | Self::Confirmed | Self::Withdrawn | Self::Lapsed)
    }
}

names! {
    /// What a note is for.
    NoteKind: "kind of note" {
        /// A remark of a colleague.
        Remark = "remark" | "note",
        /// What the subject says against a finding.
        Contest = "contest",
        /// A notice that was sent to the subject, such as a pre-adverse action notice.
        Notice = "notice",
        /// Consent that was given, refused or withdrawn.
        Consent = "consent",
        /// An accommodation, by which some challenges do not apply.
        Accommodation = "accommodation",
        /// Material of a suspicious activity report. Never part of what the subject is shown.
        Confidential = "confidential" | "sar",
    }
}

names! {
    /// Why a record may not be erased.
    HoldKind: "kind of hold" {
        /// A dispute before a court, or one to be expected.
        Litigation = "litigation",
        /// An authority asked for preservation.
        Authority = "authority",
        /// A confirmed sanctions match: the record is frozen (31 CFR 501.601: ten years).
        Sanctions = "sanctions",
        /// An internal investigation.
        Investigation = "investigation",
    }
}

/// A case was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// What the data is processed for.
    pub purpose: String,
    /// On what lawful basis.
    pub lawful_basis: String,
}

/// Somebody wrote something down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// What for.
    pub kind: NoteKind,
    /// Who wrote it.
    pub by: String,
    /// The text.
    pub text: String,
}

/// A person decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// What.
    pub code: DecisionCode,
    /// The person's name.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// A closed case needs somebody again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopened {
    /// Who reopened it; `None`: a new assessment did.
    pub by: Option<String>,
    /// Why.
    pub reason: String,
}

/// A case was closed without a further decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// Who closed it.
    pub by: String,
    /// Why.
    pub reason: String,
}

names! {
    /// For whom an evidence package is made.
    ExportFor: "purpose of export" {
        /// For colleagues, counsel or an authority.
        Evidence = "evidence",
        /// For the subject itself: without confidential notes.
        SubjectAccess = "subject-access",
    }
}

/// An evidence package was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// Who asked for it.
    pub by: String,
    /// For whom.
    pub purpose: ExportFor,
    /// SHA-256 of its manifest, which holds the hashes of everything else.
    pub manifest: String,
}

/// Somebody looked at the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewed {
    /// Who.
    pub by: String,
    /// What for.
    pub why: String,
}

/// The record may not be erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Why, as a kind.
    pub kind: HoldKind,
    /// Who set it.
    pub by: String,
    /// Why, in words.
    pub reason: String,
}

/// The record may be erased again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// Who released it.
    pub by: String,
    /// Why.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_text_and_serde() {
        for code in DecisionCode::ALL {
            assert_eq!(code.name().parse::<DecisionCode>().ok(), Some(*code));
            assert_eq!(serde_json::to_string(code).ok(), Some(format!("\"{code}\"")));
        }
        assert_eq!("Rejected_by_person".parse::<DecisionCode>().ok(), Some(DecisionCode::Rejected));
        let wrong = "guilty".parse::<DecisionCode>().map_err(|error| error.to_string());
        assert_eq!(
            wrong,
            Err("'guilty' is not a decision; expected one of cleared, asked, held, escalated, rejected-by-person, \
             confirmed-by-person, withdrawn, lapsed"
                .to_owned())
        );
    }

    #[test]
    fn payloads_of_version_1_are_read_for_ever() {
        fn read<T: serde::de::DeserializeOwned>(json: &str) -> Option<T> {
            UPCASTERS.read(bonafide_store::Position(1), "k", 1, json.as_bytes()).ok()
        }
        assert!(read::<Opened>(r#"{"purpose":"p","lawful_basis":"l"}"#).is_some());
        assert!(read::<Noted>(r#"{"kind":"contest","by":"b","text":"t"}"#).is_some());
        assert!(read::<Decided>(r#"{"code":"rejected-by-person","by":"b","reason":"r"}"#).is_some());
        assert!(read::<Reopened>(r#"{"by":null,"reason":"r"}"#).is_some());
        assert!(read::<Closed>(r#"{"by":"b","reason":"r"}"#).is_some());
        assert!(read::<Exported>(r#"{"by":"b","purpose":"subject-access","manifest":"00"}"#).is_some());
        assert!(read::<Viewed>(r#"{"by":"b","why":"w"}"#).is_some());
        assert!(read::<Held>(r#"{"kind":"sanctions","by":"b","reason":"r"}"#).is_some());
        assert!(read::<Released>(r#"{"by":"b","reason":"r"}"#).is_some());
    }
}
