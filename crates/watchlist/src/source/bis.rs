//! The denied persons list of the US Bureau of Industry and Security: tab-separated, one row for each name and address.

use bonafide_formats::table::{Row, Table};

use super::{Opened, Read, dates, limits};
use crate::{
    entry::{Address, CountryRole, Entry, EntryId, EntryKind, ListCode, ListedName, NameQuality},
    error::Error,
    identifier::canonical_number,
};

pub(super) fn read(file: &Opened) -> Result<Read, Error> {
    let failed = |source| Error::Format { file: file.name.to_string(), source };
    let mut table = Table::new(&file.bytes[..], &limits()).map_err(failed)?;
    let mut read = file.start(ListCode::BIS);
    let width = table.headers().len();
    while let Some(row) = table.next_row() {
        let row = row.map_err(failed)?;
        let record = usize::try_from(row.number).unwrap_or(usize::MAX);
        // A file that was cut ends in the middle of a row.
        let missing = row.len() < width;
        read.damage = missing.then(|| format!("its last row, number {record}, has {} of {width} fields", row.len()));
        match entry(&row, file, record) {
            // A second address of the same order has the same id, and is joined to it.
            Ok(entry) => read.entries.push(entry),
            Err(reason) => read.refused.push(file.refused(record, reason)),
        }
    }
    Ok(read)
}

/// The list has no ids: name and day of the order stand for one.
fn entry(row: &Row<'_>, file: &Opened, record: usize) -> Result<Entry, String> {
    let field = |name: &str| row.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let name = field("Name");
    if name.is_empty() {
        return Err("the row has no name".into());
    }
    let effective = field("Effective_Date");
    let native = format!("{}-{}", canonical_number(&name), canonical_number(&effective));
    // The list does not tell persons from companies.
    let mut entry = Entry::new(EntryId::new(ListCode::BIS, &native), EntryKind::Other, file.place(record));
    entry.add_name(ListedName::whole(&name, NameQuality::Primary));
    entry.programmes.push("Denied Persons".into());
    entry.listed_on = month_first(&effective).and_then(|text| dates::single(&text));
    let city = [field("City"), field("State"), field("Postal_Code")];
    let city = city.iter().map(String::as_str).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let address = Address { lines: field("Street_Address").into(), city: city.into(), country: field("Country").into() };
    entry.add_country(CountryRole::Address, &address.country);
    if address != Address::default() {
        entry.addresses.push(address);
    }
    for (column, label) in [
        ("Expiration_Date", "Expires"),
        ("Standard_Order", "Standard order"),
        ("Last_Update", "Last update"),
        ("Action", "Action"),
        ("FR_Citation", "Federal Register"),
    ] {
        let text = field(column);
        entry.remarks.extend((!text.is_empty()).then(|| format!("{label} {text}").into()));
    }
    Ok(entry)
}

/// `10/16/2017` to `2017-10-16`.
fn month_first(text: &str) -> Option<String> {
    let mut parts = text.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    Some(format!("{year:0>4}-{month:0>2}-{day:0>2}"))
}
