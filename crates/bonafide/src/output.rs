//! Where output goes: results to standard output or a file, everything else to standard error.

#![allow(clippy::print_stderr, reason = "this is the one place that writes to standard error")]

use std::{
    fs::File,
    io::{self, BufWriter, IsTerminal, Write},
    path::{Path, PathBuf},
};

use crate::status::Failure;

/// Says an error to the user.
pub(crate) fn error(text: &str) {
    eprintln!("bonafide: {text}");
}

/// Says something to the user that is no result.
pub(crate) fn note(text: &str) {
    eprintln!("{text}");
}

/// A count with its noun: `1 file`, `3 files`.
pub(crate) fn count(number: impl TryInto<u64>, one: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// A sink for results: `-` is standard output.
pub(crate) struct Sink {
    name: PathBuf,
    writer: Box<dyn Write>,
}

impl Sink {
    /// Opens a sink.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let writer: Box<dyn Write> = if path == Path::new("-") {
            Box::new(BufWriter::new(io::stdout().lock()))
        } else {
            let file = File::create(path).map_err(|source| {
                Failure::internal(
                    format!("cannot write {}", path.display()),
                    "name a file in a folder that exists and is writable",
                    source,
                )
            })?;
            Box::new(BufWriter::new(file))
        };
        Ok(Self { name: path.to_owned(), writer })
    }

    /// Writes text.
    pub(crate) fn write(&mut self, text: &str) -> Result<(), Failure> {
        self.writer.write_all(text.as_bytes()).or_else(|source| self.failed(source))
    }

    /// Lets a reader see what was written so far.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        self.writer.flush().or_else(|source| self.failed(source))
    }

    /// Flushes; call it before the end, so that a full disk is an error and not silence.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.writer.flush().or_else(|source| self.failed(source))
    }

    fn failed(&self, source: io::Error) -> Result<(), Failure> {
        // A reader that has seen enough (`| head`) closes the pipe; that is no failure of ours.
        if source.kind() == io::ErrorKind::BrokenPipe {
            return Ok(());
        }
        Err(Failure::internal(format!("writing {}", self.name.display()), "check the disk and its free space", source))
    }
}

/// Whether standard output is a terminal that may be coloured: `NO_COLOR` is honoured (no-color.org).
pub(crate) fn may_colour(when: crate::cli::Colour) -> bool {
    use crate::cli::Colour;
    match when {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

/// Columns to write reports in: those of the terminal, or 100 where output is no terminal.
pub(crate) fn terminal_width() -> usize {
    use terminal_size::{Width, terminal_size};
    if !io::stdout().is_terminal() {
        return 100;
    }
    terminal_size().map_or(100, |(Width(columns), _)| usize::from(columns))
}
