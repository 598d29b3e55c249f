//! What the paths of a command line lead to: applications, one at a time and as often as they are wanted.

use std::{
    fs::File,
    io::{Cursor, Read as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use bonafide_formats::limits::Limits;
use bonafide_intake::{
    Application, Error, Remark,
    folder::{self, Item},
    set::Set,
};
use bonafide_report::Unread;

use crate::{output, reader::WorkerReader, status::Failure};

/// The path that stands for standard input.
const STANDARD_INPUT: &str = "-";
/// Bytes of standard input, which is held in memory: it can be read only once.
const MOST_STANDARD_INPUT: u64 = 1 << 30;

/// What the paths of the command line lead to.
pub(crate) struct Inputs {
    pub(crate) items: Vec<Item>,
    pub(crate) unread: Vec<Unread>,
    standard_input: Option<Arc<[u8]>>,
}

impl Inputs {
    /// Finds applications, folders of them and sets.
    pub(crate) fn find(paths: &[PathBuf], limits: &Limits) -> Result<Self, Failure> {
        let mut found = Self { items: Vec::new(), unread: Vec::new(), standard_input: None };
        for path in paths {
            if path == Path::new(STANDARD_INPUT) {
                found.standard_input = Some(read_standard_input()?);
                found.items.push(Item::Set(path.clone()));
                continue;
            }
            match folder::discover(path, limits) {
                Ok(discovery) => {
                    for note in &discovery.notes {
                        output::note(&format!("note: {note}"));
                    }
                    found.items.extend(discovery.items);
                    found.unread.extend(discovery.problems.iter().map(|problem| unread(&path.display().to_string(), problem)));
                }
                Err(error) => found.unread.push(unread(&path.display().to_string(), &error)),
            }
        }
        for unread in &found.unread {
            output::error(&format!("{}: {}", unread.input, unread.reason));
        }
        if found.items.is_empty() {
            let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
            return Err(Failure::Unreadable {
                what: format!("no application was found in {}", paths.join(", ")),
                hint: "give an application folder, a folder of them, a JSON file, a résumé, or a set (.jsonl, .csv)".to_owned(),
            });
        }
        Ok(found)
    }
}

pub(crate) fn unread(input: &str, error: &dyn std::error::Error) -> Unread {
    let mut reason = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        reason.push_str(": ");
        reason.push_str(&error.to_string());
        cause = error.source();
    }
    // Errors that name their path do so first; the input is said before the reason anyway.
    let own = reason.strip_prefix(input).and_then(|rest| rest.strip_prefix(": ")).map(str::to_owned);
    Unread { input: input.to_owned(), reason: own.unwrap_or(reason) }
}

/// One piece of work of the batch.
pub(crate) enum Work {
    Path(PathBuf),
    Record(Box<Application>),
    Unread(Unread),
}

impl Inputs {
    /// Number of applications, where it is known before they are read.
    pub(crate) fn total(&self) -> Option<u64> {
        self.items.iter().all(|item| matches!(item, Item::Application(_))).then_some(self.items.len() as u64)
    }

    /// The stream of work: paths are read by the batch's threads, records of sets where the set is read. What is to be said of a set
    /// as a whole is known at its end and goes to `said`.
    pub(crate) fn works<'a>(
        &'a self,
        resumes: Option<&'a Path>,
        reader: &'a WorkerReader,
        limits: &'a Limits,
        said: &'a Mutex<Vec<Remark>>,
    ) -> impl Iterator<Item = Work> + 'a {
        self.items.iter().flat_map(move |item| -> Box<dyn Iterator<Item = Work> + 'a> {
            match item {
                Item::Application(path) => Box::new(std::iter::once(Work::Path(path.clone()))),
                Item::Set(path) => {
                    let name = path.display().to_string();
                    match self.open_set(path, resumes, reader, limits) {
                        Err(error) => Box::new(std::iter::once(Work::Unread(unread(&name, &error)))),
                        Ok(mut set) => Box::new(std::iter::from_fn(move || {
                            let record = set.next();
                            if record.is_none() {
                                said.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(set.notes());
                            }
                            Some(match record? {
                                Ok(application) => Work::Record(Box::new(application)),
                                Err(error) => Work::Unread(unread(&name, &error)),
                            })
                        })),
                    }
                }
            }
        })
    }

    /// Opens a set; standard input is one, too.
    fn open_set<'r>(
        &self,
        path: &Path,
        resumes: Option<&Path>,
        reader: &'r WorkerReader,
        limits: &Limits,
    ) -> Result<Set<'r>, Error> {
        let Some(bytes) = self.standard_input.as_ref().filter(|_| path == Path::new(STANDARD_INPUT)) else {
            return Set::open(path, resumes, reader, limits);
        };
        let open = |path: &Path| {
            let file =
                File::open(path).map_err(|source| Error::Io { operation: "open the file", path: path.to_owned(), source })?;
            Ok::<_, Error>((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), file))
        };
        Set::new("standard input", Cursor::new(Arc::clone(bytes)), resumes.map(open).transpose()?, reader, limits)
    }
}

impl Work {
    /// Reads the application.
    pub(crate) fn read(self, reader: &WorkerReader, limits: &Limits) -> Result<Application, Unread> {
        match self {
            Self::Path(path) => folder::read(&path, reader, limits).map_err(|error| unread(&path.display().to_string(), &error)),
            Self::Record(application) => Ok(*application),
            Self::Unread(unread) => Err(unread),
        }
    }
}

fn read_standard_input() -> Result<Arc<[u8]>, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(MOST_STANDARD_INPUT + 1).read_to_end(&mut bytes).map_err(|error| Failure::Unreadable {
        what: format!("standard input cannot be read: {error}"),
        hint: "write the set to a file and name that".to_owned(),
    })?;
    if bytes.len() as u64 > MOST_STANDARD_INPUT {
        return Err(Failure::Unreadable {
            what: format!("standard input is longer than {} MiB", MOST_STANDARD_INPUT >> 20),
            hint: "write the set to a file and name that".to_owned(),
        });
    }
    Ok(bytes.into())
}
