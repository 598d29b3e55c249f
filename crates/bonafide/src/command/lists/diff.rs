//! `bonafide lists diff`: what changed between two versions of a source.

use std::{collections::HashMap, fmt::Write as _, path::Path};

use bonafide_report::clean;
use bonafide_watchlist::{
    diff::Diff,
    entry::{Entry, EntryId, ListCode},
    snapshot::{Folder, Manifest},
    source::{self, Sheets},
};
use serde::Serialize;

use super::{folder, folder_failed, source_name};
use crate::{
    config::Settings,
    output::Sink,
    reader::WorkerReader,
    status::{Failure, Status},
};

/// One entry of a difference, for machines.
#[derive(Serialize)]
struct Line<'d> {
    source: &'d str,
    change: &'static str,
    id: &'d EntryId,
    name: &'d str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    fields: &'d [&'static str],
}

pub(super) fn run(
    settings: &Settings,
    source: Option<&str>,
    from: Option<&str>,
    to: Option<&str>,
    json: bool,
) -> Result<Status, Failure> {
    let folder = folder(settings);
    let known = folder.sources().map_err(folder_failed)?;
    let sources = match source.map(source_name).transpose()? {
        Some(source) if known.contains(&source) => vec![source],
        Some(source) => {
            return Err(Failure::usage(
                format!("the source {} has no version in {}", source.as_str(), settings.data.display()),
                "`bonafide lists status` shows the sources",
            ));
        }
        None if from.is_some() || to.is_some() => {
            return Err(Failure::usage("versions are named without their source", "write bonafide lists diff SOURCE --from ID"));
        }
        None => known,
    };
    let reader = WorkerReader::new(&source::limits())?;
    let sheets: Sheets<'_> = &|name, bytes| reader.workbook(name, bytes);
    let mut sink = Sink::open(Path::new("-"))?;
    for source in &sources {
        let Some((older, newer)) = versions(&folder, source, from, to)? else {
            if !json {
                sink.write(&format!("{}: one version only, nothing to compare with\n", source.as_str()))?;
            }
            continue;
        };
        let load = |manifest: &Manifest| folder.load(source, &manifest.id, sheets).map_err(folder_failed);
        let (before, after) = (load(&older)?.entries, load(&newer)?.entries);
        let diff = Diff::between(&before, &after);
        if json {
            sink.write(&lines(source, &diff, &before, &after))?;
        } else {
            sink.write(&text(source, &diff, (&older, &newer), &before, &after))?;
        }
    }
    if sources.is_empty() && !json {
        sink.write("No watch list is in force; `bonafide lists update` fetches them.\n")?;
    }
    sink.finish()?;
    Ok(Status::Done)
}

/// The two versions that are compared: those that were named, else the one in force and the one fetched before it.
fn versions(
    folder: &Folder,
    source: &ListCode,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<Option<(Manifest, Manifest)>, Failure> {
    let history = folder.history(source).map_err(folder_failed)?;
    let named = |start: &str| {
        let mut fitting = history.iter().filter(|manifest| manifest.id.starts_with(start));
        match (fitting.next(), fitting.next()) {
            (Some(one), None) => Ok(one.clone()),
            _ => {
                let ids: Vec<String> = history.iter().map(|manifest| manifest.id.chars().take(8).collect()).collect();
                Err(Failure::usage(
                    format!("'{start}' names no single version of {}", source.as_str()),
                    format!("its versions, the oldest first: {}", ids.join(", ")),
                ))
            }
        }
    };
    let newer = match to {
        Some(start) => named(start)?,
        None => match folder.current(source).map_err(folder_failed)? {
            Some(current) => current,
            None => return Ok(None),
        },
    };
    let older = match from {
        Some(start) => Some(named(start)?),
        None => {
            let place = history.iter().position(|manifest| manifest.id == newer.id).unwrap_or_default();
            place.checked_sub(1).and_then(|before| history.get(before)).cloned()
        }
    };
    Ok(older.map(|older| (older, newer)))
}

fn names(entries: &[Entry]) -> HashMap<&EntryId, &str> {
    entries.iter().map(|entry| (&entry.id, entry.primary_name())).collect()
}

fn lines(source: &ListCode, diff: &Diff, before: &[Entry], after: &[Entry]) -> String {
    let (before, after) = (names(before), names(after));
    let source = source.as_str();
    let added = diff.added.iter().map(|id| Line { source, change: "added", id, name: after.get(id).unwrap_or(&""), fields: &[] });
    let removed =
        diff.removed.iter().map(|id| Line { source, change: "removed", id, name: before.get(id).unwrap_or(&""), fields: &[] });
    let changed = diff.changed.iter().map(|changed| Line {
        source,
        change: "changed",
        id: &changed.id,
        name: after.get(&changed.id).unwrap_or(&""),
        fields: &changed.fields,
    });
    let mut text = String::new();
    for line in added.chain(removed).chain(changed) {
        let _ = writeln!(text, "{}", serde_json::to_string(&line).unwrap_or_default());
    }
    text
}

fn text(source: &ListCode, diff: &Diff, versions: (&Manifest, &Manifest), before: &[Entry], after: &[Entry]) -> String {
    let (before, after) = (names(before), names(after));
    let (older, newer) = versions;
    let day = |manifest: &Manifest| manifest.fetched_at.chars().take(10).collect::<String>();
    let mut text = format!(
        "{}: {} of {} → {} of {}: {} added, {} removed, {} changed\n",
        source.as_str(),
        &older.id[..8.min(older.id.len())],
        day(older),
        &newer.id[..8.min(newer.id.len())],
        day(newer),
        diff.added.len(),
        diff.removed.len(),
        diff.changed.len()
    );
    let name = |names: &HashMap<&EntryId, &str>, id: &EntryId| clean(names.get(id).copied().unwrap_or_default(), 100);
    for id in &diff.added {
        let _ = writeln!(text, "  + {id:<18} {}", name(&after, id), id = id.to_string());
    }
    for id in &diff.removed {
        let _ = writeln!(text, "  - {id:<18} {}", name(&before, id), id = id.to_string());
    }
    for changed in &diff.changed {
        let id = changed.id.to_string();
        let _ = writeln!(text, "  ~ {id:<18} {} ({})", name(&after, &changed.id), changed.fields.join(", "));
    }
    text
}
