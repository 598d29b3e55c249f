//! An index that is read without a lock, and kept when nobody else has written meanwhile.

use std::path::Path;

use super::{Applicants, Error, Folder, Index, Key, Log, build::columns_of, open};
use crate::people::link;

/// Times that a generation is looked for that others replace meanwhile.
const TRIES: usize = 8;

impl Index {
    /// Makes an index of nobody, opened to read; one that stands in the folder is replaced. The key is kept by the caller.
    ///
    /// # Errors
    /// [`Error::Index`] where the folder cannot be written or another program has the index open for writing.
    pub fn make(folder: &Path, key: Key) -> Result<Self, Error> {
        let mut place = Folder::make(folder)?;
        place.set_key(&key, true)?;
        let nobody = Applicants::default().finish();
        let columns = columns_of(&nobody, &link(&nobody), &key)?;
        place.swap(|path| columns.write(path, &key), &[], &key)?;
        drop(place);
        Self::open_to_read(folder, Some(key))
    }

    /// Opens an index without a lock: others may have it open, for writing too. What is put stays in memory until
    /// [`Index::persist`].
    ///
    /// # Errors
    /// As [`Index::open`], but that another program may have it open.
    #[allow(clippy::needless_pass_by_value, reason = "a key is given away as in `Index::open`")]
    pub fn open_to_read(folder: &Path, key: Option<Key>) -> Result<Self, Error> {
        let mut tries = TRIES;
        loop {
            tries -= 1;
            let place = Folder::open_to_read(folder)?;
            let generation = place.generation();
            let read = read(place, key.as_ref());
            // Somebody may have put another generation in its place and taken this one away.
            let is_replaced = || Folder::open_to_read(folder).is_ok_and(|place| place.generation() != generation);
            if read.is_ok() || tries == 0 || !is_replaced() {
                return read;
            }
        }
    }

    /// Makes what was put last, for an index that was opened to read: takes the lock and appends to the log, or, where everything was
    /// linked anew, puts another generation in the place of the one that stands. Whether it did: where somebody else has the lock, or
    /// has written since this one was read, nothing is written.
    ///
    /// # Errors
    /// [`Error::Index`] where it cannot be written.
    pub fn persist(&mut self) -> Result<bool, Error> {
        let Some(folder) = &mut self.folder else { return Ok(false) };
        if folder.is_locked() {
            return self.write().map(|()| true);
        }
        if !folder.lock_as_it_was()? {
            return Ok(false);
        }
        let written = match self.log.attach() {
            Ok(true) => self.write().map(|()| true),
            other => other,
        };
        self.log.detach();
        if let Some(folder) = &mut self.folder {
            folder.unlock();
        }
        written
    }
}

fn read(place: Folder, key: Option<&Key>) -> Result<Index, Error> {
    let key = key.map_or_else(|| place.read_key(), |key| Ok(key.clone()))?;
    let segment = open::segment(&place, &key)?;
    let log = Log::read(&place.log(), &key)?;
    Index::over(Some(place), key, segment, log)
}
