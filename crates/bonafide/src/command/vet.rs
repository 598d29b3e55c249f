//! `bonafide vet`: the main job.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use bonafide_engine::{Engine, House, tables::Tables};
use bonafide_formats::limits::Limits;
use bonafide_intake::{
    Application, Error, Remark, Roll,
    folder::{self, Item},
    set::Set,
};
use bonafide_model::{assessment::Band, dossier::Dossier, id::SubjectId};
use bonafide_report::{Options, Palette, Remedies, Remedy, Reported, Run, Unread, Verbosity};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    batch::Batch,
    cli::{FailOn, Global, Vet},
    command::lists::{networks, room, tables_folder},
    config::{self, Settings},
    noticed::Gathered,
    output::{self, Sink},
    reader::WorkerReader,
    status::{Failure, Status},
    usage,
    vetted::{Keeper, Vetted},
};

/// The path that stands for standard input.
const STANDARD_INPUT: &str = "-";

pub(crate) fn run(global: &Global, arguments: &Vet) -> Result<Status, Failure> {
    let settings = config::load(global, Some(arguments))?.settings;
    let as_of = as_of(arguments)?;
    let limits = settings.limits.to_limits();
    let reader = WorkerReader::new(&limits)?;
    let mut house = House::offline().with_tables(tables(&settings)?);
    if let Some(room) = room::lists(&settings)? {
        house = house.with_room(Arc::new(room));
    }
    if let Some(room) = networks::room(&settings)? {
        house = house.with_room(Arc::new(room));
    }
    let engine = Engine::new(house, as_of);
    let inputs = Inputs::find(&arguments.paths, &limits)?;
    let mut store = Keeper::open(&settings, arguments.dry_run)?;
    let load = usage::of_self();

    let mut outputs = Outputs::open(arguments)?;
    let mut run =
        Run { program: format!("bonafide {}", env!("CARGO_PKG_VERSION")), as_of, unread: inputs.unread, ..Run::default() };
    let (mut roll, mut noticed) = (Roll::default(), Gathered::default());
    let total = inputs.items.iter().all(|item| matches!(item, Item::Application(_))).then_some(inputs.items.len() as u64);
    let batch = Batch { threads: settings.threads, quiet: settings.quiet, noun: "applications", total, at_once: 1 };
    let vet = |work: Work| -> Result<Vetted, Unread> {
        let application = match work {
            Work::Path(path) => {
                folder::read(&path, &reader, &limits).map_err(|error| unread(&path.display().to_string(), &error))?
            }
            Work::Record(application) => *application,
            Work::Unread(unread) => return Err(unread),
        };
        Ok(Vetted::new(&engine, application))
    };
    let said = Mutex::new(Vec::new());
    let measured = batch.run(
        || works(&inputs.items, arguments.resumes.as_deref(), &reader, &limits, &said),
        vet,
        |result| match result {
            Err(unread) => {
                output::error(&format!("{}: {}", unread.input, unread.reason));
                run.unread.push(unread);
                Ok(())
            }
            Ok(vetted) => {
                let vetted = vetted.told_apart(&mut roll, &engine);
                noticed.take(&vetted.application);
                let kept = store.keep(&settings, vetted)?;
                deliver(kept, &mut outputs, &mut run)
            }
        },
    )?;
    deliver(store.finish(&settings)?, &mut outputs, &mut run)?;
    noticed.take_of_sets(said.into_inner().unwrap_or_else(PoisonError::into_inner));
    run.noticed = noticed.into_list();
    let interrupted = measured.interrupted;
    if global.timings {
        measured.print(load, &reader.processes());
    }
    finish(&run, arguments, &settings, outputs)?;
    if interrupted {
        return Err(Failure::Interrupted { done: format!("{} applications", run.subjects.len()) });
    }
    Ok(status(&run, settings.fail_on))
}

/// Reports applications that are on disk.
fn deliver(kept: Vec<Vetted>, outputs: &mut Outputs<'_>, run: &mut Run) -> Result<(), Failure> {
    for vetted in kept {
        outputs.subject(&vetted)?;
        run.subjects.push(Reported { assessment: vetted.assessed.assessment, timeline: vetted.timeline });
    }
    outputs.flush()
}

/// The day that counts as today. Vetting needs to know it; nothing else here asks the clock.
fn as_of(arguments: &Vet) -> Result<Date, Failure> {
    let at = match &arguments.as_of {
        None => Timestamp::now(),
        Some(text) => text.parse().map_err(|error| {
            Failure::usage_because(
                format!("--as-of '{text}' is not an instant"),
                "write it as 2026-06-01T00:00:00Z (RFC 3339)",
                error,
            )
        })?,
    };
    Ok(at.to_zoned(TimeZone::UTC).date())
}

pub(super) fn tables(settings: &Settings) -> Result<Tables, Failure> {
    let mut tables = Tables::builtin();
    // The store's own tables first: those of the call replace their rows.
    let own = Some(tables_folder(settings)).filter(|folder| folder.is_dir());
    for folder in own.iter().chain(&settings.tables) {
        tables.add_folder(folder).map_err(|error| {
            Failure::usage_because(
                format!("the reference tables in {} cannot be used", folder.display()),
                "correct the file named, or move it out of the folder",
                error,
            )
        })?;
    }
    Ok(tables)
}

/// What the paths of the command line lead to.
struct Inputs {
    items: Vec<Item>,
    unread: Vec<Unread>,
}

impl Inputs {
    fn find(paths: &[PathBuf], limits: &Limits) -> Result<Self, Failure> {
        let mut found = Self { items: Vec::new(), unread: Vec::new() };
        for path in paths {
            if path == Path::new(STANDARD_INPUT) {
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

fn unread(input: &str, error: &dyn std::error::Error) -> Unread {
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
enum Work {
    Path(PathBuf),
    Record(Box<Application>),
    Unread(Unread),
}

/// The stream of work: paths are read by the batch's threads, records of sets where the set is read. What is to be said of a set as a
/// whole is known at its end and goes to `said`.
fn works<'a>(
    items: &'a [Item],
    resumes: Option<&'a Path>,
    reader: &'a WorkerReader,
    limits: &'a Limits,
    said: &'a Mutex<Vec<Remark>>,
) -> impl Iterator<Item = Work> + 'a {
    items.iter().flat_map(move |item| -> Box<dyn Iterator<Item = Work> + 'a> {
        match item {
            Item::Application(path) => Box::new(std::iter::once(Work::Path(path.clone()))),
            Item::Set(path) => {
                let name = path.display().to_string();
                match open_set(path, resumes, reader, limits) {
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
fn open_set<'r>(path: &Path, resumes: Option<&Path>, reader: &'r WorkerReader, limits: &Limits) -> Result<Set<'r>, Error> {
    if path != Path::new(STANDARD_INPUT) {
        return Set::open(path, resumes, reader, limits);
    }
    let open = |path: &Path| {
        let file = File::open(path).map_err(|source| Error::Io { operation: "open the file", path: path.to_owned(), source })?;
        Ok::<_, Error>((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), file))
    };
    Set::new("standard input", std::io::stdin(), resumes.map(open).transpose()?, reader, limits)
}

/// Files that are written while the batch runs or at its end.
struct Outputs<'a> {
    json: Option<Sink>,
    folder: Option<&'a Path>,
}

impl<'a> Outputs<'a> {
    fn open(arguments: &'a Vet) -> Result<Self, Failure> {
        let json = arguments.json.as_deref().map(Sink::open).transpose()?;
        if let Some(folder) = &arguments.out {
            std::fs::create_dir_all(folder).map_err(|source| {
                Failure::internal(
                    format!("cannot make the folder {}", folder.display()),
                    "name a folder that can be written",
                    source,
                )
            })?;
        }
        Ok(Self { json, folder: arguments.out.as_deref() })
    }

    fn subject(&mut self, vetted: &Vetted) -> Result<(), Failure> {
        let assessment = &vetted.assessed.assessment;
        let mut line = Vec::new();
        bonafide_report::json::v1::write_line(assessment, &mut line).map_err(report_failed)?;
        if let Some(json) = &mut self.json {
            json.write(&String::from_utf8_lossy(&line))?;
        }
        if let Some(folder) = self.folder {
            let stem = file_stem(&assessment.subject);
            write_file(&folder.join(format!("{stem}.json")), &line)?;
            let run = Run {
                program: format!("bonafide {}", env!("CARGO_PKG_VERSION")),
                as_of: assessment.as_of,
                subjects: vec![Reported { assessment: assessment.clone(), timeline: vetted.timeline.clone() }],
                ..Run::default()
            };
            let mut page = Vec::new();
            bonafide_report::html::write(&run, &Options::plain(100), &mut page).map_err(report_failed)?;
            write_file(&folder.join(format!("{stem}.html")), &page)?;
        }
        Ok(())
    }

    /// Lets readers of the output see what is done so far.
    fn flush(&mut self) -> Result<(), Failure> {
        self.json.as_mut().map_or(Ok(()), Sink::flush)
    }
}

/// A file name for a subject: its id where that is a plain name, with a hash where it is not.
fn file_stem(subject: &SubjectId) -> String {
    let plain: String = subject
        .as_str()
        .chars()
        .take(80)
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' })
        .collect();
    if plain == subject.as_str() {
        plain
    } else {
        format!("{plain}-{}", bonafide_model::ContentHash::of_bytes(subject.as_str().as_bytes()).short(8))
    }
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed =
        |source| Failure::internal(format!("cannot write {}", path.display()), "check the folder and the free space", source);
    let mut file = BufWriter::new(File::create(path).map_err(failed)?);
    file.write_all(bytes).and_then(|()| file.flush()).map_err(failed)
}

fn report_failed(error: bonafide_report::Error) -> Failure {
    Failure::internal("the report could not be written", "check the disk and its free space", error)
}

fn finish(run: &Run, arguments: &Vet, settings: &Settings, outputs: Outputs<'_>) -> Result<(), Failure> {
    if let Some(json) = outputs.json {
        json.finish()?;
    }
    let verbosity = if arguments.verbose { Verbosity::Verbose } else { Verbosity::Normal };
    let mut options = Options::plain(output::terminal_width());
    options.palette = Palette::when(output::may_colour(settings.color));
    options.verbosity = verbosity;
    options.remedies = remedies();
    if let Some(path) = &arguments.html {
        let mut page = Vec::new();
        bonafide_report::html::write(run, &options, &mut page).map_err(report_failed)?;
        write_file(path, &page)?;
    }
    if let Some(path) = &arguments.csv {
        let mut table = Vec::new();
        bonafide_report::csv::write(run, &mut table).map_err(report_failed)?;
        write_file(path, &table)?;
    }
    // Results that go to standard output already must not be mixed with the table for people.
    let taken = arguments.json.as_deref() == Some(Path::new("-"));
    if taken {
        for noticed in run.noticed.iter().filter(|_| !settings.quiet) {
            output::note(&format!("note: {}: {}", noticed.first, noticed.what));
        }
    } else {
        let mut text = Vec::new();
        bonafide_report::terminal::write(run, &options, &mut text).map_err(report_failed)?;
        let mut sink = Sink::open(Path::new("-"))?;
        sink.write(&String::from_utf8_lossy(&text))?;
        sink.finish()?;
    }
    Ok(())
}

/// What adds the surroundings that checks lacked. A command that this version does not have yet is announced as such: a reader who
/// types it must not be surprised.
pub(super) fn remedies() -> Remedies {
    let later = |command: &str, does: &str| Remedy::new("", format!("not in this version; `{command}` {does}"));
    Remedies {
        network_data: Remedy::new(
            "bonafide lists add FILE…",
            "takes address ranges of VPNs, hosting and regions; geography is not in this version",
        ),
        intel: later("bonafide intel import FILE…", "will add indicators from partners"),
        link_graph: later("bonafide vet", "will compare with the other applications of the call and of the store"),
        collector: later(
            "bonafide collect SOURCE… --subject ID",
            "will ask open sources; until then such facts can be written into application.json",
        ),
        ..Remedies::default()
    }
}

fn status(run: &Run, fail_on: Option<FailOn>) -> Status {
    let reached = match fail_on {
        None => false,
        Some(FailOn::Look) => run.count(Band::Look) + run.count(Band::Urgent) > 0,
        Some(FailOn::Urgent) => run.count(Band::Urgent) > 0,
    };
    // What could not be read is the louder news: a band can only be reached by what was.
    if !run.unread.is_empty() {
        Status::SomeUnreadable
    } else if reached {
        Status::Reached
    } else {
        Status::Done
    }
}

impl Vetted {
    /// Gives a subject whose id another one of this call already has an id of its own.
    fn told_apart(self, roll: &mut Roll, engine: &Engine) -> Self {
        let claimed = self.application.subject.clone();
        let application = roll.admit(self.application);
        if application.subject == claimed {
            return Self { application, ..self };
        }
        Self::new(engine, application)
    }

    /// Vets one application.
    fn new(engine: &Engine, application: Application) -> Self {
        let dossier = Dossier::new(application.subject.clone(), application.facts.clone());
        let assessed = engine.assess(&dossier, &application.incomplete);
        let reported = Reported::new(assessed.assessment.clone(), &dossier);
        Self { application, assessed, timeline: reported.timeline }
    }
}
