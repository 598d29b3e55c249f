//! From the path a user gives to the applications that lie there, in a fixed order.

use std::path::{Path, PathBuf};

use bonafide_formats::limits::Limits;

use super::{
    listing::{self, EntryKind},
    role::{self, Role},
};
use crate::{
    error::Error,
    remark::{Remark, RemarkKind},
};

/// Folders of folders are followed this deep.
const DEPTH: usize = 4;
/// A folder inside a folder of applications is one application up to this many files, whatever their names.
const FEW: usize = 8;
/// Bytes looked at to tell one JSON object from many.
const SNIFFED: u64 = 1 << 20;

/// One input of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// An application: a folder or a lone file.
    Application(PathBuf),
    /// A set: a table, or one JSON object a line.
    Set(PathBuf),
}

/// What lies under a path.
#[derive(Debug, Default)]
pub struct Discovery {
    /// Applications and sets, in the order of their names.
    pub items: Vec<Item>,
    /// What could not be entered; the rest is read all the same.
    pub problems: Vec<Error>,
    /// What was passed over.
    pub notes: Vec<Remark>,
}

/// Finds the applications under a path: the path itself, or those in the folder.
///
/// A folder is *one* application where it holds `application.json`, a part that only an application has (`github.json`,
/// `resume.json`, `avatar.*`, `notes.md`, `id/`, `mail/`, `calls/`), a single file, nothing but files named like a folder's only
/// résumé (`resume.pdf`, `cv.docx`), or, inside a folder of applications, a few files. Otherwise it is a folder of applications:
/// each of its folders and each of its loose files is one.
///
/// # Errors
/// [`Error::Io`] where the path is not there or cannot be listed, [`Error::Refused`] for what is neither file nor folder and for an
/// empty folder.
pub fn discover(path: &Path, limits: &Limits) -> Result<Discovery, Error> {
    let metadata = std::fs::metadata(path).map_err(|source| Error::Io { operation: "find it", path: path.to_owned(), source })?;
    let mut found = Discovery::default();
    if metadata.is_dir() {
        enter(path, DEPTH, &mut found)?;
    } else if metadata.is_file() {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.items.push(if role::is_set(&name) || is_json_lines(path, &name, metadata.len(), limits) {
            Item::Set(path.to_owned())
        } else {
            Item::Application(path.to_owned())
        });
    } else {
        return Err(Error::Refused { path: path.to_owned(), why: "neither a file nor a folder".into() });
    }
    Ok(found)
}

fn enter(folder: &Path, depth: usize, found: &mut Discovery) -> Result<(), Error> {
    let entries: Vec<_> = listing::list(folder)?.into_iter().filter(|entry| !listing::is_litter(&entry.name)).collect();
    let is_file = |kind: EntryKind| matches!(kind, EntryKind::File(_));
    let files: Vec<&str> = entries.iter().filter(|entry| is_file(entry.kind)).map(|entry| entry.name.as_str()).collect();
    let folders: Vec<&str> =
        entries.iter().filter(|entry| entry.kind == EntryKind::Folder).map(|entry| entry.name.as_str()).collect();
    if entries.is_empty() {
        return Err(Error::Refused { path: folder.to_owned(), why: "the folder is empty; there is nothing to vet".into() });
    }
    let inner = depth < DEPTH;
    if is_application(&files, &folders, inner) {
        found.items.push(Item::Application(folder.to_owned()));
        return Ok(());
    }
    for entry in &entries {
        match entry.kind {
            EntryKind::Folder if depth == 0 => found.problems.push(Error::Refused {
                path: entry.path.clone(),
                why: format!("folders are entered {DEPTH} deep; name this one by itself"),
            }),
            EntryKind::Folder => {
                if let Err(problem) = enter(&entry.path, depth - 1, found) {
                    found.problems.push(problem);
                }
            }
            EntryKind::File(_) if role::is_set(&entry.name) => found.items.push(Item::Set(entry.path.clone())),
            EntryKind::File(_) => match role::of_file(&entry.name) {
                Some(Role::Json | Role::Resume | Role::Github) => found.items.push(Item::Application(entry.path.clone())),
                _ => found.pass(&entry.path, "a file that is no application by itself"),
            },
            EntryKind::Link => found.pass(&entry.path, "a link that leads out of the folder or to no file; it was not followed"),
            EntryKind::Special => found.pass(&entry.path, "a pipe, socket or device; it was not opened"),
            EntryKind::Unknown => found.pass(&entry.path, "its kind could not be asked for; it was not opened"),
        }
    }
    Ok(())
}

impl Discovery {
    fn pass(&mut self, path: &Path, text: &str) {
        let source = path.display().to_string();
        self.notes.push(Remark { kind: RemarkKind::NotRead, source, line: None, field: None, text: text.to_owned() });
    }
}

fn is_application(files: &[&str], folders: &[&str], inner: bool) -> bool {
    let lower: Vec<String> = files.iter().map(|name| name.to_lowercase()).collect();
    let telling = lower.iter().any(|name| {
        matches!(name.as_str(), "application.json" | "resume.json")
            || matches!(role::of_file(name), Some(Role::Github | Role::Avatar | Role::Notes | Role::Letter))
    });
    // Two files that both claim to be the form are refused as one application, not read as two.
    let forms = lower.iter().filter(|name| name.starts_with("application") && name.ends_with(".json")).count();
    if telling || forms > 1 || folders.iter().any(|name| role::PARTS.contains(name)) {
        return true;
    }
    let own: Vec<&String> = lower.iter().filter(|name| !role::is_set(name)).collect();
    let few = own.len() <= 1 || (inner && own.len() <= FEW) || own.iter().all(|name| role::is_generic(name));
    folders.is_empty() && own.len() == lower.len() && few
}

/// Whether a `.json` file is one object a line, or a list of objects: a set under another name.
fn is_json_lines(path: &Path, name: &str, size: u64, limits: &Limits) -> bool {
    if !name.to_lowercase().ends_with(".json") {
        return false;
    }
    let Ok(file) = std::fs::File::open(path) else { return false };
    let mut start = Vec::new();
    if std::io::Read::read_to_end(&mut std::io::Read::take(file, SNIFFED), &mut start).is_err() {
        return false;
    }
    let mut lines = start.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    let whole = size > SNIFFED || first.len() + second.len() < start.len();
    let object = |line: &[u8]| {
        bonafide_formats::json::parse(line, limits).is_ok_and(|tree| tree.root().kind() == bonafide_formats::json::Kind::Object)
    };
    whole && first.starts_with(b"{") && second.starts_with(b"{") && object(first)
}
