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

use crate::{
    prelude::*,
    support::{link_hits, words::count},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-023"),
    slug: "referred-by-a-suspect",
    stage: Stage::Application,
    title: "Referrer tied to a known cluster",
    summary: "Who referred the applicant, against known clusters.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Link,
    facts: &[FactKind::Referral],
    flags: Flags::NONE,
};

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let referrals = dossier.require::<Referral>("referral")?;
    let mut findings = Vec::new();
    let mut asked = 0_usize;
    for referral in &referrals {
        let Some(email) = &referral.email_canonical else { continue };
        asked += 1;
        let hits = lens.clusters(Identifier::new(IdentifierKind::Email, email))?;
        let what = format!("The referrer {}", referral.by);
        findings.extend(hits.iter().filter_map(|hit| link_hits::tie(referral, &referral.by, &what, hit, META.strength)));
    }
    if asked == 0 {
        return Err(Early::inconclusive(Need::Facts, "the referrer's mailbox"));
    }
    Ok(Outcome::of(findings, format!("{} against known clusters", count(asked, "referrer"))))
}
