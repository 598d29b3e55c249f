//! # What it finds
//! Searches of the open web for the person, together with their employer and city, that answered and found nothing.
//!
//! # Why it matters
//! An invented person has no past. It never counts alone: so have many real ones.
//!
//! # Innocent explanations
//! - Private people, who keep off the web on purpose, and people with a reason to hide.
//! - A changed name, a name written in another script, or a very common one.
//! - Work that leaves no public trace.
//!
//! # What to ask next
//! - Is there somebody who worked with you and would speak to us?
//!
//! # Sources
//! - Signal ONL-017: Cinder, KnowBe4. Never a reason alone; false alarms are watched by group.

use crate::{prelude::*, support::words::{count, short}};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-017"),
    slug: "no-public-footprint",
    stage: Stage::OnlinePresence,
    title: "No public footprint",
    summary: "What searches for the person on the open web answered.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Footprint,
    facts: &[FactKind::SearchResult],
    flags: Flags { fairness: true, never_alone: true, ..Flags::NONE },
};

/// One search may have been worded badly.
const SEARCHES: usize = 2;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let searches: Vec<_> = dossier.all::<SearchResult>().filter(|search| search.about == "person").collect();
    if searches.is_empty() {
        return Err(Early::not_applicable("no search for the person in the dossier"));
    }
    if searches.iter().any(|search| search.found == Found::Found) {
        return Ok(Outcome::clear(format!("{} for the person", count(searches.len(), "search"))));
    }
    let empty: Vec<_> = searches.iter().filter(|search| search.found == Found::NotFound).collect();
    if empty.len() < SEARCHES {
        let what = format!("{SEARCHES} searches that answered; {} of {} did", empty.len(), searches.len());
        return Err(Early::inconclusive(Need::Collector, what));
    }
    let mut evidence = empty.iter().take(5).map(|search| {
        observed(*search, short(&search.query, 80)).relates("is not found in", Compared::bound("open web", "0 hits"))
    });
    let Some(first) = evidence.next() else { return Err(Early::inconclusive(Need::Collector, "a search that answered")) };
    let summary = format!("{} for the person answered, and none found a trace.", count(empty.len(), "search"));
    Ok(Outcome::Findings(vec![Finding::new(Strength::Weak, summary, first).and_all(evidence)]))
}
