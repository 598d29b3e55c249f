//! Running the release program and reading what it measured.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::shell::{cargo, root, step};

/// The release program, built if need be; or the build that `BONAFIDE_BENCH_PROGRAM` names, to compare two.
pub(super) fn release() -> Result<PathBuf> {
    if let Some(other) = std::env::var_os("BONAFIDE_BENCH_PROGRAM") {
        let path = root().join(other);
        println!("── {}, which is no release build of this tree", path.display());
        return Ok(path);
    }
    step("build the release program", cargo(&["build", "--release", "--package", "bonafide", "--quiet"]))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(target.join("release").join(if cfg!(windows) { "bonafide.exe" } else { "bonafide" }))
}

/// Runs the program with timings; the status must be done or "some inputs could not be read".
pub(super) fn timed(program: &Path, arguments: &[&str]) -> Result<(Output, Timings)> {
    let output = Command::new(program)
        .args(arguments)
        .args(["--quiet", "--timings"])
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("starting {}", program.display()))?;
    let errors = String::from_utf8_lossy(&output.stderr);
    if !matches!(output.status.code(), Some(0 | 3)) {
        bail!("{} {} failed: {errors}", program.display(), arguments.join(" "));
    }
    let line = errors.lines().rfind(|line| line.starts_with("{\"items\"")).context("no line of timings")?;
    let json: Value = serde_json::from_str(line)?;
    let number = |name: &str| json.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN);
    let timings = Timings {
        items: number("items"),
        wall_ms: number("wall_ms"),
        cpu_ms: number("cpu_ms"),
        load_ms: number("load_ms"),
        peak_rss_kb: number("peak_rss_kb"),
        p50_us: number("p50_us"),
        p99_us: number("p99_us"),
    };
    Ok((output, timings))
}

/// The line of `--timings`.
#[derive(Debug)]
pub(super) struct Timings {
    pub(super) items: f64,
    pub(super) wall_ms: f64,
    pub(super) cpu_ms: f64,
    pub(super) load_ms: f64,
    pub(super) peak_rss_kb: f64,
    pub(super) p50_us: f64,
    pub(super) p99_us: f64,
}

/// The lines of a file of JSON objects.
pub(super) fn json_lines(path: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    text.lines().map(|line| serde_json::from_str(line).with_context(|| format!("{}: not JSON", path.display()))).collect()
}
