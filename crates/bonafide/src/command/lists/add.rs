//! `bonafide lists add`: versions from files that a person has.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use bonafide_engine::tables::Tables;
use bonafide_formats::packed;
use bonafide_watchlist::{
    entry::ListCode,
    publisher::{is_ofac_second, usual_source},
    snapshot::{Folder, Origin},
    source::{self, ListFile, Read, Sheets},
};
use jiff::Timestamp;

use super::{folder, folder_failed, line, networks, outcome, plain_name, source_name, tables_folder};
use crate::{
    config::Settings,
    lists::{self, FileBytes},
    output::{self, Sink},
    reader::WorkerReader,
    status::{Failure, Status, with_causes},
};

pub(super) fn run(settings: &Settings, paths: &[PathBuf], wanted: Option<&str>) -> Result<Status, Failure> {
    let wanted = wanted.map(source_name).transpose()?;
    let mut incomplete = false;
    let files = lists::files(paths, &mut incomplete)?;
    let reader = WorkerReader::new(&source::limits())?;
    let sheets: Sheets<'_> = &|name, bytes| reader.workbook(name, bytes);
    let folder = folder(settings);
    let mut sink = Sink::open(Path::new("-"))?;

    let (sets, others) = by_source(&files, wanted.as_ref(), sheets);
    for (source, files) in &sets {
        match add(&folder, source, files, sheets)? {
            Ok(said) => sink.write(&line(source.as_str(), &said))?,
            Err(why) => {
                incomplete = true;
                output::error(&format!("{}: {why}", source.as_str()));
            }
        }
    }
    for (file, why) in others {
        if let Some(said) = networks::add(settings, file, wanted.as_ref())? {
            sink.write(&said)?;
            continue;
        }
        match table(settings, file)? {
            Some(name) => sink.write(&line("tables", &format!("{name} is in use from now on")))?,
            None => {
                incomplete = true;
                output::error(&why);
            }
        }
    }
    super::room::index(settings)?;
    if let Some(said) = super::reassess::reassess(settings, sheets)? {
        sink.write(&said)?;
    }
    sink.finish()?;
    Ok(if incomplete { Status::SomeUnreadable } else { Status::Done })
}

type Sets<'f> = BTreeMap<ListCode, Vec<&'f FileBytes>>;

/// The files of each source, and those that are no lists with the reason.
fn by_source<'f>(
    files: &'f [FileBytes],
    wanted: Option<&ListCode>,
    sheets: Sheets<'_>,
) -> (Sets<'f>, Vec<(&'f FileBytes, String)>) {
    // The files of OFAC's two lists look alike: read together they would become one.
    let (seconds, firsts): (Vec<_>, Vec<_>) = files.iter().partition(|file| is_ofac_second(&file.name));
    let mut sets: Sets<'f> = BTreeMap::new();
    let mut others = Vec::new();
    for group in [firsts, seconds] {
        let listed: Vec<ListFile<'_>> = group.iter().map(|file| file.as_list_file()).collect();
        let reads: Vec<Read> = source::read_files_with(&listed, sheets).into_iter().filter_map(Result::ok).collect();
        for file in group {
            match reads.iter().find(|read| read.files.iter().any(|(name, _)| **name == *file.name)) {
                Some(read) => {
                    let source = wanted.cloned().unwrap_or_else(|| usual_source(read));
                    sets.entry(source).or_default().push(file);
                }
                // What is wrong with it, it tells best alone.
                None => match source::read_files_with(&[file.as_list_file()], sheets).pop() {
                    Some(Err(error)) => others.push((file, with_causes(&error))),
                    _ => others.push((file, format!("{}: nothing was read", file.name))),
                },
            }
        }
    }
    (sets, others)
}

/// Takes files as the newest version of a source. The inner error is the files' fault, the outer one the store's.
fn add(folder: &Folder, source: &ListCode, files: &[&FileBytes], sheets: Sheets<'_>) -> Result<Result<String, String>, Failure> {
    let last = folder.current(source).map_err(folder_failed)?;
    let names: Vec<String> = files.iter().map(|file| plain_name(Path::new(&file.name))).collect();
    let listed: Vec<ListFile<'_>> = files.iter().zip(&names).map(|(file, name)| ListFile { name, bytes: &file.bytes }).collect();
    let now = Timestamp::now();
    let origin = Origin { fetched_at: now, files: Vec::new() };
    match folder.take(Some(source), &listed, &origin, sheets) {
        Ok(taken) => {
            folder.set_checked(source, now).map_err(folder_failed)?;
            outcome(folder, &taken, last.as_ref(), sheets).map(Ok)
        }
        Err(error @ bonafide_watchlist::Error::Folder { .. }) => Err(folder_failed(error)),
        Err(error) => Ok(Err(with_causes(&error))),
    }
}

/// Keeps a reference table in the store; `None` where the file is none.
fn table(settings: &Settings, file: &FileBytes) -> Result<Option<String>, Failure> {
    let name = plain_name(Path::new(&file.name));
    let Ok(bytes) = packed::read_all(file.bytes.as_slice(), &source::limits()) else { return Ok(None) };
    if !name.ends_with(".csv") || name.starts_with('.') || Tables::builtin().add_csv(Path::new(&name), &bytes).is_err() {
        return Ok(None);
    }
    let folder = tables_folder(settings);
    keep(&folder, &name, &bytes)?;
    Ok(Some(name))
}

/// Puts a file in its place, whole or not at all.
pub(super) fn keep(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    let written = || -> std::io::Result<()> {
        fs::create_dir_all(folder)?;
        let aside = folder.join(format!(".{name}.part"));
        let mut part = fs::File::create(&aside)?;
        part.write_all(bytes)?;
        part.sync_all()?;
        fs::rename(aside, folder.join(name))
    };
    written().map_err(|error| {
        Failure::internal(format!("cannot keep {name} in {}", folder.display()), "check the folder and its free space", error)
    })
}
