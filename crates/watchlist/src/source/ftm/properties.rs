//! The properties of an entity.

use bonafide_formats::json::{Kind, Node};

use super::super::{Opened, dates};
use crate::entry::{
    Address, CountryRole, Document, DocumentKind, Entry, EntryId, EntryKind, Identifier, IdentifierKind, ListCode, ListedName,
    NameQuality,
};

const COUNTRIES: [(&str, CountryRole); 7] = [
    ("nationality", CountryRole::Nationality),
    ("citizenship", CountryRole::Citizenship),
    ("birthCountry", CountryRole::Birth),
    ("jurisdiction", CountryRole::Registration),
    ("flag", CountryRole::Flag),
    ("pastFlags", CountryRole::FormerFlag),
    ("country", CountryRole::Other),
];

const IDENTIFIERS: [(&str, IdentifierKind); 22] = [
    ("email", IdentifierKind::Email),
    ("phone", IdentifierKind::Phone),
    ("website", IdentifierKind::Website),
    ("publicKey", IdentifierKind::Wallet),
    ("cryptoWallets", IdentifierKind::Wallet),
    ("imoNumber", IdentifierKind::Imo),
    ("mmsi", IdentifierKind::Mmsi),
    ("callSign", IdentifierKind::CallSign),
    ("registrationNumber", IdentifierKind::Registration),
    ("ogrnCode", IdentifierKind::Registration),
    ("okpoCode", IdentifierKind::Registration),
    ("uscCode", IdentifierKind::Registration),
    ("dunsCode", IdentifierKind::Registration),
    ("taxNumber", IdentifierKind::Tax),
    ("innCode", IdentifierKind::Tax),
    ("vatCode", IdentifierKind::Tax),
    ("kppCode", IdentifierKind::Tax),
    ("leiCode", IdentifierKind::Lei),
    ("swiftBic", IdentifierKind::Bic),
    ("bikCode", IdentifierKind::Other),
    ("serialNumber", IdentifierKind::SerialNumber),
    ("isin", IdentifierKind::Other),
];

/// Properties that name a party exactly, and what each holds.
pub(crate) fn identifiers() -> impl Iterator<Item = (&'static str, IdentifierKind)> {
    IDENTIFIERS.into_iter()
}

/// Texts that are kept as remarks, for people.
const REMARKS: [&str; 8] = ["notes", "summary", "description", "title", "birthPlace", "gender", "legalForm", "topics"];

/// What a schema is here.
pub(super) fn kind_of(schema: &str) -> EntryKind {
    match schema {
        "Person" => EntryKind::Person,
        "Organization" | "Company" | "LegalEntity" | "PublicBody" => EntryKind::Organisation,
        "Vessel" => EntryKind::Vessel,
        "Airplane" => EntryKind::Aircraft,
        _ => EntryKind::Other,
    }
}

/// A party.
pub(super) fn entry(properties: Node<'_>, id: &str, schema: &str, file: &Opened, record: usize) -> Result<Entry, String> {
    let mut entry = Entry::new(EntryId::new(ListCode::FTM, id), kind_of(schema), file.place(record));
    for (property, quality) in [
        ("name", NameQuality::Primary),
        ("alias", NameQuality::Strong),
        ("previousName", NameQuality::Former),
        ("weakAlias", NameQuality::Weak),
    ] {
        values(properties, property).iter().for_each(|name| entry.add_name(ListedName::whole(name, quality)));
    }
    if entry.names.is_empty() {
        let (given, family) = (text(properties, "firstName"), text(properties, "lastName"));
        entry.add_name(ListedName::of_parts(&given, &family, NameQuality::Primary));
    }
    for (property, kind) in IDENTIFIERS {
        for value in values(properties, property) {
            entry.add_identifier(Identifier::new(kind, &value).labelled(&text(properties, "currency")));
        }
    }
    if entry.names.is_empty() && entry.identifiers.is_empty() {
        return Err(format!("the {schema} {id} has neither a name nor an identifier"));
    }
    for (property, role) in COUNTRIES {
        values(properties, property).iter().for_each(|country| entry.add_country(role, country));
    }
    for property in ["birthDate", "incorporationDate", "buildDate"] {
        values(properties, property).iter().filter_map(|text| dates::birth(text)).for_each(|birth| entry.add_birth(birth));
    }
    for text in values(properties, "address") {
        entry.add_address(Address { lines: text.into(), ..Address::default() });
    }
    for property in ["program", "programId"] {
        values(properties, property).iter().for_each(|programme| entry.add_programme(programme));
    }
    values(properties, "position").iter().for_each(|position| entry.add_position(position));
    for property in REMARKS {
        values(properties, property).iter().for_each(|text| entry.add_remark(&format!("{property}: {text}")));
    }
    Ok(entry)
}

/// Papers that stand among a party's own properties.
pub(super) fn add_documents(properties: Node<'_>, entry: &mut Entry) {
    for (property, kind) in [
        ("passportNumber", DocumentKind::Passport),
        ("idNumber", DocumentKind::NationalId),
        ("socialSecurityNumber", DocumentKind::NationalId),
    ] {
        for value in values(properties, property) {
            Document::new(kind, &value, "", "").into_iter().for_each(|document| entry.add_document(document));
        }
    }
}

/// Papers that are entities of their own.
pub(super) fn papers(properties: Node<'_>, schema: &str) -> Vec<Document> {
    let described = text(properties, "type");
    let kind = match schema {
        "Passport" => DocumentKind::Passport,
        _ if described.to_lowercase().contains("passport") => DocumentKind::Passport,
        _ if described.to_lowercase().contains("driv") => DocumentKind::DrivingLicence,
        _ if described.to_lowercase().contains("identi") || described.to_lowercase().contains("national") => {
            DocumentKind::NationalId
        }
        _ => DocumentKind::Other,
    };
    let country = text(properties, "country");
    let dated = [("issued", "startDate"), ("expires", "endDate")].map(|(word, name)| (word, text(properties, name)));
    let dated: Vec<String> =
        dated.iter().filter(|(_, date)| !date.is_empty()).map(|(word, date)| format!("{word} {date}")).collect();
    let note = [described, dated.join(" "), text(properties, "summary")].join(" ");
    let numbers = values(properties, "number").into_iter().chain(values(properties, "passportNumber"));
    numbers.filter_map(|number| Document::new(kind, &number, &country, &note)).collect()
}

/// An address.
pub(super) fn address(properties: Node<'_>) -> Address {
    let text = |name: &str| text(properties, name);
    let lines = Some(text("full")).filter(|full| !full.is_empty()).unwrap_or_else(|| text("street"));
    Address { lines: lines.into(), city: text("city").into(), country: text("country").into() }
}

/// Ids that a property names, at most `most`: texts, or entities inside.
pub(super) fn ids(properties: Node<'_>, name: &str, most: usize) -> Vec<Box<str>> {
    let Some(node) = properties.get(name) else { return Vec::new() };
    let id = |item: Node<'_>| match item.kind() {
        Kind::Object => string(item, "id"),
        _ => item.as_str().map(|text| text.trim().to_owned()).unwrap_or_default(),
    };
    let several = node.items().map(id);
    let one = (node.kind() != Kind::Array).then(|| id(node));
    one.into_iter().chain(several).filter(|id| !id.is_empty()).take(most).map(String::into_boxed_str).collect()
}

/// The texts of a property.
pub(super) fn values(properties: Node<'_>, name: &str) -> Vec<String> {
    let Some(node) = properties.get(name) else { return Vec::new() };
    let one = node.as_str().map(|text| text.trim().to_owned());
    let several = node.items().filter_map(|item| item.as_str().map(|text| text.trim().to_owned()));
    one.into_iter().chain(several).filter(|text| !text.is_empty()).collect()
}

/// The first text of a property; empty where there is none.
pub(super) fn text(properties: Node<'_>, name: &str) -> String {
    values(properties, name).into_iter().next().unwrap_or_default()
}

/// A text of the entity itself.
pub(super) fn string(node: Node<'_>, name: &str) -> String {
    node.get(name).and_then(|value| value.as_str().map(std::borrow::Cow::into_owned)).unwrap_or_default()
}
