//! OFAC's CSV files: `sdn.csv` with `alt.csv`, `add.csv` and `sdn_comments.csv`, and the consolidated list in the same form.
//!
//! No headings; `-0-` is nothing; remarks stop at 1,000 characters and go on in the comments, which are joined by number before
//! anything is parsed, since a cut may go through a wallet's address. Source: OFAC, "SDN data specification".

use std::collections::HashMap;

use super::remarks;
use crate::{
    entry::{Address, CountryRole, Entry, EntryId, EntryKind, Identifier, IdentifierKind, Link, ListCode, NameQuality, Relation},
    error::Error,
    source::{Opened, Read, Refused, recognise::Format},
};

/// Remarks of at least this many characters may have been cut (the field holds 1,000, less what a publisher's trim takes).
const MAY_BE_CUT: usize = 990;

pub(in crate::source) fn read(files: &[Opened]) -> Result<Read, Error> {
    let Some(first) = files.first() else {
        return Err(Error::Unrecognised { file: "OFAC CSV".into(), seen: "no file".into() });
    };
    let mut read = first.start(ListCode::OFAC);
    read.format = Format::OfacPrimary;
    read.files = files.iter().map(|file| (Box::from(&*file.name), file.sha256.clone())).collect();
    let of = |format: Format| files.iter().filter(move |file| file.format == format);
    if of(Format::OfacPrimary).next().is_none() {
        return Err(Error::Unrecognised {
            file: first.name.to_string(),
            seen: "it belongs to a set of OFAC files whose main one (sdn.csv or cons_prim.csv) is missing".into(),
        });
    }

    let mut comments = Comments::default();
    of(Format::OfacComments).for_each(|file| comments.add(file, &mut read));
    let mut set = Set { rows: HashMap::new(), cut: 0 };
    of(Format::OfacPrimary).for_each(|file| set.add_primary(file, &mut comments, &mut read));
    of(Format::OfacAliases).for_each(|file| set.add_aliases(file, &mut read));
    of(Format::OfacAddresses).for_each(|file| set.add_addresses(file, &mut read));
    comments.refuse_unused(&mut read);
    if set.cut > 0 {
        let advice = "give the comments file too; the last item of each was kept as a remark";
        read.notes.push(format!("{} remarks end in the middle of an item: {advice}", set.cut));
    }
    Ok(read)
}

/// Overflow of remarks by number.
#[derive(Default)]
struct Comments(HashMap<Box<str>, (String, Vec<Refused>)>);

impl Comments {
    fn add(&mut self, file: &Opened, read: &mut Read) {
        for_each_row(file, 2, read, |record, row, _| {
            let unused = file.refused(record, format!("comments on {} which no main file holds", &row[0]));
            let (text, places) = self.0.entry(row[0].trim().into()).or_default();
            text.push_str(&row[1]);
            places.push(unused);
            Ok(())
        });
    }

    fn refuse_unused(self, read: &mut Read) {
        let mut unused: Vec<Refused> = self.0.into_values().flat_map(|(_, places)| places).collect();
        unused.sort_by(|a, b| a.place.cmp(&b.place));
        read.refused.append(&mut unused);
    }
}

struct Set {
    /// Index of an entry by its number.
    rows: HashMap<Box<str>, usize>,
    /// Remarks that end in the middle of an item.
    cut: usize,
}

impl Set {
    fn add_primary(&mut self, file: &Opened, comments: &mut Comments, read: &mut Read) {
        for_each_row(file, 12, read, |record, row, read| {
            let number = value(&row[0]);
            if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(format!("the number of the entry is '{number}'"));
            }
            if let Some(&known) = self.rows.get(number) {
                return Err(format!("entry {number} was read already ({})", read.entries[known].place));
            }
            let kind = kind(value(&row[2]))?;
            let mut entry = Entry::new(EntryId::new(ListCode::OFAC, number), kind, file.place(record));
            entry.add_name(remarks::name(value(&row[1]), NameQuality::Primary, kind));
            if entry.names.is_empty() {
                return Err(format!("entry {number} has no name"));
            }
            entry.programmes = value(&row[3]).split("] [").map(|name| name.trim_matches(['[', ']', ' ']).into()).collect();
            entry.programmes.retain(|name| !name.is_empty());
            entry.positions.extend(Some(value(&row[4])).filter(|title| !title.is_empty()).map(Into::into));
            vessel(&row, &mut entry);
            let mut remarks = value(&row[11]).to_owned();
            let overflow = comments.0.remove(number);
            let may_be_cut = overflow.is_none() && row[11].chars().count() >= MAY_BE_CUT;
            if let Some((overflow, _)) = overflow {
                // A space at the cut was trimmed away; what stands before it tells.
                if remarks.ends_with(';') {
                    remarks.push(' ');
                }
                remarks.push_str(&overflow);
            }
            let is_cut = may_be_cut && !remarks.ends_with('.');
            self.cut += usize::from(is_cut);
            remarks::read(&remarks, is_cut, &mut entry);
            self.rows.insert(number.into(), read.entries.len());
            read.entries.push(entry);
            Ok(())
        });
    }

    fn add_aliases(&self, file: &Opened, read: &mut Read) {
        for_each_row(file, 5, read, |_, row, read| {
            let entry = self.entry(&row[0], read)?;
            let quality = if value(&row[2]) == "fka" { NameQuality::Former } else { NameQuality::Strong };
            let name = remarks::name(value(&row[3]), quality, entry.kind);
            if name.text.is_empty() {
                return Err("the alias is empty".into());
            }
            // Strong aliases stand before the weak ones of the remarks, as in the list itself.
            let at = entry.names.iter().position(|known| known.quality == NameQuality::Weak).unwrap_or(entry.names.len());
            entry.names.insert(at, name);
            let remark = value(&row[4]);
            entry.remarks.extend(Some(remark).filter(|remark| !remark.is_empty()).map(Into::into));
            Ok(())
        });
    }

    fn add_addresses(&self, file: &Opened, read: &mut Read) {
        for_each_row(file, 6, read, |_, row, read| {
            let entry = self.entry(&row[0], read)?;
            let address = Address { lines: value(&row[2]).into(), city: value(&row[3]).into(), country: value(&row[4]).into() };
            entry.add_country(CountryRole::Address, &address.country);
            let remark = value(&row[5]);
            entry.remarks.extend(Some(remark).filter(|remark| !remark.is_empty()).map(Into::into));
            if address != Address::default() {
                entry.addresses.push(address);
            }
            Ok(())
        });
    }

    fn entry<'r>(&self, number: &str, read: &'r mut Read) -> Result<&'r mut Entry, String> {
        let row = self.rows.get(number.trim());
        row.and_then(|&row| read.entries.get_mut(row)).ok_or_else(|| format!("entry {number} stands in no main file"))
    }
}

fn kind(text: &str) -> Result<EntryKind, String> {
    Ok(match text {
        "individual" => EntryKind::Person,
        "" | "entity" => EntryKind::Organisation,
        "vessel" => EntryKind::Vessel,
        "aircraft" => EntryKind::Aircraft,
        other => return Err(format!("the type '{other}' is not known")),
    })
}

/// Call sign, type, tonnages, flag and owner of a vessel.
fn vessel(row: &csv::StringRecord, entry: &mut Entry) {
    let field = |at: usize| Some(value(&row[at])).filter(|text| !text.is_empty());
    if let Some(call_sign) = field(5) {
        entry.add_identifier(Identifier::new(IdentifierKind::CallSign, call_sign));
    }
    for (at, label) in [(6, "Vessel Type"), (7, "Deadweight Tonnage"), (8, "Gross Registered Tonnage")] {
        entry.remarks.extend(field(at).map(|text| format!("{label} {text}").into()));
    }
    if let Some(flag) = field(9) {
        entry.add_country(CountryRole::Flag, flag);
    }
    if let Some(owner) = field(10) {
        entry.add_link(Link::to_name(Relation::Owner, owner));
    }
}

/// A field, trimmed; `-0-` is nothing.
fn value(field: &str) -> &str {
    let field = field.trim();
    if field == "-0-" { "" } else { field }
}

/// Calls `row` with each record of a file that has enough fields; what it refuses is named.
fn for_each_row(
    file: &Opened,
    columns: usize,
    read: &mut Read,
    mut row: impl FnMut(usize, csv::StringRecord, &mut Read) -> Result<(), String>,
) {
    let decoded = file.text();
    read.note_encoding(&file.name, &decoded);
    let mut records = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(decoded.text.as_bytes());
    let mut last = None;
    for (index, record) in records.records().enumerate() {
        let outcome = match record {
            Ok(record) if record.len() == 1 && record[0].trim_matches('\u{1a}').trim().is_empty() => continue,
            Ok(record) if record.len() < columns => Err(format!("the row has {} fields instead of {columns}", record.len())),
            Ok(record) => row(index + 1, record, read),
            Err(error) => Err(error.to_string()),
        };
        last = outcome.as_ref().err().cloned();
        if let Err(reason) = outcome {
            read.refused.push(file.refused(index + 1, reason));
        }
    }
    // A file that was cut ends in the middle of a row.
    // The publisher ends every row, the last one too.
    let text = decoded.text.trim_end_matches(['\u{1a}', ' ']);
    let is_open = !text.is_empty() && !text.ends_with('\n');
    let last = last.or_else(|| is_open.then(|| "it has no line end".to_owned()));
    read.damage = read.damage.take().or_else(|| last.map(|why| format!("{}: its last row: {why}", file.name)));
}
