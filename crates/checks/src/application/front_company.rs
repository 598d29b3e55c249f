//! # What it finds
//! An employer or agency whose name stands on a list of front companies.
//!
//! # Why it matters
//! Front companies give invented applicants an employer who answers the telephone.
//!
//! # Innocent explanations
//! - Names of firms collide; look at place and register number.
//! - The applicant was deceived by the firm and worked for it in good faith.
//!
//! # What to ask next
//! - Who paid you, from which account, and who were your colleagues?
//!
//! # Sources
//! - Signal APP-026: SentinelLabs, 2024-11; Silent Push, 2025-04; US guidance of 2022-05-16.

use std::collections::BTreeSet;

use bonafide_model::lens::IndicatorHit;

use crate::{
    prelude::*,
    support::{indicators, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-026"),
    slug: "front-company",
    stage: Stage::Application,
    title: "Front or shell company as employer or agency",
    summary: "Names of employers and agencies against indicators.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Intel,
    facts: &[FactKind::Work, FactKind::Agency, FactKind::CurrentEmployer],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let mut asked = BTreeSet::new();
    let mut ask = |name: &str, finding: &dyn Fn(&IndicatorHit) -> Finding| -> Result<Vec<Finding>, Early> {
        let folded = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if folded.is_empty() || !asked.insert(folded.clone()) {
            return Ok(Vec::new());
        }
        Ok(lens.indicators(Identifier::new(IdentifierKind::Company, folded))?.iter().map(finding).collect())
    };
    for work in dossier.all::<Work>() {
        findings.extend(ask(&work.employer, &|hit| indicators::finding(&work, &work.employer, "employer", hit, META.strength))?);
    }
    for agency in dossier.all::<Agency>() {
        findings.extend(ask(&agency.name, &|hit| indicators::finding(&agency, &agency.name, "agency", hit, META.strength))?);
    }
    for employer in dossier.all::<CurrentEmployer>() {
        findings.extend(ask(&employer.name, &|hit| indicators::finding(&employer, &employer.name, "employer", hit, META.strength))?);
    }
    if asked.is_empty() {
        return Err(Early::not_applicable("no employer or agency is named"));
    }
    Ok(Outcome::of(findings, format!("{} against indicators", count(asked.len(), "firm"))))
}
