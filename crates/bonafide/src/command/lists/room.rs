//! The lists in force as a room of the house.

use bonafide_engine::lists::{ListRoom, Source};
use bonafide_formats::digest;
use bonafide_model::assessment::ListVersion;
use bonafide_watchlist::{
    merge::merge,
    screening::Screener,
    snapshot::Manifest,
    source::{self, Sheets},
};
use jiff::Timestamp;

use super::{folder, folder_failed, status};
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
    let folder = folder(settings);
    let reader = WorkerReader::new(&source::limits())?;
    let sheets: Sheets<'_> = &|name, bytes| reader.workbook(name, bytes);
    let (mut entries, mut sources) = (Vec::new(), Vec::new());
    for source in in_force {
        let name = super::source_name(&source.source)?;
        let read = folder.load(&name, &source.manifest.id, sheets).map_err(folder_failed)?;
        entries.push(read.entries);
        sources.push(cited(&source.manifest));
    }
    let screener = Screener::new(merge(entries.into_iter().flatten()));
    Ok(Some(ListRoom::new(screener, sources)))
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
