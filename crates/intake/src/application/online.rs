//! Evidence from the open web and from platforms, as collectors and exports add it to an application.

use bonafide_formats::json::{Kind, Node};
use bonafide_model::fact::{
    Bid, EmailAge, Found, GithubEvents, LeakedSecret, PhoneLine, PlatformAccount, PlatformSession, PublishedPackage,
    SearchResult, SocialPost, SocialProfile, Website,
};
use bonafide_normalise as normalise;

use crate::{
    canonical,
    fields::{self, Fields},
    writer::Writer,
};

const FOUND: &[(&str, Found)] = &[
    ("found", Found::Found),
    ("yes", Found::Found),
    ("not_found", Found::NotFound),
    ("no", Found::NotFound),
    ("unknown", Found::Unknown),
];

/// Found, not found or unknown; `true` and `false` count.
fn found(object: &Fields<'_, '_>) -> Found {
    match object.get("found").and_then(Node::as_bool) {
        Some(true) => Found::Found,
        Some(false) => Found::NotFound,
        None => object.choice("found", FOUND).unwrap_or_default(),
    }
}

pub(super) fn profile(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    let url = object.text("url");
    let network = object.text("network").map(|name| name.to_lowercase()).or_else(|| {
        let service = normalise::url::parse(url.as_deref()?).ok()?.service;
        Some(normalise::handle::service_name(service).to_owned())
    });
    let fact = SocialProfile {
        network: network.unwrap_or_default(),
        url,
        name: object.text("name"),
        found: found(&object),
        vanished_after_contact: object.bool("vanished_after_contact"),
        joined: object.date("joined"),
        connections: object.u64("connections"),
        posts: object.u64("posts"),
        pictures: object.u64("pictures"),
        candid_pictures: object.u64("candid_pictures"),
        read_at: object.instant("read_at"),
    };
    object.finish();
    writer.push(fact, node);
}

pub(super) fn post(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    let fact = SocialPost {
        network: object.text("network").unwrap_or_default().to_lowercase(),
        at: object.instant("at"),
        text: object.long_text("text").unwrap_or_default(),
    };
    object.finish();
    writer.push(fact, node);
}

pub(super) fn website(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    if node.kind() != Kind::Object {
        if let Some(url) = fields::short(node, writer.remarks) {
            let url = normalise::url::canonical(&url).unwrap_or(url);
            writer.push(Website { url, ..Website::default() }, node);
        }
        return;
    }
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    let url = object.text("url").unwrap_or_default();
    let fact = Website {
        url: normalise::url::canonical(&url).unwrap_or(url),
        registered: object.date("registered"),
        pages: object.u32("pages"),
        owner_name: object.text("owner_name"),
        copies: object.get("copies").and_then(|node| copies(node, writer)),
        copies_portfolio: object.bool("copies_portfolio"),
    };
    object.finish();
    writer.push(fact, node);
}

/// `["https://other.example", 0.8]`, or an object with `url` and `share`.
fn copies(node: Node<'_>, writer: &Writer<'_, '_>) -> Option<(String, f64)> {
    let (url, share) = match node.kind() {
        Kind::Object => {
            let object = Fields::of(node, writer.remarks)?;
            let pair = (object.any(&["url", "site"]), object.get("share"));
            object.finish();
            pair
        }
        _ => (node.items().next(), node.items().nth(1)),
    };
    let url = url.and_then(|node| fields::short(node, writer.remarks));
    let share = share.and_then(|node| fields::number(node, writer.remarks)).filter(|share| (0.0..=1.0).contains(share));
    if url.is_none() || share.is_none() {
        fields::expected("another site and the share of the text, from 0 to 1", node, writer.remarks);
    }
    Some((url?, share?))
}

pub(super) fn search(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    let fact = SearchResult {
        about: object.text("about").unwrap_or_default().to_lowercase(),
        query: object.text("query").unwrap_or_default(),
        found: found(&object),
        hits: object.u32("hits"),
        differs: object.texts("differs"),
        agrees: object.texts("agrees"),
    };
    object.finish();
    writer.push(fact, node);
}

pub(super) fn lookups(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    for item in object.objects("email_age") {
        let address = item.text("address").unwrap_or_default();
        let fact = EmailAge {
            address: canonical::email(&address),
            found: found(&item),
            first_seen: item.date("first_seen"),
            sources: item.u32("sources").unwrap_or(0),
        };
        let node = item.node();
        item.finish();
        writer.push(fact, node);
    }
    for item in object.objects("phone_line") {
        let number = item.text("number").unwrap_or_default();
        let fact = PhoneLine {
            number: normalise::phone::e164(&number, writer.country.as_deref()).unwrap_or(number),
            line_type: item.text("line_type").unwrap_or_default().to_lowercase(),
            ported: item.date("ported"),
        };
        let node = item.node();
        item.finish();
        writer.push(fact, node);
    }
    object.finish();
}

pub(super) fn platform_account(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    let fact = PlatformAccount {
        platform: object.text("platform").unwrap_or_default().to_lowercase(),
        account: object.text("account").unwrap_or_default(),
        name: object.text("name"),
        ratings: object.u32("ratings"),
        payers: object.u32("payers"),
        top_payer_ratings: object.u32("top_payer_ratings"),
        payer_shares_payment_data: object.bool("payer_shares_payment_data"),
        bids: object.u32("bids"),
        wins: object.u32("wins"),
        repeated_bids: object.f64("repeated_bids"),
        accounts_on_device: object.u32("accounts_on_device"),
        accounts_on_ip: object.u32("accounts_on_ip"),
    };
    object.finish();
    writer.push(fact, node);
}

pub(super) fn platform_session(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    let (from, to) = (object.instant("from"), object.instant("to"));
    let platform = object.text("platform").unwrap_or_default().to_lowercase();
    let country = object.text("country").map(|country| canonical::country(&country).unwrap_or(country));
    let position = object.get("position").and_then(|node| position(node, writer));
    let active = object.bool("active");
    object.finish();
    match (from, to) {
        (Some(from), Some(to)) => writer.push(PlatformSession { platform, from, to, country, position, active }, node),
        _ => fields::expected("a session with its start in from and its end in to", node, writer.remarks),
    }
}

/// `[48.2, 16.4]`, or an object with `latitude` and `longitude`, in degrees.
fn position(node: Node<'_>, writer: &Writer<'_, '_>) -> Option<(f64, f64)> {
    let (latitude, longitude) = match node.kind() {
        Kind::Object => {
            let object = Fields::of(node, writer.remarks)?;
            let pair = (object.f64("latitude"), object.f64("longitude"));
            object.finish();
            pair
        }
        _ => (node.items().next().and_then(Node::as_f64), node.items().nth(1).and_then(Node::as_f64)),
    };
    let latitude = latitude.filter(|degrees| (-90.0..=90.0).contains(degrees));
    let longitude = longitude.filter(|degrees| (-180.0..=180.0).contains(degrees));
    if latitude.is_none() || longitude.is_none() {
        fields::expected("latitude and longitude in degrees", node, writer.remarks);
    }
    Some((latitude?, longitude?))
}

pub(super) fn bid(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    let fact = Bid {
        platform: object.text("platform").unwrap_or_default().to_lowercase(),
        ecosystem: object.text("ecosystem").unwrap_or_default(),
        form: object.text("form").unwrap_or_default().to_lowercase(),
        at: object.instant("at"),
    };
    object.finish();
    writer.push(fact, node);
}

pub(super) fn package(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    let fact = PublishedPackage {
        registry: object.text("registry").unwrap_or_default().to_lowercase(),
        name: object.text("name").unwrap_or_default(),
        version: object.text("version"),
    };
    object.finish();
    if fact.name.is_empty() {
        fields::expected("a package with its name", node, writer.remarks);
    } else {
        writer.push(fact, node);
    }
}

/// What a secret scanner found. The secret itself is never read.
pub(super) fn secret(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    let fact = LeakedSecret {
        repository: object.text("repository").unwrap_or_default(),
        path: object.text("path").unwrap_or_default(),
        secret: object.text("secret").unwrap_or_default(),
        firm: object.text("firm"),
    };
    object.finish();
    // Without a quote: what stands there may be the secret.
    writer.sink.push(fact, node.place());
}

pub(super) fn github_events(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    let fact = GithubEvents {
        login: object.text("login").unwrap_or_default(),
        organisation: object.any(&["organisation", "organization"]).and_then(|node| fields::short(node, writer.remarks)),
        issues: object.u32("issues").unwrap_or(0),
        comments: object.u32("comments").unwrap_or(0),
        pulls_merged: object.u32("pulls_merged").unwrap_or(0),
        trivial: object.u32("trivial").unwrap_or(0),
        first_event: object.instant("first_event"),
    };
    object.finish();
    writer.push(fact, node);
}
