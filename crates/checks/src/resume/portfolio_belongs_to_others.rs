//! # What it finds
//! A portfolio whose testimonials or projects stand, word for word, on another person's portfolio.
//!
//! # Why it matters
//! Work that cannot be invented is copied. The clients who praise it can be asked.
//!
//! # Innocent explanations
//! - A theme's sample text was left in place.
//! - Both worked on the same project, or one site is an older one of the same person.
//!
//! # What to ask next
//! - May we speak with the client who is quoted?
//! - Which part of this project did you build?
//!
//! # Sources
//! - Signal RES-019: Mandiant, 2024-09; US guidance of 2022-05-16.

use crate::{
    prelude::*,
    support::copied_sites::{self, Wanted},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-019"),
    slug: "portfolio-belongs-to-others",
    stage: Stage::Resume,
    title: "Portfolio testimonials or projects belong to others",
    summary: "The text of the portfolio against the site it was found on before.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Medium,
    family: Family::Contradiction,
    facts: &[FactKind::Website],
    flags: Flags::NONE,
};

/// Less than this much in common is a theme, a quotation or a list of technologies.
const COPIED: Wanted = Wanted {
    is_kind: |site| site.copies_portfolio,
    share: 0.3,
    what: "the work shown (testimonials, projects) on",
    relation: "repeats the work shown on",
    others: "other portfolios",
};

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    copied_sites::findings(dossier, &COPIED, META.strength)
}
