//! # What it finds
//! A network address from which many applicants with different names applied, and which is no known crowd: campus, carrier, office.
//!
//! # Why it matters
//! A laptop farm or a shared office of operators has one way out.
//!
//! # Innocent explanations
//! - Universities, boot camps and carriers put many people behind one address.
//! - A VPN exit that many privacy-minded applicants use.
//!
//! # What to ask next
//! - From which network did you apply?
//!
//! # Sources
//! - Signal APP-017: US guidance of 2022-05-16; Ashby.

use bonafide_model::lens::Holder;

use crate::{
    prelude::*,
    support::{distinct::network_addresses, holders, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-017"),
    slug: "crowded-network-address",
    stage: Stage::Application,
    title: "Many applications from one network address",
    summary: "How many applicants with other names came from the network address.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Network,
    facts: &[FactKind::ClientIp],
    flags: Flags::NONE,
};

/// Fewer are a household, a shared flat or an office.
const MANY: u32 = 5;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let addresses = network_addresses(dossier);
    let mut findings = Vec::new();
    for ip in &addresses {
        let held = lens.holders(Identifier::new(IdentifierKind::Ip, &ip.ip))?;
        let others: Vec<_> = held
            .subjects
            .iter()
            .filter(|holder| {
                // Strangers behind one address are a crowd, unless the link graph holds one hand behind them.
                !holder.same_person && !holder.same_name && holder.benign.is_none() && holders::likely(holder)
            })
            .collect();
        let (None, MANY..) = (&held.ignored, u32::try_from(others.len()).unwrap_or(u32::MAX)) else { continue };
        let evidence = |holder: &&Holder| observed(ip, &ip.ip).relates("is the network address of", Compared::subject(&holder.subject));
        let Some((first, rest)) = others.split_first() else { continue };
        findings.push(
            Finding::new(META.strength, format!("{} with other names applied from {} too.", count(others.len(), "applicant"), ip.ip), evidence(first))
                .and_all(rest.iter().map(evidence)),
        );
    }
    Ok(Outcome::of(findings, format!("{} against other subjects", count(addresses.len(), "network address"))))
}
