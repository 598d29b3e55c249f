//! Hostile and broken inputs against the release program: the outcomes are those of the test, the figures those of the release build.

use anyhow::{Result, bail};

use super::{program, row, scratch};
use crate::shell::{cargo, step};

/// Milliseconds that one file may take; measured is the whole run, from the start of the program to its end.
const TIME: f64 = 2_000.0;
/// Kilobytes that program and worker may hold.
const MEMORY: f64 = 300.0 * 1024.0;

pub(super) fn run() -> Result<()> {
    let program = program::release()?;
    let measured = scratch("bad-input")?.join("measured.jsonl");
    let mut tests = cargo(&["nextest", "run", "--package", "bonafide", "--test", "bad_input", "--test-threads", "1"]);
    tests.env("BONAFIDE_BENCH_PROGRAM", program).env("BONAFIDE_BENCH_MEASURED", &measured);
    step("each input has its named outcome", tests)?;
    let runs = program::json_lines(&measured)?;
    if runs.is_empty() {
        bail!("no run was measured");
    }
    let worst = |field: &str| {
        let of = |run: &serde_json::Value| run[field].as_f64().unwrap_or(f64::INFINITY);
        let worst = runs.iter().max_by(|left, right| of(left).total_cmp(&of(right)));
        worst.map_or((f64::INFINITY, ""), |run| (of(run), run["test"].as_str().unwrap_or_default()))
    };
    let (time, slowest) = worst("wall_ms");
    row(
        &format!("slowest of {} runs with a hostile input, start to end", runs.len()),
        &format!("{time:.0} ms, {slowest}"),
        "≤ 2 s",
        time <= TIME,
    );
    let (memory, largest) = worst("peak_rss_kb");
    row("most memory, program and worker", &format!("{:.0} MB, {largest}", memory / 1024.0), "≤ 300 MB", memory <= MEMORY);
    Ok(())
}
