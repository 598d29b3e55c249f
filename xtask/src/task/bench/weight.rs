//! Weight of the whole: crates, binary, cold build.

use std::{collections::BTreeSet, time::Instant};

use anyhow::{Context as _, Result};

use super::{program, row, scratch};
use crate::shell::{cargo, step};

pub(super) fn run(cold: bool) -> Result<()> {
    let tree = cargo(&["tree", "--workspace", "--edges", "no-dev", "--prefix", "none", "--package", "bonafide"])
        .output()
        .context("cargo tree")?;
    let crates: BTreeSet<String> = String::from_utf8_lossy(&tree.stdout)
        .lines()
        .map(|line| line.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    row("crates of the program", &crates.len().to_string(), "≤ 480", crates.len() <= 480);
    let program = program::release()?;
    let bytes = std::fs::metadata(&program)?.len() as f64 / 1e6;
    row("release binary", &format!("{bytes:.1} MB"), "≤ 40 MB", bytes <= 40.0);
    if cold {
        let target = scratch("cold-build")?;
        let started = Instant::now();
        let mut build = cargo(&["build", "--release", "--package", "bonafide", "--quiet"]);
        build.env("CARGO_TARGET_DIR", &target);
        step("cold release build", build)?;
        let minutes = started.elapsed().as_secs_f64() / 60.0;
        row("cold release build", &format!("{minutes:.1} min"), "≤ 15 min on 2 cores", minutes <= 15.0);
        std::fs::remove_dir_all(&target)?;
    }
    Ok(())
}
