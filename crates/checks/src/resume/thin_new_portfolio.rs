//! # What it finds
//! A portfolio site that has at least two of three traits: a free host, very few pages, a domain registered within weeks before the
//! application.
//!
//! # Why it matters
//! A persona needs a site by the day it applies. Building one costs an afternoon, and nothing on it can be older than that.
//!
//! # Innocent explanations
//! - Students and people between jobs make a small free site for exactly this purpose.
//! - A developer who cares about code and not about web design.
//!
//! # What to ask next
//! - Where is work of yours that somebody else published?
//!
//! # Sources
//! - Signal RES-018: US guidance of 2022-05-16; Mandiant, 2024-09.

use crate::{prelude::*, support::words::count};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-018"),
    slug: "thin-new-portfolio",
    stage: Stage::Resume,
    title: "Portfolio site hosted free, very simple, recent",
    summary: "Host, size and age of the portfolio site against each other.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Footprint,
    facts: &[FactKind::Website, FactKind::Link],
    flags: Flags::NONE,
};

/// A site with this many pages or fewer holds little more than a name and a list.
const FEW_PAGES: u32 = 3;

/// Registered this many days before the application or later: made for it.
const NEW_DOMAIN_DAYS: i32 = 60;

pub(crate) fn run(dossier: &Dossier, lens: &Lens<'_>) -> Result<Outcome, Early> {
    let judged = dossier.judged_on(lens);
    let mut findings = Vec::new();
    let (mut sites, mut measured) = (0_usize, 0);
    for site in dossier.all::<Website>() {
        sites += 1;
        let domain = host(&site.url);
        let free = lens.site_host(domain.to_owned())? == bonafide_model::lens::SiteHost::Free;
        let few = site.pages.is_some_and(|pages| pages <= FEW_PAGES);
        // The registration date of a free host is the host's own and tells nothing of the site.
        let age = site.registered.filter(|_| !free).and_then(|registered| match registered {
            PartialDate::Day(day) => Some((judged - day).get_days()),
            _ => None,
        });
        let new = age.is_some_and(|days| (0..=NEW_DOMAIN_DAYS).contains(&days));
        measured += i32::from(site.pages.is_some() || age.is_some());
        let mut traits = Vec::new();
        if free {
            traits.push("a free host".to_owned());
        }
        if let (true, Some(pages)) = (few, site.pages) {
            traits.push(count(pages, "page"));
        }
        if let (true, Some(days)) = (new, age) {
            traits.push(format!("a domain registered {} before the application", count(days, "day")));
        }
        if traits.len() < 2 {
            continue;
        }
        findings.push(Finding::new(
            META.strength,
            format!("The portfolio {} has {}.", site.url, traits.join(" and ")),
            observed(&site, &site.url).relates("has", Compared::bound("at least two traits of a site made for the occasion", traits.join(", "))),
        ));
    }
    if sites == 0 {
        return if dossier.all::<Link>().any(|link| link.service == LinkKind::Portfolio) {
            Err(Early::inconclusive(Need::Collector, "size and age of the portfolio site"))
        } else {
            Err(Early::not_applicable("no portfolio site"))
        };
    }
    if measured == 0 {
        return Err(Early::inconclusive(Need::Collector, "size and age of the portfolio site"));
    }
    Ok(Outcome::of(findings, format!("host, size and age of {}", count(sites, "site"))))
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#', ':']).next().unwrap_or(rest)
}
