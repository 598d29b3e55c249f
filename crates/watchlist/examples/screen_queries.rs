//! Screens the labelled queries of the shared data: recall within 1 and 5, recall at 1 % false positives, time.
//!
//! `cargo run --release -p bonafide-watchlist --example screen_queries -- DATA/screening`; with `show`, the queries that are not
//! answered first; with `show FILE.index`, an index is written; with `FILE.index`, that one is opened instead of the lists.

#![allow(clippy::print_stdout, reason = "an example prints its figures")]

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::Instant,
};

use bonafide_watchlist::{
    entry::EntryKind,
    identifier::country_code,
    screening::{Screener, Search, Wanted},
    source::{ListFile, read_files},
    wire::QueryLine,
};

fn main() {
    let folder = std::env::args().nth(1).expect("the folder of the screening data");
    let folder = Path::new(&folder);
    let started = Instant::now();
    if let Some(index) = std::env::args().nth(2).filter(|argument| argument.ends_with(".index")) {
        let screener = Screener::open(Path::new(&index)).expect("an index");
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let memory = status.lines().filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM")).collect::<Vec<_>>();
        println!("opened {} names in {:?}; {memory:?}", screener.names(), started.elapsed());
        return queries(folder, &screener);
    }
    let files: Vec<(String, Vec<u8>)> = ["sdn.csv.gz", "alt.csv.gz", "add.csv.gz", "sdn_comments.csv.gz"]
        .iter()
        .map(|name| ((*name).to_owned(), std::fs::read(folder.join("ofac").join(name)).expect("a list file")))
        .collect();
    let files: Vec<ListFile<'_>> = files.iter().map(|(name, bytes)| ListFile { name, bytes }).collect();
    let entries = read_files(&files).into_iter().flat_map(|read| read.expect("a readable list").entries).collect();
    let read = started.elapsed();
    let screener = Screener::new(entries);
    println!("{} names; read {read:?}, filed {:?}", screener.names(), started.elapsed().saturating_sub(read));
    if let Some(index) = std::env::args().nth(3) {
        let started = Instant::now();
        screener.write(Path::new(&index), "").expect("room on disk");
        println!("written in {:?}", started.elapsed());
    }
    queries(folder, &screener);
}

fn queries(folder: &Path, screener: &Screener) {
    let text = std::fs::read_to_string(folder.join("vectors/screening_dev_queries.jsonl")).expect("queries");
    let mut search = Search::default();
    let (mut classes, mut times): (BTreeMap<String, [u32; 3]>, Vec<u128>) = (BTreeMap::new(), Vec::new());
    let (mut rights, mut tops) = (Vec::new(), Vec::new());
    let dprk: BTreeSet<String> = screener
        .entries()
        .iter()
        .filter(|entry| entry.programmes.iter().any(|programme| programme.contains("DPRK")))
        .map(|entry| entry.id.to_string())
        .collect();
    let (mut of_dprk, mut koreans) = (Vec::new(), Vec::new());
    for line in text.lines() {
        let query: QueryLine = serde_json::from_str(line).expect("a query");
        let label: serde_json::Value = serde_json::from_str(line).expect("a query");
        let expected: Vec<&str> = label["expect"].as_array().into_iter().flatten().filter_map(|id| id.as_str()).collect();
        let kind = match query.schema.as_deref() {
            Some("Person") => Some(EntryKind::Person),
            Some("Organization") => Some(EntryKind::Organisation),
            _ => None,
        };
        let started = Instant::now();
        let wanted = Wanted {
            kind,
            names: query.query.name.0,
            papers: query.query.passport.0,
            births: query.query.birth_date.0.iter().filter_map(|date| date.parse().ok()).collect(),
            countries: query
                .query
                .nationality
                .0
                .iter()
                .filter_map(|country| Some(country_code(country)?.into_string()))
                .collect(),
            ..Wanted::default()
        };
        let hits = screener.screen(&mut search, &wanted, 5, 0.0);
        times.push(started.elapsed().as_nanos());
        let top = hits.first().map_or(0.0, |hit| hit.score);
        let place = hits.iter().position(|hit| expected.contains(&hit.entry.id.to_string().as_str()));
        let class = classes.entry(label["cls"].as_str().unwrap_or_default().to_owned()).or_default();
        class[2] += 1;
        if expected.is_empty() {
            tops.push(top);
            if label["cls"].as_str().is_some_and(|class| class.starts_with("neg_korean")) {
                koreans.push((top, !wanted.births.is_empty()));
            }
        } else {
            rights.push(place.map_or(0.0, |place| hits[place].score));
            if expected.iter().any(|id| dprk.contains(*id)) {
                of_dprk.push((rights[rights.len() - 1], place == Some(0)));
            }
            class[0] += u32::from(place == Some(0));
            class[1] += u32::from(place.is_some());
            if place != Some(0) && std::env::args().nth(2).is_some_and(|argument| argument == "show") {
                let first = hits.first();
                println!(
                    "  {} {:?} → {:?} {:.2}; wanted {expected:?} at {place:?}",
                    label["cls"],
                    wanted.names,
                    first.and_then(|hit| hit.name.as_ref()).map(|name| name.listed),
                    top
                );
            }
        }
    }
    for (class, [first, fifth, of]) in &classes {
        if !class.starts_with("neg") && class != "namesake_korean" {
            println!("{class:24} {:.2} {:.2} of {of}", f64::from(*first) / f64::from(*of), f64::from(*fifth) / f64::from(*of));
        }
    }
    tops.sort_by(|left, right| right.total_cmp(left));
    for percent in [1, 5] {
        let threshold = tops[tops.len() * percent / 100].next_up();
        let reached = rights.iter().filter(|right| **right >= threshold).count();
        println!("at {percent} % (score {threshold:.3}): recall {:.3}", reached as f64 / rights.len() as f64);
        let dprk = of_dprk.iter().filter(|(score, _)| *score >= threshold).count();
        let first = of_dprk.iter().filter(|(_, first)| *first).count();
        println!(
            "    DPRK: recall {:.3}, recall@1 {:.3}",
            dprk as f64 / of_dprk.len() as f64,
            first as f64 / of_dprk.len() as f64
        );
        for with_birth in [false, true] {
            let group = koreans.iter().filter(|(_, has)| *has || !with_birth);
            let flagged = group.clone().filter(|(top, _)| *top >= threshold).count();
            println!("    ordinary Korean names flagged: {flagged} of {} (with a birth date: {with_birth})", group.count());
        }
    }
    let of = |index: usize| -> f64 {
        let hits = classes.iter().filter(|(class, _)| !class.starts_with("neg") && *class != "namesake_korean");
        hits.map(|(_, counts)| f64::from(counts[index])).sum::<f64>() / rights.len() as f64
    };
    println!("recall@1 {:.3}, recall@5 {:.3}", of(0), of(1));
    let wins: usize = rights.iter().map(|right| tops.len() - tops.partition_point(|top| top >= right)).sum();
    let f1 = rights
        .iter()
        .map(|threshold| {
            let hits = rights.iter().filter(|right| *right >= threshold).count() as f64;
            2.0 * hits / (hits + tops.partition_point(|top| top >= threshold) as f64 + rights.len() as f64)
        })
        .fold(0.0, f64::max);
    println!("AUC {:.4}, best F1 {f1:.4}", wins as f64 / (rights.len() * tops.len()) as f64);
    times.sort_unstable();
    println!("p50 {} µs, p99 {} µs", times[times.len() / 2] / 1000, times[times.len() * 99 / 100] / 1000);
}
