//! Indicators out of chat: fifteen kinds of values in text as people write it, defanged or not, with the bytes they stand at.
//!
//! | kind | canonical value | not taken for one |
//! |---|---|---|
//! | `email`, `domain` | lower case | file names, code, names of packages, ends of sentences; a suffix that is not in the Public Suffix List |
//! | `url` | scheme and host in lower case, the rest as written; `hxxp` is `http` | hosts of inner networks |
//! | `ip` | as `std::net` writes it | versions, private and reserved addresses |
//! | `github` `telegram` `linkedin` | the handle in lower case, from a link, `@handle` or `name: handle` | a mention without a service, words of prose |
//! | `eth` `btc` `trx` `sol` | lower case where case does not count | a wrong checksum; hashes and signatures of transactions; base64 |
//! | `phone` | E.164 | amounts, dates |
//! | `npm` | name with scope, without version | |
//! | `md5` `sha256` | lower case | hashes of transactions, commits and sessions |
//!
//! A URL does not also give its host, nor an address its domain; a link to a profile gives the handle alone. Reading is one pass over
//! the text with its defanging undone, linear also on hostile text, and never fails: what is no indicator is passed over.

mod host;
mod link;
mod marking;
mod named;
mod phone;
mod scan;
mod token;
mod utf16;
mod view;
mod wire;

use std::{fmt, ops::Range};

pub use self::{
    marking::{Markings, Pap, Tlp},
    utf16::Utf16Places,
    wire::{Answer, Message, answer_line},
};

/// What an indicator is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An e-mail address.
    Email,
    /// A domain or host name.
    Domain,
    /// The address of a page or file.
    Url,
    /// A public IPv4 or IPv6 address.
    Ip,
    /// An account at GitHub.
    Github,
    /// An account at Telegram.
    Telegram,
    /// An account at LinkedIn.
    Linkedin,
    /// A wallet of Ethereum or a chain that shares its addresses.
    Eth,
    /// A wallet of Bitcoin.
    Btc,
    /// A wallet of Tron.
    Trx,
    /// A wallet of Solana.
    Sol,
    /// A telephone number.
    Phone,
    /// A package of the npm registry.
    Npm,
    /// The MD5 of a file.
    Md5,
    /// The SHA-256 of a file.
    Sha256,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 15] = [
        Self::Email,
        Self::Domain,
        Self::Url,
        Self::Ip,
        Self::Github,
        Self::Telegram,
        Self::Linkedin,
        Self::Eth,
        Self::Btc,
        Self::Trx,
        Self::Sol,
        Self::Phone,
        Self::Npm,
        Self::Md5,
        Self::Sha256,
    ];

    /// The name in files: `email`, `sha256`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Domain => "domain",
            Self::Url => "url",
            Self::Ip => "ip",
            Self::Github => "github",
            Self::Telegram => "telegram",
            Self::Linkedin => "linkedin",
            Self::Eth => "eth",
            Self::Btc => "btc",
            Self::Trx => "trx",
            Self::Sol => "sol",
            Self::Phone => "phone",
            Self::Npm => "npm",
            Self::Md5 => "md5",
            Self::Sha256 => "sha256",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// An indicator in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Its canonical form.
    pub value: String,
    /// The bytes of the original text it was read from.
    pub span: Range<usize>,
}

/// What a message holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extraction {
    /// Its indicators in the order they stand in; every occurrence.
    pub found: Vec<Found>,
    /// How it is marked.
    pub markings: Markings,
}

/// Reads a message.
///
/// ```
/// use bonafide_intel::extract::{extract, Kind, Tlp};
/// let read = extract("TLP:AMBER uses j.roe[at]site(.)example, hxxps://site[.]example/cv.zip");
/// assert_eq!(read.markings.tlp, Some(Tlp::Amber));
/// let values: Vec<_> = read.found.iter().map(|found| (found.kind, found.value.as_str())).collect();
/// assert_eq!(values, [(Kind::Email, "j.roe@site.example"), (Kind::Url, "https://site.example/cv.zip")]);
/// ```
#[must_use]
pub fn extract(text: &str) -> Extraction {
    let view = view::View::of(text);
    Extraction { found: scan::scan(&view), markings: marking::read(view.text()) }
}

/// A part of a message that the service it came by has marked itself, in UTF-16 units as Telegram counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What the service says of it.
    pub kind: EntityKind,
    /// Where it stands, in UTF-16 code units.
    pub units: Range<usize>,
}

/// What a service says of a part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntityKind {
    /// Text that leads to a page it need not show (`text_link`).
    TextLink {
        /// The page.
        url: String,
    },
    /// An `@name` of the service itself (`mention`).
    Mention,
    /// The address of a page (`url`).
    Url,
}

/// Reads a message of Telegram with its entities: what they lead to is found too, at the text that shows them.
///
/// A link that is hidden behind text stands at that text, which may itself hold another indicator: only there spans overlap. Entities
/// that lie outside the text or cut a character in two are passed over.
///
/// ```
/// use bonafide_intel::extract::{extract_with_entities, Entity, EntityKind};
/// let link = Entity { kind: EntityKind::TextLink { url: "https://site.example/x".into() }, units: 3..6 };
/// let read = extract_with_entities("🙂 his CV", &[link]);
/// // 🙂 takes two units and four bytes.
/// assert_eq!((read.found[0].value.as_str(), read.found[0].span.clone()), ("https://site.example/x", 5..8));
/// ```
#[must_use]
pub fn extract_with_entities(text: &str, entities: &[Entity]) -> Extraction {
    let mut read = extract(text);
    if entities.is_empty() {
        return read;
    }
    let places = Utf16Places::of(text);
    let own = read.found.len();
    for entity in entities {
        let Some(span) = places.bytes(entity.units.clone()) else { continue };
        let Some(shown) = text.get(span.clone()) else { continue };
        let more = match &entity.kind {
            EntityKind::TextLink { url } => extract(url).found,
            EntityKind::Mention => extract(&format!("telegram {shown}")).found,
            EntityKind::Url => extract(shown).found,
        };
        let is_hidden = matches!(entity.kind, EntityKind::TextLink { .. });
        for found in more {
            let is_there = read.found.iter().take(own).any(|other| {
                let overlaps = other.span.start < span.end && span.start < other.span.end;
                overlaps && (!is_hidden || (other.kind, &other.value) == (found.kind, &found.value))
            });
            if !is_there {
                read.found.push(Found { span: span.clone(), ..found });
            }
        }
    }
    read.found.sort_by_key(|found| (found.span.start, found.span.end, found.kind));
    read
}
