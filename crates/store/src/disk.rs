//! Durable steps on files: each either happened or did not, also when the power fails.

use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::error::{Result, StoreError};

/// Called before every durable step with the step's name and file; an error it returns stops the store as a crash would.
///
/// For tests of crash safety only: see `Options::probed`.
pub type Probe = Arc<dyn Fn(&'static str, &Path) -> io::Result<()> + Send + Sync>;

/// Performs durable steps.
#[derive(Clone, Default)]
pub(crate) struct Disk {
    probe: Option<Probe>,
}

impl fmt::Debug for Disk {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Disk").field("probed", &self.probe.is_some()).finish()
    }
}

impl Disk {
    pub(crate) fn new(probe: Option<Probe>) -> Self {
        Self { probe }
    }

    /// Announces a step.
    pub(crate) fn at(&self, step: &'static str, path: &Path) -> Result<()> {
        match &self.probe {
            Some(probe) => probe(step, path).map_err(|source| StoreError::file(step, path, source)),
            None => Ok(()),
        }
    }

    /// Makes a folder that only its owner may enter.
    pub(crate) fn make_private_folder(&self, path: &Path) -> Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        self.at("make the folder", path)?;
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path).map_err(|source| StoreError::file("make the folder", path, source))?;
        path.parent().map_or(Ok(()), |parent| self.sync_folder(parent))
    }

    /// Replaces or makes a file: temporary file, flush, rename, flush of the folder.
    pub(crate) fn write_whole(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let temporary = with_suffix(path, ".new");
        self.at("write", &temporary)?;
        remove_if_there(&temporary)?;
        let written = private_file(&temporary).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        if let Err(source) = written {
            // A leftover is harmless, and the first failure is the one to tell.
            let _ = fs::remove_file(&temporary);
            return Err(StoreError::file("write", path, source));
        }
        self.at("rename", path)?;
        fs::rename(&temporary, path).map_err(|source| StoreError::file("rename into place", path, source))?;
        path.parent().map_or(Ok(()), |parent| self.sync_folder(parent))
    }

    /// Adds bytes to the end of a file and flushes it. What a failed attempt left behind is cut off again.
    pub(crate) fn append(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.at("append to", path)?;
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(path)
            .map_err(|source| StoreError::file("open for appending", path, source))?;
        let end = file.seek(SeekFrom::End(0)).map_err(|source| StoreError::file("append to", path, source))?;
        if let Err(source) = file.write_all(bytes).and_then(|()| file.sync_data()) {
            let _ = file.set_len(end);
            return Err(StoreError::file("append to", path, source));
        }
        Ok(())
    }

    /// Cuts a file back to `length` bytes.
    pub(crate) fn truncate(&self, path: &Path, length: u64) -> Result<()> {
        self.at("truncate", path)?;
        OpenOptions::new()
            .write(true)
            .open(path)
            .and_then(|file| {
                file.set_len(length)?;
                file.sync_all()
            })
            .map_err(|source| StoreError::file("truncate", path, source))
    }

    /// Overwrites a file in place, flushes, and removes it.
    pub(crate) fn destroy(&self, path: &Path) -> Result<()> {
        if !path.exists() {
            return Ok(());
        }
        self.at("overwrite", path)?;
        OpenOptions::new()
            .write(true)
            .open(path)
            .and_then(|mut file| {
                let length = usize::try_from(file.metadata()?.len()).unwrap_or(0).min(1 << 16);
                for filler in [0xff_u8, 0x00] {
                    file.seek(SeekFrom::Start(0))?;
                    file.write_all(&vec![filler; length])?;
                    file.sync_all()?;
                }
                Ok(())
            })
            .map_err(|source| StoreError::file("overwrite", path, source))?;
        self.remove(path)
    }

    /// Removes a file and flushes its folder. A file that is not there is no error.
    pub(crate) fn remove(&self, path: &Path) -> Result<()> {
        self.at("remove", path)?;
        remove_if_there(path)?;
        path.parent().map_or(Ok(()), |parent| self.sync_folder(parent))
    }

    /// Flushes the entries of a folder, where the system has that.
    pub(crate) fn sync_folder(&self, path: &Path) -> Result<()> {
        self.at("flush the folder", path)?;
        #[cfg(unix)]
        {
            let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
            File::open(path)
                .and_then(|folder| folder.sync_all())
                .map_err(|source| StoreError::file("flush the folder", path, source))?;
        }
        Ok(())
    }
}

/// Reads a whole file, up to `limit` bytes.
pub(crate) fn read_whole(path: &Path, limit: u64) -> Result<Vec<u8>> {
    let failed = |source| StoreError::file("read", path, source);
    let file = File::open(path).map_err(failed)?;
    let found = file.metadata().map_err(failed)?.len();
    if found > limit {
        return Err(StoreError::TooLarge { what: path.display().to_string(), found, limit });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(found).unwrap_or(0));
    file.take(limit).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Reads a file from `offset` to its end.
pub(crate) fn read_from(path: &Path, offset: u64) -> Result<Vec<u8>> {
    let failed = |source| StoreError::file("read", path, source);
    let mut file = File::open(path).map_err(failed)?;
    file.seek(SeekFrom::Start(offset)).map_err(failed)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Length of a file, 0 where it is not there.
pub(crate) fn length(path: &Path) -> Result<u64> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(metadata.len()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(source) => Err(StoreError::file("look at", path, source)),
    }
}

/// A new file that only its owner may read or write.
pub(crate) fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn remove_if_there(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::file("remove", path, error)),
        _ => Ok(()),
    }
}

/// The path with text added to its file name.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destroyed_file_is_gone_and_a_whole_write_replaces() -> Result<()> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let disk = Disk::default();
        let path = folder.path().join("key");
        disk.write_whole(&path, b"one")?;
        disk.write_whole(&path, b"two")?;
        disk.append(&path, b"+")?;
        assert_eq!(read_whole(&path, 10)?, b"two+");
        assert_eq!(read_from(&path, 3)?, b"+");
        assert!(matches!(read_whole(&path, 3), Err(StoreError::TooLarge { found: 4, .. })));
        disk.truncate(&path, 1)?;
        assert_eq!(length(&path)?, 1);
        disk.destroy(&path)?;
        assert_eq!(length(&path)?, 0);
        disk.destroy(&path)?;
        Ok(())
    }

    #[test]
    fn a_full_disk_and_a_forbidden_file_are_named() {
        let named = |kind: io::ErrorKind| StoreError::file("write", "x", io::Error::from(kind)).to_string();
        assert!(named(io::ErrorKind::StorageFull).starts_with("no space left to write x"));
        assert!(named(io::ErrorKind::PermissionDenied).starts_with("not permitted to write x"));
    }
}
