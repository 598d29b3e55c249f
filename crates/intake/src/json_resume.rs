//! JSON Resume (the community's schema, version 1.0.0) to facts.

use bonafide_formats::json::{Kind, Node};
use bonafide_model::{
    fact::{Employment, Reference, ResumeText, Work},
    place::Place,
    time::End,
};
use bonafide_normalise as normalise;

use crate::{
    application, canonical,
    fields::{self, Fields},
    writer::Writer,
};

/// Whether an object is a JSON Resume: it has the section `basics`, or names the schema.
pub(crate) fn is_resume(node: Node<'_>) -> bool {
    let schema = node.get("$schema").and_then(Node::as_str).is_some_and(|schema| schema.contains("jsonresume"));
    schema || node.get("basics").is_some_and(|basics| basics.kind() == Kind::Object)
}

/// Writes the facts of a résumé. `document` is the file's name.
pub(crate) fn write(root: Node<'_>, document: &str, writer: &mut Writer<'_, '_>) {
    let Some(resume) = Fields::of(root, writer.remarks) else { return };
    resume.ignore(&["$schema", "meta"]);
    let mut text = String::new();
    let mut bullets = Vec::new();
    collect_text(root, &mut text);
    if let Some(node) = resume.get("basics") {
        basics(node, writer);
    }
    for node in resume.list("work") {
        job(node, None, &mut bullets, writer);
    }
    for node in resume.list("volunteer") {
        job(node, Some(Employment::Volunteer), &mut bullets, writer);
    }
    for node in resume.list("education") {
        application::education(node, writer);
    }
    for node in resume.list("skills") {
        skills(node, writer);
    }
    for node in resume.list("languages") {
        writer.language(node);
    }
    for node in resume.list("references") {
        reference(node, writer);
    }
    // They are part of the text.
    resume.ignore(&["awards", "certificates", "publications", "interests", "projects"]);
    resume.finish();
    let fact = ResumeText { document: document.to_owned(), text, complete: true, image_only: false, bullets };
    writer.sink.push(fact, Place::Whole);
}

fn basics(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(basics) = Fields::of(node, writer.remarks) else { return };
    basics.ignore(&["label", "summary", "image", "picture"]);
    if let Some(node) = basics.get("name") {
        writer.name(node);
    }
    if let Some(node) = basics.get("location") {
        location(node, writer);
    }
    for node in basics.list("email") {
        writer.email(node);
    }
    for node in basics.list("phone") {
        writer.phone(node);
    }
    for node in basics.list("url").chain(basics.list("website")) {
        writer.link(node, normalise::handle::service_from_name("portfolio"));
    }
    for node in basics.list("profiles") {
        writer.link_item(node);
    }
    basics.finish();
}

/// `{"address", "postalCode", "city", "countryCode", "region"}`.
fn location(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let says = |key: &str| node.get(key).is_some_and(|value| !fields::is_empty(value));
    if node.kind() == Kind::Object && !["address", "city", "countryCode", "region", "country"].iter().any(|key| says(key)) {
        return;
    }
    writer.location(node);
}

fn job(node: Node<'_>, employment: Option<Employment>, bullets: &mut Vec<String>, writer: &mut Writer<'_, '_>) {
    let Some(job) = Fields::of(node, writer.remarks) else { return };
    let text = |keys: &[&'static str]| job.any(keys).and_then(|node| fields::short(node, writer.remarks));
    let date = |key: &'static str| job.get(key);
    let start = date("startDate").and_then(|node| fields::date(node, writer.remarks));
    let end = match date("endDate") {
        Some(node) => {
            let end = fields::short(node, writer.remarks).and_then(|text| canonical::end(&text));
            if end.is_none() {
                fields::expected("a date such as 2021-03, or a word for today", node, writer.remarks);
            }
            end.unwrap_or_default()
        }
        // The schema: without an end the position is current.
        None if start.is_some() => End::Present,
        None => End::Unknown,
    };
    let location = text(&["location"]);
    let read = location.as_deref().map(normalise::place::parse).unwrap_or_default();
    let fact = Work {
        role: writer.voice.claim(),
        employer: text(&["name", "organization", "company"]).unwrap_or_default(),
        title: text(&["position"]).unwrap_or_default(),
        start,
        end,
        remote: read.remote.then_some(true),
        city: read.city,
        location,
        employment,
    };
    bullets.extend(job.list("highlights").filter_map(|node| fields::long(node, writer.remarks)));
    job.ignore(&["url", "website", "summary", "description"]);
    job.finish();
    if fact.employer.is_empty() && fact.title.is_empty() {
        fields::expected("a job with name or position", node, writer.remarks);
    } else {
        writer.push(fact, node);
    }
}

/// A skill is its name, and each of its keywords.
fn skills(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    if node.kind() != Kind::Object {
        return writer.skill(node);
    }
    let Some(skill) = Fields::of(node, writer.remarks) else { return };
    skill.ignore(&["level"]);
    if let Some(name) = skill.get("name") {
        writer.skill(name);
    }
    for keyword in skill.list("keywords") {
        writer.skill(keyword);
    }
    skill.finish();
}

/// `reference` is the praise, not a way to reach the person.
fn reference(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(reference) = Fields::of(node, writer.remarks) else { return };
    reference.ignore(&["reference"]);
    let name = reference.text("name");
    reference.finish();
    if let Some(name) = name {
        writer.push(Reference { name, ..Reference::default() }, node);
    }
}

/// All texts of the résumé in order, one a line: what a reader would see. Human languages are left out, as everywhere.
fn collect_text(node: Node<'_>, text: &mut String) {
    match node.kind() {
        Kind::Text => {
            if let Some(words) = node.as_str().filter(|words| !words.trim().is_empty()) {
                text.push_str(words.trim());
                text.push('\n');
            }
        }
        Kind::Object => {
            let told = |key: Node<'_>| !["$schema", "meta", "languages", "image"].iter().any(|skipped| key.is_text(skipped));
            node.entries().filter(|(key, _)| told(*key)).for_each(|(_, value)| collect_text(value, text));
        }
        Kind::Array => node.items().for_each(|item| collect_text(item, text)),
        _ => {}
    }
}
