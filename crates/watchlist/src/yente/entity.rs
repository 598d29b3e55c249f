//! A listed party in the FollowTheMoney form.

use serde_json::{Value, json};

use super::wire::{EntityResponse, Properties};
use crate::{
    entry::{CountryRole, DocumentKind, Entry, EntryKind, IdentifierKind, Link, NameQuality, Relation},
    identifier::country_code,
};

/// The schema of a party.
pub(super) fn schema(entry: &Entry) -> &'static str {
    match entry.kind {
        EntryKind::Person => "Person",
        EntryKind::Organisation => "Organization",
        EntryKind::Vessel => "Vessel",
        EntryKind::Aircraft => "Airplane",
        EntryKind::Other if entry.names.is_empty() => "CryptoWallet",
        EntryKind::Other => "LegalEntity",
    }
}

/// What a list says of its parties as a whole.
pub(super) fn topics(entry: &Entry) -> Vec<&'static str> {
    match entry.id.list.as_str() {
        "ofac" | "un" | "uk" | "eu" | "au" | "seco" | "wallet" => vec!["sanction"],
        "bis" => vec!["export.control"],
        _ => {
            // Lists in this form say it themselves.
            let told = entry.remarks.iter().filter_map(|remark| remark.strip_prefix("topics: "));
            let known = ["sanction", "sanction.linked", "export.control", "debarment", "crime", "wanted", "role.pep", "poi"];
            told.filter_map(|topic| known.iter().find(|known| **known == topic).copied()).collect()
        }
    }
}

/// Countries of a party, in lower case, each once.
pub(super) fn countries(entry: &Entry) -> Vec<String> {
    let mut codes: Vec<String> =
        entry.countries.iter().filter_map(|country| country.code.as_deref()).map(str::to_ascii_lowercase).collect();
    codes.sort();
    codes.dedup();
    codes
}

/// A party; with `nested`, its links as entities inside.
pub(super) fn entity(entry: &Entry, last_seen: Option<&str>, nested: bool) -> EntityResponse {
    let mut properties = Properties::new();
    names(entry, &mut properties);
    let born = match entry.kind {
        EntryKind::Person | EntryKind::Other => "birthDate",
        EntryKind::Organisation => "incorporationDate",
        EntryKind::Vessel | EntryKind::Aircraft => "buildDate",
    };
    for birth in &entry.births {
        add(&mut properties, born, birth.from.to_string());
        add(&mut properties, born, birth.to.to_string());
    }
    for country in &entry.countries {
        let code = country.code.as_deref().map_or_else(|| country.written.to_string(), str::to_ascii_lowercase);
        add(&mut properties, country_property(country.role), code);
    }
    for document in &entry.documents {
        let property = match document.kind {
            DocumentKind::Passport => "passportNumber",
            _ => "idNumber",
        };
        add(&mut properties, property, document.written.to_string());
    }
    for identifier in &entry.identifiers {
        add(&mut properties, identifier_property(identifier.kind), identifier.written.to_string());
    }
    for address in &entry.addresses {
        let parts = [&*address.lines, &*address.city, &*address.country];
        add(&mut properties, "address", parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "));
    }
    for (property, texts) in [("program", &entry.programmes), ("position", &entry.positions), ("notes", &entry.remarks)] {
        texts.iter().for_each(|text| add(&mut properties, property, text.to_string()));
    }
    topics(entry).into_iter().for_each(|topic| add(&mut properties, "topics", topic.to_owned()));
    if nested {
        entry.links.iter().enumerate().for_each(|(number, link)| add_link(entry, number, link, &mut properties));
    }
    EntityResponse {
        id: entry.id.to_string(),
        caption: caption(entry),
        schema: schema(entry),
        properties,
        datasets: vec![entry.id.list.as_str().to_owned()],
        referents: Vec::new(),
        target: true,
        first_seen: entry.listed_on.map(|date| date.to_string()),
        last_seen: last_seen.map(str::to_owned),
        last_change: None,
    }
}

/// The primary name, or the first identifier of what has none.
pub(super) fn caption(entry: &Entry) -> String {
    match entry.primary_name() {
        "" => entry.identifiers.first().map_or_else(|| entry.id.to_string(), |identifier| identifier.written.to_string()),
        name => name.to_owned(),
    }
}

fn names(entry: &Entry, properties: &mut Properties) {
    for name in &entry.names {
        let property = match name.quality {
            NameQuality::Primary => "name",
            NameQuality::Strong => "alias",
            NameQuality::Former => "previousName",
            NameQuality::Weak => "weakAlias",
        };
        add(properties, property, name.text.to_string());
        if let Some(parts) = name.parts.as_deref().filter(|_| entry.kind == EntryKind::Person) {
            add(properties, "firstName", parts.given.to_string());
            add(properties, "lastName", parts.family.to_string());
        }
    }
}

const fn country_property(role: CountryRole) -> &'static str {
    match role {
        CountryRole::Nationality => "nationality",
        CountryRole::Citizenship => "citizenship",
        CountryRole::Birth => "birthCountry",
        CountryRole::Registration => "jurisdiction",
        CountryRole::Flag => "flag",
        CountryRole::FormerFlag => "pastFlags",
        CountryRole::Address | CountryRole::Other => "country",
    }
}

const fn identifier_property(kind: IdentifierKind) -> &'static str {
    match kind {
        IdentifierKind::Email => "email",
        IdentifierKind::Phone => "phone",
        IdentifierKind::Wallet => "publicKey",
        IdentifierKind::Website | IdentifierKind::Handle => "website",
        IdentifierKind::Imo => "imoNumber",
        IdentifierKind::Mmsi => "mmsi",
        IdentifierKind::CallSign => "callSign",
        IdentifierKind::TailNumber | IdentifierKind::Registration => "registrationNumber",
        IdentifierKind::SerialNumber => "serialNumber",
        IdentifierKind::Tax => "taxNumber",
        IdentifierKind::Bic => "swiftBic",
        IdentifierKind::Lei => "leiCode",
        IdentifierKind::ListReference | IdentifierKind::Other => "idNumber",
    }
}

/// A link as an entity between two: the party itself by id, the other with what is known of it.
fn add_link(entry: &Entry, number: usize, link: &Link, properties: &mut Properties) {
    // Schema, where the party itself stands in it and under which name that is seen from the party, where the other stands.
    let (schema, own, reverse, other) = match link.relation {
        Relation::Owner => ("Ownership", "asset", "ownershipAsset", "owner"),
        Relation::Owned => ("Ownership", "owner", "ownershipOwner", "asset"),
        Relation::Controller => ("Directorship", "organization", "directorshipOrganization", "director"),
        Relation::Controlled => ("Directorship", "director", "directorshipDirector", "organization"),
        Relation::Family => ("Family", "person", "familyPerson", "relative"),
        Relation::Linked => ("UnknownLink", "subject", "unknownLinkFrom", "object"),
    };
    let id = link.entry.as_ref().map_or_else(|| format!("{}-link-{number}-party", entry.id), ToString::to_string);
    let party = json!({ "id": id, "caption": &*link.name, "schema": "LegalEntity", "properties": { "name": [&*link.name] } });
    let mut inside = json!({ own: [entry.id.to_string()], other: [party] });
    let more = [
        ("role", Some(link.wording.to_string()).filter(|wording| !wording.is_empty())),
        ("percentage", link.share.map(|share| format!("{}", f64::from(share.hundredths()) / 100.0))),
        ("status", link.ended.then(|| "ended".to_owned())),
    ];
    if let Value::Object(fields) = &mut inside {
        for (name, text) in more {
            fields.extend(text.map(|text| (name.to_owned(), json!([text]))));
        }
    }
    let caption = if link.wording.is_empty() { schema } else { &link.wording };
    let value =
        json!({ "id": format!("{}-link-{number}", entry.id), "caption": caption, "schema": schema, "properties": inside });
    properties.entry(reverse.to_owned()).or_default().push(value);
}

fn add(properties: &mut Properties, name: &str, text: String) {
    if text.is_empty() {
        return;
    }
    let values = properties.entry(name.to_owned()).or_default();
    let value = Value::String(text);
    if !values.contains(&value) {
        values.push(value);
    }
}

/// A country as its code in lower case, where it is known.
pub(super) fn country(text: &str) -> Option<String> {
    country_code(text).map(|code| code.to_ascii_lowercase())
}
