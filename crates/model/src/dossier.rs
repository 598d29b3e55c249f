//! All facts of one subject as of one instant: immutable, ordered, content-hashed.

use std::ops::Deref;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    check::Early,
    fact::{AppliedAt, Fact, FactKind, Payload},
    hash::{Canonical, ContentHash},
    id::SubjectId,
    lens::Lens,
};

/// All facts of one subject as of one instant.
///
/// The order in which facts are given does not matter: they are sorted by kind and canonical bytes, and a fact given twice stands
/// once. Two dossiers with the same facts are the same dossier.
#[derive(Clone, Debug)]
pub struct Dossier {
    subject: SubjectId,
    facts: Vec<Fact>,
    hash: ContentHash,
}

/// A fact together with its typed payload, to which it dereferences.
#[derive(Debug)]
pub struct Known<'a, T> {
    /// The fact.
    pub fact: &'a Fact,
    /// Its payload. Named apart from the payloads' own fields, which are reached through dereferencing.
    pub payload: &'a T,
}

impl<T> Clone for Known<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Known<'_, T> {}

impl<T> Deref for Known<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.payload
    }
}

impl Dossier {
    /// Seals the facts of a subject into a dossier.
    #[must_use]
    pub fn new(subject: SubjectId, facts: Vec<Fact>) -> Self {
        let mut keyed: Vec<(FactKind, Vec<u8>, Fact)> =
            facts.into_iter().map(|fact| (fact.value.kind(), fact.canonical_bytes(), fact)).collect();
        keyed.sort_by(|left, right| (left.0, &left.1).cmp(&(right.0, &right.1)));
        keyed.dedup_by(|left, right| left.1 == right.1);
        let mut hasher = blake3::Hasher::new();
        hasher.update(&subject.canonical_bytes());
        for (_, bytes, _) in &keyed {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        }
        let hash = ContentHash::from_bytes(*hasher.finalize().as_bytes());
        Self { subject, facts: keyed.into_iter().map(|(_, _, fact)| fact).collect(), hash }
    }

    /// The subject.
    #[must_use]
    pub fn subject(&self) -> &SubjectId {
        &self.subject
    }

    /// All facts, in canonical order.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// Hash of the subject and all facts.
    #[must_use]
    pub fn hash(&self) -> ContentHash {
        self.hash
    }

    /// The facts of one kind, in canonical order.
    pub fn all<T: Payload>(&self) -> impl Iterator<Item = Known<'_, T>> + Clone {
        let start = self.facts.partition_point(|fact| fact.value.kind() < T::KIND);
        let end = self.facts.partition_point(|fact| fact.value.kind() <= T::KIND);
        self.facts[start..end].iter().filter_map(|fact| T::of(&fact.value).map(|payload| Known { fact, payload }))
    }

    /// The first fact of a kind in canonical order.
    #[must_use]
    pub fn first<T: Payload>(&self) -> Option<Known<'_, T>> {
        self.all::<T>().next()
    }

    /// Whether there is any fact of a kind.
    #[must_use]
    pub fn has(&self, kind: FactKind) -> bool {
        self.facts.binary_search_by_key(&kind, |fact| fact.value.kind()).is_ok()
    }

    /// The facts of one kind, or the early answer *not applicable* where there is none.
    ///
    /// # Errors
    /// [`Early::NotApplicable`] saying `no {what} in the dossier`.
    pub fn require<T: Payload>(&self, what: &str) -> Result<Vec<Known<'_, T>>, Early> {
        let found: Vec<_> = self.all::<T>().collect();
        if found.is_empty() { Err(Early::not_applicable(format!("no {what} in the dossier"))) } else { Ok(found) }
    }

    /// The day as of which claims are judged: the day of application where the dossier has one, otherwise the lens's day.
    #[must_use]
    pub fn judged_on(&self, lens: &Lens<'_>) -> Date {
        self.applied_at().map_or(lens.as_of(), |at| at.to_zoned(TimeZone::UTC).date())
    }

    /// When the application was handed in, where the dossier tells: the earliest such fact.
    #[must_use]
    pub fn applied_at(&self) -> Option<Timestamp> {
        self.all::<AppliedAt>().map(|applied| applied.at).min()
    }
}

#[derive(Serialize, Deserialize)]
struct Written<F> {
    subject: SubjectId,
    facts: F,
}

impl Serialize for Dossier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written { subject: self.subject.clone(), facts: &self.facts }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Dossier {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written: Written<Vec<Fact>> = Written::deserialize(deserializer)?;
        Ok(Self::new(written.subject, written.facts))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        fact::{ClaimedYears, FactSink, Skill},
        place::{Place, Source},
    };

    fn facts(names: &[String]) -> Vec<Fact> {
        let source = Source { name: "application.json".into(), content: ContentHash::of_bytes(b"x") };
        let mut sink = FactSink::new(SubjectId::new("s1"), source);
        for name in names {
            sink.push(Skill { name: name.clone() }, Place::Whole);
            sink.push(ClaimedYears { technology: name.clone(), months: 12, ..ClaimedYears::default() }, Place::Whole);
        }
        sink.into_facts()
    }

    proptest! {
        #[test]
        fn order_does_not_matter(names in proptest::collection::vec("[a-z]{1,6}", 1..8), seed in any::<u64>()) {
            let ordered = facts(&names);
            let mut shuffled = ordered.clone();
            let length = shuffled.len();
            for index in 0..length {
                shuffled.swap(index, (seed as usize).wrapping_mul(index + 1) % length);
            }
            let one = Dossier::new(SubjectId::new("s1"), ordered);
            let two = Dossier::new(SubjectId::new("s1"), shuffled);
            prop_assert_eq!(one.hash(), two.hash());
            prop_assert_eq!(one.all::<Skill>().count(), names.len());
            prop_assert!(one.has(FactKind::ClaimedYears) && !one.has(FactKind::Email));
        }
    }

    #[test]
    fn a_dossier_survives_json() {
        let dossier = Dossier::new(SubjectId::new("s1"), facts(&["rust".into(), "go".into()]));
        let text = serde_json::to_string(&dossier).expect("serialises");
        let back: Dossier = serde_json::from_str(&text).expect("reads");
        assert_eq!(back.hash(), dossier.hash());
    }

    #[test]
    fn a_fact_given_twice_stands_once() {
        let mut twice = facts(&["rust".into()]);
        twice.extend(facts(&["rust".into()]));
        assert_eq!(Dossier::new(SubjectId::new("s1"), twice).facts().len(), 2);
    }
}
