//! Reading: events opened, references resolved.

use std::collections::{BTreeMap, HashMap};

use bonafide_model::{Canonical, ContentHash, id::SubjectId};
use serde::de::DeserializeOwned;

use crate::{
    error::{Result, StoreError},
    event::{Body, Event, OtherEvent},
    id::{Position, SubjectKeyId},
    inner::Inner,
    payload::{self, Assessed, BlobRef, FactRef, FactsRecorded, OWN, RecordedFact, SubjectErased, SubjectOpened, kind},
    project::{SUMMARY, SubjectSummary},
    reference::{self, Others, Resolver},
    seal::Purpose,
    sqlite::StoredEvent,
    store::{CurrentFacts, StoredAssessment},
};

/// How far the references in a payload are resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resolving {
    /// For readers.
    ToRead(Others),
    /// For projections: a caller's payload stays as stored, and marks of the original stay tokens, since a state is resolved when read.
    ToFold,
}

impl Inner {
    /// Opens an event for its readers.
    pub(crate) fn open_event(&mut self, stored: &StoredEvent, others: Others) -> Result<Event> {
        self.open_resolving(stored, Resolving::ToRead(others))
    }

    /// Opens an event for projections, which hold the references of callers' events as they are stored.
    pub(crate) fn open_to_fold(&mut self, stored: &StoredEvent) -> Result<Event> {
        self.open_resolving(stored, Resolving::ToFold)
    }

    fn open_resolving(&mut self, stored: &StoredEvent, resolving: Resolving) -> Result<Event> {
        let key = stored.header.subject;
        if self.keyring.key(key).is_none() && !self.writing {
            // Another process may have drawn the key since the last look.
            self.keyring.refresh()?;
        }
        let Some(seal) = self.seal_of(key) else {
            self.is_erased(stored)?;
            let body = Body::Unreadable { kind: stored.header.kind.clone() };
            let digest = ContentHash::of_bytes(&stored.sealed);
            return Ok(Event { position: stored.position, at: None, key, subject: None, body, digest });
        };
        let (at, json) = seal
            .open(Purpose::Event, &stored.header.associated(&self.keyring.store()), &stored.sealed)
            .and_then(|plain| payload::unwrap(&plain))
            .ok_or(StoreError::Sealed { position: stored.position })?;
        let digest = ContentHash::of_bytes(&json);
        let body = self.body(key, stored.position, &stored.header.kind, stored.header.version, json, resolving)?;
        let subject = match &body {
            Body::Opened(opened) => Some(opened.subject.clone()),
            _ => self.name_of(key)?,
        };
        Ok(Event { position: stored.position, at: Some(at), key, subject, body, digest })
    }

    /// A payload as its readers, or projections, see it.
    pub(crate) fn body(
        &self,
        owner: SubjectKeyId,
        position: Position,
        kind: &str,
        version: u16,
        json: Vec<u8>,
        resolving: Resolving,
    ) -> Result<Body> {
        let own = kind.starts_with(kind::OWN);
        let json = match resolving {
            Resolving::ToFold if !own => json,
            _ => self.resolve(owner, json, resolving).map_err(|source| StoreError::Payload {
                position,
                kind: kind.to_owned(),
                source,
            })?,
        };
        Ok(match kind {
            kind::OPENED => Body::Opened(OWN.read::<SubjectOpened>(position, kind, version, &json)?),
            kind::FACTS => Body::Facts(OWN.read::<FactsRecorded>(position, kind, version, &json)?),
            kind::ASSESSED => Body::Assessed(Box::new(OWN.read::<Assessed>(position, kind, version, &json)?)),
            kind::ERASED => Body::Erased(OWN.read::<SubjectErased>(position, kind, version, &json)?),
            other => Body::Other(OtherEvent { kind: other.to_owned(), version, json, position }),
        })
    }

    /// JSON with its references resolved.
    fn resolve(
        &self,
        owner: SubjectKeyId,
        json: Vec<u8>,
        resolving: Resolving,
    ) -> std::result::Result<Vec<u8>, serde_json::Error> {
        if !reference::has_mark(&json) {
            return Ok(json);
        }
        let mut value = serde_json::from_slice(&json)?;
        let open = |key: SubjectKeyId, bytes: &[u8]| self.seal_of(key)?.open(Purpose::Reference, owner.as_bytes(), bytes);
        let name = |key: SubjectKeyId| self.read_name(key).ok().flatten().map(|subject| subject.to_string());
        let (others, keep_marks) = match resolving {
            Resolving::ToRead(others) => (others, false),
            Resolving::ToFold => (Others::Named, true),
        };
        Resolver { others, open: &open, name: &name, keep_marks }.resolve(&mut value);
        serde_json::to_vec(&value)
    }

    /// A state of a projection as its readers see it. A state that is not JSON has no references.
    fn resolve_state(&self, owner: SubjectKeyId, state: Vec<u8>) -> Vec<u8> {
        if !reference::has_mark(&state) {
            return state;
        }
        self.resolve(owner, state.clone(), Resolving::ToRead(Others::Named)).unwrap_or(state)
    }

    /// The id of a subject; `None` for the store's own key and after erasure.
    fn name_of(&mut self, key: SubjectKeyId) -> Result<Option<SubjectId>> {
        if let Some(name) = self.names.get(&key) {
            return Ok(Some(name.clone()));
        }
        let name = self.read_name(key)?;
        if let Some(name) = &name {
            if self.names.len() >= NAMES {
                self.names.clear();
            }
            self.names.insert(key, name.clone());
        }
        Ok(name)
    }

    fn read_name(&self, key: SubjectKeyId) -> Result<Option<SubjectId>> {
        if key == self.keyring.own() {
            return Ok(None);
        }
        let Some(seal) = self.seal_of(key) else { return Ok(None) };
        let Some(stored) = self.database.first_of(key, kind::OPENED)? else { return Ok(None) };
        let (_, json) = seal
            .open(Purpose::Event, &stored.header.associated(&self.keyring.store()), &stored.sealed)
            .and_then(|plain| payload::unwrap(&plain))
            .ok_or(StoreError::Sealed { position: stored.position })?;
        // An id may hold a mark, which was stored as a token.
        let json = if reference::has_mark(&json) {
            let mut value = serde_json::from_slice(&json).map_err(|source| StoreError::Payload {
                position: stored.position,
                kind: stored.header.kind.clone(),
                source,
            })?;
            Resolver { others: Others::Named, open: &|_, _| None, name: &|_| None, keep_marks: false }.resolve(&mut value);
            value.to_string().into_bytes()
        } else {
            json
        };
        Ok(Some(own::<SubjectOpened>(&stored, &json)?.subject))
    }

    /// What a subject's scopes state now.
    pub(crate) fn current(&mut self, key: SubjectKeyId) -> Result<Current> {
        self.current_resolving(key, Others::Named)
    }

    fn current_resolving(&mut self, key: SubjectKeyId, others: Others) -> Result<Current> {
        let mut current = Current::default();
        for stored in self.database.subject_events_of(key, kind::FACTS)? {
            if let Body::Facts(recorded) = self.open_event(&stored, others)?.body {
                current.take(stored.position, recorded);
            }
        }
        Ok(current)
    }

    /// Subjects with events of some kinds behind a position.
    pub(crate) fn touched(&mut self, after: Position, kinds: &[&str]) -> Result<Vec<SubjectId>> {
        let keys = self.database.touched(after, kinds)?;
        // Looked at after the rows: whatever stands in them, its key is on disk by now.
        self.keyring.refresh()?;
        self.learn_erasures()?;
        let names = keys.into_iter().map(|key| self.name_of(key));
        names.filter_map(Result::transpose).collect()
    }

    /// A key for something derived.
    pub(crate) fn derived_key(&self, purpose: &'static str) -> Result<[u8; 32]> {
        let own = self.keyring.own();
        let key = self.keyring.key(own).ok_or(StoreError::KeysLost { count: 1, first: own })?;
        let mut hasher = blake3::Hasher::new_derive_key("bonafide store 1: key of something derived");
        hasher.update(&(purpose.len() as u64).to_le_bytes());
        hasher.update(purpose.as_bytes());
        hasher.update(key.as_bytes());
        Ok(*hasher.finalize().as_bytes())
    }

    /// The key of a subject that is known and not erased.
    pub(crate) fn find(&mut self, subject: &SubjectId) -> Result<Option<SubjectKeyId>> {
        self.keyring.refresh()?;
        self.learn_erasures()?;
        Ok(self.keyring.find(subject.as_str()))
    }

    pub(crate) fn facts(&mut self, subject: &SubjectId, others: Others) -> Result<Option<CurrentFacts>> {
        let Some(key) = self.find(subject)? else { return Ok(None) };
        let current = self.current_resolving(key, others)?;
        Ok((current.last > Position::START).then(|| current.into_facts()))
    }

    pub(crate) fn history(&mut self, subject: &SubjectId, others: Others) -> Result<Vec<Event>> {
        let Some(key) = self.find(subject)? else { return Ok(Vec::new()) };
        let stored = self.database.subject_events(key, Position::START)?;
        stored.iter().map(|event| self.open_event(event, others)).collect()
    }

    pub(crate) fn assessment(&mut self, subject: &SubjectId, others: Others) -> Result<Option<StoredAssessment>> {
        let Some(state) = self.state_of(0, subject)? else { return Ok(None) };
        let Some(latest) = summary(&state)?.assessment else { return Ok(None) };
        let Some(stored) = self.database.event(latest.position)? else { return Ok(None) };
        match self.open_event(&stored, others)?.body {
            Body::Assessed(assessed) => {
                Ok(Some(StoredAssessment { position: latest.position, at: latest.at, assessed: *assessed }))
            }
            _ => Ok(None),
        }
    }

    pub(crate) fn index_of(&self, projection: &'static str) -> Result<usize> {
        self.projectors.iter().position(|projector| projector.name() == projection).ok_or(StoreError::Projection {
            projection,
            position: Position::START,
            why: "the store was opened without it".into(),
        })
    }

    pub(crate) fn state_of(&mut self, index: usize, subject: &SubjectId) -> Result<Option<Vec<u8>>> {
        let Some(key) = self.find(subject)? else { return Ok(None) };
        let Some(seal) = self.seal_of(key) else { return Ok(None) };
        match self.database.projection(self.projectors[index].name(), key)? {
            Some(sealed) => {
                let state = self.open_state(index, key, &seal, &sealed)?;
                Ok(Some(self.resolve_state(key, state)))
            }
            None => Ok(None),
        }
    }

    pub(crate) fn states(&mut self, index: usize) -> Result<Vec<Vec<u8>>> {
        let stored = self.database.projections(self.projectors[index].name())?;
        // Looked at after the rows: whatever stands in them, its key is on disk by now.
        self.keyring.refresh()?;
        self.learn_erasures()?;
        let mut states = Vec::with_capacity(stored.len());
        for (key, sealed) in stored {
            match self.seal_of(key) {
                Some(seal) => {
                    let state = self.open_state(index, key, &seal, &sealed)?;
                    states.push(self.resolve_state(key, state));
                }
                None if self.erased.contains(&key) => {}
                None => return Err(StoreError::KeysLost { count: 1, first: key }),
            }
        }
        Ok(states)
    }

    pub(crate) fn summary(&mut self, subject: &SubjectId) -> Result<Option<SubjectSummary>> {
        self.state_of(0, subject)?.map(|state| summary(&state)).transpose()
    }

    pub(crate) fn subjects(&mut self) -> Result<Vec<SubjectSummary>> {
        let mut subjects = self.states(0)?.iter().map(|state| summary(state)).collect::<Result<Vec<SubjectSummary>>>()?;
        subjects.retain(|subject| subject.recorded);
        subjects.sort_by_key(|subject| subject.opened);
        Ok(subjects)
    }
}

/// How many ids of subjects a handle remembers.
const NAMES: usize = 100_000;

fn own<T: DeserializeOwned>(stored: &StoredEvent, json: &[u8]) -> Result<T> {
    OWN.read(stored.position, &stored.header.kind, stored.header.version, json)
}

fn summary(state: &[u8]) -> Result<SubjectSummary> {
    serde_json::from_slice(state).map_err(|error| StoreError::Projection {
        projection: SUMMARY,
        position: Position::START,
        why: error.to_string(),
    })
}

/// What a subject's scopes state, folded from its events.
#[derive(Debug, Default)]
pub(crate) struct Current {
    scopes: BTreeMap<String, Scope>,
    /// Position of the last event that recorded facts.
    pub(crate) last: Position,
}

#[derive(Debug, Default)]
struct Scope {
    facts: Vec<(FactRef, RecordedFact)>,
    originals: BTreeMap<String, BlobRef>,
}

impl Current {
    fn take(&mut self, position: Position, recorded: FactsRecorded) {
        self.last = position;
        let scope = self.scopes.entry(recorded.scope).or_default();
        if !recorded.withdrawn.is_empty() {
            scope.facts.retain(|(at, _)| recorded.withdrawn.binary_search(at).is_err());
        }
        let mut nth = 0;
        for group in recorded.added {
            for fact in group.facts {
                let known = RecordedFact { provenance: group.provenance.clone(), fact };
                scope.facts.push((FactRef { at: position, nth }, known));
                nth += 1;
            }
        }
        for name in recorded.dropped {
            scope.originals.remove(&name);
        }
        for blob in recorded.blobs {
            scope.originals.insert(blob.name.clone(), blob);
        }
    }

    /// The facts of a scope by the hash of their canonical bytes.
    pub(crate) fn facts_of(&self, scope: &str) -> HashMap<ContentHash, FactRef> {
        let facts = self.scopes.get(scope).map(|scope| scope.facts.as_slice()).unwrap_or_default();
        facts.iter().map(|(at, known)| (known.fact.content_hash(), *at)).collect()
    }

    pub(crate) fn originals_of(&self, scope: &str) -> BTreeMap<&str, &BlobRef> {
        self.scopes
            .get(scope)
            .map(|scope| scope.originals.iter().map(|(name, blob)| (name.as_str(), blob)).collect())
            .unwrap_or_default()
    }

    fn into_facts(self) -> CurrentFacts {
        let mut now = CurrentFacts::default();
        for (name, scope) in self.scopes {
            now.facts.extend(scope.facts.into_iter().map(|(_, fact)| (name.clone(), fact)));
            now.originals.extend(scope.originals.into_values().map(|blob| (name.clone(), blob)));
        }
        now
    }
}
