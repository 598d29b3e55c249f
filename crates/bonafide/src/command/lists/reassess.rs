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

use bonafide_cases::Cases;
use bonafide_engine::{
    Engine, House,
    lists::{QUESTION_SCORE, wanted},
};
use bonafide_model::{
    assessment::{Assessment, Band, ListVersion},
    id::SubjectId,
    lens::{Asked, Question, Reply},
};
use bonafide_report::clean;
use bonafide_store::{AssessmentRecord, Others, Position, SqliteStore, Store, StoreError, StoredAssessment};
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
    command::vet::tables,
    config::Settings,
    interrupt::interrupted,
    output,
    status::Failure,
    vetted::{options, store_failed},
};

/// Assessments of one commit.
const BATCH: usize = 64;
/// Cases that are named; all are counted.
const NAMED: usize = 20;

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
    if let Some(networks) = super::networks::room(settings)? {
        house = house.with_room(Arc::new(networks));
    }
    let engine = Engine::new(house, today);
    let said = file(settings, &store, &engine, touched)?;
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

/// Assesses subjects anew and files what came of it.
fn file(
    settings: &Settings,
    store: &Arc<SqliteStore>,
    engine: &Engine<House>,
    touched: BTreeMap<SubjectId, StoredAssessment>,
) -> Result<Option<String>, Failure> {
    if touched.is_empty() {
        return Ok(None);
    }
    let failed = |error| store_failed(settings, "cannot keep what was assessed anew", error);
    let cases = Cases::new(Arc::clone(store) as Arc<dyn Store>);
    let (mut batch, mut lines, mut done) = (Vec::new(), Vec::new(), 0);
    let mut flush = |batch: &mut Vec<(SubjectId, AssessmentRecord, String)>| -> Result<(), Failure> {
        let (records, notes): (Vec<_>, Vec<_>) = batch.drain(..).map(|(subject, record, note)| ((subject, record), note)).unzip();
        let reasons = cases.assess_anew(records).map_err(|error| store_failed(settings, "cannot keep an assessment", error))?;
        for (note, reason) in notes.into_iter().zip(reasons) {
            match reason {
                Some(reason) => lines.push(format!("{note}; the case is open again: {reason}")),
                None if !note.is_empty() => lines.push(note),
                None => {}
            }
        }
        Ok(())
    };
    for (subject, before) in touched {
        if interrupted() {
            flush(&mut batch)?;
            return Err(Failure::Interrupted { done: output::count(done, "case") });
        }
        let Some(dossier) = store.dossier(&subject).map_err(failed)? else { continue };
        let assessed = engine.assess(&dossier, &before.assessed.assessment.incomplete);
        let note = changed(&subject, &before.assessed.assessment, &assessed.assessment);
        batch.push((subject, AssessmentRecord { assessment: assessed.assessment, asked: assessed.asked, event: None }, note));
        done += 1;
        if batch.len() >= BATCH {
            flush(&mut batch)?;
        }
    }
    flush(&mut batch)?;
    let mut text = format!("{} assessed anew, {} with news\n", output::count(done, "case"), lines.len());
    for line in lines.iter().take(NAMED) {
        text.push_str(&format!("  {line}\n"));
    }
    if lines.len() > NAMED {
        text.push_str(&format!("  and {} more; `bonafide case list` shows the queue\n", lines.len() - NAMED));
    }
    Ok(Some(text))
}

/// What a person should know of a new assessment; empty where it says what the last one said.
fn changed(subject: &SubjectId, before: &Assessment, after: &Assessment) -> String {
    let listed = |assessment: &Assessment| -> BTreeSet<String> {
        let findings = assessment.findings.iter().flat_map(|finding| &finding.evidence);
        let entries = findings.filter(|evidence| evidence.compared_with.kind == bonafide_model::finding::ComparedKind::ListEntry);
        entries.map(|evidence| evidence.compared_with.id.clone()).collect()
    };
    let (old, new) = (listed(before), listed(after));
    let mut parts = Vec::new();
    if before.band != after.band {
        let word = |band: Band| band.name();
        parts.push(format!("{} → {}", word(before.band), word(after.band)));
    }
    let (come, gone): (Vec<_>, Vec<_>) =
        (new.difference(&old).cloned().collect::<Vec<_>>(), old.difference(&new).cloned().collect::<Vec<_>>());
    if !come.is_empty() {
        parts.push(format!("resembles {}", come.join(", ")));
    }
    if !gone.is_empty() {
        parts.push(format!("no longer {}", gone.join(", ")));
    }
    if parts.is_empty() {
        return String::new();
    }
    format!("{}: {}", clean(subject.as_str(), 60), parts.join("; "))
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
