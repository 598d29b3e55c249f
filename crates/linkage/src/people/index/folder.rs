//! The files of an index and the one step by which a generation takes the place of another.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
};

use super::{bad, event::Event, failed, key::Key, log::Log};
use crate::error::Error;

const HEAD: &str = "bonafide links 3";
const CURRENT: &str = "index";
const MADE_BY: &str = "make one with `bonafide link people --index`";

/// The folder of an index.
pub(super) struct Folder {
    path: PathBuf,
    /// Held as long as the index is open for writing.
    lock: Option<File>,
    generation: u64,
    /// The generation in which the key was made; 0 where it is kept elsewhere.
    key: u64,
}

impl Folder {
    /// Makes a folder, or takes one that is there.
    pub(super) fn make(path: &Path) -> Result<Self, Error> {
        fs::create_dir_all(path).map_err(|source| failed(path, "the folder cannot be made", source))?;
        let lock = lock(path)?;
        // Whatever stands there is replaced, also what is no index of this version.
        let (generation, key) = read_current(path).unwrap_or_default();
        Ok(Self { path: path.to_owned(), lock: Some(lock), generation, key })
    }

    /// Opens the folder of an index.
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        check_for_index(path)?;
        let lock = lock(path)?;
        let (generation, key) = read_current(path)?;
        let folder = Self { path: path.to_owned(), lock: Some(lock), generation, key };
        folder.remove_others();
        Ok(folder)
    }

    /// Opens the folder of an index for reading: somebody else may be writing.
    pub(super) fn open_to_read(path: &Path) -> Result<Self, Error> {
        check_for_index(path)?;
        let (generation, key) = read_current(path)?;
        Ok(Self { path: path.to_owned(), lock: None, generation, key })
    }

    /// Takes the lock if nobody has it, and answers whether the generation that stands is the one that was opened.
    pub(super) fn lock_as_it_was(&mut self) -> Result<bool, Error> {
        if self.lock.is_some() {
            return Ok(true);
        }
        let Some(lock) = try_lock(&self.path)? else { return Ok(false) };
        if read_current(&self.path)? != (self.generation, self.key) {
            return Ok(false);
        }
        self.lock = Some(lock);
        Ok(true)
    }

    /// The generation that was opened.
    pub(super) const fn generation(&self) -> u64 {
        self.generation
    }

    /// Whether nobody else may write.
    pub(super) const fn is_locked(&self) -> bool {
        self.lock.is_some()
    }

    /// Lets others write.
    pub(super) fn unlock(&mut self) {
        self.lock = None;
    }

    fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    pub(super) fn segment(&self) -> PathBuf {
        self.file(&format!("links-{}.segment", self.generation))
    }

    pub(super) fn log(&self) -> PathBuf {
        self.file(&format!("links-{}.log", self.generation))
    }

    /// Takes a key for the next generation: writes it down, or notes that it is kept elsewhere.
    pub(super) fn set_key(&mut self, key: &Key, is_kept_elsewhere: bool) -> Result<(), Error> {
        if is_kept_elsewhere {
            self.key = 0;
            return Ok(());
        }
        self.key = self.generation + 1;
        let path = self.file(&format!("key-{}", self.key));
        let write = || -> std::io::Result<()> {
            let mut options = OpenOptions::new();
            options.write(true).create(true).truncate(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(&path)?;
            file.write_all(key.as_bytes())?;
            file.sync_all()
        };
        write().map_err(|source| failed(&path, "the key cannot be written; check the folder", source))
    }

    pub(super) fn read_key(&self) -> Result<Key, Error> {
        if self.key == 0 {
            return Err(bad(&self.file(CURRENT), "its key is kept elsewhere; give it"));
        }
        let path = self.file(&format!("key-{}", self.key));
        let mut bytes = Vec::new();
        File::open(&path)
            .and_then(|file| file.take(Key::BYTES as u64 + 1).read_to_end(&mut bytes))
            .map_err(|source| failed(&path, "the key cannot be read; restore it from a copy", source))?;
        let bytes = bytes.try_into().map_err(|_| bad(&path, "this is no key; restore it from a copy"))?;
        Ok(Key::from_bytes(bytes))
    }

    /// Writes the next generation and puts it in the place of this one: before and after every step one of the two is whole.
    ///
    /// `segment` writes its part.
    pub(super) fn swap(
        &mut self,
        segment: impl FnOnce(&Path) -> Result<(), Error>,
        events: &[Event],
        key: &Key,
    ) -> Result<(), Error> {
        self.generation += 1;
        let swapped = self.write_generation(segment, events, key);
        if swapped.is_err() {
            let _ = fs::remove_file(self.segment());
            let _ = fs::remove_file(self.log());
            self.generation -= 1;
        }
        swapped?;
        self.remove_others();
        Ok(())
    }

    fn write_generation(
        &self,
        segment: impl FnOnce(&Path) -> Result<(), Error>,
        events: &[Event],
        key: &Key,
    ) -> Result<(), Error> {
        segment(&self.segment())?;
        Log::create(&self.log(), events, key)?;
        let (current, fresh) = (self.file(CURRENT), self.file("index.new"));
        let write = || -> std::io::Result<()> {
            let mut file = File::create(&fresh)?;
            writeln!(file, "{HEAD}\ngeneration {}\nkey {}", self.generation, self.key)?;
            file.sync_all()?;
            sync_folder(&self.path)?;
            fs::rename(&fresh, &current)?;
            sync_folder(&self.path)
        };
        write().map_err(|source| failed(&current, "it cannot be written; check the folder and its free space", source))
    }

    /// Takes away what other generations left, so that nothing outlives what was forgotten.
    fn remove_others(&self) {
        let kept = [self.segment(), self.log(), self.file(CURRENT), self.file("lock"), self.file(&format!("key-{}", self.key))];
        let Ok(entries) = fs::read_dir(&self.path) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_ours =
                name.starts_with("links-") || name.starts_with("key-") || name == "index.new" || name == "applicants.log";
            if is_ours && !kept.contains(&entry.path()) {
                // What cannot be removed now is when the index is opened next.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

fn check_for_index(path: &Path) -> Result<(), Error> {
    if !path.join(CURRENT).exists() {
        let is_old = path.join("applicants.log").exists();
        let what = if is_old { "it was made by an earlier version; make it anew with" } else { "there is none;" };
        let how = if is_old { "`bonafide link people --index`" } else { MADE_BY };
        return Err(bad(&path.join(CURRENT), &format!("{what} {how}")));
    }
    Ok(())
}

fn lock(folder: &Path) -> Result<File, Error> {
    try_lock(folder)?.ok_or_else(|| Error::Busy { path: folder.display().to_string() })
}

/// The lock; `None` where somebody else has it.
fn try_lock(folder: &Path) -> Result<Option<File>, Error> {
    let path = folder.join("lock");
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(|source| failed(&path, "it cannot be written; check the folder", source))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(failed(&path, "it cannot be locked", source)),
    }
}

/// The generation that stands, and that of its key.
fn read_current(folder: &Path) -> Result<(u64, u64), Error> {
    const MOST: u64 = 4_096;
    let path = folder.join(CURRENT);
    let mut text = String::new();
    File::open(&path)
        .and_then(|file| file.take(MOST).read_to_string(&mut text))
        .map_err(|source| failed(&path, "it cannot be read", source))?;
    let mut lines = text.lines();
    if lines.next() != Some(HEAD) {
        return Err(bad(
            &path,
            "it was made by another version or is no index; make it anew with `bonafide link people --index`",
        ));
    }
    let mut number = |word: &str| lines.next()?.strip_prefix(word)?.trim().parse().ok();
    match (number("generation "), number("key ")) {
        (Some(generation), Some(key)) => Ok((generation, key)),
        _ => Err(bad(&path, "it is damaged; restore it from a copy or make it anew with `bonafide link people --index`")),
    }
}

/// Brings the names in a folder to the disk.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}
