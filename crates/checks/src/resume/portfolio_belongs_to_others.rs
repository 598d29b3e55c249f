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

use crate::prelude::*;

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
const COPIED_SHARE: f64 = 0.3;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let mut findings = Vec::new();
    let (mut sites, mut compared) = (0, 0);
    for site in dossier.all::<Website>() {
        sites += 1;
        let (Some((other, share)), Some(of_portfolio)) = (&site.copies, site.copies_portfolio) else { continue };
        compared += 1;
        if !of_portfolio || share.is_nan() || *share < COPIED_SHARE {
            continue;
        }
        findings.push(Finding::new(
            META.strength,
            format!("{:.0} % of the testimonials and projects on {} stand on {other} as well.", (share * 100.0).min(100.0), site.url),
            observed(&site, &site.url).relates(
                "repeats the work shown on",
                Compared::entry(ComparedKind::Reference, other, other, "collected page", ""),
            ),
        ));
    }
    if compared == 0 {
        return Err(Early::inconclusive(Need::Collector, format!("a comparison of {sites} sites with other portfolios")));
    }
    Ok(Outcome::of(findings, format!("{compared} sites against other portfolios")))
}
