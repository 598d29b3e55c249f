//! `bonafide completions` and `bonafide man`.

use std::path::Path;

use clap::CommandFactory as _;

use crate::{
    cli::Cli,
    output::Sink,
    status::{Failure, Status},
};

pub(crate) fn completions(shell: clap_complete::Shell) -> Result<Status, Failure> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "bonafide", &mut bytes);
    let mut sink = Sink::open(Path::new("-"))?;
    sink.write(&String::from_utf8_lossy(&bytes))?;
    sink.finish()?;
    Ok(Status::Done)
}

pub(crate) fn manual(folder: &Path) -> Result<Status, Failure> {
    let failed = |source| {
        Failure::internal(
            format!("cannot write manual pages into {}", folder.display()),
            "name a folder that is writable",
            source,
        )
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    clap_mangen::generate_to(Cli::command(), folder).map_err(failed)?;
    Ok(Status::Done)
}
