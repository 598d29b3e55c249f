//! # What it finds
//! Packages that the subject published and that advisories flag as malicious.
//!
//! # Why it matters
//! Packages that run code when they are installed are a tool of the same crews, and publishing needs an account.
//!
//! # Innocent explanations
//! - An account or token that was stolen to publish one version.
//! - A package taken over by another maintainer.
//! - An advisory on a version that the subject did not publish.
//!
//! # What to ask next
//! - What happened to this package, and what did you do when you learnt of it?
//!
//! # Sources
//! - Signal ONL-031: press; advisories of the open-source vulnerability database and of registries.

use std::collections::BTreeSet;

use crate::{prelude::*, support::words::{count, short}};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-031"),
    slug: "publisher-of-malicious-package",
    stage: Stage::OnlinePresence,
    title: "Publisher of a malicious package",
    summary: "Packages that the subject published against advisories on malicious packages.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Intel,
    facts: &[FactKind::PublishedPackage],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut asked = BTreeSet::new();
    let mut findings = Vec::new();
    for package in dossier.all::<PublishedPackage>() {
        let name = format!("{}:{}", package.registry.to_lowercase(), package.name);
        if !asked.insert(name.clone()) {
            continue;
        }
        for hit in lens.package(name.clone())? {
            let shown = short(&name, 120);
            findings.push(Finding::new(
                META.strength,
                format!("{shown}, which the subject published, is flagged by {} ({}).", hit.id, hit.source),
                observed(&package, shown.clone())
                    .relates("is flagged by", Compared::entry(ComparedKind::Indicator, &hit.id, shown, &hit.source, "")),
            ));
        }
    }
    Ok(Outcome::of(findings, format!("{} against advisories", count(asked.len(), "package"))))
}
