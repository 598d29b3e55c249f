//! Applications that are kept, so that later ones are linked with them.
//!
//! The index is a log: one line a record, with the age of its batch and a sum over the record. A batch is appended, brought to the
//! disk, and only then acknowledged by a line of its own; what stands behind the last such line was interrupted and is cut off when
//! the index is opened for writing. Linking reads the whole log: what an addition says is what linking all at once would say.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{BufRead as _, BufReader, BufWriter, Read, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use bonafide_formats::limits::Limits;

use super::{
    columns::{Applicants, hash},
    read::{self, Problems, each_as_json},
};
use crate::error::Error;

const FILE: &str = "applicants.log";
const HEAD: &[u8] = b"bonafide applicants 1\n";
/// Bytes of one record.
const MOST_RECORD: usize = 64 << 20;

/// An index that is open; nobody else writes to it meanwhile.
pub struct Index {
    path: PathBuf,
    file: File,
    /// Bytes that are acknowledged.
    length: u64,
    /// Applications as JSON lines, and texts of résumés.
    applications: Vec<u8>,
    resumes: Vec<u8>,
    /// Batch of every application, in the order of the log.
    ages: Vec<u32>,
    batches: u32,
}

impl Index {
    /// Makes an empty index in a folder; one that stands there is replaced.
    ///
    /// # Errors
    /// [`Error::Index`] where the folder cannot be written.
    pub fn create(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(FILE);
        fs::create_dir_all(folder).map_err(|source| failed(&path, "the folder cannot be made", source))?;
        let fresh = folder.join(format!("{FILE}.new"));
        let write = || -> std::io::Result<()> {
            let mut file = File::create(&fresh)?;
            file.write_all(HEAD)?;
            file.sync_all()?;
            fs::rename(&fresh, &path)
        };
        write().map_err(|source| failed(&path, "it cannot be written; check the folder and its free space", source))?;
        Self::open(folder)
    }

    /// Opens an index and takes what was interrupted off its end.
    ///
    /// # Errors
    /// [`Error::Index`] where there is none, another program has it open, it is of another version, or damaged.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(FILE);
        let io = |what: &str| {
            let (path, what) = (path.clone(), what.to_owned());
            move |source| failed(&path, &what, source)
        };
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(&path)
            .map_err(io("there is none; make one with `bonafide link people --index`"))?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => bad(&path, "another program has it open; try again when that is done"),
            TryLockError::Error(source) => failed(&path, "it cannot be locked", source),
        })?;
        let mut index = Self {
            path: path.clone(),
            file,
            length: HEAD.len() as u64,
            applications: Vec::new(),
            resumes: Vec::new(),
            ages: Vec::new(),
            batches: 0,
        };
        let on_disk = index.load()?;
        if on_disk > index.length {
            index.file.set_len(index.length).map_err(io("its interrupted end cannot be cut off"))?;
        }
        index.file.seek(SeekFrom::End(0)).map_err(io("it cannot be read"))?;
        Ok(index)
    }

    /// Reads what is acknowledged; returns the length of the file.
    fn load(&mut self) -> Result<u64, Error> {
        let path = self.path.clone();
        let unreadable = |source| failed(&path, "it cannot be read", source);
        let on_disk = self.file.metadata().map_err(unreadable)?.len();
        let mut reader = BufReader::with_capacity(1 << 16, &self.file);
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line).map_err(unreadable)?;
        if line != HEAD {
            return Err(bad(
                &path,
                "it was made by another version or is no index; make it anew with `bonafide link people --index`",
            ));
        }
        let (mut position, mut open) = (HEAD.len() as u64, (Vec::new(), Vec::new(), 0_u32));
        loop {
            line.clear();
            let read = (&mut reader).take(MOST_RECORD as u64).read_until(b'\n', &mut line).map_err(unreadable)?;
            if read == 0 {
                break;
            }
            position += read as u64;
            let Some((kind, payload)) = record(&line, self.batches) else {
                // A record that does not read is the torn end of the last batch, or damage before a batch that was acknowledged.
                if acknowledged_behind(&mut reader).map_err(unreadable)? {
                    return Err(bad(
                        &path,
                        "it is damaged; restore it from a copy or make it anew with `bonafide link people --index`",
                    ));
                }
                break;
            };
            match kind {
                b'A' => {
                    open.0.extend_from_slice(payload);
                    open.0.push(b'\n');
                    open.2 += 1;
                }
                b'R' => {
                    open.1.extend_from_slice(payload);
                    open.1.push(b'\n');
                }
                _ => {
                    self.applications.append(&mut open.0);
                    self.resumes.append(&mut open.1);
                    self.ages.extend(std::iter::repeat_n(self.batches, open.2 as usize));
                    open.2 = 0;
                    self.batches += 1;
                    self.length = position;
                }
            }
        }
        Ok(on_disk)
    }

    /// Number of applications.
    #[must_use]
    pub fn count(&self) -> usize {
        self.ages.len()
    }

    /// Adds applications and the texts of their résumés to what is held in memory, as one batch. Rows that cannot be read, and
    /// applications that are there already, are in the problems. [`Index::keep`] makes it last.
    ///
    /// # Errors
    /// [`Error::Read`] where a source fails.
    pub fn add(
        &mut self,
        name: &str,
        applications: impl Read + Send,
        resumes: Option<(&str, Box<dyn Read + Send>)>,
        limits: &Limits,
    ) -> Result<Added, Error> {
        let (mut lines, mut problems) = (Vec::new(), Problems::default());
        each_as_json(name, applications, limits, &mut problems, |line| {
            lines.extend_from_slice(line);
            lines.push(b'\n');
            Ok(())
        })?;
        let mut texts = Vec::new();
        if let Some((name, source)) = resumes {
            each_as_json(name, source, limits, &mut problems, |line| {
                texts.extend_from_slice(line);
                texts.push(b'\n');
                Ok(())
            })?;
        }
        let everything = Limits { unpacked: u64::MAX, ..limits.clone() };
        let before = self.count();
        let all = self.applications.as_slice().chain(lines.as_slice());
        let (mut applicants, repeated) = read::read(name, all, &everything)?;
        repeated.named.iter().for_each(|problem| problems.add(problem.line.saturating_sub(before as u64), &problem.why));
        read::read_resumes(name, self.resumes.as_slice().chain(texts.as_slice()), &everything, &mut applicants)?;
        let rows = applicants.in_input_order();
        let mut age_of = vec![self.batches; rows.len()];
        rows.iter().zip(&self.ages).for_each(|(&row, &age)| age_of[row as usize] = age);
        let mut batch = Vec::new();
        let fresh: std::collections::BTreeSet<&str> =
            rows[before.min(rows.len())..].iter().map(|&row| applicants.id(row)).collect();
        let mut kept = std::collections::BTreeSet::new();
        for line in lines.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
            let id = read::id_of(line).unwrap_or_default();
            if fresh.contains(id.as_str()) && kept.insert(id) {
                push(&mut batch, b'A', self.batches, line);
            }
        }
        texts
            .split(|&byte| byte == b'\n')
            .filter(|line| !line.is_empty())
            .for_each(|line| push(&mut batch, b'R', self.batches, line));
        push(&mut batch, b'.', self.batches, b"");
        let added = rows[before.min(rows.len())..].to_vec();
        Ok(Added { applicants, problems, rows: added, age_of, batch })
    }

    /// Makes an addition last: when this returns, no crash loses it.
    ///
    /// # Errors
    /// [`Error::Index`] where it cannot be written.
    pub fn keep(&mut self, added: &Added) -> Result<(), Error> {
        let mut writer = BufWriter::new(&self.file);
        let written = writer.write_all(&added.batch).and_then(|()| writer.flush());
        drop(writer);
        written
            .and_then(|()| self.file.sync_data())
            .map_err(|source| failed(&self.path, "the addition cannot be written; check the free space", source))
    }
}

/// What was added: all applications, and which of them are new.
pub struct Added {
    /// All applications, those of the index and the new ones.
    pub applicants: Applicants,
    /// Lines that could not be read, and applications that were there.
    pub problems: Problems,
    /// The new rows, in the order in which they came.
    pub rows: Vec<u32>,
    age_of: Vec<u32>,
    batch: Vec<u8>,
}

impl Added {
    /// The batch with which a row came.
    #[must_use]
    pub fn age(&self, row: u32) -> u32 {
        self.age_of[row as usize]
    }
}

/// A record: its kind, the number of its batch, a sum, what it holds.
fn push(batch: &mut Vec<u8>, kind: u8, number: u32, payload: &[u8]) {
    let head = format!("{}\t{number}\t{:016x}\t", char::from(kind), hash(payload) ^ u64::from(number));
    batch.extend_from_slice(head.as_bytes());
    batch.extend_from_slice(payload);
    batch.push(b'\n');
}

fn record(line: &[u8], number: u32) -> Option<(u8, &[u8])> {
    let line = line.strip_suffix(b"\n")?;
    let mut parts = line.splitn(4, |&byte| byte == b'\t');
    let (kind, of, sum, payload) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let of: u32 = std::str::from_utf8(of).ok()?.parse().ok()?;
    let sum = u64::from_str_radix(std::str::from_utf8(sum).ok()?, 16).ok()?;
    let is_whole = of == number && sum == hash(payload) ^ u64::from(number);
    let kind = *kind.first().filter(|kind| matches!(kind, b'A' | b'R' | b'.'))?;
    is_whole.then_some((kind, payload))
}

/// Whether a batch was acknowledged behind the place where reading stopped.
fn acknowledged_behind(reader: &mut impl std::io::BufRead) -> std::io::Result<bool> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if reader.take(MOST_RECORD as u64).read_until(b'\n', &mut line)? == 0 {
            return Ok(false);
        }
        if line.starts_with(b".\t") && line.ends_with(b"\t\n") {
            return Ok(true);
        }
    }
}

fn failed(path: &Path, what: &str, source: std::io::Error) -> Error {
    Error::Index { path: path.display().to_string(), what: what.to_owned(), source: Some(source) }
}

fn bad(path: &Path, what: &str) -> Error {
    Error::Index { path: path.display().to_string(), what: what.to_owned(), source: None }
}
