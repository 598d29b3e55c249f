//! One run: many assessments in the order of the queue, and what the run as a whole could not check.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use bonafide_model::{
    assessment::{Assessment, Band, Inconclusive},
    check::Need,
    dossier::Dossier,
    finding::{Compared, ComparedKind, Evidence},
    id::CheckCode,
};
use jiff::civil::Date;

pub use crate::words::Other;
use crate::{timeline::Timeline, words::thousands};

/// Everything one report speaks of.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// The program and its version, such as `bonafide 0.1.0`; empty where the reader need not know.
    pub program: String,
    /// The lens's day.
    pub as_of: Date,
    /// The subjects, in any order; reports put them in the order of the queue.
    pub subjects: Vec<Reported>,
    /// Inputs that could not be read at all. A report that left them out would look complete.
    pub unread: Vec<Unread>,
    /// What readers noticed beside the facts, such as a field with a name that nobody knows.
    pub noticed: Vec<Noticed>,
    /// Subjects outside this run that evidence may name, by id. Subjects of the run are found without it; an id that is in neither is
    /// shown as it is.
    pub others: BTreeMap<String, Other>,
}

/// One subject of a run.
#[derive(Clone, Debug)]
pub struct Reported {
    /// Its assessment.
    pub assessment: Assessment,
    /// What of its dossier is drawn over time.
    pub timeline: Timeline,
}

/// An input that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The input as it was given.
    pub input: String,
    /// The reason, and what to do.
    pub reason: String,
}

/// The first few of every input, in their order, and behind the last of them how many more there are: a file that is no set at all is
/// one mistake and not ten thousand.
pub(crate) fn first_of_each(unread: &[Unread], most: usize) -> Vec<Unread> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let counts = unread.iter().fold(BTreeMap::<&str, usize>::new(), |mut counts, unread| {
        *counts.entry(&unread.input).or_default() += 1;
        counts
    });
    let mut shown = Vec::new();
    for one in unread {
        let number = seen.entry(&one.input).or_default();
        *number += 1;
        if *number <= most {
            shown.push(one.clone());
        }
        let rest = counts.get(one.input.as_str()).map_or(0, |count| count.saturating_sub(most));
        if *number == most && rest > 0 {
            let reason = if rest == 1 { "1 more record".to_owned() } else { format!("{} more records", thousands(rest)) };
            shown.push(Unread { input: one.input.clone(), reason });
        }
    }
    shown
}

/// Something that readers noticed in one or more applications and that left nothing unread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noticed {
    /// What was seen, with the artefact and the field.
    pub what: String,
    /// The first application in which it was, by id.
    pub first: String,
    /// How many it was in.
    pub applications: usize,
}

impl Reported {
    /// An assessment with the timeline of its dossier. The dossier need not be kept.
    #[must_use]
    pub fn new(assessment: Assessment, dossier: &Dossier) -> Self {
        let timeline = Timeline::of(dossier, assessment.as_of);
        Self { assessment, timeline }
    }
}

impl Run {
    /// The subjects in the order of the queue: band, then weight, most first, then id.
    #[must_use]
    pub fn ranked(&self) -> Vec<&Reported> {
        let mut subjects: Vec<_> = self.subjects.iter().collect();
        subjects.sort_by(|left, right| queue_order(&left.assessment, &right.assessment));
        subjects
    }

    /// The number of subjects in a band.
    #[must_use]
    pub fn count(&self, band: Band) -> usize {
        self.subjects.iter().filter(|subject| subject.assessment.band == band).count()
    }

    /// What could not be checked in the whole run, one entry per kind of need.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        let mut gaps: BTreeMap<Need, Lacking<'_>> = BTreeMap::new();
        for subject in &self.subjects {
            let mut counted = BTreeSet::new();
            for Inconclusive { code, missing } in &subject.assessment.coverage.inconclusive {
                let gap = gaps.entry(missing.need).or_default();
                gap.checks.insert(*code);
                gap.subjects += usize::from(counted.insert(missing.need));
                *gap.what.entry(missing.what.as_str()).or_default() += 1;
            }
        }
        let finish = |(need, lacking): (Need, Lacking<'_>)| {
            let mut what: Vec<_> = lacking.what.into_iter().collect();
            what.sort_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(right.0)));
            let what = what.into_iter().map(|(what, _)| what.to_owned()).collect();
            Gap { need, checks: lacking.checks.into_iter().collect(), subjects: lacking.subjects, what }
        };
        gaps.into_iter().map(finish).collect()
    }

    /// Names of other subjects, as evidence needs them.
    pub(crate) fn directory(&self) -> Directory<'_> {
        let mut within = BTreeMap::new();
        for subject in &self.subjects {
            within.insert(subject.assessment.subject.as_str(), subject.assessment.display_name.as_str());
        }
        Directory { within, others: &self.others }
    }
}

fn queue_order(left: &Assessment, right: &Assessment) -> Ordering {
    right.band.cmp(&left.band).then(right.weight.cmp(&left.weight)).then_with(|| left.subject.cmp(&right.subject))
}

/// A kind of surroundings that checks lacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The kind.
    pub need: Need,
    /// The checks that lacked it, in order.
    pub checks: Vec<CheckCode>,
    /// How many subjects are affected.
    pub subjects: usize,
    /// What exactly was missing, the commonest first.
    pub what: Vec<String>,
}

/// A gap in the making: wordings with the number of checks that used them.
#[derive(Default)]
struct Lacking<'a> {
    checks: BTreeSet<CheckCode>,
    subjects: usize,
    what: BTreeMap<&'a str, usize>,
}

/// What one subject's checks lacked, one entry per kind of need.
pub(crate) fn gaps_of(assessment: &Assessment) -> Vec<Gap> {
    let mut gaps: BTreeMap<Need, Gap> = BTreeMap::new();
    for Inconclusive { code, missing } in &assessment.coverage.inconclusive {
        let gap = gaps.entry(missing.need).or_insert_with(|| Gap {
            need: missing.need,
            checks: Vec::new(),
            subjects: 1,
            what: Vec::new(),
        });
        if !gap.checks.contains(code) {
            gap.checks.push(*code);
        }
        if !gap.what.contains(&missing.what) {
            gap.what.push(missing.what.clone());
        }
    }
    gaps.into_values().collect()
}

/// Checks that gave the same reason, the reason with most checks first.
pub(crate) fn by_reason<'a>(reasons: impl Iterator<Item = (CheckCode, &'a str)>) -> Vec<(&'a str, Vec<CheckCode>)> {
    let mut grouped: BTreeMap<&str, Vec<CheckCode>> = BTreeMap::new();
    for (code, reason) in reasons {
        grouped.entry(reason).or_default().push(code);
    }
    let mut grouped: Vec<_> = grouped.into_iter().collect();
    for (_, codes) in &mut grouped {
        codes.sort_unstable();
    }
    grouped.sort_by(|left, right| right.1.len().cmp(&left.1.len()).then(left.1.cmp(&right.1)).then(left.0.cmp(right.0)));
    grouped
}

/// Resolves the ids of other subjects.
pub(crate) struct Directory<'a> {
    within: BTreeMap<&'a str, &'a str>,
    others: &'a BTreeMap<String, Other>,
}

impl Directory<'_> {
    /// The other subject that a piece of evidence names.
    pub(crate) fn resolve(&self, evidence: &Evidence) -> Option<Other> {
        self.resolve_id(&evidence.compared_with)
    }

    /// The other subject that something was compared with.
    pub(crate) fn resolve_id(&self, compared: &Compared) -> Option<Other> {
        if compared.kind != ComparedKind::Subject {
            return None;
        }
        let id = compared.id.as_str();
        let within = self.within.get(id).map(|name| Other::Named((*name).to_owned()));
        within.or_else(|| self.others.get(id).cloned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_each_input_the_first_few_are_shown_and_the_rest_is_counted() {
        let unread = |input: &str, number: usize| Unread { input: input.into(), reason: format!("line {number}") };
        let mut all: Vec<Unread> = (1..=5).map(|number| unread("a", number)).collect();
        all.push(unread("b", 1));
        all.extend((6..=7).map(|number| unread("a", number)));
        let shown: Vec<String> =
            first_of_each(&all, 2).into_iter().map(|unread| format!("{} {}", unread.input, unread.reason)).collect();
        assert_eq!(shown, ["a line 1", "a line 2", "a 5 more records", "b line 1"]);
        assert_eq!(first_of_each(&all, 7), all);
        assert!(first_of_each(&all, 6).iter().any(|unread| unread.reason == "1 more record"));
    }
}
