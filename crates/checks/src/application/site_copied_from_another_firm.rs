//! # What it finds
//! A site, of the applicant or of the agency that presents them, whose text is largely that of another firm's site.
//!
//! # Why it matters
//! Front companies are made in a day by copying the site of a real one and changing the name.
//!
//! # Innocent explanations
//! - Both use one theme with its sample text.
//! - The firm was renamed, or the other site is a mirror or a branch.
//!
//! # What to ask next
//! - Where is the firm registered, and since when?
//!
//! # Sources
//! - Signal APP-027: SentinelLabs, 2024-11; US guidance of 2022-05-16.

use crate::{
    prelude::*,
    support::copied_sites::{self, Wanted},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-APP-027"),
    slug: "site-copied-from-another-firm",
    stage: Stage::Application,
    title: "Applicant site copied from another firm",
    summary: "The text of the applicant's or agency's site against the site it was found on before.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Contradiction,
    facts: &[FactKind::Website],
    flags: Flags::NONE,
};

/// Themes and legal texts make up to half of a small site. Testimonials and projects of other portfolios are the portfolio check's.
const COPIED: Wanted = Wanted {
    is_kind: |site| Some(site.copies_portfolio != Some(true)),
    share: 0.6,
    what: "the text of",
    relation: "repeats",
    others: "other sites",
};

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    copied_sites::findings(dossier, &COPIED, META.strength)
}
