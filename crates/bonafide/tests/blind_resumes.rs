//! Invented résumés of twenty templates, as text and as PDF of one and of two columns: name, e-mail and telephone are read in all,
//! employer, title and dates together in nine of ten. `--nocapture` shows the counts.

#![allow(clippy::print_stdout, reason = "the counts are what the benchmarks quote")]
#![allow(clippy::unwrap_used, reason = "a failing helper of a test fails the test")]

use std::collections::BTreeMap;

use bonafide_formats::{document::Document, limits::Limits, pdf, text};
use bonafide_intake::resume;
use bonafide_model::time::{End, PartialDate};
use bonafide_testkit::resumes::{self, Form, Position};

/// People of each template and form: two in the loop, many under `BONAFIDE_LONG_TESTS`.
fn people() -> u64 {
    if std::env::var_os("BONAFIDE_LONG_TESTS").is_some() { 40 } else { 2 }
}

fn document(form: Form, bytes: &[u8]) -> Document {
    match form {
        Form::Text => text::read("cv.txt", bytes, &Limits::default()).unwrap(),
        Form::Page | Form::Sidebar => pdf::read(bytes, &Limits::default()).unwrap(),
    }
}

fn folded(text: &str) -> String {
    text.to_lowercase()
}

fn is_month(date: PartialDate, (year, month): (i16, i8)) -> bool {
    date.to_string() == format!("{year:04}-{month:02}")
}

fn is_read(position: &Position, job: &resume::Job) -> bool {
    let Some(period) = &job.period else { return false };
    let end = match (period.end, position.end) {
        (End::On(read), Some(written)) => is_month(read, written),
        (End::Present, None) => true,
        _ => false,
    };
    folded(&job.title.text) == folded(&position.title)
        && folded(&job.employer.text) == folded(&position.employer)
        && period.start.is_some_and(|start| is_month(start, position.start))
        && end
}

#[test]
fn invented_people_are_read() {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let mut errors: Vec<String> = Vec::new();
    let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let mut count = |field: &'static str, right: bool| {
        let tally = counts.entry(field).or_default();
        *tally = (tally.0 + u32::from(right), tally.1 + 1);
    };
    for (number, form) in [Form::Text, Form::Page, Form::Sidebar].into_iter().enumerate() {
        for template in 0..resumes::templates() {
            for person in 0..people() {
                let written = resumes::write(1 + person * 1_000 + template as u64 * 10 + number as u64, template, form);
                let read = resume::read(&document(form, &written.bytes));
                let name = read.name.as_ref().is_some_and(|name| folded(&name.text) == folded(&written.name));
                let email = read.emails.iter().any(|email| email.quote.text == written.email);
                let phone = read.phones.iter().any(|phone| digits(&phone.quote.text) == digits(&written.phone));
                for (field, right) in [("name", name), ("email", email), ("phone", phone)] {
                    count(field, right);
                    if !right {
                        errors.push(format!("{form:?} {} {person}: {field}", written.template));
                    }
                }
                for position in &written.positions {
                    let right = read.work.iter().any(|job| is_read(position, job));
                    count("position", right);
                    if !right {
                        let jobs: Vec<_> = read.work.iter().map(|job| (&job.title.text, &job.employer.text)).collect();
                        errors.push(format!("{form:?} {} {person}: {position:?} is not among {jobs:?}", written.template));
                    }
                }
            }
        }
    }
    for (field, (right, all)) in &counts {
        println!("{field}: {right} of {all}");
    }
    for field in ["name", "email", "phone"] {
        assert_eq!(counts[field].0, counts[field].1, "{field}: {errors:#?}");
    }
    let (right, all) = counts["position"];
    assert!(f64::from(right) >= 0.9 * f64::from(all), "{right} of {all}: {errors:#?}");
    println!("{errors:#?}");
}
