//! Re-screening: when a list changes, only its added and changed entries run against the people that are known, and what was
//! decided about a pair is remembered until the entry says something else.
//!
//! The people are indexed ([`People`]), so that an entry finds those whose names it may mean; these few are then screened against the
//! lists in force as anybody is, so that re-screening never finds or scores anything that screening would not: what a word of a name
//! tells depends on the whole list, not on what changed in it. Everything here is a pure function of people,
//! change and memory: no clock, no store.
//!
//! An alert is a question for a person, never an answer.

mod memory;
mod people;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use bonafide_model::ContentHash;
use serde::{Deserialize, Serialize};

pub use memory::{Clearance, Memory};
pub use people::{People, Population, Subject, SubjectKey};

use crate::{
    diff::Diff,
    entry::{Entry, EntryId},
    screening::{Screener, Search},
};

/// What changed in one list, with the newer entries themselves.
#[derive(Clone, Debug)]
pub struct ListChange<'c> {
    /// Entries that were added or changed, in their newer version.
    pub entries: Vec<&'c Entry>,
    /// Entries that are listed no more.
    pub removed: Vec<&'c EntryId>,
}

impl<'c> ListChange<'c> {
    /// The change from a difference and the newer version.
    #[must_use]
    pub fn of(diff: &'c Diff, newer: &'c [Entry]) -> Self {
        let touched: BTreeSet<&EntryId> = diff.added.iter().chain(diff.changed.iter().map(|changed| &changed.id)).collect();
        Self {
            entries: newer.iter().filter(|entry| touched.contains(&entry.id)).collect(),
            removed: diff.removed.iter().collect(),
        }
    }

    /// Everything of a list as if it were new: the first time a list or a population comes in.
    #[must_use]
    pub fn everything(entries: &'c [Entry]) -> Self {
        Self { entries: entries.iter().collect(), removed: Vec::new() }
    }
}

/// Which pairs are alerts.
#[derive(Clone, Debug)]
pub struct Options {
    /// Least score of an alert, 0…1.
    pub threshold: f64,
    /// Another threshold for some populations.
    pub thresholds: BTreeMap<Population, f64>,
    /// The populations to run against; all where it is `None`.
    pub populations: Option<BTreeSet<Population>>,
}

impl Default for Options {
    fn default() -> Self {
        Self { threshold: 0.75, thresholds: BTreeMap::new(), populations: None }
    }
}

impl Options {
    fn threshold_of(&self, population: &Population) -> Option<f64> {
        let wanted = self.populations.as_ref().is_none_or(|wanted| wanted.contains(population));
        wanted.then(|| self.thresholds.get(population).copied().unwrap_or(self.threshold))
    }
}

/// A subject that an entry may mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// The subject.
    pub subject: SubjectKey,
    /// The entry.
    pub entry: EntryId,
    /// Hash of the entry in the version that was compared.
    pub entry_hash: ContentHash,
    /// How well they fit, 0…1, in thousandths, so that it reads back as it was written.
    pub score: u16,
    /// Whether an identifier or a paper agrees: more than a name.
    pub identified: bool,
}

/// Why an alert was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedBecause {
    /// The entry is listed no more.
    Delisted,
    /// The entry changed, and does not fit the subject any more.
    FitsNoMore,
}

/// What a change of a list did to the alerts. Every part is sorted by subject and entry.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Outcome {
    /// New alerts.
    pub opened: Vec<Alert>,
    /// Alerts that were open and still fit, in their newer form.
    pub kept: Vec<Alert>,
    /// Alerts that are over.
    pub closed: Vec<(Alert, ClosedBecause)>,
    /// Pairs that a person had cleared, and whose entry says something else now, with the decision that was made.
    pub come_back: Vec<(Alert, Clearance)>,
    /// How many pairs fit and stay cleared, since their entry says what it said.
    pub still_cleared: usize,
}

/// Runs a change of a list against the people. `lists` are the lists in force, the newer versions of the changed entries among them.
#[must_use]
pub fn rescreen(people: &People, lists: &Screener, change: &ListChange<'_>, memory: &Memory, options: &Options) -> Outcome {
    let mut outcome = Outcome::default();
    let removed: BTreeSet<&EntryId> = change.removed.iter().copied().collect();
    let changed: HashMap<&EntryId, ContentHash> = change.entries.iter().map(|entry| (&entry.id, entry.hash())).collect();
    let mut found: BTreeMap<(SubjectKey, EntryId), Alert> = BTreeMap::new();
    for alert in pairs(people, lists, &change.entries, &changed, options) {
        found.insert((alert.subject.clone(), alert.entry.clone()), alert);
    }
    for alert in memory.open() {
        let of_wanted = options.threshold_of(&alert.subject.population).is_some();
        if removed.contains(&alert.entry) {
            outcome.closed.push((alert.clone(), ClosedBecause::Delisted));
        } else if of_wanted && changed.contains_key(&alert.entry) && people.holds(&alert.subject) {
            match found.remove(&(alert.subject.clone(), alert.entry.clone())) {
                Some(newer) => outcome.kept.push(newer),
                None => outcome.closed.push((alert.clone(), ClosedBecause::FitsNoMore)),
            }
        }
    }
    for alert in found.into_values() {
        match memory.clearance(&alert.subject, &alert.entry) {
            Some(clearance) if clearance.entry_hash == alert.entry_hash => outcome.still_cleared += 1,
            Some(clearance) => outcome.come_back.push((alert, clearance.clone())),
            None => outcome.opened.push(alert),
        }
    }
    outcome
}

/// The pairs of people and entries that fit.
fn pairs(
    people: &People,
    lists: &Screener,
    entries: &[&Entry],
    hashes: &HashMap<&EntryId, ContentHash>,
    options: &Options,
) -> Vec<Alert> {
    let mut search = Search::default();
    let mut alerts = Vec::new();
    for number in people.touched_by(entries) {
        let Some(subject) = people.subject(number) else { continue };
        let Some(threshold) = options.threshold_of(&subject.key.population) else { continue };
        for hit in lists.screen(&mut search, &subject.wanted, usize::MAX, threshold) {
            let Some(hash) = hashes.get(&hit.entry.id) else { continue };
            alerts.push(Alert {
                subject: subject.key.clone(),
                entry: hit.entry.id.clone(),
                entry_hash: *hash,
                score: (hit.score.clamp(0.0, 1.0) * 1_000.0).round() as u16,
                identified: !hit.identified.is_empty(),
            });
        }
    }
    alerts
}
