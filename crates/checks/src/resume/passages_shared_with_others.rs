//! # What it finds
//! Sentences about own work that stand, with other words filled in, in the résumé of another subject with another name.
//!
//! # Why it matters
//! Two people may share a template; they do not share the work they did.
//!
//! # Innocent explanations
//! - Phrases from advice books, job descriptions and writing machines: common phrases are ignored here.
//! - Colleagues who describe one project they built together.
//!
//! # What to ask next
//! - Tell the story of this point: who asked for it, what failed, who took it over?
//!
//! # Sources
//! - Signal RES-002: US guidance of 2022-05-16; Mandiant, 2024-09; Nisos.

use crate::prelude::*;

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-002"),
    slug: "passages-shared-with-others",
    stage: Stage::Resume,
    title: "Passages shared with other applicants",
    summary: "Sentences of the work history against those of other subjects.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Link,
    facts: &[FactKind::ResumeText],
    flags: Flags::NONE,
};

/// Below this weight the link graph saw phrases that many use, in hundredths of a bit.
const TELLING_WEIGHT: i32 = 100;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let texts = dossier.require::<ResumeText>("résumé")?;
    for text in &texts {
        for hit in lens.shared_passages(text.fact.source.content.to_string())? {
            if hit.weight < TELLING_WEIGHT {
                continue;
            }
            findings.push(Finding::new(
                META.strength,
                format!("{} shares {} with another subject.", text.document, hit.shares.join(", ")),
                observed(text, hit.shares.join(", ")).relates("stands, reworded, in the résumé of", Compared::subject(&hit.id)),
            ));
        }
    }
    Ok(Outcome::of(findings, format!("sentences of {} résumés against those of other subjects", texts.len())))
}
