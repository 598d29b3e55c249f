//! Bodies of applicant systems' events, recognised by their content.
//!
//! Only the body is read here; its signature is checked, and what an event only points to is fetched, elsewhere. Shapes follow the
//! vendors' public documentation. Events that are not about a new application are read as far as they describe a candidate, and
//! said to be such.

mod ashby;
mod greenhouse;
mod lever;
mod smartrecruiters;
mod workable;

use bonafide_formats::json::{Kind, Node};
use bonafide_model::fact::{AppliedRole, FactValue};

use crate::{
    fields::{self, Fields},
    remark::{RemarkKind, Remarks},
    writer::{Writer, is_demographic},
};

/// What is said of a body that no reader takes.
pub(crate) const NOT_RECOGNISED: &str = "not the body of an event of Greenhouse, Ashby, Lever, Workable or SmartRecruiters; put the candidate's data into the other fields";

/// One vendor's reader.
struct Vendor {
    /// Name used in facts.
    name: &'static str,
    /// Name shown to people.
    title: &'static str,
    /// The event's name, where the body is one of this vendor's.
    event: fn(Node<'_>) -> Option<String>,
    /// Events that announce a new application.
    announces: &'static [&'static str],
    /// The id of the application, or of the candidate where the event has no other.
    id: fn(Node<'_>) -> Option<Node<'_>>,
    /// Writes the facts.
    write: fn(Node<'_>, &mut Writer<'_, '_>),
}

const VENDORS: &[Vendor] = &[greenhouse::VENDOR, ashby::VENDOR, workable::VENDOR, lever::VENDOR, smartrecruiters::VENDOR];

/// A recognised event.
pub(crate) struct Event {
    vendor: &'static Vendor,
    name: String,
}

/// Recognises the body of an event.
pub(crate) fn recognise(root: Node<'_>) -> Option<Event> {
    if root.kind() != Kind::Object {
        return None;
    }
    VENDORS.iter().find_map(|vendor| (vendor.event)(root).map(|name| Event { vendor, name }))
}

impl Event {
    /// The application's id in the vendor's system.
    pub(crate) fn id(&self, root: Node<'_>) -> Option<String> {
        let silent = Remarks::on("");
        (self.vendor.id)(root).and_then(|node| fields::short(node, &silent))
    }

    /// Writes the facts of the event, the system and the id among them.
    pub(crate) fn write(&self, root: Node<'_>, writer: &mut Writer<'_, '_>) {
        if !self.vendor.announces.contains(&self.name.as_str()) {
            let text = format!(
                "the event '{}' of {} does not announce a new application; what it says of the candidate is read",
                fields::cut(&self.name, 60),
                self.vendor.title
            );
            writer.remarks.say_of(RemarkKind::OtherEvent, root, text);
        }
        (self.vendor.write)(root, writer);
    }
}

/// The role applied for, with the system and the id it gave the application.
fn role(vendor: &Vendor, root: Node<'_>, title: Option<Node<'_>>, writer: &mut Writer<'_, '_>) {
    let silent = Remarks::on("");
    let id_node = (vendor.id)(root);
    let id = id_node.and_then(|node| fields::short(node, &silent));
    let text = title.and_then(|node| fields::short(node, writer.remarks));
    if let Some(node) = title.or(id_node) {
        let ats = id.map(|id| (vendor.name.to_owned(), id));
        writer.push(AppliedRole { title: text.unwrap_or_default(), ats }, node);
    }
}

/// Says that a file has to be fetched before the application is complete.
fn needs_file(node: Node<'_>, what: &str, writer: &Writer<'_, '_>) {
    let text = format!("the event only links to {what}; fetch it and put it beside this file");
    writer.remarks.say_of(RemarkKind::FileNeeded, node, text);
}

/// Says that the event carries ids alone, where nothing around it says who the candidate is.
fn needs_all(root: Node<'_>, what: &str, writer: &Writer<'_, '_>) {
    if writer.sink.facts().iter().any(|fact| matches!(fact.value, FactValue::PersonName(_) | FactValue::Email(_))) {
        return;
    }
    let text = format!("the event carries ids only; fetch {what} and give its answer as application.json");
    writer.remarks.say_of(RemarkKind::Needed, root, text);
}

/// A text of an event, without any remark: the event's own name.
fn plain(node: Option<Node<'_>>) -> Option<String> {
    node.filter(|node| node.kind() == Kind::Text).and_then(Node::as_str).map(|text| text.trim().to_owned())
}

/// A custom field of a form, as question and answer: `{"name": …, "value": …}` or `{"title": …, "value": …}`.
fn custom_field(key: Option<&str>, node: Node<'_>, writer: &mut Writer<'_, '_>) {
    if node.kind() != Kind::Object {
        if let Some(key) = key.filter(|_| !fields::is_empty(node)) {
            writer.answer(key.to_owned(), node);
        }
        return;
    }
    let Some(field) = Fields::of(node, writer.remarks) else { return };
    field.ignore(&["id", "type", "isPrivate"]);
    let title = field.any(&["name", "title"]).and_then(|node| fields::short(node, writer.remarks));
    let value = field.get("value");
    field.finish();
    let question = title.or_else(|| key.map(str::to_owned)).unwrap_or_default();
    match value {
        // What is no plain answer may be of any shape; a text of it would be no answer of the applicant.
        Some(value) if value.kind() == Kind::Object && !is_demographic(&question) => {
            writer.remarks.say_of(RemarkKind::Unreadable, value, "a custom field with parts is kept in the stored original only");
        }
        Some(value) => writer.answer(question, value),
        None => {}
    }
}

#[cfg(test)]
mod tests;
