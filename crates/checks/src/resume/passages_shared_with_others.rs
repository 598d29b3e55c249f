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
    let finding = |text: &Known<'_, ResumeText>, hit: &LinkHit, strength| {
        let shares = link_hits::shares(hit);
        Finding::new(
            strength,
            format!("{} shares with another subject: {shares}.", text.document),
            observed(text, &shares).relates("stands, reworded, in the résumé of", Compared::subject(&hit.id)),
        )
    };
    let findings = link_hits::of_documents(&texts, |document| lens.shared_passages(document), finding, META.strength)?;
    Ok(Outcome::of(findings, format!("the sentences of {} against those of other subjects", count(texts.len(), "résumé"))))
}
