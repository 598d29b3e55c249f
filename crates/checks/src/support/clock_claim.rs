//! What the applicant claims about the place of their work, as clocks.

use bonafide_model::{
    dossier::{Dossier, Known},
    fact::{ClaimedTimezone, GithubAccount, Location, LocationRole},
    finding::{Compared, Evidence, observed},
    lens::Lens,
    time::{UtcOffset, YearMonth},
};
use bonafide_normalise::{
    place,
    timezone::{self, ZoneClaim},
};
use jiff::{ToSpan, civil::Date};

use super::{
    git,
    territories::{self, Territory},
    words::short,
};

/// Neighbours, outdated rules of summer time and half-hour zones lie within an hour of a legal clock.
const NEIGHBOUR_MINUTES: i32 = 60;

/// A claim about the place or clock of somebody's work.
pub(crate) struct ClockClaim<'a> {
    stated: Stated<'a>,
    /// The claim in words, such as `Austin, TX (US)`.
    pub(crate) words: String,
    /// The month as of which it is made.
    pub(crate) as_of: YearMonth,
}

enum Stated<'a> {
    Place(Known<'a, Location>, &'a str),
    Account(Known<'a, GithubAccount>, &'a str),
    Zone(Known<'a, ClaimedTimezone>, ZoneClaim),
}

/// How a clock relates to those that were legal.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Clock {
    /// Legal where the claim says.
    Legal,
    /// Legal only in a territory whose people may name the country.
    Overseas(&'static Territory),
    /// Within an hour of a legal clock.
    Neighbour,
    /// Further away.
    Far,
    /// UTC where it is not legal: a server or container.
    Server,
}

/// The clocks a claim allows in a month.
#[derive(Debug, Default)]
pub(crate) struct Allowed {
    /// Legal where the claim says, sorted.
    pub(crate) legal: Vec<UtcOffset>,
    /// Whether commits under UTC are a server's, also where UTC is legal.
    pub(crate) utc_is_a_servers: bool,
    overseas: Vec<(&'static Territory, Vec<UtcOffset>)>,
}

/// The clocks of a city or region.
#[derive(Debug)]
pub(crate) struct AtPlace {
    /// Legal there, sorted.
    pub(crate) legal: Vec<UtcOffset>,
    /// Its time zones, by IANA name.
    pub(crate) zones: Vec<&'static str>,
}

/// All claims of residence that name a known country, those of GitHub accounts included, and all readable claims of time zones; in
/// the order of their rank, each once.
pub(crate) fn claims<'a>(dossier: &'a Dossier, lens: &Lens<'_>) -> Vec<ClockClaim<'a>> {
    let judged = YearMonth::of_date(dossier.judged_on(lens));
    let places = dossier.all::<Location>().filter_map(|place| {
        let country = known_country(place.payload.country.as_deref())?;
        let written = Some(place.payload.raw.trim()).filter(|raw| !raw.is_empty()).unwrap_or(country);
        Some(ClockClaim { words: in_words(written, country), stated: Stated::Place(place, country), as_of: judged })
    });
    let accounts = dossier.all::<GithubAccount>().filter_map(|account| {
        let country = known_country(account.payload.country.as_deref())?;
        let written = account.payload.country_claimed.as_deref().unwrap_or(country);
        // A profile was read some day and says nothing of later ones.
        let as_of = YearMonth::of_date(git::told_until(dossier, account.payload, lens));
        Some(ClockClaim { words: in_words(written, country), stated: Stated::Account(account, country), as_of })
    });
    let zones = dossier.all::<ClaimedTimezone>().filter_map(|zone| {
        // UTC is nobody's place.
        let claim = timezone::parse(&zone.zone).filter(|claim| !is_utc(claim))?;
        let words = format!("the time zone {}", short(zone.zone.trim(), 60));
        Some(ClockClaim { words, stated: Stated::Zone(zone, claim), as_of: judged })
    });
    let mut claims: Vec<ClockClaim<'_>> = places.chain(accounts).chain(zones).collect();
    claims.sort_by(|left, right| (left.rank(), &left.words, left.as_of).cmp(&(right.rank(), &right.words, right.as_of)));
    claims.dedup_by(|left, right| (left.rank(), &left.words, left.as_of) == (right.rank(), &right.words, right.as_of));
    claims
}

fn is_utc(claim: &ZoneClaim) -> bool {
    match claim {
        ZoneClaim::Offset(offset) => *offset == UtcOffset::UTC,
        ZoneClaim::Zone(zone) => matches!(*zone, "Etc/UTC" | "Etc/GMT"),
        ZoneClaim::Named(_) => false,
    }
}

fn known_country(code: Option<&str>) -> Option<&str> {
    code.filter(|code| !timezone::zones_of_country(code).is_empty())
}

fn in_words(written: &str, country: &str) -> String {
    let code = country.to_uppercase();
    let last = written.rsplit([',', ' ']).next().unwrap_or(written);
    // "Halifax, CA" says Canada already; "Austin, CA" of somebody in the United States does not.
    if last == code { short(written, 60) } else { format!("{} ({code})", short(written, 60)) }
}

/// The clocks that are legal in a country in a month.
pub(crate) fn legal_in(country: &str, month: YearMonth) -> Allowed {
    let legal = days_of(month).map(|(from, to)| timezone::country_offsets(country, from, to)).unwrap_or_default();
    Allowed { legal, ..Allowed::default() }
}

impl ClockClaim<'_> {
    /// The clocks the claim allows in a month.
    pub(crate) fn allowed(&self, month: YearMonth) -> Allowed {
        let Some((from, to)) = days_of(month) else { return Allowed::default() };
        // Nobody lives by UTC: it names a server's clock or the hours of a team.
        if let Stated::Zone(_, zone) = &self.stated {
            return Allowed { legal: zone.offsets(from, to), utc_is_a_servers: true, overseas: Vec::new() };
        }
        let Some((country, written)) = self.country_and_place() else { return Allowed::default() };
        let mut allowed = Allowed { legal: timezone::country_offsets(country, from, to), ..Allowed::default() };
        for territory in territories::of_country(country) {
            let offsets = timezone::country_offsets(territory.code, from, to);
            if territory.is_named_in(&written) {
                allowed.legal.extend(offsets);
            } else {
                allowed.overseas.push((territory, offsets));
            }
        }
        allowed.legal.sort_unstable();
        allowed.legal.dedup();
        allowed
    }

    /// Whether a clock was legal where the claim says at some time of the months before a month: computers learn of a change of law
    /// years later, some never.
    pub(crate) fn was_legal(&self, clock: UtcOffset, before: YearMonth, months: i32) -> bool {
        let Some((day, _)) = days_of(before) else { return false };
        let from = day.checked_sub(months.months()).unwrap_or(day);
        match &self.stated {
            Stated::Zone(_, zone) => zone.offsets(from, day).contains(&clock),
            Stated::Place(_, country) | Stated::Account(_, country) => {
                timezone::country_offsets(country, from, day).contains(&clock)
            }
        }
    }

    /// The clocks that are legal in the very city or region, where the claim names one and its country has other clocks too.
    pub(crate) fn at_place(&self, month: YearMonth) -> Option<AtPlace> {
        let (country, written) = self.country_and_place()?;
        let (from, to) = days_of(month)?;
        // A territory is no city of the country whose name stands behind it.
        if territories::of_country(country).any(|territory| territory.is_named_in(&written)) {
            return None;
        }
        let by_parts = match &self.stated {
            Stated::Place(place, _) => Some(place::from_parts(place.city.as_deref(), place.region.as_deref(), Some(country))),
            _ => None,
        };
        let all = timezone::zones_of_country(country);
        let candidates = by_parts.into_iter().chain([place::parse(&written)]);
        let place = candidates
            .filter(|place| place.country.is_some_and(|named| named.eq_ignore_ascii_case(country)))
            .find(|place| !place.zones.is_empty() && place.zones.len() < all.len())?;
        let mut legal: Vec<UtcOffset> =
            place.zones.iter().filter_map(|zone| timezone::zone_offsets(zone, from, to)).flatten().collect();
        legal.sort_unstable();
        legal.dedup();
        Some(AtPlace { legal, zones: place.zones })
    }

    /// Country and place as written; nothing for a claim of a time zone.
    fn country_and_place(&self) -> Option<(&str, String)> {
        match &self.stated {
            Stated::Place(place, country) => {
                let parts = [Some(place.raw.as_str()), place.city.as_deref(), place.region.as_deref()];
                Some((country, parts.into_iter().flatten().collect::<Vec<_>>().join(", ")))
            }
            Stated::Account(account, country) => Some((country, account.country_claimed.clone().unwrap_or_default())),
            Stated::Zone(..) => None,
        }
    }

    /// Code of the claimed country; nothing for a claim of a time zone.
    pub(crate) fn country(&self) -> Option<&str> {
        match &self.stated {
            Stated::Place(_, country) | Stated::Account(_, country) => Some(country),
            Stated::Zone(..) => None,
        }
    }

    /// City, region and country as written, in lower case, for a search in texts.
    pub(crate) fn names_of_the_place(&self) -> Vec<String> {
        let written = self.country_and_place().map(|(_, written)| written.to_lowercase()).unwrap_or_default();
        let mut names: Vec<String> =
            written.split([',', '(', ')']).map(|name| name.trim().to_owned()).filter(|name| name.chars().count() >= 4).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Whether the claim names more of the place than the country.
    pub(crate) fn names_a_city(&self) -> bool {
        matches!(&self.stated, Stated::Place(place, _) if place.city.is_some() || place.region.is_some())
    }

    /// Whether the claim names a place in a country with several zones, all of which are allowed.
    pub(crate) fn is_in_a_wide_country(&self) -> bool {
        self.names_a_city() && self.country_and_place().is_some_and(|(country, _)| timezone::zones_of_country(country).len() > 1)
    }

    /// Whether the claim is about a time zone only: the hours somebody works by need not be the clock of their computer.
    pub(crate) fn is_zone(&self) -> bool {
        matches!(self.stated, Stated::Zone(..))
    }

    /// The order in which claims are told: the form, a résumé, profiles, accounts, zones.
    pub(crate) fn rank(&self) -> (u8, LocationRole) {
        match &self.stated {
            Stated::Place(place, _) => (0, place.role),
            Stated::Account(..) => (1, LocationRole::Profile),
            Stated::Zone(..) => (2, LocationRole::Profile),
        }
    }

    /// What the claim is legal in, as the name of a bound: `legal clocks in DE`.
    pub(crate) fn bound(&self) -> String {
        match &self.stated {
            Stated::Place(_, country) | Stated::Account(_, country) => format!("legal clocks in {}", country.to_uppercase()),
            Stated::Zone(zone, _) => format!("clocks of {}", short(zone.zone.trim(), 60)),
        }
    }

    /// Evidence that starts from the claim.
    pub(crate) fn relates(&self, relation: &str, compared_with: Compared) -> Evidence {
        let words = self.words.as_str();
        match &self.stated {
            Stated::Place(place, _) => observed(place, words).relates(relation, compared_with),
            Stated::Account(account, _) => observed(account, words).relates(relation, compared_with),
            Stated::Zone(zone, _) => observed(zone, words).relates(relation, compared_with),
        }
    }
}

impl Allowed {
    /// How a clock relates to the allowed ones.
    pub(crate) fn of(&self, clock: UtcOffset) -> Clock {
        let is_legal = self.legal.contains(&clock);
        if clock == UtcOffset::UTC && (self.utc_is_a_servers || !is_legal) {
            return Clock::Server;
        }
        if is_legal {
            return Clock::Legal;
        }
        if self.legal.iter().any(|legal| git::apart(*legal, clock) <= NEIGHBOUR_MINUTES) {
            return Clock::Neighbour;
        }
        let territory = self.overseas.iter().find(|(_, offsets)| offsets.contains(&clock));
        territory.map_or(Clock::Far, |(territory, _)| Clock::Overseas(territory))
    }
}

/// First and last day of a month, widened by one on either side: months are counted by the author's clock.
fn days_of(month: YearMonth) -> Option<(Date, Date)> {
    let first = Date::new(month.year(), month.month(), 1).ok()?;
    let last = first.last_of_month();
    Some((first.checked_sub(1.day()).unwrap_or(first), last.checked_add(1.day()).unwrap_or(last)))
}
