//! The lists in force as a room of the house.

use std::{fs, path::PathBuf};

use bonafide_engine::lists::{ListRoom, Owners, Source};
use bonafide_formats::digest;
use bonafide_model::assessment::ListVersion;
use bonafide_watchlist::{
    merge::merge,
    screening::Screener,
    snapshot::Manifest,
    source::{self, Sheets},
};
use jiff::Timestamp;

use super::{
    folder, folder_failed,
    status::{self, InForce},
};
use crate::{config::Settings, output, reader::WorkerReader, status::Failure};

/// Opens the lists in force; `None` where there are none. Old ones are named on standard error.
pub(crate) fn lists(settings: &Settings) -> Result<Option<ListRoom>, Failure> {
    let in_force = status::in_force(settings, Timestamp::now())?;
    if in_force.is_empty() {
        return Ok(None);
    }
    let old: Vec<&str> = in_force.iter().filter(|source| source.old).map(|source| source.source.as_str()).collect();
    if !old.is_empty() && !settings.quiet {
        output::note(&format!(
            "note: {} not checked for more than {}; `bonafide lists update` asks the publishers",
            old.join(", "),
            output::count(settings.lists.oldest_days, "day")
        ));
    }
    let sources: Vec<Source> = in_force.iter().map(|source| cited(&source.manifest)).collect();
    let made_of = made_of(&sources);
    if let Some((screener, owners)) = open_index(settings, &made_of) {
        return Ok(Some(ListRoom::new(screener, owners, sources)));
    }
    let (screener, owners) = build(settings, &in_force)?;
    Ok(Some(ListRoom::new(screener, owners, sources)))
}

/// Builds the index of the lists in force and keeps it, so that vetting opens it in milliseconds.
pub(super) fn index(settings: &Settings) -> Result<(), Failure> {
    let in_force = status::in_force(settings, Timestamp::now())?;
    let sources: Vec<Source> = in_force.iter().map(|source| cited(&source.manifest)).collect();
    let made_of = made_of(&sources);
    if in_force.is_empty() || open_index(settings, &made_of).is_some() {
        return Ok(());
    }
    let (screener, owners) = build(settings, &in_force)?;
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| {
        Failure::internal("cannot keep the index of the lists", "check the disk and its free space", error)
    };
    // The owners first: an index without them would say that nobody owns anything.
    let owners = serde_json::to_vec(&(&made_of, owners)).map_err(|error| failed(Box::new(error)))?;
    let (_, path) = paths(settings);
    let aside = path.with_extension("part");
    fs::write(&aside, owners).and_then(|()| fs::rename(&aside, &path)).map_err(|error| failed(Box::new(error)))?;
    screener.write(&paths(settings).0, &made_of).map_err(|error| failed(Box::new(error)))
}

/// Where the index lies, and the owners beside it.
fn paths(settings: &Settings) -> (PathBuf, PathBuf) {
    let folder = settings.data.join("lists");
    (folder.join("index"), folder.join("owners.json"))
}

/// Names the versions that an index is made of, and the readers that understood them.
fn made_of(sources: &[Source]) -> String {
    let mut text = format!("readers {}", source::PARSER_VERSION);
    for source in sources {
        text.push_str(&format!(" {} {}", source.version.source, source.version.sha256));
    }
    text
}

/// The index, where it is of the versions in force. One that is damaged or of other rules is as good as none.
fn open_index(settings: &Settings, made_of: &str) -> Option<(Screener, Owners)> {
    let (index, owners) = paths(settings);
    let screener = Screener::open(&index).ok().filter(|screener| screener.made_of() == made_of)?;
    let (of, owners): (String, Owners) = serde_json::from_slice(&fs::read(owners).ok()?).ok()?;
    (of == made_of).then_some((screener, owners))
}

fn build(settings: &Settings, in_force: &[InForce]) -> Result<(Screener, Owners), Failure> {
    let folder = folder(settings);
    let reader = WorkerReader::new(&source::limits())?;
    let sheets: Sheets<'_> = &|name, bytes| reader.workbook(name, bytes);
    let mut entries = Vec::new();
    for source in in_force {
        let name = super::source_name(&source.source)?;
        let read = folder.load(&name, &source.manifest.id, sheets).map_err(folder_failed)?;
        entries.push(read.entries);
    }
    let entries = merge(entries.into_iter().flatten());
    let owners = Owners::of(&entries);
    Ok((Screener::new(entries), owners))
}

/// What assessments cite a version by: the hash of its file, or of the hashes of its files.
pub(super) fn cited(manifest: &Manifest) -> Source {
    let sha256 = match &manifest.files[..] {
        [file] => file.sha256.clone(),
        files => {
            let hashes: Vec<&str> = files.iter().map(|file| file.sha256.as_str()).collect();
            digest::sha256(hashes.join("\n").as_bytes())
        }
    };
    Source {
        list: manifest.list.clone(),
        version: ListVersion {
            source: manifest.source.clone(),
            sha256,
            published: manifest.published.clone().unwrap_or_default(),
        },
    }
}
