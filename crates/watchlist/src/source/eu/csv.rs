//! The CSV form, version 1.1: semicolons, one row for each name, address, birth date, paper and citizenship, each with the columns
//! of its entity.

use std::collections::HashMap;

use super::party;
use crate::{
    entry::{CountryRole, Entry, EntryId, Identifier, IdentifierKind, ListCode},
    error::Error,
    source::{
        Opened, Read, dates,
        grid::{Grid, GridRow},
    },
};

/// Headings by which the list is known.
pub(in crate::source) const HEADINGS: [&str; 2] = ["entity logicalid", "namealias wholename"];

pub(in crate::source) fn read(file: &Opened, grid: &Grid) -> Result<Read, Error> {
    let mut read = file.start(ListCode::EU);
    let mut known: HashMap<Box<str>, usize> = HashMap::new();
    for row in grid.rows() {
        let record = row.number as usize;
        let logical = row.get("entity logicalid");
        if logical.is_empty() {
            read.refused.push(file.refused(record, "the row has no Entity_LogicalId"));
            continue;
        }
        if read.published.is_none() {
            read.published = Some(row.get("filegenerationdate")).filter(|date| !date.is_empty()).map(Into::into);
        }
        let at = *known.entry(logical.into()).or_insert_with(|| {
            let reference = row.get("entity eu referencenumber");
            let id = EntryId::new(ListCode::EU, if reference.is_empty() { logical } else { reference });
            let code = [row.get("entity subjecttype classificationcode"), row.get("entity subjecttype")];
            let code = code.into_iter().find(|code| !code.is_empty()).unwrap_or_default();
            read.entries.push(Entry::new(id, party::kind(code), file.place(record)));
            read.entries.len() - 1
        });
        add(row, &mut read.entries[at]);
    }
    let nameless = |entry: &&Entry| entry.names.is_empty();
    let refused: Vec<_> = read.entries.iter().filter(nameless).map(|entry| (entry.place.record, entry.id.clone())).collect();
    for (record, id) in refused {
        read.refused.push(file.refused(record as usize, format!("entity {id} has no name")));
    }
    read.entries.retain(|entry| !entry.names.is_empty());
    Ok(read)
}

fn add(row: GridRow<'_>, entry: &mut Entry) {
    party::add_name(&|key| field(row, "namealias", key), entry);
    entry.add_programme(row.get("entity regulation programme"));
    entry.add_identifier(Identifier::new(IdentifierKind::ListReference, row.get("entity unitednationid")));
    entry.listed_on = entry.listed_on.or_else(|| dates::single(row.get("entity designationdate")));
    entry.add_country(CountryRole::Citizenship, party::country(&|key| field(row, "citizenship", key)));
    party::add_birth(&|key| field(row, "birthdate", key), entry);
    party::add_address(&|key| field(row, "address", key), entry);
    for contact in row.get("address contactinfo").split([';', '\n']) {
        let (key, value) = contact.split_once(['[', ':', '=']).unwrap_or(("", contact));
        if !value.trim().is_empty() {
            party::add_contact(key, value.trim().trim_end_matches(']'), entry);
        }
    }
    party::add_identification(&|key| field(row, "identification", key), row.get("identification remark"), entry);
    let remark = row.get("entity remark");
    if !entry.remarks.iter().any(|known| **known == *remark) {
        party::add_remark(remark, entry);
    }
}

/// The column of a group that has the name of an attribute: `Identification_TypeCode` for `identificationTypeCode`.
fn field<'g>(row: GridRow<'g>, group: &str, attribute: &str) -> &'g str {
    let name = attribute.to_ascii_lowercase();
    let name = name.strip_prefix(group).filter(|rest| !rest.is_empty()).unwrap_or(&name);
    row.get(&format!("{group} {name}"))
}
