//! Applications that are kept, so that a later one is linked with them in less than a millisecond.
//!
//! An index is an immutable segment and a log of what happened since. It holds no plain values but the applications' ids: values
//! are keyed hashes, pictures keep nothing but their distances, names the hashes of what is left without a letter. A new application
//! is linked by postings alone and weighed as when all are linked at once; when many have come, all are linked anew into a segment of
//! the next generation, which takes the place of the old one in one step.
//!
//! ```text
//! index               names the generation and the key
//! lock                held while the index is open
//! key-K               the key, where it is kept with the index
//! links-N.segment     what was linked at once
//! links-N.log         applications, judgements and decisions since
//! ```

mod arrive;
mod base;
mod build;
mod event;
mod explain;
mod folder;
mod judge;
mod key;
mod log;
mod names;
mod persons;
mod relink;
mod state;
mod world;

use std::{
    collections::{BTreeSet, HashSet},
    path::Path,
    time::{Duration, Instant},
};

use bonafide_formats::segment::Segment;
use serde::Serialize;

pub use event::{Judgement, Mark, Verdict};
pub use key::Key;
pub(super) use names::NameForms;

use super::{
    Linked,
    columns::Applicants,
    evidence::Rates,
    reasons::{Line, MOST_IGNORED, MOST_REASONS, bits, cut},
    rings::NONE,
};
use crate::error::Error;
use base::{View, unusable};
use event::{Changes, Event};
use folder::Folder;
use judge::Made;
use log::Log;
use state::{Overlay, State};

/// The share of applications since the segment was written from which on all should be linked anew: one in so many.
const SHARE: usize = 10;
/// Applications from which on that is worth it.
const LEAST: usize = 1_000;

/// An index that is open; nobody else has it open meanwhile.
pub struct Index {
    folder: Folder,
    key: Key,
    segment: Segment,
    log: Log,
    since: Overlay,
    rates: Rates,
    made: Vec<Made>,
    marks: Vec<Mark>,
    /// Rows known to be bad.
    bad: BTreeSet<u32>,
    /// Number of the next batch.
    age: u32,
}

/// A new application that was linked.
#[derive(Clone, Debug)]
pub struct Added {
    /// What it is linked to.
    pub line: Line,
    /// How long that took.
    pub took: Duration,
}

/// What a judgement came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// The judgement.
    #[serde(flatten)]
    pub judgement: Judgement,
    /// The persons of the two applications before, and after.
    pub before: [String; 2],
    /// See `before`.
    pub after: [String; 2],
    /// Applications that are another person's now.
    pub moved: usize,
    /// Earlier judgements that do not go with this one and do not stand any longer.
    pub overruled: Vec<Judgement>,
}

/// What is known of one application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct History {
    /// The application.
    pub id: String,
    /// The batch with which it came, from 0.
    pub batch: u32,
    /// Its person and the other applications of it.
    pub person_cluster: String,
    /// Ids of all applications of the person.
    pub person: Vec<String>,
    /// Its ring.
    pub ring_cluster: Option<String>,
    /// Whether a person's decision or intel calls it bad.
    pub known_bad: bool,
    /// Judgements about it, oldest first.
    pub judgements: Vec<Judgement>,
    /// Decisions on whether it is known bad, oldest first.
    pub marks: Vec<Mark>,
}

impl Index {
    /// Makes an index of applications that were linked; one that stands in the folder is replaced. `key` is given where it is kept
    /// elsewhere; otherwise a new one stands in the folder.
    ///
    /// # Errors
    /// [`Error::Index`] where the folder cannot be written or another program has the index open.
    pub fn create(
        folder: &Path,
        applicants: &Applicants,
        linked: &Linked,
        marks: &[Mark],
        key: Option<Key>,
    ) -> Result<Self, Error> {
        let mut folder = Folder::make(folder)?;
        let is_given = key.is_some();
        let key = key.map_or_else(Key::random, Ok)?;
        folder.set_key(&key, is_given)?;
        let ages = vec![0; applicants.rows()];
        let mut columns = build::columns(applicants, linked, build::Hashes::Of(&key), key.mark(), &ages)?;
        columns.machine = columns.person.clone();
        columns.meta.push(1);
        let events: Vec<Event> = marks.iter().cloned().map(Event::Marked).collect();
        folder.swap(&columns, &events)?;
        drop(columns);
        Self::load(folder, key)
    }

    /// Opens an index and takes what was interrupted off its end. `key` is given where it is kept elsewhere.
    ///
    /// Damage to the segment's head or the log is noticed here; [`Index::verify`] checks the whole segment.
    ///
    /// # Errors
    /// [`Error::Index`] or [`Error::Segment`] where there is none, another program has it open, it is of another version or damaged,
    /// or the key is not its own.
    pub fn open(folder: &Path, key: Option<Key>) -> Result<Self, Error> {
        let folder = Folder::open(folder)?;
        let key = key.map_or_else(|| folder.read_key(), Ok)?;
        Self::load(folder, key)
    }

    fn load(folder: Folder, key: Key) -> Result<Self, Error> {
        let path = folder.segment();
        let segment = Segment::open(&path, base::SEGMENT, base::MOST_BYTES).map_err(unusable)?;
        let damaged = || bad(&path, "it is damaged; restore it from a copy or make it anew with `bonafide link people --index`");
        let view = View::of(&segment).map_err(unusable)?;
        if !view.is_whole() {
            return Err(damaged());
        }
        if view.meta[0] != key.mark() {
            return Err(bad(&path, "it was made with another key; give the key that it was made with"));
        }
        let rates = Rates::of_numbers(view.rates).ok_or_else(damaged)?;
        let age = u32::try_from(view.meta[4]).map_err(|_| damaged())?;
        let (log, events) = Log::open(&folder.log())?;
        let mut index = Self {
            folder,
            key,
            segment,
            log,
            since: Overlay::default(),
            rates,
            made: Vec::new(),
            marks: Vec::new(),
            bad: BTreeSet::new(),
            age,
        };
        index.replay(events)?;
        Ok(index)
    }

    fn replay(&mut self, events: Vec<Event>) -> Result<(), Error> {
        let path = self.folder.log();
        let damaged = || bad(&path, "it names applications that are not there; restore it from a copy");
        let view = View::of(&self.segment).map_err(unusable)?;
        for event in events {
            match event {
                Event::Added(record, changes) => {
                    self.age = self.age.max(record.age + 1);
                    self.since.push(view, *record);
                    if !is_within(&changes, view.rows() + self.since.rows()) {
                        return Err(damaged());
                    }
                    self.since.apply(view, &changes, true);
                }
                Event::Judged(judgement, changes) => {
                    if !is_within(&changes, view.rows() + self.since.rows()) {
                        return Err(damaged());
                    }
                    self.since.apply(view, &changes, false);
                    self.made.push((judgement, changes));
                }
                Event::Settled(judgement) => self.made.push((judgement, Changes::default())),
                Event::Marked(mark) => self.marks.push(mark),
            }
        }
        let state = State { base: view, since: &self.since };
        self.bad = bad_rows(state, &self.marks);
        Ok(())
    }

    /// Checks the whole segment against its hash: time grows with it.
    ///
    /// # Errors
    /// [`Error::Segment`] where a bit differs.
    pub fn verify(&self) -> Result<(), Error> {
        self.segment.verify().map_err(unusable)
    }

    fn view(&self) -> Result<View<'_>, Error> {
        View::of(&self.segment).map_err(unusable)
    }

    fn state(&self) -> Result<State<'_>, Error> {
        Ok(State { base: self.view()?, since: &self.since })
    }

    /// Number of applications.
    ///
    /// # Errors
    /// [`Error::Segment`] where the segment cannot be used.
    pub fn count(&self) -> Result<usize, Error> {
        Ok(self.state()?.rows())
    }

    /// Bytes of the segment and the log.
    ///
    /// # Errors
    /// [`Error::Index`] where the folder cannot be read.
    pub fn bytes(&self) -> Result<u64, Error> {
        let path = self.folder.segment();
        let segment = std::fs::metadata(&path).map_err(|source| failed(&path, "it cannot be read", source))?.len();
        Ok(segment + self.log.bytes())
    }

    /// Links new applications, in the order of `rows`, with the index and with each other, and adds them to it. `take` is given
    /// every row with its answer, or nothing where the id is there already. Nothing lasts until [`Index::commit`].
    ///
    /// # Errors
    /// [`Error::Segment`] where the segment cannot be used.
    pub fn add(&mut self, applicants: &Applicants, rows: &[u32], mut take: impl FnMut(u32, Option<Added>)) -> Result<(), Error> {
        let view = View::of(&self.segment).map_err(unusable)?;
        for &row in rows {
            let started = Instant::now();
            if (State { base: view, since: &self.since }).row_of(applicants.id(row)).is_some() {
                take(row, None);
                continue;
            }
            let (mut record, mut texts) = explain::record(applicants, row, &self.key, self.age);
            let group = (State { base: view, since: &self.since }).group_of(record.picture);
            record.cells[base::COLUMNS - 1] = group;
            texts.set_group(group);
            let kept = record.clone();
            let row_here = self.since.push(view, record);
            let may_join = |one: u32, other: u32| !self.are_apart(view, one, other);
            let (persons, like) = persons::persons_of(State { base: view, since: &self.since }, row_here, may_join);
            let mut changes = self.joined(view, row_here, &persons, like);
            self.since.apply(view, &changes, true);
            let state = State { base: view, since: &self.since };
            let person = state.person(row_here);
            let mut to_rings = Changes::default();
            let arrival = arrive::ring_of(state, &self.rates, person, &mut to_rings);
            self.since.apply(view, &to_rings, true);
            changes.rings.append(&mut to_rings.rings);
            changes.edges.append(&mut to_rings.edges);
            let state = State { base: view, since: &self.since };
            let mut reasons = explain::same_person(state, &texts, row_here);
            let mut more_reasons = 0;
            if let Some(world) = &arrival.world {
                let mut associated = explain::associated(state, &self.rates, world, &texts, person);
                more_reasons = cut(&mut associated, MOST_REASONS);
                reasons.extend(associated);
            }
            let mut ignored = explain::ignored(state, &texts, person);
            let more_ignored = cut(&mut ignored, MOST_IGNORED);
            let (ring, _) = state.place(person);
            let line = Line {
                id: kept.id.clone(),
                person_cluster: format!("p:{}", state.id(person)),
                ring_cluster: (ring != NONE).then(|| format!("r:{}", state.id(ring))),
                ring_score: bits(arrival.score),
                reasons,
                more_reasons,
                paths: explain::path(state, &self.rates, &texts, person, &self.bad).into_iter().collect(),
                ignored,
                more_ignored,
            };
            self.log.push(&Event::Added(Box::new(kept), changes));
            take(row, Some(Added { line, took: started.elapsed() }));
        }
        self.age += 1;
        Ok(())
    }

    /// What it means for persons that a row is of some.
    fn joined(&self, view: View<'_>, row: u32, persons: &[u32], like: Option<u32>) -> Changes {
        let state = State { base: view, since: &self.since };
        let mut changes = Changes::default();
        let Some(&first) = persons.first() else { return changes };
        // Applications keep their names: the oldest person stands for all.
        let to = state.oldest(persons.iter().copied()).unwrap_or(first);
        changes.persons.push((row, row, to));
        let mut place = state.place(to);
        for &other in persons.iter().filter(|&&other| other != to) {
            changes.persons.extend(state.rows_of(other).into_iter().map(|row| (row, other, to)));
            let from = state.place(other);
            if from.0 != NONE {
                if place.0 == NONE {
                    place = from;
                }
                changes.rings.push((other, from, event::NOWHERE));
            }
        }
        if place != state.place(to) {
            changes.rings.push((to, state.place(to), place));
        }
        debug_assert!(like.is_some());
        changes
    }

    /// Whether a judgement that stands keeps two persons apart.
    fn are_apart(&self, view: View<'_>, one: u32, other: u32) -> bool {
        let state = State { base: view, since: &self.since };
        judge::standing(self.made.iter().map(|(judgement, _)| judgement)).into_iter().any(|(_, judgement)| {
            let person = |id: &str| state.row_of(id).map(|row| state.person(row));
            let pair = (person(&judgement.one), person(&judgement.other));
            judgement.verdict == Verdict::NotSame && (pair == (Some(one), Some(other)) || pair == (Some(other), Some(one)))
        })
    }

    /// Makes what was added last: when this returns, no crash loses it.
    ///
    /// # Errors
    /// [`Error::Index`] where it cannot be written.
    pub fn commit(&mut self) -> Result<(), Error> {
        self.log.commit()
    }

    /// Whether so many applications have come since all were linked that it is time to do so again.
    ///
    /// # Errors
    /// [`Error::Segment`] where the segment cannot be used.
    pub fn should_relink(&self) -> Result<bool, Error> {
        Ok(self.since.rows() >= LEAST && self.since.rows() * SHARE >= self.view()?.rows())
    }

    /// Links everything anew, with the judgements that stand, and writes it as the next generation, with what was not committed yet.
    ///
    /// # Errors
    /// [`Error::Index`] or [`Error::Segment`] where something cannot be read or written; the index is as it was then.
    pub fn relink(self) -> Result<Self, Error> {
        self.rewrite(&HashSet::new())
    }

    fn rewrite(self, without: &HashSet<u32>) -> Result<Self, Error> {
        self.verify()?;
        let Self { mut folder, key, segment, since, made, marks, age, .. } = self;
        let view = View::of(&segment).map_err(unusable)?;
        let state = State { base: view, since: &since };
        let stays = |id: &str| state.row_of(id).is_some_and(|row| !without.contains(&row));
        let judgements: Vec<Judgement> = made
            .into_iter()
            .map(|(judgement, _)| judgement)
            .filter(|judgement| stays(&judgement.one) && stays(&judgement.other))
            .collect();
        let marks: Vec<Mark> = marks.into_iter().filter(|mark| stays(&mark.id)).collect();
        let (mut columns, linked) = relink::relinked(state, without, &judgements, key.mark())?;
        drop(linked);
        columns.meta.push(u64::from(age));
        let events: Vec<Event> = judgements.into_iter().map(Event::Settled).chain(marks.into_iter().map(Event::Marked)).collect();
        folder.swap(&columns, &events)?;
        drop((columns, segment, since));
        Self::load(folder, key)
    }

    /// Removes applications and all that came of them: the rest is linked as if they had never been there, and no file of the index
    /// holds their ids or hashes any more. Judgements and decisions that name them go with them. Returns the ids that were not there.
    ///
    /// # Errors
    /// As [`Index::relink`].
    pub fn forget(self, ids: &[String]) -> Result<(Self, Vec<String>), Error> {
        let state = self.state()?;
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

    /// Takes a judgement over and makes it last.
    ///
    /// # Errors
    /// [`Error::NotInIndex`] where one of the applications is not there or both are one; [`Error::Index`] where it cannot be written.
    pub fn judge(&mut self, judgement: Judgement) -> Result<Judged, Error> {
        let view = View::of(&self.segment).map_err(unusable)?;
        let state = State { base: view, since: &self.since };
        let row = |id: &str| state.row_of(id).ok_or_else(|| Error::NotInIndex { id: id.to_owned() });
        let rows = [row(&judgement.one)?, row(&judgement.other)?];
        if rows[0] == rows[1] {
            return Err(Error::OneApplication { id: judgement.one });
        }
        let named = |state: State<'_>| rows.map(|row| format!("p:{}", state.id(state.person(row))));
        let before = named(state);
        self.made.push((judgement.clone(), Changes::default()));
        let (changes, overruled) = judge::changes(state, &self.made);
        let moved = changes.persons.len();
        self.log.push(&Event::Judged(judgement.clone(), changes.clone()));
        if let Err(error) = self.log.commit() {
            self.made.pop();
            return Err(error);
        }
        self.since.apply(view, &changes, false);
        if let Some(last) = self.made.last_mut() {
            last.1 = changes;
        }
        let overruled =
            overruled.into_iter().filter_map(|number| self.made.get(number).map(|(judgement, _)| judgement.clone())).collect();
        let after = named(State { base: view, since: &self.since });
        Ok(Judged { judgement, before, after, moved, overruled })
    }

    /// Takes decisions on who is known bad over and makes them last. Returns the ids that are not there; they are left out.
    ///
    /// # Errors
    /// [`Error::Index`] where they cannot be written.
    pub fn mark(&mut self, marks: Vec<Mark>) -> Result<Vec<String>, Error> {
        let view = View::of(&self.segment).map_err(unusable)?;
        let state = State { base: view, since: &self.since };
        let (known, unknown): (Vec<Mark>, Vec<Mark>) = marks.into_iter().partition(|mark| state.row_of(&mark.id).is_some());
        known.iter().for_each(|mark| self.log.push(&Event::Marked(mark.clone())));
        self.log.commit()?;
        self.marks.extend(known);
        self.bad = bad_rows(state, &self.marks);
        Ok(unknown.into_iter().map(|mark| mark.id).collect())
    }

    /// What is known of an application.
    ///
    /// # Errors
    /// [`Error::NotInIndex`] where it is not there.
    pub fn history(&self, id: &str) -> Result<History, Error> {
        let state = self.state()?;
        let row = state.row_of(id).ok_or_else(|| Error::NotInIndex { id: id.to_owned() })?;
        let person = state.person(row);
        let (ring, _) = state.place(person);
        let mut ids: Vec<String> = state.rows_of(person).into_iter().map(|row| state.id(row).to_owned()).collect();
        ids.sort_unstable();
        let names = |judgement: &&Judgement| judgement.one == id || judgement.other == id;
        Ok(History {
            id: id.to_owned(),
            batch: state.age(row),
            person_cluster: format!("p:{}", state.id(person)),
            person: ids,
            ring_cluster: (ring != NONE).then(|| format!("r:{}", state.id(ring))),
            known_bad: self.bad.contains(&row),
            judgements: self.made.iter().map(|(judgement, _)| judgement).filter(names).cloned().collect(),
            marks: self.marks.iter().filter(|mark| mark.id == id).cloned().collect(),
        })
    }

    /// The person and the ring of every application, by id: `(id, person, ring)` in the order of rows.
    ///
    /// # Errors
    /// [`Error::Segment`] where the segment cannot be used.
    pub fn clusters(&self) -> Result<Vec<(String, String, Option<String>)>, Error> {
        let state = self.state()?;
        let of = |row: u32| {
            let person = state.person(row);
            let (ring, _) = state.place(person);
            let ring = (ring != NONE).then(|| format!("r:{}", state.id(ring)));
            (state.id(row).to_owned(), format!("p:{}", state.id(person)), ring)
        };
        Ok((0..state.rows() as u32).map(of).collect())
    }
}

/// What a log says, for tests with foreign bytes: the number of its events.
///
/// # Errors
/// Why the bytes are no log.
pub fn read_log(bytes: &[u8]) -> Result<usize, &'static str> {
    log::read(bytes).map(|read| read.events.len())
}

/// Whether a segment of foreign bytes opens and can be asked whatever it holds, for tests: the number of rows asked for.
///
/// # Errors
/// [`Error::Segment`] where it does not open.
pub fn ask_segment(bytes: &[u8]) -> Result<usize, Error> {
    let segment = Segment::of_bytes(Path::new("links.segment"), bytes, base::SEGMENT).map_err(unusable)?;
    let view = View::of(&segment).map_err(unusable)?;
    if !view.is_whole() {
        return Ok(0);
    }
    let since = Overlay::default();
    let state = State { base: view, since: &since };
    let asked = state.rows().min(64) as u32;
    for row in 0..asked {
        let person = state.person(row);
        let _ = (state.row_of(state.id(row)), state.edges(person), state.rows_of(person), state.place(person));
        let _ = persons::persons_of(state, row, |_, _| true);
        let _ = state.group_of(state.picture(row));
        if let Some(rates) = Rates::of_numbers(view.rates) {
            let _ = arrive::ring_of(state, &rates, person, &mut Changes::default());
        }
    }
    Ok(asked as usize)
}

/// Rows that the latest decision calls bad.
fn bad_rows(state: State<'_>, marks: &[Mark]) -> BTreeSet<u32> {
    let mut bad = BTreeSet::new();
    for mark in marks {
        if let Some(row) = state.row_of(&mark.id) {
            if mark.is_bad {
                bad.insert(row);
            } else {
                bad.remove(&row);
            }
        }
    }
    bad
}

fn is_within(changes: &Changes, rows: usize) -> bool {
    let within = |row: u32| (row as usize) < rows;
    let place = |ring: u32| ring == NONE || within(ring);
    changes.persons.iter().all(|&(row, from, to)| within(row) && within(from) && within(to))
        && changes.rings.iter().all(|&(person, from, to)| within(person) && place(from.0) && place(to.0))
        && changes.edges.iter().all(|&(one, other, ..)| within(one) && within(other))
}

fn failed(path: &Path, what: &str, source: std::io::Error) -> Error {
    Error::Index { path: path.display().to_string(), what: what.to_owned(), source: Some(source) }
}

fn bad(path: &Path, what: &str) -> Error {
    Error::Index { path: path.display().to_string(), what: what.to_owned(), source: None }
}
