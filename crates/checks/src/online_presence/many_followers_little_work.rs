//! # What it finds
//! Accounts that gained hundreds of followers, or follow hundreds of others, faster than people do, with little work of their own to
//! show for it.
//!
//! # Why it matters
//! Followers make an account look established. They are bought, or gathered by following thousands who follow back, by accounts
//! that are months old.
//!
//! # Innocent explanations
//! - Teachers, writers, recruiters and organisers, whose audience is not about code.
//! - A habit of following back, or a script that follows everyone met at a conference.
//! - One popular project, whose work stands in another organisation's repositories.
//!
//! # What to ask next
//! - What made so many people follow you in so short a time?
//!
//! # Sources
//! - Signal ONL-013: SEAL, Ketman.

use crate::{
    prelude::*,
    support::{
        days, git,
        words::{count, grouped, total},
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-013"),
    slug: "many-followers-little-work",
    stage: Stage::OnlinePresence,
    title: "Very many followers with little work",
    summary: "Followers and followings of an account against its age and its original work.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Account,
    facts: &[FactKind::GithubAccount],
    flags: Flags::NONE,
};

/// Below this an account is an ordinary one (SEAL).
const MANY: u64 = 200;
/// One new follower or following a day, every day of the account's life.
const PER_MONTH: u64 = 30;
/// Without a list of repositories: twenty followers or followings for each public repository.
const PER_REPOSITORY: u64 = 20;
/// Followers that come from work leave stars on it: one in four at least.
const STARS_PER_FOLLOWER: u64 = 4;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let accounts = dossier.require::<GithubAccount>("GitHub account")?;
    let counted: Vec<_> = accounts.iter().filter(|account| account.followers.or(account.following).is_some()).collect();
    if counted.is_empty() {
        return Err(Early::inconclusive(Need::Facts, "the numbers of followers and followings"));
    }
    let aged: Vec<_> = counted.iter().filter_map(|account| Some((**account, age_in_months(dossier, account, lens)?))).collect();
    if aged.is_empty() {
        return Err(Early::inconclusive(Need::Facts, "when the GitHub account was made"));
    }
    let findings = aged.iter().filter_map(|(account, months)| finding(dossier, account, *months)).collect();
    Ok(Outcome::of(findings, format!("followers, followings, age and work of {}", count(aged.len(), "account"))))
}

fn age_in_months(dossier: &Dossier, account: &GithubAccount, lens: &Lens<'_>) -> Option<i32> {
    let made = match account.created_at {
        Some(at) => YearMonth::of_date(days::utc(at)),
        None => YearMonth::new(account.created_year?, 1)?,
    };
    Some(YearMonth::of_date(git::told_until(dossier, account, lens)).months_since(made).max(1))
}

fn finding(dossier: &Dossier, account: &Known<'_, GithubAccount>, months: i32) -> Option<Finding> {
    let (followers, following) = (account.followers.unwrap_or(0), account.following.unwrap_or(0));
    let reach = followers.max(following);
    let in_a_month = reach / u64::try_from(months).unwrap_or(1).max(1);
    if reach <= MANY || in_a_month < PER_MONTH {
        return None;
    }
    let repositories = git::original_repositories(dossier, &account.login);
    let commits = u64::from(total(repositories.iter().map(|repository| repository.own_commits)));
    let stars = repositories.iter().map(|repository| repository.stars).fold(0, u64::saturating_add);
    let (little, work) = if account.commits_listed > 0 {
        (commits < reach, format!("{} in {}", count(commits, "own commit"), count(repositories.len(), "original repository")))
    } else {
        let repositories = account.public_repos?;
        (repositories.saturating_mul(PER_REPOSITORY) < reach, count(repositories, "public repository"))
    };
    let earned = followers >= following && stars.saturating_mul(STARS_PER_FOLLOWER) >= followers;
    if !little || earned {
        return None;
    }
    let age = days::months(months);
    let numbers = format!("{} and {} followed", count(followers, "follower"), grouped(following));
    Some(Finding::new(
        Strength::Weak,
        format!("{}: {numbers} within {age}, beside {work}.", account.login),
        observed(account, format!("{numbers}; {work}")).relates(
            "exceeds",
            Compared::bound("pace of an ordinary account", format!("{} in {age}", grouped(PER_MONTH * u64::try_from(months).unwrap_or(1)))),
        ),
    ))
}
