//! Measures linkage on the public sets: pair F1, B³, recall of blocking, seconds.
//!
//! `BONAFIDE_TEST_DATA=DIR cargo run --release -p bonafide-linkage --example public_sets [-- NAME…]`

#![allow(clippy::print_stdout, reason = "an example talks to who called it")]

use std::{collections::HashMap, fs::File, path::PathBuf, time::Instant};

use bonafide_formats::limits::Limits;
use bonafide_linkage::{
    columns::unpack,
    dedupe::{Deduped, Options, dedupe, read_csv},
    person::{Candidates, LEVELS, Settings},
};

struct Set {
    name: &'static str,
    files: &'static [&'static str],
    truth: Truth,
}

enum Truth {
    /// `rec-N-…` in the id.
    Febrl,
    /// A column.
    Column(&'static str),
}

const SETS: [Set; 4] = [
    Set { name: "febrl3", files: &["febrl3.csv"], truth: Truth::Febrl },
    Set { name: "febrl4", files: &["febrl4a.csv", "febrl4b.csv"], truth: Truth::Febrl },
    Set { name: "fake_1000", files: &["fake_1000.csv"], truth: Truth::Column("cluster") },
    Set { name: "historical_50k", files: &["historical_50k.csv"], truth: Truth::Column("cluster") },
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let verbose = arguments.iter().any(|argument| argument == "-v");
    let wanted: Vec<&String> = arguments.iter().filter(|argument| *argument != "-v").collect();
    let root = PathBuf::from(std::env::var_os("BONAFIDE_TEST_DATA").ok_or("set BONAFIDE_TEST_DATA")?).join("linkage/er_public");
    // A set in another format may lie elsewhere, turned into CSV.
    let turned = std::env::var_os("BONAFIDE_TURNED").map(PathBuf::from);
    println!("set             rows  records   pairs  blocked  link F1  pair P  pair R  pair F1  B3 F1   exact  seconds");
    for set in SETS.iter().filter(|set| wanted.is_empty() || wanted.iter().any(|name| *name == set.name)) {
        let limits = Limits { bytes: 1 << 30, unpacked: 1 << 34, ..Limits::default() };
        let start = Instant::now();
        let mut tables = Vec::new();
        let mut truth: HashMap<String, String> = HashMap::new();
        for file in set.files {
            let mut path = root.join(file);
            if !path.exists() {
                path = turned.clone().unwrap_or_default().join(file);
            }
            let Ok(source) = File::open(&path) else {
                println!("{}: skipped, no {}", set.name, path.display());
                break;
            };
            let left_out: &[&str] = if let Truth::Column(column) = set.truth { &[column] } else { &[] };
            tables.push(read_csv(file, source, &limits, left_out)?);
            let mut table = bonafide_formats::table::Table::new(File::open(&path)?, &limits)?;
            while let Some(row) = table.next_row() {
                let row = row?;
                let id = row.at(0).unwrap_or_default().into_owned();
                let person = match set.truth {
                    Truth::Febrl => id.split('-').nth(1).unwrap_or_default().to_owned(),
                    Truth::Column(column) => row.get(column).unwrap_or_default().into_owned(),
                };
                truth.insert(id, person);
            }
        }
        if tables.len() < set.files.len() {
            continue;
        }
        let outcome = dedupe(tables, &Options::default())?;
        let seconds = start.elapsed().as_secs_f64();
        report(set.name, &outcome, &truth, seconds);
        if verbose {
            explain(&outcome);
        }
    }
    Ok(())
}

fn report(name: &str, outcome: &Deduped, truth: &HashMap<String, String>, seconds: f64) {
    let people: Vec<&str> = outcome.ids.iter().map(|id| truth[id].as_str()).collect();
    let mut by_person: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut by_cluster: HashMap<u32, Vec<usize>> = HashMap::new();
    let mut both: HashMap<(&str, u32), usize> = HashMap::new();
    for (row, &person) in people.iter().enumerate() {
        by_person.entry(person).or_default().push(row);
        by_cluster.entry(outcome.clusters[row]).or_default().push(row);
        *both.entry((person, outcome.clusters[row])).or_default() += 1;
    }
    let pairs = |count: usize| (count * count.saturating_sub(1) / 2) as f64;
    let truth_pairs: f64 = by_person.values().map(|rows| pairs(rows.len())).sum();
    let found: f64 = by_cluster.values().map(|rows| pairs(rows.len())).sum();
    let right: f64 = both.values().map(|&count| pairs(count)).sum();
    let f1 = |precision: f64, recall: f64| 2.0 * precision * recall / (precision + recall);
    let (mut precision, mut recall) = (0.0, 0.0);
    for (&(person, cluster), &count) in &both {
        let squared = (count * count) as f64;
        precision += squared / by_cluster[&cluster].len() as f64;
        recall += squared / by_person[person].len() as f64;
    }
    let rows = people.len() as f64;
    let exact = both
        .iter()
        .filter(|((person, cluster), count)| by_cluster[cluster].len() == **count && by_person[person].len() == **count);
    // Truth of records: of their first row.
    let mut of_record = vec![""; outcome.records.rows];
    outcome.record_of.iter().zip(&people).for_each(|(&record, &person)| of_record[record as usize] = person);
    let mut record_people: HashMap<&str, usize> = HashMap::new();
    of_record.iter().for_each(|&person| *record_people.entry(person).or_default() += 1);
    let record_pairs: f64 = record_people.values().map(|&count| pairs(count)).sum();
    let candidates = Candidates::of(&outcome.records, Settings::default().budget);
    let same = |left: u32, right: u32| of_record[left as usize] == of_record[right as usize];
    let blocked = candidates.pairs.iter().filter(|&&pair| same(unpack(pair).0, unpack(pair).1)).count() as f64 / record_pairs;
    let good = outcome.links().iter().filter(|link| same(link.left, link.right)).count() as f64;
    println!(
        "{name:14} {:6} {:8} {:7} {blocked:8.4} {:8.4} {:7.4} {:7.4} {:8.4} {:6.4} {:7} {seconds:8.2}",
        people.len(),
        outcome.records.rows,
        outcome.linked.candidates,
        f1(good / outcome.links().len() as f64, good / record_pairs),
        right / found,
        right / truth_pairs,
        f1(right / found, right / truth_pairs),
        f1(precision / rows, recall / rows),
        format!("{}/{}", exact.count(), by_person.len()),
    );
}

fn explain(outcome: &Deduped) {
    println!("  prior {:.1} bits", outcome.linked.model.prior);
    for field in &outcome.linked.model.fields {
        let weights: Vec<String> =
            (1..LEVELS).map(|level| format!("{:6.2} ({:.3})", field.weight(level), field.m[level])).collect();
        println!("  {:18} {:9} {}", field.name, format!("{:?}", field.kind), weights.join(" "));
    }
}
