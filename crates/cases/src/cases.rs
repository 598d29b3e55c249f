//! What people do with cases.

use std::{
    collections::BTreeSet,
    fmt,
    io::{Seek, Write},
    sync::Arc,
};

use bonafide_model::{assessment::Band, id::SubjectId};
use bonafide_store::{
    AssessmentRecord, CurrentFacts, Erased, Erasure, ErasureReason, EventId, EventRecord, Others, Receipt, Record, Recorded,
    Store, StoreError, StoredAssessment, SubjectRecord,
};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    case::{Case, CaseId, Known, PROJECTION, Status},
    error::{CaseError, Result},
    events::{
        Closed, Decided, DecisionCode, Exported, Held, HoldKind, NoteKind, Noted, Opened, Released, Reopened, VERSION, Viewed,
        kind,
    },
    export::{self, ExportOrder, Manifest, Render},
    history::{self, Entry},
    redact,
    retention::{Retention, Rules, day_of},
};

/// Longest name of a person, in characters.
const MOST_NAME: usize = 200;
/// Longest reason or note, in characters.
const MOST_TEXT: usize = 20_000;
/// Most words of an id that is looked for in a text.
const MOST_WORDS: usize = 5;

/// The cases of a store.
#[derive(Clone)]
pub struct Cases {
    store: Arc<dyn Store>,
    rules: Rules,
    terms: Opened,
}

impl fmt::Debug for Cases {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Cases").field("rules", &self.rules).finish_non_exhaustive()
    }
}

/// An application that was vetted: what it says, and what came of it.
#[derive(Clone, Debug)]
pub struct Vetted {
    /// Facts and original files.
    pub subject: SubjectRecord,
    /// The assessment with the lens's answers.
    pub assessment: AssessmentRecord,
}

/// What became of a vetted application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filed {
    /// Its case.
    pub case: CaseId,
    /// Whether facts or original files were added.
    pub facts: Recorded,
    /// Whether the assessment was added.
    pub assessment: Recorded,
    /// Whether a closed case was reopened by it.
    pub reopened: bool,
}

/// Which cases to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Closed cases too.
    pub closed: bool,
    /// Only cases of this band or above.
    pub at_least: Option<Band>,
}

/// Who looks at a case, and what for.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The person.
    pub by: String,
    /// The reason.
    pub why: String,
}

/// A decision to be recorded.
#[derive(Clone, Debug)]
pub struct Decide {
    /// What.
    pub code: DecisionCode,
    /// The name of the person who decides.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Makes a retried request idempotent.
    pub request: Option<String>,
}

/// All of one case.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// The case at a glance.
    pub case: Case,
    /// Until when it is kept.
    pub retention: Retention,
    /// The latest assessment with its answers.
    pub assessment: Option<StoredAssessment>,
    /// What the subject's scopes state now.
    pub facts: CurrentFacts,
    /// What happened.
    pub history: Vec<Entry>,
}

impl Cases {
    /// The cases of a store that was opened with the [`CaseProjector`](crate::CaseProjector).
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        let terms = Opened {
            purpose: "vetting of an application for remote work".into(),
            lawful_basis: "legitimate interest in not being deceived about an applicant's identity (GDPR art. 6(1)(f))".into(),
        };
        Self { store, rules: Rules::default(), terms }
    }

    /// Other periods than the default ones.
    #[must_use]
    pub fn with_rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// Another purpose and lawful basis than the default ones; they are recorded with each case that is opened.
    #[must_use]
    pub fn with_terms(mut self, purpose: impl Into<String>, lawful_basis: impl Into<String>) -> Self {
        self.terms = Opened { purpose: purpose.into(), lawful_basis: lawful_basis.into() };
        self
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// The periods.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    // --- filing -----------------------------------------------------------------------------------------------------------

    /// Files vetted applications in one commit: facts, original files, assessments, and a case for each. What the store knows already
    /// is not stored again; a case that was closed in the subject's favour is reopened where the new assessment is worse.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub fn file(&self, vetted: Vec<Vetted>) -> Result<Vec<Filed>> {
        let mut batch = Vec::with_capacity(vetted.len() * 3);
        let mut shapes = Vec::with_capacity(vetted.len());
        for Vetted { subject, assessment } in vetted {
            let id = subject.subject.clone();
            let reopened = self.case_of(&id)?.and_then(|case| Some((case.reopened_by(&assessment.assessment)?, case.last)));
            shapes.push(reopened.is_some());
            batch.push(Record::Subject(subject));
            let opened = EventRecord::new(Some(id.clone()), kind::OPENED, VERSION, &self.terms, EventId::named(kind::OPENED))?;
            batch.push(Record::Event(opened));
            if let Some((reason, last)) = reopened {
                let event = EventId::of(&[kind::REOPENED.as_bytes(), &last.0.to_le_bytes()]);
                let payload = Reopened { by: None, reason };
                batch.push(Record::Event(EventRecord::new(Some(id), kind::REOPENED, VERSION, &payload, event)?));
            }
            batch.push(Record::Assessment(Box::new(assessment)));
        }
        let mut receipts = self.store.append(batch)?.into_iter();
        // Invariant: an append answers with one receipt per record, in order.
        let mut next =
            || receipts.next().unwrap_or(Receipt { outcome: Recorded::Unchanged, position: bonafide_store::Position(0) });
        Ok(shapes
            .into_iter()
            .map(|reopened| {
                let (facts, opened) = (next(), next());
                let reopened = reopened && next().outcome == Recorded::Added;
                Filed { case: CaseId(opened.position.0), facts: facts.outcome, assessment: next().outcome, reopened }
            })
            .collect())
    }

    /// Files assessments of subjects that the store knows, in one commit: their surroundings changed, they did not. A case that was
    /// closed in the subject's favour is reopened where the new assessment is worse or asks what nobody has answered.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub fn assess_anew(&self, assessments: Vec<(SubjectId, AssessmentRecord)>) -> Result<Vec<Option<String>>> {
        let mut batch = Vec::with_capacity(assessments.len() * 2);
        let mut reasons = Vec::with_capacity(assessments.len());
        for (id, assessment) in assessments {
            let reopened = self.case_of(&id)?.and_then(|case| Some((case.reopened_by(&assessment.assessment)?, case.last)));
            reasons.push(reopened.as_ref().map(|(reason, _)| reason.clone()));
            if let Some((reason, last)) = reopened {
                let event = EventId::of(&[kind::REOPENED.as_bytes(), &last.0.to_le_bytes()]);
                let payload = Reopened { by: None, reason };
                batch.push(Record::Event(EventRecord::new(Some(id), kind::REOPENED, VERSION, &payload, event)?));
            }
            batch.push(Record::Assessment(Box::new(assessment)));
        }
        self.store.append(batch)?;
        Ok(reasons)
    }

    // --- finding ----------------------------------------------------------------------------------------------------------

    /// The queue: what needs a person first comes first. Escalated cases, then open ones, then those that wait for something, then
    /// closed ones; within each the higher band, the higher weight, and the longer wait first.
    ///
    /// # Errors
    /// Where a case cannot be read.
    pub fn queue(&self, filter: Filter) -> Result<Vec<Case>> {
        let mut cases = self.all()?;
        cases.retain(|case| {
            let band = case.assessed.as_ref().map(|assessed| assessed.band);
            (filter.closed || case.status != Status::Closed) && (filter.at_least.is_none() || band >= filter.at_least)
        });
        cases.sort_by(|left, right| rank(left).cmp(&rank(right)).then_with(|| left.id.cmp(&right.id)));
        Ok(cases)
    }

    fn all(&self) -> Result<Vec<Case>> {
        let states = self.store.states(PROJECTION)?;
        let known = states.iter().map(|state| known(state)).collect::<Result<Vec<_>>>()?;
        Ok(known.into_iter().filter_map(|known| known.case).collect())
    }

    /// The case of a subject.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn case_of(&self, subject: &SubjectId) -> Result<Option<Case>> {
        match self.store.state(PROJECTION, subject)? {
            Some(state) => Ok(known(&state)?.case),
            None => Ok(None),
        }
    }

    /// The case that a text names: a subject's id, or a case number such as `C-17`.
    ///
    /// # Errors
    /// [`CaseError::Unknown`], naming cases that are near.
    pub fn find(&self, text: &str) -> Result<Case> {
        let asked = text.trim();
        if let Some(case) = self.case_of(&SubjectId::new(asked))? {
            return Ok(case);
        }
        let cases = self.all()?;
        if let Ok(id) = asked.parse::<CaseId>()
            && let Some(case) = cases.iter().find(|case| case.id == id)
        {
            return Ok(case.clone());
        }
        let wanted = asked.to_lowercase();
        let contains = |case: &&Case| {
            !wanted.is_empty()
                && (case.subject.as_str().to_lowercase().contains(&wanted) || case.name.to_lowercase().contains(&wanted))
        };
        let mut near: Vec<String> = cases.iter().filter(contains).map(|case| format!("'{}'", case.subject)).collect();
        near.sort();
        near.truncate(5);
        Err(CaseError::Unknown { asked: asked.to_owned(), near })
    }

    /// All of one case. With a reader, that somebody looked is recorded first.
    ///
    /// # Errors
    /// Where it cannot be read, or the look cannot be recorded.
    pub fn show(&self, case: &Case, reader: Option<&Reader>) -> Result<CaseFile> {
        if let Some(Reader { by, why }) = reader {
            let payload = Viewed { by: name(by)?, why: text("the reason", "every look at a person is accounted for", why)? };
            let head = self.store.head()?.position;
            self.append(case, kind::VIEWED, &payload, &payload.why, &EventId::of(&[b"viewed", &head.0.to_le_bytes()]))?;
        }
        Ok(CaseFile {
            retention: self.rules.retention_of(case),
            assessment: self.store.assessment(&case.subject, Others::Named)?,
            facts: self.store.facts(&case.subject, Others::Named)?.unwrap_or_default(),
            history: history::entries(self.store.history(&case.subject, Others::Named)?)?,
            case: case.clone(),
        })
    }

    // --- deciding ---------------------------------------------------------------------------------------------------------

    /// Records what a person decided. The recommendation binds nobody: any decision is possible in any band.
    ///
    /// # Errors
    /// [`CaseError::Empty`] without a name or a reason.
    pub fn decide(&self, case: &Case, decide: &Decide) -> Result<Case> {
        let by = name(&decide.by)?;
        let reason = text("the reason", "a decision about a person is explained to that person on request", &decide.reason)?;
        let payload = Decided { code: decide.code, by, reason };
        let event = self.event_id(kind::DECIDED, case, decide.request.as_deref(), &payload)?;
        self.append(case, kind::DECIDED, &payload, &payload.reason, &event)
    }

    /// Writes something down.
    ///
    /// # Errors
    /// [`CaseError::Empty`] without a name or a text.
    pub fn note(&self, case: &Case, kind_of_note: NoteKind, by: &str, note: &str) -> Result<Case> {
        let payload = Noted { kind: kind_of_note, by: name(by)?, text: text("the note", "a note says something", note)? };
        let event = self.event_id(kind::NOTED, case, None, &payload)?;
        self.append(case, kind::NOTED, &payload, &payload.text, &event)
    }

    /// Opens a closed or waiting case again.
    ///
    /// # Errors
    /// [`CaseError::WrongStatus`] where it is open, [`CaseError::Empty`] without a name or a reason.
    pub fn reopen(&self, case: &Case, by: &str, reason: &str) -> Result<Case> {
        if case.status == Status::Open {
            let (id, status) = (case.id.to_string(), case.status.name());
            return Err(CaseError::WrongStatus { case: id, status, advice: "decide it, or add a note" });
        }
        let payload = Reopened { by: Some(name(by)?), reason: text("the reason", "the next reader wants to know", reason)? };
        let event = self.event_id(kind::REOPENED, case, None, &payload)?;
        self.append(case, kind::REOPENED, &payload, &payload.reason, &event)
    }

    /// Closes a case that was decided before: for one that waits and has nothing left to wait for.
    ///
    /// # Errors
    /// [`CaseError::WrongStatus`] where it was never decided or is closed, [`CaseError::Empty`] without a name or a reason.
    pub fn close(&self, case: &Case, by: &str, reason: &str) -> Result<Case> {
        let wrong = |advice| Err(CaseError::WrongStatus { case: case.id.to_string(), status: case.status.name(), advice });
        if case.status == Status::Closed {
            return wrong("nothing is left to close");
        }
        if case.decision.is_none() {
            return wrong("a person decides before a case is closed");
        }
        let payload = Closed { by: name(by)?, reason: text("the reason", "the next reader wants to know", reason)? };
        let event = self.event_id(kind::CLOSED, case, None, &payload)?;
        self.append(case, kind::CLOSED, &payload, &payload.reason, &event)
    }

    /// Lets every *look* lapse to clear on which nobody acted in time; confirmed list matches never lapse. Answers the cases.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub fn lapse(&self, on: Date) -> Result<Vec<Case>> {
        let lapsed: Vec<Case> = self.all()?.into_iter().filter(|case| self.rules.lapses(case, on)).collect();
        let days = self.rules.lapse_after_days;
        let payload = Decided {
            code: DecisionCode::Lapsed,
            by: "nobody".into(),
            reason: format!("nobody acted on the recommendation 'look' within {days} days, so it counts as clear"),
        };
        let mut batch = Vec::with_capacity(lapsed.len());
        for case in &lapsed {
            let event = EventId::of(&[b"lapsed", &case.last.0.to_le_bytes()]);
            let record = EventRecord::new(Some(case.subject.clone()), kind::DECIDED, VERSION, &payload, event)?;
            batch.push(Record::Event(record));
        }
        self.store.append(batch)?;
        lapsed.iter().map(|case| self.again(case)).collect()
    }

    // --- keeping and erasing ----------------------------------------------------------------------------------------------

    /// Sets a legal hold: the record cannot be erased until it is released.
    ///
    /// # Errors
    /// [`CaseError::Empty`] without a name or a reason.
    pub fn hold(&self, case: &Case, kind_of_hold: HoldKind, by: &str, reason: &str) -> Result<Case> {
        let reason = text("the reason", "a hold overrides the person's right to erasure and must be justified", reason)?;
        let payload = Held { kind: kind_of_hold, by: name(by)?, reason };
        let event = self.event_id(kind::HELD, case, None, &payload)?;
        self.append(case, kind::HELD, &payload, &payload.reason, &event)
    }

    /// Releases a legal hold.
    ///
    /// # Errors
    /// [`CaseError::NotHeld`], and [`CaseError::Empty`] without a name or a reason.
    pub fn release(&self, case: &Case, by: &str, reason: &str) -> Result<Case> {
        if case.hold.is_none() {
            return Err(CaseError::NotHeld { case: case.id.to_string() });
        }
        let payload = Released { by: name(by)?, reason: text("the reason", "it says why the record may go now", reason)? };
        let event = self.event_id(kind::RELEASED, case, None, &payload)?;
        self.append(case, kind::RELEASED, &payload, &payload.reason, &event)
    }

    /// Cases whose retention period has ended on a day, oldest first.
    ///
    /// # Errors
    /// Where a case cannot be read.
    pub fn due(&self, on: Date) -> Result<Vec<Case>> {
        let mut due = self.all()?;
        due.retain(|case| self.rules.is_due(case, on));
        due.sort_by_key(|case| (case.last_at, case.id));
        Ok(due)
    }

    /// Erases a subject. The reason is the name of an [`ErasureReason`] or words of one's own; it outlives the erasure, so words of
    /// the person (name, addresses, numbers, id) are taken out of it.
    ///
    /// # Errors
    /// [`CaseError::Held`] under a legal hold; [`CaseError::Retained`] where the reason is the end of a retention period that has not
    /// ended; [`CaseError::Empty`] without a name or a reason.
    pub fn erase(&self, case: &Case, by: &str, reason: &str, on: Date) -> Result<Erased> {
        let order = self.erasure(case, by, reason, on)?;
        Ok(self.store.erase(std::slice::from_ref(&case.subject), &order)?)
    }

    /// The order by which [`erase`](Self::erase) erases a subject, for callers who must first purge what they derived from it.
    ///
    /// # Errors
    /// As [`erase`](Self::erase).
    pub fn erasure(&self, case: &Case, by: &str, reason: &str, on: Date) -> Result<Erasure> {
        let by = name(by)?;
        let stated = text("the reason", "an erasure is accounted for without naming the person", reason)?;
        // The present state, not the one the caller read some time ago.
        let case = self.again(case)?;
        if let Some(hold) = &case.hold {
            let (id, since) = (case.id.to_string(), day_of(hold.at));
            let (by, reason) = (hold.by.clone(), hold.reason.clone());
            return Err(CaseError::Held { case: id, kind: hold.kind, by, since, reason });
        }
        let named = stated.parse::<ErasureReason>().ok().filter(|reason| *reason != ErasureReason::Stated);
        if named == Some(ErasureReason::RetentionEnded) && !self.rules.is_due(&case, on) {
            let Retention { until, rule } = self.rules.retention_of(&case);
            return Err(CaseError::Retained { case: case.id.to_string(), until: until.unwrap_or(Date::MAX), rule });
        }
        let words = match named {
            Some(_) => None,
            None => {
                let facts = self.store.facts(&case.subject, Others::Named)?.unwrap_or_default();
                let names = [case.subject.as_str(), case.name.as_str()];
                let words = redact::words_of(&names, facts.facts.iter().map(|(_, known)| &known.fact));
                Some(redact::redact(&stated, &words))
            }
        };
        Ok(Erasure { by, reason: named.unwrap_or(ErasureReason::Stated), words })
    }

    /// Writes the evidence package of a case and records that it was written. `render` shows an assessment in the form that leaves
    /// the house; without it the model's own form is written. What was written before an error must be thrown away.
    ///
    /// # Errors
    /// [`CaseError::Package`], and where an original file is missing or damaged.
    pub fn export<W: Write + Seek>(
        &self,
        case: &Case,
        order: &ExportOrder,
        render: Option<Render<'_>>,
        out: W,
    ) -> Result<Manifest> {
        let by = name(&order.by)?;
        let case = self.again(case)?;
        let (manifest, hash) = export::write(self.store.as_ref(), &case, order, render, out)?;
        let payload = Exported { by, purpose: order.purpose, manifest: hash };
        let head = self.store.head()?.position;
        self.append(&case, kind::EXPORTED, &payload, "", &EventId::of(&[b"exported", &head.0.to_le_bytes()]))?;
        Ok(manifest)
    }

    // --- appending --------------------------------------------------------------------------------------------------------

    /// A retry of a request has the same id; without one, the same words about the same state of a case are the same event.
    fn event_id<T: Serialize>(&self, kind: &str, case: &Case, request: Option<&str>, payload: &T) -> Result<EventId> {
        if let Some(request) = request {
            return Ok(EventId::of(&[kind.as_bytes(), b"request", request.as_bytes()]));
        }
        let json = serde_json::to_vec(payload).map_err(|source| CaseError::Unreadable { what: "the payload", source })?;
        Ok(EventId::of(&[kind.as_bytes(), &case.last.0.to_le_bytes(), &json]))
    }

    fn append<T: Serialize>(&self, case: &Case, kind: &'static str, payload: &T, words: &str, event: &EventId) -> Result<Case> {
        let mut record = EventRecord::new(Some(case.subject.clone()), kind, VERSION, payload, *event)?;
        record.mentions = self.mentioned(words, &case.subject)?.into_iter().collect();
        if self.case_of(&case.subject)?.is_none() {
            // Erased since the caller read it: an event would open the subject anew.
            return Err(StoreError::UnknownSubject { subject: case.subject.to_string() }.into());
        }
        self.store.append_one(Record::Event(record))?;
        self.again(case)
    }

    /// The case as it stands now.
    fn again(&self, case: &Case) -> Result<Case> {
        let gone = || StoreError::UnknownSubject { subject: case.subject.to_string() };
        Ok(self.case_of(&case.subject)?.ok_or_else(gone)?)
    }

    /// Other subjects whose ids stand in a text that a person wrote.
    fn mentioned(&self, words: &str, own: &SubjectId) -> Result<BTreeSet<SubjectId>> {
        let pieces: Vec<&str> = words.split_whitespace().collect();
        let mut found = BTreeSet::new();
        for start in 0..pieces.len() {
            for length in 1..=MOST_WORDS.min(pieces.len() - start) {
                let joined = pieces[start..start + length].join(" ");
                let trimmed = joined.trim_matches(|character: char| character.is_ascii_punctuation());
                for candidate in [joined.as_str(), trimmed] {
                    let id = SubjectId::new(candidate);
                    if !candidate.is_empty() && id != *own && self.case_of(&id)?.is_some() {
                        found.insert(id);
                    }
                }
            }
        }
        Ok(found)
    }
}

/// Place in the queue.
fn rank(case: &Case) -> impl Ord + use<> {
    let status = match case.status {
        Status::Escalated => 0,
        Status::Open => 1,
        Status::Held => 2,
        Status::Asked => 3,
        Status::Closed => 4,
    };
    let (band, weight) = case.assessed.as_ref().map(|seen| (seen.band, seen.weight)).unzip();
    (status, std::cmp::Reverse(band), std::cmp::Reverse(weight), case.opened_at)
}

fn known(state: &[u8]) -> Result<Known> {
    serde_json::from_slice(state).map_err(|source| CaseError::Unreadable { what: "the state of a case", source })
}

fn name(given: &str) -> Result<String> {
    bounded("the name", "a person answers for what is done, so say who", given, MOST_NAME)
}

fn text(what: &'static str, why: &'static str, given: &str) -> Result<String> {
    bounded(what, why, given, MOST_TEXT)
}

fn bounded(what: &'static str, why: &'static str, given: &str, limit: usize) -> Result<String> {
    let trimmed = given.trim();
    // Characters that are not seen are no name and no reason.
    if !trimmed.chars().any(char::is_alphanumeric) {
        return Err(CaseError::Empty { what, why });
    }
    let found = trimmed.chars().count();
    if found > limit { Err(CaseError::TooLong { what, found, limit }) } else { Ok(trimmed.to_owned()) }
}
