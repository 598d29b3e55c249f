//! The repository's own tasks. `cargo xtask --help` lists them.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a task talks to the developer who called it")]

mod dev_tools;
mod shell;
mod task;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// The repository's own tasks.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Everything that must hold: format, lints, tests, documentation tests, generated documentation, dependency policy
    Test {
        /// The slow tests too: hundreds of kills, long fuzzing of stored inputs, whole data sets
        #[arg(long)]
        long: bool,
    },
    /// Write docs/checks from the catalogue
    Docs {
        /// Only compare; fail when stale
        #[arg(long)]
        check: bool,
    },
    /// Start a new check: one Rust file and one case file
    NewCheck {
        /// Stage: application, resume or `online_presence`
        stage: String,
        /// Slug, such as technology-older-than-itself
        slug: String,
        /// Code, such as BF-RES-006
        code: String,
    },
    #[command(flatten)]
    Bench(task::bench::Bench),
}

fn main() -> Result<()> {
    match Cli::parse().task {
        Task::Test { long } => task::test::run(long),
        Task::Docs { check } => task::docs::run(check),
        Task::NewCheck { stage, slug, code } => task::new_check::run(&stage, &slug, &code),
        Task::Bench(bench) => task::bench::run(&bench),
    }
}
