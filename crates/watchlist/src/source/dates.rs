//! Dates of birth as lists write them.

use bonafide_model::time::PartialDate;
use bonafide_normalise::date;

use crate::entry::Birth;

/// Words before a date that say it is not certain.
const ABOUT: [&str; 9] = ["circa", "approximately", "approx.", "approx", "about", "around", "c.", "ca.", "between"];

/// Reads `25 Mar 1977`, `circa 1979`, `1955 to 1958`, `between 1955 and 1958`, `1977-03-25`, `dd/03/1964`; `None` where there is
/// no date in it.
pub(super) fn birth(text: &str) -> Option<Birth> {
    let mut text = text.trim().trim_end_matches(['.', ',', ';']).trim();
    let mut circa = false;
    while let Some(rest) = ABOUT.iter().find_map(|word| strip_word(text, word)) {
        circa |= !text.to_ascii_lowercase().starts_with("between");
        text = rest;
    }
    for divider in [" to ", " and ", " - ", " – "] {
        if let Some((from, to)) = text.split_once(divider) {
            let (from, to) = (single(from)?, single(to.trim_start_matches("circa "))?);
            return (from.year() <= to.year()).then_some(Birth { from, to, circa });
        }
    }
    // `1955-1958`
    if let Some((from, to)) = text.split_once(['-', '–']).filter(|(from, to)| from.trim().len() == 4 && to.trim().len() == 4) {
        let (from, to) = (single(from)?, single(to)?);
        return (from.year() <= to.year()).then_some(Birth { from, to, circa });
    }
    single(text).map(|date| Birth { circa, ..Birth::on(date) })
}

/// Reads a day, month and year in this order, divided by a slash, a hyphen or a dot, where parts may be missing: `dd/mm/1964`,
/// `00-03-1964`, `15/03/1964`, `03/1964`, `1964`.
pub(super) fn day_first(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let number = |text: &str| text.parse::<i16>().ok().filter(|number| *number > 0);
    let (day, month, year) = match parts[..] {
        [year] => (None, None, number(year)?),
        [month, year] => (None, number(month), number(year)?),
        [day, month, year] if year.len() == 4 => (number(day), number(month), number(year)?),
        _ => return None,
    };
    let text = match (month, day) {
        (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year:04}-{month:02}"),
        (None, _) => format!("{year:04}"),
    };
    text.parse().ok()
}

/// One date; a year must be one in which somebody listed can have been born.
pub(super) fn single(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let date = match text.len() {
        4 => text.parse::<i16>().ok().map(PartialDate::Year),
        _ => date::parse_date(text),
    };
    date.filter(|date| (1800..=2100).contains(&date.year()))
}

fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let head = text.get(..word.len())?;
    let rest = &text[word.len()..];
    (head.eq_ignore_ascii_case(word) && rest.starts_with(|c: char| c.is_whitespace() || c.is_ascii_digit()))
        .then(|| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_lists() {
        let shown =
            |text: &str| birth(text).map(|birth| format!("{}{}..{}", if birth.circa { "~" } else { "" }, birth.from, birth.to));
        assert_eq!(shown("25 Mar 1977").as_deref(), Some("1977-03-25..1977-03-25"));
        assert_eq!(shown("circa 1979").as_deref(), Some("~1979..1979"));
        assert_eq!(shown("1955 to 1958").as_deref(), Some("1955..1958"));
        assert_eq!(shown("Between 1955 and 1958").as_deref(), Some("1955..1958"));
        assert_eq!(shown("circa 1955-1958").as_deref(), Some("~1955..1958"));
        assert_eq!(shown("Mar 1964").as_deref(), Some("1964-03..1964-03"));
        assert_eq!(shown("1958 to 1955"), None);
        assert_eq!(shown("unknown"), None);
    }

    #[test]
    fn day_comes_first() {
        let shown = |text: &str| day_first(text).map(|date| date.to_string());
        assert_eq!(shown("05/03/1964").as_deref(), Some("1964-03-05"));
        assert_eq!(shown("dd/mm/1964").as_deref(), Some("1964"));
        assert_eq!(shown("00-03-1964").as_deref(), Some("1964-03"));
        assert_eq!(shown("3/1964").as_deref(), Some("1964-03"));
        assert_eq!(shown("31/02/1964"), None);
    }
}
