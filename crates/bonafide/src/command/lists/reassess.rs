//! When a list, network ranges or a reference table change: whoever is in the store and may be meant is assessed anew.
//!
//! Every assessment recorded what it asked and from which versions it was answered. What changed in lists since is run against those
//! questions; where an entry that is new or says something else may fit, or one that fitted is gone, the subject is assessed anew. So
//! is whoever ranges or tables tell something else. Up to where in the log this was done, and for which versions of the lists, is
//! written down at the end, so that a killed run is simply repeated.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write as _,
    path::PathBuf,
    sync::Arc,
};

use bonafide_engine::{
    Engine, House, Room,
    changes::{ListChange, tell_otherwise},
};
use bonafide_model::{
    assessment::{Assessment, ListVersion},
    id::SubjectId,
    lens::{Asked, Question},
};
use bonafide_store::{Others, Position, SqliteStore, Store, StoreError, StoredAssessment};
use bonafide_watchlist::{
    diff::Diff,
    entry::{Entry, ListCode},
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
    let lists = room::lists(settings)?;
    let networks = super::networks::room(settings)?.map(Arc::new);
    let mut house = House::offline().with_tables(tables(settings)?);
    if let Some(room) = &networks {
        house = house.with_room(Arc::clone(room) as Arc<dyn Room>);
    }
    let in_force = lists.iter().flat_map(|lists| lists.sources());
    let versions: Versions = in_force.map(|version| (version.source.clone(), version.sha256.clone())).collect();
    let settled = read_settled(settings);
    let head = store.head().map_err(failed("cannot read the log's head"))?;

    // Subjects by the versions of the lists they agree with: most share one. Of their assessments only the questions are held.
    let mut groups: BTreeMap<Versions, Vec<(SubjectId, Vec<Asked>)>> = BTreeMap::new();
    let mut touched: BTreeSet<SubjectId> = BTreeSet::new();
    for summary in store.subjects().map_err(failed("cannot read the subjects"))? {
        let stored = store.assessment(&summary.subject, Others::Named).map_err(failed("cannot read an assessment"))?;
        let Some(StoredAssessment { position, assessed, .. }) = stored else { continue };
        if tell_otherwise(&house, &summary.subject, &assessed.asked) {
            touched.insert(summary.subject);
            continue;
        }
        let base =
            if position <= Position(settled.position) { settled.versions.clone() } else { of_assessment(&assessed.assessment) };
        if base != versions {
            let asked = assessed.asked.into_iter().filter(|asked| matches!(asked.question, Question::ListHits(_))).collect();
            groups.entry(base).or_default().push((summary.subject, asked));
        }
    }
    if let Some(lists) = &lists {
        for (base, subjects) in groups {
            let change = change(&folder(settings), &base, &versions, sheets)?;
            touched.extend(change.touches(lists.screener(), &subjects));
        }
    }
    let has_lists = lists.is_some();
    if let Some(lists) = lists {
        house = house.with_room(Arc::new(lists));
    }
    if !touched.is_empty() {
        let all = Arc::clone(&store) as Arc<dyn Store>;
        house = house.with_room(Arc::new(graph::of_store(settings, networks.as_ref(), &all)?));
    }
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let said = anew::file(settings, &store, &Engine::new(house, today), &touched, Unchanged::Filed)?;
    if has_lists {
        write_settled(settings, &Settled { position: head.position.0, versions })?;
    }
    Ok(said)
}

fn of_assessment(assessment: &Assessment) -> Versions {
    let lists = assessment.lens.lists.iter().filter(|version| !version.source.starts_with(NETWORK));
    lists.map(|ListVersion { source, sha256, .. }| (source.clone(), sha256.clone())).collect()
}

/// What changed between the versions that some subjects agree with and those in force.
fn change(folder: &Folder, base: &Versions, versions: &Versions, sheets: Sheets<'_>) -> Result<ListChange, Failure> {
    let mut change = ListChange::default();
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
