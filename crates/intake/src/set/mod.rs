//! Sets: many applications in one file, one at a time.
//!
//! A set is JSON, one object a line (each a row of a table of applicants, an `application.json`, or an event's body), or a table in
//! CSV with one row an application; both may be packed. Which of them a file is, its content says. Memory does not grow with the
//! file. Each record is a source of its own: it is named `file#id`, its places are relative to the record, and a record that
//! cannot be read is an error of its own while the others are read. A row of a CSV becomes a JSON object of its columns; that
//! object is the record.

mod resumes;
pub(crate) mod row;
mod table;

use std::{
    fs::File,
    io::{Cursor, Read},
    path::Path,
};

use bonafide_formats::{
    json,
    limits::Limits,
    packed::{self, Lines, Unpacked},
    table::Table,
};
use bonafide_model::{ContentHash, id::SubjectId, place::Source};

use self::resumes::Resumes;
use crate::{
    error::Error,
    folder::DocumentReader,
    reading::{self, Application, Assembly, Shape},
    remark::{Remark, RemarkKind, Remarks},
    resume,
};

/// Bytes looked at to tell a table from JSON.
const PEEKED: u64 = 4_096;

/// A set that is read application by application.
pub struct Set<'r> {
    name: String,
    records: Records,
    resumes: Option<Resumes>,
    reader: &'r dyn DocumentReader,
    limits: Limits,
    notes: Vec<Remark>,
}

enum Records {
    /// Lines, and the number of the last one.
    Lines(Lines<'static>, u64),
    Table(Box<Table<'static>>),
}

/// One record's bytes and the line it stands on.
struct Record {
    bytes: Vec<u8>,
    line: u64,
}

impl<'r> Set<'r> {
    /// Opens a set, and the file of its résumés (`{"id", "text"}`, one object a line) where there is one.
    ///
    /// # Errors
    /// [`Error::Io`] where a file cannot be opened, [`Error::Read`] where it is neither JSON nor a table.
    pub fn open(path: &Path, resumes: Option<&Path>, reader: &'r dyn DocumentReader, limits: &Limits) -> Result<Self, Error> {
        let open = |path: &Path| {
            File::open(path).map_err(|source| Error::Io { operation: "open the file", path: path.to_owned(), source })
        };
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let resumes = resumes.map(|path| Ok::<_, Error>((name(path), open(path)?))).transpose()?;
        Self::new(&name(path), open(path)?, resumes, reader, limits)
    }

    /// Reads a set from a stream, such as standard input.
    ///
    /// # Errors
    /// As [`Set::open`].
    pub fn new(
        name: &str,
        source: impl Read + Send + 'static,
        resumes: Option<(String, impl Read + Send + 'static)>,
        reader: &'r dyn DocumentReader,
        limits: &Limits,
    ) -> Result<Self, Error> {
        let failed = |source| Error::Read { name: name.to_owned(), source };
        let mut unpacked = Unpacked::new(source, limits).map_err(failed)?;
        let mut start = Vec::new();
        (&mut unpacked).take(PEEKED).read_to_end(&mut start).map_err(|error| {
            failed(bonafide_formats::error::Error::Malformed { format: "set", why: format!("reading failed: {error}") })
        })?;
        let first = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start).trim_ascii_start().first().copied();
        let whole = Cursor::new(start).chain(unpacked);
        let records = match first {
            None => return Err(Error::NotAnApplication { name: name.to_owned(), why: "the file is empty".into() }),
            Some(b'[') => {
                let why =
                    "a JSON list; give one object a line (NDJSON), so that it can be read without keeping all of it in memory";
                return Err(Error::NotAnApplication { name: name.to_owned(), why: why.into() });
            }
            Some(b'{') => Records::Lines(packed::lines(whole, limits).map_err(failed)?, 0),
            Some(_) => Records::Table(Box::new(Table::new(whole, limits).map_err(failed)?)),
        };
        let resumes = resumes
            .map(|(name, source)| Resumes::new(&name, source, limits).map_err(|source| Error::Read { name, source }))
            .transpose()?;
        let mut set = Self { name: name.to_owned(), records, resumes, reader, limits: limits.clone(), notes: Vec::new() };
        set.note_table()?;
        Ok(set)
    }

    /// What is to be said of the set as a whole; complete once all of it was read.
    #[must_use]
    pub fn notes(&self) -> &[Remark] {
        &self.notes
    }

    fn note_table(&mut self) -> Result<(), Error> {
        let Records::Table(table) = &self.records else { return Ok(()) };
        if !table::is_of_applicants(table.headers()) {
            let why = format!(
                "a table without any column of an applicant's; the headings are {}, expected some of {}",
                crate::fields::cut(&table.headers().join(", "), 200),
                table::fields()
            );
            return Err(Error::NotAnApplication { name: self.name.clone(), why });
        }
        let mut say = |kind, text: String| {
            self.notes.push(Remark { kind, source: self.name.clone(), line: Some(1), field: None, text });
        };
        if let Some(note) = table.note() {
            say(RemarkKind::Encoding, note.to_owned());
        }
        for name in table.duplicates() {
            say(
                RemarkKind::Conflict,
                format!("the heading '{}' stands twice; the first one counts", crate::fields::cut(name, 60)),
            );
        }
        let mut meant: Vec<&str> = Vec::new();
        for name in table.headers() {
            let Some(field) = table::field_of(name) else { continue };
            if meant.contains(&field) && !table.duplicates().contains(name) {
                let name = crate::fields::cut(name, 60);
                say(RemarkKind::Conflict, format!("the heading '{name}' is a second one for {field}; the first one counts"));
            }
            meant.push(field);
        }
        let unknown: Vec<&str> =
            table.headers().iter().map(String::as_str).filter(|name| table::field_of(name).is_none()).collect();
        if !unknown.is_empty() {
            let names = unknown.join(", ");
            say(
                RemarkKind::UnknownField,
                format!("columns that this version does not know: {}", crate::fields::cut(&names, 200)),
            );
        }
        Ok(())
    }

    fn next_record(&mut self) -> Option<Result<Record, Error>> {
        let row_error = |line: u64, why: String| Error::Row { name: self.name.clone(), line, why };
        match &mut self.records {
            Records::Lines(lines, number) => loop {
                *number += 1;
                match lines.next_line()? {
                    Ok(line) if line.bytes.trim_ascii().is_empty() => {}
                    Ok(line) => return Some(Ok(Record { bytes: line.bytes.to_vec(), line: line.number })),
                    Err(error) => return Some(Err(row_error(*number, error.to_string()))),
                }
            },
            Records::Table(table) => {
                let headings = table.headers().len();
                match table.next_row()? {
                    Ok(row) if row.len() > headings => {
                        let why = format!("{} fields under {headings} headings (is a comma or a quote out of place?)", row.len());
                        Some(Err(row_error(row.line, why)))
                    }
                    Ok(row) => Some(Ok(Record { bytes: table::object_of(&row), line: row.line })),
                    Err(error) => Some(Err(Error::Read { name: self.name.clone(), source: error })),
                }
            }
        }
    }

    fn application(&mut self, record: Record) -> Result<Application, Error> {
        let line = record.line;
        let row_error = |why: String| Error::Row { name: self.name.clone(), line, why };
        let (mut assembly, facts, remarks, source) = {
            let tree = json::parse(&record.bytes, &self.limits).map_err(|error| row_error(in_record(&error.to_string())))?;
            let root = tree.root();
            // The headings of a table were understood as a whole.
            let shape = if matches!(self.records, Records::Table(_)) { Shape::Row } else { reading::shape(root) };
            if matches!(shape, Shape::Unknown) {
                let why = "the object has none of the fields of an application; docs/application-json.md lists them";
                return Err(row_error(why.into()));
            }
            let own = shape.id(root);
            let id = own.clone().unwrap_or_else(|| line.to_string());
            let source = Source { name: format!("{}#{id}", self.name), content: ContentHash::of_bytes(&record.bytes) };
            let remarks = Remarks::on(&source.name);
            reading::note_tree(&tree, &remarks);
            let subject = own.clone().map_or_else(|| reading::derived_id(std::slice::from_ref(&source)), SubjectId::new);
            let assembly = Assembly::new(subject, own.is_some(), id);
            let mut sink = assembly.sink(&source);
            shape.write(root, &mut sink, &remarks);
            (assembly, sink.into_facts(), remarks, source)
        };
        let id = assembly.display_name().to_owned();
        let mut remarks = remarks.into_list();
        if matches!(self.records, Records::Table(_)) {
            // Unknown columns are said once, of the table.
            remarks.retain(|remark| remark.kind != RemarkKind::UnknownField);
        }
        assembly.take(source, facts, remarks, record.bytes);
        self.add_resume(&id, &mut assembly);
        Ok(assembly.finish())
    }

    /// Adds the résumé of the same id.
    fn add_resume(&mut self, id: &str, assembly: &mut Assembly) {
        let Some(resumes) = &mut self.resumes else { return };
        let name = format!("{}#{id}", resumes.name());
        let remarks = Remarks::on(&name);
        let Some(text) = resumes.take(id) else {
            if let Some(why) = resumes.missing() {
                remarks.say(RemarkKind::NotRead, why);
                remarks.into_list().into_iter().for_each(|remark| assembly.note(remark));
            }
            return;
        };
        let source = Source { name: name.clone(), content: ContentHash::of_bytes(text.as_bytes()) };
        let mut sink = assembly.sink(&source);
        match self.reader.document(&format!("{name}.txt"), text.as_bytes()) {
            Ok(document) => {
                document.incomplete.iter().for_each(|missing| remarks.say(RemarkKind::OverLimit, missing.as_str()));
                resume::facts(&resume::read(&document), &name, &mut sink);
            }
            Err(error) => remarks.say(RemarkKind::Unreadable, error.to_string()),
        }
        assembly.take(source, sink.into_facts(), remarks.into_list(), text.into_bytes());
    }

    fn end(&mut self) {
        if let Some(resumes) = &mut self.resumes {
            let name = resumes.name().to_owned();
            let (left, problems) = resumes.finish();
            self.notes.extend(problems);
            if left > 0 {
                let text = format!("{left} résumés belong to no application of the set");
                self.notes.push(Remark { kind: RemarkKind::NotRead, source: name, line: None, field: None, text });
            }
        }
    }
}

impl Iterator for Set<'_> {
    type Item = Result<Application, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.next_record() {
            None => {
                self.end();
                self.resumes = None;
                None
            }
            Some(Err(error)) => Some(Err(error)),
            Some(Ok(record)) => Some(self.application(record)),
        }
    }
}

/// The parser counts lines of the record, of which there is one; the error names the line of the file.
fn in_record(message: &str) -> String {
    message.replacen("line 1, ", "", 1)
}

#[cfg(test)]
mod tests;
