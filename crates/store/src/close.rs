//! Closing: the bytes of a closed database file are sealed.

use std::path::Path;

use bonafide_model::ContentHash;

use crate::{
    checkpoint::{Checkpoint, CheckpointKind, FileSeal},
    disk,
    error::{Result, StoreError},
    inner::Inner,
    sqlite::side_file,
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
    if !lock.try_exclusive()? || disk::length(&side_file(&path, "-wal"))? > 0 || disk::length(&path)? > options.seal_limit {
        return Ok(());
    }
    keyring.refresh()?;
    let Some((position, link)) = head? else { return Ok(()) };
    // Nobody has the file open and nothing waits in a side file. Another process may have written since `head` was read and closed
    // without the lock to seal: then the last checkpoint is ahead, and it is not for us to seal.
    match checkpoints.last(keyring.as_ref())? {
        Some(last) if last.position == position && last.kind != CheckpointKind::Closed => {}
        _ => return Ok(()),
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
