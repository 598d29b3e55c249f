//! Watch lists from the command line: files and folders of them, with every file that could not be read named.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use bonafide_model::ContentHash;
use bonafide_watchlist::{
    Error,
    entry::Entry,
    merge::merge,
    screening::Screener,
    source::{self, ListFile, Read},
};

use crate::{
    output,
    reader::WorkerReader,
    status::{Failure, with_causes},
};

/// What is written down about a version of a list.
const MANIFEST: &str = "manifest.json";
/// Longest name of a version, in bytes.
const LONGEST_VERSION: u64 = 64;
/// What lies beside the versions of all lists.
const DERIVED: [&str; 3] = ["index", "owners.json", "settled.json"];
/// Deeper folders are not looked into.
const DEEPEST: u8 = 6;
/// Most files of one call: more is a folder that holds something else than lists.
const MOST_FILES: usize = 2_000;
/// Refused rows that are shown of one list; all are counted.
const SHOWN_REFUSALS: usize = 3;

/// The lists that were read.
#[derive(Debug)]
struct Loaded {
    /// All entries, one of an id.
    entries: Vec<Entry>,
    /// Whether something that should be a list could not be read.
    incomplete: bool,
}

/// A list file in memory.
pub(crate) struct FileBytes {
    /// As the user named it, or its path below the named folder.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

impl FileBytes {
    /// As the readers take it.
    pub(crate) fn as_list_file(&self) -> ListFile<'_> {
        ListFile { name: &self.name, bytes: &self.bytes }
    }
}

/// A screener over the lists in files and folders, from an index file where that is still theirs; whether something is missing.
///
/// An index is built where there is none, or the lists or the readers changed. Without any lists an index is taken as it is.
pub(crate) fn screener(paths: &[PathBuf], index: Option<&Path>, quiet: bool) -> Result<(Screener, bool), Failure> {
    let Some(index) = index else {
        let loaded = load(paths, quiet)?;
        return Ok((Screener::new(loaded.entries), loaded.incomplete));
    };
    let opened = Screener::open(index);
    if paths.is_empty() {
        let screener = opened.map_err(|error| Failure::Unreadable {
            what: error.to_string(),
            hint: "name the lists too (--lists DIR): the index is then built from them".to_owned(),
        })?;
        let incomplete = screener.made_of().ends_with(INCOMPLETE);
        return Ok((screener, incomplete));
    }
    let mut incomplete = false;
    let files = files(paths, &mut incomplete)?;
    let made_of = made_of(&files);
    match opened {
        Ok(screener) if screener.made_of().trim_end_matches(INCOMPLETE) == made_of => {
            let incomplete = incomplete || screener.made_of().ends_with(INCOMPLETE);
            return Ok((screener, incomplete));
        }
        Ok(_) if !quiet => output::note(&format!("note: the lists are not those of {}; it is built anew", index.display())),
        Err(error) if !quiet && index.exists() => output::note(&format!("note: {error}; it is built anew")),
        _ => {}
    }
    let loaded = read(paths, &files, incomplete, quiet)?;
    let mark = if loaded.incomplete { INCOMPLETE } else { "" };
    let screener = Screener::new(loaded.entries);
    screener.write(index, &format!("{made_of}{mark}")).map_err(|error| {
        Failure::internal("cannot keep the index", "name a place that can be written, or leave --index out", error)
    })?;
    Ok((screener, loaded.incomplete))
}

/// Ends what an index says of its lists where some of them could not be read.
const INCOMPLETE: &str = " incomplete";

/// Names the lists of an index: names and contents of the files, and the readers that understood them.
fn made_of(files: &[FileBytes]) -> String {
    let mut names = format!("readers {}", source::PARSER_VERSION);
    for file in files {
        names.push_str(&format!("\n{} {}", file.name, ContentHash::of_bytes(&file.bytes)));
    }
    ContentHash::of_bytes(names.as_bytes()).to_string()
}

/// Reads all lists in files and folders. What cannot be read is named on standard error and marks the result incomplete; only where
/// nothing at all can be read it is a failure.
fn load(paths: &[PathBuf], quiet: bool) -> Result<Loaded, Failure> {
    let mut incomplete = false;
    let files = files(paths, &mut incomplete)?;
    read(paths, &files, incomplete, quiet)
}

fn read(paths: &[PathBuf], files: &[FileBytes], incomplete: bool, quiet: bool) -> Result<Loaded, Failure> {
    let mut loaded = Loaded { entries: Vec::new(), incomplete };
    let reader = WorkerReader::new(&source::limits())?;
    let listed: Vec<ListFile<'_>> = files.iter().map(FileBytes::as_list_file).collect();
    let mut entries = Vec::new();
    for read in source::read_files_with(&listed, &|name, bytes| reader.workbook(name, bytes)) {
        match read {
            Ok(read) => {
                loaded.incomplete |= report(&read, quiet);
                entries.push(read.entries);
            }
            Err(error) => loaded.incomplete |= report_unreadable(&error),
        }
    }
    if entries.is_empty() {
        let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        return Err(Failure::Unreadable {
            what: format!("no watch list was found in {}", paths.join(", ")),
            hint: "give a folder with files of the publishers, such as OFAC's sdn.csv or the UN's consolidated XML".to_owned(),
        });
    }
    loaded.entries = merge(entries.into_iter().flatten());
    Ok(loaded)
}

/// Says what of a list was left out; whether it is more than rows.
fn report(read: &Read, quiet: bool) -> bool {
    let names: Vec<&str> = read.files.iter().map(|(name, _)| &**name).collect();
    let names = names.join(", ");
    if let Some(damage) = &read.damage {
        output::error(&format!("{names}: cut off or damaged: {damage}; what could be read of it is used"));
    }
    if !quiet {
        for refused in read.refused.iter().take(SHOWN_REFUSALS) {
            output::note(&format!("note: left out: {refused}"));
        }
        if read.refused.len() > SHOWN_REFUSALS {
            let beyond = read.refused.len() - SHOWN_REFUSALS;
            output::note(&format!("note: left out: {beyond} more of {names}"));
        }
        for note in &read.notes {
            output::note(&format!("note: {note}"));
        }
    }
    read.damage.is_some()
}

/// Says why a file is not used; whether a list is missing by it. Beside lists a folder may hold a licence or an archive, but an
/// error page that was saved as `sdn.csv` is a list that is missing.
fn report_unreadable(error: &Error) -> bool {
    let text = with_causes(error);
    match error {
        Error::Unrecognised { file, .. } if !claims_to_be_a_list(file) => {
            output::note(&format!("note: left aside: {text}"));
            false
        }
        _ => {
            output::error(&text);
            true
        }
    }
}

fn claims_to_be_a_list(file: &str) -> bool {
    let name = file.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".xz")).unwrap_or(&name);
    [".csv", ".xml", ".json", ".jsonl", ".ndjson", ".xlsx", ".ods", ".txt", ".tsv"].iter().any(|ending| name.ends_with(ending))
}

/// The files of the command line and of its folders, sorted by name; hidden files are no lists.
pub(crate) fn files(paths: &[PathBuf], incomplete: &mut bool) -> Result<Vec<FileBytes>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        let metadata = fs::metadata(path).map_err(|error| Failure::Unreadable {
            what: format!("cannot find {}: {error}", path.display()),
            hint: "name a file or a folder that is there".to_owned(),
        })?;
        if metadata.is_dir() {
            let mut found = Vec::new();
            walk(path, Path::new(""), 0, &mut found)?;
            found.sort();
            for name in found {
                take(&path.join(&name), name.display().to_string(), &mut files, incomplete);
            }
        } else {
            take(path, path.display().to_string(), &mut files, incomplete);
        }
        if files.len() > MOST_FILES {
            return Err(Failure::usage(
                format!("{} holds more than {MOST_FILES} files", path.display()),
                "name a folder that holds lists and little else",
            ));
        }
    }
    Ok(files)
}

fn walk(folder: &Path, below: &Path, depth: u8, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |source| {
        Failure::usage_because(
            format!("cannot read the folder {}", folder.join(below).display()),
            "check its permissions",
            source,
        )
    };
    if let Some(version) = in_force(&folder.join(below)).filter(|_| depth < DEEPEST) {
        // Versions of one list: the one in force, without what is written down about it.
        let before = found.len();
        walk(folder, &below.join(version), DEEPEST, found)?;
        let is_manifest = |path: &PathBuf| path.file_name().is_some_and(|name| name == MANIFEST);
        let files = found.split_off(before);
        found.extend(files.into_iter().filter(|path| !is_manifest(path)));
        return Ok(());
    }
    let mut files = Vec::new();
    let mut holds_versions = false;
    for entry in fs::read_dir(folder.join(below)).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        if name.to_string_lossy().starts_with('.') || found.len() + files.len() > MOST_FILES {
            continue;
        }
        let path = below.join(&name);
        // A link to a file is followed, one to a folder is not: it may lead back up.
        if entry.file_type().map_err(failed)?.is_dir() {
            if depth < DEEPEST {
                holds_versions |= in_force(&folder.join(&path)).is_some();
                walk(folder, &path, depth + 1, found)?;
            }
        } else {
            files.push(path);
        }
    }
    // Beside the versions of lists lies what is derived from them.
    let is_derived = |path: &PathBuf| path.file_name().is_some_and(|name| DERIVED.iter().any(|derived| name == *derived));
    files.retain(|path| !(holds_versions && is_derived(path)));
    found.append(&mut files);
    Ok(())
}

/// The name of the version in force, where a folder holds the versions of one list as `lists add` and `lists update` keep them.
fn in_force(folder: &Path) -> Option<String> {
    let mut name = String::new();
    // A folder may be anybody's: no more is read than a name is long, and a link to a folder is not followed.
    fs::File::open(folder.join("current")).ok()?.take(LONGEST_VERSION + 1).read_to_string(&mut name).ok()?;
    let version = name.trim();
    let is_name =
        !version.is_empty() && version.len() as u64 <= LONGEST_VERSION && version.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_folder = || fs::symlink_metadata(folder.join(version)).is_ok_and(|metadata| metadata.is_dir());
    (is_name && is_folder() && folder.join(version).join(MANIFEST).is_file()).then(|| version.to_owned())
}

fn take(path: &Path, name: String, files: &mut Vec<FileBytes>, incomplete: &mut bool) {
    let limit = source::limits().bytes;
    let read = match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => return,
        Ok(metadata) if metadata.len() > limit => Err(format!("larger than {} MiB", limit >> 20)),
        Ok(_) => fs::read(path).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    match read {
        Ok(bytes) => files.push(FileBytes { name, bytes }),
        Err(why) => {
            output::error(&format!("{}: {why}", path.display()));
            *incomplete = true;
        }
    }
}
