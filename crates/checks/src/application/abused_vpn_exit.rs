//! # What it finds
//! A network address that a partner tied to misrepresented applicants and that has not expired.
//!
//! # Why it matters
//! Operators use few VPN providers, and their exits stay the same for months.
//!
//! # Innocent explanations
//! - The provider also serves ordinary users, in some countries nearly everybody who uses a VPN.
//! - Addresses change hands within weeks.
//!
//! # What to ask next
//! - Do not ask about the address; look at its age, and use it only beside other findings.
//!
//! # Sources
//! - Signal APP-015: Mandiant, 2024-09; Red Canary, 2025.

use std::collections::BTreeSet;

use crate::{prelude::*, support::indicators};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-015"),
    slug: "abused-vpn-exit",
    stage: Stage::Application,
    title: "Known abused VPN exit",
    summary: "The network address against indicators from partners.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Intel,
    facts: &[FactKind::ClientIp],
    flags: Flags { fairness: true, ..Flags::NONE },
};

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let mut asked = BTreeSet::new();
    for ip in dossier.all::<ClientIp>() {
        if !asked.insert(ip.ip.clone()) {
            continue;
        }
        for hit in lens.indicators(Identifier::new(IdentifierKind::Ip, &ip.ip))? {
            findings.push(indicators::finding(&ip, &ip.ip, "network address", &hit, META.strength));
        }
    }
    Ok(Outcome::of(findings, format!("{} network addresses against indicators", asked.len())))
}
