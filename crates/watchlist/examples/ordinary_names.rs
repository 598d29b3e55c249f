//! How often ordinary names would be asked about against a list, by the way in which they are made.
//!
//! `cargo run --release -p bonafide-watchlist --example ordinary_names -- DATA/screening [names of each way, 10,000]`
//!
//! The names are invented from tables of frequent words (`screening/ordinary.rs`) and are others than those that results count. The
//! last column tells of how many the listed name is the very same: those no comparison of names can spare.

#![allow(clippy::print_stdout, reason = "an example prints its figures")]

#[path = "common/mod.rs"]
#[allow(dead_code, reason = "other examples need more")]
mod common;

use std::path::Path;

use bonafide_watchlist::{
    entry::EntryKind,
    screening::{Hit, Screener, Search, Tradition, Wanted, ordinary_names},
};

/// From this score on somebody is asked about.
const QUESTION: f64 = 0.7;
/// And from here on where the name is the listed one in its own script.
const QUESTION_IN_SCRIPT: f64 = 0.6;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("the folder of the screening data");
    let number: usize = arguments.next().map_or(10_000, |number| number.parse().expect("a number"));
    let screener = Screener::new(common::ofac(Path::new(&folder)));
    let mut search = Search::default();
    let mut populations: Vec<(&str, Vec<String>)> =
        Tradition::ALL.map(|way| (way.word(), ordinary_names(way, 4_711).take(number).collect())).into();
    let in_hangul = ordinary_names(Tradition::Korean, 4_711).take(number);
    populations.push(("in Hangul", in_hangul.filter_map(|name| common::garbled::in_hangul(&name)).collect()));
    for (word, names) in populations {
        let (mut asked, mut the_same, number) = (0, 0, names.len());
        for name in names {
            let wanted = Wanted { kind: Some(EntryKind::Person), names: vec![name], ..Wanted::default() };
            let mut hits = screener.screen(&mut search, &wanted, 20, QUESTION_IN_SCRIPT);
            hits.retain(|hit| hit.score >= QUESTION || hit.is_the_name_in_its_script());
            hits.truncate(1);
            asked += hits.len();
            the_same += hits.iter().filter(|hit| is_the_same(hit)).count();
        }
        let percent = |count: usize| count as f64 * 100.0 / number.max(1) as f64;
        println!("{:12} {:.2} % asked about, {:.2} % bear the very name", word, percent(asked), percent(the_same));
    }
}

/// Whether every word of both names met as it is, or by another spelling of it.
fn is_the_same(hit: &Hit<'_>) -> bool {
    hit.name.as_ref().is_some_and(|name| {
        let features = name.met.features;
        features.korean.map_or(features.query_coverage > 0.95 && features.listed_coverage > 0.95, |met| met.similarity > 0.9)
    })
}
