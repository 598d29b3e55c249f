//! Repositories whose history was, by what they show or by comparison, made by other hands.

use super::{
    git,
    rewriting::{self, Marks, SAME_CONTENT_COMMITS},
    words::{at_least, list},
};
use crate::prelude::*;

/// From this share on the repository is the other project's, not a project with some patches from there.
const HALF_PERCENT: u64 = 50;
/// Fewer equal messages are what tools and templates write.
const EQUAL_MESSAGES: u32 = 10;

/// A repository whose commits are somebody else's work under the applicant's name.
pub(crate) struct Borrowed<'d> {
    /// The repository.
    pub(crate) repository: Known<'d, GithubRepository>,
    /// What shows it, in words.
    pub(crate) because: String,
}

/// The borrowed histories among a person's repositories, in the order of the dossier. Forks say what they are, and a clone that keeps
/// its authors has no commits of the applicant: neither stands here.
pub(crate) fn histories(dossier: &Dossier) -> Vec<Borrowed<'_>> {
    let repositories: Vec<_> = dossier.all::<GithubRepository>().filter(|repository| repository.own_commits > 0).collect();
    let marked = rewriting::marked(dossier, &repositories);
    repositories
        .iter()
        .filter(|repository| repository.fork != Some(true))
        .filter_map(|repository| {
            let marks = marked.iter().find(|marks| marks.repository.fact.id == repository.fact.id);
            let marks = marks.filter(|marks| marks.shows_borrowing());
            let because = marks.map(in_words).or_else(|| by_comparison(dossier, repository))?;
            Some(Borrowed { repository: *repository, because })
        })
        .collect()
}

fn in_words(marks: &Marks<'_, '_>) -> String {
    let mut said = Vec::new();
    if marks.merges.is_some() {
        said.push("merged pull requests of people who are no authors");
    }
    if marks.committers {
        said.push("committers who wrote nothing");
    }
    if marks.clocks {
        said.push("a clock that flips between continents");
    }
    list(&said, 3)
}

/// What the collector's comparison proved: content under another, elder author, or the messages of another project. Equal commits
/// under the same author are the applicant's own, wherever else they stand.
fn by_comparison(dossier: &Dossier, repository: &GithubRepository) -> Option<String> {
    let own = git::logins(dossier, &repository.login);
    let is_own = |other: &str| other.split_once('/').is_some_and(|(owner, _)| own.contains(&owner.to_lowercase()));
    let copy = repository.copied_from.iter().find(|copy| {
        let elder = match (copy.first_seen, repository.first_commit.max(repository.created_at)) {
            (Some(theirs), Some(ours)) => theirs <= ours,
            _ => true,
        };
        !is_own(&copy.repository)
            && elder
            && copy.same_content_other_author >= SAME_CONTENT_COMMITS
            && at_least(u64::from(copy.same_content_other_author), u64::from(repository.own_commits), HALF_PERCENT)
    });
    if let Some(copy) = copy {
        return Some(format!("the content of {} under another author", copy.repository));
    }
    let elsewhere = repository.messages_elsewhere.as_ref().filter(|elsewhere| !is_own(&elsewhere.repository))?;
    if rewriting::is_the_same_there(repository, &elsewhere.repository) {
        return None;
    }
    let claimed = at_least(u64::from(repository.own_commits), u64::from(repository.commits), HALF_PERCENT);
    let equal =
        elsewhere.found >= EQUAL_MESSAGES && at_least(u64::from(elsewhere.found), u64::from(elsewhere.compared), HALF_PERCENT);
    (claimed && equal).then(|| format!("the messages of {}", elsewhere.repository))
}
