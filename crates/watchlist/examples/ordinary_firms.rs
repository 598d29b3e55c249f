//! How often ordinary firms would be asked about against a list, by the way in which they are named.
//!
//! `cargo run --release -p bonafide-watchlist --example ordinary_firms -- DATA/screening [firms of each way, 5,000] [show]`
//!
//! The firms are invented from tables of our own (`common/firms.rs`). The last columns tell of how many every word meets one of a listed
//! name and none is left: those no comparison of names can spare.

#![allow(clippy::print_stdout, reason = "an example prints its figures")]

#[path = "common/mod.rs"]
#[allow(dead_code, reason = "other examples need more")]
mod common;

use std::path::Path;

use bonafide_watchlist::{
    entry::EntryKind,
    screening::{Screener, Search, Wanted},
};
use common::firms::{WAYS, ordinary_firms};

/// From this score on somebody is asked about.
const QUESTION: f64 = 0.7;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("the folder of the screening data");
    let number: usize = arguments.next().map_or(5_000, |number| number.parse().expect("a number"));
    let show = arguments.next().is_some();
    let screener = Screener::new(common::ofac(Path::new(&folder)));
    let mut search = Search::default();
    let (mut sums, mut scores) = ([0.0; 2], Vec::new());
    for way in &WAYS {
        let (mut asked, mut whole) = (0, 0);
        for name in ordinary_firms(way, 4_711).take(number) {
            let wanted = Wanted { kind: Some(EntryKind::Organisation), names: vec![name], ..Wanted::default() };
            let hits = screener.screen(&mut search, &wanted, 1, 0.0);
            scores.push(hits.first().map_or(0.0, |hit| hit.score));
            let hits: Vec<_> = hits.into_iter().filter(|hit| hit.score >= QUESTION).collect();
            let Some(met) = hits.first().and_then(|hit| hit.name.as_ref()) else { continue };
            let features = met.met.features;
            asked += 1;
            let is_whole = features.query_coverage > 0.95 && features.listed_coverage > 0.95;
            whole += usize::from(is_whole);
            if show {
                let mark = if is_whole { "=" } else { " " };
                println!("  {mark} {:.3} {:?} → {:?}", hits[0].score, met.query, met.listed);
            }
        }
        let percent = |count: usize| count as f64 * 100.0 / number.max(1) as f64;
        println!("{:20} {:.2} % asked about, {:.2} % bear the very name", way.word, percent(asked), percent(whole));
        sums[0] += percent(asked) / WAYS.len() as f64;
        sums[1] += percent(whole) / WAYS.len() as f64;
    }
    println!("{:20} {:.2} % asked about, {:.2} % bear the very name", "average", sums[0], sums[1]);
    scores.sort_by(|left, right| right.total_cmp(left));
    println!("1.5 % of all reach {:.3}", scores[scores.len() * 3 / 200]);
}
