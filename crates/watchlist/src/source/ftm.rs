//! Entities in the FollowTheMoney format, one JSON object a line, as OpenSanctions and others publish them.
//!
//! Entities with names become entries; addresses, ownerships and the like are joined to the entities that they name, in a second
//! pass, since lines stand in any order. Source: the FollowTheMoney model's documentation.

use std::collections::HashMap;

use bonafide_formats::{json, packed};

use super::{Opened, Read, dates, limits, ofac_remarks::push_birth};
use crate::{
    entry::{
        Address, CountryRole, Document, DocumentKind, Entry, EntryId, EntryKind, Identifier, IdentifierKind, Link, ListCode,
        ListedName, NameQuality, Relation,
    },
    error::Error,
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

/// Texts that are kept as remarks, for people.
const REMARKS: [&str; 8] = ["notes", "summary", "description", "title", "birthPlace", "gender", "legalForm", "topics"];

pub(super) fn read(file: &Opened) -> Result<Read, Error> {
    let failed = |source| Error::Format { file: file.name.to_string(), source };
    let mut read = file.start(ListCode::FTM);
    let mut known: HashMap<Box<str>, usize> = HashMap::new();
    let mut addresses: HashMap<Box<str>, Address> = HashMap::new();
    let mut wanted: Vec<(usize, Box<str>)> = Vec::new();
    let mut links: Vec<(Relation, Box<str>, Box<str>)> = Vec::new();
    let mut nameless = 0_usize;
    let mut lines = packed::lines(&file.bytes[..], &limits()).map_err(failed)?;
    while let Some(line) = lines.next_line() {
        let line = line.map_err(failed)?;
        if line.bytes.trim_ascii().is_empty() {
            continue;
        }
        let record = usize::try_from(line.number).unwrap_or(usize::MAX);
        let tree = match json::parse(line.bytes, &limits()) {
            Ok(tree) => tree,
            Err(error) => {
                read.refused.push(file.refused(record, error.to_string()));
                continue;
            }
        };
        let (id, schema) = (string(tree.root(), "id"), string(tree.root(), "schema"));
        let Some(properties) = tree.root().get("properties").filter(|_| !id.is_empty() && !schema.is_empty()) else {
            read.refused.push(file.refused(record, "the line is not an entity: id, schema or properties are missing"));
            continue;
        };
        match schema.as_str() {
            "Address" => {
                addresses.insert(id.into(), address(properties));
            }
            "Ownership" => links.extend(pairs(properties, "owner", "asset").map(|(a, b)| (Relation::Owner, b, a))),
            "Directorship" => {
                links.extend(pairs(properties, "director", "organization").map(|(a, b)| (Relation::Controller, b, a)));
            }
            "Family" => links.extend(pairs(properties, "person", "relative").map(|(a, b)| (Relation::Family, a, b))),
            "UnknownLink" | "Representation" | "Membership" | "Employment" | "Associate" => {
                for (from, to) in [
                    ("subject", "object"),
                    ("agent", "client"),
                    ("member", "organization"),
                    ("employee", "employer"),
                    ("person", "associate"),
                ] {
                    links.extend(pairs(properties, from, to).map(|(a, b)| (Relation::Linked, a, b)));
                }
            }
            "Passport" | "Identification" => {
                // Read with their holders below, where they have ids of their own.
                if let Some(&at) = values(properties, "holder").first().and_then(|holder| known.get(holder.as_str())) {
                    add_documents(properties, &schema, &mut read.entries[at]);
                } else {
                    read.refused.push(file.refused(record, "a document stands before its holder or without one"));
                }
            }
            "Sanction" | "Occupancy" | "Position" | "Debt" | "Payment" => nameless += 1,
            _ => match entry(properties, &id, &schema, file, record) {
                Ok(entry) => {
                    wanted.extend(values(properties, "addressEntity").into_iter().map(|id| (read.entries.len(), id.into())));
                    known.insert(id.into(), read.entries.len());
                    read.entries.push(entry);
                }
                Err(reason) => read.refused.push(file.refused(record, reason)),
            },
        }
    }
    if nameless > 0 {
        read.notes.push(format!("{nameless} lines that name nobody (sanctions, positions, payments) were left out"));
    }
    for (at, id) in wanted {
        match (addresses.get(&id), read.entries.get_mut(at)) {
            (Some(address), Some(entry)) => {
                entry.add_country(CountryRole::Address, &address.country);
                entry.addresses.push(address.clone());
            }
            _ => read.notes.push(format!("the address {id} is not in the file")),
        }
    }
    for (relation, from, to) in links {
        let name = known.get(&to).map_or_else(|| "".into(), |&at| read.entries[at].primary_name().into());
        if let Some(entry) = known.get(&from).and_then(|&at| read.entries.get_mut(at)) {
            entry.links.push(Link { relation, name, entry: Some(EntryId::new(ListCode::FTM, &to)) });
        }
    }
    Ok(read)
}

fn entry(properties: json::Node<'_>, id: &str, schema: &str, file: &Opened, record: usize) -> Result<Entry, String> {
    let kind = match schema {
        "Person" => EntryKind::Person,
        "Organization" | "Company" | "LegalEntity" | "PublicBody" => EntryKind::Organisation,
        "Vessel" => EntryKind::Vessel,
        "Airplane" => EntryKind::Aircraft,
        _ => EntryKind::Other,
    };
    let mut entry = Entry::new(EntryId::new(ListCode::FTM, id), kind, file.place(record));
    for (property, quality) in [
        ("name", NameQuality::Primary),
        ("alias", NameQuality::Strong),
        ("previousName", NameQuality::Former),
        ("weakAlias", NameQuality::Weak),
    ] {
        values(properties, property).iter().for_each(|name| entry.add_name(ListedName::whole(name, quality)));
    }
    for (property, kind) in IDENTIFIERS {
        for value in values(properties, property) {
            entry.add_identifier(Identifier::new(kind, &value).labelled(&string_of(properties, "currency")));
        }
    }
    if entry.names.is_empty() && entry.identifiers.is_empty() {
        return Err(format!("the {schema} {id} has neither a name nor an identifier"));
    }
    for (property, role) in COUNTRIES {
        values(properties, property).iter().for_each(|country| entry.add_country(role, country));
    }
    for property in ["birthDate", "incorporationDate", "buildDate"] {
        values(properties, property).iter().filter_map(|text| dates::birth(text)).for_each(|birth| push_birth(&mut entry, birth));
    }
    add_documents(properties, "", &mut entry);
    for text in values(properties, "address") {
        entry.addresses.push(Address { lines: text.into(), ..Address::default() });
    }
    entry.programmes =
        [values(properties, "program"), values(properties, "programId")].concat().into_iter().map(Into::into).collect();
    entry.positions = values(properties, "position").into_iter().map(Into::into).collect();
    for property in REMARKS {
        entry.remarks.extend(values(properties, property).into_iter().map(|text| format!("{property}: {text}").into()));
    }
    Ok(entry)
}

fn add_documents(properties: json::Node<'_>, schema: &str, entry: &mut Entry) {
    let number_kind = if schema == "Passport" { DocumentKind::Passport } else { DocumentKind::Other };
    let number = if schema.is_empty() { "" } else { "number" };
    for (property, kind) in [
        ("passportNumber", DocumentKind::Passport),
        ("idNumber", DocumentKind::NationalId),
        ("socialSecurityNumber", DocumentKind::NationalId),
        (number, number_kind),
    ] {
        for value in values(properties, property) {
            let country = if schema.is_empty() { String::new() } else { string_of(properties, "country") };
            entry.documents.extend(Document::new(kind, &value, &country, ""));
        }
    }
}

fn address(properties: json::Node<'_>) -> Address {
    let text = |name: &str| string_of(properties, name);
    let lines = Some(text("full")).filter(|full| !full.is_empty()).unwrap_or_else(|| text("street"));
    Address { lines: lines.into(), city: text("city").into(), country: text("country").into() }
}

/// All pairs of two properties.
fn pairs(properties: json::Node<'_>, from: &str, to: &str) -> impl Iterator<Item = (Box<str>, Box<str>)> {
    let targets = values(properties, to);
    let sources = values(properties, from);
    // Invariant of the format: both are short lists; a hostile file gets one pair for each source.
    let targets: Vec<String> = targets.into_iter().take(100).collect();
    sources
        .into_iter()
        .take(100)
        .flat_map(move |from| targets.clone().into_iter().map(move |to| (from.as_str().into(), to.into())))
}

fn values(properties: json::Node<'_>, name: &str) -> Vec<String> {
    let Some(node) = properties.get(name) else { return Vec::new() };
    let one = node.as_str().map(|text| text.trim().to_owned());
    let several = node.items().filter_map(|item| item.as_str().map(|text| text.trim().to_owned()));
    one.into_iter().chain(several).filter(|text| !text.is_empty()).collect()
}

fn string_of(properties: json::Node<'_>, name: &str) -> String {
    values(properties, name).into_iter().next().unwrap_or_default()
}

fn string(node: json::Node<'_>, name: &str) -> String {
    node.get(name).and_then(|value| value.as_str().map(std::borrow::Cow::into_owned)).unwrap_or_default()
}
