//! Appending: what a batch of records adds to the log, under the head lock.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use bonafide_model::{
    Canonical, ContentHash,
    fact::{Fact, FactValue, Provenance},
    id::SubjectId,
};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::{
    chain::{self, Header},
    error::{Result, StoreError},
    event::{AssessmentRecord, Body, Event, EventRecord, Original, OtherEvent, Receipt, Record, Recorded, SubjectRecord},
    id::{EventId, Position, SubjectKeyId},
    inner::Inner,
    payload::{self, Assessed, BlobRef, FactGroup, FactsRecorded, RecordedFact, SubjectOpened, kind},
    project::{SUMMARY, SubjectSummary},
    read::{Current, Resolving},
    reference::{self, Texts, Tokeniser},
    seal::{Purpose, Seal},
    sqlite::{StoredBlob, StoredEvent},
    store::Head,
};

/// Index of the store's own projection among the projectors.
const SUMMARIES: usize = 0;

/// A state of a projection, held until the commit.
#[derive(Clone, Debug)]
struct Held {
    plain: Option<Vec<u8>>,
    changed: bool,
}

type StateKey = (usize, SubjectKeyId);

/// A payload as it is stored.
struct Encoded {
    json: Vec<u8>,
    /// Whether projections see it as it was before references were put into it: no mark of the original stands in it.
    reads_as_it_was: bool,
}

/// What a transaction has done so far.
pub(crate) struct Writing {
    pub(crate) head: Head,
    now: Timestamp,
    states: HashMap<StateKey, Held>,
    /// Earlier values of states, to undo a batch that failed among others.
    undo: Vec<(StateKey, Option<Held>)>,
    seals: HashMap<SubjectKeyId, Seal>,
    /// Whether something besides the log changed.
    pub(crate) touched: bool,
    pub(crate) removed_blobs: Vec<ContentHash>,
}

impl Writing {
    pub(crate) fn new(now: Timestamp) -> Self {
        let head = Head { position: Position::START, link: ContentHash::from_bytes([0; 32]) };
        Self {
            head,
            now,
            states: HashMap::new(),
            undo: Vec::new(),
            seals: HashMap::new(),
            touched: false,
            removed_blobs: Vec::new(),
        }
    }

    /// Drops what is held of an erased subject.
    pub(crate) fn forget(&mut self, key: SubjectKeyId) {
        self.states.retain(|(_, subject), _| *subject != key);
        self.seals.remove(&key);
    }

    fn hold(&mut self, at: StateKey, plain: Option<Vec<u8>>) {
        let before = self.states.insert(at, Held { plain, changed: true });
        self.undo.push((at, before));
    }

    fn undo_batch(&mut self, head: Head) {
        for (at, before) in std::mem::take(&mut self.undo).into_iter().rev() {
            match before {
                Some(held) => drop(self.states.insert(at, held)),
                None => drop(self.states.remove(&at)),
            }
        }
        self.head = head;
    }
}

impl Inner {
    /// Applies a batch, or nothing of it. The outer error means that the transaction is lost, and other batches with it.
    pub(crate) fn apply_batch(&mut self, writing: &mut Writing, batch: Vec<Record>) -> Result<Result<Vec<Receipt>>> {
        self.database.savepoint()?;
        let head = writing.head;
        writing.undo.clear();
        let applied: Result<Vec<_>> = batch.into_iter().map(|record| self.apply(writing, record)).collect();
        match applied {
            Ok(receipts) => self.database.release().map(|()| Ok(receipts)),
            // A full disk, for one, makes SQLite give up the whole transaction.
            Err(error) if !self.database.in_transaction() => Err(error),
            Err(error) => {
                self.database.undo_to_savepoint()?;
                writing.undo_batch(head);
                Ok(Err(error))
            }
        }
    }

    fn apply(&mut self, writing: &mut Writing, record: Record) -> Result<Receipt> {
        match record {
            Record::Subject(record) => self.apply_subject(writing, record),
            Record::Assessment(record) => self.apply_assessment(writing, *record),
            Record::Event(record) => self.apply_event(writing, record),
        }
    }

    fn apply_subject(&mut self, writing: &mut Writing, record: SubjectRecord) -> Result<Receipt> {
        let (key, known) = self.ensure_subject(writing, &record.subject)?;
        if let Some(position) = self.repeated(writing, key, record.event.as_ref())? {
            return Ok(Receipt { outcome: Recorded::Repeated, position });
        }
        let current = if known.recorded { self.current(key)? } else { Current::default() };
        let blobs = self.changed_originals(writing, key, &record, &current)?;
        let (facts, originals) = (current.facts_of(&record.scope), current.originals_of(&record.scope));
        let mut stated: HashSet<ContentHash> = HashSet::new();
        let mut groups: Vec<FactGroup> = Vec::new();
        let mut mentions = BTreeSet::new();
        let names: BTreeSet<String> = record.originals.iter().map(|original| original.name.clone()).collect();
        for RecordedFact { fact, provenance } in record.facts {
            let hash = fact.content_hash();
            if stated.insert(hash) && !facts.contains_key(&hash) {
                mentions.extend(referrer(&fact).filter(|other| *other != record.subject));
                push(&mut groups, fact, provenance);
            }
        }
        let (mut withdrawn, mut dropped) = (Vec::new(), Vec::new());
        if record.whole {
            withdrawn.extend(facts.iter().filter(|(hash, _)| !stated.contains(*hash)).map(|(_, at)| *at));
            withdrawn.sort_unstable();
            dropped.extend(originals.keys().filter(|name| !names.contains(**name)).map(|name| (*name).to_owned()));
        }
        if known.recorded && groups.is_empty() && withdrawn.is_empty() && blobs.is_empty() && dropped.is_empty() {
            return Ok(Receipt { outcome: Recorded::Unchanged, position: current.last });
        }
        let recorded = FactsRecorded { scope: record.scope, added: groups, withdrawn, blobs, dropped };
        let json = self.encode(writing, key, kind::FACTS, &recorded, &mentions, Texts::None)?;
        // Without an id of the caller's, the chain before the event makes it unique: repeating a whole record finds nothing to add.
        let event = record.event.unwrap_or_else(|| EventId::of(&[b"facts", writing.head.link.as_bytes()]));
        for blob in &recorded.blobs {
            let bytes = blob.bytes;
            self.database.put_blob(&StoredBlob { address: blob.address, subject: key, bytes })?;
        }
        self.append_event(writing, key, Some(record.subject), &event, payload::VERSION, json, Body::Facts(recorded))
    }

    /// Original files that the scope does not have yet, sealed and written.
    fn changed_originals(
        &mut self,
        writing: &mut Writing,
        key: SubjectKeyId,
        record: &SubjectRecord,
        current: &Current,
    ) -> Result<Vec<BlobRef>> {
        let known = current.originals_of(&record.scope);
        let mut changed: Vec<BlobRef> = Vec::new();
        for Original { name, bytes } in &record.originals {
            let content = ContentHash::of_bytes(bytes);
            if known.get(name.as_str()).is_some_and(|blob| blob.content == content)
                || changed.iter().any(|blob| blob.name == *name && blob.content == content)
            {
                continue;
            }
            let seal = seal_for(self.keyring.as_ref(), writing, key)?;
            changed.push(self.blobs.put(key, &seal, name, bytes)?);
        }
        Ok(changed)
    }

    fn apply_assessment(&mut self, writing: &mut Writing, record: AssessmentRecord) -> Result<Receipt> {
        let AssessmentRecord { assessment, asked, event } = record;
        let subject = assessment.subject.clone();
        let (key, known) = self.ensure_subject(writing, &subject)?;
        if let Some(position) = self.repeated(writing, key, event.as_ref())? {
            return Ok(Receipt { outcome: Recorded::Repeated, position });
        }
        let mentions = reference::named_in(&subject, &assessment, &asked);
        let assessed = Assessed { assessment, asked };
        let json = self.encode(writing, key, kind::ASSESSED, &assessed, &mentions, Texts::NotOwnValues)?;
        if let Some(latest) = known.assessment.filter(|latest| latest.digest == ContentHash::of_bytes(&json.json)) {
            return Ok(Receipt { outcome: Recorded::Unchanged, position: latest.position });
        }
        let event = event.unwrap_or_else(|| EventId::of(&[b"assessed", writing.head.link.as_bytes()]));
        self.append_event(writing, key, Some(subject), &event, payload::VERSION, json, Body::Assessed(Box::new(assessed)))
    }

    fn apply_event(&mut self, writing: &mut Writing, record: EventRecord) -> Result<Receipt> {
        let EventRecord { subject, kind, version, json, mentions, event } = record;
        let key = match &subject {
            Some(subject) => self.ensure_subject(writing, subject)?.0,
            None => self.keyring.own(),
        };
        if let Some(position) = self.repeated(writing, key, Some(&event))? {
            return Ok(Receipt { outcome: Recorded::Repeated, position });
        }
        let mentions: BTreeSet<_> = mentions.into_iter().filter(|other| subject.as_ref() != Some(other)).collect();
        let json = if mentions.is_empty() && !reference::has_mark(&json) {
            Encoded { json, reads_as_it_was: true }
        } else {
            let value: Value =
                serde_json::from_slice(&json).map_err(|source| StoreError::Encode { what: kind.into(), source })?;
            self.encode(writing, key, kind, &value, &mentions, Texts::All)?
        };
        let position = writing.head.position.next();
        // As stored: projections hold references too, and resolve them when they are read.
        let body = Body::Other(OtherEvent { kind: kind.to_owned(), version, json: json.json.clone(), position });
        self.append_event(writing, key, subject, &event, version, json, body)
    }

    /// An event of the store itself.
    pub(crate) fn append_own<T: Serialize>(
        &mut self,
        writing: &mut Writing,
        kind: &'static str,
        version: u16,
        payload: &T,
        event: EventId,
    ) -> Result<Receipt> {
        let json = serde_json::to_vec(payload).map_err(|source| StoreError::Encode { what: kind.into(), source })?;
        self.apply_event(writing, EventRecord { subject: None, kind, version, json, mentions: Vec::new(), event })
    }

    /// The key of a subject and what is known of it; a new subject gets a key and an opening event.
    fn ensure_subject(&mut self, writing: &mut Writing, subject: &SubjectId) -> Result<(SubjectKeyId, SubjectSummary)> {
        let key = self.keyring.create(subject.as_str())?;
        if self.state(writing, SUMMARIES, key)?.is_none() {
            let opened = SubjectOpened { subject: subject.clone() };
            let json = self.encode(writing, key, kind::OPENED, &opened, &BTreeSet::new(), Texts::None)?;
            let event = EventId::named(kind::OPENED);
            self.append_event(writing, key, Some(subject.clone()), &event, payload::VERSION, json, Body::Opened(opened))?;
        }
        let state = self.state(writing, SUMMARIES, key)?.unwrap_or_default();
        let position = writing.head.position;
        let summary = serde_json::from_slice(&state).map_err(|error| StoreError::Projection {
            projection: SUMMARY,
            position,
            why: error.to_string(),
        })?;
        Ok((key, summary))
    }

    fn repeated(&mut self, writing: &mut Writing, key: SubjectKeyId, event: Option<&EventId>) -> Result<Option<Position>> {
        let Some(event) = event else { return Ok(None) };
        let tag = seal_for(self.keyring.as_ref(), writing, key)?.tag(event);
        self.database.find_tag(&tag)
    }

    /// A payload as stored: JSON in which what is about other subjects is replaced by references.
    fn encode<T: Serialize>(
        &mut self,
        writing: &mut Writing,
        owner: SubjectKeyId,
        kind: &str,
        payload: &T,
        mentions: &BTreeSet<SubjectId>,
        texts: Texts,
    ) -> Result<Encoded> {
        let failed = |source| StoreError::Encode { what: kind.to_owned(), source };
        if mentions.is_empty() {
            let json = serde_json::to_vec(payload).map_err(failed)?;
            if !reference::has_mark(&json) {
                return Ok(Encoded { json, reads_as_it_was: true });
            }
        }
        let mut others = BTreeMap::new();
        let mut seals = BTreeMap::new();
        for other in mentions {
            let (key, _) = self.ensure_subject(writing, other)?;
            others.insert(other.clone(), key);
            seals.insert(key, seal_for(self.keyring.as_ref(), writing, key)?);
        }
        let mut value = serde_json::to_value(payload).map_err(failed)?;
        let seal =
            |key: SubjectKeyId, bytes: &[u8]| seals.get(&key).map(|seal| seal.seal(Purpose::Reference, owner.as_bytes(), bytes));
        let tokeniser = Tokeniser::new(&others, &seal, texts);
        if kind == kind::ASSESSED {
            let named = value.get_mut("asked").map(|asked| tokeniser.replace(asked)).unwrap_or_default();
            if let Some(assessment) = value.get_mut("assessment") {
                tokeniser.replace(assessment);
                tokeniser.replace_answers_hash(assessment, &named);
            }
        } else {
            tokeniser.replace(&mut value);
        }
        let json = serde_json::to_vec(&value).map_err(failed)?;
        Ok(Encoded { json, reads_as_it_was: !tokeniser.met_a_mark() })
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one event, each of another type")]
    fn append_event(
        &mut self,
        writing: &mut Writing,
        key: SubjectKeyId,
        subject: Option<SubjectId>,
        event: &EventId,
        version: u16,
        Encoded { json, reads_as_it_was }: Encoded,
        body: Body,
    ) -> Result<Receipt> {
        let seal = seal_for(self.keyring.as_ref(), writing, key)?;
        let header = Header { tag: seal.tag(event), subject: key, kind: body.kind().to_owned(), version };
        if let Some(position) = self.database.find_tag(&header.tag)? {
            return Ok(Receipt { outcome: Recorded::Repeated, position });
        }
        let plain = payload::wrap(writing.now, &header.kind, &json)?;
        let sealed = seal.seal(Purpose::Event, &header.associated(&self.keyring.store()), &plain);
        let position = writing.head.position.next();
        let link = chain::link(&writing.head.link, position, &header, &sealed);
        self.database.insert(&StoredEvent { position, header, sealed, link })?;
        writing.head = Head { position, link };
        if key != self.keyring.own() {
            let digest = ContentHash::of_bytes(&json);
            // As it reads when it is opened; so soon nobody who is named in it can have been erased.
            let body =
                if reads_as_it_was { body } else { self.body(key, position, body.kind(), version, json, Resolving::ToFold)? };
            // As a reader will see it: to the microsecond.
            let at = Timestamp::from_microsecond(writing.now.as_microsecond()).ok();
            let event = Event { position, at, key, subject, body, digest };
            for index in 0..self.projectors.len() {
                self.fold(writing, index, &event)?;
            }
        }
        Ok(Receipt { outcome: Recorded::Added, position })
    }

    // --- projections ------------------------------------------------------------------------------------------------------

    /// Folds an event into one projection.
    pub(crate) fn fold(&mut self, writing: &mut Writing, index: usize, event: &Event) -> Result<()> {
        if matches!(event.body, Body::Unreadable { .. }) {
            return Ok(());
        }
        let before = self.state(writing, index, event.key)?;
        let projector = &self.projectors[index];
        let after = projector.fold(before.as_deref(), event).map_err(|why| StoreError::Projection {
            projection: projector.name(),
            position: event.position,
            why,
        })?;
        if after != before {
            writing.hold((index, event.key), after);
        }
        Ok(())
    }

    /// The state as the transaction sees it.
    fn state(&mut self, writing: &mut Writing, index: usize, key: SubjectKeyId) -> Result<Option<Vec<u8>>> {
        if let Some(held) = writing.states.get(&(index, key)) {
            return Ok(held.plain.clone());
        }
        let stored = self.database.projection(self.projectors[index].name(), key)?;
        let plain = match stored {
            Some(sealed) => {
                let seal = seal_for(self.keyring.as_ref(), writing, key)?;
                Some(self.open_state(index, key, &seal, &sealed)?)
            }
            None => None,
        };
        writing.states.insert((index, key), Held { plain: plain.clone(), changed: false });
        Ok(plain)
    }

    pub(crate) fn open_state(&self, index: usize, key: SubjectKeyId, seal: &Seal, sealed: &[u8]) -> Result<Vec<u8>> {
        let projection = self.projectors[index].name();
        seal.open(Purpose::Projection, &state_label(projection, key), sealed).ok_or_else(|| StoreError::Projection {
            projection,
            position: Position::START,
            why: "a stored state does not open under its key; run `bonafide doctor`".into(),
        })
    }

    /// Writes the states that changed.
    pub(crate) fn store_states(&mut self, writing: &mut Writing) -> Result<()> {
        let mut changed: Vec<_> = writing.states.iter().filter(|(_, held)| held.changed).collect();
        changed.sort_by_key(|(at, _)| **at);
        for ((index, key), held) in changed {
            let name = self.projectors[*index].name();
            match (&held.plain, writing.seals.get(key).cloned().or_else(|| self.seal_of(*key))) {
                (Some(plain), Some(seal)) => {
                    let sealed = seal.seal(Purpose::Projection, &state_label(name, *key), plain);
                    self.database.put_projection(name, *key, &sealed)?;
                }
                _ => self.database.drop_projection(name, *key)?,
            }
        }
        Ok(())
    }
}

fn state_label(projection: &str, key: SubjectKeyId) -> Vec<u8> {
    [key.as_bytes(), projection.as_bytes()].concat()
}

/// The working keys of a subject, derived once per transaction.
fn seal_for(keyring: &dyn crate::Keyring, writing: &mut Writing, key: SubjectKeyId) -> Result<Seal> {
    if let Some(seal) = writing.seals.get(&key) {
        return Ok(seal.clone());
    }
    let seal = Seal::new(&keyring.key(key).ok_or(StoreError::KeysLost { count: 1, first: key })?);
    writing.seals.insert(key, seal.clone());
    Ok(seal)
}

/// Another subject that a fact names by its id.
fn referrer(fact: &Fact) -> Option<SubjectId> {
    match &fact.value {
        FactValue::Referral(referral) => referral.subject.as_ref().map(SubjectId::new),
        _ => None,
    }
}

/// Adds a fact to the group of its provenance.
fn push(groups: &mut Vec<FactGroup>, fact: Fact, provenance: Provenance) {
    match groups.iter_mut().rev().find(|group| group.provenance == provenance) {
        Some(group) => group.facts.push(fact),
        None => groups.push(FactGroup { provenance, facts: vec![fact] }),
    }
}
