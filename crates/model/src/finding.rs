//! Findings and the evidence without which there is none.

use serde::{Deserialize, Serialize};

use crate::{check::Strength, dossier::Known, fact::Fact, id::FactId, place::Place};

/// What a check found. It cannot be made without evidence.
///
/// Code, title, innocent explanations and questions come from the check's documentation and are added when the finding is
/// assessed; a check adds only what is particular to this subject.
#[derive(Clone, Debug)]
pub struct Finding {
    strength: Strength,
    summary: String,
    evidence: Vec<Evidence>,
    rate: Option<&'static str>,
    innocent: Vec<String>,
    ask: Vec<String>,
    name_alone: bool,
}

impl Finding {
    /// A finding: how much it counts at most, one sentence for people, and its first piece of evidence.
    #[must_use]
    pub fn new(strength: Strength, summary: impl Into<String>, evidence: Evidence) -> Self {
        Self {
            strength,
            summary: summary.into(),
            evidence: vec![evidence],
            rate: None,
            innocent: Vec::new(),
            ask: Vec::new(),
            name_alone: false,
        }
    }

    /// Adds a piece of evidence.
    #[must_use]
    pub fn and(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }

    /// Adds pieces of evidence.
    #[must_use]
    pub fn and_all(mut self, evidence: impl IntoIterator<Item = Evidence>) -> Self {
        self.evidence.extend(evidence);
        self
    }

    /// Names the measured rate that gives the finding's weight, such as `email.keyword_and_3_digits`.
    #[must_use]
    pub fn rated(mut self, rate: &'static str) -> Self {
        self.rate = Some(rate);
        self
    }

    /// Marks that the finding rests on the resemblance of names alone: it is shown, never counts, and asks for a second attribute.
    #[must_use]
    pub fn on_a_name_alone(mut self) -> Self {
        self.name_alone = true;
        self
    }

    /// Whether it rests on the resemblance of names alone.
    #[must_use]
    pub fn is_on_a_name_alone(&self) -> bool {
        self.name_alone
    }

    /// Adds an innocent explanation that is particular to this finding.
    #[must_use]
    pub fn innocent(mut self, explanation: impl Into<String>) -> Self {
        self.innocent.push(explanation.into());
        self
    }

    /// Adds a question that is particular to this finding.
    #[must_use]
    pub fn ask(mut self, question: impl Into<String>) -> Self {
        self.ask.push(question.into());
        self
    }

    /// How much it counts at most.
    #[must_use]
    pub fn strength(&self) -> Strength {
        self.strength
    }

    /// One sentence for people.
    #[must_use]
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// The evidence; never empty.
    #[must_use]
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// The measured rate, if any.
    #[must_use]
    pub fn rate(&self) -> Option<&'static str> {
        self.rate
    }

    /// Innocent explanations particular to this finding.
    #[must_use]
    pub fn particular_innocent(&self) -> &[String] {
        &self.innocent
    }

    /// Questions particular to this finding.
    #[must_use]
    pub fn particular_ask(&self) -> &[String] {
        &self.ask
    }
}

/// Two values that were compared, how they relate, and where both stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The subject's fact.
    pub fact: FactId,
    /// The subject's value in words.
    pub subject_value: String,
    /// The text as it stands at the place, where the place holds text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// What it was compared with.
    pub compared_with: Compared,
    /// How the two relate: a few words between them, such as `exceeds`, `differs from`, `equals`.
    pub relation: String,
    /// The document the subject's value stands in.
    pub document: String,
    /// Where in it.
    pub place: Place,
    /// Names the thing the evidence rests on; findings with one root are one witness.
    pub root: String,
}

/// What a subject's value was compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// What kind of thing.
    pub kind: ComparedKind,
    /// Its id: of a fact, a list entry, an indicator, a subject, a row of a table, or the name of a bound.
    pub id: String,
    /// Its value; empty for other subjects, whose values are resolved when shown.
    pub value: String,
    /// The cluster an indicator or persona belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// Where it comes from: a list, a feed, a table, a document, a standard.
    pub source: String,
    /// Version of that source.
    pub version: String,
    /// Hash of what the source says of it, where that changes less often than the source: an entry of a watch list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// For a fact of the same subject: its place in `source`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// Kinds of things to compare with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComparedKind {
    /// An entry of a watch list.
    ListEntry,
    /// An indicator from intel.
    Indicator,
    /// A persona from intel.
    Persona,
    /// A cluster of linked subjects.
    Cluster,
    /// Another subject.
    Subject,
    /// A ring of subjects.
    Ring,
    /// Another fact of the same subject.
    Fact,
    /// A row of a reference table.
    Reference,
    /// A bound of physics, arithmetic or a stated limit.
    Bound,
}

/// The subject's side of a piece of evidence, waiting for what it is compared with.
#[derive(Clone, Debug)]
pub struct Observed<'a> {
    fact: &'a Fact,
    value: String,
}

/// Starts a piece of evidence with the subject's fact and its value in words; the text at the fact's place goes along.
#[must_use]
pub fn observed<'a, T>(known: &Known<'a, T>, value: impl Into<String>) -> Observed<'a> {
    Observed { fact: known.fact, value: value.into() }
}

impl Observed<'_> {
    /// Completes the evidence: how the value relates to what it was compared with.
    #[must_use]
    pub fn relates(self, relation: impl Into<String>, compared_with: Compared) -> Evidence {
        Evidence {
            fact: self.fact.id,
            subject_value: self.value,
            quote: self.fact.quote.clone(),
            compared_with,
            relation: relation.into(),
            document: self.fact.source.name.clone(),
            place: self.fact.place.clone(),
            root: self.fact.value.root().unwrap_or_else(|| format!("fact:{}", self.fact.id)),
        }
    }
}

impl Compared {
    fn plain(kind: ComparedKind, id: String, value: String, source: String, version: String) -> Self {
        Self { kind, id, value, cluster: None, source, version, content: None, place: None }
    }

    /// Another fact of the same subject, with its value in words.
    #[must_use]
    pub fn fact<T>(known: &Known<'_, T>, value: impl Into<String>) -> Self {
        let fact = known.fact;
        let mut compared = Self::plain(
            ComparedKind::Fact,
            fact.id.to_string(),
            value.into(),
            fact.source.name.clone(),
            fact.source.content.short(12),
        );
        compared.place = Some(fact.place.clone());
        compared
    }

    /// A row of a reference table.
    #[must_use]
    pub fn reference(
        id: impl Into<String>,
        value: impl Into<String>,
        source: impl Into<String>,
        version: impl Into<String>,
    ) -> Self {
        Self::plain(ComparedKind::Reference, id.into(), value.into(), source.into(), version.into())
    }

    /// A bound of physics, arithmetic or a stated limit.
    #[must_use]
    pub fn bound(id: impl Into<String>, value: impl Into<String>) -> Self {
        Self::plain(ComparedKind::Bound, id.into(), value.into(), "bound".into(), String::new())
    }

    /// An indicator or persona, list entry, subject, cluster or ring, with its source and version.
    #[must_use]
    pub fn entry(
        kind: ComparedKind,
        id: impl Into<String>,
        value: impl Into<String>,
        source: impl Into<String>,
        version: impl Into<String>,
    ) -> Self {
        Self::plain(kind, id.into(), value.into(), source.into(), version.into())
    }

    /// Another subject. Its value is never copied; it is resolved when shown, and reads "erased" after erasure.
    #[must_use]
    pub fn subject(id: impl Into<String>) -> Self {
        Self::plain(ComparedKind::Subject, id.into(), String::new(), "store".into(), String::new())
    }

    /// Adds the hash of what the source says of it.
    #[must_use]
    pub fn with_content(mut self, hash: impl Into<String>) -> Self {
        self.content = Some(hash.into());
        self
    }

    /// Adds the cluster the compared thing belongs to.
    #[must_use]
    pub fn in_cluster(mut self, cluster: Option<String>) -> Self {
        self.cluster = cluster;
        self
    }
}
