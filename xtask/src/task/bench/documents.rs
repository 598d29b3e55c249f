//! Documents against what was planted in them, and résumés against hand-written truth.

use std::{fs, process::Command};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::{data, program, row};

/// Reads files with `bonafide resume read`; one object a file, in order.
fn read(files: &[String]) -> Result<Vec<Value>> {
    let program = program::release()?;
    let output = Command::new(&program).args(["resume", "read", "--json"]).args(files).output()?;
    if !output.status.success() {
        bail!("resume read failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    String::from_utf8_lossy(&output.stdout).lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// What a résumé says, not what its file carries: measured by the other benchmark.
const CLAIMS: &[&str] = &["family", "name", "email", "phone", "jobs", "file"];

pub(super) fn metadata() -> Result<()> {
    let folder = data("linkage/docs_meta")?;
    let expected: Vec<Value> = serde_json::from_str(&fs::read_to_string(folder.join("expected.json"))?)?;
    let files: Vec<String> = expected
        .iter()
        .map(|entry| folder.join(entry["file"].as_str().unwrap_or_default()).to_string_lossy().into_owned())
        .collect();
    let read = read(&files)?;
    let (mut right, mut total) = (0, 0);
    for (entry, got) in expected.iter().zip(&read) {
        for (field, value) in entry.as_object().context("an object")? {
            if CLAIMS.contains(&field.as_str()) {
                continue;
            }
            total += 1;
            if same(value, &got["meta"][field]) {
                right += 1;
            } else {
                println!("       {}: {field} is {value}, read {}", entry["file"], got["meta"][field]);
            }
        }
    }
    row(&format!("planted fields of {} documents", expected.len()), &format!("{right} of {total}"), "all", right == total);
    Ok(())
}

/// Whether the value read states the value planted: numbers as text, and single values that stand in a list, are the same.
fn same(planted: &Value, read: &Value) -> bool {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match (planted, read) {
        (Value::Array(planted), Value::Array(read)) => {
            let sorted = |list: &[Value]| {
                let mut list: Vec<String> = list.iter().map(text).collect();
                list.sort();
                list
            };
            sorted(planted) == sorted(read)
        }
        (planted, Value::Array(read)) => read.iter().any(|value| text(planted) == text(value)),
        // An empty planted value is an absent one.
        (Value::String(empty), Value::Null) if empty.is_empty() => true,
        (planted, read) => text(planted) == text(read),
    }
}

pub(super) fn resumes() -> Result<()> {
    let folder = data("linkage/resume_pdfs")?;
    let mut truths: Vec<(String, Value)> = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        let name = path.to_string_lossy().into_owned();
        if let Some(stem) = name.strip_suffix(".truth.json") {
            truths.push((format!("{stem}.pdf"), serde_json::from_str(&fs::read_to_string(&path)?)?));
        }
    }
    truths.sort_by(|left, right| left.0.cmp(&right.0));
    let files: Vec<String> = truths.iter().map(|(file, _)| file.clone()).collect();
    let read = read(&files)?;
    let (mut contacts, mut contacts_right, mut jobs, mut jobs_right) = (0, 0, 0, 0);
    for ((file, truth), got) in truths.iter().zip(&read) {
        for (field, path) in [("full_name", "name"), ("email", "email"), ("phone", "phone")] {
            let Some(planted) = truth["contact"][field].as_str() else { continue };
            contacts += 1;
            let value = got["basics"][path].as_str().unwrap_or_default();
            let same = if path == "phone" {
                digits(planted) == last_digits(value, digits(planted).len())
            } else {
                folded(planted) == folded(value)
            };
            contacts_right += i32::from(same);
            if !same {
                println!("       {file}: {field} is '{planted}', read '{value}'");
            }
        }
        for (number, job) in truth["experience"].as_array().into_iter().flatten().enumerate() {
            jobs += 1;
            let found = got["work"].as_array().into_iter().flatten().any(|work| {
                folded(job["company"].as_str().unwrap_or_default()) == folded(work["name"].as_str().unwrap_or_default())
                    && folded(job["title"].as_str().unwrap_or_default()) == folded(work["position"].as_str().unwrap_or_default())
                    && same_dates(job["dates"].as_str().unwrap_or_default(), work)
            });
            jobs_right += i32::from(found);
            if !found {
                println!("       {file}: job {number} {job} is not among {}", got["work"]);
            }
        }
    }
    row("name, e-mail and phone", &format!("{contacts_right} of {contacts}"), "all", contacts_right == contacts);
    let share = f64::from(jobs_right) / f64::from(jobs.max(1)) * 100.0;
    row("employer, title and dates together", &format!("{jobs_right} of {jobs} ({share:.0} %)"), "≥ 90 %", share >= 90.0);
    Ok(())
}

fn folded(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn last_digits(text: &str, count: usize) -> String {
    let digits = digits(text);
    digits[digits.len().saturating_sub(count)..].to_owned()
}

/// Compares the written range with ISO dates by the years and, where the truth names months, the months.
fn same_dates(written: &str, work: &Value) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let parse = |part: &str| -> Option<String> {
        let part = part.trim().to_lowercase();
        let year: String =
            part.chars().collect::<Vec<_>>().windows(4).find(|window| window.iter().all(char::is_ascii_digit))?.iter().collect();
        let named = MONTHS.iter().position(|month| part.starts_with(month)).map(|index| index + 1);
        let numbered = part.split_once('/').and_then(|(month, _)| month.trim().parse::<usize>().ok());
        Some(match named.or(numbered) {
            Some(month) => format!("{year}-{month:02}"),
            None => year,
        })
    };
    let mut parts = written.split(['–', '—', '-']).map(str::trim);
    let start = parts.next().and_then(parse);
    let end = parts.next_back().and_then(parse);
    work["startDate"].as_str().map(str::to_owned) == start
        && work["endDate"].as_str().filter(|end| !end.is_empty()).map(str::to_owned) == end
}
