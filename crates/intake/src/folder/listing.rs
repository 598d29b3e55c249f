//! What lies in a folder, without opening anything: regular files with their sizes, folders, and what is neither.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use crate::error::Error;

/// One entry of a folder.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// File name.
    pub(super) name: String,
    /// Where it lies.
    pub(super) path: PathBuf,
    /// What it is.
    pub(super) kind: EntryKind,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntryKind {
    /// A regular file, or a link to one inside the folder, with its size in bytes.
    File(u64),
    /// A folder.
    Folder,
    /// A link that leads out of the folder, to a folder, or nowhere. Not followed.
    Link,
    /// A pipe, socket or device. Never opened.
    Special,
    /// An entry whose kind could not be asked for.
    Unknown,
}

/// Lists a folder in the order of names, byte by byte.
pub(super) fn list(folder: &Path) -> Result<Vec<Entry>, Error> {
    let failed = |operation| move |source| Error::Io { operation, path: folder.to_owned(), source };
    let root = fs::canonicalize(folder).map_err(failed("find the folder"))?;
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed("list the folder"))? {
        let entry = entry.map_err(failed("list the folder"))?;
        let path = entry.path();
        entries.push(Entry { name: entry.file_name().to_string_lossy().into_owned(), kind: kind_of(&path, &root), path });
    }
    entries.sort_by(|left, right| left.name.cmp(&right.name).then_with(|| left.path.cmp(&right.path)));
    Ok(entries)
}

fn kind_of(path: &Path, root: &Path) -> EntryKind {
    let Ok(metadata) = fs::symlink_metadata(path) else { return EntryKind::Unknown };
    let kind = metadata.file_type();
    if kind.is_file() {
        EntryKind::File(metadata.len())
    } else if kind.is_dir() {
        EntryKind::Folder
    } else if kind.is_symlink() {
        let inside = fs::canonicalize(path).ok().filter(|target| target.starts_with(root));
        match inside.and_then(|target| fs::metadata(target).ok()).filter(fs::Metadata::is_file) {
            Some(target) => EntryKind::File(target.len()),
            None => EntryKind::Link,
        }
    } else {
        EntryKind::Special
    }
}

/// Reads a file of at most `most` bytes; `None` where it has grown beyond since it was listed.
pub(super) fn read(path: &Path, most: u64) -> Result<Option<Vec<u8>>, Error> {
    let failed = |source| Error::Io { operation: "read the file", path: path.to_owned(), source };
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(failed)?;
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// Files that file managers and editors leave behind; nobody handed them in.
pub(super) fn is_litter(name: &str) -> bool {
    matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini" | ".gitkeep" | ".gitignore" | "__MACOSX" | ".directory")
        || name.starts_with("._")
        || name.starts_with("~$")
        || name.ends_with('~')
}
