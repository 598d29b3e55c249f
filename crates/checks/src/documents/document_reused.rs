//! # What it finds
//! The number or the very picture of an identity document that a subject with another name handed in as well.
//!
//! # Why it matters
//! A document names one person. Where two give its number, or send one picture of it, at least one of them is not that person.
//!
//! # Innocent explanations
//! - The same person applied again, under a changed or otherwise written name.
//! - A number that was mistyped into another one, or filled in as an example.
//! - Whoever the document belongs to may be the victim: the use is flagged, never its owner.
//!
//! # What to ask next
//! - Ask for the document in a live check, and compare name and date of birth.
//!
//! # Sources
//! - Signal DOC-004: US guidance of 2022-05-16; Microsoft Threat Intelligence.

use std::collections::BTreeSet;

use crate::{
    prelude::*,
    support::{holders, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-DOC-004"),
    slug: "document-reused",
    stage: Stage::Documents,
    title: "Document or photo reused",
    summary: "Numbers and pictures of identity documents against those of subjects with other names.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Link,
    facts: &[FactKind::IdentityDocument, FactKind::Picture],
    flags: Flags::NONE,
};

/// Shorter numbers are no numbers of documents.
const SHORTEST: usize = 5;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut asked = BTreeSet::new();
    let mut findings = Vec::new();
    for document in dossier.all::<IdentityDocument>() {
        let number: String = document.number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
        if number.len() < SHORTEST || !asked.insert(number.clone()) {
            continue;
        }
        let mut held = lens.holders(Identifier::new(IdentifierKind::IdentityDocument, number))?;
        held.subjects.retain(|holder| !holder.same_name);
        findings.extend(holders::shared(&document, &document.number, "document number", &held, META.strength));
    }
    for picture in dossier.all::<Picture>().filter(|picture| picture.role == PictureRole::Document) {
        let Some(hash) = picture.payload.sha256.as_deref() else { continue };
        if !asked.insert(hash.to_owned()) {
            continue;
        }
        let mut held = lens.holders(Identifier::new(IdentifierKind::Document, format!("picture:{hash}")))?;
        held.subjects.retain(|holder| !holder.same_name);
        findings.extend(holders::shared(&picture, &picture.name, "picture of a document", &held, META.strength));
    }
    if asked.is_empty() {
        return Err(Early::not_applicable("no number or picture of an identity document"));
    }
    Ok(Outcome::of(findings, format!("{} of identity documents against other subjects", count(asked.len(), "trait"))))
}
