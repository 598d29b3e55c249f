//! Repositories that were brought ready-made from places where the applicant never works.
//!
//! A history that is replaced by one author's name keeps the clocks of its true author. One such repository may stem from a former
//! home; several, each on the clock of another continent, stem from several people.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    git,
    own_clocks::{OwnClocks, Row},
    words::{at_least, total},
};
use crate::prelude::*;

/// A history below this is a trifle.
const BROUGHT_COMMITS: u32 = 10;
/// Nearly all: of what was brought, on one clock; of the repository, the applicant's.
const NEARLY_ALL_PERCENT: u64 = 90;
/// Both states of summer time and a neighbour's clock are one place.
const ONE_PLACE_MINUTES: i32 = 120;
/// Places lie as far apart as no state of summer time and no neighbour.
const APART_MINUTES: i32 = 180;
/// Commits made in place that show where the applicant works.
const MADE_IN_PLACE: u32 = 10;
/// A place counts from so many commits made there on: one is a journey.
const COMMITS_OF_A_PLACE: u32 = 2;
/// Months with work at two places: more than those of departure and return of two journeys, and a good part of the history's.
const SHARED_MONTHS: usize = 4;
const SHARED_PERCENT: u64 = 25;

/// A history brought ready-made on a foreign clock.
pub(crate) struct ForeignHistory<'d> {
    /// The repository.
    pub(crate) repository: Known<'d, GithubRepository>,
    /// The commonest clock of what was brought.
    pub(crate) clock: UtcOffset,
    /// Commits of what was brought.
    pub(crate) commits: u32,
    /// First and last month of what was brought on that clock.
    pub(crate) span: (YearMonth, YearMonth),
    months: BTreeSet<YearMonth>,
}

/// What was brought, and the clocks of what was made in place.
pub(crate) struct Foreign<'d> {
    /// The histories, largest first.
    pub(crate) histories: Vec<ForeignHistory<'d>>,
    /// Places of the histories, each three hours or more from the others.
    pub(crate) places: Vec<(UtcOffset, u32)>,
    /// The clocks of what was made in place.
    pub(crate) in_place: Vec<(UtcOffset, u32)>,
    /// Whether a history was written in the same months as others at another place, or as what was made in place: whoever travels
    /// shares the months of departure and return.
    pub(crate) at_one_time: bool,
}

/// The foreign histories, where they come from two places or more.
pub(crate) fn of_several_places<'d>(own: &OwnClocks<'d>, repositories: &[Known<'d, GithubRepository>]) -> Option<Foreign<'d>> {
    let in_place = clocks(own.rows().filter(|row| !row.imported));
    if total(in_place.iter().map(|(_, commits)| *commits)) < MADE_IN_PLACE {
        return None;
    }
    let at_home = |clock: UtcOffset| {
        in_place.iter().any(|(place, commits)| *commits >= COMMITS_OF_A_PLACE && git::apart(*place, clock) <= ONE_PLACE_MINUTES)
    };
    let mut histories: Vec<ForeignHistory<'d>> =
        repositories.iter().filter_map(|repository| brought(own, repository)).filter(|history| !at_home(history.clock)).collect();
    histories
        .sort_by(|left, right| right.commits.cmp(&left.commits).then_with(|| left.repository.name.cmp(&right.repository.name)));
    let all: Vec<(UtcOffset, u32)> = histories.iter().map(|history| (history.clock, history.commits)).collect();
    let places = git::clocks_apart(&all, APART_MINUTES, 1);
    let at_one_time = histories.iter().any(|history| {
        let elsewhere = |month: &YearMonth| {
            let others = histories.iter().filter(|other| other.months.contains(month)).map(|other| other.clock);
            let live =
                own.rows().filter(|row| !row.imported && row.month == *month && row.clock != UtcOffset::UTC).map(|row| row.clock);
            others.chain(live).any(|clock| git::apart(clock, history.clock) >= APART_MINUTES)
        };
        let shared = history.months.iter().filter(|month| elsewhere(month)).count();
        shared >= SHARED_MONTHS && at_least(shared as u64, history.months.len() as u64, SHARED_PERCENT)
    });
    (places.len() > 1).then_some(Foreign { histories, places, in_place, at_one_time })
}

/// What was brought to a repository that is the applicant's alone, where it is of one place.
fn brought<'d>(own: &OwnClocks<'d>, repository: &Known<'d, GithubRepository>) -> Option<ForeignHistory<'d>> {
    if !at_least(u64::from(repository.own_commits), u64::from(repository.commits), NEARLY_ALL_PERCENT) {
        return None;
    }
    let rows: Vec<&Row<'_>> = own
        .identities
        .iter()
        .filter(|clocks| clocks.identity.login.eq_ignore_ascii_case(&repository.login))
        .flat_map(|clocks| &clocks.rows)
        .filter(|row| row.imported && row.clock != UtcOffset::UTC && row.repository == Some(repository.payload.name.as_str()))
        .collect();
    let clocks = clocks(rows.iter().copied());
    let clock = clocks.iter().max_by_key(|(clock, commits)| (*commits, *clock))?.0;
    let commits = total(clocks.iter().map(|(_, commits)| *commits));
    let near =
        total(clocks.iter().filter(|(other, _)| git::apart(*other, clock) <= ONE_PLACE_MINUTES).map(|(_, commits)| *commits));
    if commits < BROUGHT_COMMITS || !at_least(u64::from(near), u64::from(commits), NEARLY_ALL_PERCENT) {
        return None;
    }
    // A stray commit of a later journey is no part of the time.
    let months: BTreeSet<YearMonth> =
        rows.iter().filter(|row| git::apart(row.clock, clock) <= ONE_PLACE_MINUTES).map(|row| row.month).collect();
    let span = (*months.first()?, *months.last()?);
    Some(ForeignHistory { repository: *repository, clock, commits, span, months })
}

/// Clocks with their commits; UTC, where servers stand, is left out.
fn clocks<'r, 'd: 'r>(rows: impl Iterator<Item = &'r Row<'d>>) -> Vec<(UtcOffset, u32)> {
    let mut sums: BTreeMap<UtcOffset, u32> = BTreeMap::new();
    for row in rows.filter(|row| row.clock != UtcOffset::UTC) {
        let sum = sums.entry(row.clock).or_default();
        *sum = sum.saturating_add(row.commits);
    }
    sums.into_iter().collect()
}
