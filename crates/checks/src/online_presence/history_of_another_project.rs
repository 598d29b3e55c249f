//! # What it finds
//! Repositories that are not marked as forks while their commit messages stand in another project, or while they keep the numbered
//! pull requests of other owners and hardly any commit is the applicant's.
//!
//! # Why it matters
//! Commit messages are as individual as handwriting: a long run of equal ones has one origin. A history that was cloned and pushed
//! again looks like original work to anyone who reads only the list of repositories.
//!
//! # Innocent explanations
//! - A vendored or mirrored project, kept for a build of one's own.
//! - A repository of a firm or team, copied with permission by one of its members.
//! - A fork made by clone and push because the platform's fork button was not used.
//! - Messages that tools write, such as version bumps and merges of branches.
//! - Own work that moved to an organisation: there the very same commits stand, author included, and the finding is weak.
//!
//! # What to ask next
//! - Which part of this project is your own work?
//! - Why does it stand in your account, and what does its original owner say of you?
//!
//! # Sources
//! - Signal ONL-007: gh-fake-analyzer (*commit filter*), Ketman.

use crate::{
    prelude::*,
    support::{
        git, rewriting,
        words::{at_least, count, list, percent, total},
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-007"),
    slug: "history-of-another-project",
    stage: Stage::OnlinePresence,
    title: "History of another project",
    summary: "Commit messages and merged pull requests of original repositories against other projects.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::CodeHistory,
    facts: &[FactKind::GithubRepository],
    flags: Flags::NONE,
};

/// Fewer equal messages are what tools and templates write.
const EQUAL_MESSAGES: u32 = 10;
const EQUAL_PERCENT: u64 = 50;
/// Merges of other owners' pull requests in a repository where hardly anything is the applicant's.
const KEPT_MERGES: u32 = 10;
const FEW_OWN_PERCENT: u64 = 10;
/// With so many commits of their own the applicant works on the project, however large it is.
const CONTRIBUTOR_COMMITS: u32 = 20;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut repositories: Vec<_> =
        dossier.all::<GithubRepository>().filter(|repository| repository.fork != Some(true) && repository.commits > 0).collect();
    if repositories.is_empty() {
        return Err(git::no_commits(dossier));
    }
    repositories.sort_by(|left, right| left.name.cmp(&right.name));
    let mut findings = Vec::new();
    for repository in &repositories {
        let equal = equal_messages(dossier, repository);
        findings.extend(equal.or_else(|| kept_merges(dossier, repository)));
    }
    let compared = repositories.iter().filter(|repository| repository.messages_elsewhere.is_some()).count();
    Ok(Outcome::of(
        findings,
        format!(
            "merged pull requests of {}; messages of {compared} compared with other projects by the collector",
            count(repositories.len(), "original repository"),
        ),
    ))
}

fn equal_messages(dossier: &Dossier, repository: &Known<'_, GithubRepository>) -> Option<Finding> {
    let elsewhere = repository.messages_elsewhere.as_ref()?;
    let own = git::logins(dossier, &repository.login);
    let owner = elsewhere.repository.split_once('/').map_or("", |(owner, _)| owner).to_lowercase();
    let many = elsewhere.found >= EQUAL_MESSAGES
        && at_least(u64::from(elsewhere.found), u64::from(elsewhere.compared), EQUAL_PERCENT);
    if !many || own.contains(&owner) {
        return None;
    }
    // Where the applicant wrote hardly any of the commits, nobody's authorship was replaced: a clone, not a claim.
    let claimed = at_least(u64::from(repository.own_commits), u64::from(repository.commits), EQUAL_PERCENT);
    let same = rewriting::is_the_same_there(repository, &elsewhere.repository);
    let finding = Finding::new(
        if claimed && !same { Strength::Medium } else { Strength::Weak },
        format!(
            "{} of {} in {} ({}) stand in {} as well.",
            elsewhere.found,
            count(elsewhere.compared, "commit message"),
            repository.name,
            percent(u64::from(elsewhere.found), u64::from(elsewhere.compared)),
            elsewhere.repository,
        ),
        observed(repository, format!("{}: {} by the applicant of {}", repository.name, repository.own_commits, repository.commits))
            .relates(
                "has the messages of",
                Compared::entry(
                    ComparedKind::Reference,
                    &elsewhere.repository,
                    format!("{} of {} messages", elsewhere.found, elsewhere.compared),
                    "repository compared by the collector",
                    "",
                ),
            ),
    );
    Some(if claimed && same {
        finding.innocent("The commits there are the very same, author included: own work that moved to an organisation looks like this.")
    } else {
        finding
    })
}

fn kept_merges(dossier: &Dossier, repository: &Known<'_, GithubRepository>) -> Option<Finding> {
    let foreign = git::foreign_merges(dossier, repository);
    let merges = total(foreign.iter().map(|(_, merges)| *merges));
    let share = u64::from(repository.own_commits) * 100 <= u64::from(repository.commits) * FEW_OWN_PERCENT;
    let others_work = share && repository.own_commits < CONTRIBUTOR_COMMITS;
    let own = git::logins(dossier, &repository.login);
    let own_merges = repository.merge_owners.iter().any(|(owner, _)| own.contains(&owner.to_lowercase()));
    if merges < KEPT_MERGES || !others_work || own_merges {
        return None;
    }
    let owners: Vec<String> = foreign.iter().map(|(owner, merges)| format!("{owner} ({merges})")).collect();
    let finding = Finding::new(
        Strength::Weak,
        format!(
            "{} is not marked as a fork, keeps {} of {} and has {} of {} by the applicant.",
            repository.name,
            count(merges, "merged pull request"),
            list(&owners, 3),
            repository.own_commits,
            count(repository.commits, "commit"),
        ),
        observed(
            repository,
            format!("{}: {} by the applicant of {}", repository.name, repository.own_commits, repository.commits),
        )
        .relates("is the history of", Compared::bound("owners of the merged pull requests", list(&owners, 5))),
    );
    let claims_nothing = repository.own_commits == 0;
    Some(if claims_nothing { finding.innocent("No commit names the applicant: a mirror or clone that keeps its authors claims nothing.") } else { finding })
}
