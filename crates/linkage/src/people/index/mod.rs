//! Applications that are kept, so that a later one is linked with them in less than a millisecond.
//!
//! An index is an immutable segment and a log of what happened since. It holds no plain values: values are keyed hashes, ids are
//! sealed, pictures keep nothing but their distances, names the hashes of what is left without a letter. A new application
//! is linked by postings alone and weighed as when all are linked at once; when many have come, all are linked anew into a segment of
//! the next generation, which takes the place of the old one in one step.
//!
//! ```text
//! index               names the generation and the key
//! lock                held while the index is open for writing
//! key-K               the key, where it is kept with the index
//! links-N.segment     what was linked at once
//! links-N.log         applications, judgements and decisions since
//! ```

mod add;
mod arrive;
mod ask;
mod base;
mod build;
mod decisions;
mod event;
mod explain;
mod folder;
mod foreign;
mod judge;
mod key;
mod leave;
mod log;
mod map;
mod names;
mod open;
mod overlay;
mod persist;
mod persons;
mod put;
mod relink;
mod seal;
mod state;
mod version;
mod view;
mod world;

use std::{
    collections::{BTreeSet, HashSet},
    path::Path,
};

use bonafide_formats::segment::Segment;

pub use add::Added;
pub use ask::Holding;
pub use decisions::{History, Judged};
pub use event::{Judgement, Mark, Verdict};
pub use foreign::{ask_segment, read_log};
pub use key::Key;
pub(super) use names::NameForms;

use super::{Linked, columns::Applicants, evidence::Rates, rings::NONE, ties::Learned};
use crate::error::Error;
use base::{Columns, unusable};
use event::Event;
use folder::Folder;
use judge::Made;
use log::Log;
use overlay::Overlay;
use seal::Seal;
use state::State;
use view::View;

/// The share of applications since the segment was written from which on all should be linked anew: one in so many.
const SHARE: usize = 10;
/// Applications from which on that is worth it, and from which on it is due however many there are.
const LEAST: usize = 1_000;
const MOST: usize = 20_000;

/// An index that is open.
pub struct Index {
    /// Where it stands; nowhere for one in memory.
    folder: Option<Folder>,
    key: Key,
    segment: Segment,
    /// What the segment's ids are sealed with.
    seal: Seal,
    log: Log,
    /// What happened since everything was linked anew in memory; the generation on the disk is the one from before then.
    fresh: Option<Vec<Event>>,
    since: Overlay,
    rates: Rates,
    /// What was learned of links that come together.
    learned: Learned,
    made: Vec<Made>,
    marks: Vec<Mark>,
    /// Rows known to be bad.
    bad: BTreeSet<u32>,
    /// Number of the next batch.
    age: u32,
    /// The caller's mark of how far its own log was taken in.
    position: u64,
}

impl Index {
    /// Checks the whole segment against its hash: time grows with it.
    ///
    /// # Errors
    /// [`Error::Segment`] where a bit differs.
    pub fn verify(&self) -> Result<(), Error> {
        self.segment.verify().map_err(unusable)
    }

    const fn view(&self) -> View<'_> {
        View::of(&self.segment, &self.seal)
    }

    const fn state(&self) -> State<'_> {
        State { base: self.view(), since: &self.since }
    }

    /// The segment, and what happened since to be written.
    const fn parts(&mut self) -> (View<'_>, &mut Overlay) {
        (View::of(&self.segment, &self.seal), &mut self.since)
    }

    /// Number of applications.
    ///
    /// # Errors
    /// None today.
    pub fn count(&self) -> Result<usize, Error> {
        Ok(self.state().rows())
    }

    /// Bytes of the segment and the log; of an index in memory none.
    ///
    /// # Errors
    /// [`Error::Index`] where the folder cannot be read.
    pub fn bytes(&self) -> Result<u64, Error> {
        let Some(folder) = &self.folder else { return Ok(0) };
        let path = folder.segment();
        let segment = std::fs::metadata(&path).map_err(|source| failed(&path, "it cannot be read", source))?.len();
        Ok(segment + self.log.bytes())
    }

    /// Notes what happened, for when it is made to last.
    fn record(&mut self, event: Event) {
        match &mut self.fresh {
            // What stands in memory alone is never written.
            _ if self.folder.is_none() => {}
            Some(since) => since.push(event),
            None => self.log.push(&event),
        }
    }

    /// Makes what was added last: when this returns, no crash loses it. An index in memory, or one that was opened to read, stays as it
    /// is: see [`Index::persist`].
    ///
    /// # Errors
    /// [`Error::Index`] where it cannot be written.
    pub fn commit(&mut self) -> Result<(), Error> {
        match &self.folder {
            Some(folder) if folder.is_locked() => self.write(),
            _ => Ok(()),
        }
    }

    /// Appends to the log, or puts what was linked anew in the place of the generation that stands. The lock is held.
    fn write(&mut self) -> Result<(), Error> {
        let (Some(events), Some(folder)) = (&self.fresh, &mut self.folder) else { return self.log.commit() };
        folder.swap(|path| self.segment.save(path).map_err(unusable), events, &self.key)?;
        // The same columns, where they need no memory of their own.
        self.segment = open::segment(folder, &self.key)?;
        self.log = Log::open(&folder.log(), &self.key)?.0;
        self.fresh = None;
        Ok(())
    }

    /// Whether so many applications have come since all were linked that it is time to do so again.
    ///
    /// # Errors
    /// None today.
    pub fn should_relink(&self) -> Result<bool, Error> {
        Ok(self.since.came() >= self.most_one_by_one())
    }

    /// Applications that are linked one by one before all are linked anew.
    fn most_one_by_one(&self) -> usize {
        (self.view().rows() / SHARE).clamp(LEAST, MOST)
    }

    /// Links everything anew, with the judgements that stand, and writes it as the next generation, with what was not committed yet.
    ///
    /// # Errors
    /// [`Error::Index`] or [`Error::Segment`] where something cannot be read or written; the index is as it was then.
    pub fn relink(self) -> Result<Self, Error> {
        self.rewrite(&HashSet::new())
    }

    fn rewrite(mut self, without: &HashSet<u32>) -> Result<Self, Error> {
        self.verify()?;
        let (columns, events) = self.linked_anew(without, None)?;
        match self.folder.take() {
            Some(mut folder) if folder.is_locked() => {
                folder.swap(|path| columns.write(path, &self.key), &events, &self.key)?;
                let key = self.key.clone();
                drop((columns, self));
                Self::load(folder, key)
            }
            folder => {
                self.folder = folder;
                self.take_over(&columns, events)?;
                Ok(self)
            }
        }
    }

    /// All but some linked anew, and what is to be known besides.
    fn linked_anew(&self, without: &HashSet<u32>, alike: Option<relink::Alike<'_>>) -> Result<(Columns, Vec<Event>), Error> {
        let state = self.state();
        let stays = |id: &str| state.row_of(id).is_some_and(|row| !without.contains(&row));
        let judgements: Vec<Judgement> = self
            .made
            .iter()
            .map(|(judgement, _)| judgement)
            .filter(|judgement| stays(&judgement.one) && stays(&judgement.other))
            .cloned()
            .collect();
        let marks = self.marks.iter().filter(|mark| stays(&mark.id)).cloned();
        let mut columns = relink::relinked(state, without, &judgements, alike)?;
        columns.mark = self.key.mark();
        columns.age = self.age;
        columns.position = self.position;
        let events = judgements.into_iter().map(Event::Settled).chain(marks.map(Event::Marked)).collect();
        Ok((columns, events))
    }

    /// Takes columns in memory in the place of segment and log.
    fn take_over(&mut self, columns: &Columns, events: Vec<Event>) -> Result<(), Error> {
        let segment = columns.to_segment(&self.key)?;
        let state = self.state();
        let bad: Vec<String> = self.bad.iter().map(|&row| state.id(row).into_owned()).collect();
        self.seal = Seal::of(&self.key, View::nonce_of(&segment));
        self.segment = segment;
        self.since = Overlay::default();
        self.rates = Rates::of_numbers(&columns.rates).ok_or_else(|| open::damaged(Path::new("memory")))?;
        self.learned = Learned::of_numbers(&columns.ties).ok_or_else(|| open::damaged(Path::new("memory")))?;
        (self.made, self.marks) = (Vec::new(), Vec::new());
        for event in &events {
            match event {
                Event::Settled(judgement) => self.made.push((judgement.clone(), event::Changes::default())),
                Event::Marked(mark) => self.marks.push(mark.clone()),
                _ => {}
            }
        }
        self.set_known_bad(&bad);
        self.fresh = Some(events);
        Ok(())
    }

    /// Removes applications and all that came of them: the rest is linked as if they had never been there, and no file of the index
    /// holds their ids or hashes any more. Judgements and decisions that name them go with them. Returns the ids that were not there.
    ///
    /// # Errors
    /// As [`Index::relink`].
    pub fn forget(self, ids: &[String]) -> Result<(Self, Vec<String>), Error> {
        let state = self.state();
        let mut rows = HashSet::new();
        let mut unknown = Vec::new();
        for id in ids {
            match state.row_of(id) {
                Some(row) => {
                    rows.insert(row);
                }
                None => unknown.push(id.clone()),
            }
        }
        if rows.is_empty() {
            return Ok((self, unknown));
        }
        Ok((self.rewrite(&rows)?, unknown))
    }
}

fn failed(path: &Path, what: &str, source: std::io::Error) -> Error {
    Error::Index { path: path.display().to_string(), what: what.to_owned(), source: Some(source) }
}

fn bad(path: &Path, what: &str) -> Error {
    Error::Index { path: path.display().to_string(), what: what.to_owned(), source: None }
}
