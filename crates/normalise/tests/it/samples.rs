//! The readers over sample data. The folder is named by `BONAFIDE_TEST_DATA` (default: `../shared/data` beside the workspace); where
//! it is absent the tests say so and pass, unless `CI` is set.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read as _,
    path::PathBuf,
};

use bonafide_normalise::{email, phone, place, timezone};
use jiff::civil::date;

fn sample(path: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("BONAFIDE_TEST_DATA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    match std::fs::read(folder.join(path)) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            assert!(std::env::var_os("CI").is_none(), "sample data {path} cannot be read under CI: {error}");
            eprintln!("skipped: {path} cannot be read ({error}); set BONAFIDE_TEST_DATA");
            None
        }
    }
}

fn applicants() -> Option<Vec<serde_json::Value>> {
    let packed = sample("linkage/applicants10k/applicants.jsonl.gz")?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut text).expect("sample data is gzip text");
    Some(text.lines().map(|line| serde_json::from_str(line).expect("sample data is JSON")).collect())
}

fn field<'a>(applicant: &'a serde_json::Value, name: &str) -> &'a str {
    applicant[name].as_str().unwrap_or_default()
}

#[test]
fn ordinary_addresses_are_read_and_kept_apart() {
    let Some(bytes) = sample("tradecraft/benign_emails_dev.csv") else { return };
    let text = String::from_utf8(bytes).expect("sample data is UTF-8");
    let shapes: BTreeSet<&str> = text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert!(shapes.len() > 3_000);
    let unread: Vec<_> = shapes.iter().filter(|shape| email::parse(shape).is_err()).collect();
    assert!(unread.is_empty(), "{} not read: {unread:?}", unread.len());
    let canonical: BTreeSet<_> = shapes.iter().filter_map(|shape| email::canonical(shape)).collect();
    // Variants of one mailbox fold together; ordinary people must not.
    assert!(shapes.len() - canonical.len() <= shapes.len() / 200, "{} shapes fold into {}", shapes.len(), canonical.len());
}

#[test]
fn addresses_of_applicants_are_read() {
    let Some(applicants) = applicants() else { return };
    let unread: Vec<_> = applicants.iter().map(|a| field(a, "email")).filter(|text| email::parse(text).is_err()).collect();
    assert!(unread.is_empty(), "{} not read: {:?}", unread.len(), &unread[..unread.len().min(20)]);
}

/// Every number is read, and one number in all its notations is one number.
#[test]
fn numbers_of_applicants_are_read() {
    let Some(applicants) = applicants() else { return };
    let mut unread = Vec::new();
    let mut readings: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for applicant in &applicants {
        let (text, country) = (field(applicant, "phone"), field(applicant, "country"));
        if text.is_empty() {
            continue;
        }
        match phone::parse(text, Some(country)) {
            Ok(number) if number.e164.is_some() => {
                let last = number.last_nine().expect("nine digits").to_owned();
                readings.entry(last).or_default().insert(number.e164.clone().unwrap_or_default(), format!("{text} ({country})"));
            }
            read => unread.push(format!("{text} ({country}): {read:?}")),
        }
    }
    assert!(unread.is_empty(), "{} not read:\n{}", unread.len(), unread.join("\n"));
    let split: Vec<_> = readings.values().filter(|numbers| numbers.len() > 1).collect();
    // Nine random digits in common are chance; many would be a notation that is read wrongly.
    assert!(split.len() <= readings.len() / 1_000, "{} of {}:\n{split:#?}", split.len(), readings.len());
}

#[test]
fn cities_of_applicants_are_known_with_their_clocks() {
    let Some(applicants) = applicants() else { return };
    let mut unknown = BTreeSet::new();
    let places: BTreeSet<_> =
        applicants.iter().map(|applicant| (field(applicant, "city"), field(applicant, "country"))).collect();
    for (city, country) in places {
        let by_parts = place::from_parts(Some(city), None, Some(country));
        let by_text = place::parse(&format!("{city}, {country}"));
        let name = place::country_name(country).unwrap_or_default();
        let by_name = place::parse(&format!("{city}, {name}"));
        if by_parts.zones.is_empty()
            || by_parts.country != Some(country)
            || by_text.country != Some(country)
            || by_name.country != Some(country)
        {
            unknown.insert(format!("{city}, {country}: {:?} {:?} {:?}", by_parts.country, by_text.country, by_name.country));
        }
        if place::city_zone(city, Some(country)).is_none() && city != "Portland" && city != "Columbus" {
            unknown.insert(format!("{city}, {country} has no zone"));
        }
        assert!(!timezone::country_offsets(country, date(2025, 1, 1), date(2025, 12, 31)).is_empty());
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}
