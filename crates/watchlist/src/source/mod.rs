//! Readers of lists, one file per format. Formats are recognised by content; file names are only shown to people.
//!
//! Readers are lenient on rows and strict on loss: what cannot be read is left out, counted and named in [`Read::refused`].

mod bis;
mod dates;
mod dfat;
mod eu;
mod ftm;
mod grid;
mod ofac_csv;
mod ofac_remarks;
mod recognise;
mod sdn_xml;
mod seco;
mod uk;
mod un;
mod wallets;

use std::{fmt, sync::Arc, time::Duration};

use bonafide_formats::{
    digest, encoding,
    limits::Limits,
    packed,
    sheet::{self, Workbook},
    xml,
};

pub use recognise::Format;

use self::grid::Grid;
use crate::{
    entry::{Entry, EntryPlace, ListCode},
    error::Error,
};

/// The readers' version; part of every snapshot, since another reader may understand the same file better.
pub const PARSER_VERSION: u32 = 1;

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
    let mut read = Vec::new();
    let mut ofac = Vec::new();
    for file in files {
        match Opened::new(file, sheets) {
            Ok(opened) if opened.format.is_ofac_csv() => ofac.push(opened),
            Ok(opened) => read.push(read_one(&opened)),
            Err(error) => read.push(Err(error)),
        }
    }
    if !ofac.is_empty() {
        read.insert(0, ofac_csv::read(&ofac));
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

fn read_one(opened: &Opened) -> Result<Read, Error> {
    match opened.format {
        Format::OfacPrimary | Format::OfacAliases | Format::OfacAddresses | Format::OfacComments => {
            ofac_csv::read(std::slice::from_ref(opened))
        }
        Format::UnXml => un::read(opened),
        Format::OfacXml => sdn_xml::read(opened),
        Format::EuXml => eu::read(opened),
        Format::SecoXml => seco::read(opened),
        Format::BisDeniedPersons => bis::read(opened),
        Format::WalletJson => wallets::read(opened),
        Format::FollowTheMoney => ftm::read(opened),
        Format::Uk => of_grid(opened, &uk::HEADINGS, uk::read),
        Format::Dfat => of_grid(opened, &dfat::HEADINGS, dfat::read),
    }
}

/// Reads a table with headings; rows that are no rows are refused.
fn of_grid(opened: &Opened, headings: &[&str], reader: fn(&Opened, &Grid) -> Result<Read, Error>) -> Result<Read, Error> {
    let grid = opened.grid(headings)?;
    let mut read = reader(opened, &grid)?;
    match &opened.workbook {
        Some(workbook) => read.notes.extend(workbook.notes.iter().cloned()),
        None => read.note_encoding(&opened.name, &opened.text()),
    }
    read.refused.extend(grid.damaged.iter().map(|(number, why)| opened.refused(*number as usize, why.as_str())));
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

/// A file that was unpacked and recognised.
struct Opened {
    name: Arc<str>,
    sha256: String,
    format: Format,
    bytes: Vec<u8>,
    workbook: Option<Workbook>,
}

impl Opened {
    fn new(file: &ListFile<'_>, sheets: Sheets<'_>) -> Result<Self, Error> {
        let failed = |source| Error::Format { file: file.name.to_owned(), source };
        let mut bytes = packed::read_all(file.bytes, &limits()).map_err(failed)?;
        // DOS end-of-file marks, one or several, as OFAC's files have.
        while bytes.last() == Some(&0x1a) {
            bytes.pop();
        }
        let unrecognised = |seen: &str| Error::Unrecognised { file: file.name.to_owned(), seen: seen.to_owned() };
        let opened = |format, bytes, workbook| Self {
            name: file.name.into(),
            sha256: digest::sha256(file.bytes),
            format,
            bytes,
            workbook,
        };
        if bytes.starts_with(b"PK") {
            let workbook = sheets(file.name, &bytes).map_err(failed)?;
            let format = recognise::workbook(&workbook).map_err(unrecognised)?;
            return Ok(opened(format, Vec::new(), Some(workbook)));
        }
        let format = recognise::format(&bytes).map_err(unrecognised)?;
        Ok(opened(format, bytes, None))
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

    fn place(&self, record: usize) -> EntryPlace {
        EntryPlace { file: Arc::clone(&self.name), record: u32::try_from(record).unwrap_or(u32::MAX) }
    }

    fn refused(&self, record: usize, reason: impl Into<String>) -> Refused {
        Refused { place: self.place(record), reason: reason.into() }
    }

    fn text(&self) -> encoding::Decoded<'_> {
        if self.bytes.trim_ascii_start().starts_with(b"<") { xml::decode(&self.bytes) } else { encoding::decode(&self.bytes) }
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
    /// Takes over what a tree says of damage to its text.
    fn note_tree(&mut self, tree: &xml::Tree<'_>) {
        let is_damage = |note: &&String| !note.contains("document type declaration") && !note.contains("references to entities");
        self.damage = tree.notes.iter().find(is_damage).cloned();
        self.notes.extend(tree.notes.iter().cloned());
    }

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

/// The namespaces of lists do not matter: all names are told apart by themselves.
fn no_spaces(_: &str) -> xml::Space {
    0
}

/// The text of the first child of a name, trimmed; empty where there is none. Namespaces are left aside.
fn child_text(element: xml::Element<'_>, name: &str) -> String {
    child(element, name).map_or_else(String::new, |child| child.text().trim().to_owned())
}

/// The first child of a name, whatever its namespace.
fn child<'t>(element: xml::Element<'t>, name: &str) -> Option<xml::Element<'t>> {
    element.children().find(|child| child.local() == name)
}

/// All children of a name, whatever their namespace.
fn children<'t>(element: xml::Element<'t>, name: &'static str) -> impl Iterator<Item = xml::Element<'t>> {
    element.children().filter(move |child| child.local() == name)
}
