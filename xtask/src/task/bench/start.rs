//! Start of the program, and the developer's loop.

use std::{
    fs,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use super::{program, row};
use crate::shell::{cargo, root, step};

const RUNS: usize = 40;

pub(super) fn run() -> Result<()> {
    let program = program::release()?;
    for arguments in [&["--version"][..], &["checks", "list"][..]] {
        let mut times: Vec<Duration> = Vec::new();
        for _ in 0..RUNS {
            let started = Instant::now();
            let status = Command::new(&program).args(arguments).stdout(Stdio::null()).status()?;
            times.push(started.elapsed());
            if !status.success() {
                bail!("{arguments:?} failed");
            }
        }
        times.sort_unstable();
        let median = times[RUNS / 2].as_secs_f64() * 1_000.0;
        row(
            &format!("bonafide {}, median of {RUNS} starts", arguments.join(" ")),
            &format!("{median:.1} ms"),
            "≤ 20 ms",
            median <= 20.0,
        );
    }
    Ok(())
}

/// Changes one check, runs the catalogue's cases, and changes the check back.
pub(super) fn edit_loop() -> Result<()> {
    let tests = || cargo(&["nextest", "run", "--package", "bonafide-checks", "--cargo-quiet"]);
    step("warm up", tests())?;
    let path = root().join("crates/checks/src/resume/technology_older_than_itself.rs");
    let original = fs::read_to_string(&path)?;
    fs::write(&path, original.replace("const TOLERANCE_MONTHS: i32 = 18;", "const TOLERANCE_MONTHS: i32 = 9 + 9;"))?;
    let started = Instant::now();
    let ran = step("edit one check and run its cases", tests());
    let seconds = started.elapsed().as_secs_f64();
    fs::write(&path, original)?;
    ran?;
    row("edit one check, its cases run", &format!("{seconds:.1} s"), "≤ 10 s", seconds <= 10.0);
    Ok(())
}
