//! `bonafide link add`.

use std::{path::Path, time::Instant};

use bonafide_formats::limits::Limits;
use bonafide_linkage::people::{self, Index};

use super::people::{index_failed, open, print_timings, report, unreadable, write};
use crate::{
    cli::{Add, Global},
    config,
    status::{Failure, Status},
    usage,
};

pub(super) fn run(global: &Global, arguments: &Add) -> Result<Status, Failure> {
    let started = Instant::now();
    let before = usage::of_self();
    let settings = config::load(global, None)?.settings;
    let limits = Limits { unpacked: super::MOST_UNPACKED, ..settings.limits.to_limits() };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .build()
        .map_err(|source| Failure::internal("cannot start threads", "ask for fewer with --threads", source))?;
    let mut index = Index::open(&arguments.index).map_err(|error| index_failed(&error))?;
    let name = arguments.resumes.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
    let texts = arguments.resumes.as_ref().map(|path| open(path)).transpose()?.map(|source| (name.as_str(), source));
    let added = index
        .add(&arguments.input.display().to_string(), open(&arguments.input)?, texts, &limits)
        .map_err(|error| unreadable(&arguments.input, &error))?;
    let bad_rows = report(&arguments.input, &added.problems);
    let linked = pool.install(|| people::link(&added.applicants));
    if !arguments.dry_run {
        index.keep(&added).map_err(|error| index_failed(&error))?;
    }
    let names = linked.names_by_age(&added.applicants, |row| added.age(row));
    let out = arguments.out.as_deref().unwrap_or(Path::new("-"));
    pool.install(|| write(out, &added.applicants, &linked, &names, &added.rows))?;
    if global.timings {
        print_timings(added.rows.len(), started, before);
    }
    Ok(if bad_rows > 0 { Status::SomeUnreadable } else { Status::Done })
}
