//! # What it finds
//! An application that was sent through a commercial VPN, a proxy or a data centre. It counts as weak: it hides a place, and many have
//! good reasons to hide theirs.
//!
//! # Why it matters
//! A claimed place can only be compared with a network that is not rented elsewhere.
//!
//! # Innocent explanations
//! - Engineers use privacy tools, and refugees and dissidents need them.
//! - A firm's own network leaves through a data centre.
//!
//! # What to ask next
//! - Compare the claimed place by other means: the clock of the browser, the telephone, the interview.
//!
//! # Sources
//! - Signal APP-014: US guidance of 2022-05-16; Mandiant, 2024-09; Greenhouse; Ashby.

use std::collections::BTreeSet;

use crate::prelude::*;

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-014"),
    slug: "sent-through-a-vpn",
    stage: Stage::Application,
    title: "Application sent through commercial VPN, proxy or hosting",
    summary: "The network address against ranges of VPNs, proxies and hosting.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Network,
    facts: &[FactKind::ClientIp],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let mut asked = BTreeSet::new();
    for ip in dossier.all::<ClientIp>() {
        if !asked.insert(ip.ip.clone()) {
            continue;
        }
        let traits = lens.ip_traits(ip.ip.clone())?;
        let telling: Vec<&str> = traits.categories.iter().map(String::as_str).filter(|category| ["vpn", "proxy", "datacenter", "tor"].contains(category)).collect();
        if telling.is_empty() {
            continue;
        }
        findings.push(Finding::new(
            META.strength,
            format!("The application was sent from {}, an address of: {}.", ip.ip, telling.join(", ")),
            observed(&ip, &ip.ip).relates("lies in a range of", Compared::reference(telling.join(", "), telling.join(", "), "network ranges", &traits.source)),
        ));
    }
    Ok(Outcome::of(findings, format!("{} network addresses against ranges", asked.len())))
}
