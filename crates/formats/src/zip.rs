//! ZIP archives (APPNOTE 6.3.10) with limits, and with everything their directory gives away about who packed them.
//!
//! The directory is read by ourselves because the usual libraries hide what matters here: order, duplicate names, overlapping
//! entries, the packing program's marks. Stored and deflated entries are unpacked; a bomb ends at the budget.

use std::{
    cell::Cell,
    collections::{BTreeSet, HashMap},
    io::Read,
};

use crate::{error::Error, limits::Limits};

/// An opened archive.
#[derive(Debug)]
pub struct Archive<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry>,
    by_name: HashMap<String, usize>,
    comment: Vec<u8>,
    problems: Vec<String>,
    budget: Cell<u64>,
    unpacked: u64,
}

/// One entry of the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Name with forward slashes.
    pub name: String,
    /// Compression method: 0 stored, 8 deflated.
    pub method: u16,
    /// General purpose flags.
    pub flags: u16,
    /// Version made by: upper byte the system, lower byte the version.
    pub made_by: u16,
    /// Date and time in MS-DOS form (2 s steps, local time): date in the upper half.
    pub dos_time: u32,
    /// CRC-32 of the unpacked bytes.
    pub crc32: u32,
    /// Packed size.
    pub packed: u64,
    /// Unpacked size as declared.
    pub size: u64,
    /// Header ids of the extra fields in the directory.
    pub extra_ids: Vec<u16>,
    header: u64,
}

impl Entry {
    /// Whether it needs a password.
    #[must_use]
    pub const fn is_encrypted(&self) -> bool {
        self.flags & 1 != 0 || self.method == 99
    }

    /// Whether it is a folder.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }

    /// Date and time as `2025-02-17T04:15:00` (local time of the packer); `None` where no valid one stands there.
    #[must_use]
    pub fn time(&self) -> Option<String> {
        let (date, time) = (self.dos_time >> 16, self.dos_time & 0xffff);
        let (year, month, day) = (1980 + (date >> 9), date >> 5 & 15, date & 31);
        let (hour, minute, second) = (time >> 11, time >> 5 & 63, (time & 31) * 2);
        let valid = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 60;
        valid.then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"))
    }
}

/// One entry may grow to this many times its packed size once it is larger than [`JUDGED_FROM`]; deflate can do 1,032.
const MOST_GROWTH: u64 = 250;
const JUDGED_FROM: u64 = 4 << 20;
/// Longest name that is kept.
const NAME_LENGTH: usize = 4096;
/// Most problems of one kind that are spelled out.
const SPELLED_OUT: usize = 5;

const LOCAL_HEADER: &[u8] = b"PK\x03\x04";
const DIRECTORY_HEADER: &[u8] = b"PK\x01\x02";
const DIRECTORY_END: &[u8] = b"PK\x05\x06";
const DIRECTORY_END_64: &[u8] = b"PK\x06\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";

impl<'a> Archive<'a> {
    /// Reads the directory.
    ///
    /// # Errors
    /// [`Error::Malformed`] where there is no directory or it is broken; [`Error::OverLimit`] for too many bytes or entries.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Error> {
        if bytes.len() as u64 > limits.bytes {
            return Err(Error::OverLimit {
                format: "ZIP",
                what: format!("an archive of {} bytes", bytes.len()),
                limit: format!("{} bytes", limits.bytes),
            });
        }
        let end = DirectoryEnd::find(bytes)?;
        if end.count > u64::from(limits.parts) {
            return Err(Error::OverLimit {
                format: "ZIP",
                what: format!("{} entries", end.count),
                limit: format!("{} entries", limits.parts),
            });
        }
        let mut problems = Vec::new();
        let entries = directory(bytes, &end, &mut problems)?;
        let mut by_name = HashMap::with_capacity(entries.len());
        let mut twice = BTreeSet::new();
        for (index, entry) in entries.iter().enumerate() {
            // The last of several counts, as for most readers.
            if by_name.insert(entry.name.to_ascii_lowercase(), index).is_some() {
                twice.insert(entry.name.as_str());
            }
        }
        problems.extend(listed("stands several times in the archive; the last was read", &twice));
        let archive = Self {
            bytes,
            by_name,
            comment: end.comment,
            problems,
            budget: Cell::new(limits.unpacked),
            unpacked: limits.unpacked,
            entries,
        };
        let problems = archive.suspicious();
        Ok(Self { problems: [archive.problems, problems].concat(), ..archive })
    }

    /// Entries in the order of the directory.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of a name; ASCII case does not matter (as in ISO/IEC 29500-2, 6.2.2.3).
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Entry> {
        self.by_name.get(&name.to_ascii_lowercase()).map(|&index| &self.entries[index])
    }

    /// The archive's comment.
    #[must_use]
    pub fn comment(&self) -> &[u8] {
        &self.comment
    }

    /// What is odd about the directory, one sentence each: duplicates, overlaps, names that leave the folder, encrypted entries.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    /// Unpacks an entry. All entries together may take `limits.unpacked` bytes.
    ///
    /// # Errors
    /// [`Error::OverLimit`] over the budget or where it grows like a bomb, [`Error::Encrypted`], [`Error::Unsupported`] for other
    /// methods, [`Error::Malformed`] where the data is damaged.
    pub fn read(&self, entry: &Entry) -> Result<Vec<u8>, Error> {
        if entry.is_encrypted() {
            return Err(Error::Encrypted { format: "ZIP" });
        }
        let data = self.data(entry)?;
        let most = self.budget.get().min(growth(entry.packed));
        let mut content = Vec::with_capacity(usize::try_from(entry.size.min(most).min(1 << 20)).unwrap_or(0));
        let read = match entry.method {
            0 => data.take(most + 1).read_to_end(&mut content),
            8 => flate2::bufread::DeflateDecoder::new(data).take(most + 1).read_to_end(&mut content),
            other => {
                return Err(Error::Unsupported { name: entry.name.clone(), why: format!("ZIP compression method {other}") });
            }
        };
        read.map_err(|error| malformed(format!("{}: the data is damaged: {error}", entry.name)))?;
        if content.len() as u64 > most {
            let limit = if most == self.budget.get() {
                format!("{} bytes for all entries together", self.unpacked)
            } else {
                format!("{MOST_GROWTH} times its packed size")
            };
            return Err(Error::OverLimit { format: "ZIP", what: format!("unpacking {}", entry.name), limit });
        }
        self.budget.set(self.budget.get() - content.len() as u64);
        let mut crc = flate2::Crc::new();
        crc.update(&content);
        if crc.sum() != entry.crc32 {
            return Err(malformed(format!("{}: the checksum does not fit the content", entry.name)));
        }
        Ok(content)
    }

    fn data(&self, entry: &Entry) -> Result<&'a [u8], Error> {
        let cut = || malformed(format!("{}: its data lies outside the file", entry.name));
        let start = self.data_start(entry).ok_or_else(cut)?;
        let end = start.checked_add(usize::try_from(entry.packed).map_err(|_| cut())?).ok_or_else(cut)?;
        self.bytes.get(start..end).ok_or_else(cut)
    }

    fn data_start(&self, entry: &Entry) -> Option<usize> {
        let header = usize::try_from(entry.header).ok()?;
        let local = self.bytes.get(header..header.checked_add(30)?)?;
        local.starts_with(LOCAL_HEADER).then(|| header + 30 + usize::from(u16_at(local, 26)) + usize::from(u16_at(local, 28)))
    }

    fn local_name(&self, entry: &Entry) -> Option<String> {
        let header = usize::try_from(entry.header).ok()?;
        let length = usize::from(u16_at(self.bytes.get(header..header.checked_add(30)?)?, 26));
        self.bytes.get(header + 30..header + 30 + length).map(|name| decoded_name(name, entry.flags).0)
    }

    fn suspicious(&self) -> Vec<String> {
        let names = |keep: &dyn Fn(&Entry) -> bool| -> BTreeSet<&str> {
            self.entries.iter().filter(|entry| keep(entry)).map(|entry| entry.name.as_str()).collect()
        };
        let mut problems = listed("is encrypted", &names(&Entry::is_encrypted));
        problems.extend(listed("has a name that leaves its folder", &names(&|entry| leaves_folder(&entry.name))));
        problems.extend(listed(
            "has another name in front of its data than in the directory",
            &names(&|entry| self.local_name(entry).is_some_and(|name| name != entry.name)),
        ));
        let mut spans: Vec<(u64, u64, &str)> = self
            .entries
            .iter()
            .filter_map(|entry| Some((entry.header, self.data_start(entry)? as u64 + entry.packed, entry.name.as_str())))
            .collect();
        spans.sort_unstable();
        let overlapping: BTreeSet<&str> = spans.windows(2).filter(|pair| pair[1].0 < pair[0].1).map(|pair| pair[1].2).collect();
        problems.extend(listed("lies over the data of another entry", &overlapping));
        problems
    }
}

const fn growth(packed: u64) -> u64 {
    let most = packed.saturating_mul(MOST_GROWTH);
    if most > JUDGED_FROM { most } else { JUDGED_FROM }
}

fn leaves_folder(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':');
    name.starts_with('/') || drive || name.contains('\0') || name.split('/').any(|step| step == "..")
}

fn listed(what: &str, names: &BTreeSet<&str>) -> Vec<String> {
    let mut sentences: Vec<String> = names.iter().take(SPELLED_OUT).map(|name| format!("{} {what}", shortened(name))).collect();
    if names.len() > SPELLED_OUT {
        sentences.push(format!("the same holds for {} more entries", names.len() - SPELLED_OUT));
    }
    sentences
}

fn shortened(name: &str) -> String {
    const SHOWN: usize = 80;
    if name.chars().count() <= SHOWN { name.to_owned() } else { name.chars().take(SHOWN).chain(['…']).collect() }
}

/// The record at the end that says where the directory lies.
struct DirectoryEnd {
    count: u64,
    /// Where the directory starts in the file, and what to add to the offsets in it (data in front of the archive).
    start: u64,
    shift: u64,
    comment: Vec<u8>,
}

impl DirectoryEnd {
    fn find(bytes: &[u8]) -> Result<Self, Error> {
        // The record has 22 bytes and a comment of at most 65,535.
        let earliest = bytes.len().saturating_sub(22 + 0xffff);
        let position = memchr::memmem::rfind_iter(&bytes[earliest..], DIRECTORY_END)
            .map(|offset| earliest + offset)
            .find(|&position| {
                bytes.len() >= position + 22 && position + 22 + usize::from(u16_at(bytes, position + 20)) <= bytes.len()
            })
            .ok_or_else(|| malformed("there is no directory at the end; the file is cut short or no ZIP".into()))?;
        let record = &bytes[position..];
        let comment = record[22..22 + usize::from(u16_at(record, 20))].to_vec();
        let mut count = u64::from(u16_at(record, 10));
        let mut size = u64::from(u32_at(record, 12));
        let mut offset = u64::from(u32_at(record, 16));
        let mut end = position as u64;
        if let Some(large) = Self::zip64(bytes, position) {
            count = u64_at(bytes, large + 32);
            size = u64_at(bytes, large + 40);
            offset = u64_at(bytes, large + 48);
            end = large as u64;
        }
        let start = end.checked_sub(size).ok_or_else(|| malformed("the directory is larger than the file".into()))?;
        let shift =
            start.checked_sub(offset).ok_or_else(|| malformed("the directory's offset lies behind the directory".into()))?;
        Ok(Self { count, start, shift, comment })
    }

    /// Position of the ZIP64 record, where there is one.
    fn zip64(bytes: &[u8], end: usize) -> Option<usize> {
        let locator = end.checked_sub(20)?;
        if !bytes[locator..].starts_with(LOCATOR_64) {
            return None;
        }
        let position = usize::try_from(u64_at(bytes, locator + 8)).ok()?;
        let record = bytes.get(position..position.checked_add(56)?)?;
        record.starts_with(DIRECTORY_END_64).then_some(position)
    }
}

fn directory(bytes: &[u8], end: &DirectoryEnd, problems: &mut Vec<String>) -> Result<Vec<Entry>, Error> {
    let mut at = usize::try_from(end.start).unwrap_or(usize::MAX);
    // Every entry takes at least 46 bytes: a lie about the count reserves no memory.
    let mut entries = Vec::with_capacity(usize::try_from(end.count).unwrap_or(0).min(bytes.len() / 46));
    let mut backslashes = false;
    for number in 1..=end.count {
        let cut = || malformed(format!("the directory ends before entry {number} of {}", end.count));
        let header = bytes.get(at..at.saturating_add(46)).ok_or_else(cut)?;
        if !header.starts_with(DIRECTORY_HEADER) {
            return Err(malformed(format!("entry {number} of the directory is damaged")));
        }
        let (name_length, extra_length, comment_length) = (u16_at(header, 28), u16_at(header, 30), u16_at(header, 32));
        let flags = u16_at(header, 8);
        let name_end = at + 46 + usize::from(name_length);
        let extra_end = name_end + usize::from(extra_length);
        let name = bytes.get(at + 46..name_end).ok_or_else(cut)?;
        let extra = bytes.get(name_end..extra_end).ok_or_else(cut)?;
        let (name, had_backslash) = decoded_name(&name[..name.len().min(NAME_LENGTH)], flags);
        backslashes |= had_backslash;
        let mut entry = Entry {
            name,
            method: u16_at(header, 10),
            flags,
            made_by: u16_at(header, 4),
            dos_time: u32::from(u16_at(header, 14)) << 16 | u32::from(u16_at(header, 12)),
            crc32: u32_at(header, 16),
            packed: u64::from(u32_at(header, 20)),
            size: u64::from(u32_at(header, 24)),
            extra_ids: Vec::new(),
            header: u64::from(u32_at(header, 42)),
        };
        extra_fields(extra, &mut entry);
        entry.header = entry.header.saturating_add(end.shift);
        entries.push(entry);
        at = extra_end + usize::from(comment_length);
    }
    if backslashes {
        problems.push("names are written with backslashes, which the format forbids".into());
    }
    Ok(entries)
}

/// Notes the ids of the extra fields, and takes large sizes from the ZIP64 one.
fn extra_fields(extra: &[u8], entry: &mut Entry) {
    let mut rest = extra;
    while rest.len() >= 4 {
        let (id, length) = (u16_at(rest, 0), usize::from(u16_at(rest, 2)));
        let Some(field) = rest.get(4..4 + length) else { break };
        entry.extra_ids.push(id);
        if id == 1 {
            let mut numbers = field.chunks_exact(8).map(|eight| u64_at(eight, 0));
            for value in [&mut entry.size, &mut entry.packed, &mut entry.header] {
                if *value == u64::from(u32::MAX) {
                    *value = numbers.next().unwrap_or(*value);
                }
            }
        }
        rest = &rest[4 + length..];
    }
}

/// UTF-8 where it is valid, else Windows-1252 for want of better; and whether backslashes were turned.
fn decoded_name(name: &[u8], _flags: u16) -> (String, bool) {
    let text = match std::str::from_utf8(name) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(name).0.into_owned(),
    };
    let has_backslash = text.contains('\\');
    (if has_backslash { text.replace('\\', "/") } else { text }, has_backslash)
}

const fn malformed(why: String) -> Error {
    Error::Malformed { format: "ZIP", why }
}

/// Invariant of these three: callers have checked that the bytes are there; beyond them stands zero.
fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).and_then(|two| two.try_into().ok()).map_or(0, u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()).map_or(0, u64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use proptest::prelude::*;
    use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

    use super::Archive;
    use crate::{error::Error, limits::Limits};

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let time = zip::DateTime::from_date_and_time(2025, 2, 17, 4, 15, 30).expect("a time");
        for (name, content) in files {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(time);
            writer.start_file(*name, options).expect("memory");
            writer.write_all(content).expect("memory");
        }
        writer.set_comment("made here").expect("it is short");
        writer.finish().expect("memory").into_inner()
    }

    #[test]
    fn entries_are_read_in_order_with_their_marks() {
        let bytes = packed(&[("word/document.xml", b"<a/>"), ("[Content_Types].xml", &[b'x'; 5000])]);
        let archive = Archive::open(&bytes, &Limits::default()).expect("an archive");
        let names: Vec<_> = archive.entries().iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["word/document.xml", "[Content_Types].xml"]);
        let entry = archive.find("WORD/document.xml").expect("case does not matter");
        assert_eq!((entry.method, entry.time().as_deref()), (8, Some("2025-02-17T04:15:30")));
        assert_eq!(archive.read(entry).expect("readable"), b"<a/>");
        assert_eq!(archive.comment(), b"made here");
        assert!(archive.problems().is_empty(), "{:?}", archive.problems());
    }

    #[test]
    fn data_in_front_shifts_all_offsets() {
        let bytes = [b"#!/bin/sh\n".to_vec(), packed(&[("a", b"content")])].concat();
        let archive = Archive::open(&bytes, &Limits::default()).expect("an archive");
        assert_eq!(archive.read(&archive.entries()[0]).expect("readable"), b"content");
    }

    #[test]
    fn bombs_end_at_the_budget() {
        let zeros = vec![0; 30 << 20];
        let bytes = packed(&[("bomb", &zeros), ("small", b"x")]);
        let archive = Archive::open(&bytes, &Limits::default()).expect("an archive");
        let error = archive.read(&archive.entries()[0]).expect_err("a bomb");
        assert!(error.to_string().contains("250 times"), "{error}");
        assert_eq!(archive.read(&archive.entries()[1]).expect("the rest is readable"), b"x");

        let text: Vec<u8> = (0..1_000_000_u32).flat_map(u32::to_le_bytes).collect();
        let bytes = packed(&[("one", &text), ("two", &text), ("three", &text)]);
        let archive = Archive::open(&bytes, &Limits { unpacked: 9 << 20, ..Limits::default() }).expect("an archive");
        assert!(archive.read(&archive.entries()[0]).is_ok() && archive.read(&archive.entries()[1]).is_ok());
        assert!(matches!(archive.read(&archive.entries()[2]), Err(Error::OverLimit { .. })));
    }

    #[test]
    fn odd_names_and_duplicates_are_reported() {
        let mut bytes = packed(&[("aaaaaaaa", b"first"), ("bbbbbbbb", b"second"), ("dd/../../cc", b"third")]);
        // The name of the second entry becomes that of the first, in front of the data and in the directory.
        while let Some(at) = memchr::memmem::find(&bytes, b"bbbbbbbb") {
            bytes[at..at + 8].copy_from_slice(b"aaaaaaaa");
        }
        let archive = Archive::open(&bytes, &Limits::default()).expect("an archive");
        assert_eq!(archive.read(archive.find("aaaaaaaa").expect("there")).expect("readable"), b"second");
        insta::assert_snapshot!(archive.problems().join("\n"), @r"
        aaaaaaaa stands several times in the archive; the last was read
        dd/../../cc has a name that leaves its folder
        ");
    }

    #[test]
    fn overlapping_and_renamed_entries_are_reported() {
        let mut bytes = packed(&[("aaaa", b"first"), ("bbbb", b"second")]);
        let directory = memchr::memmem::rfind(&bytes, b"PK\x01\x02").expect("the second entry");
        bytes[directory + 42..directory + 46].copy_from_slice(&[0; 4]);
        let archive = Archive::open(&bytes, &Limits::default()).expect("an archive");
        assert!(archive.problems().iter().any(|problem| problem.contains("lies over the data")), "{:?}", archive.problems());
        assert!(archive.problems().iter().any(|problem| problem.contains("another name in front")), "{:?}", archive.problems());
    }

    #[test]
    fn encrypted_entries_are_named() {
        let mut bytes = packed(&[("aaaa", b"first")]);
        let directory = memchr::memmem::rfind(&bytes, b"PK\x01\x02").expect("the entry");
        bytes[directory + 8] |= 1;
        let archive = Archive::open(&bytes, &Limits::default()).expect("an archive");
        assert!(matches!(archive.read(&archive.entries()[0]), Err(Error::Encrypted { .. })));
        assert_eq!(archive.problems(), ["aaaa is encrypted"]);
    }

    #[test]
    fn too_many_entries_and_cut_files_are_named() {
        let many: Vec<String> = (0..50).map(|number| number.to_string()).collect();
        let files: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
        let bytes = packed(&files);
        assert!(matches!(Archive::open(&bytes, &Limits { parts: 49, ..Limits::default() }), Err(Error::OverLimit { .. })));
        assert!(matches!(Archive::open(&bytes[..bytes.len() / 2], &Limits::default()), Err(Error::Malformed { .. })));
        assert!(matches!(Archive::open(b"", &Limits::default()), Err(Error::Malformed { .. })));
    }

    proptest! {
        #[test]
        fn damage_never_panics(at in any::<prop::sample::Index>(), with in any::<[u8; 4]>()) {
            let mut bytes = packed(&[("one", b"some content"), ("two", &[7; 300])]);
            let at = at.index(bytes.len() - 4);
            bytes[at..at + 4].copy_from_slice(&with);
            if let Ok(archive) = Archive::open(&bytes, &Limits::default()) {
                for entry in archive.entries() {
                    let _ = archive.read(entry);
                }
            }
        }
    }
}
