//! The log of an index: events in frames, batches of frames that end with a frame of their own.
//!
//! A batch is appended, brought to the disk, and only then acknowledged. What stands behind the last whole batch was interrupted and
//! is cut off when the log is opened. A frame that does not bear its own sum before a batch that ended is damage, not a torn end.
//!
//! ```text
//! frame: length (4), BLAKE3 of number and payload (8), payload; number: of the frame in the log, from 0
//! payload: nonce (16), the event sealed; that of an end is "end of batch"
//! ```

use std::{
    fs::{File, OpenOptions},
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use super::{
    bad,
    event::Event,
    failed,
    key::Key,
    seal::{NONCE, Seal, random_nonce},
};
use crate::error::Error;

const HEAD: &[u8] = b"bonafide links log 3\n";
const END: &[u8] = b"end of batch";
const FRAME: usize = 12;
/// Bytes of a log; a relinking comes long before.
const MOST_BYTES: u64 = 16 << 30;

/// A log, and what is to be added to it.
pub(super) struct Log {
    /// Where it stands; nowhere for an index in memory, which keeps no log.
    path: Option<PathBuf>,
    /// Open for appending; `None` where it was read alone.
    file: Option<File>,
    key: Key,
    /// Makes the nonces of this opening others than those of all others.
    opening: [u8; NONCE],
    sealed: u64,
    /// Frames so far.
    frames: u64,
    /// Bytes that are acknowledged.
    length: u64,
    pending: Vec<u8>,
    pending_frames: u64,
}

/// What a log said.
pub(super) struct Read {
    pub(super) events: Vec<Event>,
    frames: u64,
    length: usize,
}

/// The events of whole batches, in their order.
///
/// # Errors
/// Why the bytes are no log, or one that is damaged.
pub(super) fn read(bytes: &[u8], key: &Key) -> Result<Read, &'static str> {
    let Some(mut rest) = bytes.strip_prefix(HEAD) else {
        return Err("it was made by another version or is no index; make it anew with `bonafide link people --index`");
    };
    let mut done = Read { events: Vec::new(), frames: 0, length: HEAD.len() };
    let (mut open, mut frames) = (Vec::new(), 0);
    while let Some((payload, after)) = frame(rest, frames) {
        frames += 1;
        rest = after;
        if payload == END {
            done.events.append(&mut open);
            done.frames = frames;
            done.length = bytes.len() - rest.len();
        } else if let Some(event) = unsealed(payload, key) {
            open.push(event);
        } else {
            return Err("it holds what this version does not know; use the version that wrote it");
        }
    }
    // What does not read is the torn end of a batch, or damage before the end of one.
    let has_end = rest.windows(END.len()).enumerate().any(|(at, found)| {
        let is_framed = at >= FRAME && rest[at - FRAME..at - FRAME + 4] == (END.len() as u32).to_le_bytes();
        found == END && is_framed
    });
    if has_end {
        return Err("it is damaged; restore it from a copy or make it anew with `bonafide link people --index`");
    }
    Ok(done)
}

fn unsealed(payload: &[u8], key: &Key) -> Option<Event> {
    let (nonce, sealed) = payload.split_first_chunk::<NONCE>()?;
    let mut event = sealed.to_vec();
    Seal::of(key, nonce).apply(0, &mut event);
    Event::of_bytes(&event)
}

fn frame(bytes: &[u8], number: u64) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (sum, rest) = rest.split_first_chunk::<8>()?;
    let (payload, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    (sum_of(number, payload) == *sum).then_some((payload, rest))
}

fn sum_of(number: u64, payload: &[u8]) -> [u8; 8] {
    let hash = blake3::Hasher::new().update(&number.to_le_bytes()).update(payload).finalize();
    let mut sum = [0; 8];
    sum.copy_from_slice(&hash.as_bytes()[..8]);
    sum
}

impl Log {
    /// That of an index in memory: nothing is kept.
    pub(super) const fn none(key: Key) -> Self {
        Self {
            path: None,
            file: None,
            key,
            opening: [0; NONCE],
            sealed: 0,
            frames: 0,
            length: 0,
            pending: Vec::new(),
            pending_frames: 0,
        }
    }

    /// Makes a log of some events; when this returns it is on the disk.
    pub(super) fn create(path: &Path, events: &[Event], key: &Key) -> Result<(), Error> {
        let unwritable = |source| failed(path, "it cannot be written; check the folder and its free space", source);
        let start = || -> std::io::Result<File> {
            let mut file = File::create(path)?;
            file.write_all(HEAD)?;
            Ok(file)
        };
        let file = start().map_err(unwritable)?;
        let mut log = Self {
            path: Some(path.to_owned()),
            file: Some(file),
            opening: random_nonce()?,
            length: HEAD.len() as u64,
            ..Self::none(key.clone())
        };
        events.iter().for_each(|event| log.push(event));
        log.commit()?;
        log.file.as_ref().map_or(Ok(()), File::sync_all).map_err(unwritable)
    }

    /// Opens a log, takes what was interrupted off its end, and says what it holds.
    pub(super) fn open(path: &Path, key: &Key) -> Result<(Self, Vec<Event>), Error> {
        let (log, events) = Self::read(path, key)?;
        Ok((log.attached(path)?, events))
    }

    /// Reads a log that somebody else may be writing: what stands behind the last whole batch is left alone.
    pub(super) fn read(path: &Path, key: &Key) -> Result<(Self, Vec<Event>), Error> {
        let read = read_file(path, key)?;
        let log = Self {
            path: Some(path.to_owned()),
            opening: random_nonce()?,
            frames: read.frames,
            length: read.length as u64,
            ..Self::none(key.clone())
        };
        Ok((log, read.events))
    }

    /// Opens it for appending, as it was read.
    fn attached(self, path: &Path) -> Result<Self, Error> {
        let unreadable = |source| failed(path, "it cannot be read; restore it from a copy", source);
        let mut file = OpenOptions::new().read(true).write(true).open(path).map_err(unreadable)?;
        if file.metadata().map_err(unreadable)?.len() > self.length {
            let cut = file.set_len(self.length).and_then(|()| file.sync_all());
            cut.map_err(|source| failed(path, "its interrupted end cannot be cut off", source))?;
        }
        file.seek(SeekFrom::End(0)).map_err(unreadable)?;
        Ok(Self { file: Some(file), ..self })
    }

    /// Opens a log that was read alone for appending; whether it still is as it was read. Nobody else may have it open.
    pub(super) fn attach(&mut self) -> Result<bool, Error> {
        let Some(path) = self.path.clone() else { return Ok(false) };
        let read = read_file(&path, &self.key)?;
        if (read.frames, read.length as u64) != (self.frames, self.length) {
            return Ok(false);
        }
        let log = std::mem::replace(self, Self::none(self.key.clone()));
        *self = log.attached(&path)?;
        Ok(true)
    }

    /// Lets go of the file: what is added from here on waits.
    pub(super) fn detach(&mut self) {
        self.file = None;
    }

    /// Adds an event to the batch that is open.
    pub(super) fn push(&mut self, event: &Event) {
        if self.path.is_none() {
            return;
        }
        self.sealed += 1;
        let mut nonce = self.opening;
        nonce.iter_mut().zip(self.sealed.to_le_bytes()).for_each(|(byte, of)| *byte ^= of);
        let mut payload = nonce.to_vec();
        payload.append(&mut event.to_bytes());
        Seal::of(&self.key, &nonce).apply(0, &mut payload[NONCE..]);
        self.push_payload(&payload);
    }

    fn push_payload(&mut self, payload: &[u8]) {
        self.pending.extend_from_slice(&(payload.len() as u32).to_le_bytes());
        self.pending.extend_from_slice(&sum_of(self.frames + self.pending_frames, payload));
        self.pending.extend_from_slice(payload);
        self.pending_frames += 1;
    }

    /// Makes the open batch last: when this returns, no crash loses it. After an error nothing of it stands. Where the log was read
    /// alone, the batch stays open.
    pub(super) fn commit(&mut self) -> Result<(), Error> {
        if self.pending.is_empty() || self.file.is_none() {
            return Ok(());
        }
        let path = self.path.clone().unwrap_or_default();
        self.append().map_err(|source| failed(&path, "the addition cannot be written; check the free space", source))
    }

    fn append(&mut self) -> std::io::Result<()> {
        let whole = (self.pending.len(), self.pending_frames);
        self.push_payload(END);
        let Some(file) = &mut self.file else { return Ok(()) };
        let written = file.write_all(&self.pending).and_then(|()| file.sync_data());
        if let Err(error) = written {
            // What was written in part must not stand before the next batch.
            self.pending.truncate(whole.0);
            self.pending_frames = whole.1;
            file.set_len(self.length)?;
            file.seek(SeekFrom::Start(self.length))?;
            return Err(error);
        }
        self.length += self.pending.len() as u64;
        self.frames += self.pending_frames;
        self.pending.clear();
        self.pending_frames = 0;
        Ok(())
    }

    /// Bytes that are acknowledged.
    pub(super) const fn bytes(&self) -> u64 {
        self.length
    }
}

fn read_file(path: &Path, key: &Key) -> Result<Read, Error> {
    let unreadable = |source| failed(path, "it cannot be read; restore it from a copy", source);
    let mut file = File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.len() > MOST_BYTES {
        return Err(bad(path, "it is larger than any log; restore it from a copy"));
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    read(&bytes, key).map_err(|why| bad(path, why))
}
