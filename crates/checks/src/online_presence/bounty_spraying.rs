//! # What it finds
//! Bids for bounties, grants and prizes in many unrelated ecosystems within weeks.
//!
//! # Why it matters
//! Crews that run many personas apply for everything that pays, in every ecosystem at once; one person can know only some of them.
//!
//! # Innocent explanations
//! - Full-time bounty hunters, for whom this is the trade.
//! - Hackathons with several prizes for one project.
//! - A tool or library that fits many ecosystems.
//!
//! # What to ask next
//! - Which of these did you finish, and who worked on them with you?
//!
//! # Sources
//! - Signal ONL-032: SEAL; press on grants and bounties.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    prelude::*,
    support::{days, words::{count, list}},
};

pub(crate) const META: CheckMeta = CheckMeta {
    code: CheckCode::new("BF-ONL-032"),
    slug: "bounty-spraying",
    stage: Stage::OnlinePresence,
    title: "Hack-prize, bounty and grant spraying",
    summary: "Ecosystems in which the subject bid for bounties, grants and prizes within two months.",
    since: "0.1.0",
    status: Status::Preview,
    strength: Strength::Weak,
    family: Family::Platform,
    facts: &[FactKind::Bid],
    flags: Flags::NONE,
};

const WINDOW_DAYS: i64 = 60;
/// So many ecosystems nobody learns in two months; so many bids nobody carries out.
const ECOSYSTEMS: usize = 5;
const BIDS: usize = 8;

pub(crate) fn run(dossier: &Dossier, _lens: &Lens<'_>) -> Result<Outcome, Early> {
    let prizes = ["bounty", "grant", "hackathon"];
    let all: Vec<_> = dossier.all::<Bid>().filter(|bid| prizes.contains(&bid.form.as_str()) && !bid.ecosystem.trim().is_empty()).collect();
    if all.is_empty() {
        return Err(Early::not_applicable("no bounty, grant or prize in the dossier"));
    }
    let mut dated: Vec<_> = all.iter().filter_map(|bid| Some((bid.at?, bid))).collect();
    if dated.is_empty() {
        return Err(Early::inconclusive(Need::Facts, "when the bids were made"));
    }
    dated.sort_by_key(|(at, bid)| (*at, bid.fact.id));
    let Some(window) = densest(&dated) else {
        return Ok(Outcome::clear(format!("{} over time", count(dated.len(), "bid"))));
    };
    let ecosystems: Vec<String> = window.iter().map(|(_, bid)| bid.ecosystem.trim().to_lowercase()).collect::<BTreeSet<_>>().into_iter().collect();
    let (from, to) = (window.first().map(|(at, _)| *at), window.last().map(|(at, _)| *at));
    let period = match (from, to) {
        (Some(from), Some(to)) => format!("from {} to {}", days::utc(from), days::utc(to)),
        _ => String::new(),
    };
    let mut seen = BTreeSet::new();
    let mut evidence = window.iter().filter(|(_, bid)| seen.insert(bid.ecosystem.trim().to_lowercase())).map(|(at, bid)| {
        observed(*bid, format!("{} on {} for {}", bid.form, days::utc(*at), bid.ecosystem.trim()))
            .relates("is one of", Compared::bound("ecosystems within two months", ecosystems.len().to_string()))
    });
    let Some(first) = evidence.next() else { return Ok(Outcome::clear("bids over time")) };
    let rest: Vec<Evidence> = evidence.take(7).collect();
    let summary = format!(
        "{} in {} {period}: {}.",
        count(window.len(), "bid"),
        count(ecosystems.len(), "ecosystem"),
        list(&ecosystems, 6),
    );
    Ok(Outcome::Findings(vec![Finding::new(Strength::Weak, summary, first).and_all(rest)]))
}

type Dated<'a, 'd> = (jiff::Timestamp, &'a Known<'d, Bid>);

/// The window with most ecosystems, if it has enough of them and of bids.
fn densest<'s, 'a, 'd>(dated: &'s [Dated<'a, 'd>]) -> Option<&'s [Dated<'a, 'd>]> {
    let mut start = 0;
    let mut held: BTreeMap<String, usize> = BTreeMap::new();
    let mut best: Option<(usize, std::ops::Range<usize>)> = None;
    for (end, (at, bid)) in dated.iter().enumerate() {
        *held.entry(bid.ecosystem.trim().to_lowercase()).or_default() += 1;
        while days::between(dated[start].0, *at) > WINDOW_DAYS {
            let name = dated[start].1.ecosystem.trim().to_lowercase();
            if let Some(number) = held.get_mut(&name) {
                *number -= 1;
                if *number == 0 {
                    held.remove(&name);
                }
            }
            start += 1;
        }
        let enough = held.len() >= ECOSYSTEMS && end + 1 - start >= BIDS;
        if enough && best.as_ref().is_none_or(|(most, _)| held.len() > *most) {
            best = Some((held.len(), start..end + 1));
        }
    }
    best.and_then(|(_, range)| dated.get(range))
}
