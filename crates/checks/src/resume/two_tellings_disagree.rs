//! # What it finds
//! Two tellings of one career (the form and a résumé, two résumés, or two applications that the link graph holds for one person's) that
//! state different names, move a job by more than half a year, or have no employer or no school in common. Applications need have an
//! employer or a school in common only where they were handed in within two years. The eight strongest disagreements are shown.
//!
//! # Why it matters
//! A history that was invented, or edited from somebody else's, has to be remembered in every place where it is written down.
//!
//! # Innocent explanations
//! - A résumé tailored to the role leaves jobs out; what is left out is no disagreement.
//! - Dates rounded to years, a typing error, a firm that changed its name.
//! - A change of name that the form does not state.
//! - Two people with like names and one mailbox, whom the link graph takes for one. What households share, such as a telephone, does not
//!   suffice.
//!
//! # What to ask next
//! - Please confirm the months of this job.
//! - Which of the two versions is the current one?
//!
//! # Sources
//! - Signal RES-013: FBI IC3 PSA231018; Mandiant, 2024-09.

use std::collections::BTreeMap;

use bonafide_model::lens::OtherTelling;
use jiff::civil::Date;

use crate::{
    prelude::*,
    support::{versions, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-013"),
    slug: "two-tellings-disagree",
    stage: Stage::Resume,
    title: "Two résumés of one person disagree",
    summary: "Names, employers, dates and schools of the form, of every résumé, and of other applications of the same person.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Contradiction,
    facts: &[FactKind::Work, FactKind::PersonName],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let tellings = tellings(dossier);
    let names = versions::stated_names(dossier);
    let mut findings = Vec::new();
    for (index, left) in tellings.iter().enumerate() {
        for right in &tellings[index + 1..] {
            findings.extend(versions::of_jobs(left, right));
        }
    }
    findings.extend(other_name(&names));
    // Without a link graph the tellings of this application are compared all the same.
    let others = if tellings.is_empty() && !dossier.has(FactKind::Education) { Vec::new() } else { lens.other_tellings(dossier.subject().to_string()).unwrap_or_default() };
    let applied_on = dossier.applied_at().map(|_| dossier.judged_on(lens));
    if let Some(own) = tellings.first() {
        findings.extend(others.iter().flat_map(|other| versions::of_other_application(own, other, applied_on)));
    }
    findings.extend(other_schools(dossier, &others, applied_on));
    if tellings.len() < 2 && names.len() < 2 && others.is_empty() {
        return Err(Early::not_applicable("the career is told once"));
    }
    // The strongest are shown, whichever kind they are of.
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.strength()));
    findings.truncate(MOST_FINDINGS);
    let elsewhere = if others.is_empty() { String::new() } else { format!(", {} of the same person", count(others.len(), "other application")) };
    let (tellings, names) = (count(tellings.len(), "telling"), count(names.len(), "statement"));
    Ok(Outcome::of(findings, format!("{tellings} of the career and {names} of the name{elsewhere}")))
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

/// Schools of the form against those of the résumés, and of this application against those of others.
fn other_schools(dossier: &Dossier, others: &[OtherTelling], applied_on: Option<Date>) -> Vec<Finding> {
    let of = |wanted: ClaimRole| -> Vec<Known<'_, Education>> {
        dossier.all::<Education>().filter(|studies| studies.role == wanted && !studies.school.trim().is_empty()).collect()
    };
    let (form, resume) = (of(ClaimRole::Application), of(ClaimRole::Resume));
    let in_resume: Vec<&str> = resume.iter().map(|studies| studies.school.as_str()).collect();
    let within = resume.first().and_then(|other| versions::of_schools(&form, &in_resume, || Compared::fact(other, &other.school)));
    let own = if form.is_empty() { &resume } else { &form };
    let elsewhere = others.iter().filter(|other| versions::are_near(applied_on, other.applied_on)).filter_map(|other| {
        let schools: Vec<&str> = other.schools.iter().map(String::as_str).collect();
        versions::of_schools(own, &schools, || Compared::subject(&other.subject))
    });
    within.into_iter().chain(elsewhere).collect()
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
