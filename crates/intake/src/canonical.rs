//! The bridge to the canonical forms: what has no canonical form keeps a plain one.

use std::collections::BTreeSet;

use bonafide_model::time::{End, PartialDate};
use bonafide_normalise as normalise;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Canonical e-mail address; what is no address is kept in lower case, as git histories are full of such.
pub(crate) fn email(address: &str) -> String {
    normalise::email::canonical(address).unwrap_or_else(|| address.trim().to_lowercase())
}

/// The words of a full name without case, marks and order; `None` for a single word, which is a handle as often as a name.
pub(crate) fn full_name(name: &str) -> Option<BTreeSet<String>> {
    if !name.trim().contains(|c: char| c.is_whitespace() || c == ',') {
        return None;
    }
    let plain: String = name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let words: BTreeSet<_> =
        plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    (words.len() >= 2).then_some(words)
}

/// ISO 3166-1 alpha-2 code of a country as written.
pub(crate) fn country(text: &str) -> Option<String> {
    normalise::place::country_code(text).map(str::to_owned)
}

/// Chain and canonical form of a wallet address.
pub(crate) fn wallet(address: &str, chain: Option<&str>) -> (String, String) {
    (chain.unwrap_or_default().to_lowercase(), address.trim().to_owned())
}

/// A date to the precision given.
pub(crate) fn date(text: &str) -> Option<PartialDate> {
    normalise::date::parse_date(text)
}

/// When something ended: a date, or a word for "today".
pub(crate) fn end(text: &str) -> Option<End> {
    normalise::date::parse_end(text)
}
