//! The commands, one file each.

mod anew;
mod case;
mod checks;
mod config;
mod doctor;
mod intel;
mod link;
mod lists;
mod resume;
mod screen;
mod serve;
mod shell;
mod vet;
mod worker;

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
        Command::Vet(arguments) => vet::run(&cli.global, &arguments),
        Command::Worker => worker::run(),
        Command::Case(arguments) => case::run(&cli.global, &arguments),
        Command::Link(arguments) => link::run(&cli.global, &arguments),
        Command::Lists(arguments) => lists::run(&cli.global, &arguments),
        Command::Screen(arguments) => screen::run(&cli.global, &arguments),
        Command::Intel(arguments) => intel::run(&cli.global, &arguments),
        Command::Resume(arguments) => resume::run(&cli.global, &arguments),
        Command::Serve(arguments) => serve::run(&cli.global, &arguments),
        Command::Doctor => doctor::run(&cli.global),
    }
}
