//! The blob folder: original files, sealed, each named by the hash of its sealed bytes.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};

use bonafide_model::ContentHash;

use crate::{
    disk::{self, Disk},
    error::{Result, StoreError},
    id::SubjectKeyId,
    payload::BlobRef,
    seal::{Purpose, Seal},
};

/// The largest original file the store takes, in bytes.
pub const BLOB_LIMIT: u64 = 512 * 1024 * 1024;

/// How many threads flush original files.
const FLUSHERS: usize = 8;

/// The blob folder.
#[derive(Debug)]
pub(crate) struct BlobFolder {
    root: PathBuf,
    disk: Disk,
    /// Written and not yet flushed.
    pending: Vec<PathBuf>,
}

impl BlobFolder {
    pub(crate) fn new(root: PathBuf, disk: Disk) -> Self {
        Self { root, disk, pending: Vec::new() }
    }

    pub(crate) fn path_of(&self, address: &ContentHash) -> PathBuf {
        path_in(&self.root, address)
    }

    /// Seals and writes an original file. It is durable only after [`flush`](Self::flush).
    pub(crate) fn put(&mut self, owner: SubjectKeyId, seal: &Seal, name: &str, original: &[u8]) -> Result<BlobRef> {
        if original.len() as u64 > BLOB_LIMIT {
            let (found, limit) = (original.len() as u64, BLOB_LIMIT);
            return Err(StoreError::TooLarge { what: format!("the original file '{name}'"), found, limit });
        }
        let sealed = seal.seal(Purpose::Blob, owner.as_bytes(), original);
        let address = ContentHash::of_bytes(&sealed);
        let blob =
            BlobRef { name: name.to_owned(), address, content: ContentHash::of_bytes(original), bytes: original.len() as u64 };
        let path = self.path_of(&address);
        // A file that is whole was written before, by a commit or by one that crashed; its name proves its content once read.
        if disk::length(&path)? == sealed.len() as u64 {
            self.pending.push(path);
            return Ok(blob);
        }
        if let Some(folder) = path.parent() {
            self.disk.make_private_folder(folder)?;
        }
        let temporary = disk::with_suffix(&path, ".new");
        self.disk.at("write", &temporary)?;
        let _ = fs::remove_file(&temporary);
        let written = disk::private_file(&temporary).and_then(|mut file| file.write_all(&sealed));
        if let Err(source) = written {
            let _ = fs::remove_file(&temporary);
            return Err(StoreError::file("write the original file to", path, source));
        }
        fs::rename(&temporary, &path).map_err(|source| StoreError::file("rename into place", &path, source))?;
        self.pending.push(path);
        Ok(blob)
    }

    /// Makes all that was written durable. Events that name it must not be committed before.
    pub(crate) fn flush(&mut self) -> Result<()> {
        let pending: BTreeSet<PathBuf> = std::mem::take(&mut self.pending).into_iter().collect();
        for path in &pending {
            self.disk.at("flush", path)?;
        }
        flush_together(&pending.iter().collect::<Vec<_>>())?;
        let folders: BTreeSet<&Path> = pending.iter().filter_map(|path| path.parent()).collect();
        folders.iter().try_for_each(|folder| self.disk.sync_folder(folder))
    }

    /// Forgets what was written for a commit that failed. The files stay: sealed, unnamed, and found again by a retry.
    pub(crate) fn forget(&mut self) {
        self.pending.clear();
    }

    /// Reads and opens an original file.
    pub(crate) fn get(&self, owner: SubjectKeyId, seal: &Seal, blob: &BlobRef) -> Result<Vec<u8>> {
        let path = self.path_of(&blob.address);
        if !path.exists() {
            return Err(StoreError::BlobMissing { name: blob.name.clone(), path });
        }
        let sealed = disk::read_whole(&path, BLOB_LIMIT + 64)?;
        let damaged = || StoreError::BlobDamaged { name: blob.name.clone(), path: path.clone() };
        if ContentHash::of_bytes(&sealed) != blob.address {
            return Err(damaged());
        }
        let original = seal.open(Purpose::Blob, owner.as_bytes(), &sealed).ok_or_else(damaged)?;
        if ContentHash::of_bytes(&original) == blob.content { Ok(original) } else { Err(damaged()) }
    }

    /// Removes blobs that nothing names any more.
    pub(crate) fn remove(&self, addresses: &[ContentHash]) -> Result<()> {
        let mut folders = BTreeSet::new();
        for address in addresses {
            let path = self.path_of(address);
            self.disk.at("remove", &path)?;
            match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(StoreError::file("remove", &path, error));
                }
                _ => {}
            }
            folders.extend(path.parent().filter(|folder| folder.exists()).map(Path::to_owned));
        }
        folders.iter().try_for_each(|folder| self.disk.sync_folder(folder))
    }

    /// All files in the folder: blobs by address, and what is no blob.
    pub(crate) fn list(&self) -> Result<(BTreeSet<ContentHash>, Vec<PathBuf>)> {
        let (mut blobs, mut others) = (BTreeSet::new(), Vec::new());
        if !self.root.exists() {
            return Ok((blobs, others));
        }
        for folder in entries(&self.root)? {
            if !folder.is_dir() {
                others.push(folder);
                continue;
            }
            for path in entries(&folder)? {
                match address_of(&path).filter(|address| self.path_of(address) == path) {
                    Some(address) => drop(blobs.insert(address)),
                    None => others.push(path),
                }
            }
        }
        Ok((blobs, others))
    }
}

/// Flushes files from several threads: the journal of the file system then commits many at once.
fn flush_together(paths: &[&PathBuf]) -> Result<()> {
    let flush = |paths: &[&PathBuf]| {
        paths.iter().try_for_each(|path| {
            // Opened for writing because some systems flush only such handles.
            let flushed = fs::OpenOptions::new().write(true).open(path).and_then(|file: File| file.sync_all());
            flushed.map_err(|source| StoreError::file("flush", *path, source))
        })
    };
    if paths.len() < FLUSHERS {
        return flush(paths);
    }
    std::thread::scope(|scope| {
        let parts: Vec<_> = paths.chunks(paths.len().div_ceil(FLUSHERS)).map(|part| scope.spawn(move || flush(part))).collect();
        // A flush that panicked is no flush.
        parts.into_iter().try_for_each(|part| part.join().unwrap_or(Err(StoreError::Stopped)))
    })
}

/// Where a blob lies below a root.
pub(crate) fn path_in(root: &Path, address: &ContentHash) -> PathBuf {
    root.join(address.short(2)).join(address.to_string())
}

fn address_of(path: &Path) -> Option<ContentHash> {
    path.file_name()?.to_str().and_then(ContentHash::parse)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |source| StoreError::file("list", folder, source);
    let mut paths = fs::read_dir(folder)
        .map_err(failed)?
        .map(|entry| entry.map(|entry| entry.path()).map_err(failed))
        .collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
