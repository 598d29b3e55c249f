//! When a list changes: whoever is in the store and may be meant is assessed anew.
//!
//! Every assessment recorded what it asked the lists and from which versions it was answered. What changed since is run against those
//! questions; where an entry that is new or says something else may fit, or one that fitted is gone, the subject is assessed anew. Up
//! to where in the log this was done, and for which versions, is written down at the end, so that a killed run is simply repeated.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write as _,
    path::PathBuf,
    sync::Arc,
};

use bonafide_engine::{
    Engine, House, Room,
    lists::{QUESTION_SCORE, wanted},
};
use bonafide_model::{
    assessment::{Assessment, ListVersion},
    id::SubjectId,
    lens::{Asked, Question, Reply},
};
use bonafide_store::{Others, Position, SqliteStore, Store, StoreError, StoredAssessment};
use bonafide_watchlist::{
    diff::Diff,
    entry::{Entry, ListCode},
    rescreen::{ListChange, Memory, Options, People, Population, Subject, SubjectKey, rescreen},
    screening::Screener,
    snapshot::{Folder, Manifest},
    source::Sheets,
};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::{folder, folder_failed, networks::NETWORK, room, source_name};
use crate::{
    command::{
        anew::{self, Unchanged},
        vet::tables,
    },
    config::Settings,
    graph,
    status::Failure,
    vetted::{options, store_failed},
};

/// Versions by source: the hash of each.
type Versions = BTreeMap<String, String>;

/// Up to where everybody agrees with which versions.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Settled {
    position: u64,
    versions: Versions,
}

/// Assesses anew whom the lists in force may mean in another way than those they were assessed with. What was done, for people;
/// nothing where there is no store or nobody is touched.
pub(super) fn reassess(settings: &Settings, sheets: Sheets<'_>) -> Result<Option<String>, Failure> {
    let failed = |what: &'static str| move |error: StoreError| store_failed(settings, what, error);
    match SqliteStore::open_read_only(&options(settings)) {
        Err(StoreError::Absent { .. }) => return Ok(None),
        other => drop(other.map_err(failed("cannot open the store"))?),
    }
    let store = Arc::new(SqliteStore::open(&options(settings)).map_err(failed("cannot open the store"))?);
    let Some(lists) = room::lists(settings)? else { return Ok(None) };
    let versions: Versions = lists.sources().iter().map(|version| (version.source.clone(), version.sha256.clone())).collect();
    let settled = read_settled(settings);
    let head = store.head().map_err(failed("cannot read the log's head"))?;

    // Subjects by the versions they agree with: most share one.
    let mut groups: BTreeMap<Versions, Vec<(SubjectId, StoredAssessment)>> = BTreeMap::new();
    for summary in store.subjects().map_err(failed("cannot read the subjects"))? {
        let stored = store.assessment(&summary.subject, Others::Named).map_err(failed("cannot read an assessment"))?;
        let Some(stored) = stored else { continue };
        let base = if stored.position <= Position(settled.position) {
            settled.versions.clone()
        } else {
            of_assessment(&stored.assessed.assessment)
        };
        if base != versions {
            groups.entry(base).or_default().push((summary.subject, stored));
        }
    }
    let mut touched: BTreeMap<SubjectId, StoredAssessment> = BTreeMap::new();
    for (base, subjects) in groups {
        let change = Change::between(&folder(settings), &base, &versions, sheets)?;
        let meant = change.touches(lists.screener(), &subjects);
        touched.extend(subjects.into_iter().filter(|(subject, _)| meant.contains(subject)));
    }

    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let mut house = House::offline().with_tables(tables(settings)?).with_room(Arc::new(lists));
    let networks = super::networks::room(settings)?.map(Arc::new);
    if let Some(room) = &networks {
        house = house.with_room(Arc::clone(room) as Arc<dyn Room>);
    }
    if !touched.is_empty() {
        let all = Arc::clone(&store) as Arc<dyn Store>;
        house = house.with_room(Arc::new(graph::of_store(settings, networks, &all)?));
    }
    let engine = Engine::new(house, today);
    let said = anew::file(settings, &store, &engine, touched, Unchanged::Filed)?;
    write_settled(settings, &Settled { position: head.position.0, versions })?;
    Ok(said)
}

fn of_assessment(assessment: &Assessment) -> Versions {
    let lists = assessment.lens.lists.iter().filter(|version| !version.source.starts_with(NETWORK));
    lists.map(|ListVersion { source, sha256, .. }| (source.clone(), sha256.clone())).collect()
}

/// What changed between the versions that some subjects agree with and those in force.
#[derive(Default)]
struct Change {
    /// Entries that are new or say something else.
    newer: Vec<Entry>,
    /// Ids of entries that are gone or say something else.
    older: BTreeSet<String>,
}

impl Change {
    fn between(folder: &Folder, base: &Versions, versions: &Versions, sheets: Sheets<'_>) -> Result<Self, Failure> {
        let mut change = Self::default();
        let sources: BTreeSet<&String> = base.keys().chain(versions.keys()).collect();
        for source in sources {
            let (before, after) = (base.get(source), versions.get(source));
            if before == after {
                continue;
            }
            let name = source_name(source)?;
            let older = entries(folder, &name, before, sheets)?;
            let newer = entries(folder, &name, after, sheets)?;
            let diff = Diff::between(&older, &newer);
            change.older.extend(diff.removed.iter().map(ToString::to_string));
            change.older.extend(diff.changed.iter().map(|changed| changed.id.to_string()));
            let known: BTreeSet<_> = diff.added.iter().chain(diff.changed.iter().map(|changed| &changed.id)).cloned().collect();
            change.newer.extend(newer.into_iter().filter(|entry| known.contains(&entry.id)));
        }
        Ok(change)
    }

    /// The subjects whose answers may be others now. `lists` are those in force.
    fn touches(&self, lists: &Screener, subjects: &[(SubjectId, StoredAssessment)]) -> BTreeSet<SubjectId> {
        let mut touched = BTreeSet::new();
        let mut questions = Vec::new();
        for (subject, stored) in subjects {
            for (number, Asked { question, answer, .. }) in stored.assessed.asked.iter().enumerate() {
                let Question::ListHits(query) = question else { continue };
                match answer {
                    Ok(Reply::ListHits(hits)) if !hits.iter().any(|hit| self.older.contains(&hit.entry)) => {
                        // Each question of a subject is a party of its own.
                        let population = Population(number.to_string().into());
                        let key = SubjectKey { population, subject: subject.clone() };
                        questions.push(Subject { key, wanted: wanted(query) });
                    }
                    _ => drop(touched.insert(subject.clone())),
                }
            }
        }
        questions.retain(|question| !touched.contains(&question.key.subject));
        let people = People::new(questions);
        let change = ListChange { entries: self.newer.iter().collect(), removed: Vec::new() };
        let options = Options { threshold: QUESTION_SCORE, ..Options::default() };
        let outcome = rescreen(&people, lists, &change, &Memory::default(), &options);
        touched.extend(outcome.opened.into_iter().map(|alert| alert.subject.subject));
        touched
    }
}

/// The entries of a version by its hash; none where there is no such version, or it is not kept any more: then everything is new.
fn entries(folder: &Folder, source: &ListCode, hash: Option<&String>, sheets: Sheets<'_>) -> Result<Vec<Entry>, Failure> {
    let Some(hash) = hash else { return Ok(Vec::new()) };
    let history = folder.history(source).map_err(folder_failed)?;
    let is_it = |manifest: &&Manifest| room::cited(manifest).version.sha256 == *hash;
    let Some(manifest) = history.iter().find(is_it) else { return Ok(Vec::new()) };
    Ok(folder.load(source, &manifest.id, sheets).map_err(folder_failed)?.entries)
}

fn settled_path(settings: &Settings) -> PathBuf {
    settings.data.join("lists").join("settled.json")
}

/// A file that is missing or damaged costs time and nothing else: everybody is compared with the versions of its own assessment.
fn read_settled(settings: &Settings) -> Settled {
    let bytes = fs::read(settled_path(settings)).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

fn write_settled(settings: &Settings, settled: &Settled) -> Result<(), Failure> {
    let (path, aside) = (settled_path(settings), settings.data.join("lists").join(".settled.part"));
    let written = || -> std::io::Result<()> {
        let mut part = fs::File::create(&aside)?;
        part.write_all(&serde_json::to_vec(settled).map_err(std::io::Error::other)?)?;
        part.sync_all()?;
        fs::rename(&aside, &path)
    };
    written().map_err(|error| Failure::internal("cannot write down up to where the lists were compared", "check the disk", error))
}
