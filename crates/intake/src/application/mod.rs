//! `application.json`: what an application form, and the people who handle it, state.
//!
//! All fields are optional. The fields, their shapes and what each becomes are described in `docs/application-json.md`.

mod client;
mod history;
mod online;
mod process;

use bonafide_formats::json::{Kind, Node};
use bonafide_model::fact::{AppliedRole, BirthDate, ClaimedTimezone};
use bonafide_normalise as normalise;

pub(crate) use history::{claimed_years, education, work};

use crate::{
    ats,
    fields::{self, Fields},
    remark::RemarkKind,
    writer::Writer,
};

/// Fields that an application has and other objects do not: with one of them a JSON object is an application.
const TELLING: &[&str] = &[
    "applied_at",
    "name",
    "emails",
    "email",
    "phones",
    "phone",
    "nationality",
    "claimed_timezone",
    "employer",
    "links",
    "wallets",
    "bank",
    "birth_date",
    "client",
    "answers",
    "references",
    "claimed_years",
    "ats",
    "work",
    "location",
    "role",
];

/// Whether an object is an application.
pub(crate) fn is_application(node: Node<'_>) -> bool {
    TELLING.iter().any(|key| node.get(key).is_some())
}

/// The application's own id, as it is written.
pub(crate) fn id(node: Node<'_>) -> Option<String> {
    let id = node.get("id")?;
    let text = match id.kind() {
        Kind::Text => id.as_str()?.trim().to_owned(),
        Kind::Number => id.as_number()?.to_owned(),
        _ => return None,
    };
    (!text.is_empty() && text.chars().count() <= MOST_ID).then_some(text)
}

/// Longest id taken.
const MOST_ID: usize = 200;

/// Writes the facts of an application.
pub(crate) fn write(root: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(form) = Fields::of(root, writer.remarks) else { return };
    form.ignore(&["schema", "$schema", "version"]);
    if let Some(node) = form.get("id").filter(|_| id(root).is_none()) {
        fields::expected(&format!("an id of at most {MOST_ID} characters"), node, writer.remarks);
    }
    let applied_at = form.get("applied_at");
    let instant = applied_at.and_then(|node| fields::instant(node, &crate::remark::Remarks::on(""))).map(|instant| instant.at);
    if let Some(node) = applied_at {
        writer.applied_at(node);
    }
    person(&form, writer);
    contacts(&form, writer);
    if let Some(node) = form.get("client") {
        client::write(node, instant, writer);
    }
    for node in form.list("work") {
        history::work(node, writer);
    }
    for node in form.list("education") {
        history::education(node, writer);
    }
    if let Some(node) = form.get("claimed_years") {
        history::claimed_years(node, writer);
    }
    for node in form.list("skills") {
        writer.skill(node);
    }
    for node in form.list("references") {
        history::reference(node, writer);
    }
    if let Some(node) = form.get("answers") {
        answers(node, writer);
    }
    process(&form, writer);
    online(&form, writer);
    role(&form, writer);
    form.finish();
}

fn person(form: &Fields<'_, '_>, writer: &mut Writer<'_, '_>) {
    if let Some(node) = form.get("name") {
        writer.name(node);
    }
    let parts = (form.said("first_name"), form.said("last_name"));
    if let Some(node) = parts.0.as_ref().or(parts.1.as_ref()).map(|said| said.node) {
        let (given, family) = (parts.0.map(|said| said.value), parts.1.map(|said| said.value));
        writer.name_parts(given, family, None, writer.voice.name(), node);
    }
    for node in form.list("nationality") {
        writer.nationality(node);
    }
    for node in form.list("languages") {
        writer.language(node);
    }
    if let Some(node) = form.get("birth_date")
        && let Some(date) = history::day(node, writer)
    {
        writer.push(BirthDate { date }, node);
    }
    if let Some(node) = form.get("avatar_phash") {
        writer.avatar_phash(node);
    }
    for node in form.list("documents") {
        process::identity_document(node, writer);
    }
}

fn contacts(form: &Fields<'_, '_>, writer: &mut Writer<'_, '_>) {
    // The residence comes first: telephone numbers may stand in its national notation.
    for node in form.list("location") {
        writer.location(node);
    }
    for node in form.list("emails").chain(form.list("email")) {
        writer.email(node);
    }
    for node in form.list("phones").chain(form.list("phone")) {
        writer.phone(node);
    }
    if let Some(zone) = form.said("claimed_timezone") {
        writer.push(ClaimedTimezone { zone: zone.value }, zone.node);
    }
    if let Some(node) = form.get("employer") {
        writer.employer(node);
    }
    if let Some(node) = form.get("links") {
        links(node, writer);
    }
    for node in form.list("wallets") {
        writer.wallet(node);
    }
    for node in form.list("bank") {
        process::bank(node, writer);
    }
}

/// `{"github": "https://…", "telegram": "@handle", "other": ["…"]}`, or a list.
fn links(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    if node.kind() != Kind::Object {
        for item in fields::list(node, writer.remarks) {
            writer.link_item(item);
        }
        return;
    }
    for (key, value) in fields::pairs(node, writer.remarks) {
        let service = key.as_str().and_then(|name| normalise::handle::service_from_name(&name));
        for target in fields::list(value, writer.remarks) {
            writer.link(target, service);
        }
    }
}

/// A list of objects with `question` and `answer`, or an object of questions and answers.
fn answers(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    if node.kind() == Kind::Object {
        for (key, value) in fields::pairs(node, writer.remarks) {
            writer.keyed_answer(key, value);
        }
        return;
    }
    for item in fields::list(node, writer.remarks) {
        if item.kind() != Kind::Object {
            writer.answer(String::new(), item);
            continue;
        }
        let Some(object) = Fields::of(item, writer.remarks) else { continue };
        let question = object.any(&["question", "label", "title"]).and_then(|node| fields::short(node, writer.remarks));
        let answer = object.any(&["answer", "value", "text"]);
        object.ignore(&["id", "type"]);
        object.finish();
        if let Some(answer) = answer {
            writer.answer(question.unwrap_or_default(), answer);
        }
    }
}

fn process(form: &Fields<'_, '_>, writer: &mut Writer<'_, '_>) {
    for node in form.list("history") {
        process::contact_change(node, writer);
    }
    for node in form.list("messages") {
        process::message(node, writer);
    }
    if let Some(node) = form.get("offer") {
        process::offer(node, writer);
    }
    if let Some(node) = form.get("agency") {
        process::agency(node, writer);
    }
    if let Some(node) = form.get("referral") {
        process::referral(node, writer);
    }
    for node in form.list("notes") {
        process::note(node, writer);
    }
}

fn online(form: &Fields<'_, '_>, writer: &mut Writer<'_, '_>) {
    type Write = fn(Node<'_>, &mut Writer<'_, '_>);
    let lists: [(&'static str, Write); 10] = [
        ("profiles", online::profile),
        ("posts", online::post),
        ("websites", online::website),
        ("searches", online::search),
        ("platform_accounts", online::platform_account),
        ("platform_sessions", online::platform_session),
        ("bids", online::bid),
        ("packages", online::package),
        ("secrets", online::secret),
        ("github_events", online::github_events),
    ];
    for (key, write) in lists {
        for node in form.list(key) {
            write(node, writer);
        }
    }
    if let Some(node) = form.get("lookups") {
        online::lookups(node, writer);
    }
}

/// The role applied for and the applicant system it came through, whose own event may stand in `ats.raw`.
fn role(form: &Fields<'_, '_>, writer: &mut Writer<'_, '_>) {
    let role = form.get("role");
    let mut title = None;
    if let Some(node) = role {
        title = if node.kind() == Kind::Object {
            let Some(object) = Fields::of(node, writer.remarks) else { return };
            let title = object.text("title");
            object.finish();
            title
        } else {
            fields::short(node, writer.remarks)
        };
    }
    let mut system = None;
    if let Some(node) = form.get("ats")
        && let Some(ats) = Fields::of(node, writer.remarks)
    {
        let vendor = ats.text("vendor").map(|vendor| vendor.to_lowercase());
        let id = ats.any(&["id", "application_id"]).and_then(|node| fields::short(node, writer.remarks));
        let raw = ats.get("raw");
        ats.finish();
        match raw {
            Some(raw) => match ats::recognise(raw) {
                Some(event) => event.write(raw, writer),
                None => writer.remarks.say_of(RemarkKind::Unreadable, raw, ats::NOT_RECOGNISED),
            },
            None => system = vendor.map(|vendor| (vendor, id.unwrap_or_default())),
        }
    }
    if let Some(node) = role.or_else(|| form.get("ats")).filter(|_| title.is_some() || system.is_some()) {
        writer.push(AppliedRole { title: title.unwrap_or_default(), ats: system }, node);
    }
}

#[cfg(test)]
mod tests;
