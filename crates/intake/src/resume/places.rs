//! Places of residence and work: `Springfield, IL`, `Berlin, Germany`, `Remote (EU)`.

use bonafide_normalise::place;

use super::{
    fold,
    types::{Quote, StatedLocation},
    vocabulary::organisations,
};

/// What a text is, as a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reading {
    pub(crate) city: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) postal_code: Option<String>,
    /// Whether every part of the text is part of the place: no street, no firm's name before it.
    pub(crate) complete: bool,
    /// How sure it is: 0 for no place, 1 for a form that places have, 3 for a known place.
    pub(crate) certainty: f32,
}

/// ISO code of a country by one of its names, or by the codes that people write in place of a name.
pub(crate) fn country(name: &str) -> Option<&'static str> {
    let name = name.trim().trim_end_matches('.');
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let known_code =
        matches!(name, "US" | "USA" | "UK" | "UAE" | "U.S" | "U.S.A" | "U.K" | "GB" | "EU" | "ROK" | "KSA" | "PRC" | "NZ");
    let foreign = name.chars().any(fold::is_cjk);
    if let Some(rest) = name.strip_prefix("S.") {
        return place::country_code(&format!("South {}", rest.trim()));
    }
    (letters > 3 || known_code || foreign).then(|| place::country_code(name)).flatten()
}

/// Whether a text is the code of a country that people write in place of its name, and no state's.
pub(crate) fn is_country_code(text: &str) -> bool {
    matches!(text.trim_end_matches('.'), "USA" | "UK" | "UAE" | "US" | "U.S" | "U.S.A" | "U.K" | "EU" | "NZ" | "GB")
}

/// Whether the middle of `Ballarat, Victoria, Australia` is a region: the first part is a city, no street.
fn is_region_between(city: &str, region: &str, country: &str) -> bool {
    let street = city.bytes().any(|byte| byte.is_ascii_digit());
    let known = |name: &str| place::city_zone(name, Some(country)).is_some();
    looks_like_place_name(city)
        && looks_like_place_name(region)
        && !street
        && organisations::firm_evidence(&fold::fold(without_kind(city))) < 2.0
        && (known(city) || !known(region) || state(None, region).is_some_and(|(_, of)| of == country))
}

/// A state, province or region with its country, by code behind a city or by name.
fn state(city: Option<&str>, name: &str) -> Option<(String, &'static str)> {
    let name = name.trim().trim_end_matches('.');
    let code = (2..=3).contains(&name.len()) && name.chars().all(|c| c.is_ascii_uppercase());
    let known = match (code, city) {
        (true, Some(city)) => place::parse(&format!("{city}, {name}")),
        (true, None) => return None,
        (false, _) if name.chars().count() > 3 => place::parse(name),
        _ => return None,
    };
    (known.region.is_some() && (code || known.city.is_none()))
        .then(|| known.country.map(|country| (name.to_owned(), country)))
        .flatten()
}

/// Whether a text ends in the name of a region or country: `University of California`.
pub(crate) fn ends_in_region(text: &str) -> bool {
    text.match_indices(' ').map(|(at, _)| &text[at + 1..]).any(|tail| state(None, tail).is_some() || country(tail).is_some())
}

/// A Japanese or Korean name of a place by its ending: `大阪府`, `港区`, `수원시`.
fn is_cjk_place(text: &str) -> bool {
    let count = text.chars().count();
    (2..=9).contains(&count)
        && text.chars().all(fold::is_cjk)
        && text.ends_with(['都', '府', '県', '市', '区', '町', '省', '시', '군', '구'])
        && organisations::firm_evidence(&fold::fold(text)) < 1.0
}

/// Whether the table of cities holds a name.
pub(crate) fn is_known_city(city: &str, country: Option<&str>) -> bool {
    place::city_zone(city, country).is_some() || country.is_none() && !city.contains(' ') && place::parse(city).city.is_some()
}

/// Whether a text says that one works from anywhere; `Some(false)` for work on site.
pub(crate) fn remote(text: &str) -> Option<bool> {
    let folded = fold::fold(text);
    let mut words = fold::words(&folded);
    let hit = |word: &str| {
        matches!(
            word,
            "remote"
                | "remotely"
                | "wfh"
                | "telecommute"
                | "homeoffice"
                | "teletravail"
                | "remoto"
                | "remota"
                | "zdalnie"
                | "zdalna"
                | "distans"
                | "etatyo"
                | "удаленно"
                | "удалённо"
                | "удаленка"
                | "дистанционно"
                | "thuiswerk"
                | "smartworking"
                | "远程"
                | "リモート"
                | "원격"
        )
    };
    if words.clone().any(hit)
        || folded.contains("home office")
        || folded.contains("work from home")
        || folded.contains("リモート")
    {
        return Some(true);
    }
    words.any(|word| matches!(word, "onsite" | "hybrid")).then_some(false)
}

/// Reads a text as a place. A certainty of 0 means that it has not even the form of one.
pub(crate) fn read(text: &str) -> Reading {
    let nothing = Reading::default();
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '|' | '·' | '•' | ';'));
    if text.is_empty() || text.len() > 120 || text.contains(['@', ':', '!', '?', '%', '$', '=']) {
        return nothing;
    }
    let folded = fold::fold(text);
    if remote(text).is_some() && fold::words(&folded).count() <= 4 {
        let rest: String = text
            .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '-' | '/' | '–'))
            .filter(|word| remote(word).is_none() && !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        let known = place::parse(&rest);
        let area = fold::words(&fold::fold(&rest)).all(|word| {
            matches!(
                word,
                "eu" | "europe"
                    | "emea"
                    | "apac"
                    | "latam"
                    | "worldwide"
                    | "global"
                    | "anywhere"
                    | "only"
                    | "fully"
                    | "first"
                    | "based"
                    | "office"
                    | "home"
                    | "work"
                    | "from"
                    | "in"
                    | "100%"
                    | "hybrid"
            )
        });
        let complete = rest.is_empty() || known.country.is_some() || known.city.is_some() || area;
        return Reading { country: known.country.map(ToOwned::to_owned), city: known.city, complete, certainty: 3.0, ..nothing };
    }
    let parts: Vec<&str> = text.split([',', '，', '、']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() || parts.len() > 5 || fold::words(&folded).count() > 12 {
        return nothing;
    }
    let mut reading = nothing;
    let mut rest = parts.as_slice();
    let mut last = rest[rest.len() - 1].to_owned();
    if let Some((code, remainder)) = postal_code(&last) {
        reading.postal_code = Some(code);
        reading.certainty += 1.0;
        last = remainder;
    }
    let before = rest.len().checked_sub(2).map(|index| rest[index]);
    if last.is_empty() {
        rest = &rest[..rest.len() - 1];
    } else if let Some((region, country)) = state(before, &last).filter(|_| before.is_some() && !is_country_code(&last)) {
        // "Tbilisi, Georgia" against "Atlanta, Georgia": the city decides.
        let of_city = before.and_then(|city| place::parse(&format!("{city}, {last}")).country);
        reading.country = Some(of_city.unwrap_or(country).to_owned());
        if of_city.is_none_or(|of_city| of_city == country) {
            reading.region = Some(region);
        }
        reading.certainty += 3.0;
        rest = &rest[..rest.len() - 1];
    } else if let Some(code) = country(&last) {
        reading.country = Some(code.to_owned());
        reading.certainty += 3.0;
        rest = &rest[..rest.len() - 1];
        if let Some(part) = rest.last().filter(|_| rest.len() > 1)
            && let Some((region, _)) = state(Some(rest[rest.len() - 2]), part).filter(|(_, of)| *of == code)
        {
            reading.region = Some(region);
            rest = &rest[..rest.len() - 1];
        } else if let [front @ .., city, region] = rest
            && is_region_between(city, region, code)
            && front.len() <= 1
        {
            reading.region = Some((*region).to_owned());
            rest = &rest[..rest.len() - 1];
        }
    } else if rest.len() == 1 {
        if looks_like_place_name(&last)
            && let Some((region, of)) = state(None, &last)
        {
            return Reading {
                region: Some(region),
                country: Some(of.to_owned()),
                complete: true,
                certainty: 2.0,
                ..Reading::default()
            };
        }
        // "Austin TX"
        if let Some((city, tail)) = last.rsplit_once(' ')
            && tail.len() == 2
            && let Some((region, of)) = state(Some(city), tail)
        {
            let certainty = reading.certainty + 2.0;
            let postal_code = reading.postal_code;
            return Reading {
                city: Some(city.to_owned()),
                region: Some(region),
                country: Some(of.to_owned()),
                complete: true,
                certainty,
                postal_code,
            };
        }
    }
    let untouched = rest.len() == parts.len();
    if let Some(city) = rest.last() {
        let mut city = (*city).to_owned();
        if untouched {
            city = last;
        } else if let Some((code, remainder)) = postal_code(&city) {
            reading.postal_code.get_or_insert(code);
            reading.certainty += 1.0;
            city = remainder;
        }
        if looks_like_place_name(&city) && organisations::firm_evidence(&fold::fold(without_kind(&city))) < 2.0 {
            let known = is_known_city(&city, reading.country.as_deref()) || is_cjk_place(&city);
            if known && reading.country.is_none() {
                reading.country = place::parse(&city).country.map(ToOwned::to_owned);
            }
            reading.certainty += match (known, parts.len() > 1 || reading.postal_code.is_some()) {
                (true, _) => 2.2,
                (false, true) => 0.3,
                (false, false) => 0.2,
            };
            reading.city = Some(city);
        } else {
            if reading.certainty < 1.0 {
                return Reading::default();
            }
            reading.certainty -= 1.0;
        }
    }
    if rest.len() > 2 {
        reading.certainty -= 0.5;
    }
    reading.complete = rest.len() <= usize::from(reading.city.is_some());
    reading
}

/// The name of a place without a last word that says what it is: `Cebu City`.
pub(crate) fn without_kind(name: &str) -> &str {
    [" City", " County", " Town", " Valley", " Center", " Park", " Springs", " Falls"]
        .iter()
        .find_map(|kind| name.strip_suffix(kind))
        .unwrap_or(name)
}

/// Takes a postal code off a part: `IL 62701`, `10115 Berlin`.
fn postal_code(part: &str) -> Option<(String, String)> {
    if !part.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut words: Vec<&str> = part.split(' ').collect();
    let digits = |word: &str| {
        let plain = (4..=6).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
        let extended = word.len() == 10 && word.as_bytes()[5] == b'-' && word.bytes().filter(u8::is_ascii_digit).count() == 9;
        let polish = word.len() == 6 && word.as_bytes()[2] == b'-' && word.bytes().filter(u8::is_ascii_digit).count() == 5;
        plain || extended || polish
    };
    // Four digits alone may be a house number or a year: only beside one more word.
    let at = words
        .iter()
        .position(|word| digits(word) && word.len() != 4)
        .or_else(|| words.iter().position(|word| digits(word) && words.len() == 2))?;
    let code = words.remove(at).to_owned();
    Some((code, words.join(" ")))
}

/// One to four words that begin with capital letters and hold no digits.
fn looks_like_place_name(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', '-', '/']).filter(|word| !word.is_empty()).collect();
    !words.is_empty()
        && words.len() <= 4
        && text.chars().count() >= 2
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '&' | '+' | '|' | '"' | '#'))
        && words.iter().all(|word| {
            let first = word.chars().next().unwrap_or(' ');
            !first.is_lowercase() && first.is_alphabetic()
                || matches!(
                    *word,
                    "de" | "del"
                        | "di"
                        | "am"
                        | "an"
                        | "der"
                        | "la"
                        | "le"
                        | "les"
                        | "sur"
                        | "upon"
                        | "of"
                        | "the"
                        | "do"
                        | "da"
                        | "dos"
                        | "den"
                        | "im"
                        | "in"
                        | "bei"
                        | "and"
                        | "y"
                        | "i"
                        | "e"
                        | "nad"
                        | "en"
                        | "el"
                        | "al"
                )
        })
}

/// A place as a value of the résumé.
pub(crate) fn stated(reading: Reading, quote: Quote) -> StatedLocation {
    StatedLocation {
        quote,
        city: reading.city,
        region: reading.region,
        country: reading.country,
        postal_code: reading.postal_code,
    }
}

/// Splits a place off the end of a text: `Northwind Bank, India`, `Meridian Labs, Chicago, IL`. Gives what is left and the place.
pub(crate) fn split_tail(text: &str) -> Option<(&str, &str, Reading)> {
    let commas: Vec<usize> = text.match_indices(',').map(|(at, _)| at).collect();
    for &comma in commas.iter().rev().take(3).collect::<Vec<_>>().into_iter().rev() {
        let (front, tail) = (text[..comma].trim(), text[comma + 1..].trim());
        let reading = read(tail);
        // What goes has to be a known place in full: no street, no surplus part.
        if !front.is_empty() && reading.certainty >= 2.0 && reading.complete {
            return Some((front, tail, reading));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_many_forms() {
        let of = |text: &str| {
            let reading = read(text);
            (reading.city, reading.region, reading.country)
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(of("Springfield, IL"), (some("Springfield"), some("IL"), some("US")));
        assert_eq!(of("123 Example Way, Springfield, IL 62701"), (some("Springfield"), some("IL"), some("US")));
        assert_eq!(of("Seoul, S.Korea"), (some("Seoul"), None, some("KR")));
        assert_eq!(of("10115 Berlin"), (some("Berlin"), None, some("DE")));
        assert_eq!(of("Bengaluru, India"), (some("Bengaluru"), None, some("IN")));
        assert_eq!(of("Austin TX"), (some("Austin"), some("TX"), some("US")));
        assert!(read("Remote (US)").certainty >= 3.0);
        assert!(read("led the team, grew it").certainty < 1.0);
    }

    #[test]
    fn places_come_off_the_end() {
        assert_eq!(
            split_tail("Meridian Labs, Chicago, IL").map(|split| (split.0, split.1)),
            Some(("Meridian Labs", "Chicago, IL"))
        );
        assert_eq!(split_tail("Northwind Bank, India").map(|split| (split.0, split.1)), Some(("Northwind Bank", "India")));
        assert!(split_tail("Acme Cloud, Inc.").is_none());
        assert!(split_tail("Software Engineer, Payments").is_none());
    }
}
