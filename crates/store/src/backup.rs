//! Backups hold the log and the original files and no key: without the keyring they open for nobody.

use std::{fs, path::Path};

use bonafide_model::ContentHash;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    blob,
    checkpoint::{Checkpoint, CheckpointKind},
    disk,
    error::{Result, StoreError},
    id::{Position, StoreId, from_hex, to_hex},
    inner::{self, Inner},
    keyring::{EpochKeyring, Keyring},
    lock::FolderLock,
    options::Options,
    sqlite::{Database, side_file},
    sqlite_store::SqliteStore,
    store::Head,
};

const DATABASE: &str = "store.sqlite";
const BLOBS: &str = "blobs";
const SHEET: &str = "backup.json";

/// What a backup says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Sheet {
    schema: String,
    store: StoreId,
    position: Position,
    head: ContentHash,
    at: Timestamp,
    signature: String,
}

impl Sheet {
    const SCHEMA: &'static str = "bonafide.backup/1";

    fn message(&self) -> Vec<u8> {
        let mut message = b"bonafide backup 1\0".to_vec();
        message.extend_from_slice(self.store.as_bytes());
        message.extend_from_slice(&self.position.0.to_le_bytes());
        message.extend_from_slice(self.head.as_bytes());
        message.extend_from_slice(self.at.to_string().as_bytes());
        message
    }
}

/// Copies the log and the original files into a new folder.
pub(crate) fn backup(inner: &mut Inner, folder: &Path) -> Result<Head> {
    if folder.exists() && fs::read_dir(folder).map_err(|source| StoreError::file("list", folder, source))?.next().is_some() {
        return Err(StoreError::Backup { path: folder.to_owned(), what: "the folder is not empty; name a new one".into() });
    }
    inner.disk.make_private_folder(folder)?;
    inner.database.copy_to(&folder.join(DATABASE))?;
    let copy = Database::open_read_only(&folder.join(DATABASE), inner.options.wait)?;
    let (position, link) = copy.head()?.unwrap_or((Position::START, crate::chain::genesis(&inner.keyring.store())));
    for stored in copy.blobs()? {
        let from = inner.blobs.path_of(&stored.address);
        let to = blob::path_in(&folder.join(BLOBS), &stored.address);
        if !from.exists() {
            // Erased between the copy of the table and now.
            continue;
        }
        if let Some(parent) = to.parent() {
            inner.disk.make_private_folder(parent)?;
        }
        copy_file(&from, &to)?;
    }
    let at = inner.options.clock.now();
    let mut sheet =
        Sheet { schema: Sheet::SCHEMA.into(), store: inner.keyring.store(), position, head: link, at, signature: String::new() };
    sheet.signature = to_hex(&inner.keyring.sign(&sheet.message()));
    let text = serde_json::to_vec_pretty(&sheet).map_err(|source| StoreError::Encode { what: SHEET.into(), source })?;
    inner.disk.write_whole(&folder.join(SHEET), &text)?;
    Ok(Head { position, link })
}

impl SqliteStore {
    /// Puts a backup in place of what is in the data folder. The keyring stays as it is: erasures ordered since the backup are
    /// repeated before this returns, and events appended since the backup are gone, which a signed line records.
    ///
    /// # Errors
    /// [`StoreError::Backup`] where the backup is damaged or of another store, [`StoreError::Busy`] where somebody has the store
    /// open. Nothing is changed then.
    pub fn restore(folder: &Path, options: &Options) -> Result<Head> {
        let unusable = |what: String| StoreError::Backup { path: folder.to_owned(), what };
        let disk = options.disk();
        let text = disk::read_whole(&folder.join(SHEET), 1 << 16)?;
        let sheet: Sheet = serde_json::from_slice(&text).map_err(|error| unusable(format!("{SHEET}: {error}")))?;
        if sheet.schema != Sheet::SCHEMA {
            return Err(unusable(format!("its schema is '{}', expected '{}'", sheet.schema, Sheet::SCHEMA)));
        }
        if !EpochKeyring::exists(&options.keys)? {
            let (store, keys) = (options.database_file(), options.keys.clone());
            return Err(StoreError::KeyringMissing { store, keys });
        }
        disk.make_private_folder(&options.data)?;
        let lock = FolderLock::open(&options.lock_file())?;
        lock.exclusive(options.wait)?;
        let keyring = EpochKeyring::open(&options.keys, &options.source, &disk, &options.random)?;
        if sheet.store != keyring.store() {
            return Err(unusable("it is of another store than the keyring".into()));
        }
        let signed = from_hex::<64>(&sheet.signature).is_some_and(|signature| keyring.verify(&sheet.message(), &signature));
        if !signed {
            return Err(unusable(format!("the signature in {SHEET} is not the store's")));
        }
        let head = Head { position: sheet.position, link: sheet.head };
        verify(folder, &keyring, options, &head).map_err(&unusable)?;

        // All in place beside the present files first; then a few renames.
        let target = options.database_file();
        let incoming = disk::with_suffix(&target, ".incoming");
        let _ = fs::remove_file(&incoming);
        copy_file(&folder.join(DATABASE), &incoming)?;
        let source = folder.join(BLOBS);
        let copy = Database::open_read_only(&folder.join(DATABASE), options.wait)?;
        for stored in copy.blobs()? {
            let (from, to) = (blob::path_in(&source, &stored.address), blob::path_in(&options.blob_folder(), &stored.address));
            if from.exists() && disk::length(&to)? != disk::length(&from)? {
                if let Some(parent) = to.parent() {
                    disk.make_private_folder(parent)?;
                }
                let _ = fs::remove_file(&to);
                copy_file(&from, &to)?;
            }
        }
        drop(copy);
        let mut checkpoints = inner::checkpoint_file(options, &disk);
        let line = Checkpoint {
            kind: CheckpointKind::Restored,
            position: head.position,
            head: head.link,
            at: options.clock.now(),
            file: None,
        };
        for suffix in ["-wal", "-shm"] {
            disk.remove(&side_file(&target, suffix))?;
        }
        fs::rename(&incoming, &target).map_err(|source| StoreError::file("rename into place", &target, source))?;
        disk.sync_folder(&options.data)?;
        checkpoints.append(&keyring, &[line])?;
        lock.release();
        drop(lock);
        // Opening repeats the erasures.
        Self::open(options)?.close()?;
        Ok(head)
    }
}

/// The chain of a backup from genesis to the head that its sheet states.
fn verify(folder: &Path, keyring: &dyn Keyring, options: &Options, head: &Head) -> std::result::Result<(), String> {
    let copy = Database::open_read_only(&folder.join(DATABASE), options.wait).map_err(|error| error.to_string())?;
    if copy.store().map_err(|error| error.to_string())? != Some(keyring.store()) {
        return Err("its database is of another store".into());
    }
    let mut at = Head { position: Position::START, link: crate::chain::genesis(&keyring.store()) };
    loop {
        let events = copy.events(at.position, inner::STRIDE).map_err(|error| error.to_string())?;
        if events.is_empty() {
            break;
        }
        for event in events {
            let link = crate::chain::link(&at.link, event.position, &event.header, &event.sealed);
            if event.position != at.position.next() || event.link != link {
                return Err(format!("its log is damaged at position {}", event.position));
            }
            at = Head { position: event.position, link };
        }
    }
    if at == *head { Ok(()) } else { Err(format!("its log ends at position {}, its sheet says {}", at.position, head.position)) }
}

/// Copies a file so that only its owner may read the copy, and flushes it.
fn copy_file(from: &Path, to: &Path) -> Result<()> {
    let mut source = fs::File::open(from).map_err(|source| StoreError::file("read", from, source))?;
    disk::private_file(to)
        .and_then(|mut file| {
            std::io::copy(&mut source, &mut file)?;
            file.sync_all()
        })
        .map_err(|source| StoreError::file("write", to, source))
}
