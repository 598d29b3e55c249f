//! Greenhouse: `{"action": …, "payload": {"application": {…, "candidate": {…}}}}` (recruiting webhooks).

use bonafide_formats::json::{Kind, Node};
use bonafide_model::fact::Referral;

use super::{Vendor, custom_field, needs_file, plain, role};
use crate::{
    fields::{self, Fields},
    writer::Writer,
};

pub(super) const VENDOR: Vendor = Vendor {
    name: "greenhouse",
    title: "Greenhouse",
    event,
    announces: &["new_candidate_application", "new_prospect_application", "application_created"],
    id: |root| application(root)?.get("id"),
    write,
};

fn event(root: Node<'_>) -> Option<String> {
    root.get("payload").filter(|payload| payload.kind() == Kind::Object)?;
    plain(root.get("action"))
}

fn application(root: Node<'_>) -> Option<Node<'_>> {
    let payload = root.get("payload")?;
    payload.get("application").or_else(|| Some(payload).filter(|payload| payload.get("candidate").is_some()))
}

fn write(root: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(node) = application(root) else {
        return super::needs_all(root, "the application", writer);
    };
    let Some(form) = Fields::of(node, writer.remarks) else { return };
    form.ignore(&[
        "id",
        "status",
        "source",
        "rejected_at",
        "rejection_reason",
        "rejection_details",
        "prospect",
        "prospect_detail",
        "last_activity_at",
        "current_stage",
        "opportunity",
        "offer",
        "url",
        "recruiter",
        "coordinator",
        "attachments_url",
    ]);
    if let Some(node) = form.get("applied_at") {
        writer.applied_at(node);
    }
    if let Some(candidate) = form.get("candidate").and_then(|node| Fields::of(node, writer.remarks)) {
        person(candidate, writer);
    }
    for answer in form.objects("answers") {
        let question = answer.text("question").unwrap_or_default();
        let value = answer.get("answer");
        answer.finish();
        if let Some(value) = value {
            writer.answer(question, value);
        }
    }
    custom_fields(form.get("custom_fields"), writer);
    attachments(form.get("attachments"), writer);
    referral(node, form.get("credited_to"), writer);
    let jobs: Vec<Node<'_>> = form.list("jobs").chain(form.list("job")).collect();
    role(&VENDOR, root, jobs.first().and_then(|job| job.get("name")), writer);
    form.finish();
}

fn person(candidate: Fields<'_, '_>, writer: &mut Writer<'_, '_>) {
    candidate.ignore(&[
        "id",
        "created_at",
        "updated_at",
        "last_activity",
        "external_id",
        "photo_url",
        "url",
        "recruiter",
        "coordinator",
        "tags",
        "title",
        "is_private",
        "can_email",
        "application_ids",
    ]);
    let (first, last) = (candidate.said("first_name"), candidate.said("last_name"));
    if let Some(node) = first.as_ref().or(last.as_ref()).map(|said| said.node) {
        writer.name_parts(first.map(|said| said.value), last.map(|said| said.value), None, writer.voice.name(), node);
    }
    for node in candidate.list("addresses") {
        writer.location(node);
    }
    for node in candidate.list("email_addresses") {
        writer.email(node);
    }
    for node in candidate.list("phone_numbers") {
        writer.phone(node);
    }
    for node in candidate.list("website_addresses").chain(candidate.list("social_media_addresses")) {
        writer.link_item(node);
    }
    if let Some(node) = candidate.get("company") {
        writer.employer(node);
    }
    for node in candidate.list("educations") {
        crate::application::education(node, writer);
    }
    for node in candidate.list("employments") {
        crate::application::work(node, writer);
    }
    custom_fields(candidate.get("custom_fields"), writer);
    attachments(candidate.get("attachments"), writer);
    candidate.finish();
}

fn custom_fields(node: Option<Node<'_>>, writer: &mut Writer<'_, '_>) {
    for (key, value) in node.into_iter().flat_map(|node| fields::pairs(node, writer.remarks)).collect::<Vec<_>>() {
        custom_field(key.as_str().as_deref(), value, writer);
    }
    let list = node.filter(|node| node.kind() == Kind::Array);
    for value in list.into_iter().flat_map(|node| fields::list(node, writer.remarks)).collect::<Vec<_>>() {
        custom_field(None, value, writer);
    }
}

fn attachments(node: Option<Node<'_>>, writer: &Writer<'_, '_>) {
    for item in node.into_iter().flat_map(|node| fields::list(node, writer.remarks)) {
        let name = plain(item.get("filename")).unwrap_or_else(|| "an attachment".into());
        needs_file(item, fields::cut(&name, 80), writer);
    }
}

/// Whoever the application is credited to referred the candidate only where the source says so.
fn referral(application: Node<'_>, credited: Option<Node<'_>>, writer: &mut Writer<'_, '_>) {
    let source = application.get("source");
    let name = plain(source.and_then(|source| source.get("public_name").or_else(|| source.get("name")))).unwrap_or_default();
    let Some(node) = credited.filter(|_| name.to_lowercase().contains("referral")) else { return };
    let by = plain(node.get("name")).unwrap_or_else(|| {
        let part = |key: &str| plain(node.get(key)).unwrap_or_default();
        format!("{} {}", part("first_name"), part("last_name")).trim().to_owned()
    });
    if !by.is_empty() {
        writer.push(Referral { by, ..Referral::default() }, node);
    }
}
