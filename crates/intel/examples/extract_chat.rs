//! Extraction against labelled messages: F1 by kind and over all, markings, errors one by one, speed, hostile texts.
//!
//! `cargo run --release -p bonafide-intel --example extract_chat -- FILE [--errors]`, with lines
//! `{"id","text","labels":[[type,value],…],"tlp","pap"}`.

#![allow(clippy::print_stdout)]

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fs,
    time::Instant,
};

use bonafide_intel::extract::{Pap, Tlp, answer_line, extract};
use serde_json::Value;

/// Bytes of text that the speed is measured over.
const MEASURED: usize = 64 << 20;

#[derive(Default)]
struct Tally {
    right: u32,
    invented: u32,
    missed: u32,
}

impl Tally {
    fn line(&self, name: &str) -> String {
        let (right, invented, missed) = (f64::from(self.right), f64::from(self.invented), f64::from(self.missed));
        let f1 = 2.0 * right / (2.0 * right + invented + missed).max(1.0);
        format!("{name:10} F1 {f1:.4}   right {right:5}   invented {invented:4}   missed {missed:4}")
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("name a file of labelled messages")?;
    let shows_errors = arguments.next().is_some_and(|argument| argument == "--errors");
    let lines = fs::read_to_string(file)?;
    let mut kinds: BTreeMap<String, Tally> = BTreeMap::new();
    let mut all = Tally::default();
    let (mut messages, mut exact, mut marked) = (0_u32, 0_u32, 0_u32);
    let mut texts = Vec::new();
    for line in lines.lines() {
        let row: Value = serde_json::from_str(line)?;
        let text = row["text"].as_str().unwrap_or_default();
        let read = extract(text);
        let found: BTreeSet<(String, String)> =
            read.found.iter().map(|found| (found.kind.name().to_owned(), found.value.clone())).collect();
        let labels: BTreeSet<(String, String)> = row["labels"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|label| (label[0].as_str().unwrap_or_default().to_owned(), label[1].as_str().unwrap_or_default().to_owned()))
            .collect();
        for (kind, _) in found.intersection(&labels) {
            kinds.entry(kind.clone()).or_default().right += 1;
            all.right += 1;
        }
        for (kind, _) in found.difference(&labels) {
            kinds.entry(kind.clone()).or_default().invented += 1;
            all.invented += 1;
        }
        for (kind, _) in labels.difference(&found) {
            kinds.entry(kind.clone()).or_default().missed += 1;
            all.missed += 1;
        }
        let is_marked =
            read.markings.tlp.map(Tlp::name) == row["tlp"].as_str() && read.markings.pap.map(Pap::name) == row["pap"].as_str();
        messages += 1;
        exact += u32::from(found == labels);
        marked += u32::from(is_marked);
        if shows_errors && (found != labels || !is_marked) {
            println!("{text:?}");
            println!("   invented {:?}", found.difference(&labels).collect::<Vec<_>>());
            println!("   missed   {:?}", labels.difference(&found).collect::<Vec<_>>());
            if !is_marked {
                println!("   markings {:?}, meant {} {}", read.markings, row["tlp"], row["pap"]);
            }
        }
        texts.push(text.to_owned());
    }
    for (kind, tally) in &kinds {
        println!("{}", tally.line(kind));
    }
    println!("{}", all.line("all"));
    println!("messages {messages}, exactly right {exact}, markings right {marked}");

    let size: usize = texts.iter().map(String::len).sum();
    let started = Instant::now();
    let mut count = 0;
    for _ in 0..(MEASURED / size.max(1)).max(1) {
        count += texts.iter().map(|text| extract(text).found.len()).sum::<usize>();
    }
    let rate = ((MEASURED / size.max(1)).max(1) * size) as f64 / 1e6 / started.elapsed().as_secs_f64();
    println!("{rate:.1} MB/s of text ({count} indicators)");
    let lines: Vec<&str> = lines.lines().collect();
    let started = Instant::now();
    let answers: usize = lines.iter().map(|line| answer_line(line.as_bytes()).found.len()).sum();
    let rate = lines.iter().map(|line| line.len()).sum::<usize>() as f64 / 1e6 / started.elapsed().as_secs_f64();
    println!("{rate:.1} MB/s of JSON lines ({answers} indicators)");
    for seed in [
        "A.",
        "@@@",
        "@",
        "a@",
        "a@a.",
        "http://",
        "hxxp://a.com/(",
        "[.]",
        "[",
        "<http://a.com|",
        "[a.com](",
        "npm i ",
        "telegram @a, ",
        "tg ",
        "+1 ",
        "+49 151 ",
        "0x",
        "1.1.1.1.",
        "2001:",
        "::",
        "TLP:",
        "tlp-",
        "a.com/",
        "t.me/",
        "\u{200b}",
        "a at b dot ",
        "a AT b.c ",
        "@a/b",
        "＠",
        "é@a.com ",
        "a-",
        "aa.example ",
        "1111111111111111111111111111111111111111A ",
        "_",
        "()",
        "h**p://",
        "0x52908400098527886E0F7030069857D2E4169EE7 ",
        "a.com.a ",
        "@telegram (",
        "\\.",
        "&#46;",
    ] {
        let text = seed.repeat((1 << 20) / seed.len());
        let started = Instant::now();
        let found = extract(&text).found.len();
        let time = started.elapsed().as_secs_f64() * 1e3;
        if time > 20.0 || seed == "A." || seed == "@@@" {
            println!("1 MB of {seed:?}: {time:.1} ms, {found} indicators{}", if time > 50.0 { "  SLOW" } else { "" });
        }
    }
    Ok(())
}
