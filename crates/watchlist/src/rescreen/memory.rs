//! What is open, and what people decided.

use std::collections::BTreeMap;

use bonafide_model::ContentHash;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Alert, Outcome, SubjectKey};
use crate::entry::EntryId;

/// A person's decision that a subject is not who an entry means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clearance {
    /// The subject.
    pub subject: SubjectKey,
    /// The entry.
    pub entry: EntryId,
    /// What the entry said when it was decided.
    pub entry_hash: ContentHash,
    /// Who decided.
    pub who: Box<str>,
    /// Why.
    pub why: Box<str>,
    /// When.
    pub when: Timestamp,
}

/// Open alerts and decisions, by subject and entry.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub struct Memory {
    open: BTreeMap<(SubjectKey, EntryId), Alert>,
    cleared: BTreeMap<(SubjectKey, EntryId), Clearance>,
}

/// The form in which a memory is kept.
#[derive(Serialize, Deserialize)]
struct Stored {
    open: Vec<Alert>,
    cleared: Vec<Clearance>,
}

impl From<Stored> for Memory {
    fn from(stored: Stored) -> Self {
        let pair = |subject: &SubjectKey, entry: &EntryId| (subject.clone(), entry.clone());
        Self {
            open: stored.open.into_iter().map(|alert| (pair(&alert.subject, &alert.entry), alert)).collect(),
            cleared: stored
                .cleared
                .into_iter()
                .map(|clearance| (pair(&clearance.subject, &clearance.entry), clearance))
                .collect(),
        }
    }
}

impl From<Memory> for Stored {
    fn from(memory: Memory) -> Self {
        Self { open: memory.open.into_values().collect(), cleared: memory.cleared.into_values().collect() }
    }
}

impl Memory {
    /// The open alerts, by subject and entry.
    pub fn open(&self) -> impl Iterator<Item = &Alert> {
        self.open.values()
    }

    /// The decision on a pair, where there is one.
    #[must_use]
    pub fn clearance(&self, subject: &SubjectKey, entry: &EntryId) -> Option<&Clearance> {
        self.cleared.get(&(subject.clone(), entry.clone()))
    }

    /// All decisions, by subject and entry.
    pub fn clearances(&self) -> impl Iterator<Item = &Clearance> {
        self.cleared.values()
    }

    /// Takes over what a change of a list did. A decision whose pair came back is spent.
    pub fn apply(&mut self, outcome: &Outcome) {
        let pair = |alert: &Alert| (alert.subject.clone(), alert.entry.clone());
        for (alert, _) in &outcome.closed {
            self.open.remove(&pair(alert));
        }
        for (alert, _) in &outcome.come_back {
            self.cleared.remove(&pair(alert));
        }
        let come_back = outcome.come_back.iter().map(|(alert, _)| alert);
        for alert in outcome.opened.iter().chain(&outcome.kept).chain(come_back) {
            self.open.insert(pair(alert), alert.clone());
        }
    }

    /// Records that a person cleared an open alert; the alert that was open comes back, `None` where there is none.
    pub fn clear(
        &mut self,
        subject: &SubjectKey,
        entry: &EntryId,
        who: impl Into<Box<str>>,
        why: impl Into<Box<str>>,
        when: Timestamp,
    ) -> Option<Alert> {
        let pair = (subject.clone(), entry.clone());
        let alert = self.open.remove(&pair)?;
        let clearance = Clearance {
            subject: subject.clone(),
            entry: entry.clone(),
            // What the person saw, not what stands there now.
            entry_hash: alert.entry_hash,
            who: who.into(),
            why: why.into(),
            when,
        };
        self.cleared.insert(pair, clearance);
        Some(alert)
    }

    /// Takes over new hashes of entries that say what they said: newer readers understand the same file better, and a decision must
    /// not come back for that. `hash` gives the newer hash of an entry's older one.
    pub fn read_anew(&mut self, hash: impl Fn(&EntryId, ContentHash) -> Option<ContentHash>) {
        for alert in self.open.values_mut() {
            alert.entry_hash = hash(&alert.entry, alert.entry_hash).unwrap_or(alert.entry_hash);
        }
        for clearance in self.cleared.values_mut() {
            clearance.entry_hash = hash(&clearance.entry, clearance.entry_hash).unwrap_or(clearance.entry_hash);
        }
    }

    /// Forgets everything about a subject.
    pub fn forget(&mut self, subject: &SubjectKey) {
        self.open.retain(|(known, _), _| known != subject);
        self.cleared.retain(|(known, _), _| known != subject);
    }
}
