//! Screens names that the list does not hold: how other authorities spell people who stand on it too, and aliases taken out of it.
//!
//! `cargo run --release -p bonafide-watchlist --example held_out -- DATA/screening [show]`
//!
//! Then listed Korean names in other spellings, and invented relatives: listed names of which one word is another's.
//!
//! Parties are joined across lists without the matcher: people by the number of a paper or by the day of birth, with a word that both
//! lists spell alike; people and organisations by a whole name. Names that the list spells in the same way are left out. False positives are taken from the
//! labelled queries that fit nobody.

#![allow(clippy::print_stdout, reason = "an example prints its figures")]

#[path = "common/mod.rs"]
mod common;

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};

use bonafide_watchlist::{
    entry::{Entry, EntryKind},
    names::{AnalysedName, NameKind, compare},
    screening::{Hit, Screener, Search, Wanted},
    wire::QueryLine,
};

use common::{
    Asked,
    firms::{WAYS, ordinary_firms},
    garbled::{self, Dice},
};

/// From this score on somebody is asked about.
const QUESTION: f64 = 0.7;

fn main() {
    let folder = std::env::args().nth(1).expect("the folder of the screening data");
    let show = std::env::args().nth(2);
    let folder = Path::new(&folder);
    let ofac = common::ofac(folder);
    let negatives = negatives(folder);
    let across = common::other_spellings(&common::others(folder), &ofac);
    let whole = Screener::new(ofac.clone());
    report("spellings of other authorities", &whole, &across, &negatives, show.as_deref());

    let mut dice = Dice(0x5eed);
    asked_about("listed Korean names respelled", &whole, &garbled::respelled(&ofac, &mut dice));
    asked_about("invented relatives", &whole, &garbled::relatives(&ofac, &mut dice));

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
    let entries: HashMap<String, &Entry> = screener.entries().iter().map(|entry| (entry.id.to_string(), entry)).collect();
    let mut misses: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut unfindable = [0_usize; 2];
    let mut halves = [[0_usize; 4]; 2];
    for one in asked {
        let wanted = Wanted { kind: Some(one.kind), names: vec![one.name.clone()], ..Wanted::default() };
        let hits = screener.screen(&mut search, &wanted, 5, 0.0);
        let place = hits.iter().position(|hit| one.expected.contains(&hit.entry.id.to_string()));
        let score = place.map_or(0.0, |place| hits[place].score);
        scores.push(score);
        let told = [1, usize::from(place == Some(0)), usize::from(place.is_some()), usize::from(score >= threshold)];
        let counted = [groups.entry("all").or_default(), &mut halves[common::half(one)]];
        counted.into_iter().for_each(|counts| counts.iter_mut().zip(told).for_each(|(count, one)| *count += one));
        groups.entry(&one.group).or_default().iter_mut().zip(told).for_each(|(count, one)| *count += one);
        if place == Some(0) && score >= threshold {
            continue;
        }
        let nearest = nearest(one, &entries);
        let class = class_of(&hits, place, score, threshold, &nearest);
        *misses.entry((class, if place == Some(0) { "below 1 %" } else { "not first" })).or_default() += 1;
        unfindable[usize::from(one.kind == EntryKind::Organisation)] += usize::from(UNFINDABLE.contains(&class));
        if show.is_some_and(|show| show == "all" || one.group.contains(show) || class.contains(show)) {
            let best = hits.first().and_then(|hit| Some((hit.name.as_ref()?.listed, hit.score)));
            let Nearest { score: near, name, .. } = nearest;
            println!(
                "  [{class}] {} → {place:?} {score:.3}; nearest {near:.3} {name:?}; first {best:?}; {}, half {}",
                one.name,
                one.group,
                common::half(one)
            );
        }
    }
    for ((class, how), count) in &misses {
        println!("{count:6} {how}: {class}");
    }
    for (kind, unfindable) in [EntryKind::Person, EntryKind::Organisation].into_iter().zip(unfindable) {
        let of = asked.iter().filter(|one| one.kind == kind).count();
        let ceiling = 1.0 - unfindable as f64 / of.max(1) as f64;
        println!("{unfindable:6} of {of} names of a {kind:?} no comparison of names finds: ceiling {ceiling:.3}");
    }
    for (group, [of, first, fifth, reached]) in &groups {
        let share = |count: &usize| *count as f64 / *of as f64;
        println!("{group:32} {of:5} R@1 {:.3} R@5 {:.3} at 1 % {:.3}", share(first), share(fifth), share(reached));
    }
    for [of, first, fifth, reached] in halves {
        let share = |count: usize| count as f64 / of as f64;
        println!("half of the entries {of:17} R@1 {:.3} R@5 {:.3} at 1 % {:.3}", share(first), share(fifth), share(reached));
    }
    let firms = scores_of_firms(screener, &mut search);
    for one_in in [200, 100, 67, 50, 33] {
        let threshold = firms[firms.len() / one_in].next_up();
        let organisations = asked.iter().zip(&scores).filter(|(one, _)| one.kind == EntryKind::Organisation);
        let (of, reached) =
            organisations.fold((0, 0), |(of, reached), (_, score)| (of + 1_u32, reached + u32::from(*score >= threshold)));
        let share = f64::from(reached) / f64::from(of.max(1));
        println!("organisations at {:.1} % of ordinary firms, {threshold:.3}: {share:.3}", 100.0 / one_in as f64);
    }
    let wins: usize = scores.iter().map(|score| tops.len() - tops.partition_point(|top| top >= score)).sum();
    println!("AUC {:.4}", wins as f64 / (scores.len() * tops.len()) as f64);
}

/// The best scores of ordinary firms, highest first.
fn scores_of_firms(screener: &Screener, search: &mut Search) -> Vec<f64> {
    let names = WAYS.iter().flat_map(|way| ordinary_firms(way, 815).take(1_000));
    let mut scores: Vec<f64> = names
        .map(|name| {
            let wanted = Wanted { kind: Some(EntryKind::Organisation), names: vec![name], ..Wanted::default() };
            screener.screen(search, &wanted, 1, 0.0).first().map_or(0.0, |hit| hit.score)
        })
        .collect();
    scores.sort_by(|left, right| right.total_cmp(left));
    scores
}

/// How many names of each kind are asked about.
fn asked_about(title: &str, screener: &Screener, asked: &[Asked]) {
    let mut search = Search::default();
    for kind in [EntryKind::Person, EntryKind::Organisation] {
        let of_kind: Vec<&Asked> = asked.iter().filter(|one| one.kind == kind).collect();
        let reach = |one: &&&Asked| {
            let wanted = Wanted { kind: Some(kind), names: vec![one.name.clone()], ..Wanted::default() };
            !screener.screen(&mut search, &wanted, 1, QUESTION).is_empty()
        };
        let count = of_kind.len();
        if count > 0 {
            println!("{title}: {} of {count} of a {kind:?} are asked about", of_kind.iter().filter(reach).count());
        }
    }
}

/// The listed name of an expected entry that shares the most with the one that is asked for.
struct Nearest<'e> {
    score: f64,
    /// What the words tell that met, in nats.
    evidence: f32,
    conflict: f32,
    name: &'e str,
}

/// What is nearest, whether it was found or not.
fn nearest<'e>(one: &Asked, entries: &HashMap<String, &'e Entry>) -> Nearest<'e> {
    let kind = if one.kind == EntryKind::Person { NameKind::Person } else { NameKind::Organisation };
    let query = AnalysedName::of(&one.name, kind);
    let expected = one.expected.iter().filter_map(|id| entries.get(id));
    let names = expected.flat_map(|entry| &entry.names).map(|name| {
        let text = match &name.parts {
            Some(parts) if kind == NameKind::Person => format!("{}, {}", parts.family, parts.given),
            _ => name.text.to_string(),
        };
        let met = compare(&query, &AnalysedName::of(&text, kind));
        let (evidence, conflict) = (met.features.evidence, met.features.conflict);
        Nearest { score: met.score.into(), evidence, conflict, name: &name.text }
    });
    // Names that do not fit are told apart by what they share.
    let shares = |nearest: &Nearest<'_>| nearest.score + f64::from(nearest.evidence) * 1e-3;
    let nothing = Nearest { score: 0.0, evidence: 0.0, conflict: 0.0, name: "" };
    names.max_by(|left, right| shares(left).total_cmp(&shares(right))).unwrap_or(nothing)
}

const NO_WORD: &str = "shares no word, or a particle or initial";
const FREQUENT_WORD: &str = "shares a frequent word or two, the others contradict";
const ONE_WORD: &str = "shares a telling word, the others contradict";
const ANOTHER_BEARS_IT: &str = "is the very name of another entry";
/// What no comparison of names can mend.
const UNFINDABLE: [&str; 3] = [NO_WORD, FREQUENT_WORD, ANOTHER_BEARS_IT];

/// Why a name was not found, or not well enough.
fn class_of(hits: &[Hit<'_>], place: Option<usize>, score: f64, threshold: f64, nearest: &Nearest<'_>) -> &'static str {
    /// A word that one person in 150 bears tells so much, in nats.
    const FREQUENT: f32 = 5.0;
    let (near, top) = (nearest.score, hits.first().map_or(0.0, |hit| hit.score));
    let bears_all = |hit: &Hit<'_>| {
        let features = hit.name.as_ref().map(|name| name.met.features);
        features.is_some_and(|features| features.query_coverage > 0.95 && features.listed_coverage > 0.95)
    };
    if near < threshold && place != Some(0) && hits.first().is_some_and(bears_all) {
        return ANOTHER_BEARS_IT;
    }
    if nearest.evidence < 2.5 {
        return NO_WORD;
    }
    if near < 0.5 && nearest.conflict > 1.0 {
        return if nearest.evidence < FREQUENT { FREQUENT_WORD } else { ONE_WORD };
    }
    match place {
        Some(0) => "first, and scored low",
        Some(_) if top - score < 1e-6 => "another entry fits as well",
        Some(_) if score >= threshold => "another entry fits better",
        Some(_) => "another entry fits better, and scored low",
        None if near > top.max(0.3) => "no candidate",
        None if near >= threshold => "fits, and five others fit better",
        None => "compared, and scored low",
    }
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
