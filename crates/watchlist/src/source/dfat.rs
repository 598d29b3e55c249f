//! The consolidated list of the Australian Department of Foreign Affairs and Trade, XLSX.
//!
//! One row for each name; the reference `8827c` is the third alias of entry 8827. Dates are days since 1899-12-30, years, or texts
//! with the day first, several in one cell.

use std::collections::HashMap;

use bonafide_model::time::PartialDate;
use jiff::{ToSpan, civil};

use super::{
    Opened, Read, dates, free_text,
    grid::{Grid, GridRow},
};
use crate::{
    entry::{
        Address, Birth, CountryRole, Entry, EntryId, EntryKind, Identifier, IdentifierKind, ListCode, ListedName, NameQuality,
    },
    error::Error,
};

/// Headings by which the list is known.
pub(super) const HEADINGS: [&str; 3] = ["reference", "name of individual or entity", "name type"];

pub(super) fn read(file: &Opened, grid: &Grid) -> Result<Read, Error> {
    let mut read = file.start(ListCode::AU);
    let mut known: HashMap<Box<str>, usize> = HashMap::new();
    let mut newest: Option<civil::Date> = None;
    for row in grid.rows() {
        let record = row.number as usize;
        let reference = row.get("reference").trim_end_matches(|c: char| c.is_ascii_alphabetic()).trim();
        let reason = match (reference, row.get("name of individual or entity"), kind(row.get("type"))) {
            ("", ..) => "the row has no reference".to_owned(),
            (_, "", _) => "the row has no name".to_owned(),
            (_, _, None) => format!("the type '{}' is not known", row.get("type")),
            (_, name, Some(kind)) => {
                let at = *known.entry(reference.into()).or_insert_with(|| {
                    read.entries.push(Entry::new(EntryId::new(ListCode::AU, reference), kind, file.place(record)));
                    read.entries.len() - 1
                });
                let entry = &mut read.entries[at];
                let is_first = entry.names.is_empty();
                entry.add_name(ListedName::whole(name, quality(row)));
                if is_first {
                    fill(row, entry);
                }
                newest = newest.max(of_days(row.get("control date")));
                continue;
            }
        };
        read.refused.push(file.refused(record, reason));
    }
    read.published = newest.map(|date| date.to_string().into());
    Ok(read)
}

fn kind(text: &str) -> Option<EntryKind> {
    match text.to_lowercase().as_str() {
        "individual" => Some(EntryKind::Person),
        "entity" => Some(EntryKind::Organisation),
        "vessel" => Some(EntryKind::Vessel),
        _ => None,
    }
}

fn quality(row: GridRow<'_>) -> NameQuality {
    match (row.get("name type"), row.get("alias strength")) {
        ("Alias", "Weak") => NameQuality::Weak,
        ("Alias", _) => NameQuality::Strong,
        _ => NameQuality::Primary,
    }
}

/// The rows of one entry repeat everything but the name.
fn fill(row: GridRow<'_>, entry: &mut Entry) {
    for text in row.get("date of birth").split([',', '\u{a0}', '\n', ';']).filter(|text| !text.trim().is_empty()) {
        for birth in births(text) {
            match birth {
                Ok(birth) => entry.add_birth(birth),
                Err(text) => entry.remarks.push(format!("Date of birth {text}").into()),
            }
        }
    }
    for text in row.get("citizenship").split([',', ';', '\n']) {
        entry.add_country(CountryRole::Citizenship, text);
    }
    if let Some((_, country)) = row.get("place of birth").rsplit_once(", ").or(Some(("", row.get("place of birth"))))
        && crate::identifier::country_code(country.trim()).is_some()
    {
        entry.add_country(CountryRole::Birth, country);
    }
    let address = row.get("address");
    if !address.is_empty() {
        entry.addresses.push(Address { lines: address.into(), ..Address::default() });
        let country = address.rsplit_once(", ").map_or(address, |(_, country)| country);
        if crate::identifier::country_code(country.trim()).is_some() {
            entry.add_country(CountryRole::Address, country);
        }
    }
    if !row.get("imo number").is_empty() {
        entry.add_identifier(Identifier::new(IdentifierKind::Imo, row.get("imo number")));
    }
    entry.programmes.extend(Some(row.get("committees")).filter(|text| !text.is_empty()).map(Into::into));
    for (column, label) in
        [("place of birth", "Place of birth"), ("listing information", "Listing"), ("instrument of designation", "Instrument")]
    {
        let text = row.get(column);
        entry.remarks.extend((!text.is_empty()).then(|| format!("{label}: {text}").into()));
    }
    for column in ["additional information", "listing information"] {
        free_text::mine(row.get(column), entry);
    }
    entry.add_remark(row.get("additional information"));
}

/// One date, or two with a space between them; a text that is none comes back.
fn births(text: &str) -> Vec<Result<Birth, &str>> {
    let text = text.trim();
    if let Some(birth) =
        of_days(text).map(|date| Birth::on(PartialDate::Day(date))).or_else(|| day_first(text)).or_else(|| dates::birth(text))
    {
        return vec![Ok(birth)];
    }
    let words: Vec<Option<Birth>> = text.split_whitespace().map(day_first).collect();
    if !words.is_empty() && words.iter().all(Option::is_some) {
        words.into_iter().flatten().map(Ok).collect()
    } else {
        vec![Err(text)]
    }
}

fn day_first(text: &str) -> Option<Birth> {
    let (text, circa) = match text.split_once(' ') {
        Some((word, rest)) if word.eq_ignore_ascii_case("approximately") => (rest, true),
        _ => (text, false),
    };
    dates::day_first(text).filter(|date| (1800..=2100).contains(&date.year())).map(|date| Birth { circa, ..Birth::on(date) })
}

/// A number of five digits counts days.
fn of_days(text: &str) -> Option<civil::Date> {
    let days: i32 = text.trim().parse().ok().filter(|days| (10_000..100_000).contains(days))?;
    civil::date(1899, 12, 30).checked_add(days.days()).ok()
}
