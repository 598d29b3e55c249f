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

use bonafide_model::lens::LinkHit;

use crate::{
    prelude::*,
    support::{link_hits, words::count},
};

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

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let texts = dossier.require::<ResumeText>("résumé")?;
    let finding = |text: &Known<'_, ResumeText>, hit: &LinkHit, strength| {
        let shares = link_hits::shares(hit);
        Finding::new(
            strength,
            format!("{} is made from a template of the cluster {}: {shares}.", text.document, link_hits::name(hit)),
            observed(text, &shares).relates("falls into the template of", link_hits::compared(hit)),
        )
    };
    let findings = link_hits::of_documents(&texts, |document| lens.templates(document), finding, META.strength)?;
    Ok(Outcome::of(findings, format!("{} against known templates", count(texts.len(), "résumé"))))
}
