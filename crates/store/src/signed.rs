//! Append-only files of signed lines beside the keyring, outside the database: checkpoints and the erasure ledger.
//!
//! A line is a JSON object, a tab and an ed25519 signature over the store's id, the hash of the line before, and the object as
//! written. A changed, inserted or removed line is noticed; a cut tail is noticed by what the database says of it.

use std::{
    marker::PhantomData,
    path::{Path, PathBuf},
};

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    disk::{self, Disk},
    error::{Result, StoreError},
    id::{from_hex, to_hex},
    keyring::Keyring,
};

/// How much of the end of a long file is read to find its last two lines.
const TAIL: u64 = 16 * 1024;
/// The longest file that is read whole.
const LIMIT: u64 = 1 << 30;

type LineHash = [u8; 32];

/// Hash that stands before the first line.
const BEFORE: LineHash = [0; 32];

/// One file of signed lines.
#[derive(Debug)]
pub(crate) struct SignedFile<E> {
    path: PathBuf,
    domain: &'static str,
    disk: Disk,
    /// Length up to the last complete line, as last seen.
    length: u64,
    last_hash: LineHash,
    last: Option<E>,
    kind: PhantomData<fn() -> E>,
}

/// A line as read by [`SignedFile::read_all`].
#[derive(Debug)]
pub(crate) enum Line<E> {
    /// In order and signed by the store.
    Good(E),
    /// Not what was written.
    Damaged(String),
}

impl<E: Serialize + DeserializeOwned + Clone> SignedFile<E> {
    pub(crate) fn new(path: PathBuf, domain: &'static str, disk: Disk) -> Self {
        Self { path, domain, disk, length: 0, last_hash: BEFORE, last: None, kind: PhantomData }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The last entry, after taking in what other processes wrote.
    ///
    /// # Errors
    /// [`StoreError::RecordDamaged`] where the last line is not signed by the store.
    pub(crate) fn last(&mut self, keyring: &dyn Keyring) -> Result<Option<&E>> {
        let found = disk::length(&self.path)?;
        if found != self.length {
            self.read_tail(keyring, found)?;
        }
        Ok(self.last.as_ref())
    }

    fn read_tail(&mut self, keyring: &dyn Keyring, found: u64) -> Result<()> {
        let mut start = found.saturating_sub(TAIL);
        let (bytes, previous_start, last_start, end) = loop {
            let bytes = if found == 0 { Vec::new() } else { disk::read_from(&self.path, start)? };
            let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let begin_of = |end: usize| bytes[..end.saturating_sub(1)].iter().rposition(|byte| *byte == b'\n').map(|at| at + 1);
            let last_start = if end == 0 { None } else { begin_of(end) };
            let previous_start = last_start.and_then(begin_of);
            if start == 0 || previous_start.is_some() {
                break (bytes, previous_start, last_start, end);
            }
            start = start.saturating_sub(TAIL * 16);
        };
        if end == 0 {
            (self.length, self.last_hash, self.last) = (0, BEFORE, None);
            return Ok(());
        }
        let last_start = last_start.unwrap_or(0);
        let previous = if last_start == 0 { BEFORE } else { hash(&bytes[previous_start.unwrap_or(0)..last_start]) };
        let line = &bytes[last_start..end];
        match self.check(keyring, &previous, line) {
            Line::Good(entry) => {
                self.length = start + end as u64;
                self.last_hash = hash(line);
                self.last = Some(entry);
                Ok(())
            }
            Line::Damaged(what) => {
                let line = self.read_all(keyring)?.0.len() as u64;
                Err(StoreError::RecordDamaged { path: self.path.clone(), line, what })
            }
        }
    }

    fn check(&self, keyring: &dyn Keyring, previous: &LineHash, line: &[u8]) -> Line<E> {
        let Ok(text) = std::str::from_utf8(line) else { return Line::Damaged("it is not text".into()) };
        let Some((entry, signature)) = text.trim_end_matches('\n').rsplit_once('\t') else {
            return Line::Damaged("it has no signature".into());
        };
        let Some(signature) = from_hex::<64>(signature) else { return Line::Damaged("its signature is malformed".into()) };
        if !keyring.verify(&self.message(keyring, previous, entry), &signature) {
            return Line::Damaged("its signature is not the store's, or the line before it was changed or removed".into());
        }
        match serde_json::from_str(entry) {
            Ok(entry) => Line::Good(entry),
            Err(error) => Line::Damaged(error.to_string()),
        }
    }

    fn message(&self, keyring: &dyn Keyring, previous: &LineHash, entry: &str) -> Vec<u8> {
        let mut message = Vec::with_capacity(128 + entry.len());
        message.extend_from_slice(self.domain.as_bytes());
        message.push(0);
        message.extend_from_slice(keyring.store().as_bytes());
        message.extend_from_slice(previous);
        message.extend_from_slice(entry.as_bytes());
        message
    }

    /// Adds entries durably. The caller holds the head lock.
    pub(crate) fn append(&mut self, keyring: &dyn Keyring, entries: &[E]) -> Result<()> {
        self.last(keyring)?;
        if !self.path.exists() {
            self.disk.at("make", &self.path)?;
            disk::private_file(&self.path).map_err(|source| StoreError::file("make", &self.path, source))?;
            self.path.parent().map_or(Ok(()), |folder| self.disk.sync_folder(folder))?;
        }
        if disk::length(&self.path)? > self.length {
            // A crash cut the last line short before anything it covers was acknowledged.
            self.disk.truncate(&self.path, self.length)?;
        }
        let mut bytes = Vec::new();
        let mut before = self.last_hash;
        for entry in entries {
            let text = serde_json::to_string(entry)
                .map_err(|source| StoreError::Encode { what: self.path.display().to_string(), source })?;
            let signature = keyring.sign(&self.message(keyring, &before, &text));
            let start = bytes.len();
            bytes.extend_from_slice(text.as_bytes());
            bytes.push(b'\t');
            bytes.extend_from_slice(to_hex(&signature).as_bytes());
            bytes.push(b'\n');
            before = hash(&bytes[start..]);
        }
        self.disk.append(&self.path, &bytes)?;
        self.length += bytes.len() as u64;
        self.last_hash = before;
        self.last = entries.last().cloned().or_else(|| self.last.take());
        Ok(())
    }

    /// All lines, and whether a cut line stands behind them.
    pub(crate) fn read_all(&self, keyring: &dyn Keyring) -> Result<(Vec<Line<E>>, bool)> {
        if !self.path.exists() {
            return Ok((Vec::new(), false));
        }
        let bytes = disk::read_whole(&self.path, LIMIT)?;
        let mut lines = Vec::new();
        let mut before = BEFORE;
        let mut torn = false;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            if line.last() != Some(&b'\n') {
                torn = true;
                break;
            }
            lines.push(self.check(keyring, &before, line));
            before = hash(line);
        }
        Ok((lines, torn))
    }
}

fn hash(line: &[u8]) -> LineHash {
    *blake3::hash(line).as_bytes()
}
