//! What two applicants may have in common.

use serde::Serialize;

/// A kind of value that two applicants may share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A telephone number, by its last nine digits.
    Phone,
    /// A browser's fingerprint.
    Device,
    /// A network address.
    Ip,
    /// A wallet address: of those that the applicant names.
    Wallet,
    /// A picture, or one a few bits of its perceptual hash away.
    Avatar,
    /// A mailbox: of the application, or of the applicant's commits. Bots' addresses never count.
    Mailbox,
    /// An account on a service.
    Account,
    /// The hidden root of a document, which copies keep.
    DocumentRoot,
    /// The word that logins and mailboxes say besides their owners' names. Who shares a mailbox or an account shares its word as well:
    /// then it says nothing.
    Alias,
    /// Sentences of the résumé, digits and proper words left open.
    Phrases,
    /// Employers claimed.
    Employers,
}

/// Kinds that are one value each; [`Kind::Phrases`] and [`Kind::Employers`] are weighed as sets.
pub(super) const LONE: [Kind; 9] = [
    Kind::Phone,
    Kind::Device,
    Kind::Ip,
    Kind::Wallet,
    Kind::Avatar,
    Kind::Mailbox,
    Kind::Account,
    Kind::DocumentRoot,
    Kind::Alias,
];
/// Kinds that are weighed as sets.
pub(super) const SETS: [Kind; 2] = [Kind::Phrases, Kind::Employers];
/// All kinds, in the order of their numbers.
pub(super) const ALL: [Kind; 11] = [
    Kind::Phone,
    Kind::Device,
    Kind::Ip,
    Kind::Wallet,
    Kind::Avatar,
    Kind::Mailbox,
    Kind::Account,
    Kind::DocumentRoot,
    Kind::Alias,
    Kind::Phrases,
    Kind::Employers,
];

/// How near two people are, as far as their applications say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// Nothing but the value connects them.
    Strangers,
    /// They live in one town.
    OneTown,
    /// They bear one name, or have one network or one firm's mailboxes: a household, an office, an agency; for documents, a course.
    OneRoof,
}

/// Number of [`NEARNESS`]es.
pub(super) const NEARNESSES: usize = 3;
/// All of them, in the order of their numbers.
pub(super) const NEARNESS: [Nearness; NEARNESSES] = [Nearness::Strangers, Nearness::OneTown, Nearness::OneRoof];

impl Kind {
    /// Whether people who live or work in one place share it as a matter of course.
    #[must_use]
    pub const fn is_of_a_place(self) -> bool {
        matches!(self, Self::Phone | Self::Device | Self::Ip)
    }

    /// Whether it is about the text of the application, which templates and courses spread.
    #[must_use]
    pub const fn is_of_a_document(self) -> bool {
        matches!(self, Self::Phrases | Self::DocumentRoot | Self::Employers)
    }

    /// What share of honest applicants has a value of the kind in common with somebody else, before anything is counted. Judgements,
    /// outweighed by the data where there is some.
    #[must_use]
    pub(super) const fn usual_rate(self, near: Nearness) -> f64 {
        match (self, near) {
            (Self::Phone | Self::Device, Nearness::OneRoof) => 0.03,
            (Self::Phone, Nearness::OneTown) => 0.003,
            (Self::Phone, Nearness::Strangers) => 0.001_5,
            (Self::Device, _) => 0.01,
            (Self::Ip, Nearness::OneRoof) => 0.15,
            (Self::Ip, Nearness::OneTown) => 0.1,
            (Self::Ip, Nearness::Strangers) => 0.03,
            (Self::Wallet, _) => 0.001,
            (Self::Avatar, _) => 0.003,
            (Self::Mailbox, Nearness::OneRoof) => 0.001,
            (Self::Mailbox | Self::Account, _) => 0.000_3,
            (Self::DocumentRoot, Nearness::OneRoof) => 0.02,
            (Self::DocumentRoot, _) => 0.004,
            (Self::Alias, Nearness::OneRoof) => 0.01,
            (Self::Alias, _) => 0.003,
            (Self::Phrases | Self::Employers, _) => 0.01,
        }
    }

    /// Its number in [`ALL`].
    #[must_use]
    pub const fn number(self) -> usize {
        self as usize
    }

    /// The word for it in results.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Device => "device",
            Self::Ip => "ip",
            Self::Wallet => "wallet",
            Self::Avatar => "avatar",
            Self::Mailbox => "mailbox",
            Self::Account => "account",
            Self::DocumentRoot => "document_root",
            Self::Alias => "alias",
            Self::Phrases => "phrases",
            Self::Employers => "employers",
        }
    }
}
