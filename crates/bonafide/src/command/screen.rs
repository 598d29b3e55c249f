//! `bonafide screen`: a stream of queries against watch lists.

use std::{
    fs::File,
    io,
    path::Path,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use bonafide_formats::{
    limits::Limits,
    packed::{self, Lines},
};
use bonafide_watchlist::{
    screening::{Screener, Search},
    wire::{AnswerLine, QueryLine},
};
use serde_json::Value;

use crate::{
    batch::Batch,
    cli::{Global, Screen},
    config, lists,
    output::{self, Sink},
    status::{Failure, Status},
    usage,
};

/// Queries that are answered together: handing one over costs as much as a tenth of an answer.
const CHUNK: usize = 64;
/// The longest line of a query, in bytes.
const LONGEST_LINE: u64 = 1 << 20;
/// Unanswered lines that are named; all are counted.
const NAMED_LINES: usize = 20;

pub(crate) fn run(global: &Global, arguments: &Screen) -> Result<Status, Failure> {
    if !(0.0..=1.0).contains(&arguments.threshold) {
        return Err(Failure::usage(
            format!("--threshold {} is no score", arguments.threshold),
            "give a number from 0 to 1; 0 shows everybody who fits at all",
        ));
    }
    let settings = config::load(global, None)?.settings;
    if arguments.lists.is_empty() && arguments.index.is_none() {
        return Err(Failure::usage(
            "there is nothing to screen against",
            "name list files with --lists, or an index with --index",
        ));
    }
    let (screener, incomplete) = lists::screener(&arguments.lists, arguments.index.as_deref(), settings.quiet)?;
    let queries = Queries::open(&arguments.input)?;
    let mut sink = Sink::open(&arguments.out)?;
    let load = usage::of_self();

    let batch = Batch { threads: settings.threads, quiet: settings.quiet, noun: "queries", total: None, at_once: CHUNK as u64 };
    let searches = Mutex::new(Vec::new());
    let mut unanswered = Unanswered::default();
    let mut times = Vec::new();
    let mut measured = batch.run(
        || queries,
        |chunk: Chunk| {
            let mut search: Search = searches.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
            let answered = answer(&screener, &mut search, chunk, arguments);
            searches.lock().unwrap_or_else(PoisonError::into_inner).push(search);
            answered
        },
        |answered| {
            sink.write(&answered.text)?;
            times.extend(answered.times);
            unanswered.take(answered.failed);
            answered.ended.map_or(Ok(()), Err)
        },
    )?;
    sink.finish()?;
    unanswered.report();
    let interrupted = measured.interrupted;
    if global.timings {
        measured.of_items(times);
        measured.print(load, &[]);
    }
    if interrupted {
        return Err(Failure::Interrupted { done: "the answers written so far".to_owned() });
    }
    Ok(if incomplete || unanswered.count > 0 { Status::SomeUnreadable } else { Status::Done })
}

/// Some lines of the queries, numbered.
#[derive(Default)]
struct Chunk {
    lines: Vec<(u64, Result<Vec<u8>, String>)>,
    /// Why reading stopped before the end.
    ended: Option<Failure>,
}

/// The queries, a chunk at a time. Empty lines are none.
struct Queries {
    name: String,
    lines: Lines<'static>,
    ended: bool,
}

impl Queries {
    fn open(path: &Path) -> Result<Self, Failure> {
        let name = if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() };
        let limits = Limits { bytes: LONGEST_LINE, ..Limits::default() };
        let unreadable = |why: String| Failure::Unreadable {
            what: format!("cannot read the queries of {name}: {why}"),
            hint: "name a file of JSON lines, plain, .gz or .xz; - is standard input".to_owned(),
        };
        let lines = if path == Path::new("-") {
            packed::lines(io::stdin(), &limits)
        } else {
            packed::lines(File::open(path).map_err(|error| unreadable(error.to_string()))?, &limits)
        };
        let lines = lines.map_err(|error| unreadable(error.to_string()))?;
        Ok(Self { name, lines, ended: false })
    }
}

impl Iterator for Queries {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        let mut chunk = Chunk::default();
        let mut number = 0;
        while !self.ended && chunk.lines.len() < CHUNK {
            match self.lines.next_line() {
                None => self.ended = true,
                Some(Ok(line)) => {
                    number = line.number;
                    if !line.bytes.trim_ascii().is_empty() {
                        chunk.lines.push((line.number, Ok(line.bytes.to_vec())));
                    }
                }
                Some(Err(error @ bonafide_formats::error::Error::OverLimit { .. })) => {
                    number += 1;
                    chunk.lines.push((number, Err(error.to_string())));
                }
                Some(Err(error)) => {
                    self.ended = true;
                    chunk.ended = Some(Failure::Unreadable {
                        what: format!("cannot read on in {}: {error}; the queries before were answered", self.name),
                        hint: "make the file anew, or unpack it to see where it breaks".to_owned(),
                    });
                }
            }
        }
        (!chunk.lines.is_empty() || chunk.ended.is_some()).then_some(chunk)
    }
}

/// Answers, one a line, and how long each took.
struct Answered {
    text: String,
    times: Vec<Duration>,
    failed: Vec<String>,
    ended: Option<Failure>,
}

fn answer(screener: &Screener, search: &mut Search, chunk: Chunk, arguments: &Screen) -> Answered {
    let mut answered = Answered { text: String::new(), times: Vec::new(), failed: Vec::new(), ended: chunk.ended };
    for (number, line) in chunk.lines {
        let started = Instant::now();
        let line = match line.map_err(|why| (Value::Null, why)).and_then(|bytes| query(&bytes)) {
            Ok(query) => {
                let (wanted, notes) = query.wanted();
                let hits = screener.screen(search, &wanted, arguments.limit, arguments.threshold);
                AnswerLine::of(query.qid, &hits, notes)
            }
            Err((qid, why)) => {
                let why = format!("line {number}: {why}");
                answered.failed.push(why.clone());
                AnswerLine::failed(qid, why)
            }
        };
        // Texts, numbers and lists of them: there is nothing that JSON could not hold.
        answered.text.push_str(&serde_json::to_string(&line).unwrap_or_default());
        answered.text.push('\n');
        answered.times.push(started.elapsed());
    }
    answered
}

/// Reads a query; where it is none, says why in words for who wrote it.
fn query(bytes: &[u8]) -> Result<QueryLine, (Value, String)> {
    serde_json::from_slice(bytes).map_err(|error| {
        // The place within one line is its column.
        let said = error.to_string().replace(" at line 1 column ", ", column ");
        match serde_json::from_slice::<Value>(bytes) {
            Ok(value) => {
                (value["qid"].clone(), format!("not a query ({said}); write {{\"qid\":1,\"query\":{{\"name\":\"…\"}}}}"))
            }
            Err(_) => (Value::Null, format!("not JSON ({said})")),
        }
    })
}

/// The lines that were no queries.
#[derive(Default)]
struct Unanswered {
    count: usize,
    named: Vec<String>,
}

impl Unanswered {
    fn take(&mut self, failed: Vec<String>) {
        self.count += failed.len();
        let room = NAMED_LINES.saturating_sub(self.named.len());
        self.named.extend(failed.into_iter().take(room));
    }

    fn report(&self) {
        self.named.iter().for_each(|line| output::error(line));
        if self.count > self.named.len() {
            output::error(&format!("{} more lines are no queries", self.count - self.named.len()));
        }
    }
}
