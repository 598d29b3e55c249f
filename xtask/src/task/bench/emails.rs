//! False alarms on ordinary e-mail addresses.

use std::{collections::BTreeMap, fs};

use anyhow::{Context as _, Result};
use serde_json::json;

use super::{data, program, row, scratch};

pub(super) fn run() -> Result<()> {
    let text = fs::read_to_string(data("tradecraft/benign_emails_dev.csv")?)?;
    let folder = scratch("emails")?;
    let set = folder.join("applicants.jsonl");
    let mut lines = String::new();
    let mut regions = Vec::new();
    for (number, line) in text.lines().skip(1).enumerate() {
        let (address, region) = line.rsplit_once(',').context("address and region")?;
        regions.push(region.to_owned());
        lines.push_str(
            &json!({"id": format!("e{number}"), "applied_at": "2026-03-01T09:00:00Z", "emails": [address]}).to_string(),
        );
        lines.push('\n');
    }
    fs::write(&set, lines)?;
    let program = program::release()?;
    let out = folder.join("out.jsonl");
    let arguments =
        ["vet", &set.to_string_lossy(), "--dry-run", "--as-of", "2026-06-01T00:00:00Z", "--json", &out.to_string_lossy()];
    program::timed(&program, &arguments)?;

    let mut by_region: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let (mut weak, mut medium, mut looked) = (0_u32, 0_u32, 0_u32);
    let assessments = program::json_lines(&out)?;
    for assessment in &assessments {
        let id = assessment["subject"].as_str().context("a subject")?;
        let number: usize = id.trim_start_matches('e').parse()?;
        let strengths: Vec<&str> =
            assessment["findings"].as_array().into_iter().flatten().filter_map(|finding| finding["strength"].as_str()).collect();
        let counts = by_region.entry(regions[number].as_str()).or_default();
        counts.1 += 1;
        if strengths.iter().any(|strength| *strength != "weak") {
            medium += 1;
        } else if !strengths.is_empty() {
            weak += 1;
            counts.0 += 1;
        }
        looked += u32::from(assessment["band"] != "clear");
    }
    let total = assessments.len() as f64;
    row("ordinary addresses with a finding of medium or above", &format!("{medium} of {total}"), "0", medium == 0);
    let share = f64::from(weak) / total * 100.0;
    row("ordinary addresses with a weak finding", &format!("{weak} of {total} ({share:.2} %)"), "≤ 1 %", share <= 1.0);
    row("ordinary addresses out of the band clear", &looked.to_string(), "0", looked == 0);
    for (region, (hits, people)) in by_region {
        println!("       {region}: {hits} of {people} ({:.2} %)", f64::from(hits) / f64::from(people) * 100.0);
    }
    Ok(())
}
