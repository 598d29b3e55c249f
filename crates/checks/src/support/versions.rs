//! Two tellings of one career compared: form, résumé, profile.

use bonafide_model::lens::OtherTelling;
use bonafide_normalise::name::{self, NameRelation};
use jiff::civil::Date;

use super::jobs::{in_words, same_firm};
use crate::prelude::*;

/// Months by which the start of one job may differ between two tellings: memory, notice periods, rounding to a quarter.
const FORGIVEN_MONTHS: i32 = 6;

/// From here on a year was moved, not a month.
const MOVED_MONTHS: i32 = 12;

/// Fewer jobs than this in a telling are a choice, not a history.
const FEWEST_JOBS: usize = 2;

/// How disagreements are worded.
struct Wording {
    starts: &'static str,
    nothing_in_common: &'static str,
    another_time: &'static str,
    another_career: &'static str,
}

const TELLINGS: Wording = Wording {
    starts: "in two tellings",
    nothing_in_common: "Two tellings of the career",
    another_time: "starts at another time than",
    another_career: "belongs to another career than",
};

const APPLICATIONS: Wording = Wording {
    starts: "in two applications of this person",
    nothing_in_common: "Two applications of this person",
    another_time: "starts at another time than in",
    another_career: "belongs to another career than that of",
};

/// A job of the other telling.
struct Other<'a> {
    employer: &'a str,
    start: Option<PartialDate>,
    named: Compared,
}

/// Disagreements of two tellings about jobs.
pub(crate) fn of_jobs(left: &[Known<'_, Work>], right: &[Known<'_, Work>]) -> Vec<Finding> {
    let right: Vec<Other<'_>> = right
        .iter()
        .map(|job| Other { employer: &job.employer, start: job.start, named: Compared::fact(job, in_words(job)) })
        .collect();
    disagreements(left, &right, &TELLINGS, true)
}

/// Disagreements of the applicant's telling with that of another application of the same person. Who applies again years later tells
/// of other jobs: such tellings are compared where they name the same firm alone.
pub(crate) fn of_other_application(own: &[Known<'_, Work>], other: &OtherTelling, applied_on: Option<Date>) -> Vec<Finding> {
    let right: Vec<Other<'_>> = other
        .jobs
        .iter()
        .map(|job| Other { employer: &job.employer, start: job.start, named: Compared::subject(&other.subject) })
        .collect();
    disagreements(own, &right, &APPLICATIONS, are_near(applied_on, other.applied_on))
}

fn disagreements(left: &[Known<'_, Work>], right: &[Other<'_>], wording: &Wording, need_one_in_common: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut in_common = 0;
    for one in left {
        // A firm may stand several times (promotions): the telling with the nearest start is the same job.
        let other = right
            .iter()
            .filter(|other| same_firm(&one.employer, other.employer))
            .min_by_key(|other| months_apart(one.start, other.start).unwrap_or(i32::MAX));
        let Some(other) = other else { continue };
        in_common += 1;
        let Some(months) = months_apart(one.start, other.start).filter(|months| *months > FORGIVEN_MONTHS) else { continue };
        let strength = if months > MOVED_MONTHS { Strength::Medium } else { Strength::Weak };
        findings.push(Finding::new(
            strength,
            format!("The job at {} starts {months} months apart {}.", one.employer, wording.starts),
            observed(one, in_words(one)).relates(wording.another_time, other.named.clone()),
        ));
    }
    let told = left.iter().filter(|job| !job.employer.trim().is_empty()).count();
    let told_by_other = right.iter().filter(|job| !job.employer.trim().is_empty()).count();
    if need_one_in_common
        && in_common == 0
        && told >= FEWEST_JOBS
        && told_by_other >= FEWEST_JOBS
        && let (Some(one), Some(other)) = (left.first(), right.first())
    {
        findings.push(Finding::new(
            Strength::Medium,
            format!("{} have no employer in common ({} and {} jobs).", wording.nothing_in_common, left.len(), right.len()),
            observed(one, in_words(one)).relates(wording.another_career, other.named.clone()),
        ));
    }
    findings
}

/// That two tellings name schools and none of them in both. Weak: a course that is left out of one of them looks the same.
pub(crate) fn of_schools(own: &[Known<'_, Education>], other: &[&str], named: impl FnOnce() -> Compared) -> Option<Finding> {
    let first = own.first()?;
    let is_in_both = |school: &Known<'_, Education>| other.iter().any(|other| may_be_one_school(&school.school, other));
    if other.is_empty() || own.iter().any(is_in_both) {
        return None;
    }
    Some(Finding::new(
        Strength::Weak,
        format!("Two tellings of this person's studies have no school in common ({} and {}).", own.len(), other.len()),
        observed(first, &first.school).relates("is none of the schools in", named()),
    ))
}

/// Whether two names may be one school's: a telling word in common, or the initials of the other.
fn may_be_one_school(one: &str, other: &str) -> bool {
    const KINDS: [&str; 24] = [
        "academy",
        "college",
        "ecole",
        "escuela",
        "faculty",
        "high",
        "hochschule",
        "institut",
        "institute",
        "institutes",
        "instituto",
        "national",
        "polytechnic",
        "school",
        "state",
        "technical",
        "technology",
        "universidad",
        "universidade",
        "universita",
        "universitat",
        "universite",
        "university",
        "universität",
    ];
    let words = |name: &str| -> Vec<String> {
        let folded = any_letters(name);
        folded
            .split_whitespace()
            .filter(|word| !["of", "the", "and", "de", "la", "for", "in"].contains(word))
            .map(str::to_owned)
            .collect()
    };
    let initials = |words: &[String]| words.iter().filter_map(|word| word.chars().next()).collect::<String>();
    let (one, other) = (words(one), words(other));
    if one.is_empty() || other.is_empty() || one == other {
        return true;
    }
    let telling = |words: &'_ [String]| -> Vec<String> {
        words.iter().filter(|word| !KINDS.contains(&word.as_str()) && word.chars().count() > 2).cloned().collect()
    };
    let is_short_for =
        |short: &[String], long: &[String]| short.iter().any(|word| word.len() > 1 && initials(long).contains(word.as_str()));
    let (telling_one, telling_other) = (telling(&one), telling(&other));
    telling_one.iter().any(|word| telling_other.contains(word)) || is_short_for(&one, &other) || is_short_for(&other, &one)
}

/// Lower-case letters and digits, everything else as spaces.
fn any_letters(text: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).flat_map(char::to_lowercase).collect()
}

/// Whether two applications were handed in within two years: a career does not turn over in that time.
pub(crate) fn are_near(one: Option<Date>, other: Option<Date>) -> bool {
    const DAYS: i32 = 731;
    let (Some(one), Some(other)) = (one, other) else { return false };
    one.until(other).is_ok_and(|span| span.get_days().abs() <= DAYS)
}

/// Months between two dates, at the least that their precision allows; `None` where one is missing.
fn months_apart(left: Option<PartialDate>, right: Option<PartialDate>) -> Option<i32> {
    let (left, right) = (left?, right?);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schools_that_may_be_one() {
        for (one, other) in [
            ("Elm University", "University of Elm"),
            ("MIT", "Massachusetts Institute of Technology"),
            ("TU Berlin", "Technische Universität Berlin"),
            ("The Kestrel Institute of Technology", "Kestrel Institute"),
            ("", "Elm University"),
        ] {
            assert!(may_be_one_school(one, other) && may_be_one_school(other, one), "{one} {other}");
        }
        assert!(!may_be_one_school("University of Elm", "University of Oak"));
        assert!(!may_be_one_school("Kestrel Institute of Technology", "Merlin Institute of Technology"));
    }
}
