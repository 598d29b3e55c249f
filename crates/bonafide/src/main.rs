//! The program.
//!
//! `main` only parses the command line, installs what must be process-wide (allocator limit, panic hook, interrupt) and turns the
//! outcome into an exit status. Each command is one file in `command/`.

mod batch;
mod cli;
mod command;
mod config;
mod graph;
mod inputs;
mod interrupt;
mod lists;
mod noticed;
mod output;
mod pile;
mod reader;
mod status;
mod usage;
mod vetted;

use std::{alloc::System, process::ExitCode};

use cap::Cap;
use clap::Parser;

use crate::{cli::Cli, status::Failure};

/// Workers that parse foreign bytes run under a memory limit: this allocator refuses beyond it, the worker dies, and its parent
/// names the file. The main process runs without a limit.
#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

fn main() -> ExitCode {
    silence_isolated_panics();
    interrupt::install();
    let cli = Cli::parse();
    match command::run(cli) {
        Ok(status) => status.into(),
        Err(failure) => report(&failure),
    }
}

fn report(failure: &Failure) -> ExitCode {
    output::error(&failure.to_text());
    failure.status().into()
}

/// A panic inside an isolated check or reader is reported as an outcome; printing it as well would frighten without informing.
fn silence_isolated_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !bonafide_engine::isolate::isolating() {
            usual(info);
        }
    }));
}
