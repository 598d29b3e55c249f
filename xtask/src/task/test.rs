//! `cargo xtask test`: everything that must hold.

use anyhow::Result;

use crate::{
    dev_tools::ensure,
    shell::{cargo, step},
    task::{docs, readme},
};

pub(crate) fn run(long: bool) -> Result<()> {
    step("format", cargo(&["fmt", "--all", "--check"]))?;
    step("lints", cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))?;
    // Tests start the program itself; it is built first, so that its build time is not counted against a test.
    step("build the program", cargo(&["build", "--package", "bonafide", "--quiet"]))?;
    ensure("nextest", "cargo-nextest")?;
    let profile = if std::env::var_os("CI").is_some() { "ci" } else { "default" };
    let mut tests = cargo(&["nextest", "run", "--workspace", "--profile", profile]);
    if long {
        tests.env("BONAFIDE_LONG_TESTS", "1");
    }
    step(if long { "tests, the slow ones too" } else { "tests" }, tests)?;
    step("documentation tests", cargo(&["test", "--doc", "--workspace", "--quiet"]))?;
    docs::run(true)?;
    readme::check(long)?;
    ensure("deny", "cargo-deny")?;
    step("dependency policy", cargo(&["deny", "--log-level", "error", "check", "bans", "licenses", "sources"]))?;
    println!("── all holds");
    Ok(())
}
