//! Settings, each with where its value comes from: built-in, file, environment or command line.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use figment::{
    Figment, Metadata,
    providers::{Env, Format as _, Serialized, Toml},
};
use serde::{Deserialize, Serialize};

use crate::{
    cli::{Colour, FailOn, Global, Vet},
    status::Failure,
};

/// All settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// Folder of the store.
    pub(crate) data: PathBuf,
    /// Folder of the user's reference tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) tables: Option<PathBuf>,
    /// Worker threads.
    pub(crate) threads: usize,
    /// When to use colour.
    pub(crate) color: Colour,
    /// No progress.
    pub(crate) quiet: bool,
    /// Band to end with status 1 on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) fail_on: Option<FailOn>,
    /// Limits on one artefact.
    pub(crate) limits: LimitSettings,
    /// Watch lists.
    #[serde(default)]
    pub(crate) lists: ListSettings,
    /// Collections that are served by TAXII.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) taxii: Option<bonafide_server::taxii::Settings>,
}

/// Watch lists.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListSettings {
    /// A list that was last checked longer ago is named as old, in days.
    #[serde(default = "default_age")]
    pub(crate) oldest_days: u32,
    /// Files of sources by their names: replaces a publisher's addresses, or adds a source of one's own.
    #[serde(default)]
    pub(crate) sources: BTreeMap<String, Vec<SourceFile>>,
}

/// A file of a source.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceFile {
    /// Name it is kept under.
    pub(crate) name: String,
    /// Its address.
    pub(crate) url: String,
}

impl Default for ListSettings {
    fn default() -> Self {
        Self { oldest_days: default_age(), sources: BTreeMap::new() }
    }
}

/// Publishers change their lists several times a week; OFAC expects screening against the current one.
const fn default_age() -> u32 {
    7
}

/// Limits on one artefact.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LimitSettings {
    /// Largest file that is read, in MiB.
    pub(crate) file_mib: u64,
    /// Largest size all parts of a file may unpack to, in MiB.
    pub(crate) unpacked_mib: u64,
    /// Most pages that are read.
    pub(crate) pages: u32,
    /// Longest time one file may take, in milliseconds.
    pub(crate) time_ms: u64,
    /// Most memory a worker may use, in MiB.
    pub(crate) worker_mib: u64,
}

impl Default for Settings {
    fn default() -> Self {
        let limits = bonafide_formats::limits::Limits::default();
        Self {
            data: default_data_folder(),
            tables: None,
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            color: Colour::Auto,
            quiet: false,
            fail_on: None,
            lists: ListSettings::default(),
            taxii: None,
            limits: LimitSettings {
                file_mib: limits.bytes >> 20,
                unpacked_mib: limits.unpacked >> 20,
                pages: limits.pages,
                time_ms: u64::try_from(limits.time.as_millis()).unwrap_or(u64::MAX),
                worker_mib: limits.memory >> 20,
            },
        }
    }
}

impl LimitSettings {
    /// The limits in the form readers take.
    pub(crate) fn to_limits(&self) -> bonafide_formats::limits::Limits {
        bonafide_formats::limits::Limits {
            bytes: self.file_mib << 20,
            unpacked: self.unpacked_mib << 20,
            pages: self.pages,
            time: std::time::Duration::from_millis(self.time_ms),
            memory: self.worker_mib << 20,
            ..bonafide_formats::limits::Limits::default()
        }
    }
}

/// Settings together with the layers they were merged from.
pub(crate) struct Loaded {
    /// The values.
    pub(crate) settings: Settings,
    figment: Figment,
}

/// One setting for `bonafide config`.
#[derive(Debug, Serialize)]
pub(crate) struct Origin {
    /// Dotted name.
    pub(crate) name: String,
    /// Value as JSON.
    pub(crate) value: serde_json::Value,
    /// Where it comes from.
    pub(crate) from: String,
}

/// Merges built-in values, the configuration file, the environment (`BONAFIDE_…`) and the command line, later ones winning.
pub(crate) fn load(global: &Global, vet: Option<&Vet>) -> Result<Loaded, Failure> {
    let mut figment = Figment::from(Named("built-in", Serialized::defaults(Settings::default())));
    if let Some(path) = file(global)? {
        figment = figment.merge(Toml::file_exact(path));
    }
    // Variables of tests are not settings.
    let env = Env::prefixed("BONAFIDE_")
        .ignore(&["TEST_DATA", "LONG_TESTS", "BENCH_PROGRAM", "BENCH_MEASURED", "BLESS"])
        .split("__")
        .lowercase(true);
    figment = figment.merge(env);
    figment = figment.merge(Named("command line", Serialized::defaults(flags(global, vet))));
    let settings: Settings = figment.extract().map_err(|error| {
        Failure::usage_because(
            "the configuration does not read",
            "`bonafide config` shows where each value comes from; correct the one named",
            error,
        )
    })?;
    if settings.threads == 0 {
        return Err(Failure::usage("threads is 0", "give 1 or more"));
    }
    Ok(Loaded { settings, figment })
}

impl Loaded {
    /// Every setting with its origin, sorted by name.
    pub(crate) fn origins(&self) -> Vec<Origin> {
        let json = serde_json::to_value(&self.settings).unwrap_or_default();
        let mut origins = Vec::new();
        collect(&self.figment, "", &json, &mut origins);
        origins.sort_by(|left, right| left.name.cmp(&right.name));
        origins
    }
}

fn collect(figment: &Figment, prefix: &str, value: &serde_json::Value, origins: &mut Vec<Origin>) {
    let Some(map) = value.as_object() else { return };
    for (key, value) in map {
        let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        if value.is_object() {
            collect(figment, &name, value, origins);
        } else {
            let from = figment.find_metadata(&name).map_or_else(|| "built-in".to_owned(), describe);
            origins.push(Origin { name, value: value.clone(), from });
        }
    }
}

fn describe(metadata: &Metadata) -> String {
    match (&metadata.source, metadata.name.as_ref()) {
        (Some(figment::Source::File(path)), _) => format!("file {}", path.display()),
        (_, name) if name.contains("environment") => "environment".to_owned(),
        (_, name) => name.to_owned(),
    }
}

/// Only what was given on the command line, in the shape of the settings.
#[derive(Serialize)]
struct Flags<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tables: Option<&'a PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    threads: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<Colour>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quiet: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fail_on: Option<FailOn>,
}

fn flags<'a>(global: &'a Global, vet: Option<&'a Vet>) -> Flags<'a> {
    Flags {
        data: global.data.as_ref(),
        tables: vet.and_then(|vet| vet.tables.as_ref()),
        threads: global.threads,
        color: global.color,
        quiet: global.quiet.then_some(true),
        fail_on: vet.and_then(|vet| vet.fail_on),
    }
}

fn file(global: &Global) -> Result<Option<PathBuf>, Failure> {
    if let Some(path) = &global.config {
        if path.is_file() {
            return Ok(Some(path.clone()));
        }
        return Err(Failure::usage(
            format!("there is no configuration file {}", path.display()),
            "name an existing file, or leave --config out",
        ));
    }
    let candidates = [Some(PathBuf::from("bonafide.toml")), folders().map(|folders| folders.config_dir().join("bonafide.toml"))];
    Ok(candidates.into_iter().flatten().find(|path| path.is_file()))
}

fn folders() -> Option<directories::ProjectDirs> {
    directories::ProjectDirs::from("", "", "bonafide")
}

fn default_data_folder() -> PathBuf {
    folders().map_or_else(|| Path::new("bonafide-data").to_owned(), |folders| folders.data_dir().to_owned())
}

/// A provider under a name of our own, so that `bonafide config` can say where a value comes from.
struct Named<P>(&'static str, P);

impl<P: figment::Provider> figment::Provider for Named<P> {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.0)
    }

    fn data(&self) -> Result<figment::value::Map<figment::Profile, figment::value::Dict>, figment::Error> {
        self.1.data()
    }
}
