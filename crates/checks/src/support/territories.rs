//! Territories with clocks and a country code of their own, whose people may name the country they belong to.

/// A territory of a country.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Territory {
    /// ISO 3166-1 alpha-2 code of the country that people may name.
    country: &'static str,
    /// The territory's own code.
    pub(crate) code: &'static str,
    /// Its name, as people write it with a city; in lower case, other spellings behind it.
    names: &'static [&'static str],
    /// Whether at least five in a thousand of the country's people live there: few enough, and the territory is a possibility to
    /// name, not one to expect.
    pub(crate) populous: bool,
}

const fn territory(country: &'static str, code: &'static str, names: &'static [&'static str], populous: bool) -> Territory {
    Territory { country, code, names, populous }
}

/// ISO 3166-1 territories with a time of their own. Population from the United Nations' World Population Prospects 2024, rounded.
const TERRITORIES: &[Territory] = &[
    territory("US", "PR", &["puerto rico"], true),
    territory("US", "GU", &["guam"], false),
    territory("US", "MP", &["northern mariana", "saipan"], false),
    territory("US", "AS", &["american samoa"], false),
    territory("US", "VI", &["virgin islands"], false),
    territory("FR", "RE", &["réunion", "reunion"], true),
    territory("FR", "GP", &["guadeloupe"], true),
    territory("FR", "MQ", &["martinique"], true),
    territory("FR", "GF", &["guyane", "french guiana"], false),
    territory("FR", "YT", &["mayotte"], false),
    territory("FR", "NC", &["nouvelle-calédonie", "new caledonia", "nouvelle calédonie"], false),
    territory("FR", "PF", &["polynésie", "polynesia", "tahiti"], false),
    territory("FR", "PM", &["saint-pierre-et-miquelon", "saint pierre and miquelon"], false),
    territory("FR", "WF", &["wallis"], false),
    territory("FR", "BL", &["saint-barthélemy", "saint barthélemy", "st barts"], false),
    territory("FR", "MF", &["saint-martin", "saint martin"], false),
    territory("GB", "BM", &["bermuda"], false),
    territory("GB", "KY", &["cayman"], false),
    territory("GB", "GI", &["gibraltar"], false),
    territory("GB", "FK", &["falkland"], false),
    territory("GB", "TC", &["turks and caicos"], false),
    territory("GB", "VG", &["virgin islands"], false),
    territory("GB", "AI", &["anguilla"], false),
    territory("NL", "CW", &["curaçao", "curacao"], true),
    territory("NL", "AW", &["aruba"], true),
    territory("NL", "SX", &["sint maarten"], false),
    territory("NL", "BQ", &["bonaire", "saba", "sint eustatius"], false),
    territory("DK", "GL", &["greenland", "grønland", "kalaallit"], true),
    territory("DK", "FO", &["faroe", "føroyar", "færøerne"], true),
    territory("AU", "NF", &["norfolk island"], false),
    territory("AU", "CX", &["christmas island"], false),
    territory("AU", "CC", &["cocos"], false),
    territory("NZ", "CK", &["cook islands"], false),
    territory("NZ", "NU", &["niue"], false),
    territory("CN", "HK", &["hong kong"], true),
    territory("CN", "MO", &["macau", "macao"], false),
];

/// The territories of a country.
pub(crate) fn of_country(country: &str) -> impl Iterator<Item = &'static Territory> {
    TERRITORIES.iter().filter(move |territory| territory.country.eq_ignore_ascii_case(country))
}

/// Whether two country codes are one country, or a country and its territory: databases of networks and people name either.
pub(crate) fn are_one(left: &str, right: &str) -> bool {
    let belongs = |country: &str, code: &str| of_country(country).any(|territory| territory.code.eq_ignore_ascii_case(code));
    left.eq_ignore_ascii_case(right) || belongs(left, right) || belongs(right, left)
}

impl Territory {
    /// Whether a place as written names the territory.
    pub(crate) fn is_named_in(&self, place: &str) -> bool {
        let place = place.to_lowercase();
        self.names.iter().any(|name| place.contains(name))
    }

    /// Its name.
    pub(crate) fn name(&self) -> String {
        let first = self.names.first().copied().unwrap_or(self.code);
        first.split(' ').map(capital).collect::<Vec<_>>().join(" ")
    }
}

fn capital(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_territory_has_clocks_of_its_own_code() {
        for territory in TERRITORIES {
            let zones = bonafide_normalise::timezone::zones_of_country(territory.code);
            assert!(!zones.is_empty(), "{} has no zones", territory.code);
            assert!(!bonafide_normalise::timezone::zones_of_country(territory.country).is_empty(), "{}", territory.country);
        }
    }

    #[test]
    fn a_place_may_name_its_territory() {
        let reunion = of_country("fr").find(|territory| territory.code == "RE").expect("in the table");
        assert!(reunion.is_named_in("Saint-Denis, La Réunion, France") && !reunion.is_named_in("Paris, France"));
        assert_eq!(reunion.name(), "Réunion");
        assert!(
            are_one("us", "PR") && are_one("PR", "US") && are_one("DE", "de") && !are_one("US", "GB") && !are_one("PR", "GU")
        );
    }
}
