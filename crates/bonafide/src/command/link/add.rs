//! `bonafide link add`.

use std::{path::Path, time::Instant};

use bonafide_formats::limits::Limits;
use bonafide_linkage::people::{self, Added, Index};

use super::people::{index_failed, open, print_timings, report, unreadable};
use crate::{
    cli::{Add, Global},
    config,
    output::{self, Sink},
    status::{Failure, Status},
    usage,
};

pub(super) fn run(global: &Global, arguments: &Add) -> Result<Status, Failure> {
    let started = Instant::now();
    let settings = config::load(global, None)?.settings;
    let limits = Limits { unpacked: super::MOST_UNPACKED, ..settings.limits.to_limits() };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .build()
        .map_err(|source| Failure::internal("cannot start threads", "ask for fewer with --threads", source))?;
    let mut index = Index::open(&arguments.index, None).map_err(index_failed)?;
    // Nothing is said or kept on the ground of an index that is damaged.
    index.verify().map_err(index_failed)?;
    let before = usage::of_self();
    let (mut applicants, problems) = people::read(&arguments.input.display().to_string(), open(&arguments.input)?, &limits)
        .map_err(|error| unreadable(&arguments.input, &error))?;
    let mut bad_rows = report(&arguments.input, &problems);
    if let Some(path) = &arguments.resumes {
        let (_, problems) = people::read_resumes(&path.display().to_string(), open(path)?, &limits, &mut applicants)
            .map_err(|error| unreadable(path, &error))?;
        bad_rows += report(path, &problems);
    }
    let (mut all, mut known): (Vec<Added>, Vec<u32>) = (Vec::new(), Vec::new());
    let take = |row: u32, added: Option<Added>| match added {
        Some(added) => all.push(added),
        None => known.push(row),
    };
    index.add(&applicants, &applicants.in_input_order(), take).map_err(index_failed)?;
    for &row in &known {
        let (path, id) = (arguments.input.display(), applicants.id(row));
        output::error(&format!("{path}: the id {id:?} is in the index already; give each application an id of its own"));
    }
    bad_rows += known.len() as u64;
    if !arguments.dry_run {
        index.commit().map_err(index_failed)?;
    }
    let mut sink = Sink::open(arguments.out.as_deref().unwrap_or(Path::new("-")))?;
    for added in &all {
        sink.write(&super::index::line(&added.line)?)?;
    }
    sink.finish()?;
    if !arguments.dry_run && index.should_relink().map_err(index_failed)? {
        if !settings.quiet {
            output::note("one in ten applications is new since all were linked; linking all anew");
        }
        pool.install(|| index.relink()).map_err(index_failed)?;
    }
    if global.timings {
        let mut each: Vec<std::time::Duration> = all.iter().map(|added| added.took).collect();
        print_timings(all.len(), started, before, &mut each);
    }
    Ok(if bad_rows > 0 { Status::SomeUnreadable } else { Status::Done })
}
