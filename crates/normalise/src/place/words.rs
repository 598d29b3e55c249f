//! Words that are parts of places' names, as other names bear them: "Quillfeather London Ltd".

use std::collections::HashSet;
use std::sync::OnceLock;

use super::{cities, countries, regions};
use crate::script::romanise;

/// Shorter words are parts of too much else.
const SHORTEST: usize = 4;

/// Whether a word in ASCII lower case is a word of the name of a country, a region or a large city, in any of the languages that the
/// tables hold. Names of places that are ordinary words or people's names as well are left out.
///
/// ```
/// use bonafide_normalise::place::is_place_word;
/// assert!(is_place_word("london") && is_place_word("shanghai") && is_place_word("moskva"));
/// assert!(!is_place_word("quillfeather") && !is_place_word("republic"));
/// ```
#[must_use]
pub fn is_place_word(word: &str) -> bool {
    static WORDS: OnceLock<HashSet<String>> = OnceLock::new();
    WORDS.get_or_init(words).contains(word)
}

fn words() -> HashSet<String> {
    let cities = cities::CITIES.iter().flat_map(|(_, _, list)| list.split(';'));
    let cities = cities
        .filter(|city| !city.starts_with('?'))
        .flat_map(|city| city.trim_start_matches('!').split('=').map(|name| name.split_once('@').map_or(name, |(name, _)| name)));
    let countries =
        countries::COUNTRIES.iter().flat_map(|(_, _, name, others)| std::iter::once(*name).chain(others.iter().copied()));
    let regions =
        regions::REGIONS.iter().flat_map(|(_, _, name, others, _)| std::iter::once(*name).chain(others.iter().copied()));
    // Words of longer names are "city", "republic" and the like, but for a few.
    let alone = |name: &'static str| {
        let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.next().filter(|_| words.next().is_none()).map(romanise)
    };
    let named = cities.chain(countries).chain(regions).filter_map(alone).filter(|word| word.len() >= SHORTEST);
    named.chain(["york", "kong", "petersburg", "angeles", "francisco", "arabia", "emirates"].map(str::to_owned)).collect()
}
