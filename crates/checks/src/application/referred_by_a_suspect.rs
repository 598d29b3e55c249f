//! # What it finds
//! A referral by somebody whom the link graph ties to a known cluster.
//!
//! # Why it matters
//! The one who got in brings the next ones, and a referral opens doors that a form does not.
//!
//! # Innocent explanations
//! - An honest colleague was deceived, or does not know the person well.
//! - The referrer is a former classmate who refers many.
//!
//! # What to ask next
//! - Ask the referrer, in a neutral tone, how they know the applicant and for how long.
//!
//! # Sources
//! - Signal APP-023: US guidance of 2022-05-16; Security Alliance.

use crate::prelude::*;

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-023"),
    slug: "referred-by-a-suspect",
    stage: Stage::Application,
    title: "Referral chain among suspects",
    summary: "Who referred the applicant, against known clusters.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Link,
    facts: &[FactKind::Referral],
    flags: Flags::NONE,
};

/// Below this weight the tie is too common to tell anything, in hundredths of a bit.
const TELLING_WEIGHT: i32 = 100;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let referrals = dossier.require::<Referral>("referral")?;
    let mut findings = Vec::new();
    let mut asked = 0;
    for referral in &referrals {
        let Some(email) = &referral.email_canonical else { continue };
        asked += 1;
        for hit in lens.clusters(Identifier::new(IdentifierKind::Email, email))? {
            if hit.weight < TELLING_WEIGHT {
                continue;
            }
            let name = hit.cluster.clone().unwrap_or_else(|| hit.id.clone());
            findings.push(Finding::new(
                META.strength,
                format!("The referrer {} is tied to the cluster {name} by {}.", referral.by, hit.shares.join(", ")),
                observed(referral, &referral.by).relates(
                    "is tied to",
                    Compared::entry(ComparedKind::Cluster, &hit.id, name, "link graph", &hit.version).in_cluster(hit.cluster),
                ),
            ));
        }
    }
    if asked == 0 {
        return Err(Early::inconclusive(Need::Facts, "the referrer's mailbox"));
    }
    Ok(Outcome::of(findings, format!("{asked} referrers against known clusters")))
}
