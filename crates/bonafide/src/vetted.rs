//! A vetted application, and where it is kept.

use std::sync::Arc;

use bonafide_cases::{CaseProjector, Cases, Vetted as Filing};
use bonafide_engine::Assessed;
use bonafide_intake::Application;
use bonafide_model::fact::Provenance;
use bonafide_report::Timeline;
use bonafide_store::{AssessmentRecord, Clock, Options, Original, RecordedFact, SqliteStore, Store as _, SubjectRecord};
use jiff::Timestamp;

use crate::{config::Settings, status::Failure};

/// An application with its assessment.
pub(crate) struct Vetted {
    /// What was handed in.
    pub(crate) application: Application,
    /// The assessment and the questions it asked.
    pub(crate) assessed: Assessed,
    /// What is drawn over time.
    pub(crate) timeline: Timeline,
}

/// How many subjects are put on disk together: one commit, one checkpoint.
const BATCH: usize = 64;

/// Where vetted applications are kept.
///
/// A result that a reader of the output has seen must not be lost when the machine stops a moment later. So vetted applications come
/// out of [`Keeper::keep`] and [`Keeper::finish`] only once they are on disk, in the order in which they went in.
pub(crate) struct Keeper {
    open: Option<Open>,
}

struct Open {
    store: Arc<SqliteStore>,
    cases: Cases,
    waiting: Vec<Vetted>,
    now: Timestamp,
}

/// How the store of the data folder is opened, by every command.
pub(crate) fn options(settings: &Settings) -> Options {
    Options::new(&settings.data, Clock::new(Timestamp::now)).projector(Arc::new(CaseProjector))
}

/// A failure of the store, with what to do.
pub(crate) fn store_failed(
    settings: &Settings,
    what: &str,
    error: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> Failure {
    Failure::internal(
        format!("{what} in {}", settings.data.display()),
        "`bonafide doctor` examines the store; --data DIR names another; `vet --dry-run` needs none",
        error,
    )
}

impl Keeper {
    /// Opens the store of the data folder; nothing is kept in a dry run.
    pub(crate) fn open(settings: &Settings, dry_run: bool) -> Result<Self, Failure> {
        if dry_run {
            return Ok(Self { open: None });
        }
        let store =
            SqliteStore::open(&options(settings)).map_err(|error| store_failed(settings, "cannot open the store", error))?;
        let store = Arc::new(store);
        let cases = Cases::new(Arc::clone(&store) as Arc<dyn bonafide_store::Store>);
        Ok(Self { open: Some(Open { store, cases, waiting: Vec::new(), now: Timestamp::now() }) })
    }

    /// The store, where there is one to write to.
    pub(crate) fn store(&self) -> Option<Arc<SqliteStore>> {
        self.open.as_ref().map(|open| Arc::clone(&open.store))
    }

    /// Keeps facts, originals and assessment, and returns what is on disk by now.
    pub(crate) fn keep(&mut self, settings: &Settings, vetted: Vetted) -> Result<Vec<Vetted>, Failure> {
        let Some(open) = &mut self.open else { return Ok(vec![vetted]) };
        open.waiting.push(vetted);
        if open.waiting.len() >= BATCH { open.put_down(settings) } else { Ok(Vec::new()) }
    }

    /// Puts the rest on disk and returns it.
    pub(crate) fn finish(mut self, settings: &Settings) -> Result<Vec<Vetted>, Failure> {
        let Some(open) = &mut self.open else { return Ok(Vec::new()) };
        let kept = open.put_down(settings)?;
        open.store.head().map_err(|error| store_failed(settings, "cannot read the log's head", error))?;
        Ok(kept)
    }
}

impl Open {
    fn put_down(&mut self, settings: &Settings) -> Result<Vec<Vetted>, Failure> {
        if self.waiting.is_empty() {
            return Ok(Vec::new());
        }
        let filings = self.waiting.iter().map(|vetted| filing(vetted, self.now)).collect();
        self.cases.file(filings).map_err(|error| store_failed(settings, "cannot keep what was vetted", error))?;
        Ok(std::mem::take(&mut self.waiting))
    }
}

fn filing(vetted: &Vetted, now: Timestamp) -> Filing {
    let application = &vetted.application;
    let provenance = Provenance { collected_at: now, collector: format!("bonafide {}", env!("CARGO_PKG_VERSION")) };
    let facts =
        application.facts.iter().map(|fact| RecordedFact { fact: fact.clone(), provenance: provenance.clone() }).collect();
    let originals =
        application.blobs.iter().map(|blob| Original { name: blob.source.name.clone(), bytes: blob.bytes.clone() }).collect();
    Filing {
        subject: SubjectRecord::application(application.subject.clone(), facts, originals),
        assessment: AssessmentRecord {
            assessment: vetted.assessed.assessment.clone(),
            asked: vetted.assessed.asked.clone(),
            event: None,
        },
    }
}
