//! # What it finds
//! A document whose permanent id (of the file, its XMP metadata, its Word revision root or an embedded picture) stands in the résumé of
//! another subject with another name.
//!
//! # Why it matters
//! Office programs keep the identity of a file when it is saved under a new name. Two résumés with one identity were one file.
//!
//! # Innocent explanations
//! - A template file that both downloaded: ids that many share are ignored here.
//! - A friend, an agency or a career service edited both.
//! - The same person under a former name.
//!
//! # What to ask next
//! - Who else worked on this file?
//!
//! # Sources
//! - Signal RES-005: US guidance of 2022-05-16; own proposal.
//! - Trailer id: ISO 32000-2, 14.4; XMP `OriginalDocumentID`: ISO 16684-1; revision ids: ISO/IEC 29500-1, 17.15.1.

use crate::prelude::*;

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-005"),
    slug: "document-identity-reused",
    stage: Stage::Resume,
    title: "Same document identity in several résumés",
    summary: "Permanent ids of the document and of its pictures against those of other subjects' documents.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Link,
    facts: &[FactKind::DocumentProperty],
    flags: Flags::NONE,
};

/// Properties that name the file itself, with what they are called. Others (author, producer, fonts) are traits, not identities.
const IDENTITIES: &[(&str, &str)] = &[
    ("trailer_id0", "permanent file id"),
    ("xmp_original_document_id", "original document id"),
    ("xmp_document_id", "document id"),
    ("rsid_root", "root of the revision history"),
    ("doc_id", "Word document id"),
    ("image_raw_sha256", "embedded picture"),
    ("image_sha256", "embedded picture"),
];

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let mut asked = 0;
    for property in dossier.all::<DocumentProperty>() {
        let Some((name, what)) = IDENTITIES.iter().find(|(name, _)| *name == property.name) else { continue };
        if property.value.is_empty() || property.value.bytes().all(|b| matches!(b, b'0' | b'-')) {
            continue;
        }
        asked += 1;
        let holders = lens.holders(Identifier::new(IdentifierKind::Document, format!("{name}:{}", property.value)))?;
        findings.extend(crate::support::holders::shared(&property, &property.value, what, &holders, META.strength));
    }
    if asked == 0 {
        return Err(Early::not_applicable("the documents carry no permanent id"));
    }
    Ok(Outcome::of(findings, format!("{asked} permanent ids against other subjects' documents")))
}
