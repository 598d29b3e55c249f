//! Dates and ranges of dates as résumés write them.
//!
//! # What is read
//! ISO 8601 (`2021-03`, `2021-03-14`), `03/2021`, `3.2021`, `14.03.2021`, `Mar 2021`, `March 14, 2021`, `14 mars 2021`, `März '21`,
//! `Mar-21`, `2021 March`, `2021年3月`, `2021년 3월`, `Summer 2021`, `Q3 2021`, `H1 2021`, `2021`; month names and words for "today" of
//! some twenty-five languages; ranges with any dash, an arrow, a tilde or a word ("to", "bis", "à", "hasta", "по", "至" …), with
//! years left out (`Jan – Mar 2021`, `2019–21`), and open ones (`since 2021`, `seit 2021`).
//!
//! # What is ambiguous, and how it is read
//! * `03/04/2021` may be 3 April or 4 March: only the **year** is kept, unless one number exceeds 12 or both are equal. With dots it
//!   is day, month, year, as in every country that writes dots.
//! * `2010-11` is November 2010 (ISO 8601); `2010–11` with an en dash, and `2019-20`, are ranges of years.
//! * Two-digit years below 50 lie in this century, others in the last one. There is no clock here to do better.
//! * `Jan 19` is a month and a year only inside a range of such (`Jan 19 – Mar 21`); alone it is no date.
//! * A season names a **year** alone: its months depend on the hemisphere. A quarter or half-year in a range begins with its first
//!   month and ends with its last; alone it names the year.
//! * A month's name that means different months in different languages (`listopad`) names the year alone.
//! * A dash with nothing behind it leaves the end unknown: no range is reported.
//! * A year standing alone in running text counts only from 1900 to 2100. Any date with more to it, and a text that is nothing
//!   but a date, may have any year from 1 to 9999; whether it is plausible is the caller's question.

mod characters;
mod scan;
mod shape;
mod words;

use std::ops::Range;

use bonafide_model::time::{End, PartialDate};

use scan::Scanner;

/// A range of dates in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateRange {
    /// When it began.
    pub start: PartialDate,
    /// When it ended; never [`End::Unknown`]. It may lie before the start, where the text says so.
    pub end: End,
    /// The bytes of the text it stands in.
    pub span: Range<usize>,
}

/// A single date in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// The date.
    pub date: PartialDate,
    /// The bytes of the text it stands in.
    pub span: Range<usize>,
}

/// The longest text that [`parse_date`] and [`parse_end`] read, in bytes.
pub const MAX_TEXT: usize = 200;

/// Reads a text that is nothing but one date; a time of day behind an ISO date is left out.
///
/// ```
/// use bonafide_normalise::date::parse_date;
/// let text = |date: &str| parse_date(date).map(|date| date.to_string());
/// assert_eq!(text("Sept. 2020").as_deref(), Some("2020-09"));
/// assert_eq!(text("14. März 2021").as_deref(), Some("2021-03-14"));
/// assert_eq!(text("03/04/2021").as_deref(), Some("2021"));
/// assert_eq!(text("'21").as_deref(), Some("2021"));
/// assert_eq!(text("9999-12-31").as_deref(), Some("9999-12-31"));
/// assert_eq!(text("today"), None);
/// ```
#[must_use]
pub fn parse_date(text: &str) -> Option<PartialDate> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let text = bare(text);
    let is_time = |rest: &str| rest.starts_with(['T', ' ']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    match text.split_at_checked(10) {
        Some((date, rest)) if date.is_ascii() && is_time(rest) => date.parse().ok(),
        _ => Scanner::new(text).whole_date(),
    }
}

/// Reads a text that says when something ended: a date, or a word for "today" in any of the languages.
///
/// ```
/// use bonafide_model::time::End;
/// use bonafide_normalise::date::parse_end;
/// for today in ["Present", "présent", "heute", "la actualidad", "至今", "по настоящее время", "현재"] {
///     assert_eq!(parse_end(today), Some(End::Present), "{today}");
/// }
/// assert_eq!(parse_end("03/2022"), Some(End::On("2022-03".parse()?)));
/// # Ok::<(), bonafide_model::time::NotADate>(())
/// ```
#[must_use]
pub fn parse_end(text: &str) -> Option<End> {
    if text.len() > MAX_TEXT {
        return None;
    }
    if Scanner::new(bare(text)).is_present() { Some(End::Present) } else { parse_date(text).map(End::On) }
}

/// The first range of dates in a text.
///
/// ```
/// use bonafide_model::time::End;
/// use bonafide_normalise::date::parse_range;
/// let range = parse_range("Acme, Berlin (Mar 2021 – Present)").ok_or("no range")?;
/// assert_eq!((range.start.to_string().as_str(), range.end), ("2021-03", End::Present));
/// assert_eq!(&"Acme, Berlin (Mar 2021 – Present)"[range.span], "Mar 2021 – Present");
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn parse_range(text: &str) -> Option<DateRange> {
    let mut first = None;
    Scanner::new(text).scan(|found| {
        if let scan::Found::Range(range) = found {
            first = Some(range);
        }
        first.is_none()
    });
    first
}

/// All ranges of dates in a text, in order. One pass; the time grows with the length of the text.
///
/// ```
/// use bonafide_normalise::date::find_ranges;
/// let found = find_ranges("2014-2016 Acme\n01/2017 – 05/2019 Globex\nsince June 2019 Initech");
/// let starts: Vec<_> = found.iter().map(|range| range.start.to_string()).collect();
/// assert_eq!(starts, ["2014", "2017-01", "2019-06"]);
/// ```
#[must_use]
pub fn find_ranges(text: &str) -> Vec<DateRange> {
    let mut ranges = Vec::new();
    Scanner::new(text).scan(|found| {
        if let scan::Found::Range(range) = found {
            ranges.push(range);
        }
        true
    });
    ranges
}

/// All dates in a text that are not part of a range, in order.
///
/// ```
/// use bonafide_normalise::date::find_dates;
/// let found = find_dates("MSc, May 2014. Worked 2015 - 2016 on 3000 machines.");
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].date.to_string(), "2014-05");
/// ```
#[must_use]
pub fn find_dates(text: &str) -> Vec<FoundDate> {
    let mut dates = Vec::new();
    Scanner::new(text).scan(|found| {
        if let scan::Found::Date(date) = found {
            dates.push(date);
        }
        true
    });
    dates
}

/// A text without the space, brackets and punctuation around it.
fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | ';' | ':' | '|' | '•' | '·'))
}
