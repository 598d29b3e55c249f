//! # What it finds
//! A mailbox of the applicant that equals, or nearly equals, an indicator that a partner shared and that has not expired.
//!
//! # Why it matters
//! Those who were caught once apply elsewhere with the same mailbox. One shared list unmasked an applicant whom every interview had passed.
//!
//! # Innocent explanations
//! - The address was given up and taken by somebody else.
//! - A typing error in the feed.
//! - The applicant is the victim of identity theft, and the address was used by others.
//!
//! # What to ask next
//! - Ask the partner what the row rests on and how old it is, before anything is said to the applicant.
//!
//! # Sources
//! - Signal APP-001: press on the Kraken applicant; Kraken, 2025-05; Security Alliance.

use crate::{
    prelude::*,
    support::{distinct::mailboxes, indicators, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-001"),
    slug: "address-on-an-intel-list",
    stage: Stage::Application,
    title: "E-mail on an intel list",
    summary: "Every mailbox of the applicant in canonical form against indicators.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Strong,
    family: Family::Intel,
    facts: &[FactKind::Email],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mailboxes = mailboxes(dossier);
    let mut findings = Vec::new();
    for email in &mailboxes {
        let hits = lens.indicators(Identifier::new(IdentifierKind::Email, &email.canonical))?;
        findings.extend(hits.iter().map(|hit| indicators::finding(email, &email.address, "mailbox", hit, META.strength)));
    }
    Ok(Outcome::of(findings, format!("{} against indicators", count(mailboxes.len(), "mailbox"))))
}
