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

use crate::{
    prelude::*,
    support::{distinct::network_addresses, indicators, words::count},
};

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
    let addresses = network_addresses(dossier);
    let mut findings = Vec::new();
    for ip in &addresses {
        let hits = lens.indicators(Identifier::new(IdentifierKind::Ip, &ip.ip))?;
        findings.extend(hits.iter().map(|hit| indicators::finding(ip, &ip.ip, "network address", hit, META.strength)));
    }
    Ok(Outcome::of(findings, format!("{} against indicators", count(addresses.len(), "network address"))))
}
