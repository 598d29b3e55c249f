//! # What it finds
//! Addresses of the subject's own commits that equal an indicator, or that another subject holds whose case was confirmed as
//! misrepresentation.
//!
//! # Why it matters
//! Git keeps the author's address in every commit, also after the account was renamed and the profile emptied. Whoever runs several
//! personas forgets to change it on one of the machines.
//!
//! # Innocent explanations
//! - A history that was imported with its authors: addresses of other people never count here.
//! - The victim of an identity theft, whose true address stands in a list.
//! - A shared address of a team or firm.
//!
//! # What to ask next
//! - Which addresses have you used in commits, and who else used them?
//!
//! # Sources
//! - Signal ONL-004: gh-fake-analyzer, SEAL; own measurement: with addresses of bots left in, nine of twelve accounts would be linked
//!   falsely.

use std::collections::BTreeSet;

use crate::{
    prelude::*,
    support::{git, holders, indicators, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-004"),
    slug: "commit-address-of-listed-account",
    stage: Stage::OnlinePresence,
    title: "Commit e-mail shared with a listed account",
    summary: "Addresses of own commits, bots and other people left out, against indicators and the holders of each.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Strong,
    family: Family::Intel,
    facts: &[FactKind::CommitIdentity],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    // A no-reply address is the account itself: its login is compared as a handle.
    let own: Vec<_> = git::own_addresses(dossier).into_iter().filter(|identity| identity.noreply_login.is_none()).collect();
    if own.is_empty() {
        return Err(Early::not_applicable("no mailbox of own commits in the dossier"));
    }
    let mut asked = BTreeSet::new();
    let mut findings = Vec::new();
    let mut missing = None;
    for identity in own.iter().filter(|identity| asked.insert(identity.canonical.clone())) {
        let identifier = Identifier::new(IdentifierKind::Email, &identity.canonical);
        match lens.indicators(identifier.clone()) {
            Ok(hits) => findings.extend(hits.iter().map(|hit| indicators::finding(identity, &identity.email, "address of own commits", hit, META.strength))),
            Err(none) => missing = Some(none),
        }
        match lens.holders(identifier) {
            Ok(held) => findings.extend(holders::shared(identity, &identity.email, "address of own commits", &held, META.strength)),
            Err(none) => missing = missing.or(Some(none)),
        }
    }
    match missing {
        // What was not asked is not clear.
        Some(missing) if findings.is_empty() => Err(missing.into()),
        _ => Ok(Outcome::of(findings, format!("{} of own commits", count(asked.len(), "address")))),
    }
}
