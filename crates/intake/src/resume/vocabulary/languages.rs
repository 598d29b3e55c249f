//! Names of human languages.
//!
//! The list stands in `languages.txt`, our own compilation.

use std::{collections::HashSet, sync::LazyLock};

use super::{super::fold, list};

static NAMES: LazyLock<HashSet<String>> =
    LazyLock::new(|| list::entries(include_str!("languages.txt")).map(|(_, name)| fold::fold(name)).collect());

/// Whether a text names a human language.
pub(crate) fn is_language(text: &str) -> bool {
    let folded = fold::fold(text);
    fold::words(&folded).any(|word| NAMES.contains(word))
        || !folded.is_ascii() && NAMES.iter().any(|name| !name.is_ascii() && folded.contains(name.as_str()))
}
