//! One row of a table of applicants, as a flat JSON object.

use bonafide_formats::json::{Kind, Node};
use bonafide_model::{
    fact::{ClientDevice, ClientOffset, CommitIdentity, DocumentProperty, GithubAccount, LinkKind, Location, Ownership},
    time::UtcOffset,
};

use crate::{
    application, canonical,
    fields::{self, Fields},
    writer::{self, Writer},
};

/// Fields that only a row has.
const TELLING: &[&str] =
    &["first_name", "last_name", "device", "wallet", "browser_utc_offset", "commit_emails", "github_created"];

/// Whether an object is a row: flat fields of a table, none of the nested ones of `application.json`.
pub(crate) fn is_row(node: Node<'_>) -> bool {
    const NESTED: &[&str] = &["name", "client", "emails", "links", "location"];
    node.kind() == Kind::Object
        && TELLING.iter().any(|key| node.get(key).is_some())
        && !NESTED.iter().any(|key| node.get(key).is_some_and(|value| matches!(value.kind(), Kind::Object | Kind::Array)))
}

/// The name under which a row's document is known.
const DOCUMENT: &str = "resume";

/// Writes the facts of a row.
pub(crate) fn write(root: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(row) = Fields::of(root, writer.remarks) else { return };
    // Who follows the account is no statement of the account.
    row.ignore(&["id", "github_followers"]);
    if let Some(node) = row.get("applied_at") {
        writer.applied_at(node);
    }
    let (first, last) = (row.said("first_name"), row.said("last_name"));
    if let Some(node) = first.as_ref().or(last.as_ref()).map(|said| said.node) {
        let (given, family) = (first.map(|said| said.value), last.map(|said| said.value));
        writer.name_parts(given, family, None, writer.voice.name(), node);
        row.ignore(&["name"]);
    } else if let Some(node) = row.get("name") {
        writer.name(node);
    }
    location(&row, writer);
    for node in row.list("email") {
        writer.email(node);
    }
    for node in row.list("phone") {
        writer.phone(node);
    }
    if let Some(node) = row.get("employer") {
        writer.employer(node);
    }
    for node in row.list("wallet") {
        writer.wallet(node);
    }
    if let Some(node) = row.get("avatar_phash") {
        writer.avatar_phash(node);
    }
    for (field, service) in
        [("linkedin", LinkKind::Linkedin), ("telegram", LinkKind::Telegram), ("portfolio", LinkKind::Portfolio)]
    {
        for node in row.list(field) {
            writer.link(node, Some(service));
        }
    }
    client(&row, writer);
    github(&row, writer);
    if let Some(node) = row.get("doc") {
        document(node, writer);
    }
    for node in row.list("work") {
        application::work(node, writer);
    }
    for node in row.list("education") {
        application::education(node, writer);
    }
    if let Some(node) = row.get("claimed_years") {
        application::claimed_years(node, writer);
    }
    row.finish();
}

fn location(row: &Fields<'_, '_>, writer: &mut Writer<'_, '_>) {
    let (city, region, country) = (row.said("city"), row.said("region"), row.said("country"));
    let Some(node) = city.as_ref().or(region.as_ref()).or(country.as_ref()).map(|said| said.node) else { return };
    let raw = [&city, &region, &country].into_iter().flatten().map(|said| said.value.as_str()).collect::<Vec<_>>().join(", ");
    let code = country.as_ref().and_then(|said| canonical::country(&said.value));
    if let (Some(said), None) = (&country, &code) {
        fields::expected("a country", said.node, writer.remarks);
    }
    writer.country = code.clone();
    let (city, region) = (city.map(|said| said.value), region.map(|said| said.value));
    let fact = Location { raw, city, region, country: code, ..Location::default() };
    writer.push(fact, node);
}

fn client(row: &Fields<'_, '_>, writer: &mut Writer<'_, '_>) {
    for node in row.list("ip") {
        writer.client_ip(node);
    }
    if let Some(device) = row.said("device") {
        writer.push(ClientDevice { device_id: Some(device.value), ..ClientDevice::default() }, device.node);
    }
    if let Some(node) = row.get("browser_utc_offset")
        && let Some(offset) = offset_of_hours(node, writer)
    {
        writer.push(ClientOffset { offset }, node);
    }
}

/// Hours east of Greenwich.
fn offset_of_hours(node: Node<'_>, writer: &Writer<'_, '_>) -> Option<UtcOffset> {
    fields::offset(node, fields::number(node, writer.remarks)? * 60.0, writer.remarks)
}

fn github(row: &Fields<'_, '_>, writer: &mut Writer<'_, '_>) {
    let account = row.said("github");
    let made = row.get("github_created").and_then(|node| {
        let year = fields::whole(node, writer.remarks)?;
        let year = i16::try_from(year).ok().filter(|year| (2000..=9999).contains(year));
        if year.is_none() {
            fields::expected("a year", node, writer.remarks);
        }
        Some((node, year?))
    });
    let mut login = String::new();
    if let Some(said) = &account {
        writer.link(said.node, Some(LinkKind::Github));
        login =
            writer::link(&said.value, Some(LinkKind::Github)).and_then(|link| link.handle).unwrap_or_else(|| said.value.clone());
    }
    if let Some(node) = account.as_ref().map(|said| said.node).or(made.map(|(node, _)| node)) {
        let fact = GithubAccount { login: login.clone(), created_year: made.map(|(_, year)| year), ..GithubAccount::default() };
        writer.push(fact, node);
    }
    for node in row.list("commit_emails") {
        let Some(email) = fields::short(node, writer.remarks) else { continue };
        let fact = CommitIdentity {
            login: login.clone(),
            canonical: canonical::email(&email),
            email,
            ownership: Ownership::Own,
            own_because: "listed as an address of the account's own commits".into(),
            ..CommitIdentity::default()
        };
        writer.push(fact, node);
    }
}

/// Properties of the résumé file; their names are those of the résumé reader.
fn document(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(doc) = Fields::of(node, writer.remarks) else { return };
    let mut push = |name: &str, value: String, node: Node<'_>| {
        let fact = DocumentProperty { document: DOCUMENT.into(), name: name.into(), value };
        writer.push(fact, node);
    };
    for (key, name) in [("producer", "producer"), ("rsid_root", "rsid_root"), ("author", "author"), ("lang", "lang")] {
        if let Some(said) = doc.said(key) {
            push(name, said.value, said.node);
        }
    }
    for node in doc.list("fonts") {
        if let Some(font) = fields::short(node, doc.remarks()) {
            push("font", font, node);
        }
    }
    if let Some(node) = doc.get("created_utc_offset") {
        let offset = fields::number(node, doc.remarks()).and_then(|hours| fields::offset(node, hours * 60.0, doc.remarks()));
        if let Some(offset) = offset {
            push("creation_utc_offset", offset.to_string(), node);
        }
    }
    doc.finish();
}
