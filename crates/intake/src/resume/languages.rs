//! Human languages with their levels.

use super::{
    lists::{split_list, stretches},
    prepare::Row,
    types::{Quote, StatedLanguage},
    vocabulary::languages::is_language,
};

/// Reads human languages with their levels.
pub(crate) fn read(rows: &[Row], sure: bool) -> Vec<StatedLanguage> {
    let mut languages: Vec<StatedLanguage> = Vec::new();
    for stretch in stretches(rows, true) {
        let mut pending: Option<StatedLanguage> = None;
        let text = if stretch.text.ends_with('.') {
            stretch.text.trim_end_matches('.').replace(". ", ", ")
        } else {
            stretch.text.clone()
        };
        for part in split_list(&text) {
            let part = part.trim();
            let cut = part
                .find([':', '(', '：', '（'])
                .or_else(|| [" – ", " — ", " - ", "–"].iter().filter_map(|dash| part.find(dash)).min());
            let (name, level) = match cut {
                Some(at) => (
                    part[..at].trim(),
                    part[at..].trim_matches(|c: char| {
                        c.is_whitespace() || matches!(c, ':' | '(' | ')' | '-' | '–' | '—' | '：' | '（' | '）')
                    }),
                ),
                None => {
                    part.split_once(' ').filter(|(first, rest)| is_language(first) && !is_language(rest)).unwrap_or((part, ""))
                }
            };
            // "Native: German" has it the other way round.
            let (name, level) = if !is_language(name) && is_language(level) { (level, name) } else { (name, level) };
            if !is_language(name) && !sure || name.split(' ').count() > 4 || name.is_empty() {
                if let Some(last) = pending.as_mut().filter(|last| last.fluency.is_none()) {
                    last.fluency = Some(part.to_owned());
                }
                continue;
            }
            if !is_language(name) {
                // In the section of languages, an unknown word is a level of the language before it, or a language we do not know.
                if let Some(last) = pending.as_mut().filter(|last| last.fluency.is_none()) {
                    last.fluency = Some(part.to_owned());
                    continue;
                }
            }
            languages.extend(pending.take());
            pending = Some(StatedLanguage {
                quote: Quote::new(name, stretch.quote.place.clone()),
                fluency: Some(level).filter(|level| !level.is_empty()).map(ToOwned::to_owned),
            });
        }
        languages.extend(pending);
    }
    // Levels in a column of their own stand behind all the names.
    let names = languages.iter().take_while(|language| is_language(&language.quote.text)).count();
    if names >= 2
        && languages.len() > names
        && languages.len() <= 2 * names
        && languages.iter().all(|language| language.fluency.is_none())
        && languages[names..].iter().all(|language| !is_language(&language.quote.text))
    {
        let levels = languages.split_off(names);
        for (language, level) in languages.iter_mut().zip(levels) {
            language.fluency = Some(level.quote.text);
        }
        return languages;
    }
    // A level in a row of its own belongs to the language above it.
    let mut merged: Vec<StatedLanguage> = Vec::new();
    for language in languages {
        match merged.last_mut() {
            Some(last) if !is_language(&language.quote.text) && last.fluency.is_none() => {
                last.fluency = Some(language.quote.text);
            }
            _ => merged.push(language),
        }
    }
    merged
}
