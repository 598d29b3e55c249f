//! Time zones, and the distances from UTC that were legal in a zone or a country on given dates.
//!
//! The clocks come from the IANA time zone database that is compiled in (never from the machine the program runs on, so that every
//! machine gives the same answer); which zones a country keeps stands in a table of this crate.
//!
//! A clock is judged on the dates it was read. Turkey kept +03:00 in the summers and +02:00 in the winters of one decade and +03:00
//! alone in the next: [`country_offsets`] answers for an interval, with both daylight-saving states and every change of law in it.

mod abbreviations;
mod table;

use std::{collections::BTreeSet, sync::OnceLock};

use bonafide_model::time::UtcOffset;
use jiff::{
    civil::{Date, date},
    tz::{TimeZone, TimeZoneDatabase},
};

use crate::text;

/// The longest text that is read, in bytes.
pub const MAX_TEXT: usize = 200;

/// What a text says about a clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ZoneClaim {
    /// A zone of the IANA database, under its present name.
    Zone(&'static str),
    /// A fixed distance from UTC.
    Offset(UtcOffset),
    /// An abbreviation or a popular name. Several clocks may bear it (`IST`: India, Israel, Ireland), and people use the name of
    /// the winter clock all the year.
    Named(NamedClock),
}

/// An abbreviation or popular name of a clock, and what it may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedClock {
    /// The name in upper case, such as `IST`.
    pub name: &'static str,
    /// Zones whose clocks bear the name.
    pub zones: &'static [&'static str],
    minutes: &'static [i16],
}

impl ZoneClaim {
    /// All distances from UTC that the claim allows on the days from `from` to `to`, sorted. A fixed distance allows itself alone.
    ///
    /// ```
    /// use bonafide_normalise::timezone;
    /// use jiff::civil::date;
    /// let claim = timezone::parse("IST").ok_or("not a zone")?;
    /// let offsets = claim.offsets(date(2024, 1, 10), date(2024, 1, 20));
    /// let text: Vec<_> = offsets.iter().map(ToString::to_string).collect();
    /// assert_eq!(text, ["+00:00", "+01:00", "+02:00", "+05:30"]);
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn offsets(&self, from: Date, to: Date) -> Vec<UtcOffset> {
        match self {
            Self::Offset(offset) => vec![*offset],
            Self::Zone(zone) => zone_offsets(zone, from, to).unwrap_or_default(),
            Self::Named(clock) => {
                let mut offsets: BTreeSet<UtcOffset> =
                    clock.minutes.iter().filter_map(|&minutes| UtcOffset::from_minutes(minutes.into())).collect();
                for zone in clock.zones {
                    collect_offsets(zone, from, to, &mut offsets);
                }
                offsets.into_iter().collect()
            }
        }
    }

    /// Zones of the database that the claim names; none for a fixed distance.
    #[must_use]
    pub fn zones(&self) -> &[&'static str] {
        match self {
            Self::Zone(zone) => std::slice::from_ref(zone),
            Self::Named(clock) => clock.zones,
            Self::Offset(_) => &[],
        }
    }
}

/// Reads a claim about a clock: an IANA name (also an outdated one), a distance from UTC, an abbreviation or a popular name, alone or
/// with remarks around it.
///
/// ```
/// use bonafide_normalise::timezone::{self, ZoneClaim};
/// assert_eq!(timezone::parse("asia/calcutta"), Some(ZoneClaim::Zone("Asia/Kolkata")));
/// assert_eq!(timezone::parse("GMT-5"), Some(ZoneClaim::Offset("-05:00".parse()?)));
/// assert_eq!(timezone::parse("(UTC+05:30) Chennai, Kolkata"), Some(ZoneClaim::Offset("+05:30".parse()?)));
/// assert_eq!(timezone::parse("anywhere"), None);
/// # Ok::<(), bonafide_model::time::NotAnOffset>(())
/// ```
#[must_use]
pub fn parse(text: &str) -> Option<ZoneClaim> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let tidy = text::tidy(text).replace(['−', '–', '—'], "-");
    if let Some(zone) = canonical_zone(&tidy) {
        return Some(ZoneClaim::Zone(zone));
    }
    let inside =
        tidy.split([' ', '(', ')', ',', ';', '[', ']']).find_map(|word| word.contains('/').then(|| canonical_zone(word))?);
    if let Some(zone) = inside {
        return Some(ZoneClaim::Zone(zone));
    }
    let Some(offset) = offset_in(&tidy) else { return abbreviations::find(&tidy, Some).map(ZoneClaim::Named) };
    // "(UTC-05:00) Eastern Time" and "EST (UTC-5)" state the winter clock of a name that has a summer clock too.
    let named = abbreviations::find(&tidy, |clock| clock.narrowed_to(offset));
    Some(named.map_or(ZoneClaim::Offset(offset), ZoneClaim::Named))
}

impl NamedClock {
    /// Of all that a name may mean, what keeps a distance from UTC at some time of the year; `None` where no zone does.
    fn narrowed_to(self, offset: UtcOffset) -> Option<Self> {
        // The rules of one recent year decide; a name outlives most changes of law.
        let keeps = |zone: &str| {
            zone_offsets(zone, date(2024, 1, 1), date(2024, 12, 31)).is_some_and(|offsets| offsets.contains(&offset))
        };
        let zone = self.zones.iter().position(|zone| keeps(zone))?;
        let minutes = self.minutes.iter().position(|&minutes| i32::from(minutes) == offset.minutes());
        let minutes = minutes.map_or(&self.minutes[..0], |index| &self.minutes[index..=index]);
        Some(Self { name: self.name, zones: &self.zones[zone..=zone], minutes })
    }
}

/// The present name of an IANA zone, from any case and from outdated names; `None` for what the database does not hold.
///
/// ```
/// use bonafide_normalise::timezone::canonical_zone;
/// assert_eq!(canonical_zone("europe/kiev"), Some("Europe/Kyiv"));
/// assert_eq!(canonical_zone("US/Pacific"), Some("America/Los_Angeles"));
/// ```
#[must_use]
pub fn canonical_zone(name: &str) -> Option<&'static str> {
    let name = name.trim();
    let present =
        abbreviations::PRESENT_NAMES.iter().find(|(old, _)| old.eq_ignore_ascii_case(name)).map_or(name, |(_, new)| new);
    let of_country = table::ZONES.iter().flat_map(|(_, zones)| *zones);
    of_country.chain(abbreviations::ZONES_OF_NO_COUNTRY).find(|zone| zone.eq_ignore_ascii_case(present)).copied()
}

/// The zones whose clocks are legal somewhere in a country, by ISO 3166-1 alpha-2 code; empty for an unknown code. The zone with
/// most people stands first.
///
/// ```
/// assert_eq!(bonafide_normalise::timezone::zones_of_country("RS"), ["Europe/Belgrade"]);
/// ```
#[must_use]
pub fn zones_of_country(country: &str) -> &'static [&'static str] {
    let Ok(code) = <[u8; 2]>::try_from(country.as_bytes()) else { return &[] };
    let code = code.map(|byte| byte.to_ascii_uppercase());
    table::ZONES.binary_search_by(|(candidate, _)| candidate.as_bytes().cmp(&code)).map_or(&[], |index| table::ZONES[index].1)
}

/// The countries where the clock of a zone is legal, by ISO 3166-1 alpha-2 code. An outdated name of a zone will do.
///
/// ```
/// assert_eq!(bonafide_normalise::timezone::countries_of_zone("Asia/Calcutta"), ["IN"]);
/// ```
#[must_use]
pub fn countries_of_zone(zone: &str) -> Vec<&'static str> {
    let Some(zone) = canonical_zone(zone) else { return Vec::new() };
    table::ZONES.iter().filter(|(_, zones)| zones.contains(&zone)).map(|&(country, _)| country).collect()
}

/// All distances from UTC in force in a zone at any time on the days from `from` to `to`, sorted; `None` for an unknown zone.
///
/// ```
/// use bonafide_normalise::timezone::zone_offsets;
/// use jiff::civil::date;
/// let text = |offsets: Vec<_>| offsets.iter().map(|o: &bonafide_model::time::UtcOffset| o.to_string()).collect::<Vec<_>>();
/// let year = zone_offsets("Europe/Berlin", date(2024, 1, 1), date(2024, 12, 31)).map(text);
/// assert_eq!(year, Some(vec!["+01:00".to_owned(), "+02:00".to_owned()]));
/// ```
#[must_use]
pub fn zone_offsets(zone: &str, from: Date, to: Date) -> Option<Vec<UtcOffset>> {
    let zone = canonical_zone(zone)?;
    let mut offsets = BTreeSet::new();
    collect_offsets(zone, from, to, &mut offsets);
    Some(offsets.into_iter().collect())
}

/// All distances from UTC that were legal anywhere in a country at any time on the days from `from` to `to`, sorted; empty for an
/// unknown country.
///
/// ```
/// use bonafide_normalise::timezone::country_offsets;
/// use jiff::civil::date;
/// let turkey = country_offsets("TR", date(2020, 1, 1), date(2020, 12, 31));
/// assert_eq!(turkey, ["+03:00".parse()?]);
/// # Ok::<(), bonafide_model::time::NotAnOffset>(())
/// ```
#[must_use]
pub fn country_offsets(country: &str, from: Date, to: Date) -> Vec<UtcOffset> {
    let mut offsets = BTreeSet::new();
    for zone in zones_of_country(country) {
        collect_offsets(zone, from, to, &mut offsets);
    }
    offsets.into_iter().collect()
}

/// Dates outside are moved to these: before them clocks were local mean time, behind them no law is known.
const FIRST_DAY: Date = date(1900, 1, 1);
const LAST_DAY: Date = date(2100, 12, 31);

fn collect_offsets(zone: &str, from: Date, to: Date, offsets: &mut BTreeSet<UtcOffset>) {
    let Some(zone) = zone_of_database(zone) else { return };
    let (from, to) = (from.min(to).clamp(FIRST_DAY, LAST_DAY), to.max(from).clamp(FIRST_DAY, LAST_DAY));
    let start = from.at(0, 0, 0, 0).to_zoned(zone.clone());
    let end = to.at(23, 59, 59, 0).to_zoned(zone.clone());
    // Inside the clamped range a civil time always has an instant.
    let (Ok(start), Ok(end)) = (start, end) else { return };
    let minutes = |offset: jiff::tz::Offset| UtcOffset::from_minutes(offset.seconds().div_euclid(60));
    offsets.extend(minutes(start.offset()));
    for transition in zone.following(start.timestamp()) {
        if transition.timestamp() > end.timestamp() {
            break;
        }
        offsets.extend(minutes(transition.offset()));
    }
}

fn zone_of_database(name: &str) -> Option<TimeZone> {
    static DATABASE: OnceLock<TimeZoneDatabase> = OnceLock::new();
    DATABASE.get_or_init(TimeZoneDatabase::bundled).get(name).ok()
}

/// A distance from UTC in a text: `UTC+2`, `GMT-05:30`, `+0200`, `UTC`.
fn offset_in(tidy: &str) -> Option<UtcOffset> {
    let upper = tidy.to_ascii_uppercase();
    let behind = ["UTC", "GMT"].iter().find_map(|mark| {
        let position = upper.find(mark)?;
        Some((*mark, upper[position + 3..].trim_start()))
    });
    match behind {
        Some((mark, rest)) => match signed_offset(rest) {
            // "GMT" alone is also the name of a clock with summer time.
            None if mark == "UTC" && !rest.starts_with(['+', '-', '±']) => Some(UtcOffset::UTC),
            found => found,
        },
        None if upper == "Z" => Some(UtcOffset::UTC),
        None => upper.split([' ', '(', ')']).find_map(|word| (word.starts_with(['+', '-'])).then(|| signed_offset(word))?),
    }
}

/// `+2`, `-5:30`, `+0530`, `+ 05.30 …`.
fn signed_offset(text: &str) -> Option<UtcOffset> {
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let rest = rest.trim_start();
    let digits_at = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let length = digits_at(rest);
    let (hours, minutes) = match length {
        1 | 2 => {
            let tail = &rest[length..];
            let minutes = match tail.strip_prefix([':', '.', 'H']) {
                Some(tail) if digits_at(tail) == 2 => tail[..2].parse().ok()?,
                // "5.5 hours" and "5.75": a decimal fraction.
                Some(tail) if digits_at(tail) == 1 && tail.starts_with('5') => 30,
                _ => 0,
            };
            (rest[..length].parse::<i32>().ok()?, minutes)
        }
        3 | 4 => (rest[..length - 2].parse().ok()?, rest[length - 2..length].parse().ok()?),
        _ => return None,
    };
    // The farthest clocks in use are −12:00 and +14:00.
    let total = hours * 60 + if minutes == 75 && length < 3 { 45 } else { minutes };
    (minutes < 60 || total % 60 == 45)
        .then(|| UtcOffset::from_minutes(sign * total))?
        .filter(|offset| offset.minutes().abs() <= 14 * 60)
}
