//! # What it finds
//! Two tellings of one career (the form and a résumé, or two résumés) that state different names, move a job by more than half a year,
//! or have no employer in common.
//!
//! # Why it matters
//! A history that was invented, or edited from somebody else's, has to be remembered in every place where it is written down.
//!
//! # Innocent explanations
//! - A résumé tailored to the role leaves jobs out; what is left out is no disagreement.
//! - Dates rounded to years, a typing error, a firm that changed its name.
//! - A change of name that the form does not state.
//!
//! # What to ask next
//! - Please confirm the months of this job.
//! - Which of the two versions is the current one?
//!
//! # Sources
//! - Signal RES-013: FBI IC3 PSA231018; Mandiant, 2024-09.

use std::collections::BTreeMap;

use crate::{
    prelude::*,
    support::{versions, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-013"),
    slug: "two-tellings-disagree",
    stage: Stage::Resume,
    title: "Two résumés of one person disagree",
    summary: "Name, employers, dates and schools of the form and of every résumé against each other.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Contradiction,
    facts: &[FactKind::Work, FactKind::PersonName],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let tellings = tellings(dossier);
    let names = versions::stated_names(dossier);
    let mut findings = Vec::new();
    for (index, left) in tellings.iter().enumerate() {
        for right in &tellings[index + 1..] {
            findings.extend(versions::of_jobs(left, right));
        }
    }
    findings.extend(other_name(&names));
    if tellings.len() < 2 && names.len() < 2 {
        return Err(Early::not_applicable("the career is told once"));
    }
    findings.truncate(MOST_FINDINGS);
    Ok(Outcome::of(findings, format!("{} of the career and {} of the name", count(tellings.len(), "telling"), count(names.len(), "statement"))))
}

/// A career that disagrees everywhere needs no hundred findings to be looked at.
const MOST_FINDINGS: usize = 8;

/// Jobs by document; profiles are another check's.
fn tellings(dossier: &Dossier) -> Vec<Vec<Known<'_, Work>>> {
    let mut by_document: BTreeMap<(ClaimRole, &str), Vec<Known<'_, Work>>> = BTreeMap::new();
    for work in dossier.all::<Work>().filter(|work| work.role != ClaimRole::Profile) {
        by_document.entry((work.role, work.fact.source.name.as_str())).or_default().push(work);
    }
    by_document.into_values().collect()
}

/// A résumé under a name that is none of the form's, former ones included.
fn other_name(names: &[Known<'_, PersonName>]) -> Option<Finding> {
    let form: Vec<&str> = names.iter().filter(|name| name.role != NameRole::Resume).map(|name| name.full.as_str()).collect();
    let resumes: Vec<&Known<'_, PersonName>> = names.iter().filter(|name| name.role == NameRole::Resume).collect();
    let stated = names.iter().find(|name| name.role == NameRole::Application);
    if let (Some(stated), Some(other)) = (stated, resumes.iter().find(|name| versions::differs_from_all(&name.full, &form))) {
        return Some(Finding::new(
            Strength::Medium,
            format!("The résumé is {}'s; the application is {}'s.", other.full, stated.full),
            observed(other, &other.full).relates("is another name than", Compared::fact(stated, &stated.full)),
        ));
    }
    let (first, rest) = resumes.split_first()?;
    let other = rest.iter().find(|name| versions::differs_from_all(&name.full, &[first.full.as_str()]))?;
    Some(Finding::new(
        Strength::Medium,
        format!("Two résumés state different names: {} and {}.", first.full, other.full),
        observed(other, &other.full).relates("is another name than", Compared::fact(first, &first.full)),
    ))
}
