//! Places as people write them: city, region and country, and the time zones that are kept there.
//!
//! The tables hold every country and territory of ISO 3166-1 under its common, formal and foreign names, the states and provinces
//! of countries with several clocks, and a thousand cities. They are compiled for this crate from general knowledge.
//!
//! # What is not guessed
//! * A city's name that stands for places in two countries names none, unless one is many times larger than the others ("London").
//! * Two capital letters that are a state as well as a country (`CA`, `DE`, `IN`) need a city that decides.
//! * "Europe", "EMEA", "Earth", "remote" and "anywhere" are not countries.
//! * "Berlin / London" names two places, and so none.
//! * Names of peoples ("German") say who somebody is, not where, and are not read.
//! * "Korea" alone means the Republic of Korea, "Ireland" the republic, "America" the United States, as in everyday English.

mod cities;
mod countries;
mod regions;
mod words;

use std::{collections::HashMap, sync::OnceLock};

use crate::{text, timezone};

pub use words::is_place_word;

/// The longest text that is read, in bytes; a place in a longer one is not looked for.
pub const MAX_TEXT: usize = 300;

/// A place, as far as it could be told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// As written.
    pub original: String,
    /// City: its usual English name where the table knows it, else as written before a country or region.
    pub city: Option<String>,
    /// English name of the state, province or region.
    pub region: Option<&'static str>,
    /// ISO 3166-1 alpha-2 code of the country.
    pub country: Option<&'static str>,
    /// Time zones (IANA names) kept at the place: one where the city is known, all of the region or country otherwise.
    pub zones: Vec<&'static str>,
    /// Whether the text says that the work is done from anywhere.
    pub remote: bool,
}

/// Reads a place as written.
///
/// ```
/// use bonafide_normalise::place;
/// let place = place::parse("São Paulo - SP, Brasil");
/// assert_eq!((place.city.as_deref(), place.country), (Some("São Paulo"), Some("BR")));
/// assert_eq!(place.zones, ["America/Sao_Paulo"]);
/// assert_eq!(place::parse("Austin, TX").country, Some("US"));
/// assert_eq!(place::parse("Tbilisi, Georgia").country, Some("GE"));
/// assert_eq!(place::parse("Birmingham").country, None);
/// assert_eq!(place::parse("Remote (Europe)").country, None);
/// ```
#[must_use]
pub fn parse(text: &str) -> Place {
    if text.len() > MAX_TEXT {
        return Place { original: text.to_owned(), ..Place::default() };
    }
    let tidy = text::tidy(text);
    let mut reading = Reading::default();
    for part in split_parts(&tidy) {
        reading.add(part);
    }
    reading.settle(text)
}

/// Reads a place whose parts a form keeps apart. A country's code may be given in any case.
///
/// ```
/// use bonafide_normalise::place;
/// let place = place::from_parts(Some("Cordoba"), None, Some("ar"));
/// assert_eq!((place.country, place.zones.as_slice()), (Some("AR"), ["America/Argentina/Cordoba"].as_slice()));
/// ```
#[must_use]
pub fn from_parts(city: Option<&str>, region: Option<&str>, country: Option<&str>) -> Place {
    let original = [city, region, country].into_iter().flatten().collect::<Vec<_>>().join(", ");
    if original.len() > MAX_TEXT {
        return Place { original, ..Place::default() };
    }
    let Some(code) = country.and_then(country_code) else { return parse(&original) };
    let city_part = city.map(text::tidy).filter(|city| !city.is_empty());
    let region = region.and_then(|region| region_in(&text::lookup_key(region), Some(code)));
    let known = city_part.as_deref().and_then(|city| city_in(&text::lookup_key(city), Some(code), region));
    place_of(original, city_part, known, region.or_else(|| known.and_then(|city| city.region)), Some(code), false)
}

/// The ISO 3166-1 alpha-2 code of a country from its name in English or another language, its alpha-2 or its alpha-3 code.
///
/// ```
/// use bonafide_normalise::place::country_code;
/// assert_eq!(country_code("Deutschland"), Some("DE"));
/// assert_eq!(country_code("Korea, Republic of"), Some("KR"));
/// assert_eq!(country_code("gb"), Some("GB"));
/// assert_eq!(country_code("UK"), Some("GB"));
/// assert_eq!(country_code("Earth"), None);
/// ```
#[must_use]
pub fn country_code(text: &str) -> Option<&'static str> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let key = text::lookup_key(text);
    country_of_code(&key).or_else(|| Tables::get().countries.get(key.as_str()).copied())
}

/// The common English name of a country, by ISO 3166-1 alpha-2 code.
///
/// ```
/// assert_eq!(bonafide_normalise::place::country_name("CI"), Some("Côte d'Ivoire"));
/// ```
#[must_use]
pub fn country_name(code: &str) -> Option<&'static str> {
    countries::COUNTRIES.iter().find(|(alpha2, ..)| alpha2.eq_ignore_ascii_case(code)).map(|(_, _, name, _)| *name)
}

/// The time zone of a city; `country` (ISO 3166-1 alpha-2) decides between namesakes.
///
/// ```
/// use bonafide_normalise::place::city_zone;
/// assert_eq!(city_zone("Kraków", None), Some("Europe/Warsaw"));
/// assert_eq!(city_zone("Valencia", Some("VE")), Some("America/Caracas"));
/// assert_eq!(city_zone("Valencia", None), None);
/// ```
#[must_use]
pub fn city_zone(city: &str, country: Option<&str>) -> Option<&'static str> {
    if city.len() > MAX_TEXT {
        return None;
    }
    let code = match country {
        Some(country) => Some(country_code(country)?),
        None => None,
    };
    city_in(&text::lookup_key(city), code, None).and_then(|city| city.zone)
}

// --- Tables -----------------------------------------------------------------------------------------------------------------------

#[derive(Clone, Copy)]
struct City {
    name: &'static str,
    country: &'static str,
    region: Option<&'static regions::Region>,
    zone: Option<&'static str>,
    is_foremost: bool,
    /// Whether the name is a city's only beside a country or region.
    needs_company: bool,
}

impl City {
    fn is_in(&self, region: Option<&'static regions::Region>) -> bool {
        self.region.map(|own| own.2) == region.map(|other| other.2)
    }
}

struct Tables {
    countries: HashMap<String, &'static str>,
    regions: HashMap<String, Vec<&'static regions::Region>>,
    cities: HashMap<String, Vec<City>>,
}

impl Tables {
    fn get() -> &'static Self {
        static TABLES: OnceLock<Tables> = OnceLock::new();
        TABLES.get_or_init(Self::build)
    }

    fn build() -> Self {
        let mut countries = HashMap::new();
        for (code, alpha3, name, others) in countries::COUNTRIES {
            for name in std::iter::once(name).chain(*others) {
                countries.insert(text::lookup_key(name), *code);
            }
            countries.entry(alpha3.to_ascii_lowercase()).or_insert(code);
        }
        let mut regions: HashMap<String, Vec<&'static regions::Region>> = HashMap::new();
        for region in regions::REGIONS {
            let (_, code, name, others, _) = region;
            let long_code = if code.len() > 2 { Some(code) } else { None };
            for name in std::iter::once(name).chain(*others).chain(long_code) {
                let namesakes = regions.entry(text::lookup_key(name)).or_default();
                if !namesakes.iter().any(|other| std::ptr::eq(*other, region)) {
                    namesakes.push(region);
                }
            }
        }
        let mut cities: HashMap<String, Vec<City>> = HashMap::new();
        for (country, zone, list) in cities::CITIES {
            for entry in list.split(';') {
                let (is_foremost, entry) = entry.strip_prefix('!').map_or((false, entry), |entry| (true, entry));
                let (needs_company, entry) = entry.strip_prefix('?').map_or((false, entry), |entry| (true, entry));
                let mut names = entry.split('=');
                let first = names.next().unwrap_or_default();
                let (name, code) = first.split_once('@').map_or((first, None), |(name, code)| (name, Some(code)));
                let region = code.and_then(|code| region_of_code(country, code));
                for other in std::iter::once(name).chain(names) {
                    let city = City { name, country, region, zone: Some(zone), is_foremost, needs_company };
                    let namesakes = cities.entry(text::lookup_key(other)).or_default();
                    if !namesakes.iter().any(|known| known.name == name && known.zone == city.zone && known.is_in(region)) {
                        namesakes.push(city);
                    }
                }
            }
        }
        Self { countries, regions, cities }
    }

    fn holds(&self, key: &str) -> bool {
        self.countries.contains_key(key) || self.regions.contains_key(key) || self.cities.contains_key(key)
    }
}

fn region_of_code(country: &str, code: &str) -> Option<&'static regions::Region> {
    regions::REGIONS.iter().find(|(of, candidate, ..)| *of == country && *candidate == code)
}

/// A country by two- or three-letter code, in lower case.
fn country_of_code(key: &str) -> Option<&'static str> {
    let find = |position: fn(&(&'static str, &'static str)) -> &'static str| {
        let mut codes = countries::COUNTRIES.iter().map(|(alpha2, alpha3, ..)| (*alpha2, *alpha3));
        codes.find(|codes| position(codes).eq_ignore_ascii_case(key)).map(|(alpha2, _)| alpha2)
    };
    match key.len() {
        2 => find(|(alpha2, _)| alpha2),
        3 => find(|(_, alpha3)| alpha3),
        _ => None,
    }
}

/// A region by its name or code; where no country is given, only if one country alone has it.
fn region_in(key: &str, country: Option<&str>) -> Option<&'static regions::Region> {
    let of_country = |region: &&&'static regions::Region| country.is_none_or(|country| region.0 == country);
    let by_name = Tables::get().regions.get(key).map(Vec::as_slice).unwrap_or_default();
    let mut found = by_name.iter().filter(of_country);
    match (found.next(), found.next()) {
        (Some(region), None) => Some(region),
        (None, _) => country.and_then(|country| region_of_code(country, &key.to_ascii_uppercase())),
        _ => None,
    }
}

/// A city by its name. Without country and region, a name of several countries means none, save the foremost.
fn city_in(key: &str, country: Option<&str>, region: Option<&'static regions::Region>) -> Option<City> {
    let all = Tables::get().cities.get(key)?;
    let has_company = country.is_some() || region.is_some();
    let fits = |city: &&City| {
        (has_company || !city.needs_company)
            && country.is_none_or(|country| city.country == country)
            && region.is_none_or(|region| city.region.is_none_or(|own| own.0 == region.0 && own.2 == region.2))
            && region.is_none_or(|region| city.country == region.0)
    };
    let found: Vec<City> = all.iter().filter(fits).copied().collect();
    let first = *found.first()?;
    if found.len() == 1 && (all.len() == 1 || country.is_some() || region.is_some() || first.is_foremost) {
        return Some(first);
    }
    if let Some(foremost) = found.iter().find(|city| city.is_foremost) {
        return Some(*foremost);
    }
    // Namesakes inside one country: the country is certain, the clock only where they share it.
    let one_country = found.iter().all(|city| city.country == first.country);
    let zone = first.zone.filter(|zone| found.iter().all(|city| city.zone == Some(zone)));
    one_country.then_some(City { region: if found.len() == 1 { first.region } else { None }, zone, ..first })
}

// --- Reading ----------------------------------------------------------------------------------------------------------------------

/// What one part of a text may be.
struct Part<'a> {
    text: &'a str,
    key: String,
}

#[derive(Default)]
struct Reading<'a> {
    parts: Vec<Part<'a>>,
    remote: bool,
}

/// Words that name no place.
const NO_PLACE: &[&str] = &[
    "127 0 0 1",
    "africa",
    "amer",
    "americas",
    "anywhere",
    "apac",
    "asia",
    "central europe",
    "cloud",
    "digital nomad",
    "earth",
    "earth planet",
    "eastern europe",
    "emea",
    "eu",
    "eurasia",
    "europe",
    "european union",
    "everywhere",
    "global",
    "globally",
    "home",
    "home based",
    "home office",
    "hybrid",
    "internet",
    "latam",
    "latin america",
    "localhost",
    "mars",
    "mena",
    "middle east",
    "na",
    "nomad",
    "north america",
    "on site",
    "onsite",
    "planet earth",
    "relocation",
    "remote",
    "somewhere",
    "south america",
    "southeast asia",
    "the internet",
    "the world",
    "universe",
    "western europe",
    "wfh",
    "work from home",
    "world",
    "worldwide",
];

/// Words at the edges of a part that say nothing about the place.
const EDGE_WORDS: &[&str] = &[
    "area",
    "based",
    "based in",
    "city of",
    "currently in",
    "from",
    "fully",
    "fully remote",
    "greater",
    "hybrid",
    "in",
    "located in",
    "location",
    "living in",
    "metro",
    "metro area",
    "metropolitan",
    "metropolitan area",
    "metroplex",
    "near",
    "office",
    "only",
    "onsite",
    "open to relocation",
    "region",
    "remote",
    "remote from",
    "remote in",
    "resident of",
    "the",
    "willing to relocate",
];

fn split_parts(tidy: &str) -> impl Iterator<Item = &str> {
    let dashed = tidy.split([',', ';', '/', '|', '(', ')', '[', ']', '•', '·', '\n', '–', '—', '、', '，', '→', ':', '📍']);
    dashed
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" & "))
        .flat_map(|part| part.split(" or "))
        .take(12)
        .map(str::trim)
}

impl<'a> Reading<'a> {
    fn add(&mut self, text: &'a str) {
        let mut key = text::lookup_key(text);
        self.remote |= key.split(' ').any(|word| matches!(word, "remote" | "remotely" | "anywhere" | "worldwide" | "wfh"));
        while !Tables::get().holds(&key) {
            let trimmed = trim_edge_words(&key);
            if trimmed.len() == key.len() {
                break;
            }
            key = trimmed.to_owned();
        }
        if !Tables::get().holds(&key)
            && let Some((left, right)) = text.split_once(" and ")
        {
            // "Berlin and London"; names with "and" in them are in the tables.
            self.add(left);
            return self.add(right);
        }
        if !key.is_empty() && NO_PLACE.binary_search(&key.as_str()).is_err() && !is_postal_code(&key) {
            self.parts.push(Part { text, key });
        }
    }

    fn settle(self, original: &str) -> Place {
        let original = original.to_owned();
        let mut candidates: Vec<Place> = Vec::new();
        let parts = &self.parts;
        // A country or region stands behind its city; the part that names it decides about the parts before it.
        let country = self.country();
        let region = self.region(country);
        let country = country.or(region.map(|region| region.0));
        for (index, part) in parts.iter().enumerate() {
            let known = known_city(part, country, region);
            let namesake = if country.is_none() && region.is_none() { region_in(&part.key, None) } else { None };
            if let (Some(city), Some(namesake)) = (known, namesake)
                && !city.is_in(Some(namesake))
            {
                // "Washington", "Victoria": a city or a state elsewhere.
                let country = (city.country == namesake.0).then_some(city.country);
                candidates.push(place_of(original.clone(), None, None, None, country, self.remote));
            } else if let Some(city) = known {
                let region = region.filter(|region| region.0 == city.country).or(city.region);
                candidates.push(place_of(original.clone(), None, Some(city), region, Some(city.country), self.remote));
            } else if index == 0 && parts.len() > 1 && country.is_some() && self.is_unknown(part, country) {
                let city = Some(part.text.to_owned());
                candidates.push(place_of(original.clone(), city, None, region, country, self.remote));
            }
        }
        candidates.dedup_by(|left, right| left.city == right.city && left.country == right.country);
        let first_country = candidates.first().and_then(|place| place.country);
        match candidates.len() {
            0 => place_of(original, None, None, region, country, self.remote),
            1 => candidates.remove(0),
            // "New York / San Francisco": the country is one, the city is not. "Kowloon, Hong Kong": the first is the narrower.
            _ if candidates.iter().all(|place| place.country == first_country) => {
                let same_zones = candidates.iter().all(|place| place.zones == candidates[0].zones);
                if same_zones { candidates.remove(0) } else { place_of(original, None, None, region, first_country, self.remote) }
            }
            _ => Place { original, remote: self.remote, ..Place::default() },
        }
    }

    /// The country that the parts name, if they name one.
    fn country(&self) -> Option<&'static str> {
        let named: Vec<&'static str> = self.parts.iter().filter_map(|part| self.country_of_part(part)).collect();
        let first = *named.first()?;
        named.iter().all(|country| *country == first).then_some(first)
    }

    fn country_of_part(&self, part: &Part<'_>) -> Option<&'static str> {
        let is_code = part.key.len() == 2 && part.text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'.');
        if let Some(country) = Tables::get().countries.get(part.key.as_str()) {
            // A state of the same name (Georgia) needs a city that decides.
            let Some(namesake) = region_in(&part.key, None) else { return Some(country) };
            return self.decide(country, namesake);
        }
        if is_code {
            let country = country_of_code(&part.key);
            let state = ["US", "CA", "AU"].into_iter().find_map(|of| region_of_code(of, &part.key.to_ascii_uppercase()));
            return match (country, state) {
                (Some(country), None) => Some(country),
                (Some(country), Some(state)) => self.decide(country, state),
                _ => None,
            };
        }
        // "Berlin Germany": the last words of a part.
        let words: Vec<&str> = part.key.split(' ').collect();
        (1..words.len().min(4)).rev().find_map(|count| {
            let tail = words[words.len() - count..].join(" ");
            let is_country = Tables::get().countries.get(&tail).copied()?;
            let rest = words[..words.len() - count].join(" ");
            (city_in(&rest, Some(is_country), None).is_some() || region_in(&rest, Some(is_country)).is_some())
                .then_some(is_country)
        })
    }

    /// Decides between a country and a state of the same name or code by the cities named beside it; `None` where they do not tell.
    fn decide(&self, country: &'static str, state: &'static regions::Region) -> Option<&'static str> {
        let knows = |country: &str, region| self.parts.iter().any(|part| known_city(part, Some(country), region).is_some());
        let names = |code: &str| self.parts.iter().any(|part| Tables::get().countries.get(&part.key).is_some_and(|c| *c == code));
        match (knows(country, None), knows(state.0, Some(state))) {
            (true, false) => Some(country),
            (false, true) => Some(state.0),
            _ if names(state.0) => Some(state.0),
            _ => None,
        }
    }

    fn region(&self, country: Option<&'static str>) -> Option<&'static regions::Region> {
        let mut found = None;
        for part in self.parts.iter().rev() {
            let is_code = part.key.len() <= 3 && part.text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'.');
            let by_code = if is_code { self.region_of_code(&part.key, country) } else { None };
            // "Austin TX", "Toronto ON": the code at the end of a part; a ZIP code may follow.
            let tail = || {
                let mut words = part.text.split(' ').rev().filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()));
                let word =
                    words.next().filter(|word| (2..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase()))?;
                words.next().and_then(|_| self.region_of_code(&word.to_ascii_lowercase(), country))
            };
            let by_name = || {
                let region = region_in(&part.key, country)?;
                (country.is_some() || !Tables::get().countries.contains_key(&part.key)).then_some(())?;
                // A city of the same name (São Paulo, New York) may be meant, unless a city of the region stands beside it.
                let is_city_too = city_in(&part.key, country, None).is_some();
                let is_beside_city = || {
                    let mut others = self.parts.iter().filter(|other| !std::ptr::eq(*other, part));
                    others.any(|other| known_city(other, Some(region.0), Some(region)).is_some())
                };
                (!is_city_too || country == Some(region.0) || is_beside_city()).then_some(region)
            };
            if let Some(region) = by_code.or_else(tail).or_else(by_name) {
                if found.is_some_and(|earlier: &regions::Region| earlier.2 != region.2) {
                    return found;
                }
                found = Some(region);
            }
        }
        found
    }

    fn region_of_code(&self, key: &str, country: Option<&'static str>) -> Option<&'static regions::Region> {
        let code = key.to_ascii_uppercase();
        if let Some(country) = country {
            return region_of_code(country, &code);
        }
        let states: Vec<_> = ["US", "CA", "AU", "DE", "MX"].into_iter().filter_map(|of| region_of_code(of, &code)).collect();
        let known: Vec<_> = states
            .iter()
            .filter(|state| self.parts.iter().any(|part| known_city(part, Some(state.0), Some(state)).is_some()))
            .collect();
        match (known.as_slice(), states.as_slice()) {
            ([state], _) => Some(state),
            // A code that is no country's needs no city.
            (_, [state]) if country_of_code(key).is_none() => Some(state),
            _ => None,
        }
    }

    /// Whether a part is neither a country nor a region, so that it may be a city that the table does not hold.
    fn is_unknown(&self, part: &Part<'_>, country: Option<&'static str>) -> bool {
        self.country_of_part(part).is_none()
            && region_in(&part.key, country).is_none()
            && !Tables::get().countries.contains_key(&part.key)
            && part.key.split(' ').count() <= 5
            && !part.key.bytes().any(|byte| byte.is_ascii_digit())
    }
}

/// The city a part names, alone or before the country or region that ends the part.
fn known_city(part: &Part<'_>, country: Option<&str>, region: Option<&'static regions::Region>) -> Option<City> {
    if let Some(city) = city_in(&part.key, country, region) {
        return Some(city);
    }
    let words: Vec<&str> = part.key.split(' ').filter(|word| !is_postal_code(word)).collect();
    if words.len() < part.key.split(' ').count()
        && let Some(city) = city_in(&words.join(" "), country, region)
    {
        return Some(city);
    }
    (1..=words.len().saturating_sub(1).min(4)).rev().find_map(|count| {
        let tail = words[count..].join(" ");
        let is_tail_known = Tables::get().countries.get(&tail).is_some_and(|code| country.is_none_or(|country| *code == country))
            || region_in(&tail, country).is_some()
            || region.is_some_and(|region| region.1.eq_ignore_ascii_case(&tail))
            || matches!(tail.as_str(), "city" | "area" | "metro");
        is_tail_known.then(|| city_in(&words[..count].join(" "), country, region))?
    })
}

fn place_of(
    original: String,
    city_as_written: Option<String>,
    city: Option<City>,
    region: Option<&'static regions::Region>,
    country: Option<&'static str>,
    remote: bool,
) -> Place {
    let zones = match (city.and_then(|city| city.zone), region, country) {
        (Some(zone), ..) => vec![zone],
        (None, Some(region), _) if !region.4.is_empty() => region.4.to_vec(),
        (None, _, Some(country)) => timezone::zones_of_country(country).to_vec(),
        (None, ..) => Vec::new(),
    };
    Place {
        original,
        city: city.map(|city| city.name.to_owned()).or(city_as_written),
        region: region.map(|region| region.2),
        country,
        zones,
        remote,
    }
}

fn trim_edge_words(key: &str) -> &str {
    let leading = EDGE_WORDS.iter().filter_map(|word| key.strip_prefix(word)?.strip_prefix(' ')).min_by_key(|rest| rest.len());
    let key = leading.unwrap_or(key);
    let trailing = EDGE_WORDS.iter().filter_map(|word| key.strip_suffix(word)?.strip_suffix(' ')).min_by_key(|rest| rest.len());
    trailing.unwrap_or(key)
}

/// Whether a word holds digits as postal codes do.
fn is_postal_code(word: &str) -> bool {
    word.len() <= 10 && word.bytes().any(|byte| byte.is_ascii_digit()) && !word.contains(' ')
}
