//! The UK Sanctions List as XML.
//!
//! Source: the element names that the publisher's guide gives; no real file was at hand. Values that the table numbers within one
//! cell are elements of their own here.

use bonafide_formats::xml::Element;

use super::table::{self, kind_of, numbered, quality_of};
use crate::{
    entry::{
        Address, Birth, CountryRole, DocumentKind, Entry, EntryId, Identifier, IdentifierKind, Link, ListCode, ListedName,
        Relation,
    },
    error::Error,
    source::{
        Opened, Read, dates,
        tree::{self, child_text, children, items},
    },
};

pub(in crate::source) fn read(file: &Opened) -> Result<Read, Error> {
    tree::read(file, ListCode::UK, |root, read| {
        read.published = Some(child_text(root, "DateGenerated")).filter(|date| !date.is_empty()).map(Into::into);
        for (index, element) in children(root, "Designation").enumerate() {
            read.take(file, index + 1, entry(element, file, index + 1));
        }
    })
}

fn entry(element: Element<'_>, file: &Opened, record: usize) -> Result<Entry, String> {
    let id = child_text(element, "UniqueID");
    if id.is_empty() {
        return Err("the designation has no UniqueID".into());
    }
    let kind = kind_of(&child_text(element, "IndividualEntityShip"))?;
    let mut entry = Entry::new(EntryId::new(ListCode::UK, &id), kind, file.place(record));
    for name in items(element, "Names", "Name") {
        let quality = quality_of(&child_text(name, "NameType"), &child_text(name, "AliasStrength"));
        let given = ["Name1", "Name2", "Name3", "Name4", "Name5"].map(|part| child_text(name, part)).join(" ");
        entry.add_name(ListedName::of_parts(&given, &child_text(name, "Name6"), quality));
    }
    for name in items(element, "NonLatinNames", "NonLatinName") {
        entry.add_name(ListedName::whole(&child_text(name, "NameNonLatinScript"), quality_of("", "")));
    }
    if entry.names.is_empty() {
        return Err(format!("designation {id} has no name"));
    }
    entry.add_programme(&child_text(element, "RegimeName"));
    entry.listed_on = dates::day_first(&child_text(element, "DateDesignated"));
    texts(element, "Titles", "Title").for_each(|title| entry.add_position(&title));
    for (list, item, kind) in [
        ("PhoneNumbers", "PhoneNumber", IdentifierKind::Phone),
        ("EmailAddresses", "EmailAddress", IdentifierKind::Email),
        ("Websites", "Website", IdentifierKind::Website),
    ] {
        for text in texts(element, list, item) {
            numbered(&text).for_each(|value| entry.add_identifier(Identifier::new(kind, value)));
        }
    }
    for (name, label) in [("UNReferenceNumber", ""), ("OFSIGroupID", "OFSI")] {
        entry.add_identifier(Identifier::new(IdentifierKind::ListReference, &child_text(element, name)).labelled(label));
    }
    items(element, "Addresses", "Address").for_each(|address| add_address(address, &mut entry));
    items(element, "IndividualDetails", "Individual").for_each(|details| add_individual(details, &mut entry));
    items(element, "EntityDetails", "Entity").for_each(|details| add_organisation(details, &mut entry));
    items(element, "ShipDetails", "Ship").for_each(|details| add_ship(details, &mut entry));
    for (name, label) in [("DesignationSource", "Designation source"), ("SanctionsImposed", "Sanctions imposed")] {
        add_labelled(label, &child_text(element, name), &mut entry);
    }
    table::add_narrative("Other information", &child_text(element, "OtherInformation"), &mut entry);
    table::add_narrative("UK statement of reasons", &child_text(element, "UKStatementofReasons"), &mut entry);
    Ok(entry)
}

fn texts<'t>(element: Element<'t>, list: &'static str, item: &'static str) -> impl Iterator<Item = String> {
    items(element, list, item).map(|item| item.text().trim().to_owned()).filter(|text| !text.is_empty())
}

fn add_labelled(label: &str, text: &str, entry: &mut Entry) {
    if !text.is_empty() {
        entry.add_remark(&format!("{label}: {text}"));
    }
}

fn add_address(address: Element<'_>, entry: &mut Entry) {
    let joined = |names: &[&str]| {
        let parts: Vec<String> = names.iter().map(|name| child_text(address, name)).filter(|part| !part.is_empty()).collect();
        parts.join(", ").into_boxed_str()
    };
    entry.add_address(Address {
        lines: joined(&["AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4", "AddressLine5"]),
        city: joined(&["AddressLine6", "AddressPostalCode"]),
        country: joined(&["AddressCountry"]),
    });
}

fn add_individual(details: Element<'_>, entry: &mut Entry) {
    for text in texts(details, "DOBs", "DOB") {
        match dates::day_first(&text).map(Birth::on).or_else(|| dates::birth(&text)) {
            Some(birth) => entry.add_birth(birth),
            None => entry.add_remark(&format!("Date of birth {text}")),
        }
    }
    for place in items(details, "BirthDetails", "Location") {
        entry.add_country(CountryRole::Birth, &child_text(place, "CountryOfBirth"));
        add_labelled("Town of birth", &child_text(place, "TownOfBirth"), entry);
    }
    for text in texts(details, "Nationalities", "Nationality") {
        numbered(&text).for_each(|country| entry.add_country(CountryRole::Nationality, country));
    }
    texts(details, "Positions", "Position").for_each(|position| entry.add_position(&position));
    for (list, item, number, note, kind) in [
        ("PassportDetails", "Passport", "PassportNumber", "PassportAdditionalInformation", DocumentKind::Passport),
        (
            "NationalIdentifierDetails",
            "NationalIdentifier",
            "NationalIdentifierNumber",
            "NationalIdentifierAdditionalInformation",
            DocumentKind::NationalId,
        ),
    ] {
        for paper in items(details, list, item) {
            table::add_papers(kind, &child_text(paper, number), &child_text(paper, note), entry);
        }
    }
}

fn add_organisation(details: Element<'_>, entry: &mut Entry) {
    for text in texts(details, "BusinessRegistrationNumbers", "BusinessRegistrationNumber") {
        numbered(&text).for_each(|value| entry.add_identifier(Identifier::new(IdentifierKind::Registration, value)));
    }
    texts(details, "TypeOfEntities", "TypeOfEntity").for_each(|text| add_labelled("Type of entity", &text, entry));
    add_links(details, "ParentCompanies", "ParentCompany", Relation::Owner, false, entry);
    add_links(details, "Subsidiaries", "Subsidiary", Relation::Owned, false, entry);
}

fn add_ship(details: Element<'_>, entry: &mut Entry) {
    for text in texts(details, "IMONumbers", "IMONumber") {
        numbered(&text).for_each(|value| entry.add_identifier(Identifier::new(IdentifierKind::Imo, value)));
    }
    add_links(details, "CurrentOwnerOperators", "CurrentOwnerOperator", Relation::Owner, false, entry);
    add_links(details, "PreviousOwnerOperators", "PreviousOwnerOperator", Relation::Owner, true, entry);
    for (list, item, role) in [
        ("CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip", CountryRole::Flag),
        ("PreviousFlags", "PreviousFlag", CountryRole::FormerFlag),
    ] {
        for text in texts(details, list, item) {
            numbered(&text).for_each(|flag| entry.add_country(role, flag));
        }
    }
    for (list, item, label) in [
        ("TypeOfShipDetails", "TypeOfShip", "Type of ship"),
        ("TonnageOfShipDetails", "TonnageOfShip", "Tonnage of ship"),
        ("LengthOfShipDetails", "LengthOfShip", "Length of ship"),
    ] {
        texts(details, list, item).for_each(|text| add_labelled(label, &text, entry));
    }
    for text in texts(details, "YearsBuilt", "YearBuilt") {
        dates::single(&text).into_iter().for_each(|year| entry.add_birth(Birth::on(year)));
    }
}

fn add_links(details: Element<'_>, list: &'static str, item: &'static str, relation: Relation, ended: bool, entry: &mut Entry) {
    for text in texts(details, list, item) {
        numbered(&text).for_each(|name| entry.add_link(Link::to_name(relation, name).ended(ended)));
    }
}
