//! What checks ask of a git history: own identities, original repositories, clocks.

use std::collections::BTreeSet;

use bonafide_model::{
    check::{Early, Need},
    dossier::{Dossier, Known},
    fact::{CommitIdentity, GithubAccount, GithubRepository, Ownership},
    lens::Lens,
    time::UtcOffset,
};
use jiff::civil::Date;

/// The author identities that are the subject's own and have commits. Programs and other people never stand here.
pub(crate) fn own_identities<'a>(dossier: &'a Dossier) -> Vec<Known<'a, CommitIdentity>> {
    dossier.all::<CommitIdentity>().filter(|identity| identity.ownership == Ownership::Own && identity.commits > 0).collect()
}

/// The addresses that are the subject's own, also those that are listed without a commit of theirs at hand.
pub(crate) fn own_addresses<'a>(dossier: &'a Dossier) -> Vec<Known<'a, CommitIdentity>> {
    dossier
        .all::<CommitIdentity>()
        .filter(|identity| identity.ownership == Ownership::Own && !identity.canonical.is_empty())
        .collect()
}

/// The repositories of an account that are not marked as forks.
pub(crate) fn original_repositories<'a>(dossier: &'a Dossier, login: &str) -> Vec<Known<'a, GithubRepository>> {
    dossier
        .all::<GithubRepository>()
        .filter(|repository| repository.fork != Some(true) && repository.login.eq_ignore_ascii_case(login))
        .collect()
}

/// Why there is no original repository with commits to look at: there is none, or its commits were not collected.
pub(crate) fn no_commits(dossier: &Dossier) -> Early {
    let original = dossier.all::<GithubRepository>().filter(|repository| repository.fork != Some(true)).count();
    match original {
        0 => Early::not_applicable("no original repository in the dossier"),
        _ => Early::inconclusive(Need::Facts, format!("the commits of {}", super::words::count(original, "original repository"))),
    }
}

/// The account's login and the older logins that stand in its own no-reply addresses, in lower case.
pub(crate) fn logins(dossier: &Dossier, login: &str) -> BTreeSet<String> {
    own_identities(dossier)
        .iter()
        .filter(|identity| identity.login.eq_ignore_ascii_case(login))
        .filter_map(|identity| identity.noreply_login.as_deref())
        .chain([login])
        .map(str::to_lowercase)
        .collect()
}

/// Accounts of services that open pull requests, beside those whose names say that they are bots.
const PROGRAMS: &[&str] = &[
    "actions-user",
    "allcontributors",
    "dependabot",
    "dependabot-preview",
    "depfu",
    "github-actions",
    "greenkeeper",
    "greenkeeperio",
    "gitter-badger",
    "imgbot",
    "mergify",
    "pre-commit-ci",
    "renovate",
    "restyled-io",
    "snyk",
    "weblate",
    "whitesource",
];

/// Whether a login is a program's.
pub(crate) fn is_program(login: &str) -> bool {
    let login = login.to_lowercase();
    ["[bot]", "-bot", "_bot"].iter().any(|ending| login.ends_with(ending)) || PROGRAMS.contains(&login.as_str())
}

/// The owners of merged pull requests who are neither the account itself nor programs, with their merges.
pub(crate) fn foreign_merges<'a>(dossier: &Dossier, repository: &'a GithubRepository) -> Vec<&'a (String, u32)> {
    let own = logins(dossier, &repository.login);
    repository.merge_owners.iter().filter(|(owner, _)| !own.contains(&owner.to_lowercase()) && !is_program(owner)).collect()
}

/// The last day of which the account's profile and history tell: the profile may have been read long before the assessment.
pub(crate) fn told_until(dossier: &Dossier, account: &GithubAccount, lens: &Lens<'_>) -> Date {
    let pushes = dossier.all::<GithubRepository>().filter(|repository| repository.login == account.login);
    let commits = own_identities(dossier).into_iter().filter(|identity| identity.login == account.login);
    let last = pushes.filter_map(|repository| repository.pushed_at).chain(commits.filter_map(|identity| identity.last));
    last.chain(account.updated_at).max().map_or_else(|| dossier.judged_on(lens), super::days::utc)
}

/// How far two clocks lie apart in minutes, the shorter way round the globe.
pub(crate) fn apart(left: UtcOffset, right: UtcOffset) -> i32 {
    let straight = (left.minutes() - right.minutes()).abs() % (24 * 60);
    straight.min(24 * 60 - straight)
}

/// Clocks of which any two lie at least `minutes` apart, each with at least `least` commits, picked from west to east. UTC is left
/// out: it is where servers and containers stand.
pub(crate) fn clocks_apart(clocks: &[(UtcOffset, u32)], minutes: i32, least: u32) -> Vec<(UtcOffset, u32)> {
    let mut kept: Vec<(UtcOffset, u32)> =
        clocks.iter().copied().filter(|(offset, commits)| *offset != UtcOffset::UTC && *commits >= least).collect();
    kept.sort_unstable();
    // Two ends that meet round the globe count once.
    let mut chosen: Vec<(UtcOffset, u32)> = Vec::new();
    for clock in kept {
        let far = |other: Option<&(UtcOffset, u32)>| other.is_none_or(|other| apart(other.0, clock.0) >= minutes);
        if far(chosen.last()) && far(chosen.first()) {
            chosen.push(clock);
        }
    }
    chosen
}

/// Clocks with their commits, most first: `+10:00 (24 commits), +01:00 (3)`.
pub(crate) fn clocks_in_words(clocks: &[(UtcOffset, u32)], limit: usize) -> String {
    let mut sorted = clocks.to_vec();
    sorted.sort_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(&right.0)));
    let words: Vec<String> = sorted
        .iter()
        .enumerate()
        .map(|(index, (offset, commits))| match index {
            0 => format!("{offset} ({})", super::words::count(*commits, "commit")),
            _ => format!("{offset} ({})", super::words::grouped(u64::from(*commits))),
        })
        .collect();
    super::words::list(&words, limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(text: &str) -> UtcOffset {
        text.parse().expect("an offset")
    }

    #[test]
    fn programs_are_told_from_people() {
        assert!(["dependabot", "Renovate-Bot", "imgbot[bot]", "depfu"].iter().all(|login| is_program(login)));
        assert!(["abbot", "talbot", "snykova", "robot-arm"].iter().all(|login| !is_program(login)));
    }

    #[test]
    fn clocks_lie_apart_the_shorter_way_round() {
        assert_eq!(apart(clock("-11:00"), clock("+13:00")), 0, "the date line is no distance");
        assert_eq!(apart(clock("-08:00"), clock("+05:30")), 10 * 60 + 30);
        assert_eq!(apart(clock("+01:00"), clock("+02:00")), 60);
    }

    #[test]
    fn clocks_far_from_each_other_are_counted_once_each() {
        let clocks: Vec<_> =
            [("+02:00", 650), ("+01:00", 141), ("+04:00", 73), ("+08:00", 65), ("-04:00", 38), ("+00:00", 60), ("-05:00", 25)]
                .map(|(offset, commits)| (clock(offset), commits))
                .to_vec();
        let apart: Vec<String> = clocks_apart(&clocks, 180, 10).iter().map(|(offset, _)| offset.to_string()).collect();
        assert_eq!(apart, ["-05:00", "+01:00", "+04:00", "+08:00"]);
        assert_eq!(clocks_apart(&clocks, 180, 700), []);
        assert_eq!(clocks_in_words(&clocks, 2), "+02:00 (650 commits), +01:00 (141) and 5 more");
    }
}
