//! The format of the word lists: titles in brackets, entries separated by bars, comments behind a hash.

/// All entries of a list with the title they stand under.
pub(crate) fn entries(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut title = "";
    text.lines().flat_map(move |line| {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            title = name;
        }
        let is_entry = !line.starts_with(['[', '#']);
        line.split(" | ").filter(move |entry| is_entry && !entry.is_empty()).map(move |entry| (title, entry))
    })
}
