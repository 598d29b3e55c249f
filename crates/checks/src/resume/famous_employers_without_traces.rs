//! # What it finds
//! Three or more employers at which a search that would have shown the person found nothing, and none at which it found something.
//!
//! # Why it matters
//! Several large employers in a row leave traces: talks, commits, teams, former colleagues. One of them without any is ordinary.
//!
//! # Innocent explanations
//! - Private people, and people whose firms forbid public work.
//! - A name in another script or a former name, under which the traces stand.
//!
//! # What to ask next
//! - Who of your former team may we speak with?
//! - Under which name were you known there?
//!
//! # Sources
//! - Signal RES-011: Cinder engineering blog via press; Socure case via press.

use crate::{
    prelude::*,
    support::words::{count, list, short},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-RES-011"),
    slug: "famous-employers-without-traces",
    stage: Stage::Resume,
    title: "Famous employers without traces",
    summary: "The employers named against what a search found of the person at each.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Footprint,
    facts: &[FactKind::Work, FactKind::SearchResult],
    flags: Flags::NONE,
};

/// One or two employers without traces are ordinary.
const FEWEST_EMPLOYERS: usize = 3;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let searches: Vec<_> = dossier.all::<SearchResult>().filter(|search| search.about == "employer").collect();
    let answered = |found: Found| searches.iter().filter(move |search| search.found == found);
    let (found, missing) = (answered(Found::Found).count(), answered(Found::NotFound).count());
    if searches.is_empty() {
        return Err(Early::inconclusive(Need::Collector, "searches for the person at each employer"));
    }
    if found + missing < FEWEST_EMPLOYERS {
        return Err(Early::inconclusive(Need::Collector, format!("answers for three employers; {} of {} searches answered", found + missing, searches.len())));
    }
    let examined = format!("searches at {}, {found} with traces", count(found + missing, "employer"));
    let queries: Vec<String> = answered(Found::NotFound).map(|search| short(&search.query, 60)).collect();
    let mut without = answered(Found::NotFound);
    let (0, Some(first)) = (found, without.next()) else { return Ok(Outcome::clear(examined)) };
    let finding = Finding::new(
        META.strength,
        format!("No trace of the person was found at any of {}: {}.", count(missing, "employer"), list(&queries, 4)),
        observed(first, &first.query).relates("found nothing, like", Compared::bound("other employers searched", (missing - 1).to_string())),
    )
    .and_all(without.map(|search| observed(search, &search.query).relates("found nothing at", Compared::bound("search", "answered: not found"))));
    Ok(Outcome::Findings(vec![finding]))
}
