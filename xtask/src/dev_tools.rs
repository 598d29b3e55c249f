//! Tools that the tasks need and a machine may lack.

use std::process::{Command, Stdio};

use anyhow::Result;

use crate::shell::{cargo, step};

/// Makes sure that `cargo SUBCOMMAND` works; installs the package from the registry where it does not, and says so.
pub(crate) fn ensure(subcommand: &str, package: &str) -> Result<()> {
    let there = Command::new("cargo")
        .args([subcommand, "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if there {
        return Ok(());
    }
    println!("   {package} is not installed: installing it with `cargo install --locked {package}` (a few minutes, once)");
    let mut install = cargo(&["install", "--locked", package]);
    // The tool is built outside the repository, so that its artefacts do not mix with ours.
    install.current_dir(std::env::temp_dir());
    step(&format!("install {package}"), install)
}
