//! # What it finds
//! Two jobs at different firms that ran side by side for two months or more, neither of which says that it was part time, on
//! contract, an internship or an own venture; and jobs that end before they start or end in the future.
//!
//! # Why it matters
//! Invented histories are put together from several lives, and several people who share one persona hold several jobs at once.
//!
//! # Innocent explanations
//! - Part-time work, consulting or a notice period that the résumé does not spell out.
//! - A firm that was bought or renamed and is listed twice. Two roles at one firm are never an overlap: résumés nest them.
//! - A typing error in one date.
//!
//! # What to ask next
//! - How were the two jobs divided over the week, and did both employers know?
//! - Who at each firm can confirm the months?
//!
//! # Sources
//! - Signal RES-007: FBI IC3 PSA231018; Security Alliance, frameworks on DPRK IT workers.

use std::collections::BTreeSet;

use crate::{
    prelude::*,
    support::{
        jobs::{Job, dated, in_words, leaves_room, months_shared, same_firm},
        words::count,
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-007"),
    slug: "overlapping-full-time-jobs",
    stage: Stage::Resume,
    title: "Overlapping full-time jobs or impossible dates",
    summary: "The months of each job against those of every other job of the same source, and against the day of application.",
    since: "0.1.0",
    status: Status::Stable,
    strength: Strength::Medium,
    family: Family::History,
    facts: &[FactKind::Work],
    flags: Flags::NONE,
};

/// A month in common is how people write a change of jobs.
const OVERLAP_FROM_MONTHS: i32 = 2;

/// Notice periods and hand-overs explain a few months; from here on two full weeks of work were claimed side by side.
const OVERLAP_MEDIUM_FROM_MONTHS: i32 = 4;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let judged = YearMonth::of_date(dossier.judged_on(lens));
    let mut findings = Vec::new();
    let mut examined = 0;
    // The form and the résumé usually tell the same jobs: a pair of employers is told once.
    let mut told = BTreeSet::new();
    for role in [ClaimRole::Application, ClaimRole::Resume, ClaimRole::Profile] {
        let jobs = dated(dossier, role, judged);
        examined += jobs.len();
        findings.extend(jobs.iter().filter_map(|job| impossible(job, judged)));
        for (index, left) in jobs.iter().enumerate() {
            for right in &jobs[index + 1..] {
                if let Some(finding) = overlap(left, right)
                    && told.insert(pair(left, right))
                {
                    findings.push(finding);
                }
            }
        }
    }
    if examined == 0 {
        return Err(Early::inconclusive(Need::Facts, "start and end of at least one job"));
    }
    findings.truncate(MOST_FINDINGS);
    Ok(Outcome::of(findings, format!("the months of {}", count(examined, "dated job"))))
}

/// A history in which everything overlaps needs no hundred findings to be looked at.
const MOST_FINDINGS: usize = 12;

fn pair(left: &Job<'_>, right: &Job<'_>) -> [String; 2] {
    let mut pair = [left, right].map(|job| job.work.employer.to_lowercase());
    pair.sort();
    pair
}

fn overlap(left: &Job<'_>, right: &Job<'_>) -> Option<Finding> {
    let shared = months_shared(left, right);
    if shared < OVERLAP_FROM_MONTHS || leaves_room(&left.work) || leaves_room(&right.work) || same_firm(&left.work.employer, &right.work.employer) {
        return None;
    }
    let strength = if shared >= OVERLAP_MEDIUM_FROM_MONTHS { Strength::Medium } else { Strength::Weak };
    Some(Finding::new(
        strength,
        format!("{} and {} are claimed side by side for {}.", left.work.employer, right.work.employer, count(shared, "month")),
        observed(&left.work, in_words(&left.work)).relates("overlaps with", Compared::fact(&right.work, in_words(&right.work))),
    ))
}

fn impossible(job: &Job<'_>, judged: YearMonth) -> Option<Finding> {
    let (start, end) = (job.work.start?, job.work.end);
    if let End::On(end) = end
        && end.latest_month() < start.earliest_month()
    {
        return Some(Finding::new(
            Strength::Weak,
            format!("The job at {} ends before it starts.", job.work.employer),
            observed(&job.work, in_words(&job.work)).relates("contradicts", Compared::bound("a job ends after it starts", format!("{start} ≤ {end}"))),
        ));
    }
    if start.earliest_month() > judged {
        return Some(Finding::new(
            Strength::Weak,
            format!("The job at {} starts after the day of application.", job.work.employer),
            observed(&job.work, in_words(&job.work)).relates("lies behind", Compared::bound("month of application", judged.to_string())),
        ));
    }
    None
}
