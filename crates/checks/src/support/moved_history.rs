//! Whether histories that are older than their account were moved there by their own author.
//!
//! Whoever moves work of their own pushes it as it is: under the name they go on using, on the clock they live by, with the names of
//! those who helped and the dates of the day. Whoever borrows a history has to change what stands in it, or brings along a clock that
//! their own later work and their claimed place do not share.

use super::{
    borrowed, clock_claim,
    clock_stretch::{Tally, is_share},
    git,
    own_clocks::{Months, OwnClocks, Row},
    rewriting,
    words::{at_least, total},
};
use crate::prelude::*;

/// Nearly all; the rest may be journeys, old addresses and patches.
const NEARLY_ALL_PERCENT: u64 = 90;
/// Patches that waited and rebases are ordinary; a history that was dated again is late as a whole.
const LATE_PERCENT: u64 = 20;
/// Committers of one's own commits who are somebody else: colleagues who rebase.
const COMMITTED_BY_OTHERS_PERCENT: u64 = 10;
/// Both states of summer time and a neighbour's clock.
const ONE_PLACE_MINUTES: i32 = 120;
/// People move house and travel; more places than this are more than one person's.
const PLACES_APART_MINUTES: i32 = 180;
const PLACES: usize = 3;
/// A place counts from one commit in so many on.
const FEW_OF_A_PLACE: u32 = 20;
/// So many newer commits show the clock their author lives by.
const NEWER_COMMITS: u32 = 5;
/// Most old commits on the claimed clock show that the history is the applicant's where newer commits are missing or made on a journey.
const CLAIMED_PERCENT: u64 = 50;

/// Why the older repositories of an account were, by all that they show, moved by their own author; `None` where anything speaks
/// against it, or too little for it.
pub(crate) fn by_its_author(
    dossier: &Dossier,
    lens: &Lens<'_>,
    account: &GithubAccount,
    made: YearMonth,
    older: &[&Known<'_, GithubRepository>],
) -> Option<String> {
    if !untouched(dossier, older) || !same_identity(dossier, account) {
        return None;
    }
    let own = OwnClocks::of(dossier, YearMonth::of_date(dossier.judged_on(lens))).ok()??;
    let is_older = |row: &Row<'_>| {
        row.month < made && row.repository.is_some_and(|name| older.iter().any(|repository| repository.payload.name == name))
    };
    let before = own.by_month(is_older);
    if !is_of_one_person(&before) {
        return None;
    }
    let after = clocks(&own.by_month(|row| row.repository.is_some() && !row.imported && row.month >= made));
    if total(after.iter().map(|(_, commits)| *commits)) >= NEWER_COMMITS && goes_on(&clocks(&before), &after) {
        return Some(
            "Identity and clock are the same before and after the account was made, and co-authors and dates are in place: so looks \
             own work that was moved from another host."
                .to_owned(),
        );
    }
    let claim = clock_claim::claims(dossier, lens).into_iter().filter(|claim| !claim.is_zone()).find(|claim| {
        let mut tally = Tally::default();
        for (month, clocks) in &before {
            tally.add(Tally::of(clocks, &claim.allowed(*month)));
        }
        is_share(tally.legal, tally.all(), CLAIMED_PERCENT)
    })?;
    Some(format!(
        "The older commits keep the clock of {}, under an identity still in use, and co-authors and dates are in place: so looks own work \
         that was moved from another host.",
        claim.words
    ))
}

/// Whether nothing was changed in the histories and no comparison found them elsewhere.
fn untouched(dossier: &Dossier, older: &[&Known<'_, GithubRepository>]) -> bool {
    let borrowed = borrowed::histories(dossier);
    let is_borrowed = |repository: &Known<'_, GithubRepository>| {
        borrowed.iter().any(|borrowed| borrowed.repository.fact.id == repository.fact.id)
    };
    let own = total(older.iter().map(|repository| repository.own_commits));
    let late = total(older.iter().map(|repository| repository.own_committed_late));
    let by_others = total(older.iter().map(|repository| repository.own_committed_by_others));
    let found_elsewhere = |repository: &GithubRepository| {
        repository.tree_equals.is_some() || repository.copied_from.iter().any(|copy| copy.same_content_other_author > 0)
    };
    let co_authors_removed =
        |repository: &GithubRepository| git::foreign_merges(dossier, repository).len() > 1 && repository.other_authors == 0;
    let all: Vec<_> = older.iter().map(|repository| **repository).collect();
    rewriting::marked(dossier, &all).is_empty()
        && !older
            .iter()
            .any(|repository| is_borrowed(repository) || found_elsewhere(repository) || co_authors_removed(repository))
        && !at_least(u64::from(late), u64::from(own), LATE_PERCENT)
        && !at_least(u64::from(by_others), u64::from(own), COMMITTED_BY_OTHERS_PERCENT)
}

/// Whether nearly all older commits bear an address that is used after the account was made as well, or in the application.
fn same_identity(dossier: &Dossier, account: &GithubAccount) -> bool {
    let stated: Vec<&str> = dossier.all::<Email>().map(|email| email.payload.canonical.as_str()).collect();
    let own: Vec<_> =
        git::own_identities(dossier).into_iter().filter(|identity| identity.login.eq_ignore_ascii_case(&account.login)).collect();
    let all = total(own.iter().map(|identity| identity.before_account));
    let lasting = own
        .iter()
        .filter(|identity| identity.commits > identity.before_account || stated.contains(&identity.payload.canonical.as_str()));
    let lasting = total(lasting.map(|identity| identity.before_account));
    at_least(u64::from(lasting), u64::from(all), NEARLY_ALL_PERCENT)
}

/// Whether the clocks of each month are those of one place, and those of all months of hardly more.
fn is_of_one_person(months: &Months) -> bool {
    let (mut at_one_place, mut all) = (0_u32, 0_u32);
    for clocks in months.values() {
        let clocks: Vec<_> = clocks.iter().filter(|(clock, _)| *clock != UtcOffset::UTC).collect();
        let near = |place: UtcOffset| {
            total(clocks.iter().filter(|(clock, _)| git::apart(*clock, place) <= ONE_PLACE_MINUTES).map(|(_, commits)| *commits))
        };
        at_one_place = at_one_place.saturating_add(clocks.iter().map(|(clock, _)| near(*clock)).max().unwrap_or(0));
        all = all.saturating_add(total(clocks.iter().map(|(_, commits)| *commits)));
    }
    is_share(at_one_place, all, NEARLY_ALL_PERCENT) && places(&clocks(months)).len() <= PLACES
}

/// Whether nearly all newer commits stand at one of the older places.
fn goes_on(before: &[(UtcOffset, u32)], after: &[(UtcOffset, u32)]) -> bool {
    let places = places(before);
    let known = after.iter().filter(|(clock, _)| places.iter().any(|(place, _)| git::apart(*clock, *place) <= ONE_PLACE_MINUTES));
    is_share(total(known.map(|(_, commits)| *commits)), total(after.iter().map(|(_, commits)| *commits)), NEARLY_ALL_PERCENT)
}

fn places(clocks: &[(UtcOffset, u32)]) -> Vec<(UtcOffset, u32)> {
    let least = total(clocks.iter().map(|(_, commits)| *commits)) / FEW_OF_A_PLACE;
    git::clocks_apart(clocks, PLACES_APART_MINUTES, least.max(1))
}

/// All clocks with their commits; UTC, where servers stand, is left out.
fn clocks(months: &Months) -> Vec<(UtcOffset, u32)> {
    let mut sums: std::collections::BTreeMap<UtcOffset, u32> = std::collections::BTreeMap::new();
    for (clock, commits) in months.values().flatten().filter(|(clock, _)| *clock != UtcOffset::UTC) {
        let sum = sums.entry(*clock).or_default();
        *sum = sum.saturating_add(*commits);
    }
    sums.into_iter().collect()
}
