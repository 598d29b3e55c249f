//! Dates and periods inside a line, on top of the reader of dates, with what a layout tells: format, separator, cut-off periods.

use std::ops::Range;

use bonafide_model::time::{End, PartialDate};
use bonafide_normalise::date;

use super::fold;

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    /// Bytes of the line, words such as "since" and "expected" included.
    pub(crate) range: Range<usize>,
    /// Beginning, or the date itself where there is only one.
    pub(crate) start: Option<PartialDate>,
    /// End, for a period.
    pub(crate) end: End,
    /// What it is.
    pub(crate) shape: Shape,
}

/// What a date in a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A beginning and an end, or "since".
    Period,
    /// One date with a month, a season or a term.
    Date,
    /// A year alone.
    Year,
}

impl Found {
    /// Whether it is surely a date, as opposed to a number that may be one.
    pub(crate) fn is_sure(&self) -> bool {
        self.shape != Shape::Year
    }

    /// Whether its years lie in living memory.
    pub(crate) fn is_usual(&self) -> bool {
        let usual = |date: PartialDate| (1900..=2100).contains(&date.year());
        self.start.is_none_or(usual) && !matches!(self.end, End::On(date) if !usual(date))
    }
}

/// All dates and periods of a line, from left to right, not overlapping.
pub(crate) fn find(text: &str) -> Vec<Found> {
    if !text.chars().any(char::is_numeric) {
        return Vec::new();
    }
    let mut found: Vec<Found> = date::find_ranges(text)
        .into_iter()
        .map(|range| Found { range: range.span, start: Some(range.start), end: range.end, shape: Shape::Period })
        .collect();
    for single in date::find_dates(text) {
        if found.iter().any(|known| known.range.start < single.span.end && single.span.start < known.range.end) {
            continue;
        }
        let glued = text[single.span.end..]
            .chars()
            .next()
            .is_some_and(|c| c.is_alphanumeric() && !fold::is_cjk(c) || matches!(c, '%' | '+' | '_'));
        if !glued {
            found.push(alone(text, single.date, single.span));
        }
    }
    found.sort_by_key(|found| found.range.start);
    found
}

/// A date that is no part of a range: it may still be open ("2019 –") or an expected end.
fn alone(text: &str, date: PartialDate, span: Range<usize>) -> Found {
    let behind = text[span.end..].trim_start();
    let dash = behind.trim_start_matches(is_dash);
    if dash.len() < behind.len() && (dash.trim().is_empty() || dash.trim_start().starts_with([')', ']', '|'])) {
        let end = span.end + (text[span.end..].len() - dash.len());
        return Found { range: span.start..end, start: Some(date), end: End::Present, shape: Shape::Period };
    }
    // Words for "now" that the reader of dates does not know.
    let word = dash.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    if dash.len() < behind.len()
        && matches!(fold::fold(word).as_str(), "nuvarande" | "pagaende" | "nykyinen" | "trwa" | "presente")
    {
        let end = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
        return Found { range: span.start..end, start: Some(date), end: End::Present, shape: Shape::Period };
    }
    let words_before = text[..span.start].trim_end_matches([' ', ':', '(']);
    let mut begin = span.start;
    let mut expected = false;
    for phrase in words_before.rsplit([' ', '|', ',', '·', '•', '(']).take(3) {
        let known = matches!(
            fold::fold(phrase.trim_end_matches(':')).as_str(),
            "expected"
                | "anticipated"
                | "graduating"
                | "graduation"
                | "grad"
                | "grad."
                | "estimated"
                | "est."
                | "completion"
                | "graduated"
                | "conferred"
                | "voraussichtlich"
                | "prevu"
                | "prevue"
                | "previsto"
                | "prevista"
                | "esperado"
                | "verwacht"
                | "planowane"
                | "date"
                | "until"
                | "bis"
                | "hasta"
                | "ate"
        );
        if !known {
            break;
        }
        expected = true;
        begin = phrase.as_ptr() as usize - text.as_ptr() as usize;
    }
    let behind = text[span.end..].trim_start_matches([' ', '(', '-', '–', ',']);
    let remark = behind.split([')', ' ', ',', ';']).next().unwrap_or_default();
    let remark_means =
        matches!(fold::fold(remark).as_str(), "anticipated" | "expected" | "voraussichtlich" | "prevu" | "previsto");
    if expected || remark_means {
        let end = if remark_means { remark.as_ptr() as usize - text.as_ptr() as usize + remark.len() } else { span.end };
        return Found { range: begin..end, start: None, end: End::On(date), shape: Shape::Period };
    }
    let digits_only = text[span.clone()].chars().all(|c| c.is_numeric());
    let shape = if matches!(date, PartialDate::Year(_)) && digits_only { Shape::Year } else { Shape::Date };
    Found { range: span, start: Some(date), end: End::Unknown, shape }
}

/// Whether a character joins the two ends of a period.
pub(crate) const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '~' | '〜' | '～' | '→' | '\u{ad}')
}

/// The format of the first date in a text and what joins it to the second: `MMM YYYY` and `–`.
pub(crate) fn style(text: &str) -> (String, Option<String>) {
    let mut style = String::new();
    let mut separator = None;
    let mut years = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let same = |next: char| {
            if c.is_numeric() {
                next.is_numeric()
            } else {
                c.is_alphabetic() && !fold::is_cjk(c) && next.is_alphabetic() && !fold::is_cjk(next)
            }
        };
        let mut end = start + c.len_utf8();
        while let Some((at, next)) = chars.next_if(|&(_, next)| same(next)) {
            end = at + next.len_utf8();
        }
        let token = &text[start..end];
        let length = token.chars().count();
        if c.is_numeric() {
            if length == 4 {
                years += 1;
                style.push_str("YYYY");
            } else {
                style.push_str(if length == 2 { "NN" } else { "N" });
            }
        } else if c.is_alphabetic() {
            if years > 0 && fold::is_cjk(c) && matches!(c, '年' | '月' | '日' | '년' | '월' | '일') {
                style.push(c);
                continue;
            }
            if years > 0 {
                separator = Some(token.to_owned()).filter(|_| separator.is_none()).or(separator);
                break;
            }
            style.push_str(if fold::is_cjk(c) {
                token
            } else if length > 4 {
                "MMMM"
            } else {
                "MMM"
            });
            continue;
        } else {
            let behind = chars.peek().map(|&(_, next)| next);
            let spaced = text[..start].ends_with(' ') || behind == Some(' ');
            if is_dash(c)
                && (years > 0
                    && !(c == '-'
                        && !spaced
                        && behind.is_some_and(char::is_numeric)
                        && style == "YYYY"
                        && following_digits(&text[end..]) == 2))
            {
                separator = Some(if spaced { format!(" {c} ") } else { c.to_string() });
                break;
            }
            if c == ' ' {
                if !style.is_empty() && !style.ends_with(' ') {
                    style.push(' ');
                }
            } else {
                style.push(c);
            }
        }
    }
    (style.trim().to_owned(), separator)
}

fn following_digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        find(text)
            .iter()
            .map(|found| {
                let end = match found.end {
                    End::Unknown => String::new(),
                    End::Present => "..now".into(),
                    End::On(date) => format!("..{date}"),
                };
                format!("[{}] {}{end}", &text[found.range.clone()], found.start.map_or(String::new(), |date| date.to_string()))
            })
            .collect::<Vec<_>>()
            .join("; ")
    }

    #[test]
    fn periods_in_many_notations() {
        for (text, expected) in [
            ("Acme 2015-12 - 2019-07", "[2015-12 - 2019-07] 2015-12..2019-07"),
            ("Mar 2021 - Present", "[Mar 2021 - Present] 2021-03..now"),
            ("Sep. 2023 \u{ad} Mar. 2024", "[Sep. 2023 \u{ad} Mar. 2024] 2023-09..2024-03"),
            ("03/2022 – Present", "[03/2022 – Present] 2022-03..now"),
            ("seit 2019", "[seit 2019] 2019..now"),
            ("since March 2019", "[since March 2019] 2019-03..now"),
            ("2012-16", "[2012-16] 2012..2016"),
            ("2008–09", "[2008–09] 2008..2009"),
            ("2020 – 2022", "[2020 – 2022] 2020..2022"),
            ("Jun – Aug 2023", "[Jun – Aug 2023] 2023-06..2023-08"),
            ("Nov – Feb 2023", "[Nov – Feb 2023] 2022-11..2023-02"),
            ("Summer 2022", "[Summer 2022] 2022"),
            ("01.02.2019 bis heute", "[01.02.2019 bis heute] 2019-02-01..now"),
            ("de março de 2018 até o momento", "[março de 2018 até o momento] 2018-03..now"),
            ("janv. 2018 – aujourd'hui", "[janv. 2018 – aujourd'hui] 2018-01..now"),
            ("2021年3月 – 現在", "[2021年3月 – 現在] 2021-03..now"),
            ("2019.03 ~ 2021.02", "[2019.03 ~ 2021.02] 2019-03..2021-02"),
            ("2019년 3월 - 현재", "[2019년 3월 - 현재] 2019-03..now"),
            ("март 2019 — настоящее время", "[март 2019 — настоящее время] 2019-03..now"),
            ("Jan '19 - Feb '20", "[Jan '19 - Feb '20] 2019-01..2020-02"),
            ("02/19 - 05/21", "[02/19 - 05/21] 2019-02..2021-05"),
            ("2019 –", "[2019 –] 2019..now"),
            ("from 2010 to 2014", "[2010 to 2014] 2010..2014"),
            ("Expected Graduation: May 2027", "[Expected Graduation: May 2027] ..2027-05"),
            ("September 2025-Present", "[September 2025-Present] 2025-09..now"),
            ("May 2023 - June 2024", "[May 2023 - June 2024] 2023-05..2024-06"),
            ("Jan 1, 2020 to Mar 3, 2021", "[Jan 1, 2020 to Mar 3, 2021] 2020-01-01..2021-03-03"),
            ("WS 2019/20", "[2019/20] 2019..2020"),
            ("10/2018 - laufend", "[10/2018 - laufend] 2018-10..now"),
            ("2018-03-01 – 2020-04-30", "[2018-03-01 – 2020-04-30] 2018-03-01..2020-04-30"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_that_are_no_dates() {
        for text in [
            "2000+ users",
            "saving $2000",
            "p99 of 2019ms",
            "+1 (312) 555-0123",
            "port 8080",
            "12,2019",
            "CS2019",
            "1,200+ tickets",
            "5,000",
            "10-K and 10-Q",
            "$250K",
            "3.8 GPA",
            "24/7",
        ] {
            assert_eq!(read(text), "", "{text}");
        }
        assert_eq!(read("in 2019 we"), "[2019] 2019");
    }

    #[test]
    fn formats_of_dates() {
        for (text, expected) in [
            ("Mar 2021 - Present", "MMM YYYY"),
            ("2015-12 - 2019-07", "YYYY-NN"),
            ("03/2022 – 04/2023", "NN/YYYY"),
            ("2020–2022", "YYYY"),
            ("March 2020", "MMMM YYYY"),
            ("2021年3月", "YYYY年N月"),
        ] {
            assert_eq!(style(text).0, expected, "{text}");
        }
        assert_eq!(style("2015-12 - 2019-07").1.as_deref(), Some(" - "));
        assert_eq!(style("2020–2022").1.as_deref(), Some("–"));
    }
}
