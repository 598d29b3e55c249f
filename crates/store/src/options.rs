//! How a store is opened.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use crate::{
    ambient::{Clock, Randomness},
    disk::{Disk, Probe},
    keyring::KeySource,
    project::Projector,
};

/// How a store is opened.
#[derive(Clone)]
pub struct Options {
    pub(crate) data: PathBuf,
    pub(crate) keys: PathBuf,
    pub(crate) source: KeySource,
    pub(crate) wait: Duration,
    pub(crate) clock: Clock,
    pub(crate) random: Randomness,
    pub(crate) projectors: Vec<Arc<dyn Projector>>,
    pub(crate) seal_limit: u64,
    pub(crate) probe: Option<Probe>,
}

impl std::fmt::Debug for Options {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Options").field("data", &self.data).field("keys", &self.keys).finish_non_exhaustive()
    }
}

impl Options {
    /// The store in a data folder, with its keys in the folder `keys` inside it.
    #[must_use]
    pub fn new(data: impl Into<PathBuf>, clock: Clock) -> Self {
        let data = data.into();
        Self {
            keys: data.join("keys"),
            data,
            source: KeySource::File,
            wait: Duration::from_secs(5),
            clock,
            random: Randomness::os(),
            projectors: Vec::new(),
            seal_limit: 4 << 30,
            probe: None,
        }
    }

    /// Keeps the keys elsewhere: best on another disk, which backups of the data folder do not take along.
    #[must_use]
    pub fn keys(mut self, folder: impl Into<PathBuf>) -> Self {
        self.keys = folder.into();
        self
    }

    /// Where the epoch key lives.
    #[must_use]
    pub fn key_source(mut self, source: KeySource) -> Self {
        self.source = source;
        self
    }

    /// How long to wait for another writer; 5 seconds by default.
    #[must_use]
    pub fn wait(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    /// Another source of randomness than the operating system's.
    #[must_use]
    pub fn randomness(mut self, random: Randomness) -> Self {
        self.random = random;
        self
    }

    /// Adds a projection that is kept with the log.
    #[must_use]
    pub fn projector(mut self, projector: Arc<dyn Projector>) -> Self {
        self.projectors.push(projector);
        self
    }

    /// Database files larger than this many bytes are not sealed as a whole when closed (the log is verified in any case).
    #[must_use]
    pub fn file_seal_limit(mut self, bytes: u64) -> Self {
        self.seal_limit = bytes;
        self
    }

    /// For tests of crash safety: called before every durable step.
    #[doc(hidden)]
    #[must_use]
    pub fn probed(mut self, probe: Probe) -> Self {
        self.probe = Some(probe);
        self
    }

    /// The data folder.
    #[must_use]
    pub fn data_folder(&self) -> &Path {
        &self.data
    }

    /// The keys folder.
    #[must_use]
    pub fn keys_folder(&self) -> &Path {
        &self.keys
    }

    /// The database file.
    #[must_use]
    pub fn database_file(&self) -> PathBuf {
        self.data.join("store.sqlite")
    }

    /// The folder of original files.
    #[must_use]
    pub fn blob_folder(&self) -> PathBuf {
        self.data.join("blobs")
    }

    pub(crate) fn lock_file(&self) -> PathBuf {
        self.data.join("lock")
    }

    pub(crate) fn writer_file(&self) -> PathBuf {
        self.data.join("lock.write")
    }

    pub(crate) fn disk(&self) -> Disk {
        Disk::new(self.probe.clone())
    }
}
