//! STIX objects and patterns: labels met, and simple indicators a second.

use std::process::Stdio;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::{data, row};
use crate::shell::cargo;

pub(super) fn run() -> Result<()> {
    let (objects, patterns) = (data("intel/stix21_cases.jsonl")?, data("intel/stix_patterns.jsonl")?);
    let (objects, patterns) = (objects.to_string_lossy(), patterns.to_string_lossy());
    let arguments = ["run", "--release", "--quiet", "-p", "bonafide-intel", "--example", "stix_cases", "--", &objects, &patterns];
    let output = cargo(&arguments).stderr(Stdio::inherit()).output().context("cargo run --example stix_cases")?;
    let said: Value = serde_json::from_slice(&output.stdout).context("what the example prints")?;
    let number = |name: &str| said[name].as_f64().with_context(|| format!("the example says no {name}"));
    let of = |part: &str, whole: &str| -> Result<(String, bool)> {
        let (part, whole) = (number(part)?, number(whole)?);
        Ok((format!("{part} of {whole}"), part == whole && whole > 0.0))
    };
    let (text, is_right) = of("must", "objects")?;
    row("STIX objects: valid as labelled", &text, "all", is_right);
    let accepted = number("invalid_accepted")?;
    row("… invalid ones accepted", &accepted.to_string(), "none", accepted == 0.0);
    let (text, is_right) = of("strict", "objects")?;
    row("… with good practice as labelled", &text, "all", is_right);
    let (text, is_right) = of("patterns_right", "patterns")?;
    row("STIX patterns as labelled", &text, "all", is_right);
    let rate = number("indicators_per_second")?;
    row("simple indicators judged from bytes", &format!("{rate}/s and core"), "≥ 50,000/s", rate >= 50_000.0);
    let rate = number("patterns_per_second")?;
    row("patterns read", &format!("{rate}/s and core"), "≥ 200,000/s", rate >= 200_000.0);
    Ok(())
}
