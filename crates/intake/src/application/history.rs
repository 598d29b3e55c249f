//! Jobs, studies, years of experience and references that the form states.

use bonafide_formats::json::{Kind, Node};
use bonafide_model::{
    fact::{ClaimedYears, Education, Employment, Reference, Work},
    time::{End, PartialDate},
};
use bonafide_normalise as normalise;

use crate::{
    canonical,
    fields::{self, Fields},
    remark::{RemarkKind, Remarks},
    writer::{self, Writer},
};

/// Years of experience beyond any working life.
const MOST_YEARS: f64 = 100.0;

const EMPLOYMENTS: &[(&str, Employment)] = &[
    ("full_time", Employment::FullTime),
    ("fulltime", Employment::FullTime),
    ("part_time", Employment::PartTime),
    ("parttime", Employment::PartTime),
    ("advisory", Employment::PartTime),
    ("contract", Employment::Contract),
    ("contractor", Employment::Contract),
    ("freelance", Employment::Contract),
    ("consulting", Employment::Contract),
    ("self_employed", Employment::Contract),
    ("internship", Employment::Internship),
    ("intern", Employment::Internship),
    ("volunteer", Employment::Volunteer),
];

/// A job. A job with a start and without an end goes on.
pub(crate) fn work(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(job) = Fields::of(node, writer.remarks) else { return };
    let text = |keys: &[&'static str]| job.any(keys).and_then(|node| fields::short(node, writer.remarks));
    let start = job.any(&["start", "start_date", "startDate"]).and_then(|node| fields::date(node, writer.remarks));
    let current = job.any(&["current", "is_current"]).and_then(|node| fields::truth(node, writer.remarks));
    let end = end_of(&job, &["end", "end_date", "endDate"]);
    let location = text(&["location"]);
    let fact = Work {
        role: writer.voice.claim(),
        employer: text(&["employer", "company", "company_name", "organization", "organisation"]).unwrap_or_default(),
        title: text(&["title", "position"]).unwrap_or_default(),
        start,
        end: match (end, current) {
            (None, Some(true)) => End::Present,
            (None, None) if start.is_some() => End::Present,
            (end, _) => end.unwrap_or_default(),
        },
        city: text(&["city"]).or_else(|| normalise::place::parse(location.as_deref()?).city),
        remote: job.bool("remote"),
        location,
        employment: job.choice("employment", EMPLOYMENTS),
    };
    // What a job was about is prose; it stands in the stored original and in the résumé.
    job.ignore(&["id", "summary", "description", "highlights", "industry"]);
    job.finish();
    if fact.employer.is_empty() && fact.title.is_empty() {
        fields::expected("a job with employer or title", node, writer.remarks);
    } else {
        writer.push(fact, node);
    }
}

/// A course of studies.
pub(crate) fn education(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    if node.kind() != Kind::Object {
        if let Some(school) = fields::short(node, writer.remarks) {
            writer.push(Education { role: writer.voice.claim(), school, ..Education::default() }, node);
        }
        return;
    }
    let Some(study) = Fields::of(node, writer.remarks) else { return };
    let text = |keys: &[&'static str]| study.any(keys).and_then(|node| fields::short(node, writer.remarks));
    let (degree, field) =
        (text(&["degree", "studyType", "study_type"]), text(&["field", "field_of_study", "area", "discipline"]));
    let fact = Education {
        role: writer.voice.claim(),
        school: text(&["school", "institution", "school_name"]).unwrap_or_default(),
        degree: [degree, field].into_iter().flatten().collect::<Vec<_>>().join(", "),
        start: study.any(&["start", "start_date", "startDate"]).and_then(|node| fields::date(node, writer.remarks)),
        end: end_of(&study, &["year", "end", "end_date", "endDate", "graduated"]).unwrap_or_default(),
        contact_email: text(&["contact_email"]),
        contact_phone: text(&["contact_phone"]),
    };
    study.ignore(&["id", "score", "gpa", "courses"]);
    study.finish();
    if fact.school.is_empty() && fact.degree.is_empty() {
        fields::expected("a course of studies with school or degree", node, writer.remarks);
    } else {
        writer.push(fact, node);
    }
}

fn end_of(fields: &Fields<'_, '_>, keys: &[&'static str]) -> Option<End> {
    let node = fields.any(keys)?;
    let text = fields::short(node, fields.remarks())?;
    let end = canonical::end(&text);
    if end.is_none() {
        fields::expected("a date such as 2021-03, or a word for today", node, fields.remarks());
    }
    end
}

/// `{"Rust": 5, "Go": "3+ years"}`, or a list of objects with `technology` and `years`.
pub(crate) fn claimed_years(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    if node.kind() == Kind::Object && node.get("technology").is_none() {
        for (key, value) in fields::pairs(node, writer.remarks) {
            let technology = key.as_str().unwrap_or_default().trim().to_owned();
            if !technology.is_empty()
                && let Some(fact) = claimed(technology, value, writer)
            {
                writer.push_pair(fact, key, value);
            }
        }
        return;
    }
    for item in fields::list(node, writer.remarks) {
        let Some(object) = Fields::of(item, writer.remarks) else { continue };
        let technology = object.any(&["technology", "skill", "name"]).and_then(|node| fields::short(node, writer.remarks));
        let years = object.get("years");
        object.finish();
        match (technology, years) {
            (Some(technology), Some(years)) => {
                if let Some(fact) = claimed(technology, years, writer) {
                    writer.push(fact, item);
                }
            }
            _ => fields::expected("an object with technology and years", item, writer.remarks),
        }
    }
}

fn claimed(technology: String, years: Node<'_>, writer: &Writer<'_, '_>) -> Option<ClaimedYears> {
    let (number, or_more) = years_of(years, writer.remarks)?;
    Some(ClaimedYears { role: writer.voice.claim(), technology, months: (number * 12.0).round() as u32, or_more })
}

/// `5`, `"5"`, `"5 years"`, `"10+ yrs"`, `">10"`.
fn years_of(node: Node<'_>, remarks: &Remarks) -> Option<(f64, bool)> {
    let (number, or_more) = match node.kind() {
        Kind::Text => {
            let text = node.as_str()?.trim().replace(',', ".").to_lowercase();
            let or_more = text.contains('+') || text.starts_with('>') || text.contains("more") || text.contains("over");
            let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
            let rest = &text[start..];
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            // A range states its lower bound for certain.
            let or_more = or_more || rest[end..].trim_start().starts_with(['-', '–']);
            (rest[..end].trim_end_matches('.').parse().ok(), or_more)
        }
        _ => (node.as_f64(), false),
    };
    let number = number.filter(|years: &f64| (0.0..=MOST_YEARS).contains(years));
    if number.is_none() {
        fields::expected("a number of years from 0 to 100", node, remarks);
    }
    number.map(|number| (number, or_more))
}

/// A person named as reference: a name, or an object.
pub(super) fn reference(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    if node.kind() != Kind::Object {
        if let Some(name) = fields::short(node, writer.remarks) {
            writer.push(Reference { name, ..Reference::default() }, node);
        }
        return;
    }
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    let (email, phone) = (object.text("email"), object.text("phone"));
    let read_email = email.as_deref().and_then(normalise::email::canonical);
    let read_phone = phone.as_deref().and_then(|phone| normalise::phone::e164(phone, writer.country.as_deref()));
    if email.is_some() && read_email.is_none() {
        writer.remarks.say_of(RemarkKind::Unreadable, node, "the e-mail address of this reference is no address");
    }
    let fact = Reference {
        name: object.text("name").unwrap_or_default(),
        company: object.any(&["company", "employer"]).and_then(|node| fields::short(node, writer.remarks)),
        email_canonical: read_email,
        email,
        phone_e164: read_phone,
        phone,
        ip: object.get("ip").and_then(|node| {
            let ip = fields::short(node, writer.remarks).and_then(|text| writer::ip(&text));
            if ip.is_none() {
                fields::expected("an IPv4 or IPv6 address", node, writer.remarks);
            }
            ip.map(|ip| ip.to_string())
        }),
        device_id: object.text("device_id"),
    };
    object.ignore(&["title", "relation", "relationship"]);
    object.finish();
    writer.push(fact, node);
}

/// A year or date that a form asks for by itself, such as a birth date.
pub(super) fn day(node: Node<'_>, writer: &Writer<'_, '_>) -> Option<PartialDate> {
    fields::date(node, writer.remarks)
}
