//! The people that are known, indexed for entries to find them.

use std::collections::HashMap;

use bonafide_model::id::SubjectId;
use serde::{Deserialize, Serialize};

use crate::{
    entry::{Entry, EntryKind},
    identifier,
    index::{ExactBuilder, ExactColumns, Key, KeyKind, PostingsBuilder, PostingsColumns, Seeker},
    names::{AnalysedName, Memo, NameKind, NameStore, NameStoreBuilder},
    screening::{Wanted, filing},
};

/// So many names of people are compared with a name of an entry: frequent names have many namesakes, and none may be missed.
const CANDIDATES: usize = 5_000;
/// A name whose keys overlap less with an entry's cannot fit it.
const LEAST_OVERLAP: f32 = 0.06;
/// Names that fit an entry's by less are not screened. The comparison is not symmetric, so this is well below any threshold.
const LEAST_SCORE: f32 = 0.3;
/// Nor are those of which less is found in the entry's name.
const LEAST_COVERAGE: f32 = 0.55;

/// A group of subjects with rules of its own: applicants, workers, payees. Every subject is of one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Population(pub Box<str>);

/// Who a subject is: ids of two populations never meet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SubjectKey {
    /// The population.
    pub population: Population,
    /// The subject's id in it.
    pub subject: SubjectId,
}

/// A subject and what is known of it.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Who it is.
    pub key: SubjectKey,
    /// Names, births, identifiers: the same as in a query.
    pub wanted: Wanted,
}

/// The people that are known.
#[derive(Debug)]
pub struct People {
    subjects: Vec<Option<Subject>>,
    places: HashMap<SubjectKey, u32>,
    /// Per filed name, its subject.
    filed: Vec<u32>,
    names: NameStore,
    postings: PostingsColumns,
    exact: ExactColumns,
}

impl People {
    /// Indexes subjects. Of two with one key the later counts.
    #[must_use]
    pub fn new(subjects: impl IntoIterator<Item = Subject>) -> Self {
        let mut places: HashMap<SubjectKey, u32> = HashMap::new();
        let mut kept: Vec<Option<Subject>> = Vec::new();
        for subject in subjects {
            let number = kept.len() as u32;
            if let Some(earlier) = places.insert(subject.key.clone(), number) {
                kept[earlier as usize] = None;
            }
            kept.push(Some(subject));
        }
        let (mut postings, mut exact, mut names) =
            (PostingsBuilder::default(), ExactBuilder::default(), NameStoreBuilder::default());
        let (mut filed, mut under) = (Vec::new(), Vec::new());
        for (number, subject) in (0_u32..).zip(&kept) {
            let Some(Subject { wanted, .. }) = subject else { continue };
            for name in &wanted.names {
                let analysed = AnalysedName::of(name, name_kind(wanted));
                under.clear();
                filing::keys(&analysed, &mut under);
                postings.file(&under);
                names.add(&analysed);
                filed.push(number);
            }
            for (kind, written) in &wanted.identifiers {
                exact.file(filing::key_kind(*kind), &identifier::canonical(*kind, written), number);
            }
            for written in &wanted.papers {
                exact.file(KeyKind::Document, &identifier::canonical_number(written), number);
            }
        }
        Self { subjects: kept, places, filed, names: names.build(), postings: postings.build(), exact: exact.build() }
    }

    /// How many subjects there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether nobody is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Whether a subject is known.
    #[must_use]
    pub fn holds(&self, key: &SubjectKey) -> bool {
        self.places.contains_key(key)
    }

    /// Forgets a subject at once: no entry finds it any more. The letters of its name leave memory when the index is built anew.
    pub fn forget(&mut self, key: &SubjectKey) {
        if let Some(place) = self.places.remove(key) {
            self.subjects[place as usize] = None;
        }
    }

    pub(super) fn subject(&self, number: u32) -> Option<&Subject> {
        self.subjects.get(number as usize)?.as_ref()
    }

    /// Numbers of the subjects that one of the entries may mean, ascending.
    pub(super) fn touched_by(&self, entries: &[&Entry]) -> Vec<u32> {
        let (postings, exact) = (self.postings.postings(), self.exact.exact());
        let (mut seeker, mut memo, mut keys) = (Seeker::default(), Memo::default(), Vec::<Key>::new());
        let mut is_touched = vec![false; self.subjects.len()];
        for entry in entries {
            for identifier in &entry.identifiers {
                let bearers = exact.bearers(filing::key_kind(identifier.kind), &identifier.value);
                bearers.for_each(|number| is_touched[number as usize] = true);
            }
            for document in &entry.documents {
                let bearers = exact.bearers(KeyKind::Document, &document.number);
                bearers.for_each(|number| is_touched[number as usize] = true);
            }
            for listed in &entry.names {
                let analysed = filing::analysed(listed, filing::name_kind(entry));
                let Some(view) = analysed.view() else { continue };
                keys.clear();
                filing::keys(&analysed, &mut keys);
                memo.next_query();
                for candidate in seeker.seek(&postings, &keys, CANDIDATES) {
                    if candidate.overlap < LEAST_OVERLAP {
                        break;
                    }
                    let number = self.filed[candidate.name as usize] as usize;
                    if is_touched[number] {
                        continue;
                    }
                    let met = self.names.compare(&view, candidate.name, &mut memo);
                    is_touched[number] = met.score >= LEAST_SCORE || met.features.listed_coverage >= LEAST_COVERAGE;
                }
            }
        }
        (0_u32..).zip(&is_touched).filter(|(_, touched)| **touched).map(|(number, _)| number).collect()
    }
}

/// Whoever may be a person has a person's name.
fn name_kind(wanted: &Wanted) -> NameKind {
    if wanted.kind.is_none_or(|kind| kind == EntryKind::Person) { NameKind::Person } else { NameKind::Organisation }
}
