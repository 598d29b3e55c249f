//! # What it finds
//! Repositories whose commits stand under other authors elsewhere, and histories that bear the marks of having been written again
//! under one author: pull requests of several other people merged by nobody but the applicant's address, and one author whose
//! clock flips between continents within hours. Also several repositories brought ready-made, each on the clock of another continent
//! and none on a clock the applicant works by.
//!
//! # Why it matters
//! Rewriting the author of every commit takes one command and turns a stranger's project into a portfolio. The command changes
//! names and addresses; it leaves the clocks of the true authors and the merges of their pull requests in place.
//!
//! # Innocent explanations
//! - The applicant unified several addresses of their own, or of an employer's repository with permission, in one history.
//! - Pull requests between an applicant's own accounts, or between an account and its organisation.
//! - A template or starter project whose tree every user shares.
//! - Work on several machines whose clocks stand in different zones.
//! - Years on the road, and work of those years that was published later.
//!
//! # What to ask next
//! - Who else worked on this project, and where does its original history stand?
//! - Please walk us through a change of your choice in it, live.
//!
//! # Sources
//! - Signal ONL-006: Ketman, SEAL, gh-fake-analyzer (*duplicate hashes*).
//! - `git filter-branch` and `git filter-repo` manuals: author and committer are rewritten together, dates and offsets are kept.
//! - The platform commits merges of pull requests itself, as `noreply@github.com`.

use crate::{
    prelude::*,
    support::{
        days::utc,
        foreign_histories, git,
        own_clocks::OwnClocks,
        rewriting::{self, Marks, SAME_CONTENT_COMMITS, is_all_own},
        words::{at_least, count, grouped, list, total},
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-006"),
    slug: "copied-repository-with-injected-author",
    stage: Stage::OnlinePresence,
    title: "Copied repository with injected author",
    summary: "Commits, trees, merges and clocks of own repositories against those of other projects and of one person.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Strong,
    family: Family::CodeHistory,
    facts: &[FactKind::GithubRepository],
    flags: Flags::NONE,
};

/// A few equal commits among many are patches that somebody took over.
const SAME_CONTENT_PERCENT: u64 = 10;
/// A template makes one commit, and its user perhaps a second; more of them claim work on what was copied.
const COMMITS_OF_A_TEMPLATE: u32 = 2;
/// A tree that equals another project's tells only where the history is short and all of it the applicant's.
const TREE_OWN_COMMITS: u32 = 1;
pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut repositories: Vec<_> =
        dossier.all::<GithubRepository>().filter(|repository| repository.fork != Some(true) && repository.commits > 0).collect();
    if repositories.is_empty() {
        return Err(git::no_commits(dossier));
    }
    repositories.sort_by(|left, right| right.own_commits.cmp(&left.own_commits).then_with(|| left.name.cmp(&right.name)));
    let mut findings: Vec<Finding> = repositories.iter().flat_map(|repository| proven(dossier, repository)).collect();
    findings.extend(rewritten(dossier, &repositories));
    findings.extend(of_several_places(dossier, lens, &repositories));
    let compared = repositories.iter().filter(|repository| !repository.copied_from.is_empty() || repository.tree_equals.is_some()).count();
    let commits = total(repositories.iter().map(|repository| repository.commits));
    let collector = if compared == 0 { "not compared with other projects" } else { "compared with other projects by the collector" };
    Ok(Outcome::of(
        findings,
        format!(
            "the marks of rewriting in {} of {} ({collector})",
            count(commits, "commit"),
            count(repositories.len(), "original repository"),
        ),
    ))
}

/// What a collector proved by comparison with another project.
fn proven(dossier: &Dossier, repository: &Known<'_, GithubRepository>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let own = git::logins(dossier, &repository.login);
    let is_own = |other: &str| other.split_once('/').is_some_and(|(owner, _)| own.contains(&owner.to_lowercase()));
    for copy in repository.copied_from.iter().filter(|copy| !is_own(&copy.repository)) {
        if copy.same_content_other_author < SAME_CONTENT_COMMITS || repository.own_commits == 0 {
            continue;
        }
        // The elder is the original: where the applicant's commits are the earlier ones, they are the ones that were copied.
        let elder = match (copy.first_seen, repository.first_commit.max(repository.created_at)) {
            (Some(theirs), Some(ours)) => Some(theirs <= ours),
            _ => None,
        };
        if elder == Some(false) {
            continue;
        }
        let since = copy.first_seen.map(|first| format!(", there since {}", utc(first))).unwrap_or_default();
        let many = at_least(u64::from(copy.same_content_other_author), u64::from(repository.own_commits), SAME_CONTENT_PERCENT);
        findings.push(Finding::new(
            match elder {
                _ if !many => Strength::Weak,
                Some(true) => Strength::Strong,
                _ => Strength::Medium,
            },
            format!(
                "{} in {} stand in {} with the same content under another author{since}.",
                count(copy.same_content_other_author, "commit"),
                repository.name,
                copy.repository,
            ),
            observed(repository, format!("{}: {} by the applicant", repository.name, count(repository.own_commits, "commit"))).relates(
                "has the content of",
                Compared::entry(
                    ComparedKind::Reference,
                    &copy.repository,
                    format!("{} with the same content under another author{since}", count(copy.same_content_other_author, "commit")),
                    "repository compared by the collector",
                    "",
                ),
            ),
        ));
    }
    if let Some(other) = repository.tree_equals.as_deref().filter(|other| !is_own(other)) {
        let all_own = repository.own_commits >= TREE_OWN_COMMITS && is_all_own(repository);
        let same_history = repository.copied_from.iter().any(|copy| copy.repository == *other && copy.same_hash > 0);
        if all_own && !same_history && findings.is_empty() {
            findings.push(
                Finding::new(
                    if repository.commits > COMMITS_OF_A_TEMPLATE { Strength::Medium } else { Strength::Weak },
                    format!("All files of {} equal those of {other}; every commit names the applicant.", repository.name),
                    observed(repository, format!("{}: {}, all by the applicant", repository.name, count(repository.commits, "commit")))
                        .relates(
                            "has the tree of",
                            Compared::entry(ComparedKind::Reference, other, "the same tree", "repository compared by the collector", ""),
                        ),
                )
                .innocent("The other project is a template that is meant to be used this way."),
            );
        }
    }
    findings
}

fn rewritten(dossier: &Dossier, repositories: &[Known<'_, GithubRepository>]) -> Option<Finding> {
    let marked = rewriting::marked(dossier, repositories);
    let mut evidence = marked.iter().flat_map(evidence);
    let first = evidence.next()?;
    let mut said = Vec::new();
    let merges = total(marked.iter().filter_map(|marks| marks.merges.as_ref()).map(|foreign| foreign.merges));
    if merges > 0 {
        said.push(format!("{} of other people are merged, and none of these is an author", count(merges, "pull request")));
    }
    let of = |mark: fn(&Marks<'_, '_>) -> bool, number: fn(&GithubRepository) -> u32| {
        total(marked.iter().filter(|marks| mark(marks)).map(|marks| number(marks.repository)))
    };
    let flips = of(|marks| marks.clocks, |repository| repository.own_flips_beside_utc);
    if flips > 0 {
        said.push(format!("the clock flips by three hours or more within two hours {} times", grouped(u64::from(flips))));
    }
    let committed = of(|marks| marks.committers, |repository| repository.own_committed_by_others);
    if committed > 0 {
        said.push(format!("{} were committed by people who wrote nothing", grouped(u64::from(committed))));
    }
    // Each mark alone has a rare honest explanation; two kinds of them in one account have hardly any.
    let firm_merges = marked.iter().filter_map(|marks| marks.merges.as_ref()).any(|foreign| foreign.firm);
    let kinds = u8::from(firm_merges) + u8::from(flips > 0) + u8::from(committed > 0);
    let strength = match kinds {
        0 => Strength::Weak,
        1 => Strength::Medium,
        _ => Strength::Strong,
    };
    let names: Vec<&str> = marked.iter().map(|marks| marks.repository.name.as_str()).collect();
    let commits = total(marked.iter().map(|marks| marks.repository.own_commits));
    let summary = format!(
        "{} by the applicant in {} bear marks of other hands: {}.",
        count(commits, "commit"),
        list(&names, 4),
        said.join("; "),
    );
    Some(Finding::new(strength, summary, first).and_all(evidence.take(EVIDENCE)))
}

/// Ready-made histories of several places where the applicant does not work.
fn of_several_places(dossier: &Dossier, lens: &Lens<'_>, repositories: &[Known<'_, GithubRepository>]) -> Option<Finding> {
    let own = OwnClocks::of(dossier, YearMonth::of_date(lens.as_of())).ok()??;
    let foreign = foreign_histories::of_several_places(&own, repositories)?;
    // Former homes follow each other; nobody lives in two at one time.
    let strength = if foreign.at_one_time { Strength::Medium } else { Strength::Weak };
    let in_place = git::clocks_in_words(&foreign.in_place, 4);
    let names: Vec<&str> = foreign.histories.iter().map(|history| history.repository.payload.name.as_str()).collect();
    let summary = format!(
        "{} in {} are older than their repositories and bear the clocks of {} places, none of which the applicant works by: {}; made in place: {in_place}.",
        count(total(foreign.histories.iter().map(|history| history.commits)), "own commit"),
        list(&names, 4),
        foreign.places.len(),
        git::clocks_in_words(&foreign.places, 4),
    );
    let mut evidence = foreign.histories.iter().map(|history| {
        let repository = &history.repository;
        let (first, last) = history.span;
        let period = if first == last { format!("in {first}") } else { format!("from {first} to {last}") };
        observed(repository, format!("{}: {} {period} at {}", repository.name, count(history.commits, "own commit"), history.clock))
            .relates("lie more than two hours from", Compared::bound("clocks of what was made in place", in_place.clone()))
    });
    let first = evidence.next()?;
    let finding = Finding::new(strength, summary, first).and_all(evidence.take(EVIDENCE));
    Some(if strength > Strength::Weak { finding } else { finding.innocent("Work of former homes, published later.") })
}

/// More pieces of evidence than this tell no more.
const EVIDENCE: usize = 11;

fn evidence(marks: &Marks<'_, '_>) -> Vec<Evidence> {
        let repository = marks.repository;
        let all = match is_all_own(repository) {
        true => format!("{}: {}, all by the applicant", repository.name, count(repository.commits, "commit")),
        false => format!("{}: {} of {} by the applicant", repository.name, grouped(u64::from(repository.own_commits)), count(repository.commits, "commit")),
    };
        let merges = marks.merges.as_ref().map(|foreign| {
            let again = match repository.pull_merges_rewritten {
                0 => String::new(),
                again => format!(", {again} of them not committed by the platform"),
            };
            let merges = count(foreign.merges, "merged pull request");
            observed(repository, format!("{all}; {merges} from {}{again}", list(&foreign.owners, 4))).relates(
                "contradict",
                Compared::bound("merge of a pull request", "the platform commits it, and its author stays in the history"),
            )
        });
        let clocks = marks.clocks.then(|| {
            let clocks = git::clocks_in_words(&repository.own_offsets, 6);
            let flips = count(repository.own_flips_beside_utc, "flip");
            observed(repository, format!("{all}; {flips} between {clocks}"))
                .relates("are faster than", Compared::bound("any journey", "three hours of clock within two hours"))
        });
        let committers = marks.committers.then(|| {
            let committed = count(repository.own_committed_by_others, "commit");
            let people = count(repository.foreign_committers, "other person");
            observed(repository, format!("{all}; {committed} committed by {people}"))
                .relates("contradict", Compared::bound("history of one author", "who commits so much writes some of it"))
        });
        let imported = (repository.before_repository > 0).then(|| {
            let before = grouped(u64::from(repository.before_repository));
            let made = repository.created_at.map_or_else(|| "an unknown day".to_owned(), |made| utc(made).to_string());
            observed(repository, format!("{}: {before} of {}", repository.name, count(repository.commits, "commit")))
                .relates("are older than", Compared::bound("repository made", made))
        });
        merges.into_iter().chain(clocks).chain(committers).chain(imported).collect()
    }
