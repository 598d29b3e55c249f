//! The consolidated list of the UN Security Council, XML.
//!
//! Source: the element names of the published list and its schema `sc-sanctions.xsd`.

use bonafide_formats::xml::Element;
use bonafide_normalise::script::WritingSystem;

use super::{
    Opened, Read, dates, free_text,
    tree::{self, child_text, children},
};
use crate::{
    entry::{
        Address, Birth, CountryRole, Document, DocumentKind, Entry, EntryId, EntryKind, Identifier, IdentifierKind, ListCode,
        ListedName, NameQuality,
    },
    error::Error,
};

pub(super) fn read(file: &Opened) -> Result<Read, Error> {
    tree::read(file, ListCode::UN, |root, read| {
        read.published = root.attribute(0, "dateGenerated").map(Into::into);
        let mut record = 0;
        for (section, kind) in [("INDIVIDUALS", EntryKind::Person), ("ENTITIES", EntryKind::Organisation)] {
            for element in children(root, section).flat_map(|section| section.children()) {
                record += 1;
                read.take(file, record, entry(element, kind, file, record));
            }
        }
    })
}

fn entry(element: Element<'_>, kind: EntryKind, file: &Opened, record: usize) -> Result<Entry, String> {
    let id = child_text(element, "DATAID");
    if id.is_empty() {
        return Err(format!("the element {} has no DATAID", element.local()));
    }
    let mut entry = Entry::new(EntryId::new(ListCode::UN, &id), kind, file.place(record));
    // The list does not say which of the four is the family name.
    let parts = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"].map(|name| child_text(element, name));
    entry.add_name(ListedName::whole(&parts.join(" "), NameQuality::Primary));
    entry.add_name(ListedName::whole(&child_text(element, "NAME_ORIGINAL_SCRIPT"), NameQuality::Primary));
    for alias in element.children().filter(|child| child.local().ends_with("_ALIAS")) {
        read_alias(alias, &mut entry);
    }
    if entry.names.is_empty() {
        return Err(format!("entry {id} has no name"));
    }
    entry.programmes.extend(non_empty(child_text(element, "UN_LIST_TYPE")));
    entry.listed_on = child_text(element, "LISTED_ON").get(..10).and_then(|day| day.parse().ok());
    let reference = child_text(element, "REFERENCE_NUMBER");
    if !reference.is_empty() {
        entry.add_identifier(Identifier::new(IdentifierKind::ListReference, &reference));
    }
    for (name, role) in [("NATIONALITY", CountryRole::Nationality), ("NATIONALITY2", CountryRole::Nationality)] {
        values(element, name).for_each(|value| entry.add_country(role, &value));
    }
    entry.positions = values(element, "TITLE").chain(values(element, "DESIGNATION")).filter_map(non_empty).collect();
    for date in children(element, "INDIVIDUAL_DATE_OF_BIRTH") {
        read_birth(date, &mut entry);
    }
    for place in children(element, "INDIVIDUAL_PLACE_OF_BIRTH") {
        entry.add_country(CountryRole::Birth, &child_text(place, "COUNTRY"));
        let parts = ["STREET", "CITY", "STATE_PROVINCE", "COUNTRY", "NOTE"].map(|name| child_text(place, name));
        let text = joined(&parts);
        entry.remarks.extend((!text.is_empty()).then(|| format!("Place of birth {text}").into()));
    }
    for address in element.children().filter(|child| child.local().ends_with("_ADDRESS")) {
        read_address(address, &mut entry);
    }
    for document in children(element, "INDIVIDUAL_DOCUMENT") {
        read_document(document, &mut entry);
    }
    let gender = child_text(element, "GENDER");
    entry.remarks.extend((!gender.is_empty()).then(|| format!("Gender {gender}").into()));
    let comments = child_text(element, "COMMENTS1");
    free_text::mine(&comments, &mut entry);
    entry.add_remark(&comments);
    Ok(entry)
}

fn read_alias(alias: Element<'_>, entry: &mut Entry) {
    let quality = match child_text(alias, "QUALITY").as_str() {
        "Low" => NameQuality::Weak,
        "f.k.a." => NameQuality::Former,
        _ => NameQuality::Strong,
    };
    for name in names_in(&child_text(alias, "ALIAS_NAME")) {
        entry.add_name(ListedName::whole(&name, quality));
    }
    // Dates and places that belong to an alias: a false passport's.
    if let Some(birth) = dates::birth(&child_text(alias, "DATE_OF_BIRTH")) {
        entry.add_birth(birth);
    }
    entry.add_country(CountryRole::Birth, &child_text(alias, "COUNTRY_OF_BIRTH"));
    entry.remarks.extend(non_empty(child_text(alias, "NOTE")));
}

/// The names in one field: several of them are told apart by semicolons, letters with a bracket ("b)"), or as the Latin spelling of
/// another script's in brackets.
fn names_in(text: &str) -> Vec<String> {
    let outside = text.split('(').next().unwrap_or_default();
    let in_two_scripts = !outside.trim().is_empty()
        && text.contains('(')
        && WritingSystem::of_word(outside) != WritingSystem::of_word(&text[outside.len()..])
        && !text.contains(char::is_numeric);
    if !text.contains(';') && !in_two_scripts {
        return vec![text.to_owned()];
    }
    let is_break = |c: char| matches!(c, ';' | '(' | ')');
    let names = text.split(is_break).map(|name| {
        // What is left of "b)".
        let name = name.trim();
        name.strip_suffix(|c: char| c.is_ascii_lowercase()).filter(|rest| rest.ends_with(' ')).unwrap_or(name).trim().to_owned()
    });
    names.filter(|name| name.chars().filter(|c| c.is_alphabetic()).count() > 1).collect()
}

fn read_birth(element: Element<'_>, entry: &mut Entry) {
    let text = |name: &str| child_text(element, name);
    let range = dates::single(&text("FROM_YEAR")).zip(dates::single(&text("TO_YEAR")));
    let date = || dates::single(text("DATE").get(..10).unwrap_or_default()).or_else(|| dates::single(&text("YEAR")));
    let note = text("NOTE");
    let birth = range.map(|(from, to)| Birth { from, to, circa: false }).or_else(|| date().map(Birth::on));
    // "Nov. 1973" stands in the note alone. Dates of other calendars stay remarks.
    let birth = birth.or_else(|| Some(&note).filter(|note| !note.contains("Hijri")).and_then(|note| dates::birth(note)));
    if let Some(birth) = birth {
        let circa = text("TYPE_OF_DATE").eq_ignore_ascii_case("APPROXIMATELY");
        entry.add_birth(if circa { birth.about() } else { birth });
    }
    entry.remarks.extend((!note.is_empty()).then(|| format!("Date of birth: {note}").into()));
}

fn read_address(element: Element<'_>, entry: &mut Entry) {
    let text = |name: &str| child_text(element, name);
    let address = Address {
        lines: text("STREET").into(),
        city: joined(&[text("CITY"), text("STATE_PROVINCE"), text("ZIP_CODE")]).into(),
        country: text("COUNTRY").into(),
    };
    entry.add_country(CountryRole::Address, &address.country);
    if address != Address::default() {
        entry.addresses.push(address);
    }
    entry.remarks.extend(non_empty(text("NOTE")));
}

fn read_document(element: Element<'_>, entry: &mut Entry) {
    let text = |name: &str| child_text(element, name);
    let (first, second) = (text("TYPE_OF_DOCUMENT"), text("TYPE_OF_DOCUMENT2"));
    let country = non_empty(text("ISSUING_COUNTRY")).or_else(|| non_empty(text("COUNTRY_OF_ISSUE"))).unwrap_or_default();
    let dated = |label: &str, name: &str| Some(text(name)).filter(|text| !text.is_empty()).map(|text| format!("{label} {text}"));
    let parts = [Some(second.clone()), dated("issued", "DATE_OF_ISSUE"), dated("expires", "DATE_OF_EXPIRY"), Some(text("NOTE"))];
    let note = joined(&parts.map(Option::unwrap_or_default));
    match Document::new(document_kind(&first, &second), &text("NUMBER"), &country, &note) {
        Some(document) => entry.documents.push(document),
        None => {
            let text = joined(&[first, note]);
            entry.remarks.extend((!text.is_empty()).then(|| format!("Document without a number: {text}").into()));
        }
    }
}

fn document_kind(first: &str, second: &str) -> DocumentKind {
    let text = format!("{first} {second}").to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match () {
        () if has(&["passport", "passeport", "pasaporte"]) => DocumentKind::Passport,
        () if has(&["birth"]) => DocumentKind::BirthCertificate,
        () if has(&["driv"]) => DocumentKind::DrivingLicence,
        () if has(&["residence", "visa"]) => DocumentKind::Residence,
        () if has(&["identi", "national", "civil", "tazkira", "social security"]) => DocumentKind::NationalId,
        () => DocumentKind::Other,
    }
}

/// The texts of `VALUE` in the children of a name.
fn values<'t>(element: Element<'t>, name: &'static str) -> impl Iterator<Item = String> {
    children(element, name).flat_map(|holder| children(holder, "VALUE")).map(|value| value.text().trim().to_owned())
}

fn non_empty(text: String) -> Option<Box<str>> {
    (!text.is_empty()).then(|| text.into())
}

fn joined(parts: &[String]) -> String {
    parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::names_in;

    #[test]
    fn several_names_of_one_field_are_told_apart() {
        assert_eq!(names_in("Robin Sample"), ["Robin Sample"]);
        assert_eq!(names_in("Robin Sample; Robyn Sampel"), ["Robin Sample", "Robyn Sampel"]);
        assert_eq!(names_in("Robin Sample b) R. Sample; Rob Sample"), ["Robin Sample", "R. Sample", "Rob Sample"]);
        assert_eq!(names_in("محمد خورشيد (Mohammad Khorshid; M. Khurshid)"), ["محمد خورشيد", "Mohammad Khorshid", "M. Khurshid"]);
        assert_eq!(names_in("Example Trade (ET)"), ["Example Trade (ET)"]);
        assert_eq!(names_in(";;"), Vec::<String>::new());
    }
}
