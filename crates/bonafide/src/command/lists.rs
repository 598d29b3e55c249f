//! `bonafide lists`: watch lists and reference tables of the store.

mod add;
mod diff;
pub(crate) mod networks;
mod reassess;
pub(crate) mod room;
pub(crate) mod status;
mod update;

use std::path::{Path, PathBuf};

use bonafide_watchlist::{
    diff::Diff,
    entry::ListCode,
    snapshot::{Folder, Manifest, Taken},
    source::Sheets,
};

use crate::{
    cli::{Global, Lists},
    config::{self, Settings},
    status::{Failure, Status},
};

pub(crate) fn run(global: &Global, arguments: &Lists) -> Result<Status, Failure> {
    let settings = config::load(global, None)?.settings;
    match arguments {
        Lists::Update { sources, dry_run } => update::run(&settings, sources, *dry_run),
        Lists::Add { files, source } => add::run(&settings, files, source.as_deref()),
        Lists::Status { json } => status::run(&settings, *json),
        Lists::Diff { source, from, to, json } => diff::run(&settings, source.as_deref(), from.as_deref(), to.as_deref(), *json),
    }
}

/// Where the snapshots of a store lie.
pub(crate) fn folder(settings: &Settings) -> Folder {
    Folder::new(&settings.data.join("lists"))
}

/// Where the reference tables of a store lie.
pub(crate) fn tables_folder(settings: &Settings) -> PathBuf {
    settings.data.join("tables")
}

fn source_name(text: &str) -> Result<ListCode, Failure> {
    text.parse().map_err(|_| {
        Failure::usage(format!("'{text}' is no name of a source"), "use a-z, 0-9, '-' and '_', at most 40, such as ofac-sdn")
    })
}

/// Folders of snapshots fail for reasons of the disk, or because somebody changed what lies there.
fn folder_failed(error: bonafide_watchlist::Error) -> Failure {
    Failure::internal("the lists of the store cannot be used", "check the folder, or name another with --data DIR", error)
}

/// What became of a source, for people: entries, and what changed since the last version.
fn outcome(folder: &Folder, taken: &Taken, last: Option<&Manifest>, sheets: Sheets<'_>) -> Result<String, Failure> {
    let new = match taken {
        Taken::Unchanged(manifest) => return Ok(format!("{:>7} entries, unchanged", manifest.entries)),
        Taken::New(new) => new,
    };
    let refused = match new.refused {
        0 => String::new(),
        1 => ", 1 row could not be read".to_owned(),
        refused => format!(", {refused} rows could not be read"),
    };
    let Some(last) = last else { return Ok(format!("{:>7} entries, first version{refused}", new.entries)) };
    let source = source_name(&new.source)?;
    let load = |id: &str| folder.load(&source, id, sheets).map_err(folder_failed);
    let diff = Diff::between(&load(&last.id)?.entries, &load(&new.id)?.entries);
    let (added, removed, changed) = (diff.added.len(), diff.removed.len(), diff.changed.len());
    Ok(format!("{:>7} entries, {added} added, {removed} removed, {changed} changed{refused}", new.entries))
}

/// One line of what happened to a source.
fn line(source: &str, what: &str) -> String {
    format!("{source:<20} {what}\n")
}

/// The name of a file without its folders and packing.
fn plain_name(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bare = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".xz"));
    bare.map_or_else(|| name.clone(), str::to_owned)
}
