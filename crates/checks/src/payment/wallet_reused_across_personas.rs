//! # What it finds
//! A wallet that stands in the application of a subject with another name.
//!
//! # Why it matters
//! A wallet is whoever holds its key. Two people who give one wallet are paid as one.
//!
//! # Innocent explanations
//! - A payment agent, or the deposit address of an exchange: addresses that many give are left out.
//! - An example address, copied from a form or a tutorial.
//! - A change of name.
//!
//! # What to ask next
//! - Ask for a signed message from the wallet.
//! - Who else receives pay at this address?
//!
//! # Sources
//! - Signal PAY-011: public analyses of wallets of remote workers; own measurement.

use std::collections::BTreeSet;

use crate::{
    prelude::*,
    support::{holders, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-PAY-011"),
    slug: "wallet-reused-across-personas",
    stage: Stage::Payment,
    title: "Wallet reused across personas",
    summary: "Wallets against those of subjects with other names.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Link,
    facts: &[FactKind::Wallet],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut asked = BTreeSet::new();
    let mut findings = Vec::new();
    let mut ignored = Vec::new();
    for wallet in dossier.require::<Wallet>("wallet")? {
        if wallet.canonical.is_empty() || !asked.insert(wallet.payload.canonical.clone()) {
            continue;
        }
        let mut held = lens.holders(Identifier::new(IdentifierKind::Wallet, &wallet.canonical))?;
        held.subjects.retain(|holder| !holder.same_name);
        findings.extend(holders::shared(&wallet, &wallet.address, "wallet", &held, META.strength));
        ignored.extend(held.ignored);
    }
    if asked.is_empty() {
        return Err(Early::not_applicable("no readable wallet"));
    }
    let ignored: String = ignored.iter().map(|why| format!("; {why}")).collect();
    Ok(Outcome::of(findings, format!("{} against those of other subjects{ignored}", count(asked.len(), "wallet"))))
}
