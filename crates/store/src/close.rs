//! Closing: the bytes of a closed database file are sealed.

use std::path::Path;

use bonafide_model::ContentHash;

use crate::{
    checkpoint::{Checkpoint, CheckpointKind, FileSeal},
    disk,
    error::{Result, StoreError},
    inner::Inner,
    sqlite::{Database, side_file},
};

pub(crate) fn close(inner: Inner) -> Result<()> {
    let Inner { options, database, mut keyring, mut checkpoints, read_only, lock, .. } = inner;
    let path = database.path().to_owned();
    let head = database.head();
    if !read_only {
        // A reader that holds this back keeps the file from being sealed below.
        database.empty_write_ahead_log()?;
    }
    database.close()?;
    let Some(lock) = lock.filter(|_| !read_only) else { return Ok(()) };
    lock.release();
    // Of several who close at one moment the last to let go gets the lock, whoever it is; the others leave the sealing to it.
    if !lock.try_exclusive()? {
        return Ok(());
    }
    keyring.refresh()?;
    let (Some(mut head), Some(last)) = (head?, checkpoints.last(keyring.as_ref())?) else { return Ok(()) };
    if last.position != head.0 || disk::length(&side_file(&path, "-wal"))? > 0 {
        // Somebody wrote after our last look and closed without the lock. Nobody has the file open now: what it says is the end of it.
        let database = Database::open(&path, options.wait)?;
        database.empty_write_ahead_log()?;
        let end = database.head()?;
        database.close()?;
        let Some(end) = end else { return Ok(()) };
        head = end;
    }
    let (position, link) = head;
    let unfinished = (last.position, last.head) != (position, link) || disk::length(&side_file(&path, "-wal"))? > 0;
    if unfinished || last.kind == CheckpointKind::Closed || disk::length(&path)? > options.seal_limit {
        return Ok(());
    }
    let file = Some(seal_file(&path)?);
    let at = options.clock.now();
    checkpoints.append(keyring.as_ref(), &[Checkpoint { kind: CheckpointKind::Closed, position, head: link, at, file }])
}

/// Length and hash of a file.
pub(crate) fn seal_file(path: &Path) -> Result<FileSeal> {
    let failed = |source| StoreError::file("read", path, source);
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(file).map_err(failed)?;
    Ok(FileSeal { bytes: hasher.count(), blake3: ContentHash::from_bytes(*hasher.finalize().as_bytes()) })
}
