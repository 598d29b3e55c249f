//! # What it finds
//! A job that starts before its employer was founded, by more than a year.
//!
//! # Why it matters
//! Who invents a history picks a firm that sounds right and seldom looks up how old it is. An employer that no register knows is
//! *unknown*, not false: most firms are small, and many have closed.
//!
//! # Innocent explanations
//! - The firm was renamed, bought or founded anew, and the register knows only the last form.
//! - The job began before the firm was registered: founders and first employees.
//! - Another firm of the same name is meant.
//!
//! # What to ask next
//! - What was the firm called when you joined, and who hired you?
//! - Where was the office, and how many people worked there?
//!
//! # Sources
//! - Signal RES-008: press on developer infiltration; US guidance of 2022-05-16; Cinder.

use std::collections::BTreeSet;

use crate::{
    prelude::*,
    support::{jobs::in_words, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-008"),
    slug: "employer-not-in-register",
    stage: Stage::Resume,
    title: "Job begins before its employer existed",
    summary: "The start of each job against the foundation of its employer in a register.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::History,
    facts: &[FactKind::Work],
    flags: Flags::NONE,
};

/// Firms work before they are registered, and registers date the last re-foundation: a year is forgiven.
const TOLERANCE_YEARS: i16 = 1;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let mut asked = BTreeSet::new();
    let mut known = BTreeSet::new();
    let mut told = BTreeSet::new();
    for work in dossier.all::<Work>().filter(|work| !work.employer.trim().is_empty()) {
        asked.insert(work.employer.clone());
        let Some(record) = lens.employer(work.employer.clone())? else { continue };
        let (Some(founded), Some(start)) = (record.founded, work.start) else { continue };
        known.insert(work.employer.clone());
        if founded.saturating_sub(start.year()) <= TOLERANCE_YEARS || !told.insert((record.name.clone(), start.year())) {
            continue;
        }
        findings.push(Finding::new(
            META.strength,
            format!("The job at {} starts in {}; the register has the firm founded in {founded}.", work.employer, start.year()),
            observed(&work, in_words(&work))
                .relates("starts before the foundation of", Compared::reference(format!("employer/{}", record.name), founded.to_string(), "employers", &record.source)),
        ));
    }
    if asked.is_empty() {
        return Err(Early::not_applicable("no employer is named"));
    }
    if known.is_empty() {
        return Err(Early::inconclusive(Need::ReferenceTable, format!("the year of foundation of any of {}", count(asked.len(), "employer"))));
    }
    Ok(Outcome::of(findings, format!("{} of {} in the register; others are unknown, which is no sign", known.len(), count(asked.len(), "employer"))))
}
