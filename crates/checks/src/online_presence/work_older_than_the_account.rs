//! # What it finds
//! Work that is older than the GitHub account which shows it: own commits dated before the account was made, repositories that a
//! collector found to begin before it, or a career of several software jobs on an account made within the last two years.
//!
//! # Why it matters
//! Whoever borrows a history has to bring it into an account of their own, and that account is young. The dates alone prove
//! nothing; they say where to look for a copy.
//!
//! # Innocent explanations
//! - The code was moved from another host, such as GitLab, Bitbucket or an employer's server. Where the history shows that its own
//!   author moved it (one identity and one clock before and after, co-authors and dates left in place), the finding is weak.
//! - An older account was lost, closed or kept for private matters.
//! - Years of work in private repositories of employers, without any need for an account of one's own.
//! - Somebody else's history was cloned for study, and nobody claims it.
//!
//! # What to ask next
//! - Where was this code kept before, and can you show it there?
//! - Which accounts did you use before this one?
//!
//! # Sources
//! - Signal ONL-005: gh-fake-analyzer (*potential copy*), Ketman, SEAL.
//! - Account younger than the career: linkage research, consistency checks on claims (weak: people change accounts).

use crate::{
    prelude::*,
    support::{
        career,
        days::{between, utc},
        git, moved_history,
        words::{at_least, count, grouped, list, percent, total},
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-005"),
    slug: "work-older-than-the-account",
    stage: Stage::OnlinePresence,
    title: "Work older than the account",
    summary: "Dates of own commits and of the claimed career against the day the GitHub account was made.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::CodeHistory,
    facts: &[FactKind::GithubAccount],
    flags: Flags::NONE,
};

/// Projects are begun on one's own machine; a first commit this many days before the account is how accounts come about.
const BEGUN_AT_HOME_DAYS: i64 = 30;
/// Fewer own commits than this before the account are one small project that was moved.
const FEW_COMMITS: u32 = 10;
/// From this share of all own work in this many repositories on, the account shows little but what is older than itself.
const MOST_OF_THE_WORK_PERCENT: u64 = 75;
const MANY_COMMITS: u32 = 50;
const MANY_REPOSITORIES: usize = 3;
/// The collector looks at the first commit only; one such repository is one that was moved.
const FEW_COPIES: u64 = 2;
const HALF_PERCENT: u64 = 50;
/// An account younger than this at the application is young; where only its year is known, the whole year counts in its favour.
const YOUNG_MONTHS: i32 = 24;
/// Four jobs in software, the first of them two years before the account: more than a beginner who opened an account late.
const CAREER_JOBS: usize = 4;
const CAREER_BEFORE_MONTHS: i32 = 24;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let mut examined = Vec::new();
    let accounts = dossier.require::<GithubAccount>("GitHub account")?;
    for account in &accounts {
        if let Some(made) = account.created_at {
            let commits = older_commits(dossier, lens, account, made);
            examined.extend(commits.examined);
            findings.extend(commits.finding);
        }
    }
    if let Some((account, made)) = accounts.iter().filter_map(|account| Some((account, earliest_making(account)?))).min_by_key(|(_, made)| *made) {
        let jobs = career::software_jobs(dossier);
        examined.push(format!("{} against an account made in {}", count(jobs.len(), "software job"), making_in_words(account)));
        findings.extend(younger_than_career(account, made, &jobs, YearMonth::of_date(dossier.judged_on(lens))));
    }
    if examined.is_empty() {
        return Err(Early::inconclusive(Need::Facts, "when the GitHub account was made"));
    }
    Ok(Outcome::of(findings, examined.join("; ")))
}

#[derive(Default)]
struct Older {
    examined: Option<String>,
    finding: Option<Finding>,
}

fn older_commits(dossier: &Dossier, lens: &Lens<'_>, account: &Known<'_, GithubAccount>, made: jiff::Timestamp) -> Older {
    let repositories = git::original_repositories(dossier, &account.login);
    let own = total(repositories.iter().map(|repository| repository.own_commits));
    if own == 0 {
        return older_by_collector(account, made);
    }
        let mut older: Vec<_> = repositories
        .iter()
        .filter(|repository| repository.own_before_account > 0 && repository.first_commit.is_some_and(|first| between(first, made) > BEGUN_AT_HOME_DAYS))
        .collect();
    older.sort_by(|left, right| right.own_before_account.cmp(&left.own_before_account).then_with(|| left.name.cmp(&right.name)));
    let before = total(older.iter().map(|repository| repository.own_before_account));
    let examined = Some(format!("{} in {}", count(own, "own commit"), count(repositories.len(), "original repository")));
    if before < FEW_COMMITS {
        return Older { examined, finding: None };
    }
    let old_account = older_account(dossier, account);
    let massive = before >= MANY_COMMITS
        && older.len() >= MANY_REPOSITORIES
        && at_least(u64::from(before), u64::from(own), MOST_OF_THE_WORK_PERCENT);
    let moved = if massive && old_account.is_none() {
        moved_history::by_its_author(dossier, lens, account, YearMonth::of_date(utc(made)), &older)
    } else {
        None
    };
    let strength = if massive && old_account.is_none() && moved.is_none() { Strength::Medium } else { Strength::Weak };
    let mut evidence = older.iter().take(5).map(|repository| {
        let first = repository.first_commit.map_or_else(|| "an unknown day".to_owned(), |first| utc(first).to_string());
        observed(*repository, format!("{}: {} since {first}", repository.name, count(repository.own_before_account, "own commit"))).relates(
            "is older than",
            Compared::fact(account, format!("account {} made on {}", account.login, utc(made))),
        )
    });
    let Some(first) = evidence.next() else { return Older { examined, finding: None } };
    let summary = format!(
        "{} of {} in {} of {} are dated before the account {} was made ({}).",
        grouped(u64::from(before)),
        count(own, "own commit"),
        older.len(),
        count(repositories.len(), "original repository"),
        account.login,
        utc(made),
    );
    let mut finding = Finding::new(strength, summary, first).and_all(evidence);
    if let Some(login) = old_account {
        finding = finding.innocent(format!("Some of these commits bear the no-reply address of {login}, an older account of the same number."));
    }
    if let Some(moved) = moved {
        finding = finding.innocent(moved);
    }
    Older { examined, finding: Some(finding) }
}

/// An older login in the account's own no-reply addresses with commits from before the account.
fn older_account(dossier: &Dossier, account: &GithubAccount) -> Option<String> {
    git::own_identities(dossier)
        .into_iter()
        .filter(|identity| identity.before_account > 0)
        .filter_map(|identity| identity.noreply_login.clone())
        .find(|login| !login.eq_ignore_ascii_case(&account.login))
}

fn older_by_collector(account: &Known<'_, GithubAccount>, made: jiff::Timestamp) -> Older {
    let Some(copies) = account.potential_copies else { return Older::default() };
    let all = account.public_repos.unwrap_or(0).max(copies);
    let examined = Some(format!("the first commits of {} as the collector reports them", count(all, "public repository")));
    if copies < FEW_COPIES {
        return Older { examined, finding: None };
    }
    let massive = copies >= MANY_REPOSITORIES as u64 && at_least(copies, all, HALF_PERCENT);
    let strength = if massive { Strength::Medium } else { Strength::Weak };
    let summary = format!(
        "{} of {} ({}) begin before the account {} was made ({}).",
        copies,
        count(all, "public repository"),
        percent(copies, all),
        account.login,
        utc(made),
    );
    let evidence = observed(account, format!("{} whose first commit is older than the account", count(copies, "repository")))
        .relates("is older than", Compared::bound("account made", utc(made).to_string()));
    Older { examined, finding: Some(Finding::new(strength, summary, evidence)) }
}

fn younger_than_career(
    account: &Known<'_, GithubAccount>,
    made: YearMonth,
    jobs: &[Known<'_, Work>],
    judged: YearMonth,
) -> Option<Finding> {
    let begun = career::begun(jobs)?;
    let young = (0..YOUNG_MONTHS).contains(&judged.months_since(made));
    if !young || jobs.len() < CAREER_JOBS || made.months_since(begun) < CAREER_BEFORE_MONTHS {
        return None;
    }
    let employers: Vec<&str> = jobs.iter().map(|job| job.employer.as_str()).collect();
    let summary = format!(
        "Claims {} since {begun}; the GitHub account was made in {}.",
        count(jobs.len(), "software job"),
        making_in_words(account),
    );
    let value = format!("{} since {begun}: {}", count(jobs.len(), "software job"), list(&employers, 4));
    let first = jobs.first()?;
    let evidence = observed(first, value).relates(
        "is older than",
        Compared::fact(account, format!("account made in {}", making_in_words(account))),
    );
    let cited = jobs.iter().skip(1).map(|job| {
        let start = job.start.map(|start| start.to_string()).unwrap_or_default();
        observed(job, format!("{}, {} since {start}", job.employer, job.title))
            .relates("belongs to", Compared::fact(first, format!("the career since {begun}")))
    });
    Some(Finding::new(Strength::Weak, summary, evidence).and_all(cited))
}

/// The earliest month in which the account may have been made.
fn earliest_making(account: &GithubAccount) -> Option<YearMonth> {
    match account.created_at {
        Some(at) => Some(YearMonth::of_date(utc(at))),
        None => YearMonth::new(account.created_year?, 1),
    }
}

fn making_in_words(account: &GithubAccount) -> String {
    match (account.created_at, account.created_year) {
        (Some(at), _) => YearMonth::of_date(utc(at)).to_string(),
        (None, Some(year)) => year.to_string(),
        (None, None) => "an unknown year".to_owned(),
    }
}
