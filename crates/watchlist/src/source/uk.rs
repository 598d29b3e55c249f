//! The UK Sanctions List of the Foreign, Commonwealth and Development Office: CSV and ODS with the full columns, and the ODS with a
//! summary.
//!
//! One row for each name and for each combination of birth dates, nationalities and papers; rows with one Unique ID are one entry.
//! `Name 6` is the family name (or the whole name), `Name 1` to `Name 5` are given names. The summary gives one name as a whole.
//! Real files at hand: the summary. The full columns are read as the publisher describes them.

use std::collections::HashMap;

use super::{
    Opened, Read, dates,
    grid::{Grid, GridRow},
    ofac_remarks::push_birth,
};
use crate::{
    entry::{
        Address, Birth, CountryRole, Document, DocumentKind, Entry, EntryId, EntryKind, Identifier, IdentifierKind, Link,
        ListCode, ListedName, NameQuality, Relation,
    },
    error::Error,
};

/// Headings by which the list is known.
pub(super) const HEADINGS: [&str; 2] = ["unique id", "regime name"];

pub(super) fn read(file: &Opened, grid: &Grid) -> Result<Read, Error> {
    let mut read = file.start(ListCode::UK);
    if !grid.has("name") && !grid.has("name 6") {
        return Err(Error::MissingColumn { file: file.name.to_string(), column: "Name 6".into() });
    }
    read.published = grid.preamble.first().map(|text| text.trim_start_matches("Report Date:").trim().into());
    let mut known: HashMap<Box<str>, usize> = HashMap::new();
    for row in grid.rows() {
        let id = row.get("unique id");
        if id.is_empty() {
            read.refused.push(file.refused(row.number as usize, "the row has no Unique ID"));
            continue;
        }
        let at = match known.get(id) {
            Some(&at) => at,
            None => match kind(row) {
                Ok(kind) => {
                    read.entries.push(Entry::new(EntryId::new(ListCode::UK, id), kind, file.place(row.number as usize)));
                    known.insert(id.into(), read.entries.len() - 1);
                    read.entries.len() - 1
                }
                Err(reason) => {
                    read.refused.push(file.refused(row.number as usize, reason));
                    continue;
                }
            },
        };
        if !add(row, &mut read.entries[at]) {
            read.refused.push(file.refused(row.number as usize, "the row has no name"));
        }
    }
    // Their rows are refused above.
    read.entries.retain(|entry| !entry.names.is_empty());
    Ok(read)
}

fn kind(row: GridRow<'_>) -> Result<EntryKind, String> {
    let text = [row.get("type"), row.get("individual, entity, ship"), row.get("designation type")].concat().to_lowercase();
    Ok(match text.as_str() {
        "individual" => EntryKind::Person,
        "entity" => EntryKind::Organisation,
        "ship" => EntryKind::Vessel,
        other => return Err(format!("the type '{other}' is not known")),
    })
}

/// Adds what a row says to its entry; whether it gave a name.
fn add(row: GridRow<'_>, entry: &mut Entry) -> bool {
    let quality = quality(row);
    let given: Vec<&str> = ["name 1", "name 2", "name 3", "name 4", "name 5"]
        .iter()
        .map(|name| row.get(name))
        .filter(|name| !name.is_empty())
        .collect();
    let name = match row.get("name 6") {
        "" if given.is_empty() => ListedName::whole(row.get("name"), quality),
        family => ListedName::of_parts(&given.join(" "), family, quality),
    };
    let has_name = !name.text.is_empty() || !row.get("name non-latin script").is_empty();
    entry.add_name(name);
    entry.add_name(ListedName::whole(row.get("name non-latin script"), quality));
    push(&mut entry.programmes, row.get("regime name"));
    entry.listed_on = entry.listed_on.or_else(|| dates::day_first(row.get("date designated")));
    for text in row.get("d.o.b").split(['\n', ';']).filter(|text| !text.trim().is_empty()) {
        match dates::day_first(text).map(Birth::on).or_else(|| dates::birth(text)) {
            Some(birth) => push_birth(entry, birth),
            None => push(&mut entry.remarks, &format!("Date of birth {}", text.trim())),
        }
    }
    for text in numbered(row.get("nationality(/ies)")) {
        entry.add_country(CountryRole::Nationality, text);
    }
    entry.add_country(CountryRole::Birth, row.get("country of birth"));
    push(&mut entry.positions, row.get("position"));
    push(&mut entry.positions, row.get("title"));
    add_identifiers(row, entry);
    add_address(row, entry);
    for (column, relation) in
        [("parent company", Relation::Owner), ("subsidiaries", Relation::Owned), ("current owner/operator (s)", Relation::Owner)]
    {
        for name in numbered(row.get(column)) {
            let link = Link { relation, name: name.into(), entry: None };
            if !entry.links.contains(&link) {
                entry.links.push(link);
            }
        }
    }
    for column in [
        "sanctions imposed",
        "designation source",
        "town of birth",
        "type of entity",
        "type of ship",
        "year built",
        "tonnage",
        "length",
        "other information",
        "uk statement of reasons",
    ] {
        let text = row.get(column);
        if !text.is_empty() {
            push(&mut entry.remarks, &format!("{}{}: {text}", column[..1].to_uppercase(), &column[1..]));
        }
    }
    has_name
}

fn quality(row: GridRow<'_>) -> NameQuality {
    let (kind, strength) = (row.get("name type").to_lowercase(), row.get("alias strength").to_lowercase());
    match () {
        () if strength.contains("low") || strength.contains("weak") => NameQuality::Weak,
        () if kind.contains("formerly") || kind.contains("former") => NameQuality::Former,
        () if kind.contains("alias") || kind.contains("aka") || kind.contains("variation") && !kind.contains("primary") => {
            NameQuality::Strong
        }
        () => NameQuality::Primary,
    }
}

fn add_identifiers(row: GridRow<'_>, entry: &mut Entry) {
    for (column, kind, note) in [
        ("passport number", DocumentKind::Passport, "passport additional information"),
        ("national identifier number", DocumentKind::NationalId, "national identifier additional information"),
    ] {
        for number in numbered(row.get(column)) {
            let Some(document) = Document::new(kind, number, "", row.get(note)) else { continue };
            if !entry.documents.contains(&document) {
                entry.documents.push(document);
            }
        }
    }
    for (column, kind) in [
        ("email address", IdentifierKind::Email),
        ("phone number", IdentifierKind::Phone),
        ("website", IdentifierKind::Website),
        ("imo number", IdentifierKind::Imo),
        ("business registration number (s)", IdentifierKind::Registration),
        ("hull identification number (hin)", IdentifierKind::SerialNumber),
        ("un reference number", IdentifierKind::ListReference),
        ("ofsi group id", IdentifierKind::ListReference),
    ] {
        for text in numbered(row.get(column)) {
            entry.add_identifier(Identifier::new(kind, text).labelled(if column == "ofsi group id" { "OFSI" } else { "" }));
        }
    }
    entry.add_country(CountryRole::Flag, row.get("current believed flag of ship"));
    for flag in numbered(row.get("previous flags")) {
        entry.add_country(CountryRole::FormerFlag, flag);
    }
}

fn add_address(row: GridRow<'_>, entry: &mut Entry) {
    let lines: Vec<&str> = ["address line 1", "address line 2", "address line 3", "address line 4", "address line 5"]
        .iter()
        .map(|name| row.get(name))
        .filter(|line| !line.is_empty())
        .collect();
    let city: Vec<&str> =
        ["address line 6", "address postal code"].iter().map(|name| row.get(name)).filter(|text| !text.is_empty()).collect();
    let address =
        Address { lines: lines.join(", ").into(), city: city.join(", ").into(), country: row.get("address country").into() };
    entry.add_country(CountryRole::Address, &address.country);
    if address != Address::default() && !entry.addresses.contains(&address) {
        entry.addresses.push(address);
    }
}

/// Several values in one field: `(1) Russia. (2) Ukraine.`, or divided by line ends and semicolons.
fn numbered(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', ';'])
        .flat_map(|part| part.split(" ("))
        .map(|part| {
            let part = part.trim().trim_start_matches('(');
            let number =
                part.split_once(')').filter(|(number, _)| number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit()));
            number.map_or(part, |(_, rest)| rest).trim().trim_end_matches(['.', ','])
        })
        .filter(|part| !part.is_empty())
}

fn push(texts: &mut Vec<Box<str>>, text: &str) {
    if !text.is_empty() && !texts.iter().any(|known| **known == *text) {
        texts.push(text.into());
    }
}
