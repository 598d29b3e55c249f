//! What happened around the application: messages, changes of contact data, pay, agency, referral.

use bonafide_formats::json::{Kind, Node};
use bonafide_model::fact::{Agency, BankAccount, ContactChange, Direction, IdentityDocument, Message, Note, Offer, Referral};
use bonafide_normalise as normalise;

use super::history;
use crate::{
    canonical,
    fields::{self, Fields},
    writer::Writer,
};

pub(super) fn bank(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    let country = object.get("country");
    let code = country.and_then(|node| {
        let text = fields::short(node, writer.remarks)?;
        let code = canonical::country(&text);
        if code.is_none() {
            fields::expected("a country", node, writer.remarks);
        }
        code
    });
    let fact = BankAccount {
        holder: object.text("holder"),
        reference: object.any(&["iban", "ref", "reference", "account"]).and_then(|node| fields::short(node, writer.remarks)),
        country: code,
    };
    object.finish();
    if fact.holder.is_some() || fact.reference.is_some() || fact.country.is_some() {
        writer.push(fact, node);
    }
}

/// A number alone, or an object with a number.
pub(super) fn identity_document(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    if matches!(node.kind(), Kind::Text | Kind::Number) {
        if let Some(number) = fields::short(node, writer.remarks) {
            writer.push(IdentityDocument { number, ..IdentityDocument::default() }, node);
        }
        return;
    }
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    let text = |node| fields::short(node, writer.remarks);
    let fact = IdentityDocument {
        paper: object.any(&["type", "kind", "document", "name"]).and_then(text),
        number: object.any(&["number", "document_number", "id"]).and_then(text).unwrap_or_default(),
        issuer: object
            .any(&["country", "issuer", "issuing_country", "nationality", "issued_by"])
            .and_then(|node| writer.sealed(node)),
        expires: object
            .any(&["expires", "expires_on", "expiry", "expiry_date", "valid_until"])
            .and_then(|node| history::day(node, writer)),
    };
    object.finish();
    if fact.number.is_empty() {
        fields::expected("a document with its number", node, writer.remarks);
    } else {
        writer.push(fact, node);
    }
}

pub(super) fn contact_change(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    let fact = ContactChange {
        field: object.text("field").unwrap_or_default().to_lowercase(),
        from: object.text("from"),
        to: object.text("to"),
        at: object.instant("at"),
        stage: object.text("stage"),
    };
    object.finish();
    if fact.field.is_empty() {
        fields::expected("a change with the name of its field", node, writer.remarks);
    } else {
        writer.push(fact, node);
    }
}

pub(super) fn message(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    const DIRECTIONS: &[(&str, Direction)] = &[
        ("from_subject", Direction::FromSubject),
        ("inbound", Direction::FromSubject),
        ("to_subject", Direction::ToSubject),
        ("outbound", Direction::ToSubject),
    ];
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    let fact = Message {
        channel: object.text("channel").unwrap_or_default(),
        direction: object.choice("direction", DIRECTIONS).unwrap_or_default(),
        to: object.text("to"),
        to_role: object.text("to_role"),
        unsolicited: object.bool("unsolicited"),
        at: object.instant("at"),
        subject: object.text("subject"),
        text: object.long_text("text").unwrap_or_default(),
        after_contract: object.bool("after_contract"),
    };
    object.finish();
    writer.push(fact, node);
}

pub(super) fn offer(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    let fact = Offer {
        currency: object.text("currency").unwrap_or_default().to_uppercase(),
        asked: object.u64("asked"),
        band_low: object.u64("band_low"),
        band_high: object.u64("band_high"),
        negotiated: object.bool("negotiated"),
    };
    object.finish();
    writer.push(fact, node);
}

pub(super) fn agency(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    if node.kind() != Kind::Object {
        if let Some(name) = fields::short(node, writer.remarks) {
            writer.push(Agency { name, ..Agency::default() }, node);
        }
        return;
    }
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    let fact =
        Agency { name: object.text("name").unwrap_or_default(), evidence: object.texts("evidence"), asked: object.bool("asked") };
    object.finish();
    writer.push(fact, node);
}

pub(super) fn referral(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    if node.kind() != Kind::Object {
        if let Some(by) = fields::short(node, writer.remarks) {
            writer.push(Referral { by, ..Referral::default() }, node);
        }
        return;
    }
    let Some(object) = Fields::of(node, writer.remarks) else { return };
    let email = object.any(&["email", "email_canonical"]);
    let fact = Referral {
        by: object.any(&["by", "name"]).and_then(|node| fields::short(node, writer.remarks)).unwrap_or_default(),
        subject: object.text("subject"),
        email_canonical: email.and_then(|node| {
            let canonical = fields::short(node, writer.remarks).and_then(|text| normalise::email::canonical(&text));
            if canonical.is_none() {
                fields::expected("an e-mail address", node, writer.remarks);
            }
            canonical
        }),
    };
    object.finish();
    writer.push(fact, node);
}

pub(super) fn note(node: Node<'_>, writer: &mut Writer<'_, '_>) {
    let text = if node.kind() == Kind::Object {
        let Some(object) = Fields::of(node, writer.remarks) else { return };
        object.ignore(&["at", "by", "author"]);
        let text = object.long_text("text");
        object.finish();
        text
    } else {
        fields::long(node, writer.remarks)
    };
    if let Some(text) = text {
        writer.push(Note { text }, node);
    }
}
