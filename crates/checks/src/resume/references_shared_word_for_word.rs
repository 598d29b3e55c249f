//! # What it finds
//! Two or more references of the applicant that another subject with another name also names.
//!
//! # Why it matters
//! Invented references are reused: inventing a person who answers the telephone is work.
//!
//! # Innocent explanations
//! - Colleagues of one team name the same manager; one name in common is therefore no finding.
//! - Students of one teacher.
//!
//! # What to ask next
//! - In which project did you work with each of them?
//!
//! # Sources
//! - Signal RES-020: Google GTIG, 2025-04.

use std::collections::BTreeMap;

use crate::{
    prelude::*,
    support::words::{count, list},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-020"),
    slug: "references-shared-word-for-word",
    stage: Stage::Resume,
    title: "References shared with other applicants",
    summary: "Names of references against those that other subjects name.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Link,
    facts: &[FactKind::Reference],
    flags: Flags::NONE,
};

/// One manager in common is ordinary.
const FEWEST_IN_COMMON: usize = 2;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let references = dossier.require::<Reference>("reference")?;
    let mut by_subject: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, reference) in references.iter().enumerate() {
        let name = reference.name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if name.is_empty() {
            continue;
        }
        let holders = lens.holders(Identifier::new(IdentifierKind::ReferenceName, name))?;
        if holders.ignored.is_some() {
            continue;
        }
        for holder in holders.subjects.into_iter().filter(|holder| !holder.same_person && !holder.same_name && holder.benign.is_none()) {
            by_subject.entry(holder.subject).or_default().push(index);
        }
    }
    let mut findings = Vec::new();
    for (subject, shared) in by_subject {
        let [first, rest @ ..] = shared.as_slice() else { continue };
        if shared.len() < FEWEST_IN_COMMON {
            continue;
        }
        let evidence = |index: usize| observed(&references[index], &references[index].name).relates("is also named by", Compared::subject(&subject));
        let names: Vec<&str> = shared.iter().map(|index| references[*index].payload.name.as_str()).collect();
        findings.push(
            Finding::new(META.strength, format!("{} are also named by another subject: {}.", count(shared.len(), "reference"), list(&names, 4)), evidence(*first))
                .and_all(rest.iter().map(|index| evidence(*index))),
        );
    }
    Ok(Outcome::of(findings, format!("{} against those of other subjects", count(references.len(), "reference"))))
}
