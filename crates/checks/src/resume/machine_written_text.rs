//! # What it finds
//! A résumé in which stock phrases of text generators stand close together. Off unless the operator turns it on.
//!
//! # Why it matters
//! Personas are written by machines in minutes. So are many honest résumés: this is the weakest sign of all, it never counts alone, and
//! it is off by default.
//!
//! # Innocent explanations
//! - Most applicants use writing help today, and those who write in a second language need it most.
//! - Career advisers teach the same phrases.
//!
//! # What to ask next
//! - Nothing about the wording. Ask about the work.
//!
//! # Sources
//! - Signal RES-003: Microsoft, 2025-06-30; Google GTIG, 2025-04.

use crate::{prelude::*, support::words::count};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-003"),
    slug: "machine-written-text",
    stage: Stage::Resume,
    title: "Machine-written text",
    summary: "Stock phrases in the résumé against the length of its text.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Wording,
    facts: &[FactKind::ResumeText],
    flags: Flags { fairness: true, never_alone: true, off_by_default: true, ..Flags::NONE },
};

/// Phrases that generators reach for. They are counted once each.
const STOCK: &[&str] = &[
    "results-driven", "proven track record", "dynamic professional", "detail-oriented professional", "passionate about leveraging",
    "leveraging cutting-edge", "cutting-edge technologies", "spearheaded the development", "spearheaded the implementation",
    "seamless integration", "seamlessly integrated", "fostering a culture", "robust and scalable", "scalable and robust",
    "drive innovation", "driving innovation", "cross-functional teams to deliver", "highly motivated and", "adept at", "honed my skills",
    "in today's fast-paced", "ever-evolving landscape", "delivering high-quality solutions", "exceeding expectations", "tapestry", "delve into",
    "demonstrated history of working", "strong foundation in", "committed to excellence", "transformative solutions",
];

/// Fewer distinct phrases stand in honest résumés that no machine touched.
const FEWEST_PHRASES: usize = 6;

/// One phrase in this many words or fewer: denser than advice books produce.
const WORDS_PER_PHRASE: usize = 60;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let mut words_read = 0;
    for text in dossier.all::<ResumeText>() {
        let folded = text.text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        let words = folded.split(' ').count();
        words_read += words;
        let found: Vec<&str> = STOCK.iter().copied().filter(|phrase| folded.contains(phrase)).collect();
        if found.len() < FEWEST_PHRASES || words > found.len() * WORDS_PER_PHRASE {
            continue;
        }
        findings.push(Finding::new(
            META.strength,
            format!("{} holds {} stock phrases in {words} words.", text.document, found.len()),
            observed(&text, found.join(" · ")).relates("are phrases of", Compared::bound("list of stock phrases", format!("{FEWEST_PHRASES} or more"))),
        ));
    }
    if words_read == 0 {
        return Err(Early::not_applicable("no text in the résumé"));
    }
    Ok(Outcome::of(findings, format!("{} against a list of stock phrases", count(words_read, "word"))))
}
