//! `bonafide link`: any table (here), and applicants.

mod add;
mod index;
pub(super) mod people;
mod show;

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs::{self, File},
    io::{self, IsTerminal as _, Read},
    path::{Path, PathBuf},
    time::Instant,
};

use bonafide_formats::limits::Limits;
use bonafide_linkage::{
    dedupe::{self, Deduped, Options, Treatment},
    person::{Level, Model, Settings},
};
use figment::{
    Figment,
    providers::{Format as _, Toml},
};
use serde::Deserialize;

use crate::{
    cli::{Dedupe, Global, Link},
    config,
    interrupt::interrupted,
    output::{self, Sink},
    status::{Failure, Status},
};

/// What a table may unpack to. Its values are kept once each; a table that does not fit into memory is for a larger machine.
const MOST_UNPACKED: u64 = 64 << 30;
/// Values named of those that were too popular.
const NAMED_VALUES: usize = 5;
/// The largest model file.
const MOST_MODEL_BYTES: u64 = 1 << 20;

pub(crate) fn run(global: &Global, arguments: &Link) -> Result<Status, Failure> {
    match arguments {
        Link::Dedupe(arguments) => dedupe_tables(global, arguments),
        Link::People(arguments) => people::run(global, arguments),
        Link::Add(arguments) => add::run(global, arguments),
        Link::Judge(arguments) => index::judge(arguments),
        Link::History(arguments) => index::history(arguments),
        Link::KnownBad(arguments) => index::known_bad(arguments),
        Link::Forget(arguments) => index::forget(global, arguments),
        Link::Relink(arguments) => index::relink(global, arguments),
        Link::Show(arguments) => show::run(global, arguments),
    }
}

fn dedupe_tables(global: &Global, arguments: &Dedupe) -> Result<Status, Failure> {
    let start = Instant::now();
    // `--config` is the file on the columns here, not the program's own.
    let settings = config::load(&Global { config: None, ..global.clone() }, None)?.settings;
    let options = Options {
        settings: Settings { threshold: threshold(arguments.threshold)?, ..Settings::default() },
        columns: global.config.as_deref().map(columns).transpose()?.unwrap_or_default(),
        model: arguments.model.as_deref().map(model).transpose()?,
        threads: Some(settings.threads),
    };
    let limits = Limits { unpacked: MOST_UNPACKED, ..settings.limits.to_limits() };
    // On a terminal somebody waits; in a file or a log the lines would only be noise.
    let progress = |text: &str| {
        if !settings.quiet && io::stderr().is_terminal() {
            output::note(text);
        }
    };
    let mut tables = Vec::with_capacity(arguments.inputs.len());
    for path in &arguments.inputs {
        progress(&format!("reading {}", path.display()));
        tables.push(table(path, &limits)?);
        unless_interrupted()?;
    }
    progress(&format!("comparing {}", output::count(tables.iter().map(|table| table.ids.len()).sum::<usize>(), "row")));
    let outcome = dedupe::dedupe(tables, &options).map_err(|source| {
        Failure::usage_because("these tables cannot be linked", "correct what is named below and run again", source)
    })?;
    unless_interrupted()?;
    progress("writing");
    if !settings.quiet {
        output::note(&summary(&outcome));
    }
    write(arguments.out.as_deref().unwrap_or(Path::new("-")), &clusters(&outcome)?)?;
    if let Some(path) = &arguments.pairs {
        write(path, &pairs(&outcome)?)?;
    }
    if let Some(path) = &arguments.write_model {
        let text = serde_json::to_string_pretty(&outcome.linked.model)
            .map_err(|source| Failure::internal("cannot write the model", "report this as a defect", source))?;
        write(path, &format!("{text}\n"))?;
    }
    if let Some(path) = &arguments.report {
        write(path, &report(&outcome)?)?;
    }
    if global.timings {
        let seconds = start.elapsed().as_secs_f64();
        output::note(&format!(
            "{{\"rows\":{},\"pairs\":{},\"wall_s\":{seconds:.3}}}",
            outcome.ids.len(),
            outcome.linked.candidates
        ));
    }
    Ok(Status::Done)
}

/// The weight in bits of a probability.
fn threshold(probability: f64) -> Result<f32, Failure> {
    if probability > 0.0 && probability < 1.0 {
        return Ok((probability / (1.0 - probability)).log2() as f32);
    }
    Err(Failure::usage(
        format!("--threshold {probability} is no probability to decide by"),
        "give a number above 0 and below 1; 0.5 is the default, 0.99 is strict",
    ))
}

/// The file on the columns.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Columns {
    columns: BTreeMap<String, String>,
}

fn columns(path: &Path) -> Result<BTreeMap<String, Treatment>, Failure> {
    const HINT: &str = "write [columns] and below it heading = \"name\", \"date\", \"email\", \"phone\", \"code\", \"category\", \"text\" or \"ignore\"";
    let failed = |source| Failure::usage_because(format!("{} does not read as a file on columns", path.display()), HINT, source);
    if !path.exists() {
        return Err(Failure::usage(format!("there is no file {}", path.display()), "name an existing file"));
    }
    let read: Columns = Figment::from(Toml::file_exact(path)).extract().map_err(|source| failed(Box::new(source)))?;
    let treatment = |(heading, word): (String, String)| {
        if word == "ignore" {
            return Ok((heading, Treatment::Ignore));
        }
        match serde_json::from_value(serde_json::Value::String(word.clone())) {
            Ok(kind) => Ok((heading, Treatment::Is(kind))),
            Err(_) => Err(Failure::usage(format!("{}: {heading} = {word:?} is no kind of column", path.display()), HINT)),
        }
    };
    read.columns.into_iter().map(treatment).collect()
}

fn model(path: &Path) -> Result<Model, Failure> {
    let unreadable =
        |source: io::Error| Failure::usage_because(format!("cannot read {}", path.display()), "name a model file", source);
    let mut text = String::new();
    File::open(path).map_err(unreadable)?.take(MOST_MODEL_BYTES).read_to_string(&mut text).map_err(unreadable)?;
    serde_json::from_str(&text).map_err(|source| {
        Failure::usage_because(format!("{} is no model", path.display()), "name a file that --model-out wrote", source)
    })
}

fn table(path: &Path, limits: &Limits) -> Result<dedupe::Table, Failure> {
    let unreadable =
        |what: String| Failure::Unreadable { what, hint: "name a CSV file whose rows have ids of their own".to_owned() };
    let name = path.display().to_string();
    if fs::metadata(path).is_ok_and(|metadata| metadata.is_dir()) {
        return Err(unreadable(format!("{name}: this is a folder")));
    }
    let source = File::open(path).map_err(|error| unreadable(format!("{name}: {error}")))?;
    dedupe::read_csv(&name, source, limits, &[]).map_err(|error| {
        // The error names the file.
        let mut what = error.to_string();
        if let Some(cause) = std::error::Error::source(&error) {
            let _ = write!(what, ": {cause}");
        }
        unreadable(what)
    })
}

/// What was taken for what, and what was left out, for people.
fn summary(outcome: &Deduped) -> String {
    let mut clusters = outcome.clusters.clone();
    clusters.sort_unstable();
    clusters.dedup();
    let mut text = format!(
        "{}, {} compared, {}",
        output::count(outcome.ids.len(), "row"),
        output::count(outcome.linked.candidates, "pair"),
        output::count(clusters.len(), "cluster")
    );
    let kinds: Vec<String> = outcome.records.fields.iter().map(|field| format!("{} ({:?})", field.name, field.kind)).collect();
    let _ = write!(text, "\ncolumns compared: {}", kinds.join(", ").to_lowercase());
    for (at, field) in outcome.records.fields.iter().enumerate() {
        let ignored: Vec<String> = outcome
            .linked
            .ignored
            .iter()
            .filter(|ignored| ignored.field == at)
            .take(NAMED_VALUES)
            .map(|ignored| format!("{:?} shared by {}", field.values.text(ignored.value), ignored.holders))
            .collect();
        let all = outcome.linked.ignored.iter().filter(|ignored| ignored.field == at).count();
        if all > 0 {
            let more = if all > ignored.len() { format!(" and {} more", all - ignored.len()) } else { String::new() };
            let _ = write!(text, "\n{}: too common to look for pairs by: {}{more}", field.name, ignored.join(", "));
        }
    }
    text
}

fn clusters(outcome: &Deduped) -> Result<String, Failure> {
    let mut rows: Vec<(&str, &str)> = outcome
        .ids
        .iter()
        .zip(&outcome.clusters)
        .map(|(id, &cluster)| (id.as_str(), outcome.ids[cluster as usize].as_str()))
        .collect();
    rows.sort_unstable();
    let mut lines = Lines::new(&["id", "cluster"])?;
    rows.iter().try_for_each(|&(id, cluster)| lines.add(&[id, cluster]))?;
    lines.text()
}

fn pairs(outcome: &Deduped) -> Result<String, Failure> {
    let mut headings =
        vec!["a".to_owned(), "b".to_owned(), "probability".into(), "weight".into(), "one_cluster".into(), "prior".into()];
    for field in &outcome.records.fields {
        headings.push(format!("{} level", field.name));
        headings.push(format!("{} weight", field.name));
    }
    let mut lines = Lines::new(&headings)?;
    let prior = format!("{:.2}", outcome.linked.model.prior);
    for pair in outcome.pairs() {
        let mut cells = vec![
            pair.a.to_owned(),
            pair.b.to_owned(),
            format!("{:.6}", pair.probability),
            format!("{:.2}", pair.weight),
            pair.together.to_string(),
            prior.clone(),
        ];
        for part in &pair.contributions {
            cells.push(word(part.level).to_owned());
            cells.push(format!("{:.2}", part.weight));
        }
        lines.add(&cells)?;
    }
    lines.text()
}

const fn word(level: Level) -> &'static str {
    match level {
        Level::Missing => "missing",
        Level::Differs => "differs",
        Level::Swapped => "swapped",
        Level::Part => "part",
        Level::Near => "near",
        Level::Close => "close",
        Level::Exact => "exact",
    }
}

/// CSV text in memory.
struct Lines(csv::Writer<Vec<u8>>);

impl Lines {
    fn new(headings: &[impl AsRef<[u8]>]) -> Result<Self, Failure> {
        let mut lines = Self(csv::Writer::from_writer(Vec::new()));
        lines.add(headings)?;
        Ok(lines)
    }

    fn add(&mut self, cells: &[impl AsRef<[u8]>]) -> Result<(), Failure> {
        self.0.write_record(cells).map_err(|source| Failure::internal("cannot form a line of CSV", "free some memory", source))
    }

    fn text(self) -> Result<String, Failure> {
        let failed = |source: io::Error| Failure::internal("cannot form the output", "free some memory", source);
        let bytes = self.0.into_inner().map_err(|error| failed(io::Error::other(error.to_string())))?;
        String::from_utf8(bytes).map_err(|error| failed(io::Error::other(error)))
    }
}

/// Columns, popular values and the quality of every cluster.
fn report(outcome: &Deduped) -> Result<String, Failure> {
    let columns: Vec<_> =
        outcome.records.fields.iter().map(|field| serde_json::json!({"column": field.name, "kind": field.kind})).collect();
    let ignored: Vec<_> = outcome
        .linked
        .ignored
        .iter()
        .map(|ignored| {
            let field = &outcome.records.fields[ignored.field];
            serde_json::json!({"column": field.name, "value": field.values.text(ignored.value), "holders": ignored.holders})
        })
        .collect();
    let report = serde_json::json!({"version": 1, "columns": columns, "too_common": ignored, "quality": outcome.quality()});
    let text = serde_json::to_string_pretty(&report)
        .map_err(|source| Failure::internal("cannot form the report", "free some memory", source))?;
    Ok(format!("{text}\n"))
}

fn unless_interrupted() -> Result<(), Failure> {
    if interrupted() { Err(Failure::Interrupted { done: "nothing".to_owned() }) } else { Ok(()) }
}

/// Writes a file as a whole: whoever is interrupted keeps what stood there.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let is_plain = fs::metadata(path).map_or(path != Path::new("-"), |metadata| metadata.is_file());
    if !is_plain {
        let mut sink = Sink::open(path)?;
        sink.write(text)?;
        return sink.finish();
    }
    let mut fresh = path.as_os_str().to_owned();
    fresh.push(".part");
    let fresh = PathBuf::from(fresh);
    let mut sink = Sink::open(&fresh)?;
    sink.write(text)?;
    sink.finish()?;
    fs::rename(&fresh, path).map_err(|source| {
        Failure::internal(
            format!("cannot write {}", path.display()),
            "name a file in a folder that exists and is writable",
            source,
        )
    })
}
