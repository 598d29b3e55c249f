//! The marks that rewriting leaves in a history: a command that replaces the author of every commit leaves clocks, merges and
//! committers in place.

use super::{
    git,
    words::{at_least, total},
};
use crate::prelude::*;

/// Commits with the same content under another author: a cherry-pick or two are ordinary.
pub(crate) const SAME_CONTENT_COMMITS: u32 = 3;
/// Histories below this are too short to be judged by their marks.
const MARKED_HISTORY: u32 = 20;
/// The whole history is the applicant's: a rewritten one has no other author left.
const WHOLE_PERCENT: u64 = 95;
const HALF_PERCENT: u64 = 50;
/// Merges of other people's pull requests in a history without any other author.
const FOREIGN_MERGES: u32 = 5;
/// One other owner may be the applicant's own organisation or older account; several are several people. Where the platform
/// committed the merges, two may still be organisations of one's own.
const FOREIGN_OWNERS: usize = 2;
const MANY_FOREIGN_OWNERS: usize = 3;
/// Colleagues who rebase others' work write some of their own; several who commit and never write were authors once. Two may be old
/// addresses of the applicant, who unified the authors and left the committers alone.
const FOREIGN_COMMITS: u32 = 10;
const FOREIGN_COMMITTERS: u32 = 3;
/// Flips of one author's clock by three hours or more within two hours, neither clock on UTC.
const FLIPS: u32 = 5;
/// A machine in another zone explains two clocks; three that lie three hours apart are three places.
const CLOCKS: usize = 3;
const CLOCKS_APART_MINUTES: i32 = 180;
/// A clock counts from this share of the commits on, and from two commits.
const CLOCK_SHARE: u32 = 100;

/// The repositories whose history bears a mark, in the order given.
pub(crate) fn marked<'a, 'd>(dossier: &Dossier, repositories: &'a [Known<'d, GithubRepository>]) -> Vec<Marks<'a, 'd>> {
    repositories
        .iter()
        .filter(|repository| repository.fork != Some(true) && repository.own_commits >= MARKED_HISTORY)
        .map(|repository| Marks::of(dossier, repository))
        .filter(Marks::any)
        .collect()
}

/// The marks that rewriting leaves in a history.
pub(crate) struct Marks<'a, 'd> {
    /// The repository.
    pub(crate) repository: &'a Known<'d, GithubRepository>,
    /// Pull requests of several other owners, merged into a history without any other author.
    pub(crate) merges: Option<ForeignMerges>,
    /// One author's clock flips between places nobody travels between in the time.
    pub(crate) clocks: bool,
    /// Several people committed and none of them wrote.
    pub(crate) committers: bool,
}

/// Merged pull requests of other owners.
pub(crate) struct ForeignMerges {
    /// Their number.
    pub(crate) merges: u32,
    /// The owners with their numbers.
    pub(crate) owners: Vec<String>,
    /// Whether an own organisation hardly explains them: written again, or of many owners.
    pub(crate) firm: bool,
}

impl<'a, 'd> Marks<'a, 'd> {
    fn of(dossier: &Dossier, repository: &'a Known<'d, GithubRepository>) -> Self {
        let alone = is_all_own(repository);
        let committers =
            repository.own_committed_by_others >= FOREIGN_COMMITS && repository.foreign_committers >= FOREIGN_COMMITTERS;
        Self {
            repository,
            merges: foreign_merges(dossier, repository).filter(|_| alone),
            clocks: has_flipping_clocks(repository),
            committers: committers && alone,
        }
    }

    /// Whether the marks show that the history was other people's. Flipping clocks alone may also be several people at one address,
    /// unless the history was brought to the repository ready-made.
    pub(crate) fn shows_borrowing(&self) -> bool {
        let imported = u64::from(self.repository.before_repository);
        let ready_made = at_least(imported, u64::from(self.repository.commits), HALF_PERCENT);
        self.merges.as_ref().is_some_and(|merges| merges.firm) || self.committers || (self.clocks && ready_made)
    }

    fn any(&self) -> bool {
        self.merges.is_some() || self.clocks || self.committers
    }
}

/// Whether the commits that stand in another repository too are the very same, author included: the applicant wrote them for both, as
/// with a project that moved to an organisation.
pub(crate) fn is_the_same_there(repository: &GithubRepository, other: &str) -> bool {
    let copies = || repository.copied_from.iter().filter(|copy| copy.repository == other);
    let same = total(copies().map(|copy| copy.same_hash));
    at_least(u64::from(same), u64::from(repository.own_commits), HALF_PERCENT)
        && copies().all(|copy| copy.same_content_other_author == 0)
}

/// Whether every commit is the applicant's: a rewritten history has no other author left.
pub(crate) fn is_all_own(repository: &GithubRepository) -> bool {
    repository.other_authors == 0 && at_least(u64::from(repository.own_commits), u64::from(repository.commits), WHOLE_PERCENT)
}

fn foreign_merges(dossier: &Dossier, repository: &GithubRepository) -> Option<ForeignMerges> {
    let foreign = git::foreign_merges(dossier, repository);
    let merges = total(foreign.iter().map(|(_, merges)| *merges));
    let all = total(repository.merge_owners.iter().map(|(_, merges)| *merges));
    if foreign.len() < FOREIGN_OWNERS || merges < FOREIGN_MERGES {
        return None;
    }
    let written_again = at_least(u64::from(repository.pull_merges_rewritten), u64::from(all), WHOLE_PERCENT);
    let owners = foreign.iter().map(|(owner, merges)| format!("{owner} ({merges})")).collect();
    Some(ForeignMerges { merges, owners, firm: written_again || foreign.len() >= MANY_FOREIGN_OWNERS })
}

fn has_flipping_clocks(repository: &GithubRepository) -> bool {
    let least = (repository.own_commits / CLOCK_SHARE).max(2);
    let places = git::clocks_apart(&repository.own_offsets, CLOCKS_APART_MINUTES, least);
    repository.own_flips_beside_utc >= FLIPS && places.len() >= CLOCKS
}
