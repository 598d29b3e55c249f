//! OFAC's SDN list as XML (`sdn.xml`, `consolidated.xml`).
//!
//! Source: the published schema `XML.xsd`; no real file was at hand. Identifications have the labels of the CSV's remarks, so they
//! are read by the same rules.

use bonafide_formats::xml::Element;

use super::remarks;
use crate::{
    entry::{
        Address, CountryRole, Entry, EntryId, EntryKind, Identifier, IdentifierKind, Link, ListCode, ListedName, NameQuality,
        Relation,
    },
    error::Error,
    source::{
        Opened, Read, dates,
        tree::{self, child, child_text, children, items},
    },
};

pub(in crate::source) fn read(file: &Opened) -> Result<Read, Error> {
    tree::read(file, ListCode::OFAC, |root, read| {
        if let Some(information) = child(root, "publshInformation") {
            read.published = Some(child_text(information, "Publish_Date").into());
        }
        for (index, element) in children(root, "sdnEntry").enumerate() {
            read.take(file, index + 1, entry(element, file, index + 1));
        }
    })
}

fn entry(element: Element<'_>, file: &Opened, record: usize) -> Result<Entry, String> {
    let id = child_text(element, "uid");
    if id.is_empty() {
        return Err("the entry has no uid".into());
    }
    let kind = match child_text(element, "sdnType").to_lowercase().as_str() {
        "individual" => EntryKind::Person,
        "entity" => EntryKind::Organisation,
        "vessel" => EntryKind::Vessel,
        "aircraft" => EntryKind::Aircraft,
        other => return Err(format!("the type '{other}' is not known")),
    };
    let mut entry = Entry::new(EntryId::new(ListCode::OFAC, &id), kind, file.place(record));
    let name =
        |element, quality| ListedName::of_parts(&child_text(element, "firstName"), &child_text(element, "lastName"), quality);
    entry.add_name(name(element, NameQuality::Primary));
    if entry.names.is_empty() {
        return Err(format!("entry {id} has no name"));
    }
    for alias in items(element, "akaList", "aka") {
        let quality = match (child_text(alias, "category").as_str(), child_text(alias, "type").as_str()) {
            ("weak", _) => NameQuality::Weak,
            (_, "f.k.a.") => NameQuality::Former,
            _ => NameQuality::Strong,
        };
        entry.add_name(name(alias, quality));
    }
    entry.programmes = items(element, "programList", "program").map(|program| program.text().trim().into()).collect();
    entry.positions.extend(Some(child_text(element, "title")).filter(|title| !title.is_empty()).map(Into::into));
    remarks::read(&child_text(element, "remarks"), false, &mut entry);
    for id in items(element, "idList", "id") {
        remarks::read_whole(&identification(id), &mut entry);
    }
    for address in items(element, "addressList", "address") {
        add_address(address, &mut entry);
    }
    for (list, item, role) in [
        ("nationalityList", "nationality", CountryRole::Nationality),
        ("citizenshipList", "citizenship", CountryRole::Citizenship),
    ] {
        items(element, list, item).for_each(|item| entry.add_country(role, &child_text(item, "country")));
    }
    for item in items(element, "dateOfBirthList", "dateOfBirthItem") {
        let text = child_text(item, "dateOfBirth");
        match dates::birth(&text) {
            Some(birth) => entry.add_birth(birth),
            None => entry.remarks.push(format!("DOB {text}").into()),
        }
    }
    for item in items(element, "placeOfBirthList", "placeOfBirthItem") {
        remarks::read_whole(&format!("POB {}", child_text(item, "placeOfBirth")), &mut entry);
    }
    if let Some(vessel) = child(element, "vesselInfo") {
        add_vessel(vessel, &mut entry);
    }
    Ok(entry)
}

/// As the remarks of the CSV have it: label, number, country in brackets, dates.
fn identification(id: Element<'_>) -> String {
    let mut text = format!("{} {}", child_text(id, "idType"), child_text(id, "idNumber"));
    for (name, before, behind) in [("idCountry", " (", ")"), ("issueDate", " issued ", ""), ("expirationDate", " expires ", "")] {
        let part = child_text(id, name);
        if !part.is_empty() {
            text.push_str(&format!("{before}{part}{behind}"));
        }
    }
    text.trim().to_owned()
}

fn add_address(element: Element<'_>, entry: &mut Entry) {
    let joined = |names: &[&str]| {
        let parts: Vec<String> = names.iter().map(|name| child_text(element, name)).filter(|part| !part.is_empty()).collect();
        parts.join(", ").into_boxed_str()
    };
    let address = Address {
        lines: joined(&["address1", "address2", "address3"]),
        city: joined(&["city", "stateOrProvince", "postalCode"]),
        country: joined(&["country"]),
    };
    entry.add_country(CountryRole::Address, &address.country);
    if address != Address::default() {
        entry.addresses.push(address);
    }
}

fn add_vessel(vessel: Element<'_>, entry: &mut Entry) {
    entry.add_identifier(Identifier::new(IdentifierKind::CallSign, &child_text(vessel, "callSign")));
    entry.add_country(CountryRole::Flag, &child_text(vessel, "vesselFlag"));
    let owner = child_text(vessel, "vesselOwner");
    if !owner.is_empty() {
        entry.add_link(Link::to_name(Relation::Owner, &owner));
    }
    for (name, label) in
        [("vesselType", "Vessel Type"), ("tonnage", "Deadweight Tonnage"), ("grossRegisteredTonnage", "Gross Registered Tonnage")]
    {
        let text = child_text(vessel, name);
        entry.remarks.extend((!text.is_empty()).then(|| format!("{label} {text}").into()));
    }
}
