//! # What it finds
//! A network address in a range that is announced for a region under comprehensive sanctions, or leased to it.
//!
//! # Why it matters
//! Doing business with persons in such a region may be forbidden, whoever they are.
//!
//! # Innocent explanations
//! - Ranges are traded, and databases lag behind.
//! - A traveller, an aid worker, a mistake in the list.
//!
//! # What to ask next
//! - Ask compliance; the place is theirs to judge.
//!
//! # Sources
//! - Signal APP-018: Security Alliance; published lists of announced ranges.

use std::collections::BTreeSet;

use crate::prelude::*;

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-018"),
    slug: "sanctioned-region-network",
    stage: Stage::Application,
    title: "Sanctioned-region network",
    summary: "The network address against ranges announced for a sanctioned region.",
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
        let telling: Vec<&str> = traits.categories.iter().map(String::as_str).filter(|category| ["dprk", "sanctioned"].contains(category)).collect();
        if telling.is_empty() {
            continue;
        }
        findings.push(Finding::new(
            META.strength,
            format!("The application was sent from {}, an address listed as: {}.", ip.ip, telling.join(", ")),
            observed(&ip, &ip.ip).relates("lies in a range of", Compared::reference(telling.join(", "), telling.join(", "), "network ranges", &traits.source)),
        ));
    }
    Ok(Outcome::of(findings, format!("{} network addresses against ranges", asked.len())))
}
