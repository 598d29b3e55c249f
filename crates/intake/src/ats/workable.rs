//! Workable: `{"event_type": …, "resource_type": "candidate", "data": {…}}`.

use bonafide_formats::json::{Kind, Node};

use super::{Vendor, needs_all, needs_file, plain, role};
use crate::{application, fields::Fields, writer::Writer};

pub(super) const VENDOR: Vendor = Vendor {
    name: "workable",
    title: "Workable",
    event,
    announces: &["candidate_created"],
    id: |root| root.get("data")?.get("id"),
    write,
};

fn event(root: Node<'_>) -> Option<String> {
    root.get("data").filter(|data| data.kind() == Kind::Object)?;
    plain(root.get("event_type"))
}

fn write(root: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(candidate) =
        root.get("data").filter(|data| data.get("id").is_some()).and_then(|node| Fields::of(node, writer.remarks))
    else {
        return needs_all(root, "the candidate", writer);
    };
    candidate.ignore(&[
        "id",
        "headline",
        "image_url",
        "tags",
        "stage",
        "stage_kind",
        "account",
        "disqualified",
        "disqualified_at",
        "disqualification_reason",
        "hired_at",
        "sourced",
        "profile_url",
        "domain",
        "updated_at",
        "uploader_id",
        "originating_candidate_id",
        "summary",
        "job_shortcode",
    ]);
    if let Some(node) = candidate.get("created_at").or_else(|| root.get("fired_at")) {
        writer.applied_at(node);
    }
    let (first, last, full) = (candidate.text("firstname"), candidate.text("lastname"), candidate.said("name"));
    if let Some(node) = full.as_ref().map(|said| said.node).or_else(|| candidate.any(&["firstname", "lastname"])) {
        writer.name_parts(first, last, full.map(|said| said.value), writer.voice.name(), node);
    }
    let (address, location) = (candidate.get("address"), candidate.get("location"));
    if let Some(node) = location.or(address) {
        workable_location(node, writer);
    }
    for node in candidate.list("email") {
        writer.email(node);
    }
    for node in candidate.list("phone") {
        writer.phone(node);
    }
    for node in candidate.list("social_profiles") {
        writer.link_item(node);
    }
    for node in candidate.list("experience_entries") {
        application::work(node, writer);
    }
    for node in candidate.list("education_entries") {
        application::education(node, writer);
    }
    for node in candidate.list("skills") {
        writer.skill(node);
    }
    if let Some(node) = candidate.get("cover_letter") {
        writer.answer("cover letter".into(), node);
    }
    for node in candidate.list("answers") {
        answer(node, writer);
    }
    for key in ["resume_url", "resume"] {
        if let Some(node) = candidate.get(key) {
            needs_file(node, "the résumé", writer);
        }
    }
    let job = candidate.get("job").and_then(|job| job.get("title"));
    role(&VENDOR, root, job, writer);
    candidate.finish();
}

/// `{"city": …, "region": …, "country": …, "zip_code": …}` with codes beside the names.
fn workable_location(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    match node.get("location_str").filter(|text| text.kind() == Kind::Text) {
        Some(text) => writer.location(text),
        None => writer.location(node),
    }
}

/// `{"question": {"body": …}, "answer": {"body": …}}`; choices, numbers, dates and yes or no stand in fields of their own.
fn answer(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(pair) = Fields::of(node, writer.remarks) else { return };
    let body = |key: &'static str| {
        let node = pair.get(key)?;
        if node.kind() != Kind::Object {
            return Some(node);
        }
        ["body", "choices", "checked", "number", "date", "value"]
            .iter()
            .find_map(|field| node.get(field).filter(|node| !node.is_null()))
    };
    let (question, answer) = (body("question").or_else(|| body("question_key")), body("answer"));
    pair.ignore(&["question_key"]);
    pair.finish();
    if let Some(answer) = answer {
        writer.answer(plain(question).unwrap_or_default(), choices(answer));
    }
}

/// Choices are objects with a `body` each; one choice is that choice.
fn choices(node: Node<'_>) -> Node<'_> {
    let mut items = node.items();
    match (items.next(), items.next()) {
        (Some(only), None) => only.get("body").unwrap_or(only),
        _ => node,
    }
}
