//! A firm's own list: any table with headings, and a column map that says what its columns hold.
//!
//! The map is a small TOML file beside the table, of the same name with `.toml` behind or instead of its ending, or it is given by
//! the caller:
//!
//! ```toml
//! list = "house"          # the list's code; "own" where it is absent
//! kind = "person"         # person, organisation, vessel, aircraft, other: of rows that do not say; "other" where it is absent
//! separator = ";"         # divides several values in one field; none where it is absent
//! [columns]
//! "Full name" = "name"
//! "Other names" = "alias"
//! "Passport" = "passport"
//! ```
//!
//! Without `[columns]`, headings that name their content themselves are understood. Either way the notes of the reading say what was
//! taken for what, and columns that were not understood stand in the remarks. Without a map no table is a list, whatever its headings:
//! a table of names beside the lists would make listed parties of its people.

use std::collections::BTreeMap;

use bonafide_formats::sheet::Workbook;
use bonafide_model::ContentHash;
use serde::Deserialize;

use super::{
    Opened, Read, dates,
    grid::{Grid, GridRow, MOST_PREAMBLE, delimiter, heading},
};
use crate::{
    entry::{
        Address, Birth, CountryRole, Document, DocumentKind, Entry, EntryId, EntryKind, Identifier, IdentifierKind, ListCode,
        ListedName, NameQuality,
    },
    error::Error,
    merge::merge,
};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// The list's own id of the party. Rows with one id are one party.
    Id,
    /// The name.
    Name,
    /// Given names.
    GivenName,
    /// The family name.
    FamilyName,
    /// Another name.
    Alias,
    /// What the party is: person, company, ship …
    Kind,
    /// Date of birth.
    BirthDate,
    /// Nationality.
    Nationality,
    /// Any country.
    Country,
    /// Number of a passport.
    Passport,
    /// Number of an identity card, or another national number.
    NationalId,
    /// Number of any other paper.
    Document,
    /// E-mail address.
    Email,
    /// Telephone number.
    Phone,
    /// Address of a digital currency.
    Wallet,
    /// Website.
    Website,
    /// Name of an account.
    Handle,
    /// Number in a register.
    Registration,
    /// Tax number.
    Tax,
    /// Postal address.
    Address,
    /// Programme, or the reason of listing in a word.
    Programme,
    /// Title or position.
    Position,
    /// The day of listing.
    ListedOn,
    /// Anything for people to read.
    Remark,
    /// Nothing: the column is left out.
    Ignore,
}

/// What the columns of a table hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnMap {
    list: ListCode,
    kind: EntryKind,
    separator: Option<char>,
    /// Heading as it is compared, and what stands under it.
    columns: BTreeMap<String, Meaning>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MapFile {
    #[serde(default)]
    list: Option<String>,
    #[serde(default)]
    kind: Option<EntryKind>,
    #[serde(default)]
    separator: Option<char>,
    #[serde(default)]
    columns: BTreeMap<String, Meaning>,
}

/// A column map is small; a larger one is none.
const MOST_MAP: usize = 64 << 10;
/// Headings that name their content, as they are compared.
const HEADINGS: [(Meaning, &[&str]); 24] = [
    (Meaning::Id, &["id", "uid", "ref", "reference", "record id", "entry id", "entity id", "reference number"]),
    (
        Meaning::Name,
        &["name", "full name", "fullname", "entity name", "person", "company name", "subject", "primary name", "whole name"],
    ),
    (Meaning::GivenName, &["first name", "firstname", "given name", "given names", "forename", "forenames"]),
    (Meaning::FamilyName, &["last name", "lastname", "family name", "surname"]),
    (Meaning::Alias, &["alias", "aliases", "aka", "a.k.a.", "also known as", "other names", "other name", "known as"]),
    (Meaning::Kind, &["type", "kind", "schema", "entity type", "party type"]),
    (Meaning::BirthDate, &["birth date", "birthdate", "date of birth", "dob", "d.o.b.", "d.o.b", "born", "year of birth"]),
    (Meaning::Nationality, &["nationality", "nationalities", "citizenship"]),
    (Meaning::Country, &["country", "countries", "country code"]),
    (Meaning::Passport, &["passport", "passport number", "passport no", "passport no.", "passportnumber"]),
    (
        Meaning::NationalId,
        &["national id", "id number", "idnumber", "identity card", "national identification number", "id card"],
    ),
    (Meaning::Document, &["document", "document number", "papers"]),
    (Meaning::Email, &["email", "e-mail", "mail", "email address", "e-mail address", "emails"]),
    (Meaning::Phone, &["phone", "telephone", "mobile", "phone number", "tel", "tel."]),
    (Meaning::Wallet, &["wallet", "wallet address", "crypto address", "digital currency address", "wallets", "crypto wallet"]),
    (Meaning::Website, &["website", "url", "web", "homepage"]),
    (Meaning::Handle, &["handle", "github", "telegram", "username", "account", "linkedin"]),
    (Meaning::Registration, &["registration number", "company number", "register number"]),
    (Meaning::Tax, &["tax number", "tax id", "vat number", "tin"]),
    (Meaning::Address, &["address", "postal address"]),
    (Meaning::Programme, &["programme", "program", "list", "category", "sanctions"]),
    (Meaning::ListedOn, &["listed on", "date added", "added on", "listing date"]),
    (Meaning::Position, &["position", "title", "occupation", "role", "job title"]),
    (Meaning::Remark, &["remark", "remarks", "note", "notes", "reason", "comment", "comments"]),
];

impl ColumnMap {
    /// Reads a map.
    ///
    /// # Errors
    /// [`Error::ColumnMap`] where it is no such TOML, names a meaning that is not known, or gives no column that names anybody.
    pub fn of_toml(name: &str, text: &str) -> Result<Self, Error> {
        let wrong = |why: String| Error::ColumnMap { file: name.to_owned(), why };
        if text.len() > MOST_MAP {
            return Err(wrong(format!("it has {} bytes; a map has {MOST_MAP} at most", text.len())));
        }
        let file: MapFile = toml::from_str(text).map_err(|error| wrong(error.to_string().trim().to_owned()))?;
        let list = file.list.map_or(Ok(ListCode::OWN), |code| code.parse()).map_err(|error| wrong(format!("list: {error}")))?;
        let columns: BTreeMap<String, Meaning> =
            file.columns.into_iter().map(|(name, meaning)| (heading(&name), meaning)).collect();
        let separator = file.separator.or_else(|| columns.is_empty().then_some(';'));
        let map = Self { list, kind: file.kind.unwrap_or(EntryKind::Other), separator, columns };
        if !map.columns.is_empty() && !map.names_somebody() {
            return Err(wrong("no column is a name or an identifier".into()));
        }
        Ok(map)
    }

    /// A map for a table whose headings tell their content themselves.
    #[must_use]
    pub const fn by_headings(list: ListCode) -> Self {
        Self { list, kind: EntryKind::Other, separator: Some(';'), columns: BTreeMap::new() }
    }

    /// The same with what headings tell; `None` where they name nobody.
    fn told_by<'h>(&self, headings: impl IntoIterator<Item = &'h str>) -> Option<Self> {
        let mut columns = BTreeMap::new();
        for name in headings.into_iter().map(heading) {
            if let Some((meaning, _)) = HEADINGS.iter().find(|(_, names)| names.contains(&name.as_str())) {
                columns.insert(name, *meaning);
            }
        }
        let map = Self { columns, ..self.clone() };
        map.names_somebody().then_some(map)
    }

    fn names_somebody(&self) -> bool {
        self.columns.values().any(|meaning| {
            matches!(
                meaning,
                Meaning::Name
                    | Meaning::FamilyName
                    | Meaning::Alias
                    | Meaning::Email
                    | Meaning::Phone
                    | Meaning::Wallet
                    | Meaning::Passport
                    | Meaning::NationalId
                    | Meaning::Document
                    | Meaning::Handle
            )
        })
    }

    /// The map that the first lines of a text tell by themselves.
    fn of_text(&self, text: &str) -> Option<Self> {
        text.lines().take(MOST_PREAMBLE).find_map(|line| {
            let record = csv::ReaderBuilder::new()
                .has_headers(false)
                .delimiter(delimiter(line)?)
                .from_reader(line.as_bytes())
                .into_records()
                .next()?
                .ok()?;
            self.told_by(&record)
        })
    }

    /// The map that the first rows of a spreadsheet tell by themselves.
    fn of_workbook(&self, workbook: &Workbook) -> Option<Self> {
        let rows = workbook.sheets.iter().flat_map(|sheet| sheet.rows.iter().take(MOST_PREAMBLE));
        rows.into_iter().find_map(|row| self.told_by(row.cells.iter().map(String::as_str)))
    }
}

/// The table that a map belongs to: `names.csv.toml` and `names.toml` belong to `names.csv`, packed or not.
pub(super) fn belongs(map: &str, table: &str) -> bool {
    let table = [".gz", ".xz"].iter().find_map(|end| table.strip_suffix(end)).unwrap_or(table);
    let Some(map) = map.strip_suffix(".toml") else { return false };
    map == table || table.rsplit_once('.').is_some_and(|(stem, end)| map == stem && !end.contains(['/', '\\']))
}

pub(super) fn read(file: &Opened) -> Result<Read, Error> {
    let unexplained = || Error::Unrecognised { file: file.name.to_string(), seen: "a table whose headings name nobody".into() };
    let map = file.map.clone().ok_or_else(unexplained)?;
    let map = match &file.workbook {
        _ if !map.columns.is_empty() => map,
        Some(workbook) => map.of_workbook(workbook).ok_or_else(unexplained)?,
        None => map.of_text(&file.text().text).ok_or_else(unexplained)?,
    };
    let headings: Vec<&str> = map.columns.keys().map(String::as_str).collect();
    let grid = file.grid(&headings).map_err(|error| match error {
        Error::MissingColumn { file: name, .. } => {
            let text = heading(file.text().text.lines().take(MOST_PREAMBLE).collect::<Vec<_>>().join(" ").as_str());
            let missing = headings.iter().find(|name| !text.contains(**name)).or(headings.first());
            Error::MissingColumn { file: name, column: missing.map(|name| (*name).to_owned()).unwrap_or_default() }
        }
        other => other,
    })?;
    let mut read = file.start(map.list.clone());
    read.notes.extend(map.told(&grid));
    let others: Vec<&str> = grid.headings().into_iter().filter(|name| !map.columns.contains_key(*name)).collect();
    for row in grid.rows() {
        let record = row.number as usize;
        read.take(file, record, map.entry(row, &others, file, record));
    }
    // Rows of one id are one party.
    read.entries = merge(read.entries);
    file.note_grid(&mut read, &grid);
    Ok(read)
}

impl ColumnMap {
    /// What was taken for what, for people.
    fn told(&self, grid: &Grid) -> Vec<String> {
        let taken = |(name, meaning): (&String, &Meaning)| format!("'{name}' as {}", meaning.word());
        let taken: Vec<String> = self.columns.iter().map(taken).collect();
        let others: Vec<String> = grid
            .headings()
            .into_iter()
            .filter(|name| !self.columns.contains_key(*name) && !name.is_empty())
            .map(|name| format!("'{name}'"))
            .collect();
        let mut notes = vec![format!("columns were read: {}", taken.join(", "))];
        if !others.is_empty() {
            notes.push(format!(
                "columns without a meaning were kept as remarks: {}; a column map can name them",
                others.join(", ")
            ));
        }
        notes
    }

    fn entry(&self, row: GridRow<'_>, others: &[&str], file: &Opened, record: usize) -> Result<Entry, String> {
        let of = |wanted: Meaning| {
            let columns = self.columns.iter().filter(move |(_, meaning)| **meaning == wanted);
            columns.flat_map(move |(name, _)| self.values(row.get(name)))
        };
        // Who was born, or has a passport or a family name of its own, is a person.
        let is_person = [Meaning::BirthDate, Meaning::Passport, Meaning::NationalId, Meaning::FamilyName, Meaning::Nationality]
            .iter()
            .any(|meaning| of(*meaning).next().is_some());
        let unsaid = if is_person && self.kind == EntryKind::Other { EntryKind::Person } else { self.kind };
        let kind = of(Meaning::Kind).find_map(kind).unwrap_or(unsaid);
        let mut entry = Entry::new(EntryId::new(self.list.clone(), ""), kind, file.place(record));
        of(Meaning::Name).for_each(|name| entry.add_name(listed(name, kind, NameQuality::Primary)));
        let part = |meaning| of(meaning).collect::<Vec<_>>().join(" ");
        if entry.names.is_empty() {
            entry.add_name(ListedName::of_parts(&part(Meaning::GivenName), &part(Meaning::FamilyName), NameQuality::Primary));
        }
        of(Meaning::Alias).for_each(|name| entry.add_name(listed(name, kind, NameQuality::Strong)));
        for text in of(Meaning::BirthDate) {
            match dates::birth(text).or_else(|| dates::day_first(text).map(Birth::on)) {
                Some(birth) => entry.add_birth(birth),
                None => entry.add_remark(&format!("Date of birth {text}")),
            }
        }
        for (meaning, role) in [(Meaning::Nationality, CountryRole::Nationality), (Meaning::Country, CountryRole::Other)] {
            of(meaning).for_each(|country| entry.add_country(role, country));
        }
        for (meaning, kind) in [
            (Meaning::Passport, DocumentKind::Passport),
            (Meaning::NationalId, DocumentKind::NationalId),
            (Meaning::Document, DocumentKind::Other),
        ] {
            of(meaning).filter_map(|number| Document::new(kind, number, "", "")).for_each(|paper| entry.add_document(paper));
        }
        for (meaning, kind) in [
            (Meaning::Email, IdentifierKind::Email),
            (Meaning::Phone, IdentifierKind::Phone),
            (Meaning::Wallet, IdentifierKind::Wallet),
            (Meaning::Website, IdentifierKind::Website),
            (Meaning::Handle, IdentifierKind::Handle),
            (Meaning::Registration, IdentifierKind::Registration),
            (Meaning::Tax, IdentifierKind::Tax),
        ] {
            of(meaning).for_each(|value| entry.add_identifier(Identifier::new(kind, value)));
        }
        of(Meaning::Address).for_each(|text| entry.add_address(Address { lines: text.into(), ..Address::default() }));
        of(Meaning::Programme).for_each(|text| entry.add_programme(text));
        of(Meaning::Position).for_each(|text| entry.add_position(text));
        of(Meaning::Remark).for_each(|text| entry.add_remark(text));
        let listed = of(Meaning::ListedOn).find_map(|text| dates::single(text).or_else(|| dates::day_first(text)));
        entry.listed_on = listed;
        for name in others {
            let text = row.get(name);
            if !text.is_empty() {
                entry.add_remark(&format!("{name}: {text}"));
            }
        }
        if entry.names.is_empty() && entry.identifiers.is_empty() && entry.documents.is_empty() {
            return Err("the row has neither a name nor an identifier nor a paper".into());
        }
        let given = of(Meaning::Id).next().map(str::to_owned);
        let native = given.unwrap_or_else(|| {
            // Rows without an id are known by what they say, not by where they stand.
            let born: Vec<String> = entry.births.iter().map(|birth| birth.from.to_string()).collect();
            let other = entry.identifiers.first().map_or("", |identifier| &*identifier.value);
            let key = format!("{}\n{}\n{other}", entry.primary_name(), born.join("\n"));
            ContentHash::of_bytes(key.as_bytes()).short(16)
        });
        entry.id = EntryId::new(self.list.clone(), &native);
        Ok(entry)
    }

    /// The values of a field.
    fn values<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> + use<'t> {
        let separator = self.separator;
        text.split(move |c: char| c == '\n' || separator == Some(c)).map(str::trim).filter(|value| !value.is_empty())
    }
}

impl Meaning {
    /// What people call it.
    const fn word(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::GivenName => "given name",
            Self::FamilyName => "family name",
            Self::Alias => "alias",
            Self::Kind => "kind of party",
            Self::BirthDate => "birth date",
            Self::Nationality => "nationality",
            Self::Country => "country",
            Self::Passport => "passport",
            Self::NationalId => "national id",
            Self::Document => "document",
            Self::Email => "e-mail",
            Self::Phone => "phone",
            Self::Wallet => "wallet",
            Self::Website => "website",
            Self::Handle => "account",
            Self::Registration => "registration",
            Self::Tax => "tax number",
            Self::Address => "address",
            Self::Programme => "programme",
            Self::Position => "position",
            Self::ListedOn => "day of listing",
            Self::Remark => "remark",
            Self::Ignore => "nothing",
        }
    }
}

/// A name; for persons a comma tells the family name, which stands first.
fn listed(text: &str, kind: EntryKind, quality: NameQuality) -> ListedName {
    if kind == EntryKind::Person { ListedName::of_family_first(text, quality) } else { ListedName::whole(text, quality) }
}

fn kind(text: &str) -> Option<EntryKind> {
    match text.to_lowercase().as_str() {
        "person" | "individual" | "natural person" | "people" => Some(EntryKind::Person),
        "organisation" | "organization" | "company" | "entity" | "legal person" | "legalentity" | "firm" => {
            Some(EntryKind::Organisation)
        }
        "vessel" | "ship" => Some(EntryKind::Vessel),
        "aircraft" | "airplane" => Some(EntryKind::Aircraft),
        _ => None,
    }
}
