//! The examination of a store: everything that can be verified is, and each problem says where it is and what to do.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    fmt,
    path::Path,
};

use bonafide_model::ContentHash;
use serde::Serialize;

use crate::{
    chain,
    checkpoint::{Checkpoint, CheckpointKind},
    close, disk,
    error::{Result, StoreError},
    event::Body,
    id::{Position, SubjectKeyId},
    inner::{self, Inner, STRIDE},
    keyring::{EpochKeyring, Keyring},
    lock::FolderLock,
    options::Options,
    payload::BlobRef,
    reference::Others,
    signed::Line,
    sqlite::{Database, StoredBlob, StoredEvent, meta, side_file},
    sqlite_store::SqliteStore,
    store::Head,
};

/// What an examination found.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Events in the log.
    pub events: u64,
    /// Subjects that can be read.
    pub subjects: u64,
    /// Subjects that were erased.
    pub erased: u64,
    /// Original files that should be there.
    pub originals: u64,
    /// Signed checkpoints that were verified.
    pub checkpoints: u64,
    /// What is wrong. Empty: the store is sound.
    pub problems: Vec<Problem>,
    /// What is worth knowing and not wrong.
    pub notices: Vec<String>,
}

impl Report {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn sound(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What kind of thing.
    pub area: Area,
    /// Position in the log, where it has one.
    pub position: Option<Position>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub advice: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some(position) => write!(formatter, "{} (position {position}). {}", self.what, self.advice),
            None => write!(formatter, "{}. {}", self.what, self.advice),
        }
    }
}

/// Parts of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// The database as a file.
    Database,
    /// The chain over the log.
    Chain,
    /// The end of the log: acknowledged events are missing.
    Tail,
    /// Signed checkpoints.
    Checkpoints,
    /// Keys.
    Keyring,
    /// Sealed payloads.
    Payload,
    /// Original files.
    Originals,
    /// Projections.
    Projection,
    /// The erasure ledger.
    Erasure,
    /// Who may read the files.
    Permissions,
}

/// How many problems of one area are listed one by one.
const LISTED: usize = 20;

const RESTORE: &str = "Restore the last good backup; keep the damaged folder as evidence";

impl SqliteStore {
    /// Examines a store without changing it: the chain from genesis, every checkpoint, the seal of every readable event, original
    /// files, projections against a rebuild, the erasure ledger, and file permissions.
    ///
    /// # Errors
    /// [`StoreError::Absent`] where there is nothing to examine. Whatever is wrong with a store stands in the report.
    pub fn doctor(options: &Options) -> Result<Report> {
        let path = options.database_file();
        if disk::length(&path)? == 0 && !EpochKeyring::exists(&options.keys)? {
            return Err(StoreError::Absent { path: options.data.clone() });
        }
        let mut examination = Examination::default();
        examination.run(options);
        Ok(examination.finish())
    }
}

#[derive(Default)]
struct Examination {
    report: Report,
    counts: BTreeMap<Area, usize>,
    /// Whether nobody else has the store open, so that nothing changes while it is examined.
    alone: bool,
}

/// What the walk over the log gathers for what follows.
#[derive(Default)]
struct Walk {
    head: Option<Head>,
    originals: BTreeMap<ContentHash, (SubjectKeyId, BlobRef)>,
    erased_events: HashSet<SubjectKeyId>,
    readable: BTreeSet<SubjectKeyId>,
    /// Whether every row could be read; otherwise what follows from the log is not judged.
    complete: bool,
}

impl Examination {
    fn run(&mut self, options: &Options) {
        let path = options.database_file();
        self.permissions(options);
        let lock = FolderLock::open_existing(&options.lock_file());
        self.alone = lock.as_ref().is_none_or(|lock| lock.try_exclusive().unwrap_or(false));
        let keyring = match EpochKeyring::open(&options.keys, &options.source, &options.disk(), &options.random) {
            Ok(keyring) => keyring,
            Err(error) => {
                self.problem(Area::Keyring, None, error, "Put an undamaged copy of the keys folder back");
                return self.chain_without_keys(options);
            }
        };
        let checkpoints = self.checkpoints(options, &keyring);
        if disk::length(&path).unwrap_or(0) == 0 {
            self.problem(Area::Tail, None, format!("the database file {} is missing or empty", path.display()), RESTORE);
            return;
        }
        if self.alone {
            // Before SQLite opens the file: closing a second handle of ours would drop its locks.
            self.file_seal(options, checkpoints.last());
        } else {
            self.notice("somebody has the store open, so the seal of the database file was not compared");
        }
        let database = match Database::open_read_only(&path, options.wait) {
            Ok(database) => database,
            Err(error) => return self.problem(Area::Database, None, error, RESTORE),
        };
        self.structure(&database);
        match database.store() {
            Ok(Some(store)) if store == keyring.store() => {}
            Ok(_) => {
                let what = format!("the keyring in {} does not belong to this database", options.keys.display());
                self.problem(Area::Keyring, None, what, "Put the right keys folder back, or restore the last good backup");
                return self.chain_without_keys(options);
            }
            Err(error) => self.problem(Area::Database, None, error, RESTORE),
        }
        // A view of one moment: whatever stands in it, its keys and ledger lines are on disk.
        if let Err(error) = database.begin_reading().and_then(|()| database.head()) {
            self.problem(Area::Database, None, error, RESTORE);
        }
        let file = inner::checkpoint_file(options, &options.disk());
        let mut inner = Inner::assemble(options, options.disk(), database, Box::new(keyring), file, true);
        // The walk judges unknown keys by the ledger itself, so nothing may be hidden: the handle is told to be a writer's.
        inner.read_only = false;
        if let Err(error) = inner.keyring.refresh() {
            self.problem(Area::Keyring, None, error, "Put an undamaged copy of the keys folder back");
        }
        self.ledger(&mut inner);
        let walk = self.log(&mut inner, &checkpoints);
        self.tail(&mut inner, &checkpoints, &walk);
        self.erasures(&mut inner, &walk);
        self.originals(&mut inner, &walk);
        self.projections(&mut inner, &walk);
        self.report.subjects = walk.readable.len() as u64;
        inner.database.rollback();
    }

    fn finish(mut self) -> Report {
        for (area, count) in &self.counts {
            if *count > LISTED {
                self.report.problems.push(Problem {
                    area: *area,
                    position: None,
                    what: format!("{} more problems of this kind ({}) are not listed", count - LISTED, area_name(*area)),
                    advice: "See the ones above".into(),
                });
            }
        }
        self.report
    }

    fn problem(&mut self, area: Area, position: Option<Position>, what: impl fmt::Display, advice: &str) {
        let count = self.counts.entry(area).or_default();
        *count += 1;
        if *count <= LISTED {
            self.report.problems.push(Problem { area, position, what: what.to_string(), advice: advice.to_owned() });
        }
    }

    fn notice(&mut self, text: impl Into<String>) {
        self.report.notices.push(text.into());
    }

    // --- files ------------------------------------------------------------------------------------------------------------

    #[cfg(unix)]
    fn permissions(&mut self, options: &Options) {
        use std::os::unix::fs::PermissionsExt;
        let mut look = |path: &Path| {
            let Ok(metadata) = std::fs::metadata(path) else { return };
            let mode = metadata.permissions().mode() & 0o777;
            if mode & 0o077 != 0 {
                let what = format!("{} can be used by others than its owner (mode {mode:03o})", path.display());
                let advice = format!("Run: chmod {} '{}'", if metadata.is_dir() { "700" } else { "600" }, path.display());
                self.problem(Area::Permissions, None, what, &advice);
            }
        };
        let database = options.database_file();
        for path in [&options.keys, &options.blob_folder(), &database, &side_file(&database, "-wal")] {
            look(path);
        }
        let mut keys: Vec<_> =
            std::fs::read_dir(&options.keys).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        keys.sort();
        keys.iter().for_each(|path| look(path));
    }

    #[cfg(not(unix))]
    fn permissions(&mut self, _options: &Options) {
        self.notice("file permissions are not examined on this system");
    }

    /// The checkpoints that bind the log, in order: those that a restored backup made void are left out.
    fn checkpoints(&mut self, options: &Options, keyring: &EpochKeyring) -> Vec<Checkpoint> {
        let file = inner::checkpoint_file(options, &options.disk());
        let (lines, torn) = match file.read_all(keyring) {
            Ok(read) => read,
            Err(error) => {
                self.problem(Area::Checkpoints, None, error, "Put an undamaged copy of the file back");
                return Vec::new();
            }
        };
        if torn {
            self.notice("the last checkpoint was cut short by a crash; what it covered was not acknowledged");
        }
        let mut binding: Vec<Checkpoint> = Vec::new();
        for (index, line) in lines.into_iter().enumerate() {
            match line {
                Line::Good(checkpoint) => {
                    if checkpoint.kind == CheckpointKind::Restored {
                        let void = binding.last().map_or(Position::START, |last| last.position);
                        binding.retain(|earlier| earlier.position <= checkpoint.position);
                        self.notice(format!(
                            "on {} a backup was put in place at position {}; the log had come to position {void}",
                            checkpoint.at, checkpoint.position
                        ));
                    }
                    binding.push(checkpoint);
                }
                Line::Damaged(what) => {
                    let what = format!("line {} of {} is damaged: {what}", index + 1, file.path().display());
                    self.problem(Area::Checkpoints, None, what, "Put an undamaged copy of the file back");
                }
            }
        }
        self.report.checkpoints = binding.len() as u64;
        binding
    }

    fn file_seal(&mut self, options: &Options, last: Option<&Checkpoint>) {
        let path = options.database_file();
        let Some(last) = last.filter(|last| last.kind == CheckpointKind::Closed) else {
            return self
                .notice("the database file as a whole is not sealed: the store was not closed in order, is in use, or is too large for that");
        };
        let waiting = disk::length(&side_file(&path, "-wal")).unwrap_or(0);
        match (close::seal_file(&path), &last.file) {
            (Ok(found), Some(sealed)) if found == *sealed && waiting == 0 => {}
            (Ok(_), Some(_)) if waiting > 0 => {
                let what = format!("{} holds changes although the store was closed", side_file(&path, "-wal").display());
                self.problem(Area::Database, None, what, RESTORE);
            }
            (Ok(found), Some(sealed)) => {
                let what = format!(
                    "{} is not as it was closed on {}: {} bytes now, {} then, and other content, though nothing was appended",
                    path.display(),
                    last.at,
                    found.bytes,
                    sealed.bytes
                );
                self.problem(Area::Database, None, what, RESTORE);
            }
            (Err(error), _) => self.problem(Area::Database, None, error, RESTORE),
            (Ok(_), None) => {}
        }
    }

    fn structure(&mut self, database: &Database) {
        match database.integrity() {
            Ok(lines) => {
                for line in lines {
                    self.problem(Area::Database, None, format!("the database file is damaged: {line}"), RESTORE);
                }
            }
            Err(error) => self.problem(Area::Database, None, error, RESTORE),
        }
        match database.schemas() {
            Ok((found, right)) if found == right => {}
            Ok((found, right)) => {
                let differs: Vec<_> = right
                    .iter()
                    .filter(|line| !found.contains(line))
                    .chain(found.iter().filter(|line| !right.contains(line)))
                    .collect();
                let names: Vec<_> = differs.iter().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
                let what = format!("the schema of the database was changed: {}", names.join(", "));
                self.problem(Area::Database, None, what, RESTORE);
            }
            Err(error) => self.problem(Area::Database, None, error, RESTORE),
        }
    }

    // --- the log ----------------------------------------------------------------------------------------------------------

    fn log(&mut self, inner: &mut Inner, checkpoints: &[Checkpoint]) -> Walk {
        let mut signed: HashMap<Position, ContentHash> = HashMap::new();
        for checkpoint in checkpoints {
            if signed.insert(checkpoint.position, checkpoint.head).is_some_and(|other| other != checkpoint.head) {
                let what = "two signed checkpoints of one position disagree: two copies of the store were in use";
                self.problem(Area::Checkpoints, Some(checkpoint.position), what, "Find the other copy and keep only one in use");
            }
        }
        let mut walk = Walk { complete: true, ..Walk::default() };
        let mut before = Head { position: Position::START, link: chain::genesis(&inner.keyring.store()) };
        let mut rewritten = 0_u64;
        if signed.get(&Position::START).is_some_and(|link| *link != before.link) {
            self.problem(Area::Chain, None, "the log does not begin as the first checkpoint says", RESTORE);
        }
        let read = self.each_event(inner, |this, inner, stored| {
            this.report.events += 1;
            this.link(&mut before, &stored);
            if signed.get(&stored.position).is_some_and(|link| *link != stored.link) {
                rewritten += 1;
                if rewritten == 1 {
                    let what = "the log is not the one that was signed: it was rewritten here or before";
                    this.problem(Area::Chain, Some(stored.position), what, RESTORE);
                }
            }
            this.payload(inner, &stored, &mut walk);
        });
        walk.complete &= read;
        walk.head = Some(before);
        walk
    }

    /// Calls `look` with every row that can be read; answers whether all could.
    fn each_event(&mut self, inner: &mut Inner, mut look: impl FnMut(&mut Self, &mut Inner, StoredEvent)) -> bool {
        let mut after = Position::START;
        let mut complete = true;
        loop {
            let rows = match inner.database.events_one_by_one(after, STRIDE) {
                Ok(rows) => rows,
                Err(error) => {
                    self.problem(Area::Database, Some(after.next()), error, RESTORE);
                    return false;
                }
            };
            if rows.is_empty() {
                return complete;
            }
            for row in rows {
                match row {
                    Ok(stored) => {
                        after = stored.position.max(after.next());
                        look(self, inner, stored);
                    }
                    Err((position, error)) => {
                        complete = false;
                        after = position.unwrap_or_else(|| after.next()).max(after.next());
                        self.problem(Area::Chain, Some(after), format!("the event cannot be read: {error}"), RESTORE);
                    }
                }
            }
        }
    }

    fn link(&mut self, before: &mut Head, stored: &StoredEvent) {
        if stored.position != before.position.next() {
            let what = format!("events are missing: position {} follows position {}", stored.position, before.position);
            self.problem(Area::Chain, Some(stored.position), what, RESTORE);
        } else if stored.link != chain::link(&before.link, stored.position, &stored.header, &stored.sealed) {
            let what = "the event, or its place in the chain, was changed: its hash does not follow from the one before";
            self.problem(Area::Chain, Some(stored.position), what, RESTORE);
        }
        // From what is stored, so that one changed event is reported as one.
        *before = Head { position: stored.position, link: stored.link };
    }

    fn payload(&mut self, inner: &mut Inner, stored: &StoredEvent, walk: &mut Walk) {
        match inner.open_event(stored, Others::Named) {
            Ok(event) => match event.body {
                Body::Facts(recorded) => {
                    walk.readable.insert(event.key);
                    walk.originals.extend(recorded.blobs.into_iter().map(|blob| (blob.address, (event.key, blob))));
                }
                Body::Erased(erased) => drop(walk.erased_events.insert(erased.key)),
                Body::Unreadable { .. } => {}
                _ if event.key != inner.keyring.own() => drop(walk.readable.insert(event.key)),
                _ => {}
            },
            Err(error @ StoreError::KeysLost { .. }) => {
                walk.complete = false;
                self.problem(Area::Keyring, Some(stored.position), error, "Put the right keys folder back");
            }
            Err(error) => {
                walk.complete = false;
                self.problem(Area::Payload, Some(stored.position), error, RESTORE);
            }
        }
    }

    fn tail(&mut self, inner: &mut Inner, checkpoints: &[Checkpoint], walk: &Walk) {
        let head = walk.head.map_or(Position::START, |head| head.position);
        let signed = checkpoints.last().map_or(Position::START, |last| last.position);
        if signed > head {
            let what =
                format!("the log ends at position {head}, but position {signed} was signed: acknowledged events are missing");
            self.problem(Area::Tail, Some(head), what, RESTORE);
        }
        if checkpoints.is_empty() && head > Position::START {
            let what = format!("there is no checkpoint although the log has {head} events");
            self.problem(Area::Checkpoints, None, what, "Put an undamaged copy of the file of checkpoints back");
        }
        // The database was looked at after the checkpoints; others may have written in between.
        let latest = match inner.checkpoints.last(inner.keyring.as_ref()) {
            Ok(Some(latest)) if !self.alone => latest.position,
            _ => signed,
        };
        match inner.database.meta_number(meta::COVERED) {
            Ok(covered) if Position(covered) > latest && !checkpoints.is_empty() => {
                let what =
                    format!("the checkpoints end at position {signed}, but position {covered} was signed: lines were cut off");
                self.problem(Area::Checkpoints, Some(signed), what, "Put an undamaged copy of the file back");
            }
            Ok(_) if signed < head && !checkpoints.is_empty() => {
                let behind = head.0 - signed.0;
                self.notice(format!("{behind} event(s) of an unfinished commit are not signed yet; the next write covers them"));
            }
            Ok(_) => {}
            Err(error) => self.problem(Area::Database, None, error, RESTORE),
        }
    }

    // --- erasure ----------------------------------------------------------------------------------------------------------

    fn ledger(&mut self, inner: &mut Inner) {
        match inner.ledger.read_all(inner.keyring.as_ref()) {
            Ok((lines, _)) => {
                let mut erased = HashSet::new();
                for (index, line) in lines.into_iter().enumerate() {
                    match line {
                        Line::Good(line) => drop(erased.insert(line.key)),
                        Line::Damaged(what) => {
                            let what = format!("line {} of {} is damaged: {what}", index + 1, inner.ledger.path().display());
                            self.problem(Area::Erasure, None, what, "Put an undamaged copy of the file back");
                        }
                    }
                }
                self.report.erased = erased.len() as u64;
                inner.take_ledger(erased);
            }
            Err(error) => self.problem(Area::Erasure, None, error, "Put an undamaged copy of the file back"),
        }
    }

    fn erasures(&mut self, inner: &mut Inner, walk: &Walk) {
        let mut unfinished: Vec<_> =
            inner.erased.iter().filter(|key| inner.keyring.key(**key).is_some() || !walk.erased_events.contains(key)).collect();
        unfinished.sort();
        if walk.complete && self.alone && !unfinished.is_empty() {
            let count = unfinished.len();
            let what = format!("{count} erasure(s) were ordered and not completed (the first is {})", unfinished[0]);
            self.problem(Area::Erasure, None, what, "Open the store for writing once: any command that stores something will do");
        }
        let mut unlisted: Vec<_> = walk.erased_events.difference(&inner.erased).collect();
        unlisted.sort();
        for key in unlisted {
            let what = format!("the log says that {key} was erased, the erasure ledger does not");
            self.problem(Area::Erasure, None, what, "Put an undamaged copy of the ledger back");
        }
    }

    // --- what is derived --------------------------------------------------------------------------------------------------

    fn originals(&mut self, inner: &mut Inner, walk: &Walk) {
        const REBUILD: &str = "Restore the last good backup, or restore this store's own backup to rebuild it";
        self.report.originals = walk.originals.len() as u64;
        let noted: BTreeSet<StoredBlob> = match inner.database.blobs() {
            Ok(rows) => rows.into_iter().collect(),
            Err(error) => return self.problem(Area::Database, None, error, RESTORE),
        };
        let right: BTreeSet<StoredBlob> = walk
            .originals
            .iter()
            .map(|(address, (subject, blob))| StoredBlob { address: *address, subject: *subject, bytes: blob.bytes })
            .collect();
        if walk.complete && noted != right {
            let (missing, extra) = (right.difference(&noted).count(), noted.difference(&right).count());
            let what = format!("the list of original files is not what the log says: {missing} missing, {extra} too many");
            self.problem(Area::Projection, None, what, REBUILD);
        }
        for (subject, blob) in walk.originals.values() {
            let Some(seal) = inner.seal_of(*subject) else { continue };
            if let Err(error) = inner.blobs.get(*subject, &seal, blob) {
                self.problem(Area::Originals, None, error, "Restore the file from a backup");
            }
        }
        match inner.blobs.list() {
            Ok((files, others)) => {
                let orphans = files.iter().filter(|address| !walk.originals.contains_key(*address)).count();
                if walk.complete && orphans > 0 {
                    self.notice(format!(
                        "{orphans} sealed file(s) in the blob folder belong to no event: left by a crash, harmless"
                    ));
                }
                for path in others {
                    self.notice(format!("{} is no original file", path.display()));
                }
            }
            Err(error) => self.problem(Area::Originals, None, error, "Give the program access to the blob folder"),
        }
    }

    fn projections(&mut self, inner: &mut Inner, walk: &Walk) {
        if !walk.complete {
            return self.notice("projections were not compared, because the log cannot be read as a whole");
        }
        let head = walk.head.map_or(Position::START, |head| head.position);
        for index in 0..inner.projectors.len() {
            let (name, version) = (inner.projectors[index].name(), inner.projectors[index].version());
            match inner.database.projector(name) {
                Ok(Some(found)) if found == (version, head) => {}
                Ok(_) => {
                    self.notice(format!(
                        "the projection '{name}' is behind the log; it catches up when the store is next opened"
                    ));
                    continue;
                }
                Err(error) => {
                    self.problem(Area::Database, None, error, RESTORE);
                    continue;
                }
            }
            if let Err(error) = self.projection(inner, index, &walk.readable) {
                self.problem(Area::Projection, None, error, RESTORE);
            }
        }
    }

    fn projection(&mut self, inner: &mut Inner, index: usize, readable: &BTreeSet<SubjectKeyId>) -> Result<()> {
        const ADVICE: &str = "Restore the last good backup: the log itself may be sound, but somebody changed the database";
        let projector = std::sync::Arc::clone(&inner.projectors[index]);
        let name = projector.name();
        let mut stored: BTreeMap<SubjectKeyId, Vec<u8>> = inner.database.projections(name)?.into_iter().collect();
        for key in readable {
            let mut state: Option<Vec<u8>> = None;
            for event in inner.database.subject_events(*key, Position::START)? {
                let event = inner.open_to_fold(&event)?;
                state = projector.fold(state.as_deref(), &event).map_err(|why| StoreError::Projection {
                    projection: name,
                    position: event.position,
                    why,
                })?;
            }
            let found = match (stored.remove(key), inner.seal_of(*key)) {
                (Some(sealed), Some(seal)) => match inner.open_state(index, *key, &seal, &sealed) {
                    Ok(found) => Some(found),
                    Err(error) => {
                        self.problem(Area::Projection, None, error, ADVICE);
                        continue;
                    }
                },
                _ => None,
            };
            if found != state {
                let what = format!("the projection '{name}' of {key} is not what the log says");
                self.problem(Area::Projection, None, what, ADVICE);
            }
        }
        // Erased by somebody else while we looked.
        stored.retain(|key, _| self.alone || !inner.erased.contains(key));
        for key in stored.keys() {
            let what = format!("the projection '{name}' holds {key}, which the log does not know");
            self.problem(Area::Projection, None, what, ADVICE);
        }
        Ok(())
    }

    /// Without keys the chain can still be verified by itself, though not against signatures.
    fn chain_without_keys(&mut self, options: &Options) {
        let database = match Database::open_read_only(&options.database_file(), options.wait) {
            Ok(database) => database,
            Err(error) => return self.problem(Area::Database, None, error, RESTORE),
        };
        self.structure(&database);
        let Ok(Some(store)) = database.store() else {
            return self.problem(Area::Database, None, "the database does not say which store it is", RESTORE);
        };
        let mut before = Head { position: Position::START, link: chain::genesis(&store) };
        loop {
            match database.events(before.position, STRIDE) {
                Ok(events) if events.is_empty() => break,
                Ok(events) => {
                    for stored in events {
                        self.report.events += 1;
                        self.link(&mut before, &stored);
                    }
                }
                Err(error) => return self.problem(Area::Database, None, error, RESTORE),
            }
        }
        self.notice("without the keyring only the chain itself was verified");
    }
}

const fn area_name(area: Area) -> &'static str {
    match area {
        Area::Database => "database",
        Area::Chain => "chain",
        Area::Tail => "tail",
        Area::Checkpoints => "checkpoints",
        Area::Keyring => "keyring",
        Area::Payload => "payload",
        Area::Originals => "originals",
        Area::Projection => "projection",
        Area::Erasure => "erasure",
        Area::Permissions => "permissions",
    }
}
