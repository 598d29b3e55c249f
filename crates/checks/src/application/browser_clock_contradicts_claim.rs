//! # What it finds
//! A browser whose clock, in the month of the application, is legal in none of the places and time zones that the applicant claims; and a
//! browser whose clock contradicts its own time zone. Where the city or region is known its clock counts, up to three hours inside one
//! country are forgiven, and more of them are weak; otherwise every clock of the country fits.
//!
//! # Why it matters
//! A borrowed address is domestic; the clock of the computer that was used through it often is not. The browser's language is never
//! compared: it tells what somebody speaks.
//!
//! # Innocent explanations
//! - Travel on the day of the application, or an expatriate who keeps the clock of home.
//! - Neighbours within an hour, and clocks that missed a change of law, are forgiven.
//! - Privacy browsers report UTC; such a clock tells nothing.
//!
//! # What to ask next
//! - Where were you when you sent the application?
//! - Which hours of the day would you work, by your own clock?
//!
//! # Sources
//! - Signal APP-020: DTEX i3, 2024-10; Microsoft, 2025-06-30.
//! - Legal clocks: IANA time zone database.

use bonafide_normalise::timezone;
use jiff::civil::Date;

use crate::{
    prelude::*,
    support::{
        clock_claim::{self, Clock, ClockClaim},
        days, git,
        words::{count, list},
    },
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-020"),
    slug: "browser-clock-contradicts-claim",
    stage: Stage::Application,
    title: "Browser clock contradicts claim",
    summary: "The browser's clock and time zone against every claimed place and against each other. Its language is not read.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Client,
    facts: &[FactKind::ClientOffset, FactKind::ClientTimezone],
    flags: Flags { fairness: true, ..Flags::NONE },
};

/// Up to here a journey or a neighbouring region explains the clock; further away is another continent's.
const NEAR_MINUTES: i32 = 180;
/// Neighbours, and computers that missed a change of law.
const NEIGHBOUR_MINUTES: i32 = 60;
/// So many of the contradicted claims are shown.
const MOST_CLAIMS: usize = 4;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let day = dossier.judged_on(lens);
    let month = YearMonth::of_date(day);
    let claims = clock_claim::claims(dossier, lens);
    let mut findings: Vec<Finding> = own_contradiction(dossier, day).into_iter().collect();
    let clocks = clocks(dossier, day);
    if clocks.is_empty() {
        return Err(Early::inconclusive(Need::Facts, "a readable clock or time zone of the browser"));
    }
    if claims.is_empty() {
        return if findings.is_empty() { Err(Early::not_applicable("no place or time zone is claimed")) } else { Ok(Outcome::Findings(findings)) };
    }
    let mut compared = 0;
    for clock in &clocks {
        let comparisons: Vec<_> = claims.iter().map(|claim| Comparison::of(claim, clock, month)).collect();
        let is_utc = clock.offsets.iter().all(|offset| *offset == UtcOffset::UTC);
        if is_utc && !comparisons.iter().any(|comparison| comparison.legal.contains(&UtcOffset::UTC)) {
            continue;
        }
        compared += 1;
        if comparisons.iter().any(Comparison::fits) {
            continue;
        }
        if let Some(finding) = finding(clock, comparisons, month) {
            findings.push(finding);
            break;
        }
    }
    if compared == 0 && findings.is_empty() {
        return Err(Early::inconclusive(Need::Facts, "a clock other than UTC, which privacy browsers report"));
    }
    Ok(Outcome::of(findings, format!("the browser's clock against {} of place or time zone", count(claims.len(), "claim"))))
}

/// A claim beside a clock of the browser.
struct Comparison<'c, 'd> {
    claim: &'c ClockClaim<'d>,
    /// Legal in the very place where its clock is known, in the whole country otherwise.
    legal: Vec<UtcOffset>,
    /// The zones of the place, where known.
    zones: Option<Vec<&'static str>>,
    /// Minutes to the nearest legal clock.
    nearest: Option<i32>,
    /// Whether the clock is legal somewhere in the claimed country or within an hour of it.
    in_country: bool,
}

impl<'c, 'd> Comparison<'c, 'd> {
    fn of(claim: &'c ClockClaim<'d>, clock: &Shown<'_>, month: YearMonth) -> Self {
        let country = claim.allowed(month);
        let in_country = clock.offsets.iter().any(|offset| !matches!(country.of(*offset), Clock::Far | Clock::Server));
        let (legal, zones) = match claim.at_place(month) {
            Some(place) => (place.legal, Some(place.zones)),
            None => (country.legal, None),
        };
        let nearest = legal.iter().flat_map(|legal| clock.offsets.iter().map(|offset| git::apart(*legal, *offset))).min();
        Self { claim, legal, zones, nearest, in_country }
    }

    /// Inside a country people travel and move; without the clock of the place the whole country fits.
    fn fits(&self) -> bool {
        match (self.nearest, &self.zones) {
            (Some(nearest), _) if nearest <= NEIGHBOUR_MINUTES => true,
            (Some(nearest), Some(_)) => self.in_country && nearest <= NEAR_MINUTES,
            (_, None) => self.in_country,
            (None, Some(_)) => true,
        }
    }

    fn bound(&self) -> Compared {
        let name = match &self.zones {
            Some(zones) => format!("legal clocks of {}", list(zones, 3)),
            None => self.claim.bound(),
        };
        let legal: Vec<String> = self.legal.iter().map(ToString::to_string).collect();
        Compared::bound(name, list(&legal, 12))
    }
}

fn finding(clock: &Shown<'_>, mut comparisons: Vec<Comparison<'_, '_>>, month: YearMonth) -> Option<Finding> {
    comparisons.sort_by_key(|comparison| (comparison.nearest.is_none(), comparison.nearest));
    let closest = comparisons.first()?;
    let nearest = closest.nearest?;
    let abroad = !comparisons.iter().any(|comparison| comparison.in_country);
    let strength = if abroad && nearest > NEAR_MINUTES { Strength::Medium } else { Strength::Weak };
    let others = match comparisons.len() - 1 {
        0 => String::new(),
        others => format!(", and no nearer to {}", count(others, "other claim")),
    };
    let claim = closest.claim;
    let summary = format!(
        "The browser's clock ({}) was {} from the nearest legal clock of {} in {month}{others}.",
        clock.words,
        days::length(i64::from(nearest) * 60),
        claim.words
    );
    let stated = comparisons.iter().take(MOST_CLAIMS).map(|comparison| {
        comparison.claim.relates("has none of the clocks of", Compared::bound("the browser", &clock.words))
    });
    let finding = Finding::new(strength, summary, clock.relates("is none of the", closest.bound())).and_all(stated);
    Some(if abroad { finding } else { finding.innocent("The clock is legal in another part of the claimed country: a journey inside it, or a move.") })
}

/// A clock that the browser showed.
struct Shown<'a> {
    offsets: Vec<UtcOffset>,
    words: String,
    fact: &'a Fact,
}

impl Shown<'_> {
    fn relates(&self, relation: &str, compared: Compared) -> Evidence {
        observed(&Known { fact: self.fact, payload: &self.fact.value }, &self.words).relates(relation, compared)
    }
}

fn clocks(dossier: &Dossier, day: Date) -> Vec<Shown<'_>> {
    let offsets = dossier.all::<ClientOffset>().map(|shown| Shown { offsets: vec![shown.offset], words: shown.offset.to_string(), fact: shown.fact });
    let zones = dossier.all::<ClientTimezone>().filter_map(|shown| {
        let offsets = timezone::zone_offsets(&shown.zone, day, day).filter(|offsets| !offsets.is_empty())?;
        Some(Shown { offsets, words: shown.zone.clone(), fact: shown.fact })
    });
    offsets.chain(zones).collect()
}

/// One browser has one clock: where its offset is not its zone's, one of the two was set by hand.
fn own_contradiction(dossier: &Dossier, day: Date) -> Option<Finding> {
    let (zone, offset) = (dossier.first::<ClientTimezone>()?, dossier.first::<ClientOffset>()?);
    // The day before and after: the form may have been sent while the zone changed its clock, or on another side of midnight.
    let (from, to) = (day.yesterday().unwrap_or(day), day.tomorrow().unwrap_or(day));
    let legal = timezone::zone_offsets(&zone.zone, from, to).filter(|legal| !legal.is_empty())?;
    if legal.contains(&offset.offset) || offset.offset == UtcOffset::UTC {
        return None;
    }
    Some(Finding::new(
        Strength::Weak,
        format!("The browser names the time zone {} and shows a clock of {}.", zone.zone, offset.offset),
        observed(&zone, &zone.zone).relates("does not keep the clock of", Compared::fact(&offset, offset.offset.to_string())),
    ))
}
