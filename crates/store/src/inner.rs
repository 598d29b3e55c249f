//! One open handle: database, keyring, checkpoints, ledger and blobs, and the transaction that keeps them in step.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use bonafide_model::id::SubjectId;

use crate::{
    blob::BlobFolder,
    chain,
    checkpoint::{self, Checkpoint, CheckpointKind},
    disk::{self, Disk},
    error::{Result, StoreError},
    id::{EventId, Position, SubjectKeyId},
    keyring::{EpochKeyring, Keyring},
    ledger::{self, ErasedKey},
    lock::FolderLock,
    options::Options,
    payload::{self, SubjectErased, kind},
    project::{Projector, Summaries},
    seal::Seal,
    signed::{Line, SignedFile},
    sqlite::{Database, StoredEvent, meta},
    store::{Erasure, Head},
    write::Writing,
};

/// Events read at once when the log is walked.
pub(crate) const STRIDE: usize = 256;

/// What one handle holds.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) options: Options,
    pub(crate) disk: Disk,
    pub(crate) database: Database,
    pub(crate) keyring: Box<dyn Keyring>,
    pub(crate) checkpoints: SignedFile<Checkpoint>,
    pub(crate) ledger: SignedFile<ErasedKey>,
    pub(crate) blobs: BlobFolder,
    pub(crate) projectors: Vec<Arc<dyn Projector>>,
    /// Keys in the erasure ledger.
    pub(crate) erased: HashSet<SubjectKeyId>,
    ledger_length: u64,
    /// Ids of subjects by their keys, as far as they were looked up.
    pub(crate) names: HashMap<SubjectKeyId, SubjectId>,
    /// Whether a transaction is under way: the keys drawn in it are on no disk yet.
    pub(crate) writing: bool,
    pub(crate) read_only: bool,
    pub(crate) lock: Option<FolderLock>,
    /// Held from before a commit until its checkpoint is signed, so that checkpoints of several processes stand in the order of their
    /// commits; the head lock of the database ends with the commit.
    writer: Option<FolderLock>,
}

impl Inner {
    /// Opens for writing; makes the store where there is none, and completes what a crash interrupted.
    pub(crate) fn open(options: &Options) -> Result<Self> {
        let disk = options.disk();
        disk.make_private_folder(&options.data)?;
        let lock = FolderLock::open(&options.lock_file())?;
        let alone = lock.try_exclusive()?;
        let path = options.database_file();
        if !alone {
            // Whoever holds the lock either works with a store that is there, or is about to make it.
            lock.shared(options.wait)?;
            if disk::length(&path)? == 0 {
                lock.release();
                lock.exclusive(options.wait)?;
            }
        }
        let there = disk::length(&path)? > 0;
        if !EpochKeyring::exists(&options.keys)? {
            if there {
                return Err(StoreError::KeyringMissing { store: path, keys: options.keys.clone() });
            }
            EpochKeyring::create(&options.keys, &options.source, &disk, &options.random)?;
        }
        let keyring = EpochKeyring::open(&options.keys, &options.source, &disk, &options.random)?;
        let mut checkpoints = checkpoint_file(options, &disk);
        if !there && let Some(last) = checkpoints.last(&keyring)?.filter(|last| last.position > Position::START) {
            return Err(StoreError::LogCut { log: Position::START, checkpoint: last.position });
        }
        let database = Database::open(&path, options.wait)?;
        let mut inner = Self::assemble(options, disk, database, Box::new(keyring), checkpoints, false);
        inner.writer = Some(FolderLock::open(&options.writer_file())?);
        inner.identify()?;
        inner.learn_erasures()?;
        inner.refuse_lost_keys()?;
        if !inner.settled()? {
            inner.write(None, |_, _| Ok(()))?;
        }
        lock.release();
        lock.shared(options.wait)?;
        inner.lock = Some(lock);
        Ok(inner)
    }

    /// Opens for reading only: nothing is completed, made or written.
    pub(crate) fn open_read_only(options: &Options) -> Result<Self> {
        let path = options.database_file();
        if disk::length(&path)? == 0 {
            return Err(StoreError::Absent { path: options.data.clone() });
        }
        let lock = FolderLock::open_existing(&options.lock_file());
        if let Some(lock) = &lock {
            lock.shared(options.wait)?;
        }
        if !EpochKeyring::exists(&options.keys)? {
            return Err(StoreError::KeyringMissing { store: path, keys: options.keys.clone() });
        }
        let disk = options.disk();
        let keyring = EpochKeyring::open(&options.keys, &options.source, &disk, &options.random)?;
        let database = Database::open_read_only(&path, options.wait)?;
        let checkpoints = checkpoint_file(options, &disk);
        let mut inner = Self::assemble(options, disk, database, Box::new(keyring), checkpoints, true);
        inner.lock = lock;
        match inner.database.store()? {
            Some(store) if store == inner.keyring.store() => {}
            Some(_) => return Err(StoreError::KeyringForeign { store: path, keys: options.keys.clone() }),
            None => return Err(StoreError::Absent { path: options.data.clone() }),
        }
        inner.learn_erasures()?;
        Ok(inner)
    }

    pub(crate) fn assemble(
        options: &Options,
        disk: Disk,
        database: Database,
        keyring: Box<dyn Keyring>,
        checkpoints: SignedFile<Checkpoint>,
        read_only: bool,
    ) -> Self {
        let mut projectors: Vec<Arc<dyn Projector>> = vec![Arc::new(Summaries)];
        projectors.extend(options.projectors.iter().cloned());
        Self {
            ledger: SignedFile::new(options.keys.join(ledger::FILE), ledger::DOMAIN, disk.clone()),
            blobs: BlobFolder::new(options.blob_folder(), disk.clone()),
            options: options.clone(),
            disk,
            database,
            keyring,
            checkpoints,
            projectors,
            erased: HashSet::new(),
            ledger_length: 0,
            names: HashMap::new(),
            writing: false,
            read_only,
            lock: None,
            writer: None,
        }
    }

    /// Ties a new database to the keyring, and refuses a keyring of another store.
    fn identify(&mut self) -> Result<()> {
        match self.database.store()? {
            Some(store) if store == self.keyring.store() => Ok(()),
            Some(_) => {
                let (store, keys) = (self.database.path().to_owned(), self.options.keys.clone());
                Err(StoreError::KeyringForeign { store, keys })
            }
            None => {
                self.database.begin()?;
                let tied = self.database.set_meta(meta::STORE, self.keyring.store().as_bytes());
                let tied = tied.and_then(|()| self.database.commit());
                if tied.is_err() {
                    self.database.rollback();
                }
                tied
            }
        }
    }

    /// Takes in what other processes erased.
    pub(crate) fn learn_erasures(&mut self) -> Result<()> {
        let length = disk::length(self.ledger.path())?;
        if length == self.ledger_length {
            return Ok(());
        }
        let (lines, _) = self.ledger.read_all(self.keyring.as_ref())?;
        let mut erased = HashSet::new();
        for (index, line) in lines.into_iter().enumerate() {
            match line {
                Line::Good(line) => drop(erased.insert(line.key)),
                Line::Damaged(what) => {
                    let (path, line) = (self.ledger.path().to_owned(), index as u64 + 1);
                    return Err(StoreError::RecordDamaged { path, line, what });
                }
            }
        }
        if self.read_only {
            self.keyring.hide(&erased.iter().copied().collect::<Vec<_>>());
        }
        self.names.retain(|key, _| !erased.contains(key));
        self.erased = erased;
        self.ledger_length = length;
        Ok(())
    }

    /// The erased keys, as an examination read them.
    pub(crate) fn take_ledger(&mut self, erased: HashSet<SubjectKeyId>) {
        self.ledger_length = disk::length(self.ledger.path()).unwrap_or(0);
        self.erased = erased;
    }

    /// A torn file of keys is cut only where no event needs what stood there.
    fn refuse_lost_keys(&self) -> Result<()> {
        if !self.keyring.torn() {
            return Ok(());
        }
        let lost: Vec<_> = self
            .database
            .subjects_of_log()?
            .into_iter()
            .filter(|subject| self.keyring.key(*subject).is_none() && !self.erased.contains(subject))
            .collect();
        match lost.first() {
            Some(first) => Err(StoreError::KeysLost { count: lost.len(), first: *first }),
            None => Ok(()),
        }
    }

    /// The head, or the genesis hash at position 0.
    pub(crate) fn head(&self) -> Result<Head> {
        let stored = self.database.head()?;
        let (position, link) = stored.unwrap_or_else(|| (Position::START, chain::genesis(&self.keyring.store())));
        Ok(Head { position, link })
    }

    pub(crate) fn seal_of(&self, key: SubjectKeyId) -> Option<Seal> {
        self.keyring.key(key).map(|key| Seal::new(&key))
    }

    // --- keeping in step --------------------------------------------------------------------------------------------------

    /// Whether nothing is left to be done after a crash, by another version, or by a restored backup.
    fn settled(&mut self) -> Result<bool> {
        let (head, Some(last)) = self.verified_checkpoint()? else { return Ok(false) };
        if last.position != head.position || self.database.meta_number(meta::ERASED)? != self.erased.len() as u64 {
            return Ok(false);
        }
        for projector in &self.projectors {
            if self.database.projector(projector.name())? != Some((projector.version(), head.position)) {
                return Ok(false);
            }
        }
        self.keyring.finish()?;
        Ok(true)
    }

    /// The head and the last checkpoint, after making sure that the log still leads to it.
    ///
    /// Others may write meanwhile, so the order of looking matters: what was covered before, then the checkpoint, then the head.
    fn verified_checkpoint(&mut self) -> Result<(Head, Option<Checkpoint>)> {
        let covered = Position(self.database.meta_number(meta::COVERED)?);
        let last = self.checkpoints.last(self.keyring.as_ref())?.cloned();
        let head = self.head()?;
        let Some(last) = last else {
            if head.position == Position::START {
                return Ok((head, None));
            }
            let what = format!("it is missing or empty although the log has {} events", head.position);
            return Err(StoreError::RecordDamaged { path: self.checkpoints.path().to_owned(), line: 0, what });
        };
        if last.position < covered {
            let what =
                format!("its last line covers position {}, but {covered} was covered before: lines were cut off", last.position);
            return Err(StoreError::RecordDamaged { path: self.checkpoints.path().to_owned(), line: 0, what });
        }
        if last.position > head.position {
            return Err(StoreError::LogCut { log: head.position, checkpoint: last.position });
        }
        let link = if last.position == Position::START {
            Some(chain::genesis(&self.keyring.store()))
        } else {
            self.database.link(last.position)?
        };
        if link != Some(last.head) {
            return Err(StoreError::LogRewritten { position: last.position });
        }
        Ok((head, Some(last)))
    }

    /// Under the head lock: completes what was interrupted, so that what follows starts from a sound state.
    fn settle(&mut self, writing: &mut Writing, last: Option<&Checkpoint>) -> Result<()> {
        if let Some(last) = last.filter(|last| last.position < writing.head.position) {
            self.verify_tail(last, &writing.head)?;
            self.sign(CheckpointKind::Recovered, &writing.head)?;
        }
        self.catch_up(writing)?;
        if self.database.meta_number(meta::ERASED)? != self.erased.len() as u64 {
            let pending: Vec<_> = self.erased.iter().copied().collect();
            self.finish_erasures(writing, &pending, None)?;
        }
        Ok(())
    }

    /// The chain from a checkpoint to the head, which a crash left uncovered.
    fn verify_tail(&self, last: &Checkpoint, head: &Head) -> Result<()> {
        let mut before = Head { position: last.position, link: last.head };
        while before.position < head.position {
            let events = self.database.events(before.position, STRIDE)?;
            if events.is_empty() {
                return Err(StoreError::LogRewritten { position: before.position });
            }
            for event in events {
                let right = event.position == before.position.next()
                    && event.link == chain::link(&before.link, event.position, &event.header, &event.sealed);
                if !right {
                    return Err(StoreError::LogRewritten { position: event.position });
                }
                before = Head { position: event.position, link: event.link };
            }
        }
        Ok(())
    }

    /// Folds events into projections that lack them: new ones, ones of another version, and ones that another program left behind.
    fn catch_up(&mut self, writing: &mut Writing) -> Result<()> {
        let head = writing.head.position;
        let mut behind: BTreeMap<usize, Position> = BTreeMap::new();
        for (index, projector) in self.projectors.iter().enumerate() {
            match self.database.projector(projector.name())? {
                Some((version, folded)) if version == projector.version() && folded == head => {}
                Some((version, folded)) if version == projector.version() && folded < head => drop(behind.insert(index, folded)),
                _ => {
                    self.database.clear_projection(projector.name())?;
                    behind.insert(index, Position::START);
                }
            }
        }
        let Some(mut at) = behind.values().min().copied() else { return Ok(()) };
        writing.touched = true;
        while at < head {
            for stored in self.database.events(at, STRIDE)? {
                at = stored.position;
                if stored.header.subject == self.keyring.own() {
                    continue;
                }
                let event = self.open_to_fold(&stored)?;
                for (index, folded) in &behind {
                    if at > *folded {
                        self.fold(writing, *index, &event)?;
                    }
                }
            }
        }
        Ok(())
    }

    pub(crate) fn sign(&mut self, kind: CheckpointKind, head: &Head) -> Result<()> {
        let at = self.options.clock.now();
        let checkpoint = Checkpoint { kind, position: head.position, head: head.link, at, file: None };
        self.checkpoints.append(self.keyring.as_ref(), &[checkpoint])
    }

    // --- transactions -----------------------------------------------------------------------------------------------------

    /// Takes the writer's lock and the head lock, brings everything in step, does the work, and commits: keys and blobs first, then
    /// the events, then the checkpoint. What fails before the commit leaves nothing behind.
    pub(crate) fn write<T>(
        &mut self,
        operation: Option<&'static str>,
        work: impl FnOnce(&mut Self, &mut Writing) -> Result<T>,
    ) -> Result<T> {
        let Some(writer) = self.writer.take().filter(|_| !self.read_only) else {
            return Err(StoreError::ReadOnly { operation: operation.unwrap_or("write") });
        };
        let locked = writer.exclusive(self.options.wait).map_err(|error| match error {
            StoreError::Busy { waited, .. } => StoreError::Busy { path: self.database.path().to_owned(), waited },
            other => other,
        });
        let written = locked.and_then(|()| self.write_alone(work));
        writer.release();
        self.writer = Some(writer);
        written
    }

    fn write_alone<T>(&mut self, work: impl FnOnce(&mut Self, &mut Writing) -> Result<T>) -> Result<T> {
        self.database.begin()?;
        let mut writing = Writing::new(self.options.clock.now());
        self.writing = true;
        let prepared = self.prepare(&mut writing, work);
        self.writing = false;
        match prepared {
            Ok((result, first)) => {
                let head = writing.head;
                if head.position > first || writing.touched {
                    self.disk.at("acknowledge", self.database.path())?;
                    if head.position > first {
                        self.sign(CheckpointKind::Commit, &head)?;
                    }
                } else {
                    self.database.rollback();
                }
                writing.removed_blobs.sort_unstable();
                self.blobs.remove(&writing.removed_blobs)?;
                Ok(result)
            }
            Err(error) => {
                self.database.rollback();
                self.blobs.forget();
                Err(error)
            }
        }
    }

    fn prepare<T>(
        &mut self,
        writing: &mut Writing,
        work: impl FnOnce(&mut Self, &mut Writing) -> Result<T>,
    ) -> Result<(T, Position)> {
        self.keyring.refresh()?;
        self.learn_erasures()?;
        self.refuse_lost_keys()?;
        let (head, last) = self.verified_checkpoint()?;
        writing.head = head;
        match &last {
            None => self.sign(CheckpointKind::Genesis, &head)?,
            Some(last) if last.kind == CheckpointKind::Closed => self.sign(CheckpointKind::Opened, &head)?,
            Some(_) => {}
        }
        let first = head.position;
        self.settle(writing, last.as_ref())?;
        let result = work(self, writing)?;
        if writing.head.position > first || writing.touched {
            self.keyring.flush()?;
            self.blobs.flush()?;
            self.store_states(writing)?;
            for projector in &self.projectors {
                self.database.set_projector(projector.name(), projector.version(), writing.head.position)?;
            }
            self.database.set_meta(meta::COVERED, &first.0.to_le_bytes())?;
            self.disk.at("commit", self.database.path())?;
            self.database.commit()?;
        }
        Ok((result, first))
    }

    // --- erasure ----------------------------------------------------------------------------------------------------------

    /// Erases keys that stand in the ledger: event, purge, and destruction of the epoch. Every step may be repeated.
    pub(crate) fn finish_erasures(
        &mut self,
        writing: &mut Writing,
        keys: &[SubjectKeyId],
        order: Option<&Erasure>,
    ) -> Result<()> {
        for key in keys {
            let event = erasure_event(*key);
            let payload = SubjectErased {
                key: *key,
                by: order.map(|order| order.by.clone()),
                reason: order.map(|order| order.reason),
                words: order.and_then(|order| order.words.clone()),
            };
            self.append_own(writing, kind::ERASED, payload::VERSION, &payload, event)?;
            for blob in self.database.blobs_of(*key)? {
                writing.removed_blobs.push(blob.address);
            }
            self.database.purge(*key)?;
            writing.forget(*key);
        }
        self.database.set_meta(meta::ERASED, &(self.erased.len() as u64).to_le_bytes())?;
        writing.touched = true;
        self.keyring.finish()?;
        self.keyring.erase(keys)
    }

    /// An event that could not be opened because its key is unknown: erased, or lost?
    pub(crate) fn is_erased(&mut self, stored: &StoredEvent) -> Result<()> {
        self.learn_erasures()?;
        if self.erased.contains(&stored.header.subject) {
            Ok(())
        } else {
            Err(StoreError::KeysLost { count: 1, first: stored.header.subject })
        }
    }
}

/// The id of the event that says a key was erased.
pub(crate) fn erasure_event(key: SubjectKeyId) -> EventId {
    EventId::of(&[b"erased", key.as_bytes()])
}

pub(crate) fn checkpoint_file(options: &Options, disk: &Disk) -> SignedFile<Checkpoint> {
    SignedFile::new(options.keys.join(checkpoint::FILE), checkpoint::DOMAIN, disk.clone())
}
