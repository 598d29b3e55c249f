//! `bonafide link judge`, `history`, `known-bad`, `forget` and `relink`: an index and the people who decide about it.

use std::path::Path;

use bonafide_linkage::people::{Index, Judgement, Mark, Verdict};
use jiff::Timestamp;
use serde::Serialize;

use super::people::index_failed;
use crate::{
    cli::{Forget, Global, Judge, KnownBad, LinkHistory, LinkVerdict, Relink},
    config,
    output::{self, Sink},
    status::{Failure, Status},
};

pub(super) fn judge(arguments: &Judge) -> Result<Status, Failure> {
    let mut index = open(&arguments.index)?;
    let judgement = Judgement {
        one: arguments.one.clone(),
        other: arguments.other.clone(),
        verdict: match arguments.verdict {
            LinkVerdict::Same => Verdict::Same,
            LinkVerdict::NotSame => Verdict::NotSame,
            LinkVerdict::Unsure => Verdict::Unsure,
        },
        by: stated("--by", &arguments.by)?,
        why: stated("--why", &arguments.why)?,
        at: now(),
    };
    let judged = index.judge(judgement).map_err(index_failed)?;
    for earlier in &judged.overruled {
        output::note(&format!(
            "this overrules what {} judged on {}: {} and {} {} ({})",
            earlier.by,
            earlier.at,
            earlier.one,
            earlier.other,
            if earlier.verdict == Verdict::Same { "are one person's" } else { "are two people's" },
            earlier.why
        ));
    }
    print(&judged)?;
    Ok(Status::Done)
}

pub(super) fn history(arguments: &LinkHistory) -> Result<Status, Failure> {
    let index = open(&arguments.index)?;
    print(&index.history(&arguments.id).map_err(index_failed)?)?;
    Ok(Status::Done)
}

/// What `link known-bad` answers.
#[derive(Serialize)]
struct Marked {
    marked: usize,
    unknown: Vec<String>,
}

pub(super) fn known_bad(arguments: &KnownBad) -> Result<Status, Failure> {
    let mut index = open(&arguments.index)?;
    let (by, why, at) = (stated("--by", &arguments.by)?, stated("--why", &arguments.why)?, now());
    let mark = |id: &String, is_bad: bool| Mark { id: id.clone(), is_bad, by: by.clone(), why: why.clone(), at: at.clone() };
    let mut marks: Vec<Mark> = arguments.add.iter().map(|id| mark(id, true)).collect();
    marks.extend(arguments.withdraw.iter().map(|id| mark(id, false)));
    let all = marks.len();
    let unknown = index.mark(marks).map_err(index_failed)?;
    end(&Marked { marked: all - unknown.len(), unknown: unknown.clone() }, &unknown)
}

/// What `link forget` answers.
#[derive(Serialize)]
struct Forgotten {
    forgotten: usize,
    left: usize,
    unknown: Vec<String>,
}

pub(super) fn forget(global: &Global, arguments: &Forget) -> Result<Status, Failure> {
    let index = open(&arguments.index)?;
    let before = index.count().map_err(index_failed)?;
    let (index, unknown) = pool(global)?.install(|| index.forget(&arguments.ids)).map_err(index_failed)?;
    let left = index.count().map_err(index_failed)?;
    end(&Forgotten { forgotten: before - left, left, unknown: unknown.clone() }, &unknown)
}

/// What `link relink` answers.
#[derive(Serialize)]
struct Relinked {
    applications: usize,
}

pub(super) fn relink(global: &Global, arguments: &Relink) -> Result<Status, Failure> {
    let index = open(&arguments.index)?;
    let index = pool(global)?.install(|| index.relink()).map_err(index_failed)?;
    print(&Relinked { applications: index.count().map_err(index_failed)? })?;
    Ok(Status::Done)
}

/// Prints an answer; ids that are not there are named, the others were done.
fn end(answer: &impl Serialize, unknown: &[String]) -> Result<Status, Failure> {
    print(answer)?;
    unknown.iter().for_each(|id| output::error(&format!("the application {id:?} is not in the index; check its id")));
    Ok(if unknown.is_empty() { Status::Done } else { Status::SomeUnreadable })
}

fn open(folder: &Path) -> Result<Index, Failure> {
    Index::open(folder, None).map_err(index_failed)
}

fn pool(global: &Global) -> Result<rayon::ThreadPool, Failure> {
    let settings = config::load(global, None)?.settings;
    rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .build()
        .map_err(|source| Failure::internal("cannot start threads", "ask for fewer with --threads", source))
}

/// Who and why are not left empty.
fn stated(option: &str, text: &str) -> Result<String, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Failure::usage(format!("{option} is empty"), "say who decided, and why: it is kept with the decision"));
    }
    Ok(text.to_owned())
}

/// The time of a decision.
pub(super) fn now() -> String {
    Timestamp::from_second(Timestamp::now().as_second()).unwrap_or_default().to_string()
}

/// An answer as a line of JSON.
pub(super) fn line(answer: &impl Serialize) -> Result<String, Failure> {
    let mut text = serde_json::to_string(answer)
        .map_err(|source| Failure::internal("cannot form a line", "report this as a defect", source))?;
    text.push('\n');
    Ok(text)
}

fn print(answer: &impl Serialize) -> Result<(), Failure> {
    let mut sink = Sink::open(Path::new("-"))?;
    sink.write(&line(answer)?)?;
    sink.finish()
}
