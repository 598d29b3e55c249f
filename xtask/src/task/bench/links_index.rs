//! One application more: the time to link it with a million, to open the index, and its size; merging of many.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{BufRead as _, BufReader, BufWriter, Write as _},
    path::Path,
    process::Command,
    time::Instant,
};

use anyhow::{Context as _, Result, bail};

use super::{Said, Truth, honest, program, rings, row};
use crate::shell::cargo;

/// One row in so many comes later.
const LATER: usize = 500;
/// Runs of a command whose fastest counts.
const RUNS: usize = 5;

pub(super) fn run(program: &Path, folder: &Path, flat: &Path, truth: &HashMap<String, Truth>) -> Result<()> {
    let (early, late, index) = (folder.join("early.csv"), folder.join("late.csv"), folder.join("index"));
    let count = split(flat, &early, &late)?;
    let out = folder.join("early.jsonl");
    let [early, late, index, out] = [&early, &late, &index, &out].map(|path| path.to_string_lossy().into_owned());
    let (_, timings) = program::timed(program, &["link", "people", "--in", &early, "--index", &index, "--out", &out])?;
    let (seconds, memory) = (timings.cpu_ms / 1_000.0, timings.peak_rss_kb / 1_048_576.0);
    row("linking and writing the index", &format!("{seconds:.1} s CPU, {memory:.2} GiB"), "—", true);
    let bytes: u64 = fs::read_dir(&index)?.flatten().filter_map(|entry| Some(entry.metadata().ok()?.len())).sum();
    row("bytes an application", &format!("{}", bytes / count as u64), "—", true);
    let first = id_of(&early)?;
    let open = fastest(program, &["link", "history", "--index", &index, &first])? - fastest(program, &["--version"])?;
    row("opening", &format!("{:.1} ms", open * 1_000.0), "milliseconds", open < 0.1);
    let added = folder.join("late.jsonl");
    let arguments = ["link", "add", "--index", &index, "--in", &late, "--out", &added.to_string_lossy()];
    let (_, timings) = program::timed(program, &arguments)?;
    let (p50, p99) = (timings.p50_us, timings.p99_us);
    row("linking one with a million, p50", &format!("{p50} µs"), "< 500 µs", p50 < 500.0);
    row("… p99", &format!("{p99} µs"), "< 2,000 µs", p99 < 2_000.0);
    let mut said: HashMap<String, Said> = HashMap::new();
    for path in [Path::new(&out), &added] {
        for line in program::json_lines(path)? {
            let text = |name: &str| line[name].as_str().map(str::to_owned);
            let of =
                Said { person: text("person_cluster").context("person_cluster")?, ring: text("ring_cluster"), has_path: false };
            said.insert(text("id").context("id")?, of);
        }
    }
    let late: Vec<(&Truth, &Said)> = program::json_lines(&added)?
        .iter()
        .filter_map(|line| line["id"].as_str())
        .filter_map(|id| Some((truth.get(id)?, said.get(id)?)))
        .collect();
    println!("   the later ones alone, as they came:");
    let personas = late.iter().filter(|(truth, _)| truth.ring.is_some());
    let found = personas.clone().filter(|(_, said)| said.ring.is_some()).count();
    row("personas flagged", &format!("{found} of {}", personas.count()), "—", true);
    honest(&late);
    println!("   all, the later ones one by one:");
    let all: Vec<(&Truth, &Said)> = truth.iter().filter_map(|(id, truth)| Some((truth, said.get(id)?))).collect();
    rings(&all);
    merge()
}

/// Merging a person of 78,000 applications and taking it back: the test says how long it took.
fn merge() -> Result<()> {
    let arguments = ["test", "--release", "--quiet", "-p", "bonafide-linkage", "--test", "it", "78_000", "--", "--nocapture"];
    let output = cargo(&arguments).output().context("cargo test")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let Some(line) = text.lines().find(|line| line.contains("merged in")) else { bail!("the test says nothing:\n{text}") };
    let milliseconds = |word: &str| -> Option<f64> {
        let number = line.split_once(word)?.1.trim_start().split_once("ms")?.0;
        number.parse().ok()
    };
    for (what, word) in [("merging 78,000 applications", "merged in"), ("… and back", "parted in")] {
        let took = milliseconds(word);
        let shown = took.map_or_else(|| line.to_owned(), |took| format!("{took:.0} ms"));
        row(what, &shown, "< 100 ms", took.is_some_and(|took| took < 100.0));
    }
    Ok(())
}

/// Splits a table; returns the rows that come first.
fn split(flat: &Path, early: &Path, late: &Path) -> Result<usize> {
    let mut files = [early, late].map(|path| File::create(path).map(BufWriter::new));
    let [Ok(early), Ok(late)] = &mut files else { bail!("the table cannot be split") };
    let mut count = 0;
    for (number, line) in BufReader::new(File::open(flat)?).lines().enumerate() {
        let line = line?;
        if number == 0 {
            writeln!(early, "{line}")?;
            writeln!(late, "{line}")?;
        } else if number % LATER == 0 {
            writeln!(late, "{line}")?;
        } else {
            writeln!(early, "{line}")?;
            count += 1;
        }
    }
    early.flush()?;
    late.flush()?;
    Ok(count)
}

fn id_of(table: &str) -> Result<String> {
    let line = BufReader::new(File::open(table)?).lines().nth(1).context("no rows")??;
    Ok(line.split(',').next().unwrap_or_default().to_owned())
}

/// Seconds of the fastest run.
fn fastest(program: &Path, arguments: &[&str]) -> Result<f64> {
    let mut fastest = f64::INFINITY;
    for _ in 0..RUNS {
        let started = Instant::now();
        let output = Command::new(program).args(arguments).output().context("the program")?;
        if !output.status.success() {
            bail!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        }
        fastest = fastest.min(started.elapsed().as_secs_f64());
    }
    Ok(fastest)
}
