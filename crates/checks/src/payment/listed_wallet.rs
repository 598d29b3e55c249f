//! # What it finds
//! A wallet that the subject gave and that a watch list or an indicator names.
//!
//! # Why it matters
//! Pay to a listed wallet is pay to whom it is listed for, whoever asked for it.
//!
//! # Innocent explanations
//! - Somebody copied the wrong address, or gave that of an exchange which serves many.
//! - Dust that a listed wallet sent makes nobody its owner: only the address itself is compared here.
//!
//! # What to ask next
//! - Ask for a signed message from the wallet, and for the exchange that holds it.
//! - Pay nothing to it before compliance has answered.
//!
//! # Sources
//! - Signal PAY-001: industry reports on payroll in digital currency; OFAC, digital currency addresses; court filings.

use std::collections::BTreeSet;

use crate::{
    prelude::*,
    support::{indicators, listed::Party, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-PAY-001"),
    slug: "listed-wallet",
    stage: Stage::Payment,
    title: "Wallet on a sanctions or intel list",
    summary: "Wallets against watch lists and indicators.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Strong,
    family: Family::Sanctions,
    facts: &[FactKind::Wallet],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let wallets = dossier.require::<Wallet>("wallet")?;
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    let mut missing = None;
    for wallet in wallets.iter().filter(|wallet| seen.insert(&wallet.canonical)) {
        let mut owner = Party::new("subject", Strength::Strong);
        owner.identified(wallet, IdentifierKind::Wallet, &wallet.canonical, &wallet.address);
        // A list answers also where no intel is loaded, and the other way round.
        match owner.ask(lens) {
            Ok(listed) => findings.extend(listed),
            Err(early) => missing = Some(early),
        }
        match lens.indicators(Identifier::new(IdentifierKind::Wallet, &wallet.canonical)) {
            Ok(hits) => {
                let found = hits.iter().map(|hit| indicators::finding(wallet, &wallet.address, "wallet", hit, META.strength));
                findings.extend(found);
            }
            Err(early) => missing = Some(early.into()),
        }
    }
    match missing {
        Some(early) if findings.is_empty() => Err(early),
        _ => Ok(Outcome::of(findings, format!("{} against lists and indicators", count(seen.len(), "wallet")))),
    }
}
