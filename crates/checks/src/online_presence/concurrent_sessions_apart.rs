//! # What it finds
//! Sessions of one account that overlap in time, or follow each other faster than anybody travels, in places far apart.
//!
//! # Why it matters
//! One person is in one place. An account that works from two countries at once is shared, or reached through somebody else's
//! computer.
//!
//! # Innocent explanations
//! - A firm's VPN, or a mobile network that leaves the country elsewhere.
//! - A remote desktop or server of one's own.
//! - A wrong position in the platform's data.
//!
//! # What to ask next
//! - From which places, networks and machines do you use this account?
//!
//! # Sources
//! - Signal ONL-029: guidance of three US departments, 2022-05.

use std::collections::BTreeSet;

use crate::{
    prelude::*,
    support::{days, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-029"),
    slug: "concurrent-sessions-apart",
    stage: Stage::OnlinePresence,
    title: "Concurrent sessions in different countries",
    summary: "Distance between sessions against the time between them.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Platform,
    facts: &[FactKind::PlatformSession],
    flags: Flags::NONE,
};

/// Positions from network addresses err by a region; mobile networks by a neighbouring country.
const APART_KM: f64 = 1_000.0;
/// Door to door by airliner.
const KM_PER_HOUR: f64 = 800.0;
/// A change of network at the end of a session is no overlap.
const OVERLAP_SECONDS: i64 = 15 * 60;
/// Each session is compared with so many that start after it: more at once are no longer sessions of people.
const NEIGHBOURS: usize = 40;
/// One day may be a mishap.
const DAYS: usize = 2;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut sessions: Vec<_> = dossier
        .all::<PlatformSession>()
        .filter(|session| session.to >= session.from && (session.position.is_some() || session.country.is_some()))
        .collect();
    if sessions.len() < 2 {
        return Err(Early::inconclusive(Need::Facts, "two sessions with their places"));
    }
    sessions.sort_by_key(|session| (session.from, session.fact.id));
    let mut pairs = Vec::new();
    for (index, earlier) in sessions.iter().enumerate() {
        let later = sessions[index + 1..].iter().take(NEIGHBOURS).filter(|later| later.platform == earlier.platform);
        pairs.extend(later.filter_map(|later| Pair::of(earlier, later)));
    }
    pairs.sort_by_key(|pair| (!pair.active, !pair.positions, pair.earlier.fact.id, pair.later.fact.id));
    let mut evidence = pairs.iter().take(4).map(Pair::evidence);
    let Some(first) = evidence.next() else {
        return Ok(Outcome::clear(format!("times and places of {}", count(sessions.len(), "session"))));
    };
    let rest: Vec<Evidence> = evidence.collect();
    let active_days: BTreeSet<_> = pairs.iter().filter(|pair| pair.active).map(|pair| days::utc(pair.later.from)).collect();
    let all_days: BTreeSet<_> = pairs.iter().map(|pair| days::utc(pair.later.from)).collect();
    let known_places = pairs.iter().any(|pair| pair.positions);
    let strength = if active_days.len() >= DAYS || (known_places && all_days.len() >= DAYS) { Strength::Medium } else { Strength::Weak };
    let summary = format!(
        "{} of sessions on {} are too far apart for one person, such as {}.",
        count(pairs.len(), "pair"),
        count(all_days.len(), "day"),
        pairs.first().map(Pair::places).unwrap_or_default(),
    );
    Ok(Outcome::Findings(vec![Finding::new(strength, summary, first).and_all(rest)]))
}

struct Pair<'a, 'd> {
    earlier: &'a Known<'d, PlatformSession>,
    later: &'a Known<'d, PlatformSession>,
    kilometres: Option<f64>,
    /// Seconds between the sessions; negative where they overlap.
    between: i64,
    active: bool,
    positions: bool,
}

impl<'a, 'd> Pair<'a, 'd> {
    /// The pair, if nobody could have been in both places.
    fn of(earlier: &'a Known<'d, PlatformSession>, later: &'a Known<'d, PlatformSession>) -> Option<Self> {
        let between = later.from.as_second() - earlier.to.min(later.to).as_second();
        let kilometres = earlier.position.zip(later.position).map(|(from, to)| distance(from, to));
        let idle = earlier.active == Some(false) || later.active == Some(false);
        let apart = match kilometres {
            Some(kilometres) => {
                let hours = between.max(0) as f64 / 3600.0;
                kilometres.is_finite() && kilometres >= APART_KM && kilometres > hours * KM_PER_HOUR && (between >= 0 || between <= -OVERLAP_SECONDS)
            }
            // Without positions only an overlap in two countries says anything.
            None => earlier.country.as_ref().zip(later.country.as_ref()).is_some_and(|(from, to)| from != to) && between <= -OVERLAP_SECONDS,
        };
        let active = earlier.active == Some(true) && later.active == Some(true);
        (apart && !idle).then_some(Self { earlier, later, kilometres, between, active, positions: kilometres.is_some() })
    }

    fn places(&self) -> String {
        let place = |session: &PlatformSession| match (&session.country, session.position) {
            (Some(country), _) => country.clone(),
            (None, Some((latitude, longitude))) => format!("{latitude:.1}, {longitude:.1}"),
            (None, None) => "?".to_owned(),
        };
        let when = match self.between {
            ..0 => format!("at once for {}", days::length(-self.between)),
            _ => format!("within {}", days::length(self.between)),
        };
        let far = self.kilometres.map(|kilometres| format!(", {kilometres:.0} km apart")).unwrap_or_default();
        format!("{} and {} {when}{far}", place(self.earlier), place(self.later))
    }

    fn evidence(&self) -> Evidence {
        observed(self.later, self.places())
            .relates("cannot be one person with", Compared::fact(self.earlier, format!("session from {} to {}", self.earlier.from, self.earlier.to)))
    }
}

/// Great-circle distance in kilometres (haversine formula, mean radius of the Earth 6,371 km).
fn distance(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (latitude_from, latitude_to) = (from.0.to_radians(), to.0.to_radians());
    let half_latitude = (latitude_to - latitude_from) / 2.0;
    let half_longitude = (to.1 - from.1).to_radians() / 2.0;
    let chord = half_latitude.sin().powi(2) + latitude_from.cos() * latitude_to.cos() * half_longitude.sin().powi(2);
    2.0 * 6_371.0 * chord.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_globe() {
        let berlin_to_tokyo = distance((52.52, 13.40), (35.68, 139.69));
        assert!((berlin_to_tokyo - 8_918.0).abs() < 30.0, "{berlin_to_tokyo}");
        assert!(distance((0.0, 179.9), (0.0, -179.9)) < 30.0);
        assert!(distance((f64::NAN, 0.0), (0.0, 0.0)).is_nan());
    }
}
