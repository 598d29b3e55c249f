//! An application folder, a lone file, or a folder of many.
//!
//! ```text
//! robin/
//!   application.json     the form, or the body of an applicant system's event
//!   *.pdf *.docx *.txt *.md, resume.json   résumés; a letter by its name
//!   avatar.*  github.json  notes.md
//!   id/*  mail/*.eml  calls/*
//! ```
//!
//! Nothing is opened before its size is known, nothing outside the folder is followed to, and every file that was not read is
//! named. Formats of documents and pictures are read by a [`DocumentReader`], so that this crate starts no process.

mod discover;
mod listing;
mod reader;
mod role;

use std::path::{Path, PathBuf};

use bonafide_formats::{document::Document, json, limits::Limits};
use bonafide_model::{
    ContentHash,
    fact::{Answer, DocumentProperty, FactSink, GithubAccount, HiddenText, LinkKind, Note, Payload, Picture, PictureRole},
    id::SubjectId,
    place::{Place, Source},
};

pub use discover::{Discovery, Item, discover};
pub use reader::{DocumentReader, InProcess, Isolated};

use self::{
    listing::{Entry, EntryKind},
    role::Role,
};
use crate::{
    error::Error,
    github, mail,
    reading::{self, Application, Assembly, Shape},
    remark::{Remark, RemarkKind, Remarks},
    resume,
};

/// Most files read of one application.
const MOST_FILES: usize = 500;
/// Most bytes read of one application.
const MOST_BYTES: u64 = 96 << 20;

/// A file that was read into memory.
struct Piece {
    role: Role,
    /// Path inside the folder.
    name: String,
    bytes: Vec<u8>,
}

/// Reads an application: a folder, or a lone file (`application.json` under any name, an event's body, a résumé, a GitHub dump).
///
/// # Errors
/// [`Error::Io`] where it cannot be opened; [`Error::Refused`] where it is empty, holds two applications, or nothing in it could be
/// read; [`Error::Read`] and [`Error::NotAnApplication`] where its form cannot be read.
pub fn read(path: &Path, reader: &dyn DocumentReader, limits: &Limits) -> Result<Application, Error> {
    let metadata = std::fs::metadata(path).map_err(|source| Error::Io { operation: "find it", path: path.to_owned(), source })?;
    if metadata.is_dir() { read_folder(path, reader, limits) } else { read_file(path, &metadata, reader, limits) }
}

/// The last component of a path, for people.
fn display_name(path: &Path) -> String {
    let named =
        if path.file_name().is_some() { path.to_owned() } else { path.canonicalize().unwrap_or_else(|_| path.to_owned()) };
    named.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

fn read_file(
    path: &Path,
    metadata: &std::fs::Metadata,
    reader: &dyn DocumentReader,
    limits: &Limits,
) -> Result<Application, Error> {
    let refused = |why: String| Error::Refused { path: path.to_owned(), why };
    let name = display_name(path);
    if !metadata.is_file() {
        return Err(refused("neither a file nor a folder".into()));
    }
    let role = role::of_file(&name).ok_or_else(|| {
        refused("not a file of an application: expected .json, or a résumé as .pdf, .docx, .txt or .md; put further files into a folder".into())
    })?;
    if !matches!(role, Role::Json | Role::Resume | Role::Github) {
        return Err(refused("a part of an application, not one by itself; name the folder it lies in".into()));
    }
    if metadata.len() > limits.bytes {
        return Err(refused(too_large(metadata.len(), limits)));
    }
    let bytes = listing::read(path, limits.bytes)?.ok_or_else(|| refused(too_large(metadata.len(), limits)))?;
    if role == Role::Json {
        return reading::read_json_as(&name, &name, bytes, false, limits);
    }
    let application = assemble(vec![Piece { role, name: name.clone(), bytes }], Vec::new(), name, reader, limits)?;
    if application.facts.is_empty() {
        let why = application.incomplete.first().cloned().unwrap_or_else(|| "nothing in it could be read".into());
        return Err(refused(why));
    }
    Ok(application)
}

fn too_large(bytes: u64, limits: &Limits) -> String {
    format!("{bytes} bytes, more than the limit of {}; it was not opened", limits.bytes)
}

fn read_folder(path: &Path, reader: &dyn DocumentReader, limits: &Limits) -> Result<Application, Error> {
    let refused = |why: String| Error::Refused { path: path.to_owned(), why };
    let entries = listing::list(path)?;
    let mut gathered = Gathered::new(limits);
    for entry in entries.iter().filter(|entry| !listing::is_litter(&entry.name)) {
        match entry.kind {
            EntryKind::Folder if role::PARTS.contains(&entry.name.as_str()) => gathered.part(entry)?,
            EntryKind::Folder => {
                if holds_application(&entry.path) {
                    return Err(refused(format!(
                        "the folder holds an application and another one in {}; give each a folder of its own",
                        entry.name
                    )));
                }
                gathered.say(&entry.name, RemarkKind::NotRead, "a folder that is no part of an application; it was not read");
            }
            _ => gathered.file(entry, role::of_file(&entry.name), &entry.name)?,
        }
    }
    let Gathered { pieces, notes, failed, .. } = gathered;
    // A form that is there and cannot be read leaves no application, whatever lies beside it.
    if let Some(error) = failed {
        return Err(error);
    }
    if pieces.is_empty() {
        return Err(refused(notes.first().map_or_else(
            || "the folder is empty; an application has an application.json or a résumé".into(),
            |note| format!("nothing of an application could be read: {note}"),
        )));
    }
    one_form(&pieces, limits).map_err(refused)?;
    let first = notes.first().map(ToString::to_string);
    let application = assemble(pieces, notes, display_name(path), reader, limits)?;
    if application.facts.is_empty() && !application.sources.iter().any(|source| source.name == FORM) {
        return Err(refused(format!(
            "nothing of an application could be read: {}",
            first.or_else(|| application.incomplete.first().cloned()).unwrap_or_default()
        )));
    }
    Ok(application)
}

/// The name of the form.
const FORM: &str = "application.json";

fn holds_application(folder: &Path) -> bool {
    folder.join(FORM).is_file()
}

/// Checks that at most one file of a folder is an application's form.
fn one_form(pieces: &[Piece], limits: &Limits) -> Result<(), String> {
    let forms: Vec<&str> = pieces
        .iter()
        .filter(|piece| piece.role == Role::Json && is_form(piece, limits))
        .map(|piece| piece.name.as_str())
        .collect();
    if forms.len() > 1 {
        return Err(format!(
            "the folder holds {} applications ({}); give each a folder of its own",
            forms.len(),
            forms.join(", ")
        ));
    }
    Ok(())
}

fn is_form(piece: &Piece, limits: &Limits) -> bool {
    // A broken file that is named like the form was meant to be one.
    piece.name.to_lowercase().starts_with("application")
        || json::parse(&piece.bytes, limits)
            .is_ok_and(|tree| matches!(reading::shape(tree.root()), Shape::Form | Shape::Event(_) | Shape::Row))
}

/// Files on their way into memory, within the limits of one application.
struct Gathered<'l> {
    limits: &'l Limits,
    pieces: Vec<Piece>,
    notes: Vec<Remark>,
    failed: Option<Error>,
    bytes: u64,
}

impl<'l> Gathered<'l> {
    const fn new(limits: &'l Limits) -> Self {
        Self { limits, pieces: Vec::new(), notes: Vec::new(), failed: None, bytes: 0 }
    }

    fn say(&mut self, name: &str, kind: RemarkKind, text: impl Into<String>) {
        self.notes.push(Remark { kind, source: name.to_owned(), line: None, field: None, text: text.into() });
    }

    /// The files of `id`, `mail` and `calls`.
    fn part(&mut self, folder: &Entry) -> Result<(), Error> {
        let entries = match listing::list(&folder.path) {
            Ok(entries) => entries,
            Err(error) => {
                self.say(&folder.name, RemarkKind::NotRead, error.in_full());
                return Ok(());
            }
        };
        for entry in entries.iter().filter(|entry| !listing::is_litter(&entry.name)) {
            let name = format!("{}/{}", folder.name, entry.name);
            if entry.kind == EntryKind::Folder {
                self.say(&name, RemarkKind::NotRead, "a folder that is no part of an application; it was not read");
            } else if folder.name == "calls" && matches!(entry.kind, EntryKind::File(_)) {
                self.say(&name, RemarkKind::NotRead, "recordings and statistics of calls are not read by this version");
            } else {
                self.file(entry, role::in_part(&folder.name, &entry.name), &name)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, entry: &Entry, role: Option<Role>, name: &str) -> Result<(), Error> {
        let size = match entry.kind {
            EntryKind::File(size) => size,
            EntryKind::Link => {
                self.say(name, RemarkKind::NotRead, "a link that leads out of the folder or to no file; it was not followed");
                return Ok(());
            }
            EntryKind::Special => {
                self.say(name, RemarkKind::NotRead, "a pipe, socket or device; it was not opened");
                return Ok(());
            }
            EntryKind::Unknown | EntryKind::Folder => {
                self.say(name, RemarkKind::NotRead, "its kind could not be asked for; it was not opened");
                return Ok(());
            }
        };
        let Some(role) = role else {
            self.say(name, RemarkKind::NotRead, "a file whose purpose is not known; it was not read");
            return Ok(());
        };
        if size > self.limits.bytes {
            return self.refuse(entry, name, role, RemarkKind::OverLimit, too_large(size, self.limits));
        }
        if self.pieces.len() >= MOST_FILES || self.bytes.saturating_add(size) > MOST_BYTES {
            let text = format!("more than {MOST_FILES} files or {MOST_BYTES} bytes in one application; it was not read");
            return self.refuse(entry, name, role, RemarkKind::OverLimit, text);
        }
        match listing::read(&entry.path, self.limits.bytes) {
            Ok(Some(bytes)) => {
                self.bytes += bytes.len() as u64;
                self.pieces.push(Piece { role, name: name.to_owned(), bytes });
                Ok(())
            }
            Ok(None) => self.refuse(entry, name, role, RemarkKind::OverLimit, too_large(size, self.limits)),
            Err(error) => {
                let text = error.in_full();
                self.refuse(entry, name, role, RemarkKind::NotRead, text)
            }
        }
    }

    /// A file that is not read: a remark, or the end of the application where it is the form.
    fn refuse(&mut self, entry: &Entry, name: &str, role: Role, kind: RemarkKind, text: String) -> Result<(), Error> {
        if role == Role::Json && entry.name.eq_ignore_ascii_case(FORM) {
            self.failed = Some(Error::Refused { path: entry.path.clone(), why: text });
        } else {
            self.say(name, kind, text);
        }
        Ok(())
    }
}

/// Makes one application of the pieces: the form first, then what depends on its claims.
fn assemble(
    mut pieces: Vec<Piece>,
    notes: Vec<Remark>,
    display: String,
    reader: &dyn DocumentReader,
    limits: &Limits,
) -> Result<Application, Error> {
    let form = pieces.iter().position(|piece| piece.role == Role::Json && is_form(piece, limits));
    let form = form.map(|index| pieces.remove(index));
    let mut assembly = match form {
        Some(form) => {
            let certain = form.name.eq_ignore_ascii_case(FORM);
            let application = reading::read_json_as(&form.name, &display, form.bytes, certain, limits)?;
            if application.has_own_id { application.into() } else { underived(application, &pieces) }
        }
        None if pieces.len() == 1 && pieces[0].role == Role::Github => {
            // A dump by itself is the application of its account.
            let application = github::lone_login(&pieces[0].bytes, limits);
            let source = source_of(&pieces[0]);
            let subject = application.clone().map_or_else(|| reading::derived_id(&[source]), SubjectId::new);
            Assembly::new(subject, application.is_some(), display)
        }
        None => {
            let sources: Vec<Source> = pieces.iter().map(source_of).collect();
            Assembly::new(reading::derived_id(&sources), false, display)
        }
    };
    for note in notes {
        assembly.note(note);
    }
    assembly.files_lie_beside(pieces.iter().filter(|piece| matches!(piece.role, Role::Resume | Role::Letter)).count());
    pieces.sort_by(|left, right| (left.role, &left.name).cmp(&(right.role, &right.name)));
    for piece in pieces {
        add(piece, &mut assembly, reader, limits);
    }
    Ok(assembly.finish())
}

/// A form without an id: the id is derived from all that was handed in.
fn underived(application: Application, pieces: &[Piece]) -> Assembly {
    let sources: Vec<Source> = application.sources.iter().cloned().chain(pieces.iter().map(source_of)).collect();
    let subject = reading::derived_id(&sources);
    application.renamed(subject).into()
}

fn source_of(piece: &Piece) -> Source {
    Source { name: piece.name.clone(), content: ContentHash::of_bytes(&piece.bytes) }
}

fn add(piece: Piece, assembly: &mut Assembly, reader: &dyn DocumentReader, limits: &Limits) {
    let source = source_of(&piece);
    let remarks = Remarks::on(&piece.name);
    let mut sink = assembly.sink(&source);
    match piece.role {
        Role::Json => json_beside(&piece, &mut sink, &remarks, limits),
        Role::Resume | Role::Letter => document(&piece, reader, &mut sink, &remarks),
        Role::Avatar => picture(&piece, PictureRole::Avatar, reader, &mut sink, &remarks),
        Role::Identity => picture(&piece, PictureRole::Document, reader, &mut sink, &remarks),
        Role::Github => match github::read(&piece.bytes, &assembly.claims(), limits, &mut sink) {
            Ok(said) => {
                said.into_iter().for_each(|remark| assembly.note(remark));
                other_account(assembly, &sink, &remarks);
            }
            Err(Error::Read { source, .. }) => remarks.say(RemarkKind::Unreadable, source.to_string()),
            Err(error) => remarks.say(RemarkKind::Unreadable, error.in_full()),
        },
        Role::Mail => mail::read(&piece.bytes, &assembly.claims().emails, limits, &mut sink, &remarks),
        Role::Notes => note(&piece, &mut sink, &remarks, limits),
    }
    assembly.take(source, sink.into_facts(), remarks.into_list(), piece.bytes);
}

/// Says where a dump is of another account than the application names: a change of login, a mix-up, or more.
fn other_account(assembly: &Assembly, sink: &FactSink, remarks: &Remarks) {
    let named = assembly.accounts(LinkKind::Github);
    let accounts = sink.facts().iter().filter_map(|fact| GithubAccount::of(&fact.value));
    for account in accounts.filter(|account| !named.is_empty() && !named.contains(&account.login.to_lowercase())) {
        let text = format!("the dump is of the account {}, the application names {}", account.login, named.join(", "));
        remarks.say(RemarkKind::Conflict, text);
    }
}

/// A JSON file beside the form: a JSON Resume or a GitHub dump under another name.
fn json_beside(piece: &Piece, sink: &mut FactSink, remarks: &Remarks, limits: &Limits) {
    match json::parse(&piece.bytes, limits) {
        Ok(tree) => {
            reading::note_tree(&tree, remarks);
            match reading::shape(tree.root()) {
                shape @ (Shape::Resume | Shape::Dump) => shape.write(tree.root(), sink, remarks),
                _ => remarks.say(RemarkKind::NotRead, "neither a JSON Resume nor a GitHub profile dump; it was not read"),
            }
        }
        Err(error) => remarks.say(RemarkKind::Unreadable, error.to_string()),
    }
}

fn document(piece: &Piece, reader: &dyn DocumentReader, sink: &mut FactSink, remarks: &Remarks) {
    let document = match reader.document(&piece.name, &piece.bytes) {
        Ok(document) => document,
        Err(error) => return remarks.say(RemarkKind::Unreadable, error.to_string()),
    };
    for missing in &document.incomplete {
        remarks.say(RemarkKind::OverLimit, missing.as_str());
    }
    if piece.role == Role::Letter {
        letter(&document, &piece.name, sink);
    } else {
        resume::facts(&resume::read(&document), &piece.name, sink);
    }
}

/// A letter is an answer to a question nobody has to ask. Its traces count as a résumé's do.
fn letter(document: &Document, name: &str, sink: &mut FactSink) {
    let lines: Vec<&str> = document.lines.iter().map(|line| line.text.as_str()).collect();
    if !lines.is_empty() {
        sink.push(Answer { question: "cover letter".into(), answer: lines.join("\n") }, Place::Whole);
    }
    for property in &document.properties {
        let fact = DocumentProperty { document: name.to_owned(), name: property.name.clone(), value: property.value.clone() };
        sink.push(fact, Place::Part { part: property.part.clone(), line: None });
    }
    for hidden in &document.hidden {
        let fact = HiddenText { document: name.to_owned(), hiding: hidden.hiding, text: hidden.text.clone() };
        sink.push(fact, hidden.place.clone());
    }
}

fn picture(piece: &Piece, role: PictureRole, reader: &dyn DocumentReader, sink: &mut FactSink, remarks: &Remarks) {
    match reader.picture(&piece.name, &piece.bytes) {
        Ok(picture) => {
            for sign in picture.generator_signs {
                let fact = DocumentProperty { document: piece.name.clone(), name: "generator_sign".into(), value: sign };
                sink.push(fact, Place::Whole);
            }
            let fact = Picture {
                role,
                name: piece.name.clone(),
                phash: picture.phash,
                sha256: Some(picture.sha256),
                width: picture.width,
                height: picture.height,
                software: picture.software,
                background_phash: picture.background_phash,
                centre_phash: picture.centre_phash,
            };
            sink.push(fact, Place::Whole);
        }
        Err(error) => remarks.say(RemarkKind::Unreadable, error.to_string()),
    }
}

fn note(piece: &Piece, sink: &mut FactSink, remarks: &Remarks, limits: &Limits) {
    let decoded = bonafide_formats::encoding::decode(&piece.bytes);
    if let Some(note) = &decoded.note {
        remarks.say(RemarkKind::Encoding, note.as_str());
    }
    let text = decoded.text.trim_start_matches('\u{feff}').trim_end();
    let kept = crate::fields::cut(text, usize::try_from(limits.characters).unwrap_or(usize::MAX));
    if kept.len() < text.len() {
        remarks.say(RemarkKind::OverLimit, format!("only the first {} characters are read", limits.characters));
    }
    if !kept.is_empty() {
        let start = (decoded.text.len() - decoded.text.trim_start_matches('\u{feff}').len()) as u64;
        let place = if decoded.exact { Place::Text { line: 1, span: (start, start + kept.len() as u64) } } else { Place::Whole };
        sink.push(Note { text: kept.to_owned() }, place);
    }
}

/// Where an application of a call lies, for messages.
#[must_use]
pub fn path_of(item: &Item) -> &PathBuf {
    match item {
        Item::Application(path) | Item::Set(path) => path,
    }
}

#[cfg(test)]
mod tests;
