//! # What it finds
//! A résumé whose layout and wording fall into a template that a known cluster of misrepresented applicants uses.
//!
//! # Why it matters
//! Those who make applicants by the dozen make their résumés from a few files. The names change; the skeleton of sentences, the order of
//! headings and the fingerprint of the file stay.
//!
//! # Innocent explanations
//! - Templates from the web are popular, and a popular one is ignored here.
//! - A boot camp, a career service or a friend gave the same file to many honest people.
//!
//! # What to ask next
//! - Which of these points was the hardest, and what did you try first?
//! - Where did you get the template?
//!
//! # Sources
//! - Signal RES-001: interview of an exchange's chief security officer; US guidance of 2022-05-16.

use crate::prelude::*;

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-001"),
    slug: "known-template",
    stage: Stage::Resume,
    title: "Résumé made from a known template",
    summary: "Layout and wording of the résumé against templates that a known cluster uses.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Link,
    facts: &[FactKind::ResumeText],
    flags: Flags::NONE,
};

/// The link graph's own weight below which a template is too popular to tell anything, in hundredths of a bit.
const TELLING_WEIGHT: i32 = 100;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let texts = dossier.require::<ResumeText>("résumé")?;
    for text in &texts {
        for hit in lens.templates(text.fact.source.content.to_string())? {
            if hit.weight < TELLING_WEIGHT {
                continue;
            }
            let name = hit.cluster.clone().unwrap_or_else(|| hit.id.clone());
            findings.push(Finding::new(
                META.strength,
                format!("{} is made from a template of the cluster {name}: {}.", text.document, hit.shares.join(", ")),
                observed(text, hit.shares.join(", ")).relates(
                    "falls into the template of",
                    Compared::entry(ComparedKind::Cluster, &hit.id, name, "link graph", &hit.version).in_cluster(hit.cluster),
                ),
            ));
        }
    }
    Ok(Outcome::of(findings, format!("{} résumés against known templates", texts.len())))
}
