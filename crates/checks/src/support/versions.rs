//! Two tellings of one career compared: form, résumé, profile.

use bonafide_normalise::name::{self, NameRelation};

use super::jobs::{in_words, same_firm};
use crate::prelude::*;

/// Months by which the start of one job may differ between two tellings: memory, notice periods, rounding to a quarter.
const FORGIVEN_MONTHS: i32 = 6;

/// From here on a year was moved, not a month.
const MOVED_MONTHS: i32 = 12;

/// Fewer jobs than this in a telling are a choice, not a history.
const FEWEST_JOBS: usize = 2;

/// Disagreements of two tellings about jobs.
pub(crate) fn of_jobs(left: &[Known<'_, Work>], right: &[Known<'_, Work>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut in_common = 0;
    for one in left {
        // A firm may stand several times (promotions): the telling with the nearest start is the same job.
        let other = right
            .iter()
            .filter(|other| same_firm(&one.employer, &other.employer))
            .min_by_key(|other| months_apart(one, other).unwrap_or(i32::MAX));
        let Some(other) = other else { continue };
        in_common += 1;
        let Some(months) = months_apart(one, other).filter(|months| *months > FORGIVEN_MONTHS) else { continue };
        let strength = if months > MOVED_MONTHS { Strength::Medium } else { Strength::Weak };
        findings.push(Finding::new(
            strength,
            format!("The job at {} starts {months} months apart in two tellings.", one.employer),
            observed(one, in_words(one)).relates("starts at another time than", Compared::fact(other, in_words(other))),
        ));
    }
    let told = |jobs: &[Known<'_, Work>]| jobs.iter().filter(|job| !job.employer.trim().is_empty()).count();
    if in_common == 0
        && told(left) >= FEWEST_JOBS
        && told(right) >= FEWEST_JOBS
        && let (Some(one), Some(other)) = (left.first(), right.first())
    {
        findings.push(Finding::new(
            Strength::Medium,
            format!("Two tellings of the career have no employer in common ({} and {} jobs).", left.len(), right.len()),
            observed(one, in_words(one)).relates("belongs to another career than", Compared::fact(other, in_words(other))),
        ));
    }
    findings
}

/// Months between the starts of two jobs, at the least that their precision allows; `None` where one is not dated.
fn months_apart(left: &Work, right: &Work) -> Option<i32> {
    let (left, right) = (left.start?, right.start?);
    let gap = |earlier: PartialDate, later: PartialDate| later.earliest_month().months_since(earlier.latest_month());
    Some(gap(left, right).max(gap(right, left)).max(0))
}

/// Whether two names may be one person's, given all names the person goes by.
pub(crate) fn differs_from_all(name: &str, known: &[&str]) -> bool {
    !known.is_empty() && known.iter().all(|other| name::compare(name, other) == NameRelation::Different)
}

/// All names that the applicant states: form, former names, résumés.
pub(crate) fn stated_names(dossier: &Dossier) -> Vec<Known<'_, PersonName>> {
    dossier
        .all::<PersonName>()
        .filter(|name| matches!(name.role, NameRole::Application | NameRole::Former | NameRole::Resume))
        .collect()
}
