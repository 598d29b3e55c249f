//! Segments: immutable files of named columns, our own format for indexes that are built once, replaced as a whole and read often.
//!
//! A segment is written beside its place and renamed into it, so that a reader finds the old one or the new one and never half of
//! either. Columns are plain little-endian numbers or bytes, aligned, and are used where they lie: the file is mapped into memory (see
//! [`bonafide_mapped`]), opening looks at its head alone, and nothing is parsed or allocated per value.
//!
//! ```text
//! offset  bytes  content
//!      0     16  "bonafide segment"
//!     16      8  kind, such as "watchers", padded with zeros
//!     24      4  version of the kind's layout
//!     28      4  number of columns
//!     32      8  length of the file
//!     40     32  BLAKE3 of everything behind the table
//!     72     32  BLAKE3 of bytes 0…72 and of the table
//!    104     40  per column: name (16, padded), offset (8), length in bytes (8), bytes of one element (4), zero (4)
//! ```
//!
//! Columns begin at multiples of 64. All numbers are little-endian.

use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
};

use bonafide_mapped::MappedFile;
use bonafide_model::ContentHash;
use bytemuck::Pod;
use thiserror::Error;

const MAGIC: &[u8; 16] = b"bonafide segment";
const HEADER: usize = 104;
const HASHED_HEADER: usize = 72;
const ROW: usize = 40;
const ALIGNMENT: usize = 64;
/// More columns than any layout has.
const MOST_COLUMNS: usize = 256;

/// What a segment holds: eight ASCII characters at most, and the version of its layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Name, such as `watchers`.
    pub name: &'static str,
    /// Version of the layout of the columns.
    pub version: u32,
}

/// Why a segment could not be written, opened or used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SegmentError {
    /// The file could not be read or written.
    #[error("cannot {operation} {}", path.display())]
    File {
        /// What was being done.
        operation: &'static str,
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// The file is no segment of this kind.
    #[error("{} is not {expected}: {why}", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// The kind that was asked for.
        expected: &'static str,
        /// What it is instead.
        why: String,
    },
    /// The file was made by another version of the program.
    #[error("{} is a {kind} index of version {found}; this program reads version {known}: build it again", path.display())]
    Version {
        /// The file.
        path: PathBuf,
        /// The kind.
        kind: &'static str,
        /// Version of the file.
        found: u32,
        /// Version this program knows.
        known: u32,
    },
    /// The file is damaged.
    #[error("{} is damaged: {why}; build it again", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What does not hold.
        why: String,
    },
    /// The file is larger than the caller allows.
    #[error("{} has {bytes} bytes, over the limit of {limit}", path.display())]
    OverLimit {
        /// The file.
        path: PathBuf,
        /// Its length.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
}

/// Columns on their way into a file.
#[derive(Debug)]
pub struct SegmentWriter<'c> {
    kind: Kind,
    columns: Vec<(&'static str, u32, &'c [u8])>,
}

impl<'c> SegmentWriter<'c> {
    /// A segment without columns. The kind's name has eight ASCII characters at most; further ones are cut off.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self { kind, columns: Vec::new() }
    }

    /// Adds a column. Names have sixteen ASCII characters at most; further ones are cut off.
    #[must_use]
    pub fn column<T: Pod>(mut self, name: &'static str, values: &'c [T]) -> Self {
        self.columns.push((name, size_of::<T>() as u32, bytemuck::cast_slice(values)));
        self
    }

    /// Writes the segment beside its place, makes sure it is on disk, and renames it into place. Answers with the content's hash.
    ///
    /// # Errors
    /// [`SegmentError::File`] where a step fails; what stood at the place before is untouched then.
    pub fn write(&self, path: &Path) -> Result<ContentHash, SegmentError> {
        let (head, padding, content) = self.head();
        replace(path, |file| {
            file.write_all(&head)?;
            for ((_, _, bytes), padding) in self.columns.iter().zip(&padding) {
                file.write_all(&[0; ALIGNMENT][..*padding])?;
                file.write_all(bytes)?;
            }
            Ok(())
        })?;
        Ok(content)
    }

    /// The segment as bytes: what [`SegmentWriter::write`] writes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let (head, padding, _) = self.head();
        let length = self.columns.iter().zip(&padding).map(|((_, _, bytes), padding)| bytes.len() + padding).sum::<usize>();
        let mut all = head;
        all.reserve_exact(length);
        for ((_, _, bytes), padding) in self.columns.iter().zip(padding) {
            all.extend_from_slice(&[0; ALIGNMENT][..padding]);
            all.extend_from_slice(bytes);
        }
        all
    }

    /// Header and table, how many zeros stand before each column, and the content's hash.
    fn head(&self) -> (Vec<u8>, Vec<usize>, ContentHash) {
        let mut table = Vec::with_capacity(self.columns.len() * ROW);
        let mut end = HEADER + self.columns.len() * ROW;
        let mut content = blake3::Hasher::new();
        let mut padding = Vec::with_capacity(self.columns.len());
        for (name, element, bytes) in &self.columns {
            let start = end.next_multiple_of(ALIGNMENT);
            padding.push(start - end);
            end = start + bytes.len();
            table.extend_from_slice(&padded::<16>(name));
            table.extend_from_slice(&(start as u64).to_le_bytes());
            table.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
            table.extend_from_slice(&element.to_le_bytes());
            table.extend_from_slice(&[0; 4]);
        }
        for ((_, _, bytes), padding) in self.columns.iter().zip(&padding) {
            content.update(&[0; ALIGNMENT][..*padding]);
            content.update(bytes);
        }
        let content = ContentHash::from_bytes(*content.finalize().as_bytes());

        let mut header = Vec::with_capacity(HEADER + table.len());
        header.extend_from_slice(MAGIC);
        header.extend_from_slice(&padded::<8>(self.kind.name));
        header.extend_from_slice(&self.kind.version.to_le_bytes());
        header.extend_from_slice(&(self.columns.len() as u32).to_le_bytes());
        header.extend_from_slice(&(end as u64).to_le_bytes());
        header.extend_from_slice(content.as_bytes());
        header.extend_from_slice(&head_hash(&header, &table));
        header.extend_from_slice(&table);
        (header, padding, content)
    }
}

/// Writes a file beside its place, makes sure that it is on disk, and renames it into place.
fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), SegmentError> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let written = write_part(&part, write).and_then(|()| {
        std::fs::rename(&part, path).map_err(|source| SegmentError::File {
            operation: "rename into place",
            path: path.to_owned(),
            source,
        })
    });
    if written.is_err() {
        // Best effort: what failed is told already.
        let _ = std::fs::remove_file(&part);
    }
    written
}

fn write_part(part: &Path, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), SegmentError> {
    let failed = |source| SegmentError::File { operation: "write", path: part.to_owned(), source };
    // One that a crash left behind may be read-only already.
    match std::fs::remove_file(part) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => return Err(failed(source)),
        _ => {}
    }
    let mut file = std::io::BufWriter::new(File::create_new(part).map_err(failed)?);
    write(&mut file).map_err(failed)?;
    let file = file.into_inner().map_err(|error| failed(error.into_error()))?;
    // Best effort: a segment that somebody could write to is read instead of mapped.
    let _ = bonafide_mapped::seal(&file);
    file.sync_all().map_err(failed)
}

/// An open segment.
#[derive(Debug)]
pub struct Segment {
    path: PathBuf,
    bytes: MappedFile,
    columns: Vec<Column>,
    content: ContentHash,
}

#[derive(Debug)]
struct Column {
    name: [u8; 16],
    start: usize,
    length: usize,
    element: usize,
}

impl Segment {
    /// Opens a segment of a kind. Header and table are checked, the columns are not: see [`Segment::verify`].
    ///
    /// # Errors
    /// [`SegmentError`], by what does not hold.
    pub fn open(path: &Path, kind: Kind, limit: u64) -> Result<Self, SegmentError> {
        let failed = |source| SegmentError::File { operation: "open", path: path.to_owned(), source };
        let file = File::open(path).map_err(failed)?;
        let bytes = file.metadata().map_err(failed)?.len();
        if bytes > limit {
            return Err(SegmentError::OverLimit { path: path.to_owned(), bytes, limit });
        }
        let bytes = MappedFile::open(&file, bytes).map_err(failed)?;
        Self::of_file(path, bytes, kind)
    }

    /// A segment that stands in memory already; `path` is where its bytes came from, for messages.
    ///
    /// # Errors
    /// As [`Segment::open`].
    pub fn of_bytes(path: &Path, bytes: &[u8], kind: Kind) -> Result<Self, SegmentError> {
        Self::of_file(path, MappedFile::of_bytes(bytes), kind)
    }

    fn of_file(path: &Path, bytes: MappedFile, kind: Kind) -> Result<Self, SegmentError> {
        let file = &bytes[..];
        let length = file.len();
        let foreign = |why: String| SegmentError::Foreign { path: path.to_owned(), expected: kind.name, why };
        let damaged = |why: &str| SegmentError::Damaged { path: path.to_owned(), why: why.to_owned() };
        if cfg!(target_endian = "big") {
            return Err(foreign("its numbers are little-endian and those of this machine are not".to_owned()));
        }
        if !file.starts_with(MAGIC) {
            return Err(foreign("it does not begin as a segment does".to_owned()));
        }
        if length < HEADER {
            return Err(damaged("it ends within its header"));
        }
        if file[16..24] != padded::<8>(kind.name) {
            let other: String =
                file[16..24].iter().filter(|byte| byte.is_ascii_graphic()).map(|byte| char::from(*byte)).collect();
            return Err(foreign(format!("it is a segment of kind '{other}'")));
        }
        let found = u32_at(file, 24);
        if found != kind.version {
            return Err(SegmentError::Version { path: path.to_owned(), kind: kind.name, found, known: kind.version });
        }
        let number = u32_at(file, 28) as usize;
        if number > MOST_COLUMNS || HEADER + number * ROW > length {
            return Err(damaged("its table does not fit"));
        }
        if u64_at(file, 32) != length as u64 {
            return Err(damaged("it is shorter or longer than it says"));
        }
        let table = &file[HEADER..HEADER + number * ROW];
        if file[HASHED_HEADER..HEADER] != head_hash(&file[..HASHED_HEADER], table) {
            return Err(damaged("its header does not bear its own hash"));
        }
        let columns: Option<Vec<Column>> = table.chunks_exact(ROW).map(|row| column(row, length)).collect();
        let columns = columns.ok_or_else(|| damaged("a column lies outside of it"))?;
        let mut content = [0; 32];
        content.copy_from_slice(&file[40..72]);
        Ok(Self { path: path.to_owned(), columns, content: ContentHash::from_bytes(content), bytes })
    }

    /// Whether the file is used where it lies: not where somebody may write to it, or where it is small.
    #[must_use]
    pub const fn is_mapped(&self) -> bool {
        self.bytes.is_mapped()
    }

    /// The hash of the content, as the header states it.
    #[must_use]
    pub const fn content(&self) -> ContentHash {
        self.content
    }

    /// Checks the whole content against its hash: time grows with the file.
    ///
    /// # Errors
    /// [`SegmentError::Damaged`] where a bit differs.
    pub fn verify(&self) -> Result<(), SegmentError> {
        let from = HEADER + self.columns.len() * ROW;
        if ContentHash::of_bytes(&self.bytes[from..]) == self.content {
            Ok(())
        } else {
            Err(self.damaged("its content does not bear the hash of its header".to_owned()))
        }
    }

    /// A column.
    ///
    /// # Errors
    /// [`SegmentError::Damaged`] where there is no such column or its elements have another size.
    pub fn column<T: Pod>(&self, name: &'static str) -> Result<&[T], SegmentError> {
        let wanted = padded::<16>(name);
        let column = self
            .columns
            .iter()
            .find(|column| column.name == wanted)
            .ok_or_else(|| self.damaged(format!("it has no column '{name}'")))?;
        if column.element != size_of::<T>() {
            return Err(self.damaged(format!(
                "elements of the column '{name}' have {} bytes, not {}",
                column.element,
                size_of::<T>()
            )));
        }
        bytemuck::try_cast_slice(&self.bytes[column.start..column.start + column.length])
            .map_err(|_| self.damaged(format!("the column '{name}' is not whole")))
    }

    /// The names of the columns, in the order of their numbers.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| std::str::from_utf8(&column.name).unwrap_or_default().trim_end_matches('\0'))
    }

    /// A column by its number, for layouts whose order was checked by [`Segment::names`] and whose columns are asked often; empty
    /// where there is none or its elements have another size.
    #[must_use]
    pub fn numbered<T: Pod>(&self, number: usize) -> &[T] {
        let Some(column) = self.columns.get(number).filter(|column| column.element == size_of::<T>()) else { return &[] };
        let bytes = self.bytes.get(column.start..column.start + column.length).unwrap_or_default();
        bytemuck::try_cast_slice(bytes).unwrap_or_default()
    }

    /// Writes the segment to another place, as [`SegmentWriter::write`] does.
    ///
    /// # Errors
    /// [`SegmentError::File`] where a step fails; what stood at the place before is untouched then.
    pub fn save(&self, path: &Path) -> Result<(), SegmentError> {
        replace(path, |file| file.write_all(&self.bytes))
    }

    /// A column of text.
    ///
    /// # Errors
    /// As [`Segment::column`], and where the bytes are not UTF-8.
    pub fn text(&self, name: &'static str) -> Result<&str, SegmentError> {
        std::str::from_utf8(self.column::<u8>(name)?).map_err(|_| self.damaged(format!("the column '{name}' is not UTF-8")))
    }

    fn damaged(&self, why: String) -> SegmentError {
        SegmentError::Damaged { path: self.path.clone(), why }
    }
}

/// A row of the table, where it lies within the file.
fn column(row: &[u8], length: usize) -> Option<Column> {
    let start = usize::try_from(u64_at(row, 16)).ok()?;
    let bytes = usize::try_from(u64_at(row, 24)).ok()?;
    let inside = start.checked_add(bytes).is_some_and(|end| end <= length) && start % ALIGNMENT == 0;
    let mut name = [0; 16];
    name.copy_from_slice(&row[..16]);
    inside.then_some(Column { name, start, length: bytes, element: u32_at(row, 32) as usize })
}

fn head_hash(header: &[u8], table: &[u8]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&header[..HASHED_HEADER]).update(table);
    *hasher.finalize().as_bytes()
}

fn padded<const LENGTH: usize>(name: &str) -> [u8; LENGTH] {
    let mut padded = [0; LENGTH];
    let length = name.len().min(LENGTH);
    padded[..length].copy_from_slice(&name.as_bytes()[..length]);
    padded
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let mut number = [0; 4];
    number.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(number)
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    let mut number = [0; 8];
    number.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: Kind = Kind { name: "testing", version: 3 };
    const LIMIT: u64 = 1 << 20;

    fn written() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.segment");
        let numbers: Vec<u32> = (0..1_000).collect();
        SegmentWriter::new(KIND)
            .column("numbers", &numbers)
            .column("words", "zwölf Boxkämpfer".as_bytes())
            .column::<u64>("nothing", &[])
            .write(&path)
            .unwrap();
        (folder, path)
    }

    #[test]
    fn what_was_written_is_read() {
        let (folder, path) = written();
        let segment = Segment::open(&path, KIND, LIMIT).unwrap();
        segment.verify().unwrap();
        assert_eq!(segment.column::<u32>("numbers").unwrap()[999], 999);
        assert_eq!(segment.text("words").unwrap(), "zwölf Boxkämpfer");
        assert!(segment.column::<u64>("nothing").unwrap().is_empty());
        assert!(segment.column::<u64>("numbers").unwrap_err().to_string().contains("have 4 bytes, not 8"));
        assert!(segment.column::<u8>("numbers2").unwrap_err().to_string().contains("no column"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn bytes_are_the_file_and_columns_have_numbers() {
        let (folder, path) = written();
        let file = std::fs::read(&path).unwrap();
        let numbers: Vec<u32> = (0..1_000).collect();
        let writer = SegmentWriter::new(KIND)
            .column("numbers", &numbers)
            .column("words", "zwölf Boxkämpfer".as_bytes())
            .column::<u64>("nothing", &[]);
        assert_eq!(writer.to_bytes(), file);
        let segment = Segment::of_bytes(&path, &file, KIND).unwrap();
        assert_eq!(segment.names().collect::<Vec<_>>(), ["numbers", "words", "nothing"]);
        assert_eq!(segment.numbered::<u32>(0), numbers);
        assert!(segment.numbered::<u64>(0).is_empty() && segment.numbered::<u8>(3).is_empty());
        let copy = folder.path().join("b.segment");
        segment.save(&copy).unwrap();
        assert_eq!(std::fs::read(copy).unwrap(), file);
    }

    #[test]
    fn a_large_segment_is_mapped_and_can_be_replaced_while_it_is_open() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.segment");
        let write = |seed: u32| {
            let numbers: Vec<u32> = (0..50_000).map(|number| number ^ seed).collect();
            SegmentWriter::new(KIND).column("numbers", &numbers).write(&path).unwrap();
        };
        // What a crash left behind is read-only, as what stands there.
        std::fs::write(folder.path().join("a.segment.part"), "half").unwrap();
        bonafide_mapped::seal(&File::open(folder.path().join("a.segment.part")).unwrap()).unwrap();
        write(0);
        let before = Segment::open(&path, KIND, LIMIT).unwrap();
        assert_eq!(before.is_mapped(), cfg!(unix));
        write(1);
        let after = Segment::open(&path, KIND, LIMIT).unwrap();
        assert_eq!(before.column::<u32>("numbers").unwrap()[..3], [0, 1, 2]);
        assert_eq!(after.column::<u32>("numbers").unwrap()[..3], [1, 0, 3]);
        before.verify().unwrap();
        after.verify().unwrap();
    }

    #[test]
    fn other_kinds_versions_and_files_are_named() {
        let (folder, path) = written();
        let said = |kind| Segment::open(&path, kind, LIMIT).unwrap_err().to_string();
        assert!(said(Kind { name: "other", version: 3 }).contains("a segment of kind 'testing'"));
        assert!(said(Kind { name: "testing", version: 4 }).contains("version 3; this program reads version 4"));
        assert!(matches!(Segment::open(&path, KIND, 100), Err(SegmentError::OverLimit { .. })));
        let text = folder.path().join("b");
        std::fs::write(&text, "just a text").unwrap();
        assert!(matches!(Segment::open(&text, KIND, LIMIT), Err(SegmentError::Foreign { .. })));
        assert!(matches!(Segment::open(&folder.path().join("c"), KIND, LIMIT), Err(SegmentError::File { .. })));
    }

    #[test]
    fn a_cut_file_is_noticed_wherever_it_is_cut() {
        let (_folder, path) = written();
        let whole = std::fs::read(&path).unwrap();
        for length in 0..whole.len() {
            assert!(Segment::of_bytes(&path, &whole[..length], KIND).is_err(), "{length} of {} bytes", whole.len());
        }
    }

    #[test]
    fn a_flipped_bit_is_noticed_wherever_it_stands() {
        let (_folder, path) = written();
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 8);
            let noticed = Segment::of_bytes(&path, &bytes, KIND).and_then(|segment| segment.verify());
            assert!(noticed.is_err(), "byte {at}");
        }
    }

    #[test]
    fn what_stood_there_stays_until_the_new_one_is_whole() {
        let (folder, path) = written();
        let before = std::fs::read(&path).unwrap();
        // The place of the unfinished file is taken by a folder: writing fails.
        std::fs::create_dir(folder.path().join("a.segment.part")).unwrap();
        assert!(SegmentWriter::new(KIND).column("numbers", &[1_u32]).write(&path).is_err());
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
}
