//! The link index of a store's subjects.
//!
//! It is derived: whatever is wrong with it, it can be made anew from the store. It holds only what the store holds; the subjects of a
//! call are put on top of it in memory and come into it when the store has them.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use bonafide_linkage::people::{Index, Key, Mark};
use bonafide_model::{dossier::Dossier, id::SubjectId};

use super::{
    Error,
    details::{Details, Subjects},
    dossier::Gatherer,
};
use crate::networks::NetworkRoom;

/// Dossiers that are taken in together: the memory that bringing an index up to date takes does not grow with the store.
const AT_ONCE: usize = 50_000;

/// An index that follows a store.
pub struct Kept {
    pub(super) index: Index,
    pub(super) networks: Option<Arc<NetworkRoom>>,
    pub(super) subjects: Arc<dyn Subjects>,
    waiting: Gatherer,
    decided: Vec<(String, bool)>,
}

impl Kept {
    /// The index in a folder; an empty one is made where there is none. `subjects` are those of the store.
    ///
    /// `networks`: see [`Links::new`](super::Links::new). An index depends on them; another version of them needs another folder.
    ///
    /// # Errors
    /// Where it cannot be used: it is damaged, of another version, or of another key.
    pub fn open(
        folder: &Path,
        key: [u8; 32],
        networks: Option<Arc<NetworkRoom>>,
        subjects: Arc<dyn Subjects>,
    ) -> Result<Self, Error> {
        let key = Key::from_bytes(key);
        let index = if folder.is_dir() { Index::open_to_read(folder, Some(key))? } else { Index::make(folder, key)? };
        Ok(Self { index, networks, subjects, waiting: Gatherer::default(), decided: Vec::new() })
    }

    /// An empty index in memory, for calls that write nothing.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn in_memory(networks: Option<Arc<NetworkRoom>>, subjects: Arc<dyn Subjects>) -> Result<Self, Error> {
        Ok(Self { index: super::empty()?, networks, subjects, waiting: Gatherer::default(), decided: Vec::new() })
    }

    /// Takes subjects out of the index in a folder, so that nothing of them is left in its files.
    ///
    /// # Errors
    /// [`Error::is_busy`] where another program writes the index; otherwise where it cannot be used or written.
    pub fn forget(folder: &Path, key: [u8; 32], subjects: &[SubjectId]) -> Result<(), Error> {
        let ids: Vec<String> = subjects.iter().map(|subject| subject.as_str().trim().to_owned()).collect();
        Index::open(folder, Some(Key::from_bytes(key)))?.forget(&ids)?;
        Ok(())
    }

    /// Number of subjects.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn subjects(&self) -> Result<usize, Error> {
        Ok(self.index.count()?)
    }

    /// How far the store's log was taken in.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.index.position()
    }

    /// Takes a subject in as the store has it now.
    ///
    /// # Errors
    /// Where there are more values than can be numbered.
    pub fn take_in(&mut self, dossier: &Dossier) -> Result<(), Error> {
        self.waiting.add(dossier, self.networks.as_deref())?;
        if self.waiting.count() >= AT_ONCE { self.put() } else { Ok(()) }
    }

    /// Takes a decision in: whether a person has confirmed misrepresentation in a subject's case. Nothing else makes anybody known bad.
    pub fn decided(&mut self, subject: &SubjectId, is_confirmed: bool) {
        self.decided.push((subject.as_str().trim().to_owned(), is_confirmed));
    }

    fn put(&mut self) -> Result<(), Error> {
        let gathered = std::mem::take(&mut self.waiting).finish();
        let details = Details::new(gathered, Some(Arc::clone(&self.subjects)), self.networks.clone());
        self.index.put(&details.call().applicants, &|one, other| details.are_of_one_name(one, other))?;
        details.failure().map_or(Ok(()), |why| Err(Error::Subject { why }))
    }

    /// Whom the index holds, in no particular order. Somebody whom the store does not know any more makes it unusable.
    pub fn ids(&self) -> impl Iterator<Item = SubjectId> + '_ {
        self.index.ids().map(SubjectId::new)
    }

    /// Everything up to a position of the store's log is taken in.
    ///
    /// # Errors
    /// Where there are more values than can be numbered.
    pub fn reached(&mut self, position: u64) -> Result<(), Error> {
        if self.waiting.count() > 0 {
            self.put()?;
        }
        let bad: BTreeSet<String> = self.index.known_bad().into_iter().map(|row| self.index.id(row)).collect();
        let news = std::mem::take(&mut self.decided).into_iter().filter(|(id, is_bad)| bad.contains(id) != *is_bad);
        let marks: Vec<Mark> = news.map(|(id, is_bad)| mark(id, is_bad)).collect();
        if !marks.is_empty() {
            self.index.mark(marks)?;
        }
        self.index.set_position(position);
        Ok(())
    }

    /// Writes what was taken in. `false`: another program has written meanwhile or is about to, and nothing was written.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn persist(&mut self) -> Result<bool, Error> {
        Ok(self.index.persist()?)
    }
}

/// Who decided and why stands in the case.
fn mark(id: String, is_bad: bool) -> Mark {
    Mark { id, is_bad, by: String::new(), why: "decision".to_owned(), at: String::new() }
}
