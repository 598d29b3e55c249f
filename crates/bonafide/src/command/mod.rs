//! The commands, one file each.

mod checks;
mod config;
mod shell;

use crate::{
    cli::{Cli, Command},
    status::{Failure, Status},
};

/// Runs the command that was given.
pub(crate) fn run(cli: Cli) -> Result<Status, Failure> {
    match cli.command {
        Command::Checks(arguments) => checks::run(&arguments),
        Command::Config(arguments) => config::run(&cli.global, &arguments),
        Command::Completions { shell } => shell::completions(shell),
        Command::Man { folder } => shell::manual(&folder),
        _ => Err(Failure::usage("not built yet", "")),
    }
}
