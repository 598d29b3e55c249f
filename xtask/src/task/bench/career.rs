//! Planted contradictions of the applicants' set: precision and recall per code.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::{data, program, row, scratch};

/// Planted code and the check that stands for it.
const CODES: &[(&str, &str)] = &[
    ("overlapping_jobs", "BF-RES-007"),
    ("job_before_company_founded", "BF-RES-008"),
    ("experience_exceeds_technology", "BF-RES-006"),
    ("degree_mill", "BF-RES-010"),
    ("github_younger_than_career", "BF-ONL-005"),
];

/// What is true of one application of the set.
pub(super) struct Truth {
    pub(super) id: String,
    /// Planted contradictions.
    pub(super) planted: BTreeSet<String>,
    /// Whether it belongs to a ring.
    pub(super) ring: bool,
    /// In what an honest one looks like a ring's: a household, a shared network, a template.
    pub(super) tags: Vec<String>,
}

/// The truth of the applicants' set.
pub(super) fn truth(set: &Path) -> Result<Vec<Truth>> {
    let unpacked = Command::new("gzip").arg("-dc").arg(set.join("truth.jsonl.gz")).output().context("gzip")?;
    let texts =
        |json: &Value| json.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>();
    let read = |line: &str| -> Result<Truth> {
        let json: Value = serde_json::from_str(line)?;
        Ok(Truth {
            id: json["id"].as_str().context("id")?.to_owned(),
            planted: texts(&json["planted_inconsistencies"]).into_iter().collect(),
            ring: !json["ring"].is_null(),
            tags: texts(&json["tags"]),
        })
    };
    String::from_utf8_lossy(&unpacked.stdout).lines().map(read).collect()
}

pub(super) fn run() -> Result<()> {
    let set = data("linkage/applicants10k")?;
    let folder = scratch("contradictions")?;
    let program = program::release()?;
    let (applicants, out) = (set.join("applicants.jsonl.gz"), folder.join("out.jsonl"));
    let arguments = [
        "vet",
        &applicants.to_string_lossy(),
        "--tables",
        &set.to_string_lossy(),
        "--dry-run",
        "--as-of",
        "2026-06-01T00:00:00Z",
        "--json",
        &out.to_string_lossy(),
    ];
    program::timed(&program, &arguments)?;

    let planted: BTreeMap<String, BTreeSet<String>> = truth(&set)?.into_iter().map(|truth| (truth.id, truth.planted)).collect();
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for assessment in program::json_lines(&out)? {
        let codes = assessment["findings"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|finding| finding["code"].as_str())
            .map(str::to_owned)
            .collect();
        found.insert(assessment["subject"].as_str().context("subject")?.to_owned(), codes);
    }
    let mut wrong = String::new();
    for (plant, code) in CODES {
        let (mut hits, mut false_alarms, mut misses) = (0_u32, 0_u32, 0_u32);
        for (id, planted) in &planted {
            let is = planted.contains(*plant);
            let said = found.get(id).is_some_and(|codes| codes.contains(*code));
            match (is, said) {
                (true, true) => hits += 1,
                (false, true) => false_alarms += 1,
                (true, false) => misses += 1,
                (false, false) => {}
            }
            if is != said {
                wrong.push_str(&format!("{plant} {code} {id} planted {is} found {said}\n"));
            }
        }
        let precision = f64::from(hits) / f64::from((hits + false_alarms).max(1));
        let recall = f64::from(hits) / f64::from((hits + misses).max(1));
        row(
            &format!("{plant} by {code}"),
            &format!("precision {precision:.3}, recall {recall:.3} ({hits} hits, {false_alarms} false alarms, {misses} misses)"),
            "≥ 0.95 each",
            precision >= 0.95 && recall >= 0.95,
        );
    }
    fs::write(folder.join("wrong.txt"), wrong)?;
    println!("       every wrong answer: {}", folder.join("wrong.txt").display());
    Ok(())
}
