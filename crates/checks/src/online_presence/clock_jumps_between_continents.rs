//! # What it finds
//! Commits of one own address whose clocks lie hours apart while the commits lie too close in time for any journey, on several days;
//! and own commits that come back to clocks of three places or more, several of them within one month, month after month. Clocks on
//! UTC are left out.
//!
//! # Why it matters
//! One address whose clock is here and an hour later on another continent is written by more than one machine, and perhaps by more
//! than one person.
//!
//! # Innocent explanations
//! - A desktop at home and a rented server or virtual machine in another zone.
//! - A colleague's machine on which the address was set, as in pair programming.
//! - Travel, where only the time zone of one of two computers was changed.
//! - Commits whose dates a tool rewrote.
//!
//! # What to ask next
//! - On which machines do you commit, and in which zones are they set?
//!
//! # Sources
//! - Signal ONL-011: own measurement. Over a whole life 38 % of ordinary developers show clocks three hours apart, so that only
//!   short windows count.

use std::collections::BTreeMap;

use crate::{
    prelude::*,
    support::{
        days, git,
        words::{at_least, count, list, short},
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-011"),
    slug: "clock-jumps-between-continents",
    stage: Stage::OnlinePresence,
    title: "Commit clock jumps between continents",
    summary: "Own commits close in time against the time that a journey between their clocks takes.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::CommitClock,
    facts: &[FactKind::ClockJump, FactKind::CommitIdentity],
    flags: Flags { never_alone: true, ..Flags::NONE },
};

/// One pair may be a wrong setting, one day a mishap with a tool.
const PAIRS: u32 = 3;
const DAYS: u32 = 2;
/// Clocks this far apart are at least two borders of time zones away.
const APART_MINUTES: i32 = 180;
/// A clock hour is 15 degrees of longitude, 830 km at 60 degrees of latitude, and an airliner makes 900 km/h. Borders of zones
/// deviate from the sun by up to three hours, which are granted.
const GRANTED_MINUTES: i32 = 180;
const FLIGHT_MINUTES_PER_CLOCK_HOUR: i32 = 55;
/// Nobody boards, flies and takes the laptop out within this time, whatever the distance.
const LEAST_JOURNEY_MINUTES: i32 = 120;

/// In a month in which clocks of several places stand, each with this many commits: travel explains some such months.
const COMMITS_OF_A_PLACE: u32 = 2;
const MIXED_MONTHS: usize = 4;
const MIXED_PERCENT: u64 = 25;
/// Two places are a home and a customer; three, again and again, are more than one life.
const PLACES: usize = 3;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let clocked: Vec<_> = git::own_identities(dossier).into_iter().filter(|identity| !identity.offsets.is_empty()).collect();
    let jumps: Vec<_> = dossier.all::<ClockJump>().collect();
    if jumps.is_empty() && clocked.is_empty() {
        return Err(Early::not_applicable("no own commits with an author clock in the dossier"));
    }
    let mut findings: Vec<Finding> = jumps.iter().filter(|jump| is_impossible(jump)).map(jump_finding).collect();
    if findings.is_empty() {
        findings.extend(clocked.iter().filter_map(mixed_months));
    }
    Ok(Outcome::of(findings, format!("the clocks of {} within short windows", count(clocked.len().max(1), "own address"))))
}

/// Pairs of which neither clock is on UTC; collectors that do not tell them apart give all pairs.
fn pairs(jump: &ClockJump) -> u32 {
    if jump.pairs_beside_utc == 0 { jump.pairs } else { jump.pairs_beside_utc }
}

fn is_impossible(jump: &ClockJump) -> bool {
    let beside_utc = jump.from != UtcOffset::UTC && jump.to != UtcOffset::UTC;
    let apart = git::apart(jump.from, jump.to);
    let journey = ((apart - GRANTED_MINUTES).max(0) * FLIGHT_MINUTES_PER_CLOCK_HOUR / 60).max(LEAST_JOURNEY_MINUTES);
    let taken = (jump.later.as_second() - jump.earlier.as_second()).abs();
    beside_utc && apart >= APART_MINUTES && pairs(jump) >= PAIRS && jump.days >= DAYS && taken < i64::from(journey) * 60
}

fn jump_finding(jump: &Known<'_, ClockJump>) -> Finding {
    let apart = git::apart(jump.from, jump.to);
    let taken = days::length((jump.later.as_second() - jump.earlier.as_second()).abs());
    let address = short(&jump.canonical, 60);
    let commits: Vec<String> =
        jump.commits.iter().map(|commit| format!("{} in {}", short(&commit.commit, 12), short(&commit.repository, 60))).collect();
    let named = if commits.is_empty() { String::new() } else { format!(" (commits {})", list(&commits, 2)) };
    Finding::new(
        Strength::Weak,
        format!(
            "{} of commits by {address} on {} lie too close in time for a journey, such as {} and {} within {taken}.",
            count(pairs(jump), "pair"),
            count(jump.days, "day"),
            jump.from,
            jump.to,
        ),
        observed(jump, format!("{address}: {} and, {taken} later, {}{named}", jump.from, jump.to)).relates(
            "is faster than",
            Compared::bound("journey between the clocks", format!("{} of clock", days::length(i64::from(apart) * 60))),
        ),
    )
}

/// Months with commits from several places, coming back to three places or more.
fn mixed_months(identity: &Known<'_, CommitIdentity>) -> Option<Finding> {
    let mut months: BTreeMap<YearMonth, Vec<(UtcOffset, u32)>> = BTreeMap::new();
    for (month, clock, commits) in &identity.offsets_by_month {
        months.entry(*month).or_default().push((*clock, *commits));
    }
    months.retain(|_, clocks| clocks.iter().any(|(clock, _)| *clock != UtcOffset::UTC));
    let mixed: Vec<YearMonth> = months
        .iter()
        .filter(|(_, clocks)| git::clocks_apart(clocks, APART_MINUTES, COMMITS_OF_A_PLACE).len() > 1)
        .map(|(month, _)| *month)
        .collect();
    let places = git::clocks_apart(&identity.offsets, APART_MINUTES, COMMITS_OF_A_PLACE * 2);
    let often = mixed.len() >= MIXED_MONTHS && at_least(mixed.len() as u64, months.len() as u64, MIXED_PERCENT);
    if !often || places.len() < PLACES {
        return None;
    }
    let clocks = git::clocks_in_words(&identity.offsets, 6);
    let address = short(&identity.canonical, 60);
    Some(Finding::new(
        Strength::Weak,
        format!(
            "In {} of {} commits by {address} stand under clocks three hours or more apart: {clocks}.",
            mixed.len(),
            count(months.len(), "month"),
        ),
        observed(identity, format!("{address}: {clocks}; {} of {} hold several", mixed.len(), count(months.len(), "month")))
            .relates("changes more often than", Compared::bound("clock of one traveller", format!("{PLACES} places within months, {MIXED_MONTHS} times"))),
    ))
}
