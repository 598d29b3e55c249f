//! # What it finds
//! A claim of more years with a technology than the technology has been public, by a year and a half or more.
//!
//! # Why it matters
//! Invented résumés are often assembled from lists of skills with round numbers of years. Whoever used a technology knows roughly
//! when it appeared; whoever copied a list does not.
//!
//! # Innocent explanations
//! - Loose wording: years with a predecessor or with the field as a whole are counted in.
//! - Work inside the firm or project that made the technology, before it was public.
//! - A typing error in one number.
//!
//! # What to ask next
//! - When did you first use it, in which version, and for what?
//! - What did you use before it existed?
//!
//! # Sources
//! - Signal RES-006: DTEX i3 advisory, 2024-10.
//! - First releases: reference table `technologies.csv`. Months were compiled from general knowledge; the source of each row is where
//!   it can be looked up.

use std::collections::BTreeSet;

use crate::{prelude::*, support::{days::months, words::count}};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-006"),
    slug: "technology-older-than-itself",
    stage: Stage::Resume,
    title: "Technology older than itself",
    summary: "Claimed years of a technology against the month in which the public could first use it.",
    since: "0.1.0",
    status: Status::Stable,
    strength: Strength::Medium,
    family: Family::History,
    facts: &[FactKind::ClaimedYears],
    flags: Flags::NONE,
};

/// Round numbers and half-remembered starts make honest claims exceed by up to a year; below this the claim is let be.
const TOLERANCE_MONTHS: i32 = 18;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let judged = YearMonth::of_date(dossier.judged_on(lens));
    let mut findings = Vec::new();
    let (mut known, mut claims) = (0_u32, 0_u32);
    // The form and the résumé often make the same claim: it is one claim.
    let mut told = BTreeSet::new();
    for claim in dossier.all::<ClaimedYears>() {
        claims += 1;
        let Some(record) = lens.technology(claim.technology.clone())? else { continue };
        known += 1;
        let age = judged.months_since(record.first_public);
        let excess = i32::try_from(claim.months).unwrap_or(i32::MAX).saturating_sub(age);
        if excess < TOLERANCE_MONTHS || !told.insert(record.name.clone()) {
            continue;
        }
        let note = record.note.replace(" (", "; ").replace(')', "");
        let claimed = months(i32::try_from(claim.months).unwrap_or(i32::MAX));
        findings.push(Finding::new(
            META.strength,
            if age > 0 {
                format!(
                    "Claims {claimed} of {}, which has been public for {}, since {} ({note}).",
                    claim.technology,
                    months(age),
                    record.first_public,
                )
            } else {
                format!("Claims {claimed} of {}, which became public in {} only ({note}).", claim.technology, record.first_public)
            },
            observed(&claim, format!("{}: {claimed}", claim.technology)).relates(
                "exceeds the age of",
                Compared::reference(
                    format!("technology/{}", record.name),
                    record.first_public.to_string(),
                    if record.cited.is_empty() { "technologies" } else { &record.cited },
                    &record.source,
                ),
            ),
        ));
    }
    if known == 0 {
        return Err(Early::inconclusive(Need::ReferenceTable, format!("the first release of any of {}", count(claims, "claimed technology"))));
    }
    Ok(Outcome::of(findings, format!("{known} of {} against the first release", count(claims, "claimed technology"))))
}
