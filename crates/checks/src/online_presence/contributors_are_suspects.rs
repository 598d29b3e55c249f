//! # What it finds
//! Own repositories of which a remarkable share of the other contributors is listed by partners or belongs to a known cluster.
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

use bonafide_model::{check::Missing, lens::IndicatorStatus};

use crate::{
    prelude::*,
    support::{
        git, indicators, link_hits,
        words::{at_least, count, list, percent},
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-012"),
    slug: "contributors-are-suspects",
    stage: Stage::OnlinePresence,
    title: "Contributors listed or in a known cluster",
    summary: "The other contributors of own repositories against indicators and clusters.",
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
/// The link graph is asked about so many contributors one by one.
const ASKED_ONE_BY_ONE: usize = 60;

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
    let everybody: BTreeSet<String> = repositories.iter().flat_map(|(_, others)| others.iter().cloned()).collect();
    let (suspects, missing) = suspects(&everybody, lens);
    let findings: Vec<Finding> = repositories.iter().filter_map(|(repository, others)| finding(repository, others, &suspects)).collect();
    match missing {
        // What was not asked is not clear.
        Some(missing) if findings.is_empty() => Err(missing.into()),
        _ => Ok(Outcome::of(
            findings,
            format!("{} of {}", count(everybody.len(), "other contributor"), count(repositories.len(), "own repository")),
        )),
    }
}

/// Logins of the other contributors, in lower case, programs left out.
fn others(dossier: &Dossier, repository: &GithubRepository) -> BTreeSet<String> {
    let own = git::logins(dossier, &repository.login);
    let logins = repository.contributors.iter().map(|login| login.to_lowercase());
    logins.filter(|login| !own.contains(login) && !git::is_program(login)).collect()
}

/// What is known of a contributor.
struct Suspect {
    relation: &'static str,
    known_as: Compared,
    strength: Strength,
}

fn suspects(everybody: &BTreeSet<String>, lens: &Lens<'_>) -> (BTreeMap<String, Suspect>, Option<Missing>) {
    let mut suspects = BTreeMap::new();
    let mut missing = None;
    let identifier = |login: &String| Identifier::new(IdentifierKind::Github, login);
    match lens.indicators_among(everybody.iter().map(identifier).collect::<Vec<_>>()) {
        // A victim of identity theft among the contributors is an ordinary person.
        Ok(hits) => {
            for hit in hits.into_iter().filter(|hit| hit.exact && hit.status != IndicatorStatus::Impersonated) {
                let row = format!("{}, {}, confidence {} of 100", hit.source, hit.grade, hit.confidence);
                let strength = indicators::strength(&hit, META.strength);
                let login = hit.value.to_lowercase();
                let known_as = Compared::entry(ComparedKind::Indicator, &hit.id, &hit.value, row, &hit.version).in_cluster(hit.cluster);
                suspects.entry(login).or_insert(Suspect { relation: "is listed by", known_as, strength });
            }
        }
        Err(none) => missing = Some(none),
    }
    for login in everybody.iter().take(ASKED_ONE_BY_ONE) {
        match lens.clusters(identifier(login)) {
            Ok(hits) => {
                if let Some(hit) = hits.iter().find(|hit| hit.weight >= link_hits::TELLING) {
                    let known_as = link_hits::compared(hit);
                    suspects.entry(login.clone()).or_insert(Suspect { relation: "belongs to", known_as, strength: META.strength });
                }
            }
            Err(none) => {
                missing = missing.or(Some(none));
                break;
            }
        }
    }
    (suspects, missing)
}

fn finding(repository: &Known<'_, GithubRepository>, others: &BTreeSet<String>, suspects: &BTreeMap<String, Suspect>) -> Option<Finding> {
    let hits: Vec<(&String, &Suspect)> = others.iter().filter_map(|login| Some((login, suspects.get(login)?))).collect();
    let share = at_least(hits.len() as u64, others.len() as u64, REMARKABLE_PERCENT);
    let vouched = hits.iter().map(|(_, suspect)| suspect.strength).max()?;
    let strength = if hits.len() >= SEVERAL && share { vouched } else { Strength::Weak };
    let logins: Vec<&String> = hits.iter().map(|(login, _)| *login).collect();
    let mut evidence = hits.iter().take(6).map(|(login, suspect)| {
        observed(repository, format!("{}: contributor {login}", repository.name)).relates(suspect.relation, suspect.known_as.clone())
    });
    let first = evidence.next()?;
    let summary = format!(
        "{} of {} to {} ({}) are listed by partners or belong to a known cluster: {}.",
        hits.len(),
        count(others.len(), "other contributor"),
        repository.name,
        percent(hits.len() as u64, others.len() as u64),
        list(&logins, 4),
    );
    Some(Finding::new(strength, summary, first).and_all(evidence))
}
