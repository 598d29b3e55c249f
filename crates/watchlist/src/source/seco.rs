//! The list of the Swiss State Secretariat for Economic Affairs, XML.
//!
//! Source: the published schema `swiss-sanctions-list.xsd`; no real file was at hand. Targets whose last modification is a
//! de-listing are left out and counted.

use std::collections::HashMap;

use bonafide_formats::xml::Element;

use super::{
    Opened, Read, dates, free_text,
    tree::{self, attribute, child, child_text, children},
};
use crate::{
    entry::{Address, Birth, CountryRole, Document, DocumentKind, Entry, EntryId, EntryKind, ListCode, ListedName, NameQuality},
    error::Error,
};

pub(super) fn read(file: &Opened) -> Result<Read, Error> {
    tree::read(file, ListCode::SECO, |root, read| {
        read.published = root.attribute(0, "date").map(Into::into);
        let mut programmes: HashMap<&str, String> = HashMap::new();
        for programme in children(root, "sanctions-program") {
            let key = child_text(programme, "program-key");
            children(programme, "sanctions-set").for_each(|set| {
                programmes.insert(attribute(set, "ssid"), key.clone());
            });
        }
        let places: HashMap<&str, Element<'_>> = children(root, "place").map(|place| (attribute(place, "ssid"), place)).collect();
        let mut delisted = 0;
        for (index, target) in children(root, "target").enumerate() {
            if children(target, "modification").last().is_some_and(|change| attribute(change, "modification-type") == "de-listed")
            {
                delisted += 1;
                continue;
            }
            read.take(file, index + 1, entry(target, &programmes, &places, file, index + 1));
        }
        if delisted > 0 {
            read.notes.push(format!("{delisted} de-listed targets were left out"));
        }
    })
}

fn entry(
    target: Element<'_>,
    programmes: &HashMap<&str, String>,
    places: &HashMap<&str, Element<'_>>,
    file: &Opened,
    record: usize,
) -> Result<Entry, String> {
    let id = attribute(target, "ssid");
    if id.is_empty() {
        return Err("the target has no ssid".into());
    }
    let party = target.children().find(|child| matches!(child.local(), "individual" | "entity" | "object"));
    let party = party.ok_or_else(|| format!("target {id} is neither an individual nor an entity nor an object"))?;
    let kind = match (party.local(), attribute(party, "object-type")) {
        ("individual", _) => EntryKind::Person,
        ("entity", _) => EntryKind::Organisation,
        (_, "vessel") => EntryKind::Vessel,
        (_, "aircraft") => EntryKind::Aircraft,
        _ => EntryKind::Other,
    };
    let mut entry = Entry::new(EntryId::new(ListCode::SECO, id), kind, file.place(record));
    let sets = children(target, "sanctions-set-id").map(|set| set.text());
    for set in sets.chain([attribute(target, "sanctions-set-id").to_owned()]) {
        entry.programmes.extend(programmes.get(set.trim()).map(|key| key.as_str().into()));
    }
    for identity in children(party, "identity") {
        children(identity, "name").for_each(|name| add_name(name, &mut entry));
        for nationality in children(identity, "nationality") {
            entry.add_country(CountryRole::Nationality, &child_text(nationality, "country"));
        }
        children(identity, "day-month-year").for_each(|date| add_birth(date, &mut entry));
        for birth in children(identity, "place-of-birth") {
            let country = places.get(attribute(birth, "place-id")).map(|place| child_text(*place, "country")).unwrap_or_default();
            entry.add_country(CountryRole::Birth, &country);
        }
        for address in children(identity, "address").chain(children(party, "address")) {
            let place = places.get(attribute(address, "place-id"));
            let part = |name: &str| place.map(|place| child_text(*place, name)).unwrap_or_default();
            let address = Address {
                lines: child_text(address, "address-details").into(),
                city: part("location").into(),
                country: part("country").into(),
            };
            entry.add_country(CountryRole::Address, &address.country);
            if address != Address::default() && !entry.addresses.contains(&address) {
                entry.addresses.push(address);
            }
        }
        for document in children(identity, "identification-document") {
            let kind = match attribute(document, "document-type") {
                text if text.contains("passport") => DocumentKind::Passport,
                text if text.contains("id-card") => DocumentKind::NationalId,
                text if text.contains("driver") => DocumentKind::DrivingLicence,
                _ => DocumentKind::Other,
            };
            entry.documents.extend(Document::new(kind, &child_text(document, "number"), &child_text(document, "issuer"), ""));
        }
    }
    if entry.names.is_empty() {
        return Err(format!("target {id} has no name"));
    }
    let texts = children(party, "justification").chain(children(party, "other-information")).chain(children(party, "relation"));
    for text in texts.map(|text| text.text()) {
        entry.add_remark(&text);
        free_text::mine(&text, &mut entry);
    }
    Ok(entry)
}

/// The parts of a name in their order; a spelling in another script is a name of its own.
fn add_name(name: Element<'_>, entry: &mut Entry) {
    let quality = match (attribute(name, "name-type"), attribute(name, "quality")) {
        (_, "low") => NameQuality::Weak,
        ("primary-name", _) => NameQuality::Primary,
        ("formerly-known-as", _) => NameQuality::Former,
        _ => NameQuality::Strong,
    };
    let is_family = |part: &Element<'_>| attribute(*part, "name-part-type") == "family-name";
    let mut parts: Vec<Element<'_>> = children(name, "name-part").collect();
    parts.sort_by_key(|part| attribute(*part, "order").parse::<u32>().unwrap_or(u32::MAX));
    let joined = |wants_family: bool| {
        let parts = parts.iter().filter(|part| is_family(part) == wants_family);
        parts.map(|part| child_text(*part, "value")).collect::<Vec<_>>().join(" ")
    };
    entry.add_name(ListedName::of_parts(&joined(false), &joined(true), quality));
    let variants: Vec<String> = parts
        .iter()
        .filter_map(|part| child(*part, "spelling-variant"))
        .map(|variant| variant.text().trim().to_owned())
        .collect();
    entry.add_name(ListedName::whole(&variants.join(" "), quality));
}

fn add_birth(date: Element<'_>, entry: &mut Entry) {
    let number = |name: &str| attribute(date, name).parse::<u16>().ok();
    let text = match (number("year"), number("month"), number("day")) {
        (Some(year), Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (Some(year), Some(month), None) => format!("{year:04}-{month:02}"),
        (Some(year), ..) => format!("{year:04}"),
        _ => return,
    };
    match dates::single(&text).filter(|_| matches!(attribute(date, "calendar"), "" | "Gregorian")) {
        Some(date) => entry.add_birth(Birth::on(date)),
        None => entry.remarks.push(format!("Date of birth {text} {}", attribute(date, "calendar")).into()),
    }
}
