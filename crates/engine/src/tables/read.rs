//! Reading tables, each recognised by its header.

use std::path::Path;

use bonafide_model::lens::{EmployerRecord, MailProvider, SchoolRecord, SiteHost, TechnologyRecord};

use super::{Tables, key};
use crate::error::Error;

/// The headers that are known; further columns are allowed behind those named.
const KNOWN: &[&str] = &[
    "employer,founded",
    "employer,city,opened,closed",
    "school",
    "school,founded,domain,phone,degree_mill",
    "technology,first_public",
    "domain,kind",
];

pub(super) fn add(tables: &mut Tables, path: &Path, bytes: &[u8], version: &str) -> Result<(), Error> {
    let csv_error = |source| Error::Csv { path: path.to_owned(), source };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let header = reader.headers().map_err(csv_error)?.clone();
    let columns: Vec<&str> = header.iter().collect();
    let has = |names: &[&str]| names.iter().all(|name| columns.contains(name));
    let row_reader: fn(&mut Tables, &Row<'_>) -> Result<(), String> = if has(&["employer", "city"]) {
        office
    } else if has(&["employer", "founded"]) {
        employer
    } else if has(&["technology", "first_public"]) {
        technology
    } else if has(&["domain", "kind"]) {
        domain
    } else if has(&["school"]) {
        // A list of names and nothing else is a list of sellers of degrees; a directory has further columns.
        if columns.len() == 1 { degree_mill } else { school }
    } else {
        return Err(Error::UnknownTable { path: path.to_owned(), columns: columns.join(","), known: KNOWN.join(" · ") });
    };
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(csv_error)?;
        let row = Row { columns: &columns, record: &record, version };
        row_reader(tables, &row).map_err(|why| Error::BadRow { path: path.to_owned(), row: index + 1, why })?;
    }
    Ok(())
}

struct Row<'a> {
    columns: &'a [&'a str],
    record: &'a csv::StringRecord,
    version: &'a str,
}

impl Row<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        let index = self.columns.iter().position(|name| *name == column)?;
        self.record.get(index).filter(|value| !value.is_empty())
    }

    fn need(&self, column: &str) -> Result<&str, String> {
        self.get(column).ok_or_else(|| format!("{column} is empty"))
    }

    fn year(&self, column: &str) -> Result<Option<i16>, String> {
        self.get(column).map(|text| text.parse().map_err(|_| format!("{column} '{text}' is not a year"))).transpose()
    }
}

fn employer(tables: &mut Tables, row: &Row<'_>) -> Result<(), String> {
    let name = row.need("employer")?;
    let founded = row.year("founded")?;
    let record = entry(tables, name, row.version);
    // Two firms of one name: the earlier foundation is the charitable reading.
    record.founded = match (record.founded, founded) {
        (Some(known), Some(new)) => Some(known.min(new)),
        (known, new) => known.or(new),
    };
    Ok(())
}

fn office(tables: &mut Tables, row: &Row<'_>) -> Result<(), String> {
    let office = (row.need("city")?.to_owned(), row.year("opened")?, row.year("closed")?);
    let record = entry(tables, row.need("employer")?, row.version);
    record.offices.push(office);
    record.offices_complete = true;
    Ok(())
}

fn entry<'a>(tables: &'a mut Tables, name: &str, version: &str) -> &'a mut EmployerRecord {
    tables.employers.entry(key::firm(name)).or_insert_with(|| EmployerRecord {
        name: name.to_owned(),
        source: version.to_owned(),
        ..EmployerRecord::default()
    })
}

fn degree_mill(tables: &mut Tables, row: &Row<'_>) -> Result<(), String> {
    school_entry(tables, row.need("school")?, row.version).degree_mill = true;
    Ok(())
}

fn school(tables: &mut Tables, row: &Row<'_>) -> Result<(), String> {
    let founded = row.year("founded")?;
    let mill = matches!(row.get("degree_mill"), Some("1" | "yes" | "true"));
    let record = school_entry(tables, row.need("school")?, row.version);
    record.founded = record.founded.or(founded);
    record.degree_mill |= mill;
    record.domains.extend(row.get("domain").map(str::to_lowercase));
    record.phones.extend(row.get("phone").map(str::to_owned));
    Ok(())
}

fn school_entry<'a>(tables: &'a mut Tables, name: &str, version: &str) -> &'a mut SchoolRecord {
    tables.schools.entry(key::school(name)).or_insert_with(|| SchoolRecord {
        name: name.to_owned(),
        source: version.to_owned(),
        ..SchoolRecord::default()
    })
}

fn technology(tables: &mut Tables, row: &Row<'_>) -> Result<(), String> {
    let name = row.need("technology")?;
    let month = row.need("first_public")?;
    let record = TechnologyRecord {
        name: name.to_owned(),
        first_public: month.parse().map_err(|error| format!("first_public: {error}"))?,
        note: row.get("note").unwrap_or("first public").to_owned(),
        cited: row.get("source").unwrap_or_default().to_owned(),
        source: row.version.to_owned(),
    };
    let names = std::iter::once(name).chain(row.get("aliases").unwrap_or_default().split('|'));
    for name in names {
        if let Some(key) = key::technology(name).into_iter().next() {
            tables.technologies.insert(key, record.clone());
        }
    }
    Ok(())
}

fn domain(tables: &mut Tables, row: &Row<'_>) -> Result<(), String> {
    let domain = row.need("domain")?.to_lowercase();
    match row.need("kind")? {
        "free" => {
            tables.mail_providers.insert(domain, MailProvider::Free);
        }
        "alias" => {
            tables.mail_providers.insert(domain, MailProvider::Alias);
        }
        "disposable" => {
            tables.mail_providers.insert(domain, MailProvider::Disposable);
        }
        "site" => {
            tables.site_hosts.insert(domain, SiteHost::Free);
        }
        other => return Err(format!("kind '{other}' is none of free, alias, disposable (mail), site (free web host)")),
    }
    Ok(())
}
