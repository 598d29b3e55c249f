//! # What it finds
//! Commits of one own address whose clocks lie hours apart while the commits lie too close in time for any journey, on several days.
//! Pairs with a clock on UTC are left out.
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

use crate::{
    prelude::*,
    support::{
        days, git,
        words::{count, short},
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

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let clocked: u32 = dossier.all::<CommitIdentity>().filter(|identity| identity.ownership == Ownership::Own && !identity.offsets.is_empty()).count().try_into().unwrap_or(u32::MAX);
    let mut jumps: Vec<_> = dossier.all::<ClockJump>().collect();
    if jumps.is_empty() && clocked == 0 {
        return Err(Early::not_applicable("no own commits with an author clock in the dossier"));
    }
    jumps.retain(|jump| is_impossible(jump));
    let findings = jumps.iter().map(finding).collect();
    Ok(Outcome::of(findings, format!("the clocks of {} within short windows", count(clocked.max(1), "own address"))))
}

fn is_impossible(jump: &ClockJump) -> bool {
    let beside_utc = jump.from != UtcOffset::UTC && jump.to != UtcOffset::UTC;
    let apart = git::apart(jump.from, jump.to);
    let journey = ((apart - GRANTED_MINUTES).max(0) * FLIGHT_MINUTES_PER_CLOCK_HOUR / 60).max(LEAST_JOURNEY_MINUTES);
    let taken = (jump.later.as_second() - jump.earlier.as_second()).abs();
    beside_utc && apart >= APART_MINUTES && jump.pairs >= PAIRS && jump.days >= DAYS && taken < i64::from(journey) * 60
}

fn finding(jump: &Known<'_, ClockJump>) -> Finding {
    let apart = git::apart(jump.from, jump.to);
    let taken = days::length((jump.later.as_second() - jump.earlier.as_second()).abs());
    let address = short(&jump.canonical, 60);
    let pairs = format!("{} on {}", count(jump.pairs, "pair"), count(jump.days, "day"));
    Finding::new(
        Strength::Weak,
        format!(
            "{} of commits by {address} on {} lie too close in time for a journey, such as {} and {} within {taken}.",
            count(jump.pairs, "pair"),
            count(jump.days, "day"),
            jump.from,
            jump.to,
        ),
        observed(jump, format!("{address}: {} and, {taken} later, {}; {pairs}", jump.from, jump.to)).relates(
            "is faster than",
            Compared::bound("journey between the clocks", format!("{} of clock", days::length(i64::from(apart) * 60))),
        ),
    )
}
