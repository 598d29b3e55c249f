//! Time zones and offsets.

use bonafide_model::time::UtcOffset;
use bonafide_normalise::timezone::{
    ZoneClaim, canonical_zone, countries_of_zone, country_offsets, parse, zone_offsets, zones_of_country,
};
use bonafide_normalise::{phone, place};
use jiff::{
    civil::{Date, date},
    tz::TimeZoneDatabase,
};
use proptest::prelude::*;

fn text(offsets: &[UtcOffset]) -> String {
    offsets.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn all_countries() -> Vec<&'static str> {
    let letters = b'A'..=b'Z';
    let codes =
        letters.clone().flat_map(|first| letters.clone().map(move |second| String::from_utf8(vec![first, second]).unwrap()));
    codes.filter(|code| place::country_name(code).is_some()).filter_map(|code| place::country_code(&code)).collect()
}

#[test]
fn every_country_has_zones_that_exist() {
    let database = TimeZoneDatabase::bundled();
    let countries = all_countries();
    assert_eq!(countries.len(), 250);
    for country in countries {
        let zones = zones_of_country(country);
        assert!(!zones.is_empty(), "{country} has no zone");
        for zone in zones {
            assert!(database.get(zone).is_ok(), "{country}: {zone} is not in the database");
            assert_eq!(canonical_zone(zone), Some(*zone));
            assert!(countries_of_zone(zone).contains(&country));
        }
        assert!(!country_offsets(country, date(2024, 1, 1), date(2024, 12, 31)).is_empty());
    }
    assert!(zones_of_country("ZZ").is_empty() && zones_of_country("").is_empty() && zones_of_country("🇩🇪").is_empty());
}

/// Every name of the database (save legacy ones that are mere offsets) is known, and an old name has the present one's clock.
#[test]
fn names_of_the_database_are_known() {
    let database = TimeZoneDatabase::bundled();
    let legacy = [
        "EST",
        "MST",
        "HST",
        "EST5EDT",
        "CST6CDT",
        "MST7MDT",
        "PST8PDT",
        "CET",
        "MET",
        "EET",
        "WET",
        "GMT",
        "GMT0",
        "GMT+0",
        "GMT-0",
        "Greenwich",
        "Factory",
        "Etc/GMT0",
        "Etc/GMT+0",
        "Etc/GMT-0",
        "Etc/Unknown",
    ];
    let mut missing = Vec::new();
    for name in database.available() {
        let name = name.as_str();
        if legacy.contains(&name) {
            continue;
        }
        let Some(present) = canonical_zone(name) else {
            missing.push(name.to_owned());
            continue;
        };
        let (old, new) = (database.get(name).unwrap(), database.get(present).unwrap());
        for year in [1995_i16, 2010, 2024] {
            for month in [1, 7] {
                let instant = date(year, month, 1).at(12, 0, 0, 0).in_tz("UTC").unwrap().timestamp();
                assert_eq!(old.to_offset(instant), new.to_offset(instant), "{name} {present} {year}-{month}");
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

/// Legal clocks on known dates, by the tz database's own records of law.
#[test]
fn the_law_of_the_dates_counts() {
    let of = |country: &str, from: Date, to: Date| text(&country_offsets(country, from, to));
    let year = |country: &str, year: i16| of(country, date(year, 1, 1), date(year, 12, 31));
    assert_eq!(year("DE", 2024), "+01:00 +02:00");
    assert_eq!(of("DE", date(2024, 1, 10), date(2024, 1, 20)), "+01:00");
    assert_eq!(of("DE", date(2024, 7, 1), date(2024, 7, 1)), "+02:00");
    // The day of the change has both.
    assert_eq!(of("DE", date(2024, 3, 31), date(2024, 3, 31)), "+01:00 +02:00");
    assert_eq!(year("TR", 2015), "+02:00 +03:00");
    assert_eq!(year("TR", 2020), "+03:00");
    assert_eq!(of("TR", date(2015, 6, 1), date(2020, 6, 1)), "+02:00 +03:00");
    assert_eq!(year("RU", 2024), "+02:00 +03:00 +04:00 +05:00 +06:00 +07:00 +08:00 +09:00 +10:00 +11:00 +12:00");
    assert_eq!(year("KP", 2017), "+08:30");
    assert_eq!(year("KP", 2019), "+09:00");
    assert_eq!(year("IN", 2024), "+05:30");
    assert_eq!(year("BR", 2023), "-05:00 -04:00 -03:00 -02:00");
    assert_eq!(year("US", 2024), "-10:00 -09:00 -08:00 -07:00 -06:00 -05:00 -04:00");
    assert_eq!(year("VE", 2010), "-04:30");
    assert_eq!(year("WS", 2011), "-11:00 -10:00 +14:00");
    assert_eq!(year("JP", 2024), "+09:00");
    // Dates beyond all law are answered too.
    assert!(!of("DE", date(9999, 1, 1), date(-9999, 1, 1)).is_empty());
}

#[test]
fn claims_about_clocks_are_read() {
    let winter = (date(2024, 1, 1), date(2024, 1, 31));
    let summer = (date(2024, 7, 1), date(2024, 7, 31));
    for (claim, in_winter, in_summer) in [
        ("Europe/Berlin", "+01:00", "+02:00"),
        ("europe/berlin (CET)", "+01:00", "+02:00"),
        ("Asia/Calcutta", "+05:30", "+05:30"),
        ("UTC", "+00:00", "+00:00"),
        ("utc+2", "+02:00", "+02:00"),
        ("UTC +5:30", "+05:30", "+05:30"),
        ("UTC−08:00", "-08:00", "-08:00"),
        ("GMT-5", "-05:00", "-05:00"),
        ("GMT+0530 (IST)", "+05:30", "+05:30"),
        ("+0200", "+02:00", "+02:00"),
        ("+2", "+02:00", "+02:00"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "-05:00", "-04:00"),
        ("EST (UTC-5)", "-05:00", "-05:00 -04:00"),
        ("GMT+0200 (Central European Summer Time)", "+01:00 +02:00", "+02:00"),
        ("GMT-0400 (Eastern Daylight Time)", "-05:00", "-04:00"),
        ("UTC+1 (Berlin)", "+01:00", "+01:00"),
        ("Etc/GMT-5", "+05:00", "+05:00"),
        ("CET", "+01:00", "+01:00 +02:00"),
        ("CEST", "+01:00 +02:00", "+02:00"),
        ("EST", "-05:00", "-05:00 -04:00"),
        ("ET", "-05:00", "-04:00"),
        ("Eastern Time", "-05:00", "-04:00"),
        ("Pacific Standard Time", "-08:00", "-07:00"),
        ("US/Pacific", "-08:00", "-07:00"),
        ("GMT", "+00:00", "+00:00 +01:00"),
        ("BST", "+00:00 +01:00 +06:00", "+01:00 +06:00"),
        ("KST", "+09:00", "+09:00"),
        ("PST / flexible", "-08:00 +08:00", "-08:00 -07:00 +08:00"),
    ] {
        let read = parse(claim).unwrap_or_else(|| panic!("{claim} is not read"));
        assert_eq!(text(&read.offsets(winter.0, winter.1)), in_winter, "{claim} in winter: {read:?}");
        assert_eq!(text(&read.offsets(summer.0, summer.1)), in_summer, "{claim} in summer: {read:?}");
    }
    for claim in ["", "anywhere", "Pacific", "I am flexible", "West coast", "UTC+99", "Mars/Olympus", "Berlin", &"x".repeat(500)]
    {
        assert_eq!(parse(claim), None, "{claim}");
    }
    assert_eq!(parse("GMT").unwrap().zones(), ["Europe/London"]);
    assert!(matches!(parse("+02:00"), Some(ZoneClaim::Offset(_))));
}

/// All tables of the crate speak of the same countries.
#[test]
fn tables_agree() {
    for country in all_countries() {
        assert!(place::country_name(country).is_some());
        // Uninhabited ones have no telephones.
        let has_phones = phone::calling_code(country).is_some();
        assert!(has_phones || matches!(country, "BV" | "UM"), "{country} has no calling code");
    }
}

proptest! {
    #[test]
    fn an_interval_has_the_offsets_of_its_parts(
        zone in prop::sample::select(vec!["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Africa/Casablanca", "Pacific/Apia", "Asia/Pyongyang"]),
        start in 0_i32..12_000, first in 0_i32..500, second in 0_i32..500,
    ) {
        let day = |days: i32| date(1990, 1, 1).saturating_add(jiff::Span::new().days(days));
        let offsets = |from: i32, to: i32| zone_offsets(zone, day(from), day(to)).unwrap();
        let mut parts = offsets(start, start + first);
        parts.extend(offsets(start + first + 1, start + first + 1 + second));
        parts.sort_unstable();
        parts.dedup();
        prop_assert_eq!(parts, offsets(start, start + first + 1 + second));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,40}|(UTC|GMT)?[ +-][0-9:.]{0,6}") {
        if let Some(claim) = parse(&text) {
            let _ = claim.offsets(date(2020, 1, 1), date(2020, 2, 1));
        }
        let _ = zones_of_country(&text);
        let _ = canonical_zone(&text);
    }
}
