//! SmartRecruiters: `{"event": "application.created", "application": {"id"}, "candidate": {"id"}, "links": […]}`, ids only.

use bonafide_formats::json::{Kind, Node};

use super::{Vendor, needs_all, plain, role};
use crate::writer::Writer;

pub(super) const VENDOR: Vendor = Vendor {
    name: "smartrecruiters",
    title: "SmartRecruiters",
    event,
    announces: &["application.created", "candidate.created"],
    id: |root| ["application", "candidate"].iter().find_map(|key| root.get(key)?.get("id")),
    write,
};

fn event(root: Node<'_>) -> Option<String> {
    let name = plain(root.get("event")).filter(|name| name.contains('.'))?;
    ["application", "candidate"].iter().find_map(|key| root.get(key).filter(|node| node.kind() == Kind::Object))?;
    Some(name)
}

fn write(root: Node<'_>, writer: &mut Writer<'_, '_>) {
    let job = root.get("job").and_then(|job| job.get("title").or_else(|| job.get("name")));
    role(&VENDOR, root, job, writer);
    needs_all(root, "the application behind its links", writer);
}
