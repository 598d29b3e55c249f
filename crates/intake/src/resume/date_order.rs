//! Whether `03/04/2021` is a day in April or in March, told from the rest of the document.
//!
//! The reader of dates keeps only the year of such a date. A résumé writes all its dates in one order, so that one date with a number
//! above twelve settles the others; so does a column of firsts (`01/03/2019`, `01/09/2021`), or the country of residence.

use super::{
    dates,
    types::{Period, Resume},
};

/// In which order day and month stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    DayMonth,
    MonthDay,
}

/// A date of three numbers in a text: its bytes, and the numbers.
#[derive(Clone, Copy)]
struct Token {
    start: usize,
    end: usize,
    first: u8,
    second: u8,
    year: u16,
}

/// Completes the ambiguous dates of jobs and studies.
pub(crate) fn settle(resume: &mut Resume) {
    let periods = |resume: &Resume| -> Vec<String> {
        let jobs = resume.work.iter().chain(&resume.volunteer).filter_map(|job| job.period.as_ref());
        jobs.chain(resume.education.iter().filter_map(|study| study.period.as_ref()))
            .map(|period| period.quote.text.clone())
            .collect()
    };
    let all: Vec<Token> = periods(resume).iter().flat_map(|text| tokens(text)).collect();
    if all.is_empty() {
        return;
    }
    let country = resume.location.as_ref().and_then(|location| location.country.as_deref());
    let Some(order) = order(&all, country) else { return };
    let jobs = resume.work.iter_mut().chain(&mut resume.volunteer).filter_map(|job| job.period.as_mut());
    jobs.chain(resume.education.iter_mut().filter_map(|study| study.period.as_mut())).for_each(|period| complete(period, order));
}

/// The order that the dates themselves tell, otherwise that of the country.
fn order(all: &[Token], country: Option<&str>) -> Option<Order> {
    let day_first = all.iter().any(|token| token.first > 12);
    let month_first = all.iter().any(|token| token.second > 12);
    match (day_first, month_first) {
        (true, true) => return None,
        (true, false) => return Some(Order::DayMonth),
        (false, true) => return Some(Order::MonthDay),
        (false, false) => {}
    }
    let firsts = |number: fn(&Token) -> u8, other: fn(&Token) -> u8| {
        all.len() >= 2 && all.iter().all(|token| number(token) == 1) && all.iter().any(|token| other(token) != other(&all[0]))
    };
    if firsts(|token| token.first, |token| token.second) {
        return Some(Order::DayMonth);
    }
    if firsts(|token| token.second, |token| token.first) {
        return Some(Order::MonthDay);
    }
    match country? {
        "US" => Some(Order::MonthDay),
        // Both orders are in use.
        "CA" | "PH" | "KE" | "GH" | "SG" | "MY" | "ZA" => None,
        _ => Some(Order::DayMonth),
    }
}

/// Reads a period again with its dates in an order that is not ambiguous.
fn complete(period: &mut Period, order: Order) {
    let text = period.quote.text.clone();
    let mut plain = String::with_capacity(text.len() + 8);
    let mut from = 0;
    for token in tokens(&text) {
        let (day, month) = match order {
            Order::DayMonth => (token.first, token.second),
            Order::MonthDay => (token.second, token.first),
        };
        plain.push_str(&text[from..token.start]);
        plain.push_str(&format!("{:04}-{month:02}-{day:02}", token.year));
        from = token.end;
    }
    if from == 0 {
        return;
    }
    plain.push_str(&text[from..]);
    let Some(found) = dates::find(&plain).into_iter().next() else { return };
    // One date alone stands for both ends of a job, and for the end of a course: what was absent stays absent.
    if found.shape == dates::Shape::Period {
        period.start = period.start.and(found.start);
        period.end = found.end;
    } else if let Some(date) = found.start {
        period.start = period.start.map(|_| date);
        if matches!(period.end, bonafide_model::time::End::On(_)) {
            period.end = bonafide_model::time::End::On(date);
        }
    }
}

/// The dates of three numbers with the year last.
fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let begins = bytes[at].is_ascii_digit() && !at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_digit());
        match begins.then(|| token(bytes, at)).flatten() {
            Some(token) => {
                at = token.end;
                found.push(token);
            }
            None => at += 1,
        }
    }
    found
}

fn token(bytes: &[u8], start: usize) -> Option<Token> {
    let number = |from: usize, most: usize| {
        let length = bytes[from..].iter().take(most + 1).take_while(|byte| byte.is_ascii_digit()).count();
        let value =
            bytes[from..from + length].iter().fold(0_u16, |sum, byte| sum.wrapping_mul(10).wrapping_add(u16::from(byte - b'0')));
        (1..=most).contains(&length).then_some((value, from + length))
    };
    let (first, at) = number(start, 2)?;
    let separator = *bytes.get(at).filter(|byte| matches!(byte, b'/' | b'-'))?;
    let (second, at) = number(at + 1, 2)?;
    if bytes.get(at) != Some(&separator) {
        return None;
    }
    let (year, end) = number(at + 1, 4).filter(|(year, _)| *year >= 1000)?;
    let plausible = (1..=31).contains(&first) && (1..=31).contains(&second) && (first <= 12 || second <= 12);
    plausible.then_some(Token { start, end, first: first as u8, second: second as u8, year })
}

#[cfg(test)]
mod tests {
    use bonafide_model::time::End;

    use super::*;
    use crate::resume::types::{Job, Quote};

    fn read(texts: &[&str], country: Option<&str>) -> Vec<String> {
        let period = |text: &&str| {
            let date = &dates::find(text)[0];
            Period { start: date.start, end: date.end, quote: Quote { text: (*text).to_owned(), ..Quote::default() } }
        };
        let mut resume = Resume {
            work: texts.iter().map(|text| Job { period: Some(period(text)), ..Job::default() }).collect(),
            location: Some(crate::resume::types::StatedLocation {
                country: country.map(ToOwned::to_owned),
                ..Default::default()
            }),
            ..Resume::default()
        };
        settle(&mut resume);
        let shown = |period: &Period| {
            let end = match period.end {
                End::On(date) => date.to_string(),
                End::Present => "now".into(),
                End::Unknown => "?".into(),
            };
            format!("{}..{end}", period.start.map_or(String::new(), |date| date.to_string()))
        };
        resume.work.iter().filter_map(|job| job.period.as_ref()).map(shown).collect()
    }

    #[test]
    fn one_date_settles_the_order_of_all() {
        assert_eq!(
            read(&["03/04/2019 – 15/06/2021", "02/01/2017 – 05/03/2019"], None),
            ["2019-04-03..2021-06-15", "2017-01-02..2019-03-05"]
        );
        assert_eq!(read(&["03/04/2019 – 06/15/2021"], None), ["2019-03-04..2021-06-15"]);
        assert_eq!(
            read(&["01/03/2019 – 01/09/2021", "01/02/2016 – present"], None),
            ["2019-03-01..2021-09-01", "2016-02-01..now"]
        );
        assert_eq!(read(&["03/04/2019 – 05/06/2021"], Some("US")), ["2019-03-04..2021-05-06"]);
        assert_eq!(read(&["03/04/2019 – 05/06/2021"], Some("FR")), ["2019-04-03..2021-06-05"]);
        assert_eq!(read(&["03/04/2019 – 05/06/2021"], None), ["2019..2021"], "nothing settles it");
        assert_eq!(
            read(&["13/04/2019 – 05/14/2021"], Some("FR")),
            read(&["13/04/2019 – 05/14/2021"], None),
            "the dates contradict each other"
        );
    }
}
