//! A résumé as JSON Resume, with the document's fingerprints, layout, claims and warnings beside it.
//!
//! The field names are those of the JSON Resume schema 1.0.0 (jsonresume.org). Dates have the precision that the document states:
//! `2021`, `2021-03` or `2021-03-14`. A job that goes on has no `endDate`, as the schema wants it; `claims.jobs` tells "goes on" from
//! "not said".
//!
//! `claims` holds what can be compared between sources, and nothing else:
//! `{"jobs":[[employer,start,end],…],"degrees":[[degree,school,end],…],"years":{technology:years,…},"total_years":years|null,
//! "places":[text,…],"languages":[name,…],"contacts":[text,…],"links":[address,…]}` where `start` and `end` are dates or null, and
//! `end` is `"present"` for what goes on; `places` are the residence and the places of work, in order; `contacts` are canonical
//! e-mail addresses and telephone numbers (E.164 where they could be read).

use std::collections::BTreeMap;

use bonafide_formats::document::DocumentFormat;
use bonafide_model::{fact::LinkKind, time::End};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::types::{Item, Job, Layout, Period, Quote, Resume, StatedYears, Study};

/// The answer of the résumé reader, in the order of its keys.
#[derive(Clone, Debug, Serialize)]
pub struct JsonResume {
    /// Name, contacts, residence, profiles.
    pub basics: Value,
    /// Jobs.
    pub work: Vec<Value>,
    /// Unpaid positions.
    pub volunteer: Vec<Value>,
    /// Courses of studies.
    pub education: Vec<Value>,
    /// Awards.
    pub awards: Vec<Value>,
    /// Certificates.
    pub certificates: Vec<Value>,
    /// Publications.
    pub publications: Vec<Value>,
    /// Skills: one object a group of skills.
    pub skills: Vec<Value>,
    /// Human languages.
    pub languages: Vec<Value>,
    /// Interests.
    pub interests: Vec<Value>,
    /// References.
    pub references: Vec<Value>,
    /// Projects.
    pub projects: Vec<Value>,
    /// Properties of the file by name: text, a number, or a list where there are several values.
    pub meta: Map<String, Value>,
    /// How the document is laid out.
    pub layout: Value,
    /// What can be compared between sources.
    pub claims: Value,
    /// What could not be read or needs a second look.
    pub warnings: Vec<String>,
}

impl JsonResume {
    /// Writes a résumé as JSON Resume.
    #[must_use]
    pub fn of(resume: &Resume) -> Self {
        Self {
            basics: basics(resume),
            work: resume.work.iter().map(|job| work(job, "name")).collect(),
            volunteer: resume.volunteer.iter().map(|job| work(job, "organization")).collect(),
            education: resume.education.iter().map(education).collect(),
            awards: resume.awards.iter().map(|item| item_value(item, "title", "awarder", "date")).collect(),
            certificates: resume.certificates.iter().map(|item| item_value(item, "name", "issuer", "date")).collect(),
            publications: resume.publications.iter().map(|item| item_value(item, "name", "publisher", "releaseDate")).collect(),
            skills: skills(resume),
            languages: resume
                .languages
                .iter()
                .map(|language| {
                    Object::new().text("language", &language.quote.text).option("fluency", language.fluency.as_deref()).value()
                })
                .collect(),
            interests: resume.interests.iter().map(|interest| json!({ "name": interest.text })).collect(),
            references: resume
                .references
                .iter()
                .map(|reference| {
                    Object::new()
                        .text("name", &reference.name.text)
                        .text("reference", &reference.text)
                        .option("company", reference.company.as_deref())
                        .option("email", reference.email.as_ref().map(|email| email.quote.text.as_str()))
                        .option("phone", reference.phone.as_ref().map(|phone| phone.quote.text.as_str()))
                        .value()
                })
                .collect(),
            projects: resume.projects.iter().map(project).collect(),
            meta: meta(resume),
            layout: layout(&resume.layout),
            claims: claims(resume),
            warnings: resume.warnings.clone(),
        }
    }
}

/// An object that leaves out what is empty.
struct Object(Map<String, Value>);

impl Object {
    fn new() -> Self {
        Self(Map::new())
    }

    fn text(self, key: &str, value: &str) -> Self {
        self.option(key, Some(value))
    }

    fn option(mut self, key: &str, value: Option<&str>) -> Self {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.0.insert(key.to_owned(), Value::from(value));
        }
        self
    }

    fn list(mut self, key: &str, values: Vec<Value>) -> Self {
        if !values.is_empty() {
            self.0.insert(key.to_owned(), Value::from(values));
        }
        self
    }

    fn any(mut self, key: &str, value: Option<Value>) -> Self {
        if let Some(value) = value {
            self.0.insert(key.to_owned(), value);
        }
        self
    }

    fn value(self) -> Value {
        Value::Object(self.0)
    }
}

fn start(period: Option<&Period>) -> Option<String> {
    period.and_then(|period| period.start).map(|date| date.to_string())
}

fn end(period: Option<&Period>) -> Option<String> {
    match period?.end {
        End::On(date) => Some(date.to_string()),
        End::Present | End::Unknown => None,
    }
}

fn texts(quotes: &[Quote]) -> Vec<Value> {
    quotes.iter().map(|quote| Value::from(quote.text.as_str())).collect()
}

fn basics(resume: &Resume) -> Value {
    let location = resume.location.as_ref().map(|location| {
        Object::new()
            .text("address", &location.quote.text)
            .option("postalCode", location.postal_code.as_deref())
            .option("city", location.city.as_deref())
            .option("countryCode", location.country.as_deref())
            .option("region", location.region.as_deref())
            .value()
    });
    let homepage = resume.links.iter().find(|link| matches!(link.service, LinkKind::Portfolio | LinkKind::Other));
    let profiles = resume
        .links
        .iter()
        .filter(|link| !matches!(link.service, LinkKind::Portfolio | LinkKind::Other))
        .map(|link| {
            Object::new()
                .text("network", network(link.service))
                .option("username", link.handle.as_deref())
                .text("url", &link.url)
                .value()
        })
        .collect();
    Object::new()
        .option("name", resume.name.as_ref().map(|name| name.text.as_str()))
        .option("label", resume.label.as_ref().map(|label| label.text.as_str()))
        .option("email", resume.emails.first().map(|email| email.quote.text.as_str()))
        .option("phone", resume.phones.first().map(|phone| phone.quote.text.as_str()))
        .option("url", homepage.map(|link| link.url.as_str()))
        .option("summary", resume.summary.as_ref().map(|summary| summary.text.as_str()))
        .any("location", location)
        .list("profiles", profiles)
        .value()
}

/// The name of a service as JSON Resume's examples write it.
fn network(service: LinkKind) -> &'static str {
    match service {
        LinkKind::Github => "GitHub",
        LinkKind::Gitlab => "GitLab",
        LinkKind::Linkedin => "LinkedIn",
        LinkKind::Telegram => "Telegram",
        LinkKind::Twitter => "Twitter",
        LinkKind::Npm => "npm",
        LinkKind::Pypi => "PyPI",
        LinkKind::StackOverflow => "Stack Overflow",
        LinkKind::Upwork => "Upwork",
        LinkKind::Freelancer => "Freelancer",
        LinkKind::Facebook => "Facebook",
        LinkKind::Instagram => "Instagram",
        LinkKind::Medium => "Medium",
        LinkKind::Portfolio | LinkKind::Other => "",
    }
}

fn work(job: &Job, employer_key: &str) -> Value {
    let summary = job.text.iter().map(|quote| quote.text.as_str()).collect::<Vec<_>>().join("\n");
    let description = job.other.iter().map(|quote| quote.text.as_str()).collect::<Vec<_>>().join(" · ");
    Object::new()
        .text(employer_key, &job.employer.text)
        .text("position", &job.title.text)
        .option("location", job.location.as_ref().map(|location| location.quote.text.as_str()))
        .text("description", &description)
        .option("startDate", start(job.period.as_ref()).as_deref())
        .option("endDate", end(job.period.as_ref()).as_deref())
        .text("summary", &summary)
        .list("highlights", texts(&job.bullets))
        .value()
}

fn education(study: &Study) -> Value {
    Object::new()
        .text("institution", &study.school.text)
        .option("area", study.area.as_deref())
        .option("studyType", study.kind.as_deref().or(Some(&study.degree.text)))
        .option("startDate", start(study.period.as_ref()).as_deref())
        .option("endDate", end(study.period.as_ref()).as_deref())
        .option("score", study.score.as_deref())
        .text("degree", &study.degree.text)
        .option("location", study.location.as_ref().map(|location| location.quote.text.as_str()))
        .list("courses", texts(&study.text))
        .value()
}

fn item_value(item: &Item, name: &str, by: &str, date: &str) -> Value {
    let when = end(item.period.as_ref()).or_else(|| start(item.period.as_ref()));
    Object::new()
        .text(name, &item.name.text)
        .option(date, when.as_deref())
        .option(by, item.by.as_deref())
        .option("url", item.url.as_deref())
        .value()
}

fn project(item: &Item) -> Value {
    Object::new()
        .text("name", &item.name.text)
        .option("startDate", start(item.period.as_ref()).as_deref())
        .option("endDate", end(item.period.as_ref()).as_deref())
        .option("url", item.url.as_deref())
        .list("highlights", texts(&item.text))
        .value()
}

/// Skills in groups, in the order of the document; skills outside a group are objects of their own.
fn skills(resume: &Resume) -> Vec<Value> {
    let mut values: Vec<Value> = Vec::new();
    let mut open: Option<(&str, Vec<Value>)> = None;
    let close = |open: &mut Option<(&str, Vec<Value>)>, values: &mut Vec<Value>| {
        if let Some((group, keywords)) = open.take() {
            values.push(json!({ "name": group, "keywords": keywords }));
        }
    };
    for skill in &resume.skills {
        match &skill.group {
            None => {
                close(&mut open, &mut values);
                values.push(json!({ "name": skill.quote.text }));
            }
            Some(group) => {
                if open.as_ref().is_none_or(|(known, _)| known != group) {
                    close(&mut open, &mut values);
                    open = Some((group, Vec::new()));
                }
                if let Some((_, keywords)) = &mut open {
                    keywords.push(Value::from(skill.quote.text.as_str()));
                }
            }
        }
    }
    close(&mut open, &mut values);
    values
}

/// Properties whose values are numbers.
const NUMBERS: &[&str] = &[
    "total_time",
    "revision",
    "pages",
    "words",
    "characters",
    "lines",
    "paragraphs",
    "incremental_updates",
    "object_count",
    "slides",
    "characters_with_spaces",
];

/// Properties that are lists even with one value.
const LISTS: &[&str] = &["rsids"];

/// The properties of the file by name, each value once.
fn meta(resume: &Resume) -> Map<String, Value> {
    let mut values: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for property in &resume.carried.properties {
        let known = values.entry(&property.name).or_default();
        if !known.contains(&property.value.as_str()) {
            known.push(&property.value);
        }
    }
    // Readers name the hashes of pictures themselves, where they tell the raw stream from the decoded picture.
    let image = if resume.carried.format == DocumentFormat::Pdf { "image_raw_sha256" } else { "image_sha256" };
    if !values.contains_key(image) {
        let hashes = resume.carried.pictures.iter().map(|picture| picture.sha256.as_str()).filter(|hash| !hash.is_empty());
        values.insert(image, hashes.collect());
    }
    for name in LISTS {
        if let Some(list) = values.get_mut(name) {
            list.sort_unstable();
        }
    }
    values
        .into_iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(name, values)| {
            let one = |value: &str| match value.parse::<i64>() {
                Ok(number) if NUMBERS.contains(&name) => Value::from(number),
                _ => Value::from(value),
            };
            let value = match values.as_slice() {
                [value] if !LISTS.contains(&name) => one(value),
                several => Value::from(several.iter().map(|value| one(value)).collect::<Vec<_>>()),
            };
            (name.to_owned(), value)
        })
        .collect()
}

fn layout(layout: &Layout) -> Value {
    Object::new()
        .any("columns", Some(Value::from(layout.columns)))
        .any("pages", Some(Value::from(layout.pages)))
        .list("headings", layout.headings.iter().map(|heading| Value::from(heading.as_str())).collect())
        .list("order", layout.order.iter().map(|kind| Value::from(kind.name())).collect())
        .text("heading_case", layout.heading_case)
        .option("bullet", layout.bullet.map(|glyph| glyph.to_string()).as_deref())
        .option("date_format", layout.date_format.as_deref())
        .option("date_separator", layout.date_separator.as_deref())
        .list("sizes", layout.sizes.iter().map(|&size| short(f64::from(size))).collect())
        .list("heading_lefts", layout.heading_lefts.iter().map(|&left| Value::from(left)).collect())
        .option("job_template", layout.job_template.as_deref())
        .value()
}

/// A number with one digit behind the point, whole where it is whole.
fn short(number: f64) -> Value {
    let rounded = (number * 10.0).round() / 10.0;
    if rounded.fract() == 0.0 { Value::from(rounded as i64) } else { Value::from(rounded) }
}

/// Years with one digit behind the point.
fn years(stated: &StatedYears) -> Value {
    short(f64::from(stated.months) / 12.0)
}

fn claims(resume: &Resume) -> Value {
    let end_or_present = |period: Option<&Period>| match period.map(|period| period.end) {
        Some(End::Present) => Value::from("present"),
        _ => end(period).map_or(Value::Null, Value::from),
    };
    let jobs: Vec<Value> = resume
        .work
        .iter()
        .map(|job| json!([job.employer.text, start(job.period.as_ref()), end_or_present(job.period.as_ref())]))
        .collect();
    let degrees: Vec<Value> = resume
        .education
        .iter()
        .map(|study| json!([study.degree.text, study.school.text, end_or_present(study.period.as_ref())]))
        .collect();
    let by_technology: Map<String, Value> =
        resume.claimed_years.iter().map(|stated| (stated.technology.clone(), years(stated))).collect();
    let mut places: Vec<&str> = Vec::new();
    for location in resume.location.iter().chain(resume.work.iter().filter_map(|job| job.location.as_ref())) {
        if !places.contains(&location.quote.text.as_str()) {
            places.push(&location.quote.text);
        }
    }
    let contacts: Vec<&str> = resume
        .emails
        .iter()
        .map(|email| email.canonical.as_str())
        .chain(resume.phones.iter().map(|phone| phone.e164.as_deref().unwrap_or(&phone.quote.text)))
        .collect();
    let claims = ClaimsOut {
        jobs,
        degrees,
        years: by_technology,
        total_years: resume.total_years.as_ref().map(years),
        places,
        languages: resume.languages.iter().map(|language| language.quote.text.as_str()).collect(),
        contacts,
        links: resume.links.iter().map(|link| link.url.as_str()).collect(),
    };
    serde_json::to_value(claims).unwrap_or(Value::Null)
}

#[derive(Serialize)]
struct ClaimsOut<'a> {
    jobs: Vec<Value>,
    degrees: Vec<Value>,
    years: Map<String, Value>,
    total_years: Option<Value>,
    places: Vec<&'a str>,
    languages: Vec<&'a str>,
    contacts: Vec<&'a str>,
    links: Vec<&'a str>,
}
