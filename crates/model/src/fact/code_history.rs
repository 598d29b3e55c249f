//! Facts folded from a GitHub account and its git history.
//!
//! Single commits are not facts. Intake folds them into summaries with the numbers that the checks need.

use serde::{Deserialize, Serialize};

use crate::time::{UtcOffset, YearMonth};

/// A GitHub account's profile.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GithubAccount {
    /// Login.
    pub login: String,
    /// Name shown in the profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// When the account was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<jiff::Timestamp>,
    /// Only the year is known (applicant tables).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_year: Option<i16>,
    /// When the profile was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<jiff::Timestamp>,
    /// Country claimed in the profile, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_claimed: Option<String>,
    /// Its ISO 3166-1 alpha-2 code, where it is a country (a continent or a joke is not).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Text of the bio, where the dump has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bio: Option<String>,
    /// Text of the profile's README, where the dump has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readme: Option<String>,
    /// Number of public repositories.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_repos: Option<u64>,
    /// Number of followers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub followers: Option<u64>,
    /// Number of accounts followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub following: Option<u64>,
    /// How many repositories the collector found whose first commit is older than the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub potential_copies: Option<u64>,
    /// How many repositories of the account are listed in the dump (0: the list is missing).
    pub repositories_listed: u32,
    /// How many commits stand in the dump.
    pub commits_listed: u32,
}

/// Accounts the subject follows: edges that the subject made. Who follows the subject is never a fact.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GithubFollowing {
    /// The subject's login.
    pub login: String,
    /// Logins followed, sorted.
    pub follows: Vec<String>,
}

/// One repository of a GitHub account, its commits summarised.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GithubRepository {
    /// The owner's login.
    pub login: String,
    /// Name.
    pub name: String,
    /// Whether GitHub marks it as a fork; `None` where the dump does not list the repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fork: Option<bool>,
    /// When it was made on GitHub.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<jiff::Timestamp>,
    /// When it was last pushed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pushed_at: Option<jiff::Timestamp>,
    /// Main language of the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Stars.
    pub stars: u64,
    /// Commits in the dump.
    pub commits: u32,
    /// Of these, commits by the account's own identities.
    pub own_commits: u32,
    /// Own commits dated before the account was made.
    pub own_before_account: u32,
    /// All commits dated before the account was made.
    pub before_account: u32,
    /// All commits dated before the repository was made on GitHub.
    pub before_repository: u32,
    /// First commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_commit: Option<jiff::Timestamp>,
    /// Last commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_commit: Option<jiff::Timestamp>,
    /// Owners named in "Merge pull request" messages, with the number of such merges, most first.
    pub merge_owners: Vec<(String, u32)>,
    /// Of all merges of pull requests, those whose committer is not the platform. The platform commits such a merge itself
    /// (committer `noreply@github.com`, since 2017); a merge of a pull request by anybody else was written again later.
    pub pull_merges_rewritten: u32,
    /// Own commits that somebody else committed: neither an own address nor the platform nor a program. Maintainers do this when
    /// they rebase; a tool that replaces authors and leaves committers alone does it for whole histories.
    pub own_committed_by_others: u32,
    /// Distinct addresses of those committers.
    pub foreign_committers: u32,
    /// Own commits that were committed more than 30 days after their author date: rebased patches, and whole histories whose dates
    /// were written again.
    #[serde(skip_serializing_if = "is_zero")]
    pub own_committed_late: u32,
    /// Logins of contributors as GitHub lists them.
    pub contributors: Vec<String>,
    /// Distinct offsets of own commits with their number, most first.
    pub own_offsets: Vec<(UtcOffset, u32)>,
    /// Own commits that follow another own commit within two hours under an offset three hours or more away.
    pub own_offset_flips: u32,
    /// Of these, flips of which neither clock is on UTC: a container or server on UTC explains the others.
    pub own_flips_beside_utc: u32,
    /// Commits whose hash stands in another account's repository, with that repository's name, where a collector compared.
    pub copied_from: Vec<CopiedCommits>,
    /// Commit messages of some length that stand in another project, where a collector compared: (found, compared).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub messages_elsewhere: Option<MessagesElsewhere>,
    /// Authors that stand beside the owner's own identities: number of distinct addresses that are not bots or services (the
    /// no-reply address of another person's account counts: it is a person's).
    pub other_authors: u32,
    /// Whether the tree was compared with and equals another project's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tree_equals: Option<String>,
}

/// Commits that stand in another account's repository as well.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CopiedCommits {
    /// The other repository, `owner/name`.
    pub repository: String,
    /// Commits with the same hash in both.
    pub same_hash: u32,
    /// Commits with the same tree or the same message and date but another author.
    pub same_content_other_author: u32,
    /// When the other repository's first such commit was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<jiff::Timestamp>,
}

/// Commit messages that stand in another project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MessagesElsewhere {
    /// The other repository, `owner/name`.
    pub repository: String,
    /// Messages found there.
    pub found: u32,
    /// Messages long enough to be compared.
    pub compared: u32,
}

/// Whose identity an author address is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ownership {
    /// The account's own: its login, its no-reply address, its public address, or a name or address the application states.
    Own,
    /// Somebody else's, or not known to be the account's own.
    #[default]
    Other,
    /// A bot, a service or a no-reply address of the platform: never used to link or accuse.
    Bot,
}

/// One author identity (address) in the commits of an account, summarised.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CommitIdentity {
    /// The account whose repositories were read.
    pub login: String,
    /// Author address as written.
    pub email: String,
    /// Its canonical form.
    pub canonical: String,
    /// Whose it is.
    pub ownership: Ownership,
    /// Why it is held to be the account's own, in a few words; empty for others.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub own_because: String,
    /// The login inside a GitHub no-reply address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noreply_login: Option<String>,
    /// Author names with the number of commits, most first.
    pub names: Vec<(String, u32)>,
    /// Commits.
    pub commits: u32,
    /// Commits dated before the account was made.
    pub before_account: u32,
    /// Offsets of the author clock with the number of commits, most first. Commits whose author date was written by the platform
    /// (web edits, in UTC) are not counted.
    pub offsets: Vec<(UtcOffset, u32)>,
    /// Offsets per month: month, offset, number.
    pub offsets_by_month: Vec<(YearMonth, UtcOffset, u32)>,
    /// The same by repository, for own identities: the repositories with most commits first. A commit that stands in several
    /// repositories is counted in the one listed first. Empty where facts were read before this was kept.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clocks_by_repository: Vec<RepositoryClocks>,
    /// Repositories of the identity beyond the limit of `clocks_by_repository`.
    #[serde(skip_serializing_if = "is_zero")]
    pub clocks_left_out: u32,
    /// Commits whose author date the platform wrote; they are not in `offsets`.
    pub dated_by_platform: u32,
    /// The latest commit under each of the commonest offsets, for people who look it up.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<CommitExample>,
    /// Distinct days with commits, by the author's clock.
    pub days: u32,
    /// Repositories the identity has commits in.
    pub repositories: u32,
    /// First commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<jiff::Timestamp>,
    /// Last commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<jiff::Timestamp>,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// The author clocks of one identity in one repository.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RepositoryClocks {
    /// Repository.
    pub repository: String,
    /// Days with commits, by the author's clock. A day with commits in several repositories is counted in the one that saw its
    /// first commit, so that the days of several repositories may be added up.
    pub days: u32,
    /// Month, offset, number.
    pub months: Vec<(YearMonth, UtcOffset, u32)>,
    /// Of these, commits dated before the repository was made on the platform: brought there, not made there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub brought: Vec<(YearMonth, UtcOffset, u32)>,
}

/// One commit, named so that it can be looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitExample {
    /// Repository.
    pub repository: String,
    /// Hash of the commit.
    pub commit: String,
    /// The author date.
    pub at: jiff::Timestamp,
    /// The author's clock.
    pub offset: UtcOffset,
}

/// Two commits of one own identity, closer in time than any journey, whose clocks lie three hours or more apart.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClockJump {
    /// Author address.
    pub canonical: String,
    /// The earlier commit.
    pub earlier: jiff::Timestamp,
    /// Its clock.
    pub from: UtcOffset,
    /// The later commit.
    pub later: jiff::Timestamp,
    /// Its clock.
    pub to: UtcOffset,
    /// How many such pairs this identity has; one fact stands for all.
    pub pairs: u32,
    /// Days on which such pairs fall.
    pub days: u32,
    /// Of the pairs, those of which neither clock is on UTC: a container or server on UTC explains the others.
    #[serde(default)]
    pub pairs_beside_utc: u32,
    /// The two commits; of several pairs the clearest: neither clock on UTC, then the widest difference.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commits: Vec<CommitExample>,
}

/// Commits by own identities per month.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CommitActivity {
    /// The account.
    pub login: String,
    /// Months with commits, in order.
    pub months: Vec<(YearMonth, u32)>,
}

/// Issues, comments and pull requests of an account, summarised.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GithubEvents {
    /// The account.
    pub login: String,
    /// The organisation whose badge the account shows, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// Issues opened.
    pub issues: u32,
    /// Comments written.
    pub comments: u32,
    /// Pull requests merged.
    pub pulls_merged: u32,
    /// Of all these, how many are trivial (typo, badge, greeting, empty body), by the collector's rule.
    pub trivial: u32,
    /// Years without any event between the account's creation and the first burst, from the event list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_event: Option<jiff::Timestamp>,
}

/// A secret found in a repository.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LeakedSecret {
    /// Repository.
    pub repository: String,
    /// File.
    pub path: String,
    /// What kind of secret, such as `aws-access-key`. The secret itself is never a fact.
    pub secret: String,
    /// The firm whose name stands beside it, where one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firm: Option<String>,
}
