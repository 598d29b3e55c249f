//! Measures the comparison of names on labelled data: pairs, and queries against a whole list by full scan.
//!
//! `BONAFIDE_TEST_DATA=… cargo run --release -p bonafide-watchlist --example name_accuracy -- [every nth query] [class to show]`

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use bonafide_watchlist::names::{AnalysedName, NameKind, compare};

fn main() -> Result<(), Box<dyn Error>> {
    let data = PathBuf::from(std::env::var_os("BONAFIDE_TEST_DATA").ok_or("set BONAFIDE_TEST_DATA to the folder of test data")?);
    let screening = data.join("screening");
    let mut arguments = std::env::args().skip(1);
    let step: usize = arguments.next().map_or(Ok(1), |text| text.parse())?;
    let show = arguments.next();
    let mut out = std::io::stdout().lock();
    pairs(&screening, show.as_deref(), &mut out)?;
    if step > 0 {
        queries(&screening, step, show.as_deref(), &mut out)?;
    }
    Ok(())
}

fn kind_of(schema: &str) -> NameKind {
    if schema == "Person" { NameKind::Person } else { NameKind::Organisation }
}

fn pairs(screening: &Path, show: Option<&str>, out: &mut impl std::io::Write) -> Result<(), Box<dyn Error>> {
    let rows = csv(&fs::read_to_string(screening.join("vectors/name_pairs_nomenklatura_partA.csv"))?);
    let mut scored = Vec::new();
    for row in rows.iter().skip(1).filter(|row| row.len() >= 5) {
        let kind = kind_of(&row[1]);
        let (left, right) = (AnalysedName::of(&row[2], kind), AnalysedName::of(&row[3], kind));
        // Neither name of a pair is the listed one.
        let score = compare(&left, &right).score.max(compare(&right, &left).score);
        scored.push((score, row[4] == "true", row));
    }
    let figures = |threshold: f32| {
        let hits = scored.iter().filter(|(score, is_match, _)| *is_match && *score >= threshold).count() as f32;
        let said = scored.iter().filter(|(score, ..)| *score >= threshold).count() as f32;
        let all = scored.iter().filter(|(_, is_match, _)| *is_match).count() as f32;
        (hits / said.max(1.0), hits / all, 2.0 * hits / (said + all))
    };
    writeln!(out, "pairs: {}", scored.len())?;
    for threshold in [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9] {
        let (precision, recall, f1) = figures(threshold);
        writeln!(out, "  at {threshold:.2}: precision {precision:.3} recall {recall:.3} F1 {f1:.3}")?;
    }
    let best = (30_u8..95).map(|hundredths| f32::from(hundredths) / 100.0).max_by(|a, b| figures(*a).2.total_cmp(&figures(*b).2));
    writeln!(out, "  best F1 {:.3} at {:.2}", figures(best.unwrap_or(0.7)).2, best.unwrap_or(0.7))?;
    if show == Some("pairs") {
        scored.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (score, is_match, row) in scored.iter().filter(|(score, is_match, _)| *is_match != (*score >= 0.7)) {
            writeln!(out, "  {score:.3} {is_match} {} | {}", row[2], row[3])?;
        }
    }
    Ok(())
}

struct Listed {
    id: String,
    kind: NameKind,
    name: AnalysedName,
    text: String,
}

fn queries(screening: &Path, step: usize, show: Option<&str>, out: &mut impl std::io::Write) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let list = listed(screening)?;
    writeln!(out, "{} names analysed in {:.0} ms", list.len(), started.elapsed().as_secs_f64() * 1e3)?;
    let text = fs::read_to_string(screening.join("vectors/screening_dev_queries.jsonl"))?;
    let mut classes: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let mut results = Vec::new();
    let (mut compared, mut nanoseconds) = (0_usize, 0_u128);
    for line in text.lines().step_by(step) {
        let query: serde_json::Value = serde_json::from_str(line)?;
        let Some(name) = query["query"]["name"].as_str() else { continue };
        let class = query["cls"].as_str().unwrap_or_default().to_owned();
        if class == "passport_format" {
            continue;
        }
        let kind = kind_of(query["schema"].as_str().unwrap_or_default());
        let expected: Vec<&str> = query["expect"].as_array().into_iter().flatten().filter_map(|id| id.as_str()).collect();
        let analysed = AnalysedName::of(name, kind);
        let begun = Instant::now();
        let mut best: HashMap<&str, (f32, usize)> = HashMap::new();
        for (index, entry) in list.iter().enumerate().filter(|(_, entry)| entry.kind == kind) {
            compared += 1;
            let score = compare(&analysed, &entry.name).score;
            if score > 0.3 {
                let held = best.entry(&entry.id).or_insert((score, index));
                if score > held.0 {
                    *held = (score, index);
                }
            }
        }
        nanoseconds += begun.elapsed().as_nanos();
        let mut ranked: Vec<(&str, f32, usize)> = best.into_iter().map(|(id, (score, index))| (id, score, index)).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let top = ranked.first().map_or(0.0, |first| first.1);
        let rank = ranked.iter().position(|(id, ..)| expected.contains(id));
        let counts = classes.entry(class.clone()).or_default();
        counts[0] += 1;
        counts[1] += usize::from(rank == Some(0));
        counts[2] += usize::from(rank.is_some_and(|rank| rank < 5));
        let own = ranked.iter().find(|(id, ..)| expected.contains(id)).map_or(0.0, |found| found.1);
        if show.is_some_and(|show| show == class) {
            let names: Vec<String> =
                ranked.iter().take(2).map(|(id, score, index)| format!("{score:.3} {id} {}", list[*index].text)).collect();
            writeln!(out, "  {name} → own {own:.3} rank {rank:?}: {}", names.join(" | "))?;
        }
        results.push((class, if expected.is_empty() { top } else { own }, !expected.is_empty()));
    }
    writeln!(out, "{compared} comparisons, {:.0} ns each", nanoseconds as f64 / compared.max(1) as f64)?;
    table(&classes, &results, out)
}

/// Recall at rates of false positives, by class.
fn table(
    classes: &BTreeMap<String, [usize; 3]>,
    results: &[(String, f32, bool)],
    out: &mut impl std::io::Write,
) -> Result<(), Box<dyn Error>> {
    let mut negatives: Vec<f32> = results.iter().filter(|(.., positive)| !positive).map(|(_, score, _)| *score).collect();
    negatives.sort_by(|a, b| b.total_cmp(a));
    let at = |rate: f32| negatives.get((negatives.len() as f32 * rate) as usize).copied().unwrap_or(1.0);
    let (one, five) = (at(0.01), at(0.05));
    let positives: Vec<f32> = results.iter().filter(|(.., positive)| *positive).map(|(_, score, _)| *score).collect();
    let share =
        |threshold: f32| positives.iter().filter(|score| **score > threshold).count() as f32 / positives.len().max(1) as f32;
    let better: usize = positives.iter().map(|score| negatives.iter().filter(|negative| *negative < score).count()).sum();
    let area = better as f64 / (positives.len() * negatives.len()).max(1) as f64;
    let sum = |place: usize| -> usize {
        classes
            .iter()
            .filter(|(class, _)| !class.starts_with("ne") && !class.starts_with("namesake"))
            .map(|(_, counts)| counts[place])
            .sum()
    };
    let (all, first, fifth) = (sum(0), sum(1), sum(2));
    writeln!(
        out,
        "threshold at 1 % {one:.3}, at 5 % {five:.3}; recall there {:.3}, {:.3}; AUC {area:.3}",
        share(one),
        share(five)
    )?;
    writeln!(
        out,
        "all: recall@1 {:.3}, recall@5 {:.3} of {all}",
        first as f32 / all.max(1) as f32,
        fifth as f32 / all.max(1) as f32
    )?;
    for (class, [count, first, fifth]) in classes {
        let of_class: Vec<f32> = results.iter().filter(|(name, ..)| name == class).map(|(_, score, _)| *score).collect();
        let above =
            |threshold: f32| of_class.iter().filter(|score| **score > threshold).count() as f32 / of_class.len().max(1) as f32;
        let (first, fifth) = (*first as f32 / *count as f32, *fifth as f32 / *count as f32);
        writeln!(
            out,
            "{class:24} {count:5} R@1 {first:.3} R@5 {fifth:.3} above 1 % {:.3} above 5 % {:.3}",
            above(one),
            above(five)
        )?;
    }
    Ok(())
}

/// Names, aliases and weak aliases of the saved list.
fn listed(screening: &Path) -> Result<Vec<Listed>, Box<dyn Error>> {
    let mut list = Vec::new();
    let mut kinds = HashMap::new();
    for row in csv(&unpacked(&screening.join("ofac/sdn.csv.gz"))?).iter().filter(|row| row.len() >= 12) {
        let kind = if row[2].trim() == "individual" { NameKind::Person } else { NameKind::Organisation };
        kinds.insert(row[0].clone(), kind);
        let mut push = |text: &str| {
            list.push(Listed { id: format!("ofac:{}", row[0]), kind, name: AnalysedName::of(text, kind), text: text.to_owned() });
        };
        push(&row[1]);
        for alias in row[11].split("a.k.a. '").skip(1).filter_map(|rest| rest.split('\'').next()) {
            push(alias);
        }
    }
    for row in csv(&unpacked(&screening.join("ofac/alt.csv.gz"))?).iter().filter(|row| row.len() >= 4) {
        if let Some(&kind) = kinds.get(&row[0]) {
            let name = AnalysedName::of(&row[3], kind);
            list.push(Listed { id: format!("ofac:{}", row[0]), kind, name, text: row[3].clone() });
        }
    }
    Ok(list)
}

fn unpacked(path: &Path) -> Result<String, Box<dyn Error>> {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(fs::File::open(path)?).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Rows of quoted, comma-separated text.
fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !quoted => {}
            _ => cell.push(character),
        }
    }
    if !row.is_empty() || !cell.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}
