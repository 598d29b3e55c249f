//! The embedded store: one SQLite file and a blob folder.

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard},
};

use bonafide_model::{ContentHash, id::SubjectId};

use crate::{
    backup, chain, close,
    error::{Result, StoreError},
    event::{Event, Receipt, Record},
    id::Position,
    inner::Inner,
    ledger::ErasedKey,
    options::Options,
    payload::{BlobRef, kind},
    project::SubjectSummary,
    reference::Others,
    store::{CurrentFacts, Erased, Erasure, Head, Store, StoredAssessment},
};

/// The embedded store.
///
/// One handle may be shared by threads; several processes may have the store open, of which one writes at a time.
#[derive(Debug)]
pub struct SqliteStore {
    inner: Mutex<Option<Inner>>,
    queue: Mutex<Vec<Request>>,
}

/// A batch that waits for the head lock.
#[derive(Debug)]
struct Request {
    batch: Vec<Record>,
    answer: Arc<Answer>,
}

type Answer = Mutex<Option<Result<Vec<Receipt>>>>;

impl SqliteStore {
    /// Opens a store, and makes it where there is none. What a crash interrupted is completed.
    ///
    /// # Errors
    /// Where the files cannot be used, the keyring does not fit, or the log does not lead to its last signed checkpoint.
    pub fn open(options: &Options) -> Result<Self> {
        Inner::open(options).map(Self::holding)
    }

    /// Opens a store for reading only: nothing is written, made or completed. Erasures that were ordered are honoured.
    ///
    /// # Errors
    /// As [`open`](Self::open), and [`StoreError::Absent`] where there is no store.
    pub fn open_read_only(options: &Options) -> Result<Self> {
        Inner::open_read_only(options).map(Self::holding)
    }

    fn holding(inner: Inner) -> Self {
        Self { inner: Mutex::new(Some(inner)), queue: Mutex::new(Vec::new()) }
    }

    /// Closes the store. Where nobody else has it open, the bytes of the database file are sealed by a signed line, so that `doctor`
    /// notices any change to the closed file, also where it touches no event. Dropping the handle does the same and tells no errors.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub fn close(self) -> Result<()> {
        self.end(true)
    }

    /// Ends the handle as a crash would. For tests.
    #[doc(hidden)]
    pub fn abandon(self) {
        let _ = self.end(false);
    }

    /// Lets the database grow no further. For tests of what a full disk does.
    #[doc(hidden)]
    pub fn limit_pages(&self, pages: u32) -> Result<()> {
        self.with(|inner| inner.database.limit_pages(pages))
    }

    fn end(&self, seal: bool) -> Result<()> {
        let taken = self.inner.lock().map_err(|_| StoreError::Stopped)?.take();
        match taken {
            Some(inner) if seal => close::close(inner),
            _ => Ok(()),
        }
    }

    fn with<T>(&self, work: impl FnOnce(&mut Inner) -> Result<T>) -> Result<T> {
        let mut guard = self.inner.lock().map_err(|_| StoreError::Stopped)?;
        work(guard.as_mut().ok_or(StoreError::Stopped)?)
    }

    /// Commits all waiting batches together, each by itself whole or not at all.
    fn commit_waiting(&self, guard: &mut MutexGuard<'_, Option<Inner>>) -> Result<()> {
        let waiting = std::mem::take(&mut *self.queue.lock().map_err(|_| StoreError::Stopped)?);
        let inner = guard.as_mut().ok_or(StoreError::Stopped)?;
        let (batches, answers): (Vec<_>, Vec<_>) = waiting.into_iter().map(|request| (request.batch, request.answer)).unzip();
        let committed = inner.write(Some("append"), |inner, writing| {
            batches.into_iter().map(|batch| inner.apply_batch(writing, batch)).collect::<Result<Vec<_>>>()
        });
        let results: Vec<Result<Vec<Receipt>>> = match committed {
            Ok(results) => results,
            Err(error) if answers.len() == 1 => vec![Err(error)],
            Err(error) => {
                let shared = Arc::new(error);
                answers.iter().map(|_| Err(StoreError::Group(Arc::clone(&shared)))).collect()
            }
        };
        for (answer, result) in answers.iter().zip(results) {
            *answer.lock().map_err(|_| StoreError::Stopped)? = Some(result);
        }
        Ok(())
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        // Whoever wants to hear of errors calls `close`.
        let _ = self.end(true);
    }
}

impl Store for SqliteStore {
    fn append(&self, batch: Vec<Record>) -> Result<Vec<Receipt>> {
        let answer = Arc::new(Answer::new(None));
        self.queue.lock().map_err(|_| StoreError::Stopped)?.push(Request { batch, answer: Arc::clone(&answer) });
        let mut guard = self.inner.lock().map_err(|_| StoreError::Stopped)?;
        let take = || answer.lock().map_err(|_| StoreError::Stopped).map(|mut held| held.take());
        if let Some(result) = take()? {
            return result;
        }
        self.commit_waiting(&mut guard)?;
        take()?.unwrap_or(Err(StoreError::Stopped))
    }

    fn head(&self) -> Result<Head> {
        self.with(|inner| inner.head())
    }

    fn events(&self, after: Position, limit: usize) -> Result<Vec<Event>> {
        self.with(|inner| {
            let stored = inner.database.events(after, limit)?;
            inner.keyring.refresh()?;
            inner.learn_erasures()?;
            stored.iter().map(|event| inner.open_event(event, Others::Named)).collect()
        })
    }

    fn touched(&self, after: Position, kinds: &[&str]) -> Result<Vec<SubjectId>> {
        self.with(|inner| inner.touched(after, kinds))
    }

    fn link_at(&self, position: Position) -> Result<Option<ContentHash>> {
        self.with(|inner| match position {
            Position::START => Ok(Some(chain::genesis(&inner.keyring.store()))),
            position => inner.database.link(position),
        })
    }

    fn erased_since(&self, after: Position) -> Result<bool> {
        self.with(|inner| Ok(!inner.database.touched(after, &[kind::ERASED])?.is_empty()))
    }

    fn knows(&self, subject: &SubjectId) -> Result<bool> {
        self.with(|inner| Ok(inner.find(subject)?.is_some()))
    }

    fn derived_key(&self, purpose: &'static str) -> Result<[u8; 32]> {
        self.with(|inner| inner.derived_key(purpose))
    }

    fn history(&self, subject: &SubjectId, others: Others) -> Result<Vec<Event>> {
        self.with(|inner| inner.history(subject, others))
    }

    fn facts(&self, subject: &SubjectId, others: Others) -> Result<Option<CurrentFacts>> {
        self.with(|inner| inner.facts(subject, others))
    }

    fn assessment(&self, subject: &SubjectId, others: Others) -> Result<Option<StoredAssessment>> {
        self.with(|inner| inner.assessment(subject, others))
    }

    fn original(&self, subject: &SubjectId, blob: &BlobRef) -> Result<Vec<u8>> {
        self.with(|inner| {
            let unknown = || StoreError::UnknownSubject { subject: subject.to_string() };
            let key = inner.find(subject)?.ok_or_else(unknown)?;
            let seal = inner.seal_of(key).ok_or_else(unknown)?;
            inner.blobs.get(key, &seal, blob)
        })
    }

    fn state(&self, projection: &'static str, subject: &SubjectId) -> Result<Option<Vec<u8>>> {
        self.with(|inner| inner.index_of(projection).and_then(|index| inner.state_of(index, subject)))
    }

    fn states(&self, projection: &'static str) -> Result<Vec<Vec<u8>>> {
        self.with(|inner| inner.index_of(projection).and_then(|index| inner.states(index)))
    }

    fn subjects(&self) -> Result<Vec<SubjectSummary>> {
        self.with(Inner::subjects)
    }

    fn summary(&self, subject: &SubjectId) -> Result<Option<SubjectSummary>> {
        self.with(|inner| inner.summary(subject))
    }

    fn erase(&self, subjects: &[SubjectId], order: &Erasure) -> Result<Erased> {
        self.with(|inner| {
            let erased = inner.write(Some("erase"), |inner, writing| {
                let mut erased = Erased { keys: Vec::new(), events: 0, originals: 0 };
                for subject in subjects {
                    let key = inner
                        .keyring
                        .find(subject.as_str())
                        .ok_or_else(|| StoreError::UnknownSubject { subject: subject.to_string() })?;
                    if !erased.keys.contains(&key) {
                        erased.keys.push(key);
                        erased.events += inner.database.count_of(key)?;
                        erased.originals += inner.database.blobs_of(key)?.len() as u64;
                    }
                }
                if erased.keys.is_empty() {
                    return Ok(erased);
                }
                let at = inner.options.clock.now();
                let lines: Vec<_> = erased.keys.iter().map(|key| ErasedKey { key: *key, at }).collect();
                // From here on the erasure will be completed, whatever happens to this process.
                inner.ledger.append(inner.keyring.as_ref(), &lines)?;
                inner.learn_erasures()?;
                inner.finish_erasures(writing, &erased.keys, Some(order))?;
                Ok(erased)
            })?;
            // The rows are sealed under a destroyed key; this also removes them from the files.
            inner.database.empty_write_ahead_log()?;
            Ok(erased)
        })
    }

    fn backup(&self, folder: &Path) -> Result<Head> {
        self.with(|inner| backup::backup(inner, folder))
    }
}
