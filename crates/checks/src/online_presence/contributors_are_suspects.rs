//! # What it finds
//! Own repositories of which a remarkable share of the other contributors is listed by partners.
//!
//! # Why it matters
//! Crews build each other's portfolios. In a small repository the contributors are the company one keeps.
//!
//! # Innocent explanations
//! - A popular project, to which anybody contributes.
//! - A client's or employer's team that was infiltrated: the applicant may have been its victim.
//! - Listed wrongly, or listed for what others did with the account.
//!
//! # What to ask next
//! - Who are the other contributors of this project, and how did you find each other?
//!
//! # Sources
//! - Signal ONL-012: SEAL, Ketman.

use std::collections::{BTreeMap, BTreeSet};

use bonafide_model::lens::{IndicatorHit, IndicatorStatus};

use crate::{
    prelude::*,
    support::{
        git, indicators,
        words::{at_least, count, list, percent},
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-012"),
    slug: "contributors-are-suspects",
    stage: Stage::OnlinePresence,
    title: "Contributors are themselves suspects",
    summary: "The other contributors of own repositories against indicators.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Link,
    facts: &[FactKind::GithubRepository],
    flags: Flags::NONE,
};

/// A popular project has contributors by the dozen, and some of them are listed somewhere.
const SMALL_TEAM: usize = 20;
/// Two listed contributors, or one who is a quarter of the others.
const SEVERAL: usize = 2;
const REMARKABLE_PERCENT: u64 = 25;
/// Programs contribute too.
const PROGRAM_ENDINGS: &[&str] = &["[bot]", "-bot"];

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut repositories: Vec<_> = dossier
        .all::<GithubRepository>()
        .filter(|repository| repository.fork != Some(true))
        .map(|repository| (repository, others(dossier, &repository)))
        .filter(|(_, others)| !others.is_empty() && others.len() <= SMALL_TEAM)
        .collect();
    if repositories.is_empty() {
        return Err(Early::not_applicable("no own repository with a small team of other contributors"));
    }
    repositories.sort_by(|left, right| left.0.name.cmp(&right.0.name));
    let everybody: BTreeSet<&String> = repositories.iter().flat_map(|(_, others)| others).collect();
    let identifiers: Vec<Identifier> = everybody.iter().map(|login| Identifier::new(IdentifierKind::Github, login.as_str())).collect();
    let mut listed: BTreeMap<String, IndicatorHit> = BTreeMap::new();
    for hit in lens.indicators_among(identifiers)? {
        // A victim of identity theft among the contributors is an ordinary person.
        if hit.exact && hit.status != IndicatorStatus::Impersonated {
            listed.entry(hit.value.to_lowercase()).or_insert(hit);
        }
    }
    let findings = repositories.iter().filter_map(|(repository, others)| finding(repository, others, &listed)).collect();
    Ok(Outcome::of(
        findings,
        format!("{} of {}", count(everybody.len(), "other contributor"), count(repositories.len(), "own repository")),
    ))
}

/// Logins of the other contributors, in lower case, programs left out.
fn others(dossier: &Dossier, repository: &GithubRepository) -> BTreeSet<String> {
    let own = git::logins(dossier, &repository.login);
    let logins = repository.contributors.iter().map(|login| login.to_lowercase());
    logins.filter(|login| !own.contains(login) && !PROGRAM_ENDINGS.iter().any(|ending| login.ends_with(ending))).collect()
}

fn finding(repository: &Known<'_, GithubRepository>, others: &BTreeSet<String>, listed: &BTreeMap<String, IndicatorHit>) -> Option<Finding> {
    let hits: Vec<&IndicatorHit> = others.iter().filter_map(|login| listed.get(login)).collect();
    let share = at_least(hits.len() as u64, others.len() as u64, REMARKABLE_PERCENT);
    let vouched = hits.iter().map(|hit| indicators::strength(hit, META.strength)).max()?;
    let strength = if hits.len() >= SEVERAL && share { vouched } else { Strength::Weak };
    let logins: Vec<&str> = hits.iter().map(|hit| hit.value.as_str()).collect();
    let mut evidence = hits.iter().take(6).map(|hit| {
        let row = format!("{}, {}, confidence {} of 100", hit.source, hit.grade, hit.confidence);
        observed(repository, format!("{}: contributor {}", repository.name, hit.value)).relates(
            "is listed by",
            Compared::entry(ComparedKind::Indicator, &hit.id, &hit.value, row, &hit.version).in_cluster(hit.cluster.clone()),
        )
    });
    let first = evidence.next()?;
    let summary = format!(
        "{} of {} to {} ({}) are listed by partners: {}.",
        hits.len(),
        count(others.len(), "other contributor"),
        repository.name,
        percent(hits.len() as u64, others.len() as u64),
        list(&logins, 4),
    );
    Some(Finding::new(strength, summary, first).and_all(evidence))
}
