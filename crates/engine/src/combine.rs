//! From findings to a recommendation.
//!
//! Weights are logarithms of likelihood ratios and are summed, held back by four rules so that one circumstance is one witness:
//!
//! 1. Findings that rest on one thing (one telephone number, one fact) count once: the strongest of them.
//! 2. A family of checks adds no more than its cap.
//! 3. A finding that may never stand alone counts only beside a counted finding of another family.
//! 4. A finding that rests on a name match never counts; it asks for a second attribute.
//!
//! The sum falls into one of three bands. It is shown as it is: not a percentage, never clamped.

use std::collections::BTreeMap;

use bonafide_model::{
    Canonical,
    assessment::{AssessedFinding, Band, BaseRate, Weight},
    check::{Check, Family, Strength},
    finding::Finding,
};

use crate::rates;

/// From this sum on, the recommendation is *look*: as much as one medium finding.
pub const LOOK_FROM: Weight = Weight(300);

/// From this sum on, with a strong finding or medium ones of two families, the recommendation is *urgent*.
pub const URGENT_FROM: Weight = Weight(800);

/// The most a family adds.
#[must_use]
pub const fn cap_of(family: Family) -> Weight {
    Weight(match family {
        Family::AddressPattern | Family::Pay | Family::Wording => 100,
        Family::Account => 300,
        Family::CommitIdentity => 150,
        Family::Contact | Family::Process | Family::Footprint => 400,
        Family::Client | Family::Network | Family::Document | Family::CommitClock => 450,
        Family::Platform => 500,
        Family::History | Family::Contradiction | Family::Picture => 600,
        Family::CodeHistory | Family::Link => 900,
        Family::Intel | Family::Sanctions => 1_000,
    })
}

/// A finding together with the check that made it.
pub struct Stamped<'a> {
    /// The check.
    pub check: &'a dyn Check,
    /// What it found.
    pub finding: Finding,
}

/// What combining gives.
#[derive(Debug)]
pub struct Combined {
    /// Findings, those that count most first.
    pub findings: Vec<AssessedFinding>,
    /// Sum of what was counted.
    pub weight: Weight,
    /// Recommendation.
    pub band: Band,
    /// Why this band.
    pub because: String,
    /// Base rate, where measured.
    pub base_rate: Option<BaseRate>,
}

/// Combines the findings of one run. The order in which they are given does not matter.
#[must_use]
pub fn combine(stamped: &[Stamped<'_>]) -> Combined {
    let base_rate = base_rate(stamped);
    let mut findings: Vec<AssessedFinding> = stamped.iter().map(assess).collect();
    findings
        .sort_by(|left, right| (right.weight, left.code, &left.fingerprint).cmp(&(left.weight, right.code, &right.fingerprint)));
    findings.dedup_by(|left, right| left.fingerprint == right.fingerprint);
    count(&mut findings, stamped);
    findings.sort_by(|left, right| {
        (right.counted, right.weight, left.code, &left.fingerprint).cmp(&(
            left.counted,
            left.weight,
            right.code,
            &right.fingerprint,
        ))
    });
    let weight = findings.iter().map(|finding| finding.counted).sum();
    let (band, because) = band(&findings, weight);
    Combined { findings, weight, band, because, base_rate }
}

fn assess(stamped: &Stamped<'_>) -> AssessedFinding {
    let (meta, doc, finding) = (stamped.check.meta(), stamped.check.doc(), &stamped.finding);
    let strength = finding.strength().min(meta.strength);
    let (weight, weighed_by) = rates::weigh(strength, finding.rate());
    let both = |particular: &[String], general: &[&str]| -> Vec<String> {
        particular.iter().cloned().chain(general.iter().map(|text| (*text).to_owned())).collect()
    };
    AssessedFinding {
        code: meta.code,
        slug: meta.slug.to_owned(),
        title: meta.title.to_owned(),
        stage: meta.stage,
        family: meta.family,
        strength,
        weight,
        counted: Weight::ZERO,
        held_back: None,
        name_alone: finding.is_on_a_name_alone(),
        weighed_by,
        summary: finding.summary().to_owned(),
        evidence: finding.evidence().to_vec(),
        innocent: both(finding.particular_innocent(), doc.innocent),
        ask: both(finding.particular_ask(), doc.ask),
        fingerprint: fingerprint(stamped),
    }
}

/// Recognises a finding in a later assessment: the same code, and the same values compared in the same way.
fn fingerprint(stamped: &Stamped<'_>) -> String {
    let mut compared: Vec<_> = stamped
        .finding
        .evidence()
        .iter()
        .map(|evidence| {
            (
                &evidence.subject_value,
                &evidence.relation,
                &evidence.compared_with.id,
                &evidence.compared_with.value,
                evidence.fact,
            )
        })
        .collect();
    compared.sort();
    (stamped.check.meta().code, compared).content_hash().short(16)
}

fn count(findings: &mut [AssessedFinding], stamped: &[Stamped<'_>]) {
    let flags: BTreeMap<_, _> = stamped.iter().map(|stamped| (stamped.check.meta().code, stamped.check.meta().flags)).collect();
    let never_alone = |finding: &AssessedFinding| flags.get(&finding.code).is_some_and(|flags| flags.never_alone);
    let others: Vec<Family> = findings.iter().filter(|finding| !never_alone(finding)).map(|finding| finding.family).collect();
    let mut left_in_family: BTreeMap<Family, Weight> = BTreeMap::new();
    let mut witness: BTreeMap<String, String> = BTreeMap::new();
    for finding in findings.iter_mut() {
        if finding.name_alone {
            finding.held_back = Some("a name alone never counts: a second attribute is needed".to_owned());
            continue;
        }
        if never_alone(finding) && !others.iter().any(|family| *family != finding.family) {
            finding.held_back = Some("counts only beside a finding of another kind, and there is none".to_owned());
            continue;
        }
        let root = finding.evidence.first().map(|evidence| evidence.root.clone()).unwrap_or_default();
        if let Some(earlier) = witness.get(&root) {
            finding.held_back = Some(format!("rests on the same observation as {earlier}: one witness"));
            continue;
        }
        let left = left_in_family.entry(finding.family).or_insert_with(|| cap_of(finding.family));
        finding.counted = finding.weight.min(*left);
        *left = *left - finding.counted;
        if finding.counted < finding.weight {
            finding.held_back = Some("findings of one family add no more than the family's cap".to_owned());
        }
        witness.insert(root, finding.code.to_string());
    }
}

fn band(findings: &[AssessedFinding], weight: Weight) -> (Band, String) {
    let counts_at = |strength: Strength| {
        findings.iter().filter(move |finding| finding.strength >= strength && finding.counted > Weight::ZERO)
    };
    let strong = counts_at(Strength::Strong).count();
    let mut families: Vec<Family> = counts_at(Strength::Medium).map(|finding| finding.family).collect();
    families.sort_unstable();
    families.dedup();
    let bits = weight.bits();
    if weight >= URGENT_FROM && (strong > 0 || families.len() >= 2) {
        let why = if strong > 0 { "a strong finding is among them" } else { "they come from different families" };
        return (Band::Urgent, format!("Findings sum to {bits:.1} bits (urgent from {:.0}), and {why}.", URGENT_FROM.bits()));
    }
    if weight >= LOOK_FROM {
        return (Band::Look, format!("Findings sum to {bits:.1} bits (look from {:.0}).", LOOK_FROM.bits()));
    }
    let because = if findings.is_empty() {
        "Nothing was found by the checks that could run.".to_owned()
    } else {
        format!("What was found is common among ordinary applicants: {bits:.1} bits (look from {:.0}).", LOOK_FROM.bits())
    };
    (Band::Clear, because)
}

/// The rarest measured finding bounds how many ordinary applicants look like this: all findings together are no commoner than it.
fn base_rate(stamped: &[Stamped<'_>]) -> Option<BaseRate> {
    stamped
        .iter()
        .filter_map(|stamped| Some((rates::find(stamped.finding.rate()?)?, stamped.check.meta().code)))
        .min_by(|left, right| left.0.ordinary.0.total_cmp(&right.0.ordinary.0).then(left.1.cmp(&right.1)))
        .map(|(rate, code)| BaseRate {
            per_thousand: (rate.ordinary.0 * 10_000.0).round() / 10.0,
            code,
            measured_on: rate.measured_on.to_owned(),
        })
}
