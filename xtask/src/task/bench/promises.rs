//! Equal bytes: threads, order, surroundings, and who an applicant is.

use std::{fmt::Write as _, fs, process::Command};

use anyhow::{Context as _, Result, bail};

use super::{data, dice::Dice, program, row, scratch};
use crate::shell::{cargo, step};

/// Dossiers that are vetted in several ways.
const DOSSIERS: usize = 1_000;

pub(super) fn run() -> Result<()> {
    let set = data("linkage/applicants10k")?;
    let folder = scratch("promises")?;
    let program = program::release()?;
    let applicants = unpacked(&set.join("applicants.jsonl.gz"))?;
    let lines: Vec<&str> = applicants.lines().take(DOSSIERS).collect();
    let vet = |name: &str, lines: &[&str], threads: &str| -> Result<Vec<String>> {
        // The name of the file is part of every place in it, so it is the same for all.
        let (input, out) = (folder.join(name).join("applicants.jsonl"), folder.join(format!("{name}.out.jsonl")));
        fs::create_dir_all(folder.join(name))?;
        fs::write(&input, lines.join("\n"))?;
        let (input, out_name) = (input.to_string_lossy().into_owned(), out.to_string_lossy().into_owned());
        let tables = set.to_string_lossy();
        let arguments =
            ["vet", &input, "--dry-run", "--tables", &tables, "--as-of", "2026-06-01T00:00:00Z", "--threads", threads];
        program::timed(&program, &[&arguments[..], &["--json", &out_name]].concat())?;
        Ok(fs::read_to_string(&out)?.lines().map(str::to_owned).collect())
    };
    let one = vet("one", &lines, "1")?;
    if one.len() != DOSSIERS {
        bail!("{} of {DOSSIERS} dossiers were vetted", one.len());
    }
    let equal = |what: &str, other: &[String]| {
        let differing = one.iter().zip(other).filter(|(left, right)| left != right).count() + one.len().abs_diff(other.len());
        row(what, &format!("{differing} of {DOSSIERS} differ"), "0", differing == 0);
    };
    equal("8 threads against 1, bytes of the output", &vet("eight", &lines, "8")?);
    equal("a second run, bytes of the output", &vet("again", &lines, "1")?);

    // The same people in another order: an application is judged by itself, wherever it stands in the input.
    let mut order: Vec<usize> = (0..DOSSIERS).collect();
    let mut dice = Dice::new(0x7368_7566);
    for at in (1..DOSSIERS).rev() {
        order.swap(at, usize::try_from(dice.below(at as u64 + 1))?);
    }
    let shuffled: Vec<&str> = order.iter().map(|&at| lines[at]).collect();
    let vetted = vet("shuffled", &shuffled, "2")?;
    let mut restored = vec![String::new(); DOSSIERS];
    for (at, line) in order.iter().zip(vetted) {
        restored[*at] = without_places(&line);
    }
    let expected: Vec<String> = one.iter().map(|line| without_places(line)).collect();
    let differing = expected.iter().zip(&restored).filter(|(left, right)| left != right).count();
    row("applications in another order, judgement of each", &format!("{differing} of {DOSSIERS} differ"), "0", differing == 0);

    step(
        "swap of name, nationality and language (200 subjects, 3 swaps each), shuffled facts and 8 threads (1,000 dossiers), replay",
        cargo(&["nextest", "run", "--package", "bonafide-engine", "--test", "promises", "--status-level", "pass"]),
    )
}

/// An assessment's codes, weights and band: lines of the input, which evidence names, move with the order.
fn without_places(line: &str) -> String {
    let Ok(assessment) = serde_json::from_str::<serde_json::Value>(line) else { return line.to_owned() };
    let mut text = format!("{} {} {}", assessment["subject"], assessment["band"], assessment["weight"]);
    for finding in assessment["findings"].as_array().into_iter().flatten() {
        let _ = write!(text, "; {} {} {} {}", finding["code"], finding["strength"], finding["weight"], finding["summary"]);
    }
    let _ = write!(text, "; {}", assessment["coverage"]);
    text
}

fn unpacked(path: &std::path::Path) -> Result<String> {
    let output = Command::new("gzip").arg("-dc").arg(path).output().context("gzip")?;
    if !output.status.success() {
        bail!("gzip cannot unpack {}", path.display());
    }
    Ok(String::from_utf8(output.stdout)?)
}
