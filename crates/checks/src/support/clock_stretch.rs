//! The latest stretch of a person's work without a month on the claimed clock.

use std::collections::BTreeMap;

use super::{
    clock_claim::{Allowed, Clock, ClockClaim},
    own_clocks::Months,
    territories::Territory,
    words::{at_least, total},
};
use crate::prelude::*;

/// Who keeps the claimed clock in half of the commits lives by it.
pub(crate) const HALF_PERCENT: u64 = 50;
/// Fewer commits on the claimed clock may be a server's or a borrowed machine's.
pub(crate) const KEPT_COMMITS: u32 = 3;
/// Fewer deviating commits than this say nothing.
pub(crate) const FEW_COMMITS: u32 = 8;
/// Commits on the claimed clock that show that the applicant did live by it.
pub(crate) const LIVED_THERE_PERCENT: u64 = 20;

/// The latest stretch of months without a month on the claimed clock, and what lies before it.
#[derive(Default)]
pub(crate) struct Stretch {
    /// First and last month; `None` where the latest month keeps the claimed clock.
    pub(crate) span: Option<(YearMonth, YearMonth)>,
    pub(crate) months: u32,
    pub(crate) tally: Tally,
    pub(crate) clocks: BTreeMap<UtcOffset, u32>,
    pub(crate) legal: Vec<UtcOffset>,
    pub(crate) overseas: BTreeMap<&'static str, (&'static Territory, u32)>,
    pub(crate) before: Tally,
    /// The last month that kept the claimed clock.
    pub(crate) kept: Option<YearMonth>,
}

/// Commits by what their clocks say.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) legal: u32,
    pub(crate) neighbour: u32,
    pub(crate) far: u32,
}

impl Tally {
    pub(crate) fn of(clocks: &[(UtcOffset, u32)], allowed: &Allowed) -> Self {
        let mut tally = Self::default();
        for &(clock, commits) in clocks {
            let sum = match allowed.of(clock) {
                Clock::Legal => &mut tally.legal,
                Clock::Neighbour => &mut tally.neighbour,
                Clock::Far | Clock::Overseas(_) => &mut tally.far,
                Clock::Server => continue,
            };
            *sum = sum.saturating_add(commits);
        }
        tally
    }

    pub(crate) fn all(self) -> u32 {
        self.legal.saturating_add(self.neighbour).saturating_add(self.far)
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.legal = self.legal.saturating_add(other.legal);
        self.neighbour = self.neighbour.saturating_add(other.neighbour);
        self.far = self.far.saturating_add(other.far);
    }
}

/// Whether a part of the commits is so large a share.
pub(crate) fn is_share(part: u32, whole: u32, hundredths: u64) -> bool {
    at_least(u64::from(part), u64::from(whole), hundredths)
}

/// Whether commits under UTC are a server's even in months in which UTC is legal (winters of London): they go on in the others.
fn utc_is_a_servers(claim: &ClockClaim<'_>, months: &Months) -> bool {
    let (mut legal, mut beyond) = (0_u32, 0_u32);
    for (month, clocks) in months {
        let commits = total(clocks.iter().filter(|(clock, _)| *clock == UtcOffset::UTC).map(|(_, commits)| *commits));
        if commits > 0 {
            // Lisbon's summer is not the Azores': the clock of the very place decides where it is known.
            let allowed = claim.at_place(*month).map_or_else(|| claim.allowed(*month).legal, |place| place.legal);
            let sum = if allowed.contains(&UtcOffset::UTC) { &mut legal } else { &mut beyond };
            *sum = sum.saturating_add(commits);
        }
    }
    beyond >= KEPT_COMMITS && is_share(beyond, legal.saturating_add(beyond), LIVED_THERE_PERCENT)
}

/// The stretch of a claim, judged by the clocks of each month. It begins with a month that deviates: the few commits of a month at
/// home before a journey are no part of the journey.
pub(crate) fn latest_stretch(claim: &ClockClaim<'_>, months: &Months) -> Stretch {
    let stretch = stretch_from(claim, months, None);
    let Some((first, last)) = stretch.span else { return stretch };
    let deviates = |month: YearMonth, clocks: &[(UtcOffset, u32)]| {
        let tally = Tally::of(clocks, &claim.allowed(month));
        tally.all() > tally.legal
    };
    let begun = months.range(first..=last).find(|(month, clocks)| deviates(**month, clocks)).map(|(month, _)| *month);
    let begun = begun.filter(|begun| *begun > first).map(|begun| stretch_from(claim, months, Some(begun)));
    // Of a handful of commits nothing tells which are the journey.
    begun.filter(|begun| begun.tally.all() >= FEW_COMMITS).unwrap_or(stretch)
}

/// The stretch that reaches back to a month at most.
fn stretch_from(claim: &ClockClaim<'_>, months: &Months, begun: Option<YearMonth>) -> Stretch {
    let mut stretch = Stretch::default();
    let utc_is_a_servers = utc_is_a_servers(claim, months);
    for (month, clocks) in months.iter().rev() {
        let mut allowed = claim.allowed(*month);
        allowed.utc_is_a_servers |= utc_is_a_servers;
        let tally = Tally::of(clocks, &allowed);
        if tally.all() == 0 {
            continue;
        }
        let keeps = |tally: Tally| tally.legal >= KEPT_COMMITS && is_share(tally.legal, tally.all(), HALF_PERCENT);
        let mut so_far = stretch.tally;
        so_far.add(tally);
        if stretch.kept.is_none() && keeps(tally) {
            stretch.kept = Some(*month);
        } else if stretch.kept.is_none() && keeps(so_far) && so_far.all() - so_far.legal < FEW_COMMITS {
            // Too few deviating commits for a stretch of their own, among more that keep the clock.
            stretch = Stretch { kept: Some(*month), before: stretch.tally, ..Stretch::default() };
        }
        let earlier = begun.is_some_and(|begun| *month < begun);
        if earlier && stretch.kept.is_none() && tally.legal > 0 {
            stretch.kept = Some(*month);
        }
        if stretch.kept.is_some() || earlier {
            stretch.before.add(tally);
            continue;
        }
        let last = stretch.span.map_or(*month, |(_, last)| last);
        stretch.span = Some((*month, last));
        stretch.months += 1;
        stretch.tally.add(tally);
        for &(clock, commits) in clocks {
            match allowed.of(clock) {
                Clock::Server => continue,
                Clock::Overseas(territory) => {
                    let (_, sum) = stretch.overseas.entry(territory.code).or_insert((territory, 0));
                    *sum = sum.saturating_add(commits);
                }
                Clock::Legal | Clock::Neighbour | Clock::Far => {}
            }
            let sum = stretch.clocks.entry(clock).or_default();
            *sum = sum.saturating_add(commits);
        }
        stretch.legal.extend(allowed.legal);
    }
    stretch.legal.sort_unstable();
    stretch.legal.dedup();
    stretch
}
