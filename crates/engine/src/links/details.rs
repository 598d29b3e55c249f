//! What only texts tell: of subjects of the call from what was collected, of others from the store, read when asked for.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bonafide_model::{dossier::Dossier, id::SubjectId};

use super::{
    dossier::{About, Gathered},
    names,
};
use crate::networks::NetworkRoom;

/// Subjects that are kept elsewhere and can be read one by one.
pub trait Subjects: Send + Sync {
    /// The dossier of a subject; `None` where it is not there any more.
    ///
    /// # Errors
    /// Why it cannot be read, in words.
    fn dossier(&self, subject: &SubjectId) -> Result<Option<Dossier>, String>;
}

/// Subjects that were read and are kept in memory at most; then all are let go.
const MOST_READ: usize = 4_096;

/// What is told of subjects beside what links them.
pub(super) struct Details {
    call: Arc<Gathered>,
    stored: Option<Arc<dyn Subjects>>,
    networks: Option<Arc<NetworkRoom>>,
    read: Mutex<HashMap<String, Option<Arc<Gathered>>>>,
    failed: Mutex<Option<String>>,
}

/// A subject of whom something is told.
pub(super) struct Known {
    pub(super) of: Arc<Gathered>,
    pub(super) row: u32,
}

impl Known {
    pub(super) fn about(&self) -> Option<&About> {
        self.of.about(self.row)
    }
}

impl Details {
    pub(super) fn new(call: Gathered, stored: Option<Arc<dyn Subjects>>, networks: Option<Arc<NetworkRoom>>) -> Self {
        Self { call: Arc::new(call), stored, networks, read: Mutex::default(), failed: Mutex::default() }
    }

    /// Subjects of the call.
    pub(super) fn call(&self) -> &Gathered {
        &self.call
    }

    /// What is told of a subject. Who is in the call is as the call says.
    pub(super) fn of(&self, subject: &str) -> Option<Known> {
        if let Some(row) = self.call.row(subject) {
            return Some(Known { of: Arc::clone(&self.call), row });
        }
        let stored = self.stored.as_ref()?;
        if let Some(known) = open(&self.read).get(subject) {
            return known.as_ref().map(first);
        }
        let read = stored.dossier(&SubjectId::new(subject)).and_then(|dossier| {
            let gathered = dossier.map(|dossier| Gathered::one(&dossier, self.networks.as_deref()));
            gathered.transpose().map_err(|error| error.to_string())
        });
        let known = read.unwrap_or_else(|why| {
            open(&self.failed).get_or_insert(why);
            None
        });
        let known = known.map(Arc::new);
        let told = known.as_ref().map(first);
        let mut read = open(&self.read);
        if read.len() >= MOST_READ {
            read.clear();
        }
        read.insert(subject.to_owned(), known);
        told
    }

    /// Whether two subjects bear names that may be one person's.
    pub(super) fn are_of_one_name(&self, one: &str, other: &str) -> bool {
        let (Some(one), Some(other)) = (self.of(one), self.of(other)) else { return false };
        names::are_alike(&one.of.names(one.row), &other.of.names(other.row))
    }

    /// Why a subject could not be read, if that happened.
    pub(super) fn failure(&self) -> Option<String> {
        open(&self.failed).clone()
    }
}

fn first(gathered: &Arc<Gathered>) -> Known {
    Known { of: Arc::clone(gathered), row: 0 }
}

/// What a mutex holds. Nobody leaves it half changed.
fn open<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
