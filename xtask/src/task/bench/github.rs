//! GitHub dumps: who fires, and the time of one.

use std::{fs, process::Command};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::{data, program, row, scratch};

/// How often the largest dump is vetted for the figure.
const RUNS: usize = 21;

pub(super) fn run() -> Result<()> {
    let dumps = Command::new("gzip").arg("-dc").arg(data("tradecraft/github_profiles_dev.jsonl.gz")?).output().context("gzip")?;
    let folder = scratch("github")?;
    let mut largest = (0, String::new());
    let mut accounts = Vec::new();
    for line in String::from_utf8_lossy(&dumps.stdout).lines() {
        let dump: Value = serde_json::from_str(line)?;
        let login = dump["login"].as_str().context("login")?.to_owned();
        let application = folder.join("set").join(&login);
        fs::create_dir_all(&application)?;
        let country = dump["country_claimed"].as_str();
        let form = json!({"id": login, "applied_at": "2024-09-01T00:00:00Z", "links": {"github": format!("https://github.com/{login}")}});
        fs::write(application.join("application.json"), serde_json::to_vec(&form)?)?;
        fs::write(application.join("github.json"), line)?;
        let commits = dump["commits"].as_array().map_or(0, Vec::len);
        if commits > largest.0 {
            largest = (commits, login.clone());
        }
        accounts.push((login, dump["label"].as_str().unwrap_or_default().to_owned(), country.map(str::to_owned), commits));
    }
    let program = program::release()?;
    let (set, out) = (folder.join("set"), folder.join("out.jsonl"));
    let vet = |path: &str, out: &str| {
        program::timed(&program, &["vet", path, "--dry-run", "--as-of", "2024-09-01T00:00:00Z", "--json", out])
    };
    vet(&set.to_string_lossy(), &out.to_string_lossy())?;
    let assessments = program::json_lines(&out)?;
    for (login, label, country, commits) in &accounts {
        let assessment =
            assessments.iter().find(|assessment| assessment["subject"] == login.as_str()).context("every dump is vetted")?;
        let codes: Vec<String> = assessment["findings"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|finding| {
                format!("{} {}", finding["code"].as_str().unwrap_or_default(), finding["strength"].as_str().unwrap_or_default())
            })
            .collect();
        println!(
            "       {label:8} {login:16} {commits:5} commits, claims {:8} → {:6} {}",
            country.as_deref().unwrap_or("nothing"),
            assessment["band"].as_str().unwrap_or_default(),
            codes.join(", ")
        );
        // A claim of a country with commits to hold it against: alleged accounts contradict it, the control does not.
        if label != "control" && country.is_some() && *commits > 0 {
            let fires = codes.iter().find(|code| code.starts_with("BF-ONL-010"));
            let figure = fires.map_or("silent", String::as_str);
            row(
                &format!("commit clock against the claim of {}", country.as_deref().unwrap_or_default()),
                figure,
                "fires",
                fires.is_some(),
            );
        }
        if label == "control" {
            row("control account", assessment["band"].as_str().unwrap_or_default(), "clear", assessment["band"] == "clear");
        }
    }
    let one = folder.join("set").join(&largest.1);
    let mut milliseconds = Vec::new();
    for _ in 0..RUNS {
        let (_, timings) = vet(&one.to_string_lossy(), &folder.join("one.jsonl").to_string_lossy())?;
        milliseconds.push(timings.cpu_ms + timings.load_ms);
    }
    milliseconds.sort_by(f64::total_cmp);
    let (median, most) = (milliseconds[RUNS / 2], milliseconds[RUNS - 1]);
    let bound = 50.0 * largest.0 as f64 / 1_000.0;
    row(
        &format!("one dump of {} commits, CPU of the whole process (median and most of {RUNS})", largest.0),
        &format!("{median:.0} ms, {most:.0} ms"),
        "≤ 50 ms per 1,000 commits",
        median <= bound,
    );
    Ok(())
}
