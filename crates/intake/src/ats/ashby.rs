//! Ashby: `{"action": …, "data": {"application": {…, "candidate": {…}, "job": {…}}}}`.

use bonafide_formats::json::{Kind, Node};
use bonafide_model::fact::ClaimedTimezone;

use super::{Vendor, custom_field, needs_all, needs_file, plain, role};
use crate::{
    fields::{self, Fields},
    writer::Writer,
};

pub(super) const VENDOR: Vendor = Vendor {
    name: "ashby",
    title: "Ashby",
    event,
    announces: &["applicationSubmit"],
    id: |root| application(root)?.get("id"),
    write,
};

/// Parts of a location that are looked at.
const COMPONENTS: usize = 20;

fn event(root: Node<'_>) -> Option<String> {
    root.get("data").filter(|data| data.kind() == Kind::Object)?;
    plain(root.get("action"))
}

fn application(root: Node<'_>) -> Option<Node<'_>> {
    root.get("data")?.get("application")
}

fn write(root: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(form) = application(root).and_then(|node| Fields::of(node, writer.remarks)) else {
        return needs_all(root, "the application (application.info)", writer);
    };
    form.ignore(&[
        "id",
        "updatedAt",
        "status",
        "currentInterviewStage",
        "source",
        "archiveReason",
        "creditedToUser",
        "hiringTeam",
        "appliedViaJobPostingId",
        "submitterClientIp",
        "submitterUserAgent",
        "applicationHistory",
        "openings",
    ]);
    if let Some(node) = form.any(&["createdAt", "submittedAt"]) {
        writer.applied_at(node);
    }
    if let Some(candidate) = form.get("candidate").and_then(|node| Fields::of(node, writer.remarks)) {
        person(candidate, writer);
    }
    for node in form.list("customFields") {
        custom_field(None, node, writer);
    }
    if let Some(node) = form.get("submitterClientIp") {
        writer.client_ip(node);
    }
    if let Some(node) = form.get("submitterUserAgent")
        && let Some(text) = fields::short(node, writer.remarks)
    {
        writer.push(bonafide_model::fact::UserAgent { text }, node);
    }
    let job = form.get("job").and_then(|job| job.get("title"));
    role(&VENDOR, root, job, writer);
    form.finish();
}

fn person(candidate: Fields<'_, '_>, writer: &mut Writer<'_, '_>) {
    candidate.ignore(&[
        "id",
        "createdAt",
        "updatedAt",
        "tags",
        "position",
        "school",
        "profileUrl",
        "applicationIds",
        "source",
        "creditedToUser",
    ]);
    if let Some(node) = candidate.get("name") {
        writer.name(node);
    }
    if let Some(node) = candidate.get("location") {
        location(node, writer);
    }
    once(&candidate, "primaryEmailAddress", "emailAddresses", |node, writer| writer.email(node), writer);
    once(&candidate, "primaryPhoneNumber", "phoneNumbers", |node, writer| writer.phone(node), writer);
    for node in candidate.list("socialLinks") {
        writer.link_item(node);
    }
    for key in ["linkedInUrl", "githubUrl", "websiteUrl"] {
        if let Some(node) = candidate.get(key) {
            writer.link(node, bonafide_normalise::handle::service_from_name(key.trim_end_matches("Url")));
        }
    }
    if let Some(node) = candidate.get("company") {
        writer.employer(node);
    }
    if let Some(zone) = candidate.said("timezone") {
        writer.push(ClaimedTimezone { zone: zone.value }, zone.node);
    }
    for node in candidate.list("customFields") {
        custom_field(None, node, writer);
    }
    for node in candidate.list("resumeFileHandle").chain(candidate.list("fileHandles")) {
        let name = plain(node.get("name")).unwrap_or_else(|| "a file".into());
        needs_file(node, fields::cut(&name, 80), writer);
    }
    candidate.finish();
}

/// The primary value first, then those of the list that are not the same.
fn once(
    candidate: &Fields<'_, '_>,
    primary: &'static str,
    list: &'static str,
    write: fn(Node<'_>, &mut Writer<'_, '_>),
    writer: &mut Writer<'_, '_>,
) {
    let first = candidate.get(primary);
    let value = |node: Node<'_>| plain(node.get("value"));
    for node in
        first.into_iter().chain(candidate.list(list).filter(|node| first.is_none_or(|first| value(first) != value(*node))))
    {
        write(node, writer);
    }
}

/// `{"locationSummary": …, "locationComponents": [{"type": "Country", "name": …}]}`, or a plain location.
fn location(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    match node.get("locationSummary").filter(|summary| !fields::is_empty(*summary)) {
        Some(summary) => writer.location(summary),
        None if node.get("locationComponents").is_some() => {
            for part in node.get("locationComponents").into_iter().flat_map(Node::items).take(COMPONENTS) {
                if let Some(name) = part.get("name").filter(|_| plain(part.get("type")).is_some_and(|kind| kind == "Country")) {
                    writer.location(name);
                }
            }
        }
        None => writer.location(node),
    }
}
