//! `bonafide vet`: the main job.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use bonafide_engine::{
    Engine, House, Room,
    links::{LinkRoom, Links},
    tables::Tables,
};
use bonafide_formats::limits::Limits;
use bonafide_intake::{Application, Roll};
use bonafide_model::{assessment::Band, dossier::Dossier, finding::ComparedKind, id::SubjectId};
use bonafide_report::{Options, Other, Palette, Remedies, Remedy, Reported, Run, Verbosity};
use bonafide_store::{SqliteStore, Store};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    batch::Batch,
    cli::{FailOn, Global, Vet},
    command::{
        anew,
        lists::{networks, room, tables_folder},
    },
    config::{self, Settings},
    graph::{self, Writes},
    inputs::{Inputs, Work},
    noticed::Gathered,
    output::{self, Sink},
    pile::{Pile, Slot},
    reader::WorkerReader,
    status::{Failure, Status},
    usage,
    vetted::{Keeper, Vetted, store_failed},
};

pub(crate) fn run(global: &Global, arguments: &Vet) -> Result<Status, Failure> {
    let settings = config::load(global, Some(arguments))?.settings;
    let as_of = as_of(arguments)?;
    let limits = settings.limits.to_limits();
    let reader = WorkerReader::new(&limits)?;
    let mut house = House::offline().with_tables(tables(&settings)?);
    if let Some(room) = room::lists(&settings)? {
        house = house.with_room(Arc::new(room));
    }
    let networks = networks::room(&settings)?.map(Arc::new);
    if let Some(room) = &networks {
        house = house.with_room(Arc::clone(room) as Arc<dyn Room>);
    }
    let inputs = Inputs::find(&arguments.paths, &limits)?;
    let mut keeper = Keeper::open(&settings, arguments.dry_run)?;
    let own = keeper.store();
    let store: Option<Arc<dyn Store>> = match &own {
        Some(store) => Some(Arc::clone(store) as Arc<dyn Store>),
        None => graph::store(&settings)?.map(|store| Arc::new(store) as Arc<dyn Store>),
    };
    let load = usage::of_self();

    let mut outputs = Outputs::open(arguments)?;
    let unread = inputs.unread.clone();
    let mut run = Run { program: format!("bonafide {}", env!("CARGO_PKG_VERSION")), as_of, unread, ..Run::default() };
    let mut noticed = Gathered::default();
    let batch =
        Batch { threads: settings.threads, quiet: settings.quiet, noun: "applications", total: inputs.total(), at_once: 1 };
    let resumes = arguments.resumes.as_deref();
    let said = Mutex::new(Vec::new());
    let mut said_unread = SaidUnread::default();

    // First all are read: who belongs together is known only when everybody is there.
    let (mut roll, mut links, mut pile) = (Roll::default(), Links::new(networks.clone()), Pile::default());
    let read = batch.run(
        || inputs.works(resumes, &reader, &limits, &said),
        |work| work.read(&reader, &limits).map(|application| (dossier_of(&application), application)),
        |result| {
            let (dossier, application) = match result {
                Ok(read) => read,
                Err(unread) => {
                    if said_unread.of(&unread.input) {
                        output::error(&format!("{}: {}", unread.input, unread.reason));
                    }
                    run.unread.push(unread);
                    pile.skip();
                    return Ok(());
                }
            };
            let application = roll.admit(application);
            noticed.take(&application);
            let dossier = if *dossier.subject() == application.subject { dossier } else { dossier_of(&application) };
            links.add(&dossier).map_err(|error| graph::unlinked(&error))?;
            pile.take(application);
            Ok::<_, Failure>(())
        },
    )?;
    said_unread.rest();
    noticed.take_of_sets(said.into_inner().unwrap_or_else(PoisonError::into_inner));
    run.noticed = noticed.into_list();
    if read.interrupted {
        finish(&run, arguments, &settings, outputs)?;
        return Err(Failure::Interrupted { done: "0 applications".to_owned() });
    }
    let between = Instant::now();
    let called: BTreeSet<SubjectId> = pile.subjects().cloned().collect();
    let writes = if arguments.dry_run { Writes::No } else { Writes::Yes };
    let room = Arc::new(graph::link(&settings, links, store.as_ref(), networks.as_ref(), writes)?);
    let engine = Engine::new(house.with_room(Arc::clone(&room) as Arc<dyn Room>), as_of);
    let between = between.elapsed();

    let (held, rest) = pile.apart();
    let behind = held.len();
    let held = held.into_iter().map(Again::Held);
    let ignored = Mutex::new(Vec::new());
    let measured = batch.run(
        || {
            let works = (!rest.is_empty()).then(|| inputs.works(resumes, &reader, &limits, &ignored).skip(behind));
            held.chain(works.into_iter().flatten().zip(rest).map(|(work, slot)| Again::Read(work, slot)))
        },
        |again| Some(Vetted::new(&engine, again.application(&reader, &limits)?)),
        |vetted| match vetted {
            Some(vetted) => deliver(keeper.keep(&settings, vetted)?, &mut outputs, &mut run),
            None => Ok(()),
        },
    )?;
    deliver(keeper.finish(&settings)?, &mut outputs, &mut run)?;
    let interrupted = measured.interrupted;
    if let Some(why) = room.failure() {
        return Err(store_failed(&settings, "cannot read a subject", why));
    }
    if global.timings {
        measured.after(&read, between).print(load, &reader.processes());
    }
    run.others = others(&settings, store.as_ref(), &run)?;
    finish(&run, arguments, &settings, outputs)?;
    if interrupted {
        return Err(Failure::Interrupted { done: format!("{} applications", run.subjects.len()) });
    }
    if let Some(store) = &own {
        touched(&settings, store, &engine, &room, &called)?;
    }
    Ok(status(&run, settings.fail_on))
}

/// Records that could not be read, by input: of each the first few are told at once, the rest is counted.
#[derive(Default)]
struct SaidUnread(BTreeMap<String, usize>);

impl SaidUnread {
    /// More of one input say no more.
    const MOST: usize = 5;

    /// Whether one more of an input is to be told.
    fn of(&mut self, input: &str) -> bool {
        let count = self.0.entry(input.to_owned()).or_default();
        *count += 1;
        *count <= Self::MOST
    }

    /// Tells how many were not told.
    fn rest(&self) {
        for (input, count) in self.0.iter().filter(|(_, count)| **count > Self::MOST) {
            output::error(&format!("{input}: {} more could not be read", count - Self::MOST));
        }
    }
}

fn dossier_of(application: &Application) -> Dossier {
    Dossier::new(application.subject.clone(), application.facts.clone())
}

/// An application for the second pass.
enum Again {
    Held(Slot),
    Read(Work, Slot),
}

impl Again {
    /// The application; `None` where it could not be read, which was said in the first pass.
    fn application(self, reader: &WorkerReader, limits: &Limits) -> Option<Application> {
        match self {
            Self::Held(Slot::Held(application)) | Self::Read(_, Slot::Held(application)) => Some(*application),
            Self::Read(work, Slot::LetGo(subject)) => {
                let application = work.read(reader, limits).ok()?;
                Some(if application.subject == subject { application } else { application.renamed(subject) })
            }
            Self::Held(_) | Self::Read(..) => None,
        }
    }
}

/// Names of subjects of the store that evidence cites.
fn others(settings: &Settings, store: Option<&Arc<dyn Store>>, run: &Run) -> Result<BTreeMap<String, Other>, Failure> {
    let own: BTreeSet<&str> = run.subjects.iter().map(|reported| reported.assessment.subject.as_str()).collect();
    let findings = run.subjects.iter().flat_map(|reported| &reported.assessment.findings);
    let compared = findings.flat_map(|finding| &finding.evidence).map(|evidence| &evidence.compared_with);
    let cited: BTreeSet<&str> = compared
        .filter(|compared| compared.kind == ComparedKind::Subject && !own.contains(compared.id.as_str()))
        .map(|compared| compared.id.as_str())
        .collect();
    let Some(store) = store else { return Ok(BTreeMap::new()) };
    let named = |id: &&str| {
        let summary = store.summary(&SubjectId::new(*id)).map_err(|error| store_failed(settings, "cannot read a subject", error));
        summary
            .map(|summary| summary.map(|summary| (summary.subject.to_string(), Other::Named(summary.display_name))))
            .transpose()
    };
    cited.iter().filter_map(named).collect()
}

/// Assesses anew whoever of the store belongs to a ring with somebody of the call.
fn touched(
    settings: &Settings,
    store: &Arc<SqliteStore>,
    engine: &Engine,
    room: &LinkRoom,
    called: &BTreeSet<SubjectId>,
) -> Result<(), Failure> {
    let mates = called.iter().flat_map(|subject| room.ring_of(subject));
    let touched: BTreeSet<SubjectId> = mates.filter(|subject| !called.contains(subject)).collect();
    if let Some(said) = anew::of_links(settings, store, engine, &touched)? {
        output::note(said.trim_end());
    }
    Ok(())
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
        link_graph: Remedy::new(
            "bonafide vet --data DIR PATH…",
            "compares with the other applications of the call and of the store; dismissals are not in this \
             version",
        ),
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
    /// Vets one application.
    fn new(engine: &Engine, application: Application) -> Self {
        let dossier = dossier_of(&application);
        let assessed = engine.assess(&dossier, &application.incomplete);
        let reported = Reported::new(assessed.assessment.clone(), &dossier);
        Self { application, assessed, timeline: reported.timeline }
    }
}
