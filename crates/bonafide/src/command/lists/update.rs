//! `bonafide lists update`: new versions from the publishers.

use std::{collections::BTreeMap, path::Path};

use bonafide_collect::{Client, Request, Response};
use bonafide_watchlist::{
    entry::ListCode,
    publisher::PUBLISHERS,
    snapshot::{FileOrigin, Folder, Manifest, Origin},
    source::{self, ListFile, Sheets},
};
use jiff::Timestamp;

use super::{folder, folder_failed, line, outcome, source_name};
use crate::{
    config::{Settings, SourceFile},
    interrupt::interrupted,
    output::{self, Sink},
    reader::WorkerReader,
    status::{Failure, Status, with_causes},
};

pub(super) fn run(settings: &Settings, wanted: &[String], dry_run: bool) -> Result<Status, Failure> {
    let sources = chosen(settings, wanted)?;
    let mut sink = Sink::open(Path::new("-"))?;
    if dry_run {
        for (source, files) in &sources {
            for file in files {
                sink.write(&line(source.as_str(), &format!("GET {}", file.url)))?;
            }
        }
        sink.write("Nobody was asked. Without --dry-run these addresses are fetched; nothing about any subject is sent.\n")?;
        sink.finish()?;
        return Ok(Status::Done);
    }
    let folder = folder(settings);
    let reader = WorkerReader::new(&source::limits())?;
    let client = Client::new()
        .map_err(|error| Failure::internal("cannot ask the network", "install the certificates of your system", error))?;
    let mut failed = 0;
    for (done, (source, files)) in sources.iter().enumerate() {
        if interrupted() {
            sink.finish()?;
            return Err(Failure::Interrupted { done: output::count(done, "source") });
        }
        if !settings.quiet {
            output::note(&format!("asking for {source}: {}", output::count(files.len(), "file"), source = source.as_str()));
        }
        match update(&client, &folder, source, files, &|name, bytes| reader.workbook(name, bytes)) {
            Ok(said) => sink.write(&line(source.as_str(), &said))?,
            Err(Unchanged::Because(why)) => {
                failed += 1;
                sink.write(&line(source.as_str(), "not updated"))?;
                output::error(&format!("{}: {why}", source.as_str()));
            }
            Err(Unchanged::Fatal(failure)) => return Err(failure),
        }
        sink.flush()?;
    }
    super::room::index(settings)?;
    if let Some(said) = super::reassess::reassess(settings, &|name, bytes| reader.workbook(name, bytes))? {
        sink.write(&said)?;
    }
    sink.finish()?;
    if failed > 0 {
        output::note("What was not updated stays in force as it was; `bonafide lists status` shows from when.");
        return Ok(Status::SomeUnreadable);
    }
    Ok(Status::Done)
}

/// Why a source was not updated.
enum Unchanged {
    /// The publisher, the way there, or the list itself.
    Because(String),
    /// The store.
    Fatal(Failure),
}

/// The sources that are asked, in order of their names.
fn chosen(settings: &Settings, wanted: &[String]) -> Result<Vec<(ListCode, Vec<SourceFile>)>, Failure> {
    let mut known: BTreeMap<&str, Vec<SourceFile>> = PUBLISHERS
        .iter()
        .map(|publisher| {
            let files = publisher.files.iter();
            (publisher.source, files.map(|file| SourceFile { name: file.name.to_owned(), url: file.url.to_owned() }).collect())
        })
        .collect();
    for (name, files) in &settings.lists.sources {
        known.insert(name, files.clone());
    }
    let unknown = wanted.iter().find(|name| !known.contains_key(name.as_str()));
    if let Some(name) = unknown {
        let names: Vec<&str> = known.keys().copied().collect();
        return Err(Failure::usage(
            format!("'{name}' is no source that is known"),
            format!("one of {}; [lists.sources] of the configuration file adds others", names.join(", ")),
        ));
    }
    let mut sources = Vec::new();
    for (name, files) in known {
        let is_wanted = if wanted.is_empty() { !files.is_empty() } else { wanted.iter().any(|wanted| wanted == name) };
        if is_wanted {
            sources.push((source_name(name)?, files));
        }
    }
    Ok(sources)
}

/// Brings one source up to date and says what became of it.
fn update(
    client: &Client,
    folder: &Folder,
    source: &ListCode,
    files: &[SourceFile],
    sheets: Sheets<'_>,
) -> Result<String, Unchanged> {
    let fatal = |error| Unchanged::Fatal(folder_failed(error));
    let last = folder.current(source).map_err(fatal)?;
    let now = Timestamp::now();
    let mut bodies = Vec::new();
    let mut origins = Vec::new();
    let mut is_new = false;
    for (number, file) in files.iter().enumerate() {
        let known = last.as_ref().and_then(|last| known(last, number, file));
        let request = Request {
            etag: known.and_then(|origin| origin.etag.as_deref()),
            last_modified: known.and_then(|origin| origin.last_modified.as_deref()),
            most_bytes: source::limits().bytes,
            ..Request::new(&file.url)
        };
        match client.fetch(&request).map_err(|error| Unchanged::Because(with_causes(&error)))? {
            Response::Fetched(fetched) => {
                is_new = true;
                origins.push(FileOrigin { url: file.url.clone(), etag: fetched.etag, last_modified: fetched.last_modified });
                bodies.push(fetched.bytes);
            }
            Response::Unchanged => {
                // Conditions are only sent where there is a last version.
                let Some((last, origin)) = last.as_ref().zip(known) else { continue };
                origins.push(origin.clone());
                bodies.push(folder.file(source, last, number).map_err(fatal)?);
            }
        }
    }
    if let Some(last) = last.as_ref().filter(|_| !is_new) {
        folder.set_checked(source, now).map_err(fatal)?;
        return Ok(format!("{:>7} entries, unchanged", last.entries));
    }
    let listed: Vec<ListFile<'_>> = files.iter().zip(&bodies).map(|(file, bytes)| ListFile { name: &file.name, bytes }).collect();
    let origin = Origin { fetched_at: now, files: origins };
    let taken = folder.take(Some(source), &listed, &origin, sheets).map_err(|error| match error {
        bonafide_watchlist::Error::Folder { .. } => fatal(error),
        error => Unchanged::Because(with_causes(&error)),
    })?;
    folder.set_checked(source, now).map_err(fatal)?;
    outcome(folder, &taken, last.as_ref(), sheets).map_err(Unchanged::Fatal)
}

/// What is known of a file of the last version, where that came from the same address.
fn known<'m>(last: &'m Manifest, number: usize, file: &SourceFile) -> Option<&'m FileOrigin> {
    let stored = last.files.get(number).filter(|stored| stored.name == file.name)?;
    stored.origin.as_ref().filter(|origin| origin.url == file.url)
}
