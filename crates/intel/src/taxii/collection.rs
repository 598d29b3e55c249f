//! A collection: its log, and the index of it.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::{PoisonError, RwLock},
};

use jiff::Timestamp;
use thiserror::Error;

use super::{
    Filter, MatchVersion, Refusal, SpecVersion,
    instant::{with_decimals, write_instant},
    log::{Event, Log, Logged},
    object::Header,
};

/// Why a collection could not be read or written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CollectionError {
    /// Its log cannot be used.
    #[error("the log of the collection, {path}, cannot be used")]
    Log {
        /// Where the log is.
        path: PathBuf,
        /// The cause.
        #[source]
        source: io::Error,
    },
}

/// What became of an object that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its id, as far as it said one.
    pub id: Option<String>,
    /// Its version as manifests write it.
    pub version: Option<String>,
    /// Whether it is there now, and whether it was before.
    pub added: Added,
}

/// Whether an object was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is there now.
    New,
    /// This version of it was there before; what was there stays.
    Known,
    /// It is not taken.
    Refused(Refusal),
}

/// Whether there was anything to delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleted {
    /// So many versions are gone.
    Versions(usize),
    /// There is no such object.
    Unknown,
}

/// What is known of a version of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// When it was added, in microseconds since 1970.
    pub added: i64,
    /// Its version.
    pub version: String,
    /// The version of STIX it is written in.
    pub spec: SpecVersion,
}

/// A page of what was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The versions, in the order in which they were added.
    places: Vec<Place>,
    /// When the first and the last were added, in microseconds since 1970.
    pub added: Option<(i64, i64)>,
    /// Whether more would follow.
    pub more: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    entry: u32,
    from: u64,
    length: u32,
}

impl Page {
    /// Number of versions on it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is nothing on it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}

/// A version of an object.
struct Entry {
    added: i64,
    version: Option<(Timestamp, u8)>,
    object: u32,
    kind: u32,
    spec: SpecVersion,
    from: u64,
    length: u32,
    is_deleted: bool,
    /// Whether no version of the same object and version of STIX is later, or earlier.
    is_last: bool,
    is_first: bool,
}

#[derive(Default)]
struct Index {
    entries: Vec<Entry>,
    ids: Vec<String>,
    object_of: HashMap<String, u32>,
    /// Entries by object and by type, ascending.
    of_object: Vec<Vec<u32>>,
    kind_of: HashMap<String, u32>,
    of_kind: Vec<Vec<u32>>,
    /// By object, the newest version of STIX.
    newest_spec: Vec<Option<SpecVersion>>,
}

/// A collection of STIX objects.
pub struct Collection {
    state: RwLock<(Index, Log)>,
}

impl std::fmt::Debug for Collection {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Collection").finish_non_exhaustive()
    }
}

impl Collection {
    /// Opens the collection whose log is the file, or begins one.
    ///
    /// # Errors
    /// [`CollectionError::Log`] where the file cannot be used or is damaged.
    pub fn open(path: &Path) -> Result<Self, CollectionError> {
        let mut index = Index::default();
        let log = Log::open(path, |event| match event {
            Event::Object(logged) => {
                index.push(logged);
            }
            Event::Deleted(added) => index.delete(&added),
        });
        let log = log.map_err(|source| CollectionError::Log { path: path.to_owned(), source })?;
        index.settle();
        Ok(Self { state: RwLock::new((index, log)) })
    }

    /// Adds objects as they were sent, those that the specification allows; `now` in microseconds since 1970. Each new version gets a date of its own, later than all before.
    /// When this returns no crash loses what was added.
    ///
    /// # Errors
    /// [`CollectionError::Log`] where the log cannot be written: then nothing was added.
    pub fn add(&self, objects: &[&str], now: i64) -> Result<Vec<Outcome>, CollectionError> {
        let checked = objects.iter().map(|raw| {
            let header = Header::of(raw)?;
            header.check(raw)?;
            Ok(header)
        });
        let headers: Vec<Result<Header<'_>, Refusal>> = checked.collect();
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let (index, log) = &mut *state;
        let mut next = index.entries.last().map_or(now, |entry| now.max(entry.added + 1));
        let mut new: Vec<Logged> = Vec::new();
        let mut in_batch: HashMap<(String, Option<Timestamp>, SpecVersion), i64> = HashMap::new();
        let mut outcomes = Vec::with_capacity(objects.len());
        for (raw, header) in objects.iter().zip(headers) {
            let header = match header {
                Ok(header) => header,
                Err(refusal) => {
                    outcomes.push(Outcome { id: id_of(raw), version: None, added: Added::Refused(refusal) });
                    continue;
                }
            };
            let id = header.id.clone().into_owned();
            let key = (id.clone(), header.version.map(|(at, _)| at), header.spec);
            let known = index.added_of(&header).or_else(|| in_batch.get(&key).copied());
            let added = known.unwrap_or(next);
            let version = Some(version_text(header.version, added));
            if known.is_some() {
                outcomes.push(Outcome { id: Some(id), version, added: Added::Known });
                continue;
            }
            next += 1;
            let (from, length) = log.push_object(added, &header, raw);
            in_batch.insert(key, added);
            new.push(Logged {
                added,
                id: id.clone(),
                kind: header.kind.into_owned(),
                spec: header.spec,
                version: header.version,
                from,
                length,
            });
            outcomes.push(Outcome { id: Some(id), version, added: Added::New });
        }
        if !new.is_empty() {
            log.commit().map_err(|source| CollectionError::Log { path: log.path().to_owned(), source })?;
        }
        for logged in new {
            let object = index.push(logged);
            index.settle_object(object);
        }
        Ok(outcomes)
    }

    /// The page after an instant of adding, in microseconds since 1970, of what was asked for.
    #[must_use]
    pub fn page(&self, filter: &Filter, after: Option<i64>, most: usize) -> Page {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        let index = &state.0;
        let after = after.max(filter.added_after);
        let mut page = Page::default();
        let mut take = |entry: u32| {
            let of = &index.entries[entry as usize];
            if !index.matches(of, filter) {
                return true;
            }
            if page.places.len() == most {
                page.more = true;
                return false;
            }
            page.added = Some((page.added.map_or(of.added, |(first, _)| first), of.added));
            page.places.push(Place { entry, from: of.from, length: of.length });
            true
        };
        let is_later = |entry: &u32| after.is_none_or(|after| index.entries[*entry as usize].added > after);
        if filter.matching.ids.is_empty() && filter.matching.types.is_empty() {
            let from = after.map_or(0, |after| index.entries.partition_point(|entry| entry.added <= after));
            (from as u32..index.entries.len() as u32).all(&mut take);
        } else {
            // Few lists, each ascending: the least of their first entries comes next.
            let lists = index.lists(filter);
            let mut rest: Vec<&[u32]> = lists
                .iter()
                .map(|list| &list[list.partition_point(|entry| !is_later(entry))..])
                .filter(|list| !list.is_empty())
                .collect();
            let mut heads: std::collections::BinaryHeap<std::cmp::Reverse<(u32, usize)>> =
                rest.iter().enumerate().map(|(at, list)| std::cmp::Reverse((list[0], at))).collect();
            let mut last = None;
            while let Some(std::cmp::Reverse((entry, at))) = heads.pop() {
                rest[at] = &rest[at][1..];
                heads.extend(rest[at].first().map(|&next| std::cmp::Reverse((next, at))));
                // An id that is asked for twice is one.
                if last.replace(entry) != Some(entry) && !take(entry) {
                    break;
                }
            }
        }
        page
    }

    /// Writes the objects of a page as they were received, with commas between them.
    ///
    /// # Errors
    /// [`CollectionError::Log`] where the log cannot be read.
    pub fn write_objects(&self, page: &Page, into: &mut Vec<u8>) -> Result<(), CollectionError> {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        let log = &state.1;
        for (number, place) in page.places.iter().enumerate() {
            if number > 0 {
                into.push(b',');
            }
            log.read_at(place.from, place.length, into)
                .map_err(|source| CollectionError::Log { path: log.path().to_owned(), source })?;
        }
        Ok(())
    }

    /// What is known of the versions of a page.
    #[must_use]
    pub fn listed(&self, page: &Page) -> Vec<Listed> {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        let index = &state.0;
        let listed = page.places.iter().filter_map(|place| index.entries.get(place.entry as usize)).map(|entry| Listed {
            id: index.ids[entry.object as usize].clone(),
            added: entry.added,
            version: version_text(entry.version, entry.added),
            spec: entry.spec,
        });
        listed.collect()
    }

    /// Whether there is any version of an object.
    #[must_use]
    pub fn knows(&self, id: &str) -> bool {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        let index = &state.0;
        let object = index.object_of.get(id);
        object.is_some_and(|&object| {
            index.of_object[object as usize].iter().any(|&entry| !index.entries[entry as usize].is_deleted)
        })
    }

    /// Deletes the versions of an object that match; all of them where no version is asked for. When this returns no crash brings
    /// them back.
    ///
    /// # Errors
    /// [`CollectionError::Log`] where the log cannot be written: then nothing was deleted.
    pub fn delete(&self, id: &str, filter: &Filter) -> Result<Deleted, CollectionError> {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let (index, log) = &mut *state;
        let Some(&object) = index.object_of.get(id) else { return Ok(Deleted::Unknown) };
        let there = index.of_object[object as usize]
            .iter()
            .map(|&entry| &index.entries[entry as usize])
            .filter(|entry| !entry.is_deleted);
        let there: Vec<&Entry> = there.collect();
        if there.is_empty() {
            return Ok(Deleted::Unknown);
        }
        let all = filter.matching.versions.is_empty() && filter.matching.specs.is_empty();
        let going: Vec<i64> =
            there.into_iter().filter(|entry| all || index.is_of_version(entry, filter)).map(|entry| entry.added).collect();
        if !going.is_empty() {
            log.push_deletion(&going);
            log.commit().map_err(|source| CollectionError::Log { path: log.path().to_owned(), source })?;
            index.delete(&going);
            index.settle_object(object);
        }
        Ok(Deleted::Versions(going.len()))
    }

    /// Number of versions that are there.
    #[must_use]
    pub fn len(&self) -> usize {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        state.0.entries.iter().filter(|entry| !entry.is_deleted).count()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Index {
    /// Adds a version; answers with its object.
    fn push(&mut self, logged: Logged) -> u32 {
        let object = match self.object_of.get(&logged.id) {
            Some(&object) => object,
            None => {
                let object = self.ids.len() as u32;
                self.ids.push(logged.id.clone());
                self.object_of.insert(logged.id, object);
                self.of_object.push(Vec::with_capacity(1));
                self.newest_spec.push(None);
                object
            }
        };
        let kind = match self.kind_of.get(&logged.kind) {
            Some(&kind) => kind,
            None => {
                let kind = self.of_kind.len() as u32;
                self.kind_of.insert(logged.kind, kind);
                self.of_kind.push(Vec::new());
                kind
            }
        };
        let number = self.entries.len() as u32;
        self.of_object[object as usize].push(number);
        self.of_kind[kind as usize].push(number);
        self.entries.push(Entry {
            added: logged.added,
            version: logged.version,
            object,
            kind,
            spec: logged.spec,
            from: logged.from,
            length: logged.length,
            is_deleted: false,
            is_last: false,
            is_first: false,
        });
        object
    }

    fn delete(&mut self, added: &[i64]) {
        for added in added {
            if let Ok(at) = self.entries.binary_search_by_key(added, |entry| entry.added) {
                self.entries[at].is_deleted = true;
            }
        }
    }

    fn settle(&mut self) {
        (0..self.ids.len() as u32).for_each(|object| self.settle_object(object));
    }

    /// Finds the latest and earliest versions of an object anew.
    fn settle_object(&mut self, object: u32) {
        let of_object = &self.of_object[object as usize];
        let mut newest = None;
        for spec in [SpecVersion::V20, SpecVersion::V21] {
            let of_spec = |number: &&u32| {
                let entry = &self.entries[**number as usize];
                !entry.is_deleted && entry.spec == spec
            };
            let key = |number: &&u32| {
                let entry = &self.entries[**number as usize];
                (entry.version.map(|(at, _)| at), entry.added)
            };
            let last = of_object.iter().filter(of_spec).max_by_key(key).copied();
            let first = of_object.iter().filter(of_spec).min_by_key(key).copied();
            newest = last.map(|_| spec).or(newest);
            for &number in of_object {
                let entry = &mut self.entries[number as usize];
                if entry.spec == spec {
                    entry.is_last = last == Some(number);
                    entry.is_first = first == Some(number);
                }
            }
        }
        self.newest_spec[object as usize] = newest;
    }

    /// When a version was added that is there already.
    fn added_of(&self, header: &Header<'_>) -> Option<i64> {
        let object = *self.object_of.get(header.id.as_ref())?;
        let of_object = self.of_object[object as usize].iter().rev().map(|&entry| &self.entries[entry as usize]);
        let version = header.version.map(|(at, _)| at);
        let same = |entry: &&Entry| !entry.is_deleted && entry.spec == header.spec && entry.version.map(|(at, _)| at) == version;
        of_object.into_iter().find(same).map(|entry| entry.added)
    }

    /// Ascending lists of entries among which those asked for are.
    fn lists(&self, filter: &Filter) -> Vec<&[u32]> {
        if filter.matching.ids.is_empty() {
            let kinds = filter.matching.types.iter().filter_map(|kind| self.kind_of.get(kind));
            kinds.map(|&kind| self.of_kind[kind as usize].as_slice()).collect()
        } else {
            let objects = filter.matching.ids.iter().filter_map(|id| self.object_of.get(id));
            objects.map(|&object| self.of_object[object as usize].as_slice()).collect()
        }
    }

    fn matches(&self, entry: &Entry, filter: &Filter) -> bool {
        let matching = &filter.matching;
        let of_type = matching.types.is_empty() || matching.types.iter().any(|kind| self.kind_of.get(kind) == Some(&entry.kind));
        !entry.is_deleted && of_type && self.is_of_version(entry, filter)
    }

    fn is_of_version(&self, entry: &Entry, filter: &Filter) -> bool {
        let matching = &filter.matching;
        let of_spec = if matching.specs.is_empty() {
            self.newest_spec[entry.object as usize] == Some(entry.spec)
        } else {
            matching.specs.contains(&entry.spec)
        };
        let of_version = |version: &MatchVersion| match version {
            MatchVersion::Last => entry.is_last,
            MatchVersion::First => entry.is_first,
            MatchVersion::All => true,
            MatchVersion::At(at) => {
                entry.version.map_or_else(|| Timestamp::from_microsecond(entry.added).ok() == Some(*at), |(of, _)| of == *at)
            }
        };
        of_spec && if matching.versions.is_empty() { entry.is_last } else { matching.versions.iter().any(of_version) }
    }
}

/// A version as manifests write it: when the object was modified, or created; when it was added where it says neither (section 5.3.1).
fn version_text(version: Option<(Timestamp, u8)>, added: i64) -> String {
    version.map_or_else(|| write_instant(added), |(at, decimals)| with_decimals(at, decimals))
}

/// The id that a refused object says, if it says one.
fn id_of(raw: &str) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Id {
        id: String,
    }
    serde_json::from_str::<Id>(raw).ok().map(|said| said.id.chars().take(300).collect())
}
