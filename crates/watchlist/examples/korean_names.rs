//! Whether listed Korean people are found by their names in Hangul and by other romanisations, in every usual order.
//!
//! `cargo run --release -p bonafide-watchlist --example korean_names -- DATA/screening`
//!
//! The lists hold Latin letters alone, and no Hangul of the same people is at hand. So the names are written by a table of usual
//! readings (`common/garbled.rs`) that the matcher does not know; of a spelling that may be several syllables one is drawn.

#![allow(clippy::print_stdout, reason = "an example prints its figures")]

#[path = "common/mod.rs"]
#[allow(dead_code, reason = "other examples need more")]
mod common;

use std::{collections::BTreeMap, path::Path};

use bonafide_watchlist::screening::{Screener, Search, Wanted};
use common::garbled::{Dice, respelled};

/// Times that names are drawn.
const ROUNDS: u64 = 8;

fn main() {
    let folder = std::env::args().nth(1).expect("the folder of the screening data");
    let entries = common::ofac(Path::new(&folder));
    let mut asked: BTreeMap<(bool, String), std::collections::BTreeSet<String>> = BTreeMap::new();
    for seed in 0..ROUNDS {
        for one in respelled(&entries, &mut Dice(seed)) {
            let is_hangul = !one.name.is_ascii();
            asked.entry((is_hangul, one.name)).or_default().extend(one.expected);
        }
    }
    let screener = Screener::new(entries);
    let mut search = Search::default();
    let mut counts = [[0_usize; 3]; 2];
    for ((is_hangul, name), expected) in asked {
        let wanted = Wanted { names: vec![name], ..Wanted::default() };
        let hits = screener.screen(&mut search, &wanted, 5, 0.0);
        let place = hits.iter().position(|hit| expected.contains(&hit.entry.id.to_string()));
        let counts = &mut counts[usize::from(is_hangul)];
        counts[0] += 1;
        counts[1] += usize::from(place == Some(0));
        counts[2] += usize::from(place.is_some());
    }
    for (word, [all, first, five]) in ["other romanisations", "in Hangul"].into_iter().zip(counts) {
        let share = |count: usize| count as f64 / all.max(1) as f64;
        println!("{word}: recall@1 {:.3}, recall@5 {:.3} of {all}", share(first), share(five));
    }
}
