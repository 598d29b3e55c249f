//! `cargo xtask bench-…`: the figures of `BENCHMARKS.md`, each by one command.
//!
//! A benchmark prints rows `what · figure · goal · reached`. Figures are counts, CPU time and bytes before wall time: machines are
//! noisy. The data sets are those of `BONAFIDE_TEST_DATA`; a benchmark without its data is an error, never a pass.

mod applications;
mod bad_input;
mod career;
mod dice;
mod documents;
mod emails;
mod github;
mod intel_extract;
mod intel_stix;
mod links;
mod program;
mod promises;
mod start;
mod store;
mod watchlist;
mod weight;

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::Subcommand;

use crate::shell::root;

/// The benchmarks.
#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    /// A folder of 200 applications with PDF résumés: CPU per application, p99, memory
    #[command(name = "bench-vet")]
    Vet,
    /// Start of the program
    #[command(name = "bench-start")]
    Start,
    /// 10,000 applicants of one set
    #[command(name = "bench-set")]
    Set,
    /// Planted metadata of documents
    #[command(name = "bench-documents")]
    Documents,
    /// Résumé fields against hand-written truth
    #[command(name = "bench-resumes")]
    Resumes,
    /// Planted contradictions: precision and recall per code
    #[command(name = "bench-contradictions")]
    Contradictions,
    /// False alarms on ordinary e-mail addresses, by clock region
    #[command(name = "bench-emails")]
    Emails,
    /// GitHub dumps: who fires, and the time of one
    #[command(name = "bench-github")]
    Github,
    /// Links between applicants: persons, rings, honest false alarms, résumés of one template
    #[command(name = "bench-links")]
    Links {
        /// A million flat applications too
        #[arg(long)]
        million: bool,
    },
    /// Equal bytes: threads, order, replay, and the fairness swap
    #[command(name = "bench-promises")]
    Promises,
    /// The store: kills during ingest, damage to the log, erasure
    #[command(name = "bench-store")]
    Store,
    /// Hostile and broken inputs: time of a file, memory
    #[command(name = "bench-bad-input")]
    BadInput,
    /// Watch lists: accuracy, false alarms and time of screening
    #[command(name = "bench-watchlist")]
    Watchlist,
    /// Intel: indicators out of chat, STIX objects and patterns
    #[command(name = "bench-intel")]
    Intel,
    /// Edit one check and run its cases
    #[command(name = "bench-loop")]
    Loop,
    /// Crates, binary, cold build
    #[command(name = "bench-weight")]
    Weight {
        /// Measure the cold release build too (minutes)
        #[arg(long)]
        cold: bool,
    },
}

pub(crate) fn run(bench: &Bench) -> Result<()> {
    match bench {
        Bench::Vet => applications::vet_folder(),
        Bench::Set => applications::vet_set(),
        Bench::Start => start::run(),
        Bench::Watchlist => watchlist::run(),
        Bench::Intel => intel_extract::run().and_then(|()| intel_stix::run()),
        Bench::Documents => documents::metadata(),
        Bench::Resumes => documents::resumes(),
        Bench::Contradictions => career::run(),
        Bench::Emails => emails::run(),
        Bench::Github => github::run(),
        Bench::Links { million } => links::run(*million),
        Bench::Promises => promises::run(),
        Bench::Store => store::run(),
        Bench::BadInput => bad_input::run(),
        Bench::Loop => start::edit_loop(),
        Bench::Weight { cold } => weight::run(*cold),
    }
}

/// A folder or file of the test data.
fn data(relative: &str) -> Result<PathBuf> {
    let base = std::env::var_os("BONAFIDE_TEST_DATA").map_or_else(|| root().join("../shared/data"), PathBuf::from);
    let path = base.join(relative);
    if !path.exists() {
        bail!("{} is not there: set BONAFIDE_TEST_DATA to the folder of the data sets", path.display());
    }
    path.canonicalize().with_context(|| format!("resolving {}", path.display()))
}

/// A fresh folder for one benchmark below the target folder.
fn scratch(name: &str) -> Result<PathBuf> {
    let folder = std::env::temp_dir().join("bonafide-bench").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Prints one row.
fn row(what: &str, figure: &str, goal: &str, reached: bool) {
    println!("{} {what}: {figure} (goal {goal})", if reached { "  ok  " } else { " SHORT" });
}
