//! `bonafide link people`.

use std::{fs::File, io::Read, path::Path, time::Instant};

use bonafide_formats::{limits::Limits, packed};
use bonafide_linkage::people::{self, Applicants, Index, Linked, Mark, Names, Problems};
use rayon::prelude::*;
use serde::Serialize;

use crate::{
    cli::{Global, People},
    config,
    interrupt::interrupted,
    output::{self, Sink},
    status::{Failure, Status},
    usage::{self, Usage},
};

/// Lines that are formed at a time.
const LINES: usize = 8_192;
/// Bad rows that are named.
const NAMED: usize = 20;

pub(crate) fn run(global: &Global, arguments: &People) -> Result<Status, Failure> {
    let started = Instant::now();
    let before = usage::of_self();
    let settings = config::load(global, None)?.settings;
    let limits = Limits { unpacked: super::MOST_UNPACKED, ..settings.limits.to_limits() };
    let (mut applicants, problems) = people::read(&arguments.input.display().to_string(), open(&arguments.input)?, &limits)
        .map_err(|error| unreadable(&arguments.input, &error))?;
    let mut bad_rows = report(&arguments.input, &problems);
    if let Some(path) = &arguments.resumes {
        let (orphans, problems) = people::read_resumes(&path.display().to_string(), open(path)?, &limits, &mut applicants)
            .map_err(|error| unreadable(path, &error))?;
        bad_rows += report(path, &problems);
        if orphans > 0 && !settings.quiet {
            output::note(&format!("{}: {} of applications that are not there", path.display(), output::count(orphans, "text")));
        }
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .build()
        .map_err(|source| Failure::internal("cannot start threads", "ask for fewer with --threads", source))?;
    let mut linked = pool.install(|| people::link(&applicants));
    let mut bad = Vec::new();
    if let Some(path) = &arguments.known_bad {
        let (rows, unknown) = known_bad(path, &applicants, &limits)?;
        if unknown > 0 && !settings.quiet {
            output::note(&format!("{}: {} of nobody in this set", path.display(), output::count(unknown, "id")));
        }
        linked.set_known_bad(&rows);
        bad = rows;
    }
    let names = linked.names(&applicants);
    let rows = applicants.in_input_order();
    pool.install(|| write(arguments.out.as_deref().unwrap_or(Path::new("-")), &applicants, &linked, &names, &rows))?;
    if let Some(folder) = &arguments.index {
        pool.install(|| keep(folder, arguments, &applicants, &linked, &bad))?;
    }
    if !settings.quiet {
        output::note(&summary(&applicants, &linked));
    }
    if global.timings {
        print_timings(applicants.rows(), started, before, &mut []);
    }
    Ok(if bad_rows > 0 { Status::SomeUnreadable } else { Status::Done })
}

pub(crate) fn open(path: &Path) -> Result<Box<dyn Read + Send>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(std::io::stdin()));
    }
    if path.is_dir() {
        return Err(unreadable(path, &std::io::Error::other("this is a folder")));
    }
    Ok(Box::new(File::open(path).map_err(|error| unreadable(path, &error))?))
}

pub(crate) fn unreadable(path: &Path, error: &dyn std::error::Error) -> Failure {
    let mut why = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        why = format!("{why}: {error}");
        cause = error.source();
    }
    Failure::Unreadable {
        what: format!("{}: {why}", path.display()),
        hint: "name a file of applications: JSON lines or CSV with the headings id, first_name, last_name, email, phone …"
            .to_owned(),
    }
}

pub(crate) fn report(path: &Path, problems: &Problems) -> u64 {
    for problem in problems.named.iter().take(NAMED) {
        output::error(&format!("{}, line {}: {}", path.display(), problem.line, problem.why));
    }
    let more = problems.count.saturating_sub(NAMED as u64);
    if more > 0 {
        output::error(&format!("{}: {more} more lines could not be read", path.display()));
    }
    problems.count
}

/// Rows of the ids in a file, one a line, and how many are of nobody.
fn known_bad(path: &Path, applicants: &Applicants, limits: &Limits) -> Result<(Vec<u32>, u64), Failure> {
    let mut lines = packed::lines(open(path)?, limits).map_err(|error| unreadable(path, &error))?;
    let (mut rows, mut unknown) = (Vec::new(), 0);
    while let Some(line) = lines.next_line() {
        let line = line.map_err(|error| unreadable(path, &error))?;
        let id = String::from_utf8_lossy(line.bytes);
        let id = id.trim().trim_matches('"');
        if id.is_empty() || id.starts_with('#') {
            continue;
        }
        match applicants.row_of(id) {
            Some(row) => rows.push(row),
            None => unknown += 1,
        }
    }
    Ok((rows, unknown))
}

/// Writes the index of what was linked.
fn keep(folder: &Path, arguments: &People, applicants: &Applicants, linked: &Linked, bad: &[u32]) -> Result<(), Failure> {
    let source = arguments.known_bad.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
    let marks: Vec<Mark> = bad
        .iter()
        .map(|&row| Mark {
            id: applicants.id(row).to_owned(),
            is_bad: true,
            by: "link people".to_owned(),
            why: format!("named in {source}"),
            at: super::index::now(),
        })
        .collect();
    Index::create(folder, applicants, linked, &marks, None).map_err(index_failed).map(|_| ())
}

/// An index that cannot be used.
pub(super) fn index_failed(error: bonafide_linkage::Error) -> Failure {
    use bonafide_linkage::Error;
    if matches!(error, Error::NotInIndex { .. } | Error::OneApplication { .. }) {
        return Failure::usage(error.to_string(), "give the id as it stood in the application that was linked");
    }
    Failure::usage_because(
        "the index cannot be used",
        "name a folder with an index that `bonafide link people --index` made",
        error,
    )
}

/// Writes the lines of some rows.
pub(super) fn write(path: &Path, applicants: &Applicants, linked: &Linked, names: &Names, rows: &[u32]) -> Result<(), Failure> {
    let mut sink = Sink::open(path)?;
    for rows in rows.chunks(LINES) {
        if interrupted() {
            return Err(Failure::Interrupted { done: "the lines written so far".to_owned() });
        }
        let texts: Vec<String> = rows.par_iter().map(|&row| line(applicants, linked, names, row)).collect::<Result<_, _>>()?;
        texts.iter().try_for_each(|text| sink.write(text))?;
    }
    sink.finish()
}

fn line(applicants: &Applicants, linked: &Linked, names: &Names, row: u32) -> Result<String, Failure> {
    let mut text = serde_json::to_string(&linked.line(applicants, names, row))
        .map_err(|source| Failure::internal("cannot form a line", "report this as a defect", source))?;
    text.push('\n');
    Ok(text)
}

/// What was found, for people.
fn summary(applicants: &Applicants, linked: &Linked) -> String {
    format!(
        "{}, {} of applications and {} of persons compared; {} in {}",
        output::count(applicants.rows(), "application"),
        output::count(linked.compared, "pair"),
        output::count(linked.weighed(), "pair"),
        output::count(linked.flagged(), "persona"),
        output::count(linked.rings(), "ring")
    )
}

/// The line of `--timings`. Where all are linked at once no application has a time of its own.
#[derive(Serialize)]
struct Timings {
    items: usize,
    wall_ms: u64,
    cpu_ms: Option<u64>,
    load_ms: Option<u64>,
    peak_rss_kb: Option<u64>,
    p50_us: Option<u64>,
    p99_us: Option<u64>,
}

/// Prints the line of `--timings`; `each` holds the times of single items where they have any.
pub(crate) fn print_timings(items: usize, started: Instant, before: Option<Usage>, each: &mut [std::time::Duration]) {
    let after = usage::of_self();
    each.sort_unstable();
    let percentile = |of_hundred: usize| {
        let at = (each.len() * of_hundred).div_ceil(100).saturating_sub(1);
        each.get(at).map(|time| u64::try_from(time.as_micros()).unwrap_or(u64::MAX))
    };
    let milliseconds = |time: std::time::Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    let timings = Timings {
        items,
        wall_ms: milliseconds(started.elapsed()),
        cpu_ms: after.zip(before).map(|(after, before)| milliseconds(after.cpu.saturating_sub(before.cpu))),
        load_ms: before.map(|before| milliseconds(before.cpu)),
        peak_rss_kb: after.map(|after| after.peak_rss_kb),
        p50_us: percentile(50),
        p99_us: percentile(99),
    };
    if let Ok(line) = serde_json::to_string(&timings) {
        output::note(&line);
    }
}
