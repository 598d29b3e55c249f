//! The README's first command, run as it stands there, and its sample of the output, which must be real.

use anyhow::{Context as _, Result, bail};

use crate::shell::{cargo, root};

/// Columns of the sample in the README.
const WIDTH: &str = "100";

/// Runs the first `sh` block. With `optimised` it is taken word for word; otherwise `--release` is left out, so that a developer's
/// loop does not wait for an optimised build.
pub(crate) fn check(optimised: bool) -> Result<()> {
    let text = std::fs::read_to_string(root().join("README.md")).context("reading README.md")?;
    let command = fenced(&text, "sh").next().context("README.md has no fenced sh block")?;
    println!("── README: {}", command.trim());
    let mut words = command.split_whitespace();
    if words.next() != Some("cargo") || command.trim().lines().count() != 1 {
        bail!("README.md: the first fenced sh block is not one cargo command: {command}");
    }
    let arguments: Vec<&str> = words.filter(|&word| optimised || word != "--release").collect();
    let store = tempfile::tempdir()?;
    let output = cargo(&arguments).env("BONAFIDE_DATA", store.path()).env("COLUMNS", WIDTH).output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        bail!("README.md: the first command fails ({}): {}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    for sample in fenced(&text, "text") {
        let mut said = said.lines();
        for line in sample.lines().filter(|line| !line.trim().is_empty()) {
            if !said.any(|other| other.trim_end() == line.trim_end()) {
                bail!("README.md shows a line that the command does not print there:\n{line}");
            }
        }
    }
    Ok(())
}

/// The blocks of one language.
fn fenced<'t>(text: &'t str, language: &'t str) -> impl Iterator<Item = &'t str> {
    text.split("\n```").skip(1).step_by(2).filter_map(move |block| block.strip_prefix(language)?.strip_prefix('\n'))
}
