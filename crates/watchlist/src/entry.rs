//! A listed party, in one form for all lists.
//!
//! Nothing of a list is lost on the way: what has no field of its own stands in [`Entry::remarks`]. Nationality, gender and place of
//! birth are *qualifiers* of a list's own entry; no weight of any finding may rest on them (they only tell two listed namesakes apart).

use std::{borrow::Cow, fmt, str::FromStr};

use bonafide_model::{Canonical, ContentHash, time::PartialDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

pub use crate::{
    identifier::{Document, DocumentKind, Identifier, IdentifierKind},
    link::{Found, Link, Relation, Share},
};

/// Items of one field of an entry: the longest of published lists have some hundred. More are left out, and readers say so.
pub const MOST_ITEMS: usize = 5_000;

/// One listed party.
///
/// All lists keep the order in which the list gives their items. Fields declared here are hashed in this order, but
/// [`Self::place`], which moves when somebody else is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// List and the list's own id, such as `ofac:12345`.
    pub id: EntryId,
    /// What is listed.
    pub kind: EntryKind,
    /// Names; the first is the primary one. Empty only where the list gives none (a bare wallet).
    pub names: Vec<ListedName>,
    /// Dates of birth (of building, for vessels; of founding, for organisations).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub births: Vec<Birth>,
    /// Countries by the role they play for the party.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<EntryCountry>,
    /// Papers of persons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// E-mail addresses, phones, wallets, registrations and whatever else names exactly this party.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// Addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
    /// Sanctions programmes or regimes, as the list names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub programmes: Vec<Box<str>>,
    /// Titles, positions and occupations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<Box<str>>,
    /// Links to other parties: ownership, control, family, or unnamed ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The day of listing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed_on: Option<PartialDate>,
    /// What the list says besides, item by item.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Box<str>>,
    /// Where the entry stands in its list. Not part of the hash.
    #[serde(skip)]
    pub place: EntryPlace,
}

impl Entry {
    /// An entry with nothing but its id, kind and place.
    #[must_use]
    pub fn new(id: EntryId, kind: EntryKind, place: EntryPlace) -> Self {
        Self {
            id,
            kind,
            names: Vec::new(),
            births: Vec::new(),
            countries: Vec::new(),
            documents: Vec::new(),
            identifiers: Vec::new(),
            addresses: Vec::new(),
            programmes: Vec::new(),
            positions: Vec::new(),
            links: Vec::new(),
            listed_on: None,
            remarks: Vec::new(),
            place,
        }
    }

    /// The primary name: the first that is primary, else the first, else nothing.
    #[must_use]
    pub fn primary_name(&self) -> &str {
        let primary = self.names.iter().find(|name| name.quality == NameQuality::Primary);
        primary.or_else(|| self.names.first()).map_or("", |name| &name.text)
    }

    /// Hash of all that the list says of the party, whatever its place in the file, and whatever other entries say.
    #[must_use]
    pub fn hash(&self) -> ContentHash {
        if self.links.iter().all(|link| link.found == Found::Told) {
            return ContentHash::of_bytes(&self.canonical_bytes());
        }
        let told = Self { links: Link::told(&self.links), ..self.clone() };
        ContentHash::of_bytes(&told.canonical_bytes())
    }

    /// Whether a field is as long as fields get, so that items may have been left out.
    #[must_use]
    pub fn is_full(&self) -> bool {
        let texts = [&self.programmes, &self.positions, &self.remarks].map(Vec::len);
        let others = [self.names.len(), self.births.len(), self.countries.len(), self.documents.len(), self.identifiers.len()];
        let lengths = texts.into_iter().chain(others).chain([self.addresses.len(), self.links.len()]);
        lengths.into_iter().any(|length| length >= MOST_ITEMS)
    }

    /// Adds a name unless it stands there already. Blank texts are left out.
    pub fn add_name(&mut self, name: ListedName) {
        let known = self.names.iter().any(|known| known.text == name.text && known.quality <= name.quality);
        if !name.text.is_empty() && !known && self.names.len() < MOST_ITEMS {
            self.names.push(name);
        }
    }

    /// Adds a country in a role unless it stands there already. Blank texts are left out.
    pub fn add_country(&mut self, role: CountryRole, text: &str) {
        if let Some(country) = EntryCountry::new(role, text)
            && !self.countries.contains(&country)
            && self.countries.len() < MOST_ITEMS
        {
            self.countries.push(country);
        }
    }

    /// Adds a link unless it stands there already. A link that names nobody is left out.
    pub fn add_link(&mut self, link: Link) {
        let names_somebody = !link.name.is_empty() || link.entry.is_some();
        if names_somebody && !self.links.contains(&link) && self.links.len() < MOST_ITEMS {
            self.links.push(link);
        }
    }

    /// Adds a paper unless it stands there already.
    pub fn add_document(&mut self, document: Document) {
        if !self.documents.contains(&document) && self.documents.len() < MOST_ITEMS {
            self.documents.push(document);
        }
    }

    /// Adds a birth unless it stands there already.
    pub fn add_birth(&mut self, birth: Birth) {
        if !self.births.contains(&birth) && self.births.len() < MOST_ITEMS {
            self.births.push(birth);
        }
    }

    /// Adds an address and its country, unless it is empty or stands there already.
    pub fn add_address(&mut self, address: Address) {
        self.add_country(CountryRole::Address, &address.country);
        if address != Address::default() && !self.addresses.contains(&address) && self.addresses.len() < MOST_ITEMS {
            self.addresses.push(address);
        }
    }

    /// Adds a remark unless it stands there already. Blank texts are left out.
    pub fn add_remark(&mut self, text: &str) {
        add_text(&mut self.remarks, text);
    }

    /// Adds a programme or regime unless it stands there already. Blank texts are left out.
    pub fn add_programme(&mut self, text: &str) {
        add_text(&mut self.programmes, text);
    }

    /// Adds a title, position or occupation unless it stands there already. Blank texts are left out.
    pub fn add_position(&mut self, text: &str) {
        add_text(&mut self.positions, text);
    }

    /// Adds an identifier unless it stands there already.
    pub fn add_identifier(&mut self, identifier: Identifier) {
        if !identifier.value.is_empty() && !self.identifiers.contains(&identifier) && self.identifiers.len() < MOST_ITEMS {
            self.identifiers.push(identifier);
        }
    }
}

/// The short name of a list: lower-case letters, digits, hyphens and underscores, at most 40 of them, such as `ofac`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListCode(Cow<'static, str>);

impl ListCode {
    /// US Treasury, Office of Foreign Assets Control: SDN and consolidated lists share one space of numbers.
    pub const OFAC: Self = Self(Cow::Borrowed("ofac"));
    /// United Nations Security Council.
    pub const UN: Self = Self(Cow::Borrowed("un"));
    /// United Kingdom, Foreign, Commonwealth and Development Office.
    pub const UK: Self = Self(Cow::Borrowed("uk"));
    /// European Union, financial sanctions files.
    pub const EU: Self = Self(Cow::Borrowed("eu"));
    /// Australia, Department of Foreign Affairs and Trade.
    pub const AU: Self = Self(Cow::Borrowed("au"));
    /// Switzerland, State Secretariat for Economic Affairs.
    pub const SECO: Self = Self(Cow::Borrowed("seco"));
    /// US Commerce, Bureau of Industry and Security, denied persons.
    pub const BIS: Self = Self(Cow::Borrowed("bis"));
    /// Entities in the FollowTheMoney format.
    pub const FTM: Self = Self(Cow::Borrowed("ftm"));
    /// Bare lists of wallets.
    pub const WALLET: Self = Self(Cow::Borrowed("wallet"));

    /// Source of OFAC's list of specially designated nationals.
    pub const OFAC_SDN: Self = Self(Cow::Borrowed("ofac-sdn"));
    /// Source of OFAC's consolidated list.
    pub const OFAC_CONSOLIDATED: Self = Self(Cow::Borrowed("ofac-consolidated"));
    /// A firm's own list.
    pub const OWN: Self = Self(Cow::Borrowed("own"));

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text that is not the code of a list, or not an entry's id.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("'{0}' is not an entry id: expected a list's code (a-z, 0-9, '-', '_', at most 40), a colon and the list's own id")]
pub struct NotAnEntryId(pub String);

impl FromStr for ListCode {
    type Err = NotAnEntryId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
        if text.is_empty() || text.len() > 40 || !text.bytes().all(allowed) {
            return Err(NotAnEntryId(text.chars().take(80).collect()));
        }
        Ok(Self(Cow::Owned(text.to_owned())))
    }
}

/// The id of an entry: list and the list's own id, shown as `ofac:12345`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId {
    /// The list.
    pub list: ListCode,
    /// The list's own id.
    pub native: Box<str>,
}

impl EntryId {
    /// An id of a list's own id.
    #[must_use]
    pub fn new(list: ListCode, native: &str) -> Self {
        Self { list, native: native.trim().into() }
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.list.as_str(), self.native)
    }
}

impl FromStr for EntryId {
    type Err = NotAnEntryId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (list, native) = text.split_once(':').ok_or_else(|| NotAnEntryId(text.chars().take(80).collect()))?;
        if native.is_empty() {
            return Err(NotAnEntryId(text.chars().take(80).collect()));
        }
        Ok(Self { list: list.parse()?, native: native.into() })
    }
}

impl Serialize for EntryId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EntryId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A natural person.
    Person,
    /// A company, bank, ministry, party or group.
    Organisation,
    /// A ship.
    Vessel,
    /// An aircraft.
    Aircraft,
    /// Anything else, or nothing that the list tells: a wallet, an address.
    Other,
}

/// A name of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedName {
    /// The name in reading order as the list writes it; `LAST, First` of a list stands here as `First LAST`.
    pub text: Box<str>,
    /// How much the list stands behind it.
    pub quality: NameQuality,
    /// Its parts, where the list tells them apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<Box<NameParts>>,
}

impl ListedName {
    /// A name whose parts the list does not tell. White space is collapsed.
    #[must_use]
    pub fn whole(text: &str, quality: NameQuality) -> Self {
        Self { text: collapsed(text), quality, parts: None }
    }

    /// A name of parts, given names before the family name.
    #[must_use]
    pub fn of_parts(given: &str, family: &str, quality: NameQuality) -> Self {
        let (given, family) = (collapsed(given), collapsed(family));
        if given.is_empty() || family.is_empty() {
            return Self::whole(if given.is_empty() { &family } else { &given }, quality);
        }
        Self { text: format!("{given} {family}").into(), quality, parts: Some(Box::new(NameParts { given, family })) }
    }

    /// A name written `LAST, First`, as US lists do for persons. Without a comma it is one whole.
    #[must_use]
    pub fn of_family_first(text: &str, quality: NameQuality) -> Self {
        match text.split_once(',') {
            Some((family, given)) => Self::of_parts(given, family, quality),
            None => Self::whole(text, quality),
        }
    }
}

/// The parts of a name that a list tells apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameParts {
    /// Given, middle and father's names, in order.
    pub given: Box<str>,
    /// Family name.
    pub family: Box<str>,
}

/// How much a list stands behind a name, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameQuality {
    /// The name under which the party is listed, also in its own script.
    Primary,
    /// An alias that alone identifies well (OFAC "strong", UN "Good").
    Strong,
    /// A former name (`f.k.a.`).
    Former,
    /// An alias too broad to screen by alone (OFAC "weak", UN "Low"): nicknames, noms de guerre, short names.
    Weak,
}

/// A date of birth, to the precision and certainty that the list gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Birth {
    /// The date, or the first of a range.
    pub from: PartialDate,
    /// The last of a range; equal to `from` for a single date.
    pub to: PartialDate,
    /// Whether the list says "circa" or "approximately".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub circa: bool,
}

impl Birth {
    /// A single date.
    #[must_use]
    pub const fn on(date: PartialDate) -> Self {
        Self { from: date, to: date, circa: false }
    }

    /// The same, but only about then.
    #[must_use]
    pub const fn about(self) -> Self {
        Self { circa: true, ..self }
    }
}

/// A country and its role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryCountry {
    /// The role.
    pub role: CountryRole,
    /// As the list writes it.
    pub written: Box<str>,
    /// ISO 3166-1 alpha-2 code, where the text is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Box<str>>,
}

impl EntryCountry {
    /// Reads a country; `None` for a blank text.
    #[must_use]
    pub fn new(role: CountryRole, text: &str) -> Option<Self> {
        let written = collapsed(text);
        let code = crate::identifier::country_code(&written);
        (!written.is_empty()).then_some(Self { role, written, code })
    }
}

/// What a country is to a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountryRole {
    /// Nationality.
    Nationality,
    /// Citizenship, where the list tells it from nationality.
    Citizenship,
    /// Country of birth.
    Birth,
    /// Country of an address.
    Address,
    /// Country of registration.
    Registration,
    /// Flag of a vessel.
    Flag,
    /// Former flag of a vessel.
    FormerFlag,
    /// Any other link.
    Other,
}

/// An address, as far as the list tells its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// All lines but city and country, or the whole where nothing is told apart.
    #[serde(default, skip_serializing_if = "str_is_empty")]
    pub lines: Box<str>,
    /// City with its region and postal code.
    #[serde(default, skip_serializing_if = "str_is_empty")]
    pub city: Box<str>,
    /// Country as written.
    #[serde(default, skip_serializing_if = "str_is_empty")]
    pub country: Box<str>,
}

/// Where an entry stands in its list.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryPlace {
    /// Name of the file.
    pub file: std::sync::Arc<str>,
    /// Row of a table, line of a text, or number of the record of a tree, from 1; 0 is the file as a whole.
    pub record: u32,
}

impl fmt::Display for EntryPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.record {
            0 => formatter.write_str(&self.file),
            record => write!(formatter, "{}, record {record}", self.file),
        }
    }
}

fn add_text(texts: &mut Vec<Box<str>>, text: &str) {
    let text = text.trim();
    if !text.is_empty() && texts.len() < MOST_ITEMS && !texts.iter().any(|known| **known == *text) {
        texts.push(text.into());
    }
}

/// The text with white space collapsed and none at its ends.
pub(crate) fn collapsed(text: &str) -> Box<str> {
    let text = text.trim();
    let is_tidy = !text.contains("  ") && !text.contains(|c: char| c != ' ' && c.is_whitespace());
    if is_tidy { text.into() } else { text.split_whitespace().collect::<Vec<_>>().join(" ").into() }
}

fn str_is_empty(text: &str) -> bool {
    text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(record: u32) -> Entry {
        let id = EntryId::new(ListCode::OFAC, "7");
        let mut entry = Entry::new(id, EntryKind::Person, EntryPlace { file: "sdn.csv".into(), record });
        entry.add_name(ListedName::of_family_first("SAMPLE, Robin  Q.", NameQuality::Primary));
        entry
    }

    #[test]
    fn ids_survive_their_text() {
        let id: EntryId = "ofac:12345".parse().unwrap();
        assert_eq!(id.to_string(), "ofac:12345");
        assert_eq!(id.list, ListCode::OFAC);
        assert!("ofac".parse::<EntryId>().is_err());
        assert!("OFAC:1".parse::<EntryId>().is_err());
        assert!("ofac:".parse::<EntryId>().is_err());
    }

    #[test]
    fn family_first_becomes_reading_order() {
        let entry = entry(1);
        assert_eq!(entry.primary_name(), "Robin Q. SAMPLE");
        let parts = entry.names[0].parts.as_deref().unwrap();
        assert_eq!((&*parts.given, &*parts.family), ("Robin Q.", "SAMPLE"));
    }

    #[test]
    fn the_hash_tells_content_and_not_place() {
        assert_eq!(entry(1).hash(), entry(2).hash());
        let mut other = entry(1);
        other.remarks.push("changed".into());
        assert_ne!(entry(1).hash(), other.hash());
    }

    #[test]
    fn an_entry_survives_serialisation() {
        let mut entry = entry(1);
        entry.add_country(CountryRole::Nationality, "Korea, North");
        let back: Entry = serde_json::from_slice(&entry.canonical_bytes()).unwrap();
        assert_eq!(back.hash(), entry.hash());
    }
}
