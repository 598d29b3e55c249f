//! # What it finds
//! A mailbox that the link graph ties to a known cluster: the same alias account, the same private domain, the same local part elsewhere.
//!
//! # Why it matters
//! One e-mail address unravelled a whole network of invented applicants, because its owner had used it to set the others up.
//!
//! # Innocent explanations
//! - A family or a firm shares a mailbox or a domain.
//! - Common local parts (`info`, `dev`, a short given name) exist at every provider.
//!
//! # What to ask next
//! - Who else uses this mailbox or this domain?
//!
//! # Sources
//! - Signal APP-003: press on the Kraken applicant; Kraken, 2025-05.

use crate::{
    prelude::*,
    support::{distinct::mailboxes, link_hits, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-003"),
    slug: "address-in-a-cluster",
    stage: Stage::Application,
    title: "E-mail tied to a known cluster",
    summary: "Every mailbox against the clusters that the link graph knows.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Link,
    facts: &[FactKind::Email],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mailboxes = mailboxes(dossier);
    let mut findings = Vec::new();
    for email in &mailboxes {
        let hits = lens.clusters(Identifier::new(IdentifierKind::Email, &email.canonical))?;
        let what = format!("The mailbox {}", email.address);
        findings.extend(hits.iter().filter_map(|hit| link_hits::tie(email, &email.address, &what, hit, META.strength)));
    }
    Ok(Outcome::of(findings, format!("{} against known clusters", count(mailboxes.len(), "mailbox"))))
}
