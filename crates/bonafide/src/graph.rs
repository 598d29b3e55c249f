//! The link graph of a call: its applications and the subjects of the store, linked with each other.

use std::{collections::BTreeSet, sync::Arc};

use bonafide_cases::{Case, Cases, DecisionCode, Filter};
use bonafide_engine::{
    links::{LinkRoom, Links},
    networks::NetworkRoom,
};
use bonafide_model::id::SubjectId;
use bonafide_store::{SqliteStore, Store, StoreError};

use crate::{
    config::Settings,
    interrupt::interrupted,
    status::Failure,
    vetted::{options, store_failed},
};

/// The store for reading; `None` where there is none yet.
pub(crate) fn store(settings: &Settings) -> Result<Option<SqliteStore>, Failure> {
    match SqliteStore::open_read_only(&options(settings)) {
        Ok(store) => Ok(Some(store)),
        Err(StoreError::Absent { .. }) => Ok(None),
        Err(error) => Err(store_failed(settings, "cannot open the store", error)),
    }
}

/// What the store adds to a graph.
pub(crate) struct Stored<'a> {
    settings: &'a Settings,
    store: Option<Arc<dyn Store>>,
    confirmed: BTreeSet<SubjectId>,
}

impl<'a> Stored<'a> {
    /// The subjects of a store, if there is one.
    pub(crate) fn of(settings: &'a Settings, store: Option<Arc<dyn Store>>) -> Result<Self, Failure> {
        let mut confirmed = BTreeSet::new();
        if let Some(store) = &store {
            let cases = Cases::new(Arc::clone(store)).queue(Filter { closed: true, at_least: None });
            let cases = cases.map_err(|error| store_failed(settings, "cannot read the cases", error))?;
            let bad = |case: &Case| case.decision.as_ref().is_some_and(|decision| decision.code == DecisionCode::Confirmed);
            confirmed.extend(cases.into_iter().filter(bad).map(|case| case.subject));
        }
        Ok(Self { settings, store, confirmed })
    }

    /// Whether a person confirmed misrepresentation in a subject's case. Nothing else makes anybody known bad.
    pub(crate) fn is_confirmed(&self, subject: &SubjectId) -> bool {
        self.confirmed.contains(subject)
    }

    /// Adds the store's subjects, each read once and then let go. Who is there already, from the call, stays as the call says.
    pub(crate) fn add_to(&self, links: &mut Links) -> Result<(), Failure> {
        let Some(store) = &self.store else { return Ok(()) };
        let failed = |error| store_failed(self.settings, "cannot read the subjects", error);
        for summary in store.subjects().map_err(failed)? {
            if interrupted() {
                return Ok(());
            }
            if links.knows(&summary.subject) {
                continue;
            }
            let Some(dossier) = store.dossier(&summary.subject).map_err(failed)? else { continue };
            links.add(&dossier, self.is_confirmed(&summary.subject)).map_err(|error| full(&error))?;
        }
        Ok(())
    }
}

/// The graph of the store alone, for commands that assess stored subjects anew.
pub(crate) fn of_store(
    settings: &Settings,
    networks: Option<Arc<NetworkRoom>>,
    store: &Arc<dyn Store>,
) -> Result<LinkRoom, Failure> {
    let mut links = Links::new(networks);
    Stored::of(settings, Some(Arc::clone(store)))?.add_to(&mut links)?;
    link(settings, links)
}

/// Links everybody, on as many threads as the settings say.
pub(crate) fn link(settings: &Settings, links: Links) -> Result<LinkRoom, Failure> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .build()
        .map_err(|source| Failure::internal("cannot start threads", "ask for fewer with --threads", source))?;
    Ok(pool.install(|| links.link()))
}

/// More subjects than can be linked at once.
pub(crate) fn full(error: &bonafide_engine::links::Error) -> Failure {
    Failure::Unreadable {
        what: format!("the subjects cannot be linked: {error}"),
        hint: "vet fewer at once, or erase records whose time has come (`bonafide case erase`)".to_owned(),
    }
}
