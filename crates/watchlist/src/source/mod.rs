//! Readers of lists, one file per format. Formats are recognised by content; file names are only shown to people.
//!
//! Readers are lenient on rows and strict on loss: what cannot be read is left out, counted and named in [`Read::refused`].

mod bis;
mod dates;
mod dfat;
mod eu;
mod free_text;
mod ftm;
mod grid;
mod links;
mod mixed;
mod ofac;
mod plain;
mod recognise;
mod seco;
mod tree;
mod uk;
mod un;
mod wallets;

use std::{fmt, io::Read as _, sync::Arc, time::Duration};

use bonafide_formats::{
    digest, encoding,
    limits::Limits,
    packed,
    sheet::{self, Workbook},
    xml,
};

pub(crate) use ftm::identifiers as ftm_identifiers;
pub use plain::{ColumnMap, Meaning};
pub use recognise::Format;

use self::grid::Grid;
use crate::{
    entry::{Entry, EntryPlace, ListCode, MOST_ITEMS},
    error::Error,
    merge::merge,
};

/// The readers' version; part of every snapshot, since another reader may understand the same file better.
pub const PARSER_VERSION: u32 = 4;

/// One file of a list, as it was fetched: plain, gzip or xz.
#[derive(Clone, Copy, Debug)]
pub struct ListFile<'a> {
    /// Name, for places and messages.
    pub name: &'a str,
    /// The bytes.
    pub bytes: &'a [u8],
}

/// What was read of one list.
#[derive(Clone, Debug)]
pub struct Read {
    /// The list.
    pub list: ListCode,
    /// The format it was read from.
    pub format: Format,
    /// Files it was read from, with the SHA-256 of their bytes as they came.
    pub files: Vec<(Box<str>, String)>,
    /// The publisher's own date or version, as written.
    pub published: Option<Box<str>>,
    /// The entries, in the order of the list.
    pub entries: Vec<Entry>,
    /// What could not be read.
    pub refused: Vec<Refused>,
    /// Why the file as a whole may be cut off or damaged; such a reading never becomes a snapshot.
    pub damage: Option<String>,
    /// What is to be known besides: encodings, items that were cut.
    pub notes: Vec<String>,
}

/// A row or element that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Where.
    pub place: EntryPlace,
    /// Why.
    pub reason: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.reason)
    }
}

/// Reads the files of a folder or of a command line. Files of one set (the four CSV files of OFAC) are joined whatever their order;
/// every other file is a list of its own. A file that cannot be read is an error of its own and takes no other along.
///
/// Spreadsheets are read in the calling process, by readers of bounded cost; [`read_files_with`] hands them to a worker.
#[must_use]
pub fn read_files(files: &[ListFile<'_>]) -> Vec<Result<Read, Error>> {
    read_files_with(files, &sheets_in_process)
}

/// What reads spreadsheets: most often [`Pool::workbook`](bonafide_formats::worker::Pool::workbook) of a pool with [`limits`].
pub type Sheets<'s> = &'s dyn Fn(&str, &[u8]) -> Result<Workbook, bonafide_formats::error::Error>;

/// Reads a spreadsheet in the calling process, by readers of bounded cost.
///
/// # Errors
/// Where the bytes are no spreadsheet, or over [`limits`].
pub fn sheets_in_process(name: &str, bytes: &[u8]) -> Result<Workbook, bonafide_formats::error::Error> {
    sheet::read(name, bytes, &limits())
}

/// As [`read_files`], with a reader of spreadsheets.
#[must_use]
pub fn read_files_with(files: &[ListFile<'_>], sheets: Sheets<'_>) -> Vec<Result<Read, Error>> {
    let (maps, tables): (Vec<&ListFile<'_>>, Vec<&ListFile<'_>>) = files.iter().partition(|file| file.name.ends_with(".toml"));
    let mut read = Vec::new();
    let mut ofac = Vec::new();
    let mut unused = maps.clone();
    for file in tables {
        let map = maps.iter().find(|map| plain::belongs(map.name, file.name));
        unused.retain(|other| map.is_none_or(|map| map.name != other.name));
        let opened = match map.map(|map| ColumnMap::of_toml(map.name, &String::from_utf8_lossy(map.bytes))) {
            Some(Err(error)) => Err(error),
            Some(Ok(map)) => Opened::mapped(file, map, sheets),
            None => Opened::new(file, sheets),
        };
        match opened {
            Ok(opened) if opened.format.is_ofac_csv() => ofac.push(opened),
            Ok(opened) => read.push(read_one(&opened).map(|mut read| {
                // Table and map are one list: whoever keeps the one keeps the other.
                read.files.extend(map.map(|map| (Box::from(map.name), digest::sha256(map.bytes))));
                read
            })),
            Err(error) => read.push(Err(error)),
        }
    }
    for map in unused {
        let seen = "a column map whose table is not given".to_owned();
        read.push(Err(Error::Unrecognised { file: map.name.to_owned(), seen }));
    }
    if !ofac.is_empty() {
        read.insert(0, ofac::csv::read(&ofac).map(joined));
    }
    read
}

/// Reads one file.
///
/// # Errors
/// As [`read_files`]: the file is not a list, is damaged as a whole, or misses a column.
pub fn read_file(file: &ListFile<'_>) -> Result<Read, Error> {
    read_one(&Opened::new(file, &sheets_in_process)?)
}

/// Reads a table by a column map.
///
/// # Errors
/// Where the file is no table, or a column of the map is missing.
pub fn read_table(file: &ListFile<'_>, map: ColumnMap) -> Result<Read, Error> {
    read_one(&Opened::mapped(file, map, &sheets_in_process)?)
}

fn read_one(opened: &Opened) -> Result<Read, Error> {
    let read = match opened.format {
        Format::OfacPrimary | Format::OfacAliases | Format::OfacAddresses | Format::OfacComments => {
            ofac::csv::read(std::slice::from_ref(opened))
        }
        Format::UnXml => un::read(opened),
        Format::OfacXml => ofac::xml::read(opened),
        Format::OfacAdvancedXml => ofac::advanced::read(opened),
        Format::EuXml => eu::xml::read(opened),
        Format::EuCsv => of_grid(opened, &eu::csv::HEADINGS, eu::csv::read),
        Format::SecoXml => seco::read(opened),
        Format::BisDeniedPersons => bis::read(opened),
        Format::WalletJson => wallets::read(opened),
        Format::FollowTheMoney => ftm::read(opened),
        Format::Uk => of_grid(opened, &uk::table::HEADINGS, uk::table::read),
        Format::UkConsolidated => of_grid(opened, &uk::table::CONSOLIDATED, uk::table::read_consolidated),
        Format::UkXml => uk::xml::read(opened),
        Format::Dfat => of_grid(opened, &dfat::HEADINGS, dfat::read),
        Format::Table => plain::read(opened),
    };
    read.map(joined)
}

/// A reading with the links between its entries.
fn joined(mut read: Read) -> Read {
    let count = read.entries.len();
    read.entries = merge(read.entries);
    if read.entries.len() < count {
        read.notes.push(format!("{} entries share an id with another and were joined to it", count - read.entries.len()));
    }
    links::join(&mut read);
    for entry in read.entries.iter().filter(|entry| entry.is_full()).take(10) {
        read.notes.push(format!("{}: more than {MOST_ITEMS} items in one field; the rest was left out", entry.id));
    }
    read
}

/// Reads a table with headings; rows that are no rows are refused.
fn of_grid(opened: &Opened, headings: &[&str], reader: fn(&Opened, &Grid) -> Result<Read, Error>) -> Result<Read, Error> {
    let grid = opened.grid(headings)?;
    let mut read = reader(opened, &grid)?;
    opened.note_grid(&mut read, &grid);
    Ok(read)
}

/// Limits on one list: the largest that is published (OFAC's advanced XML) has some 120 MB.
#[must_use]
pub fn limits() -> Limits {
    Limits {
        bytes: 256 << 20,
        unpacked: 512 << 20,
        nodes: 30_000_000,
        parts: 2_000_000,
        characters: 256 << 20,
        time: Duration::from_secs(60),
        memory: 2 << 30,
        ..Limits::default()
    }
}

/// Whether the bytes, once unpacked, are a tar archive (POSIX.1-2017, `ustar`): told by its first block, since it may be large.
fn is_archive(bytes: &[u8]) -> bool {
    let mut block = [0; 512];
    let read = packed::Unpacked::new(bytes, &limits()).ok().and_then(|mut unpacked| unpacked.read_exact(&mut block).ok());
    read.is_some() && block[257..].starts_with(b"ustar")
}

/// A file that was unpacked and recognised.
struct Opened {
    name: Arc<str>,
    sha256: String,
    format: Format,
    bytes: Vec<u8>,
    workbook: Option<Workbook>,
    /// What the columns of a table hold, where somebody said it.
    map: Option<ColumnMap>,
}

impl Opened {
    fn new(file: &ListFile<'_>, sheets: Sheets<'_>) -> Result<Self, Error> {
        let unrecognised = |seen: &str| Error::Unrecognised { file: file.name.to_owned(), seen: seen.to_owned() };
        let opened = Self::unpacked(file, sheets)?;
        let format = match &opened.workbook {
            Some(workbook) => recognise::workbook(workbook),
            None => recognise::format(&opened.bytes),
        };
        Ok(Self { format: format.map_err(unrecognised)?, ..opened })
    }

    /// A table whose columns somebody explains.
    fn mapped(file: &ListFile<'_>, map: ColumnMap, sheets: Sheets<'_>) -> Result<Self, Error> {
        Ok(Self { map: Some(map), ..Self::unpacked(file, sheets)? })
    }

    fn unpacked(file: &ListFile<'_>, sheets: Sheets<'_>) -> Result<Self, Error> {
        let failed = |source| Error::Format { file: file.name.to_owned(), source };
        if is_archive(file.bytes) {
            let seen = "an archive: unpack it first".to_owned();
            return Err(Error::Unrecognised { file: file.name.to_owned(), seen });
        }
        let mut bytes = packed::read_all(file.bytes, &limits()).map_err(failed)?;
        // DOS end-of-file marks, one or several, as OFAC's files have.
        while bytes.last() == Some(&0x1a) {
            bytes.pop();
        }
        let workbook = bytes.starts_with(b"PK").then(|| sheets(file.name, &bytes)).transpose().map_err(failed)?;
        if workbook.is_some() {
            bytes = Vec::new();
        }
        let (name, sha256) = (file.name.into(), digest::sha256(file.bytes));
        Ok(Self { name, sha256, format: Format::Table, bytes, workbook, map: None })
    }

    /// The table that holds all of the headings.
    fn grid(&self, headings: &[&str]) -> Result<Grid, Error> {
        let grid = match &self.workbook {
            Some(workbook) => Grid::of_workbook(workbook, headings),
            None => Grid::of_text(&self.text().text, headings),
        };
        let column = || headings.first().copied().unwrap_or_default().to_owned();
        grid.ok_or_else(|| Error::MissingColumn { file: self.name.to_string(), column: column() })
    }

    /// Notes what is to be known of a table as a whole.
    fn note_grid(&self, read: &mut Read, grid: &Grid) {
        match &self.workbook {
            Some(workbook) => read.notes.extend(workbook.notes.iter().cloned()),
            None => read.note_encoding(&self.name, &self.text()),
        }
        read.refused.extend(grid.damaged.iter().map(|(number, why)| self.refused(*number as usize, why.as_str())));
        // A spreadsheet that was cut does not open at all, and its rows end where their last cell does.
        read.damage = read.damage.take().or_else(|| grid.cut().filter(|_| self.workbook.is_none()));
    }

    fn place(&self, record: usize) -> EntryPlace {
        EntryPlace { file: Arc::clone(&self.name), record: u32::try_from(record).unwrap_or(u32::MAX) }
    }

    fn refused(&self, record: usize, reason: impl Into<String>) -> Refused {
        Refused { place: self.place(record), reason: reason.into() }
    }

    fn text(&self) -> encoding::Decoded<'_> {
        let is_markup = self.bytes.trim_ascii_start().starts_with(b"<");
        let decoded = if is_markup { xml::decode(&self.bytes) } else { encoding::decode(&self.bytes) };
        let is_guess = decoded.note.is_some() && matches!(decoded.encoding, "UTF-8" | "windows-1252");
        if is_guess && let Some(mixed) = mixed::decode(&self.bytes) { mixed } else { decoded }
    }

    /// A reading without entries so far.
    fn start(&self, list: ListCode) -> Read {
        Read {
            list,
            format: self.format,
            files: vec![(Box::from(&*self.name), self.sha256.clone())],
            published: None,
            entries: Vec::new(),
            refused: Vec::new(),
            damage: None,
            notes: Vec::new(),
        }
    }
}

impl Read {
    /// Notes an encoding that was guessed or is damaged.
    fn note_encoding(&mut self, name: &str, decoded: &encoding::Decoded<'_>) {
        if let Some(note) = &decoded.note {
            self.notes.push(format!("{name}: {note}"));
        }
        if decoded.damaged {
            self.notes.push(format!("{name}: some bytes are no {} and were replaced", decoded.encoding));
        }
    }
}
