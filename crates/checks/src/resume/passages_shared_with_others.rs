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

use bonafide_model::lens::LinkHit;

use crate::{
    prelude::*,
    support::{link_hits, words::count},
};

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

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let texts = dossier.require::<ResumeText>("résumé")?;
    let mut findings = Vec::new();
    for text in &texts {
        let hits = lens.shared_passages(text.fact.source.content.to_string())?;
        findings.extend(finding(text, &hits));
    }
    Ok(Outcome::of(findings, format!("the sentences of {} against those of other subjects", count(texts.len(), "résumé"))))
}

/// One finding for all who share passages with a document: they have them from one source.
fn finding(text: &Known<'_, ResumeText>, hits: &[LinkHit]) -> Option<Finding> {
    let telling: Vec<(&LinkHit, Strength)> =
        hits.iter().filter_map(|hit| Some((hit, link_hits::strength(hit, META.strength)?))).collect();
    let strength = telling.iter().map(|(_, strength)| *strength).max()?;
    let evidence = |hit: &LinkHit| {
        observed(text, link_hits::shares(hit)).relates("stands, reworded, in the résumé of", Compared::subject(&hit.id))
    };
    let (most, _) = telling.first()?;
    let others = count(telling.len(), "other subject");
    let summary = format!("{} shares with {others}: {}.", text.document, link_hits::shares(most));
    Some(Finding::new(strength, summary, evidence(most)).and_all(telling[1..].iter().map(|(hit, _)| evidence(hit))))
}
