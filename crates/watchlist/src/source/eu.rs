//! The consolidated list of financial sanctions of the European Union, XML (FSF 1.0 and 1.1).
//!
//! Source: the published schema of `xmlFullSanctionsList_1_1`; no real file was at hand.

use bonafide_formats::xml::{self, Element};

use super::{Opened, Read, children, dates, limits, no_spaces, ofac_remarks::push_birth};
use crate::{
    entry::{
        Address, Birth, CountryRole, Document, DocumentKind, Entry, EntryId, EntryKind, Identifier, IdentifierKind, ListCode,
        ListedName, NameQuality,
    },
    error::Error,
};

pub(super) fn read(file: &Opened) -> Result<Read, Error> {
    let mut read = file.start(ListCode::EU);
    let decoded = file.text();
    read.note_encoding(&file.name, &decoded);
    let tree = xml::parse(&decoded.text, no_spaces, &limits());
    read.note_tree(&tree);
    let Some(root) = tree.root() else {
        return Err(Error::Unrecognised { file: file.name.to_string(), seen: "XML without elements".into() });
    };
    read.published = root.attribute(0, "generationDate").map(Into::into);
    for (index, element) in children(root, "sanctionEntity").enumerate() {
        match entry(element, file, index + 1) {
            Ok(entry) => read.entries.push(entry),
            Err(reason) => read.refused.push(file.refused(index + 1, reason)),
        }
    }
    Ok(read)
}

fn entry(element: Element<'_>, file: &Opened, record: usize) -> Result<Entry, String> {
    let reference = attribute(element, "euReferenceNumber");
    let id = if reference.is_empty() { attribute(element, "logicalId") } else { reference };
    if id.is_empty() {
        return Err("the entity has neither a reference number nor a logical id".into());
    }
    let code = children(element, "subjectType").next().map_or("", |kind| attribute(kind, "code"));
    let kind = match code {
        "person" => EntryKind::Person,
        "enterprise" => EntryKind::Organisation,
        _ => EntryKind::Other,
    };
    let mut entry = Entry::new(EntryId::new(ListCode::EU, id), kind, file.place(record));
    for name in children(element, "nameAlias") {
        add_name(name, &mut entry);
    }
    if entry.names.is_empty() {
        return Err(format!("entity {id} has no name"));
    }
    for regulation in children(element, "regulation") {
        let programme = attribute(regulation, "programme");
        if !programme.is_empty() && !entry.programmes.iter().any(|known| **known == *programme) {
            entry.programmes.push(programme.into());
        }
    }
    let united_nations = attribute(element, "unitedNationId");
    entry.add_identifier(Identifier::new(IdentifierKind::ListReference, united_nations));
    children(element, "citizenship").for_each(|item| entry.add_country(CountryRole::Citizenship, country(item)));
    for item in children(element, "birthdate") {
        add_birth(item, &mut entry);
    }
    for item in children(element, "address") {
        add_address(item, &mut entry);
    }
    for item in children(element, "identification") {
        add_identification(item, &mut entry);
    }
    entry.remarks.extend(children(element, "remark").map(|remark| remark.text().trim().into()));
    entry.remarks.retain(|remark| !remark.is_empty());
    Ok(entry)
}

fn add_name(name: Element<'_>, entry: &mut Entry) {
    let quality = match (attribute(name, "strong"), entry.names.is_empty()) {
        ("false", _) => NameQuality::Weak,
        (_, true) => NameQuality::Primary,
        _ => NameQuality::Strong,
    };
    let given = format!("{} {}", attribute(name, "firstName"), attribute(name, "middleName"));
    let (family, whole) = (attribute(name, "lastName"), attribute(name, "wholeName"));
    let has_parts = !given.trim().is_empty() && !family.is_empty();
    entry.add_name(if has_parts { ListedName::of_parts(&given, family, quality) } else { ListedName::whole(whole, quality) });
    for title in ["function", "title"].map(|key| attribute(name, key)) {
        if !title.is_empty() && !entry.positions.iter().any(|known| **known == *title) {
            entry.positions.push(title.into());
        }
    }
}

fn add_birth(item: Element<'_>, entry: &mut Entry) {
    let circa = attribute(item, "circa") == "true";
    let text = |name| dates::single(attribute(item, name));
    let range = text("yearRangeFrom").zip(text("yearRangeTo")).map(|(from, to)| Birth { from, to, circa });
    let date = text("birthdate").or_else(|| text("year")).map(|date| Birth { circa, ..Birth::on(date) });
    let is_gregorian = matches!(attribute(item, "calendarType"), "" | "GREGORIAN");
    match date.or(range).filter(|_| is_gregorian) {
        Some(birth) => push_birth(entry, birth),
        None if attribute(item, "year").is_empty() => {}
        None => {
            entry.remarks.push(format!("Date of birth {} ({})", attribute(item, "year"), attribute(item, "calendarType")).into());
        }
    }
    entry.add_country(CountryRole::Birth, country(item));
    let place = attribute(item, "city");
    entry.remarks.extend((!place.is_empty()).then(|| format!("Place of birth {place}").into()));
}

fn add_address(item: Element<'_>, entry: &mut Entry) {
    let joined = |names: &[&'static str]| {
        let parts: Vec<&str> = names.iter().map(|name| attribute(item, name)).filter(|part| !part.is_empty()).collect();
        parts.join(", ").into_boxed_str()
    };
    let address = Address {
        lines: joined(&["street", "poBox", "place"]),
        city: joined(&["city", "region", "zipCode"]),
        country: country(item).into(),
    };
    entry.add_country(CountryRole::Address, &address.country);
    if address != Address::default() {
        entry.addresses.push(address);
    }
    for contact in children(item, "contactInfo") {
        let kind = match attribute(contact, "key").to_uppercase().as_str() {
            "EMAIL" => IdentifierKind::Email,
            "PHONE" | "MOBILE" | "FAX" => IdentifierKind::Phone,
            "WEB" | "WEBSITE" => IdentifierKind::Website,
            _ => IdentifierKind::Other,
        };
        entry.add_identifier(Identifier::new(kind, attribute(contact, "value")));
    }
}

fn add_identification(item: Element<'_>, entry: &mut Entry) {
    let (code, number) = (attribute(item, "identificationTypeCode"), attribute(item, "number"));
    let kind = match code {
        "passport" | "diplomaticpassport" | "travelDocument" => DocumentKind::Passport,
        "id" | "ssn" => DocumentKind::NationalId,
        "driverlicence" => DocumentKind::DrivingLicence,
        "birthcert" => DocumentKind::BirthCertificate,
        "residentperm" => DocumentKind::Residence,
        "imo" => return entry.add_identifier(Identifier::new(IdentifierKind::Imo, number)),
        "swiftbic" => return entry.add_identifier(Identifier::new(IdentifierKind::Bic, number)),
        "fiscalcode" => return entry.add_identifier(Identifier::new(IdentifierKind::Tax, number).of_country(country(item))),
        _ if entry.kind != EntryKind::Person => {
            let label = attribute(item, "identificationTypeDescription");
            return entry
                .add_identifier(Identifier::new(IdentifierKind::Registration, number).labelled(label).of_country(country(item)));
        }
        _ => DocumentKind::Other,
    };
    let remarks: Vec<String> = children(item, "remark").map(|remark| remark.text()).collect();
    entry.documents.extend(Document::new(kind, number, country(item), &remarks.join(" ")));
}

/// The description of a country, else its code; `UNKNOWN` and `00` are nothing.
fn country(item: Element<'_>) -> &str {
    match (attribute(item, "countryDescription"), attribute(item, "countryIso2Code")) {
        ("" | "UNKNOWN", "00") => "",
        ("" | "UNKNOWN", code) => code,
        (description, _) => description,
    }
}

fn attribute<'t>(element: Element<'t>, name: &str) -> &'t str {
    element.attribute(0, name).unwrap_or_default().trim()
}
