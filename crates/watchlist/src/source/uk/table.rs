//! The UK lists as tables: CSV and ODS with the full columns, the ODS with a summary, and the older consolidated list (`ConList`).
//!
//! One row for each name and for each combination of birth dates, nationalities and papers; rows with one Unique ID are one entry.
//! `Name 6` is the family name (or the whole name), `Name 1` to `Name 5` are given names. The summary gives one name as a whole.
//! Real files at hand: the summary. The other two are read as the publisher describes them. The consolidated list numbers groups;
//! where it gives the reference of the UK Sanctions List, that is the entry's id, so that both lists name a party alike.

use std::collections::HashMap;

use crate::{
    entry::{
        Address, Birth, CountryRole, Document, DocumentKind, Entry, EntryId, EntryKind, Identifier, IdentifierKind, Link,
        ListCode, ListedName, NameQuality, Relation,
    },
    error::Error,
    source::{
        Opened, Read, dates, free_text,
        grid::{Grid, GridRow},
    },
};

/// Headings by which the UK Sanctions List is known.
pub(in crate::source) const HEADINGS: [&str; 2] = ["unique id", "regime name"];

/// Headings by which the consolidated list is known.
pub(in crate::source) const CONSOLIDATED: [&str; 3] = ["group id", "group type", "regime"];

/// What the consolidated list calls the columns.
const ALSO_CALLED: [(&str, &str); 20] = [
    ("type", "group type"),
    ("regime name", "regime"),
    ("name type", "alias type"),
    ("alias strength", "alias quality"),
    ("d.o.b", "dob"),
    ("nationality(/ies)", "nationality"),
    ("passport additional information", "passport details"),
    ("national identifier number", "national identification number"),
    ("national identifier additional information", "national identification details"),
    ("address line 1", "address 1"),
    ("address line 2", "address 2"),
    ("address line 3", "address 3"),
    ("address line 4", "address 4"),
    ("address line 5", "address 5"),
    ("address line 6", "address 6"),
    ("address postal code", "post/zip code"),
    ("address country", "country"),
    ("date designated", "uk sanctions list date designated"),
    ("date designated", "listed on"),
    ("ofsi group id", "group id"),
];

/// Reads the consolidated list.
pub(in crate::source) fn read_consolidated(file: &Opened, grid: &Grid) -> Result<Read, Error> {
    read(file, &grid.also_called(&ALSO_CALLED))
}

pub(in crate::source) fn read(file: &Opened, grid: &Grid) -> Result<Read, Error> {
    let mut read = file.start(ListCode::UK);
    if !grid.has("name") && !grid.has("name 6") {
        return Err(Error::MissingColumn { file: file.name.to_string(), column: "Name 6".into() });
    }
    let preamble =
        grid.preamble.iter().map(|text| text.trim_start_matches("Report Date:").trim_start_matches("Last Updated").trim());
    read.published = preamble.filter(|text| text.bytes().any(|byte| byte.is_ascii_digit())).map(Into::into).next();
    let references = references(grid);
    let mut known: HashMap<Box<str>, usize> = HashMap::new();
    for row in grid.rows() {
        let id = id(row, &references);
        let id = id.as_str();
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

/// The reference of the UK Sanctions List, or else the number of the consolidated list's group.
fn id(row: GridRow<'_>, references: &HashMap<&str, String>) -> String {
    let (reference, group) = (row.get("unique id"), row.get("ofsi group id"));
    match references.get(group) {
        _ if !reference.is_empty() => reference.to_owned(),
        Some(told) => told.clone(),
        None if group.is_empty() => String::new(),
        None => format!("OFSI-{group}"),
    }
}

/// References of the UK Sanctions List by the groups of the consolidated list, which tells them among other information.
fn references(grid: &Grid) -> HashMap<&str, String> {
    let mut references = HashMap::new();
    for row in grid.rows() {
        if let Some((_, rest)) = row.get("other information").split_once("(UK Sanctions List Ref):") {
            let told: String = rest.trim_start().chars().take_while(char::is_ascii_alphanumeric).take(20).collect();
            if !told.is_empty() {
                references.entry(row.get("ofsi group id")).or_insert(told);
            }
        }
    }
    references
}

fn kind(row: GridRow<'_>) -> Result<EntryKind, String> {
    kind_of(&[row.get("type"), row.get("individual, entity, ship"), row.get("designation type")].concat())
}

/// What the list calls its parties.
pub(super) fn kind_of(text: &str) -> Result<EntryKind, String> {
    Ok(match text.to_lowercase().as_str() {
        "individual" => EntryKind::Person,
        "entity" => EntryKind::Organisation,
        "ship" => EntryKind::Vessel,
        other => return Err(format!("the type '{other}' is not known")),
    })
}

/// Adds what a row says to its entry; whether it gave a name.
fn add(row: GridRow<'_>, entry: &mut Entry) -> bool {
    let quality = quality_of(row.get("name type"), row.get("alias strength"));
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
    entry.add_programme(row.get("regime name"));
    entry.listed_on = entry.listed_on.or_else(|| dates::day_first(row.get("date designated")));
    for text in row.get("d.o.b").split(['\n', ';']).filter(|text| !text.trim().is_empty()) {
        match dates::day_first(text).map(Birth::on).or_else(|| dates::birth(text)) {
            Some(birth) => entry.add_birth(birth),
            None => entry.add_remark(&format!("Date of birth {}", text.trim())),
        }
    }
    for text in numbered(row.get("nationality(/ies)")) {
        entry.add_country(CountryRole::Nationality, text);
    }
    entry.add_country(CountryRole::Birth, row.get("country of birth"));
    entry.add_position(row.get("position"));
    entry.add_position(row.get("title"));
    add_identifiers(row, entry);
    add_address(row, entry);
    for (column, relation, ended) in [
        ("parent company", Relation::Owner, false),
        ("subsidiaries", Relation::Owned, false),
        ("current owner/operator (s)", Relation::Owner, false),
        ("previous owner/operator (s)", Relation::Owner, true),
    ] {
        numbered(row.get(column)).for_each(|name| entry.add_link(Link::to_name(relation, name).ended(ended)));
    }
    for text in numbered(row.get("year built")) {
        dates::single(text).into_iter().for_each(|year| entry.add_birth(Birth::on(year)));
    }
    for column in [
        "sanctions imposed",
        "designation source",
        "town of birth",
        "type of entity",
        "type of ship",
        "tonnage",
        "tonnage of ship",
        "length",
        "length of ship",
    ] {
        let text = row.get(column);
        if !text.is_empty() {
            entry.add_remark(&format!("{}{}: {text}", column[..1].to_uppercase(), &column[1..]));
        }
    }
    add_narrative("Other information", row.get("other information"), entry);
    add_narrative("Uk statement of reasons", row.get("uk statement of reasons"), entry);
    has_name
}

/// A narrative: kept as a remark, and what it names exactly is found under it too.
pub(super) fn add_narrative(label: &str, text: &str, entry: &mut Entry) {
    let remark = format!("{label}: {text}");
    if !text.is_empty() && !entry.remarks.iter().any(|known| **known == *remark) {
        entry.add_remark(&remark);
        free_text::mine(text, entry);
    }
}

/// The words of the list for a kind of name and for the strength of an alias.
pub(super) fn quality_of(kind: &str, strength: &str) -> NameQuality {
    let (kind, strength) = (kind.to_lowercase(), strength.to_lowercase());
    match () {
        () if strength.contains("low") || strength.contains("weak") => NameQuality::Weak,
        () if kind.contains("former") || kind.contains("fka") => NameQuality::Former,
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
        add_papers(kind, row.get(column), row.get(note), entry);
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
    entry.add_address(Address {
        lines: lines.join(", ").into(),
        city: city.join(", ").into(),
        country: row.get("address country").into(),
    });
}

/// Papers of one kind: several numbers may stand in one field, and with them what the list says of them.
pub(super) fn add_papers(kind: DocumentKind, numbers: &str, note: &str, entry: &mut Entry) {
    for number in numbered(numbers) {
        Document::new(kind, number, "", note).into_iter().for_each(|document| entry.add_document(document));
    }
}

/// Several values in one field: `(1) Russia. (2) Ukraine.`, or divided by line ends, semicolons and bars. Other brackets belong to
/// the value.
pub(super) fn numbered(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', ';', '|']).flat_map(|part| {
        let mut rest = part;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            // The number that begins this value is no end of it.
            let from = mark(rest).filter(|(at, _)| *at == 0).map_or(0, |(_, length)| length);
            let end = mark(&rest[from..]).map_or(rest.len(), |(at, _)| from + at);
            let value = &rest[from..end];
            rest = &rest[end..];
            Some(value.trim().trim_end_matches(['.', ',']).trim_end())
        })
        .filter(|value| !value.is_empty())
    })
}

/// Place and length of the first `(1)`, which stands at the start or behind a space.
fn mark(text: &str) -> Option<(usize, usize)> {
    text.match_indices('(').find_map(|(at, _)| {
        let digits = text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let is_mark = (1..=2).contains(&digits)
            && text[at + 1 + digits..].starts_with(')')
            && (at == 0 || text[..at].ends_with(char::is_whitespace));
        is_mark.then_some((at, digits + 2))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_values_are_divided_and_names_with_brackets_are_not() {
        let values = |text| numbered(text).collect::<Vec<_>>();
        assert_eq!(values("(1) Norway. (2) Peru."), ["Norway", "Peru"]);
        assert_eq!(values("Quillfeather (Holding) Ltd"), ["Quillfeather (Holding) Ltd"]);
        assert_eq!(values("(1)12345(a) (2) 77 (12) 9"), ["12345(a)", "77", "9"]);
        assert_eq!(values("a\nb;c|"), ["a", "b", "c"]);
        assert_eq!(values("("), ["("]);
    }

    #[test]
    fn a_primary_variation_is_primary_and_a_low_alias_weak() {
        assert_eq!(quality_of("Primary Name Variation", ""), NameQuality::Primary);
        assert_eq!(quality_of("Alias", "Low quality a.k.a"), NameQuality::Weak);
        assert_eq!(quality_of("AKA", "Good"), NameQuality::Strong);
        assert_eq!(quality_of("FKA", ""), NameQuality::Former);
    }
}
