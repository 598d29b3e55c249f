//! # What it finds
//! A mailbox, telephone number or wallet of the applicant under which a subject with another name applied.
//!
//! # Why it matters
//! Names are free, mailboxes and telephones are work: one operator gives many names to few of them.
//!
//! # Innocent explanations
//! - A change of name: marriage, transition, transliteration.
//! - A couple or family who share an address or a telephone.
//! - An agency that applies for its candidates.
//!
//! # What to ask next
//! - Have you applied before, and under which name?
//!
//! # Sources
//! - Signal APP-009: Google GTIG, 2025-04; Security Alliance; US guidance of 2022-05-16.

use std::collections::BTreeSet;

use bonafide_model::lens::Holders;

use crate::{
    prelude::*,
    support::{holders, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-009"),
    slug: "one-mailbox-several-names",
    stage: Stage::Application,
    title: "One mailbox, several names",
    summary: "Mailbox, number and wallet against those of subjects with other names.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Link,
    facts: &[FactKind::Email, FactKind::Phone, FactKind::Wallet],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let mut asked = BTreeSet::new();
    let mut ask = |identifier: Identifier| -> Result<Option<Holders>, Early> {
        if !asked.insert(identifier.clone()) {
            return Ok(None);
        }
        let mut holders = lens.holders(identifier)?;
        holders.subjects.retain(|holder| !holder.same_name);
        Ok(Some(holders))
    };
    for email in dossier.all::<Email>() {
        if let Some(holders) = ask(Identifier::new(IdentifierKind::Email, &email.canonical))? {
            findings.extend(holders::shared(&email, &email.address, "mailbox", &holders, META.strength));
        }
    }
    for phone in dossier.all::<Phone>() {
        if let Some(e164) = &phone.e164
            && let Some(holders) = ask(Identifier::new(IdentifierKind::Phone, e164))?
        {
            findings.extend(holders::shared(&phone, &phone.raw, "telephone number", &holders, META.strength));
        }
    }
    for wallet in dossier.all::<Wallet>() {
        if let Some(holders) = ask(Identifier::new(IdentifierKind::Wallet, &wallet.canonical))? {
            findings.extend(holders::shared(&wallet, &wallet.address, "wallet", &holders, META.strength));
        }
    }
    Ok(Outcome::of(findings, format!("{} (mailboxes, numbers, wallets) against other subjects", count(asked.len(), "identifier"))))
}
