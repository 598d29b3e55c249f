//! The log of a collection: the bytes of every object that was taken, and what was deleted.
//!
//! ```text
//! "bonafide taxii log 1\n", then frames: length (4), BLAKE3 of the payload (8), payload
//! payload of an object: "O", added (8), version of STIX, decimals, seconds and nanoseconds of its version (8, 4), id (2 and text),
//!                       type (2 and text), raw bytes
//! payload of a deletion: "D", added (8) of each object that goes
//! ```
//!
//! A batch is written, brought to the disk, and only then acknowledged. A frame at the end that is cut short was never acknowledged, and
//! is cut off when the log is opened.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufReader, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::object::{Header, SpecVersion};

const HEAD: &[u8] = b"bonafide taxii log 1\n";
const FRAME: usize = 12;
/// Bytes of a frame at most: far above any object that a server lets in.
const MOST_BYTES: u32 = 128 << 20;

/// An object as the log has it.
pub(super) struct Logged {
    pub(super) added: i64,
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) spec: SpecVersion,
    pub(super) version: Option<(Timestamp, u8)>,
    /// Where its bytes stand.
    pub(super) from: u64,
    pub(super) length: u32,
}

/// What a log says.
pub(super) enum Event {
    Object(Logged),
    /// When those were added that go.
    Deleted(Vec<i64>),
}

/// A log that is open for reading and appending.
pub(super) struct Log {
    path: PathBuf,
    file: File,
    length: u64,
    pending: Vec<u8>,
}

impl Log {
    /// Opens a log, or begins one; `take` is given what it says, in order.
    pub(super) fn open(path: &Path, mut take: impl FnMut(Event)) -> io::Result<Self> {
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        if file.metadata()?.len() < HEAD.len() as u64 {
            // Nothing was acknowledged before the head was whole.
            file.set_len(0)?;
            file.write_all(HEAD)?;
            file.sync_all()?;
        }
        let whole = file.metadata()?.len();
        let mut reader = BufReader::with_capacity(1 << 20, &file);
        reader.seek(SeekFrom::Start(0))?;
        let mut head = [0; HEAD.len()];
        reader.read_exact(&mut head)?;
        if head != HEAD {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "it is no log of a collection, or one of another version"));
        }
        let mut length = HEAD.len() as u64;
        let mut payload = Vec::new();
        while let Some(of_payload) = next_frame(&mut reader, whole - length, &mut payload)? {
            let from = length + FRAME as u64;
            let event = event(&payload, from).ok_or_else(|| {
                io::Error::new(io::ErrorKind::InvalidData, format!("the frame at byte {length} says nothing known"))
            })?;
            take(event);
            length = from + u64::from(of_payload);
        }
        drop(reader);
        if length < whole {
            file.set_len(length)?;
            file.sync_all()?;
        }
        Ok(Self { path: path.to_owned(), file, length, pending: Vec::new() })
    }

    /// Where the log stands.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Adds an object to what the next [`Log::commit`] writes. Answers with where its bytes will stand.
    pub(super) fn push_object(&mut self, added: i64, header: &Header<'_>, raw: &str) -> (u64, u32) {
        let start = self.begin();
        let pending = &mut self.pending;
        pending.push(b'O');
        pending.extend_from_slice(&added.to_le_bytes());
        pending.push(u8::from(header.spec == SpecVersion::V21));
        let (seconds, nanoseconds, decimals) =
            header.version.map_or((0, 0, 0), |(at, decimals)| (at.as_second(), at.subsec_nanosecond(), decimals));
        pending.push(decimals);
        pending.extend_from_slice(&seconds.to_le_bytes());
        pending.extend_from_slice(&nanoseconds.to_le_bytes());
        for text in [&header.id, &header.kind] {
            pending.extend_from_slice(&(text.len() as u16).to_le_bytes());
            pending.extend_from_slice(text.as_bytes());
        }
        let from = self.length + pending.len() as u64;
        pending.extend_from_slice(raw.as_bytes());
        self.end(start);
        (from, raw.len() as u32)
    }

    /// Adds a deletion to what the next [`Log::commit`] writes.
    pub(super) fn push_deletion(&mut self, added: &[i64]) {
        let start = self.begin();
        self.pending.push(b'D');
        added.iter().for_each(|added| self.pending.extend_from_slice(&added.to_le_bytes()));
        self.end(start);
    }

    fn begin(&mut self) -> usize {
        let start = self.pending.len();
        self.pending.extend_from_slice(&[0; FRAME]);
        start
    }

    fn end(&mut self, start: usize) {
        let (head, payload) = self.pending[start..].split_at_mut(FRAME);
        head[..4].copy_from_slice(&(payload.len() as u32).to_le_bytes());
        head[4..].copy_from_slice(&blake3::hash(payload).as_bytes()[..8]);
    }

    /// Writes what was added: when this returns no crash loses it. Where it fails nothing of it is there.
    pub(super) fn commit(&mut self) -> io::Result<()> {
        let pending = std::mem::take(&mut self.pending);
        let written = self.file.write_all(&pending).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // What was written in part is cut off; if that fails as well, opening does it.
            let _ = self.file.set_len(self.length);
            return Err(error);
        }
        self.length += pending.len() as u64;
        self.pending = pending;
        self.pending.clear();
        Ok(())
    }

    /// Reads bytes that stand at a place.
    pub(super) fn read_at(&self, from: u64, length: u32, into: &mut Vec<u8>) -> io::Result<()> {
        let start = into.len();
        into.resize(start + length as usize, 0);
        #[cfg(unix)]
        std::os::unix::fs::FileExt::read_exact_at(&self.file, &mut into[start..], from)?;
        #[cfg(windows)]
        {
            let mut done = start;
            while done < into.len() {
                let read = std::os::windows::fs::FileExt::seek_read(&self.file, &mut into[done..], from + (done - start) as u64)?;
                if read == 0 {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                done += read;
            }
        }
        Ok(())
    }
}

/// Reads a frame, of which so many bytes may be left; `None` at the end, and where the last one was cut short.
fn next_frame(reader: &mut impl io::Read, left: u64, payload: &mut Vec<u8>) -> io::Result<Option<u32>> {
    if left < FRAME as u64 {
        return Ok(None);
    }
    let mut head = [0; FRAME];
    reader.read_exact(&mut head)?;
    let length = u32::from_le_bytes([head[0], head[1], head[2], head[3]]);
    if length > MOST_BYTES || u64::from(length) > left - FRAME as u64 {
        return Ok(None);
    }
    payload.resize(length as usize, 0);
    reader.read_exact(payload)?;
    if blake3::hash(payload).as_bytes()[..8] != head[4..] {
        // At the very end it was interrupted; before other frames it is damage.
        let is_last = u64::from(length) + FRAME as u64 == left;
        return if is_last {
            Ok(None)
        } else {
            Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a frame does not bear its own hash: the file is damaged; restore a backup",
            ))
        };
    }
    Ok(Some(length))
}

fn event(payload: &[u8], from: u64) -> Option<Event> {
    let (&tag, rest) = payload.split_first()?;
    match tag {
        b'O' => {
            let (added, rest) = rest.split_first_chunk::<8>()?;
            let (&[spec, decimals], rest) = rest.split_first_chunk::<2>()?;
            let (seconds, rest) = rest.split_first_chunk::<8>()?;
            let (nanoseconds, rest) = rest.split_first_chunk::<4>()?;
            let (id, rest) = text(rest)?;
            let (kind, raw) = text(rest)?;
            let version = if decimals == 0 {
                None
            } else {
                Some((Timestamp::new(i64::from_le_bytes(*seconds), i32::from_le_bytes(*nanoseconds)).ok()?, decimals))
            };
            Some(Event::Object(Logged {
                added: i64::from_le_bytes(*added),
                id: id.to_owned(),
                kind: kind.to_owned(),
                spec: if spec == 1 { SpecVersion::V21 } else { SpecVersion::V20 },
                version,
                from: from + (payload.len() - raw.len()) as u64,
                length: u32::try_from(raw.len()).ok()?,
            }))
        }
        b'D' => {
            let added = rest.chunks_exact(8).map(|bytes| bytes.try_into().map(i64::from_le_bytes));
            (rest.len() % 8 == 0).then_some(())?;
            Some(Event::Deleted(added.collect::<Result<_, _>>().ok()?))
        }
        _ => None,
    }
}

fn text(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    let (text, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
    Some((std::str::from_utf8(text).ok()?, rest))
}
