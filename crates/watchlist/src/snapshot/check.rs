//! Whether a reading looks like a list, and like a successor of the one in force.

use std::collections::HashSet;

use super::Manifest;
use crate::{
    entry::{Entry, EntryId},
    error::Error,
    source::Read,
};

const AGAIN: &str = "Fetch it again; where the publisher's file is like this, tell them.";
const OVERRIDE: &str = "Where that is right, remove the file 'current' of the list's folder and take it again.";

/// So many entries missing in a row at the end of a list look like a cut; delistings are scattered.
const MOST_MISSING_TAIL: usize = 20;

/// Checks a reading by itself.
pub(super) fn plausible(read: &Read, last: Option<&Manifest>) -> Result<(), Error> {
    if read.entries.is_empty() {
        return refuse(read, last, "it holds no entry".into(), AGAIN);
    }
    if let Some(damage) = &read.damage {
        return refuse(read, last, format!("it is cut off or damaged: {damage}"), AGAIN);
    }
    if read.refused.len() > read.entries.len() {
        let (refused, read_well) = (read.refused.len(), read.entries.len());
        return refuse(read, last, format!("{refused} rows could not be read, more than the {read_well} that could"), AGAIN);
    }
    let garbled = read.entries.iter().filter(|entry| entry.names.iter().any(|name| name.text.contains('\u{fffd}'))).count();
    if garbled * 100 > read.entries.len() {
        let why = format!("the names of {garbled} of {} entries hold bytes of another encoding", read.entries.len());
        return refuse(read, last, why, AGAIN);
    }
    match last {
        Some(last) if read.list.as_str() != last.list => {
            let why = format!("it is the list '{}', and the last one was '{}'", read.list.as_str(), last.list);
            refuse(read, Some(last), why, "Give it as a source of another name.")
        }
        Some(last) if read.entries.len() < last.entries.div_ceil(2) => {
            let why = format!("it has {} entries, less than half of the last {}", read.entries.len(), last.entries);
            refuse(read, Some(last), why, OVERRIDE)
        }
        _ => Ok(()),
    }
}

/// Compares a reading with the entries of the last one: a cut at the end of a row leaves no other trace than that the end is missing.
pub(super) fn successor(read: &Read, last: &Manifest, before: &[Entry]) -> Result<(), Error> {
    let now: HashSet<&EntryId> = read.entries.iter().map(|entry| &entry.id).collect();
    let gone = before.iter().filter(|entry| !now.contains(&entry.id)).count();
    let tail = before.iter().rev().take_while(|entry| !now.contains(&entry.id)).count();
    // The row that was cut may read as an entry of its own.
    let added = read.entries.len() + gone > before.len() + 1;
    if tail > MOST_MISSING_TAIL && tail == gone && tail * 100 > before.len() && !added {
        let why = format!("the last {tail} of {} entries are missing and nothing else changed: it looks cut off", before.len());
        return refuse(read, Some(last), why, OVERRIDE);
    }
    Ok(())
}

fn refuse(read: &Read, last: Option<&Manifest>, why: String, advice: &'static str) -> Result<(), Error> {
    let last = last.map_or_else(|| "no earlier fetch".to_owned(), |last| last.fetched_at.clone());
    Err(Error::Implausible { list: read.list.as_str().to_owned(), why, last, advice })
}
