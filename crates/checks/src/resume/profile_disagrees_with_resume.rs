//! # What it finds
//! A profile on a professional network that carries another name than the applicant states, moves a job by more than half a year, or has
//! no employer in common with the résumé.
//!
//! # Why it matters
//! A borrowed or bought profile keeps the career of the one who made it.
//!
//! # Innocent explanations
//! - Stale profiles: what is missing there is no disagreement.
//! - Pen names, name changes, profiles in another script.
//! - A wrong link.
//!
//! # What to ask next
//! - Is this profile yours? Please add a line of our choice to it for a day.
//!
//! # Sources
//! - Signal RES-012: US guidance of 2022-05-16; FBI IC3 PSA231018.

use crate::{
    prelude::*,
    support::{versions, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-012"),
    slug: "profile-disagrees-with-resume",
    stage: Stage::Resume,
    title: "Online profile and résumé disagree",
    summary: "Name and jobs of every profile against those of the form and the résumé.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Contradiction,
    facts: &[FactKind::SocialProfile, FactKind::Work],
    flags: Flags::NONE,
};

/// Networks on which people present themselves under their own name. Elsewhere pseudonyms are the custom.
const UNDER_OWN_NAME: &[&str] = &["linkedin", "xing", "facebook", "wellfound", "upwork", "freelancer"];

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let stated = versions::stated_names(dossier);
    let known: Vec<&str> = stated.iter().map(|name| name.full.as_str()).collect();
    let mut findings = Vec::new();
    let mut compared = 0;
    for profile in dossier.all::<SocialProfile>() {
        let (Some(name), true) = (&profile.name, UNDER_OWN_NAME.contains(&profile.network.to_lowercase().as_str())) else { continue };
        let Some(first) = stated.first() else { continue };
        compared += 1;
        if versions::differs_from_all(name, &known) {
            findings.push(Finding::new(
                META.strength,
                format!("The {} profile is {name}'s; the application is {}'s.", profile.network, first.full),
                observed(&profile, name).relates("is another name than", Compared::fact(first, &first.full)),
            ));
        }
    }
    let jobs = |wanted: &[ClaimRole]| -> Vec<Known<'_, Work>> { dossier.all::<Work>().filter(|work| wanted.contains(&work.role)).collect() };
    let on_profile = jobs(&[ClaimRole::Profile]);
    if !on_profile.is_empty() {
        let mut told = jobs(&[ClaimRole::Resume]);
        if told.is_empty() {
            told = jobs(&[ClaimRole::Application]);
        }
        compared += usize::from(!told.is_empty());
        findings.extend(versions::of_jobs(&on_profile, &told));
    }
    if compared == 0 {
        return Err(Early::inconclusive(Need::Collector, "a profile with a name or jobs"));
    }
    Ok(Outcome::of(findings, format!("{} against what the applicant states", count(compared, "profile"))))
}
