//! # What it finds
//! A mailbox that the link graph ties to a known cluster: the same alias account, the same private domain, the same local part elsewhere.
//!
//! # Why it matters
//! One e-mail address unravelled a whole network of invented applicants, because its owner had used it to set the others up.
//!
//! # Innocent explanations
//! - A family or a firm shares a mailbox or a domain.
//! - Common local parts (`info`, `dev`, a short given name) exist at every provider.
//!
//! # What to ask next
//! - Who else uses this mailbox or this domain?
//!
//! # Sources
//! - Signal APP-003: press on the Kraken applicant; Kraken, 2025-05.

use std::collections::BTreeSet;

use crate::prelude::*;

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-003"),
    slug: "address-in-a-cluster",
    stage: Stage::Application,
    title: "E-mail belongs to a cluster of fake identities",
    summary: "Every mailbox against the clusters that the link graph knows.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Link,
    facts: &[FactKind::Email],
    flags: Flags::NONE,
};

/// Below this weight the link graph saw something that many share, in hundredths of a bit.
const TELLING_WEIGHT: i32 = 100;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let mut asked = BTreeSet::new();
    for email in dossier.all::<Email>() {
        if !asked.insert(email.canonical.clone()) {
            continue;
        }
        for hit in lens.clusters(Identifier::new(IdentifierKind::Email, &email.canonical))? {
            if hit.weight < TELLING_WEIGHT {
                continue;
            }
            let name = hit.cluster.clone().unwrap_or_else(|| hit.id.clone());
            findings.push(Finding::new(
                META.strength,
                format!("The mailbox {} is tied to the cluster {name} by {}.", email.address, hit.shares.join(", ")),
                observed(&email, &email.address).relates(
                    format!("shares {} with", hit.shares.join(", ")),
                    Compared::entry(ComparedKind::Cluster, &hit.id, name, "link graph", &hit.version).in_cluster(hit.cluster),
                ),
            ));
        }
    }
    Ok(Outcome::of(findings, format!("{} mailboxes against known clusters", asked.len())))
}
