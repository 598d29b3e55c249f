//! Lever: `{"event": "applicationCreated", "triggeredAt": …, "data": {"applicationId", "opportunityId", "contactId"}}`, ids only.

use bonafide_formats::json::{Kind, Node};

use super::{Vendor, needs_all, plain, role};
use crate::writer::Writer;

pub(super) const VENDOR: Vendor = Vendor {
    name: "lever",
    title: "Lever",
    event,
    announces: &["applicationCreated"],
    id: |root| {
        let data = root.get("data")?;
        ["applicationId", "opportunityId", "contactId"].iter().find_map(|key| data.get(key).filter(|id| !id.is_null()))
    },
    write,
};

fn event(root: Node<'_>) -> Option<String> {
    let data = root.get("data").filter(|data| data.kind() == Kind::Object)?;
    ["applicationId", "opportunityId", "contactId"].iter().find_map(|key| data.get(key))?;
    plain(root.get("event"))
}

fn write(root: Node<'_>, writer: &mut Writer<'_, '_>) {
    if let Some(node) = root.get("triggeredAt") {
        writer.applied_at(node);
    }
    role(&VENDOR, root, None, writer);
    needs_all(root, "the opportunity", writer);
}
