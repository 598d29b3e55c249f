//! The log of an index: events in frames, batches of frames that end with a frame of their own.
//!
//! A batch is appended, brought to the disk, and only then acknowledged. What stands behind the last whole batch was interrupted and
//! is cut off when the log is opened. A frame that does not bear its own sum before a batch that ended is damage, not a torn end.
//!
//! ```text
//! frame: length (4), BLAKE3 of number and payload (8), payload; number: of the frame in the log, from 0
//! the payload of an end is "end of batch"
//! ```

use std::{
    fs::{File, OpenOptions},
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use super::{bad, event::Event, failed};
use crate::error::Error;

const HEAD: &[u8] = b"bonafide links log 1\n";
const END: &[u8] = b"end of batch";
const FRAME: usize = 12;
/// Bytes of a log; a relinking comes long before.
const MOST_BYTES: u64 = 16 << 30;

/// A log that is open for appending.
#[derive(Debug)]
pub(super) struct Log {
    path: PathBuf,
    file: File,
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
pub(super) fn read(bytes: &[u8]) -> Result<Read, &'static str> {
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
        } else if let Some(event) = Event::of_bytes(payload) {
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
    /// Makes a log of some events; when this returns it is on the disk.
    pub(super) fn create(path: &Path, events: &[Event]) -> Result<(), Error> {
        let write = || -> std::io::Result<()> {
            let mut file = File::create(path)?;
            file.write_all(HEAD)?;
            let mut log = Self::over(path.to_owned(), file, 0, HEAD.len() as u64);
            events.iter().for_each(|event| log.push(event));
            log.append()?;
            log.file.sync_all()
        };
        write().map_err(|source| failed(path, "it cannot be written; check the folder and its free space", source))
    }

    fn over(path: PathBuf, file: File, frames: u64, length: u64) -> Self {
        Self { path, file, frames, length, pending: Vec::new(), pending_frames: 0 }
    }

    /// Opens a log, takes what was interrupted off its end, and says what it holds.
    pub(super) fn open(path: &Path) -> Result<(Self, Vec<Event>), Error> {
        let unreadable = |source| failed(path, "it cannot be read; restore it from a copy", source);
        let mut file = OpenOptions::new().read(true).write(true).open(path).map_err(unreadable)?;
        let on_disk = file.metadata().map_err(unreadable)?.len();
        if on_disk > MOST_BYTES {
            return Err(bad(path, "it is larger than any log; restore it from a copy"));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(unreadable)?;
        let read = read(&bytes).map_err(|why| bad(path, why))?;
        if read.length < bytes.len() {
            let cut = file.set_len(read.length as u64).and_then(|()| file.sync_all());
            cut.map_err(|source| failed(path, "its interrupted end cannot be cut off", source))?;
        }
        file.seek(SeekFrom::End(0)).map_err(unreadable)?;
        Ok((Self::over(path.to_owned(), file, read.frames, read.length as u64), read.events))
    }

    /// Adds an event to the batch that is open.
    pub(super) fn push(&mut self, event: &Event) {
        self.push_payload(&event.to_bytes());
    }

    fn push_payload(&mut self, payload: &[u8]) {
        self.pending.extend_from_slice(&(payload.len() as u32).to_le_bytes());
        self.pending.extend_from_slice(&sum_of(self.frames + self.pending_frames, payload));
        self.pending.extend_from_slice(payload);
        self.pending_frames += 1;
    }

    /// Makes the open batch last: when this returns, no crash loses it. After an error nothing of it stands.
    pub(super) fn commit(&mut self) -> Result<(), Error> {
        if self.pending.is_empty() {
            return Ok(());
        }
        self.append().map_err(|source| failed(&self.path, "the addition cannot be written; check the free space", source))
    }

    fn append(&mut self) -> std::io::Result<()> {
        if self.pending_frames > 0 {
            self.push_payload(END);
        }
        let written = self.file.write_all(&self.pending).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // What was written in part must not stand before the next batch.
            self.file.set_len(self.length)?;
            self.file.seek(SeekFrom::Start(self.length))?;
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
