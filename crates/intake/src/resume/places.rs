//! Places of residence and work: `Springfield, IL`, `Berlin, Germany`, `Remote (EU)`.

use std::{collections::HashMap, sync::LazyLock};

use super::{
    fold,
    types::{Quote, StatedLocation},
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

/// States and provinces with their postal abbreviations: USPS Publication 28, appendix B; Canada Post addressing guidelines;
/// AS 4212 (Australia).
const STATES: &[(&str, &str, &str)] = &[
    ("AL", "Alabama", "US"),
    ("AK", "Alaska", "US"),
    ("AZ", "Arizona", "US"),
    ("AR", "Arkansas", "US"),
    ("CA", "California", "US"),
    ("CO", "Colorado", "US"),
    ("CT", "Connecticut", "US"),
    ("DE", "Delaware", "US"),
    ("DC", "District of Columbia", "US"),
    ("FL", "Florida", "US"),
    ("GA", "Georgia", "US"),
    ("HI", "Hawaii", "US"),
    ("ID", "Idaho", "US"),
    ("IL", "Illinois", "US"),
    ("IN", "Indiana", "US"),
    ("IA", "Iowa", "US"),
    ("KS", "Kansas", "US"),
    ("KY", "Kentucky", "US"),
    ("LA", "Louisiana", "US"),
    ("ME", "Maine", "US"),
    ("MD", "Maryland", "US"),
    ("MA", "Massachusetts", "US"),
    ("MI", "Michigan", "US"),
    ("MN", "Minnesota", "US"),
    ("MS", "Mississippi", "US"),
    ("MO", "Missouri", "US"),
    ("MT", "Montana", "US"),
    ("NE", "Nebraska", "US"),
    ("NV", "Nevada", "US"),
    ("NH", "New Hampshire", "US"),
    ("NJ", "New Jersey", "US"),
    ("NM", "New Mexico", "US"),
    ("NY", "New York", "US"),
    ("NC", "North Carolina", "US"),
    ("ND", "North Dakota", "US"),
    ("OH", "Ohio", "US"),
    ("OK", "Oklahoma", "US"),
    ("OR", "Oregon", "US"),
    ("PA", "Pennsylvania", "US"),
    ("RI", "Rhode Island", "US"),
    ("SC", "South Carolina", "US"),
    ("SD", "South Dakota", "US"),
    ("TN", "Tennessee", "US"),
    ("TX", "Texas", "US"),
    ("UT", "Utah", "US"),
    ("VT", "Vermont", "US"),
    ("VA", "Virginia", "US"),
    ("WA", "Washington", "US"),
    ("WV", "West Virginia", "US"),
    ("WI", "Wisconsin", "US"),
    ("WY", "Wyoming", "US"),
    ("PR", "Puerto Rico", "US"),
    ("AB", "Alberta", "CA"),
    ("BC", "British Columbia", "CA"),
    ("MB", "Manitoba", "CA"),
    ("NB", "New Brunswick", "CA"),
    ("NL", "Newfoundland and Labrador", "CA"),
    ("NS", "Nova Scotia", "CA"),
    ("ON", "Ontario", "CA"),
    ("PE", "Prince Edward Island", "CA"),
    ("QC", "Quebec", "CA"),
    ("SK", "Saskatchewan", "CA"),
    ("YT", "Yukon", "CA"),
    ("NSW", "New South Wales", "AU"),
    ("VIC", "Victoria", "AU"),
    ("QLD", "Queensland", "AU"),
    ("TAS", "Tasmania", "AU"),
    ("ACT", "Australian Capital Territory", "AU"),
    ("SP", "São Paulo", "BR"),
    ("RJ", "Rio de Janeiro", "BR"),
    ("MG", "Minas Gerais", "BR"),
    ("RS", "Rio Grande do Sul", "BR"),
    ("PR", "Paraná", "BR"),
    ("SC", "Santa Catarina", "BR"),
    ("BA", "Bahia", "BR"),
    ("DF", "Distrito Federal", "BR"),
    ("PE", "Pernambuco", "BR"),
    ("CE", "Ceará", "BR"),
];

/// Countries: ISO 3166-1 code and the names people write, in English and the country's own and larger languages.
const COUNTRIES: &[(&str, &str)] = &[
    ("AF", "Afghanistan"),
    ("AL", "Albania"),
    ("DZ", "Algeria|Algérie"),
    ("AR", "Argentina"),
    ("AM", "Armenia"),
    ("AU", "Australia"),
    ("AT", "Austria|Österreich|Autriche"),
    ("AZ", "Azerbaijan"),
    ("BH", "Bahrain"),
    ("BD", "Bangladesh"),
    ("BY", "Belarus|Беларусь"),
    ("BE", "Belgium|Belgien|Belgique|België"),
    ("BZ", "Belize"),
    ("BJ", "Benin"),
    ("BT", "Bhutan"),
    ("BO", "Bolivia"),
    ("BA", "Bosnia and Herzegovina|Bosnia|Bosna i Hercegovina|BiH"),
    ("BW", "Botswana"),
    ("BR", "Brazil|Brasil|Brésil|Brasilien"),
    ("BN", "Brunei"),
    ("BG", "Bulgaria|България|Bulgarien"),
    ("BF", "Burkina Faso"),
    ("KH", "Cambodia"),
    ("CM", "Cameroon|Cameroun"),
    ("CA", "Canada|Kanada"),
    ("CL", "Chile"),
    ("CN", "China|PRC|中国|中國"),
    ("CO", "Colombia"),
    ("CD", "DR Congo|Democratic Republic of the Congo"),
    ("CR", "Costa Rica"),
    ("CI", "Côte d'Ivoire|Ivory Coast"),
    ("HR", "Croatia|Hrvatska|Kroatien"),
    ("CU", "Cuba"),
    ("CY", "Cyprus|Κύπρος"),
    ("CZ", "Czech Republic|Czechia|Česká republika|Česko|Tschechien"),
    ("DK", "Denmark|Danmark|Dänemark"),
    ("DO", "Dominican Republic|República Dominicana"),
    ("EC", "Ecuador"),
    ("EG", "Egypt|مصر"),
    ("SV", "El Salvador"),
    ("EE", "Estonia|Eesti|Estland"),
    ("ET", "Ethiopia"),
    ("FI", "Finland|Suomi|Finnland"),
    ("FR", "France|Frankreich|Francia|Frankrijk"),
    ("GE", "Georgia|საქართველო"),
    ("DE", "Germany|Deutschland|Allemagne|Alemania|Germania|Duitsland|Niemcy|Tyskland|Alemanha|Германия"),
    ("GH", "Ghana"),
    ("GR", "Greece|Ελλάδα|Griechenland"),
    ("GT", "Guatemala"),
    ("HN", "Honduras"),
    ("HK", "Hong Kong|香港"),
    ("HU", "Hungary|Magyarország|Ungarn"),
    ("IS", "Iceland|Ísland"),
    ("IN", "India|Bharat|भारत|Indien"),
    ("ID", "Indonesia"),
    ("IR", "Iran|ایران"),
    ("IQ", "Iraq"),
    ("IE", "Ireland|Éire|Irland"),
    ("IL", "Israel|ישראל"),
    ("IT", "Italy|Italia|Italien|Italie|Włochy"),
    ("JM", "Jamaica"),
    ("JP", "Japan|日本"),
    ("JO", "Jordan|الأردن"),
    ("KZ", "Kazakhstan|Казахстан"),
    ("KE", "Kenya"),
    ("KR", "South Korea|Korea|Republic of Korea|S.Korea|S. Korea|ROK|대한민국|한국"),
    ("KP", "North Korea|DPRK"),
    ("KW", "Kuwait"),
    ("KG", "Kyrgyzstan"),
    ("LA", "Laos"),
    ("LV", "Latvia|Latvija"),
    ("LB", "Lebanon|لبنان"),
    ("LY", "Libya"),
    ("LI", "Liechtenstein"),
    ("LT", "Lithuania|Lietuva"),
    ("LU", "Luxembourg|Luxemburg"),
    ("MO", "Macau"),
    ("MG", "Madagascar"),
    ("MY", "Malaysia"),
    ("MV", "Maldives"),
    ("MT", "Malta"),
    ("MU", "Mauritius"),
    ("MX", "Mexico|México"),
    ("MD", "Moldova"),
    ("MC", "Monaco"),
    ("MN", "Mongolia"),
    ("ME", "Montenegro|Crna Gora"),
    ("MA", "Morocco|Maroc|المغرب"),
    ("MZ", "Mozambique"),
    ("MM", "Myanmar"),
    ("NA", "Namibia"),
    ("NP", "Nepal"),
    ("NL", "Netherlands|The Netherlands|Nederland|Niederlande|Holland|Pays-Bas|Países Bajos"),
    ("NZ", "New Zealand"),
    ("NI", "Nicaragua"),
    ("NG", "Nigeria"),
    ("MK", "North Macedonia|Macedonia"),
    ("NO", "Norway|Norge|Norwegen"),
    ("OM", "Oman"),
    ("PK", "Pakistan"),
    ("PS", "Palestine"),
    ("PA", "Panama|Panamá"),
    ("PY", "Paraguay"),
    ("PE", "Peru|Perú"),
    ("PH", "Philippines|Pilipinas"),
    ("PL", "Poland|Polska|Polen|Pologne|Polonia"),
    ("PT", "Portugal"),
    ("QA", "Qatar"),
    ("RO", "Romania|România|Rumänien"),
    ("RU", "Russia|Russian Federation|Россия|РФ"),
    ("RW", "Rwanda"),
    ("SA", "Saudi Arabia|KSA|السعودية"),
    ("SN", "Senegal|Sénégal"),
    ("RS", "Serbia|Srbija|Србија"),
    ("SG", "Singapore|新加坡"),
    ("SK", "Slovakia|Slovensko|Slowakei"),
    ("SI", "Slovenia|Slovenija|Slowenien"),
    ("ZA", "South Africa"),
    ("ES", "Spain|España|Spanien|Espagne|Spagna|Hiszpania|Spanje|Espanha"),
    ("LK", "Sri Lanka"),
    ("SD", "Sudan"),
    ("SE", "Sweden|Sverige|Schweden|Suède"),
    ("CH", "Switzerland|Schweiz|Suisse|Svizzera"),
    ("SY", "Syria"),
    ("TW", "Taiwan|台灣|台湾"),
    ("TJ", "Tajikistan"),
    ("TZ", "Tanzania"),
    ("TH", "Thailand|ประเทศไทย"),
    ("TT", "Trinidad and Tobago"),
    ("TN", "Tunisia|Tunisie"),
    ("TR", "Turkey|Türkiye|Türkei"),
    ("TM", "Turkmenistan"),
    ("UG", "Uganda"),
    ("UA", "Ukraine|Україна|Украина"),
    ("AE", "United Arab Emirates|UAE|U.A.E.|الإمارات"),
    ("GB", "United Kingdom|UK|U.K.|Great Britain|England|Scotland|Wales|Northern Ireland|Vereinigtes Königreich|Großbritannien"),
    ("US", "United States|United States of America|USA|U.S.A.|U.S.|US|Vereinigte Staaten|Etats-Unis|Estados Unidos"),
    ("UY", "Uruguay"),
    ("UZ", "Uzbekistan"),
    ("VE", "Venezuela"),
    ("VN", "Vietnam|Viet Nam|Việt Nam"),
    ("YE", "Yemen"),
    ("ZM", "Zambia"),
    ("ZW", "Zimbabwe"),
    ("AO", "Angola"),
];

struct Tables {
    countries: HashMap<String, &'static str>,
    states: HashMap<String, (&'static str, &'static str)>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut countries = HashMap::with_capacity(512);
    for (code, names) in COUNTRIES {
        for name in names.split('|') {
            countries.insert(fold::key(name), *code);
        }
    }
    let mut states = HashMap::with_capacity(256);
    for (abbreviation, name, country) in STATES {
        states.entry(fold::key(name)).or_insert((*abbreviation, *country));
    }
    Tables { countries, states }
});

/// ISO code of a country by one of its names.
pub(crate) fn country(name: &str) -> Option<&'static str> {
    TABLES.countries.get(&fold::key(name)).copied()
}

fn state(name: &str) -> Option<(&'static str, &'static str)> {
    let name = name.trim().trim_end_matches('.');
    let upper = name.len() <= 3 && name.chars().all(|c| c.is_ascii_uppercase());
    if upper {
        return STATES.iter().find(|state| state.0 == name).map(|state| (state.0, state.2));
    }
    TABLES.states.get(&fold::key(name)).copied()
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
        let country = country(&rest).map(ToOwned::to_owned);
        return Reading { country, complete: true, certainty: 3.0, ..nothing };
    }
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() || parts.len() > 5 {
        return nothing;
    }
    let mut reading = nothing;
    let mut rest = parts.as_slice();
    let postal = |part: &str| -> Option<(String, String)> {
        // "IL 62701", "62701", "10115 Berlin", "K1A 0B1"
        let mut words: Vec<&str> = part.split(' ').collect();
        let digits = |word: &str| {
            (4..=6).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
                || word.len() == 10 && word.as_bytes()[5] == b'-' && word.bytes().filter(u8::is_ascii_digit).count() == 9
        };
        let at = words
            .iter()
            .position(|word| digits(word) && word.len() != 4)
            .or_else(|| words.iter().position(|word| digits(word) && words.len() == 2))?;
        let code = words.remove(at).to_owned();
        Some((code, words.join(" ")))
    };
    let mut last = rest[rest.len() - 1].to_owned();
    if let Some((code, remainder)) = postal(&last) {
        reading.postal_code = Some(code);
        reading.certainty += 1.0;
        last = remainder;
    }
    if last.is_empty() {
        rest = &rest[..rest.len() - 1];
    } else if rest.len() > 1 && state(&last).is_some() {
        // "Tbilisi, Georgia" and "Atlanta, Georgia" cannot be told apart without a list of cities: the state wins only by abbreviation.
        let (abbreviation, of) = state(&last).unwrap_or_default();
        if country(&last).is_some() && last.len() > 2 {
            reading.region = Some(last.clone());
        } else {
            reading.region = Some(abbreviation.to_owned());
            reading.country = Some(of.to_owned());
        }
        reading.certainty += 3.0;
        rest = &rest[..rest.len() - 1];
    } else if let Some(code) = country(&last) {
        reading.country = Some(code.to_owned());
        reading.certainty += 3.0;
        rest = &rest[..rest.len() - 1];
        if let Some(part) = rest.last().filter(|_| rest.len() > 1)
            && let Some((abbreviation, of)) = state(part).filter(|(_, of)| *of == code)
        {
            let _ = of;
            reading.region = Some(abbreviation.to_owned());
            rest = &rest[..rest.len() - 1];
        }
    } else if rest.len() == 1 {
        if let Some((abbreviation, of)) = state(&last).filter(|_| last.len() > 3) {
            return Reading {
                region: Some(abbreviation.to_owned()),
                country: Some(of.to_owned()),
                complete: true,
                certainty: 2.0,
                ..Reading::default()
            };
        }
        // "Austin TX", "Berlin Germany"
        if let Some((city, tail)) = last.rsplit_once(' ') {
            let by_state = state(tail).filter(|_| tail.chars().all(|c| c.is_ascii_uppercase()));
            if let Some((abbreviation, of)) = by_state {
                return Reading {
                    city: Some(city.to_owned()),
                    region: Some(abbreviation.to_owned()),
                    country: Some(of.to_owned()),
                    complete: true,
                    certainty: reading.certainty + 2.0,
                    postal_code: reading.postal_code,
                };
            }
        }
    }
    if let Some(city) = rest.last() {
        let mut city = (*city).to_owned();
        if rest.len() == parts.len() && reading.postal_code.is_some() {
            city = last;
        } else if let Some((code, remainder)) = postal(&city) {
            reading.postal_code.get_or_insert(code);
            reading.certainty += 1.0;
            city = remainder;
        }
        if !looks_like_place_name(&city) {
            if reading.certainty < 1.0 {
                return Reading::default();
            }
            reading.certainty -= 1.0;
        } else {
            reading.certainty += if parts.len() > 1 || reading.postal_code.is_some() { 0.3 } else { 0.2 };
            reading.city = Some(city);
        }
    }
    if rest.len() > 2 {
        reading.certainty -= 0.5;
    }
    reading.complete = rest.len() <= usize::from(reading.city.is_some());
    reading
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
        assert_eq!(of("10115 Berlin"), (some("Berlin"), None, None));
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
