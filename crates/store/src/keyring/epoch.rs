//! The keyring of a keys folder: a vault for the epoch key and a file of wraps.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    path::{Path, PathBuf},
};

use ed25519_dalek::{Signature, Signer, SigningKey, Verifier};
use zeroize::Zeroizing;

use super::{
    Keyring,
    vault::{EpochKey, EpochVault, KeySource},
    wraps::{self, Entry, Mark, Secrets, Torn},
};
use crate::{
    ambient::Randomness,
    disk::{self, Disk},
    error::{Result, StoreError},
    id::{StoreId, SubjectKeyId},
    seal::SubjectKey,
};

/// Keys of one store in a folder: `epoch-<n>.key` (or a vault) and `wraps-<n>.bin`.
pub struct EpochKeyring {
    folder: PathBuf,
    disk: Disk,
    random: Randomness,
    vault: Box<dyn EpochVault>,
    epoch: u64,
    epoch_key: EpochKey,
    store: StoreId,
    secrets: Secrets,
    signing: SigningKey,
    keys: HashMap<SubjectKeyId, Entry>,
    names: HashMap<[u8; 16], SubjectKeyId>,
    /// Drawn and not yet durable.
    pending: Vec<Entry>,
    hidden: HashSet<SubjectKeyId>,
    mark: Mark,
    torn: Option<Torn>,
}

impl fmt::Debug for EpochKeyring {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("EpochKeyring").field("folder", &self.folder).field("epoch", &self.epoch).finish_non_exhaustive()
    }
}

impl EpochKeyring {
    /// Whether there is a keyring in a folder.
    ///
    /// # Errors
    /// Where the folder cannot be listed.
    pub fn exists(folder: &Path) -> Result<bool> {
        Ok(!wraps::epochs(folder)?.is_empty())
    }

    pub(crate) fn create(folder: &Path, source: &KeySource, disk: &Disk, random: &Randomness) -> Result<Self> {
        disk.make_private_folder(folder)?;
        let vault = source.open(folder, disk, random)?;
        let store = StoreId::from_bytes(random.bytes()?);
        let secrets = Secrets {
            own: SubjectKeyId::from_bytes(random.bytes()?),
            own_key: SubjectKey::from_bytes(random.bytes()?),
            name_key: Zeroizing::new(random.bytes()?),
            signing: Zeroizing::new(random.bytes()?),
        };
        let epoch_key = EpochKey::from_bytes(random.bytes()?);
        vault.write(1, &epoch_key)?;
        let (bytes, _) = wraps::whole(store, 1, &epoch_key, &secrets, &[], random)?;
        disk.write_whole(&wraps::path_of(folder, 1), &bytes)?;
        Self::open(folder, source, disk, random)
    }

    pub(crate) fn open(folder: &Path, source: &KeySource, disk: &Disk, random: &Randomness) -> Result<Self> {
        let vault = source.open(folder, disk, random)?;
        let (epoch, epoch_key, read) = load(folder, vault.as_ref())?;
        // Invariant: a file without secrets is refused by `wraps::read`.
        let secrets = read.secrets.ok_or_else(|| StoreError::KeyringDamaged {
            path: wraps::path_of(folder, epoch),
            what: "it has no first frame".into(),
        })?;
        let signing = SigningKey::from_bytes(&secrets.signing);
        let mut keyring = Self {
            folder: folder.to_owned(),
            disk: disk.clone(),
            random: random.clone(),
            vault,
            epoch,
            epoch_key,
            store: read.store,
            secrets,
            signing,
            keys: HashMap::new(),
            names: HashMap::new(),
            pending: Vec::new(),
            hidden: HashSet::new(),
            mark: read.mark,
            torn: read.torn,
        };
        keyring.learn(read.entries);
        Ok(keyring)
    }

    /// The number of the present epoch; it counts erasures.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    fn learn(&mut self, entries: Vec<Entry>) {
        for entry in entries {
            if !self.hidden.contains(&entry.id) {
                self.names.insert(entry.name, entry.id);
                self.keys.insert(entry.id, entry);
            }
        }
    }

    fn name(&self, subject: &str) -> [u8; 16] {
        let mut name = [0; 16];
        blake3::Hasher::new_keyed(&self.secrets.name_key).update(subject.as_bytes()).finalize_xof().fill(&mut name);
        name
    }

    fn path(&self) -> PathBuf {
        wraps::path_of(&self.folder, self.epoch)
    }

    /// Cuts off the frame that a crash cut short. The caller made sure that no event needs it.
    fn drop_torn(&mut self) -> Result<()> {
        if self.torn.take().is_some() {
            self.disk.truncate(&self.path(), self.mark.length)?;
        }
        Ok(())
    }
}

fn load(folder: &Path, vault: &dyn EpochVault) -> Result<(u64, EpochKey, wraps::Read)> {
    // Between listing and reading, another process may complete an erasure: then there is a newer epoch, and the second look finds it.
    let mut last = None;
    for _ in 0..4 {
        let Some(epoch) = wraps::epochs(folder)?.last().copied() else { break };
        let path = wraps::path_of(folder, epoch);
        match vault.read(epoch).and_then(|key| {
            key.ok_or_else(|| StoreError::KeyringDamaged { path: path.clone(), what: format!("epoch key {epoch} is missing") })
        }) {
            Ok(key) => match wraps::read(&path, epoch, &key) {
                Ok(read) => return Ok((epoch, key, read)),
                Err(error) => last = Some(error),
            },
            Err(error) => last = Some(error),
        }
        if wraps::epochs(folder)?.last() == Some(&epoch) {
            break;
        }
    }
    Err(last.unwrap_or_else(|| StoreError::KeyringDamaged { path: folder.to_owned(), what: "it holds no wrapped keys".into() }))
}

impl Keyring for EpochKeyring {
    fn store(&self) -> StoreId {
        self.store
    }

    fn own(&self) -> SubjectKeyId {
        self.secrets.own
    }

    fn refresh(&mut self) -> Result<()> {
        // Keys that a failed commit drew are on no disk: an event sealed under one would be lost with the process.
        for entry in std::mem::take(&mut self.pending) {
            self.keys.remove(&entry.id);
            self.names.remove(&entry.name);
        }
        let path = self.path();
        let length = disk::length(&path)?;
        if length == self.mark.length {
            return Ok(());
        }
        if length > self.mark.length {
            let read = wraps::read_more(&path, self.store, self.epoch, &self.epoch_key, self.mark)?;
            self.mark = read.mark;
            self.torn = read.torn;
            self.learn(read.entries);
            return Ok(());
        }
        let (epoch, key, read) = load(&self.folder, self.vault.as_ref())?;
        if read.store != self.store {
            return Err(StoreError::KeyringDamaged {
                path: wraps::path_of(&self.folder, epoch),
                what: "it belongs to another store".into(),
            });
        }
        self.epoch = epoch;
        self.epoch_key = key;
        self.mark = read.mark;
        self.torn = read.torn;
        self.keys.clear();
        self.names.clear();
        self.learn(read.entries);
        Ok(())
    }

    fn find(&self, subject: &str) -> Option<SubjectKeyId> {
        self.names.get(&self.name(subject)).copied()
    }

    fn key(&self, id: SubjectKeyId) -> Option<SubjectKey> {
        if id == self.secrets.own {
            return Some(self.secrets.own_key.clone());
        }
        self.keys.get(&id).map(|entry| entry.key.clone())
    }

    fn subjects(&self) -> Vec<SubjectKeyId> {
        self.keys.keys().copied().collect()
    }

    fn create(&mut self, subject: &str) -> Result<SubjectKeyId> {
        let name = self.name(subject);
        if let Some(id) = self.names.get(&name) {
            return Ok(*id);
        }
        let entry =
            Entry { id: SubjectKeyId::from_bytes(self.random.bytes()?), key: SubjectKey::from_bytes(self.random.bytes()?), name };
        let id = entry.id;
        self.pending.push(entry.clone());
        self.learn(vec![entry]);
        Ok(id)
    }

    fn flush(&mut self) -> Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        self.drop_torn()?;
        let mut mark = self.mark;
        let bytes = wraps::frames(&mut mark, self.store, self.epoch, &self.epoch_key, &self.pending, &self.random)?;
        self.disk.append(&self.path(), &bytes)?;
        self.mark = mark;
        self.pending.clear();
        Ok(())
    }

    fn erase(&mut self, ids: &[SubjectKeyId]) -> Result<()> {
        for id in ids {
            if let Some(entry) = self.keys.remove(id) {
                self.names.remove(&entry.name);
            }
        }
        self.pending.clear();
        let (old, new) = (self.epoch, self.epoch + 1);
        let key = EpochKey::from_bytes(self.random.bytes()?);
        let mut entries: Vec<Entry> = self.keys.values().cloned().collect();
        entries.sort_by_key(|entry| entry.id);
        self.vault.write(new, &key)?;
        let (bytes, mark) = wraps::whole(self.store, new, &key, &self.secrets, &entries, &self.random)?;
        self.disk.write_whole(&wraps::path_of(&self.folder, new), &bytes)?;
        self.epoch = new;
        self.epoch_key = key;
        self.mark = mark;
        self.torn = None;
        self.vault.destroy(old)?;
        self.disk.remove(&wraps::path_of(&self.folder, old))
    }

    fn torn(&self) -> bool {
        self.torn.is_some()
    }

    fn finish(&mut self) -> Result<()> {
        for old in wraps::epochs(&self.folder)?.into_iter().filter(|epoch| *epoch < self.epoch) {
            self.vault.destroy(old)?;
            self.disk.remove(&wraps::path_of(&self.folder, old))?;
        }
        // An erasure that stopped before its wraps were in place also left an epoch key that wraps nothing; the next one replaces it.
        let unfinished = disk::with_suffix(&wraps::path_of(&self.folder, self.epoch + 1), ".new");
        if unfinished.exists() {
            self.disk.remove(&unfinished)?;
        }
        self.drop_torn()
    }

    fn hide(&mut self, ids: &[SubjectKeyId]) {
        for id in ids {
            if let Some(entry) = self.keys.remove(id) {
                self.names.remove(&entry.name);
            }
            self.hidden.insert(*id);
        }
    }

    fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.signing.sign(message).to_bytes()
    }

    fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.signing.verifying_key().verify(message, &Signature::from_bytes(signature)).is_ok()
    }
}
