//! The file of wrapped keys: a header and frames, each sealed under the epoch key.
//!
//! New keys are appended as one frame per group commit; an erasure writes the whole file anew under a new epoch key. A frame holds
//! many keys, so that a million of them are wrapped in a fraction of a second.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::vault::EpochKey;
use crate::{
    ambient::Randomness,
    disk,
    error::{Result, StoreError},
    id::{StoreId, SubjectKeyId},
    seal::{self, SubjectKey},
};

const MAGIC: &[u8; 8] = b"BFWRAPS1";
/// Magic, store id, epoch.
const HEADER: usize = 8 + 16 + 8;
/// Key id, key, keyed name.
const ENTRY: usize = 16 + 32 + 16;
const FRAME_ENTRIES: usize = 4096;
/// The longest frame a reader accepts.
const FRAME_LIMIT: usize = 64 * 1024 * 1024;

/// One subject's key.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) id: SubjectKeyId,
    pub(super) key: SubjectKey,
    /// Hash of the subject's id, keyed with a secret of the store.
    pub(super) name: [u8; 16],
}

/// What belongs to the store as a whole.
#[derive(Clone)]
pub(super) struct Secrets {
    pub(super) own: SubjectKeyId,
    pub(super) own_key: SubjectKey,
    pub(super) name_key: Zeroizing<[u8; 32]>,
    pub(super) signing: Zeroizing<[u8; 32]>,
}

const SECRETS: usize = 16 + 32 + 32 + 32;

/// How far the file has been read or written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) length: u64,
    pub(super) frames: u64,
}

pub(super) fn path_of(folder: &Path, epoch: u64) -> PathBuf {
    folder.join(format!("wraps-{epoch:08}.bin"))
}

/// The epochs that have a complete file of wraps, ascending.
pub(super) fn epochs(folder: &Path) -> Result<Vec<u64>> {
    let failed = |source| StoreError::file("list", folder, source);
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix("wraps-")?.strip_suffix(".bin")?.parse().ok());
        found.extend::<Option<u64>>(number);
    }
    found.sort_unstable();
    Ok(found)
}

/// The bytes of a new file, and where it ends.
pub(super) fn whole(
    store: StoreId,
    epoch: u64,
    key: &EpochKey,
    secrets: &Secrets,
    entries: &[Entry],
    random: &Randomness,
) -> Result<(Vec<u8>, Mark)> {
    let mut bytes = header(store, epoch);
    let mut mark = Mark { length: HEADER as u64, frames: 0 };
    let mut plain = Zeroizing::new(Vec::with_capacity(SECRETS));
    plain.extend_from_slice(secrets.own.as_bytes());
    plain.extend_from_slice(secrets.own_key.as_bytes());
    plain.extend_from_slice(secrets.name_key.as_slice());
    plain.extend_from_slice(secrets.signing.as_slice());
    push_frame(&mut bytes, &mut mark, store, epoch, key, &plain, random)?;
    bytes.extend(frames(&mut mark, store, epoch, key, entries, random)?);
    Ok((bytes, mark))
}

/// The bytes of frames for more entries, behind `mark`.
pub(super) fn frames(
    mark: &mut Mark,
    store: StoreId,
    epoch: u64,
    key: &EpochKey,
    entries: &[Entry],
    random: &Randomness,
) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for chunk in entries.chunks(FRAME_ENTRIES) {
        let mut plain = Zeroizing::new(Vec::with_capacity(chunk.len() * ENTRY));
        for entry in chunk {
            plain.extend_from_slice(entry.id.as_bytes());
            plain.extend_from_slice(entry.key.as_bytes());
            plain.extend_from_slice(&entry.name);
        }
        push_frame(&mut bytes, mark, store, epoch, key, &plain, random)?;
    }
    Ok(bytes)
}

fn push_frame(
    bytes: &mut Vec<u8>,
    mark: &mut Mark,
    store: StoreId,
    epoch: u64,
    key: &EpochKey,
    plain: &[u8],
    random: &Randomness,
) -> Result<()> {
    let sealed = seal::seal_with(key.as_bytes(), &random.bytes()?, &associated(store, epoch, mark.frames), plain);
    let length = u32::try_from(sealed.len()).map_err(|_| StoreError::TooLarge {
        what: "a frame of wrapped keys".into(),
        found: sealed.len() as u64,
        limit: FRAME_LIMIT as u64,
    })?;
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(&sealed);
    mark.length += 4 + u64::from(length);
    mark.frames += 1;
    Ok(())
}

fn header(store: StoreId, epoch: u64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEADER);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(store.as_bytes());
    bytes.extend_from_slice(&epoch.to_le_bytes());
    bytes
}

fn associated(store: StoreId, epoch: u64, frame: u64) -> Vec<u8> {
    let mut bytes = header(store, epoch);
    bytes.extend_from_slice(&frame.to_le_bytes());
    bytes
}

/// What a file, or the part of it behind a mark, holds.
pub(super) struct Read {
    pub(super) store: StoreId,
    pub(super) secrets: Option<Secrets>,
    pub(super) entries: Vec<Entry>,
    pub(super) mark: Mark,
    /// Bytes behind the last readable frame: a frame that a crash cut short, or damage.
    pub(super) torn: Option<Torn>,
}

/// Why reading stopped before the end of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Torn {
    /// The last frame is shorter than it says.
    Short,
    /// The last frame does not open; it may be unwritten (after a crash) or damaged.
    Unreadable,
}

/// Reads the whole file.
pub(super) fn read(path: &Path, epoch: u64, key: &EpochKey) -> Result<Read> {
    let bytes = disk::read_from(path, 0)?;
    let damaged = |what: &str| StoreError::KeyringDamaged { path: path.to_owned(), what: what.into() };
    let head: &[u8; HEADER] = bytes.first_chunk().ok_or_else(|| damaged("it is cut off"))?;
    let (magic, rest) = head.split_at(8);
    let (store, number) = rest.split_at(16);
    if magic != MAGIC {
        return Err(damaged("it is no file of wrapped keys"));
    }
    if number != epoch.to_le_bytes() {
        return Err(damaged("it belongs to another epoch than its name says"));
    }
    let store = StoreId::from_bytes(store.try_into().map_err(|_| damaged("it is cut off"))?);
    let mut read =
        Read { store, secrets: None, entries: Vec::new(), mark: Mark { length: HEADER as u64, frames: 0 }, torn: None };
    read_frames(&mut read, path, &bytes[HEADER..], epoch, key)?;
    if read.secrets.is_none() {
        return Err(damaged("its first frame does not open under the epoch key: a file of another keyring, or damage"));
    }
    Ok(read)
}

/// Reads what was appended behind `mark`.
pub(super) fn read_more(path: &Path, store: StoreId, epoch: u64, key: &EpochKey, mark: Mark) -> Result<Read> {
    let bytes = disk::read_from(path, mark.length)?;
    let mut read = Read { store, secrets: None, entries: Vec::new(), mark, torn: None };
    read_frames(&mut read, path, &bytes, epoch, key)?;
    Ok(read)
}

fn read_frames(read: &mut Read, path: &Path, mut bytes: &[u8], epoch: u64, key: &EpochKey) -> Result<()> {
    let damaged = |what: String| StoreError::KeyringDamaged { path: path.to_owned(), what };
    while !bytes.is_empty() {
        let Some((length, rest)) = bytes.split_first_chunk::<4>() else {
            read.torn = Some(Torn::Short);
            break;
        };
        let length = u32::from_le_bytes(*length) as usize;
        if length > FRAME_LIMIT || length > rest.len() {
            read.torn = Some(if length > FRAME_LIMIT { Torn::Unreadable } else { Torn::Short });
            break;
        }
        let (sealed, behind) = rest.split_at(length);
        // After a power failure a file may end in zeros of any length, so what follows does not tell damage from a torn end: whoever
        // reads on judges by whether an event needs what stood here.
        let Some(plain) = seal::open_with(key.as_bytes(), &associated(read.store, epoch, read.mark.frames), sealed) else {
            read.torn = Some(Torn::Unreadable);
            break;
        };
        let plain = Zeroizing::new(plain);
        if read.mark.frames == 0 {
            read.secrets = Some(parse_secrets(&plain).ok_or_else(|| damaged("its first frame is malformed".into()))?);
        } else {
            for entry in plain.chunks(ENTRY) {
                read.entries.push(parse_entry(entry).ok_or_else(|| damaged("an entry is malformed".into()))?);
            }
        }
        read.mark.frames += 1;
        read.mark.length += 4 + length as u64;
        bytes = behind;
    }
    Ok(())
}

fn parse_secrets(plain: &[u8]) -> Option<Secrets> {
    if plain.len() != SECRETS {
        return None;
    }
    Some(Secrets {
        own: SubjectKeyId::from_bytes(plain[..16].try_into().ok()?),
        own_key: SubjectKey::from_bytes(plain[16..48].try_into().ok()?),
        name_key: Zeroizing::new(plain[48..80].try_into().ok()?),
        signing: Zeroizing::new(plain[80..112].try_into().ok()?),
    })
}

fn parse_entry(plain: &[u8]) -> Option<Entry> {
    if plain.len() != ENTRY {
        return None;
    }
    Some(Entry {
        id: SubjectKeyId::from_bytes(plain[..16].try_into().ok()?),
        key: SubjectKey::from_bytes(plain[16..48].try_into().ok()?),
        name: plain[48..].try_into().ok()?,
    })
}
