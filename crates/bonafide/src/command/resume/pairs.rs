//! `bonafide resume pairs`.

use std::{path::Path, time::Instant};

use bonafide_formats::limits::Limits;
use bonafide_linkage::people::Resumes;

use crate::{
    cli::{Global, ResumePairs},
    command::link::people::{open, print_timings, report, unreadable},
    config,
    output::{self, Sink},
    status::{Failure, Status},
    usage,
};

/// What the texts may unpack to. Of each only its sentences and hashes of its words are kept.
const MOST_UNPACKED: u64 = 64 << 30;

pub(super) fn run(global: &Global, arguments: &ResumePairs) -> Result<Status, Failure> {
    let started = Instant::now();
    let before = usage::of_self();
    let settings = config::load(global, None)?.settings;
    let limits = Limits { unpacked: MOST_UNPACKED, ..settings.limits.to_limits() };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .build()
        .map_err(|source| Failure::internal("cannot start threads", "ask for fewer with --threads", source))?;
    let (resumes, problems) = Resumes::read(&arguments.input.display().to_string(), open(&arguments.input)?, &limits)
        .map_err(|error| unreadable(&arguments.input, &error))?;
    let bad_rows = report(&arguments.input, &problems);
    let pairs = pool.install(|| resumes.pairs());
    let mut sink = Sink::open(arguments.out.as_deref().unwrap_or(Path::new("-")))?;
    for pair in &pairs {
        let text = serde_json::to_string(pair)
            .map_err(|source| Failure::internal("cannot form a line", "report this as a defect", source))?;
        sink.write(&text)?;
        sink.write("\n")?;
    }
    sink.finish()?;
    if !settings.quiet {
        output::note(&format!("{}, {}", output::count(resumes.count(), "text"), output::count(pairs.len(), "pair")));
    }
    if global.timings {
        print_timings(resumes.count(), started, before, &mut []);
    }
    Ok(if bad_rows > 0 { Status::SomeUnreadable } else { Status::Done })
}
