//! Measures how well résumés are read, against truth written by hand or known from a generator.
//!
//! Pure: takes what was read and what is true, and counts. The files and their formats stand in the README of the test data.

use std::collections::BTreeMap;

use bonafide_model::time::{End, PartialDate};
use bonafide_normalise::{date, phone};
use serde_json::Value;

use super::{
    fold,
    json::JsonResume,
    types::{Job, Resume},
};

/// How often a field was read right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Read right.
    pub right: u32,
    /// Known to be there.
    pub all: u32,
}

impl Tally {
    /// Share read right, 0…1; 1 where nothing is known to be there.
    #[must_use]
    pub fn share(self) -> f64 {
        if self.all == 0 { 1.0 } else { f64::from(self.right) / f64::from(self.all) }
    }
}

/// Tallies by field, and each error in one line.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// By field: `name`, `email`, `phone`, `job` (employer, title and dates together), `employer`, `title`, `dates` …
    pub fields: BTreeMap<String, Tally>,
    /// File, field, what was read, what is true.
    pub errors: Vec<String>,
}

/// Errors kept at most.
const MOST_ERRORS: usize = 10_000;

impl Scores {
    fn count(&mut self, file: &str, field: &str, right: bool, read: &dyn std::fmt::Debug, truth: &dyn std::fmt::Debug) {
        let tally = self.fields.entry(field.to_owned()).or_default();
        tally.all += 1;
        tally.right += u32::from(right);
        if !right && self.errors.len() < MOST_ERRORS {
            self.errors.push(format!("{file}: {field}: read {read:?}, true is {truth:?}"));
        }
    }

    /// The tally of a field.
    #[must_use]
    pub fn of(&self, field: &str) -> Tally {
        self.fields.get(field).copied().unwrap_or_default()
    }
}

/// A job as truth states it; an empty text or an absent date is not compared.
#[derive(Clone, Debug, Default)]
struct TrueJob {
    employer: Option<String>,
    title: Option<String>,
    start: Option<PartialDate>,
    end: End,
}

fn same(one: &str, other: &str) -> bool {
    let letters =
        |text: &str| fold::fold(text).chars().filter(|c| c.is_alphanumeric() || matches!(c, '+' | '#')).collect::<String>();
    letters(one) == letters(other)
}

fn same_phone(resume: &Resume, truth: &str) -> bool {
    let Some(first) = resume.phones.first() else { return false };
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    first.e164.as_deref() == Some(truth)
        || digits(&first.quote.text) == digits(truth)
        || phone::e164(truth, None).is_some_and(|truth| first.e164.as_deref() == Some(&truth))
}

fn jobs(file: &str, resume: &Resume, truth: &[TrueJob], scores: &mut Scores) {
    let read: Vec<&Job> = resume.work.iter().chain(&resume.volunteer).collect();
    let mut used = vec![false; read.len()];
    for job in truth {
        let agreement = |read: &Job| {
            let employer = job.employer.as_deref().is_none_or(|employer| same(&read.employer.text, employer));
            let title = job.title.as_deref().is_none_or(|title| same(&read.title.text, title));
            let start = read.period.as_ref().and_then(|period| period.start);
            let end = read.period.as_ref().map_or(End::Unknown, |period| period.end);
            let dates = (job.start.is_none() || start == job.start) && (job.end == End::Unknown || end == job.end);
            (employer, title, dates)
        };
        let hits = |(employer, title, dates): (bool, bool, bool)| u8::from(employer) + u8::from(title) + u8::from(dates);
        let best = (0..read.len())
            .filter(|&index| !used[index])
            .max_by_key(|&index| (hits(agreement(read[index])), std::cmp::Reverse(index)));
        let best = best.filter(|&index| hits(agreement(read[index])) > 0);
        if let Some(index) = best {
            used[index] = true;
        }
        let (employer, title, dates) = best.map_or((false, false, false), |index| agreement(read[index]));
        let shown = best.map(|index| {
            let job = read[index];
            (job.employer.text.clone(), job.title.text.clone(), job.period.as_ref().map(|period| period.quote.text.clone()))
        });
        scores.count(file, "employer", employer, &shown, job);
        if job.title.is_some() {
            scores.count(file, "title", title, &shown, job);
        }
        scores.count(file, "dates", dates, &shown, job);
        let tally = scores.fields.entry("job".to_owned()).or_default();
        tally.all += 1;
        tally.right += u32::from(employer && title && dates);
    }
    let surplus: Vec<&str> =
        used.iter().zip(&resume.work).filter(|(used, _)| !**used).map(|(_, job)| job.title.text.as_str()).collect();
    scores.count(file, "no surplus jobs", surplus.is_empty(), &surplus, &truth.len());
}

fn text(value: &Value, path: &[&str]) -> Option<String> {
    path.iter().try_fold(value, |value, key| value.get(key))?.as_str().map(ToOwned::to_owned)
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Dates of a period as written: `Mar 2021 - Present`, `2019..2021`, `Summer 2022`.
fn period(text: &str) -> (Option<PartialDate>, End) {
    if let Some((start, end)) = text.split_once("..") {
        let end = if end == "now" { End::Present } else { end.parse().map_or(End::Unknown, End::On) };
        return (start.parse().ok(), end);
    }
    if let Some(range) = date::parse_range(text) {
        return (Some(range.start), range.end);
    }
    let single = date::find_dates(text).first().map(|found| found.date);
    (single, single.map_or(End::Unknown, End::On))
}

/// Counts against truth in the form of `resume_pdfs/*.truth.json`.
pub fn against_hand_written(file: &str, resume: &Resume, truth: &Value, scores: &mut Scores) {
    if let Some(name) = text(truth, &["contact", "full_name"]) {
        let read = resume.name.as_ref().map(|name| name.text.as_str());
        scores.count(file, "name", read == Some(name.as_str()), &read, &name);
    }
    if let Some(email) = text(truth, &["contact", "email"]) {
        let read = resume.emails.first().map(|email| email.quote.text.as_str());
        scores.count(file, "email", read == Some(email.as_str()), &read, &email);
    }
    if let Some(number) = text(truth, &["contact", "phone"]) {
        let read = resume.phones.first().map(|phone| phone.quote.text.as_str());
        scores.count(file, "phone", same_phone(resume, &number), &read, &number);
    }
    if let Some(location) = text(truth, &["contact", "location"]) {
        let read = resume.location.as_ref().map(|location| location.quote.text.as_str());
        scores.count(file, "location", read.is_some_and(|read| same(read, &location)), &read, &location);
    }
    let experience: Vec<TrueJob> = list(truth, "experience")
        .iter()
        .map(|job| {
            let (start, end) = period(&text(job, &["dates"]).unwrap_or_default());
            TrueJob { employer: text(job, &["company"]), title: text(job, &["title"]), start, end }
        })
        .collect();
    jobs(file, resume, &experience, scores);
    for course in list(truth, "education") {
        let (degree, school) =
            (text(course, &["degree"]).unwrap_or_default(), text(course, &["institution"]).unwrap_or_default());
        let right = resume.education.iter().any(|study| same(&study.degree.text, &degree) && same(&study.school.text, &school));
        let read: Vec<_> =
            resume.education.iter().map(|study| (study.degree.text.as_str(), study.school.text.as_str())).collect();
        scores.count(file, "education", right, &read, &(degree, school));
    }
    for skill in list(truth, "skills").iter().filter_map(Value::as_str) {
        let right = resume.skills.iter().any(|read| same(&read.quote.text, skill));
        let read: Vec<_> = resume.skills.iter().map(|skill| skill.quote.text.as_str()).collect();
        scores.count(file, "skills", right, &read, &skill);
    }
}

/// Counts against one record of `docs_meta/expected.json`.
pub fn against_planted(file: &str, resume: &Resume, expected: &Value, scores: &mut Scores) {
    let read = resume.name.as_ref().map(|name| name.text.as_str());
    let name = text(expected, &["name"]);
    scores.count(file, "name", read == name.as_deref(), &read, &name);
    let read = resume.emails.first().map(|email| email.quote.text.as_str());
    let email = text(expected, &["email"]);
    scores.count(file, "email", read == email.as_deref(), &read, &email);
    let number = text(expected, &["phone"]).unwrap_or_default();
    scores.count(file, "phone", same_phone(resume, &number), &resume.phones, &number);
    let truth: Vec<TrueJob> = list(expected, "jobs")
        .iter()
        .map(|job| {
            let part = |index: usize| job.get(index).and_then(Value::as_str);
            TrueJob {
                employer: part(0).map(ToOwned::to_owned),
                title: None,
                start: part(1).and_then(|date| date.parse().ok()),
                end: part(2).and_then(|date| date.parse().ok()).map_or(End::Unknown, End::On),
            }
        })
        .collect();
    jobs(file, resume, &truth, scores);
    let meta = JsonResume::of(resume).meta;
    let Some(expected) = expected.as_object() else { return };
    for (field, value) in
        expected.iter().filter(|(field, _)| !matches!(field.as_str(), "name" | "email" | "phone" | "jobs" | "file" | "family"))
    {
        let read = meta.get(field);
        scores.count(file, field, read == Some(value), &read, value);
    }
}

/// Counts against one record of `applicants.jsonl`. What the text does not hold is not counted: some texts leave a section out.
pub fn against_applicant(resume: &Resume, applicant: &Value, scores: &mut Scores) {
    let id = text(applicant, &["id"]).unwrap_or_default();
    let written = &resume.carried.text;
    let name = resume.name.as_ref().map(|name| name.text.as_str());
    let first_line = written.lines().next().unwrap_or_default();
    scores.count(&id, "name", name == Some(first_line), &name, &first_line);
    let truth: Vec<TrueJob> = list(applicant, "work")
        .iter()
        .map(|job| TrueJob {
            employer: text(job, &["employer"]),
            title: text(job, &["title"]),
            start: text(job, &["start"]).and_then(|date| date.parse().ok()),
            end: text(job, &["end"]).and_then(|date| date.parse().ok()).map_or(End::Present, End::On),
        })
        .filter(|job| job.employer.as_ref().is_some_and(|employer| written.contains(&format!(", {employer} "))))
        .collect();
    jobs(&id, resume, &truth, scores);
    let school = text(applicant, &["education", "school"]).filter(|school| written.contains(school.as_str()));
    if let (Some(education), Some(school)) = (applicant.get("education"), school) {
        let degree = text(education, &["degree"]).unwrap_or_default();
        let year = education.get("year").and_then(Value::as_i64);
        let right = resume.education.len() == 1
            && resume.education.iter().any(|study| {
                let end = study.period.as_ref().map_or(End::Unknown, |period| period.end);
                study.school.text == school
                    && study.degree.text == degree
                    && matches!(end, End::On(date) if Some(i64::from(date.year())) == year)
            });
        scores.count(&id, "education", right, &resume.education, &education);
    }
    if let Some(claims) = applicant.get("claimed_years").and_then(Value::as_object) {
        let read: BTreeMap<&str, u32> =
            resume.claimed_years.iter().map(|stated| (stated.technology.as_str(), stated.months)).collect();
        let truth: BTreeMap<&str, u32> = claims
            .iter()
            .filter(|(name, _)| written.contains(&format!("\n{name}: ")))
            .filter_map(|(name, years)| Some((name.as_str(), u32::try_from(years.as_u64()? * 12).ok()?)))
            .collect();
        scores.count(&id, "claimed years", read == truth, &read, &truth);
    }
}
