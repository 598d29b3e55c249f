//! What both forms of the list say of a party, by the names of the XML's attributes.

use super::super::{dates, free_text};
use crate::entry::{
    Address, Birth, CountryRole, Document, DocumentKind, Entry, EntryKind, Identifier, IdentifierKind, ListedName, NameQuality,
};

/// The fields of one element, or of a group of columns: empty where there is none.
pub(super) type Fields<'f, 't> = &'f dyn Fn(&str) -> &'t str;

pub(super) fn kind(code: &str) -> EntryKind {
    match code {
        "person" | "P" => EntryKind::Person,
        "enterprise" | "E" => EntryKind::Organisation,
        _ => EntryKind::Other,
    }
}

pub(super) fn add_name(get: Fields<'_, '_>, entry: &mut Entry) {
    let quality = match (get("strong"), entry.names.is_empty()) {
        ("false", _) => NameQuality::Weak,
        (_, true) => NameQuality::Primary,
        _ => NameQuality::Strong,
    };
    let given = format!("{} {}", get("firstName"), get("middleName"));
    let (family, whole) = (get("lastName"), get("wholeName"));
    let has_parts = !given.trim().is_empty() && !family.is_empty();
    entry.add_name(if has_parts { ListedName::of_parts(&given, family, quality) } else { ListedName::whole(whole, quality) });
    ["function", "title"].iter().for_each(|key| entry.add_position(get(key)));
}

pub(super) fn add_birth(get: Fields<'_, '_>, entry: &mut Entry) {
    let circa = get("circa") == "true";
    let text = |name| dates::single(get(name));
    let range = text("yearRangeFrom").zip(text("yearRangeTo")).map(|(from, to)| Birth { from, to, circa });
    let date = text("birthdate").or_else(|| text("year")).map(|date| Birth { circa, ..Birth::on(date) });
    let is_gregorian = matches!(get("calendarType"), "" | "GREGORIAN");
    match date.or(range).filter(|_| is_gregorian) {
        Some(birth) => entry.add_birth(birth),
        None if get("year").is_empty() => {}
        None => entry.add_remark(&format!("Date of birth {} ({})", get("year"), get("calendarType"))),
    }
    entry.add_country(CountryRole::Birth, country(get));
    let place = get("city");
    if !place.is_empty() {
        entry.add_remark(&format!("Place of birth {place}"));
    }
}

pub(super) fn add_address(get: Fields<'_, '_>, entry: &mut Entry) {
    let joined = |names: &[&'static str]| {
        let parts: Vec<&str> = names.iter().map(|name| get(name)).filter(|part| !part.is_empty()).collect();
        parts.join(", ").into_boxed_str()
    };
    entry.add_address(Address {
        lines: joined(&["street", "poBox", "place"]),
        city: joined(&["city", "region", "zipCode"]),
        country: country(get).into(),
    });
}

/// A way to reach a party: `EMAIL`, `PHONE` … and the value.
pub(super) fn add_contact(key: &str, value: &str, entry: &mut Entry) {
    let kind = match key.trim().to_uppercase().as_str() {
        "EMAIL" | "E-MAIL" => IdentifierKind::Email,
        "PHONE" | "MOBILE" | "FAX" => IdentifierKind::Phone,
        "WEB" | "WEBSITE" => IdentifierKind::Website,
        _ => IdentifierKind::Other,
    };
    entry.add_identifier(Identifier::new(kind, value));
}

/// A paper or a number; `remark` is what the list says of it.
pub(super) fn add_identification(get: Fields<'_, '_>, remark: &str, entry: &mut Entry) {
    let (code, number) = (get("identificationTypeCode"), get("number"));
    let label = get("identificationTypeDescription");
    let kind = match code {
        "passport" | "diplomaticpassport" | "travelDocument" => DocumentKind::Passport,
        "id" | "ssn" => DocumentKind::NationalId,
        "driverlicence" => DocumentKind::DrivingLicence,
        "birthcert" => DocumentKind::BirthCertificate,
        "residentperm" => DocumentKind::Residence,
        "imo" => return entry.add_identifier(Identifier::new(IdentifierKind::Imo, number)),
        "swiftbic" => return entry.add_identifier(Identifier::new(IdentifierKind::Bic, number)),
        "fiscalcode" => return entry.add_identifier(Identifier::new(IdentifierKind::Tax, number).of_country(country(get))),
        _ if entry.kind != EntryKind::Person => {
            let identifier = Identifier::new(IdentifierKind::Registration, number).labelled(label).of_country(country(get));
            return entry.add_identifier(identifier);
        }
        _ => DocumentKind::Other,
    };
    Document::new(kind, number, country(get), remark).into_iter().for_each(|document| entry.add_document(document));
}

/// A remark: kept as written, and what it names exactly is found under it too.
pub(super) fn add_remark(text: &str, entry: &mut Entry) {
    entry.add_remark(text);
    free_text::mine(text, entry);
}

/// The description of a country, else its code; `UNKNOWN` and `00` are nothing.
pub(super) fn country<'t>(get: Fields<'_, 't>) -> &'t str {
    match (get("countryDescription"), get("countryIso2Code")) {
        ("" | "UNKNOWN", "00") => "",
        ("" | "UNKNOWN", code) => code,
        (description, _) => description,
    }
}
