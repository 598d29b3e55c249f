//! How an index comes to be: made of what was linked, opened, or read.

use std::{collections::BTreeSet, path::Path};

use bonafide_formats::segment::Segment;

use super::{
    Applicants, Error, Folder, Index, Key, Learned, Linked, Log, Mark, NONE, Overlay, Rates, Seal, View, bad,
    base::{self, Meta, unusable},
    build::columns_of,
    decisions::bad_rows,
    event::{Changes, Event},
};

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
        let columns = columns_of(applicants, linked, &key)?;
        let events: Vec<Event> = marks.iter().cloned().map(Event::Marked).collect();
        folder.swap(|path| columns.write(path, &key), &events, &key)?;
        drop(columns);
        Self::load(folder, key)
    }

    /// An index of applications that were linked, in memory alone: nothing of it is ever written.
    ///
    /// # Errors
    /// [`Error::OverLimit`] where the ids are too many to be kept, [`Error::Index`] where the system has no randomness.
    pub fn in_memory(applicants: &Applicants, linked: &Linked, key: Key) -> Result<Self, Error> {
        let segment = columns_of(applicants, linked, &key)?.to_segment(&key)?;
        Self::over(None, key.clone(), segment, (Log::none(key), Vec::new()))
    }

    /// Opens an index for writing and takes what was interrupted off its end: nobody else has it open for writing meanwhile. `key` is
    /// given where it is kept elsewhere.
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

    pub(super) fn load(folder: Folder, key: Key) -> Result<Self, Error> {
        let segment = segment(&folder, &key)?;
        let log = Log::open(&folder.log(), &key)?;
        Self::over(Some(folder), key, segment, log)
    }

    /// A segment with what its log says.
    pub(super) fn over(folder: Option<Folder>, key: Key, segment: Segment, log: (Log, Vec<Event>)) -> Result<Self, Error> {
        let path = folder.as_ref().map(Folder::segment).unwrap_or_default();
        let seal = Seal::of(&key, View::nonce_of(&segment));
        let view = View::of(&segment, &seal);
        let rates = Rates::of_numbers(view.rates()).ok_or_else(|| damaged(&path))?;
        let learned = Learned::of_numbers(view.ties()).ok_or_else(|| damaged(&path))?;
        let age = u32::try_from(view.meta(Meta::Age)).map_err(|_| damaged(&path))?;
        let position = view.meta(Meta::Position);
        let (log, events) = log;
        let mut index = Self {
            folder,
            key,
            segment,
            seal,
            log,
            fresh: None,
            since: Overlay::default(),
            rates,
            learned,
            made: Vec::new(),
            marks: Vec::new(),
            bad: BTreeSet::new(),
            age,
            position,
        };
        index.replay(events)?;
        Ok(index)
    }

    fn replay(&mut self, events: Vec<Event>) -> Result<(), Error> {
        let path = self.folder.as_ref().map(Folder::log).unwrap_or_default();
        let damaged = || bad(&path, "it names applications that are not there; restore it from a copy");
        let view = View::of(&self.segment, &self.seal);
        let since = &mut self.since;
        for event in events {
            let is_new = matches!(event, Event::Added(..));
            let bound = view.rows() + since.records.len() + usize::from(is_new);
            let row = match &event {
                Event::Returned(row, ..) | Event::Left(row, _) => *row,
                _ => 0,
            };
            let changes = match &event {
                Event::Added(_, changes) | Event::Returned(_, _, changes) | Event::Left(_, changes) => Some(changes),
                Event::Judged(_, changes) | Event::Changed(changes) => Some(changes),
                Event::Settled(_) | Event::Marked(_) | Event::Position(_) => None,
            };
            if changes.is_some_and(|changes| row as usize >= bound || !is_within(changes, bound)) {
                return Err(damaged());
            }
            match event {
                Event::Added(record, changes) => {
                    self.age = self.age.max(record.age + 1);
                    since.push(view, *record);
                    since.apply(view, &changes, true);
                }
                Event::Returned(row, record, changes) => {
                    since.put_again(view, row, *record);
                    since.apply(view, &changes, true);
                }
                Event::Left(row, changes) => {
                    since.apply(view, &changes, true);
                    since.take_out(view, row);
                }
                Event::Changed(changes) => since.apply(view, &changes, true),
                Event::Judged(judgement, changes) => {
                    since.apply(view, &changes, false);
                    self.made.push((judgement, changes));
                }
                Event::Settled(judgement) => self.made.push((judgement, Changes::default())),
                Event::Marked(mark) => self.marks.push(mark),
                Event::Position(position) => self.position = position,
            }
        }
        self.bad = bad_rows(self.state(), &self.marks);
        Ok(())
    }
}

/// The segment of a folder's generation.
pub(super) fn segment(folder: &Folder, key: &Key) -> Result<Segment, Error> {
    let path = folder.segment();
    let segment = Segment::open(&path, base::SEGMENT, base::MOST_BYTES).map_err(unusable)?;
    let seal = Seal::of(key, View::nonce_of(&segment));
    let view = View::of(&segment, &seal);
    if !view.is_whole() {
        return Err(damaged(&path));
    }
    if view.meta(Meta::Mark) != key.mark() {
        return Err(bad(&path, "it was made with another key; give the key that it was made with"));
    }
    Ok(segment)
}

pub(super) fn damaged(path: &Path) -> Error {
    bad(path, "it is damaged; restore it from a copy or make it anew with `bonafide link people --index`")
}

fn is_within(changes: &Changes, bound: usize) -> bool {
    let within = |row: u32| (row as usize) < bound;
    let place = |ring: u32| ring == NONE || within(ring);
    changes.persons.iter().all(|&(row, from, to)| within(row) && within(from) && within(to))
        && changes.rings.iter().all(|&(person, from, to)| within(person) && place(from.0) && place(to.0))
        && changes.edges.iter().all(|&(one, other, ..)| within(one) && within(other))
        && changes.cut.iter().all(|&row| within(row))
        && changes.scores.iter().all(|&(person, _)| within(person))
        && changes.joined.iter().chain(&changes.machine).all(|&(one, other)| within(one) && within(other))
}
