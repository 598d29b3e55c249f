//! One line in, one line out, in order: what the commands on JSON lines have in common.

use std::{
    fs::File,
    io,
    path::Path,
    time::{Duration, Instant},
};

use bonafide_formats::{
    error::Error,
    limits::Limits,
    packed::{self, Lines},
};

use crate::{
    batch::Batch,
    cli::{Global, LinesInOut},
    config,
    output::{self, Sink},
    status::{Failure, Status},
    usage,
};

/// Bytes of lines that are answered together: handing one over costs more than answering it.
const CHUNK_BYTES: usize = 1 << 16;
/// Lines that are answered together at most.
const CHUNK_LINES: usize = 256;
/// The longest line, in bytes.
const LONGEST_LINE: u64 = 16 << 20;
/// Lines with a problem that are named; all are counted.
const NAMED_LINES: usize = 20;

/// The answer to one line.
pub(super) struct Answer {
    /// One line of JSON.
    pub(super) text: String,
    /// Why the line could not be answered as asked; the answer says so too.
    pub(super) problem: Option<String>,
}

/// Answers every line of the input, or the reason that it could not be read; `noun` is what the lines are called, such as `messages`.
/// Empty lines are none.
pub(super) fn run(
    global: &Global,
    arguments: &LinesInOut,
    noun: &'static str,
    answer: impl Fn(Result<&[u8], String>) -> Answer + Sync,
) -> Result<Status, Failure> {
    let settings = config::load(global, None)?.settings;
    let source = Source::open(&arguments.input, noun)?;
    let mut sink = Sink::open(&arguments.out)?;
    let load = usage::of_self();
    let batch = Batch { threads: settings.threads, quiet: settings.quiet, noun, total: None, at_once: 1 };
    let mut problems = Problems { noun, count: 0, named: Vec::new() };
    let mut times = Vec::new();
    let mut measured = batch.run(
        || source,
        |chunk: Chunk| answer_chunk(chunk, &answer),
        |answered| {
            sink.write(&answered.text)?;
            times.extend(answered.times);
            problems.take(answered.problems);
            answered.ended.map_or(Ok(()), Err)
        },
    )?;
    sink.finish()?;
    problems.report();
    let interrupted = measured.interrupted;
    if global.timings {
        measured.of_items(times);
        measured.print(load, &[]);
    }
    if interrupted {
        return Err(Failure::Interrupted { done: "the answers written so far".to_owned() });
    }
    Ok(if problems.count > 0 { Status::SomeUnreadable } else { Status::Done })
}

/// Some lines, numbered.
#[derive(Default)]
struct Chunk {
    lines: Vec<(u64, Result<Vec<u8>, String>)>,
    /// Why reading stopped before the end.
    ended: Option<Failure>,
}

/// The lines, a chunk at a time.
struct Source {
    name: String,
    noun: &'static str,
    lines: Lines<'static>,
    number: u64,
    ended: bool,
}

impl Source {
    fn open(path: &Path, noun: &'static str) -> Result<Self, Failure> {
        let name = if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() };
        let limits = Limits { bytes: LONGEST_LINE, ..Limits::default() };
        let unreadable = |why: String| Failure::Unreadable {
            what: format!("cannot read the {noun} of {name}: {why}"),
            hint: "name a file of JSON lines, plain, .gz or .xz; - is standard input".to_owned(),
        };
        let lines = if path == Path::new("-") {
            packed::lines(io::stdin(), &limits)
        } else {
            packed::lines(File::open(path).map_err(|error| unreadable(error.to_string()))?, &limits)
        };
        let lines = lines.map_err(|error| unreadable(error.to_string()))?;
        Ok(Self { name, noun, lines, number: 0, ended: false })
    }
}

impl Iterator for Source {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        let mut chunk = Chunk::default();
        let mut bytes = 0;
        while !self.ended && bytes < CHUNK_BYTES && chunk.lines.len() < CHUNK_LINES {
            match self.lines.next_line() {
                None => self.ended = true,
                Some(Ok(line)) => {
                    self.number = line.number;
                    if !line.bytes.trim_ascii().is_empty() {
                        bytes += line.bytes.len();
                        chunk.lines.push((line.number, Ok(line.bytes.to_vec())));
                    }
                }
                Some(Err(error @ Error::OverLimit { .. })) => {
                    self.number += 1;
                    chunk.lines.push((self.number, Err(error.to_string())));
                }
                Some(Err(error)) => {
                    self.ended = true;
                    chunk.ended = Some(Failure::Unreadable {
                        what: format!("cannot read on in {}: {error}; the {} before were answered", self.name, self.noun),
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
    problems: Vec<String>,
    ended: Option<Failure>,
}

fn answer_chunk(chunk: Chunk, answer: &(impl Fn(Result<&[u8], String>) -> Answer + Sync)) -> Answered {
    let mut answered = Answered { text: String::new(), times: Vec::new(), problems: Vec::new(), ended: chunk.ended };
    for (number, line) in chunk.lines {
        let started = Instant::now();
        let answer = answer(line.as_deref().map_err(Clone::clone));
        if let Some(why) = answer.problem {
            answered.problems.push(format!("line {number}: {why}"));
        }
        answered.text.push_str(&answer.text);
        answered.text.push('\n');
        answered.times.push(started.elapsed());
    }
    answered
}

/// The lines that could not be answered as asked.
struct Problems {
    noun: &'static str,
    count: usize,
    named: Vec<String>,
}

impl Problems {
    fn take(&mut self, problems: Vec<String>) {
        self.count += problems.len();
        let room = NAMED_LINES.saturating_sub(self.named.len());
        self.named.extend(problems.into_iter().take(room));
    }

    fn report(&self) {
        self.named.iter().for_each(|line| output::error(line));
        if self.count > self.named.len() {
            output::error(&format!("{} more lines are no {}", self.count - self.named.len(), self.noun));
        }
    }
}
