//! Places.

use bonafide_normalise::place::{city_zone, country_code, country_name, from_parts, parse};
use proptest::prelude::*;

/// Text, city, region, country; a dash for none.
const PLACES: &[(&str, &str, &str, &str)] = &[
    ("Berlin", "Berlin", "-", "DE"),
    ("Berlin, Germany", "Berlin", "-", "DE"),
    ("Berlin Germany", "Berlin", "-", "DE"),
    ("10115 Berlin", "Berlin", "-", "DE"),
    ("📍 Amsterdam, NL", "Amsterdam", "-", "NL"),
    ("Based in Munich", "Munich", "-", "DE"),
    ("Lisbon, Portugal (open to relocation)", "Lisbon", "-", "PT"),
    ("São Paulo - SP, Brasil", "São Paulo", "São Paulo", "BR"),
    ("Sao Paulo", "São Paulo", "São Paulo", "BR"),
    ("東京", "Tokyo", "-", "JP"),
    ("Москва", "Moscow", "-", "RU"),
    ("서울", "Seoul", "-", "KR"),
    ("Kraków", "Kraków", "-", "PL"),
    ("KRAKOW, poland", "Kraków", "-", "PL"),
    ("Bengaluru, Karnataka, India", "Bengaluru", "Karnataka", "IN"),
    ("Seoul, Korea, Republic of", "Seoul", "-", "KR"),
    ("New York", "New York", "New York", "US"),
    ("NYC", "New York", "New York", "US"),
    ("New York, New York, United States", "New York", "New York", "US"),
    ("San Francisco Bay Area", "San Francisco", "California", "US"),
    ("Austin TX 78701", "Austin", "Texas", "US"),
    ("Smalltown, TX", "Smalltown", "Texas", "US"),
    ("Nowhere, Switzerland", "Nowhere", "-", "CH"),
    ("Seattle, Washington", "Seattle", "Washington", "US"),
    ("Washington, D.C.", "Washington", "District of Columbia", "US"),
    // A code that is a state and a country needs the city.
    ("Berlin, DE", "Berlin", "-", "DE"),
    ("Wilmington, DE", "Wilmington", "Delaware", "US"),
    ("Toronto, CA", "Toronto", "Ontario", "CA"),
    ("San Francisco, CA", "San Francisco", "California", "US"),
    ("Smalltown, CA", "-", "-", "-"),
    ("Bogotá, CO", "Bogotá", "-", "CO"),
    ("Denver, CO", "Denver", "Colorado", "US"),
    ("Perth, WA", "Perth", "Western Australia", "AU"),
    ("Vancouver, WA", "Vancouver", "Washington", "US"),
    // Namesakes.
    ("London", "London", "-", "GB"),
    ("London, Ontario", "London", "Ontario", "CA"),
    ("London, CA", "London", "Ontario", "CA"),
    ("Birmingham", "-", "-", "-"),
    ("Birmingham, AL", "Birmingham", "Alabama", "US"),
    ("Birmingham, UK", "Birmingham", "-", "GB"),
    ("Cambridge, England", "Cambridge", "England", "GB"),
    ("Valencia", "-", "-", "-"),
    ("Hyderabad, Pakistan", "Hyderabad", "-", "PK"),
    ("Georgia", "-", "-", "-"),
    ("Georgia, USA", "-", "Georgia", "US"),
    ("Tbilisi, Georgia", "Tbilisi", "-", "GE"),
    ("Atlanta, Georgia", "Atlanta", "Georgia", "US"),
    ("Washington", "-", "-", "US"),
    ("Victoria", "-", "-", "-"),
    ("Paris, Texas", "Paris", "Texas", "US"),
    ("Springfield", "Springfield", "-", "US"),
    ("Congo", "-", "-", "-"),
    // Two places are none; two of one country are the country.
    ("Berlin / London", "-", "-", "-"),
    ("Poland or Germany", "-", "-", "-"),
    ("New York / San Francisco", "-", "-", "US"),
    ("Trinidad and Tobago", "-", "-", "TT"),
    // Not countries.
    ("Europe", "-", "-", "-"),
    ("Earth", "-", "-", "-"),
    ("Remote", "-", "-", "-"),
    ("LATAM", "-", "-", "-"),
    ("EU (Poland)", "-", "-", "PL"),
    ("Remote (US)", "-", "-", "US"),
    ("127.0.0.1", "-", "-", "-"),
    ("", "-", "-", "-"),
    ("Michael Jordan", "-", "-", "-"),
    ("Hong Kong", "Hong Kong", "-", "HK"),
    ("Kowloon, Hong Kong", "Kowloon", "-", "HK"),
    ("Reading", "-", "-", "-"),
    ("Reading, UK", "Reading", "-", "GB"),
    ("Nice, France", "Nice", "-", "FR"),
    ("Split, Croatia", "Split", "-", "HR"),
    ("Singapore", "Singapore", "-", "SG"),
    ("Singapore, SG", "Singapore", "-", "SG"),
];

#[test]
fn places_are_read() {
    for &(text, city, region, country) in PLACES {
        let place = parse(text);
        let read = (place.city.as_deref().unwrap_or("-"), place.region.unwrap_or("-"), place.country.unwrap_or("-"));
        assert_eq!(read, (city, region, country), "{text}");
        assert_eq!(place.zones.is_empty(), place.country.is_none(), "{text}: {:?}", place.zones);
    }
}

#[test]
fn zones_are_those_of_the_place() {
    assert_eq!(parse("Denver, CO").zones, ["America/Denver"]);
    assert_eq!(parse("Texas, USA").zones, ["America/Chicago", "America/Denver"]);
    assert_eq!(parse("Smalltown, Texas").zones, ["America/Chicago", "America/Denver"]);
    assert_eq!(parse("Tenerife, Spain").zones, ["Atlantic/Canary"]);
    assert_eq!(parse("Vladivostok").zones, ["Asia/Vladivostok"]);
    assert_eq!(parse("Kansas City").zones, ["America/Chicago"]);
    // Portland, Maine, or Portland, Oregon: the clock is not certain.
    assert!(parse("Portland").zones.len() > 10);
    assert!(parse("Remote - anywhere").remote && !parse("Berlin").remote);
    assert_eq!(city_zone("Córdoba", Some("Argentina")), Some("America/Argentina/Cordoba"));
    assert_eq!(city_zone("Córdoba", None), None);
    assert_eq!(city_zone("Berlin", Some("FR")), None);
}

#[test]
fn parts_that_a_form_keeps_apart_are_read() {
    let place = from_parts(Some("Novi Sad"), None, Some("RS"));
    assert_eq!(
        (place.city.as_deref(), place.country, place.zones.as_slice()),
        (Some("Novi Sad"), Some("RS"), ["Europe/Belgrade"].as_slice())
    );
    let place = from_parts(Some("Smalltown"), Some("CA"), Some("United States"));
    assert_eq!((place.city.as_deref(), place.region, place.country), (Some("Smalltown"), Some("California"), Some("US")));
    let place = from_parts(Some("Cebu"), None, Some("PH"));
    assert_eq!((place.city.as_deref(), place.country), (Some("Cebu City"), Some("PH")));
    let place = from_parts(None, None, None);
    assert_eq!((place.city, place.country), (None, None));
    // Without a country that is known, the parts are read as one text.
    assert_eq!(from_parts(Some("Berlin"), None, Some("Europe")).country, Some("DE"));
}

#[test]
fn countries_are_known_by_their_names_and_codes() {
    for (text, code) in [
        ("Germany", "DE"),
        ("DEUTSCHLAND", "DE"),
        ("deu", "DE"),
        ("de", "DE"),
        ("Федерация Российская", "-"),
        ("Россия", "RU"),
        ("中国", "CN"),
        ("日本", "JP"),
        ("대한민국", "KR"),
        ("Côte d’Ivoire", "CI"),
        ("Cote d'Ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("U.S.A.", "US"),
        ("the United States", "US"),
        ("United States of America", "US"),
        ("U.K.", "GB"),
        ("Great Britain", "GB"),
        ("UAE", "AE"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Czech Republic", "CZ"),
        ("Viet Nam", "VN"),
        ("DPRK", "KP"),
        ("North Korea", "KP"),
        ("Korea", "KR"),
        ("Republic of Korea", "KR"),
        ("Kosovo", "XK"),
        ("Hong Kong SAR", "HK"),
        ("Moldova, Republic of", "MD"),
        ("Europe", "-"),
        ("EU", "-"),
        ("Earth", "-"),
        ("", "-"),
        ("German", "-"),
        ("Georgia", "GE"),
    ] {
        assert_eq!(country_code(text).unwrap_or("-"), code, "{text}");
    }
    assert_eq!(country_name("TR"), Some("Türkiye"));
    assert_eq!(country_name("ZZ"), None);
}

/// No name stands for two countries, and every name leads back.
#[test]
fn names_of_countries_are_unambiguous() {
    let letters = b'A'..=b'Z';
    for code in letters.clone().flat_map(|a| letters.clone().map(move |b| String::from_utf8(vec![a, b]).unwrap())) {
        if let Some(name) = country_name(&code) {
            assert_eq!(country_code(name), country_code(&code), "{code} {name}");
        }
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,60}|[A-Z][a-z]{1,6}[ ,/-]{1,2}[A-Z]{2,3}") {
        let place = parse(&text);
        prop_assert_eq!(place.original, text);
    }

    /// The canonical form of a place is read as the same place.
    #[test]
    fn a_place_is_stable(index in 0..PLACES.len()) {
        let place = parse(PLACES[index].0);
        let country = place.country.and_then(country_name);
        let again = from_parts(place.city.as_deref(), place.region, country);
        prop_assert_eq!((again.city, again.region, again.country, again.zones), (place.city, place.region, place.country, place.zones));
    }
}
