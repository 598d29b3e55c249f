//! Findings and outcomes of one run, combined.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    check::{Family, Missing, Stage, Strength},
    finding::Evidence,
    hash::ContentHash,
    id::{CheckCode, SubjectId},
};

/// A weight in hundredths of a bit: the base-2 logarithm of a likelihood ratio, quantised so that sums are exact.
///
/// One bit doubles the odds. Positive weight speaks for misrepresentation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Weight(pub i32);

impl Weight {
    /// No weight.
    pub const ZERO: Self = Self(0);

    /// A weight of whole and part bits, rounded to the nearest hundredth.
    #[must_use]
    pub fn from_bits(bits: f64) -> Self {
        Self((bits * 100.0).round() as i32)
    }

    /// The weight in bits.
    #[must_use]
    pub fn bits(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl std::ops::Add for Weight {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::ops::Sub for Weight {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl std::iter::Sum for Weight {
    fn sum<I: Iterator<Item = Self>>(weights: I) -> Self {
        weights.fold(Self::ZERO, |sum, weight| sum + weight)
    }
}

/// The recommendation. A person decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Nothing found that deserves anybody's time. Not a proof of identity.
    Clear,
    /// Ask the applicant a neutral question.
    Look,
    /// Look at this one first.
    Urgent,
}

impl Band {
    /// The name used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Look => "look",
            Self::Urgent => "urgent",
        }
    }
}

impl std::fmt::Display for Band {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A finding with all that its reader needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AssessedFinding {
    /// Code of the check.
    pub code: CheckCode,
    /// Slug of the check.
    pub slug: String,
    /// Title of the check.
    pub title: String,
    /// Stage of hiring.
    pub stage: Stage,
    /// Family for the cap.
    pub family: Family,
    /// Strength of this finding.
    pub strength: Strength,
    /// What the finding is worth by itself.
    pub weight: Weight,
    /// What of it was counted after caps and floors.
    pub counted: Weight,
    /// Why less than its weight was counted, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_back: Option<String>,
    /// Whether it rests on the resemblance of names alone and so never counts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub name_alone: bool,
    /// Where the weight comes from: a measured rate or the strength's default.
    pub weighed_by: String,
    /// One sentence for people.
    pub summary: String,
    /// Evidence; never empty.
    pub evidence: Vec<Evidence>,
    /// Innocent explanations.
    pub innocent: Vec<String>,
    /// What to ask next.
    pub ask: Vec<String>,
    /// Recognises the same finding in a later assessment.
    pub fingerprint: String,
}

/// What ran, what did not, and why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// Number of checks that gave findings or *clear*.
    pub ran: u32,
    /// Checks that looked and found nothing.
    pub clear: Vec<Examined>,
    /// Checks that had nothing to look at.
    pub not_applicable: Vec<NotApplicable>,
    /// Checks that lacked something.
    pub inconclusive: Vec<Inconclusive>,
}

/// A check that looked and found nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Examined {
    /// Code.
    pub code: CheckCode,
    /// What was examined.
    pub examined: String,
}

/// A check that had nothing to look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotApplicable {
    /// Code.
    pub code: CheckCode,
    /// Why.
    pub why: String,
}

/// A check that lacked something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inconclusive {
    /// Code.
    pub code: CheckCode,
    /// What is missing.
    pub missing: Missing,
}

/// A version of surroundings that took part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListVersion {
    /// Source.
    pub source: String,
    /// SHA-256 of the snapshot.
    pub sha256: String,
    /// Publisher's date.
    pub published: String,
}

/// What the assessment depends on besides the dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LensVersions {
    /// Version of the catalogue with its rates.
    pub catalogue: String,
    /// Watch lists.
    pub lists: Vec<ListVersion>,
    /// Intel snapshot, empty where there is none.
    pub intel: String,
    /// Link graph snapshot, empty where there is none.
    pub links: String,
    /// Hash over the reference tables.
    pub tables: String,
    /// Hash over all questions asked and their answers.
    pub answers: String,
}

/// How many ordinary applicants would look like this.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BaseRate {
    /// The number among 1,000, an upper bound from the rarest measured finding.
    pub per_thousand: f64,
    /// The finding it comes from.
    pub code: CheckCode,
    /// What was measured, on how many.
    pub measured_on: String,
}

/// Findings and outcomes of one run, combined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// The subject.
    pub subject: SubjectId,
    /// The name shown in tables; the id where no name is known.
    pub display_name: String,
    /// The lens's day.
    pub as_of: Date,
    /// When the application was handed in, where known: claims are judged as of then.
    pub applied_at: Option<Timestamp>,
    /// Hash of the dossier.
    pub dossier_hash: ContentHash,
    /// Surroundings that took part.
    pub lens: LensVersions,
    /// Recommendation.
    pub band: Band,
    /// Why this band, in one sentence.
    pub because: String,
    /// Sum of what was counted.
    pub weight: Weight,
    /// Findings, those that count most first.
    pub findings: Vec<AssessedFinding>,
    /// Coverage.
    pub coverage: Coverage,
    /// Base rate, where any finding's rate is measured.
    pub base_rate: Option<BaseRate>,
    /// What intake could not read or cut short; each is named in the report.
    pub incomplete: Vec<String>,
}
