//! Lock files of a data folder. `lock` is shared by all who have the store open, and exclusive while it is made, restored or sealed;
//! `lock.write` belongs to the one who writes.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use crate::error::{Result, StoreError};

/// A held lock; released when dropped.
#[derive(Debug)]
pub(crate) struct FolderLock {
    file: File,
    path: PathBuf,
}

impl FolderLock {
    /// Opens the lock file, which holds nothing, and makes it where it is missing.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(|source| StoreError::file("open the lock file", path, source))?;
        Ok(Self { file, path: path.to_owned() })
    }

    /// Opens the lock file where it may be read; `None` where there is none.
    pub(crate) fn open_existing(path: &Path) -> Option<Self> {
        File::open(path).ok().map(|file| Self { file, path: path.to_owned() })
    }

    /// Takes the lock for oneself, if nobody has the store open.
    pub(crate) fn try_exclusive(&self) -> Result<bool> {
        self.outcome(self.file.try_lock())
    }

    pub(crate) fn exclusive(&self, wait: Duration) -> Result<()> {
        self.wait_for(wait, || self.outcome(self.file.try_lock()))
    }

    pub(crate) fn shared(&self, wait: Duration) -> Result<()> {
        self.wait_for(wait, || self.outcome(self.file.try_lock_shared()))
    }

    pub(crate) fn release(&self) {
        // A lock that cannot be released is released when the file is closed.
        let _ = self.file.unlock();
    }

    fn outcome(&self, locked: std::result::Result<(), TryLockError>) -> Result<bool> {
        match locked {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            // A file system without locks: SQLite's own locks still keep writers apart.
            Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => Ok(true),
            Err(TryLockError::Error(source)) => Err(StoreError::file("lock", &self.path, source)),
        }
    }

    fn wait_for(&self, wait: Duration, mut attempt: impl FnMut() -> Result<bool>) -> Result<()> {
        let start = Instant::now();
        while !attempt()? {
            if start.elapsed() >= wait {
                return Err(StoreError::Busy { path: self.path.clone(), waited: wait });
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }
}
