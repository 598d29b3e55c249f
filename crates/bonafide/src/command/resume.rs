//! `bonafide resume`: `read` here, and `pairs`.

mod pairs;

use std::{
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use bonafide_formats::limits::Limits;
use bonafide_intake::{
    folder::DocumentReader as _,
    resume::{self, json::JsonResume},
};
use serde::Serialize;

use crate::{
    batch::Batch,
    cli::{Global, Resume},
    config,
    output::{self, Sink},
    reader::WorkerReader,
    status::{Failure, Status},
    usage,
};

pub(crate) fn run(global: &Global, arguments: &Resume) -> Result<Status, Failure> {
    let (files, json, out) = match arguments {
        Resume::Read { files, json, out } => (files, json, out),
        Resume::Pairs(arguments) => return pairs::run(global, arguments),
    };
    let settings = config::load(global, None)?.settings;
    let limits = settings.limits.to_limits();
    let reader = WorkerReader::new(&limits)?;
    let mut sink = Sink::open(out.as_deref().unwrap_or(Path::new("-")))?;
    let batch =
        Batch {
            threads: settings.threads, quiet: settings.quiet, noun: "résumés", total: Some(files.len() as u64), at_once: 1
        };
    let load = usage::of_self();
    let mut unreadable = 0_u32;
    let measured = batch.run(
        || files.iter(),
        |path: &PathBuf| (path, read(path, &reader, &limits)),
        |(path, read)| match read {
            Err(reason) => {
                unreadable += 1;
                output::error(&format!("{}: {reason}", path.display()));
                Ok(())
            }
            Ok(value) => {
                let text = if *json { serde_json::to_string(&value) } else { serde_json::to_string_pretty(&value) };
                sink.write(&text.unwrap_or_default())?;
                sink.write("\n")
            }
        },
    )?;
    let interrupted = measured.interrupted;
    if global.timings {
        measured.print(load, &reader.processes());
    }
    sink.finish()?;
    if interrupted {
        return Err(Failure::Interrupted { done: "the résumés written so far".to_owned() });
    }
    Ok(if unreadable > 0 { Status::SomeUnreadable } else { Status::Done })
}

/// One line of output.
#[derive(Serialize)]
struct Read {
    /// The path as it was given.
    file: String,
    #[serde(flatten)]
    resume: JsonResume,
}

fn read(path: &Path, reader: &WorkerReader, limits: &Limits) -> Result<Read, String> {
    let bytes = bytes_of(path, limits)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let document = reader.document(&name, &bytes).map_err(|error| error.to_string())?;
    Ok(Read { file: path.to_string_lossy().into_owned(), resume: JsonResume::of(&resume::read(&document)) })
}

/// The bytes of a file or of standard input (`-`), where they are within the limit.
fn bytes_of(path: &Path, limits: &Limits) -> Result<Vec<u8>, String> {
    let mut source: Box<dyn io::Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        // A pipe that nobody writes to never ends.
        if !fs::metadata(path).map_err(|error| error.to_string())?.is_file() {
            return Err("not a file; give a PDF, DOCX, text or Markdown file, or - for standard input".to_owned());
        }
        Box::new(fs::File::open(path).map_err(|error| error.to_string())?)
    };
    let mut bytes = Vec::new();
    source.by_ref().take(limits.bytes + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > limits.bytes {
        return Err(format!("more than the limit of {} bytes (limits.file_mib)", limits.bytes));
    }
    Ok(bytes)
}
