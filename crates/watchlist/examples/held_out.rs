//! Screens names that the list does not hold: how other authorities spell people who stand on it too, and aliases taken out of it.
//!
//! `cargo run --release -p bonafide-watchlist --example held_out -- DATA/screening [show]`
//!
//! People are joined across lists without the matcher: by the number of a passport, or by the day of birth together with one rare
//! word that both lists spell alike. Names that the list spells in the same way are left out. False positives are taken from the
//! labelled queries that fit nobody.

#![allow(clippy::print_stdout, reason = "an example prints its figures")]

#[path = "common/mod.rs"]
mod common;

use std::{collections::BTreeMap, path::Path};

use bonafide_watchlist::{
    entry::EntryKind,
    screening::{Screener, Search, Wanted},
    wire::QueryLine,
};

use common::Asked;

fn main() {
    let folder = std::env::args().nth(1).expect("the folder of the screening data");
    let show = std::env::args().nth(2);
    let folder = Path::new(&folder);
    let ofac = common::ofac(folder);
    let negatives = negatives(folder);
    let mut across = Vec::new();
    for (list, entries) in &common::others(folder) {
        across.extend(common::other_spellings(list, entries, &ofac));
    }
    let whole = Screener::new(ofac.clone());
    report("spellings of other authorities", &whole, &across, &negatives, show.as_deref());

    let (list, withheld) = common::without_some_aliases(ofac);
    let thinner = Screener::new(list);
    report("withheld aliases", &thinner, &withheld, &negatives, show.as_deref());
}

fn report(title: &str, screener: &Screener, asked: &[Asked], negatives: &[Wanted], show: Option<&str>) {
    let mut search = Search::default();
    let mut tops: Vec<f64> = negatives
        .iter()
        .map(|wanted| screener.screen(&mut search, wanted, 1, 0.0).first().map_or(0.0, |hit| hit.score))
        .collect();
    if show.is_some_and(|show| show == "negatives") {
        for (wanted, top) in negatives.iter().zip(&tops).filter(|(_, top)| **top > 0.5) {
            let hits = screener.screen(&mut search, wanted, 1, 0.0);
            println!("  {top:.3} {:?} {:?} → {:?}", wanted.names, wanted.births, hits[0].name.as_ref().map(|name| name.listed));
        }
    }
    tops.sort_by(|left, right| right.total_cmp(left));
    let threshold = tops[tops.len() / 100].next_up();
    println!("{title}: {} names; 1 % of {} others reach {threshold:.4}", asked.len(), tops.len());
    let mut groups: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut scores = Vec::new();
    for one in asked {
        let wanted = Wanted { kind: Some(one.kind), names: vec![one.name.clone()], ..Wanted::default() };
        let hits = screener.screen(&mut search, &wanted, 5, 0.0);
        let place = hits.iter().position(|hit| one.expected.contains(&hit.entry.id.to_string()));
        let score = place.map_or(0.0, |place| hits[place].score);
        scores.push(score);
        for group in ["all", one.group.as_str()] {
            let counts = groups.entry(group).or_default();
            counts[0] += 1;
            counts[1] += usize::from(place == Some(0));
            counts[2] += usize::from(place.is_some());
            counts[3] += usize::from(score >= threshold);
        }
        if show.is_some_and(|show| show == "all" || one.group.contains(show)) && (place != Some(0) || score < threshold) {
            let best = hits.first().and_then(|hit| Some((hit.name.as_ref()?.listed, hit.score)));
            println!("  {} → {place:?} {score:.3}; first {best:?}; wanted {:?}", one.name, one.expected);
        }
    }
    for (group, [of, first, fifth, reached]) in &groups {
        let share = |count: &usize| *count as f64 / *of as f64;
        println!("{group:32} {of:5} R@1 {:.3} R@5 {:.3} at 1 % {:.3}", share(first), share(fifth), share(reached));
    }
    let wins: usize = scores.iter().map(|score| tops.len() - tops.partition_point(|top| top >= score)).sum();
    println!("AUC {:.4}", wins as f64 / (scores.len() * tops.len()) as f64);
}

fn negatives(folder: &Path) -> Vec<Wanted> {
    let text = std::fs::read_to_string(folder.join("vectors/screening_dev_queries.jsonl")).expect("queries");
    let mut negatives = Vec::new();
    for line in text.lines() {
        let label: serde_json::Value = serde_json::from_str(line).expect("a query");
        if label["expect"].as_array().is_some_and(|expected| !expected.is_empty()) {
            continue;
        }
        let query: QueryLine = serde_json::from_str(line).expect("a query");
        negatives.push(Wanted {
            kind: Some(EntryKind::Person),
            names: query.query.name.0,
            births: query.query.birth_date.0.iter().filter_map(|date| date.parse().ok()).collect(),
            ..Wanted::default()
        });
    }
    negatives
}
