//! Snapshots: immutable versions of lists, kept as they were fetched.
//!
//! ```text
//! FOLDER/ofac/current               the id of the snapshot in force
//! FOLDER/ofac/<id>/manifest.json    what it is
//! FOLDER/ofac/<id>/0, 1, …          its files, byte by byte as they came
//! ```
//!
//! The first level is the *source*: what is fetched, compared with its predecessor and replaced as one. Most lists have one source
//! of their own name; OFAC's two lists are two sources of one list.
//!
//! One writer at a time: a snapshot is written aside, flushed, renamed into place, its folder flushed, and only then put in force by
//! replacing `current`, so that a killed process leaves the last good one. Readers need no lock: what is in place never changes.
//! What does not look like a successor of the last one is refused, see [`Folder::take`].

mod check;
mod write;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use bonafide_formats::digest;
use bonafide_model::ContentHash;
use serde::{Deserialize, Serialize};

use crate::{
    entry::ListCode,
    error::Error,
    source::{ListFile, PARSER_VERSION, Read, Sheets, read_files_with},
};

/// What a snapshot is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Its id: 32 hexadecimal digits of a hash over the source's name and its files.
    pub id: String,
    /// The source.
    pub source: String,
    /// The list.
    pub list: String,
    /// Name of the format.
    pub format: String,
    /// When it was fetched, RFC 3339.
    pub fetched_at: String,
    /// The publisher's own date or version, as written.
    pub published: Option<String>,
    /// Version of the readers that counted the entries.
    pub parser_version: u32,
    /// Its files.
    pub files: Vec<StoredFile>,
    /// Entries that were read.
    pub entries: usize,
    /// Rows and elements that could not be read.
    pub refused: usize,
}

/// One file of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    /// Name as it came; the file itself is stored under its number.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// Where it was fetched from; nothing for a file that a person gave.
    #[serde(default, flatten, skip_serializing_if = "Option::is_none")]
    pub origin: Option<FileOrigin>,
}

/// Where a file was fetched from, and by what its publisher knows this version of it (RFC 9110, section 8.8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileOrigin {
    /// The address.
    pub url: String,
    /// The entity tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The date of the last modification, as the publisher writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// Where and when files came from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The instant.
    pub fetched_at: jiff::Timestamp,
    /// Of each file in the order of the files; empty where a person gave them.
    pub files: Vec<FileOrigin>,
}

/// A folder of snapshots of several lists.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

/// What became of files that were given.
#[derive(Clone, Debug)]
pub enum Taken {
    /// They are a new snapshot, which is in force now.
    New(Manifest),
    /// The snapshot in force has the very same files.
    Unchanged(Manifest),
}

/// Most files of one snapshot.
const MOST_FILES: usize = 64;
/// A manifest is small; a larger one is not ours.
const MOST_MANIFEST: u64 = 1 << 20;

impl Folder {
    /// A folder; it is made when the first snapshot is taken.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Takes the files of one list as the newest version of a source; of the source that is called as the list where none is named.
    ///
    /// # Errors
    /// Where the files cannot be read as one list; [`Error::Implausible`] where they hold no entry, are cut off or damaged, lost
    /// half or just the end of the entries of the snapshot in force, hold names of another encoding, or where more rows were refused
    /// than read; [`Error::Busy`] where another program writes the source and does not end. What was in force stays so then.
    pub fn take(
        &self,
        source: Option<&ListCode>,
        files: &[ListFile<'_>],
        origin: &Origin,
        sheets: Sheets<'_>,
    ) -> Result<Taken, Error> {
        let read = one_list(files, sheets)?;
        let source = source.unwrap_or(&read.list);
        let manifest = manifest(source, &read, files, origin);
        let unchanged = |last: Option<Manifest>| last.filter(|last| last.id == manifest.id).map(Taken::Unchanged);
        // Before anything is made on the disk.
        let last = self.current(source)?;
        if let Some(unchanged) = unchanged(last.clone()) {
            return Ok(unchanged);
        }
        check::plausible(&read, last.as_ref())?;
        let lock = self.write_lock(source)?;
        // Another writer may have been faster: what is read under the lock counts.
        let last = self.current(source)?;
        if let Some(unchanged) = unchanged(last.clone()) {
            return Ok(unchanged);
        }
        check::plausible(&read, last.as_ref())?;
        if let Some(last) = &last
            // A damaged predecessor is no reason to stay with it.
            && let Ok(before) = self.load(source, &last.id, sheets)
        {
            check::successor(&read, last, &before.entries)?;
        }
        self.write(&lock, &manifest, files)?;
        Ok(Taken::New(manifest))
    }

    /// The sources that have a snapshot in force, by name.
    ///
    /// # Errors
    /// Where the folder cannot be read. A folder that is not there yet has no sources.
    pub fn sources(&self) -> Result<Vec<ListCode>, Error> {
        let mut sources = Vec::new();
        for name in self.names_in(&self.0)? {
            // Other files may lie beside the sources.
            if let Ok(source) = name.parse::<ListCode>()
                && self.0.join(&name).join("current").is_file()
            {
                sources.push(source);
            }
        }
        sources.sort();
        Ok(sources)
    }

    /// All snapshots of a source, the oldest fetch first.
    ///
    /// # Errors
    /// Where the folder or a manifest cannot be read.
    pub fn history(&self, source: &ListCode) -> Result<Vec<Manifest>, Error> {
        let names = self.names_in(&self.0.join(source.as_str()))?;
        let mut history = names
            .iter()
            .filter(|name| is_snapshot_id(name))
            .map(|id| self.manifest(source, id))
            .collect::<Result<Vec<_>, _>>()?;
        // RFC 3339 in UTC sorts as text only where fractions have equal digits; instants are compared.
        let at = |manifest: &Manifest| manifest.fetched_at.parse::<jiff::Timestamp>().ok();
        history.sort_by(|left, right| at(left).cmp(&at(right)).then_with(|| left.id.cmp(&right.id)));
        Ok(history)
    }

    fn names_in(&self, folder: &Path) -> Result<Vec<String>, Error> {
        let failed = |source| Error::Folder { path: folder.display().to_string(), operation: "read", source };
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(failed(source)),
        };
        let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        names.collect::<io::Result<Vec<_>>>().map_err(failed)
    }

    /// The manifest of the snapshot in force; `None` where the source has none.
    ///
    /// # Errors
    /// Where the folder cannot be read, or its manifest is damaged.
    pub fn current(&self, source: &ListCode) -> Result<Option<Manifest>, Error> {
        let path = self.0.join(source.as_str()).join("current");
        match fs::read_to_string(&path) {
            Ok(id) => self.manifest(source, id.trim()).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(Error::Folder { path: path.display().to_string(), operation: "read", source }),
        }
    }

    /// When the source was last compared with what its publisher offers; the fetch of the snapshot in force where that was later.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn checked_at(&self, source: &ListCode) -> Result<Option<jiff::Timestamp>, Error> {
        let path = self.0.join(source.as_str()).join("checked");
        let checked = match fs::read_to_string(&path) {
            Ok(text) => text.trim().parse().ok(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(source) => return Err(Error::Folder { path: path.display().to_string(), operation: "read", source }),
        };
        let fetched = self.current(source)?.and_then(|manifest| manifest.fetched_at.parse().ok());
        Ok(checked.max(fetched))
    }

    /// Records that the publisher still offers what is in force.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn set_checked(&self, source: &ListCode, at: jiff::Timestamp) -> Result<(), Error> {
        let folder = self.0.join(source.as_str());
        let failed =
            |error| Error::Folder { path: folder.display().to_string(), operation: "write the last check into", source: error };
        let _lock = self.write_lock(source)?;
        write::replace(&folder, "checked", at.to_string().as_bytes()).map_err(failed)
    }

    /// The bytes of one file of a snapshot, as they came.
    ///
    /// # Errors
    /// Where it is missing or is not what was stored.
    pub fn file(&self, source: &ListCode, manifest: &Manifest, number: usize) -> Result<Vec<u8>, Error> {
        let path = self.folder(source, &manifest.id)?.join(number.to_string());
        let bytes =
            fs::read(&path).map_err(|source| Error::Folder { path: path.display().to_string(), operation: "read", source })?;
        if manifest.files.get(number).is_none_or(|file| digest::sha256(&bytes) != file.sha256) {
            let why = "the bytes are not those that were stored".into();
            return Err(Error::Damaged { path: path.display().to_string(), why });
        }
        Ok(bytes)
    }

    /// The manifest of any snapshot that is kept.
    ///
    /// # Errors
    /// Where it is not there or damaged.
    pub fn manifest(&self, source: &ListCode, id: &str) -> Result<Manifest, Error> {
        let path = self.folder(source, id)?.join("manifest.json");
        let failed = |source| Error::Folder { path: path.display().to_string(), operation: "read", source };
        if fs::metadata(&path).map_err(failed)?.len() > MOST_MANIFEST {
            return Err(Error::Damaged { path: path.display().to_string(), why: "the manifest is too large".into() });
        }
        let bytes = fs::read(&path).map_err(failed)?;
        let damaged = |why: String| Error::Damaged { path: path.display().to_string(), why };
        serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))
    }

    /// Reads the entries of a snapshot; its files are compared with the hashes of its manifest.
    ///
    /// # Errors
    /// Where files are missing or are not what was stored.
    pub fn load(&self, source: &ListCode, id: &str, sheets: Sheets<'_>) -> Result<Read, Error> {
        let manifest = self.manifest(source, id)?;
        let count = manifest.files.len().min(MOST_FILES);
        let contents = (0..count).map(|number| self.file(source, &manifest, number)).collect::<Result<Vec<_>, _>>()?;
        let files: Vec<ListFile<'_>> =
            manifest.files.iter().zip(&contents).map(|(file, bytes)| ListFile { name: &file.name, bytes }).collect();
        one_list(&files, sheets)
    }

    /// Ids are hexadecimal digits: nothing else becomes a path.
    fn folder(&self, source: &ListCode, id: &str) -> Result<PathBuf, Error> {
        let folder = self.0.join(source.as_str());
        if !is_snapshot_id(id) {
            return Err(Error::Damaged {
                path: folder.display().to_string(),
                why: "the id of a snapshot has 32 hexadecimal digits".into(),
            });
        }
        Ok(folder.join(id))
    }
}

fn is_snapshot_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Reads files that must be one list.
fn one_list(files: &[ListFile<'_>], sheets: Sheets<'_>) -> Result<Read, Error> {
    let name = || files.first().map_or("no file", |file| file.name).to_owned();
    if files.len() > MOST_FILES {
        return Err(Error::Unrecognised { file: name(), seen: format!("{} files for one list", files.len()) });
    }
    let mut reads = read_files_with(files, sheets);
    match (reads.pop(), reads.is_empty()) {
        (Some(read), true) => read,
        // An error says more than the number of lists.
        (Some(last), false) => match reads.into_iter().chain([last]).find_map(Result::err) {
            Some(error) => Err(error),
            None => Err(Error::Unrecognised { file: name(), seen: "files of several lists; give one list at a time".into() }),
        },
        (None, _) => Err(Error::Unrecognised { file: name(), seen: "nothing".into() }),
    }
}

fn manifest(source: &ListCode, read: &Read, files: &[ListFile<'_>], origin: &Origin) -> Manifest {
    let stored: Vec<StoredFile> = files
        .iter()
        .enumerate()
        .map(|(number, file)| StoredFile {
            name: file.name.to_owned(),
            sha256: digest::sha256(file.bytes),
            bytes: file.bytes.len() as u64,
            origin: origin.files.get(number).cloned(),
        })
        .collect();
    let hashes: Vec<&str> = stored.iter().map(|file| file.sha256.as_str()).collect();
    Manifest {
        id: ContentHash::of_bytes(format!("{}\n{}", source.as_str(), hashes.join("\n")).as_bytes()).short(32),
        source: source.as_str().to_owned(),
        list: read.list.as_str().to_owned(),
        format: read.format.name().to_owned(),
        fetched_at: origin.fetched_at.to_string(),
        published: read.published.as_deref().map(str::to_owned),
        parser_version: PARSER_VERSION,
        files: stored,
        entries: read.entries.len(),
        refused: read.refused.len(),
    }
}
