//! The bridge to the canonical forms: what has no canonical form keeps a plain one.

use std::collections::BTreeSet;

use bonafide_model::time::{End, PartialDate};
use bonafide_normalise as normalise;

/// Canonical e-mail address; what is no address is kept in lower case, as git histories are full of such.
pub(crate) fn email(address: &str) -> String {
    normalise::email::canonical(address).unwrap_or_else(|| address.trim().to_lowercase())
}

/// The folded words of a full name, whatever their order; `None` for a single word, which is a handle as often as a name, save in
/// scripts that put no space between the parts of a name.
pub(crate) fn full_name(name: &str) -> Option<BTreeSet<String>> {
    if !name.trim().contains(|c: char| c.is_whitespace() || c == ',') && name.is_ascii() {
        return None;
    }
    let words: BTreeSet<String> = normalise::name::parse(name).words.into_iter().map(|word| word.folded).collect();
    let unspaced = || words.iter().all(|word| !word.is_ascii() && word.chars().count() >= 2);
    (words.len() >= 2 || (words.len() == 1 && unspaced())).then_some(words)
}

/// ISO 3166-1 alpha-2 code of a country as written.
pub(crate) fn country(text: &str) -> Option<String> {
    normalise::place::country_code(text).map(str::to_owned)
}

/// Chain and canonical form of a wallet address; `None` where it has the form of no chain that is known here.
pub(crate) fn wallet(address: &str) -> Option<(String, String)> {
    let read = normalise::wallet::parse(address).ok()?;
    Some((read.chain.name().to_owned(), read.canonical))
}

/// A date to the precision given.
pub(crate) fn date(text: &str) -> Option<PartialDate> {
    normalise::date::parse_date(text)
}

/// When something ended: a date, or a word for "today".
pub(crate) fn end(text: &str) -> Option<End> {
    normalise::date::parse_end(text)
}
