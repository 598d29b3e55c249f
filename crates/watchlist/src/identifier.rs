//! Documents and identifiers of entries, in canonical forms under which they are looked up.

use std::borrow::Cow;

use bonafide_formats::invisible::{Sight, sight};
use bonafide_normalise::{
    email::{self, TagRule},
    phone, place, url, wallet,
};
use serde::{Deserialize, Serialize};

use crate::entry::collapsed;

/// A paper of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What paper.
    pub kind: DocumentKind,
    /// Canonical number, see [`canonical_number`].
    pub number: Box<str>,
    /// Number as the list writes it.
    pub written: Box<str>,
    /// Issuing country as written; empty where the list says none.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub country: Box<str>,
    /// ISO 3166-1 alpha-2 code of the country, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country_code: Option<Box<str>>,
    /// What the list says besides: dates of issue and expiry, notes.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub note: Box<str>,
}

impl Document {
    /// Reads a document; `None` where the number has no letter or digit.
    #[must_use]
    pub fn new(kind: DocumentKind, written: &str, country: &str, note: &str) -> Option<Self> {
        let number = canonical_number(written);
        let country = collapsed(country);
        let country_code = country_code(&country);
        let document =
            || Self { kind, number: number.clone(), written: collapsed(written), country, country_code, note: collapsed(note) };
        (!number.is_empty()).then(document)
    }
}

/// What paper a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// A passport of any kind.
    Passport,
    /// A national identity card or number.
    NationalId,
    /// A driving licence.
    DrivingLicence,
    /// A birth certificate.
    BirthCertificate,
    /// A residence permit or a visa.
    Residence,
    /// Any other paper.
    Other,
}

/// Something that names exactly one party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    /// What it is.
    pub kind: IdentifierKind,
    /// Canonical value, for look-up.
    pub value: Box<str>,
    /// As the list writes it.
    pub written: Box<str>,
    /// Currency of a wallet (`XBT`, `ETH` …), or the list's own label of a registration.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub label: Box<str>,
    /// Country as written; empty where the list says none.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub country: Box<str>,
}

impl Identifier {
    /// Reads an identifier in the canonical form of its kind. A value that its kind's grammar refuses is kept as a canonical
    /// number: a list may well print a mistyped address, and whoever copies it must still be found.
    #[must_use]
    pub fn new(kind: IdentifierKind, written: &str) -> Self {
        let written = collapsed(written);
        let value = canonical(kind, &written);
        Self { kind, value, written, label: "".into(), country: "".into() }
    }

    /// With a label.
    #[must_use]
    pub fn labelled(self, label: &str) -> Self {
        Self { label: collapsed(label), ..self }
    }

    /// With a country.
    #[must_use]
    pub fn of_country(self, country: &str) -> Self {
        Self { country: collapsed(country), ..self }
    }
}

/// What an identifier is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentifierKind {
    /// An e-mail address.
    Email,
    /// A telephone or fax number.
    Phone,
    /// An address of a digital currency; the currency is the label.
    Wallet,
    /// A website.
    Website,
    /// A ship's number by the International Maritime Organization (7 digits).
    Imo,
    /// A Maritime Mobile Service Identity (9 digits).
    Mmsi,
    /// A radio call sign.
    CallSign,
    /// A tail number of an aircraft.
    TailNumber,
    /// A manufacturer's serial number.
    SerialNumber,
    /// A number in a register of companies.
    Registration,
    /// A tax number.
    Tax,
    /// A SWIFT/BIC code (ISO 9362).
    Bic,
    /// A Legal Entity Identifier (ISO 17442).
    Lei,
    /// An account of a service; the service is the label.
    Handle,
    /// Another number of the list's own, such as `KPi.001`.
    ListReference,
    /// Any other number; the label says which.
    Other,
}

/// The canonical form of an identifier of a kind.
///
/// What nobody sees is left out. E-mail addresses, phones, websites and wallets as `bonafide-normalise` has them; IMO and MMSI digits alone; all else as
/// [`canonical_number`].
#[must_use]
pub fn canonical(kind: IdentifierKind, text: &str) -> Box<str> {
    let text = &*visible(text);
    let known = match kind {
        IdentifierKind::Email => email::parse(text).ok().map(|address| match address.tag_rule {
            // Behind the tags of a role's mailbox may stand different people; the mailbox is one, and it is the mailbox that is listed.
            TagRule::Kept => untagged(&address.canonical),
            _ => address.canonical,
        }),
        IdentifierKind::Phone => phone::parse(text, None).ok().map(|number| number.canonical().to_owned()),
        IdentifierKind::Website => url::canonical(text),
        IdentifierKind::Wallet => return canonical_wallet(text),
        IdentifierKind::Imo | IdentifierKind::Mmsi => {
            Some(text.chars().filter(char::is_ascii_digit).collect()).filter(|digits: &String| !digits.is_empty())
        }
        IdentifierKind::Handle => Some(text.trim().trim_start_matches('@').to_lowercase()),
        _ => None,
    };
    known.map_or_else(|| canonical_number(text), String::into_boxed_str)
}

fn untagged(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) if !local.starts_with('"') => {
            format!("{}@{domain}", local.split_once('+').map_or(local, |(mailbox, _)| mailbox))
        }
        _ => address.to_owned(),
    }
}

/// The canonical form of a wallet of any currency.
///
/// Chains that `bonafide-normalise` reads take its form. Of the others, Base58 texts keep their case (it counts); texts all in
/// upper case with a Bech32 or CashAddr alphabet are lowered (BIP 173: the case of a whole address does not count); the prefix of
/// a payment URI (`bitcoincash:`) is left out.
#[must_use]
pub fn canonical_wallet(text: &str) -> Box<str> {
    if let Some(canonical) = wallet::canonical(text) {
        return canonical.into();
    }
    let bare = text.trim().rsplit(':').next().unwrap_or_default().trim();
    let is_upper_only = bare.len() > 20 && bare.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if is_upper_only { bare.to_ascii_lowercase().into() } else { bare.into() }
}

/// The text without what nobody sees: zero-width characters and marks of direction, which hide an identifier from a plain look-up.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut before = None;
    let seen = text.chars().filter(|c| {
        let is_seen = sight(*c, before) == Sight::Seen && !matches!(c, '\u{200c}' | '\u{200d}');
        before = Some(*c);
        is_seen
    });
    Cow::Owned(seen.collect())
}

/// The canonical form of a document's or register's number: letters and digits alone, in upper case, wide forms folded.
///
/// ```
/// use bonafide_watchlist::identifier::canonical_number;
/// assert_eq!(&*canonical_number(" g-12 34.567/b "), "G1234567B");
/// assert_eq!(&*canonical_number("１２３"), "123");
/// assert_eq!(&*canonical_number("№ —"), "");
/// ```
#[must_use]
pub fn canonical_number(text: &str) -> Box<str> {
    let folded = text.chars().map(|c| match c {
        // Halfwidth and Fullwidth Forms repeat ASCII at this distance (Unicode, block FF00).
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    });
    let kept: String = folded.filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    kept.into()
}

/// ISO 3166-1 alpha-2 code of a country as lists write it; `None` where the text is not one.
#[must_use]
pub fn country_code(text: &str) -> Option<Box<str>> {
    if text.is_empty() || text.len() > 100 {
        return None;
    }
    place::country_code(text).or_else(|| of_list_style(text)).map(Into::into)
}

/// Names in the style of lists that a reader of applications has no use for.
fn of_list_style(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let code = match lower.trim_end_matches('.') {
        "korea, north" | "dprk" | "democratic people's republic of korea" | "democratic people’s republic of korea" => "KP",
        "korea, south" | "republic of korea" => "KR",
        "congo, democratic republic of the" | "democratic republic of the congo" => "CD",
        "congo, republic of the" => "CG",
        "iran (islamic republic of)" | "islamic republic of iran" => "IR",
        "syrian arab republic" => "SY",
        "russian federation" => "RU",
        "burma" => "MM",
        "macau" => "MO",
        "west bank" | "palestinian" | "region: gaza" => "PS",
        _ => return None,
    };
    Some(code)
}
